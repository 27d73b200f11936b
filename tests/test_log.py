"""What runs write is logged, follows what it rests on, and can be taken back."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl import policy
from finsam_xl.actions.log import capped
from finsam_xl.address import a1
from finsam_xl.errors import InputError
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading.run_log import Entry, standing
from finsam_xl.workbook import Result, Workbook
from support.commands import finsam_xl
from support.finsam_sheets import FOLLOW_UP, NOW, applied, saved
from support.finsam_sheets import typed as corrected
from support.wired import wired
from support.workbooks import EXISTING

FILLED = {"B6": 500, "C6": 510, "D4": 10, "D5": -20, "D6": -10}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook that a run has filled in."""
    path = saved(tmp_path, FOLLOW_UP)
    assert cells_of(run(path)) == FILLED
    return path


def cells_of(result: Result) -> dict[str, Any]:
    """What a run writes, by cell."""
    return {edit.cell: edit.new for edit in result.plan.edits}


def run(path: Path, minute: int = 0, accept: tuple[str, ...] = ()) -> Result:
    """A run in the workbook."""
    with Workbook(path, NOW + timedelta(minutes=minute), user="Anna") as found:
        result = found.recompute(accept=accept)
        found.apply(result)
    return result


def undo(path: Path, name: str = "", *, rest: bool = False, minute: int = 30) -> Result:
    """A run taken back."""
    with Workbook(path, NOW + timedelta(minutes=minute), user="Anna") as found:
        result = found.undo(name, rest=rest)
        if not result.plan.asks:
            found.apply(result)
    return result


def typed(path: Path, cell: str, value: Any, sheet: str = "Blad") -> None:
    """What a person types."""
    with Workbook(path, NOW) as found:
        old = found._book.grid.sheet(sheet).cell(*_place(cell)).value
        found.apply(Plan(edits=(CellEdit(sheet, cell, old, value, "hon"),)))


def _place(cell: str) -> tuple[int, int]:
    row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
    return row, column


def shown(path: Path, sheet: str = "Blad") -> list[tuple[Any, ...]]:
    """What a sheet shows."""
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


# Following -------------------------------------------------------------------------------------


def test_results_follow_what_they_rest_on(book: Path) -> None:
    """One outcome is changed: sum, deviations and result follow, and nothing is said of it."""
    typed(book, "C4", 190)
    result = run(book, 1)
    assert cells_of(result) == {"C6": 610, "D4": -90, "D6": -110}
    assert not result.findings
    assert not run(book, 2).plan.edits


def test_what_no_longer_follows_is_taken_away(book: Path) -> None:
    """An outcome is emptied: what rested on it is blank, and comes back with it."""
    typed(book, "C5", None)
    assert cells_of(run(book, 1)) == {"C6": None, "D5": None, "D6": None}
    typed(book, "C5", 430)
    assert cells_of(run(book, 2)) == {"C6": 520, "D5": -30, "D6": -20}


def test_what_a_person_types_is_hers(book: Path) -> None:
    """She has typed over a sum: it stays, and is held against its lines; its deviation is ours."""
    typed(book, "C6", 999)
    result = run(book, 1)
    assert cells_of(result) == {"D6": -499}
    assert [(f.code, f.cell) for f in result.findings if f.stated == 999] == [
        ("summa-avviker", "C6")
    ]


def test_an_accepted_figure_is_ours(tmp_path: Path) -> None:
    """What was hers and was replaced follows from then on."""
    rows = [*FOLLOW_UP[:-1], ["Summa kostnader", 500, 555, None]]
    path = saved(tmp_path, rows)
    assert cells_of(run(path, accept=("summa-avviker",)))["C6"] == 510
    typed(path, "C4", 100)
    result = run(path, 1)
    assert cells_of(result)["C6"] == 520
    assert not [one for one in result.findings if one.cell == "C6"]


def test_the_check_says_that_figures_of_ours_are_old(book: Path) -> None:
    """Once, and not that they are wrong one by one."""
    typed(book, "C4", 190)
    with Workbook(book, NOW) as found:
        findings = found.check().findings
    assert [(one.code, one.sheet) for one in findings] == [("siffra-inaktuell", "Blad")]
    run(book, 1)
    with Workbook(book, NOW) as found:
        assert not found.check().findings


