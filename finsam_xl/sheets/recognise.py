"""All tables of a workbook: every recogniser asked about every sheet people made."""

from __future__ import annotations

from finsam_xl.sheets import impact_index, social_budget
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table

RECOGNISERS = (social_budget.recognise, impact_index.recognise)


def tables(grid: Grid) -> list[Table]:
    """Every recognised table, sheet by sheet; our own report sheets are left out."""
    found: list[Table] = []
    for sheet in grid.sheets:
        if sheet.owner:
            continue
        for recogniser in RECOGNISERS:
            found += recogniser(sheet)
    return found
