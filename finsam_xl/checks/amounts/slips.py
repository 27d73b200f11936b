"""The usual slips of typing an amount: a turned sign, another unit, two digits that changed places.

>>> swapped(9802, 9082), swapped(9802, 9182)
(True, False)
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from fractions import Fraction
from itertools import pairwise

from finsam_xl.model_budget import Budget, Known

_TEN = 10


class Slip(Enum):
    """What went wrong in typing an amount."""

    SIGN = auto()
    SWAPPED = auto()
    KRONOR = auto()
    THOUSANDS = auto()
    HUNDREDFOLD = auto()
    HUNDREDTH = auto()


_LARGER = {1000: Slip.KRONOR, 100: Slip.HUNDREDFOLD}
_SMALLER = {1000: Slip.THOUSANDS, 100: Slip.HUNDREDTH}
_SIZES = (*_LARGER.values(), *_SMALLER.values())


def likely(budget: Budget, place: tuple[int, int], change: Known) -> Slip | None:
    """The slip that an amount and what it should be suggest, if any."""
    row, column = place
    stated = budget.rows[row].amounts[column]
    if not stated:
        return None
    wanted: Known = stated + change
    step = budget.step(column)
    if wanted == -stated:
        return Slip.SIGN
    for factor, slip in _LARGER.items():
        if wanted and abs(Fraction(stated) / factor - wanted) <= step / 2:
            return slip
    for factor, slip in _SMALLER.items():
        if abs(Fraction(stated) * factor - wanted) <= factor * step / 2:
            return slip
    return Slip.SWAPPED if swapped(stated, wanted) else None


def is_sure(budget: Budget, place: tuple[int, int], slip: Slip | None) -> bool:
    """Whether a slip explains a single sum: the row's other figures must speak for it."""
    row, column = place
    stated = budget.rows[row].amounts[column] or 0
    beside = list(_beside(budget, row, column))
    if slip is Slip.SIGN:
        return bool(beside) and all(other * stated < 0 for other in beside)
    if slip in _SIZES:
        return bool(beside) and all(not _is_near(stated, other) for other in beside)
    return False


def _beside(budget: Budget, row: int, column: int) -> Iterator[Known]:
    """The other amounts that people state on a row."""
    for number, heading in enumerate(budget.columns):
        amount = budget.rows[row].amounts[number]
        if number != column and amount and (heading.is_stated or budget.kind == "plain"):
            yield amount


def _is_near(one: Known, other: Known) -> bool:
    """Whether two amounts are of the same size: neither ten times the other."""
    size, other_size = abs(Fraction(one)), abs(Fraction(other))
    return size < _TEN * other_size and other_size < _TEN * size


def swapped(one: Known, other: Known) -> bool:
    """Whether two amounts differ in that two digits beside each other changed places."""
    if one.denominator != 1 or other.denominator != 1 or one * other <= 0:
        return False
    digits, wanted = str(abs(int(one))), str(abs(int(other)))
    if len(digits) != len(wanted):
        return False
    off = [n for n, (a, b) in enumerate(zip(digits, wanted, strict=True)) if a != b]
    return (
        any(
            off == [first, second]
            and digits[first] == wanted[second]
            and digits[second] == wanted[first]
            for first, second in pairwise(off)
        )
        and off[1] == off[0] + 1
    )
