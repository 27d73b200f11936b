"""The unit of a table of amounts: what its titles and headings say, or how large they are."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.sheets.tables import Table
from support.sheets_of_kinds import run
from support.typed_sheets import grid


def unit_of(*rows: list[Any]) -> str:
    (table,) = actions.tables(grid(("Blad", list(rows))))
    return table.unit


def _counted(table: Table) -> list[int]:
    assert table.budget is not None
    return [c.number for c in table.budget.columns if c.is_stated]


_HEAD = ["Post", "Budget 2031", "Utfall 2031"]
_SMALL = [["Kansli", 1450, 1461], ["Insatser", 3900, 3722], ["Summa kostnader", 5350, 5183]]
_LARGE = [
    ["Arvoden", 62000, 58400],
    ["Resor", 12000, 9875],
    ["Möten", 31000, 40125],
    ["Summa kostnader", 105000, 108400],
]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Rambudget 2031 (tusentals kronor)", "tkr"),
        ("Budget 2031, belopp i 1 000 kr", "tkr"),
        ("Budget 2031, kronor i tusental", "tkr"),
        ("Budget 2031 – 1000-tal kr", "tkr"),
        ("Budget 2031, milj. kr", "mkr"),
        ("Budget 2031, miljontals kronor", "mkr"),
        ("Budget 2031, kronor", "kr"),
    ],
)
def test_what_a_title_says_however_it_is_written(title: str, unit: str) -> None:
    assert unit_of([title], _HEAD, *_SMALL) == unit


def test_so_much_of_each_is_no_unit_of_the_amounts() -> None:
    head = [*_HEAD, "Kronor per deltagare"]
    rows = [[*row, 7000 + n] for n, row in enumerate(_SMALL)]
    assert unit_of(["Budget 2031"], head, *rows) == "tkr"


def test_no_association_has_a_hundred_million() -> None:
    """Where no unit is said amounts of a hundred thousand are kronor, and small ones are not."""
    assert unit_of(["Budget 2031"], _HEAD, *_LARGE) == "kr"
    assert unit_of(["Budget 2031"], _HEAD, *_SMALL) == "tkr"


def test_many_years_together_may_have_many_thousands() -> None:
    head = ["Post", "2019-2030 Utfall", "Utfall 2031", "Budget 2032"]
    rows = [
        ["Insatser", 112000, 10900, 11200],
        ["Kansli", 19000, 1450, 1500],
        ["Summa kostnader", 131000, 12350, 12700],
    ]
    assert unit_of(["Plan 2032"], head, *rows) == "tkr"


_BOTH: list[list[Any]] = [
    ["Budget 2031"],
    ["Post", "Budget 2031 kr", "Budget 2031 tkr"],
    ["Personal", 1482500, 1483],
    ["Lokal", 126400, 126],
    ["Insatser", 3910000, 3910],
    ["Summa kostnader", 5518900, 5519],
]


def test_a_column_of_another_unit_does_not_count() -> None:
    """1 483 tkr beside 1 482 500 kr are never one unit: the second is left out and told."""
    (table,) = actions.tables(grid(("Blad", _BOTH)))
    assert (table.unit, _counted(table)) == ("kr", [2])
    (told,) = (f for f in run(*_BOTH).findings if f.code == "okand-kolumn")
    assert (told.cell, "tkr” säger en annan enhet" in told.message) == ("C2", True)


def test_most_columns_tell_the_unit_of_a_table() -> None:
    rows: list[list[Any]] = [
        ["Budget, tkr"],
        ["Post", "Budget 2030", "Budget 2031", "Budget 2032 kr"],
        ["Personal", 1450, 1483, 1510000],
        ["Insatser", 3800, 3910, 4000000],
        ["Summa kostnader", 5250, 5393, 5510000],
    ]
    (table,) = actions.tables(grid(("Blad", rows)))
    assert (table.unit, _counted(table)) == ("tkr", [2, 3])
