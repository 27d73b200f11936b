"""What happens to fees: figures of the documents and by hand, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc.fee_changes import Keyed, Pot, Scenario
from finsam_xl.calc.fee_scenario import Result, leaving, one_percent_more, outcome
from finsam_xl.calc.fee_split import Split, split
from finsam_xl.calc.fees import Rounding
from finsam_xl.errors import InputError
from finsam_xl.model import Ref
from finsam_xl.model_budget import FeeParty, FeesTable, Scope
from finsam_xl.words.parties import Party
from support.properties import given

RULES = policy.membership_fees(date(2024, 12, 31))
PEOPLE = "Invånare 16–64 år"
Number = int | str | Fraction


def party(
    name: str, key: Number | None, fee: Number | None, kind: Party = Party.MUNICIPALITIES
) -> FeeParty:
    known = [None if number is None else Fraction(number) for number in (key, fee)]
    return FeeParty(name, kind, known[0], known[1], Ref("Avgifter", "A4"))


def table(
    *municipal: FeeParty, pot: Number | None, header: str = PEOPLE, unit: str = "kr",
    of_all: bool = False,
) -> FeesTable:  # fmt: skip
    """A table of fees; ``of_all``: the state and the region stand in it, and have no fees yet."""
    others = [party("Staten", None, None, Party.STATE), party("Regionen", None, None, Party.REGION)]
    return FeesTable(
        2026,
        unit,
        None if pot is None else Fraction(pot),
        tuple([*others, *municipal] if of_all else municipal),
        Scope.EVERYONE if of_all else Scope.MUNICIPALITIES,
        header,
    )


def by_keys(*keys: Number, pot: Number, header: str = PEOPLE, of_all: bool = False) -> Split:
    """Municipalities A, B, … with keys and no fees yet."""
    members = [party(name, key, None) for name, key in zip("ABCDEFGHIJ", keys, strict=False)]
    return split(table(*members, pot=pot, header=header, of_all=of_all), RULES)


def fees(result: Result, year: int = -1) -> dict[str, Fraction | int | None]:
    """What each pays in a year."""
    return {
        one.name: None if one.after[year] is None else one.after[year].fee  # type: ignore[union-attr]
        for one in result.effects
    }


def joins(name: str, key: Number, years: int = 1, *, is_percent: bool = False) -> Scenario:
    return Scenario(joins=(Keyed(name, Fraction(key), is_percent),), years=years)


# Documents --------------------------------------------------------------------------------------

LAPPLAND = {
    "Lycksele": 326, "Malå": 79, "Åsele": 71, "Storuman": 154, "Vilhelmina": 179, "Sorsele": 66,
    "Dorotea": 63,
}  # fmt: skip
UMEA = {
    "Umeå": ("82.93", 2359359), "Vännäs": ("5.13", 145949), "Nordmaling": ("3.98", 113231),
    "Robertsfors": ("3.74", 106403), "Vindeln": ("2.93", 83359), "Bjurholm": ("1.29", 36701),
}  # fmt: skip


@pytest.fixture
def lappland() -> Split:
    """Plan 2024: no key is printed; 1 876 from the state, 938 from region and municipalities."""
    others = [party("FK", None, 1876, Party.STATE), party("RV", None, 938, Party.REGION)]
    municipal = [party(name, None, fee) for name, fee in LAPPLAND.items()]
    return split(
        FeesTable(2024, "tkr", Fraction(3752), (*others, *municipal), Scope.EVERYONE, ""),
        RULES,
    )


@pytest.fixture
def umea() -> Split:
    """Note 2 of 2021, in kronor: 11 380 000, of which 2 845 000 from the municipalities."""
    others = [party("FK", None, 5690000, Party.STATE), party("RV", None, 2845000, Party.REGION)]
    municipal = [party(name, key, fee) for name, (key, fee) in UMEA.items()]
    return split(
        FeesTable(2021, "kr", Fraction(11380000), (*others, *municipal), Scope.EVERYONE, "Nyckel"),
        RULES,
    )


def test_dorotea_leaves(lappland: Split) -> None:
    """938 by 326, 79, 71, 154, 179 and 66 of 875: 349,47, 84,69, 76,11, 165,09, 191,89, 70,75."""
    result = outcome(lappland, Scenario(leaves=("Dorotea kommun",)))
    assert fees(result) == {
        "FK": 1876, "RV": 938, "Lycksele": 349, "Malå": 85, "Åsele": 76, "Storuman": 165,
        "Vilhelmina": 192, "Sorsele": 71, "Dorotea": None,
    }  # fmt: skip
    changes = {one.name: one.change() for one in result.municipal}
    assert changes == {
        "Lycksele": 23, "Malå": 6, "Åsele": 5, "Storuman": 11, "Vilhelmina": 13, "Sorsele": 5,
        "Dorotea": -63,
    }  # fmt: skip
    assert result.years[-1].paid == result.before.paid == 938


def test_a_pot_of_4_000(lappland: Split) -> None:
    """2 000, 1 000 and 1 000; Lycksele 326/938 of that is 347,5 and Vilhelmina 190,8."""
    found = fees(outcome(lappland, Scenario(pot=Pot(Fraction(4), "mkr"))))
    assert (found["FK"], found["RV"]) == (2000, 1000)
    assert (found["Lycksele"], found["Vilhelmina"]) == (348, 191)


def test_of_everybody_lycksele_costs_the_others_most(lappland: Split) -> None:
    """Its own 326, shared by 612: Vilhelmina's 179 become 274,35, which is 95 more."""
    found = {one.name: one for one in leaving(lappland)}
    assert {name: one.more for name, one in found.items()} == LAPPLAND
    worst = found["Lycksele"].most
    assert worst is not None
    assert (worst.name, worst.change()) == ("Vilhelmina", 95)


