"""The one cell that makes sums differ: told at its place, with the sums that follow from it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from support.checked import at, checked, loud, of_code
from support.typed_sheets import F

BY_TEAM: list[list[Any]] = [
    ["Teamens kostnader, kr"],
    [],
    ["Slag", "Norra laget", "Södra laget", "Ö-laget", "Alla lag"],
    ["Arvoden", 41_320, 38_917, 27_604, 107_841],
    ["Fika", 1_930, 2_284, 1_415, 5_629],
    ["Bussresor", 8_452, 6_190, 7_733, 22_375],
    ["Kurser", 3_075, 4_120, 2_660, 9_855],
    ["Lokaler", 12_400, 12_950, 9_815, 35_165],
    ["Summa", 67_177, 64_461, 49_227, 180_865],
]
QUARTERS: list[list[Any]] = [
    ["Uppföljning 2031, tkr"],
    [],
    ["Post", "Budget 2031", "Utfall 2031", "Avvikelse"],
    ["Intäkter"],
    ["Medlemsavgifter", 800, 800, 0],
    ["Övriga intäkter", 40, 36, -4],
    ["Summa intäkter", 840, 836, -4],
    ["Kostnader"],
    ["Lönekostnader", 512, 498, 14],
    ["Lokalkostnader", 96, 101, -5],
    ["Summa kostnader", 608, 599, 9],
    ["Resultat", 232, 237, 5],
]
STATEMENT: list[list[Any]] = [
    ["Resultaträkning"],
    ["Belopp i kr"],
    ["", "2031", "2030"],
    ["Verksamhetens intäkter", 940_000, 905_000],
    ["Verksamhetens kostnader", -951_200, -899_300],
    ["Verksamhetens resultat", -11_200, 5_700],
    ["Finansiella intäkter", 4_150, 3_980],
    ["Finansiella kostnader", -730, -640],
    ["Årets resultat", -7_780, 9_040],
]


def _with(rows: list[list[Any]], *changes: tuple[int, int, Any]) -> list[list[Any]]:
    """The rows with other values, by row and column from 1."""
    changed = copy.deepcopy(rows)
    for row, column, value in changes:
        changed[row - 1][column - 1] = value
    return changed


@pytest.mark.parametrize("rows", [BY_TEAM, QUARTERS, STATEMENT])
def test_right_tables_are_silent(rows: list[list[Any]]) -> None:
    """Nothing is said of sums that are right."""
    assert loud(("Blad", rows)) == []


def test_a_line_with_two_digits_swapped() -> None:
    """The row's sum and the column's total point at the line, in a table of no known kind."""
    found = checked(("Lag", _with(BY_TEAM, (6, 3, 6_910))))
    (one,) = [f for f in found if f.severity == "warning"]
    assert (one.code, *at(one)) == ("belopp-avviker", "C6", 6_910, 6_190, ["C9", "E6"])
    assert "omkastade" in one.message


def test_a_total_that_is_too_high() -> None:
    """The total is told, with the sum across that it makes wrong."""
    found = checked(("Lag", _with(BY_TEAM, (9, 4, 59_227))))
    (one,) = [f for f in found if f.severity == "warning"]
    assert (one.code, *at(one)) == ("summa-avviker", "D9", 59_227, 49_227, ["E9"])


def test_a_total_that_nothing_else_uses() -> None:
    """The row of sums holds in two other columns: the third is wrong by itself."""
    rows = [row[:4] for row in _with(BY_TEAM, (9, 3, 64_641))]
    (one,) = of_code("summa-avviker", ("Lag", rows))
    assert at(one)[:3] == ("C9", 64_641, 64_461)


def test_a_sum_that_only_holds_once_is_no_sum() -> None:
    """A row that adds up in one column of two is chance, in a table of no known kind."""
    rows = [row[:3] for row in _with(BY_TEAM, (9, 3, 64_641))]
    assert loud(("Lag", rows)) == []


def test_kronor_among_thousands() -> None:
    """A budget typed in kronor: the total and the deviation are right with a thousandth of it."""
    found = checked(("Blad", _with(QUARTERS, (10, 2, 96_000))))
    (one,) = [f for f in found if f.severity == "warning"]
    assert (one.code, *at(one)) == ("belopp-avviker", "B10", 96_000, 96, ["B11", "D10"])
    assert "kronor" in one.message


def test_a_sign_that_the_row_does_not_have() -> None:
    """A single result differs by twice the line, which has a minus the other year."""
    found = checked(("Blad", _with(STATEMENT, (8, 3, 640))))
    (one,) = [f for f in found if f.severity == "warning"]
    assert (one.code, *at(one)) == ("belopp-avviker", "C8", 640, -640, ["C9"])
    assert "omvänt" in one.message


def test_a_single_sum_that_nothing_explains() -> None:
    """Any line may be the wrong one: the sum is told, and no line."""
    found = checked(("Blad", _with(STATEMENT, (8, 3, -540))))
    assert [f.code for f in found if f.severity == "warning"] == ["summa-avviker"]


def test_formulas_that_follow_are_no_witnesses() -> None:
    """A typed sum among formulas is told once, with the sums that build on it."""
    rows = [
        ["Månader 2031, tkr"],
        [],
        ["Post", "jan", "feb", "mar", "Jan–mar"],
        ["Lön", 50, 52, 51, F("SUM(B4:D4)", 153)],
        ["Hyra", 9, 9, 9, 18],
        ["Resor", 4, 2, 7, F("SUM(B6:D6)", 13)],
        ["Summa kostnader"]
        + [F(f"SUM({c}4:{c}6)", n) for c, n in (("B", 63), ("C", 63), ("D", 67), ("E", 184))],
    ]
    found = [f for f in checked(("Blad", rows)) if f.severity == "warning"]
    assert [(f.code, *at(f)) for f in found] == [("summa-avviker", "E5", 18, 27, ["E7"])]
    assert "inskrivet" in found[0].message


def test_a_number_that_is_text() -> None:
    """A note at the text, and the sums are checked with its value."""
    found = checked(("Lag", _with(BY_TEAM, (5, 3, "2 284"))))
    (one,) = [f for f in found if f.code == "tal-som-text"]
    assert (one.severity, one.cell) == ("info", "C5")
    assert loud(("Lag", _with(BY_TEAM, (5, 3, "2 284")))) == []
