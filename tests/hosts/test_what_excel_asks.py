"""What we ship, and what we make of it, is what Excel opens without a word.

Two checkers look at every file: a port of the Open XML SDK's validator, and a list of
what Excel asks beyond it.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter
from openxml_audit import OpenXmlValidator

from finsam_xl.hosts.ooxml import Book
from finsam_xl.hosts.ooxml.render import writable
from finsam_xl.palette import INK
from finsam_xl.plan import Plan
from finsam_xl.sheetplan import BarChart, Page, PlannedCell, Role, SheetPlan
from support.pictures import all_pictures
from support.rich_workbook import build_rich_workbook
from support.small_budget import SmallBudget
from support.strict_package import problems
from support.workbooks import NOW, ROOT, copy, workbook

SHIPPED = sorted(
    path
    for path in (ROOT / "workbooks").rglob("*")
    if path.suffix in {".xlsx", ".xlsm", ".xlam"} and not path.name.startswith(("~$", "."))
)
BOOKS = [path for path in SHIPPED if path.suffix != ".xlam"]
NO_FAULTS = {
    # A text in its cell is plain Open XML. Excel moves it when it saves, as it rewrites all else.
    r"Worksheet \S+ has \d+ inline-string cell\(s\)": "inline strings without shared strings",
}
"""What the validator says of files that are as they should be, each with the reason."""

each_shipped = pytest.mark.parametrize("source", SHIPPED, ids=lambda path: path.name)
each_book = pytest.mark.parametrize("source", BOOKS, ids=lambda path: path.name)


def faults(path: Path) -> list[str]:
    """What either checker finds."""
    validator = OpenXmlValidator(max_errors=0)
    said = [f"{e.part_uri} {e.path}: {e.description}" for e in validator.validate(path).errors]
    known = re.compile("|".join(NO_FAULTS))
    return [*problems(path), *(words for words in said if not known.search(words))]


@each_shipped
def test_what_is_shipped(source: Path) -> None:
    """Workbooks with and without macros, and the add-in."""
    assert faults(source) == []


@each_book
def test_everything_in_one_run(source: Path, tmp_path: Path) -> None:
    """Recalculated, with every report that fits."""
    path = copy(source, tmp_path)
    with workbook(path) as book:
        kinds = book.fitting_reports()
        assert "kontroll" in kinds
        assert book.apply(book.recompute(kinds)).changed
    assert faults(path) == []


@each_book
def test_one_thing_after_the_other_and_all_of_it_again(source: Path, tmp_path: Path) -> None:
    """Each report by itself, then recalculated; then all are replaced."""
    path = copy(source, tmp_path)
    for _ in range(2):
        with workbook(path) as book:
            kinds = book.fitting_reports()
        for kind in kinds:
            with workbook(path) as book:
                book.apply(book.report(kind))
        with workbook(path) as book:
            book.apply(book.recompute())
        assert faults(path) == []


def test_a_workbook_with_every_feature_gets_no_new_fault(tmp_path: Path) -> None:
    """What was said of it before is all that is said after."""
    path = tmp_path / "rik.xlsx"
    build_rich_workbook(path)
    before = faults(path)
    for _ in range(2):
        with workbook(path) as book:
            book.apply(book.recompute(book.fitting_reports()))
        assert faults(path) == before


def test_a_workbook_that_another_program_made(tmp_path: Path) -> None:
    """Its prefix for relations is declared sheet by sheet."""
    path = SmallBudget().save(tmp_path)
    before = faults(path)
    with workbook(path) as book:
        book.apply(book.recompute(book.fitting_reports()))
    assert set(faults(path)) <= set(before)


# Names with characters that no file can hold.

_BELL = "\x07"
_ODD = f"Sta{_BELL}ten _x0007_ \x0b\ud83d\ufffe & <b> \"'"


def test_a_control_character_does_not_stop_a_report(tmp_path: Path) -> None:
    """In any text of it; the character is left out, the rest is there."""
    role = Role(size=10, ink=INK)
    cells = [
        PlannedCell(1, 1, _ODD, role),
        PlannedCell(2, 1, _ODD, role, link="'Blad 1'!A1"),
        PlannedCell(3, 1, 7, role, link="'Blad 1'!A1"),
        PlannedCell(4, 1, _BELL, role),
        PlannedCell(5, 1, _BELL + "x" * 40_000, role),
        PlannedCell(6, 1, "Del", role),
        PlannedCell(6, 2, 50, role),
    ]
    area = (6, 1, 6, 1), (6, 2, 6, 2)
    chart = BarChart(_ODD, _ODD, *area, ("",), None, 8, 1, (400, 200))
    page = Page(footer_left=_ODD, last_row=6, last_column=2)
    sheet = SheetPlan("Rapport", "prov", tuple(cells), (20,), charts=(chart,), page=page)
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Blad 1").write("A1", "Här")
    with Book(path) as book:
        book.save(Plan((), sheets=(sheet,)), None, NOW)
    with Book(path) as book:
        shown = {place: cell.value for place, cell in book.grid.sheet("Rapport").cells.items()}
    clean = "Staten _x0007_  & <b> \"'"
    assert shown[1, 1] == shown[2, 1] == clean
    assert shown[3, 1] == "7"
    assert not shown.get((4, 1))
    assert shown[5, 1] == "x" * 32_767
    assert faults(path) == []


@pytest.mark.parametrize("written", ["Sta_x000B_ten", "Sta_x0007_ten", "Sta_xD800_ten"])
def test_a_control_character_in_a_party(written: str, tmp_path: Path) -> None:
    """As Excel stores one that came along with pasted text."""
    path = tmp_path / "avgifter.xlsx"
    rows = [
        ("Medlemsavgifter",), ("Pott", 11540), ("Part", "Nyckel", "Avgift"), ("Staten", 0.5),
        ("Region", 0.25), ("Kommun", 0.25), ("Summa", 1),
    ]  # fmt: skip
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Avgifter")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    _change(path, "xl/sharedStrings.xml", "Staten", written)
    for _ in range(2):
        with workbook(path) as book:
            book.apply(book.recompute(("avgifter", "kontroll")))
        assert faults(path) == []
    with Book(path) as book:
        texts = book.grid.sheet("Rapport Avgifter").texts
    assert "Staten" in texts


def test_pictures_of_money(tmp_path: Path) -> None:
    """Stacks, stripes, bars and marks that are not drawn, legends without some of their entries."""
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Blad 1").write("A1", "Här")
    with Book(path) as book:
        book.save(Plan((), sheets=(writable(all_pictures()),)), None, NOW)
    assert faults(path) == []
    with zipfile.ZipFile(path) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == len(all_pictures().charts)


# The checker sees what it should.


def _change(path: Path, part: str, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = re.sub(old, new, parts[part].decode(), count=1)
    assert changed != parts[part].decode(), old
    parts[part] = changed.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


class _Fault(NamedTuple):
    part: str
    old: str
    new: str
    words: str


_BOOK, _STYLES, _SHEET = "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"
_SEEN = {
    "a sheet name twice": _Fault(_BOOK, 'name="Två"', 'name="ETT"', "sheet name: ett 2 times"),
    "a sheet name too long": _Fault(_BOOK, 'name="Två"', f'name="{"x" * 32}"', "sheet name"),
    "a sheet number twice": _Fault(_BOOK, 'sheetId="2"', 'sheetId="1"', "sheetId: 1 2 times"),
    "no such tab": _Fault(_BOOK, "<workbookView ", '<workbookView activeTab="7" ', "none of the"),
    "the active tab hidden": _Fault(_BOOK, 'sheetId="1"', 'sheetId="1" state="hidden"', "hidden"),
    "another tab selected": _Fault(_BOOK, "<workbookView ", '<workbookView activeTab="1" ',
        "the active tab is Två"),
    "a name of a sheet gone": _Fault(_BOOK, "Ett!", "Borta!", "Borta, which is not there"),
    "a name without a cell": _Fault(_BOOK, r"Ett!\$A\$1", "#REF!", "stands for #REF!"),
    "a name like a cell": _Fault(_BOOK, 'name="Egen"', 'name="AB12"', "is no name"),
    "formats miscounted": _Fault(_STYLES, r'<cellXfs count="\d+"', '<cellXfs count="99"',
        "counts 99"),
    "a font gone": _Fault(_STYLES, r'(<cellXfs.*?)fontId="0"', r'\1fontId="88"', "fontId 88"),
    "a number format gone": _Fault(_STYLES, r'(<cellXfs.*?)numFmtId="0"', r'\1numFmtId="200"',
        "number format 200"),
    "a cell's format gone": _Fault(_SHEET, '<c r="A1"', '<c r="A1" s="77"', "A1: format 77"),
    "a text gone": _Fault(_SHEET, "<v>0</v>", "<v>999</v>", "kind s shows '999'"),
    "a number that is none": _Fault(_SHEET, "<v>2.5</v>", "<v>2,5</v>", "kind n shows '2,5'"),
    "cells out of place": _Fault(_SHEET, '<c r="B1"', '<c r="A1"', "stands out of place"),
    "rows out of order": _Fault(_SHEET, '<row r="1"', '<row r="9"', "after row"),
    "merged over each other": _Fault(_SHEET, "D5:E6", "D3:E5", "merged"),
    "merged miscounted": _Fault(_SHEET, '<mergeCells count="2"', '<mergeCells count="3"',
        "counts 3"),
    "a link nowhere": _Fault(_SHEET, "location=\"'Två'", "location=\"'Tre'", "which is not there"),
    "a function without prefix": _Fault(_SHEET, "<f>1\\+1</f>", "<f>IFS(A1,1)</f>", "its prefix"),
    "an equals sign": _Fault(_SHEET, "<f>1\\+1</f>", "<f>=1+1</f>", "formula '=1"),
    "a height": _Fault(_SHEET, '<row r="1"', '<row r="1" ht="500"', "height 500"),
    "elements out of order": _Fault(_SHEET, "(<pageMargins[^>]*/>)(.*)</worksheet>",
        r"\2\1</worksheet>", "out of order"),
    "a rule's format gone": _Fault(_SHEET, 'dxfId="0"', 'dxfId="5"', "a rule's format 5"),
    "texts miscounted": _Fault("xl/sharedStrings.xml", r' count="\d+"', ' count="99"', "99 uses"),
    "a chain untrue": _Fault("xl/calcChain.xml", 'r="C1"', 'r="C9"', "C9 of sheet 1 has no"),
    "a text undeclared": _Fault("[Content_Types].xml", '<Override PartName="/xl/styles.xml"[^>]*/>',
        "", "nothing more than XML"),
    "a part that nothing leads to": _Fault("_rels/.rels", '<Relationship [^>]*app.xml"/>', "",
        "docProps/app.xml: nothing leads to it"),
    "columns over each other": _Fault(_SHEET, '<col min="3" max="4"', '<col min="2" max="4"',
        "columns over"),
}  # fmt: skip


def _sound(path: Path) -> Path:
    """A workbook with something of each kind, and nothing wrong."""
    with xlsxwriter.Workbook(path) as made:
        one, _ = made.add_worksheet("Ett"), made.add_worksheet("Två")
        one.write_string("A1", "Text")
        one.write_number("B1", 2.5, made.add_format({"num_format": "0.0 kr"}))
        one.write_formula("C1", "=1+1", None, 2)
        one.write_url("A2", "internal:'Två'!A1", None, "Dit")
        one.merge_range("D1:E3", "")
        one.merge_range("D5:E6", "")
        one.set_column("B:B", 20)
        one.set_column("C:D", 30)
        bold = made.add_format({"bold": True})
        rule = {"type": "cell", "criteria": ">", "value": 1, "format": bold}
        one.conditional_format("B1:B9", rule)
        one.set_footer("Sida &P")
        made.define_name("Egen", "=Ett!$A$1")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "xl/calcChain.xml", f'<calcChain xmlns="{main}"><c r="C1" i="1"/></calcChain>'
        )
    told = f'<Relationship Id="rIdK" Type="{relation}" Target="calcChain.xml"/></Relationships>'
    _change(path, "xl/_rels/workbook.xml.rels", "</Relationships>", told)
    override = f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
    _change(path, "[Content_Types].xml", "</Types>", override)
    return path


def test_a_sound_workbook_has_no_problems(tmp_path: Path) -> None:
    """The one that the faults are put into."""
    assert faults(_sound(tmp_path / "hel.xlsx")) == []


@pytest.mark.parametrize("fault", _SEEN.values(), ids=_SEEN)
def test_the_checker_sees(fault: _Fault, tmp_path: Path) -> None:
    """Each fault, in its own words."""
    path = _sound(tmp_path / "trasig.xlsx")
    _change(path, fault.part, fault.old, fault.new)
    assert any(fault.words in problem for problem in problems(path)), problems(path)
