"""The graded index: weight × how far towards its target each outcome came.

The official Impactindex gives a whole weight or nothing and hides near misses. Here an
outcome gives min(1, outcome/target) of its weight. "At most" is mirrored: at most 20 %
is the same target as at least 80 % of the others, so 23 % gives 77/80. Balance is graded
on the sex that is fewest, a gap on its distance to 100. A target without a limit to come
near to (reported, lower than last year) stays whole or nothing.
It stands beside the official index and is never merged with it.
Source: the product's choice, from what Samordningsförbundet Umeåregionen, årsredovisning
2021, avsnitt 1.7.5 says of its own index.

>>> from finsam_xl.model import Count
>>> four_of_five = TargetRule(RuleKind.SHARE_AT_LEAST, Fraction(80))
>>> degree(four_of_five, Outcome(Count(Fraction(77), Fraction(100))))
Fraction(77, 80)
>>> degree_of(TargetRule(RuleKind.SHARE_AT_MOST, Fraction(20)), 23)
Fraction(77, 80)
>>> graded_index([10, 6, 4], [Fraction(77, 80), Fraction(1), None])
Fraction(3125, 32)
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.calc import target_rules
from finsam_xl.errors import InputError
from finsam_xl.model import Outcome, RuleKind, TargetRule
from finsam_xl.money import Exact, Terms, as_written, ratio

_HUNDRED = Fraction(100)
_ALL_OR_NOTHING = {True: (1, 1), False: (0, 1)}
_STRAIGHT = (
    RuleKind.SHARE_AT_LEAST,
    RuleKind.EVERYONE,
    RuleKind.COUNT_AT_LEAST,
    RuleKind.MEAN_AT_LEAST,
    RuleKind.DECREASE_AT_LEAST,
)
_WHOLE_OR_NOTHING = (RuleKind.REPORTED, RuleKind.LOWER_THAN_LAST_YEAR)
_MIRRORED = (RuleKind.SHARE_AT_MOST, RuleKind.GENDER_GAP_AT_MOST)


def degree(rule: TargetRule, outcome: Outcome) -> Fraction | None:
    """How much of the weight an outcome gives, 0–1; ``None`` when it was not measured.

    1 if and only if the target is reached.
    """
    terms = degree_terms(rule, outcome)
    return None if terms is None else ratio(*terms)


def degree_terms(rule: TargetRule, outcome: Outcome) -> Terms | None:
    """The same as two whole numbers."""
    answer = target_rules.reached(rule, outcome)
    if answer is None or outcome.word is not None or rule.kind in _WHOLE_OR_NOTHING:
        return None if answer is None else _ALL_OR_NOTHING[answer]
    value = target_rules.measured_terms(rule, outcome)
    return None if value is None else terms_of(rule, value)


def degree_of(rule: TargetRule, value: Exact) -> Fraction | None:
    """The same for the figure the rule looks at, in the unit of its limit.

    For balance that is women's per cent. ``None`` where a figure alone cannot tell: lower
    than last year, or a rule without limit.

    >>> degree_of(TargetRule(RuleKind.GENDER_BALANCE, Fraction(40)), 30)
    Fraction(3, 4)
    """
    terms = terms_of(rule, value.as_integer_ratio())
    return None if terms is None else ratio(*terms)


def terms_of(rule: TargetRule, value: Terms) -> Terms | None:
    """The same of two whole numbers, and as such."""
    kind, (top, bottom) = rule.kind, value
    if kind is RuleKind.REPORTED:
        return _ALL_OR_NOTHING[top > 0]
    limit = _HUNDRED if kind is RuleKind.EVERYONE else rule.limit
    is_open = kind is RuleKind.SHARE_BETWEEN and rule.upper is None
    if limit is None or is_open or kind is RuleKind.LOWER_THAN_LAST_YEAR:
        return None
    low, of = limit.as_integer_ratio()
    if kind in _STRAIGHT:
        # A decrease told as a change has both below nought.
        return _towards(value, (low, of)) if low >= 0 else _towards((-top, bottom), (-low, of))
    if kind in _MIRRORED:
        return _towards((100 * bottom - top, bottom), (100 * of - low, of))
    upper = limit if rule.upper is None else 100 - rule.upper
    women = _towards(value, (low, of))
    men = _towards((100 * bottom - top, bottom), upper.as_integer_ratio())
    return men if target_rules.is_at_least(women, men) else women


def graded_index(
    weights: Sequence[int | Fraction], degrees: Sequence[Exact | None]
) -> Fraction | None:
    """100 × Σ weight × degree / Σ weight, unrounded; ``None`` when nothing was measured.

    ``degrees``: 0–1 in the order of the weights; ``None`` leaves both sums. Lists of
    different length, negative weights and degrees outside 0–1 raise ``InputError``.
    """
    return graded_of(weights, [None if d is None else d.as_integer_ratio() for d in degrees])


def graded_of(
    weights: Sequence[int | Fraction], degrees: Sequence[Terms | None]
) -> Fraction | None:
    """The same of degrees as two whole numbers each."""
    if len(weights) != len(degrees):
        raise InputError(
            f"{len(weights)} vikter står mot {len(degrees)} utfall.",
            remedy="Markera lika många rader i båda områdena.",
        )
    maximum: int | Fraction = 0
    # Parts of the same size first: adding fractions of many sizes takes long.
    parts: dict[int, int | Fraction] = {}
    for number, (weight, degree) in enumerate(zip(weights, degrees, strict=True), start=1):
        if degree is None:
            continue
        top, bottom = degree
        if weight < 0 or not 0 <= top <= bottom:
            raise InputError(
                f"Vikten är {as_written(weight)} och graden {as_written(ratio(top, bottom))}.",
                where=f"Rad nr {number}",
                remedy="Skriv en vikt från 0 och en grad mellan 0 och 1.",
            )
        maximum += weight
        parts[bottom] = parts.get(bottom, 0) + weight * top
    achieved = sum((Fraction(part) / of for of, part in parts.items()), Fraction(0))
    return 100 * achieved / Fraction(maximum) if maximum else None


def _towards(value: Terms, target: Terms) -> Terms:
    """min(1, value/target), never below 0; a target that is met gives 1 whatever it is."""
    (top, by), (bottom, of) = value, target
    if top * of >= bottom * by:
        return 1, 1
    return (top * of, by * bottom) if top > 0 and bottom > 0 else (0, 1)
