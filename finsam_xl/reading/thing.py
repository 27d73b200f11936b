"""Which thing a table is of, by the names in its title: one team, one project, one alternative.

>>> sorted(names_in("Insats Alvik, budget 2031")), sorted(names_in("Team 2"))
(['alvik', 'insats'], ['2', 'team'])
>>> names_in("Budget 2031"), names_in("Samordningsförbundet Ekeby"), names_in("Bilaga 1")
(frozenset(), frozenset(), frozenset())
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from finsam_xl.labels import normalise
from finsam_xl.model_budget import Naming
from finsam_xl.reading.headings import unknown_words
from finsam_xl.reading.times import time_of
from finsam_xl.words.documents import names_association, names_no_thing
from finsam_xl.words.scenarios import HEADINGS

_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_LETTER = re.compile(r"(?<=\w )[A-ZÅÄÖ](?!\w)")
"""A letter after a word tells "Alternativ A" from "Alternativ B"."""
_SENTENCE = 8
"""So many words are no name of anything."""


def naming(titles: Iterable[str], sheet: str) -> Naming:
    """The names in the nearest title that has any, and in what the sheet is called."""
    named = (names for title in titles if (names := names_in(title)))
    return Naming(next(named, frozenset()), names_in(sheet))


@lru_cache(maxsize=4096)
def names_in(title: str) -> frozenset[str]:
    """The words of a title that neither the trade nor a time accounts for."""
    if names_association(title):
        return frozenset()
    words = normalise(title)
    rest = time_of(words).rest
    # A name may be one letter from a word of the trade.
    votes = (vote for vote in HEADINGS.votes(words) if not vote.is_misspelt)
    named = [word for word in unknown_words(rest, words, votes) if not names_no_thing(word)]
    named += [letter.lower() for letter in _LETTER.findall(title)]
    if not named or len(named) > _SENTENCE:
        return frozenset()
    return frozenset((*named, *_NUMBER.findall(rest)))
