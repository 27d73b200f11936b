"""The same line of the same outcome in two tables, whatever their layout, unit and kind."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from support.checked import at, checked, loud, of_code

BY_TEAM: list[list[Any]] = [
    ["Teamens kostnader 2031, kr"],
    [],
    ["Konto", "Slag", "Norra", "Södra", "Ön", "Alla lag"],
    [4010, "Arvoden", 41_320, 38_917, 27_604, 107_841],
    [4020, "Fika", 1_930, 2_284, 1_415, 5_629],
    [4030, "Bussresor", 8_452, 6_190, 7_733, 22_375],
    [4040, "Kurser", 3_075, 4_120, 2_660, 9_855],
    [4050, "Lokaler", 12_400, 12_950, 9_815, 35_165],
    ["", "Summa", 67_177, 64_461, 49_227, 180_865],
]
LEDGER: list[list[Any]] = [
    ["Bokföringen, saldon"],
    ["Konto", "Namn", "Debet", "Kredit", "Saldo"],
    [4010, "Arvoden", 108_841, 1_000, 107_841],
    [4020, "Fika", 5_629, 0, 5_629],
    [4030, "Bussresor", 23_000, 625, 22_375],
    [4040, "Kurser", 9_855, 0, 9_855],
    [4050, "Lokaler", 36_000, 835, 35_165],
    ["", "Summa", 183_325, 2_460, 180_865],
]
ACCOUNTS: list[list[Any]] = [
    ["Resultaträkning, kr"],
    [],
    ["", "Utfall 2031"],
    ["Medlemsavgifter (not 1)", 812_000],
    ["Bidrag", 40_400],
    ["Personal (not 2)", -498_730],
    ["Lokaler", -101_250],
    ["Köpta tjänster", -96_480],
    ["Årets resultat", 155_940],
]
IN_THOUSANDS: list[list[Any]] = [
    ["Uppföljning, tkr"],
    [],
    ["Post", "Budget 2031", "Utfall 2031"],
    ["Medlemsavgifter", 812, 812],
    ["Bidrag", 35, 40],
    ["Personal", -510, -499],
    ["Lokaler", -100, -101],
    ["Köpta tjänster", -90, -96],
    ["Årets resultat", 147, 156],
]


def _with(rows: list[list[Any]], *changes: tuple[int, int, Any]) -> list[list[Any]]:
    changed = copy.deepcopy(rows)
    for row, column, value in changes:
        changed[row - 1][column - 1] = value
    return changed


@pytest.mark.parametrize("pair", [(BY_TEAM, LEDGER), (ACCOUNTS, IN_THOUSANDS)])
def test_tables_that_agree(pair: tuple[list[list[Any]], list[list[Any]]]) -> None:
    """Nothing is said of figures that are the same, rounded or not."""
    assert loud(("Ett", pair[0]), ("Två", pair[1])) == []


def test_a_ledger_that_differs() -> None:
    """Neither table says what it is of: most lines are the same, so one is wrong; totals follow."""
    ledger = _with(LEDGER, (5, 3, 23_630), (5, 5, 23_005), (8, 3, 183_955), (8, 5, 181_495))
    (one,) = [f for f in checked(("Lag", BY_TEAM), ("Bok", ledger)) if f.severity != "info"]
    assert (one.severity, one.code, *at(one)[:3]) == (
        "warning",
        "olika-belopp",
        "F6",
        22_375,
        23_005,
    )
    assert [str(ref) for ref in one.also] == ["Bok!E5", "Lag!F9", "Bok!E8"]


def test_tables_of_other_things() -> None:
    """Two teams' tables with the same lines and other amounts are two tables."""
    other = _with(LEDGER, *((row, 5, LEDGER[row - 1][4] + 7_000 + row) for row in range(4, 8)))
    assert of_code("olika-belopp", ("Lag", BY_TEAM), ("Bok", other)) == []


def test_thousands_that_are_not_kronor_rounded() -> None:
    """An outcome in thousands that is forty off: at the rounded figure, with the exact one."""
    rows = _with(IN_THOUSANDS, (8, 3, -136), (9, 3, 116))
    found = of_code("olika-belopp", ("Resultat", ACCOUNTS), ("Uppföljning", rows))
    assert [(f.severity, *at(f)) for f in found] == [
        ("warning", "C8", -136, -96.48, ["Resultat!B8", "Resultat!B9", "C9"])
    ]


def test_one_thousand_off_is_rounding() -> None:
    """An outcome in thousands may have been fitted to its rounded sum."""
    rows = _with(IN_THOUSANDS, (8, 3, -97), (9, 3, 155))
    assert of_code("olika-belopp", ("Resultat", ACCOUNTS), ("Uppföljning", rows)) == []


def test_a_total_of_rounded_lines() -> None:
    """The total adds up what was rounded where the other is rounded from kronor: a note."""
    rows = [
        ["Lokaler 2031"],
        ["Kronor"],
        [],
        ["Plats", "Bokförd kostnad"],
        ["Kajen", 118_436],
        ["Torget", 204_472],
        ["Backen", 161_448],
        ["Udden", 87_399],
        ["Summa", 571_755],
    ]
    thousands: list[list[Any]] = [
        ["Lokaler 2031"],
        ["Tkr"],
        [],
        ["Plats", "Bokförd kostnad", "Budget"],
        ["Kajen", 118, 120],
        ["Torget", 204, 200],
        ["Backen", 161, 160],
        ["Udden", 87, 90],
        ["Summa", 570, 570],
    ]
    (one,) = of_code("summa-av-avrundade", ("Kronor", rows), ("Tkr", thousands))
    assert (one.severity, *at(one)) == ("info", "B9", 570, 571.755, ["Kronor!B9"])
    exact = _with(thousands, (9, 2, 572))
    assert of_code("summa-av-avrundade", ("Kronor", rows), ("Tkr", exact)) == []


def test_with_value_added_tax() -> None:
    """A line that is one and a quarter of the other is a note."""
    rows = _with(IN_THOUSANDS, (7, 3, -127), (9, 3, 130))
    found = checked(("Resultat", ACCOUNTS), ("Uppföljning", rows))
    (one,) = [f for f in found if f.code == "med-moms"]
    assert (one.severity, *at(one)[:3]) == ("info", "C7", -127, -101.25)
