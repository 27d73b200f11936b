"""Where equity goes: how each year stands, and in which year it crosses its ceiling or zero."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.equity import roll_forward
from finsam_xl.calc.equity_path import Span, Standing, spans, standing
from support.properties import given

AMOUNTS = st.integers(-10_000, 10_000)


@pytest.mark.parametrize(
    ("closing", "room", "stands"),
    [
        (None, None, Standing.UNKNOWN),
        (None, 5, Standing.UNKNOWN),
        (100, None, Standing.NO_CEILING),
        (-1, 300, Standing.NEGATIVE),
        (-1, None, Standing.NEGATIVE),
        (0, 0, Standing.WITHIN),
        (900, -1, Standing.OVER),
    ],
)
def test_how_a_year_ends(closing: int | None, room: int | None, stands: Standing) -> None:
    assert standing(closing, room) is stands


def test_a_crossing_is_where_a_span_begins() -> None:
    """Two years above the ceiling, one below it, then nothing left."""
    assert spans([(2000, -800), (1500, -300), (700, 500), (-200, 1400)]) == [
        Span(Standing.OVER, 0, 1),
        Span(Standing.WITHIN, 2, 2),
        Span(Standing.NEGATIVE, 3, 3),
    ]


def test_no_years_have_no_spans() -> None:
    assert spans([]) == []


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=12))
def test_spans_are_all_years_once_and_neighbours_differ(years: list[tuple[int, int]]) -> None:
    found = spans(years)
    told = [n for one in found for n in range(one.first, one.last + 1)]
    assert told == list(range(len(years)))
    assert all(a.standing is not b.standing for a, b in pairwise(found))
    for one in found:
        for n in range(one.first, one.last + 1):
            assert standing(*years[n]) is one.standing


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=12))
def test_the_end_less_the_start_is_the_sum_of_the_results(start: int, results: list[int]) -> None:
    end = roll_forward(start, results)[-1]
    assert end is not None
    assert end - start == sum(results)
