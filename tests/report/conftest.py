"""The shipped workbooks' tables as records, and a report as it is read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from finsam_xl.actions import budget as action
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model_budget import Budget, FeesTable
from finsam_xl.reading import fees
from finsam_xl.reading.fee_tables import read as fee_tables_of
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.workbooks import EXISTING

_BOOKS = {
    "umeå": EXISTING / "umearegionen-budget.xlsx",
    "lappland": EXISTING / "sodra-lappland-budget.xlsx",
}
Row = Sequence[str | float | None]


def read(sheet: SheetGrid) -> list[Budget]:
    """The tables of a sheet, with what a run fills in."""
    grid = Grid((sheet,))
    return [one.budget for one in action.settled(grid)]


@pytest.fixture(scope="session")
def tables() -> Mapping[tuple[str, str], list[Budget]]:
    """Every table of amounts in the shipped workbooks, by book and sheet."""
    found = {}
    for name, path in _BOOKS.items():
        with Book(path) as book:
            for sheet in book.grid.sheets:
                found[name, sheet.name] = read(sheet)
    return found


@pytest.fixture(scope="session")
def fee_tables() -> Mapping[str, list[FeesTable]]:
    """The tables of member fees in the shipped workbooks, by book."""
    found = {}
    for name, path in _BOOKS.items():
        with Book(path) as book:
            sheet = book.grid.sheet("Medlemsavgifter")
            found[name] = [year.fees for one in fees.find(sheet) for year in fee_tables_of(one)]
    return found


@pytest.fixture
def typed() -> Callable[..., Budget]:
    """A table typed in a sheet: its title, headings and rows."""

    def type_in(title: str, headings: Sequence[str], *rows: Row) -> Budget:
        lines: list[Row] = [(title,), (), ("", *headings), *rows]
        cells = {
            (at, column): Cell(value)
            for at, line in enumerate(lines, start=1)
            for column, value in enumerate(line, start=1)
            if value not in (None, "")
        }
        (found,) = read(SheetGrid("Blad1", lambda: cells))
        return found

    return type_in


@pytest.fixture
def read_again() -> Callable[[SheetPlan], SheetGrid]:
    """A report as the sheet it becomes."""

    def as_sheet(plan: SheetPlan) -> SheetGrid:
        cells = {(cell.row, cell.column): Cell(cell.value) for cell in plan.cells}
        return SheetGrid(plan.name, lambda: cells, owner=plan.owner)

    return as_sheet
