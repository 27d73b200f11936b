"""Functions in result cells: only where they give what is there, and values again afterwards."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.actions.wiring import Platform
from finsam_xl.cli import commands
from finsam_xl.hosts.ooxml.wiring import journal
from finsam_xl.wiring import unwire, wire
from support import finsam_sheets
from support.rich_macros import BUTTON_SHEETS, build_many_buttons
from support.rich_workbook import missing_features
from support.small_budget import UNIT, SmallBudget
from support.strict_package import problems
from support.workbooks import EXISTING, NOW, ROOT, copy, with_its_results, workbook

PRACTICE = ROOT / "tests" / "practice"
BOOKS = [
    *sorted(EXISTING.glob("*.xlsx")),
    *sorted((PRACTICE / "books").glob("*.xlsx"))[::3],
    *sorted((PRACTICE / "officer").glob("*.xlsx"))[::2],
]
CALLED = re.compile(r"(?:ROUND\(|INDEX\()?(?:_xldudf_)?FINSAM_\w+\(")

# The pot is 8 000, so the municipalities' quarter is 2 000. Of 9 987 inhabitants Alby has 5 100:
# 1 021,3; Boda 3 050: 610,8; Ceda 1 837: 367,9. Down to whole ones 1 998: two more to the largest.
FEES: list[list[Any]] = [
    ["Medlemsavgifter 2026, tkr"],
    ["Pott", 8000],
    [],
    ["Part", "Invånare 16–64 år", "Avgift, tkr"],
    ["Staten", None, 4000],
    ["Regionen", None, 2000],
    ["Alby kommun", 5100, 1021],
    ["Boda kommun", 3050, 611],
    ["Ceda kommun", 1837, 368],
]
FEE = 'INDEX(FINSAM_AVGIFT($B$7:$B$9,FINSAM_FINANSIERING($B$2,"kommuner")),{})'
FEE_FUNCTIONS = {
    "C5": 'FINSAM_FINANSIERING($B$2,"stat")',
    "C6": 'FINSAM_FINANSIERING($B$2,"region")',
    "C7": FEE.format(1),
    "C8": FEE.format(2),
    "C9": FEE.format(3),
}
# Costs are positive: less than budgeted is good, more of an income is good.
FOLLOWED: list[list[Any]] = [
    ["Uppföljning 2026, tkr"],
    [],
    [None, "Budget 2026", "Utfall 2026", "Avvikelse"],
    ["Intäkter"],
    ["Medlemsavgifter", 900, 900, 0],
    ["Övriga intäkter", 100, 130, 30],
    ["Summa intäkter", 1000, 1030, 30],
    ["Kostnader"],
    ["Lokaler", 200, 180, 20],
    ["Personal", 700, 760, -60],
    ["Summa kostnader", 900, 940, -40],
    ["Årets resultat", 100, 90, -10],
]
DEVIATION = {
    "D5": 'FINSAM_AVVIKELSE(C5,B5,"intäkt")',
    "D6": 'FINSAM_AVVIKELSE(C6,B6,"intäkt")',
    "D7": 'FINSAM_AVVIKELSE(C7,B7,"intäkt")',
    "D9": 'FINSAM_AVVIKELSE(C9,B9,"kostnad")',
    "D10": 'FINSAM_AVVIKELSE(C10,B10,"kostnad")',
    "D11": 'FINSAM_AVVIKELSE(C11,B11,"kostnad")',
    "D12": 'FINSAM_AVVIKELSE(C12,B12,"intäkt")',
}


def saved(path: Path, rows: list[list[Any]], changes: dict[str, Any] | None = None) -> Path:
    book: Any = openpyxl.Workbook()
    book.active.title = "Blad"
    for row in rows:
        book.active.append(row)
    for cell, value in (changes or {}).items():
        book.active[cell] = value
    book.save(path)
    return path


def wired(
    source: Path, platform: Platform = Platform.EXCEL, *, functions: bool | None = True
) -> tuple[Path, Any]:
    suffix = ".xlsx" if platform is Platform.LITE else ".xlsm"
    out = source.with_name(f"kopplad{suffix}")
    with wire(source, NOW, platform, out, functions=functions) as change:
        return change.write().path, change


def back(source: Path) -> tuple[Path, Any]:
    with unwire(source, NOW, source.with_name("tillbaka.xlsx")) as change:
        return change.write().path, change


def written(path: Path, sheet: str = "Blad") -> dict[str, str]:
    """The functions of ours in a sheet's cells, without the equals sign."""
    cells = (cell for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row)
    return {c.coordinate: c.value[1:] for c in cells if c.data_type == "f" and "FINSAM" in c.value}


