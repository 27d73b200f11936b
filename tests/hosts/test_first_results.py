"""Formulas whose results nobody has saved: calculated before anything is read, or said.

The workbooks are made as programs make them: openpyxl saves no results, XlsxWriter zeros and
a request to calculate when the file is opened. The right figures are written by hand.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from finsam_xl import policy
from finsam_xl.address import position
from finsam_xl.hosts.ooxml import Book, engineprocess
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.policy import loader
from finsam_xl.sheets.grid import Value
from finsam_xl.workbook import Result
from support.ledger import ledger
from support.second_opinion import converted
from support.workbooks import NOW, with_its_results, workbook

CODE = "formel-utan-varde"
Given = Mapping[str, Any]
"""Cells of a sheet: a value, a formula, or a formula with its right result."""


def by_openpyxl(path: Path, sheets: Mapping[str, Given]) -> Path:
    """The workbook as openpyxl saves it: no results at all."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in sheets.items():
        sheet: Any = book.create_sheet(name)
        for cell, given in cells.items():
            sheet[cell] = given[0] if isinstance(given, tuple) else given
    book.save(path)
    return path


def by_xlsxwriter(path: Path, sheets: Mapping[str, Given], *, results: bool = False) -> Path:
    """As XlsxWriter saves it: zeros, or the results by hand where they are given."""
    with xlsxwriter.Workbook(path) as book:
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for cell, given in cells.items():
                formula, result = given if isinstance(given, tuple) else (given, 0)
                if isinstance(formula, str) and formula.startswith("="):
                    sheet.write_formula(cell, formula, None, result if results else 0)
                else:
                    sheet.write(cell, formula)
    return path


def values(path: Path, sheet: str = "Blad1", **more: Any) -> dict[str, Value]:
    """What the formulas of a sheet show when they are read; unknown ones as None."""
    with Book(path, **more) as book:
        cells = book.grid.sheet(sheet).cells
        return {
            f"{chr(64 + column)}{row}": cell.value
            for (row, column), cell in cells.items()
            if cell.formula is not None
        }


def shown(folder: Path, **cells: Any) -> dict[str, Value]:
    """The same of a small workbook of one sheet, saved by openpyxl."""
    return values(by_openpyxl(folder / "bok.xlsx", {"Blad1": cells}))


def told(result: Result) -> list[tuple[str | None, str | None, int]]:
    """Where unknown formulas are told, and of how many."""
    return [(f.sheet, f.cell, int(f.stated or 0)) for f in result.findings if f.code == CODE]


# The same figures as with saved results ---------------------------------------------------------

PLAN: dict[str, Any] = {
    "A1": "Plan 2024-2026, tkr",
    "B2": "Budget 2024", "C2": ('="Plan "&2025', "Plan 2025"), "D2": "Plan 2026",
    "A3": "Intäkter",
    "A4": "Medlemsavgifter", "B4": 12000, "C4": ("=B4*1.02", 12240), "D4": ("=C4+260", 12500),
    "A5": "Bidrag", "B5": 400, "C5": 400, "D5": 400,
    "A6": "Summa intäkter",
    "B6": ("=SUM(B4:B5)", 12400), "C6": ("=SUM(C4:C5)", 12640), "D6": ("=SUM(D4:D5)", 12900),
    "A7": "Kostnader",
    "A8": "Kansli", "B8": 2980, "C8": 3000, "D8": 3100,
    "A9": "Verksamhet",
    "B9": ("=SUMIFS(Huvudbok!C:C,Huvudbok!A:A,A9,Huvudbok!B:B,2024)", 9530),
    "C9": ("=Huvudbok!C2+100", 9000), "D9": ("=ROUND(C9*1.05,0)", 9450),
    "A10": "Summa kostnader",
    "B10": ("=B8+B9", 12510), "C10": ("=C8+C9", 12000), "D10": ("=D8+D9", 12550),
    "A11": "Resultat",
    "B11": ("=B6-B10", -110), "C11": ("=C6-C10", 640), "D11": ("=D6-D10", 350),
    "A12": "Eget kapital vid årets början",
    "B12": 1000, "C12": ("=B13", 890), "D12": ("=C13", 1530),
    "A13": "Eget kapital vid årets slut",
    "B13": ("=B12+B11", 890), "C13": ("=C12+C11", 1530), "D13": ("=D12+D11", 1880),
}  # fmt: skip
LEDGER: dict[str, Any] = {
    "A1": "Konto", "B1": "År", "C1": "Belopp",
    "A2": "Verksamhet", "B2": 2024, "C2": 8900,
    "A3": "Verksamhet", "B3": 2024, "C3": 630,
    "A4": "Verksamhet", "B4": 2023, "C4": 7000,
    "A5": "Kansli", "B5": 2024, "C5": 2980,
}  # fmt: skip
SHEETS = {"Plan": PLAN, "Huvudbok": LEDGER}
MAKERS: dict[str, Callable[[Path, Mapping[str, Given]], Path]] = {
    "openpyxl": by_openpyxl,
    "XlsxWriter": by_xlsxwriter,
}


