"""What only the desktop has: Excel that is busy, protection, and taking a change back."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest

from finsam_xl import actions
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.excel import apply, patience, read
from finsam_xl.plan import CellEdit, Plan
from support.fake_excel import FakeBook, is_editing, is_rejected
from support.small_plan import SmallPlan
from support.workbooks import EXISTING, NOW, copy, workbook

SETTINGS = (True, "semiautomatic", True)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_PAUSE", 0)


@pytest.fixture
def book(tmp_path: Path) -> FakeBook:
    return FakeBook(SmallPlan().save(tmp_path))


def planned(book: FakeBook) -> Plan:
    return actions.recompute(read(book), today=NOW.date(), run="")


def contents(book: FakeBook) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {
        (sheet.title, cell.coordinate): (
            cell.value,
            cell.number_format,
            cell.fill.fgColor.rgb if cell.fill.patternType else None,
        )
        for sheet in book.book
        for row in sheet.iter_rows()
        for cell in row
    }


def settings(book: FakeBook) -> tuple[Any, ...]:
    return book.app.screen_updating, book.app.calculation, book.app.enable_events


@pytest.mark.parametrize("source", sorted(EXISTING.glob("*.xlsx")), ids=lambda path: path.stem)
def test_the_desktop_does_as_the_file_does(source: Path, tmp_path: Path) -> None:
    path = copy(source, tmp_path)
    with workbook(path) as file:
        filed = file.recompute()
        saved = file.apply(filed.plan, tmp_path / f"klar-{source.name}").path
    fake = FakeBook(path)
    plan = planned(fake)
    assert plan.edits == filed.plan.edits
    assert plan.findings == filed.plan.findings
    apply(fake, plan)
    there: Any = openpyxl.load_workbook(saved)
    for sheet in there:
        for row in sheet.iter_rows():
            for cell in row:
                assert fake.book[sheet.title][cell.coordinate].value == cell.value


def test_formulas_and_their_results_are_read(tmp_path: Path) -> None:
    path = copy(EXISTING / "sodra-lappland-budget.xlsx", tmp_path)
    grid = read(FakeBook(path))
    with workbook(path) as file:
        for sheet in file._book.grid.sheets:
            for place, cell in sheet.cells.items():
                there = grid.sheet(sheet.name).cell(*place)
                assert there.value == cell.value
                assert there.formula == cell.formula
                assert there.mark == cell.mark
                assert there.plain == cell.plain
                if type(cell.value) in {int, float}:
                    assert there.percent == cell.percent


def test_a_formula_that_shows_nothing_is_read_and_not_unread(tmp_path: Path) -> None:
    book = FakeBook(SmallPlan().put(D6='=IF(B6="","",1)').save(tmp_path))
    cell = read(book).sheet("Budget").cell(6, 4)
    assert cell.value == ""
    assert not cell.is_unknown


def test_the_screen_is_quiet_while_writing_and_as_before_after(book: FakeBook) -> None:
    done = apply(book, planned(book))
    assert done.edits
    assert all(book.quiet)
    assert settings(book) == SETTINGS


def test_a_figure_takes_over_the_number_format_of_its_like(tmp_path: Path) -> None:
    small = SmallPlan()
    small.sheet["D5"].number_format = "0.00"
    small.sheet["A1"].number_format = "#,##0"
    book = FakeBook(small.save(tmp_path))
    edits = [CellEdit("Budget", cell, None, 5, "prov", like="A1") for cell in ("D5", "D6")]
    apply(book, Plan(tuple(edits)))
    assert book.book["Budget"]["D5"].number_format == "0.00"
    assert book.book["Budget"]["D6"].number_format == "#,##0"


@pytest.mark.parametrize("error", [is_rejected, is_editing], ids=["busy", "editing"])
def test_busy_for_a_moment_is_waited_for(book: FakeBook, error: Any) -> None:
    plan = planned(book)
    book.busy = [error(), error()]
    assert apply(book, plan).edits == plan.edits


@pytest.mark.parametrize("error", [is_rejected, is_editing], ids=["busy", "editing"])
def test_busy_for_good_is_said_and_nothing_is_written(book: FakeBook, error: Any) -> None:
    plan, before = planned(book), contents(book)
    book.busy = [error() for _ in range(500)]
    with pytest.raises(WorkbookError, match="Tryck Enter eller Esc"):
        apply(book, plan)
    assert len(book.busy) > 400, "the waiting is bounded"
    assert contents(book) == before
    assert settings(book) == SETTINGS


def test_busy_at_the_first_write_has_changed_nothing(book: FakeBook) -> None:
    plan, before = planned(book), contents(book)
    book.busy_from = 1
    with pytest.raises(WorkbookError, match="Tryck Enter eller Esc"):
        apply(book, plan)
    assert contents(book) == before


def test_busy_for_good_halfway_is_told_as_it_is(book: FakeBook) -> None:
    plan = planned(book)
    book.busy_from = 2
    with pytest.raises(WorkbookError, match=r"gick inte att återställa.*utan att spara"):
        apply(book, plan)
    assert settings(book) == SETTINGS


def test_xlwings_own_endless_retrying_is_bounded_meanwhile(
    book: FakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine: Any = ModuleType("xlwings._xlwindows")
    engine.N_COM_ATTEMPTS = 0
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", engine)
    seen = []
    original = FakeBook.answer

    def watched(self: FakeBook) -> None:
        seen.append(engine.N_COM_ATTEMPTS)
        original(self)

    monkeypatch.setattr(FakeBook, "answer", watched)
    apply(book, planned(book))
    assert set(seen) == {1}
    assert engine.N_COM_ATTEMPTS == 0


def test_a_failing_write_takes_the_others_back(book: FakeBook) -> None:
    plan, before = planned(book), contents(book)
    for breaks_at in range(1, 4):
        book.writes, book.breaks_at = 0, breaks_at
        with pytest.raises(
            WorkbookError, match=r"Minnet är slut.*Cellerna är återställda"
        ) as error:
            apply(book, plan)
        assert error.value.remedy
        assert contents(book) == before
        assert settings(book) == SETTINGS


@pytest.mark.parametrize(
    ("flag", "message"),
    [("ReadOnly", "skrivskyddad"), ("MultiUserEditing", "delad arbetsbok")],
)
def test_a_book_that_cannot_be_written_is_refused(book: FakeBook, flag: str, message: str) -> None:
    plan = planned(book)
    setattr(book.api, flag, True)
    with pytest.raises(WorkbookError, match=message) as error:
        apply(book, plan)
    assert error.value.remedy
    assert book.writes == 0


def test_a_protected_sheet_is_refused(book: FakeBook) -> None:
    plan = planned(book)
    _ = book.sheets["Budget"]
    book.flags["Budget"].ProtectContents = True
    with pytest.raises(WorkbookError, match=r"Bladet Budget är skyddat.*Ta bort bladets skydd"):
        apply(book, plan)
    assert book.writes == 0


def test_a_cell_changed_since_it_was_read_is_refused(book: FakeBook) -> None:
    plan, cell = planned(book), "D6"
    assert cell in {edit.cell for edit in plan.edits}
    for kept in (book.book, book.results):
        kept["Budget"][cell].value = 17
    with pytest.raises(WorkbookError, match=r"Budget!D6.*har ändrats.*Räkna om på nytt"):
        apply(book, plan)
    assert book.writes == 0


def test_a_formula_written_since_is_not_overwritten(book: FakeBook) -> None:
    plan = planned(book)
    book.book["Budget"]["D6"].value = "=B6-C6"
    with pytest.raises(WorkbookError, match="Cellen har en formel"):
        apply(book, plan)
    assert book.writes == 0


def test_undo_is_the_inverse_plan(book: FakeBook) -> None:
    before, plan = contents(book), planned(book)
    apply(book, plan)
    assert contents(book) != before
    apply(book, plan.inverse())
    assert contents(book) == before


def test_a_formula_is_written_as_one_and_taken_back(tmp_path: Path) -> None:
    """With the result in the cell first, so that it is there whatever Excel calculates."""
    made = openpyxl.Workbook()
    rows: list[list[Any]] = [
        ["Uppföljning 2025, tkr"], ["Post", "Budget 2025", "Utfall 2025"],
        ["Hyra", 100, 90], ["Lön", 400, 420], ["Summa kostnader", "=SUM(B3:B4)", None],
    ]  # fmt: skip
    for row in rows:
        made.active.append(row)
    made.save(tmp_path / "bok.xlsx")
    book = FakeBook(tmp_path / "bok.xlsx")
    plan = planned(book)
    assert [(edit.cell, edit.formula, edit.new) for edit in plan.edits] == [
        ("C5", "SUM(C3:C4)", 510)
    ]
    apply(book, plan)
    assert book.book.active["C5"].value == "=SUM(C3:C4)"
    apply(book, plan.inverse())
    assert book.book.active["C5"].value is None
