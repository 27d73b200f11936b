"""What is written in a cell of amounts that holds none.

>>> says_zero("inga"), says_zero("–"), says_zero("saknas"), is_no_amount("saknas")
(True, True, False, True)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis

_DASHES = frozenset("-–—−")


@unique
class NoAmount(StrEnum):
    """What a text in place of an amount says: that there is none, that nobody knows it, or why."""

    ZERO = "zero"
    MISSING = "missing"
    PENDING = "pending"


_AMOUNTS = Axis("amount", NoAmount)


def is_dash(text: str) -> bool:
    """Whether a text is a dash alone, which says that there is nothing."""
    return text.strip() in _DASHES


def says_zero(text: str) -> bool:
    """Whether a text says that there is no amount."""
    text = text.strip()
    return text in _DASHES or _AMOUNTS.value(text) is NoAmount.ZERO


def is_no_amount(text: str) -> bool:
    """Whether a text stands where an amount is lacking, known to be nothing or not."""
    text = text.strip()
    return text in _DASHES or _AMOUNTS.value(text) in (NoAmount.ZERO, NoAmount.MISSING)


def says_why_not(text: str) -> bool:
    """Whether a text says why there is no amount yet: there may be one, and nobody can add it."""
    return _AMOUNTS.value(text) is NoAmount.PENDING
