"""Tables of goals, row by row: what each is measured by, its target, outcome and verdict.

A table with targets is read into measures; one without into a list of goals, on which the
board has typed grades or verdicts. A goal that stands once, above or on the first of its
rows, is that of all. What is not understood keeps the reason with it, and is judged by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.calc import target_rules
from finsam_xl.calc.goal_map import Measure
from finsam_xl.model import Finding, Indicator, Outcome, Ref, TargetRule
from finsam_xl.reading.goal_columns import settled
from finsam_xl.reading.goal_targets import Gap, Stated, in_unit, target
from finsam_xl.reading.indicators import RowReader, limit_cell, read_outcome
from finsam_xl.reading.share_scale import Scale, scales
from finsam_xl.reading.targets import IN_PER_CENT, parse_judgement, typed_figure
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid, Value
from finsam_xl.sheets.tables import Row, Table
from finsam_xl.words import totals
from finsam_xl.words.goal_measures import is_unwanted, measure_of
from finsam_xl.words.measures import Measure as Said
from finsam_xl.words.measures import measures

KIND = "goals"
_TARGETS = frozenset({"limit", "rule"})
_OUTCOMES = frozenset({"total_number", "total_share", "women_number", "men_number"})
_SILENT = frozenset({"andel-utan-antal", "andel-med-bas", "utfall-text"})
"""What is told of social budgets, whose outcomes are counts: goals have shares and words too."""
_FEWEST = 2
_DOTTED = re.compile(r"\d+(?:\.\d+)+\S*")


class Measured(NamedTuple):
    """What a goal is measured by: its indicator, how it is written, and why it is not judged.

    ``target``: the target as it stands.
    """

    indicator: Indicator
    row: int
    target: str = ""
    gap: Gap | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached by its outcome; ``None`` where that is not known."""
        rule = self.indicator.rule
        if rule is None or self.gap is not None:
            return None
        return target_rules.reached(rule, self.indicator.outcome)


class ListedGoal(NamedTuple):
    """A goal of a list: its number and words, what the board has typed of it, and the cells."""

    number: str
    name: str
    row: int
    typed: Value
    places: Mapping[str, Ref]


class Goals(NamedTuple):
    """A table of goals as read: with measures, or as a list; ``table``: its columns as used."""

    table: Table
    measures: Sequence[Measured] = ()
    listed: Sequence[ListedGoal] = ()
    findings: tuple[Finding, ...] = ()


def read(sheet: SheetGrid, found: Table) -> Goals:
    """A recognised table of goals, row by row."""
    table = settled(sheet, found)
    columns = table.by_field
    if not (columns.keys() & _TARGETS and columns.keys() & {*_OUTCOMES, "judged"}):
        return Goals(table, listed=tuple(_listed(sheet, table)))
    findings: list[Finding] = list(table.findings)
    measures = list(_measures(sheet, table, findings, more_is_better=False))
    if _says_more(measures, sheet, table):
        findings = list(table.findings)
        measures = list(_measures(sheet, table, findings, more_is_better=True))
    return Goals(table, tuple(measures), findings=tuple(findings))


# Lists ---------------------------------------------------------------------------------------


def _listed(sheet: SheetGrid, table: Table) -> Iterator[ListedGoal]:
    columns = {**table.by_field}
    columns.setdefault("number", columns["label"])
    for row in table.rows:
        if row.role != "line" or not row.label:
            continue
        reader = RowReader(sheet, row.row, columns, {})
        number = reader.text("number") if "number" in table.by_field else ""
        yield ListedGoal(number, row.label, row.row, reader.value("judged"), reader.places)


# Measures ------------------------------------------------------------------------------------


class _Goal(NamedTuple):
    """The goal and area that a row stands in."""

    area: str = ""
    goal: str = ""


def _measures(
    sheet: SheetGrid, table: Table, findings: list[Finding], *, more_is_better: bool
) -> Iterator[Measured]:
    columns = {**table.by_field}
    columns.setdefault("number", columns["label"])
    if "total_number" not in columns and "total_share" in columns:
        columns["total_number"] = columns.pop("total_share")
    headings = {column.field: column.header for column in table.columns}
    lines = (row.row for row in table.rows if row.role in ("line", "subline"))
    typed = scales(sheet, lines, columns, headings)
    place = _Goal()
    for row in table.rows:
        reader = RowReader(sheet, row.row, columns, headings, typed)
        if row.role == "section":
            place = place._replace(goal=row.label)
            continue
        place = _place(place, row, reader, has_indicator="indicator" in columns)
        if row.role not in ("line", "subline") or not _name(row, reader):
            continue
        measured = _measured(reader, row, place, more_is_better=more_is_better)
        if measured.gap is Gap.NO_TARGET and _is_sum(_name(row, reader)):
            continue
        findings += [one for one in reader.findings if one.code not in _SILENT]
        yield measured


