"""What must hold of every shipped table, cell by cell.

A derived cell that is emptied gets its own figure back, or stays blank with a reason. An input
that is changed changes no cell that a person had filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest

from finsam_xl import actions
from finsam_xl.address import position
from finsam_xl.hosts.ooxml import Book
from finsam_xl.plan import Plan
from finsam_xl.reading import book as reading
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.typed_sheets import TODAY
from support.workbooks import EXISTING

BUDGETS = ("umearegionen-budget", "sodra-lappland-budget")
_ACROSS = ("deviation", "percent")


class Sheet(NamedTuple):
    """The cells of a shipped sheet, read once."""

    name: str
    cells: dict[tuple[int, int], Cell]
    merged: tuple[str, ...]
    formulas: dict[tuple[int, int], str]

    def grid(self, changes: dict[tuple[int, int], Cell | None]) -> Grid:
        """A workbook of this sheet alone, with some cells changed or emptied."""
        cells = {**self.cells, **{p: c for p, c in changes.items() if c is not None}}
        for place, cell in changes.items():
            if cell is None:
                cells.pop(place, None)
        formulas = {place: text for place, text in self.formulas.items() if place not in changes}
        return Grid(
            (
                SheetGrid(
                    self.name, lambda: cells, merged=lambda: self.merged, formulas=lambda: formulas
                ),
            )
        )


@cache
def _sheets() -> tuple[Sheet, ...]:
    found = []
    for name in BUDGETS:
        with Book(EXISTING / f"{name}.xlsx") as book:
            found += [
                Sheet(s.name, dict(s.cells), s.merged, dict(s.formulas)) for s in book.grid.sheets
            ]
    return tuple(found)


def _plan(grid: Grid) -> Plan:
    return actions.recompute(grid, today=TODAY, run="prov")


def _tables(sheet: Sheet) -> Iterator[Any]:
    grid = sheet.grid({})
    yield from (one.budget for one in reading.budgets(reading.tables(grid)))


def _amounts(sheet: Sheet) -> Iterator[tuple[tuple[int, int], bool]]:
    """Every filled amount of a sheet's tables, and whether it follows from others.

    A line that stands for those below it is a line to whoever reads it blank.
    """
    for budget in _tables(sheet):
        targets = {
            one.target
            for one in budget.sums
            if len(one.parts) > 1 and budget.rows[one.target].role != "line"
        }
        for index, row in enumerate(budget.rows):
            for number, column in enumerate(budget.columns):
                if row.amounts[number] is not None:
                    is_derived = (
                        column.scenario in _ACROSS or row.role == "equity_open" or index in targets
                    )
                    yield position(budget.place(index, number).cell), is_derived


CASES = [(sheet.name, number) for number, sheet in enumerate(_sheets()) if any(_tables(sheet))]


@pytest.mark.parametrize(("name", "number"), CASES, ids=[name for name, _ in CASES])
def test_an_emptied_result_comes_back_or_stays_blank(name: str, number: int) -> None:
    """Never another figure; and what stays blank is told at the cell, or stands in no sum."""
    sheet = _sheets()[number]
    derived = [place for place, is_derived in _amounts(sheet) if is_derived]
    assert derived or name.startswith("Noter")
    returned, silent = 0, []
    for place in derived:
        printed = sheet.cells[place].value
        plan = _plan(sheet.grid({place: None}))
        here = {position(e.cell): e.new for e in plan.edits}
        if place in here:
            assert here[place] == pytest.approx(printed, abs=_room(sheet, place)), place
            returned += 1
        elif place not in _told(plan) and _is_result(sheet, place):
            silent.append(place)
    assert silent == []
    print(f"{name}: {returned} of {len(derived)} came back")


def _is_result(sheet: Sheet, place: tuple[int, int]) -> bool:
    """Whether a cell stands in a row that is still read as a sum once it is blank.

    A result with nothing beside it may be a heading, and the year's change of equity no deviation.
    """
    grid = sheet.grid({place: None})
    for one in reading.budgets(reading.tables(grid)):
        for row in one.budget.rows:
            if row.row == place[0]:
                return row.role in ("total", "result", "equity_open")
    return False


def _room(sheet: Sheet, place: tuple[int, int]) -> float:
    """By how much a printed figure may differ from its parts: what the documents round."""
    value = sheet.cells[place].value
    is_kronor = isinstance(value, int | float) and abs(value) >= 100_000
    is_whole = isinstance(value, int | float) and float(value).is_integer()
    return 4 if is_kronor else 3 if is_whole else 0.06


def _told(plan: Plan) -> set[tuple[int, int]]:
    """The cells that a finding names."""
    cells = [c for f in plan.findings for c in (f.cell, *(ref.cell for ref in f.also)) if c]
    return {position(cell) for cell in cells}


@pytest.mark.parametrize(("name", "number"), CASES, ids=[name for name, _ in CASES])
def test_a_changed_input_changes_no_cell_that_was_filled(name: str, number: int) -> None:
    """What a person has typed stays, whatever is changed beside it."""
    sheet = _sheets()[number]
    blank = {position(e.cell) for e in _plan(sheet.grid({})).edits}
    assert not blank & {place for place, c in sheet.cells.items() if c.value is not None}
    inputs = [place for place, is_derived in _amounts(sheet) if not is_derived]
    for place in inputs:
        cell = sheet.cells[place]
        if cell.formula is not None or not isinstance(cell.value, int | float):
            continue
        for value in (cell.value + 37, -cell.value, 0):
            plan = _plan(sheet.grid({place: cell._replace(value=value)}))
            filled = {
                position(e.cell)
                for e in plan.edits
                if sheet.cells.get(position(e.cell), Cell()).value is not None
            }
            assert not filled, (place, value)
