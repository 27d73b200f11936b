"""Helårsekvivalenter: persons over months."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.helarsekvivalent import equivalents
from finsam_xl.errors import InputError
from support.properties import given


def test_two_persons_half_a_year_are_one() -> None:
    """Also as two spells, and none is none."""
    assert equivalents([(2, 6)]) == equivalents([(1, 6), (1, 6)]) == 1
    assert equivalents([(10, 12), (12, 1), (3, 0)]) == 11
    assert equivalents([]) == 0


@pytest.mark.parametrize("spell", [(-1, 6), (1, 13), (1, -1)])
def test_impossible_spells_are_refused_where_they_stand(spell: tuple[int, int]) -> None:
    """With the row and what to write."""
    with pytest.raises(InputError, match=f"{spell[0]} personer i {spell[1]} månader") as raised:
        equivalents([(2, 6), spell])
    assert raised.value.where == "Rad nr 2"
    assert "0–12" in raised.value.remedy


people = st.integers(0, 10_000)
spells = st.lists(st.tuples(people, st.integers(0, 12)), max_size=10)


@given(spells, spells)
def test_spells_add_up(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    """Together they are the sum of each, and never more than the persons."""
    assert equivalents(some + others) == equivalents(some) + equivalents(others)
    assert 0 <= equivalents(some) <= sum(persons for persons, _ in some)
