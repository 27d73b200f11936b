"""Member fees: DOMAIN 1 with the figures of the documents, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc.fees import (
    FeeShare,
    Rounding,
    fees,
    financing,
    quarter,
    rounding_gap,
    shares_from_amounts,
    to_date,
)
from finsam_xl.errors import InputError, PolicyError
from finsam_xl.money import round_half_away
from finsam_xl.policy.loader import read_rules
from finsam_xl.words.parties import PAYERS, Party
from support.properties import given

LAW = policy.membership_fees(date(2019, 1, 1))


def key(*percentages: str) -> list[Decimal]:
    """Percentages as the documents print them."""
    return [Decimal(text.replace(",", ".")) for text in percentages]


def paid(shares: Sequence[FeeShare]) -> list[int]:
    """The fees alone, as whole numbers."""
    return [int(share.fee) for share in shares]


# In the order of the documents: Umeå, Vännäs, Nordmaling, Vindeln, Robertsfors, Bjurholm.
KEY_2019 = key("82,36", "5,11", "4,18", "3,11", "3,87", "1,37")
# Umeå, Vännäs, Nordmaling, Robertsfors, Vindeln, Bjurholm.
KEY_2021 = key("82,93", "5,13", "3,98", "3,74", "2,93", "1,29")
LAPPLAND = [326, 79, 71, 154, 179, 66, 63]


class Case(NamedTuple):
    """Keys, quarter, rounding and the fees."""

    keys: Sequence[int | Decimal]
    quarter: int | Fraction
    rounding: str
    fees: list[int]


CASES = {
    "2019 in tkr, each on its own (the document cuts Robertsfors' 110,8 to 110)": Case(
        KEY_2019, Fraction(5725, 2), "half_up", [2358, 146, 120, 89, 111, 39]),
    "2019 in tkr sums to 2 863, the quarter 2 862,5 rounded": Case(
        KEY_2019, Fraction(5725, 2), "largest_remainder", [2358, 146, 120, 89, 111, 39]),
    "2019 in kr sums to 2 862 500": Case(
        KEY_2019, 2862500, "largest_remainder", [2357555, 146274, 119652, 89024, 110779, 39216]),
    "2021 in kr as note 2 prints it": Case(
        KEY_2021, 2845000, "half_up", [2359359, 145949, 113231, 106403, 83359, 36701]),
    "2021 in kr: of four equal halves the first two are raised": Case(
        KEY_2021, 2845000, "largest_remainder", [2359359, 145949, 113231, 106403, 83358, 36700]),
    "Södra Lappland 2024, its own amounts as key": Case(
        LAPPLAND, 938, "largest_remainder", LAPPLAND),
    "Södra Lappland 2024, each on its own": Case(LAPPLAND, 938, "half_up", LAPPLAND),
    "a municipality with key 0 pays nothing": Case([2, 0, 1], 100, "largest_remainder", [67, 0, 33]),
    "one municipality pays the whole quarter": Case([90412], 2845, "largest_remainder", [2845]),
    "three equal ones: the first gets the odd krona": Case(
        [1, 1, 1], 100, "largest_remainder", [34, 33, 33]),
    "nothing to share": Case([3, 1], 0, "largest_remainder", [0, 0]),
    "half up rounds a half away from zero": Case([1, 1], 5, "half_up", [3, 3]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_worked_fees(case: str) -> None:
    """The fees in the order of the keys."""
    asked = CASES[case]
    assert paid(fees(asked.keys, asked.quarter, asked.rounding)) == asked.fees


def test_pool_of_2019() -> None:
    """11 450 tkr: 5 725 from the state, 2 862,5 each from region and municipalities."""
    assert quarter(11450) == Fraction(5725, 2)
    assert [financing(11450, party, LAW) for party in PAYERS] == [
        5725, Fraction(5725, 2), Fraction(5725, 2),
    ]  # fmt: skip


def test_pool_of_lappland() -> None:
    """3 752 tkr: 1 876 / 938 / 938."""
    found = [financing(3752, party, LAW) for party in ("state", "region", "municipalities")]
    assert found == [1876, 938, 938]


def test_note_2_of_2021_prints_a_sum_its_parts_do_not_give() -> None:
    """Each part on its own gives 11 380 002; by largest remainder it is 11 380 000."""
    whole, part = financing(11380000, "state", LAW), quarter(11380000)
    for rounding, total in (("half_up", 11380002), ("largest_remainder", 11380000)):
        shares = fees(KEY_2021, part, rounding)
        assert whole + part + Fraction(sum(share.fee for share in shares)) == total
        assert rounding_gap(shares, part) == total - 11380000


def test_gap_of_printed_fees() -> None:
    """Figures read from a sheet are measured as well: 2019 misses half a thousand."""
    assert rounding_gap([2358, 146, 120, 89, 110, 39], Fraction(5725, 2)) == Fraction(-1, 2)
    assert rounding_gap([], 5) == -5


def test_shares_of_lappland_come_from_its_amounts() -> None:
    """No key is printed: Lycksele pays 34,75 %, Dorotea 6,72 % of the quarter."""
    shares = shares_from_amounts(LAPPLAND)
    assert shares[0] == Fraction(326, 938)
    shown = [str(round_half_away(100 * share, 2)) for share in shares]
    assert shown == ["34.75", "8.42", "7.57", "16.42", "19.08", "7.04", "6.72"]
    assert sum(shares) == 1


def test_a_share_tells_its_part_its_exact_amount_and_its_fee() -> None:
    """Robertsfors 2019: 3,87 % of 2 862,5 is 110,77875."""
    robertsfors = fees(KEY_2019, Fraction(5725, 2), "half_up")[4]
    assert robertsfors == FeeShare(Fraction(387, 10000), Fraction("110.77875"), Decimal(111))


@pytest.mark.parametrize(
    ("fee", "tertial", "expected"),
    [(5725, 1, Fraction(5725, 3)), (5725, 2, Fraction(11450, 3)), (2358, 2, 1572), (2358, 3, 2358)],
    ids=["T1 is 4/12", "T2 is 8/12", "Umeå T2 2019 is 1 572", "T3 is the year"],
)
def test_fee_to_date(fee: int, tertial: int, expected: Fraction | int) -> None:
    """The part of the year that has passed."""
    assert to_date(fee, tertial) == expected


REFUSED: dict[str, tuple[list[int | None], str]] = {
    "a key is missing": ([5, None, 3], "Nyckel nr 2: Värdet saknas"),
    "a key is negative": ([5, 2, -3], "Nyckel nr 3: Värdet −3 är negativt"),
    "all keys are 0": ([0, 0], "Nyckel nr 1–2: Alla värden är 0"),
    "there are no keys": ([], "Nyckel: Alla värden är 0"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unusable_keys_are_refused_with_their_place(case: str) -> None:
    """Never a guess: which key, what is wrong, what to do."""
    keys, said = REFUSED[case]
    for rounding in Rounding:
        with pytest.raises(InputError) as raised:
            fees(keys, 100, rounding)
        assert str(raised.value).startswith(said)
        assert raised.value.remedy


def test_unusable_amounts_are_called_amounts() -> None:
    """The same refusal in the words of what was given."""
    with pytest.raises(InputError, match="saknas") as raised:
        shares_from_amounts([326, None])
    assert raised.value.where == "Belopp nr 2"


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    """Rounding, party and tertial."""
    with pytest.raises(InputError) as rounding:
        fees([1], 1, "nearest")
    assert "largest_remainder, half_up" in str(rounding.value)
    with pytest.raises(InputError) as party:
        financing(1, "county", LAW)
    assert "state, region, municipalities" in str(party.value)
    for tertial in (0, 4):
        with pytest.raises(InputError, match=f"Tertial {tertial}"):
            to_date(1, tertial)


def test_rules_of_the_law() -> None:
    """50, 25 and 25 per cent, in force since 2004, each from its own rule and all of them used."""
    assert list(LAW) == [50, 25, 25]
    assert policy.on(date(2021, 12, 31)).membership_fees == LAW
    assert set(policy.MembershipFeeRules._fields) == set(read_rules("membership_fees"))
    with pytest.raises(PolicyError):
        policy.membership_fees(date(2003, 12, 31))


populations = st.lists(st.integers(0, 200_000), min_size=1, max_size=20).filter(any)
quarters = st.fractions(0, 5_000_000, max_denominator=4)


@given(populations, quarters)
def test_largest_remainder_sums_to_the_quarter(keys: list[int], whole: Fraction) -> None:
    """To the krona: the quarter itself, rounded only if it is not whole."""
    found = fees(keys, whole, "largest_remainder")
    assert sum(share.fee for share in found) == round_half_away(whole)
    assert rounding_gap(found, whole) == Fraction(round_half_away(whole)) - whole


@given(populations, quarters)
def test_every_fee_is_near_its_exact_amount(keys: list[int], whole: Fraction) -> None:
    """Less than one unit by largest remainder, at most half a unit half up."""
    for share in fees(keys, whole, "largest_remainder"):
        assert abs(Fraction(share.fee) - share.exact) < 1
    halves = fees(keys, whole, "half_up")
    for share in halves:
        assert abs(Fraction(share.fee) - share.exact) <= Fraction(1, 2)
    assert abs(rounding_gap(halves, whole)) <= Fraction(len(keys), 2)


@given(populations, quarters, st.sampled_from(Rounding))
def test_shares_are_parts_of_the_whole(keys: list[int], whole: Fraction, rounding: str) -> None:
    """Shares sum to one, exact amounts to the quarter, and who has key 0 pays nothing."""
    found = fees(keys, whole, rounding)
    assert sum(share.share for share in found) == 1
    assert sum(share.exact for share in found) == whole
    assert [share.share for share in found] == shares_from_amounts(keys)
    assert all(share.fee == 0 for share, part in zip(found, keys, strict=True) if part == 0)
    assert all(share.fee >= 0 for share in found)


@given(populations.flatmap(lambda k: st.tuples(st.just(k), st.permutations(k))), quarters)
def test_order_matters_only_between_ties(
    both: tuple[list[int], list[int]], whole: Fraction
) -> None:
    """Half up never; by largest remainder the same fees are paid, by one of equal remainders."""
    given_order, other = both
    for rounding in Rounding:
        one, two = fees(given_order, whole, rounding), fees(other, whole, rounding)
        assert sorted((s.exact % 1, s.fee - int(s.exact)) for s in one) == sorted(
            (s.exact % 1, s.fee - int(s.exact)) for s in two
        )
        if len({share.exact % 1 for share in one}) == len(one) or rounding is Rounding.HALF_UP:
            assert sorted(one) == sorted(two)


@given(populations, quarters)
def test_larger_key_never_pays_less(keys: list[int], whole: Fraction) -> None:
    """Half up: fees follow the keys' order."""
    pairs = sorted(zip(keys, paid(fees(keys, whole, "half_up")), strict=True))
    assert [fee for _, fee in pairs] == sorted(fee for _, fee in pairs)