@pytest.mark.parametrize("how", ["row", "column", "name", "all"])
def test_figures_of_ours_are_known_where_they_have_moved(how: str, book: Path) -> None:
    """A row above, a column to the left, another name of the sheet."""
    moved = openpyxl.load_workbook(book)
    sheet = moved["Blad"]
    if how in ("row", "all"):
        sheet.insert_rows(4)
    if how in ("column", "all"):
        sheet.insert_cols(1)
    if how in ("name", "all"):
        sheet.title = "Budgeten"
    moved.save(book)
    row, column = 4 + (how in ("row", "all")), 3 + (how in ("column", "all"))
    typed(book, a1(row, column), 190, sheet.title)
    result = run(book, 1)
    right = {a1(row + 2, column): 610, a1(row, column + 1): -90, a1(row + 2, column + 1): -110}
    assert cells_of(result) == right


def _row_renamed(sheet: Any) -> None:
    sheet["A6"] = "Totalt kostnader"


def _heading_renamed(sheet: Any) -> None:
    sheet["D2"] = "Diff"


def _rows_sorted(sheet: Any) -> None:
    for column in "ABCD":
        one, other = sheet[f"{column}4"], sheet[f"{column}5"]
        one.value, other.value = other.value, one.value


def _sheet_copied(sheet: Any) -> None:
    sheet.parent.copy_worksheet(sheet).title = "Kopia"


def _figures_copied(sheet: Any) -> None:
    sheet["G4"], sheet["G6"] = sheet["D4"].value, sheet["D6"].value


def _row_copied(sheet: Any) -> None:
    for column in "ABCD":
        sheet[f"{column}20"] = sheet[f"{column}4"].value


def _column_deleted(sheet: Any) -> None:
    sheet.delete_cols(4)


FOLLOWED = {"C6": 610, "D4": -90, "D6": -110}
CHANGES = [
    (_row_renamed, "C4", FOLLOWED),
    (_heading_renamed, "C4", FOLLOWED),
    (_rows_sorted, "C5", {"C6": 610, "D5": -90, "D6": -110}),
    (_sheet_copied, "C4", FOLLOWED),
    (_figures_copied, "C4", FOLLOWED),
    (_row_copied, "C4", FOLLOWED),
    (_column_deleted, "C4", {"C6": 610}),
]


@pytest.mark.parametrize(("change", "cell", "right"), CHANGES)
def test_figures_of_ours_follow_what_she_does(
    change: Callable[[Any], None], cell: str, right: dict[str, int], book: Path
) -> None:
    """She renames, sorts, copies or deletes, and changes an outcome; a copy is hers, and stays."""
    changed = openpyxl.load_workbook(book)
    change(changed["Blad"])
    changed.save(book)
    copies = {**_elsewhere(book)}
    typed(book, cell, 190)
    result = run(book, 1)
    assert {e.cell: e.new for e in result.plan.edits if e.sheet == "Blad"} == right
    assert not [one for one in result.findings if one.severity != "info"]
    assert _elsewhere(book) == copies