def values(path: Path, sheet: str = "Blad") -> dict[str, Any]:
    rows = openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows()
    return {cell.coordinate: cell.value for row in rows for cell in row if cell.value is not None}


def findings(path: Path) -> set[tuple[str, str | None, str | None]]:
    with workbook(path) as book:
        return {(one.code, one.sheet, one.cell) for one in book.check().findings}


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def rewritten(path: Path, changes: dict[str, bytes | None]) -> Path:
    held: dict[str, bytes | None] = {**parts(path), **changes}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in held.items():
            if data is not None:
                package.writestr(name, data)
    return path


def saved_by_excel(path: Path, sheet: str, old: str = "", new: str = "") -> Path:
    """The sheet in other words, and what we kept of it gone."""
    held = parts(path)
    changes: dict[str, bytes | None] = {journal.PART: None}
    for name in ("_rels/.rels", "[Content_Types].xml"):
        changes[name] = re.sub(rb'<\w+ [^>]*finsam/original\.dat"[^>]*/>', b"", held[name])
    assert old.encode() in held[sheet]
    text = held[sheet].replace(old.encode(), new.encode())
    changes[sheet] = text.replace(b"<sheetData>", b"<!-- sparad --><sheetData>")
    return with_its_results(rewritten(path, changes))


# Which cells get what


@pytest.mark.parametrize(
    ("rows", "functions"), [(FEES, FEE_FUNCTIONS), (FOLLOWED, DEVIATION)], ids=["fees", "follow-up"]
)
@pytest.mark.parametrize("platform", Platform)
def test_typed_results_get_their_functions(
    rows: list[list[Any]], functions: dict[str, str], platform: Platform, tmp_path: Path
) -> None:
    """What they show stays, nothing remains to recompute, and all of it goes again."""
    path = saved(tmp_path / "bok.xlsx", rows)
    made, change = wired(path, platform)
    prefix = "_xldudf_" if platform is Platform.LITE else ""
    wanted = {c: text.replace("FINSAM", f"{prefix}FINSAM") for c, text in functions.items()}
    assert written(made) == wanted
    assert values(made) == values(path)
    assert {edit.cell: edit.formula for edit in change.functions} == functions
    assert problems(made) == []
    with workbook(made) as book:
        assert book.recompute().plan.edits == ()
        assert "levande-skiljer" not in {f.code for f in book.check().findings}
    assert back(made)[0].read_bytes() == path.read_bytes()


@pytest.mark.parametrize("platform", [Platform.EXCEL, Platform.LITE])
def test_blank_results_are_filled_with_them(platform: Platform, tmp_path: Path) -> None:
    blank = dict.fromkeys(FEE_FUNCTIONS)
    path = saved(tmp_path / "bok.xlsx", FEES, blank)
    made, change = wired(path, platform)
    assert len(written(made)) == len(FEE_FUNCTIONS)
    assert values(made) == values(saved(tmp_path / "typed.xlsx", FEES))
    assert {edit.old for edit in change.functions} == {None}
    assert any("5 av dem var tomma" in line for line in change.lines)
    assert back(made)[0].read_bytes() == path.read_bytes()


def test_what_differs_is_left_and_told(tmp_path: Path) -> None:
    path = saved(tmp_path / "bok.xlsx", FEES, {"C8": 612})
    made, change = wired(path)
    assert "C8" not in written(made)
    assert {"C7", "C9"} < set(written(made))
    assert any("Blad!C8 står som 612 men funktionen ger 611" in note for note in change.notes)
    assert values(made)["C8"] == 612


def test_where_most_differ_none_is_taken_for_right(tmp_path: Path) -> None:
    """Fees of another key: the one that happens to agree says nothing of the rest."""
    path = saved(tmp_path / "bok.xlsx", FEES, {"C7": 1000, "C8": 632})
    made, change = wired(path)
    assert set(written(made)) == {"C5", "C6"}
    (told,) = [note for note in change.notes if "Blad!C" in note]
    assert "C7 till C9" in told
    assert "1 av 3 celler" in told


