"""A table of Statistics Sweden (SCB) out of the sheets of a workbook: saved as Excel, or pasted."""

from __future__ import annotations

from finsam_xl.reading.ledger_grids import rows_of
from finsam_xl.scb.cube import Cube
from finsam_xl.scb.reading import of_rows
from finsam_xl.sheets.grid import Grid


def cube_of(grid: Grid, name: str) -> Cube | None:
    """The table on the first sheet that has one; ``None`` where none has."""
    for sheet in grid.sheets:
        if sheet.owner:
            continue
        found = of_rows(rows_of(sheet), name, grid.digest[:12])
        if found is not None:
            return found
    return None