def _elsewhere(path: Path) -> dict[tuple[str, str], Any]:
    """What stands beside and below her table, and on other sheets of hers."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in openpyxl.load_workbook(path)
        if sheet.title != "Finsam-logg"
        for row in sheet.iter_rows()
        for cell in row
        if sheet.title == "Kopia" or cell.column > 4 or cell.row > 6
    }


def test_rows_of_one_name_follow_where_they_have_moved_together(tmp_path: Path) -> None:
    """Each still holds what was written in it; sorted among themselves they are hers."""
    rows = [*FOLLOW_UP[:3], ["Insats", 100, 90, None], ["Insats", 400, 420, None], FOLLOW_UP[5]]
    path = saved(tmp_path, rows)
    assert cells_of(run(path)) == FILLED
    moved = openpyxl.load_workbook(path)
    moved["Blad"].insert_rows(4)
    moved.save(path)
    typed(path, "C6", 520)
    assert cells_of(run(path, 1)) == {"C7": 610, "D6": -120, "D7": -110}


# The log ---------------------------------------------------------------------------------------


def test_the_log_says_who_did_what_and_why(book: Path) -> None:
    """In a hidden sheet, and to whoever asks."""
    assert openpyxl.load_workbook(book)["Finsam-logg"].sheet_state == "hidden"
    with Workbook(book, NOW) as found:
        log = found.log()
    first = log[0]
    assert (first.who, first.action, first.when) == ("Anna", "Räkna om", "2026-11-29 kl. 12.00")
    told = {one.cell: (one.old, one.new, one.why) for one in log if one.cell}
    assert told["D4"] == (None, 10, "Hyra, Avvikelse")
    assert told.keys() == FILLED.keys()


def test_from_a_figure_to_its_runs(book: Path) -> None:
    """Which runs wrote it, what stood there and why: also when it has moved since."""
    typed(book, "C4", 190)
    run(book, 1)
    undo(book, minute=2)
    moved = openpyxl.load_workbook(book)
    moved["Blad"].insert_rows(4)
    moved.save(book)
    with Workbook(book, NOW) as found:
        rows = found.log_of("blad!$d$7")
        runs = list(dict.fromkeys(one.run for one in found.log()))
        assert found.log_of("Blad!A1") == ()
        with pytest.raises(InputError, match="Bladet!C7"):
            found.log_of("Bladet!C7")
    assert [(one.old, one.new) for one in rows] == [(None, -10), (-10, -110), (-110, -10)]
    assert [one.run for one in rows] == runs
    said = finsam_xl("log", book, "--cell", "D7").out
    assert "Summa kostnader, Avvikelse" in said
    assert "(ångrad)" in said
    told = json.loads(finsam_xl("log", book, "--cell", "Blad!D7", "--json").out)["runs"]
    assert [one["user"] for one in told] == ["Anna"] * 3
    assert [one["edits"][0]["new"] for one in told] == [-10, -110, -10]
    assert finsam_xl("log", book, "--cell", "Blad!A1").out.startswith("Inget är skrivet")


def test_every_row_of_the_log_leads_to_its_cell(book: Path) -> None:
    """By a link; nothing is added to her own cells."""
    sheets = openpyxl.load_workbook(book)
    links = {cell.value: cell.hyperlink.location for (cell,) in sheets["Finsam-logg"]["F5:F9"]}
    assert links == {cell: f"'Blad'!${cell[0]}${cell[1]}" for cell in FILLED}
    assert not [c for row in sheets["Blad"].iter_rows() for c in row if c.hyperlink or c.comment]


def test_a_run_that_changes_nothing_is_not_logged(book: Path) -> None:
    """And the file is left as it is."""
    before = book.read_bytes()
    run(book, 1)
    assert book.read_bytes() == before


def test_a_report_that_would_say_the_same_is_left(book: Path, tmp_path: Path) -> None:
    """No backup, no row in the log; written to another file it is there as well."""
    for minute in (1, 2):
        before = book.read_bytes()
        with Workbook(book, NOW + timedelta(minutes=minute)) as found:
            done = found.apply(found.report("kontroll"))
    assert book.read_bytes() == before
    assert (done.backup, done.changed) == (None, ())
    with Workbook(book, NOW + timedelta(minutes=3)) as found:
        found.apply(found.report("kontroll"), tmp_path / "annan.xlsx")
    assert "Rapport Kontroll" in openpyxl.load_workbook(tmp_path / "annan.xlsx").sheetnames


def test_fifty_runs_do_not_make_the_workbook_grow(book: Path) -> None:
    """Neither size, formats, texts nor names."""
    with Workbook(book, NOW) as found:
        found.apply(found.report("kontroll"))
    first = _sizes(book)
    for minute in range(50):
        with Workbook(book, NOW + timedelta(minutes=minute)) as found:
            found.apply(found.recompute())
        with Workbook(book, NOW) as found:
            found.apply(found.report("kontroll"))
    last = _sizes(book)
    assert last["xl/styles.xml"] == first["xl/styles.xml"]
    assert last["xl/workbook.xml"] - first["xl/workbook.xml"] < 9  # the log's last row


def _sizes(path: Path) -> dict[str, int]:
    with zipfile.ZipFile(path) as package:
        return {one.filename: one.file_size for one in package.infolist()}


def test_a_long_log_keeps_the_last_row_of_every_cell() -> None:
    """Older rows leave it, from the oldest."""
    log = [Entry(f"k{n}", sheet="Blad", cell=f"A{n % 7}", new=n) for n in range(40)]
    log = [Entry("först", sheet="Blad", cell="B1", new=1), *log]
    kept, archived = capped(log, 10)
    assert set(kept) | set(archived) == set(log)
    assert not set(kept) & set(archived)
    assert kept[0].cell == "B1"
    assert list(kept[1:]) == log[-10:]


def test_what_leaves_the_log_is_kept_beside_the_workbook(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a text file that can be opened."""
    monkeypatch.setattr(policy, "log", lambda _: policy.LogRules(8))  # type: ignore[arg-type]
    for minute in range(1, 4):
        typed(book, "C4", 100 * minute)
        run(book, minute)
    text = book.with_name("bok (finsam-logg).csv").read_text(encoding="utf-8-sig")
    assert text.startswith("Körning;När;Vem;")
    assert "Räkna om" in text
    typed(book, "C4", 90)
    assert cells_of(run(book, 9)) == {"C6": 510, "D4": 10, "D6": -10}


# Taking back -----------------------------------------------------------------------------------