@pytest.mark.parametrize("held", ["=C5/2", "2 000 tkr", "=1000+1000"])
def test_never_over_a_formula_or_a_text(held: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "bok.xlsx", FEES, {"C6": held})
    made, _ = wired(path)
    assert "C6" not in written(made)
    assert openpyxl.load_workbook(made)["Blad"]["C6"].value == held


def test_a_function_that_would_need_itself_is_not_written(tmp_path: Path) -> None:
    """A pot that adds up the fees: a fee of it would be a ring."""
    path = saved(tmp_path / "bok.xlsx", FEES, {"B2": "=SUM(C5:C9)"})
    made, _ = wired(path)
    assert written(made) == {}
    assert problems(made) == problems(path)


def test_none_builds_on_what_only_excel_will_know(tmp_path: Path) -> None:
    """A sum of blank fees shows another figure once they are there: what follows is left.

    B15 shows 6 979 and then 8 000, so that the deviation in D15, of 900, is right only now.
    """
    rows = [*FEES, ["Summa", "=SUM(B5:B9)", "=SUM(C5:C9)"]]
    more = [[], [], *FOLLOWED[2:]]
    path = saved(tmp_path / "bok.xlsx", rows + more, {"C7": None, "B15": "=C10", "D15": -6079})
    made, _ = wired(path)
    assert {"C7", "D16", "D19"} <= set(written(made))
    assert "D15" not in written(made)


def test_where_two_columns_would_do_none_is_chosen(tmp_path: Path) -> None:
    """A forecast that is the outcome so far: which of them the deviation is from, nobody knows."""
    rows: list[list[Any]] = [
        ["Uppföljning 2026, tkr"],
        [],
        [None, "Budget 2026", "Utfall 2026", "Prognos 2026", "Differens"],
        ["Lokaler", 200, 180, 180, 20],
        ["Personal", 700, 760, 760, -60],
        ["Summa kostnader", 900, 940, 940, -40],
    ]
    made, _ = wired(saved(tmp_path / "bok.xlsx", rows))
    assert written(made) == {}


def test_a_row_of_an_unknown_side_gets_none(tmp_path: Path) -> None:
    """A deviation of nought is as right for a cost as for an income, until the outcome changes."""
    rows = [["Uppföljning 2026, tkr"], [], FOLLOWED[2], ["Hyresbidrag", 50, 50, 0]]
    rows += [["Personalkostnader", 700, 760, -60], ["Lokalkostnader", 200, 180, 20]]
    made, _ = wired(saved(tmp_path / "bok.xlsx", rows))
    assert "D4" not in written(made)
    assert {"D5", "D6"} <= set(written(made))


def test_a_closed_period_gets_none(tmp_path: Path) -> None:
    """What is closed shows what it showed, whatever becomes of what it was made of."""
    finsam_sheets.applied(saved(tmp_path / "bok.xlsx", FEES), tmp_path / "läst.xlsx")
    for closed, count in (("2026-12-31", 0), ("2025-12-31", 5)):
        says = {"Stängt till och med": closed}
        path = finsam_sheets.set_on(tmp_path / "läst.xlsx", tmp_path / f"{closed}.xlsx", says)
        made, _ = wired(path)
        assert len(written(made)) == count


def test_a_protected_sheet_gets_none(tmp_path: Path) -> None:
    path = saved(tmp_path / "bok.xlsx", FEES)
    opened: Any = openpyxl.load_workbook(path)
    opened["Blad"].protection.sheet = True
    opened.copy_worksheet(opened["Blad"]).title = "Fritt"
    opened["Fritt"].protection.sheet = False
    opened.save(path)
    made, change = wired(path)
    assert (len(written(made)), len(written(made, "Fritt"))) == (0, 5)
    assert any("Blad är skyddat" in note for note in change.notes)


