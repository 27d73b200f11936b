"""The workings of the fees: the exact fee, its roundings, and what they miss."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from finsam_xl import policy
from finsam_xl.model_budget import FeesTable
from finsam_xl.report import fees_report
from finsam_xl.sheetplan import SheetPlan

FeeTables = Mapping[str, list[FeesTable]]


def build(*tables: FeesTable) -> SheetPlan:
    rules = policy.membership_fees(date(2024, 12, 31))
    years = [(table, rules) for table in tables]
    _, workings = fees_report.build(years, association="Förbundet", run="20.19 · a1f3")
    return workings


def line(plan: SheetPlan, label: str, nth: int = 0) -> list[float | str | None]:
    rows = [cell.row for cell in plan.cells if cell.column == 1 and cell.value == label]
    found = {cell.column: cell.value for cell in plan.cells if cell.row == rows[nth]}
    return [found.get(column) for column in range(2, 12)]


@pytest.fixture
def umea(fee_tables: FeeTables) -> SheetPlan:
    return build(*fee_tables["umeå"])


def test_2021_in_kronor(umea: SheetPlan) -> None:
    """Key, share, exact, two roundings, stated, difference, and to date per tertial."""
    assert line(umea, "Umeå kommun") == [
        82.93, pytest.approx(0.8293), 2359358.5, 2359359, 2359359, 2359359, 0.5,
        786453, 1572906, 2359359,
    ]  # fmt: skip
    assert line(umea, "Kommunerna tillsammans")[3:7] == [2845000, 2845002, 2845002, 2]
    assert line(umea, "Summa")[3:6] == [11380000, 11380002, 11380002]
    assert line(umea, "Försäkringskassan")[2:] == [
        5690000, 5690000, 5690000, 5690000, 0, 1896667, 3793333, 5690000,
    ]  # fmt: skip


@pytest.mark.parametrize(("year", "gaps"), [(0, [0, 2, 2]), (1, [0, 0, 0]), (2, [0.5, 0.5, -0.5])])
def test_what_each_rounding_misses(umea: SheetPlan, year: int, gaps: list[float]) -> None:
    """2021: 2 kr with halves up; 2019: the quarter 2 862,5 is no whole amount, 2 862 was paid."""
    assert line(umea, "Mer eller mindre än kvarten", year)[3:6] == gaps


def test_2019_by_largest_remainder(umea: SheetPlan) -> None:
    assert line(umea, "Robertsfors kommun", 2)[2:7] == [110.8, 111, 111, 110, -0.8]


def test_a_decimal_only_where_there_is_one(umea: SheetPlan) -> None:
    """5 690 000 stands without, and with its units below those of 2 359 358,5."""
    formats = {
        (cell.value, cell.role.number.split(";")[0].removeprefix("[$-41D]"))
        for cell in umea.cells
        if cell.column == 4 and cell.value in (5690000, 2359358.5)
    }
    assert formats == {(5690000, "#,##0_,_0"), (2359358.5, "#,##0.0")}


def test_shares_by_the_stated_fees_where_there_is_no_key(fee_tables: FeeTables) -> None:
    found = line(build(*fee_tables["lappland"]), "Lycksele kommun")
    assert found[:6] == [None, pytest.approx(326 / 938), 326, 326, 326, 326]


def test_each_sheet_has_an_owner_of_its_own(umea: SheetPlan) -> None:
    assert (umea.name, umea.owner) == ("Rapport Avgifter underlag", "avgifter_underlag")
