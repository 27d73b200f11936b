"""How firm an index is: the areas' weights by hand and against draws, and odd areas."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_xl.calc.robustness import area_span

_FIFTH, _MIDDLE = Fraction(1, 5), Fraction(95, 100)
_AREAS = st.lists(
    st.integers(1, 40).flatmap(lambda most: st.tuples(st.integers(0, most), st.just(most))),
    min_size=1,
    max_size=5,
)


def test_two_areas_by_hand() -> None:
    """0 of 10 and 10 of 10 with weights s and t: the index is t of s + t.

    It is under q of 1 + q, q < 1, in a triangle of the square from 0,8 to 1,2, whose part of it is
    4,5 q + 2 / q − 6. That is a fortieth where q = (6,025 + √0,300625) / 9 = 0,730366.
    """
    q = (6.025 + 0.300625**0.5) / 9
    low, high = area_span([(0, 10), (10, 10)], _FIFTH, _MIDDLE) or (0, 0)
    assert low == pytest.approx(100 * q / (1 + q), abs=1e-4)
    assert high == pytest.approx(100 - low, abs=1e-3)


@settings(max_examples=15, deadline=None)
@given(_AREAS)
def test_so_many_draws_fall_below(areas: list[tuple[int, int]]) -> None:
    """Of 4 000 draws a fortieth are below each end, give or take five times their spread."""
    low, high = area_span(areas, _FIFTH, _MIDDLE) or (0, 0)
    chance, below, above = random.Random(1), 0, 0  # noqa: S311  (the same in every run)
    for _ in range(4000):
        weights = [chance.uniform(0.8, 1.2) for _ in areas]
        top = sum(w * achieved for w, (achieved, _) in zip(weights, areas, strict=True))
        index = 100 * top / sum(w * most for w, (_, most) in zip(weights, areas, strict=True))
        below += index < low - 1e-3
        above += index > high + 1e-3
    assert below <= 150
    assert above <= 150
    if high - low > 0.1:
        assert below >= 50
        assert above >= 50


@pytest.mark.parametrize(
    ("areas", "span"),
    [
        ([(5, 10), (10, 20)], (50, 50)),
        ([(5, 10)], (50, 50)),
        ([(0, 10), (0, 4)], (0, 0)),
        ([(3, 4), (0, 0)], (75, 75)),
        ([(0, 0)], None),
        ([], None),
    ],
)
def test_areas_that_weights_do_not_matter_to(
    areas: list[tuple[int, int]], span: tuple[float, float] | None
) -> None:
    assert area_span(areas, _FIFTH, _MIDDLE) == span