def test_stale_ones_are_told(tmp_path: Path) -> None:
    """Also through INDEX: a pot that was changed where nothing calculates."""
    made, _ = wired(saved(tmp_path / "bok.xlsx", FEES))
    sheet = "xl/worksheets/sheet1.xml"
    rewritten(made, {sheet: parts(made)[sheet].replace(b"<v>8000</v>", b"<v>9000</v>")})
    with_its_results(made)
    with workbook(made) as book:
        told = {f.cell: f.calculated for f in book.check().findings if f.code == "levande-skiljer"}
    # A quarter is 2 250: 1 149,0; 687,1; 413,9, and the two left over to the largest rests.
    assert told == {"C5": 4500, "C6": 2250, "C7": 1149, "C8": 687, "C9": 414}


def test_an_index_is_rounded_as_it_was_typed(tmp_path: Path) -> None:
    """8 of 12 points are 66,7: typed 67, and so it stays."""
    small = SmallBudget()
    for number, word in (("1.1.1", "Ja"), ("1.1.2", "Nej"), ("2.1.1", "Ja"), ("2.1.2", "Ja")):
        small.put(number, "Uppnått", word)
    path = small.save(tmp_path)
    made, _ = wired(path)
    sheet = f"'{UNIT}'!"
    call = "ROUND(FINSAM_IMPACTINDEX({0}$H${1}:$H${2},{0}$O${1}:$O${2}),0)"
    assert written(made, "Impactindex") == {
        "F5": call.format(sheet, 5, 6),
        "F6": call.format(sheet, 7, 8),
        "F7": call.format(sheet, 5, 8),
    }
    assert [values(made, "Impactindex")[cell] for cell in ("F5", "F6", "F7")] == [67, 100, 80]
    assert back(made)[0].read_bytes() == path.read_bytes()


def test_equity_and_its_ceiling(tmp_path: Path) -> None:
    """3 000 + 500 = 3 500; of 11 380 tkr a fifth of the first 7 000 and 15 % of the rest: 2 057."""
    rows: list[list[Any]] = [
        ["Plan 2026, tkr"],
        [],
        [None, "Budget 2026", "Plan 2027"],
        ["Intäkter", 11380, 11380],
        ["Kostnader", 10880, 11280],
        ["Årets resultat", 500, 100],
        ["Eget kapital vid årets början", 3000, 3500],
        ["Eget kapital vid årets slut", 3500, 3600],
        [],
        [],
        ["Tak för eget kapital, tkr", "2026"],
        ["Medlemsavgifter", 11380],
        ["Högsta eget kapital", 2057],
    ]
    path = saved(tmp_path / "bok.xlsx", rows)
    made, _ = wired(path)
    found = written(made)
    assert {cell: found.get(cell) for cell in ("B8", "C8")} == {
        "B8": "FINSAM_EGET_KAPITAL(B7,B6)",
        "C8": "FINSAM_EGET_KAPITAL(C7,C6)",
    }
    assert values(made) == values(path)
    assert back(made)[0].read_bytes() == path.read_bytes()


@pytest.mark.parametrize("source", BOOKS, ids=lambda path: path.stem)
def test_in_any_book_only_figures_that_stand_or_would_be_filled(
    source: Path, tmp_path: Path
) -> None:
    """No formula and no text of hers is another, no typed figure is, and all comes back."""
    path = copy(source, tmp_path)
    made, change = wired(path)
    with workbook(path) as book:
        filled = {(e.sheet, e.cell): e.new for e in book.recompute().plan.edits}
    old, new = openpyxl.load_workbook(path), openpyxl.load_workbook(made)
    shown = openpyxl.load_workbook(made, data_only=True)
    given = {(edit.sheet, edit.cell) for edit in change.functions}
    for sheet in old:
        for row in new[sheet.title].iter_rows():
            for cell in row:
                before = sheet[cell.coordinate].value
                place = sheet.title, cell.coordinate
                if place not in given:
                    assert cell.value == before or (before is None and cell.value == "")
                    continue
                assert CALLED.match(cell.value[1:])
                now = shown[sheet.title][cell.coordinate].value
                assert now == (filled[place] if before is None else before)
                assert before is None or type(before) in (int, float)
    assert set(problems(made)) <= set(problems(path))
    if source.parent == EXISTING:
        assert findings(made) == findings(path), "a function among figures is no finding"
    assert back(made)[0].read_bytes() == path.read_bytes()


