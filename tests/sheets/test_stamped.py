"""A report of ours is known by how it begins, also where its name is lost."""

from __future__ import annotations

import pytest

from finsam_xl.sheets.grid import STAMPED, Cell, SheetGrid, Value

DAY = "Framtaget 2031-05-02"


def owner(*cells: tuple[int, int, Value], name: str = "") -> str:
    """Whose a sheet with some cells is."""
    held = {(row, column): Cell(value) for row, column, value in cells}
    return SheetGrid("Blad1", lambda: held, owner=name).owner


@pytest.mark.parametrize(
    "cells",
    [
        ((1, 1, "Plan 2031"), (2, 1, "Tkr"), (2, 9, DAY)),
        ((1, 1, "Plan 2031"), (2, 9, f"{DAY} · fryst 2031-06-01 ur budget.xlsx")),
        ((3, 2, "Plan 2031"), (4, 2, "Tkr"), (4, 10, DAY)),
        ((1, 1, "Plan 2031"), (1, 12, "Hjälpvärden"), (2, 9, DAY), (5, 1, "Intäkter"), (5, 2, 4)),
    ],
    ids=["as made", "frozen", "moved", "with what charts are drawn of"],
)
def test_a_report_without_its_name(cells: tuple[tuple[int, int, Value], ...]) -> None:
    assert owner(*cells) == STAMPED


@pytest.mark.parametrize(
    "cells",
    [
        ((1, 1, DAY), (3, 1, "Intäkter"), (3, 2, 4)),
        ((1, 1, "Budget"), (1, 2, "Fastställd"), (2, 3, DAY)),
        ((1, 1, "Budget"), (2, 1, DAY)),
        ((1, 1, "Budget"), (2, 2, DAY), (2, 3, "dnr 4")),
        ((1, 1, "Budget"), (2, 3, f"{DAY} av kansliet")),
        ((29, 1, "Rad"), (30, 2, DAY)),
        ((1, 1, "Budget"), (2, 3, "Framtaget 2031")),
    ],
    ids=["alone", "two above", "first", "more beside", "by her", "far down", "no day"],
)
def test_hers_stays_hers(cells: tuple[tuple[int, int, Value], ...]) -> None:
    assert owner(*cells) == ""


def test_one_with_its_name_is_called_by_it() -> None:
    assert owner((1, 1, "Plan"), (2, 9, DAY), name="plan") == "plan"
