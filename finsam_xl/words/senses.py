"""What texts say of the sign that deviations have.

>>> doubts_sense("Plus betyder att det blev dyrare"), doubts_sense("Avvikelse")
(True, False)
>>> doubts_sense("Positiv avvikelse är bättre än budget"), doubts_sense("Kostnader med minus")
(False, False)
"""

from __future__ import annotations

import re
from enum import StrEnum, unique

from finsam_xl.words import scenarios, sides
from finsam_xl.words.axis import Axis, plain
from finsam_xl.words.scenarios import Scenario

_SIGNS = re.compile(r"\(\+\)|\(-\)|[+±-]\s*=|\b[a-zA-Z] ?[-–−+] ?[a-zA-Z]\b")
_LETTER = re.compile(r"(?<!\w)[A-Za-z](?![\w.])")
_SENTENCE = re.compile(r"(?<=[a-zåäö)])\.\s+(?=[A-ZÅÄÖ])")
_PLUS_OR_MINUS = re.compile(r"[+\-–−](?!\w)")
_BOTH = 2
_LIKELY = 0.5


@unique
class Sense(StrEnum):
    """What is said of a deviation: its signs, what is better and worse, or that it is judged."""

    MINUS = "minus"
    PLUS = "plus"
    BETTER = "better"
    WORSE = "worse"
    JUDGED = "judged"


_SENSES = Axis("sense", Sense)


def doubts_sense(text: str) -> bool:
    """Whether a text speaks of signs in another way than that plus is better.

    What it says of the signs of costs or income is about amounts, and not of deviations.
    """
    return any(map(_is_in_doubt, _SENTENCE.split(text)))


def _is_in_doubt(text: str) -> bool:
    """The same of one sentence."""
    said = _SENSES.all_of(text, _LIKELY)
    if Sense.BETTER in said and Sense.PLUS in said and not said & {Sense.MINUS, Sense.WORSE}:
        return False
    if "=" in text and scenarios.spoken(text) is Scenario.BUDGET:
        return True
    signs = [sign[0] for sign in _PLUS_OR_MINUS.finditer(text)]
    if {Sense.BETTER, Sense.WORSE} <= said and len(set(signs)) == len(signs) == _BOTH:
        return (signs[0] == "+") is not (_place(text, Sense.BETTER) < _place(text, Sense.WORSE))
    if not (_SIGNS.search(text) or said & {Sense.MINUS, Sense.PLUS}):
        return False
    is_compared = scenarios.says(text, Scenario.DEVIATION) or scenarios.spoken(text) is not None
    return is_compared or sides.speaks_of(text) is None or bool(said & {Sense.WORSE})


def _place(text: str, sense: Sense) -> int:
    """Where a text first says something."""
    found = _SENSES.pattern(sense).search(plain(text))
    return found.start() if found else len(text)


def doubts_heading(text: str) -> bool:
    """Whether the heading of a deviation says more of its sign than that it is one."""
    is_marked = any(mark in text for mark in "=+±") or bool(_LETTER.search(text))
    return is_marked or doubts_sense(text) or Sense.WORSE in _SENSES.all_of(text)


def is_judged(text: str) -> bool:
    """Whether a heading's word is that of the trade for better and worse, and no difference.

    >>> is_judged("Avvikelse utfall-budget"), is_judged("Diff utfall-budget")
    (True, False)
    """
    return Sense.JUDGED in _SENSES.all_of(text)


def says_minus(text: str) -> bool:
    """Whether a text says in words that one thing is taken from another."""
    return Sense.MINUS in _SENSES.all_of(text)
