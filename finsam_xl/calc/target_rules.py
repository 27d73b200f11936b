"""Is a target reached, how far off is it, and how many persons were lacking?

Every comparison is made on exact counts, never on rounded percentages: 247 of
319 is 77,4 %, and 80 % of 319 needs 256 persons. Source: the social budget of
Samordningsförbundet Umeåregionen 2021, bilaga 4; mean and decrease are from its
plan and from the rule on helårsekvivalenter.

>>> four_of_five = TargetRule(RuleKind.SHARE_AT_LEAST, Fraction(80))
>>> outcome = Outcome(Count(Fraction(247), Fraction(319)))
>>> reached(four_of_five, outcome)
False
>>> lacking(four_of_five, outcome)
9
>>> reached(TargetRule(RuleKind.GENDER_BALANCE, Fraction(40), Fraction(60)),
...         Outcome(women=Count(Fraction(4)), men=Count(Fraction(6))))
True
"""

from __future__ import annotations

import math
from enum import StrEnum
from fractions import Fraction

from finsam_xl.model import HIGHEST_STEP, Count, Outcome, RuleKind, TargetRule, Word
from finsam_xl.money import ratio

_SHARES = {
    RuleKind.SHARE_AT_LEAST, RuleKind.SHARE_AT_MOST, RuleKind.SHARE_BETWEEN, RuleKind.EVERYONE,
}  # fmt: skip
COUNTED = (_SHARES - {RuleKind.SHARE_BETWEEN}) | {RuleKind.COUNT_AT_LEAST}
"""The kinds that are about one count, of which some more or fewer would have been enough."""
_OF_BASE = {RuleKind.MEAN_AT_LEAST, RuleKind.DECREASE_AT_LEAST}
_OF_LAST_YEAR = {RuleKind.LOWER_THAN_LAST_YEAR, RuleKind.DECREASE_AT_LEAST}
_WORDS = {
    Word.REPORTED: (RuleKind.REPORTED, True),
    Word.NOT_REPORTED: (RuleKind.REPORTED, False),
    Word.LOWER: (RuleKind.LOWER_THAN_LAST_YEAR, True),
    Word.NOT_LOWER: (RuleKind.LOWER_THAN_LAST_YEAR, False),
}


def measured(rule: TargetRule, outcome: Outcome) -> Fraction | None:
    """The figure the rule looks at, in the unit of its limit; ``None`` if it cannot be formed.

    Per cent for shares, women's per cent for balance, percentage points for the gap,
    the number itself for a count. A mean is the number, or the sum of answers over how
    many they were; a decrease is the number, or what it is against last year's (base). With
    a limit below nought it is told as a change, which a decrease is below nought.
    """
    if rule.kind in _SHARES:
        return outcome.total.percent if outcome.total else None
    if rule.kind is RuleKind.GENDER_BALANCE:
        return share_of_women(outcome.women, outcome.men)
    if rule.kind is RuleKind.GENDER_GAP_AT_MOST:
        return gender_gap(outcome.women, outcome.men)
    if outcome.total is None:
        return None
    number, base = outcome.total.number, outcome.total.base
    if base is None or rule.kind not in _OF_BASE:
        return number
    if not base:
        return None
    if rule.kind is RuleKind.MEAN_AT_LEAST:
        return number / base
    decrease = 100 * (base - number) / base
    return -decrease if _is_change(rule) else decrease


def _is_change(rule: TargetRule) -> bool:
    """Whether a decrease is told as a change: by at least −1 %."""
    return rule.kind is RuleKind.DECREASE_AT_LEAST and rule.limit is not None and rule.limit < 0


def share_of_women(women: Count | None, men: Count | None) -> Fraction | None:
    """Women in per cent of women and men together; ``None`` if either or both are missing."""
    if women is None or men is None:
        return None
    (top, by), (other, of) = women.number.as_integer_ratio(), men.number.as_integer_ratio()
    together = top * of + other * by
    return ratio(100 * top * of, together) if together > 0 else None


def gender_gap(women: Count | None, men: Count | None) -> Fraction | None:
    """The gap between women's and men's shares, in percentage points, never negative."""
    if women is None or men is None or women.percent is None or men.percent is None:
        return None
    return abs(women.percent - men.percent)


