"""The units of amounts, and how many kronor each is.

>>> unit("Budget 2024 (tkr)"), unit("Antal personer") is None
(<Unit.TKR: 'tkr'>, True)
>>> without_unit("Pott i tkr"), converted(2, "mkr", "tkr")
('pott', Fraction(2000, 1))
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique
from fractions import Fraction

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
_IN = "i"


def unit(text: str) -> Unit | None:
    """The unit of amounts that a text has among its words; of several the first of ``Unit``."""
    named = {_UNITS.whole.get(word.strip(".")) for word in plain(text).split()}
    return next((one for one in Unit if one in named), None)


def without_unit(label: str) -> str:
    """A label in plain words without its unit of amounts."""
    words = [word for word in plain(label).split() if word not in _UNITS.whole]
    return " ".join(words[:-1] if words[-1:] == [_IN] else words)


def converted(amount: int | Fraction, unit: str, to: str) -> Fraction:
    """An amount in another unit; one that is in no unit of amounts, or is to be, stays."""
    if unit not in KRONOR or to not in KRONOR:
        return Fraction(amount)
    return amount * KRONOR[unit] / KRONOR[to]
