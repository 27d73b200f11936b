"""Addresses in formulas and the blocks of cells they mean.

>>> block("$B$2:C9")
(2, 2, 9, 3)
>>> block("XFE1") is None
True
>>> sheet_of("'Mål ''21'''!")
"Mål '21'"
"""

from __future__ import annotations

import re
from functools import lru_cache

from finsam_xl.address import column_number, letters
from finsam_xl.records import NamedTuple

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_ENDS = re.compile(
    r"\$?([A-Za-z]*+)\$?(\d*+)(?::\$?([A-Za-z]*+)\$?(\d*+))?",
)
_END = re.compile(r"(\$?)([A-Za-z]++)(\$?)(\d++)|(\$?)([A-Za-z]++)|(\$?)(\d++)")


class Area(NamedTuple):
    """A block of cells on a sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_single(self) -> bool:
        """Whether it is one cell."""
        return (self.top, self.left) == (self.bottom, self.right)

    def on(self, sheet: str) -> Area:
        """The same block of another sheet."""
        return Area(sheet, self.top, self.left, self.bottom, self.right)


class End(NamedTuple):
    """An end of an address: row and column, 0 for whole columns and rows, and what is fixed."""

    row: int
    column: int
    row_fixed: bool
    column_fixed: bool


@lru_cache(maxsize=32_768)
def block(address: str) -> tuple[int, int, int, int] | None:
    """Top, left, bottom and right; ``None`` beyond the last cell of a sheet: a name."""
    match = _ENDS.fullmatch(address)
    if match is None:
        return None
    column, row, last_column, last_row = match.groups()
    left = column_number(column) if column else 1
    top = int(row) if row else 1
    if last_column is None:
        right, bottom = left, top
    else:
        right = column_number(last_column) if last_column else LAST_COLUMN
        bottom = int(last_row) if last_row else LAST_ROW
        if left > right:
            left, right = right, left
        if top > bottom:
            top, bottom = bottom, top
    return (top, left, bottom, right) if bottom <= LAST_ROW and right <= LAST_COLUMN else None


@lru_cache(maxsize=8192)
def ends(address: str) -> tuple[End, ...]:
    """One end, or both."""
    return tuple(map(_end, address.split(":")))


def _end(text: str) -> End:
    match = _END.fullmatch(text)
    if match is None:
        raise ValueError(text)
    dollar, column, row_dollar, row, only_dollar, only_column, dollar_only, only_row = (
        match.groups()
    )
    if row:
        return End(int(row), column_number(column), bool(row_dollar), bool(dollar))
    if only_column:
        return End(0, column_number(only_column), row_fixed=False, column_fixed=bool(only_dollar))
    return End(int(only_row), 0, row_fixed=bool(dollar_only), column_fixed=False)


def written(end: End) -> str:
    """An end as it stands in a formula."""
    column = ("$" if end.column_fixed else "") + letters(end.column) if end.column else ""
    row = f"{'$' if end.row_fixed else ''}{end.row}" if end.row else ""
    return column + row


def sheet_of(prefix: str) -> str:
    """The sheet that stands before a ``!``, without its quotes; '' for the formula's own."""
    name = prefix.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def is_elsewhere(sheet: str) -> bool:
    """Whether it is several sheets, or one of another workbook: no sheet's name has : or [."""
    return ":" in sheet or "[" in sheet
