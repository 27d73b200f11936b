"""A table that is laid out or headed otherwise is the same table, read the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest

from finsam_xl import actions
from finsam_xl.address import a1, box, position, real_place, span
from finsam_xl.errors import WorkbookError
from finsam_xl.model import Ref
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from finsam_xl.sheets.tables import Table
from support.practice import MONEY, Workbook, counterpart, names, workbook
from support.typed_sheets import TODAY

_SYNONYMS = {
    "utfall": "bokfört", "budget": "ram", "avvikelse": "differens", "prognos": "bedömning",
    "intäkter": "inkomster", "kostnader": "utgifter",
}  # fmt: skip
_ALIKE_BOTH_WAYS = {"05-dunaker"}
"""Sums down and across of one kind of amounts: neither way is the right one."""
Place = tuple[int, int]


class Made(NamedTuple):
    """A sheet with one table, and where in it each place of the table went."""

    grid: Grid
    new_place: Callable[[Place], Place]


def _tables() -> list[tuple[str, int]]:
    return [
        (name, number)
        for name in names()
        for number, table in enumerate(workbook(name).tables)
        if table["kind"] in MONEY
    ]


TABLES = _tables()
IDS = [f"{name}-{number}" for name, number in TABLES]


def _made(
    book: Workbook,
    table: Mapping[str, Any],
    new_place: Callable[[Place], Place],
    new_text: Callable[[Place, str], str] = lambda _, text: text,
    without: frozenset[Place] = frozenset(),
) -> Made:
    """The values of a table's sheet with places and texts of the table changed."""
    cells: dict[Place, Cell] = {}
    for place, cell in book.cells[table["sheet"]].items():
        if place in without:
            continue
        value = new_text(place, cell.value) if type(cell.value) is str else cell.value
        cells[new_place(place)] = cell._replace(value=value, formula=None)
    merged = []
    for top, left, bottom, right in map(box, book.merged[table["sheet"]]):
        (one, other), (third, fourth) = new_place((top, left)), new_place((bottom, right))
        merged.append(
            span(min(one, third), min(other, fourth), max(one, third), max(other, fourth))
        )
    sheet = SheetGrid(table["sheet"], lambda: cells, merged=lambda: tuple(merged))
    return Made(Grid((sheet,)), new_place)


def turned(table: Mapping[str, Any]) -> Callable[[Place], Place]:
    """Rows for columns within the table; its notes go far below."""
    top, left, bottom, right = box(table["range"])

    def new(place: Place) -> Place:
        row, column = place
        if row > bottom or (row >= top and not left <= column <= right):
            return row + 200, column
        return place if row < top else (top + column - left, left + row - top)

    return new


def reversed_columns(table: Mapping[str, Any]) -> Callable[[Place], Place]:
    """The columns right of the labels in the other order."""
    top, _, bottom, right = box(table["range"])
    first = 1 + max(position(f"{column}1")[1] for column in table["label_columns"])

    def new(place: Place) -> Place:
        row, column = place
        is_inside = top <= row <= bottom and first <= column <= right
        return (row, first + right - column) if is_inside else place

    return new


def with_a_row(table: Mapping[str, Any]) -> Callable[[Place], Place]:
    """A blank row after the first three."""
    after = max(table["header_rows"]) + 2
    return lambda place: (place[0] + (place[0] > after), place[1])


def with_a_column(table: Mapping[str, Any]) -> Callable[[Place], Place]:
    """A blank column after the first with amounts."""
    after = 1 + max(position(f"{column}1")[1] for column in table["label_columns"])
    return lambda place: (place[0], place[1] + (place[1] > after))


def _reading(table: Table) -> tuple[Any, ...]:
    columns = [
        (column.scenario, str(column.period), column.version)
        for column in table.columns
        if column.scenario != "other"
    ]
    rows = [(row.role, row.label) for row in table.rows if row.role != "note"]
    return table.kind, table.unit, table.sign, sorted(columns), rows


