"""What recalculating a workbook gave, apart from how it is done: that is loaded when needed."""

from __future__ import annotations

from typing import NamedTuple

from finsam_xl.sheets.grid import Value

Place = tuple[str, int, int]
"""Sheet, row and column."""


class Recalculation(NamedTuple):
    """New results by place, and the formulas whose results only Excel can give."""

    values: dict[Place, Value]
    left_to_excel: tuple[Place, ...]


NOTHING = Recalculation({}, ())
