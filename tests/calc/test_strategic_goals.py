"""Strategic goals and the goal map: what indicators need, and what they propose."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc.goal_map import Measure, goal_reached, judge, target
from finsam_xl.calc.strategic_goals import (
    Grade,
    mean_reached,
    propose,
    scale_answers,
    top_answers,
    top_reached,
)
from finsam_xl.errors import InputError, PolicyError
from finsam_xl.model import Count, Outcome, RuleKind
from finsam_xl.policy.loader import read_rules
from support.properties import given

RULES = policy.strategic_goals(date(2020, 12, 31))
MAP = policy.goal_map(date(2024, 12, 31))


def test_top_answers() -> None:
    """The three highest alternatives of all who answered; exactly 80 % is enough."""
    answers = [1, 1, 3, 3, 2]
    assert top_answers(answers, RULES) == Count(Fraction(8), Fraction(10))
    assert top_reached(answers, RULES) is True
    assert top_reached([1, 20, 26, 30, 24], RULES) is False
    assert top_reached([0, 0, 0, 0, 0], RULES) is None


def test_mean_of_four_grades() -> None:
    """Exactly 3 is enough; a hair less is not."""
    assert scale_answers([0, 2, 6, 2], RULES) == Count(Fraction(30), Fraction(10))
    assert mean_reached([0, 2, 6, 2], RULES) is True
    assert mean_reached([1, 1, 6, 2], RULES) is False
    assert mean_reached([0, 0, 0, 0], RULES) is None


GRADES = {
    "none of four": ([False] * 4, Grade.NOT_AT_ALL),
    "one of four": ([True] + [False] * 3, Grade.SMALL),
    "two of four": ([True] * 2 + [False] * 2, Grade.LARGE),
    "three of four": ([True] * 3 + [False], Grade.LARGE),
    "four of five": ([True] * 4 + [False], Grade.VERY_LARGE),
    "all of four": ([True] * 4, Grade.WHOLLY),
}


@pytest.mark.parametrize("case", GRADES)
def test_proposed_grade(case: str) -> None:
    """From the share of indicators that were reached."""
    answers, grade = GRADES[case]
    assert propose({f"4.{n}": answer for n, answer in enumerate(answers)}, RULES).grade is grade


def test_not_measured_does_not_count() -> None:
    """It is named; with nothing else there is no grade."""
    found = propose({"1.4": True, "1.5": None, "4.12": False}, RULES)
    assert found == (Grade.LARGE, ("1.4",), ("4.12",), ("1.5",))
    assert propose({"1.4": None}, RULES).grade is propose({}, RULES).grade is None


def test_scale_of_five() -> None:
    """Every grade can be proposed, from inte alls to helt och hållet."""
    assert [grade for _, grade in GRADES.values() if grade] == sorted(
        (grade for _, grade in GRADES.values()), key=list(Grade).index
    )
    assert {grade for _, grade in GRADES.values()} == set(Grade)
    assert len(Grade) == 2 + len(RULES.grade_shares) == 5


def test_bad_input_says_the_remedy() -> None:
    """Another scale than the rule is about, and negatives."""
    with pytest.raises(InputError, match="3 svarsalternativ") as raised:
        top_answers([1, 2, 3], RULES)
    assert "varje alternativ" in raised.value.remedy
    with pytest.raises(InputError, match="5 svarsalternativ, inte 4"):
        mean_reached([1, 2, 3, 4, 5], RULES)
    with pytest.raises(InputError, match="negativt"):
        top_answers([1, 2, 3, -4, 5], RULES)


MEASURES: dict[str, tuple[Measure, Count, bool | None]] = {
    "70 of 100 agree": (Measure.SURVEY, Count(Fraction(70), Fraction(100)), True),
    "69 of 100 agree": (Measure.SURVEY, Count(Fraction(69), Fraction(100)), False),
    "nobody answered": (Measure.SURVEY, Count(Fraction(0), Fraction(0)), None),
    "four activities": (Measure.ACTIVITIES, Count(Fraction(4)), True),
    "three activities": (Measure.ACTIVITIES, Count(Fraction(3)), False),
    "internal control followed up twice": (Measure.CONTROL_FOLLOW_UPS, Count(Fraction(2)), True),
    "internal control followed up once": (Measure.CONTROL_FOLLOW_UPS, Count(Fraction(1)), False),
    "one needs analysis": (Measure.NEEDS_ANALYSES, Count(Fraction(1)), True),
    "no needs analysis": (Measure.NEEDS_ANALYSES, Count(Fraction(0)), False),
}


@pytest.mark.parametrize("case", MEASURES)
def test_measures_of_the_goal_map(case: str) -> None:
    """70 % of the respondents, 4 activities, 2 follow-ups, 1 analysis a year."""
    measure, count, expected = MEASURES[case]
    assert judge(measure, Outcome(count), MAP) is expected


def test_goal_of_two_measures() -> None:
    """Arbetssätt 1 needs both the survey and the follow-ups."""
    survey = judge(Measure.SURVEY, Outcome(Count(Fraction(8), Fraction(10))), MAP)
    follow_ups = judge(Measure.CONTROL_FOLLOW_UPS, Outcome(), MAP)
    assert goal_reached([survey, follow_ups]) is None
    assert goal_reached([survey, True]) is True
    assert goal_reached([None, False]) is False
    assert goal_reached([]) is None


def test_goal_map_uses_ordinary_target_rules() -> None:
    """A share or a count, never a rule of its own."""
    kinds = {measure: target(measure, MAP).kind for measure in Measure}
    assert kinds.pop(Measure.SURVEY) is RuleKind.SHARE_AT_LEAST
    assert set(kinds.values()) == {RuleKind.COUNT_AT_LEAST}


def test_rules_of_strategic_goals() -> None:
    """Three top answers, 80 %, four steps, 3, and the grades; since 2020."""
    assert list(RULES) == [3, 80, 4, 3, (50, 80, 100)]
    assert policy.on(date(2020, 12, 31)).strategic_goals == RULES
    assert set(policy.StrategicGoalRules._fields) == set(read_rules("strategic_goals"))
    assert list(RULES.grade_shares) == sorted(RULES.grade_shares)
    with pytest.raises(PolicyError):
        policy.strategic_goals(date(2019, 12, 31))


def test_rules_of_the_goal_map() -> None:
    """70 %, 4, 2 and 1; since 2024."""
    assert list(MAP) == [70, 4, 2, 1]
    assert policy.on(date(2024, 12, 31)).goal_map == MAP
    assert set(policy.GoalMapRules._fields) == set(read_rules("goal_map"))
    with pytest.raises(PolicyError):
        policy.goal_map(date(2023, 12, 31))


answers = st.dictionaries(st.text(max_size=3), st.sampled_from([True, False, None]), max_size=12)


@given(answers)
def test_every_indicator_is_accounted_for(indicators: dict[str, bool | None]) -> None:
    """Reached, missed or not measured; wholly only with all, not at all only with none."""
    found = propose(indicators, RULES)
    assert {*found.reached, *found.missed, *found.not_measured} == set(indicators)
    assert (found.grade is Grade.WHOLLY) == (bool(found.reached) and not found.missed)
    assert (found.grade is Grade.NOT_AT_ALL) == (bool(found.missed) and not found.reached)


@given(answers, st.text(max_size=3))
def test_one_more_reached_never_lowers_the_grade(
    indicators: dict[str, bool | None], name: str
) -> None:
    """Turning an indicator to reached raises the grade or leaves it."""
    before, after = (
        propose(indicators, RULES).grade,
        propose({**indicators, name: True}, RULES).grade,
    )
    assert after is not None
    assert before is None or list(Grade).index(before) <= list(Grade).index(after)
