"""Practice workbooks in the manner of other offices, with the truth about each table.

The associations, people and figures are invented. ``NAME.truth.json`` says what each table,
column and row is, and which cells follow from which. Cells are held in memory, so that a copy
with some of them emptied costs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from finsam_xl.address import box, position, span
from finsam_xl.hosts.ooxml import Book
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from finsam_xl.sheets.tables import Table

FOLDER = Path(__file__).parent.parent / "practice"
MONEY = frozenset({"budget", "tertial", "plan", "outcome", "income_statement"})
_LEAST_SHARED = 0.8
Place = tuple[str, int, int]


class Workbook(NamedTuple):
    """A practice workbook: its sheets' cells, merged ranges and formulas, and its truth."""

    name: str
    cells: Mapping[str, Mapping[tuple[int, int], Cell]]
    merged: Mapping[str, tuple[str, ...]]
    formulas: Mapping[str, Mapping[tuple[int, int], str]]
    truth: Mapping[str, Any]

    def grid(
        self,
        changes: Mapping[Place, Cell | None] | None = None,
        *,
        only_values: bool = False,
        moved: tuple[int, int] = (0, 0),
    ) -> Grid:
        """The workbook with some cells changed or emptied, or all of them moved down and right."""
        return Grid(
            tuple(self._sheet(name, changes or {}, only_values, moved) for name in self.cells)
        )

    def _sheet(
        self,
        name: str,
        changes: Mapping[Place, Cell | None],
        only_values: bool,
        moved: tuple[int, int],
    ) -> SheetGrid:
        cells = dict(self.cells[name])
        if only_values:
            cells = {place: cell._replace(formula=None) for place, cell in cells.items()}
        for (sheet, row, column), cell in changes.items():
            if sheet == name and cell is None:
                cells.pop((row, column), None)
            elif sheet == name and cell is not None:
                cells[row, column] = cell
        down, right = moved
        if moved != (0, 0):
            cells = {
                (row + down, column + right): cell._replace(formula=None)
                for (row, column), cell in cells.items()
            }
        formulas = {} if only_values or moved != (0, 0) else dict(self.formulas[name])
        merged = tuple(_moved(area, down, right) for area in self.merged[name])
        return SheetGrid(name, lambda: cells, merged=lambda: merged, formulas=lambda: formulas)

    @property
    def tables(self) -> list[dict[str, Any]]:
        """The tables that are none of ours left out."""
        return [one for one in self.truth["tables"] if one["kind"] != "decoy"]


def _moved(area: str, down: int, right: int) -> str:
    """A range further down and to the right."""
    top, first, bottom, last = box(area)
    return span(top + down, first + right, bottom + down, last + right)


def names() -> list[str]:
    """The practice workbooks."""
    return sorted(path.name.removesuffix(".truth.json") for path in FOLDER.glob("books/*.json"))


@cache
def workbook(name: str) -> Workbook:
    """A practice workbook by its name."""
    truth = json.loads((FOLDER / "books" / f"{name}.truth.json").read_text(encoding="utf-8"))
    return _read(FOLDER / "books" / f"{name}.xlsx", truth)


@cache
def other(path: str) -> Workbook:
    """A practice workbook without a truth of its own."""
    return _read(FOLDER / path, {"tables": []})


def _read(path: Path, truth: dict[str, Any]) -> Workbook:
    with Book(path) as book:
        sheets = book.grid.sheets
        return Workbook(
            path.stem,
            {sheet.name: dict(sheet.cells) for sheet in sheets},
            {sheet.name: sheet.merged for sheet in sheets},
            {sheet.name: dict(sheet.formulas) for sheet in sheets},
            truth,
        )


def counterpart(wanted: Mapping[str, Any], found: Iterable[Table]) -> Table | None:
    """The table that was read where the truth has one: four fifths of their cells in common."""
    for table in found:
        if table.sheet == wanted["sheet"] and _shared(wanted, table) >= _LEAST_SHARED:
            return table
    return None


def _shared(wanted: Mapping[str, Any], table: Table) -> float:
    """Cells in common by cells in either; notes and codes at the sides may be left out."""
    top, left, bottom, right = box(wanted["range"])
    sides = {
        position(f"{one['column']}1")[1]
        for one in wanted.get("columns", [])
        if one.get("use") in {"note", "code", "helper", "responsible", "comment"}
    }
    while left in sides:
        left += 1
    while right in sides:
        right -= 1
    other_top, other_left, other_bottom, other_right = box(table.range)
    other_left, other_right = max(other_left, left), min(other_right, right)
    height = min(bottom, other_bottom) - max(top, other_top) + 1
    width = min(right, other_right) - max(left, other_left) + 1
    both = max(0, height) * max(0, width)
    one = (bottom - top + 1) * (right - left + 1)
    second = (other_bottom - other_top + 1) * (other_right - other_left + 1)
    return both / (one + second - both)
