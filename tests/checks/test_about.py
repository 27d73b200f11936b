"""Figures in running text, and the column *Gäller* that says what each is of."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.model import Finding
from support.checked import checked
from support.typed_sheets import F, P

BUDGET: list[list[Any]] = [
    ["Budget 2031, tkr"],
    ["Tkr", "Utfall 2031"],
    ["Medlemsavgifter", 5000],
    ["Lön", -400],
    ["Lokal", -100],
    ["Resor", -20],
    ["Årets resultat", 4480],
    ["Eget kapital vid årets slut", 180],
]
RESULT, EQUITY = "Årets resultat", "Eget kapital vid årets slut"


def _told(*rows: list[Any], gives: str = "Gäller") -> list[Finding]:
    """What is told of figures in text: label, value, unit and what they are of."""
    head = ["Uppgift", "Värde", "Enhet", "År", gives]
    lines = [[label, value, unit, 2031, *of] for label, value, unit, *of in rows]
    text = [["Uppgifter i löpande text"], ["Årsredovisning 2031"], head, *lines]
    return [one for one in checked(("Budget", BUDGET), ("Text", text)) if one.sheet == "Text"]


def _short(*rows: list[Any], gives: str = "Gäller") -> list[tuple[str, str, str | None]]:
    return [(one.severity, one.code, one.cell) for one in _told(*rows, gives=gives)]


def test_until_it_is_said_what_a_text_is_of_a_difference_is_a_note() -> None:
    """With one note of how to say it, for all of a sheet."""
    notes = [
        ("info", "olika-uppgifter", "B4"),
        ("info", "olika-uppgifter", "B5"),
        ("info", "galler-forslag", "B5"),
    ]
    rows = [RESULT, 4470, "tkr"], [EQUITY, 200, "tkr"]
    assert sorted(_short(*rows)) == sorted(notes)
    told = next(one for one in _told(*rows) if one.code == "galler-forslag")
    assert "='Budget'!B8 för B5" in told.message
    assert [ref.cell for ref in told.also] == ["B4"]


@pytest.mark.parametrize(
    "of",
    ["Budget!B7", "budget!$b$7", "'Budget'!B7", F("Budget!B7", 4480), F("Budget!B4+Budget!B7", 4080),
     "årets resultat", "Årets resultat 2031"],
)  # fmt: skip
def test_said_it_is_a_warning(of: object) -> None:
    """As a cell, a formula that fetches it or counts it out, or the quantity's name."""
    assert _short([RESULT, 4470, "tkr", of]) == [("warning", "olika-uppgifter", "B4")]
    if of != F("Budget!B4+Budget!B7", 4080):
        assert _short([RESULT, 4480, "tkr", of]) == []


def test_what_is_said_goes_before_what_the_label_says() -> None:
    """Another cell is compared, and the proposal is not told."""
    assert _short([RESULT, -20, "tkr", "Budget!B6"]) == []
    (one,) = _told([RESULT, 4480, "tkr", "Budget!B6"])
    assert (one.code, one.cell, one.calculated) == ("galler-avviker", "B4", -20)
    assert _short([RESULT, 180, "tkr", EQUITY]) == []


@pytest.mark.parametrize(
    ("value", "unit", "of", "agrees"),
    [
        (400, "tkr", "Budget!B4", True),  # costs are told without their sign
        (401, "tkr", "Budget!B4", False),
        (400400, "kr", "Budget!B4", True),  # as far as thousands show
        (401000, "kr", "Budget!B4", False),
        (0.4, "mkr", "Budget!B4", True),
        (0.5, "mkr", "Budget!B4", False),
        (520, "tkr", F("SUM(Budget!B4:B6)", -520), True),
        (521, "tkr", F("SUM(Budget!B4:B6)", -520), False),
        (520000, "kr", F("SUM(Budget!B4:B6)", -520), True),
        (77, "%", P(400 / 520, "Budget!B4/SUM(Budget!B4:B6)"), True),
        (77, "%", F("Budget!B4/SUM(Budget!B4:B6)", 400 / 520), True),
        (78, "%", F("Budget!B4/SUM(Budget!B4:B6)", 400 / 520), False),
        (76.9, "%", F("Budget!B4/SUM(Budget!B4:B6)", 400 / 520), True),
        (5, "st", "B5", True),  # a figure on the same sheet
    ],
)
def test_a_text_is_held_to_its_cell_as_far_as_it_shows(
    value: float, unit: str, of: object, agrees: bool
) -> None:
    rows = ["Det som sägs", value, unit, of], ["Fem av dem", 5, "st"]
    expected = [] if agrees else [("warning", "galler-avviker", "B4")]
    assert _short(*rows) == expected


