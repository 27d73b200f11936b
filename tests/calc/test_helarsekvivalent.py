"""Helårsekvivalenter: persons over months, shares of the population, and the yearly goal."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc.helarsekvivalent import (
    change_percent,
    equivalents,
    goal,
    goal_reached,
    goal_share,
    share_of_population,
)
from finsam_xl.errors import InputError, PolicyError
from finsam_xl.model import RuleKind
from finsam_xl.policy.loader import read_rules
from support.properties import given

RULES = policy.helarsekvivalent(date(2018, 12, 31))


def test_two_persons_half_a_year_are_one() -> None:
    """Also as two spells, and none is none."""
    assert equivalents([(2, 6)]) == equivalents([(1, 6), (1, 6)]) == 1
    assert equivalents([(10, 12), (12, 1), (3, 0)]) == 11
    assert equivalents([]) == 0


def test_share_of_population() -> None:
    """Of one; blank and nobody have none."""
    assert share_of_population(110, 1000) == Fraction(11, 100)
    assert share_of_population(None, 1000) is share_of_population(5, 0) is None


GOALS = {
    "exactly one per cent lower": (990, 1000, True),
    "0,9 per cent lower": (991, 1000, False),
    "unchanged": (1000, 1000, False),
    "risen, as in Umeå 2021": (1010, 1000, False),
    "last year blank": (990, None, None),
    "this year blank": (None, 1000, None),
    "from nothing": (5, 0, None),
}


@pytest.mark.parametrize("case", GOALS)
def test_goal(case: str) -> None:
    """One per cent lower than the year before, in per cent of it."""
    now, before, expected = GOALS[case]
    assert goal_reached(now, before, RULES) is expected


def test_change_and_goal_share() -> None:
    """A tenth of the population should become 9,9 %, not 9 %."""
    assert goal_share(Fraction(10, 100), RULES) == Fraction(99, 1000)
    assert change_percent(990, 1000) == -1
    assert change_percent(1010, 1000) == 1
    assert change_percent(None, 1000) is change_percent(990, None) is change_percent(5, 0) is None
    assert goal(RULES).kind is RuleKind.DECREASE_AT_LEAST


@pytest.mark.parametrize("spell", [(-1, 6), (1, 13), (1, -1)])
def test_impossible_spells_are_refused_where_they_stand(spell: tuple[int, int]) -> None:
    """With the row and what to write."""
    with pytest.raises(InputError, match=f"{spell[0]} personer i {spell[1]} månader") as raised:
        equivalents([(2, 6), spell])
    assert raised.value.where == "Rad nr 2"
    assert "0–12" in raised.value.remedy


def test_rules_of_helarsekvivalenter() -> None:
    """One per cent, of those 20–64, since 2018; every rule of the file is used."""
    assert list(RULES) == [1, 20, 64]
    assert policy.on(date(2018, 12, 31)).helarsekvivalent == RULES
    assert set(policy.HelarsekvivalentRules._fields) == set(read_rules("helarsekvivalent"))
    with pytest.raises(PolicyError):
        policy.helarsekvivalent(date(2017, 12, 31))


people = st.integers(0, 10_000)
spells = st.lists(st.tuples(people, st.integers(0, 12)), max_size=10)


@given(spells, spells)
def test_spells_add_up(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    """Together they are the sum of each, and never more than the persons."""
    assert equivalents(some + others) == equivalents(some) + equivalents(others)
    assert 0 <= equivalents(some) <= sum(persons for persons, _ in some)


@given(st.fractions(Fraction(1, 1000), 1, max_denominator=10_000))
def test_goal_share_is_the_highest_that_reaches(before: Fraction) -> None:
    """A hair above it misses."""
    highest = goal_share(before, RULES)
    assert goal_reached(highest, before, RULES) is True
    assert goal_reached(highest + Fraction(1, 10**9), before, RULES) is False
