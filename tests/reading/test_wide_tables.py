"""Very wide tables of equal figures: read in seconds, by headings and not by chance."""

from __future__ import annotations

from fractions import Fraction
from time import process_time

import pytest

from finsam_xl.reading.relations import Figures, How

_SECONDS = 5


@pytest.mark.parametrize(("columns", "value"), [(60, 7000), (100, 7000), (400, 7000), (400, 0)])
def test_sums_among_many_columns_take_seconds(columns: int, value: int) -> None:
    """Forty rows of one and the same figure: no column is the sum of others."""
    figures = Figures([[Fraction(value)] * 40 for _ in range(columns)])
    begun = process_time()
    assert [found for target in range(columns) for found in figures.sums(target)] == []
    assert process_time() - begun < _SECONDS


def test_a_sum_of_many_columns_is_found() -> None:
    """Twelve months and their year, whichever stands first."""
    months = [[Fraction(100 * month + row * row) for row in range(8)] for month in range(1, 13)]
    year = [sum(row, Fraction(0)) for row in zip(*months, strict=True)]
    for figures, target in ((Figures([*months, year]), 12), (Figures([year, *months]), 0)):
        best = max(figures.sums(target), key=lambda one: len(one.of))
        assert (best.how, len(best.of), best.rows) == (How.SUM, 12, 8)


def test_beyond_a_hundred_columns_figures_tell_nothing() -> None:
    """What holds among so many may hold by chance."""
    parts = [[Fraction(3 * column + row) for row in range(9)] for column in range(110)]
    total = [sum(row[:4], Fraction(0)) for row in zip(*parts, strict=True)]
    assert list(Figures([*parts, total]).sums(110)) == []
