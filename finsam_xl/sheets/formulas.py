"""The formulas of a workbook, each with its own text and the blocks of cells it looks at."""

from __future__ import annotations

from finsam_xl.checks.rings import FormulaCell
from finsam_xl.formulas.references import references
from finsam_xl.sheets.grid import Grid


def read(grid: Grid) -> list[FormulaCell]:
    """Every formula whose text is known, sheet by sheet; large sheets only if they were read."""
    return [
        FormulaCell(sheet.name, row, column, text, references(text, sheet.name, grid.names).areas)
        for sheet in grid.sheets
        if not sheet.owner and (sheet.is_read or not sheet.large)
        for (row, column), text in sheet.formulas.items()
    ]
