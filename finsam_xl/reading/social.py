"""Social budgets: finding them among a sheet's blocks and reading their rows into indicators.

One row is one indicator; rows without an indicator number are sections, sums or notes. Area
and goal may be written on every row or once (merged, or above); without either the first
part of the number tells the area. A block is a social budget when it has a weight, a verdict
or points, and what they rest on: rules, limits or counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.findings import tell
from finsam_xl.model import Finding, Indicator, Ref
from finsam_xl.periods import Period
from finsam_xl.reading.blocks import blocks
from finsam_xl.reading.indicators import NO_OUTCOME, read_indicator
from finsam_xl.reading.share_scale import scales
from finsam_xl.reading.social_columns import HEADINGS, columns_of
from finsam_xl.reading.social_content import OUTCOMES
from finsam_xl.reading.social_frame import Frame, Numbers, area_of, frames, numbers
from finsam_xl.reading.social_pieces import joined
from finsam_xl.reading.social_rows import rows_of
from finsam_xl.reading.social_years import (
    of_year,
    without_earlier,
    year_before,
    year_read,
    years_of,
)
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Row, Table, double_findings
from finsam_xl.words.measures import Measure, measures

_GOAL = re.compile(r"\d+\.\d+\s")
_RESULTS = {"judged", "points"}
_SEVERAL = 2


class SocialBudget(NamedTuple):
    """A social budget as read: its table, the usable indicators and the rows left out."""

    table: Table
    indicators: tuple[Indicator, ...]
    excluded: tuple[Indicator, ...]
    findings: tuple[Finding, ...]


def recognise(sheet: SheetGrid) -> list[Table]:
    """The social budgets on a sheet."""
    tables = (_of_its_year(frame) for frame in frames(blocks(sheet)))
    return joined(sheet, [table for table in tables if table is not None])


def recognise_before(sheet: SheetGrid) -> list[Table]:
    """The same with the columns of the year before, of those that have such columns.

    Outcomes and verdicts of no year are the later one's.
    """
    found: list[Table] = []
    for frame in frames(blocks(sheet)):
        years = years_of(frame)
        year = year_before(frame, years) if years else None
        if year is None:
            continue
        table = _table(of_year(frame, years, year))
        if table is not None:
            columns = tuple(
                column
                for column in table.columns
                if column.number in years or column.field not in {*OUTCOMES, *_RESULTS}
            )
            found.append(table._replace(period=Period(year), columns=columns))
    return joined(sheet, found)


def _of_its_year(frame: Frame) -> Table | None:
    """A frame as a social budget of its year."""
    years = years_of(frame)
    if not years:
        table = _table(frame)
        return table and without_earlier(table)
    year = year_read(frame, years)
    table = _table(of_year(frame, years, year) if year else frame)
    if table is None or year:
        return table and table._replace(period=Period(year))
    # It is a social budget all the same, so that nobody else reads it as something else.
    columns = tuple(column for column in table.columns if column.number not in years)
    return table._replace(columns=columns)


def _table(frame: Frame) -> Table | None:
    said = {column: measures(" ".join(frame.heading(column)[-1:])) for column in frame.columns}
    votes = [column for column, said_ in said.items() if Measure.NUMBER in said_]
    numbered = numbers(frame, votes)
    lines = numbered.rows if numbered else _named_rows(frame)
    if not lines:
        return None
    found = columns_of(frame, lines, numbered.column if numbered else None)
    fields = {column.field: column.number for column in found.columns}
    if numbered is None:
        numbered = _by_name(frame, fields)
    if numbered is None or not _is_social(fields, found.grounds, numbered):
        return None
    if _is_unweighted(frame, fields, numbered):
        return None
    columns = found.columns
    if "number" not in fields:
        name = next(column for column in columns if column.field == "name")
        columns = (name._replace(field="number"), *columns)
    periods = [p for title in (*frame.titles, frame.sheet.name) if (p := Period.find(title))]
    titles = frame.titles
    return Table(
        sheet=frame.sheet.name,
        kind="social_budget",
        title=titles[-1] if titles else frame.sheet.name,
        titles=titles,
        period=periods[0] if periods else None,
        header_row=frame.header[-1],
        columns=columns,
        rows=rows_of(frame, fields, numbered),
        score=round(min(1.0, len(fields) / len(HEADINGS.fields)), 2),
        why=f"{len(fields)} kolumner för en social budget på rad {frame.header[-1]}: "
        + ", ".join(found.grounds[:3]),
        findings=double_findings(frame.sheet.name, frame.header[-1], columns, found.doubles),
    )


def _is_social(fields: Mapping[str, int], grounds: Sequence[str], numbered: Numbers) -> bool:
    """Whether the columns make a social budget: a weight, what it gives, and what that rests on.

    Where rows are only counted, or have no number, more of the cells must say so.
    """
    known = fields.keys()
    least = 1 if numbered.is_dotted else 2
    return "weight" in known and bool(known & _RESULTS) and len(grounds) >= least


def _is_unweighted(frame: Frame, fields: Mapping[str, int], numbered: Numbers) -> bool:
    """Whether outcomes are typed and not a single weight, nor is there room for what it gives.

    Then they are goals of which no index is meant.
    """

    def is_filled(field: str) -> bool:
        return field in fields and any(
            not frame.cell(row, fields[field]).is_blank for row in numbered.rows
        )

    is_meant = is_filled("weight") or "points" in fields
    return not is_meant and any(map(is_filled, OUTCOMES))


def _named_rows(frame: Frame) -> tuple[int, ...]:
    """Rows with figures, where no column numbers them."""
    labels = frame.block.labels
    return tuple(
        row
        for row in frame.rows
        if any(frame.text(row, c) for c in labels)
        and any(isinstance(frame.cell(row, c).value, int | float) for c in frame.block.columns)
    )


def _by_name(frame: Frame, fields: Mapping[str, int]) -> Numbers | None:
    """The rows that have a weight, called by their names."""
    if "name" not in fields or "weight" not in fields:
        return None
    name, weight = fields["name"], fields["weight"]
    rows = [
        row
        for row in frame.rows
        if frame.text(row, name)
        and frame.cell(row, weight).formula is None
        and isinstance(frame.cell(row, weight).value, int | float)
    ]
    return Numbers(name, tuple(rows), is_dotted=False) if rows else None


def areas(sheet: SheetGrid, table: Table) -> tuple[str, ...]:
    """The goal areas of a social budget, in its order."""
    found = dict.fromkeys(area for _, area, _ in _placed(sheet, table))
    return tuple(area for area in found if area)


def _placed(sheet: SheetGrid, table: Table) -> Iterator[tuple[Row, str, str]]:
    """Every row with the area and goal it stands in."""
    columns = table.by_field
    has_areas = "area" in columns or any(row.role == "section" for row in table.rows)
    area = goal = ""
    for row in table.rows:
        if row.role == "section" and _GOAL.match(row.label):
            goal = row.label
        elif row.role == "section":
            area, goal = row.label, ""
        if row.role != "line":
            continue
        area = _label(sheet, columns, row.row, "area") or area
        goal = _label(sheet, columns, row.row, "goal") or goal
        if not has_areas:
            area = _area_by_number(_label(sheet, columns, row.row, "number"), columns)
        yield row, area, goal


# Reading the rows ----------------------------------------------------------------------------


def read(sheet: SheetGrid, table: Table) -> SocialBudget:
    """Read every line of a recognised social budget."""
    used: list[Indicator] = []
    excluded: list[Indicator] = []
    findings: list[Finding] = list(table.findings)
    seen: dict[str, Ref] = {}
    columns = table.by_field
    headings = {column.field: column.header for column in table.columns}
    for row in table.rows:
        if row.role == "note":
            findings += _lost_row(sheet, columns, row)
    lines = (row.row for row in table.rows if row.role == "line")
    typed = scales(sheet, lines, columns, headings)
    for row, area, goal in _placed(sheet, table):
        indicator, problems = read_indicator(sheet, columns, row.row, area, goal, headings, typed)
        place = indicator.places["number"]
        if indicator.number in seen:
            problems.append(_twice(indicator.number, place, seen[indicator.number]))
        seen.setdefault(indicator.number, place)
        findings += problems
        bad = any(problem.severity == "error" for problem in problems)
        (excluded if bad else used).append(indicator)
    every = (*used, *excluded)
    if len(every) >= _SEVERAL and not any(
        o.outcome.is_given or o.judged is not None for o in every
    ):
        is_begun = _has_unread(sheet, table)
        findings = _without_missing(findings) if is_begun else _not_begun(findings)
    return SocialBudget(table, tuple(used), tuple(excluded), tuple(findings))


def _has_unread(sheet: SheetGrid, table: Table) -> bool:
    """Whether figures stand between the first and the last column that nothing is known of."""
    known = {column.number for column in table.columns}
    between = set(range(min(known), max(known))) - known
    lines = [row.row for row in table.rows if row.role == "line"]
    return any(isinstance(sheet.cell(row, c).value, int | float) for row in lines for c in between)


def _without_missing(findings: list[Finding]) -> list[Finding]:
    """What was found, without saying of outcomes that stand there unread that they are missing."""
    return [finding for finding in findings if finding.code != NO_OUTCOME]


def _not_begun(findings: list[Finding]) -> list[Finding]:
    """One note where not a single outcome is filled in yet: a year that has just begun."""
    missing = [finding for finding in findings if finding.code == NO_OUTCOME]
    said = [
        finding._replace(severity="info", message=tell("utfall-saknas", None, "none").message)
        for finding in missing[:1]
    ]
    return [*said, *_without_missing(findings)]


def _area_by_number(number: str, columns: Mapping[str, int]) -> str:
    """The area that an indicator's number begins with; '' for indicators called by name."""
    if columns["number"] == columns.get("name"):
        return ""
    return area_of(number, is_dotted=number[:1].isdigit())


def _lost_row(sheet: SheetGrid, columns: Mapping[str, int], row: Row) -> list[Finding]:
    """An error for a row that has a weight and a result but no number one can read."""
    fields = ("weight", "total_number", "women_number")
    numbers_ = [sheet.cell(row.row, columns[f]).value for f in fields if f in columns]
    if "weight" in columns and sheet.cell(row.row, columns["weight"]).formula is not None:
        return []  # a sum of weights below the indicators
    if sum(isinstance(n, int | float) for n in numbers_) == 0 or numbers_[0] is None:
        return []
    return [
        tell(
            "nummer-saknas",
            Ref.at(sheet.name, row.row, columns["number"]),
            stated=row.label[:60],
        )
    ]


def _label(sheet: SheetGrid, columns: Mapping[str, int], row: int, field: str) -> str:
    return sheet.cell(row, columns[field]).shown if field in columns else ""


def _twice(number: str, place: Ref, first: Ref) -> Finding:
    return tell("dubbelt-nummer", place, first=first.cell, stated=number)
