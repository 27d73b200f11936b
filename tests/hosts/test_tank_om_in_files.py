"""The sheet Tänk om in a file: made, typed in, made anew, taken back, frozen, wired and not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.actions.wiring import Platform
from finsam_xl.freezing import freeze
from finsam_xl.plan import Plan
from finsam_xl.sheetplan import PlannedCell, Role, SheetPlan
from support import trial
from support.strict_package import problems
from support.wired import unwired, wired
from support.workbooks import NOW, SOCIAL_BUDGET, copy, workbook

SHEET = "Tänk om"


def _clicked(path: Path) -> SheetPlan:
    """The sheet, once it has been made in the file."""
    with workbook(path) as book:
        result = book.what_if()
        book.apply(result)
    return next(sheet for sheet in result.plan.sheets if sheet.name == SHEET)


def _type(path: Path, place: trial.Place, value: Any) -> None:
    book = openpyxl.load_workbook(path)
    book[SHEET].cell(*place).value = value
    book.save(path)


def _undo(path: Path) -> list[str]:
    """Take the last run back; what is said."""
    with workbook(path) as book:
        result = book.undo()
        book.apply(result)
    return [one.message for one in result.findings]


def _sheets(path: Path) -> list[str]:
    return list(openpyxl.load_workbook(path).sheetnames)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return copy(SOCIAL_BUDGET, tmp_path)


def test_formulas_stand_with_what_they_give(path: Path) -> None:
    plan = _clicked(path)
    written, stored = (
        openpyxl.load_workbook(path, data_only=only)[SHEET] for only in (False, True)
    )
    for (row, column), text in trial.formulas(plan).items():
        assert written.cell(row, column).value == f"={text}"
        value = stored.cell(row, column).value
        assert (value if value is not None else "") == trial.held(plan)[row, column]
    assert problems(path) == []
    assert {cell for d in written.data_validations.dataValidation for cell in str(d.sqref).split()}


def test_what_is_typed_stays_and_is_not_taken_away(path: Path) -> None:
    plan = _clicked(path)
    place = trial.place(plan, "1.2.3", "Antal")
    _type(path, place, 62)
    again = _clicked(path)
    assert trial.held(again)[place] == 62
    assert trial.shown(again, trial.held(again), "Hela indexet")[:2] == [64, 70]
    _undo(path)
    said = _undo(path)
    assert SHEET in _sheets(path)
    assert [text for text in said if SHEET in text and "har du skrivit" in text]


def test_a_sheet_that_nobody_typed_in_is_taken_away_again(path: Path) -> None:
    before = _sheets(path)
    _clicked(path)
    _undo(path)
    assert [name for name in _sheets(path) if name != "Finsam-logg"] == before


def test_the_file_has_no_table_more(path: Path) -> None:
    with workbook(path) as book:
        before = [(table.sheet, table.range) for table in book.tables()]
    _clicked(path)
    with workbook(path) as book:
        assert [(table.sheet, table.range) for table in book.tables()] == before
        assert [one for one in book.check().findings if one.sheet == SHEET] == []


def test_the_copy_for_others_lives(path: Path, tmp_path: Path) -> None:
    """Its formulas are ordinary ones, so they stay."""
    plan = _clicked(path)
    with freeze(path, NOW, tmp_path / "utskick.xlsx", names=False, pdf=None) as change:
        made = change.write().path
    sheet = openpyxl.load_workbook(made)[SHEET]
    row, column = next(iter(trial.formulas(plan)))
    assert sheet.cell(row, column).value == f"={trial.formulas(plan)[row, column]}"


# Our functions ---------------------------------------------------------------------------------


def _with_function(path: Path) -> Any:
    """What a cell holds that is planned with one of our functions."""
    cells = (
        PlannedCell(1, 1, "Prov", Role()),
        PlannedCell(2, 1, 0.25, Role(), formula="FINSAM_ANDEL(1,4)"),
    )
    with workbook(path) as book:
        book.apply(Plan(sheets=(SheetPlan("Prov", "tank_om", cells, (20.0,)),)))
    return openpyxl.load_workbook(path)["Prov"]["A2"].value


@pytest.mark.parametrize(
    ("platform", "held"),
    [
        (None, 0.25),
        (Platform.EXCEL, "=FINSAM_ANDEL(1,4)"),
        (Platform.LITE, "=_xldudf_FINSAM_ANDEL(1,4)"),
    ],
)
def test_our_functions_are_only_where_the_book_has_them(
    path: Path, tmp_path: Path, platform: Platform | None, held: Any
) -> None:
    if platform is not None:
        path = wired(path, platform)
    assert _with_function(path) == held
    if platform is not None:
        plain = unwired(path, tmp_path / "utan.xlsx")
        assert openpyxl.load_workbook(plain)["Prov"]["A2"].value == 0.25