def test_the_rounding_of_note_2_is_kept(umea: Split) -> None:
    """Each on its own, so that the parts are 2 kronor more than they should; a share is of all."""
    assert umea.rounding == Rounding.HALF_UP
    assert (umea.step, umea.whole) == (Fraction(1), Fraction(100))
    assert umea.off_key == []
    result = outcome(umea, joins("Dorotea", "2.4"))
    assert result.before.rounding == 2
    # 97,6 % of 82,93 % of 2 845 000, and 2,4 % of it.
    assert fees(result)["Umeå"] == 2302734
    assert fees(result)["Dorotea"] == 68280
    keys = {one.name: one.after[-1].key for one in result.municipal if one.after[-1]}
    assert (keys["Umeå"], keys["Dorotea"]) == (Fraction("80.93968"), Fraction("2.4"))


def test_2019_cut_robertsfors() -> None:
    """110,8 is printed as 110: the book's fee stands before, and what the key gives is told."""
    keys = ("82.36", "5.11", "4.18", "3.11", "3.87", "1.37")
    stated = (2358, 146, 120, 89, 110, 39)
    municipal = [party(n, k, f) for n, k, f in zip("UVNIRB", keys, stated, strict=True)]
    found = split(table(*municipal, pot="2862.5", header="Nyckel", unit="tkr"), RULES)
    assert [(member.name, fee) for member, fee in found.off_key] == [("R", Fraction(111))]
    assert not found.follows_fees
    assert [member.fee for member in found.members] == list(stated)


def test_2020_does_not_follow_its_key() -> None:
    """82,0 of 99,3 % of 2 845 are 2 349, not 2 353: then parts are as the fees are."""
    keys, stated = ("82", "5.2", "4", "3", "3.8", "1.3"), (2353, 148, 114, 85, 108, 37)
    municipal = [party(n, k, f) for n, k, f in zip("UVNIRB", keys, stated, strict=True)]
    found = split(table(*municipal, pot=2845, header="Nyckel", unit="tkr"), RULES)
    assert found.follows_fees
    assert list(fees(outcome(found, Scenario(pot=Pot(Fraction(2845))))).values()) == list(stated)


# By hand ----------------------------------------------------------------------------------------


def test_phased_in_by_thirds() -> None:
    """Keys 300 and 600, a newcomer's 300: a tenth, 2/11 and a fourth of 9 900."""
    result = outcome(by_keys(300, 600, pot=9900), joins("N", 300, 3))
    assert [fees(result, year)["N"] for year in range(3)] == [990, 1800, 2475]
    assert [fees(result, year)["A"] for year in range(3)] == [2970, 2700, 2475]
    assert [one.after[0].key for one in result.municipal if one.name == "N" if one.after[0]] == [
        300
    ]


def test_a_new_key() -> None:
    """A has 900 of 1 500 instead of 300 of 900."""
    scenario = Scenario(keys=(Keyed("a KOMMUN", Fraction(900)),))
    assert fees(outcome(by_keys(300, 600, pot=3000), scenario)) == {"A": 1800, "B": 1200}


def test_a_share_of_a_count_of_people() -> None:
    """A newcomer with a tenth of all leaves nine tenths to the others."""
    result = outcome(by_keys(300, 600, pot=3000), joins("N", 10, is_percent=True))
    assert fees(result) == {"A": 900, "B": 1800, "N": 300}


def test_per_head() -> None:
    """Kronor for each of 300, also where fees are in tkr; not of a key that counts nobody."""
    people = by_keys(300, 600, pot=900)
    assert people.per_head(300, 300) == 1
    tkr = split(table(party("A", 300, None), pot=900, unit="tkr"), RULES)
    assert tkr.per_head(300, 900) == 3000
    assert by_keys(300, 600, pot=900, header="Nyckel").per_head(300, 300) is None