def reached(rule: TargetRule, outcome: Outcome) -> bool | None:
    """Whether the outcome reaches the target; ``None`` when it was not measured.

    A limit that is met exactly counts as reached, except "lower than last year".
    """
    if outcome.word is not None:
        kind, answer = _WORDS.get(outcome.word, (None, False))
        return answer if kind is rule.kind else None
    value = measured(rule, outcome)
    if value is None:
        return None
    if rule.kind is RuleKind.LOWER_THAN_LAST_YEAR:
        before = outcome.total.base if outcome.total else None
        return None if before is None else value < before
    if rule.kind is RuleKind.EVERYONE:
        return value == 100
    if rule.kind is RuleKind.REPORTED:
        return value > 0
    if rule.limit is None or (rule.kind is RuleKind.SHARE_BETWEEN and rule.upper is None):
        return None
    if rule.kind in (RuleKind.GENDER_BALANCE, RuleKind.SHARE_BETWEEN):
        upper = 100 - rule.limit if rule.upper is None else rule.upper
        return _is_at_least(value, rule.limit) and _is_at_least(upper, value)
    if rule.kind in (RuleKind.SHARE_AT_MOST, RuleKind.GENDER_GAP_AT_MOST) or _is_change(rule):
        return _is_at_least(rule.limit, value)
    return _is_at_least(value, rule.limit)


def _is_at_least(value: Fraction, limit: Fraction) -> bool:
    """In whole numbers, which takes half of the time."""
    (top, bottom), (other, of) = value.as_integer_ratio(), limit.as_integer_ratio()
    return top * of >= other * bottom


class Flaw(StrEnum):
    """Why a count cannot be held against a target."""

    NEGATIVE = "negative"
    OF_NONE = "of_none"
    OVER_BASE = "over_base"
    MEAN_OR_SUM = "mean_or_sum"
    DECREASE_OR_CHANGE = "decrease_or_change"


def flaw(rule: TargetRule | None, count: Count) -> Flaw | None:
    """What is wrong with a count, if anything; ``rule``: what it is held against, if known.

    >>> flaw(TargetRule(RuleKind.MEAN_AT_LEAST, Fraction(3)), Count(Fraction(62), Fraction(20)))
    >>> flaw(None, Count(Fraction(62), Fraction(20)))
    <Flaw.OVER_BASE: 'over_base'>
    """
    kind = rule.kind if rule is not None else None
    number, base = count.number, count.base
    if base is None and kind is RuleKind.DECREASE_AT_LEAST and rule is not None:
        # Told without last year's: a decrease by −2 % may be a rise or a change of −2 %.
        is_unlike = number < 0 and rule.limit is not None and not _is_change(rule)
        return Flaw.DECREASE_OR_CHANGE if is_unlike else None
    if number < 0 or (base is not None and base < 0):
        return Flaw.NEGATIVE
    if base is None or kind in _OF_LAST_YEAR:
        return None
    if kind is RuleKind.MEAN_AT_LEAST:
        return Flaw.MEAN_OR_SUM if rule is not None and _may_be_mean(rule, number, base) else None
    if number > base:
        return Flaw.OVER_BASE if base else Flaw.OF_NONE
    return None


def _may_be_mean(rule: TargetRule, number: Fraction, base: Fraction) -> bool:
    """Whether the number may be the mean itself and not the sum, and that is judged otherwise.

    Answers are at least 1 each, so their sum is never below how many they are.
    """
    if not base or rule.limit is None:
        return False
    if number.denominator != 1 or number < base:
        return True
    is_step = number <= HIGHEST_STEP
    return is_step and (number >= rule.limit) is not (number / base >= rule.limit)


def lacking(rule: TargetRule, outcome: Outcome) -> int | None:
    """How many persons or answers more (for "at most": fewer) would have reached the target.

    ``None`` where the rule is not about one count, where nothing was measured,
    and where the target was reached.
    """
    total = outcome.total
    if (
        total is None
        or total.is_share
        or outcome.word is not None
        or reached(rule, outcome) is not False
    ):
        return None
    if rule.kind is RuleKind.EVERYONE and total.base is not None:
        return math.ceil(total.base - total.number)
    if rule.limit is None:
        return None
    if rule.kind is RuleKind.COUNT_AT_LEAST:
        return math.ceil(rule.limit - total.number)
    if total.base is None or rule.kind not in COUNTED:
        return None
    (top, by), (base, of) = rule.limit.as_integer_ratio(), total.base.as_integer_ratio()
    number, parts = total.number.as_integer_ratio()
    scale = 100 * by * of
    # How many more than there are would be enough, as a part of so many.
    more, of_all = top * base * parts - number * scale, scale * parts
    return -(-more // of_all) if rule.kind is RuleKind.SHARE_AT_LEAST else -(more // of_all)
