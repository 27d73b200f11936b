"""The edits of one sheet as steps: values and formulas, then number formats, then colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from finsam_xl.address import position
from finsam_xl.hosts.calc.formulas import Formulas
from finsam_xl.hosts.calc.values import is_general
from finsam_xl.hosts.opened.blocks import Area, Place, rectangles
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.palette import MARKS
from finsam_xl.plan import CellEdit
from finsam_xl.sheets.grid import Value

_NO_FILL = -1
_VALUES = 1 | 2 | 4 | 16
"""What is typed in a cell: numbers, dates, texts and formulas."""


def steps(sheet: Any, edits: Sequence[CellEdit], formulas: Formulas) -> Iterator[Step]:
    """Everything to do on one sheet, in few calls."""
    by_position = {position(edit.cell): edit for edit in edits}
    written = {place: edit for place, edit in by_position.items() if not edit.keeps_value}
    for place, edit in written.items():
        if edit.formula:
            yield Step(partial(formulas.enter, _cell(sheet, place), edit.formula))
        else:
            yield Step(partial(put, _cell(sheet, place), edit.new))
    for place, edit in written.items():
        if edit.like:
            yield Step(partial(_format, _cell(sheet, place), _cell(sheet, position(edit.like))))
    marks = {p: e.new_mark for p, e in by_position.items() if e.old_mark != e.new_mark}
    for block in rectangles(marks):
        yield Step(partial(_colour, part(sheet, block.area), block.key))


def put(cell: Any, value: Value) -> None:
    """Write a value; a text is what it is, however it looks.

    Cell by cell, as LibreOffice does not undo what is written to a block of cells at once.
    """
    if value is None:
        cell.clearContents(_VALUES)
    elif isinstance(value, bool):
        cell.setFormula(str(value).upper())
    elif isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(float(value))


def part(sheet: Any, area: Area) -> Any:
    """The cells of an area."""
    top, left, bottom, right = area
    return sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)


def _cell(sheet: Any, place: Place) -> Any:
    return sheet.getCellByPosition(place[1] - 1, place[0] - 1)


def _format(cell: Any, model: Any) -> None:
    """A number format taken over, by a cell that has none of its own."""
    if is_general(cell.NumberFormat):
        cell.NumberFormat = model.NumberFormat


def _colour(cells: Any, mark: str) -> None:
    cells.CellBackColor = int(MARKS[mark][1:], 16) if mark in MARKS else _NO_FILL
