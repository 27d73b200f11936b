"""What is recalculated and what it gave, apart from how: that is loaded when needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from finsam_xl.hosts.ooxml.sheetpart import Formula
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, SheetGrid, Value

Place = tuple[str, int, int]
"""Sheet, row and column."""


class Manner(NamedTuple):
    """How a workbook is calculated: days counted from 1904, and with the figures as shown."""

    from_1904: bool = False
    as_shown: bool = False


class Source(NamedTuple):
    """What the recalculation looks at: sheets, formulas per sheet, names, and the manner of it.

    ``hides_rows``: whether any row of a sheet is hidden.
    """

    sheets: Mapping[str, SheetGrid]
    formulas: Mapping[str, Mapping[tuple[int, int], Formula]]
    names: Mapping[str, str]
    manner: Manner = Manner()
    hides_rows: Callable[[str], bool] = lambda _: False

    def cell(self, place: Place) -> Cell:
        """The cell at a place."""
        sheet, row, column = place
        return self.sheets[sheet].cell(row, column)


class Terms(NamedTuple):
    """How long the engine may take, in seconds, and the day whose rules our functions follow."""

    seconds: float
    today: date


class First(NamedTuple):
    """Results by place, whether there was time for all, and what has become unknown."""

    values: dict[Place, Value]
    in_time: bool
    lost: frozenset[Place] = frozenset()


class Recalculation(NamedTuple):
    """New results by place, and the formulas whose results only Excel can give."""

    values: dict[Place, Value]
    left_to_excel: tuple[Place, ...]


NOTHING = Recalculation({}, ())
