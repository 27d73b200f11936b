"""How targets, outcomes and judgements are written in words.

The closed sets are those of the records: :class:`finsam_xl.model.RuleKind` and ``Word``,
which are handed in; a word file with another value than theirs is refused.

>>> judgement("Ej uppnått"), judgement("kanske")
(False, None)
>>> sorted(rule_parts("differens högst"))
[<Part.AT_MOST: 'at_most'>, <Part.GAP: 'gap'>]
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique
from functools import cache
from typing import TypeVar

from finsam_xl.labels import normalise
from finsam_xl.words.axis import Axis

Value = TypeVar("Value", bound=StrEnum)


@unique
class Judgement(StrEnum):
    """What is typed of a target."""

    YES = "yes"
    NO = "no"


@unique
class Part(StrEnum):
    """What one word of a rule says: which way, what is measured, or that it is turned round."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    GAP = "gap"
    BALANCE = "balance"
    SPAN = "span"
    EVERYONE = "everyone"
    MEAN = "mean"
    COUNT = "count"
    SHARE = "share"
    REPORTED = "reported"
    TURNED = "turned"


_PARTS = Axis("rule_part", Part)


@cache
def _whole(axis: str, values: type[Value]) -> Mapping[str, Value]:
    """What the whole texts of an axis say."""
    return {normalise(word): value for word, value in Axis(axis, values).whole.items()}


def rule_kind(text: str, kinds: type[Value]) -> Value | None:
    """The kind of rule a text names, one of ``kinds``."""
    return _whole("rule", kinds).get(normalise(text))


def rule_parts(text: str) -> frozenset[Part]:
    """What the words of a rule say one by one; ``text`` without its figures."""
    return _PARTS.all_of(text)


def outcome(text: str, outcomes: type[Value]) -> Value | None:
    """What an outcome in a word says, one of ``outcomes``."""
    return _whole("outcome", outcomes).get(normalise(text))


def judgement(text: str) -> bool | None:
    """A typed judgement; ``None`` for anything but yes and no."""
    said = _whole("judgement", Judgement).get(normalise(text))
    return None if said is None else said is Judgement.YES
