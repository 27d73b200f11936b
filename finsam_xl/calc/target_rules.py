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
from finsam_xl.money import Terms, ratio

_SHARES = {
    RuleKind.SHARE_AT_LEAST, RuleKind.SHARE_AT_MOST, RuleKind.SHARE_BETWEEN, RuleKind.EVERYONE,
}  # fmt: skip
BY_SEX = {RuleKind.GENDER_BALANCE, RuleKind.GENDER_GAP_AT_MOST}
"""The kinds that are about women and men apart."""
COUNTED = (_SHARES - {RuleKind.SHARE_BETWEEN}) | {RuleKind.COUNT_AT_LEAST}
"""The kinds that are about one count, of which some more or fewer would have been enough."""
_OF_BASE = {RuleKind.MEAN_AT_LEAST, RuleKind.DECREASE_AT_LEAST}
_NO_LIMIT = {RuleKind.EVERYONE, RuleKind.REPORTED}
_WITHIN = {RuleKind.GENDER_BALANCE, RuleKind.SHARE_BETWEEN}
_AT_MOST = {RuleKind.SHARE_AT_MOST, RuleKind.GENDER_GAP_AT_MOST}
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
    terms = measured_terms(rule, outcome)
    return None if terms is None else ratio(*terms)


def measured_terms(rule: TargetRule, outcome: Outcome) -> Terms | None:
    """The same as two whole numbers."""
    women, men, total = outcome.women, outcome.men, outcome.total
    if rule.kind is RuleKind.GENDER_BALANCE:
        if women is None or men is None:
            return None
        return women_terms(women.number.as_integer_ratio(), men.number.as_integer_ratio())
    if rule.kind is RuleKind.GENDER_GAP_AT_MOST:
        return gap_terms(women and women.percent_terms, men and men.percent_terms)
    return None if total is None else total_terms(rule, total)


def total_terms(rule: TargetRule, total: Count) -> Terms | None:
    """The same of a rule that is about a total."""
    if rule.kind in _SHARES:
        return total.percent_terms
    (top, by), base = total.number.as_integer_ratio(), total.base
    if base is None or rule.kind not in _OF_BASE:
        return top, by
    if not base:
        return None
    bottom, of = base.as_integer_ratio()
    whole = bottom * by if bottom > 0 else -bottom * by
    part = top * of if rule.kind is RuleKind.MEAN_AT_LEAST else 100 * (bottom * by - top * of)
    return (-part if (bottom < 0) is not _is_change(rule) else part), whole


def _is_change(rule: TargetRule) -> bool:
    """Whether a decrease is told as a change: by at least −1 %."""
    return rule.kind is RuleKind.DECREASE_AT_LEAST and rule.limit is not None and rule.limit < 0


def women_terms(women: Terms, men: Terms) -> Terms | None:
    """Women in per cent of women and men together; ``None`` of nobody."""
    (top, by), (other, of) = women, men
    together = top * of + other * by
    return (100 * top * of, together) if together > 0 else None


def gap_terms(women: Terms | None, men: Terms | None) -> Terms | None:
    """The gap between women's and men's shares, in percentage points, never negative."""
    if women is None or men is None:
        return None
    (top, by), (other, of) = women, men
    return abs(top * of - other * by), by * of


def reached(rule: TargetRule, outcome: Outcome) -> bool | None:
    """Whether the outcome reaches the target; ``None`` when it was not measured.

    A limit that is met exactly counts as reached, except "lower than last year".
    """
    if outcome.word is not None:
        kind, answer = _WORDS.get(outcome.word, (None, False))
        return answer if kind is rule.kind else None
    if rule.kind not in BY_SEX:
        return None if outcome.total is None else reached_total(rule, outcome.total)
    terms = measured_terms(rule, outcome)
    return None if terms is None else reached_by(rule, terms)


def reached_total(rule: TargetRule, total: Count) -> bool | None:
    """The same of a rule that is about a total."""
    terms = total_terms(rule, total)
    if terms is None:
        return None
    if rule.kind is RuleKind.LOWER_THAN_LAST_YEAR:
        before = total.base
        return None if before is None else not is_at_least(terms, before.as_integer_ratio())
    return reached_by(rule, terms)


def reached_by(rule: TargetRule, terms: Terms) -> bool | None:
    """The same of the figure the rule looks at; ``None`` for a rule whose limit is missing."""
    kind, limit = rule.kind, rule.limit
    if kind in _NO_LIMIT:
        return terms[0] == 100 * terms[1] if kind is RuleKind.EVERYONE else terms[0] > 0
    if limit is None or (kind is RuleKind.SHARE_BETWEEN and rule.upper is None):
        return None
    end = limit.as_integer_ratio()
    if kind in _WITHIN:
        upper = 100 - limit if rule.upper is None else rule.upper
        return is_at_least(terms, end) and is_at_least(upper.as_integer_ratio(), terms)
    is_at_most = kind in _AT_MOST or (end[0] < 0 and kind is RuleKind.DECREASE_AT_LEAST)
    return is_at_least(end, terms) if is_at_most else is_at_least(terms, end)


def is_at_least(one: Terms, other: Terms) -> bool:
    """In whole numbers, which takes a tenth of the time."""
    return one[0] * other[1] >= other[0] * one[1]


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


def _may_be_mean(rule: TargetRule, number: int | Fraction, base: int | Fraction) -> bool:
    """Whether the number may be the mean itself and not the sum, and that is judged otherwise.

    Answers are at least 1 each, so their sum is never below how many they are.
    """
    if not base or rule.limit is None:
        return False
    if number.denominator != 1 or number < base:
        return True
    is_step = number <= HIGHEST_STEP
    return is_step and (number >= rule.limit) is not (number >= rule.limit * base)


def lacking(rule: TargetRule, outcome: Outcome) -> int | None:
    """How many persons or answers more (for "at most": fewer) would have reached the target.

    ``None`` where the rule is not about one count, where nothing was measured,
    and where the target was reached.
    """
    total = outcome.total
    if total is None or total.is_share or outcome.word is not None:
        return None
    more = shortfall(rule, total)
    return more if more and more > 0 else None


def shortfall(rule: TargetRule, total: Count) -> int | None:
    """The same of one count, 0 or less where the target is reached."""
    kind, limit = rule.kind, rule.limit
    if kind is RuleKind.COUNT_AT_LEAST:
        return None if limit is None else math.ceil(limit - total.number)
    if kind is RuleKind.EVERYONE:
        return math.ceil(total.base - total.number) if total.base else None
    if limit is None or not total.base or kind not in COUNTED:
        return None
    (top, by), (base, of) = limit.as_integer_ratio(), total.base.as_integer_ratio()
    number, parts = total.number.as_integer_ratio()
    scale = 100 * by * of
    # How many more than there are would be enough, as a part of so many.
    more, of_all = top * base * parts - number * scale, scale * parts
    return -(-more // of_all) if kind is RuleKind.SHARE_AT_LEAST else -(more // of_all)
