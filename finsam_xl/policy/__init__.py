"""Dated rules: the numbers an agreement or a law fixes, as data with unit and source.

A calculation asks :func:`on` for the rules of the day its figures belong to and
never holds a number itself. The files beside this module are read strictly: an
unknown key, a figure outside its bounds or a missing source is refused.

>>> on(date(2021, 12, 31)).impact_index.target
Fraction(70, 1)
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from finsam_xl.policy.loader import Rule, read_rules


class ImpactIndexRules(NamedTuple):
    """What the Impactindex is judged by on one day.

    Units: ``target`` and ``near`` index points, ``ideal_weights`` and ``balance``
    per cent, ``weight_tolerance`` percentage points, the weights points.
    """

    target: Fraction
    near: Fraction
    ideal_weights: tuple[Fraction, ...]
    weight_tolerance: Fraction
    lowest_weight: Fraction
    highest_weight: Fraction
    balance: Fraction


class Policy(NamedTuple):
    """All rules in force on ``day``."""

    day: date
    impact_index: ImpactIndexRules


@lru_cache
def _rules(name: str) -> dict[str, Rule]:
    return read_rules(name)


@lru_cache
def on(day: date) -> Policy:
    """The rules in force on ``day``; raises ``PolicyError`` where one is missing."""
    rules = _rules("impact_index")
    return Policy(
        day,
        ImpactIndexRules(
            target=rules["target"].number(day),
            near=rules["near"].number(day),
            ideal_weights=rules["ideal_weights"].numbers(day),
            weight_tolerance=rules["weight_tolerance"].number(day),
            lowest_weight=rules["lowest_weight"].number(day),
            highest_weight=rules["highest_weight"].number(day),
            balance=rules["balance"].number(day),
        ),
    )