def test_one_percent_more() -> None:
    """Of the pot, so of each part."""
    result = one_percent_more(by_keys(300, 600, pot=4 * 90000, of_all=True))
    assert {one.name: one.change() for one in result.effects} == {
        "Staten": 1800, "Regionen": 900, "A": 300, "B": 600,
    }  # fmt: skip


def test_fees_in_steps_of_a_thousand() -> None:
    """An office that rounds to whole thousands goes on doing so."""
    members = [party("A", 300, 17000), party("B", 600, 33000)]
    found = split(table(*members, pot=50000), RULES)
    assert found.step == 1000
    assert fees(outcome(found, joins("N", 100))) == {"A": 15000, "B": 30000, "N": 5000}


def test_without_a_pot_the_fees_are_what_is_split() -> None:
    """Their sum is the municipalities' own pot."""
    found = split(table(party("A", 1, 100), party("B", 1, 100), pot=None, header="Nyckel"), RULES)
    assert (found.part, found.has_pot) == (Fraction(200), False)


# What cannot be ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (Scenario(leaves=("Ekby",)), "Ekby är inte med i tabellen. Med är: A, B."),
        (Scenario(leaves=("A", "B")), "Alla kommuner lämnar, så ingen är kvar att betala."),
        (Scenario(leaves=("A", "a kommun")), "a kommun lämnar två gånger."),
        (joins("B kommun", 5), "B är redan med."),
        (Scenario(joins=(Keyed("N", Fraction(1)), Keyed("n", Fraction(2)))), "n går med två"),
        (joins("N", -5), "Nyckeln för N är negativ (−5)."),
        (joins("N", 100, is_percent=True), "De som går med får 100,0"),
        (Scenario(keys=(Keyed("C", Fraction(1)),)), "C är inte med i tabellen."),
        (Scenario(keys=(Keyed("A", Fraction(-1)),)), "Nyckeln för A är negativ (−1)."),
        (
            Scenario(keys=(Keyed("A", Fraction(5), True),)),
            "är i procent, men tabellens är det inte",
        ),
        (Scenario(leaves=("A",), keys=(Keyed("A", Fraction(5)),)), "kan inte både lämna och få ny"),
        (Scenario(pot=Pot(Fraction(0))), "Potten 0 går inte att dela."),
        (Scenario(pot=Pot(Fraction(-5))), "Potten −5 går inte att dela."),
        (Scenario(years=0), "Infasningen har inget år."),
        (
            Scenario(keys=(Keyed("A", Fraction(0)), Keyed("B", Fraction(0)))),
            "Alla värden är 0",
        ),
    ],
)
def test_what_cannot_be(scenario: Scenario, said: str) -> None:
    """Each is told with what to do."""
    with pytest.raises(InputError) as error:
        outcome(by_keys(300, 600, pot=900), scenario)
    assert said in str(error.value).replace("\u00a0", " ")
    assert error.value.remedy


@pytest.mark.parametrize(
    ("members", "pot", "said"),
    [
        ([party("A", None, None), party("B", 5, None)], 900, "Nyckeln för A saknas."),
        ([party("A", -5, None), party("B", 5, None)], 900, "Nyckeln för A är negativ."),
        ([party("A", 5, None), party("A kommun", 5, None)], 900, "A kommun står två gånger."),
        ([party("A", 5, None), party("B", 5, None)], None, "Potten är inte känd"),
        ([party("A", 5, None), party("B", 5, 100)], 900, "Avgiften för A saknas."),
        ([party("A", None, None)], 900, "Avgiften för A saknas."),
        ([party("A", 5, -100)], 900, "Avgiften för A är negativ."),
        ([], 900, "Tabellen har inga kommuner."),
        ([party("Kommunerna", 5, 100)], 100, "Tabellen har kommunerna på en rad."),
        ([party("A", 5, None)], 0, "Potten är inte över 0."),
    ],
)
def test_what_tells_no_split(members: list[FeeParty], pot: int | None, said: str) -> None:
    """A table of which nobody knows how its municipalities split."""
    with pytest.raises(InputError) as error:
        split(table(*members, pot=pot), RULES)
    assert said in str(error.value)
    assert error.value.remedy


def test_new_shares_must_add_up(umea: Split) -> None:
    """80 for 82,93 leaves 2,93 to nobody; with Vännäs' 8,06 all is given."""
    with pytest.raises(InputError, match="97,1"):
        outcome(umea, Scenario(keys=(Keyed("Umeå", Fraction(80)),)))
    both = (Keyed("Umeå", Fraction(80)), Keyed("Vännäs", Fraction("8.06")))
    assert fees(outcome(umea, Scenario(keys=both)))["Umeå"] == 2276000


