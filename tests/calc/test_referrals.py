"""Referrals and platform sums: tabell 1 and 2 of 2021, and what does not add up in them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.platform_sums import sum_gap
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
    gap = sum_gap("aktualiserade", {row.party: row.referred for row in PARTIES}, 240)
    assert [gap.calculated, gap.difference, *gap.missing] == [245, -5]
    gap = sum_gap("ja", {row.party: row.accepted for row in PARTIES}, 187)
    assert gap.difference == -4


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


EXITS = {"Ungdomstorget": 82, "Vuxentorget": 127, "Vännäs": 33, "Vindeln": 12, "Nordmaling": 27,
         "Robertsfors": 26, "Bjurholm": 12}  # fmt: skip


def test_platforms_of_2021() -> None:
    """Exits give 319; who Bjurholm lost for health is blank, so the 51 cannot be checked."""
    health = {"Ungdomstorget": 10, "Vuxentorget": 27, "Vännäs": 6, "Vindeln": 3, "Nordmaling": 4,
              "Robertsfors": 1}  # fmt: skip
    exits_gap = sum_gap("avslut", EXITS, 319)
    assert exits_gap.difference == 0
    assert not exits_gap.missing
    health_gap = sum_gap("hälsoskäl", {name: health.get(name) for name in EXITS}, 51)
    assert (health_gap.difference, health_gap.missing) == (None, ("Bjurholm",))
    assert sum_gap("hälsoskäl", {**health, "Bjurholm": 0}, 51).difference == 0


def test_figures_that_are_not_there() -> None:
    """A figure no platform has is missing everywhere; without platforms nothing is calculated."""
    gap = sum_gap("kvar", {"Umeå": None, "krans": None}, 466)
    assert (gap.calculated, gap.missing) == (None, ("Umeå", "krans"))
    assert sum_gap("kvar", {}, 466).calculated is None
    assert sum_gap("kvar", {"Umeå": 383, "krans": 83}, None).difference is None
    assert sum_gap("kvar", {"Umeå": 383, "krans": 83}, None).calculated == 466


parts = st.dictionaries(st.text(max_size=4), st.integers(0, 5000), min_size=1, max_size=8)


@given(parts, st.integers(-50, 50))
def test_difference_is_what_was_added(numbers: dict[str, int], extra: int) -> None:
    """Stated − calculated, whatever the order."""
    gap = sum_gap("avslut", numbers, sum(numbers.values()) + extra)
    assert gap.difference == extra
    backwards = dict(reversed(numbers.items()))
    assert sum_gap("avslut", backwards, 0).calculated == gap.calculated


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_yes_share_is_a_share(row: tuple[int, int]) -> None:
    """Never outside 0–1, and exact."""
    found = yes_share(*row)
    assert found == Fraction(row[1], row[0])
    assert 0 <= found <= 1
