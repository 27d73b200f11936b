"""Tables of one form filled in for two things: what differs between them is no mistake."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.reading.thing import names_in
from finsam_xl.sheets.grid import CellError
from support.checked import at, checked, of_code
from support.typed_sheets import Rows


def _team(title: str, pay: int, travel: int, heading: str = "Budget 2031") -> list[list[Any]]:
    rows = [["Lön", pay], ["Lokaler", 120], ["Telefoni", 12], ["Licenser", 30], ["Resor", travel]]
    return [[title], ["Tkr", heading], *rows, ["Summa kostnader", pay + 162 + travel], []]


@pytest.mark.parametrize(
    "sheets",
    [
        [("Alvik", _team("Insats Alvik", 640, 25)), ("Berga", _team("Insats Berga", 420, 12))],
        [("Alvik", _team("Budget 2031", 640, 25)), ("Berga", _team("Budget 2031", 420, 12))],
        [("Insatser 2031", _team("Insats Alvik", 640, 25) + _team("Insats Berga", 420, 12))],
        [("Budget 2031", _team("Team 1", 640, 25) + _team("Team 2", 600, 25))],
        [("Budget 2031", _team("Alternativ A", 640, 25) + _team("Alternativ B", 600, 25))],
        [("Insatser", _team("Alvik", 640, 25, "Belopp") + _team("Berga", 420, 25, "Belopp"))],
        [
            ("Norr", _team("Tabell 1", 640, 25, "Budget Norr 2031")),
            ("Söder", _team("Tabell 2", 420, 25, "Budget Söder 2031")),
        ],
    ],
)  # fmt: skip
def test_of_two_teams_nothing_is_said(sheets: list[tuple[str, Rows]]) -> None:
    """Teams with a budget each share rent and licences, and pay what they pay."""
    assert [one for one in checked(*sheets) if one.severity != "info"] == []


@pytest.mark.parametrize("title", ["Uppföljning 2031", "Bilaga 1", "Samordningsförbundet Ekeby"])
def test_of_one_budget_in_two_places_it_is(title: str) -> None:
    """What a document is called is no name of a thing, nor is the association's own."""
    sheets = ("Budget 2031", _team("Budget 2031", 640, 25)), ("Bilaga", _team(title, 630, 25))
    (one,) = of_code("olika-budget", *sheets)
    assert (one.severity, *at(one)[:3]) == ("error", "B3", 640, 630)


@pytest.mark.parametrize("titles", [("Steget", "Steget Ungdom"), ("Team Norr", "Team Norr Ume")])
def test_where_one_is_named_by_more_it_is_a_note(titles: tuple[str, str]) -> None:
    """It may be a part, or another team of that name."""
    one, other = titles
    sheets = (one, _team("Budget 2031", 640, 25)), (other, _team("Budget 2031", 630, 25))
    assert [f.severity for f in of_code("olika-budget", *sheets)] == ["info"]


def test_names() -> None:
    assert names_in("Insats Alvik, budget 2031") == {"insats", "alvik"}
    assert names_in("Alternativ B") == {"b"}
    for title in (
        "Budget 2031 (beslutad 2030-11-20)",
        "Sammanställning",
        "Blad1",
        "Tertial 2 2031",
    ):
        assert names_in(title) == frozenset()


_FORM: list[list[Any]] = [
    ["Tkr", "Budget 2031", "Budget 2032"],
    ["Lön", 640, 650],
    ["Lokal", 300, 310],
    ["Ekonom", 120, 120],
    ["Summa", 1060, 1080],
]


def test_a_form_around_amounts_is_no_amount() -> None:
    """Who made it and when it was decided; one text among amounts is told as before."""
    form = [["Upprättad av", "Anna Ek", "Anna Ek"], ["Diarium", "2030-11", "2031-3"]]
    assert of_code("belopp-text", ("Blad", _FORM + form)) == []
    assert of_code("belopp-text", ("Blad", [_FORM[0], ["Ansvarig", "Anna"], *_FORM[1:]])) == []
    (one,) = of_code("belopp-text", ("Blad", [*_FORM[:2], ["Lokal", "Storgatan", 310], *_FORM[3:]]))
    assert one.cell == "B3"
    told = of_code("belopp-text", ("Blad", [*_FORM[:2], ["Lokal", "ca 300", 310], *_FORM[3:]]))
    assert [one.cell for one in told] == ["B3"]
    second = [[], ["Insats", "Steget", "Steget"], *_FORM[1:4]]
    assert of_code("belopp-text", ("Blad", [*_FORM[:4], *second, _FORM[4]])) == []


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_row_of_error_values_alone_is_no_form(at: int) -> None:
    """Errors are amounts that are lost, first, last or in the middle."""
    error = CellError("#REF!")
    rows = [*_FORM[:at], [_FORM[at][0], error, error], *_FORM[at + 1 :]]
    told = of_code("felvarde", ("Blad", rows))
    assert [(one.cell, one.severity) for one in told] == [
        (f"{column}{at + 1}", "error") for column in "BC"
    ]


def test_a_rate_in_a_name_is_no_share() -> None:
    """How much one works, and what interest is."""
    posts: list[list[Any]] = [
        ["Samordnare 80 %", 640],
        ["Koordinator 50 %", 300],
        ["Ekonom 20 %", 120],
    ]
    rates: list[list[Any]] = [["Ränta 3 %", 30], ["Semesterlön 13 %", 130], ["Lön", 1000]]
    for rows in (posts, rates):
        table = [["Tkr", "Budget 2031"], *rows, ["Summa", sum(row[1] for row in rows)]]
        for code in ("andelar-summerar-inte", "andel-i-etikett"):
            assert of_code(code, ("Blad", table)) == []
