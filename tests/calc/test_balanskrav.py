"""Balanskravsresultat: the statement of 2021, every post's sign, and what is left to restore."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc.balanskrav import POSTS, balanskrav, balanskravsresultat, deficits
from finsam_xl.errors import InputError, PolicyError
from finsam_xl.money import Exact
from finsam_xl.policy.loader import read_rules
from support.properties import given

RULES = policy.balanskrav(date(2021, 12, 31))


def test_2021_has_no_adjustments() -> None:
    """−209 941 before and after adjustments and reserve, all of it to restore."""
    found = balanskrav(-209941)
    assert list(found) == [-209941, -209941]
    assert found.to_restore == 209941
    assert balanskravsresultat([-209941, 0, 0, 0, 0, 0, 0, 0]) == -209941


def test_2020_is_positive() -> None:
    """16 827: nothing to restore."""
    assert balanskrav(16827).to_restore == 0


SIGNS = {
    "realisation_gains": (-1, -1),
    "gains_by_exception": (1, 1),
    "losses_by_exception": (1, 1),
    "unrealised_losses": (1, 1),
    "reversal": (-1, -1),
    "reserved_to_rur": (0, -1),
    "used_from_rur": (0, 1),
}


@pytest.mark.parametrize("post", SIGNS)
def test_sign_of_each_post(post: str) -> None:
    """Each post moves the result the rule's way; the reserve leaves the adjusted result alone."""
    adjusted, whole = SIGNS[post]
    posts: dict[str, Exact] = {post: 30}
    assert list(balanskrav(1000, **posts)) == [1000 + 30 * adjusted, 1000 + 30 * whole]
    row = [1000, *(30 if name == post else None for name in list(POSTS)[1:])]
    assert balanskravsresultat(row) == 1000 + 30 * whole


@pytest.mark.parametrize("post", SIGNS)
def test_negative_size_is_refused(post: str) -> None:
    """The rule gives the sign; a post that brings its own says where and what to write."""
    posts: dict[str, Exact] = {post: -1}
    with pytest.raises(InputError, match="negativt") as raised:
        balanskrav(0, **posts)
    assert raised.value.where == POSTS[post].capitalize()
    assert "utan minus" in raised.value.remedy


@pytest.mark.parametrize(
    "posts", [[], [1], [1] * 7, [1] * 9, [None, 0, 0, 0, 0, 0, 0, 0]],
    ids=["none", "one", "one too few", "one too many", "no result"],
)  # fmt: skip
def test_wrong_posts_are_refused_with_their_order(posts: list[int | None]) -> None:
    """Never taken as another post."""
    with pytest.raises(InputError, match="poster") as raised:
        balanskravsresultat(posts)
    assert "årets resultat, samtliga realisationsvinster" in raised.value.remedy


def test_oldest_deficit_is_restored_first() -> None:
    """Each deficit has three years; a surplus goes to the oldest one that still may use it."""
    first, second = deficits([(2019, -1000), (2020, -150), (2021, 900), (2022, 200)], RULES)
    assert [first.year, first.restored, first.remaining, first.last_year] == [2019, 1000, 0, 2022]
    assert [second.year, second.restored, second.remaining] == [2020, 100, 50]


def test_surplus_after_the_last_year_restores_nothing() -> None:
    """2023 is too late for 2019."""
    (deficit,) = deficits([(2019, -1000), (2022, 400), (2023, 5000)], RULES)
    assert deficit.remaining == 600


def test_no_deficits() -> None:
    """A surplus before a deficit is not saved for it."""
    assert deficits([], RULES) == []
    (deficit,) = deficits([(2020, 16827), (2021, -209941)], RULES)
    assert deficit.remaining == 209941


def test_years_out_of_order_are_refused() -> None:
    """Also the same year twice."""
    for years in ((2021, 2020), (2021, 2021)):
        with pytest.raises(InputError, match=f"År {years[1]}"):
            deficits([(year, -1) for year in years], RULES)


def test_rules_of_balanskravet() -> None:
    """Three years; every rule of the file is used, and none is guessed for earlier times."""
    assert list(RULES) == [3]
    assert policy.on(date(2021, 12, 31)).balanskrav == RULES
    assert set(policy.BalanskravRules._fields) == set(read_rules("balanskrav"))
    with pytest.raises(PolicyError):
        policy.balanskrav(date(2017, 12, 31))


amounts = st.fractions(-20_000, 20_000, max_denominator=100)
sizes = st.fractions(0, 5_000, max_denominator=100)


@given(amounts, st.lists(sizes, min_size=7, max_size=7))
def test_range_and_named_posts_agree(result: Fraction, others: list[Fraction]) -> None:
    """And the reserve is all that parts the two results."""
    named: dict[str, Exact] = dict(zip(list(POSTS)[1:], others, strict=True))
    found = balanskrav(result, **named)
    assert balanskravsresultat([result, *others]) == found.balanskravsresultat
    assert found.balanskravsresultat - found.after_adjustments == others[6] - others[5]


@given(st.lists(amounts, max_size=12))
def test_nothing_is_restored_twice(results: list[Fraction]) -> None:
    """What deficits got back is never more than they were, nor than the surpluses there were."""
    found = deficits(enumerate(results, start=2018), RULES)
    assert all(0 <= deficit.restored <= deficit.amount for deficit in found)
    assert sum(d.restored for d in found) <= sum(result for result in results if result > 0)
    assert sum(d.amount for d in found) == -sum(result for result in results if result < 0)
