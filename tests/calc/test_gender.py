"""Women and men as cells give them: shares, balance within limits, gap in points."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc.gender import gap_points, is_balanced, women_share
from finsam_xl.errors import InputError
from finsam_xl.money import round_half_away
from support.properties import given

LIMIT = policy.on(date(2021, 12, 31)).impact_index.balance

BALANCE: dict[str, tuple[int, int, int, bool]] = {
    "participants, 382 and 405": (382, 405, 49, True),
    "steering groups, 11 and 9": (11, 9, 55, True),
    "the board, 4 and 6: exactly at the limit": (4, 6, 40, True),
    "6 and 4: exactly at the limit": (6, 4, 60, True),
    "positive solutions, 116 and 131": (116, 131, 47, True),
    "other solutions, 46 and 67": (46, 67, 41, True),
    "88 and 21": (88, 21, 81, False),
    "39 and 61": (39, 61, 39, False),
    "only women": (5, 0, 100, False),
}


@pytest.mark.parametrize("case", BALANCE)
def test_balance(case: str) -> None:
    """Both sexes within 40–60 %."""
    women, men, percent, balanced = BALANCE[case]
    assert round_half_away(100 * (women_share(women, men) or 0)) == percent
    assert is_balanced(women, men, limit=LIMIT) is balanced


GAPS: dict[str, tuple[tuple[int, int, int, int], int]] = {
    "treated well: 52 of 54 and 36 of 38": ((52, 54, 36, 38), 2),
    "support needed: 36 of 54 and 28 of 38": ((36, 54, 28, 38), 7),
    "taking part in deciding: 46 of 54 and 33 of 38": ((46, 54, 33, 38), 2),
    "time important: 24 of 26 and 13 of 16": ((24, 26, 13, 16), 11),
}


@pytest.mark.parametrize("case", GAPS)
def test_gap(case: str) -> None:
    """From exact counts, not the printed percentages."""
    counts, printed = GAPS[case]
    assert round_half_away(gap_points(*counts) or 0) == printed


def test_no_answer() -> None:
    """Blank, and nobody at all."""
    assert women_share(None, 5) is women_share(5, None) is women_share(0, 0) is None
    assert is_balanced(None, 5, limit=40) is is_balanced(0, 0, limit=40) is None
    assert gap_points(5, 6, None, 6) is gap_points(5, None, 5, 6) is gap_points(0, 0, 1, 2) is None


def test_bad_input_says_the_remedy() -> None:
    """A limit both cannot reach, negatives, more than all."""
    for limit in (51, -1):
        with pytest.raises(InputError, match=str(limit).replace("-", "−")) as raised:
            is_balanced(5, 5, limit=limit)
        assert "0–50" in raised.value.remedy
    with pytest.raises(InputError, match="−1") as raised:
        women_share(5, -1)
    assert raised.value.where == "Män"
    with pytest.raises(InputError, match="7 av 6") as raised:
        gap_points(7, 6, 1, 2)
    assert raised.value.where == "Kvinnor"


people = st.integers(0, 5000)


@given(people, people, st.fractions(0, 50, max_denominator=10))
def test_balance_does_not_know_who_is_who(women: int, men: int, limit: Fraction) -> None:
    """The sexes are treated alike, and the smaller share decides."""
    found = is_balanced(women, men, limit=limit)
    assert is_balanced(men, women, limit=limit) is found
    share = women_share(women, men)
    if share is not None:
        assert found is (100 * min(share, 1 - share) >= limit)


@given(st.tuples(people, people), st.tuples(people, people))
def test_gap_is_symmetric_and_within_100(one: tuple[int, int], other: tuple[int, int]) -> None:
    """And 0 between equals."""
    (low, high), (few, many) = sorted(one), sorted(other)
    gap = gap_points(low, high, few, many)
    assert gap == gap_points(few, many, low, high)
    assert gap is None or 0 <= gap <= 100
    assert gap_points(low, high, low, high) in (None, 0)
