"""Error values of cells: how each host writes them, and ours with the reason beside.

A spreadsheet hands an error over as a number (Excel's VBA and COM), as a text in the
user's language, or as an object. All are recognised here, so that an error that comes
into a function comes out of it as the same error.

>>> error_of(-2146826281).kind.swedish
'#DIVISION/0!'
>>> error_of("#SAKNAS!").kind.english
'#N/A'
>>> error_of("11 540") is None
True
"""

from __future__ import annotations

import re
from enum import Enum

from finsam_xl.records import NamedTuple

_COM_BASE = -2146828288
"""What COM adds to Excel's own number of an error."""


class ErrorKind(Enum):
    """An error value: as Excel shows it in English and Swedish, and Excel's number of it."""

    NULL = ("#NULL!", "#SKÄRNING!", 2000)
    DIV0 = ("#DIV/0!", "#DIVISION/0!", 2007)
    VALUE = ("#VALUE!", "#VÄRDEFEL!", 2015)
    REF = ("#REF!", "#REFERENS!", 2023)
    NAME = ("#NAME?", "#NAMN?", 2029)
    NUM = ("#NUM!", "#OGILTIGT!", 2036)
    NA = ("#N/A", "#SAKNAS!", 2042)
    GETTING_DATA = ("#GETTING_DATA", "#HÄMTAR_DATA", 2043)
    SPILL = ("#SPILL!", "#SPILL!", 2045)
    CONNECT = ("#CONNECT!", "#CONNECT!", 2046)
    BLOCKED = ("#BLOCKED!", "#BLOCKED!", 2047)
    UNKNOWN = ("#UNKNOWN!", "#UNKNOWN!", 2048)
    FIELD = ("#FIELD!", "#FIELD!", 2049)
    CALC = ("#CALC!", "#CALC!", 2050)

    def __init__(self, english: str, swedish: str, number: int) -> None:
        self.english = english
        self.swedish = swedish
        self.number = number

    @property
    def com(self) -> int:
        """The number COM hands over for the error."""
        return _COM_BASE + self.number


class CellError(NamedTuple):
    """An error value in a cell; ``reason`` is a Swedish sentence that says why, and what to do."""

    kind: ErrorKind
    reason: str = ""

    def __str__(self) -> str:
        return self.kind.swedish


_BY_NUMBER = {kind.com: kind for kind in ErrorKind}
HIGHEST_ERROR = max(_BY_NUMBER)
"""No whole number above this one is an error that COM hands over."""
_BY_TEXT = {
    **{kind.english: kind for kind in ErrorKind},
    **{kind.swedish: kind for kind in ErrorKind},
    "#SAKNAS": ErrorKind.NA,
    "#VÄRDE!": ErrorKind.VALUE,
    "#NULL": ErrorKind.NULL,
    "#BUSY!": ErrorKind.GETTING_DATA,
    "#UPPTAGEN!": ErrorKind.GETTING_DATA,
    "#DIV/0": ErrorKind.DIV0,
    "#OGILTIG!": ErrorKind.NUM,
}
_CALC_PROGRAM = re.compile(r"(?:ERR|FEL):\d{3}")
"""LibreOffice's errors without a name of their own, as "Err:502"."""


def error_of(value: object) -> CellError | None:
    """The error a host handed over, or ``None`` when the value is no error.

    A number that is no number (NaN, infinity) is Excel's #OGILTIGT!.
    """
    if isinstance(value, CellError):
        return value
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, float):
        finite = value - value == 0
        return None if finite else CellError(ErrorKind.NUM, "Cellen visar inget giltigt tal.")
    if type(value) is int and value in _BY_NUMBER:
        return _incoming(_BY_NUMBER[value])
    return None


def _of_text(text: str) -> CellError | None:
    if not text.startswith(("#", "E", "F", "e", "f")):
        return None
    word = text.strip().upper()
    if word in _BY_TEXT:
        return _incoming(_BY_TEXT[word])
    return _incoming(ErrorKind.VALUE) if _CALC_PROGRAM.fullmatch(word) else None


def _incoming(kind: ErrorKind) -> CellError:
    return CellError(kind, f"Cellen visar felet {kind.swedish}; rätta den så räknas även denna.")
