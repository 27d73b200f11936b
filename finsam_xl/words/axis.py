"""One question that labels answer, such as which party they name, and the words that tell.

A label is compared in plain words: :func:`plain`. Words are loaded when the first label is
asked about, once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from finsam_xl.errors import PolicyError
from finsam_xl.labels import normalise
from finsam_xl.words.finder import Finder
from finsam_xl.words.loader import Word, read_words
from finsam_xl.words.patterns import pattern

_MOST_KEPT = 65536
NOTHING = "none"
"""The value of words that only look like others: they are taken away before those are sought."""
Value = TypeVar("Value", bound=StrEnum)


@lru_cache(maxsize=_MOST_KEPT)
def plain(text: str) -> str:
    """A label as words are compared: one case, one form of each letter, without marks.

    >>> plain("S:a  Kostnader"), plain("Summa, KOSTNADER:")
    ('s a kostnader', 'summa kostnader')
    """
    return normalise(text)


class Axis(Generic[Value]):
    """The words of one axis, asked what a label says. ``values`` is all that it can say."""

    def __init__(self, name: str, values: type[Value]) -> None:
        self.name, self.values = name, values
        self._weights = lru_cache(maxsize=_MOST_KEPT)(self._said)
        self._orders: dict[float, tuple[Value, ...]] = {}

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word of the axis; those of another value than the axis has are refused."""
        known = {*self.values, NOTHING}
        found = read_words(self.name)
        strange = [word for word in found if word.value not in known]
        if strange:
            raise PolicyError(
                f"Ordlistan har värdet ”{strange[0].value}”, som ingen läser.",
                where=self.name,
                remedy=f"Välj något av {', '.join(self.values)}.",
            )
        return found

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.words)

    def _found(self, label: str) -> list[Word]:
        """The words that a label holds, but for what only looks like them."""
        words = plain(label)
        found = self._finder.found(words)
        alike = [word.word for word in found if word.value == NOTHING]
        if not alike:
            return found
        left = self._finder.found(pattern(alike).sub("", words))
        return [word for word in left if word.value != NOTHING]

    def _said(self, label: str) -> Mapping[Value, float]:
        """Everything a label says, and how surely at most."""
        said: dict[Value, float] = {}
        for word in self._found(label):
            value = self.values(word.value)
            said[value] = max(word.weight, said.get(value, 0))
        return said

    def _order(self, least: float) -> tuple[Value, ...]:
        """The values that have words of at least some weight, in the order of the file."""
        if least not in self._orders:
            told = (w.value for w in self.words if w.weight >= least and w.value != NOTHING)
            self._orders[least] = tuple(map(self.values, dict.fromkeys(told)))
        return self._orders[least]

    def value(self, label: str, least: float = 1) -> Value | None:
        """What a label says: of several values the one that stands first in the file.

        ``least``: the weight that words must have.
        """
        said = [one for one, weight in self._weights(label).items() if weight >= least]
        return min(said, key=self._order(least).index) if len(said) > 1 else next(iter(said), None)

    def all_of(self, label: str, least: float = 1) -> frozenset[Value]:
        """Everything a label says."""
        return frozenset(v for v, weight in self._weights(label).items() if weight >= least)

    def says(self, label: str, *values: Value, least: float = 1) -> bool:
        """Whether a label says one of some values, whatever else it says."""
        said = self._weights(label)
        if said:
            for value in values:
                if said.get(value, 0) >= least:
                    return True
        return False

    def pattern(self, *values: Value, least: float = 1) -> re.Pattern[str]:
        """What finds the words of some values in a label in plain words."""
        return pattern(w.word for w in self.words if w.value in values and w.weight >= least)

    @cached_property
    def whole(self) -> Mapping[str, Value]:
        """What whole labels say, for axes whose words are such: a look-up and no search."""
        return {word.word: self.values(word.value) for word in self.words if word.value != NOTHING}
