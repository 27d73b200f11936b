"""What is filled in is a formula where the sheet uses formulas, and a figure where it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl import actions
from finsam_xl.address import position
from finsam_xl.plan import CellEdit
from finsam_xl.workbook import open_workbook
from support.practice import FOLDER
from support.second_opinion import converted, without_results
from support.typed_sheets import TODAY, F, Rows, grid

_COSTS: Rows = [
    ["Uppföljning 2025, tkr"],
    ["Post", "Budget 2025", "Utfall 2025", "Avvikelse"],
    ["Hyra", 100, 90, F("B3-C3", 10)],
    ["Lön", 400, 420, F("B4-C4", -20)],
    ["Summa kostnader", F("SUM(B3:B4)", 500), F("SUM(C3:C4)", 510), F("B5-C5", -10)],
]


def _edits(rows: Rows, *, formulas: bool = False) -> dict[str, CellEdit]:
    plan = actions.recompute(grid(("Blad", rows)), today=TODAY, run="", formulas=formulas)
    return {edit.cell: edit for edit in plan.edits}


def _without(*cells: str, rows: Rows = _COSTS) -> list[list[Any]]:
    made = [list(row) for row in rows]
    for row, column in map(position, cells):
        made[row - 1][column - 1] = None
    return made


def _typed(rows: Rows) -> list[list[Any]]:
    return [[one.result if isinstance(one, F) else one for one in row] for row in rows]


@pytest.mark.parametrize(
    ("cell", "formula", "value"),
    [("C5", "SUM(C3:C4)", 510), ("B5", "SUM(B3:B4)", 500), ("D4", "B4-C4", -20)],
)
def test_the_neighbours_formula(cell: str, formula: str, value: int) -> None:
    """Moved into place from the row for a sum, from the column for a deviation."""
    edit = _edits(_without(cell))[cell]
    assert (edit.formula, edit.new) == (formula, value)


def test_a_whole_column_of_deviations() -> None:
    """With no deviation left to copy, one is made as the sheet's sums are formulas."""
    found = _edits(_without("D3", "D4", "D5"))
    assert {cell: edit.formula for cell, edit in found.items()} == {
        "D3": "B3-C3", "D4": "B4-C4", "D5": "B5-C5",
    }  # fmt: skip


def test_figures_where_the_sheet_has_figures() -> None:
    """A colleague goes on as the sheet was begun."""
    found = _edits(_without("C5", "D5", rows=_typed(_COSTS)))
    assert {cell: (edit.formula, edit.new) for cell, edit in found.items()} == {
        "C5": ("", 510), "D5": ("", -10),
    }  # fmt: skip


def test_formulas_when_they_are_asked_for() -> None:
    """Also where the sheet has figures."""
    found = _edits(_without("C5", "D5", rows=_typed(_COSTS)), formulas=True)
    assert {cell: edit.formula for cell, edit in found.items()} == {
        "C5": "SUM(C3:C4)", "D5": "B5-C5",
    }  # fmt: skip


def test_a_neighbour_that_gives_another_figure_is_not_copied() -> None:
    """The budget's sum leaves a row out: its formula would too, so the figure's own is made."""
    rows = _without("C5", "D5")
    rows[4][1] = F("B3+B4*1", 500)
    rows[3][2] = 425
    found = _edits(rows)
    assert found["C5"].new == 515
    assert found["C5"].formula in {"C3+C4*1", "SUM(C3:C4)"}


def test_a_text_that_is_a_number_is_not_summed_by_a_formula() -> None:
    """Excel would leave it out, so the figure is written as one."""
    rows = _without("C5", "D5")
    rows[3][2] = "420"
    found = _edits(rows)
    assert "C5" not in found or not found["C5"].formula


@pytest.mark.parametrize("name", ["09-flisbro", "13-hokfors", "39-akerfors"])
def test_libreoffice_calculates_the_same(name: str, tmp_path: Path, soffice: str) -> None:
    """The formulas written in a file give what stood there before they were taken out."""
    before = openpyxl.load_workbook(FOLDER / "books" / f"{name}.xlsx", data_only=True)
    book = openpyxl.load_workbook(FOLDER / "books" / f"{name}.xlsx")
    taken = {}
    for sheet in book:
        held = [c for row in sheet for c in row if str(c.value).startswith("=")]
        first = min((cell.column for cell in held), default=0)
        for cell in held:
            if cell.column == first:
                taken[sheet.title, cell.coordinate] = before[sheet.title][cell.coordinate].value
                cell.value = None
    path = tmp_path / "bok.xlsx"
    book.save(path)
    with open_workbook(path) as workbook:
        done = workbook.recompute()
        saved = workbook.apply(done, tmp_path / "klar.xlsx").path
    written = {(e.sheet, e.cell): e for e in done.plan.edits if e.formula}
    assert written
    assert set(written) <= set(taken)
    assert without_results(saved, tmp_path / "utan.xlsx")
    (calculated,) = converted(soffice, tmp_path / "utan.xlsx", "xlsx", tmp_path)
    again = openpyxl.load_workbook(calculated, data_only=True)
    for (sheet, cell), edit in written.items():
        assert again[sheet][cell].value == pytest.approx(edit.new)
        known = taken[sheet, cell]
        assert known is None or known == pytest.approx(edit.new)


def test_nothing_is_left_to_do_after(tmp_path: Path) -> None:
    """A second run finds formulas of its own, and leaves them."""
    book = openpyxl.Workbook()
    for row in _without("C5", "D4"):
        book.active.append([f"={one.text}" if isinstance(one, F) else one for one in row])
    book.save(tmp_path / "bok.xlsx")
    with open_workbook(tmp_path / "bok.xlsx") as workbook:
        first = workbook.recompute()
        saved = workbook.apply(first, tmp_path / "klar.xlsx").path
    assert {edit.cell: edit.formula for edit in first.plan.edits} == {
        "C5": "SUM(C3:C4)", "D4": "B4-C4",
    }  # fmt: skip
    with open_workbook(saved) as workbook:
        assert workbook.recompute().plan.edits == ()
    assert openpyxl.load_workbook(saved).active["C5"].value == "=SUM(C3:C4)"
    assert openpyxl.load_workbook(saved, data_only=True).active["C5"].value == 510
    with open_workbook(saved) as workbook:
        workbook.apply(first.plan.inverse(), tmp_path / "igen.xlsx")
    assert openpyxl.load_workbook(tmp_path / "igen.xlsx").active["C5"].value is None
