"""Tables that formulas tie together: they go on together, or a figure would be of another year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.actions.new_year_tables import SERIES, Chosen, Own, of_year
from finsam_xl.address import meet
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.references import references
from finsam_xl.sheets.grid import Grid


def together(grid: Grid, found: Chosen) -> Chosen:
    """The same choice, or another where a table that goes on is tied to one that is left.

    A series of outcomes, and a table of the year before, go on with those that they are tied to.
    Of others that are left and have years of their own neither end of a tie is moved.
    """
    every = (*found.rolled, *found.left)
    ties = {(id(one), id(other)) for one in every for other in _looked_at(grid, one, every)}
    for other in found.left:
        tied = [o for o in found.rolled if {(id(o), id(other)), (id(other), id(o))} & ties]
        if not tied or not other.is_dated:
            continue
        if _may_go(other, found.year):
            left = tuple(one for one in found.left if one is not other)
            return Chosen(found.year, (*found.rolled, other._replace(why="")), left)
        name = f"{other.table.real_sheet} {other.table.range}"
        return found.without(tied, f"formler binder den till {name}, som står kvar")
    return found


def _may_go(one: Own, year: int) -> bool:
    """Whether a table that is left may go on with others: its figures are of known years."""
    return one.why == SERIES or (one.why == of_year(one) and one.years == {year - 1})


def _looked_at(grid: Grid, one: Own, every: Sequence[Own]) -> Iterator[Own]:
    """The other tables that a table's formulas look at."""
    areas = list(_areas(grid, one))
    for other in every:
        if other is not one and any(_meets(area, other) for area in areas):
            yield other


def _areas(grid: Grid, one: Own) -> Iterator[Area]:
    name = one.table.real_sheet
    top, left, bottom, right = one.table.area
    for (row, column), formula in grid.sheet(name).formulas.items():
        if top <= row <= bottom and left <= column <= right:
            yield from references(formula, name, grid.names).areas


def _meets(area: Area, one: Own) -> bool:
    is_there = area.sheet.lower() == one.table.real_sheet.lower()
    return is_there and meet(one.table.area, (area.top, area.left, area.bottom, area.right))