def _everything(path: Path) -> dict[str, Any]:
    """All that commands give for a workbook."""
    with workbook(path) as book:
        result = book.recompute()
        report = book.report("plan")
        return {
            "tables": book.tables(),
            "edits": result.plan.edits,
            "findings": result.findings,
            "check": book.check(),
            "report": [(c.row, c.column, c.value) for s in report.plan.sheets for c in s.cells
                       if "·" not in str(c.value)],
        }  # fmt: skip


@pytest.fixture
def saved(tmp_path: Path) -> dict[str, Any]:
    """What the workbook gives as Excel would have saved it."""
    path = by_xlsxwriter(tmp_path / "sparad.xlsx", SHEETS, results=True)
    return _everything(with_its_results(path))


@pytest.mark.parametrize("maker", MAKERS)
def test_a_workbook_without_results_is_as_one_with(
    maker: str, tmp_path: Path, saved: dict[str, Any]
) -> None:
    """Tables, checks, what is written and reported are the same, and the figures those by hand."""
    found = _everything(MAKERS[maker](tmp_path / "bok.xlsx", SHEETS))
    for part, expected in saved.items():
        assert found[part] == expected, part
    assert 12510 in [value for _, _, value in found["report"]]
    assert found["findings"] == ()


def test_libreoffice_agrees(tmp_path: Path, soffice: str, saved: dict[str, Any]) -> None:
    """A second program that calculates the same file gives the same answers."""
    path = by_openpyxl(tmp_path / "bok.xlsx", SHEETS)
    (calculated,) = converted(soffice, path, "xlsx", tmp_path)
    assert _everything(calculated) == saved


# When results are relied on -----------------------------------------------------------------------

ZERO = {"Blad1": {"A1": 5, "B1": ("=SUM(A1:A1)", 0), "B2": ("=SUBTOTAL(1,A1:A1)", 0)}}


def _without_program(path: Path, calc: str = "") -> Path:
    """The workbook without what it says of its program, and with another calcPr."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    app, book = "docProps/app.xml", "xl/workbook.xml"
    parts[app] = re.sub(rb"<Application>.*?</Application>", b"", parts[app])
    parts[book] = re.sub(rb"<calcPr[^>]*/>", calc.encode(), parts[book])
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_a_zero_that_excel_saved_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the engine is not started for it."""
    monkeypatch.setattr(engineprocess, "_SCRIPT", tmp_path / "finns inte.py")
    path = with_its_results(by_xlsxwriter(tmp_path / "bok.xlsx", ZERO))
    assert values(path) == {"B1": 0, "B2": 0}


@pytest.mark.parametrize(
    "calc", ["", '<calcPr calcId="1" calcCompleted="0"/>', '<calcPr fullCalcOnLoad="true"/>']
)
def test_zeros_of_a_program_that_does_not_calculate(calc: str, tmp_path: Path) -> None:
    path = _without_program(by_xlsxwriter(tmp_path / "bok.xlsx", ZERO), calc)
    assert values(path) == {"B1": 5, "B2": None}