@pytest.mark.parametrize("platform", Platform)
def test_a_rich_book_keeps_all_it_has(platform: Platform, tmp_path: Path) -> None:
    """Its buttons, threads, slicer, ribbon and macros, where eleven sheets get functions."""
    path = tmp_path / "rik.xlsm"
    build_many_buttons(path)
    out = tmp_path / "kopplad.xlsm"
    with wire(path, NOW, platform, out, functions=True) as change:
        change.write()
    assert {edit.sheet for edit in change.functions} == set(BUTTON_SHEETS)
    assert missing_features(out) == []
    assert set(problems(out)) <= set(problems(path))
    held = parts(out)
    assert held["xl/ctrlProps/ctrlProp7.xml"] == parts(path)["xl/ctrlProps/ctrlProp7.xml"]
    with unwire(out, NOW, tmp_path / "tillbaka.xlsm") as change:
        assert change.write().path.read_bytes() == path.read_bytes()


# Afterwards


def test_they_stay_when_it_is_wired_again(tmp_path: Path) -> None:
    made, _ = wired(saved(tmp_path / "bok.xlsx", FEES))
    first = made.read_bytes()
    with wire(made, NOW) as change:
        assert len(change.functions) == len(FEE_FUNCTIONS)
        change.write()
    assert made.read_bytes() == first
    with wire(made, NOW, functions=False) as change:
        assert change.functions == ()
        change.write()
    assert written(made) == {}


def test_none_are_put_in_unasked(tmp_path: Path) -> None:
    made, change = wired(saved(tmp_path / "bok.xlsx", FEES), functions=None)
    assert (written(made), change.functions) == ({}, ())


def test_they_are_values_again_where_excel_has_saved_the_book(tmp_path: Path) -> None:
    """A changed pot: what the functions give by now is kept, in old results' place too."""
    made, _ = wired(saved(tmp_path / "bok.xlsx", FEES))
    sheet = "xl/worksheets/sheet1.xml"
    saved_by_excel(made, sheet, "<v>8000</v>", "<v>8800</v>")
    plain, change = back(made)
    assert written(plain) == {}
    assert (values(plain)["C5"], values(plain)["C6"]) == (4400, 2200)
    assert sum(values(plain)[cell] for cell in ("C7", "C8", "C9")) == 2200
    assert "_finsam_" not in parts(plain)["xl/workbook.xml"].decode()
    assert any("får sina värden" in line for line in change.lines)
    assert problems(plain) == []


@pytest.mark.parametrize("source", [EXISTING / "umearegionen-budget.xlsx"], ids=["umea"])
def test_after_a_run_they_are_the_values_they_would_have_been(source: Path, tmp_path: Path) -> None:
    """Unwired after a run: cell by cell what the same run makes of the book that never was wired."""
    path = copy(source, tmp_path)
    made, _ = wired(path)
    for one in (path, made):
        with workbook(one) as book:
            result = book.recompute()
            book.apply(result if one == made else result.plan)  # the log goes with the rest
    plain, _ = back(made)
    for name in openpyxl.load_workbook(path).sheetnames:
        assert values(plain, name) == values(path, name)
        assert written(plain, name) == {}


def test_those_that_share_a_formula_with_ours_keep_it(tmp_path: Path) -> None:
    """Excel may write a run of formulas as one; a cell that she filled with it stays a formula."""
    path = saved(tmp_path / "bok.xlsx", FOLLOWED, {"F9": 1, "F10": 2})
    made, _ = wired(path)
    sheet = "xl/worksheets/sheet1.xml"
    first = '<f>FINSAM_AVVIKELSE(C9,B9,"kostnad")</f>'
    shared = '<f t="shared" ref="D9:E10" si="0">FINSAM_AVVIKELSE(C9,B9,"kostnad")</f>'
    saved_by_excel(made, sheet, first, shared)
    held = parts(made)[sheet].decode()
    hers = '<c r="E10"><f t="shared" si="0"/><v>7</v></c>'
    rewritten(made, {sheet: held.replace('<c r="F10"', hers + '<c r="F10"').encode()})
    plain, _ = back(made)
    assert written(plain) == {"E10": 'FINSAM_AVVIKELSE(D10,C10,"kostnad")'}
    assert values(plain)["D9"] == 20
    assert values(plain)["E10"] == 7
    assert problems(plain) == []


