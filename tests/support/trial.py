"""A sheet Tänk om as somebody works in it: cells typed over, and every formula calculated anew."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ironcalc
import openpyxl

from finsam_xl.hosts.ooxml.render import render, writable
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.second_opinion import converted, without_results

Place = tuple[int, int]
Given = Mapping[Place, Any]
COLUMNS = {"Vikt": 7, "Antal": 8, "Av": 9, "Män": 10, "Av män": 11, "Uppnått": 12}
"""The columns of the cells to change, as their headings say."""


def row_of(plan: SheetPlan, label: str) -> int:
    """The first row whose first cell begins with a text."""
    return min(c.row for c in plan.cells if c.column == 1 and str(c.value or "").startswith(label))


def place(plan: SheetPlan, label: str, heading: str) -> Place:
    """A cell to change; a limit stands in the third column."""
    return row_of(plan, label), COLUMNS.get(heading, 3)


def shown(plan: SheetPlan, values: Given, label: str) -> list[Any]:
    """What stands on the row of a label after it, without blanks, as somebody sees it."""
    row = row_of(plan, label)
    seen = [c for c in plan.cells if c.row == row and 1 < c.column <= plan.page.last_column]
    found = [values.get((row, c.column)) for c in sorted(seen, key=lambda one: one.column)]
    return [value for value in found if value not in (None, "")]


def held(plan: SheetPlan) -> dict[Place, Any]:
    """What the cells hold as they are written."""
    return {(cell.row, cell.column): cell.value for cell in plan.cells}


def formulas(plan: SheetPlan) -> dict[Place, str]:
    """The formulas of the sheet."""
    return {(cell.row, cell.column): cell.formula for cell in plan.cells if cell.formula}


def typed_on(plan: SheetPlan, typed: Given) -> SheetGrid:
    """The sheet as it is read once somebody has typed in it; ``None`` empties a cell."""
    texts = formulas(plan)
    values = {**held(plan), **typed}
    cells = {at: Cell(value, texts.get(at)) for at, value in values.items()}
    return SheetGrid(plan.name, lambda: cells, owner=plan.owner)


def with_sheet(book: Grid, sheet: SheetGrid) -> Grid:
    """A workbook with that sheet last."""
    return Grid((*book.sheets, sheet))


def by_ironcalc(plan: SheetPlan, typed: Given) -> dict[Place, Any]:
    """What every cell shows once IronCalc has calculated the formulas."""
    model = ironcalc.create("prov", "en", "UTC", "en")
    texts = formulas(plan)
    for (row, column), value in {**held(plan), **typed}.items():
        if (row, column) in texts or value is None:
            continue
        if isinstance(value, str):
            model.update_cell_with_text(0, row, column, value)
        else:
            model.update_cell_with_number(0, row, column, float(value))
    for (row, column), text in texts.items():
        model.update_cell_with_formula(0, row, column, f"={text}")
    model.evaluate()
    return {at: model.get_cell_value(0, *at) for at in held(plan)}


def by_libreoffice(
    soffice: str, plans: Sequence[tuple[SheetPlan, Given]], folder: Path
) -> list[dict[Place, Any]]:
    """The same by LibreOffice, of several sheets at once."""
    sheets = []
    for number, (plan, typed) in enumerate(plans):
        cells = tuple(c._replace(value=typed.get((c.row, c.column), c.value)) for c in plan.cells)
        sheets.append(writable(plan._replace(name=f"Prov {number}", cells=cells)))
    path, bare = folder / "prov.xlsx", folder / "bar.xlsx"
    path.write_bytes(render(sheets))
    assert without_results(path, bare)
    (made,) = converted(soffice, bare, "xlsx", folder)
    book = openpyxl.load_workbook(made, data_only=True)
    return [
        {(c.row, c.column): c.value for row in book[sheet.name].iter_rows() for c in row}
        for sheet in sheets
    ]


def unlike(plan: SheetPlan, values: Given) -> list[tuple[Place, Any, Any]]:
    """The formulas whose written value is not what a program makes of them."""
    return [
        (at, cell, values.get(at))
        for at in formulas(plan)
        if not _is_same(cell := held(plan)[at], values.get(at))
    ]


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, abs_tol=1e-9)
    return (one or "") == (other or "")


def texts(values: Iterable[Any]) -> list[str]:
    """The texts among some values."""
    return [value for value in values if isinstance(value, str)]
