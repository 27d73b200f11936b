"""Räkna om in Excel on the web does to a workbook what the command line does to its file.

The remote engine is real: the request is what Office.js sends, and the actions that xlwings
queues are carried out on a copy, which is held cell by cell against the file that
``Workbook.apply`` writes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from finsam_xl.actions.writing import mismatches
from finsam_xl.address import position
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.excel import apply, read
from finsam_xl.hosts.opened.blocks import rectangles
from finsam_xl.model import Ref
from support.excel_run import Run, recompute
from support.office_js import payload
from support.workbooks import EXISTING, SOCIAL_BUDGET, copy, workbook

WORKBOOKS = sorted(EXISTING.glob("*.xlsx"))
NAMES = [path.stem for path in WORKBOOKS]
MOST_BESIDES_BLOCKS = 20
MOST_FORMATS = 22


class Both:
    """A workbook recalculated on the file and in Excel."""

    def __init__(self, xw: Any, source: Path, folder: Path) -> None:
        self.path = copy(source, folder)
        with workbook(self.path) as book:
            self.filed = book.recompute()
            self.saved = book.apply(self.filed.plan, folder / f"klar-{source.name}").path
            self.run = book.run_id
        self.lite: Run = recompute(xw, self.path, self.run)
        self.server: Run = recompute(xw, self.path, self.run, told=False)


@pytest.fixture(scope="module", params=WORKBOOKS, ids=NAMES)
def both(xw: Any, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    return Both(xw, request.param, tmp_path_factory.mktemp("excel"))


def look(cell: Any) -> tuple[Any, ...]:
    fill = cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None
    return cell.value, cell.number_format, fill


def test_lite_plans_the_same_edits(both: Both) -> None:
    assert both.lite.plan.edits == both.filed.plan.edits
    assert both.lite.plan.expected == both.filed.plan.expected
    assert both.lite.applied.edits == both.filed.plan.edits
    assert both.lite.applied.held == ()


def test_lite_reports_the_same_findings_one_by_one(both: Both) -> None:
    findings = both.lite.applied.findings
    for excel, filed in zip(findings, both.filed.plan.findings, strict=True):
        assert excel == filed
    # What formulas show after the edits is known once Excel has calculated them.
    shown = {
        (wanted.sheet, wanted.cell): both.filed.recalculation.values.get(
            (wanted.sheet, *position(wanted.cell))
        )
        for wanted in both.lite.plan.expected
    }
    extra = [f for f in both.filed.findings if f not in both.filed.plan.findings]
    assert all(f in mismatches(both.lite.plan, shown) for f in extra)


def test_lite_leaves_every_cell_as_the_file_has_it(both: Both) -> None:
    filed = openpyxl.load_workbook(both.saved)
    assert both.lite.book.sheetnames == filed.sheetnames
    for sheet in filed:
        for row in sheet.iter_rows():
            for cell in row:
                there = both.lite.book[sheet.title][cell.coordinate]
                assert look(there) == look(cell), f"{sheet.title}!{cell.coordinate}"


def test_few_actions(both: Both) -> None:
    """A block per rectangle of edited cells, and little else."""
    for run in (both.lite, both.server):
        blocks = 0
        for sheet in {edit.sheet for edit in run.applied.edits}:
            cells = {
                position(edit.cell): "formula" if edit.formula else ""
                for edit in run.applied.edits
                if edit.sheet == sheet and not edit.keeps_value
            }
            blocks += len(rectangles(cells))
        written = [a for a in run.actions if a["func"] in ("setValues", "setFormula")]
        assert len(written) == blocks
        assert len(run.actions) <= blocks + MOST_BESIDES_BLOCKS


def test_server_writes_the_same_where_it_writes(both: Both) -> None:
    """Not told of formulas, it fills blank cells, and says which others it left alone."""
    filed = {(edit.sheet, edit.cell): edit for edit in both.filed.plan.edits}
    formats = openpyxl.load_workbook(both.path)
    for edit in both.server.applied.edits:
        assert edit.keeps_value or edit.old is None
        planned = filed[edit.sheet, edit.cell]
        if "%" in formats[edit.sheet][edit.cell].number_format and edit.new != planned.new:
            # The format was not told either: 19,3 in place of 0,193, shown in a plain format.
            assert isinstance(edit.new, float | int)
            shown = both.server.book[edit.sheet][edit.cell].number_format
            assert "%" not in shown, f"{edit.sheet}!{edit.cell}"
        else:
            assert edit.new == planned.new
    left = {(edit.sheet, edit.cell) for edit in both.server.applied.held}
    made = {(edit.sheet, edit.cell) for edit in both.server.applied.edits}
    # What only a formula beside could tell of is left blank, and told.
    told = {
        (place.sheet, place.cell)
        for f in both.server.plan.findings
        if f.code == "summa-tom"
        for place in (Ref(f.sheet or "", f.cell or ""), *f.also)
    }
    assert set(filed) <= left | made | told
    assert bool(left) == any("formler" in note for note in both.server.applied.notes)


def test_no_formula_is_written_over(both: Both) -> None:
    before = openpyxl.load_workbook(both.path)
    formulas = 0
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formulas += 1
                    for run in (both.lite, both.server):
                        assert run.book[sheet.title][cell.coordinate].value == cell.value
    assert formulas > 0


def test_lite_is_asked_little(both: Both) -> None:
    """Formulas and colours once a sheet; number formats in rounds that are waited for once."""
    sheets = len(openpyxl.load_workbook(both.path).sheetnames)
    assert both.lite.asked.count("formulas") <= sheets
    assert both.lite.asked.count("colors") <= sheets
    assert both.lite.asked.count("number_format") <= MOST_FORMATS * sheets
    assert both.server.asked == []


def test_one_sentence(both: Both) -> None:
    sentence = both.lite.applied.sentence
    assert sentence.endswith(".")
    assert sentence.count(".") == 1
    assert f"{len(both.lite.applied.findings)} fynd, börja med " in sentence
    assert "ändrade" in sentence


def test_a_second_run_changes_nothing(both: Both, xw: Any) -> None:
    again = recompute(xw, both.saved, both.run)
    assert again.actions == []
    assert again.applied.sentence.startswith("Inget behövde ändras")


def test_server_reads_values_and_no_formulas(both: Both, xw: Any) -> None:
    grid = read(xw.Book(json=payload(both.path, xw.__version__)))
    with workbook(both.path) as book:
        filed = book._book.grid
        for sheet in filed.sheets:
            for place, cell in sheet.cells.items():
                there = grid.sheet(sheet.name).cell(*place)
                assert there.value == cell.value
                assert there.formula is None


def test_lite_reads_what_the_file_host_reads(both: Both) -> None:
    """Cell by cell on sheets with tables: value, formula, colour, and how figures are shown."""
    seen = openpyxl.load_workbook(both.path)
    with workbook(both.path) as book:
        filed = book._book.grid
        for name in {table.sheet for table in book.tables()}:
            assert both.lite.grid.sheet(name).merged == filed.sheet(name).merged
            for place, cell in filed.sheet(name).cells.items():
                there = both.lite.grid.sheet(name).cell(*place)
                assert there.value == cell.value
                assert there.formula == cell.formula
                if not isinstance(seen[name].cell(*place), MergedCell):
                    # openpyxl, and so the client made of it, knows no format under a merge.
                    assert (there.mark, there.plain) == (cell.mark, cell.plain)
                if type(cell.value) in {int, float}:
                    assert there.percent == cell.percent


def test_what_fails_on_the_way_leaves_nothing_queued(
    xw: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(SOCIAL_BUDGET, tmp_path)
    book = xw.Book(json=payload(path, xw.__version__))
    plan = recompute(xw, path, "", ("impactindex",)).plan

    def broken(*_: object) -> None:
        raise RuntimeError("trasigt")

    monkeypatch.setattr(xw.Range, "merge", broken)
    with pytest.raises(WorkbookError, match=r"trasigt.*återställda"):
        apply(book, plan, {})
    assert book.json()["actions"] == []
