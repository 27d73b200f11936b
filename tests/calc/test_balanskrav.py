"""Balanskravsresultat: the statement of 2021, and every post's sign."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.balanskrav import POSTS, balanskrav, balanskravsresultat
from finsam_xl.errors import InputError
from finsam_xl.money import Exact
from support.properties import given


def test_2021_has_no_adjustments() -> None:
    """−209 941 before and after adjustments and reserve."""
    found = balanskrav(-209941)
    assert list(found) == [-209941, -209941]
    assert balanskravsresultat([-209941, 0, 0, 0, 0, 0, 0, 0]) == -209941


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


amounts = st.fractions(-20_000, 20_000, max_denominator=100)
sizes = st.fractions(0, 5_000, max_denominator=100)


@given(amounts, st.lists(sizes, min_size=7, max_size=7))
def test_range_and_named_posts_agree(result: Fraction, others: list[Fraction]) -> None:
    """And the reserve is all that parts the two results."""
    named: dict[str, Exact] = dict(zip(list(POSTS)[1:], others, strict=True))
    found = balanskrav(result, **named)
    assert balanskravsresultat([result, *others]) == found.balanskravsresultat
    assert found.balanskravsresultat - found.after_adjustments == others[6] - others[5]