def _read(grid: Grid, like: Table) -> tuple[Any, ...]:
    """The reading of the table of amounts that the sheet has, or of that with the same title."""
    found = [table for table in actions.tables(grid) if table.budget is not None]
    same = [table for table in found if table.title == like.title] or found
    assert same, "no table of amounts"
    wanted = _reading(like)
    return max(
        map(_reading, same), key=lambda one: sum(a == b for a, b in zip(one, wanted, strict=True))
    )


def _before(book: Workbook, wanted: Mapping[str, Any]) -> Table:
    found = counterpart(wanted, actions.tables(book.grid(only_values=True)))
    assert found is not None
    return found


def _has_spanning_heads(book: Workbook, table: Mapping[str, Any]) -> bool:
    top, _, _, _ = box(table["range"])
    last = max(table["header_rows"])
    spans = (box(area) for area in book.merged[table["sheet"]])
    return len(table["header_rows"]) > 1 or any(
        top <= row <= last and left != right for row, left, _, right in spans
    )


@pytest.mark.parametrize(("name", "number"), TABLES, ids=IDS)
@pytest.mark.parametrize("change", [turned, reversed_columns, with_a_row, with_a_column])
def test_laid_out_otherwise(
    name: str, number: int, change: Callable[[Mapping[str, Any]], Callable[[Place], Place]]
) -> None:
    """Rows for columns, columns the other way round, a blank row or column inserted."""
    book = workbook(name)
    wanted = book.tables[number]
    if change is turned and name in _ALIKE_BOTH_WAYS:
        return
    if change is reversed_columns and _has_spanning_heads(book, wanted):
        return
    before = _before(book, wanted)
    assert _read(_made(book, wanted, change(wanted)).grid, before) == _reading(before)


@pytest.mark.parametrize(("name", "number"), TABLES, ids=IDS)
def test_headed_otherwise(name: str, number: int) -> None:
    """Other words of the trade for the same things; labels of rows are the officer's own."""
    book = workbook(name)
    wanted = book.tables[number]

    def new_text(place: Place, text: str) -> str:
        if place[0] not in wanted["header_rows"]:
            return text
        return re.sub(r"[^\W\d_]+", lambda found: _synonym(found[0]), text)

    before = _before(book, wanted)
    made = _made(book, wanted, lambda place: place, new_text)
    assert _read(made.grid, before) == _reading(before)


def _synonym(word: str) -> str:
    found = _SYNONYMS.get(word.lower(), word)
    return found.upper() if word.isupper() else found.capitalize() if word[0].isupper() else found


@pytest.mark.parametrize(("name", "number"), TABLES, ids=IDS)
def test_results_of_a_turned_table_come_back(name: str, number: int) -> None:
    """Each emptied total gets its own figure at its own place, or stays blank."""
    book = workbook(name)
    wanted = book.tables[number]
    wrong = {one["cell"] for one in book.truth.get("findings", [])}
    totals = {
        position(one["cell"]): one["value"]
        for one in wanted.get("totals", [])
        if one["cell"] not in wrong and not wrong & {*one.get("of", []), *one.get("minus", [])}
    }
    for row in {place[0] for place in totals}:
        emptied = frozenset(place for place in totals if place[0] == row)
        made = _made(book, wanted, turned(wanted), without=emptied)
        try:
            edits = actions.recompute(made.grid, today=TODAY, run="").edits
        except WorkbookError:
            continue
        new = {position(edit.cell): edit.new for edit in edits}
        for place in emptied:
            assert new.get(made.new_place(place), totals[place]) == pytest.approx(totals[place])


def test_places_are_told_as_the_workbook_has_them() -> None:
    """Whichever way a sheet is read."""
    assert Ref.at("\x1fBlad1", 2, 5) == Ref("Blad1", a1(5, 2))
    assert real_place("Blad1", 2, 5) == (2, 5)
