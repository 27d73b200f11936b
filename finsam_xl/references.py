"""Which cells a formula looks at, found generously: one too many costs time, one too few is wrong.

A formula whose references cannot be told from its text (structured references,
three-dimensional ones, INDIRECT, OFFSET, ranges between calculated ends) is
*opaque*. One with a function the engine is not known to calculate right is *not
supported*. Both are left to Excel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from finsam_xl.address import column_number

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_DEEPEST_NAME = 8
TOKEN = re.compile(
    r"""(?P<string>"(?:[^"]|"")*")
    |(?P<sheet>'(?:[^']|'')+'!|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?!)
    |(?P<area>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})?(?![\w.(\\])
        |\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(!\\])
        |\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6}(?![\w.]))
    |(?P<function>[^\W\d][\w.]*)\s*\(
    |(?P<number>\d+(?:\.\d*)?(?:[Ee][+-]?\d+)?)
    |(?P<name>[^\W\d][\w.\\?]*|\\[\w.\\?]*)
    |(?P<error>\#[A-Za-z/0-9_]+[!?]?)
    |(?P<opaque>[\[\]:])
    |(?P<spill>\#)""",
    re.VERBOSE,
)
"""The parts of a formula that mean something; operators and brackets lie between them."""
_CORNER = re.compile(r"\$?([A-Za-z]*)\$?(\d*)")
_FUTURE = re.compile(r"^_xlfn\.(?:_xlws\.)?", re.IGNORECASE)
_VARIABLE = "_xlpm."
_CONSTANTS = {"TRUE", "FALSE"}
_MOVING = {"INDIRECT", "OFFSET"}
# Compared with LibreOffice and Excel's documentation. Left out on purpose: SUBTOTAL and AGGREGATE
# (hidden rows), TEXT, FIXED and VALUE (the reader's decimal sign), and what depends on the day.
SUPPORTED = frozenset({
    "ABS", "AND", "AVERAGE", "AVERAGEIF", "AVERAGEIFS", "CEILING", "CHOOSE", "COLUMN",
    "COLUMNS", "CONCAT", "CONCATENATE", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS",
    "DATE", "DAY", "EVEN", "EXACT", "EXP", "FALSE", "FILTER", "FIND", "FLOOR", "HLOOKUP", "IF",
    "IFERROR", "IFNA", "IFS", "INDEX", "INT", "ISBLANK", "ISERR", "ISERROR", "ISEVEN",
    "ISLOGICAL", "ISNA", "ISNONTEXT", "ISNUMBER", "ISODD", "ISTEXT", "LAMBDA", "LARGE", "LEFT",
    "LEN", "LET", "LN", "LOG", "LOG10", "LOOKUP", "LOWER", "MATCH", "MAX", "MAXIFS", "MEDIAN",
    "MID", "MIN", "MINIFS", "MOD", "MONTH", "N", "NA", "NOT", "ODD", "OR", "PI", "POWER",
    "PRODUCT", "QUOTIENT", "RANK", "RIGHT", "ROUND", "ROUNDDOWN", "ROUNDUP", "ROW", "ROWS",
    "SEARCH", "SIGN", "SMALL", "SQRT", "SUBSTITUTE", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT",
    "SWITCH", "T", "TEXTJOIN", "TRIM", "TRUE", "TRUNC", "UPPER", "VLOOKUP", "XLOOKUP", "XOR",
    "YEAR",
})  # fmt: skip


class Area(NamedTuple):
    """A block of cells on a sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


class References(NamedTuple):
    """What a formula looks at, whether more than that, and whether the engine can calculate it."""

    areas: tuple[Area, ...]
    opaque: bool
    supported: bool


def references(formula: str, sheet: str, names: Mapping[str, str]) -> References:
    """The blocks a formula on ``sheet`` looks at; ``names``: name in lower case → formula."""
    return _references(formula, sheet, tuple(sorted(names.items())), 0)


@lru_cache(maxsize=4096)
def _references(
    formula: str, sheet: str, names: tuple[tuple[str, str], ...], depth: int
) -> References:
    reader = _Reader(sheet, dict(names), names, depth)
    for match in TOKEN.finditer(formula):
        reader.take(match.lastgroup or "", match.group(match.lastgroup or 0))
    return References(tuple(reader.areas), reader.opaque or depth > _DEEPEST_NAME, reader.supported)


class _Reader:
    """Goes through a formula's tokens from the left."""

    def __init__(
        self,
        sheet: str,
        known: Mapping[str, str],
        names: tuple[tuple[str, str], ...],
        depth: int,
    ) -> None:
        self.sheet, self.known, self.names, self.depth = sheet, known, names, depth
        self.areas: list[Area] = []
        self.opaque, self.supported = False, True
        self.prefix = ""

    def take(self, kind: str, text: str) -> None:
        prefix, self.prefix = self.prefix, ""
        if kind == "sheet":
            self.prefix = text[:-1]
            inner = self.prefix.strip("'")
            self.opaque = self.opaque or "[" in inner or ":" in inner
        elif kind == "area":
            self.take_area(prefix, text)
        elif kind == "name":
            self.take_name(prefix, text)
        elif kind == "function":
            self.take_function(text)
        elif kind == "opaque" or (kind == "error" and text.upper() == "#REF!"):
            self.opaque = True
        elif kind == "spill":
            self.supported = False

    def take_area(self, prefix: str, text: str) -> None:
        sheet = sheet_of(prefix) if prefix else self.sheet
        area = area_of(sheet, text)
        if area is None:
            self.take_name(prefix, text)
        else:
            self.areas.append(area)

    def take_name(self, prefix: str, text: str) -> None:
        name = text.lower()
        if text.upper() in _CONSTANTS or name.startswith(_VARIABLE):
            return
        if prefix or name not in self.known:
            # A sheet's own name, a table, or something nobody has defined.
            self.opaque = True
        elif self.depth <= _DEEPEST_NAME:
            inner = _references(self.known[name], self.sheet, self.names, self.depth + 1)
            self.areas += inner.areas
            self.opaque = self.opaque or inner.opaque
            self.supported = self.supported and inner.supported

    def take_function(self, text: str) -> None:
        name = function_name(text)
        if name in _MOVING or name.lower() in self.known:
            self.opaque = True
        elif name not in SUPPORTED:
            self.supported = False


def sheet_of(prefix: str) -> str:
    """The sheet that stands before a ``!``, without its quotes."""
    return prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix


def function_name(text: str) -> str:
    """A function's name without the prefix that files give the later ones."""
    return _FUTURE.sub("", text).upper()


def area_of(sheet: str, text: str) -> Area | None:
    """The block an address means; ``None`` when it lies outside a sheet and so is a name."""
    first, _, last = text.partition(":")
    top, left = _corner(first, 1, 1)
    bottom, right = _corner(last or first, _LAST_ROW, _LAST_COLUMN)
    if max(top, bottom) > _LAST_ROW or max(left, right) > _LAST_COLUMN:
        return None
    return Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _corner(text: str, row: int, column: int) -> tuple[int, int]:
    match = _CORNER.fullmatch(text)
    letters, digits = match.groups() if match else ("", "")
    return int(digits) if digits else row, column_number(letters) if letters else column
