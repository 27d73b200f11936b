"""The goal map ("målkarta"): what each measure needs, and whether a goal is reached.

A measure is a survey where enough of the respondents agree, or something that is to be done
so many times a year. The comparison is the ordinary one of target rules; here stands only
which rule a kind of measure has. A goal is reached when all its measures are, missed when
one is missed, and otherwise not known.
Source: Samordningsförbundet Södra Lappland, plan och budget 2024, avsnitt 6.

>>> from fractions import Fraction
>>> from finsam_xl.model import Count
>>> rules = GoalMapRules(Fraction(70), Fraction(4), Fraction(2), Fraction(1))
>>> judge(Measure.SURVEY, Outcome(Count(Fraction(7), Fraction(10))), rules)
True
>>> judge(Measure.CONTROL_FOLLOW_UPS, Outcome(Count(Fraction(1))), rules)
False
>>> goal_reached([True, None]) is None
True
>>> goal_reached([True, None, False])
False
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from finsam_xl.calc import target_rules
from finsam_xl.model import Outcome, RuleKind, TargetRule
from finsam_xl.policy import GoalMapRules


class Measure(StrEnum):
    """What is measured, as the goal map names it."""

    SURVEY = "andel av de svarande"
    ACTIVITIES = "genomförda aktiviteter per år"
    CONTROL_FOLLOW_UPS = "uppföljningar av internkontrollplanen per år"
    NEEDS_ANALYSES = "behovsanalyser per år"


def target(measure: Measure, rules: GoalMapRules) -> TargetRule:
    """The target of a kind of measure: a share in per cent, or a number of times."""
    if measure is Measure.SURVEY:
        return TargetRule(RuleKind.SHARE_AT_LEAST, rules.respondents_share)
    times = {
        Measure.ACTIVITIES: rules.activities,
        Measure.CONTROL_FOLLOW_UPS: rules.control_follow_ups,
        Measure.NEEDS_ANALYSES: rules.needs_analyses,
    }
    return TargetRule(RuleKind.COUNT_AT_LEAST, times[measure])


def judge(measure: Measure, outcome: Outcome, rules: GoalMapRules) -> bool | None:
    """Whether a measure is reached; ``None`` when it was not measured."""
    return target_rules.reached(target(measure, rules), outcome)


def goal_reached(measures: Iterable[bool | None]) -> bool | None:
    """Whether a goal is reached, by its measures; ``None`` when that cannot be said."""
    answers = list(measures)
    if False in answers:
        return False
    return None if None in answers or not answers else True
