"""Reading what people write in headings and labels, whatever the case, breaks and spaces.

>>> normalise("Maximalt\\nimpact-\\nvärde *")
'maximalt impactvärde'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_HYPHENS = ("-", "\u00ad")
_CHANGED = str.maketrans(
    dict.fromkeys('*:;,()"”\u00a0', " ") | dict.fromkeys("‐‑–—", "-") | {"\u00ad": None}
)
_LEADING_NUMBER = re.compile(r"^(?:målområde\s*)?(\d+)[.):]?\s*")
_LONGEST_HEADING = 60


def composed(text: str) -> str:
    """A text with its letters as one sign each: "å" is the same typed on a Mac or in Windows."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """A text as it was typed, on one line and with single spaces."""
    return " ".join(text.split())


def capital(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """A text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """A text as it is compared: lower case, single spaces, hyphenation and marks undone."""
    text = composed(text)
    if "\n" in text:
        text = _joined(text)
    return " ".join(text.translate(_CHANGED).split()).strip(" .").lower()


def _joined(text: str) -> str:
    """Lines put together: a word broken with a hyphen becomes whole again."""
    lines = [line.strip() for line in text.split("\n")]
    whole = lines[0]
    for line in lines[1:]:
        broken = whole.endswith(_HYPHENS) and line[:1].islower()
        whole = whole[:-1] + line if broken else f"{whole} {line}"
    return whole


def without_year(text: str) -> str:
    """A normalised heading without the year in it ("viktning 2021" → "viktning")."""
    words = text.split(" ")
    return " ".join(word for word in words if not (word.isdigit() and word.startswith("20")))


def split_number(text: str) -> tuple[str, str]:
    """The leading number of a label and the rest, normalised: ("1", "samordning")."""
    text = normalise(text)
    match = _LEADING_NUMBER.match(text)
    return (match.group(1), text[match.end() :]) if match else ("", text)


def known_as(text: str) -> str:
    """What a numbered label is known by: its name, or its number where that is all it says.

    >>> known_as("2. Samordning"), known_as("2")
    ('samordning', '2')
    """
    number, name = split_number(text)
    return name or number


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

    def known(self, texts: frozenset[str]) -> set[str]:
        """The fields that occur among some texts."""
        return {self._by_text[words] for words in spoken(texts) & self._by_text.keys()}


@lru_cache(maxsize=8)
def spoken(texts: frozenset[str]) -> frozenset[str]:
    """What texts short enough for a heading say, with and without a year in them.

    A sheet's texts are looked through by every recogniser: this is done once for all.
    """
    short = {normalise(text) for text in texts if len(text) <= _LONGEST_HEADING}
    return frozenset(short | {without_year(words) for words in short if "20" in words})
