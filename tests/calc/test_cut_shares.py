"""Shares that are cut off instead of rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.calc.shares import possible_counts
from finsam_xl.errors import InputError


@pytest.mark.parametrize(
    ("percent", "base", "counts"),
    [
        (47, 82, [39]),
        (54, 33, [18]),
        (66, 3, [2]),
        (28, 7, [2]),
        (33, 22, []),
        (100, 4, [4]),
        (0, 4, [0]),
    ],
)
def test_printed_shares(percent: int, base: int, counts: list[int]) -> None:
    """Source: årsredovisning 2021, bilaga 1, tabell 1 and 2."""
    assert list(possible_counts(percent, base, cut=True)) == counts


def test_decimals_and_nobody() -> None:
    assert list(possible_counts(Decimal("66.6"), 3, 1, cut=True)) == [2]
    assert list(possible_counts(50, 0, cut=True)) == []


@pytest.mark.parametrize(
    ("percent", "base", "decimals"), [(-1, 3, 0), (101, 3, 0), (50, -1, 0), (50, 3, -1)]
)
def test_what_is_no_share(percent: int, base: int, decimals: int) -> None:
    with pytest.raises(InputError):
        possible_counts(percent, base, decimals, cut=True)


@given(st.integers(1, 500), st.data())
def test_every_number_is_behind_its_own_cut_share(base: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, base))
    assert number in possible_counts(100 * number // base, base, cut=True)
