"""Next year's book as a file: what changes is listed, all else is as it was, and it works on."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from finsam_xl.actions.new_year_told import What
from finsam_xl.actions.wiring import Platform
from finsam_xl.address import is_turned, meet, position
from finsam_xl.cli.commands import run as command
from finsam_xl.errors import InputError
from finsam_xl.formulas.renaming import renamed
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.wiring import unwire as unwiring
from finsam_xl.new_year import Coming, new_year
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.wiring import unwire, wire
from finsam_xl.workbook import Workbook
from support import finsam_sheets
from support.commands import finsam_xl
from support.rich_workbook import (
    THREAD_CELL,
    build_rich_workbook,
    check_package,
    missing_features,
)
from support.second_opinion import ERRORS, converted, without_results
from support.strict_package import problems
from support.workbooks import EXISTING, NOW, ROOT, copy, workbook

PRACTICE = ROOT / "tests" / "practice"
OFFICER = PRACTICE / "officer"
BOOKS = [
    *sorted(OFFICER.glob("*2026.xlsx")),
    EXISTING / "sodra-lappland-budget.xlsx",
    *sorted((PRACTICE / "books").glob("*.xlsx"))[::2],
]
ASKED = ("25-orrvik",)
_COLUMN = re.compile(r"\[[^\[\]]*\]")
"""A column of an Excel table, which is called as its heading is."""
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


def made(source: Path, out: Path, year: int | None = None) -> Coming:
    with new_year(source, out, NOW, year) as coming:
        coming.write()
    return coming


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def texts(coming: Coming, *whats: What) -> str:
    return " | ".join(f"{t.sheet}: {t.text}" for t in coming.told if t.what in whats)


def is_as_told(source: Path, out: Path, coming: Coming) -> None:
    """Every cell is as before but for those told; no formula or format is lost."""
    old, new = openpyxl.load_workbook(source), openpyxl.load_workbook(out)
    edits = {(e.sheet, e.cell): e.new for e in coming.edits}
    assert new.sheetnames == [coming.sheets.get(name, name) for name in old.sheetnames]
    for sheet in old:
        later = new[coming.sheets.get(sheet.title, sheet.title)]
        assert later.dimensions == sheet.dimensions
        for row in sheet.iter_rows():
            for cell in row:
                after, place = later[cell.coordinate], (sheet.title, cell.coordinate)
                assert after.style_id == cell.style_id
                if cell.data_type == "f":
                    assert place not in edits
                    told = renamed(str(cell.value), coming.sheets)
                    assert _COLUMN.sub("[]", str(after.value)) == _COLUMN.sub("[]", told)
                elif place in edits:
                    assert after.value == edits[place] or str(edits[place]) in str(after.value)
                else:
                    assert after.value == cell.value, place


def moved_columns(book: Workbook, coming: Coming, *, like: bool) -> list[tuple[str, str, str]]:
    """What the columns are that figures were moved from (``like``), or to, as a book reads them."""
    found = []
    for edit in coming.edits:
        if edit.why != What.MOVED:
            continue
        sheet = edit.sheet if like else coming.sheets.get(edit.sheet, edit.sheet)
        row, column = position(edit.like if like else edit.cell)
        for table in book.tables():
            if table.real_sheet == sheet and meet(table.area, (row, column, row, column)):
                number = row if is_turned(table.sheet) else column
                own = next(one for one in table.columns if one.number == number)
                period = str(own.period or table.period)
                found.append((own.field, own.scenario, period))
    return found


@pytest.mark.parametrize("source", BOOKS, ids=lambda path: path.stem)
def test_only_what_is_told_is_changed(source: Path, tmp_path: Path) -> None:
    """In any book; it is calculated again, and nobody is told of errors that are none."""
    if source.stem in ASKED:
        pytest.skip("asks for the year")
    before = source.read_bytes()
    out = tmp_path / source.name
    coming = made(source, out)
    is_as_told(source, out, coming)
    assert source.read_bytes() == before
    assert len(problems(out)) == len(problems(source))
    with workbook(source) as book, workbook(out) as later:
        known = {f.code for f in book.check().findings if f.severity == "error"}
        assert moved_columns(book, coming, like=True) == moved_columns(later, coming, like=False)
        errors = {f.code for f in later.check().findings if f.severity == "error"}
        assert errors <= known | {"vikt-saknas"}
        if later.tables():
            later.recompute()


def test_an_officers_budget(tmp_path: Path) -> None:
    """Figures by hand: her own and what her formulas gave."""
    out = tmp_path / "Budget 2027.xlsx"
    coming = made(OFFICER / "Budget 2026.xlsx", out)
    assert coming.sheets == {
        "Budget 2026": "Budget 2027", "Plan 2027-2029": "Plan 2028-2030",
    }  # fmt: skip
    book = openpyxl.load_workbook(out)
    budget, fees, plan = book["Budget 2027"], book["Avgifter"], book["Plan 2028-2030"]
    assert [cell.value for cell in budget[5]][2:7] == [
        "Utfall 2025", "Budget 2026", "Prognos 2026", "Budget 2027", "Förändring",
    ]  # fmt: skip
    assert budget["B2"].value == "Budget 2027 och plan, belopp i kr"
    assert budget["B3"].value == "Fastställd av styrelsen 2025-11-20, dnr 2025:41"
    assert [budget[f"D{r}"].value for r in (7, 15, 22, 25, 30)] == [
        4_400_000, -1_510_000, -2_750_000, 0, 30_000,
    ]  # fmt: skip
    # What the forecast closes with, which her formula took: 2 864 680 + 398 000.
    assert budget["D33"].value == 3_262_680
    # The outcome of 2024 closes with 2 350 000 + 554 880.
    assert budget["C33"].value == 2_904_880
    assert {budget[f"{c}{r}"].value for c in "CEF" for r in (7, 15, 22, 30)} == {None}
    assert budget["F33"].value == "=E34"
    assert budget["H22"].value == "2026: Utökas med 0,5 tjänst"
    assert budget["F25"].comment.text.startswith("2026: Avslutas 2025-12-31")
    assert (fees["A1"].value, fees["B3"].value) == (
        "Fördelning av kommunernas medlemsavgift 2027", None,
    )  # fmt: skip
    assert (fees["D5"].value, fees["E5"].value, fees["E6"].value) == (
        "Avgift 2027", "Avgift 2026", 1_119_529,
    )  # fmt: skip
    assert fees["B6"].value == 31_874
    assert [plan[f"{c}8"].value for c in "BCDE"] == [None, -2060, -2100, None]
    assert book["Anteckningar"]["A1"].value == "Minnesanteckningar inför budget 2026"
    assert "Anteckningar" in texts(coming, What.ASKED)


def test_bytes_outside_the_cells_stay(tmp_path: Path) -> None:
    source, out = OFFICER / "Budget 2026.xlsx", tmp_path / "ny.xlsx"
    coming = made(source, out)
    before, after = parts(source), parts(out)
    cell = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    sheets = dict(zip(openpyxl.load_workbook(source).sheetnames, range(1, 9), strict=False))
    told = {(sheets[e.sheet], e.cell) for e in coming.edits}
    for number in sheets.values():
        name = f"xl/worksheets/sheet{number}.xml"
        old, new = before[name], after[name]
        assert cell.sub(b"", old) == cell.sub(b"", new)
        pairs = zip(cell.finditer(old), cell.finditer(new), strict=True)
        changed = {m[1].decode() for m, n in pairs if m[0] != n[0] and b"<f" not in m[0]}
        assert changed <= {place for sheet, place in told if sheet == number}
    assert before["xl/styles.xml"] == after["xl/styles.xml"]
    assert before["xl/theme/theme1.xml"] == after["xl/theme/theme1.xml"]


def test_libreoffice_calculates_it(tmp_path: Path, soffice: str) -> None:
    out, bare = tmp_path / "ny.xlsx", tmp_path / "utan.xlsx"
    made(OFFICER / "Budget 2026.xlsx", out)
    without_results(out, bare)
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    (shown,) = converted(soffice, bare, kind, tmp_path)
    text = shown.read_text(encoding="utf-8")
    assert not ERRORS.search(text)
    rows = [line.split(",") for line in text.splitlines()]
    assert (rows[10][1], rows[10][3]) == ("Summa intäkter", "8800000")


def test_on_the_command_line(tmp_path: Path) -> None:
    source = copy(OFFICER / "Uppföljning 2026.xlsx", tmp_path)
    before, out = source.read_bytes(), tmp_path / "Uppföljning 2027.xlsx"
    dry = finsam_xl("nytt-ar", source, "--out", out, "--dry-run")
    assert (dry.code, out.exists()) == (0, False)
    assert "Byter år: A1 ”Ekonomisk uppföljning tertial 1 2026”" in dry.out
    assert dry.out.rstrip().endswith("Inget är skrivet (provkörning).")
    done = finsam_xl("new-year", source, "--out", out, "--json")
    content = done.content
    assert (content["year"], content["new_year"], content["file"]) == (2026, 2027, str(out))
    assert {"sheet", "cell", "old", "new", "why"} == set(content["edits"][0])
    assert {"sheet", "what", "text"} == set(content["told"][0])
    assert out.exists()
    assert source.read_bytes() == before
    assert finsam_xl("nytt-ar", source).code == 2
    same = finsam_xl("nytt-ar", source, "--out", source)
    assert (same.code, "lämnas orörd" in same.err) == (2, True)
    assert finsam_xl("nytt-ar", source, "--out", tmp_path / "ny.xls").code == 2
    many = finsam_xl("nytt-ar", EXISTING / "umearegionen-budget.xlsx", "--out", out)
    assert (many.code, "--ar 2021" in many.err) == (2, True)


def test_on_a_terminal_it_is_asked_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ny.xlsx"
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"finsam_xl.cli.wired.sys.{stream}.isatty", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: "n")
    assert command(["nytt-ar", str(OFFICER / "Budget 2026.xlsx"), "--out", str(out)]) == 2
    assert not out.exists()
    assert "Inget är skrivet" in capsys.readouterr().err


# What people have said, buttons, reports --------------------------------------------------------


def test_corrections_follow_to_the_new_year(tmp_path: Path) -> None:
    """What headings are said to be is of the new year, and still found at them."""
    rows: list[list[Any]] = [
        ["Ekonomi 2025, tkr"], [], ["Post", "Kalkyl 2025", "Budget 2", "Avvikelse"],
        *finsam_sheets.ROWS[3:],
    ]  # fmt: skip
    finsam_sheets.applied(finsam_sheets.saved(tmp_path, rows), tmp_path / "läst.xlsx")
    says = {"Kalkyl 2025": "budget 2025", "Budget 2": "utfall 2025", "Alltihopa": "summa kostnader"}
    source = finsam_sheets.typed(tmp_path / "läst.xlsx", tmp_path / "rättad.xlsx", says)
    out = tmp_path / "ny.xlsx"
    coming = made(source, out)
    told = {row[1]: row for row in finsam_sheets.rows_of(out) if row[1]}
    assert told["Kalkyl 2026"][5] == "budget 2026"
    assert told["Budget 2"][5] == "utfall 2026"
    assert told["Alltihopa"][5] == "summa kostnader"
    assert "läses som tabell först när den har tal" in texts(coming, What.ASKED)
    filled = [CellEdit("Blad", f"{c}{row}", None, row, "") for c in "BC" for row in (5, 6, 7)]
    with workbook(out) as book:
        book.apply(Plan(edits=tuple(filled)))
    with workbook(out) as book:
        (table,) = book.tables()
        assert [(c.scenario, str(c.period)) for c in table.columns[1:3]] == [
            ("budget", "2026"), ("outcome", "2026"),
        ]  # fmt: skip
        assert not [f for f in book.recompute().findings if f.code.startswith("rattelse")]
    sheet = openpyxl.load_workbook(out)["Blad"]
    assert (sheet["A1"].value, sheet["B3"].value) == ("Ekonomi 2026, tkr", "Kalkyl 2026")


@pytest.mark.parametrize("platform", Platform)
def test_a_wired_book_stays_wired(platform: Platform, tmp_path: Path) -> None:
    """The code keeps its bytes, what names a sheet follows, and it can be unwired."""
    suffix = ".xlsx" if platform is Platform.LITE else ".xlsm"
    source = tmp_path / f"kopplad{suffix}"
    plain = copy(OFFICER / "Budget 2026.xlsx", tmp_path)
    with wire(plain, NOW, platform, source) as change:
        change.write()
    out = tmp_path / f"ny{suffix}"
    made(source, out)
    before, after = parts(source), parts(out)
    code = [name for name in before if "vba" in name.lower() or "customUI" in name]
    code += [name for name in before if name.endswith(".vml") or "webextension" in name]
    assert code
    assert [name for name in code if after[name] != before[name]] == []
    start = openpyxl.load_workbook(out)["Start"]
    shown = [cell.value for row in start.iter_rows() for cell in row if cell.value]
    assert "Budget 2027" in shown
    assert "Budget 2026" not in shown
    links = [str(cell.hyperlink.location) for row in start.iter_rows() for cell in row
             if cell.hyperlink and cell.hyperlink.location]  # fmt: skip
    assert not any("2026" in link for link in links)
    with Package(out) as package:
        assert unwiring.platform_of(package) is platform
    with unwire(out, NOW, tmp_path / "tillbaka.xlsx") as change:
        back = change.write().path
    assert openpyxl.load_workbook(back).sheetnames == [
        "Budget 2027", "Avgifter", "Plan 2028-2030", "Anteckningar",
    ]  # fmt: skip
    assert problems(back) == []


def test_last_years_reports_stay_behind(tmp_path: Path) -> None:
    """But for one that a formula looks at."""
    source = copy(EXISTING / "sodra-lappland-budget.xlsx", tmp_path)
    with workbook(source) as book:
        book.apply(book.recompute(("plan", "avgifter")))
    names = openpyxl.load_workbook(source).sheetnames
    out = tmp_path / "ny.xlsx"
    coming = made(source, out)
    later = openpyxl.load_workbook(out).sheetnames
    assert [name for name in names if name.startswith("Rapport")] != []
    assert [name for name in later if name.startswith("Rapport")] == []
    assert len(later) == len(names) - 4  # the log stays behind too
    assert "Rapport" in texts(coming, What.LEFT_BEHIND)
    assert problems(out) == []
    assert b"_finsam_rapport_plan" not in parts(out)["xl/workbook.xml"]


def test_notes_are_marked_and_threads_told(tmp_path: Path) -> None:
    source, out = tmp_path / "rik.xlsx", tmp_path / "ny.xlsx"
    build_rich_workbook(source)
    coming = made(source, out)
    assert missing_features(out) == []
    assert check_package(out) == []
    notes = parts(out)["xl/comments1.xml"].decode()
    assert "2021: Källa: årsredovisningen" in notes
    assert "2021: [Threaded" not in notes
    assert THREAD_CELL in texts(coming, What.ASKED)
    same = "xl/threadedComments/threadedComment1.xml"
    assert parts(source)[same] == parts(out)[same]
    again = made(out, tmp_path / "ännu.xlsx", 2022)
    assert again.sheets == {"Budget 22 & mål": "Budget 23 & mål"} or not again.sheets


# Headings that are made of a cell, and tables of Excel's -----------------------------------------


def _book(path: Path, headings: list[str], year: Any = 2026) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["År", year])
    sheet.append([])
    sheet.append(["Post", *headings])
    sheet.append(["Avgifter", 100, 110, 111])
    sheet.append(["Bidrag", 20, 21, 22])
    sheet.append(["Summa intäkter", *(f"=SUM({c}4:{c}5)" for c in "BCD")])
    sheet.append(["Hyra", 10, 11, 12])
    sheet.append(["Lön", 50, 52, 51])
    sheet.append(["Summa kostnader", *(f"=SUM({c}7:{c}8)" for c in "BCD")])
    sheet.append(["Resultat", *(f"={c}6-{c}9" for c in "BCD")])
    book.save(path)
    return path


def test_a_cell_with_the_year_moves_the_headings_made_of_it(tmp_path: Path) -> None:
    headings = ['="Utfall "&($B$1-1)', '="Budget "&$B$1', '="Utfall "&$B$1']
    out = tmp_path / "ny.xlsx"
    made(_book(tmp_path / "bok.xlsx", headings), out)
    shown = openpyxl.load_workbook(out, data_only=True).active
    assert shown is not None
    assert [cell.value for cell in shown[3]][1:] == ["Utfall 2026", "Budget 2027", "Utfall 2027"]
    assert [cell.value for cell in shown[4]] == ["Avgifter", 111, None, None]
    kept = openpyxl.load_workbook(out).active
    assert kept is not None
    assert kept["B1"].value == 2027
    assert kept["C3"].value == headings[1]


def test_headings_that_do_not_follow_leave_their_table(tmp_path: Path) -> None:
    """A formula with a year of its own: no figure is put under a heading of another year."""
    headings = ['="Utfall "&2025', '="Budget "&2026', '="Utfall "&2026']
    with pytest.raises(InputError, match="läses inte säkert"):
        made(_book(tmp_path / "bok.xlsx", headings), tmp_path / "ny.xlsx")


def test_a_year_cell_that_another_table_stands_on(tmp_path: Path) -> None:
    """One whose headings do not follow is left; the other goes on, with the cell."""
    path = _book(tmp_path / "bok.xlsx", ['="Utfall "&($B$1-1)', '="Budget "&$B$1', "Utfall 2026"])
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("Annat")
    other.append(["Post", '="Utfall "&2025', '="Budget "&2026'])
    for row in (["Hyra", 1, 2], ["Lön", 3, 4], ["Summa kostnader", "=SUM(B2:B3)", "=SUM(C2:C3)"]):
        other.append(row)
    book.save(path)
    coming = made(path, tmp_path / "ny.xlsx", 2026)
    assert {edit.sheet for edit in coming.edits} == {"Sheet"}
    assert "Annat: A1:C4: rubrikerna läses inte säkert" in texts(coming, What.KEPT)
    later = openpyxl.load_workbook(tmp_path / "ny.xlsx")["Sheet"]
    assert (later["B1"].value, later["D3"].value) == (2027, "Utfall 2027")


def test_headings_of_excels_tables_are_their_columns(tmp_path: Path) -> None:
    """And the formulas that name them follow, or Excel would repair the book."""
    source, out = tmp_path / "bok.xlsx", tmp_path / "ny.xlsx"
    book = xlsxwriter.Workbook(source)
    sheet = book.add_worksheet("Ekonomi 2026")
    names = ["Post", "Utfall 2025", "Budget 2026", "Utfall 2026"]
    data = [["Hyra", 10, 11, 12], ["Lön", 50, 52, 51], ["Resor", 5, 6, 7]]
    columns = [{"header": name} for name in names]
    sheet.add_table("A3:D6", {"name": "Tal", "columns": columns, "data": data})
    sheet.write("A1", "Kostnader 2026, tkr")
    sheet.write_formula("F1", "=SUM(Tal[Utfall 2026])", None, 70)
    sheet.write_formula("F2", "=SUM(Tal[Utfall 2025])", None, 65)
    book.close()
    made(source, out)
    later = openpyxl.load_workbook(out)["Ekonomi 2027"]
    assert [later[f"{c}3"].value for c in "BCD"] == ["Utfall 2026", "Budget 2027", "Utfall 2027"]
    assert later["F1"].value == "=SUM(Tal[Utfall 2027])"
    assert [later[f"B{r}"].value for r in (4, 5, 6)] == [12, 51, 7]
    assert problems(out) == []


def test_figures_from_elsewhere_are_told(tmp_path: Path) -> None:
    """A column that is fed by a list that stays would show last year's figures under the new."""
    book = openpyxl.Workbook()
    sheet, ledger = book.active, book.create_sheet("Verifikat")
    assert sheet is not None
    sheet.title = "Ekonomi"
    ledger.append(["Konto", "Belopp"])
    for number in range(3):
        ledger.append([4000 + number, 10 * (number + 1)])
    for row in (
        ["Ekonomi 2026, tkr"],
        ["Post", "Budget 2026", "Utfall 2026"],
        ["Hyra", 11, "=SUMIF(Verifikat!A:A,4000,Verifikat!B:B)"],
        ["Lön", 19, "=SUMIF(Verifikat!A:A,4001,Verifikat!B:B)"],
        ["Summa kostnader", "=SUM(B3:B4)", "=SUM(C3:C4)"],
    ):
        sheet.append(row)
    book.save(tmp_path / "bok.xlsx")
    coming = made(tmp_path / "bok.xlsx", tmp_path / "ny.xlsx")
    assert "Ekonomi: formler som fortfarande ger tal, av det som står kvar: C3:C4" in texts(
        coming, What.ASKED
    )


