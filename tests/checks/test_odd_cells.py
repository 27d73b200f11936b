"""A cell with another sign or another size than the rest of its row."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from support.checked import at, of_code

Rows = list[list[Any]]
MONTHS: Rows = [
    ["Utfall 2031 per månad, kr"],
    [],
    ["Post", "jan", "feb", "mar", "apr", "maj", "jun"],
    ["Löner", 41_200, 40_900, 41_750, 41_300, 42_100, 40_600],
    ["Kursgårdar", 8_100, 7_900, 8_450, 9_200, 8_800, 7_600],
    ["Resor", 900, 0, 2_400, 150, 3_900, 700],
]
QUARTERS: Rows = [
    ["Projekt Bryggan"],
    ["Belopp i tkr"],
    ["", "Kvartal 1 2031", "Kvartal 2 2031", "Kvartal 3 2031", "Kvartal 4 2031"],
    ["Personal", -310, -322, -318, -305],
    ["Lokaler", -44, -45, -44, -46],
]
SIZES: Rows = [
    ["Enheternas budget, tkr"],
    [],
    ["Enhet", "Budget 2031", "Utfall 2030"],
    ["Kajen", 1_450, 1_402],
    ["Torget", 995, 1_010],
    ["Backen", 205, 198],
    ["Udden", 310, 322],
]


def _with(rows: Rows, *changes: tuple[int, int, Any]) -> Rows:
    changed = copy.deepcopy(rows)
    for row, column, value in changes:
        changed[row - 1][column - 1] = value
    return changed


def test_tables_without_odd_cells() -> None:
    """All signs and sizes are alike."""
    for rows in (MONTHS, QUARTERS, SIZES):
        assert of_code("tecken-avviker", ("Blad", rows)) == []
        assert of_code("storlek-avviker", ("Blad", rows)) == []


@pytest.mark.parametrize(
    ("rows", "change", "told"),
    [
        (MONTHS, (5, 4, -8_450), ("D5", -8_450, 8_450, [])),
        (MONTHS, (4, 7, -40_600), ("G4", -40_600, 40_600, [])),
        (QUARTERS, (4, 3, 322), ("C4", 322, -322, [])),
    ],
)
def test_a_turned_sign(rows: Rows, change: tuple[int, int, Any], told: tuple[Any, ...]) -> None:
    """A single figure of the row's own size with the other sign."""
    (one,) = of_code("tecken-avviker", ("Blad", _with(rows, change)))
    assert (one.severity, *at(one)) == ("warning", *told)


def test_what_may_well_have_another_sign() -> None:
    """A small credit, a row that goes up and down, and what a note under the table explains."""
    assert of_code("tecken-avviker", ("Blad", _with(MONTHS, (5, 4, -2_100)))) == []
    assert of_code("tecken-avviker", ("Blad", _with(MONTHS, (6, 4, -2_400)))) == []
    told = [*_with(MONTHS, (5, 4, -8_450)), [], ["Kursgårdar: krediterad faktura i mars."]]
    assert of_code("tecken-avviker", ("Blad", told)) == []


def test_kronor_in_a_table_of_thousands() -> None:
    """A thousand times the row, and far more than anything else in the column."""
    (one,) = of_code("storlek-avviker", ("Blad", _with(SIZES, (6, 2, 205_000))))
    assert (one.severity, *at(one)) == ("warning", "B6", 205_000, 205, [])


def test_a_small_sum_that_grows() -> None:
    """A thousandfold of next to nothing is no other unit."""
    assert of_code("storlek-avviker", ("Blad", _with(SIZES, (6, 3, 1), (6, 2, 1_000)))) == []
