"""The exact figure that a cell shows, where it shows one, and the unit that its size tells."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from finsam_xl.money import exact, parse_number
from finsam_xl.sheets.grid import Cell
from finsam_xl.words.units import Unit

_LEAST_IN_KRONOR = 100_000
"""An amount from which it is told in kronor where no unit is named: no association has so many
thousands, and a part of a budget that is told in kronor seldom has less in its sum."""


def figure(cell: Cell) -> Fraction | None:
    """A cell's number, or that of a text that is one; of per cent as they are read, 41.2."""
    value = cell.value
    if value is None or isinstance(value, bool) or cell.dated:
        return None
    if isinstance(value, str):
        found = parse_number(value)
        return None if found is None else Fraction(found.value)
    number = exact(value)
    return 100 * number if cell.percent else number


def unit_by_size(amounts: Iterable[int | Fraction | None]) -> Unit:
    """The unit of amounts where none is named: kronor if any of them is large."""
    least = _LEAST_IN_KRONOR
    is_large = any(one is not None and not -least < one < least for one in amounts)
    return Unit.KR if is_large else Unit.TKR