# What always holds -------------------------------------------------------------------------------

_AMOUNT = st.one_of(st.none(), st.integers(-9999, 9999), st.just(2026), st.just("ej klart"))
_COLUMNS = st.lists(
    st.sampled_from([
        "Utfall 2024", "Utfall 2025", "Budget 2025", "Prognos 2025", "Budget 2026",
        "Utfall 2026", "Prognos 2026", "Utfall 2026-08-31", "Plan 2027", "Plan 2028", "Avvikelse",
    ]),
    min_size=2, max_size=6, unique=True,
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(columns=_COLUMNS, data=st.data())
def test_of_any_columns_only_what_is_told_changes(
    columns: list[str], data: st.DataObject, tmp_path: Path
) -> None:
    """No formula is lost, and a figure stands only under the year and the scenario it had."""
    amounts = [[data.draw(_AMOUNT) for _ in columns] for _ in range(4)]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    letters = [chr(ord("B") + n) for n in range(len(columns))]
    sheet.append(["Ekonomi 2026, tkr"])
    sheet.append(["Post", *columns])
    sheet.append(["Avgifter", *amounts[0]])
    sheet.append(["Bidrag", *amounts[1]])
    sheet.append(["Summa intäkter", *(f"=SUM({c}3:{c}4)" for c in letters)])
    sheet.append(["Hyra", *amounts[2]])
    sheet.append(["Lön", *amounts[3]])
    sheet.append(["Summa kostnader", *(f"=SUM({c}6:{c}7)" for c in letters)])
    source, out = tmp_path / "bok.xlsx", tmp_path / "ny.xlsx"
    book.save(source)
    try:
        coming = made(source, out, 2026)
    except InputError:
        return
    is_as_told(source, out, coming)
    later = openpyxl.load_workbook(out).active
    assert later is not None
    had = {
        (heading, row): values[number]
        for number, heading in enumerate(columns)
        for row, values in zip((3, 4, 6, 7), amounts, strict=True)
    }
    for column in letters:
        heading = str(later[f"{column}2"].value)
        for row in (3, 4, 6, 7):
            value = later[f"{column}{row}"].value
            if isinstance(value, int):
                assert had.get((heading, row)) == value, (heading, row)


def test_a_title_formatted_letter_by_letter_stays_so(tmp_path: Path) -> None:
    source, out = tmp_path / "bok.xlsx", tmp_path / "ny.xlsx"
    book = xlsxwriter.Workbook(source)
    sheet = book.add_worksheet("Blad")
    bold = book.add_format({"bold": True, "font_color": "#C00000"})
    sheet.write_rich_string("A1", bold, "Budget 20", "26", bold, " & mer", ", tkr")
    sheet.write_row("A2", ["Post", "Budget 2026", "Utfall 2026", "Kommentar"])
    for row, (name, *values) in enumerate((("Hyra", 10, 11), ("Lön", 20, 21)), 2):
        sheet.write_row(row, 0, [name, *values])
    sheet.write_row("A5", ["Summa kostnader"])
    sheet.write_formula("B5", "=SUM(B3:B4)", None, 30)
    sheet.write_formula("C5", "=SUM(C3:C4)", None, 32)
    sheet.write_rich_string("D3", "höjs ", bold, "snart")
    book.close()
    made(source, out)
    shown = openpyxl.load_workbook(out, rich_text=True)["Blad"]
    assert str(shown["A1"].value) == "Budget 2027 & mer, tkr"
    assert [str(part) for part in shown["A1"].value] == ["Budget 20", "27", " & mer", ", tkr"]
    assert [str(part) for part in shown["D3"].value] == ["2026: höjs ", "snart"]
    assert shown["A1"].value[0].font.b
    assert problems(out) == []


def test_what_stands_outside_the_cells_is_told(tmp_path: Path) -> None:
    """Headers, text boxes and titles of charts are for a person to change."""
    source, out = tmp_path / "bok.xlsx", tmp_path / "ny.xlsx"
    book = xlsxwriter.Workbook(source)
    sheet = book.add_worksheet("Blad")
    sheet.write("A1", "Kostnader 2026, tkr")
    sheet.write_row("A2", ["Post", "Budget 2026", "Utfall 2026"])
    sheet.write_row("A3", ["Hyra", 10, 11])
    sheet.write_row("A4", ["Lön", 20, 21])
    sheet.write("A5", "Summa kostnader")
    sheet.write_formula("B5", "=SUM(B3:B4)", None, 30)
    sheet.write_formula("C5", "=SUM(C3:C4)", None, 32)
    sheet.set_header("&CBudget 2026 för styrelsen")
    sheet.insert_textbox("E1", "Beslutas i december 2026")
    sheet.insert_textbox("E9", "Inget år här")
    chart: Any = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Blad!$C$3:$C$4"})
    chart.set_title({"name": "Kostnader 2026"})
    sheet.insert_chart("H1", chart)
    book.close()
    asked = texts(made(source, out), What.ASKED)
    assert "sidhuvud eller sidfot nämner ett år: ”&CBudget 2026 för styrelsen”" in asked
    assert "en textruta nämner ett år: ”Beslutas i december 2026”" in asked
    assert "ett diagram nämner ett år: ”Kostnader 2026”" in asked
    assert "Inget år" not in asked


def test_days_that_are_counted_from_1904(tmp_path: Path) -> None:
    source, out = tmp_path / "bok.xlsx", tmp_path / "ny.xlsx"
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["Balansräkning, kr"])
    sheet.append(["", date(2026, 12, 31), date(2025, 12, 31)])
    for cell in sheet[2][1:]:
        cell.number_format = "yyyy-mm-dd"
    for row in (["Fordringar", 10, 11], ["Kassa och bank", 20, 21]):
        sheet.append(row)
    sheet.append(["Summa tillgångar", "=SUM(B3:B4)", "=SUM(C3:C4)"])
    book.save(source)
    made(source, out)
    later = openpyxl.load_workbook(out).active
    assert later is not None
    assert [later[f"{c}2"].value.date() for c in "BC"] == [date(2027, 12, 31), date(2026, 12, 31)]
    assert [later["C3"].value, later["C4"].value, later["B3"].value] == [10, 20, None]


def test_a_year_that_has_not_begun_raises_no_alarm(tmp_path: Path) -> None:
    """Of a social budget without an outcome one note, of shares of nothing none."""
    out = tmp_path / "social.xlsx"
    made(OFFICER / "Social budget 2026.xlsx", out)
    with workbook(out) as book:
        found = book.check().findings
    missing = [f for f in found if f.code == "utfall-saknas"]
    assert [(f.sheet, f.severity) for f in missing] == [
        ("Team Norr", "info"), ("Team Söder", "info"),
    ]  # fmt: skip
    assert not [f for f in found if f.severity != "info"]
    out = tmp_path / "månader.xlsx"
    made(PRACTICE / "books" / "01-alnora.xlsx", out)
    shown = openpyxl.load_workbook(out, data_only=True).worksheets[0]
    assert shown["M6"].value is None  # and not last year's: Excel calculates it when it opens
    with workbook(out) as book:
        assert not [f for f in book.check().findings if f.severity != "info"]
