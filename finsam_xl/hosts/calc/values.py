"""Cell values on their way out of Calc and back into it.

Calc knows an error by a number, hands one over among other values as nothing at all, and takes
one as a number that is none and carries that number inside.

>>> error_text(532), error_text(32767), error_text(502)
('#DIV/0!', '#N/A', '#VALUE!')
>>> error_text(_code(error_number(ErrorKind.NA)))
'#N/A'
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from finsam_xl.registry import ErrorKind

_NOT_A_NUMBER = 0x7FF80000
_CODES = {
    ErrorKind.NUM: 503,
    ErrorKind.VALUE: 519,
    ErrorKind.NULL: 521,
    ErrorKind.REF: 524,
    ErrorKind.NAME: 525,
    ErrorKind.DIV0: 532,
    ErrorKind.NA: 32767,
}
_KINDS = {code: kind for kind, code in _CODES.items()}
FORMULAS = 16
"""Cells that hold formulas, of the kinds that can be asked for."""
ERRORS = frozenset(kind.english for kind in ErrorKind)
"""Errors as they are written among values."""
_LONGEST_COLUMN, _LONGEST_ROW = 65_536, 16_384
"""From these sizes on a range is a whole column or row and not one that a person marked."""
Rows = list[Sequence[Any]]


_OF_ONE_LANGUAGE = 5000
"""How far apart the general number formats of different languages are numbered."""


def is_general(number_format: int) -> bool:
    """Whether a number format is the general one, of any language."""
    return number_format % _OF_ONE_LANGUAGE == 0


def error_text(code: int) -> str:
    """An error as Excel writes it; one that only Calc has is a value that cannot be used."""
    return _KINDS.get(code, ErrorKind.VALUE).english


def error_number(kind: ErrorKind) -> float:
    """What a cell is given to show an error."""
    code = _CODES.get(kind, _CODES[ErrorKind.VALUE])
    found: float = struct.unpack("<d", struct.pack("<II", code, _NOT_A_NUMBER))[0]
    return found


def _code(number: float) -> int:
    """The error that a number carries."""
    code: int = struct.unpack("<II", struct.pack("<d", number))[0]
    return code


def from_calc(value: Any) -> Any:
    """A value of a calculated block, an error as its text."""
    is_number = not isinstance(value, float) or value - value == 0
    return value if is_number else error_text(_code(value))


def rows(cells: Any) -> Rows:
    """What a range of cells holds, errors as their texts; a whole column costs what is in it."""
    area = cells.getRangeAddress()
    height, width = area.EndRow - area.StartRow + 1, area.EndColumn - area.StartColumn + 1
    if height < _LONGEST_COLUMN and width < _LONGEST_ROW:
        return _held(cells)
    sheet = cells.getSpreadsheet()
    last_row, last_column = used(sheet)
    bottom, right = min(area.EndRow, last_row - 1), min(area.EndColumn, last_column - 1)
    blank = (None,) * width
    if bottom < area.StartRow or right < area.StartColumn:
        return [blank] * height
    part = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, right, bottom)
    padding = (None,) * (area.EndColumn - right)
    found = [(*row, *padding) for row in _held(part)]
    return [*found, *[blank] * (height - len(found))]


def used(sheet: Any) -> tuple[int, int]:
    """How many rows and columns of a sheet are used, from its first cell on."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    area = cursor.getRangeAddress()
    return area.EndRow + 1, area.EndColumn + 1


def _held(cells: Any) -> Rows:
    found = list(cells.getDataArray())
    for number, row in enumerate(found):
        if None in row:
            found[number] = [
                error_text(cells.getCellByPosition(place, number).getError())
                if value is None
                else value
                for place, value in enumerate(row)
            ]
    return found
