"""Reading what people write in headings and labels, whatever the case, breaks and spaces.

>>> normalise("MAXIMALT\\nIMPACT-\\nVÄRDE *")
'maximalt impactvärde'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_HYPHEN_BREAK = re.compile(r"(?<=\w)[-\u00ad]\s*\n\s*(?=\w)")
_DROPPED = re.compile(r"[\u00ad*:;,()\"”]")
_DASHES = re.compile(r"[‐‑–—]")
_YEAR = re.compile(r"\b20\d\d\b")
_SPACE = re.compile(r"\s+")
_LEADING_NUMBER = re.compile(r"^(?:målområde\s*)?(\d+)[.):]?\s*")
_LONGEST_HEADING = 60


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """A text as it is compared: lower case, single spaces, hyphenation and marks undone."""
    text = _HYPHEN_BREAK.sub("", text)
    text = _DASHES.sub("-", _DROPPED.sub(" ", text))
    return _SPACE.sub(" ", text).strip(" .").lower()


def without_year(text: str) -> str:
    """A normalised heading without the year in it ("viktning 2021" → "viktning")."""
    return _SPACE.sub(" ", _YEAR.sub("", text)).strip()


def split_number(text: str) -> tuple[str, str]:
    """The leading number of a label and the rest, normalised: ("1", "samordning")."""
    text = normalise(text)
    match = _LEADING_NUMBER.match(text)
    return (match.group(1), text[match.end() :]) if match else ("", text)


class Headings:
    """The headings one kind of table is known by: field name → the ways it is written."""

    def __init__(self, fields: Mapping[str, Iterable[str]]) -> None:
        self.fields = {name: frozenset(map(normalise, ways)) for name, ways in fields.items()}
        self._by_text = {way: name for name, ways in self.fields.items() for way in ways}
        self._found: dict[str, str | None] = {}

    def field(self, text: str) -> str | None:
        """The field a heading names, or ``None``."""
        if text not in self._found:
            self._found[text] = self._field(text)
        return self._found[text]

    def _field(self, text: str) -> str | None:
        if len(text) > _LONGEST_HEADING:
            return None
        words = normalise(text)
        return self._by_text.get(words) or self._by_text.get(without_year(words))

    def known(self, texts: Iterable[str]) -> set[str]:
        """The fields that occur among some texts."""
        return {field for text in texts if (field := self.field(text))}
