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
>>> on(date(2021, 12, 31)).equity.step
Fraction(7000, 1)
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


class BalanskravRules(NamedTuple):
    """Within how many years a negative balanskravsresultat is to be restored."""

    restore_years: Fraction


class CostSplitRules(NamedTuple):
    """Which part of the office staff is administration, in per cent."""

    office_administration: Fraction


class BackupRules(NamedTuple):
    """How many backups of a workbook are kept, the newest."""

    newest: Fraction


class PrivacyRules(NamedTuple):
    """Of how many people a share must be to be printed, the fewest; 0: of however few."""

    fewest: Fraction


class LogRules(NamedTuple):
    """How many rows a workbook's log holds before the oldest leave it."""

    rows: Fraction


class RobustnessRules(NamedTuple):
    """How weights are moved by chance: by at most how many per cent, how often, and what is told.

    ``middle``: how many per cent of the draws the span that is told holds.
    """

    weight_part: Fraction
    draws: Fraction
    middle: Fraction


class IntervalRules(NamedTuple):
    """How sure an interval around a share is, in per cent."""

    confidence: Fraction


class StrategicGoalRules(NamedTuple):
    """What an indicator of a strategic goal needs, and how a grade is proposed.

    Units: ``top_answers`` and ``mean_scale`` alternatives, ``lowest_mean`` points of that
    scale, the shares per cent; ``grade_shares`` one for each grade from the third on.
    """

    top_answers: Fraction
    top_answers_share: Fraction
    mean_scale: Fraction
    lowest_mean: Fraction
    grade_shares: tuple[Fraction, ...]


class GoalMapRules(NamedTuple):
    """What the measures of a målkarta need: per cent of the respondents, the others times a year.

    Each is the lowest that reaches.
    """

    respondents_share: Fraction
    activities: Fraction
    control_follow_ups: Fraction
    needs_analyses: Fraction


class HelarsekvivalentRules(NamedTuple):
    """The yearly decrease in per cent, and the ages of the population, both included."""

    decrease: Fraction
    lowest_age: Fraction
    highest_age: Fraction


class CalculationRules(NamedTuple):
    """How long calculating a closed file's formulas may take, in seconds."""

    time_limit: Fraction


class Policy(NamedTuple):
    """All rules in force on ``day``."""

    day: date
    impact_index: ImpactIndexRules

    @property
    def membership_fees(self) -> MembershipFeeRules:
        """How the fee pool is shared between the parties, read when first asked for."""
        return membership_fees(self.day)

    @property
    def equity(self) -> EquityRules:
        """The recommended ceiling of equity, read when first asked for."""
        return equity(self.day)

    @property
    def balanskrav(self) -> BalanskravRules:
        """How a negative balanskravsresultat is restored, read when first asked for."""
        return balanskrav(self.day)

    @property
    def cost_split(self) -> CostSplitRules:
        """How shared costs are split, read when first asked for."""
        return cost_split(self.day)

    @property
    def intervals(self) -> IntervalRules:
        """How sure intervals are, read when first asked for."""
        return intervals(self.day)

    @property
    def strategic_goals(self) -> StrategicGoalRules:
        """How strategic goals are judged, read when first asked for."""
        return strategic_goals(self.day)

    @property
    def goal_map(self) -> GoalMapRules:
        """What the measures of a målkarta need, read when first asked for."""
        return goal_map(self.day)

    @property
    def helarsekvivalent(self) -> HelarsekvivalentRules:
        """The goal for helårsekvivalenter, read when first asked for."""
        return helarsekvivalent(self.day)


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


@lru_cache
def membership_fees(day: date) -> MembershipFeeRules:
    """The rules of member fees on ``day``; raises ``PolicyError`` where one is missing."""
    rules = _rules("membership_fees")
    return MembershipFeeRules(
        state=rules["state"].number(day),
        region=rules["region"].number(day),
        municipalities=rules["municipalities"].number(day),
    )


@lru_cache
def equity(day: date) -> EquityRules:
    """The rules of equity on ``day``; raises ``PolicyError`` where one is missing."""
    rules = _rules("equity")
    return EquityRules(
        lower_share=rules["lower_share"].number(day),
        step=rules["step"].number(day),
        upper_share=rules["upper_share"].number(day),
        known_up_to=rules["known_up_to"].number(day),
    )


def _numbers(name: str, fields: tuple[str, ...], day: date) -> dict[str, Fraction]:
    rules = _rules(name)
    return {field: rules[field].number(day) for field in fields}


@lru_cache
def balanskrav(day: date) -> BalanskravRules:
    """The rules of balanskravet on ``day``; raises ``PolicyError`` where one is missing."""
    return BalanskravRules(**_numbers("balanskrav", BalanskravRules._fields, day))


@lru_cache
def cost_split(day: date) -> CostSplitRules:
    """The rules of the cost split on ``day``; raises ``PolicyError`` where one is missing."""
    return CostSplitRules(**_numbers("cost_split", CostSplitRules._fields, day))


@lru_cache
def privacy(day: date) -> PrivacyRules:
    """The rules of shares of few people on ``day``; raises ``PolicyError`` where one is missing."""
    return PrivacyRules(**_numbers("privacy", PrivacyRules._fields, day))


@lru_cache
def backups(day: date) -> BackupRules:
    """The rules of backups on ``day``; raises ``PolicyError`` where one is missing."""
    return BackupRules(**_numbers("backups", BackupRules._fields, day))


@lru_cache
def log(day: date) -> LogRules:
    """The rules of the log on ``day``; raises ``PolicyError`` where one is missing."""
    return LogRules(**_numbers("log", LogRules._fields, day))


@lru_cache
def calculation(day: date) -> CalculationRules:
    """The rules of calculating on ``day``; raises ``PolicyError`` where one is missing."""
    return CalculationRules(**_numbers("calculation", CalculationRules._fields, day))


@lru_cache
def intervals(day: date) -> IntervalRules:
    """The rules of intervals on ``day``; raises ``PolicyError`` where one is missing."""
    return IntervalRules(**_numbers("intervals", IntervalRules._fields, day))


@lru_cache
def robustness(day: date) -> RobustnessRules:
    """The rules of robustness on ``day``; raises ``PolicyError`` where one is missing."""
    return RobustnessRules(**_numbers("robustness", RobustnessRules._fields, day))


@lru_cache
def strategic_goals(day: date) -> StrategicGoalRules:
    """The rules of strategic goals on ``day``; raises ``PolicyError`` where one is missing."""
    rules = _rules("strategic_goals")
    return StrategicGoalRules(
        top_answers=rules["top_answers"].number(day),
        top_answers_share=rules["top_answers_share"].number(day),
        mean_scale=rules["mean_scale"].number(day),
        lowest_mean=rules["lowest_mean"].number(day),
        grade_shares=rules["grade_shares"].numbers(day),
    )


@lru_cache
def goal_map(day: date) -> GoalMapRules:
    """The rules of the målkarta on ``day``; raises ``PolicyError`` where one is missing."""
    return GoalMapRules(**_numbers("goal_map", GoalMapRules._fields, day))


@lru_cache
def helarsekvivalent(day: date) -> HelarsekvivalentRules:
    """The rules of helårsekvivalenter on ``day``; raises ``PolicyError`` where one is missing."""
    return HelarsekvivalentRules(**_numbers("helarsekvivalent", HelarsekvivalentRules._fields, day))
