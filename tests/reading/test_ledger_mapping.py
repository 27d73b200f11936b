"""What stands beside a table of which accounts its rows take: it changes nothing of the reading."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.calc.ledger_rules import ANY, NONE
from finsam_xl.model_budget import Budget
from finsam_xl.reading import book as reading
from finsam_xl.reading.ledger_mapping import RowMapping, beside, mapping
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.bookkeeping import FOLLOW_UP, SHEET
from support.typed_sheets import grid

Rows = list[list[Any]]


def read(rows: Rows) -> tuple[Budget, RowMapping]:
    """The only table of a sheet, and what its rows take."""
    book = grid((SHEET, rows))
    (one,) = reading.budgets(reading.tables(book))
    return one.budget, mapping(book.sheet(SHEET), one.table, one.budget, {})


def without(rows: Rows) -> Rows:
    return [[None, None, *row[2:]] if len(row) > 1 else row for row in rows]


def test_the_table_is_read_as_without_it() -> None:
    """But for rows that have nothing else: what is to be fetched there makes them lines."""
    given = [[*row] for row in FOLLOW_UP]
    for row in (8, 18):
        given[row - 1] += [None] * (4 - len(given[row - 1]))
        given[row - 1][3] = 0
    with_it, bare = read(given)[0], read(without(given))[0]
    assert with_it == bare
    lines = {row.label for row in read(FOLLOW_UP)[0].rows if row.role == "line"}
    assert {"Övriga intäkter", "HFE"} <= lines


def test_each_row_takes_what_is_typed() -> None:
    budget, taken = read(FOLLOW_UP)
    rules = {budget.rows[rule.row].label: rule for rule in taken.rules}
    assert {name: rule.project for name, rule in rules.items() if rule.project != ANY} == {
        "Löner kansli": "P10", "Vännäs": "P41VÄN", "Nordmaling": "P42NOR",
        "Ungdomstorget": "P50UNG", "HFE": "P90HFE",
    }  # fmt: skip
    assert len(rules) == 12
    assert not taken.findings
    assert taken.places[taken.rules[0].row].cell == "A5"


PROJECTS = [("*", ANY), (None, ANY), ("–", NONE), ("-", NONE), (10, "10")]


@pytest.mark.parametrize(("stands", "project"), PROJECTS)
def test_projects_as_they_are_typed(stands: Any, project: str) -> None:
    rows = [[*row] for row in FOLLOW_UP]
    rows[12][1] = stands
    budget, taken = read(rows)
    rule = next(one for one in taken.rules if budget.rows[one.row].label == "Lokalhyra")
    assert rule.project == project


def test_what_cannot_be_read_or_is_a_sum_is_told_at_its_cell() -> None:
    rows = [[*row] for row in FOLLOW_UP]
    rows[12][0], rows[18][0] = "6010 hyra", "4-7"
    _, taken = read(rows)
    told = {one.cell: one.message for one in taken.findings}
    assert "6010 hyra" in told["A13"]
    assert "Summa kostnader" in told["A19"]


def test_a_column_of_plain_codes_is_read_as_before() -> None:
    """As in the statements of results that have one: it is a column of the table."""
    rows: Rows = [["Uppföljning 2025, kr"], [], ["Konto", None, "Budget 2025", "Utfall t.o.m. T2"]]
    rows += [[6010, "Lokalhyra", 85000], [5010, "Löner", 720000], [None, "Summa", 805000]]
    book = grid((SHEET, rows))
    (table,) = reading.tables(book)
    assert table.column("code") == 1
    assert not beside(book.sheet(SHEET))
    assert len(read(rows)[1].rules) == 2


def test_a_code_in_a_name_is_the_project_where_no_column_tells_it() -> None:
    rows: Rows = [["Uppföljning 2025, kr"], [], ["Konto", None, "Budget 2025", "Utfall t.o.m. T2"]]
    rows += [["4510, 4520", "P41VÄN, Vännäs", 420000], [None, "P42NOR, Nordmaling", 400000]]
    rows += [["50", "Löner", 720000], [None, "Summa", 1540000]]
    budget, taken = read(rows)
    rules = {budget.rows[rule.row].label: rule for rule in taken.rules}
    assert {name: rule.project for name, rule in rules.items()} == {
        "Vännäs": "P41VÄN", "Nordmaling": "P42NOR", "Löner": ANY,
    }  # fmt: skip
    assert rules["Nordmaling"].accounts is None
    assert taken.places[rules["Nordmaling"].row].cell == "B5"


def test_labels_under_the_heading_project_stay_labels() -> None:
    rows: Rows = [["Uppföljning 2025, kr"], [], ["Projekt", "Budget 2025", "Utfall t.o.m. T2"]]
    rows += [["Vännäs", 420000], ["Nordmaling", 400000], ["Summa", 820000]]
    budget, taken = read(rows)
    assert [row.label for row in budget.rows] == ["Vännäs", "Nordmaling", "Summa"]
    assert not taken.rules


def test_what_the_program_made_a_date_of_is_told() -> None:
    """``5-6`` typed in a cell is the fifth of June to Excel."""
    book = grid((SHEET, FOLLOW_UP))
    sheet = book.sheets[0]
    cells = dict(sheet.cells) | {(14, 1): Cell(45813.0, dated=True)}
    dated = Grid((SheetGrid(SHEET, lambda: cells),))
    (one,) = reading.budgets(reading.tables(dated))
    taken = mapping(dated.sheets[0], one.table, one.budget, {})
    assert [(told.cell, "datum" in told.message) for told in taken.findings] == [("A14", True)]
