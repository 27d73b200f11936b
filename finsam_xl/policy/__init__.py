"""Dated rules: the numbers an agreement or a law fixes, as data with unit and source.

A calculation asks :func:`on` for the rules of the day its figures belong to and
never holds a number itself. The files beside this module are read strictly: an
unknown key, a figure outside its bounds or a missing source is refused.

>>> on(date(2021, 12, 31)).impact_index.target
Fraction(70, 1)

Member fees and equity have rules from earlier years than the Impactindex; each record
can be asked for by itself, and its file is read only then.

>>> membership_fees(date(2017, 12, 31)).state
Fraction(50, 1)
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache

from finsam_xl.policy.loader import Rule, read_rules
from finsam_xl.records import NamedTuple


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


class MembershipFeeRules(NamedTuple):
    """Which part of the fee pool each party pays, in per cent of the pool."""

    state: Fraction
    region: Fraction
    municipalities: Fraction


class EquityRules(NamedTuple):
    """The recommended ceiling of equity, "trappan".

    Units: the shares per cent of the fees below and above ``step``; ``step`` and
    ``known_up_to``, above which no rule is known, tkr.
    """

    lower_share: Fraction
    step: Fraction
    upper_share: Fraction
    known_up_to: Fraction


class IntervalRules(NamedTuple):
    """How sure an interval around a share is, in per cent."""

    confidence: Fraction


class StrategicGoalRules(NamedTuple):
    """How a grade is proposed: the shares in per cent, one for each grade from the third on."""

    grade_shares: tuple[Fraction, ...]


class CalculationRules(NamedTuple):
    """How long calculating a closed file's formulas may take, in seconds."""

    time_limit: Fraction


class Policy(NamedTuple):
    """The rules of the Impactindex in force on ``day``."""

    day: date
    impact_index: ImpactIndexRules


def current(today: date) -> date:
    """The day whose rules hold where nothing names a year: the last of the year that is.

    >>> current(date(2026, 3, 1))
    datetime.date(2026, 12, 31)
    """
    return today.replace(month=12, day=31)


@lru_cache
def _rules(name: str) -> dict[str, Rule]:
    return read_rules(name)


def rule(file: str, name: str) -> Rule:
    """One rule with its title, unit, bounds and sources."""
    return _rules(file)[name]


def _numbers(name: str, fields: tuple[str, ...], day: date) -> dict[str, Fraction]:
    rules = _rules(name)
    return {field: rules[field].number(day) for field in fields}


@lru_cache
def on(day: date) -> Policy:
    """The rules in force on ``day``; raises ``PolicyError`` where one is missing."""
    fields = tuple(name for name in ImpactIndexRules._fields if name != "ideal_weights")
    ideals = _rules("impact_index")["ideal_weights"].numbers(day)
    numbers = _numbers("impact_index", fields, day)
    return Policy(day, ImpactIndexRules(ideal_weights=ideals, **numbers))


@lru_cache
def membership_fees(day: date) -> MembershipFeeRules:
    """The rules of member fees on ``day``; raises ``PolicyError`` where one is missing."""
    return MembershipFeeRules(**_numbers("membership_fees", MembershipFeeRules._fields, day))


@lru_cache
def equity(day: date) -> EquityRules:
    """The rules of equity on ``day``; raises ``PolicyError`` where one is missing."""
    return EquityRules(**_numbers("equity", EquityRules._fields, day))


@lru_cache
def calculation(day: date) -> CalculationRules:
    """The rules of calculating on ``day``; raises ``PolicyError`` where one is missing."""
    return CalculationRules(**_numbers("calculation", CalculationRules._fields, day))


@lru_cache
def intervals(day: date) -> IntervalRules:
    """The rules of intervals on ``day``; raises ``PolicyError`` where one is missing."""
    return IntervalRules(**_numbers("intervals", IntervalRules._fields, day))


@lru_cache
def strategic_goals(day: date) -> StrategicGoalRules:
    """The rules of strategic goals on ``day``; raises ``PolicyError`` where one is missing."""
    return StrategicGoalRules(_rules("strategic_goals")["grade_shares"].numbers(day))
