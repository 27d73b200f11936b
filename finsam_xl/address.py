"""A1 addresses and their row and column numbers, both counted from 1.

>>> a1(5, 28)
'AB5'
>>> position("$AB$5")
(5, 28)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")


@cache
def letters(column: int) -> str:
    """A column's letters: 1 → A, 28 → AB."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@cache
def column_number(text: str) -> int:
    """A column's number: A → 1, AB → 28."""
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number


def a1(row: int, column: int) -> str:
    """The address of a cell."""
    return f"{letters(column)}{row}"


@lru_cache(maxsize=65536)
def position(cell: str) -> tuple[int, int]:
    """Row and column of an address; raises ``ValueError`` for anything else."""
    match = _CELL.fullmatch(cell)
    if not match:
        raise ValueError(cell)
    return int(match.group(2)), column_number(match.group(1))


def fixed(place: str) -> str:
    """A place with $ in it, for links: LibreOffice takes C9 and R5 without for whole lines.

    >>> fixed("'Budget 2019'!C9")
    "'Budget 2019'!$C$9"
    """
    sheet, mark, area = place.rpartition("!")
    corners = (position(cell) for cell in area.split(":"))
    return sheet + mark + ":".join(f"${letters(column)}${row}" for row, column in corners)


def box(area: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of 'B2:D9' or of a single cell."""
    first, _, last = area.partition(":")
    return (*position(first), *position(last or first))


def meet(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Whether two blocks of cells share a cell.

    >>> meet((2, 1, 3, 1), (3, 1, 9, 4)), meet((2, 1, 3, 1), (2, 2, 3, 4))
    (True, False)
    """
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def places(area: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    """Every place of a block of cells, row by row.

    >>> list(places((2, 1, 3, 1)))
    [(2, 1), (3, 1)]
    """
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def span(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """The address of a block of cells."""
    return f"{a1(first_row, first_column)}:{a1(last_row, last_column)}"


def on_sheet(sheet: str, address: str) -> str:
    """An address as it is told from any sheet.

    >>> on_sheet("Åsas blad", "A1"), on_sheet("Ida's", "B2:B9")
    ("'Åsas blad'!A1", "'Ida''s'!B2:B9")
    """
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{address}"


_TURNED = "\x1f"
"""Before the name of a sheet that is read with rows for columns; no real name can hold it."""


def turned_name(sheet: str) -> str:
    """The name of a sheet as it is read with rows for columns."""
    return _TURNED + sheet


def real_name(sheet: str) -> str:
    """A sheet's name in the workbook, however it is read."""
    return sheet.removeprefix(_TURNED)


def is_turned(sheet: str) -> bool:
    """Whether a name is that of a sheet read with rows for columns."""
    return sheet.startswith(_TURNED)


def real_place(sheet: str, row: int, column: int) -> tuple[int, int]:
    """Where a cell stands in the workbook, however its sheet is read."""
    return (column, row) if is_turned(sheet) else (row, column)
