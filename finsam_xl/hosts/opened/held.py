"""What a sheet of an open workbook holds, and the cells that are made of it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Mapping

from finsam_xl.hosts.opened.blocks import Area, Place
from finsam_xl.palette import MARKS
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, Value

_MOST_SURVEYED = 200_000
"""Cells of a sheet whose formats are still asked for."""
_MARK_OF = {colour: word for word, colour in MARKS.items()}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
NO_FORMAT = "General"


class Used(NamedTuple):
    """The used part of a sheet: where it is, its values by place, and which of them are dates."""

    area: Area
    values: Mapping[Place, Value]
    dates: frozenset[Place] = frozenset()

    @property
    def is_large(self) -> bool:
        """Whether the sheet is read only for good reason."""
        top, left, bottom, right = self.area
        return (bottom - top + 1) * (right - left + 1) > _MOST_SURVEYED


class Facts(NamedTuple):
    """Formulas, number formats, fills ('#RRGGBB') and merged ranges of a sheet.

    ``None`` is "the program does not tell", which is not "there is none".
    ``hides_rows``: whether some rows are hidden, as by a filter. Excel then puts the first
    value of a block into every visible row; row by row it does as it is told.
    """

    formulas: Mapping[Place, str] | None = None
    formats: Mapping[Place, str] | None = None
    fills: Mapping[Place, str] | None = None
    merged: Callable[[], tuple[str, ...]] = tuple
    hides_rows: bool = False


UNKNOWN = Facts()


def cells(held: Used, facts: Facts) -> dict[Place, Cell]:
    """Cells that hold something or look like something, from values and facts."""
    formulas, formats, fills = (part or {} for part in facts[:3])
    found = {}
    for place in sorted(
        {*held.values, *formulas, *fills, *(p for p in formats if formats[p] != NO_FORMAT)}
    ):
        formula = formulas.get(place)
        fill = fills.get(place, "")
        value = held.values.get(place)
        if value is None and formula is not None:
            value = ""  # a formula always has a result; this one shows nothing
        found[place] = Cell(
            value,
            formula,
            is_percent(formats.get(place, "")),
            _MARK_OF.get(fill, ""),
            not fill,
            place in held.dates,
        )
    return found


def is_percent(number_format: str) -> bool:
    """Whether a number format shows 0,5 as 50 %."""
    return "%" in _QUOTED.sub("", number_format)


def digest(sheets: Iterable[tuple[str, Used]]) -> str:
    """Identifies what was read, for the run's name."""
    known = zlib.crc32(b"")
    for name, held in sheets:
        known = zlib.crc32(repr((name, sorted(held.values.items()))).encode(), known)
    return f"{known:08x}"
