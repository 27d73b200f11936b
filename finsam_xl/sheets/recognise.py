"""All tables of a workbook: every recogniser asked about every sheet people made."""

from __future__ import annotations

from finsam_xl.address import box
from finsam_xl.sheets import count_headings, impact_index, social_budget
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.period_headings import is_announced, may_hold_amounts
from finsam_xl.sheets.tables import Table

_FEES = "avgift"


def tables(grid: Grid, *, counts: bool = True) -> list[Table]:
    """Every recognised table, sheet by sheet; our own report sheets are left out.

    Without ``counts`` tables of people and stated figures are left out, which takes half
    the time: they are only looked for where they could be taken for tables of amounts.
    """
    found: list[Table] = []
    for sheet in grid.sheets:
        if not sheet.owner:
            found += _on(sheet) if counts else _amounts_on(sheet)
    return found


def _on(sheet: SheetGrid) -> list[Table]:
    """The tables of a sheet; what a more particular recogniser has found is not given to a later.

    Recognisers are loaded where the sheet's texts call for them.
    """
    here = _particular(sheet)
    here += _without(here, _counts(sheet))
    return here + _without(here, _amounts(sheet, here))


def _amounts_on(sheet: SheetGrid) -> list[Table]:
    """The tables of a sheet that can be recomputed."""
    here = _particular(sheet)
    amounts = _without(here, _amounts(sheet, here))
    return here + (_without(_counts(sheet), amounts) if amounts else [])


def _without(known: list[Table], found: list[Table]) -> list[Table]:
    """The tables found that share no cell with those known."""
    return [table for table in found if not any(_overlap(table, other) for other in known)]


def _particular(sheet: SheetGrid) -> list[Table]:
    here = social_budget.recognise(sheet) + impact_index.recognise(sheet)
    if any(_FEES in text.lower() for text in sheet.texts):
        from finsam_xl.sheets import fees

        here += fees.recognise(sheet)
    return here


def _counts(sheet: SheetGrid) -> list[Table]:
    if not count_headings.may_occur(sheet.texts):
        return []
    from finsam_xl.sheets import counts

    return counts.recognise(sheet)


def _amounts(sheet: SheetGrid, here: list[Table]) -> list[Table]:
    """The tables of amounts. Where there are others, bare years are no reason to look for more."""
    if not (is_announced(sheet) if here else may_hold_amounts(sheet)):
        return []
    from finsam_xl.sheets import budget

    return budget.recognise(sheet)


def _overlap(one: Table, other: Table) -> bool:
    """Whether two tables share a cell."""
    top, left, bottom, right = box(one.range)
    other_top, other_left, other_bottom, other_right = box(other.range)
    return (
        top <= other_bottom and other_top <= bottom and left <= other_right and other_left <= right
    )
