"""Rounded parts add up to their rounded total, and none is more than a step from its own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.calc.carried_rounding import carried
from finsam_xl.money import round_half_away

_PARTS = st.lists(st.fractions(-1000, 1000, max_denominator=997), min_size=1, max_size=8)


@given(_PARTS, st.integers(0, 2))
def test_they_add_up(parts: list[Fraction], decimals: int) -> None:
    shown = carried(parts, sum(parts), decimals)
    assert sum(shown) == round_half_away(sum(parts), decimals)
    step = Fraction(1, 10**decimals)
    assert all(abs(Fraction(one) - part) <= step for one, part in zip(shown, parts, strict=True))


@given(_PARTS)
def test_what_needs_no_carrying_is_rounded_as_ever(parts: list[Fraction]) -> None:
    alone = [round_half_away(part, 1) for part in parts]
    assert carried(parts, Fraction(sum(alone)), 1) == alone


def test_the_ends_of_an_index_rounded_by_themselves() -> None:
    """61,34 and 64,36 are shown as 61,3 and 64,4: 3,1, of 5,04 and −2,02."""
    parts = [Fraction(504, 100), Fraction(-202, 100)]
    shown = carried(parts, Fraction(644, 10) - Fraction(613, 10), 1)
    assert shown == [Decimal("5.1"), Decimal("-2.0")]
