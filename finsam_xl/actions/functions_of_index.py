"""The functions that would calculate the figures of an Impactindex, each as a formula's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from finsam_xl.actions.functions_of_tables import Group, Place, called, column_range
from finsam_xl.actions.impact_index import closest, score_of
from finsam_xl.actions.index_results import UnitResult, results
from finsam_xl.address import a1, fixed, on_sheet, position
from finsam_xl.filling.social_sums import closings
from finsam_xl.model import AreaScore
from finsam_xl.reading.index_matrix import is_matrix
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Row, Table

_INDEX, _SHARE = "FINSAM_IMPACTINDEX", "FINSAM_ANDEL"
_OF_INDEX = ("fulfilment", "index")


def of_index(grid: Grid, tables: Sequence[Table], today: date) -> Iterator[Group]:
    """The indices below social budgets, and those of the tables that show them by area."""
    if not any(table.kind == "social_budget" for table in tables):
        return
    found = results(grid, tables, today)
    for one in found:
        yield from _below(grid.sheet(one.budget.table.sheet), one)
    shown = [t for t in tables if t.kind == "impact_index" and not is_matrix(t)]
    for table, _, result in closest(grid, shown, found):
        if result is not None and result.unit_index.areas:
            yield from _table(table, result)


def _below(sheet: SheetGrid, one: UnitResult) -> Iterator[Group]:
    """The index right below the indicators."""
    index = one.unit_index.total.impact_index
    text = _of(one, one.unit_index.total, "")
    for closing in closings(sheet, one.budget.table, one.unit_index):
        if text and closing.figure == index:
            yield Group(closing.ref.sheet, "Impactindex", [{position(closing.ref.cell): text}])


def _of(one: UnitResult, score: AreaScore, seen_from: str) -> str:
    """The index of an area, or of all, of the weights and judgements of its indicators.

    '' where they do not stand together. ``seen_from``: the sheet of the formula.
    """
    is_total = score is one.unit_index.total
    places = [
        j.indicator.places
        for j in one.unit_index.judgements
        if is_total or j.indicator.area == score.name
    ]
    if not places or any("weight" not in p or "judged" not in p for p in places):
        return ""
    cells = {field: [position(p[field].cell) for p in places] for field in ("weight", "judged")}
    others = {
        int("".join(filter(str.isdigit, j.indicator.places["weight"].cell)))
        for j in one.unit_index.judgements
        if not is_total and j.indicator.area != score.name
    }
    rows = [row for row, _ in cells["weight"]]
    if any(min(rows) < row < max(rows) for row in others):
        return ""
    sheet = one.budget.table.sheet
    prefix = "" if sheet == seen_from or not seen_from else on_sheet(sheet, "")
    ranges = [prefix + column_range(rows, cells[f][0][1]) for f in ("weight", "judged")]
    return called(_INDEX, *ranges)


def _table(table: Table, result: UnitResult) -> Iterator[Group]:
    """The figures of a unit's table: the index of each area and in all, and areas' shares."""
    scores = {row.row: score for row in table.rows if (score := score_of(row, result.unit_index))}
    for field in _OF_INDEX:
        column = table.column(field)
        if column is None:
            continue
        of_points = _ratios(table, scores, column)
        by_index = {
            (row, column): text
            for row, score in scores.items()
            if (text := _of(result, score, table.sheet))
        }
        ways: list[Mapping[Place, str]] = [way for way in (by_index, of_points) if way]
        if ways:
            yield Group(table.sheet, field_name(table, column), ways)
    yield from _shares(table)


def _ratios(table: Table, scores: Mapping[int, AreaScore], column: int) -> dict[Place, str]:
    """What was reached of the most that could be, where the figures are parts of one."""
    achieved, maximum = table.column("achieved"), table.column("maximum")
    if achieved is None or maximum is None:
        return {}
    return {(row, column): called(_SHARE, a1(row, achieved), a1(row, maximum)) for row in scores}


def _shares(table: Table) -> Iterator[Group]:
    """The areas' parts of the weights."""
    share, maximum = table.column("share"), table.column("maximum")
    totals = [row for row in table.rows if row.role == "total"]
    if share is None or maximum is None or len(totals) != 1:
        return
    whole = fixed(a1(totals[0].row, maximum))
    way = {(r.row, share): called(_SHARE, a1(r.row, maximum), whole) for r in _areas(table)}
    yield Group(table.sheet, field_name(table, share), [way])


def _areas(table: Table) -> list[Row]:
    return [row for row in table.rows if row.role != "total"]


def field_name(table: Table, column: int) -> str:
    """The heading of a column."""
    return next(one.header for one in table.columns if one.number == column)