@given(populations, quarters, st.integers(1, 1000), st.sampled_from(Rounding))
def test_only_proportions_count(
    keys: list[int], whole: Fraction, times: int, rounding: str
) -> None:
    """Persons or thousands of persons, the fees are the same."""
    assert fees([part * times for part in keys], whole, rounding) == fees(keys, whole, rounding)


@given(st.lists(st.integers(0, 5_000_000), min_size=1, max_size=20).filter(any))
def test_amounts_as_key_give_themselves_back(amounts: list[int]) -> None:
    """A key derived from fees gives those fees, under either rounding."""
    for rounding in Rounding:
        assert paid(fees(shares_from_amounts(amounts), sum(amounts), rounding)) == amounts


@given(st.fractions(0, 50_000_000, max_denominator=100))
def test_parties_pay_the_pool(pool: Fraction) -> None:
    """Exactly, and the municipalities' part is the quarter."""
    assert sum(financing(pool, party, LAW) for party in PAYERS) == pool
    assert financing(pool, Party.MUNICIPALITIES, LAW) == quarter(pool)


@given(st.fractions(0, 5_000_000))
def test_tertials_are_thirds_of_the_year(fee: Fraction) -> None:
    """Equal steps up to the whole fee."""
    first, second, year = (to_date(fee, tertial) for tertial in (1, 2, 3))
    assert second - first == year - second == first
    assert year == fee
