"""A large sheet beside the tables costs no more than unpacking it."""

from __future__ import annotations

import contextlib
import gc
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from finsam_xl.workbook import Result, Workbook
from support.rich_workbook import FIRST_ROW, HEADING_ROW, HEADINGS, ROWS, SUM_ROW, check_package
from support.workbooks import NOW, copy

pytestmark = pytest.mark.filterwarnings("ignore:::openpyxl")

BUDGET, LEDGER = "Social budget 2021", "Huvudbok"
LEDGER_PART = "xl/worksheets/sheet2.xml"
LEDGER_ROWS, LEDGER_COLUMNS = 20_000, 10
MEMORY = 30 << 20
TEXTS = [f"Verifikat {number:04d}" for number in range(3000)]
FORMULA_ROWS = {7: f"='{BUDGET}'!P{SUM_ROW}*2", 12_345: f"='{BUDGET}'!P{FIRST_ROW}+A1"}
TOTAL = f"P{SUM_ROW}"


def _write_budget(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(BUDGET)
    sheet.write_row(HEADING_ROW - 1, 0, HEADINGS)
    for row, cells in enumerate(ROWS, FIRST_ROW - 1):
        for column, value in enumerate(cells):
            if value is not None:
                sheet.write(row, column, value)
    sheet.write_formula(TOTAL, f"=SUM(P{FIRST_ROW}:P{SUM_ROW - 1})", None, 0)


def _write_ledger(book: xlsxwriter.Workbook, formulas: dict[int, str]) -> None:
    sheet = book.add_worksheet(LEDGER)
    for row in range(LEDGER_ROWS):
        for column in range(LEDGER_COLUMNS):
            if column % 3 == 1:
                sheet.write_string(row, column, TEXTS[(row * 7 + column) % len(TEXTS)])
            else:
                sheet.write_number(row, column, row * 10 + column + 0.25)
    for row, formula in formulas.items():
        sheet.write_formula(row - 1, LEDGER_COLUMNS, formula, None, 0)


def _build(path: Path, formulas: dict[int, str]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        _write_budget(book)
        _write_ledger(book, formulas)
    return path


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A social budget and a ledger of 200 000 numbers and shared strings."""
    return _build(tmp_path_factory.mktemp("stor") / "stor.xlsx", {})


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with two formulas in the ledger that look at the social budget."""
    return _build(tmp_path_factory.mktemp("formler") / "formler.xlsx", FORMULA_ROWS)


def raw(path: Path, part: str) -> bytes:
    """An entry as it stands in the zip, from its local header to the next."""
    with zipfile.ZipFile(path) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        edges = [info.header_offset for info in infos[1:]] + [archive.start_dir]
    (span,) = [
        (info.header_offset, edge)
        for info, edge in zip(infos, edges, strict=True)
        if info.filename == part
    ]
    return path.read_bytes()[slice(*span)]


def part_of(path: Path, part: str) -> bytes:
    """The content of a part."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(part)


def recompute(path: Path, told: list[str] | None = None) -> Result:
    """Recompute in place; gives the result, and what was told on the way."""
    with Workbook(path, NOW, (told if told is not None else []).append) as book:
        result = book.recompute()
        book.apply(result)
    return result


def value(path: Path, sheet: str, cell: str) -> object:
    """The stored value that openpyxl reads."""
    with contextlib.closing(openpyxl.load_workbook(path, data_only=True, read_only=True)) as book:
        return book[sheet][cell].value


def test_the_large_sheet_is_large(plain: Path) -> None:
    """The workbooks of this file are what they are said to be."""
    sheet = part_of(plain, LEDGER_PART)
    assert len(re.findall(b"<c ", sheet)) == LEDGER_ROWS * LEDGER_COLUMNS == 200_000
    assert sheet.count(b't="s"') == 60_000


def test_results_are_written_and_the_large_sheet_keeps_its_bytes(
    plain: Path, tmp_path: Path
) -> None:
    """Entry and directory; the sheet is looked over but never read cell by cell."""
    path = copy(plain, tmp_path)
    told: list[str] = []
    result = recompute(path, told)
    assert [(e.cell, e.new) for e in result.plan.edits][:2] == [("O5", "Ja"), ("P5", 8)]
    assert raw(path, LEDGER_PART) == raw(plain, LEDGER_PART)
    assert value(path, BUDGET, TOTAL) == 9
    assert check_package(path) == []
    assert f"Ser över bladet {LEDGER}" in told
    assert f"Läser bladet {LEDGER}" not in told


@pytest.mark.parametrize("reports", [(), ("impactindex",)], ids=["plain", "report"])
def test_memory_does_not_grow_with_the_large_sheet(
    reports: tuple[str, ...], plain: Path, tmp_path: Path
) -> None:
    """Reading its cells would take well over a hundred megabytes."""
    path = copy(plain, tmp_path)
    recompute(copy(plain, tmp_path_for_warm_up(tmp_path)))  # so that no import is counted
    gc.collect()
    tracemalloc.start()
    try:
        start = tracemalloc.get_traced_memory()[0]
        with Workbook(path, NOW) as book:
            book.apply(book.recompute(reports))
        peak = tracemalloc.get_traced_memory()[1] - start
    finally:
        tracemalloc.stop()
    assert peak < MEMORY, f"{peak / (1 << 20):.1f} MB"


def tmp_path_for_warm_up(folder: Path) -> Path:
    """A folder of its own."""
    (folder / "uppvärmning").mkdir()
    return folder / "uppvärmning"


def test_formulas_in_the_large_sheet_show_the_new_results(linked: Path, tmp_path: Path) -> None:
    """Only the stored results of the two formulas change in it."""
    path = copy(linked, tmp_path)
    result = recompute(path)
    assert {
        (row, column): new
        for (sheet, row, column), new in result.recalculation.values.items()
        if sheet == LEDGER
    } == {(7, LEDGER_COLUMNS + 1): 18, (12_345, LEDGER_COLUMNS + 1): 8.25}
    assert result.recalculation.left_to_excel == ()
    assert value(path, LEDGER, "K7") == 18
    assert value(path, LEDGER, "K12345") == 8.25
    expected = part_of(linked, LEDGER_PART)
    for cell, new in (("K7", b"18"), ("K12345", b"8.25")):
        old = re.search(rb'<c r="%s">.*?</c>' % cell.encode(), expected)
        assert old is not None
        assert old.group().endswith(b"<v>0</v></c>")
        expected = expected.replace(old.group(), old.group().replace(b"<v>0<", b"<v>%s<" % new))
    assert part_of(path, LEDGER_PART) == expected
    assert check_package(path) == []


def test_formulas_in_the_large_sheet_that_look_elsewhere_cost_no_change(
    tmp_path: Path,
) -> None:
    """The sheet is read for its formulas, and its entry is copied as it is."""
    original = _build(tmp_path / "original.xlsx", {9: "=SUM(A1:A8)"})
    (tmp_path / "kopia").mkdir()
    path = copy(original, tmp_path / "kopia")
    recompute(path)
    assert raw(path, LEDGER_PART) == raw(original, LEDGER_PART)


# A social budget that is itself the large sheet, in the spellings that programs use.


def _respelled(source: Path, target: Path, change: Callable[[bytes, list[bytes]], bytes]) -> Path:
    """The workbook with the filled-out budget sheet put through ``change``."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = re.findall(rb"<si>(.*?)</si>", parts["xl/sharedStrings.xml"], re.DOTALL)
    part = "xl/worksheets/sheet1.xml"
    filling = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>0.5</v></c></row>' % (n, n, n, n)
        for n in range(1000, 70_000)
    )
    sheet = parts[part].replace(b"</sheetData>", filling + b"</sheetData>")
    assert len(sheet) > 4 << 20
    parts[part] = change(sheet, texts)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target


def _ordinary(sheet: bytes, _texts: list[bytes]) -> bytes:
    return sheet


def _inline(sheet: bytes, texts: list[bytes]) -> bytes:
    return re.sub(
        rb't="s"><v>(\d+)</v>',
        lambda m: b't="inlineStr"><is>%s</is>' % texts[int(m.group(1))],
        sheet,
    )


def _single_quoted(sheet: bytes, _texts: list[bytes]) -> bytes:
    return re.sub(rb'<c r="(\w+)"( t="s")?', lambda m: m.group().replace(b'"', b"'"), sheet)


def _prefixed(sheet: bytes, _texts: list[bytes]) -> bytes:
    sheet = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", sheet)
    return sheet.replace(b" xmlns=", b" xmlns:x=", 1)


def _indented(sheet: bytes, _texts: list[bytes]) -> bytes:
    return re.sub(rb"><(?=(?:row|c|v|/c|/row)[ />])", b">\n  <", sheet)


def _type_first(sheet: bytes, _texts: list[bytes]) -> bytes:
    return re.sub(rb'<c r="(\w+)" t="s"', rb'<c t="s" r="\1"', sheet)


def _spaces_kept(sheet: bytes, _texts: list[bytes]) -> bytes:
    return re.sub(rb't="s"><v>', b't="s"><v xml:space="preserve">', sheet)


def _spaced(sheet: bytes, _texts: list[bytes]) -> bytes:
    return re.sub(rb't="s"', b't = "s"', sheet)


def _space_before(sheet: bytes, _texts: list[bytes]) -> bytes:
    return re.sub(rb't="s"', b't\r\n="s"', sheet)


def _space_after(sheet: bytes, _texts: list[bytes]) -> bytes:
    return re.sub(rb't="s"', b't=\t"s"', sheet)


@pytest.mark.parametrize(
    "spell",
    [
        _ordinary,
        _inline,
        _single_quoted,
        _prefixed,
        _indented,
        _type_first,
        _spaces_kept,
        _spaced,
        _space_before,
        _space_after,
    ],
)
def test_a_social_budget_on_a_large_sheet_is_found(
    spell: Callable[[bytes, list[bytes]], bytes], tmp_path: Path
) -> None:
    """Looking it over must not miss the headings, however the sheet is spelled."""
    small = tmp_path / "liten.xlsx"
    with xlsxwriter.Workbook(small) as book:
        _write_budget(book)
    path = _respelled(small, tmp_path / "stor.xlsx", spell)
    result = recompute(path)
    assert len(result.plan.edits) == 6
    assert value(path, BUDGET, "P5") == 8


@pytest.mark.parametrize(
    ("formula", "right"),
    [
        (f"=P{FIRST_ROW}+SUM({LEDGER}!A1:A4)", 69.0),
        (f"=IFERROR(P{FIRST_ROW}/{LEDGER}!A1,-1)", 32.0),
        (f"=P{FIRST_ROW}+COUNT({LEDGER}!A1:A4)", 12.0),
        (f"=IF(ISNUMBER({LEDGER}!A1),P{FIRST_ROW},-1)", 8.0),
    ],
)
def test_a_budget_that_looks_at_the_large_sheet(formula: str, right: float, tmp_path: Path) -> None:
    """Its formulas get the ledger's figures, or are left to Excel and said to be; never guesses."""
    path = tmp_path / "stor.xlsx"
    with xlsxwriter.Workbook(path) as book:
        _write_budget(book)
        book.get_worksheet_by_name(BUDGET).write_formula("R1", formula, None, 0)
        _write_ledger(book, {})
    result = recompute(path)
    shown = value(path, BUDGET, "R1")
    if (BUDGET, 1, 18) in result.recalculation.left_to_excel:
        assert shown == 0
        assert b'fullCalcOnLoad="1"' in part_of(path, "xl/workbook.xml")
    else:
        assert shown == right
    assert check_package(path) == []
