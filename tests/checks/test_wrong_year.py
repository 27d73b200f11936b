"""Deviations over another year's budget, and incomes booked for other months than have passed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from support.checked import at, of_code
from support.typed_sheets import F

Rows = list[list[Any]]
HEADINGS = ["", "Utfall 2031", "Utfall 2030", "Budget 2030", "Budget 2031", "Avvikelse 2031"]
LINES: Rows = [
    ["Lön", 510, 498, 490, 505],
    ["Hyra", 96, 94, 95, 99],
    ["Resor", 31, 24, 30, 28],
    ["Kurser", 12, 15, 20, 18],
]


def _table(base: int, heading: str = "Avvikelse 2031", *, formulas: bool = False) -> Rows:
    rows: Rows = [["Uppföljning, tkr"], [], [*HEADINGS[:5], heading]]
    for row, line in enumerate(LINES, start=4):
        deviation = line[base] - line[1]
        letter = "ABCDE"[base]
        rows.append([*line, F(f"{letter}{row}-B{row}", deviation) if formulas else deviation])
    return rows


@pytest.mark.parametrize("formulas", [False, True])
def test_a_deviation_over_last_years_budget(formulas: bool) -> None:
    """Told once, at the first row, with the others and what it would be."""
    (one,) = of_code("avvikelse-fel-ar", ("Blad", _table(3, formulas=formulas)))
    assert (one.severity, *at(one)) == ("warning", "F4", -20, -5, ["F5", "F6", "F7"])


@pytest.mark.parametrize("formulas", [False, True])
def test_a_deviation_over_its_own_year(formulas: bool) -> None:
    """Nothing to say."""
    assert of_code("avvikelse-fel-ar", ("Blad", _table(4, formulas=formulas))) == []


def test_a_heading_that_means_the_other_year() -> None:
    """What the heading says is what is done."""
    rows = _table(3, "Avvikelse mot budget 2030", formulas=True)
    assert of_code("avvikelse-fel-ar", ("Blad", rows)) == []


def test_no_budget_of_the_year() -> None:
    """Where there is no other budget, last year's is the one to compare with."""
    rows = [[*row[:4], *row[5:]] for row in _table(3)]
    assert of_code("avvikelse-fel-ar", ("Blad", rows)) == []


FEES: Rows = [
    ["Läget efter tre kvartal 2031, tkr"],
    [],
    ["", "Budget 2031", "Utfall jan–sep 2031"],
    ["Intäkter"],
    ["Staten", 4_000, 3_000],
    ["Regionen", 2_000, 1_500],
    ["Alby", 1_240, 930],
    ["Ekby", 760, 570],
    ["Övrigt", 130, 41],
    ["Summa intäkter", 8_130, 6_041],
]


def _fees(row: int, amount: int) -> Rows:
    rows = copy.deepcopy(FEES)
    rows[9][2] += amount - rows[row - 1][2]
    rows[row - 1][2] = amount
    return rows


@pytest.mark.parametrize(
    ("row", "amount", "wanted"), [(5, 4_000, 3_000), (7, 1_240, 930), (6, 1_000, 1_500)]
)
def test_a_fee_booked_for_other_months(row: int, amount: int, wanted: int) -> None:
    """The other parties, called by their names alone, follow the months that have passed."""
    (one,) = of_code("avgift-hittills", ("Blad", _fees(row, amount)))
    assert (one.severity, *at(one)) == ("warning", f"C{row}", amount, wanted, [])


def test_fees_that_follow_the_year() -> None:
    """Other income goes its own way."""
    assert of_code("avgift-hittills", ("Blad", FEES)) == []
    assert of_code("avgift-hittills", ("Blad", _fees(9, 77))) == []
