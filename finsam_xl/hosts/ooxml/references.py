"""Which cells a formula looks at, found generously: one too many costs time, one too few is wrong.

A formula whose references cannot be told from its text (structured references,
three-dimensional ones, INDIRECT, OFFSET) is *opaque* and is left to Excel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from finsam_xl.sheets.address import column_number

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_STRING = re.compile(r'"[^"]*"')
_SHEETED = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d][\w.]*))!"
    r"(?P<area>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d+:\$?\d+)(?![\w(.])"
)
_BARE = re.compile(
    r"(?<![\w!'.$])(\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d+:\$?\d+)(?![\w(!.])"
)
_NAME = re.compile(r"(?<![\w!'.$\\])([^\W\d]|[_\\])[\w.\\?]*(?!\s*[\w(!.])")
_OPAQUE = re.compile(
    r"\[|\b(?:INDIRECT|OFFSET)\s*\(|'[^']*:[^']*'!|\b\w+:\w+!|#REF!", re.IGNORECASE
)
_CORNER = re.compile(r"\$?([A-Za-z]*)\$?(\d*)")
_CONSTANTS = {"TRUE", "FALSE"}


class Area(NamedTuple):
    """A block of cells on a sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


class References(NamedTuple):
    """What a formula looks at, and whether that is all that can be told."""

    areas: tuple[Area, ...]
    opaque: bool


def references(formula: str, sheet: str, names: Mapping[str, str]) -> References:
    """The blocks a formula on ``sheet`` looks at; ``names``: name in lower case → formula."""
    return _references(formula, sheet, tuple(sorted(names.items())), 0)


@lru_cache(maxsize=4096)
def _references(
    formula: str, sheet: str, names: tuple[tuple[str, str], ...], depth: int
) -> References:
    text = _STRING.sub('""', formula)
    opaque = bool(_OPAQUE.search(text)) or depth > 8
    areas: list[Area] = []

    def sheeted(match: re.Match[str]) -> str:
        quoted = match.group("quoted")
        name = quoted.replace("''", "'") if quoted else match.group("plain")
        areas.append(_area(name, match.group("area")))
        return " "

    text = _SHEETED.sub(sheeted, text)
    areas += [_area(sheet, match.group(1)) for match in _BARE.finditer(text)]
    text = _BARE.sub(" ", text)
    known = dict(names)
    for match in _NAME.finditer(text):
        name = match.group(0).lower()
        if name in known and not opaque:
            inner = _references(known[name], sheet, names, depth + 1)
            areas += inner.areas
            opaque = opaque or inner.opaque
        elif name.upper() not in _CONSTANTS:
            opaque = True
    return References(tuple(areas), opaque)


def _area(sheet: str, text: str) -> Area:
    first, _, last = text.partition(":")
    top, left = _corner(first, 1, 1)
    bottom, right = _corner(last or first, _LAST_ROW, _LAST_COLUMN)
    return Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _corner(text: str, row: int, column: int) -> tuple[int, int]:
    match = _CORNER.fullmatch(text)
    letters, digits = match.groups() if match else ("", "")
    return int(digits) if digits else row, column_number(letters) if letters else column
