"""Sums in which a blank is not zero."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from finsam_xl.calc.blanks import known_sum
from support.properties import given

numbers = st.lists(st.fractions(-1000, 1000, max_denominator=100), max_size=8)


@given(numbers)
def test_sum_of_what_is_known(parts: list[Fraction]) -> None:
    """Exact, and 0 of nothing."""
    assert known_sum(*parts) == sum(parts)


@given(numbers, st.integers(0, 8))
def test_one_blank_makes_the_sum_unknown(parts: list[Fraction], place: int) -> None:
    """Wherever it stands; a 0 is no blank."""
    known: list[Fraction | None] = list(parts)
    assert known_sum(*known[:place], None, *known[place:]) is None
    assert known_sum(*known[:place], 0, *known[place:]) == sum(parts)
