"""What rows changed of a result sums to the change, and so do volume and price."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.calc.result_change import Bridge, Item, Split, Volume, bridge, volume_and_price

_KNOWN = st.one_of(st.integers(-10_000, 10_000), st.fractions(-1000, 1000, max_denominator=100))
_AMOUNTS = st.one_of(st.none(), _KNOWN)
_COUNTS = st.one_of(st.integers(0, 500), st.fractions(0, 50, max_denominator=20))


@given(_KNOWN, _KNOWN, st.lists(st.builds(Item, st.just("Rad"), _AMOUNTS, _AMOUNTS)))
def test_rows_and_rest_sum_to_the_change(
    before: Fraction, after: Fraction, items: list[Item]
) -> None:
    found = bridge(before, after, items)
    assert sum(found.changes) + found.rest == after - before
    parts = [found.part(change) for change in (*found.changes, found.rest)]
    if after == before:
        assert parts == [None] * len(parts)
    else:
        assert sum(part for part in parts if part is not None) == 1


@given(_COUNTS, _KNOWN, _COUNTS, _KNOWN)
def test_volume_and_price_sum_to_the_change(
    number: Fraction, amount: Fraction, later: Fraction, its_amount: Fraction
) -> None:
    split = volume_and_price(Volume(number, amount), Volume(later, its_amount))
    if not number or not later:
        assert split is None
        return
    assert split is not None
    assert split.volume + split.price == its_amount - amount
    if number == later:
        assert split.volume == 0
    if amount * later == its_amount * number:
        assert split.price == 0


def test_a_row_of_one_year_is_all_of_its_change() -> None:
    """Fees 900 → 1 000, rent that is new, a project that is gone; 20 is not explained."""
    items = [Item("Avgifter", 900, 1000), Item("Hyra", None, -50), Item("Projekt", -70, None)]
    found = bridge(-30, 110, items)
    assert found == Bridge(-30, 110, [100, -50, 70], 20)
    assert found.part(70) == Fraction(1, 2)


def test_more_people_at_another_price() -> None:
    """20 more at 50 each are 1 000; 5 more for each of 120 are 600."""
    assert volume_and_price(Volume(100, 5000), Volume(120, 6600)) == Split(1000, 600)  # type: ignore[arg-type]
