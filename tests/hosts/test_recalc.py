"""What a workbook's own formulas show after an edit, and what is left to Excel to calculate."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
import xlsxwriter

from finsam_xl.actions.writing import mismatches
from finsam_xl.address import a1
from finsam_xl.hosts.ooxml import Book
from finsam_xl.hosts.ooxml.bigsheet import LARGE
from finsam_xl.hosts.ooxml.recalculation import Recalculation
from finsam_xl.plan import CellEdit, Expectation, Plan
from finsam_xl.sheets.grid import Value
from support.rich_workbook import check_package
from support.workbooks import NOW, SOCIAL_BUDGET, workbook

SHEET1 = "xl/worksheets/sheet1.xml"
LEFT = "raknas-i-excel"
Edit = tuple[str, str, Value, Value]
Formula = tuple[str, str, Value]
"""Address, formula and stored result."""


class Outcome(NamedTuple):
    """What an edit gave: the recalculation, the findings of saving, and the file."""

    recalculation: Recalculation
    codes: list[str]
    path: Path

    def new(self, cell: str, sheet: str = "Blad1") -> Value:
        """The new result of a formula; fails if it got none."""
        found = {(s, a1(r, c)): v for (s, r, c), v in self.recalculation.values.items()}
        return found[sheet, cell]

    @property
    def changed(self) -> set[str]:
        """The cells with new results."""
        return {a1(row, column) for _, row, column in self.recalculation.values}

    @property
    def left(self) -> set[str]:
        """The cells left to Excel."""
        return {a1(row, column) for _, row, column in self.recalculation.left_to_excel}

    @property
    def full_calculation(self) -> bool:
        """Whether the file asks to be recalculated when it is opened."""
        node = re.search(r"<calcPr[^>]*>", part(self.path, "xl/workbook.xml"))
        return bool(node and 'fullCalcOnLoad="1"' in node.group())

    def read(self, cell: str, sheet: str = "Blad1", *, values: bool = True) -> Any:
        """A cell as openpyxl reads it: its stored result or its formula."""
        return openpyxl.load_workbook(self.path, data_only=values)[sheet][cell].value


def part(path: Path, name: str) -> str:
    """A part of a workbook as text."""
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def element(path: Path, cell: str, name: str = SHEET1) -> str:
    """A cell's element as it is written."""
    match = re.search(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', part(path, name), re.DOTALL)
    assert match, cell
    return match.group()


def rewritten(path: Path, name: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part changed by hand, and no request to recalculate."""
    with zipfile.ZipFile(path) as package:
        parts = {item: package.read(item) for item in package.namelist()}
    parts[name] = change(parts[name].decode()).encode()
    book = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    parts["xl/workbook.xml"] = book
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for item, content in parts.items():
            package.writestr(item, content)
    return path


def made(
    folder: Path,
    formulas: Sequence[Formula],
    values: Sequence[tuple[str, Value]] = (("A1", 1),),
    *,
    names: Sequence[tuple[str, str]] = (),
) -> Path:
    """A workbook with one sheet, every formula with its stored result."""
    path = folder / "bok.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Blad1")
        for cell, value in values:
            sheet.write(cell, value)
        for cell, formula, result in formulas:
            sheet.write_formula(cell, f"={formula}", None, result)
        for name, formula in names:
            book.define_name(name, formula)
    return rewritten(path, SHEET1, plain)


def plain(text: str) -> str:
    """Formulas as plain ones; XlsxWriter makes an array of everything that could become one."""
    return re.sub(r'<f t="array" ref="\w+">', "<f>", text.replace(' cm="1"', ""))


def edited(path: Path, *edits: Edit) -> Outcome:
    """The workbook with some cells changed, saved in its own place."""
    plan = Plan(edits=tuple(CellEdit(*edit, "prov") for edit in edits))
    with Book(path) as book:
        recalculation = book.recalculated(plan)
        saved = book.save(plan, None, NOW, recalculation)
    assert check_package(path) == []
    return Outcome(recalculation, [finding.code for finding in saved.findings], path)


@pytest.mark.parametrize(
    ("formula", "old", "new"),
    [
        ("A1*2", 2, 10),
        ("A1+B1", 4, 8),
        ("A1/4", 0.25, 1.25),
        ("-A1", -1, -5),
        ("ROUND(A1/2,0)", 1, 3),
        ("ROUND(A1*0.145,2)", 0.15, 0.73),
        ("SUM(A1:B3)", 16, 20),
        ("SUM(A:A)", 5, 9),
        ("SUM(1:1)", 4, 8),
        ("AVERAGE(A1:A2)", 2.5, 4.5),
        ('SUMIF(A1:A2,">3",B1:B2)', 6, 9),
        ('COUNTIF(A1:B3,">4")', 1, 2),
        ('IF(A1>=3,"når","under")', "under", "når"),
        ("A1>3", False, True),
        ('"Index "&A1', "Index 1", "Index 5"),
        ("IFERROR(1/(A1-5),0)", -0.25, 0),
        ("A1*100%", 1, 5),
        ("LOG10(A1*20)", 1.301029995663981, 2),
        ("_xlfn.XLOOKUP(A1,A1:A2,B1:B2)", 9, 3),
        ("VLOOKUP(A1,A1:B2,2,FALSE)", 9, 3),
        ("INDEX(B1:B2,MATCH(A1,A1:A2,0))", 9, 3),
        ("_xlfn.LET(_xlpm.x,A1,_xlpm.x*_xlpm.x)", 1, 25),
        ("SUMPRODUCT(A1:A2,B1:B2)", 27, 39),
        ("Vikt*2", 2, 10),
    ],
)
def test_one_formula(tmp_path: Path, formula: str, old: Value, new: Value) -> None:
    values = [("A1", 1), ("B1", 3), ("A2", 4), ("B2", 6), ("B3", 2)]
    path = made(tmp_path, [("D5", formula, old)], values, names=[("Vikt", "=Blad1!$A$1")])
    outcome = edited(path, ("Blad1", "A1", 1, 5))
    assert outcome.left == set()
    assert outcome.new("D5") == (pytest.approx(new) if isinstance(new, float) else new)
    assert outcome.read("D5") == outcome.new("D5")
    assert outcome.read("D5", values=False) == f"={formula}"
    assert outcome.codes == []
    assert not outcome.full_calculation


def test_a_chain_across_sheets(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Översikt", "Nya (2)", "Åsa's blad"):
            book.add_worksheet(name)
        over, new, own = book.worksheets()
        own.write("B2", 10)
        new.write_formula("C3", "='Åsa''s blad'!B2*2", None, 20)
        over.write_formula("A1", "='Nya (2)'!C3+1", None, 21)
        own.write_formula("D4", '=Översikt!A1&" st"', None, "21 st")
    outcome = edited(path, ("Åsa's blad", "B2", 10, 11))
    assert outcome.new("C3", "Nya (2)") == 22
    assert outcome.new("A1", "Översikt") == 23
    assert outcome.new("D4", "Åsa's blad") == "23 st"
    assert outcome.read("D4", "Åsa's blad") == "23 st"
    assert outcome.left == set()


@pytest.mark.parametrize(
    "names",
    [("Sheet2", "Sheet1", "Sheet3"), ("Sheet3", "Sheet2", "Sheet1"), ("Blad1", "Sheet1", "Sheet2")],
    ids="-".join,
)
def test_sheets_named_as_programs_name_them(tmp_path: Path, names: tuple[str, ...]) -> None:
    """An engine that numbers its own sheets must not get in the way."""
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        first, _, last = (book.add_worksheet(name) for name in names)
        last.write("A1", 1)
        first.write_formula("A1", f"={names[2]}!A1*2", None, 2)
    outcome = edited(path, (names[2], "A1", 1, 4))
    assert outcome.left == set()
    assert outcome.new("A1", names[0]) == 8


def test_kinds_of_results_change(tmp_path: Path) -> None:
    """The type attribute follows the result: text, truth value, error, number."""
    path = made(
        tmp_path,
        [
            ("B1", 'IF(A1>2,A1,"låg")', "låg"),
            ("B2", "IF(A1>2,A1,FALSE)", False),
            ("B3", "10/(A1-1)", "#DIV/0!"),
            ("B4", 'IF(A1>2,"hög & <fin>",7)', 7),
            ("B5", "IF(A1>2,TRUE,7)", 7),
            ("B6", 'IF(A1>2,"",7)', 7),
            ("B7", "VLOOKUP(9,A1:A1,1,FALSE)", "#N/A"),
        ],
    )
    outcome = edited(path, ("Blad1", "A1", 1, 3))
    results = [outcome.read(f"B{row}") for row in range(1, 8)]
    assert results[:5] == [3, 3, 5, "hög & <fin>", True]
    assert results[5] in {"", None}
    assert results[6] == "#N/A"
    assert 't="e"' not in element(path, "B3")
    assert 't="str"' in element(path, "B4")
    assert 't="b"' in element(path, "B5")


def test_a_new_error_is_left_to_excel(tmp_path: Path) -> None:
    path = made(tmp_path, [("B1", "10/(A1-5)", -2.5), ("B2", "A1*2", 2)])
    outcome = edited(path, ("Blad1", "A1", 1, 5))
    assert outcome.left == {"B1"}
    assert outcome.new("B2") == 10
    assert outcome.codes == [LEFT]
    assert outcome.full_calculation


def test_texts_stay_texts(tmp_path: Path) -> None:
    """What looks like a number or a formula but is text is text to the formulas, too."""
    values = [("A1", 1), ("A2", "'007"), ("A3", "=1+1"), ("A4", "1,5")]
    formulas = [
        ("B1", 'A2&"|"&A1', "'007|1"),
        ("B2", 'A3&"|"&A1', "=1+1|1"),
        ("B3", "SUM(A1:A4)", 1),
    ]
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write_number("A1", 1)
        for cell, text in values[1:]:
            sheet.write_string(cell, str(text))
        for cell, formula, result in formulas:
            sheet.write_formula(cell, f"={formula}", None, result)
    outcome = edited(path, ("Blad1", "A1", 1, 2))
    assert [outcome.read(f"B{row}") for row in range(1, 4)] == ["'007|2", "=1+1|2", 2]


def shared(path: Path, cells: str, names: str = "") -> Path:
    """The workbook with rows of its first sheet written by hand."""

    def change(text: str) -> str:
        text = re.sub(
            r"<sheetData/>|<sheetData>.*</sheetData>", f"<sheetData>{cells}</sheetData>", text
        )
        return re.sub(r"<dimension[^>]*/>", "", text)

    rewritten(path, SHEET1, change)
    if names:
        rewritten(path, "xl/workbook.xml", lambda t: t.replace("</sheets>", f"</sheets>{names}"))
    return path


SHARED_ROWS = (
    '<row r="1"><c r="A1"><v>1</v></c>'
    '<c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1+LOG10(10)</f><v>2</v></c></row>'
    '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>3</v></c></row>'
    '<row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"></f><v>4</v></c>'
    '<c r="C3"><f t="shared" ref="C3:D3" si="1">SUM(B$1:B3)&amp;" A1"</f><v>9</v></c>'
    '<c r="D3"><f t="shared" si="1"/><v>0</v></c></row>'
)


def test_shared_formulas(tmp_path: Path) -> None:
    path = shared(made(tmp_path, []), SHARED_ROWS)
    outcome = edited(path, ("Blad1", "A1", 1, 10))
    assert [outcome.new(cell) for cell in ("B1", "B2", "B3")] == [101, 21, 31]
    assert outcome.new("C3") == "153 A1"
    assert outcome.new("D3") == "0 A1"
    assert element(path, "B2") == '<c r="B2"><f t="shared" si="0"/><v>21</v></c>'
    assert element(path, "B1").startswith('<c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1+')


def test_a_shared_formula_of_another_sheet_and_a_name(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Blad1")
        book.add_worksheet("Åsa's blad").write_column("A1", [5, 6])
        book.define_name("Faktor", "='Åsa''s blad'!$A$1")
    cells = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="4">\'Åsa\'\'s blad\'!A1*Faktor</f>'
        '<v>25</v></c></row><row r="2"><c r="B2"><f t="shared" si="4"/><v>30</v></c></row>'
    )
    outcome = edited(shared(path, cells), ("Åsa's blad", "A1", 5, 10))
    assert (outcome.new("B1"), outcome.new("B2")) == (100, 60)


def test_a_formula_nobody_has_calculated_is_calculated_along(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Blad1"
    cells = {"A1": 1, "A2": 4, "B1": "=A2*2", "B2": "=B1+1", "C1": "=A1+B2", "C2": "=C1*B1"}
    for cell, value in cells.items():
        sheet[cell] = value
    book.save(path)
    outcome = edited(path, ("Blad1", "A1", 1, 3))
    assert (outcome.new("C1"), outcome.new("C2")) == (12, 96)
    assert outcome.changed == {"C1", "C2"}


def test_a_shared_formula_nobody_has_calculated_is_not_zero(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c>'
        '<c r="C1"><f t="shared" ref="C1:C2" si="0">B1*2</f></c></row>'
        '<row r="2"><c r="B2"><v>7</v></c><c r="C2"><f t="shared" si="0"/></c>'
        '<c r="D2"><f>A1+C2</f><v>15</v></c></row>'
    )
    outcome = edited(shared(made(tmp_path, []), cells), ("Blad1", "A1", 1, 2))
    assert "D2" in outcome.left or outcome.new("D2") == 16


def test_a_long_column_nobody_has_calculated(tmp_path: Path) -> None:
    """A running balance as openpyxl writes it: no stored results at all."""
    path = tmp_path / "bok.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Blad1"
    sheet["A1"], sheet["B1"] = 1, 1
    for row in range(2, 1001):
        sheet[f"B{row}"] = f"=B{row - 1}+1"
    sheet["C1"] = "=A1+B1000"
    book.save(path)
    outcome = edited(path, ("Blad1", "A1", 1, 2))
    assert "C1" in outcome.left or outcome.new("C1") == 1002


def test_a_long_chain(tmp_path: Path) -> None:
    """Every formula that builds on the edit, however far away."""
    rows = 2000
    chain = [(f"A{row}", f"A{row - 1}+1", row) for row in range(2, rows + 1)]
    with Book(made(tmp_path, chain)) as book:
        values = book.recalculated(Plan(edits=(CellEdit("Blad1", "A1", 1, 2, "prov"),))).values
    assert len(values) == rows - 1
    assert values["Blad1", rows, 1] == rows + 1


@pytest.mark.parametrize(
    "formula",
    [
        "MINFUNKTION(A1)",
        "SUM(A1,)+(",
        "SUM((A1,A2))",
        "[1]Blad1!A1+A1",
        'INDIRECT("A1")',
        "OFFSET(A2,-1,0)",
        "okänt*A1",
        'GETPIVOTDATA("Antal",A1)',
    ],
)
def test_what_the_engine_cannot_do_is_left_to_excel(tmp_path: Path, formula: str) -> None:
    path = made(tmp_path, [("B1", formula, 77), ("B2", "A1*2", 2)])
    before = element(path, "B1")
    outcome = edited(path, ("Blad1", "A1", 1, 5))
    assert "B1" in outcome.left
    assert element(path, "B1") == before
    assert outcome.read("B2") == 10 or "B2" in outcome.left
    assert outcome.codes == [LEFT]
    assert outcome.full_calculation


@pytest.mark.parametrize(
    "formula",
    [
        "IFERROR(MINFUNKTION(A1),0)",
        'IF(ISERROR(MINFUNKTION(A1)),"saknas","finns")',
        'IFERROR(GETPIVOTDATA("Antal",A1),0)',
        "IFERROR(AGGREGATE(9,6,A1:A3),0)",
    ],
)
def test_what_the_engine_lacks_does_not_hide_behind_iferror(tmp_path: Path, formula: str) -> None:
    """The engine's own ignorance is no error of the workbook."""
    path = made(tmp_path, [("B1", formula, 77)])
    outcome = edited(path, ("Blad1", "A1", 1, 5))
    assert outcome.left == {"B1"}
    assert outcome.read("B1") == 77


def test_a_large_register_is_looked_up_in_or_left_to_excel(tmp_path: Path) -> None:
    """A register too large to be read as a matter of course must not be taken for missing."""
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, register = book.add_worksheet("Blad1"), book.add_worksheet("Register")
        sheet.write("A1", 1)
        formula = "=IFERROR(VLOOKUP(A1,Register!A:B,2,FALSE),0)"
        sheet.write_formula("B1", formula, None, 2)
        for row in range(1, 70_001):
            register.write_row(row, 0, [row, row * 2, 123456789])
    with zipfile.ZipFile(path) as package:
        assert package.getinfo("xl/worksheets/sheet2.xml").file_size > LARGE
    outcome = edited(path, ("Blad1", "A1", 1, 5))
    assert outcome.left == {"B1"} or outcome.read("B1") == 10


def test_a_structured_reference_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        columns = [{"header": "Antal"}, {"header": "Dubbelt"}]
        sheet.add_table("A1:B3", {"name": "Insatser", "data": [[1, 2], [2, 4]], "columns": columns})
        sheet.write_formula("D1", "=SUM(Insatser[Antal])", None, 3)
        sheet.write_formula("D2", "=A2*2", None, 2)
    rewritten(path, SHEET1, lambda text: text)
    outcome = edited(path, ("Blad1", "A2", 1, 5))
    assert (outcome.new("D1"), outcome.new("D2")) == (7, 10)
    assert "Insatser[Antal]" in element(path, "D1")
    assert not outcome.left


def test_array_formulas_are_left_to_excel(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write_column("A1", [3, 1, 2])
        sheet.write_array_formula("C1:C3", "{=A1:A3*2}", None, 6)
        sheet.write_dynamic_array_formula("E1:E3", "=SORT(A1:A3)", None, 1)
        sheet.write_dynamic_array_formula("G1", "=SUM(B1:B3)", None, 0)
    rewritten(path, SHEET1, lambda text: text)
    before = [element(path, cell) for cell in ("C1", "E1", "G1")]
    outcome = edited(path, ("Blad1", "A1", 3, 9))
    assert outcome.left == {"C1", "E1"}
    assert [element(path, cell) for cell in ("C1", "E1", "G1")] == before
    assert outcome.codes == [LEFT]
    assert outcome.full_calculation


def test_what_builds_on_a_formula_left_to_excel_is_left_too(tmp_path: Path) -> None:
    """Half old and half new would be a figure that never was."""
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write("A1", 1)
        sheet.write_array_formula("B1", "{=SUM(A1*2)}", None, 2)
        sheet.write_formula("C1", "=A1+B1", None, 3)
        sheet.write_formula("D1", "=C1*10", None, 30)
        sheet.write_formula("E1", "=A1*10", None, 10)
    outcome = edited(path, ("Blad1", "A1", 1, 5))
    assert outcome.new("E1") == 50
    assert outcome.left == {"B1", "C1", "D1"}
    assert [outcome.read(cell) for cell in ("C1", "D1")] == [3, 30]


def test_what_builds_on_an_unread_opaque_formula_is_left_too(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Blad1"
    for cell, value in {"A1": 1, "A2": 40, "B1": '=INDIRECT("A2")', "C1": "=A1+B1"}.items():
        sheet[cell] = value
    book.save(path)
    outcome = edited(path, ("Blad1", "A1", 1, 2))
    assert "C1" in outcome.left or outcome.new("C1") == 42


def test_hidden_rows_are_for_excel_to_leave_out(tmp_path: Path) -> None:
    """SUBTOTAL counts what is shown; the engine knows of no filter."""
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write_column("A1", [1, 2, 4])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.write_formula("B5", "=SUBTOTAL(109,A1:A3)", None, 5)
    outcome = edited(path, ("Blad1", "A1", 1, 10))
    assert "B5" in outcome.left or outcome.new("B5") == 14


@pytest.mark.parametrize(
    ("formula", "old", "new"),
    [
        ('A1&" %"', "0,5 %", "1,5 %"),
        ('TEXT(A1,"0,0")', "0,5", "1,5"),
        ('"Index: "&ROUND(A1,1)', "Index: 0,5", "Index: 1,5"),
    ],
)
def test_numbers_in_texts_are_swedish_or_left_to_excel(
    tmp_path: Path, formula: str, old: str, new: str
) -> None:
    """A Swedish Excel writes a decimal comma in such a text; another sign would be a change."""
    path = made(tmp_path, [("B1", formula, old)], [("A1", 0.5)])
    outcome = edited(path, ("Blad1", "A1", 0.5, 1.5))
    assert outcome.left == {"B1"} or outcome.read("B1") == new


def test_a_local_name_goes_before_the_workbooks_own(tmp_path: Path) -> None:
    """Copying a sheet in Excel makes such doubles."""
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, other = book.add_worksheet("Blad1"), book.add_worksheet("Blad2")
        sheet.write("A1", 10)
        other.write("A1", 1)
        other.write_formula("B1", "=Sats*2", None, 2)
        other.write_formula("B2", "=Blad2!Sats*3", None, 3)
        book.define_name("Sats", "=Blad1!$A$1")
        book.define_name("Blad2!Sats", "=Blad2!$A$1")
    outcome = edited(path, ("Blad2", "A1", 1, 5))
    assert "B1" in outcome.left or outcome.new("B1", "Blad2") == 10
    assert "B2" in outcome.left or outcome.new("B2", "Blad2") == 15


def test_a_range_up_to_what_is_calculated(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        [("D1", "SUM(A1:INDEX(C1:C3,2))", 21)],
        [("A1", 1), ("B1", 2), ("C1", 3), ("A2", 4), ("B2", 5), ("C2", 6)],
    )
    outcome = edited(path, ("Blad1", "B2", 5, 50))
    assert "D1" in outcome.left or outcome.new("D1") == 66


def test_unrelated_formulas_keep_their_bytes(tmp_path: Path) -> None:
    """Even stored results that are wrong or oddly written: they are not ours to touch."""
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c>'
        '<c r="C1"><f>A2*2</f><v>0.30000000000000004</v></c>'
        '<c r="D1" t="str"><f>A2&amp;""</f><v>gammalt</v></c></row>'
        '<row r="2"><c r="A2"><v>2.50</v></c><c r="B2"><f ca="1">A3</f><v>1E2</v></c>'
        '<c r="C2"><f t="shared" ref="C2:D2" si="0">A2+1</f><v>999</v></c>'
        '<c r="D2"><f t="shared" si="0"/><v>998</v></c><c r="E2"><f>NOW()</f><v>44000.5</v></c></row>'
    )
    path = shared(made(tmp_path, []), cells)
    before = part(path, SHEET1)
    outcome = edited(path, ("Blad1", "A1", 1, 5))
    expected = before.replace("<v>1</v>", "<v>5</v>").replace(
        "<f>A1*2</f><v>2</v>", "<f>A1*2</f><v>10</v>"
    )
    assert part(path, SHEET1) == expected
    assert outcome.changed == {"B1"}


def test_a_result_that_stays_is_not_written(tmp_path: Path) -> None:
    path = made(tmp_path, [("B1", "IF(A1>0,7,8)", 7)])
    before = element(path, "B1")
    outcome = edited(path, ("Blad1", "A1", 1, 5))
    assert outcome.changed == set()
    assert element(path, "B1") == before


def test_nothing_is_recalculated_for_a_plan_without_values(tmp_path: Path) -> None:
    path = made(tmp_path, [("B1", "INDIRECT(A1)", 7)])
    outcome = edited(path)
    assert outcome.recalculation == Recalculation({}, ())
    assert outcome.codes == []
    assert not outcome.full_calculation


def _expecting(value: float) -> Plan:
    decimals = 0 if value.is_integer() else 2
    return Plan(expected=(Expectation("Blad1", "B1", value, "Poäng", decimals),))


@pytest.mark.parametrize(
    ("shown", "expected", "wrong"),
    [
        (64, 64, False),
        (50, 60, True),
        (64.40677966101695, 64, False),
        (79.54545454545455, 80, False),
        (0.6440677966101694, 0.64, False),
        (0.65, 0.64, True),
        (249, 250, True),
        (1146, 1147, True),
        (0, 3, True),
    ],
)
def test_a_formula_is_judged_as_it_is_printed(
    shown: float, expected: float, *, wrong: bool
) -> None:
    """As a typed figure is: rounded to a whole number, a point off is a point off."""
    found = mismatches(_expecting(float(expected)), {("Blad1", "B1"): shown})
    assert [finding.code for finding in found] == (["formel-avviker"] if wrong else [])


IMPACTINDEX = "xl/worksheets/sheet9.xml"


def with_formula(path: Path, cell: str, formula: str, shown: str) -> Path:
    """The shipped workbook with a formula and a stored result in one cell of Impactindex."""
    old = element(path, cell, IMPACTINDEX)
    style = re.search(r' s="\d+"', old)
    assert style
    new = f'<c r="{cell}"{style.group()}><f>{formula}</f><v>{shown}</v></c>'
    return rewritten(path, IMPACTINDEX, lambda text: text.replace(old, new))


def mismatched(path: Path) -> list[tuple[str | None, float | str | None, float | str | None]]:
    """What recomputing says about formulas that do not show what is calculated, and applies."""
    with workbook(path) as book:
        result = book.recompute()
        book.apply(result)
        return [
            (f.cell, f.stated, f.calculated) for f in result.findings if f.code == "formel-avviker"
        ]


def test_a_formula_that_shows_something_else_is_told_and_kept(social_budget: Path) -> None:
    """The formula depends on what is written: Bjurholm's counts are mended from 5 to 7."""
    path = with_formula(social_budget, "C19", "SUM(C14:C18)*2", "124")
    assert mismatched(path) == [("C19", 128, 64)]
    assert "<f>SUM(C14:C18)*2</f><v>128</v>" in element(path, "C19", IMPACTINDEX)


def test_it_is_told_even_if_nothing_it_looks_at_is_written(social_budget: Path) -> None:
    """Nordmaling's points are right and stay, the formula on them is wrong."""
    path = with_formula(social_budget, "G28", "E28/D28*50", "29.94011976047904")
    before = element(path, "G28", IMPACTINDEX)
    found = mismatched(path)
    assert [(cell, calculated) for cell, _, calculated in found] == [("G28", 60)]
    assert found[0][1] == pytest.approx(29.94, abs=0.01)
    formula = re.search("<f>.*</f><v>.*</v>", before)
    assert formula
    assert formula.group() in element(path, "G28", IMPACTINDEX)


def test_it_is_told_again_the_next_time(social_budget: Path) -> None:
    path = with_formula(social_budget, "C19", "SUM(C14:C18)*2", "124")
    assert mismatched(path) == mismatched(path) == [("C19", 128, 64)]


def test_a_formula_as_people_write_it_is_right(social_budget: Path) -> None:
    path = with_formula(social_budget, "G10", "100*E10/D10", "64.40677966101695")
    path = with_formula(path, "F10", "E10/D10", "0.6440677966101694")
    assert mismatched(path) == []


def test_the_shipped_workbook_has_nothing_for_excel_alone() -> None:
    with workbook(SOCIAL_BUDGET) as book:
        assert book.recompute().recalculation.left_to_excel == ()
