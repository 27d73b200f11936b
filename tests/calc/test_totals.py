"""Totals: what rounding can explain, and what it cannot."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.totals import explained_by_rounding, severity
from finsam_xl.money import round_half_away
from support.properties import given


class Case(NamedTuple):
    """A stated total, what its lines give, how many they are, and how serious that is."""

    stated: int
    calculated: int
    addends: int
    severity: str | None


CASES = {
    "2019: six fees give 2 862 of a quarter printed 2 863": Case(2863, 2862, 6, "info"),
    "note 2 2021: 11 380 000 for eight parts of 11 380 002": Case(
        11380000, 11380002, 8, "info"),
    "the lines give the total": Case(2360, 2360, 8, None),
    "two figures may miss by one": Case(1959, 1960, 2, "info"),
    "two figures may not miss by two": Case(1959, 1961, 2, "warning"),
    "one figure may not miss at all": Case(100, 101, 1, "warning"),
    "two thousand in a long table": Case(14040, 12040, 20, "warning"),
    "negative totals are judged alike": Case(-2501, -2500, 2, "info"),
    "a total of nothing": Case(5, 0, 0, "warning"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_severity(case: str) -> None:
    """Nothing, info or warning."""
    asked = CASES[case]
    assert severity(asked.stated, asked.calculated, asked.addends) == asked.severity


@pytest.mark.parametrize(
    ("difference", "lines", "step", "expected"),
    [(Fraction(1, 10), 2, Fraction(1, 10), True), (Fraction(2, 10), 2, Fraction(1, 10), False),
     (500, 1, 1000, True), (501, 1, 1000, False), (-3, 6, 1, True), (-4, 6, 1, False)],
    ids=["one decimal", "one decimal, too much", "kr rounded to tkr", "kr rounded to tkr, too much",
         "half a unit per line", "more than half a unit per line"],
)  # fmt: skip
def test_steps(
    difference: Fraction | int, lines: int, step: Fraction | int, expected: bool
) -> None:
    """Half a step per line, at most."""
    assert explained_by_rounding(difference, lines, step) is expected


exact_lines = st.lists(st.fractions(-5000, 5000, max_denominator=20), min_size=1, max_size=30)


@given(exact_lines, st.integers(0, 2))
def test_honest_rounding_is_never_a_warning(lines: list[Fraction], decimals: int) -> None:
    """Lines and total of the same exact figures, each rounded on its own."""
    stated = round_half_away(sum(lines, Fraction(0)), decimals)
    calculated = sum(Fraction(round_half_away(line, decimals)) for line in lines)
    step = Fraction(1, 10**decimals)
    assert severity(stated, Fraction(calculated), len(lines), step) in (None, "info")


amounts = st.integers(-100_000, 100_000)


@given(amounts, amounts, st.integers(0, 40))
def test_direction_does_not_matter(stated: int, calculated: int, lines: int) -> None:
    """Too high or too low, and in either sign."""
    found = severity(stated, calculated, lines)
    assert severity(calculated, stated, lines) == found
    assert severity(-stated, -calculated, lines) == found
    assert (found is None) == (stated == calculated)


@given(amounts, st.integers(0, 40), st.integers(0, 40))
def test_more_lines_never_explain_less(difference: int, lines: int, more: int) -> None:
    """Every line brings its own half unit."""
    if explained_by_rounding(difference, lines):
        assert explained_by_rounding(difference, lines + more)
