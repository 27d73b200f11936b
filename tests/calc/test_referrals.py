"""Referrals and platform sums: tabell 1 and 2 of 2021, and what does not add up in them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.referrals import Referrals, total, yes_share
from finsam_xl.errors import InputError
from finsam_xl.money import round_half_away
from support.properties import given

PRINTED = {
    "Arbetsförmedlingen": (48, 37, 77), "Försäkringskassan": (24, 21, 88),
    "Socialtjänsten Umeå": (38, 29, 77), "Socialtjänsten Vännäs": (14, 13, 93),
    "Socialtjänsten Vindeln": (8, 4, 50), "Socialtjänsten Nordmaling": (10, 7, 70),
    "Socialtjänsten Robertsfors": (9, 6, 67), "Socialtjänsten Bjurholm": (4, 4, 100),
    "Regionen": (65, 50, 77), "Annan kommun Umeå": (7, 6, 86), "Annan kommun Vännäs": (2, 1, 50),
    "Annan kommun Vindeln": (2, 2, 100), "Annan kommun Nordmaling": (2, 2, 100),
    "Annan kommun Robertsfors": (3, 1, 33), "Annan kommun Bjurholm": (9, 8, 89),
}  # fmt: skip
# Socialtjänsten Umeå prints 77 % for 29 of 38, which is 76,3 %: the figure no count gives.
WRONG = "Socialtjänsten Umeå"
PARTIES = [Referrals(party, referred, yes) for party, (referred, yes, _) in PRINTED.items()]


@pytest.mark.parametrize("party", [party for party in PRINTED if party != WRONG])
def test_printed_yes_shares(party: str) -> None:
    """Of those the party itself referred."""
    referred, accepted, percent = PRINTED[party]
    assert round_half_away(100 * (yes_share(referred, accepted) or 0)) == percent


def test_printed_share_that_its_counts_do_not_give() -> None:
    """29 of 38 is 76 %, and 187 of 240 is the head's 78 %."""
    referred, accepted, _ = PRINTED[WRONG]
    assert round_half_away(100 * (yes_share(referred, accepted) or 0)) == 76
    assert round_half_away(100 * (yes_share(240, 187) or 0)) == 78


def test_parties_do_not_sum_to_the_head() -> None:
    """245 referred and 191 accepted in the rows, 240 and 187 in the head."""
    rows = total(PARTIES)
    assert (rows.referred, rows.accepted) == (245, 191)


def test_blank_and_nobody() -> None:
    """Blank is not zero; nobody referred has no share, nobody accepted has."""
    assert yes_share(None, 3) is yes_share(3, None) is yes_share(0, 0) is None
    assert yes_share(3, 0) == 0
    assert total([*PARTIES, Referrals("Ny", None, 0)]) == ("Totalt", None, 191)
    assert total([]) == ("Totalt", 0, 0)


def test_impossible_counts_are_refused_with_the_party() -> None:
    """More accepted than referred, and negatives."""
    with pytest.raises(InputError, match="5 har fått ja") as raised:
        _ = Referrals("Regionen", 4, 5).yes_share
    assert raised.value.where == "Regionen"
    assert raised.value.remedy
    for referred, accepted in ((-4, 0), (4, -1)):
        with pytest.raises(InputError, match="negativt"):
            yes_share(referred, accepted)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_yes_share_is_a_share(row: tuple[int, int]) -> None:
    """Never outside 0–1, and exact."""
    found = yes_share(*row)
    assert found == Fraction(row[1], row[0])
    assert 0 <= found <= 1
