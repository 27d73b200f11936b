"""All tables of a workbook: every recogniser asked about every sheet people made."""

from __future__ import annotations

from finsam_xl.sheets import budget, fees, impact_index, social_budget
from finsam_xl.sheets.address import box
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table

RECOGNISERS = (
    social_budget.recognise,
    impact_index.recognise,
    fees.recognise,
    budget.recognise,
)
"""The most particular first: what one of them has found is not given to a later one."""


def tables(grid: Grid) -> list[Table]:
    """Every recognised table, sheet by sheet; our own report sheets are left out."""
    found: list[Table] = []
    for sheet in grid.sheets:
        if sheet.owner:
            continue
        here: list[Table] = []
        for recogniser in RECOGNISERS:
            here += [
                table
                for table in recogniser(sheet)
                if not any(_overlap(table, other) for other in here if other.kind != table.kind)
            ]
        found += here
    return found


def _overlap(one: Table, other: Table) -> bool:
    """Whether two tables share a cell."""
    top, left, bottom, right = box(one.range)
    other_top, other_left, other_bottom, other_right = box(other.range)
    return (
        top <= other_bottom and other_top <= bottom and left <= other_right and other_left <= right
    )
