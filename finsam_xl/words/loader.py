"""Reading a word file, strictly.

A file is one axis: a question that labels answer, such as which party they name. It holds
groups of words with one value::

    [[words]]
    value = "state"
    weight = 1
    language = "sv"
    source = "Finsamlagen (2003:1210) 5 §"
    words = ["… staten …", "… försäkringskass* …"]

A file is TOML in this layout alone, with remarks only at its head: so it is read many times
as fast, in a run that mostly starts up. ``weight`` is how much a word settles: 1 where it
leaves no doubt. How a word is written is told in :mod:`finsam_xl.words.patterns`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from finsam_xl.errors import PolicyError
from finsam_xl.labels import composed
from finsam_xl.records import NamedTuple

FOLDER = Path(__file__).parent
"""Where the word files are."""
LANGUAGES = ("sv", "en", "nb")
EXAMPLE = (
    '[[words]]\nvalue = "state"\nweight = 1\nlanguage = "sv"\n'
    'source = "Finsamlagen (2003:1210) 5 §"\nwords = ["… staten …"]'
)
_GROUP = "[[words]]\nvalue = "
_KEYS = {"value", "weight", "language", "source", "words"}


class Word(NamedTuple):
    """One word of the trade, what it says on its axis, and how surely."""

    word: str
    axis: str
    value: str
    weight: float
    language: str
    source: str


def read_words(axis: str) -> tuple[Word, ...]:
    """The words of the file ``axis``.toml beside this module."""
    return parse_words((FOLDER / f"{axis}.toml").read_text(encoding="utf-8"), axis)


def parse_words(text: str, axis: str) -> tuple[Word, ...]:
    """The words a TOML text holds; ``PolicyError`` says what is wrong and shows an example."""
    head, _, groups = f"\n{text}".partition(f"\n{_GROUP}")
    if not groups or any(line and line[0] != "#" for line in head.split("\n")):
        raise _refused(axis, "ska bestå av grupper [[words]] och inget annat")
    plain = groups.replace(",\n]", "\n]").replace(_GROUP, '}, {"value": ')
    for key in _KEYS:
        plain = plain.replace(f"\n{key} = ", f', "{key}": ')
    try:
        read = json.loads('[{"value": ' + plain + "}]")
    except ValueError as error:
        raise _refused(axis, f"är inte skriven som den ska ({error})") from error
    found = tuple(word for group in read for word in _group(axis, group))
    values: dict[str, str] = {}
    for word in found:
        if word.word in values:
            raise _refused(axis, f"har ordet ”{word.word}” två gånger")
        values[word.word] = word.value
    return found


def _refused(axis: str, why: str) -> PolicyError:
    return PolicyError(f"Ordlistan {why}.", where=axis, remedy=f"Så här ska den se ut:\n{EXAMPLE}")


def _group(axis: str, group: Any) -> Iterator[Word]:
    if not isinstance(group, dict) or set(group) != _KEYS:
        raise _refused(axis, f"ska ha nycklarna {', '.join(sorted(_KEYS))} i varje grupp")
    value, weight, language, source = (
        group[key] for key in ("value", "weight", "language", "source")
    )
    if not all(isinstance(text, str) and text for text in (value, source)):
        raise _refused(axis, "har en grupp utan value eller source")
    if language not in LANGUAGES:
        raise _refused(axis, f"har språket {language!r}, inte något av {', '.join(LANGUAGES)}")
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 1:
        raise _refused(axis, f"har vikten {weight!r}, som inte är över 0 och högst 1")
    if not isinstance(group["words"], list) or not group["words"]:
        raise _refused(axis, "har en grupp utan ord")
    for word in group["words"]:
        yield Word(_checked(axis, word), axis, value, weight, language, source)


def _checked(axis: str, word: Any) -> str:
    if not isinstance(word, str) or not word or word != " ".join(composed(word.lower()).split()):
        raise _refused(axis, f"har ordet {word!r}: skriv det med små bokstäver och ett blanktecken")
    return word
