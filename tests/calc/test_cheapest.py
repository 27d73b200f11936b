"""The cheapest sets of missed indicators: never beaten, and all that cost the same are counted."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_xl.calc.cheapest import Cheapest, Miss, cheapest, needed

_MISSES = st.lists(
    st.builds(Miss, st.integers(1, 10), st.one_of(st.none(), st.integers(1, 30))), max_size=10
)


def by_force(misses: list[Miss], lacking: int, *, by_persons: bool) -> tuple[int, int] | None:
    """The least cost and how many sets have it, by trying every set."""
    found: list[tuple[int, int]] = []
    for size in range(len(misses) + 1):
        for chosen in combinations(misses, size):
            if sum(miss.points for miss in chosen) < lacking:
                continue
            costs = [miss.persons if by_persons else miss.points for miss in chosen]
            if None not in costs:
                found.append((sum(cost for cost in costs if cost is not None), size))
    best = min(found, default=None)
    return None if best is None else (best[0], found.count(best))


@given(_MISSES, st.integers(0, 60), st.booleans())
def test_no_set_is_cheaper(misses: list[Miss], lacking: int, by_persons: bool) -> None:
    told = cheapest(misses, lacking, by_persons=by_persons, most=2000)
    wanted = by_force(misses, lacking, by_persons=by_persons)
    assert (None if told.cost is None else (told.cost, told.ways)) == wanted
    assert len(set(told.sets)) == len(told.sets) == told.ways
    for numbers in told.sets:
        assert sum(misses[number].points for number in numbers) >= lacking


@settings(max_examples=5, deadline=None)
@given(st.lists(st.builds(Miss, st.integers(1, 10), st.integers(1, 30)), min_size=18, max_size=18))
def test_nor_among_eighteen(misses: list[Miss]) -> None:
    lacking = sum(miss.points for miss in misses) // 3
    told = cheapest(misses, lacking, by_persons=True, most=20)
    assert (told.cost, told.ways) == by_force(misses, lacking, by_persons=True)


@pytest.mark.parametrize(
    ("achieved", "maximum", "target", "lacking"),
    [
        (114, 177, 70, 10),  # 124 of 177 is 70.06; 123 is 69.49 and printed as 69
        (139, 200, 70, 0),  # 69.5 is printed as 70
        (138, 200, 70, 1),
        (0, 0, 70, None),
        (3, 10, 101, None),
        (10, 10, 100, 0),
    ],
)
def test_how_many_points_are_lacking(
    achieved: int, maximum: int, target: int, lacking: int | None
) -> None:
    assert needed(achieved, maximum, target) == lacking


def test_what_no_number_of_persons_reaches_is_left_out() -> None:
    misses = [Miss(10), Miss(5, 22), Miss(4, 3)]
    assert cheapest(misses, 9, by_persons=True, most=20) == Cheapest(25, 1, ((1, 2),))
    assert cheapest(misses, 10, by_persons=True, most=20) == Cheapest(None, 0, ())
    assert cheapest(misses, 10, by_persons=False, most=20).sets == ((0,),)