def test_results_of_an_unknown_program_that_calculates(tmp_path: Path) -> None:
    sheets = {"Blad1": {"A1": 5, "B1": ("=A1*2", 10), "B2": ("=SUBTOTAL(1,A2:A3)", 0)}}
    path = _without_program(by_xlsxwriter(tmp_path / "bok.xlsx", sheets, results=True))
    assert values(path) == {"B1": 10, "B2": 0}


def test_old_results_in_a_file_that_asks_to_be_calculated(tmp_path: Path) -> None:
    """A template filled in by a program keeps the results from before: they are not used."""
    sheets = {"Blad1": {"A1": 5, "B1": ("=A1*2", 999), "B2": ("=SUBTOTAL(1,A1:A1)", 999)}}
    path = by_xlsxwriter(tmp_path / "bok.xlsx", sheets, results=True)
    assert values(path) == {"B1": 10, "B2": None}


def test_what_we_left_to_excel_is_unknown_the_next_time(tmp_path: Path) -> None:
    """Between two runs nobody has opened the file: the stored result is from before the first."""
    sheets = {"Blad1": {"A1": 5, "B1": ("=SUBTOTAL(1,A1:A1)", 5), "B2": ("=A1*2", 10)}}
    path = with_its_results(by_xlsxwriter(tmp_path / "bok.xlsx", sheets, results=True))
    assert values(path) == {"B1": 5, "B2": 10}
    with Book(path) as book:
        book.save(Plan(edits=(CellEdit("Blad1", "A1", 5, 8, "prov"),)), None, NOW)
    assert values(path) == {"B1": None, "B2": 16}


def test_an_empty_text_is_a_result(tmp_path: Path) -> None:
    """``<v></v>`` of a formula of text is an empty text; without a value it is unknown."""
    path = by_xlsxwriter(tmp_path / "bok.xlsx", {"Blad1": {"A1": "=B1", "A2": "=B2", "A3": "=B3"}})
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as package:
        parts = {item: package.read(item) for item in package.namelist()}
    for cell, old, new in (("A1", b"0</v>", b"</v>"), ("A2", b"<v>0</v>", b"<v/>"),
                           ("A3", b"<v>0</v>", b"")):  # fmt: skip
        start = parts[name].index(b'<c r="%s"' % cell.encode())
        head, tail = parts[name][:start], parts[name][start:]
        tail = tail.replace(b'<c r="%s"' % cell.encode(), b'<c r="%s" t="str"' % cell.encode(), 1)
        parts[name] = head + tail.replace(old, new, 1)
    with zipfile.ZipFile(path, "w") as package:
        for item, content in parts.items():
            package.writestr(item, content)
    with Book(with_its_results(path)) as book:
        part = book.part("Blad1")
        assert [part.cells[row, 1].value for row in (1, 2, 3)] == ["", "", None]


# What is calculated, and what is not ----------------------------------------------------------------


def _column(letter: str, *given: Any) -> dict[str, Any]:
    return {f"{letter}{row}": value for row, value in enumerate(given, 1) if value is not None}


