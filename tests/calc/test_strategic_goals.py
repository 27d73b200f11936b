"""Strategic goals: what indicators propose."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc.strategic_goals import Grade, propose
from finsam_xl.errors import PolicyError
from finsam_xl.policy.loader import read_rules
from support.properties import given

RULES = policy.strategic_goals(date(2020, 12, 31))


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


def test_rules_of_strategic_goals() -> None:
    """The grades; since 2020."""
    assert list(RULES.grade_shares) == [50, 80, 100]
    assert set(policy.StrategicGoalRules._fields) == set(read_rules("strategic_goals"))
    assert list(RULES.grade_shares) == sorted(RULES.grade_shares)
    with pytest.raises(PolicyError):
        policy.strategic_goals(date(2019, 12, 31))


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
