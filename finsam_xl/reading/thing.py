"""Which thing a table is of, by the names in its title: one team, one project, one alternative.

>>> sorted(names_in("Insats Alvik, budget 2031")), sorted(names_in("Team 2"))
(['alvik', 'insats'], ['2', 'team'])
>>> names_in("Budget 2031"), names_in("Samordningsförbundet Ekeby"), names_in("Bilaga 1")
(frozenset(), frozenset(), frozenset())
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from finsam_xl.labels import normalise
from finsam_xl.model_budget import Naming
from finsam_xl.reading.times import time_of
from finsam_xl.words.documents import names_association, names_no_thing
from finsam_xl.words.scenarios import HEADINGS
from finsam_xl.words.units import unit
from finsam_xl.words.versions import VERSIONS

_WORD = re.compile(r"[^\W\d_]{2,}|\d{1,2}(?!\d)")
_LETTER = re.compile(r"(?<=\w )[A-ZÅÄÖ](?!\w)")
"""A letter after a word tells "Alternativ A" from "Alternativ B"."""
_SENTENCE = 8
"""So many words are no name of anything."""


def naming(titles: Iterable[str], sheet: str) -> Naming:
    """The names in the nearest title that has any, and in what the sheet is called."""
    named = (names for title in titles if (names := names_in(title)))
    return Naming(next(named, frozenset()), names_in(sheet))


def names_in(title: str) -> frozenset[str]:
    """The words of a title that neither the trade nor a time accounts for."""
    if names_association(title):
        return frozenset()
    words = normalise(title)
    known = {
        word
        for axis in (HEADINGS, VERSIONS)
        for vote in axis.votes(words)
        if not vote.is_misspelt
        for word in _WORD.findall(vote.text)
    }
    left = [word for word in _WORD.findall(time_of(words).rest) if word not in known]
    named = [word for word in left if unit(word) is None and not names_no_thing(word)]
    letters = [letter.lower() for letter in _LETTER.findall(title)]
    if all(word.isdigit() for word in (*named, *letters)) or len(named) > _SENTENCE:
        return frozenset()
    return frozenset((*named, *letters))
