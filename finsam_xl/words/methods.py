"""The methods by which a year is forecast, and what they are called.

>>> method_of("Rak"), method_of("förra årets mönster"), method_of("gissning") is None
(<Method.STRAIGHT_LINE: 'straight_line'>, <Method.LAST_YEAR_PATTERN: 'last_year_pattern'>, True)
>>> name_of(Method.REMAINING_BUDGET)
'återstående budget'
"""

from __future__ import annotations

from enum import StrEnum, unique
from functools import cache

from finsam_xl.words.axis import Axis, plain


@unique
class Method(StrEnum):
    """How the rest of a year is thought to go."""

    STRAIGHT_LINE = "straight_line"
    REMAINING_BUDGET = "remaining_budget"
    REMAINING_PERIOD_BUDGET = "remaining_period_budget"
    LAST_YEAR_PATTERN = "last_year_pattern"


_METHODS = Axis("method", Method)


def method_of(text: str) -> Method | None:
    """The method that a text names; ``None`` for none that is known."""
    return _METHODS.whole.get(plain(text))


def synonyms() -> dict[str, str]:
    """Every word for a method, and the method's name."""
    return {word.word: name_of(Method(word.value)) for word in _METHODS.words}


@cache
def _names() -> dict[str, str]:
    return {word.value: word.word for word in reversed(_METHODS.words)}


def name_of(method: Method) -> str:
    """What a method is called."""
    return _names()[method]
