"""Blank rows that a person says are sums and results: of the rows at their place, or it is asked.

No name and no figure tells here; what is said is all there is.
"""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.reading.book import tables
from finsam_xl.reading.placing import corrected, findings
from support.corrections import named, of_column, of_row
from support.typed_sheets import TODAY, Rows, grid

_HEAD: Rows = [["Budget 2025, tkr"], ["Post", "Budget 2025"]]
_IN: Rows = [["Staten", 100], ["Regionen", 50]]
_HOUSE: Rows = [["Lön", 60], ["Hyra", 10]]
_OUT: Rows = [["Insats A", 40], ["Insats B", 30]]
_BELOW: Rows = [*_HEAD, *_IN, ["Att fördela", None], *_HOUSE, ["Eget hus", None], *_OUT]
"""Sums below their rows: income in row 5, costs in 8, and then what a test ends with."""
_ABOVE: Rows = [
    *_HEAD, ["Pengar in", None], *_IN, ["Eget hus", None], *_HOUSE, ["Ut till andra", None], *_OUT,
]  # fmt: skip
"""Sums above their rows: income in row 3, costs in 6 and 9."""
Said = dict[int, str]


def _filled(rows: Rows, said: Said) -> dict[str, Any]:
    book = named(grid(("Blad", rows)))
    found = corrected(book, [of_row(book, 1, row, says) for row, says in said.items()])
    assert not list(findings(found, tables(found)))
    plan = actions.recompute(found, today=TODAY, run="")
    return {edit.cell: edit.new for edit in plan.edits}


@pytest.mark.parametrize(
    ("end", "said", "filled"),
    [
        (
            [["Ut till andra", None], ["Kvar", None]],
            {8: "delsumma kostnader", 11: "delsumma kostnader", 12: "resultat"},
            {"B5": 150, "B8": 70, "B11": 70, "B12": 10},
        ),
        (
            [["Ut till andra", None], ["Allt ut", None], ["Kvar", None]],
            {8: "delsumma", 11: "delsumma", 12: "summa kostnader", 13: "resultat"},
            {"B5": 150, "B8": 70, "B11": 70, "B12": 140, "B13": 10},
        ),
        (
            [["Allt ut", None], ["Kvar", None]],
            {8: "delsumma kostnader", 11: "summa kostnader", 12: "resultat"},
            {"B5": 150, "B8": 70, "B11": 140, "B12": 10},
        ),
    ],
    ids=["two-parts", "and-the-whole", "lines-in-the-whole"],
)
def test_sums_below_their_rows(end: Rows, said: Said, filled: dict[str, Any]) -> None:
    """The smaller are said to be of some rows only, and what is all of a side counts them."""
    assert _filled([*_BELOW, *end], {5: "summa intäkter", **said}) == filled


def test_two_cannot_both_be_all_of_a_side() -> None:
    """Then neither is filled in, nor what follows from them."""
    rows = [*_BELOW, ["Ut till andra", None], ["Kvar", None]]
    said = {5: "summa intäkter", 8: "summa kostnader", 11: "summa kostnader", 12: "resultat"}
    assert _filled(rows, said) == {"B5": 150}


_PARTS_ABOVE = {3: "summa intäkter", 6: "delsumma kostnader", 9: "delsumma kostnader"}


@pytest.mark.parametrize(
    ("end", "said", "filled"),
    [
        ([["Kvar", None]], {12: "resultat"}, {"B12": 10}),
        (
            [["Allt ut", None], ["Kvar", None]],
            {12: "summa kostnader", 13: "resultat"},
            {"B12": 140, "B13": 10},
        ),
        (
            [["Allt ut", None], ["Räntor", 5], ["Kvar", None]],
            {12: "summa kostnader", 13: "kostnad", 14: "resultat"},
            {"B12": 140, "B14": 5},
        ),
    ],
    ids=["result", "whole-below", "line-after-the-whole"],
)
def test_sums_above_their_rows(end: Rows, said: Said, filled: dict[str, Any]) -> None:
    """Nothing stands above the first, and so the others are above theirs as well."""
    wanted = {"B3": 150, "B6": 70, "B9": 70, **filled}
    assert _filled([*_ABOVE, *end], {**_PARTS_ABOVE, **said}) == wanted


def test_a_sum_that_may_be_of_either_is_asked_about() -> None:
    """Lines above and below, and what is over the first of them may be a sum too."""
    assert _filled([*_ABOVE, ["Kvar", None]], {6: "delsumma kostnader"}) == {}


