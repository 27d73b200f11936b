"""All tables of a workbook: every recogniser asked about every sheet people made."""

from __future__ import annotations

from finsam_xl.address import box
from finsam_xl.sheets import count_headings, impact_index, social_budget
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.period_headings import is_announced, may_hold_amounts
from finsam_xl.sheets.tables import Table

_FEES = "avgift"


def tables(grid: Grid) -> list[Table]:
    """Every recognised table, sheet by sheet; our own report sheets are left out."""
    found: list[Table] = []
    for sheet in grid.sheets:
        if not sheet.owner:
            found += _on(sheet)
    return found


def _on(sheet: SheetGrid) -> list[Table]:
    """The tables of a sheet; what a more particular recogniser has found is not given to a later.

    Recognisers are loaded where the sheet's texts call for them.
    """
    here = social_budget.recognise(sheet) + impact_index.recognise(sheet)
    if any(_FEES in text.lower() for text in sheet.texts):
        from finsam_xl.sheets import fees

        here += fees.recognise(sheet)
    if count_headings.may_occur(sheet.texts):
        from finsam_xl.sheets import counts

        found = counts.recognise(sheet)
        here += [table for table in found if not any(_overlap(table, other) for other in here)]
    if is_announced(sheet) if here else may_hold_amounts(sheet):
        from finsam_xl.sheets import budget

        found = budget.recognise(sheet)
        here += [table for table in found if not any(_overlap(table, other) for other in here)]
    return here


def _overlap(one: Table, other: Table) -> bool:
    """Whether two tables share a cell."""
    top, left, bottom, right = box(one.range)
    other_top, other_left, other_bottom, other_right = box(other.range)
    return (
        top <= other_bottom and other_top <= bottom and left <= other_right and other_left <= right
    )
