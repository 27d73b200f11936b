"""Printed percentages: which ones whole numbers can give, with the platforms of 2021."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.shares import (
    PrintedShare,
    nearest_counts,
    possible_counts,
    possible_percentages,
    share,
)
from finsam_xl.errors import InputError
from finsam_xl.money import round_half_away
from support.properties import given


def test_share() -> None:
    """Exact; blank and a whole of 0 have none, a part of 0 has."""
    assert share(247, 319) == Fraction(247, 319)
    assert share(0, 319) == 0
    assert share(None, 319) is share(5, None) is share(5, 0) is share(0, 0) is None


def test_33_per_cent_of_22_is_impossible() -> None:
    """The nearest are 7 of 22 (32 %) and 8 of 22 (36 %)."""
    assert len(possible_counts(33, 22)) == 0
    assert nearest_counts(33, 22) == (
        PrintedShare(7, 22, Decimal(32)), PrintedShare(8, 22, Decimal(36)),
    )  # fmt: skip
    assert Decimal(33) not in possible_percentages(22)


PLATFORMS = {
    "Ungdomstorget": (82, 84, 69, 30, 21, 36, 25),
    "Vuxentorget": (127, 74, 94, 36, 34, 21, 20),
    "Vännäs": (33, 76, 25, 40, 10, 12, 3),
    "Vindeln": (12, 58, 7, 14, 1, 0, 0),
    "Nordmaling": (27, 70, 19, 16, 3, 26, 5),
    "Robertsfors, as its text says": (26, 85, 22, 27, 6, 14, 3),
    "Bjurholm": (12, 92, 11, 18, 2, 9, 1),
}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_printed_percentages_give_one_count_each(platform: str) -> None:
    """Positive solutions of all exits, work and studies of the positive solutions."""
    exits, positive, solved, work, worked, studies, studied = PLATFORMS[platform]
    assert list(possible_counts(positive, exits)) == [solved]
    assert list(possible_counts(work, solved)) == [worked]
    assert list(possible_counts(studies, solved)) == [studied]


def test_counts_behind_the_percentages_give_the_totals() -> None:
    """319 exits, 247 positive, 77 to work, 57 to studies."""
    columns = list(zip(*PLATFORMS.values(), strict=True))
    assert [sum(columns[place]) for place in (0, 2, 4, 6)] == [319, 247, 77, 57]


def test_exact_percentage_has_one_nearest() -> None:
    """50 % of 22 is 11, and 0 and 100 % always are."""
    assert nearest_counts(50, 22) == (PrintedShare(11, 22, Decimal(50)),)
    assert [near.number for near in nearest_counts(0, 22) + nearest_counts(100, 22)] == [0, 22]


def test_half_is_rounded_away_from_zero() -> None:
    """1 of 200 is 0,5 % and prints 1; 1 of 201 prints 0."""
    assert list(possible_counts(1, 200)) == [1, 2]
    assert list(possible_counts(0, 200)) == [0]
    assert list(possible_counts(0, 201)) == [0, 1]


def test_decimals() -> None:
    """With one decimal 31,8 % is 7 of 22 and 32,0 % is none of it."""
    assert list(possible_counts(Decimal("31.8"), 22, decimals=1)) == [7]
    assert list(possible_counts(32, 22, decimals=1)) == []
    assert possible_percentages(3, 2) == tuple(map(Decimal, ("0.00", "33.33", "66.67", "100.00")))


def test_nobody() -> None:
    """Of 0 persons there is no percentage."""
    assert possible_percentages(0) == nearest_counts(33, 0) == ()
    assert len(possible_counts(0, 0)) == 0


def test_large_bases_cost_nothing() -> None:
    """No counting through a trillion persons."""
    base = 10**12
    assert possible_percentages(base) == tuple(map(Decimal, range(101)))
    assert len(possible_counts(33, base)) == base // 100
    below, above = nearest_counts(33, base + 1)
    assert (below.number, above.number) == (33 * base // 100, 33 * base // 100 + 1)


@pytest.mark.parametrize(
    ("percent", "base", "decimals", "said"),
    [(-1, 22, 0, "0–100"), (101, 22, 0, "0–100"), (33, -1, 0, "heltal"), (33, 22, -1, "0 eller"),
     (Fraction(67, 2), 22, 0, "decimaler")],
    ids=["below 0", "above 100", "negative base", "negative decimals", "more decimals than said"],
)  # fmt: skip
def test_bad_input_says_the_remedy(
    percent: int | Fraction, base: int, decimals: int, said: str
) -> None:
    """Both ways of asking."""
    for asked in (possible_counts, nearest_counts):
        with pytest.raises(InputError) as raised:
            asked(percent, base, decimals)
        assert said in raised.value.remedy


bases = st.integers(1, 400)
printed = st.integers(0, 1000)


def _counted(percent: Decimal, base: int, decimals: int) -> list[int]:
    """The slow way: every count."""
    return [
        number
        for number in range(base + 1)
        if round_half_away(Fraction(100 * number, base), decimals) == percent
    ]


@given(printed, bases, st.integers(0, 1))
def test_counts_are_those_that_print_so(percent: int, base: int, decimals: int) -> None:
    """Arithmetic and counting agree, and so do counts and percentages."""
    asked = Decimal(percent).scaleb(-decimals) if decimals else Decimal(percent // 10)
    found = list(possible_counts(asked, base, decimals))
    assert found == _counted(asked, base, decimals)
    assert (asked in possible_percentages(base, decimals)) == bool(found)


@given(bases, st.integers(0, 1))
def test_possible_percentages_are_what_counts_print(base: int, decimals: int) -> None:
    """In order, each once."""
    slow = {round_half_away(Fraction(100 * n, base), decimals) for n in range(base + 1)}
    assert list(possible_percentages(base, decimals)) == sorted(slow)


@given(printed, st.integers(1, 10**9))
def test_nearest_counts_bracket_the_percentage(tenths: int, base: int) -> None:
    """At most one person apart; if any count prints so, one of the nearest does."""
    percent = Decimal(tenths).scaleb(-1)
    near = nearest_counts(percent, base, 1)
    assert near[-1].number - near[0].number == len(near) - 1 <= 1
    assert 100 * near[0].number <= Fraction(percent) * base <= 100 * near[-1].number
    assert 0 <= near[0].number <= near[-1].number <= base
    assert bool(possible_counts(percent, base, 1)) == (percent in {one.percent for one in near})
