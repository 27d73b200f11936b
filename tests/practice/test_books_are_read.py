"""Workbooks in the manner of other offices are understood: every table, column and row."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.actions import tables
from finsam_xl.address import position
from finsam_xl.sheets.tables import Table
from support.practice import MONEY, counterpart, names, workbook
from support.truth import wrong_columns, wrong_rows


@pytest.mark.parametrize("name", names())
def test_every_table(name: str) -> None:
    """Where it is, what kind, and what its columns, rows, unit and sign are."""
    book = workbook(name)
    read = tables(book.grid())
    for wanted in book.tables:
        found = counterpart(wanted, read)
        kinds = {wanted["kind"], *wanted.get("acceptable_kinds", [])}
        if found is None and "decoy" in kinds:
            continue
        assert found is not None, wanted["range"]
        is_money = wanted["kind"] in MONEY and found.kind in MONEY
        assert found.kind in kinds or is_money
        if not is_money and wanted["kind"] != "fees":
            continue
        assert list(wrong_columns(wanted, found)) == []
        assert list(wrong_rows(wanted, found)) == []
        assert found.unit == wanted["unit"] or wanted.get("unit_printed") is False
        if wanted.get("sign") and wanted["kind"] in MONEY and _has_costs(wanted):
            assert found.sign == wanted["sign"]


def _has_costs(wanted: dict[str, Any]) -> bool:
    return any(row.get("nature") == "cost" for row in wanted["rows"])


@pytest.mark.parametrize("name", names())
def test_what_is_no_table_is_left_alone(name: str) -> None:
    """Contact lists, meeting plans, ledgers, codes and staff."""
    book = workbook(name)
    read = tables(book.grid())
    for decoy in book.truth["tables"]:
        if decoy["kind"] == "decoy" and not decoy.get("acceptable_kinds"):
            found = counterpart(decoy, read)
            assert found is None or found.kind == "balance", decoy["range"]


@pytest.mark.parametrize("name", names())
def test_the_place_on_the_sheet_does_not_matter(name: str) -> None:
    """Moved three rows down and two columns right, every table is read as it was."""
    book = workbook(name)
    before = [_reading(table) for table in tables(book.grid(only_values=True))]
    after = [_reading(table, 3, 2) for table in tables(book.grid(moved=(3, 2)))]
    assert after == before


def _reading(table: Table, down: int = 0, right: int = 0) -> tuple[Any, ...]:
    return (
        table.sheet,
        table.kind,
        table.unit,
        table.sign,
        [(c.number - right, c.scenario, str(c.period), c.version) for c in table.columns],
        [(r.row - down, r.role, r.label) for r in table.rows],
    )


@pytest.mark.parametrize("name", names())
def test_one_figure_changes_no_row_and_no_column(name: str) -> None:
    """A figure that is a tenth too large is a wrong figure, and nothing else."""
    book = workbook(name)
    before = tables(book.grid(only_values=True))
    for table in before:
        if table.budget is None or len(table.budget.columns) < 3:
            continue
        inputs = [
            position(table.budget.place(index, column).cell)
            for index, row in enumerate(table.budget.rows)
            for column, heading in enumerate(table.budget.columns)
            if row.role == "line"
            and heading.is_stated
            and not heading.of
            and row.amounts[column]
            # A row with a single amount has nothing else to be known by.
            and sum(amount is not None for amount in row.amounts) > 1
        ]
        for row, column in inputs[::5]:
            cell = book.cells[table.sheet][row, column]._replace(formula=None)
            if not isinstance(cell.value, int | float):
                continue
            changed = cell._replace(value=round(cell.value * 1.1) + 1)
            grid = book.grid({(table.sheet, row, column): changed}, only_values=True)
            after = [one for one in tables(grid) if one.sheet == table.sheet]
            assert [_reading(one) for one in after] == [
                _reading(one) for one in before if one.sheet == table.sheet
            ], (row, column)
