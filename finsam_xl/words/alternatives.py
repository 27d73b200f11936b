"""Which of several ways to budget one and the same year a heading or an answer names.

>>> key_of("Lågt alternativ 2031"), key_of("Plan 2032 alternativ B"), key_of("Budget 2031")
('low', 'b', '')
>>> name_of("Plan 2032, Alternativ B"), name_of("Budget 2031 Mellan")
('Alternativ B', 'Mellan')
>>> key_of("B", is_answer=True), key_of("B")
('b', '')
>>> asked("Valt scenario:"), asked("Scenario"), asked("Scenario 1")
(<Choice.CHOSEN: 'chosen'>, <Choice.OPEN: 'open'>, None)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum, unique
from functools import lru_cache

from finsam_xl.labels import capital, normalise
from finsam_xl.words.axis import Axis, plain
from finsam_xl.words.votes import Vote, Votes


@unique
class Alternative(StrEnum):
    """What tells one way to budget from the others beside it."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    BASE = "base"
    NOTHING = "nothing"
    BETTER = "better"
    WORSE = "worse"
    NAMED = "named"


@unique
class Choice(StrEnum):
    """What a label asks for: which way to budget holds, surely or perhaps."""

    CHOSEN = "chosen"
    OPEN = "open"


_ALTERNATIVES = Votes("alternative", frozenset(Alternative))
_CHOICES = Axis("choice", Choice)
_TELLER = re.compile(r"^\W{0,3}([^\W\d_]|\d{1,2})(?!\w)")
"""What follows the word: the letter or number that tells "Alternativ A" from "Alternativ B"."""
_BARE = re.compile(r"\W*([^\W\d_]|\d{1,2})\W*")
_WORD = re.compile(r"[^\W_]+")


def key_of(text: str, *, is_answer: bool = False) -> str:
    """Which way to budget a text names, the same whatever the words; '' where it names none.

    ``is_answer``: the text is an answer to which one, and may be the letter or number alone.
    """
    words = normalise(text)
    found = _told(words)
    if found:
        return found[0]
    bare = _BARE.fullmatch(words) if is_answer else None
    return bare[1] if bare else ""


def name_of(text: str) -> str:
    """The words of a heading that name its way to budget, as they are written there."""
    words = normalise(text)
    found = _told(words)
    if not found:
        return ""
    named = set(_WORD.findall(" ".join(found[1])))
    name = " ".join(word for word in _WORD.findall(text) if normalise(word) in named)
    return capital(name)


def asked(label: str) -> Choice | None:
    """Whether a label asks which way to budget is chosen."""
    return _CHOICES.value(plain(label))


@lru_cache(maxsize=4096)
def _told(words: str) -> tuple[str, tuple[str, ...]] | None:
    """The key of a text in plain words, and the parts of it that tell."""
    votes = [vote for vote in _ALTERNATIVES.votes(words) if not vote.is_misspelt]
    levels = [vote for vote in votes if vote.value != Alternative.NAMED]
    named = [vote for vote in votes if vote.value == Alternative.NAMED]
    if len({vote.value for vote in levels}) > 1:
        return None
    tellers = [(vote, found[1]) for vote in named if (found := _TELLER.match(words[vote.end :]))]
    if levels:
        return levels[0].value, tuple(vote.text for vote in (*levels, *_beside(levels, named)))
    if len(tellers) != 1:
        return None
    vote, teller = tellers[0]
    return teller, (vote.text, teller)


def _beside(levels: Sequence[Vote], named: Sequence[Vote]) -> list[Vote]:
    """The words for ways to budget right beside what tells which: "lågt alternativ"."""
    ends = {(level.start, level.end) for level in levels}
    return [
        one
        for one in named
        if any(abs(one.start - end) <= 1 or abs(start - one.end) <= 1 for start, end in ends)
    ]
