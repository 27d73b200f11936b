"""Cost split: the table of 2021 from its lines, and what may not be guessed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc.cost_split import CostShare, class_cost, read_classes, split
from finsam_xl.errors import InputError, PolicyError
from finsam_xl.money import round_half_away
from finsam_xl.policy.loader import read_rules
from support.properties import given

ADM, STRUCTURE, INDIVIDUAL = "Administration", "Strukturövergripande", "Individinriktade"
RULES = policy.cost_split(date(2021, 12, 31))
PART = RULES.office_administration / 100
OFFICE = (CostShare(ADM, PART), CostShare(STRUCTURE, 1 - PART))
LINES = {
    "Arvoden till styrelsen": (216, read_classes(STRUCTURE)),
    "Arvoden till revisorer": (57, read_classes(ADM)),
    "Kanslipersonal": (1488, OFFICE),
    "Ekonomihantering": (381, read_classes(ADM)),
    "Lokalhyra": (85, read_classes(ADM)),
    "Konferens och utbildning": (0, read_classes(ADM)),
    "Resor och Logi": (7, read_classes(ADM)),
    "Övrigt kontor och adm.": (97, read_classes(ADM)),
    "Verksamhetsnära kostnader": (174, read_classes(STRUCTURE)),
    "Insatser": (9218, read_classes(INDIVIDUAL)),
}
MAPPING = {line: shares for line, (_, shares) in LINES.items()}
AMOUNTS = [(line, amount) for line, (amount, _) in LINES.items()]
TEXTS = [
    f"{ADM} 30 %; {STRUCTURE} 70 %" if len(shares) > 1 else shares[0].cost_class
    for shares in MAPPING.values()
]


def test_table_of_2021() -> None:
    """1 073, 1 432 and 9 218 of 11 723: 9, 12 and 79 %, each rounded on its own."""
    found = split(AMOUNTS, MAPPING)
    printed = {
        part.name: [round_half_away(part.amount), round_half_away(100 * (part.share or 0))]
        for part in found.classes
    }
    assert printed == {STRUCTURE: [1432, 12], ADM: [1073, 9], INDIVIDUAL: [9218, 79]}
    assert found.total == 11723
    assert not found.unclassified
    assert not found.unused


def test_whole_association_of_2021() -> None:
    """With HFE's 126 as administration: 1 199, 1 432, 9 218 of 11 849: 10, 12 and 78 %."""
    found = split([*AMOUNTS, ("HFE", 126)], {**MAPPING, "HFE": read_classes(ADM)})
    shares = {part.name: round_half_away(100 * (part.share or 0)) for part in found.classes}
    assert shares == {STRUCTURE: 12, ADM: 10, INDIVIDUAL: 78}
    assert found.total == 11849


@pytest.mark.parametrize(
    ("cost_class", "expected"),
    [(ADM, "1073.4"), ("STRUKTURÖVERGRIPANDE ", "1431.6"), (INDIVIDUAL, "9218")],
)
def test_cost_of_one_class(cost_class: str, expected: str) -> None:
    """The same from the cells beside the amounts, whatever case the class is typed in."""
    assert class_cost([amount for _, amount in AMOUNTS], TEXTS, cost_class) == Fraction(expected)


def test_signed_amounts_have_the_same_shares() -> None:
    """An annual report prints costs as negative."""
    signed = split([(line, -amount) for line, amount in AMOUNTS], MAPPING)
    plain = split(AMOUNTS, MAPPING)
    assert [part.share for part in signed.classes] == [part.share for part in plain.classes]
    assert signed.total == -11723


def test_lines_without_class_are_listed_and_left_out() -> None:
    """Also a class that got no line says so; a blank line is nothing to miss."""
    found = split(
        [("Hyra", 85), ("  REVISORER ", 57), ("Revisorer", 3), ("Ny rad", None)],
        {"Revisorer": read_classes(ADM), "Styrelse": read_classes(STRUCTURE)},
    )
    assert found.unclassified == (("Hyra", Fraction(85)),)
    assert found.unused == ("Styrelse",)
    assert [list(part) for part in found.classes] == [[ADM, 60, 1], [STRUCTURE, 0, 0]]


def test_nothing_has_no_shares() -> None:
    """0 of 0 is no share."""
    assert [part.share for part in split([], {"Hyra": read_classes(ADM)}).classes] == [None]


