"""The exact figure that a cell shows, where it shows one."""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.money import exact, parse_number
from finsam_xl.sheets.grid import Cell


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
