"""Cells that nothing is written in, whatever the figure: those that lie under a merged cell."""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.address import box
from finsam_xl.money import exact
from finsam_xl.sheets.grid import SheetGrid


def is_hidden(sheet: SheetGrid, row: int, column: int) -> bool:
    """Whether a cell lies under a merged cell, other than as its corner."""
    for area in sheet.merged:
        top, left, bottom, right = box(area)
        if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
            return True
    return False


def number_at(sheet: SheetGrid, row: int, column: int) -> Fraction | None:
    """The number a cell holds, as a person sees it; ``None`` for anything else."""
    value = sheet.cell(row, column).value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return exact(value)
