"""An association's name: where it stands in a title, and which of its words tell which one it is.

>>> own_words("Samordningsförbundet Umeåregionen"), own_words("Umeå kommun")
(('umeåregionen',), ('umeå',))
>>> name_in("Budget 2031 för Samordningsförbundet Norr. Belopp i kr.")
'Samordningsförbundet Norr'
>>> name_in("Förbundets resultat")
''
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum, unique

from finsam_xl.words.axis import Axis, plain

_SHORTEST = 4


@unique
class NamePart(StrEnum):
    """What a word of a name tells."""

    WHAT = "what"
    DOCUMENT = "document"


_PARTS = Axis("association", NamePart)


def own_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell which association it is."""
    words = plain(name).split()
    return tuple(w for w in words if len(w) >= _SHORTEST and not _PARTS.says(w, NamePart.WHAT))


_APART = re.compile(r"\s*[,;|]\s*|(?<=\w{3})[.:](?:\s+|$)|\s+[–-]\s+|\s*\((?=[^)]*\)$)|\)$")
"""What parts a name from what else a title says: the unit, the year, what the table is."""
_KIND = re.compile(r"\w*förbund(et)?|(finsam)", re.IGNORECASE)
"""What an association calls itself; not what is its: "förbundets resultat"."""


def name_in(title: str) -> str:
    """The association's name in a title, without what else the title says; '' for none."""
    parts = (_named(part.split()) for part in _APART.split(title.strip()))
    return next(filter(None, parts), "")


def _named(words: Sequence[str]) -> str:
    """The name among some words: what kind of body it is, and the words that belong to it."""
    found = ((at, kind) for at, word in enumerate(words) if (kind := _KIND.fullmatch(word)))
    at, kind = next(found, (0, None))
    if kind is None:
        return ""
    before, after = list(words[:at]), words[at + 1 :]
    if any(map(_is_beside, before)) or ((kind[1] or kind[2]) and after):
        before = []  # "Budget för Samordningsförbundet Norr"
    length = 0
    for number, word in enumerate(after, start=1):
        if _is_beside(word) or (word.islower() and not _joins(after[number:])):
            break
        length = number
    name = (*before, words[at], *after[:length])
    return " ".join(name) if len(name) > 1 else ""


def _joins(after: Sequence[str]) -> bool:
    """Whether a word in small letters stands inside the name: "Norra och Södra Ekeby"."""
    return bool(after) and not after[0].islower() and not _is_beside(after[0])


def _is_beside(word: str) -> bool:
    """Whether a word tells of the document and is no part of a name."""
    return not word[:1].isalpha() or _PARTS.says(word, NamePart.DOCUMENT)