_PROJECT: Rows = [
    *_HEAD,
    ["Intäkter"], ["Staten", 100], ["Kostnader"], ["Lön", -60],
    ["Projektet"], ["ESF-intäkter", 40], ["Projektkostnader", -35], ["Netto", None],
    ["Allt som allt", None],
]  # fmt: skip


def test_a_result_of_a_part() -> None:
    """It is said to be one; said to be the result, with another below, it may be either."""
    assert _filled(_PROJECT, {10: "delresultat", 11: "resultat"}) == {"B10": 5, "B11": 45}
    assert _filled(_PROJECT, {10: "resultat", 11: "resultat"}) == {}


@pytest.mark.parametrize("name", ["Verksamhetens netto", "Före räntor", "Eget resultat"])
def test_a_result_and_one_after_it(name: str) -> None:
    """What follows the first has one side only: the second is of all."""
    rows: Rows = [
        *_HEAD, ["Intäkter"], ["Staten", 100], ["Kostnader"], ["Lön", 60], [name, None],
        ["Ränta", 5], ["Till sist", None],
    ]  # fmt: skip
    said = {7: "resultat", 8: "intäkt", 9: "resultat"}
    assert _filled(rows, said) == {"B7": 40, "B9": 45}


@pytest.mark.parametrize("name", ["Personal", "Tak och väggar", "10 besök"])
def test_what_is_said_to_be_a_line_is_one(name: str) -> None:
    """Though its name sounds like a count, and though it is what the next two are together."""
    rows: Rows = [*_HEAD, ["Kostnader"], [name, 70], *_HOUSE, ["Alltihop", None]]
    said = dict.fromkeys((4, 5, 6), "kostnad")
    assert _filled(rows, {**said, 7: "summa kostnader"}) == {"B7": 140}


@pytest.mark.parametrize("says", ["summa", "summa budget 2025", "Totalt budget 2025"])
def test_a_column_that_is_a_sum(says: str) -> None:
    """Places beside each other are added where nothing but she tells that they are."""
    rows: Rows = [
        ["Budget 2025, tkr"],
        ["Kostnadsslag", "Kansli", "Norr", "Söder", "Summa"],
        ["Lön", 1, 2, 3, None],
        ["Hyra", 4, 5, 6, None],
        ["Summa kostnader", None, None, None, None],
    ]
    book = named(grid(("Blad", rows)))
    plan = actions.recompute(corrected(book, [of_column(book, 1, 5, says)]), today=TODAY, run="")
    assert {edit.cell: edit.new for edit in plan.edits} == {
        "E3": 6, "E4": 15, "B5": 5, "C5": 7, "D5": 9, "E5": 21,
    }  # fmt: skip


@pytest.mark.parametrize(
    "years", [(2024, 2025, 2026), (2026, 2025, 2024), ("2024", "2025", "2026")]
)
def test_a_year_put_right_moves_no_table(years: tuple[Any, ...]) -> None:
    """The row of years stays what heads the columns when one of them is corrected."""
    rows: Rows = [
        ["Ekonomi, tkr"],
        [None, "Utfall", "Budget", "Tal"],
        ["Post", *years],
        ["Kostnader"],
        ["Lön", 60, 61, 62],
        ["Hyra", 10, 11, 12],
        ["Summa kostnader", None, None, None],
    ]
    book = named(grid(("Blad", rows)))
    for says in ("plan 2027", "prognos 2027", "budget 2027"):
        found = corrected(book, [of_column(book, 1, 4, says)])
        table = tables(found)[0]
        assert [row.row for row in table.rows] == [4, 5, 6, 7]
        assert str(table.columns[3].period) == "2027"
        plan = actions.recompute(found, today=TODAY, run="")
        assert {edit.cell: edit.new for edit in plan.edits} == {"B7": 70, "C7": 72, "D7": 74}


@pytest.mark.parametrize("names", [("Förbundet", "Kommunen"), ("EU", "Fond"), ("Norr", "Söder")])
def test_columns_that_are_all_the_same_keep_their_headings(names: tuple[str, str]) -> None:
    """Places under a common heading are each said to be of one budget: no heading is a row."""
    rows: Rows = [
        ["Pengar, tkr"],
        ["Insats", "Budget 2026", None],
        [None, *names],
        ["Stöd", 10, 20],
        ["Praktik", 40, 50],
        ["Summa kostnader", 50, 70],
    ]
    book = named(grid(("Blad", rows)))
    said = [of_column(book, 1, column, "budget 2027") for column in (2, 3)]
    table = tables(corrected(book, said))[0]
    assert [row.row for row in table.rows] == [4, 5, 6]
    assert [str(column.period) for column in table.columns[1:3]] == ["2027", "2027"]