TEXT_CASES: dict[str, list[tuple[str, str]]] = {
    "Administration": [("Administration", "1")],
    "Administration 30 %; Struktur 70 %": [("Administration", "3/10"), ("Struktur", "7/10")],
    "Adm: 33,3%;Struktur:66,7%": [("Adm", "333/1000"), ("Struktur", "667/1000")],
    "Nivå 2": [("Nivå 2", "1")],
    "Individ 100 %": [("Individ", "1")],
}


@pytest.mark.parametrize("text", TEXT_CASES)
def test_classes_as_cells_write_them(text: str) -> None:
    """One class, or several with per cent."""
    expected = [CostShare(name, Fraction(share)) for name, share in TEXT_CASES[text]]
    assert list(read_classes(text)) == expected


@pytest.mark.parametrize(
    "text", ["Adm 30 %", "Adm 30 %; Struktur 60 %", "Adm; Struktur", "Adm 60 %; Struktur 70 %"]
)
def test_shares_that_do_not_sum_are_refused(text: str) -> None:
    """In the cell and in the mapping, with the sum and a valid example."""
    with pytest.raises(InputError, match="summerar till") as raised:
        read_classes(text)
    assert text in raised.value.where
    assert "70 %" in raised.value.remedy
    with pytest.raises(InputError, match="summerar till"):
        split([], {"Kansli": [CostShare(ADM, Fraction(1, 3))]})


def test_negative_share_is_refused() -> None:
    """Even where the sum is right."""
    shares = [CostShare(ADM, Fraction(-1)), CostShare(STRUCTURE, Fraction(2))]
    with pytest.raises(InputError, match="100"):
        split([], {"Kansli": shares})


def test_other_bad_input_says_the_remedy() -> None:
    """Unequal ranges, a class that stands nowhere, one without name, a line mapped twice."""
    with pytest.raises(InputError, match="2 belopp står mot 1 slag"):
        class_cost([1, 2], [ADM], ADM)
    with pytest.raises(InputError, match="Admin") as raised:
        class_cost([1, 2], [ADM, None], "Admin")
    assert ADM in raised.value.remedy
    with pytest.raises(InputError, match="saknar namn"):
        read_classes("")
    with pytest.raises(InputError, match="två gånger"):
        split([], {"Hyra": read_classes(ADM), "hyra ": read_classes(ADM)})


def test_blank_rows_add_nothing() -> None:
    """A heading, a total without class, and a line that is not booked yet."""
    assert class_cost([None, 57, 5000, None], [None, ADM, "  ", ADM], ADM) == 57


def test_rules_of_the_cost_split() -> None:
    """30 % of the office; every rule of the file is used."""
    assert list(RULES) == [30]
    assert policy.on(date(2021, 12, 31)).cost_split == RULES
    assert set(policy.CostSplitRules._fields) == set(read_rules("cost_split"))
    with pytest.raises(PolicyError):
        policy.cost_split(date(2020, 12, 31))


@st.composite
def splits(draw: st.DrawFn) -> dict[str, tuple[Fraction, list[CostShare]]]:
    """Lines with an amount and one or two classes."""
    lines = {}
    for number in range(draw(st.integers(0, 8))):
        part = draw(st.fractions(0, 1, max_denominator=100))
        first, other = draw(st.sampled_from([(ADM, STRUCTURE), (STRUCTURE, INDIVIDUAL)]))
        amount = draw(st.fractions(-5000, 5000, max_denominator=100))
        lines[f"Rad {number}"] = (amount, [CostShare(first, part), CostShare(other, 1 - part)])
    return lines


@given(splits(), st.lists(st.integers(-500, 500), max_size=4))
def test_classes_sum_to_the_lines(
    lines: dict[str, tuple[Fraction, list[CostShare]]], loose: list[int]
) -> None:
    """Classes and unclassified lines are all there was; shares sum to one."""
    amounts = [(line, amount) for line, (amount, _) in lines.items()]
    amounts += [(f"Lös {number}", Fraction(amount)) for number, amount in enumerate(loose)]
    found = split(amounts, {line: shares for line, (_, shares) in lines.items()})
    outside = sum(amount for _, amount in found.unclassified)
    assert found.total + outside == sum(amount for _, amount in amounts)
    shares = [part.share for part in found.classes if part.share is not None]
    assert not shares or sum(shares) == 1
