"""Corrections as the sheet Finsam keeps them, made from what was read."""

from __future__ import annotations

from collections.abc import Mapping

from finsam_xl.address import fixed
from finsam_xl.model import Ref
from finsam_xl.reading.book import tables
from finsam_xl.reading.corrections import (
    TABLE_NAME,
    Correction,
    Part,
    heading_place,
    key_of,
    label_place,
)
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Table


def named(grid: Grid) -> Grid:
    """The workbook with a defined name over each of its tables."""
    names = {
        f"{TABLE_NAME}{n}": fixed(f"'{grid.sheet(table.sheet).title}'!{table.range}")
        for n, table in enumerate(tables(grid), 1)
    }
    return Grid(grid.sheets, grid.digest, {**grid.names, **names})


def of_column(grid: Grid, number: int, letter: int, says: str) -> Correction:
    """What is said of a column of the table of some number."""
    table, sheet = _table(grid, number)
    place = heading_place(sheet, table, letter)
    key = key_of(grid.sheet(sheet.title), table, str(number), Part.COLUMN, place)
    return Correction(key, says, Ref("Finsam", "F9"))


def of_row(grid: Grid, number: int, row: int, says: str) -> Correction:
    """What is said of a row of the table of some number."""
    table, sheet = _table(grid, number)
    place = label_place(sheet, table, row)
    key = key_of(grid.sheet(sheet.title), table, str(number), Part.ROW, place)
    return Correction(key, says, Ref("Finsam", "F9"))


def of_table(grid: Grid, number: int, part: Part, says: str) -> Correction:
    """What is said of a table of some number."""
    table, sheet = _table(grid, number)
    key = key_of(grid.sheet(sheet.title), table, str(number), part, None)
    return Correction(key, says, Ref("Finsam", "F9"))


def _table(grid: Grid, number: int) -> tuple[Table, SheetGrid]:
    table: Table = tables(grid)[number - 1]
    return table, grid.sheet(table.sheet)


def moved(grid: Grid, names: Mapping[str, str]) -> Grid:
    """The workbook with the names where a spreadsheet has moved them."""
    return Grid(grid.sheets, grid.digest, {f"{TABLE_NAME}{n}": at for n, at in names.items()})
