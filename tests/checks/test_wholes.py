"""Shares of whole persons: the numbers that were printed are always among those that they can be."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import strategies as st

from finsam_xl.checks.people.kin import PLATFORM, Kin
from finsam_xl.checks.people.wholes import Of, bases, fits, known, share_of, solve, together
from finsam_xl.model import Ref
from finsam_xl.model_counts import Figure
from finsam_xl.money import exact, round_half_away
from support.properties import given

CELL = Ref("Blad", "B2")
MOST = 3000
decimals = st.integers(0, 2)


def _count(number: int) -> Figure:
    return Figure(number, 0, "", CELL)


def _printed(number: int, base: int, places: int, *, cut: bool = False) -> Figure:
    """A share as it is printed; nobody of nobody is 0 %."""
    percent = Fraction(100 * number, base or 1)
    steps = percent * 10**places // 1
    value = Fraction(steps, 10**places) if cut else exact(round_half_away(percent, places))
    return Figure(value, places, "%", CELL)


@st.composite
def platforms(draw: st.DrawFn) -> tuple[Mapping[str, int], Mapping[str, Figure]]:
    """What became of those who left a platform, and how its row says it: blanks, counts, shares."""
    true: dict[str, int] = {"exits": draw(st.integers(0, MOST))}
    figures = {"exits": _count(true["exits"])}
    for field, whole in PLATFORM.of.items():
        gone = [n for n in true if {n, field} <= PLATFORM.apart and PLATFORM.of[n] == whole]
        true[field] = draw(st.integers(0, true[whole] - sum(true[name] for name in gone)))
        how = draw(st.sampled_from(("blank", "count", "share", "share")))
        if how == "count":
            figures[field] = _count(true[field])
        elif how == "share":
            figures[field] = _printed(true[field], true[whole], draw(decimals))
    return true, figures


@given(platforms())
def test_the_true_numbers_are_within_their_spans(
    row: tuple[Mapping[str, int], Mapping[str, Figure]],
) -> None:
    true, figures = row
    for loose in (False, True):
        parts = solve(figures, PLATFORM, loose=loose)
        assert parts.keys() == true.keys()
        for field, part in parts.items():
            assert part.low <= true[field] <= part.high, field
            assert part.source == "counted" or field not in figures or figures[field].is_percent


@given(st.lists(platforms(), min_size=1, max_size=3), st.sampled_from(list(PLATFORM.of)))
def test_and_so_are_those_of_several_rows_together(rows: list[Any], field: str) -> None:
    low, high = together(solve(figures, PLATFORM)[field] for _, figures in rows)
    assert low <= sum(true[field] for true, _ in rows) <= high


@given(st.integers(1, 4000), decimals, st.data())
def test_of_a_known_whole(base: int, places: int, data: st.DataObject) -> None:
    """What is rounded or cut off is known as such; a wider look holds both."""
    number = data.draw(st.integers(0, base))
    rounded, cut = (_printed(number, base, places, cut=cut) for cut in (False, True))
    part = share_of(known(base), rounded)
    assert part.source == "rounded"
    assert part.low <= number <= part.high
    assert all(_printed(n, base, places) == rounded for n in (part.low, part.high))
    assert share_of(known(base), cut).source in ("rounded", "cut")
    for share in (rounded, cut):
        loose = share_of(known(base), share, loose=True)
        assert loose.low <= number <= loose.high
        assert fits(share, Of(number, base)) in ("rounded", "cut")
    assert fits(rounded, Of(number, base)) == "rounded"
    if bases(rounded, number):
        assert base in bases(rounded, number)


def test_what_a_part_can_be() -> None:
    """A blank has what is left; a share of a span is a span, and what no number gives is nearest."""
    kin = Kin({"a": "all", "b": "all", "of_a": "a"}, frozenset("ab"))
    share = Figure(50, 0, "%", CELL)
    parts = solve({"all": _count(200), "a": share, "of_a": share}, kin)
    assert {field: (one.low, one.high, one.source) for field, one in parts.items()} == {
        "all": (200, 200, "counted"),
        "a": (99, 100, "rounded"),
        "b": (0, 101, "blank"),
        "of_a": (50, 50, "rounded"),
    }
    wide = solve({"all": _count(1000), "of_a": _printed(334, 1000, 0)}, kin)["of_a"]
    assert (wide.low, wide.high, wide.source) == (0, 334, "rounded")
    everyone = share_of(known(22), Figure(100 + Fraction(1, 10**9), 9, "%", CELL))
    assert (everyone.low, everyone.high, everyone.source) == (22, 22, "rounded")
    few = share_of(known(22), Figure(33, 0, "%", CELL))
    assert (few.low, few.high, few.source) == (7, 8, "impossible")
    for loose in (False, True):
        none = share_of(known(22), Figure(120, 0, "%", CELL), loose=loose)
        assert (none.low, none.high, none.source) == (22, 22, "impossible")


@pytest.mark.parametrize("wrong", [_count(26), Figure(Fraction(1, 2), 1, "", CELL), _count(-1)])
def test_a_count_that_is_none_of_persons(wrong: Figure) -> None:
    assert solve({"exits": _count(25), "positive": wrong}, PLATFORM) == {}
    assert solve({"positive": _count(5)}, PLATFORM) == {}
