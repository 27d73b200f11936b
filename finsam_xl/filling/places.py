"""Cells that nothing is written in, whatever the figure: those that lie under a merged cell."""

from __future__ import annotations

from finsam_xl.address import box
from finsam_xl.sheets.grid import SheetGrid


def is_hidden(sheet: SheetGrid, row: int, column: int) -> bool:
    """Whether a cell lies under a merged cell, other than as its corner."""
    for area in sheet.merged:
        top, left, bottom, right = box(area)
        if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
            return True
    return False
