"""The workbook as its sheet *Finsam* says it is to be read."""

from __future__ import annotations

from finsam_xl.reading.finsam_sheet import own_words, typed
from finsam_xl.reading.placing import corrected
from finsam_xl.reading.settings import settings
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.said import Said


def followed(grid: Grid) -> Grid:
    """The workbook as it is read with the corrections, words and settings typed there."""
    if followed not in grid.kept:
        own = settings(grid)
        found = corrected(grid, typed(grid), own_words(grid), Said(unit=own.amounts, key=own.key))
        found.kept[settings] = own
        found.kept[followed] = grid.kept[followed] = found
    result: Grid = grid.kept[followed]
    return result
