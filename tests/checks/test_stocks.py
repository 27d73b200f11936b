"""Equity from year to year in one table, cash over a year, and balance sheets that balance."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from support.checked import at, loud, of_code

Rows = list[list[Any]]
OVERVIEW: Rows = [
    ["Flerårsöversikt, tkr"],
    [],
    ["", "2028", "2029", "2030", "2031"],
    ["Medlemsavgifter", 4_000, 4_100, 4_200, 4_300],
    ["Årets resultat", -40, 55, 120, -75],
    ["Eget kapital vid årets slut", 660, 715, 835, 760],
]
TURNED: Rows = [
    ["Våra år (kr)"],
    [],
    ["Utfall", "2029", "2030", "2031"],
    ["Resultat efter finansiella poster", 12_300, -8_100, 4_400],
    ["Utgående eget kapital", 212_300, 204_200, 208_600],
]
CASH: Rows = [
    ["Kassaflödesanalys 2031, kr"],
    [],
    ["", "2031"],
    ["Årets resultat", 44_000],
    ["Ökning av fordringar", -12_500],
    ["Ökning av skulder", 8_250],
    ["Årets kassaflöde", 39_750],
    ["Bankmedel vid årets början", 310_400],
    ["Bankmedel vid årets slut", 350_150],
]
BALANCE: Rows = [
    ["Balansräkning, kr"],
    [],
    ["", "2031-12-31", "2030-12-31"],
    ["Tillgångar"],
    ["Fordringar", 120_000, 107_500],
    ["Bank", 350_150, 310_400],
    ["Summa tillgångar", 470_150, 417_900],
    ["Eget kapital och skulder"],
    ["Eget kapital", 244_000, 200_000],
    ["Skulder", 226_150, 217_900],
    ["Summa eget kapital och skulder", 470_150, 417_900],
]


def _with(rows: Rows, *changes: tuple[int, int, Any]) -> Rows:
    changed = copy.deepcopy(rows)
    for row, column, value in changes:
        changed[row - 1][column - 1] = value
    return changed


@pytest.mark.parametrize("rows", [OVERVIEW, TURNED, CASH, BALANCE])
def test_right_tables_are_silent(rows: Rows) -> None:
    """Nothing is said of what hangs together."""
    assert loud(("Blad", rows)) == []


def test_closing_equity_that_does_not_follow() -> None:
    """The other years say what the rows are; the year before or the result may be wrong too."""
    for rows in (_with(OVERVIEW, (6, 2, 600)), _with(OVERVIEW, (5, 3, 115))):
        (one,) = of_code("eget-kapital-rullar-inte", ("Blad", rows))
        wanted = 655 if rows[5][1] == 600 else 775
        assert (one.severity, *at(one)) == ("error", "C6", 715, wanted, ["B6", "C5"])


def test_a_year_in_the_middle_is_told_once() -> None:
    """A wrong closing makes the year after not follow either: that is the same mistake."""
    (one,) = of_code("eget-kapital-rullar-inte", ("Blad", _with(OVERVIEW, (6, 4, 853))))
    assert at(one)[:3] == ("D6", 853, 835)


def test_rounded_years() -> None:
    """One off is rounding of three figures."""
    assert of_code("eget-kapital-rullar-inte", ("Blad", _with(OVERVIEW, (6, 5, 761)))) == []


def test_cash_that_does_not_follow() -> None:
    """What there is at the end is what there was with the year's flow."""
    (one,) = of_code("summa-avviker", ("Blad", _with(CASH, (9, 2, 331_750))))
    assert at(one)[:3] == ("B9", 331_750, 350_150)


def test_a_balance_sheet_that_does_not_balance() -> None:
    """The year that does not; a difference of rounding is none."""
    rows = _with(BALANCE, (6, 3, 340_400), (7, 3, 447_900))
    (one,) = of_code("balans-gar-inte-ihop", ("Blad", rows))
    assert (one.severity, *at(one)) == ("error", "C7", 447_900, 417_900, ["C11"])
    rows = _with(BALANCE, (6, 3, 310_401), (7, 3, 417_901))
    assert of_code("balans-gar-inte-ihop", ("Blad", rows)) == []


def test_debts_with_a_minus() -> None:
    """A ledger's balance sheet prints equity and debts with a minus."""
    rows = _with(BALANCE, *((r, c, -BALANCE[r - 1][c - 1]) for r in (9, 10, 11) for c in (2, 3)))
    assert of_code("balans-gar-inte-ihop", ("Blad", rows)) == []


def test_a_balance_sheet_of_one_year() -> None:
    """The sides are near each other, so they are of one balance sheet."""
    rows = [row[:2] for row in _with(BALANCE, (9, 2, 234_000), (11, 2, 460_150))]
    (one,) = of_code("balans-gar-inte-ihop", ("Blad", rows))
    assert at(one) == ("B7", 470_150, 460_150, ["B11"])
