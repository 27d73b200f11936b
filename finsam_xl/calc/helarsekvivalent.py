"""Helårsekvivalenter: how many persons could live a whole year on full benefit.

Two persons who are supported half a year each are one together. What is followed is their
share of the population of working age in a municipality; the goal is a share that is a
certain per cent (not percentage points) lower than the year before.
Source: SCB, Beskrivning av antal helårsekvivalenter; Samordningsförbundet Umeåregionen,
plan och budget 2018–2020, avsnitt 7.

>>> equivalents([(2, 6)])
Fraction(1, 1)
>>> share_of_population(equivalents([(100, 12), (30, 4)]), 1000)
Fraction(11, 100)
>>> rules = HelarsekvivalentRules(Fraction(1), Fraction(20), Fraction(64))
>>> goal_share(Fraction(11, 100), rules)
Fraction(1089, 10000)
>>> goal_reached(Fraction(109, 1000), Fraction(11, 100), rules)
False
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from finsam_xl.calc import target_rules
from finsam_xl.calc.shares import share
from finsam_xl.errors import InputError
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule
from finsam_xl.money import Exact, Terms, ratio
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.policy import HelarsekvivalentRules


def equivalents(spells: Iterable[tuple[Exact, Exact]]) -> Fraction:
    """Persons × months / 12 in sum; ``spells``: how many persons, and for how many months each.

    Negative persons, or months outside 0–12, raise ``InputError``.
    """
    total = Fraction(0)
    for number, (persons, months) in enumerate(spells, start=1):
        if persons < 0 or not 0 <= months <= MONTHS_PER_YEAR:
            raise InputError(
                f"{persons} personer i {months} månader går inte att räkna om till helår.",
                where=f"Rad nr {number}",
                remedy=f"Skriv ett antal från 0 och månader 0–{MONTHS_PER_YEAR}.",
            )
        total += Fraction(persons) * Fraction(months) / MONTHS_PER_YEAR
    return total


def share_of_population(equivalents: Exact | None, population: Exact | None) -> Fraction | None:
    """Helårsekvivalenter as a part, of one, of the population; ``None`` if it cannot be formed.

    ``population``: persons of the ages the policy names.
    """
    return share(equivalents, population)


def change(now: Exact | None, before: Exact | None) -> Fraction | None:
    """The change against the year before as a part of it; a decrease is negative.

    >>> change(98, 100)
    Fraction(-1, 50)
    """
    if now is None or not before:
        return None
    return ratio(*change_terms(now.as_integer_ratio(), before.as_integer_ratio()))


def change_terms(now: Terms, before: Terms) -> Terms:
    """The same in terms, of a year before that is not 0."""
    (top, by), (other, of) = now, before
    more = top * of - other * by
    return (more, other * by) if other > 0 else (-more, -other * by)


def change_percent(now: Exact | None, before: Exact | None) -> Fraction | None:
    """The same in per cent."""
    part = change(now, before)
    return None if part is None else 100 * part


def goal(rules: HelarsekvivalentRules) -> TargetRule:
    """The target: a decrease of at least so many per cent."""
    return TargetRule(RuleKind.DECREASE_AT_LEAST, rules.decrease)


def goal_share(before: Exact, rules: HelarsekvivalentRules) -> Fraction:
    """The highest share that reaches the goal, in the unit of last year's."""
    return Fraction(before) * (100 - rules.decrease) / 100


def goal_reached(
    now: Exact | None, before: Exact | None, rules: HelarsekvivalentRules
) -> bool | None:
    """Whether the share fell enough; ``None`` without both years, or from nothing."""
    if now is None or not before:
        return None
    return target_rules.reached(goal(rules), Outcome(Count(Fraction(now), Fraction(before))))
