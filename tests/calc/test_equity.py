"""Equity: DOMAIN 3 with the figures of the documents, and what must always hold."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc.equity import RULE_MISSING, ceiling, equity_ratio, roll_forward
from finsam_xl.errors import InputError, PolicyError
from finsam_xl.money import round_half_away
from finsam_xl.policy.loader import read_rules
from support.properties import given

TRAPPAN = policy.equity(date(2021, 12, 31))


class Roll(NamedTuple):
    """Opening equity, results and closings."""

    opening: int | None
    results: list[int | None]
    closings: list[int | None]


ROLLS = {
    "Umeåregionen 2019–2022": Roll(2992, [-1033, -1020, 87, 39], [1959, 939, 1026, 1065]),
    "Södra Lappland 2023: 6 422 at disposal − 4 326": Roll(6422, [-4326], [2096]),
    "Södra Lappland 2023–2026, equity booked as financing": Roll(
        2670, [3752 - 4326, 4052 - 4483, 4052 - 4371, 3752 - 4071], [2096, 1665, 1346, 1027]),
    "Umeåregionen 2021 in kr": Roll(2009533, [-209941], [1799592]),
    "no years": Roll(2992, [], []),
    "a blank result: nothing is known from there on": Roll(
        2992, [-1033, None, 87], [1959, None, None]),
    "a blank opening: nothing is known": Roll(None, [-1033, 87], [None, None]),
    "a result of 0 is not blank": Roll(500, [0, 0], [500, 500]),
}  # fmt: skip


@pytest.mark.parametrize("case", ROLLS)
def test_roll_forward(case: str) -> None:
    """Closing = opening + result, and opens the next year."""
    asked = ROLLS[case]
    assert roll_forward(asked.opening, asked.results) == asked.closings


CEILINGS: dict[str, tuple[int, str | None]] = {
    "Umeåregionen 2021: 11 380 gives 2 057": (11380, "2057"),
    "up to the step: 7 000 gives 1 400": (7000, "1400"),
    "one above the step gives 0,15 more": (7001, "1400.15"),
    "the last that is known: 15 000 gives 2 600": (15000, "2600"),
    "Södra Lappland: 3 752 gives 750,4": (3752, "750.4"),
    "no fees, no equity": (0, "0"),
    "15 001: the rule was not found": (15001, None),
    "kronor by mistake: far above what is known": (11380000, None),
}


@pytest.mark.parametrize("case", CEILINGS)
def test_ceiling(case: str) -> None:
    """20 % of the first 7 000 tkr and 15 % of the rest, and never a guess above 15 000."""
    fees, expected = CEILINGS[case]
    assert ceiling(fees, TRAPPAN) == (None if expected is None else Fraction(expected))


def test_a_hair_above_the_known_is_unknown() -> None:
    """The limit itself is known, nothing beyond it."""
    assert ceiling(15000 + Fraction(1, 1000), TRAPPAN) is None
    assert RULE_MISSING == "regel saknas – fyll i"


def test_negative_fees_are_refused() -> None:
    """Fees printed with the wrong sign have no ceiling."""
    with pytest.raises(InputError, match="−11\u00a0380"):
        ceiling(-11380, TRAPPAN)


def test_equity_ratio_of_2021() -> None:
    """1 800 of 6 540 is printed 28 %; 2020 in kr 30 %."""
    ratio = equity_ratio(1800, 6540)
    assert ratio == Fraction(30, 109)
    assert round_half_away(100 * ratio) == 28
    before = equity_ratio(2009533, 6739910)
    assert before is not None
    assert round_half_away(100 * before) == 30


@pytest.mark.parametrize(
    ("equity", "assets"), [(None, 6540), (1800, None), (1800, 0)],
    ids=["equity blank", "assets blank", "no assets"],
)  # fmt: skip
def test_no_ratio(equity: int | None, assets: int | None) -> None:
    """What cannot be formed is not 0."""
    assert equity_ratio(equity, assets) is None


def test_no_equity_is_a_ratio_of_0() -> None:
    """0 is a figure, blank is not."""
    assert equity_ratio(0, 6540) == 0


def test_rules_of_trappan() -> None:
    """20 %, 7 000 tkr, 15 %, 15 000 tkr, since 2013-10-02; every rule of the file is used."""
    assert list(TRAPPAN) == [20, 7000, 15, 15000]
    assert policy.equity(date(2013, 10, 2)) == TRAPPAN
    assert policy.on(date(2021, 12, 31)).equity == TRAPPAN
    rules = read_rules("equity")
    assert set(policy.EquityRules._fields) == set(rules)
    assert [rules[name].unit for name in policy.EquityRules._fields] == ["%", "tkr", "%", "tkr"]
    with pytest.raises(PolicyError):
        policy.equity(date(2013, 10, 1))


amounts = st.fractions(-20_000, 20_000, max_denominator=100)
known = st.fractions(0, 15_000, max_denominator=100)


@given(amounts, st.lists(amounts, max_size=12))
def test_roll_forward_telescopes(opening: Fraction, results: list[Fraction]) -> None:
    """The last closing is the opening and all results; each step is its year's result."""
    closings = roll_forward(opening, results)
    assert len(closings) == len(results)
    steps = [opening, *closings]
    for before, after, result in zip(steps, closings, results, strict=False):
        assert before is not None
        assert after is not None
        assert after - before == result
    assert steps[-1] == opening + sum(results)


@given(amounts, st.lists(amounts, max_size=8), st.lists(amounts, max_size=8))
def test_a_plan_may_be_rolled_in_two_parts(
    opening: Fraction, first: list[Fraction], then: list[Fraction]
) -> None:
    """The closing of the first part opens the second."""
    start = roll_forward(opening, first)
    rest = roll_forward(start[-1] if start else opening, then)
    assert start + rest == roll_forward(opening, first + then)


@given(known, known)
def test_higher_fees_never_lower_the_ceiling(one: Fraction, other: Fraction) -> None:
    """And each krona more gives at least 15 and at most 20 öre."""
    low, high = sorted((one, other))
    below, above = ceiling(low, TRAPPAN), ceiling(high, TRAPPAN)
    assert below is not None
    assert above is not None
    assert Fraction(15, 100) * (high - low) <= above - below <= Fraction(20, 100) * (high - low)


@given(st.fractions(15_000, 10**9))
def test_never_a_guess_above_what_is_known(fees: Fraction) -> None:
    """However high."""
    assert (ceiling(fees, TRAPPAN) is None) == (fees > 15_000)


@given(amounts, st.fractions(1, 20_000), st.integers(1, 1000))
def test_ratio_is_the_same_in_kr_and_tkr(equity: Fraction, assets: Fraction, unit: int) -> None:
    """Only proportions count."""
    assert equity_ratio(equity * unit, assets * unit) == equity_ratio(equity, assets)