def _is_sum(name: str) -> bool:
    """Whether a row without a target is a sum, or counts the goals that are reached."""
    is_total = totals.begins_as_sum(name) or totals.is_everyone(name) or totals.is_sum(name)
    return is_total or Said.JUDGED in measures(name)


def _place(before: _Goal, row: Row, reader: RowReader, *, has_indicator: bool) -> _Goal:
    """The goal and area of a row: those above, where the row has none of its own."""
    area = reader.text("area")
    if area and area != before.area:
        before = _Goal(area)
    return before._replace(goal=row.label) if has_indicator and row.label else before


def _name(row: Row, reader: RowReader) -> str:
    return reader.text("indicator") or row.label


def _measured(reader: RowReader, row: Row, place: _Goal, *, more_is_better: bool) -> Measured:
    name = _name(row, reader)
    given = read_outcome(reader)
    stated = Stated(
        reader.rule_text() if reader.text("rule") else "",
        limit_cell(reader),
        reader.text("unit"),
        reader.headings.get("limit", ""),
        measure_of(f"{name} {reader.text('unit')}", Measure),
        is_share=given.total is not None and given.total.is_share,
        is_unwanted=is_unwanted(name),
    )
    rule, gap = target(stated, more_is_better=more_is_better)
    if rule is not None and rule.kind in IN_PER_CENT and _is_open(reader, stated, rule):
        rule, gap = None, Gap.OPEN_UNIT
    outcome, open_unit = _in_unit(reader, stated, rule, given)
    cell = reader.cell("judged")
    indicator = Indicator(
        number=_number(reader) or name,
        name=name,
        area=place.area,
        goal=place.goal or name,
        group=reader.text("audience"),
        rule=rule,
        weight=None,
        outcome=outcome,
        judged=None if cell.is_blank else parse_judgement(cell),
        weight_status="",
        basis="",
        note=reader.text("remark"),
        places=reader.places,
    )
    return Measured(indicator, row.row, stated.shown, gap or open_unit)


def _is_open(reader: RowReader, stated: Stated, rule: TargetRule) -> bool:
    """Whether a share may be in two scales: "högst 1" is one of a hundred, or the whole."""
    of_limit = (reader.scales.get("rule"), reader.scales.get("limit"))
    is_one = typed_figure(stated.rule or stated.words) == 1 and Scale.PARTS not in of_limit
    return is_one or reader.has_open_limit or reader.has_scales_apart(rule)


def _number(reader: RowReader) -> str:
    """The indicator's own number, '' where numbers are those of goals."""
    number = reader.text("number")
    return number if _DOTTED.fullmatch(number) else ""


def _in_unit(
    reader: RowReader, stated: Stated, rule: TargetRule | None, outcome: Outcome
) -> tuple[Outcome, Gap | None]:
    """The outcome in the target's unit, and why the two cannot be held against each other."""
    cell = reader.cell("total_number")
    is_typed_alike = not stated.limit.percent and isinstance(stated.limit.value, int | float)
    heading = reader.headings.get("total_number", "") or reader.headings.get("total_share", "")
    says_percent = "%" in heading or "%" in stated.unit or (is_typed_alike and stated.says_percent)
    scale = reader.scales.get("total_number")
    return in_unit(rule, outcome, cell, says_percent=says_percent, scale=scale)


def _says_more(measures: Sequence[Measured], sheet: SheetGrid, table: Table) -> bool:
    """Whether typed verdicts say that more is better of targets that do not say it themselves."""
    rows = [one for one in measures if one.gap is Gap.OPEN_WAY and one.indicator.judged is not None]
    if len(rows) < _FEWEST:
        return False
    tried = {one.row: one for one in _measures(sheet, table, [], more_is_better=True)}
    answers = [(tried[one.row].reached, one.indicator.judged) for one in rows]
    return all(given is typed for given, typed in answers) and len({t for _, t in answers}) > 1
