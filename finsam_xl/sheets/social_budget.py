"""Social budgets: finding them on a sheet and reading their rows into indicators.

One row is one indicator; rows without an indicator number are sections, totals
or notes. Area and goal may be written on every row or once (merged, or above).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from finsam_xl.address import a1
from finsam_xl.model import Finding, Indicator, Ref
from finsam_xl.periods import Period
from finsam_xl.sheets.grid import BLANK, Cell, SheetGrid
from finsam_xl.sheets.indicator_rows import read_indicator
from finsam_xl.sheets.tables import (
    Column,
    Header,
    Row,
    Table,
    double_findings,
    find_headers,
    titles_above,
    with_ends,
)
from finsam_xl.words.headings import headings_of
from finsam_xl.words.totals import begins_as_sum

HEADINGS = headings_of("social_budget")
_REQUIRED = frozenset({"number", "weight"})
_LEAST = 5
_NUMBER = re.compile(r"\d+(?:\.\d+)+[a-zåäö]?\.?(?:\s*[-–]\s*.+)?")
_GOAL = re.compile(r"\d+\.\d+\s")
_SECTION = re.compile(r"\d+(?:\.\d+)?\s")
_OUTCOMES = {"total_number", "total_base", "women_number", "women_base", "men_number", "men_base"}
_GIVE_UP_AFTER = 6


class SocialBudget(NamedTuple):
    """A social budget as read: its table, the usable indicators and the rows left out."""

    table: Table
    indicators: tuple[Indicator, ...]
    excluded: tuple[Indicator, ...]
    findings: tuple[Finding, ...]


def recognise(sheet: SheetGrid) -> list[Table]:
    """The social budgets on a sheet."""
    headers = find_headers(sheet, HEADINGS, _REQUIRED, _LEAST)
    headers = [h for h in headers if {"judged", "points"} & {c.field for c in h.columns}]
    tables = []
    stop = 0
    for header, end in with_ends(headers):
        table = _table(sheet, header, stop, end)
        if any(row.role == "line" for row in table.rows):
            tables.append(table)
            stop = table.rows[-1].row
    return tables


def _table(sheet: SheetGrid, header: Header, stop: int, end: int | None) -> Table:
    titles = titles_above(sheet, header, stop)
    columns = tuple(
        column._replace(scenario="outcome" if column.field in _OUTCOMES else "other")
        for column in header.columns
    )
    periods = [period for title in (*titles, sheet.name) if (period := Period.find(title))]
    found = len({column.field for column in columns})
    return Table(
        sheet=sheet.name,
        kind="social_budget",
        title=titles[-1] if titles else sheet.name,
        titles=titles,
        period=periods[0] if periods else None,
        header_row=header.row,
        columns=columns,
        rows=_ended(list(_rows(sheet, columns, header.row, end)), end),
        score=round(found / len(HEADINGS.fields), 2),
        why=f"{found} av {len(HEADINGS.fields)} rubriker för en social budget på rad {header.row}",
        findings=double_findings(sheet.name, header),
    )


def _ended(rows: list[Row], end: int | None) -> tuple[Row, ...]:
    """The rows without those that already belong to the next table: its titles."""
    while end is not None and rows and rows[-1].role in ("section", "note"):
        rows.pop()
    return tuple(rows)


def _rows(
    sheet: SheetGrid, columns: tuple[Column, ...], after: int, end: int | None
) -> Iterator[Row]:
    by_field = {column.field: column.number for column in columns}
    numbers = [column.number for column in columns]
    cells = sheet.cells
    last = max((row for row, _ in cells), default=after)
    section: int | None = None
    blanks = 0
    for row in range(after + 1, (end or last + 1)):
        number = _text(cells.get((row, by_field["number"]), BLANK))
        if number and _NUMBER.fullmatch(number):
            blanks = 0
            name = _text(sheet.cell(row, by_field["name"])) if "name" in by_field else ""
            yield Row(row, "line", f"{number} {name}".strip(), section)
            continue
        texts = [text for n in numbers if (text := _text(cells.get((row, n), BLANK)))]
        if not texts:
            blanks += 1
            continue
        if blanks >= _GIVE_UP_AFTER:
            # What stands far below is only part of the table if it is a numbered row.
            continue
        blanks = 0
        if any(map(begins_as_sum, texts)):
            yield Row(row, "total", texts[0], section)
        elif len(texts) == 1 and _is_section(sheet, row, by_field.get("area"), texts[0]):
            section = row
            yield Row(row, "section", texts[0])
        else:
            yield Row(row, "note", texts[0], section)


def _is_section(sheet: SheetGrid, row: int, area: int | None, text: str) -> bool:
    """A lone text names an area or goal: in the area column, or numbered where there is none."""
    if area is not None:
        return bool(_text(sheet.cell(row, area)))
    return _SECTION.match(text) is not None


def _text(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value).strip()


def read(sheet: SheetGrid, table: Table) -> SocialBudget:
    """Read every line of a recognised social budget."""
    used: list[Indicator] = []
    excluded: list[Indicator] = []
    findings: list[Finding] = list(table.findings)
    seen: dict[str, Ref] = {}
    columns = table.by_field
    area = goal = ""
    for row in table.rows:
        if row.role == "section" and _GOAL.match(row.label):
            goal = row.label
        elif row.role == "section":
            area, goal = row.label, ""
        if row.role == "note":
            findings += _lost_row(sheet, columns, row)
        if row.role != "line":
            continue
        area = _label(sheet, columns, row.row, "area") or area
        goal = _label(sheet, columns, row.row, "goal") or goal
        indicator, problems = read_indicator(sheet, columns, row.row, area, goal)
        place = indicator.places["number"]
        if indicator.number in seen:
            problems.append(_twice(indicator.number, place, seen[indicator.number]))
        seen.setdefault(indicator.number, place)
        findings += problems
        bad = any(problem.severity == "error" for problem in problems)
        (excluded if bad else used).append(indicator)
    return SocialBudget(table, tuple(used), tuple(excluded), tuple(findings))


def _lost_row(sheet: SheetGrid, columns: Mapping[str, int], row: Row) -> list[Finding]:
    """An error for a row that has a weight and a result but no number one can read."""
    fields = ("weight", "total_number", "women_number")
    numbers = [sheet.cell(row.row, columns[f]).value for f in fields if f in columns]
    if "weight" in columns and sheet.cell(row.row, columns["weight"]).formula is not None:
        return []  # a sum of weights below the indicators
    if sum(isinstance(n, int | float) for n in numbers) == 0 or numbers[0] is None:
        return []
    return [
        Finding.at(
            Ref(sheet.name, a1(row.row, columns["number"])),
            "error",
            "nummer-saknas",
            f"Raden ”{row.label[:60]}” räknas inte: numret saknas eller har fel form. "
            "Skriv till exempel 1.2.3.",
            stated=row.label[:60],
        )
    ]


def _label(sheet: SheetGrid, columns: Mapping[str, int], row: int, field: str) -> str:
    return _text(sheet.cell(row, columns[field])) if field in columns else ""


def _twice(number: str, place: Ref, first: Ref) -> Finding:
    return Finding.at(
        place,
        "error",
        "dubbelt-nummer",
        f"Indikator {number} finns redan i {first.cell}. Raden räknas inte; byt nummer, eller "
        "skriv numret som text (1.10).",
        stated=number,
    )