TABLE = {
    **_column("A", "K1", "K2", "K1", None, "K2", "k1"),
    **_column("B", 1, 2, 4, 8, 16, 32),
    **_column("C", 2023, 2024, 2024, 2024, 2023, 2024),
    "D1": "<>K1",
}


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=SUM(B:B)", 63),
        ("=SUM(B:B,C1:C1000000)", 63 + 12142),
        ("=SUM(2:2)", 2026),
        ('=SUMIF(A:A,"K1",B:B)', 37),
        ('=SUMIFS(B:B,A:A,"K2",C:C,">2023")', 2),
        ('=SUMIFS(B2:B1048576,A2:A1048576,"K2")', 18),
        ('=SUMIFS(B2:B5000,A1:A4999,"K1")', 2 + 8),
        ('=COUNTIF(A:A,"K*")', 5),
        ('=COUNTIF(A:A,"")', 1048576 - 5),
        ("=COUNTA(A:A)", 5),
        ('=COUNTIFS(A:A,"<>")', 5),
        ('=INDEX(B:B,MATCH("K2",A:A,0))', 2),
        ('=VLOOKUP("K2",A:C,3,FALSE)', 2024),
        ('=IFERROR(VLOOKUP("K9",A:B,2,FALSE),-1)', -1),
        ('=_xlfn.XLOOKUP("K2",A:A,B:B)', 2),
        ("=SUMPRODUCT(B1:B6,C1:C6)", 2023 * 17 + 2024 * 46),
        ('=SUMPRODUCT((A1:A6="K1")*(C1:C6=2024)*B1:B6)', 36),
        ("=MAX(B:B)-MIN(B:B)+AVERAGE(B:B)", 41.5),
        ("=LARGE(B:B,2)", 16),
        ("=ROUND(B6/3,1)", 10.7),
        ('=IF(B1>0,"ja","nej")', "ja"),
        ("=1/0", "#DIV/0!"),
        ('=IFERROR(1/0,"inget")', "inget"),
        ("=FINSAM_ANDEL(B1,B3)", 0.25),
    ],
)  # fmt: skip
def test_a_formula(formula: str, result: Value, tmp_path: Path) -> None:
    """Blocks far beyond what is used give what Excel gives."""
    assert shown(tmp_path, **TABLE, F9=formula)["F9"] == pytest.approx(result)


@pytest.mark.parametrize(
    "formula",
    [
        "=MINFUNKTION(B1)",
        "=IFERROR(MINFUNKTION(B1),0)",
        "=SUBTOTAL(1,B1:B6)",
        "='[1]Blad1'!A1",
        '=INDIRECT("B1")',
        "=TODAY()",
        "=SUM(Tabell[Antal])",
        "=SUM((B1,B2))",
        "=B1 B2",
        "=SUM(B1:B3*C1:C3)",
        "=B1:B3*2",
        "=ABS(B1:B3)",
        "=IF(B1:B3>1,1,0)",
        '=SUMIF(A1:A6,"K1",B1:B2)',
        "=SUMIF(A1:A6,A1:A2,B1:B6)",
        '=SUMIFS(B1:B6,A1:A6,"<>K1")',
        '=SUMIFS(B1:B6,A1:A6,"<>"&A1)',
        "=SUMIFS(B1:B6,A1:A6,D1)",
        '=COUNTIF(A:A,"<>K1")',
        "=MATCH(1E+300,B1:B20)",
        "=VLOOKUP(3,B1:C20,2)",
        "=LOOKUP(3,B1:B20,C1:C20)",
        "=SUMPRODUCT(--ISBLANK(A1:A6))",
        '="Summa "&B1/2',
        "=1+FINSAM_ANDEL(Finns,B3)",
        "=LET(del,B1,FINSAM_ANDEL(del,B3))",
        "=ROUND(FINSAM_ANDEL(B1*B9:B12,B3),1)",
        "=FINSAM_ANDEL(Finns,B3)",
        "=SUM(Saknas!A1:A3)",
        "=A1*2",
    ],
)
def test_what_is_not_sure_is_unknown(formula: str, tmp_path: Path) -> None:
    """Neither 0 nor what another program would make of it, and all that builds on it as well."""
    cells = {"F9": formula, "G1": "=F9+1", "G2": "=IFERROR(F9,0)", "G3": "=SUM(F:F)", "G4": "=B1*2"}
    found = shown(tmp_path, **TABLE, **cells)
    assert {cell: found[cell] for cell in cells} == {
        **dict.fromkeys(("F9", "G1", "G2", "G3")), "G4": 2
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("<workbookPr ?/>", '<workbookPr date1904="1"/>', {"B1": None, "B2": 6}),
        ("<calcPr", '<calcPr fullPrecision="0"', {"B1": None, "B2": None}),
    ],
)
def test_a_workbook_that_is_calculated_otherwise(
    old: str, new: str, wanted: dict[str, Value], tmp_path: Path
) -> None:
    """Days from 1904 are other years to the engine, and figures as shown other figures."""
    cells = {"A1": 43831, "A2": 6, "B1": "=YEAR(A1)", "B2": "=A2*1"}
    path = by_openpyxl(tmp_path / "bok.xlsx", {"Blad1": cells})
    name = "xl/workbook.xml"
    with zipfile.ZipFile(path) as package:
        parts = {item: package.read(item) for item in package.namelist()}
    # With lxml installed openpyxl writes no space before the slash.
    parts[name], times = re.subn(old.encode(), new.encode(), parts[name])
    assert times == 1
    with zipfile.ZipFile(path, "w") as package:
        for item, content in parts.items():
            package.writestr(item, content)
    assert values(path) == wanted


