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
        self._said: dict[tuple[str, float], Value | None] = {}
        self._ways: dict[tuple[tuple[Value, ...], float], re.Pattern[str]] = {}

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
    def _lookalikes(self) -> re.Pattern[str] | None:
        words = [word.word for word in self.words if word.value == NOTHING]
        return pattern(words) if words else None

    @cached_property
    def _patterns(self) -> dict[float, Mapping[Value, re.Pattern[str]]]:
        return {}

    def _of(self, least: float) -> Mapping[Value, re.Pattern[str]]:
        """By value, in the order of the file: what finds its words of at least some weight."""
        if least not in self._patterns:
            groups: dict[str, list[str]] = {}
            for word in self.words:
                if word.weight >= least and word.value != NOTHING:
                    groups.setdefault(word.value, []).append(word.word)
            self._patterns[least] = {self.values(v): pattern(ws) for v, ws in groups.items()}
        return self._patterns[least]

    def _shown(self, label: str) -> str:
        words = plain(label)
        return self._lookalikes.sub("", words) if self._lookalikes else words

    def value(self, label: str, least: float = 1) -> Value | None:
        """What a label says: of several values the one that stands first in the file.

        ``least``: the weight that words must have.
        """
        key = (label, least)
        if key not in self._said:
            words = self._shown(label)
            found = (value for value, way in self._of(least).items() if way.search(words))
            if len(self._said) > _MOST_KEPT:
                self._said.clear()
            self._said[key] = next(found, None)
        return self._said[key]

    def all_of(self, label: str, least: float = 1) -> frozenset[Value]:
        """Everything a label says."""
        words = self._shown(label)
        return frozenset(value for value, way in self._of(least).items() if way.search(words))

    def says(self, label: str, *values: Value, least: float = 1) -> bool:
        """Whether a label says one of some values, whatever else it says."""
        key = (values, least)
        if key not in self._ways:
            self._ways[key] = self.pattern(*values, least=least)
        return self._ways[key].search(self._shown(label)) is not None

    def pattern(self, *values: Value, least: float = 1) -> re.Pattern[str]:
        """What finds the words of some values in a label in plain words."""
        return pattern(w.word for w in self.words if w.value in values and w.weight >= least)

    @cached_property
    def whole(self) -> Mapping[str, Value]:
        """What whole labels say, for axes whose words are such: a look-up and no search."""
        return {word.word: self.values(word.value) for word in self.words if word.value != NOTHING}