def test_a_chain_of_calculation_that_names_them_goes(tmp_path: Path) -> None:
    """Excel takes a workbook whose chain names a cell without a formula for damaged."""
    made, _ = wired(saved(tmp_path / "bok.xlsx", FEES))
    saved_by_excel(made, "xl/worksheets/sheet1.xml")
    held = parts(made)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    typed = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    rels, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    related = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
    told = f'<Override PartName="/xl/calcChain.xml" ContentType="{typed}"/></Types>'
    rewritten(
        made,
        {
            rels: held[rels].replace(b"</Relationships>", related.encode()),
            types: held[types].replace(b"</Types>", told.encode()),
            "xl/calcChain.xml": f'<calcChain xmlns="{space}"><c r="C5" i="1"/></calcChain>'.encode(),
        },
    )
    plain, _ = back(made)
    assert "xl/calcChain.xml" not in parts(plain)
    assert problems(plain) == []


def test_one_that_shows_an_error_keeps_its_function(tmp_path: Path) -> None:
    """Where nobody can calculate it now, only the function says what it was."""
    made, _ = wired(saved(tmp_path / "bok.xlsx", FEES))
    sheet = "xl/worksheets/sheet1.xml"
    cell = re.search(rb'<c r="C5"[^>]*>.*?</c>', parts(made)[sheet])
    assert cell is not None
    lost = re.sub(rb'(<c r="C5")[^>]*>(.*?)<v>.*', rb'\1 t="e">\2<v>#NAME?</v></c>', cell[0])
    lost = lost.replace(b"$B$2", b"INDIRECT(B2)")
    saved_by_excel(made, sheet, cell[0].decode(), lost.decode())
    plain, change = back(made)
    assert set(written(plain)) == {"C5"}
    assert any("Blad!C5" in note and "behåller sin funktion" in note for note in change.notes)


@pytest.mark.parametrize("program", ["openpyxl", "libreoffice"])
def test_values_come_back_whatever_program_has_saved(
    program: str, tmp_path: Path, soffice: str
) -> None:
    """Where no values of formulas are saved they are calculated, and never lost."""
    path = saved(tmp_path / "bok.xlsx", FEES)
    made, _ = wired(path)
    out = tmp_path / "sparad" / made.name
    if program == "openpyxl":
        out.parent.mkdir()
        openpyxl.load_workbook(made, keep_vba=True).save(out)
    else:
        profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
        kind = "xlsm:Calc MS Excel 2007 VBA XML"
        command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir"]
        command += [str(out.parent), str(made)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    plain, _ = back(out)
    assert written(plain) == {}
    assert values(plain) == values(path)


# The command line


def test_the_dry_run_lists_every_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "bok.xlsx", FEES, {"C9": None})
    assert commands.run(["wire", str(path), "--funktioner", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert '=INDEX(FINSAM_AVGIFT($B$7:$B$9;FINSAM_FINANSIERING($B$2;"kommuner"));2)' in said
    assert "Blad!C7  1\u00a0021  " in said
    assert "Blad!C9  368 (var tom)  " in said
    assert commands.run(["koppla", str(path), "--funktioner", "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["functions"]
    assert {(one["cell"], one["formula"]) for one in told} == {
        (cell, f"={text}") for cell, text in FEE_FUNCTIONS.items()
    }
    assert [one["new"] for one in told if one["cell"] == "C9"] == [368]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("answer", "count"), [("j", 5), ("n", 0), ("", 0)])
def test_a_terminal_is_asked(
    answer: str,
    count: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Functions only where somebody says yes to them."""
    path = saved(tmp_path / "bok.xlsx", FEES)
    answers = iter((answer, "j"))
    asked: list[str] = []

    def prompt(question: str, **options: Any) -> str:
        asked.append(question)
        return next(answers) or options["default"]

    monkeypatch.setattr("finsam_xl.cli.wired.may_ask", lambda **_: True)
    monkeypatch.setattr("click.prompt", prompt)
    assert commands.run(["wire", str(path)]) == 0
    assert "funktioner" in asked[0]
    assert len(written(path.with_suffix(".xlsm"))) == count