@pytest.mark.parametrize("text", ["11.5", "11,5", "1 250,50", "-3.4 %"])
def test_a_text_that_is_a_number_to_some(text: str, tmp_path: Path) -> None:
    """A Swedish Excel reads 11.5 as a day in May; sums leave all of them out."""
    found = shown(tmp_path, A1=text, A2=1, B1="=A1+1", B2="=ROUND(A1,0)", B3="=SUM(A1:A2)")
    assert found == {"B1": None, "B2": None, "B3": 1}


def test_a_ring(tmp_path: Path) -> None:
    """Formulas that need each other have no value; what stands outside has."""
    found = shown(tmp_path, A1="=B1+1", B1="=A1+1", C1="=SUM(A1:B1)", D1=4, E1="=D1*2")
    assert found == {"A1": None, "B1": None, "C1": None, "E1": 8}


def test_our_functions_and_what_builds_on_them(tmp_path: Path) -> None:
    """Calculated by us between rounds of the engine, with what it has calculated."""
    found = shown(
        tmp_path, A1=2, A2="=A1*2", A3="=FINSAM_ANDEL(A1,A2)", A4="=A3*10",
        A5="=FINSAM_AVVIKELSE(A4,A1)", A6="=FINSAM_ANDEL(A1,TODAY())", A7="=A6+1",
    )  # fmt: skip
    assert found == {"A2": 4, "A3": 0.5, "A4": 5, "A5": -3, "A6": None, "A7": None}


def test_an_unknown_cell_is_not_blank_to_our_functions(tmp_path: Path) -> None:
    """The balance of a block that holds an unknown figure is unknown."""
    found = shown(tmp_path, A1=10, A2="=TODAY()", A3="=FINSAM_IMPACTINDEX(A1:A2,B1:B2)", B1="Ja")
    assert found == {"A2": None, "A3": None}


def test_the_other_cells_of_an_array(tmp_path: Path) -> None:
    """Zeros beside an array formula are as little its results as the one in its own cell."""
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write_column("A1", [3, 1, 2])
        sheet.write_array_formula("C1:C3", "{=A1:A3*2}")
        sheet.write_formula("D1", "=SUM(C2:C3)")
        sheet.write_formula("D2", "=SUM(A1:A3)")
    assert values(path) == {"C1": None, "C2": None, "C3": None, "D1": None, "D2": 6}