def test_without_a_key_a_newcomer_has_a_share(lappland: Split) -> None:
    """A count of people says nothing beside amounts; new keys of all do."""
    with pytest.raises(InputError, match="Tabellen har ingen nyckel"):
        outcome(lappland, joins("N", 2400))
    with pytest.raises(InputError, match="en ny behövs för alla; Malå"):
        outcome(lappland, Scenario(keys=(Keyed("Lycksele", Fraction(1)),)))
    assert fees(outcome(lappland, joins("N", 10, is_percent=True)))["N"] == 94
    keys = tuple(Keyed(name, Fraction(1)) for name in LAPPLAND)
    assert fees(outcome(lappland, Scenario(keys=keys)))["Malå"] == 134


# Always -----------------------------------------------------------------------------------------

_KEYS = st.lists(st.integers(1, 60000), min_size=2, max_size=8)
_POTS = st.integers(1000, 20_000_000)
_ROUNDINGS = st.sampled_from(list(Rounding))


def _stated(keys: Sequence[int], pot: int, rounding: Rounding) -> Split:
    """A book whose fees are rounded so."""
    from finsam_xl.calc.fees import whole_fees

    paid = whole_fees(keys, pot, rounding)
    members = [party(n, k, f) for n, k, f in zip("ABCDEFGH", keys, paid, strict=False)]
    return split(table(*members, pot=pot), RULES)


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[Split, Scenario]:
    """A book with stated fees, and anything that may happen to it."""
    keys = draw(_KEYS)
    names = "ABCDEFGH"[: len(keys)]
    gone = draw(st.sets(st.sampled_from(names), max_size=len(keys) - 1))
    left = [name for name in names if name not in gone]
    changed = draw(st.sets(st.sampled_from(left)))
    scenario = Scenario(
        joins=tuple(Keyed(n, Fraction(draw(st.integers(0, 9000)))) for n in draw(_NEW)),
        leaves=tuple(sorted(gone)),
        keys=tuple(Keyed(name, Fraction(draw(st.integers(1, 60000)))) for name in sorted(changed)),
        pot=draw(st.none() | st.builds(Pot, _POTS.map(Fraction), st.just(""))),
        years=draw(st.integers(1, 4)),
    )
    return _stated(keys, draw(_POTS), draw(_ROUNDINGS)), scenario


_NEW = st.sets(st.sampled_from(["Nyby", "Nyköp"]))


@given(scenarios())
def test_fees_are_the_part_in_every_scenario(given_: tuple[Split, Scenario]) -> None:
    """By largest remainder to the unit; else what they miss is told, and is their halves' at most."""
    now, scenario = given_
    result = outcome(now, scenario)
    for year, sums in enumerate(result.years):
        paid = [fee for fee in fees(result, year).values() if fee is not None]
        assert sum(paid) == sums.paid == sums.part + sums.rounding
        assert all(fee >= 0 and fee.denominator == 1 for fee in paid)
        most = 0 if now.rounding == Rounding.LARGEST_REMAINDER else Fraction(len(paid), 2)
        assert abs(sums.rounding) <= most


@given(_KEYS, _POTS, _ROUNDINGS)
def test_before_are_the_fees_of_the_book(keys: list[int], pot: int, rounding: Rounding) -> None:
    """And they are after a pot that is the same, or after one leaves and joins again."""
    now = _stated(keys, pot, rounding)
    assert now.off_key == []
    again = joins("A", keys[0])._replace(leaves=("A",))
    for scenario in (Scenario(pot=Pot(Fraction(pot))), again):
        result = outcome(now, scenario)
        assert all(one.change() == 0 for one in result.effects)
        assert [one.before.fee for one in result.effects if one.before] == [
            member.fee for member in now.members
        ]


@given(_KEYS, _POTS, st.integers(1, 9000), st.integers(2, 5))
def test_phased_in_ends_as_a_member(keys: list[int], pot: int, key: int, years: int) -> None:
    """The last year is as if at once, and no year before costs the newcomer more."""
    now = by_keys(*keys, pot=pot)
    at_once, slowly = outcome(now, joins("N", key)), outcome(now, joins("N", key, years))
    assert fees(slowly) == fees(at_once)
    paid = [fees(slowly, year)["N"] or 0 for year in range(years)]
    assert paid == sorted(paid)


@given(_KEYS, _POTS, st.integers(0, 9000))
def test_nobody_pays_more_when_one_joins(keys: list[int], pot: int, key: int) -> None:
    """But for a unit of rounding."""
    result = outcome(by_keys(*keys, pot=pot), joins("N", key))
    assert all((one.change() or 0) <= 1 for one in result.staying)


@given(_KEYS, _POTS)
def test_the_others_take_over_what_one_leaves(keys: list[int], pot: int) -> None:
    """All of it, to the unit."""
    now = by_keys(*keys, pot=pot)
    paid = {member.name: member.fee for member in now.members}
    assert {one.name: one.more for one in leaving(now)} == paid
