"""The units of amounts, and how many kronor each is.

>>> unit("Budget 2024 (tkr)"), unit("Antal personer") is None
(<Unit.TKR: 'tkr'>, True)
>>> without_unit("Pott i tkr"), converted(2, "mkr", "tkr")
('pott', Fraction(2000, 1))
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum, unique
from fractions import Fraction
from functools import cache

from finsam_xl.words.axis import Axis, plain


@unique
class Unit(StrEnum):
    """A unit of amounts."""

    TKR = "tkr"
    MKR = "mkr"
    KR = "kr"


KRONOR: Mapping[str, Fraction] = {
    Unit.KR: Fraction(1),
    Unit.TKR: Fraction(1000),
    Unit.MKR: Fraction(1_000_000),
}
"""How many kronor the units of amounts are."""
_UNITS = Axis("unit", Unit)
_PER_HEAD = re.compile(r"(?<!\S)\S+/\s*[^\W\d_]+")
_SHORTENED = re.compile(r"(?<=[^\W\d_])\.(?=\s)")
"""The dot of a shortened word, as in "milj. kr"."""
_IN = "i"


def unit(text: str) -> Unit | None:
    """The unit of amounts that a text names; of several the first of ``Unit``.

    Kronor per head are no unit of amounts.
    """
    return _UNITS.value(_plain(text))


def _plain(text: str) -> str:
    return _PER_HEAD.sub(" ", _SHORTENED.sub("", text))


def without_unit(label: str) -> str:
    """A label in plain words without its unit of amounts."""
    words = " ".join(_named().sub("", plain(_SHORTENED.sub("", label))).split())
    return words.removesuffix(f" {_IN}")


@cache
def _named() -> re.Pattern[str]:
    """What finds the name of a unit."""
    return _UNITS.pattern(*Unit)


def converted(amount: int | Fraction, unit: str, to: str) -> Fraction:
    """An amount in another unit; one that is in no unit of amounts, or is to be, stays."""
    if unit not in KRONOR or to not in KRONOR:
        return Fraction(amount)
    return amount * KRONOR[unit] / KRONOR[to]