def test_names_and_other_sheets(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        first, other = book.add_worksheet("Blad1"), book.add_worksheet("Åsa's blad")
        other.write_column("A1", [1, 2, 4])
        other.write_formula("A4", "=SUM(A1:A3)")
        book.define_name("Alla", "='Åsa''s blad'!$A$1:$A$4")
        book.define_name("Faktor", "='Åsa''s blad'!$A$2")
        first.write_formula("A1", "=SUM(Alla)*Faktor")
        first.write_formula("A2", "=Alla*2")
        first.write_formula("A3", "=SUM('Åsa''s blad'!A:A)")
    assert values(path) == {"A1": 28, "A2": None, "A3": 14}


# Told once, and nothing built on it ------------------------------------------------------------------


def _with_unknown(folder: Path, **cells: Any) -> Path:
    return by_openpyxl(folder / "bok.xlsx", {"Plan": {**PLAN, **cells}, "Huvudbok": LEDGER})


def test_unknown_cells_are_told_once_a_sheet(tmp_path: Path) -> None:
    """A line that only Excel can calculate: its total, result and equity are unknown too."""
    with workbook(
        _with_unknown(tmp_path, B9="=SUBTOTAL(1,Huvudbok!C2:C3)", H40="=TODAY()")
    ) as book:
        result = book.recompute()
        checked = book.check()
        (report,) = book.report("plan").plan.sheets
    ((sheet, cell, count),) = told(result)
    assert (sheet, cell) == ("Plan", "B9")
    # B9, its total, result and closing equity; the next years' equity; and the day.
    assert count == 1 + 3 + 4 + 1
    (finding,) = [f for f in checked.findings if f.code == CODE]
    assert finding.severity == "error"
    assert "9 formler har inget värde, den första i B9" in finding.message
    assert "Öppna arbetsboken i Excel, spara den" in finding.message
    assert result.plan.edits == ()
    amounts = {c.value for c in report.cells if isinstance(c.value, int | float)}
    assert amounts.isdisjoint({2980 + 9530, 2980 - 12400, 12400 - 2980, 890})
    assert {12400, 12640, 12000} <= amounts


def test_a_blank_total_beside_an_unknown_line_stays_blank(tmp_path: Path) -> None:
    path = _with_unknown(tmp_path, B9="=SUBTOTAL(1,Huvudbok!C2:C3)", B10=None, C10=None)
    with workbook(path) as book:
        written = {edit.cell: edit.new for edit in book.recompute().plan.edits}
        (report,) = book.report("plan").plan.sheets
    assert written == {"C10": 12000}
    assert 2980 not in {c.value for c in report.cells if c.row < 20}


def test_an_unknown_fee(tmp_path: Path) -> None:
    """The sum of fees of which one is unknown is neither compared nor reported."""
    rows: list[tuple[Any, ...]] = [
        ("Medlemsavgifter 2024",), ("Pott", 4000, "tkr"), ("Part", "Nyckel", "Andel", "Avgift"),
        ("Försäkringskassan", None, None, 2000), ("Region Västerbotten", None, None, 1000),
        ("Umeå kommun", 80000, None, "=SUBTOTAL(1,H1:H2)"), ("Vännäs kommun", 20000, None, 200),
    ]  # fmt: skip
    cells = {f"{chr(65 + c)}{r}": v for r, row in enumerate(rows, 1) for c, v in enumerate(row)}
    path = by_openpyxl(tmp_path / "avgifter.xlsx", {"Avgifter": cells})
    with workbook(path) as book:
        codes = {finding.code for finding in book.check().findings}
        reports = book.report("avgifter").plan.sheets
    assert CODE in codes
    assert codes.isdisjoint({"kvart-avviker", "avgifter-avrundade"})
    assert 3200 not in {cell.value for report in reports for cell in report.cells}


def test_a_count_that_is_unknown(tmp_path: Path) -> None:
    """A total of people is not held against lines of which one is unknown."""
    rows: list[tuple[Any, ...]] = [
        ("Deltagare 2024",), ("Insats", "Kvinnor", "Män", "Totalt"),
        ("Ett", 10, 5, 15), ("Två", "=SUBTOTAL(1,H1:H2)", 6, 18), ("Totalt", 22, 11, 33),
    ]  # fmt: skip
    cells = {f"{chr(65 + c)}{r}": v for r, row in enumerate(rows, 1) for c, v in enumerate(row)}
    with workbook(by_openpyxl(tmp_path / "bok.xlsx", {"Deltagare": cells})) as book:
        assert [t.kind for t in book.tables()] == ["participants"]
        assert [f.code for f in book.check().findings] == [CODE]


# Time -------------------------------------------------------------------------------------------------


def test_a_long_ledger(tmp_path: Path) -> None:
    """Sums over whole columns of a ledger: right, and within the time there is."""
    rows, sums = 20_000, 300
    path = ledger(tmp_path / "bok.xlsx", rows, sums)
    wanted = [0] * sums
    for row in range(rows):
        wanted[row % sums] += row % 97 if row // sums % 5 == 4 else 0
    assert list(values(path).values()) == wanted


@pytest.fixture
def limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Sets the time limit, in a rule file of its own."""

    def limit(seconds: float) -> None:
        folder = tmp_path / "regler"
        folder.mkdir()
        text = (loader.FOLDER / "calculation.toml").read_text(encoding="utf-8")
        changed = text.replace("value = 10,", f"value = {seconds},")
        assert changed != text
        (folder / "calculation.toml").write_text(changed, encoding="utf-8")
        for other in loader.FOLDER.glob("*.toml"):
            if other.name != "calculation.toml":
                (folder / other.name).write_bytes(other.read_bytes())
        monkeypatch.setattr(loader, "FOLDER", folder)
        policy._rules.cache_clear()
        policy.calculation.cache_clear()

    yield limit
    monkeypatch.undo()
    policy._rules.cache_clear()
    policy.calculation.cache_clear()


SLOW = {f"F{row}": f"=SUMPRODUCT((B:B>{row})*C:C)" for row in range(1, 101)}
"""Some seconds each: the engine goes through whole columns, which cannot be cut here."""


def test_the_time_limit_holds(tmp_path: Path, limited: Callable[[float], None]) -> None:
    """The engine is ended; what was quick is kept, and the rest told with the time it got."""
    cells = {**PLAN, **SLOW, "C9": "=F1", "H1": "=SUM(F1:F3)"}
    path = by_openpyxl(tmp_path / "bok.xlsx", {"Plan": cells, "Huvudbok": LEDGER})
    limited(4)
    begun = time.monotonic()
    with workbook(path) as book:
        result = book.recompute()
        (report,) = book.report("plan").plan.sheets
    assert time.monotonic() - begun < 60
    ((sheet, _, count),) = told(result)
    assert sheet == "Plan"
    assert count >= len(SLOW) + 2
    assert "hinner inte räknas ut på 4 s" in result.findings[0].message
    assert result.plan.edits == ()
    amounts = {c.value for c in report.cells if isinstance(c.value, int | float)}
    assert 12510 in amounts
    assert {640, 1530}.isdisjoint(amounts)


def test_one_process_calculates_all_of_a_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has no result, then what follows from edits; one that has ended is started anew."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def counted(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", counted)
    path = by_openpyxl(tmp_path / "bok.xlsx", {"Blad1": {"A1": 5, "B1": "=A1*2"}})
    plan = Plan(edits=(CellEdit("Blad1", "A1", 5, 8, "prov"),))
    with Book(path) as book:
        assert book.grid.sheet("Blad1").cell(1, 2).value == 10
        assert book.recalculated(plan).values == {("Blad1", 1, 2): 16}
        assert len(started) == 1
        started[0].kill()
        started[0].wait()
        assert book.recalculated(plan).values == {("Blad1", 1, 2): 16}
    assert [process.poll() is None for process in started] == [False, False]


def test_no_time_at_all(tmp_path: Path, limited: Callable[[float], None]) -> None:
    limited(0)
    assert shown(tmp_path, A1=1, B1="=A1*2") == {"B1": None}


def test_the_limit_holds_for_edits_too(tmp_path: Path, limited: Callable[[float], None]) -> None:
    """Formulas that are not done in time are left to Excel, as those it alone can calculate."""
    slow = {cell: (formula, 7) for cell, formula in SLOW.items()}
    sheets = {"Blad1": {**TABLE, **slow, "G1": ("=B1*2", 2)}}
    path = with_its_results(by_xlsxwriter(tmp_path / "bok.xlsx", sheets, results=True))
    limited(4)
    with Book(path) as book:
        plan = Plan(edits=(CellEdit("Blad1", "B1", 1, 5, "prov"),))
        recalculation = book.recalculated(plan)
        codes = [f.code for f in book.save(plan, None, NOW, recalculation).findings]
    assert recalculation.values == {("Blad1", *position("G1")): 10}
    assert len(recalculation.left_to_excel) == len(SLOW)
    assert codes == ["raknas-i-excel"]


def test_a_computer_that_allows_no_new_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is calculated then, and that is told; nothing is taken for 0."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "finns inte"))
    assert shown(tmp_path, A1=1, B1="=A1*2") == {"B1": None}
