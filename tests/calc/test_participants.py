"""Participants: the table of 2021, the base of each share, and what must always hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.participants import (
    KINDS,
    Base,
    Exits,
    exit_shares,
    remaining,
    remaining_gap,
    together,
)
from finsam_xl.errors import InputError
from finsam_xl.money import round_half_away
from support.properties import given

WOMEN = Exits(42, 10, 28, 21, 15, health=30, other=9)
MEN = Exits(35, 12, 29, 38, 17, health=21, other=12)
BOTH = together(WOMEN, MEN)


def test_totals_of_2021() -> None:
    """116 and 131 with a positive solution make 247; 155 and 164 exits make 319."""
    assert [part.positive for part in (WOMEN, MEN, BOTH)] == [116, 131, 247]
    assert [part.total for part in (WOMEN, MEN, BOTH)] == [155, 164, 319]
    assert Exits(77, 22, 57, 59, 32, 51, 21) == BOTH


PRINTED = {
    "positive": (77, Base.EXITS), "work": (31, Base.POSITIVE), "extratjanst": (9, Base.POSITIVE),
    "studies": (23, Base.POSITIVE), "rehabilitation": (24, Base.POSITIVE),
    "no_work_ability": (13, Base.POSITIVE), "health": (16, Base.EXITS), "other": (7, Base.EXITS),
}  # fmt: skip


def test_printed_percentages_of_2021() -> None:
    """Each with the base that is part of it."""
    found = {
        part.kind: (int(round_half_away(100 * (part.share or 0))), part.base)
        for part in exit_shares(BOTH)
    }
    assert found == PRINTED
    assert list(found) == list(KINDS)
    assert {part.base_number for part in exit_shares(BOTH)} == {247, 319}


def test_remaining_of_2021_misses_by_two() -> None:
    """787 with 187 new and 319 exits leave 468; the report says 466."""
    assert remaining(787 - 187, 187, 319) == 468
    assert remaining_gap(787 - 187, 187, 319, 466) == -2
    assert remaining_gap(787 - 187, 187, 319, 383 + 83 + 2) == 0


def test_blank_is_not_zero() -> None:
    """What it is part of is not known, what it is not part of is."""
    assert (
        remaining(None, 187, 319) is remaining(600, None, 319) is remaining(600, 187, None) is None
    )
    assert remaining_gap(600, 187, 319, None) is None
    without_health = BOTH._replace(health=None)
    assert without_health.total is None
    assert without_health.positive == 247
    shares = {part.kind: part.share for part in exit_shares(without_health)}
    assert shares["work"] == Fraction(77, 247)
    assert shares["positive"] is shares["health"] is shares["other"] is None
    assert together(WOMEN, MEN._replace(work=None)).work is None


def test_nobody_left() -> None:
    """0 of 0 has no share; and more exits than persons is shown as it is."""
    assert {part.share for part in exit_shares(Exits(*[0] * 7))} == {None}
    assert remaining(1, 1, 3) == -1


def test_negative_numbers_are_refused_where_they_stand() -> None:
    """In Swedish, with the kind."""
    with pytest.raises(InputError, match="-5") as raised:
        exit_shares(BOTH._replace(health=-5))
    assert raised.value.where == "Avbrott av hälsoskäl"
    with pytest.raises(InputError) as raised:
        remaining(600, -1, 0)
    assert raised.value.where == "Nya"
    with pytest.raises(InputError):
        together(WOMEN, MEN._replace(work=-1))


counts = st.integers(0, 10_000)
exits = st.builds(Exits, *[counts] * 7)


@given(counts, counts, counts)
def test_remaining_and_exits_are_opening_and_new(opening: int, new: int, left: int) -> None:
    """Nobody is lost."""
    rest = remaining(opening, new, left)
    assert rest is not None
    assert rest + left == opening + new
    assert remaining_gap(opening, new, left, rest) == 0


@given(exits, exits)
def test_women_and_men_make_all(women: Exits, men: Exits) -> None:
    """In positive solutions, in exits and in each kind."""
    both = together(women, men)
    assert both.total == known_sum(women.total, men.total)
    assert both.positive == known_sum(women.positive, men.positive)


@given(exits)
def test_shares_of_one_base_sum_to_one(left: Exits) -> None:
    """Solutions of the positive; positive, health and other of all exits."""
    for base in Base:
        shares = [part.share for part in exit_shares(left) if part.base is base]
        known = [one for one in shares if one is not None]
        assert not known or sum(known) == 1