@pytest.mark.parametrize("of", ["Budget!B70", "Budjet!B7", F("#REF!B7", None), "Budget!A4"])
def test_a_cell_without_a_number_is_told(of: object) -> None:
    (one,) = [one for one in _told(["Det som sägs", 4, "tkr", of]) if one.code == "galler-okand"]
    assert (one.severity, one.cell) == ("warning", "B4")


@pytest.mark.parametrize("of", ["B4", "Text!B4", F("B4", 410), F("B4+Budget!B6", 390)])
def test_a_text_that_is_said_to_be_of_itself_is_told(of: object) -> None:
    """It would agree whatever it is."""
    assert _short(["Det som sägs", 410, "tkr", of]) == [("warning", "galler-okand", "B4")]


def test_a_figure_is_told_as_finely_as_it_is_written() -> None:
    (one,) = _told(["Det som sägs", 0.39, "mkr", "Budget!B4"])
    assert "0,39\u00a0mkr i texten men −400\u00a0tkr" in one.message


def test_words_that_are_no_quantity_are_a_note() -> None:
    """And what differs is no more than a note, as where nothing is said."""
    assert _short(["Det som sägs", 4, "tkr", "styrelsen"]) == [("info", "galler-okand", "B4")]
    told = _short([RESULT, 4470, "tkr", "styrelsen"])
    assert {severity for severity, _, _ in told} == {"info"}
    assert {code for _, code, _ in told} == {"olika-uppgifter", "galler-forslag", "galler-okand"}


def test_a_share_that_is_typed_as_a_whole_number_is_a_share() -> None:
    """Its heading says so in the table it stands in."""
    parties: list[list[Any]] = [
        ["Aktualiserande parter 2031"],
        ["Part", "Aktualiserade", "Fått ja i beredning", "Andel som fått ja, %"],
        ["Socialtjänsten", 12, 10, 83], ["Regionen", 8, 5, 63], ["Arbetsförmedlingen", 10, 5, 50],
    ]  # fmt: skip
    for value, expected in ((83, []), (80, [("galler-avviker", "B4")])):
        text = [
            ["Uppgifter i löpande text"], ["Årsredovisning 2031"],
            ["Uppgift", "Värde", "Enhet", "År", "Gäller"],
            ["De som togs emot", value, "%", 2031, "Parter!D3"],
        ]  # fmt: skip
        found = checked(("Text", text), ("Parter", parties))
        assert [(f.code, f.cell) for f in found if f.sheet == "Text"] == expected


def test_a_share_is_not_held_to_a_number() -> None:
    assert _short(["Andel", 77, "%", "Budget!B4"]) == [("info", "galler-avviker", "B4")]


def test_years_below_the_heading_are_years() -> None:
    """Some write when a figure is valid below the same word."""
    head = ["Uppgift", "Värde", "Enhet", "Gäller"]
    text = [["Uppgifter i löpande text"], head, [RESULT, 4470, "tkr", 2031]]
    found = checked(("Budget", BUDGET), ("Text", text))
    assert [(f.code, f.cell) for f in found if f.sheet == "Text"] == [
        ("olika-uppgifter", "B3"), ("galler-forslag", "B3"),
    ]  # fmt: skip


def test_formulas_that_point_are_no_pattern() -> None:
    """Each points where it will: none is odd among its neighbours."""
    rows = [
        ["a", 400, "tkr", F("Budget!B4", -400)], ["b", 100, "tkr", F("Budget!B5", -100)],
        ["c", 20, "tkr", F("Budget!B6", -20)], ["d", 400, "tkr", F("Budget!B4", -400)],
        ["e", 4480, "tkr", F("Budget!B7", 4480)],
    ]  # fmt: skip
    assert _short(*rows) == []