def test_a_run_taken_back_leaves_her_sheets_byte_for_byte(tmp_path: Path) -> None:
    """Values, formulas, formats and colours, in every shipped workbook."""
    for source in sorted(EXISTING.glob("*.xlsx")):
        path = tmp_path / source.name
        shutil.copyfile(source, path)
        assert run(path).plan.edits
        undo(path)
        before, after = zipfile.ZipFile(source), zipfile.ZipFile(path)
        sheets = [name for name in before.namelist() if name.startswith("xl/worksheets/")]
        assert all(before.read(name) == after.read(name) for name in sheets)
        assert len(after.namelist()) == len(before.namelist()) + 1  # the log


def test_runs_are_taken_back_one_by_one(book: Path) -> None:
    """The last first; then there is none left."""
    typed(book, "C4", 190)
    run(book, 1)
    assert cells_of(undo(book, minute=2)) == {"C6": 510, "D4": 10, "D6": -10}
    assert cells_of(undo(book, minute=3)) == dict.fromkeys(FILLED)
    with pytest.raises(InputError, match="ingen körning"):
        undo(book, minute=4)
    assert cells_of(run(book, 5)) == {"B6": 500, "C6": 610, "D4": -90, "D5": -20, "D6": -110}


def test_where_somebody_has_typed_since_it_is_asked(book: Path) -> None:
    """Nothing is taken back but what is asked for."""
    typed(book, "C6", 999)
    refused = undo(book)
    assert not refused.plan.edits
    assert [(one.code, one.cell) for one in refused.findings] == [("andrat-sedan", "C6")]
    assert shown(book)[5] == ("Summa kostnader", 500, 999, -10)
    undo(book, rest=True)
    assert shown(book)[5] == ("Summa kostnader", None, 999, None)


def test_a_run_is_taken_back_by_its_name(book: Path) -> None:
    """An earlier one only where nothing has been written over it since."""
    with Workbook(book, NOW) as found:
        first = found.log()[0].run
    typed(book, "C4", 190)
    run(book, 1)
    assert {one.cell for one in undo(book, first).findings} == {"C6", "D4", "D6"}
    with pytest.raises(InputError, match="finns inte i loggen"):
        undo(book, "2020-01-01")


def test_a_new_report_goes_and_an_older_one_stays(book: Path) -> None:
    """What a report held before is not known; it is made again."""
    for outcome in (90, 95):
        typed(book, "C4", outcome)
        with Workbook(book, NOW) as found:
            found.apply(found.report("kontroll"))
    told = undo(book)
    assert [one.code for one in told.findings] == ["rapport-kvar"]
    assert "Rapport Kontroll" in openpyxl.load_workbook(book).sheetnames
    undo(book)
    assert openpyxl.load_workbook(book).sheetnames == ["Blad", "Finsam-logg"]


def test_a_sheet_that_somebody_has_worked_in_is_left(book: Path, tmp_path: Path) -> None:
    """Her corrections on the sheet Finsam, her notes in a report: nobody else has them."""
    read, said = tmp_path / "läst.xlsx", tmp_path / "rättad.xlsx"
    applied(book, read)
    corrected(read, said, {"Summa kostnader": "summa kostnader"})
    with Workbook(said, NOW + timedelta(minutes=9)) as found:
        left = found.undo().plan
    assert not left.removed
    assert [(one.code, one.sheet) for one in left.findings] == [("rapport-kvar", "Finsam")]
    with Workbook(read, NOW + timedelta(minutes=9)) as found:
        assert found.undo().plan.removed == ("finsam",)


def test_the_way_back_from_wiring_is_named(tmp_path: Path) -> None:
    """Wiring is no run: there is another command for it."""
    path = wired(saved(tmp_path, FOLLOW_UP))
    with pytest.raises(InputError, match="ingen körning") as refused:
        undo(path)
    assert "koppla-ur" in refused.value.remedy


def test_a_formula_of_ours_is_taken_back(tmp_path: Path) -> None:
    """And one that somebody has changed is not."""
    rows: list[list[Any]] = [*FOLLOW_UP[:3], ["Hyra", 100, 90, "=B4-C4"], *FOLLOW_UP[4:]]
    path = saved(tmp_path, rows)
    result = run(path)
    assert any(edit.formula for edit in result.plan.edits)
    undo(path)
    assert openpyxl.load_workbook(path)["Blad"]["D5"].value is None


def test_what_is_undone_is_not_ours_any_more() -> None:
    """Nor is the undoing itself."""
    log = [
        Entry("a", sheet="Blad", cell="A1", new=1),
        Entry("b", sheet="Blad", cell="A1", old=1, new=2),
        Entry("c", sheet="Blad", cell="A1", old=2, new=1, undoes="b"),
    ]
    assert standing(log) == log[:1]
