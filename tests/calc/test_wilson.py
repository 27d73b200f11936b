"""Wilson's interval: worked shares of 2021, textbook figures, and what must always hold."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc.wilson import (
    INDISTINGUISHABLE,
    indistinguishable,
    outcome_indistinguishable,
    wilson,
)
from finsam_xl.errors import InputError
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule, Word
from finsam_xl.policy.loader import read_rules
from support.properties import given

RULES = policy.intervals(date(2021, 12, 31))
LEVEL = RULES.confidence / 100

# The closed formula with z = 1,959964: the per cent with one decimal.
INTERVALS: dict[tuple[int, int], tuple[float, float]] = {
    (247, 319): (72.5, 81.7),
    (87, 93): (86.6, 97.0),
    (0, 12): (0.0, 24.2),
    (12, 12): (75.8, 100.0),
    (11, 12): (64.6, 98.5),
    (1, 2): (9.5, 90.5),
}


@pytest.mark.parametrize("counts", INTERVALS, ids=lambda counts: f"{counts[0]} of {counts[1]}")
def test_interval(counts: tuple[int, int]) -> None:
    """Low and high at 95 %."""
    low, high = wilson(*counts, LEVEL)
    assert (round(float(100 * low), 1), round(float(100 * high), 1)) == INTERVALS[counts]


def test_other_confidence() -> None:
    """90 % is narrower and 99 % wider, as a decimal or a fraction."""
    narrow, usual, wide = (wilson(247, 319, Decimal(level)) for level in ("0.9", "0.95", "0.99"))
    assert usual == wilson(247, 319, LEVEL)
    assert wide.low < usual.low < narrow.low < narrow.high < usual.high < wide.high
    assert [round(float(limit), 4) for limit in wide] == [0.7088, 0.8286]


DISTINCTION: dict[str, tuple[int, int, int, bool]] = {
    "247 of 319 against 80 %: a near miss": (247, 319, 80, True),
    "77 of 247 against 35 %: a near miss": (77, 247, 35, True),
    "57 of 247 against 25 %: a near miss": (57, 247, 25, True),
    "51 of 319 against at most 15 %": (51, 319, 15, True),
    "7 of 12 against 80 %: so few persons": (7, 12, 80, True),
    "700 of 1 200 against 80 %: many persons": (700, 1200, 80, False),
    "87 of 93 against 100 %: one answer breaks it": (87, 93, 100, False),
    "93 of 93 against 100 %": (93, 93, 100, True),
    "0 of 12 against at most 0 %": (0, 12, 0, True),
    "1 of 12 against at most 0 %": (1, 12, 0, False),
    "319 of 787 against 40 %: reached, but by chance?": (319, 787, 40, True),
}


@pytest.mark.parametrize("case", DISTINCTION)
def test_can_it_be_told_from_the_target(case: str) -> None:
    """Whether the target lies in the interval, reached or not."""
    number, base, target, expected = DISTINCTION[case]
    assert indistinguishable(number, base, target, LEVEL) is expected
    assert INDISTINGUISHABLE == "kan inte skiljas från målet"


def test_indicators() -> None:
    """Shares that were counted; nothing else has an interval."""
    counted = Outcome(Count(Fraction(247), Fraction(319)))
    eighty = TargetRule(RuleKind.SHARE_AT_LEAST, Fraction(80))
    assert outcome_indistinguishable(eighty, counted, LEVEL) is True
    assert outcome_indistinguishable(TargetRule(RuleKind.EVERYONE), counted, LEVEL) is False
    twenty = TargetRule(RuleKind.SHARE_AT_MOST, Fraction(20))
    assert outcome_indistinguishable(twenty, counted, LEVEL) is False
    only_share = Outcome(Count(Fraction(77), Fraction(100), is_share=True))
    nothing = [
        (eighty, only_share), (eighty, Outcome(word=Word.NOT_MEASURED)), (eighty, Outcome()),
        (eighty, Outcome(Count(Fraction(5)))), (eighty, Outcome(Count(Fraction(0), Fraction(0)))),
        (TargetRule(RuleKind.SHARE_AT_LEAST), counted),
        (TargetRule(RuleKind.COUNT_AT_LEAST, Fraction(2)), counted),
    ]  # fmt: skip
    assert {outcome_indistinguishable(rule, outcome, LEVEL) for rule, outcome in nothing} == {None}


@pytest.mark.parametrize(("number", "base"), [(5, 0), (-1, 12), (13, 12), (0, 0), (1, -2)])
def test_what_is_no_share_is_refused(number: int, base: int) -> None:
    """Both ways of asking say the same."""
    with pytest.raises(InputError, match="ingen andel") as raised:
        wilson(number, base, LEVEL)
    assert "från 0" in raised.value.remedy
    with pytest.raises(InputError, match="ingen andel"):
        indistinguishable(number, base, 80, LEVEL)


@pytest.mark.parametrize("confidence", [0, 1, 95, -1, 1 - Fraction(1, 10**20)])
def test_confidence_outside_0_to_1_is_refused(confidence: int | Fraction) -> None:
    """Also per cent by mistake."""
    with pytest.raises(InputError, match="Säkerheten") as raised:
        wilson(5, 12, confidence)
    assert "0,95" in raised.value.remedy


def test_target_outside_0_to_100_is_refused() -> None:
    """Said with what to write."""
    with pytest.raises(InputError, match="101"):
        indistinguishable(5, 12, 101, LEVEL)


def test_rules_of_intervals() -> None:
    """95 %; every rule of the file is used."""
    assert list(RULES) == [95]
    assert policy.on(date(2021, 12, 31)).intervals == RULES
    assert set(policy.IntervalRules._fields) == set(read_rules("intervals"))


counted = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.fractions(Fraction(1, 2), Fraction(999, 1000), max_denominator=1000)


@given(counted, levels)
def test_interval_holds_its_share_and_stays_within_0_and_1(
    counts: tuple[int, int], level: Fraction
) -> None:
    """Strictly on each side of a share that is neither 0 nor 1."""
    low, high = wilson(*counts, level)
    share = Fraction(*counts)
    assert 0 <= low <= share <= high <= 1
    assert low < high
    if 0 < share < 1:
        assert 0 < low < share < high < 1


@given(counted, levels)
def test_the_others_have_the_mirrored_interval(counts: tuple[int, int], level: Fraction) -> None:
    """Those who did not agree are the rest of those who did."""
    number, base = counts
    low, high = wilson(number, base, level)
    mirrored = wilson(base - number, base, level)
    assert math.isclose(mirrored.low, 1 - high, abs_tol=1e-20)
    assert math.isclose(mirrored.high, 1 - low, abs_tol=1e-20)


@given(counted, st.integers(0, 100), levels)
def test_predicate_and_interval_agree(
    counts: tuple[int, int], target: int, level: Fraction
) -> None:
    """But for the last digits of the interval's rounding."""
    low, high = wilson(*counts, level)
    hair = Fraction(1, 10**12)  # the ends have a square root, which no number holds exactly
    inside = indistinguishable(*counts, target, level)
    if inside:
        assert low - hair <= Fraction(target, 100) <= high + hair
    else:
        assert not low + hair < Fraction(target, 100) < high - hair


@given(counted, levels, st.integers(2, 50))
def test_more_persons_are_surer(counts: tuple[int, int], level: Fraction, times: int) -> None:
    """The same share of many has the narrower interval."""
    low, high = wilson(*counts, level)
    surer = wilson(counts[0] * times, counts[1] * times, level)
    assert surer.high - surer.low < high - low
