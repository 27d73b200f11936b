"""Which ages a label is of.

>>> ages("16 år"), ages("100+ år")
(Ages(first=16, last=16), Ages(first=100, last=None))
>>> ages("16–64 år") == ages("Befolkning 16-64 år 2024-12-31") == Ages(16, 64)
True
>>> ages("totalt ålder"), ages("2480 Umeå") is None, ages("Budget 2024")
(Ages(first=0, last=None), True, None)
"""

from __future__ import annotations

import re

from finsam_xl.records import NamedTuple
from finsam_xl.words.totals import is_everyone

_ALL = re.compile(r"\b(?:ålder|åldrar|ages?)\b", re.IGNORECASE)
_SPAN = re.compile(r"(?<![\d-])(\d{1,3})\s*[-–]\s*(\d{1,3})(?![\d-])")
_ONE = re.compile(
    r"(?<![\d-])(\d{1,3})\s*(\+?)\s*(?:år|years?)(?:\s+(och äldre|or older))?", re.IGNORECASE
)
_FROM = re.compile(r"(?<!\d)(\d{1,3})\+")
_OLDEST = 130


class Ages(NamedTuple):
    """Ages in whole years, both included; ``last``: ``None`` for all who are older."""

    first: int
    last: int | None


def ages(text: str) -> Ages | None:
    """The ages a text is of; ``None``: it does not say."""
    span = _SPAN.search(text)
    if span is not None and int(span[1]) < int(span[2]) <= _OLDEST:
        return Ages(int(span[1]), int(span[2]))
    one = _ONE.search(text)
    if one is not None:
        return Ages(int(one[1]), None if one[2] or one[3] else int(one[1]))
    older = _FROM.search(text)
    if older is not None:
        return Ages(int(older[1]), None)
    return Ages(0, None) if _ALL.search(text) and is_everyone(text) else None
