"""Every byte that need not change is the same afterwards, read straight from the zip."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from finsam_xl.address import a1
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import Book
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.sheets.grid import Cell, CellError, Value
from finsam_xl.workbook import Result
from support.rich_workbook import (
    CONTENT_TYPES_PART,
    MAIN,
    OFFICE_RELS,
    PACKAGE_RELS,
    build_rich_workbook,
    check_package,
    missing_features,
)
from support.workbooks import NOW, ROOT, SOCIAL_BUDGET, copy, workbook
from support.zip_bytes import (
    ADDRESS,
    BOOK,
    BOOK_RELS,
    TOKEN,
    Entry,
    cell_spans,
    contents,
    entries,
    formulas,
    number_of,
    sheet_parts,
    without_cells,
)

pytestmark = pytest.mark.filterwarnings("ignore:::openpyxl")

REPORT = ("impactindex",)
CORPUS = ROOT.parent / "shared" / "corpus" / "excel-saved"
CORPUS_FILES = sorted(CORPUS.glob("*.xls[xm]"))
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
SHEET1 = "xl/worksheets/sheet1.xml"


def rewritten(
    source: Path,
    method: int = zipfile.ZIP_DEFLATED,
    change: Callable[[str, bytes], bytes] = lambda _name, data: data,
) -> Path:
    """The workbook with every part put through ``change`` and packed anew, in its own place."""
    parts = {name: change(name, data) for name, data in contents(source).items()}
    with zipfile.ZipFile(source, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return source


def touched(result: Result) -> dict[str, set[str]]:
    """The cells a result may change, by sheet."""
    places: dict[str, set[str]] = {}
    for edit in result.plan.edits:
        places.setdefault(edit.sheet, set()).add(edit.cell)
    for sheet, row, column in result.recalculation.values:
        places.setdefault(sheet, set()).add(a1(row, column))
    return places


def shown(path: Path) -> dict[str, dict[str, object]]:
    """What openpyxl reads: every cell's stored value, by sheet."""
    with contextlib.closing(openpyxl.load_workbook(path, data_only=True)) as book:
        sheets = book.worksheets
    return {
        sheet.title: {
            cell.coordinate: cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in sheets
    }


class Done(NamedTuple):
    """A recompute that was carried out: the parts before and after, and what it was to do."""

    path: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    raw_before: dict[str, Entry]
    raw_after: dict[str, Entry]
    result: Result
    sheets: dict[str, str]

    @property
    def changed(self) -> set[str]:
        """The old parts whose content is no longer what it was."""
        return {name for name in self.before if self.after.get(name) != self.before[name]}

    @property
    def expected_sheets(self) -> dict[str, set[str]]:
        """Parts of the sheets to be changed, with the cells to be changed on them."""
        return {self.sheets[name]: places for name, places in touched(self.result).items()}


def recomputed(path: Path, reports: tuple[str, ...] = ()) -> Done:
    """Recompute a workbook in place and tell what happened to it."""
    before, raw, sheets = contents(path), entries(path), sheet_parts(path)
    with workbook(path) as book:
        result = book.recompute(reports)
        saved = book.apply(result.plan)
    done = Done(path, before, contents(path), raw, entries(path), result, sheets)
    assert set(saved.changed) == {n for n in done.after if before.get(n) != done.after[n]}
    return done


def shipped(folder: Path) -> Path:
    """A copy of the shipped social budget."""
    return copy(SOCIAL_BUDGET, folder)


def rich(folder: Path) -> Path:
    """The workbook with everything other tools destroy."""
    build_rich_workbook(folder / "rik.xlsx")
    return folder / "rik.xlsx"


Make = Callable[[Path], Path]
BOTH = pytest.mark.parametrize("make", [shipped, rich])
PACKED = pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
REPORTED = pytest.mark.parametrize("reports", [(), REPORT], ids=["plain", "report"])


@BOTH
@PACKED
@REPORTED
def test_entries_that_are_not_changed_keep_every_byte(
    make: Make, method: int, reports: tuple[str, ...], tmp_path: Path
) -> None:
    """Local header, compressed data, directory record and order are those of the original."""
    done = recomputed(rewritten(make(tmp_path), method), reports)
    kept = set(done.before) - done.changed
    assert len(kept) > 3
    for name in kept:
        assert done.raw_after[name] == done.raw_before[name], name
    old = [name for name in done.raw_after if name in done.raw_before]
    assert old == list(done.raw_before)
    assert list(done.raw_after)[: len(old)] == old
    assert check_package(done.path) == []


@BOTH
@PACKED
def test_changed_entries_are_packed_as_they_were(make: Make, method: int, tmp_path: Path) -> None:
    """A stored entry stays stored, and a deflated one deflated."""
    done = recomputed(rewritten(make(tmp_path), method), REPORT)
    with zipfile.ZipFile(done.path) as archive:
        assert done.changed
        assert {archive.getinfo(name).compress_type for name in done.changed} == {method}


@BOTH
def test_only_the_sheets_with_results_and_what_they_need_change(make: Make, tmp_path: Path) -> None:
    """Without a report: edited sheets, and texts and formats where new ones were needed."""
    done = recomputed(make(tmp_path))
    sheets = set(done.expected_sheets)
    assert sheets <= done.changed
    assert done.changed - sheets <= {STRINGS, STYLES}
    assert set(done.after) == set(done.before)


@BOTH
def test_a_report_adds_parts_and_changes_only_what_leads_to_them(
    make: Make, tmp_path: Path
) -> None:
    """With a report: new parts, their content types and the workbook's list of sheets."""
    done = recomputed(make(tmp_path), REPORT)
    leading = {CONTENT_TYPES_PART, BOOK, BOOK_RELS}
    assert leading <= done.changed
    assert done.changed - set(done.expected_sheets) <= {*leading, STRINGS, STYLES}
    kinds = {re.sub(r"\d+", "#", name) for name in set(done.after) - set(done.before)}
    assert kinds == {
        "xl/worksheets/sheet#.xml",
        "xl/worksheets/_rels/sheet#.xml.rels",
        "xl/drawings/drawing#.xml",
        "xl/drawings/_rels/drawing#.xml.rels",
        "xl/charts/chart#.xml",
    }


def unopened(sheet: bytes) -> bytes:
    """A sheet part as if its tab had not been in front: the book opens on the report."""
    return re.sub(rb'(tabSelected=")[01]"', rb'\g<1>"', sheet)


@BOTH
@REPORTED
def test_bytes_outside_the_touched_cells_stay(
    make: Make, reports: tuple[str, ...], tmp_path: Path
) -> None:
    """A changed sheet part with the touched cells cut out is the old one with them cut out."""
    done = recomputed(make(tmp_path), reports)
    assert done.expected_sheets
    for part, places in done.expected_sheets.items():
        old, new = done.before[part], done.after[part]
        assert old != new
        assert unopened(without_cells(new, places)) == unopened(without_cells(old, places)), part


@BOTH
def test_formulas_keep_their_bytes(make: Make, tmp_path: Path) -> None:
    """No ``<f>`` element changes, wherever its result is refreshed."""
    done = recomputed(make(tmp_path), REPORT)
    kept = {part: formulas(done.before[part]) for part in done.sheets.values()}
    assert sum(map(len, kept.values())) >= 4
    for part, old in kept.items():
        assert formulas(done.after[part]) == old, part
    for sheet, row, column in done.result.recalculation.values:
        assert a1(row, column) in kept[done.sheets[sheet]]


@BOTH
def test_untouched_cells_keep_their_values_for_another_reader(make: Make, tmp_path: Path) -> None:
    """Openpyxl reads what the plan says in the touched cells and the old values in the rest."""
    path = make(tmp_path)
    before = shown(path)
    done = recomputed(path)
    after = shown(path)
    new: dict[str, dict[str, Value]] = {name: {} for name in before}
    for edit in done.result.plan.edits:
        if not edit.keeps_value:
            new[edit.sheet][edit.cell] = edit.new
    for (sheet, row, column), value in done.result.recalculation.values.items():
        new[sheet][a1(row, column)] = value
    for name, cells in before.items():
        expected = {place: value for place, value in {**cells, **new[name]}.items() if value != ""}
        assert after[name] == {k: v for k, v in expected.items() if v is not None}, name


@BOTH
def test_texts_are_appended_and_never_renumbered(make: Make, tmp_path: Path) -> None:
    """The old shared strings, byte for byte, come first; the count tells how many there are."""
    done = recomputed(make(tmp_path), REPORT)
    item = re.compile(rb"<si>.*?</si>|<si/>", re.DOTALL)
    old, new = item.findall(done.before[STRINGS]), item.findall(done.after[STRINGS])
    assert new[: len(old)] == old
    assert len(new) > len(old)
    root = ET.fromstring(done.after[STRINGS])
    assert int(root.get("uniqueCount", "")) == len(root) == len(new)
    assert (
        item.sub(b"", done.before[STRINGS]).split(b">")[2:]
        == (item.sub(b"", done.after[STRINGS]).split(b">")[2:])
    )


@BOTH
def test_formats_are_appended_and_never_renumbered(make: Make, tmp_path: Path) -> None:
    """Of every list in the styles the old elements come first; the rest keeps its bytes."""
    done = recomputed(make(tmp_path), REPORT)
    old, new = _lists(done.before[STYLES]), _lists(done.after[STYLES])
    grown = {name for name in new if new[name] != old.get(name)}
    assert "cellXfs" in grown
    assert grown <= {"numFmts", "fonts", "fills", "borders", "cellXfs"}
    for name, elements in old.items():
        assert new[name][: len(elements)] == elements, name
    for section in ET.fromstring(done.after[STYLES]):
        if section.get("count") is not None:
            assert int(section.get("count", "")) == len(section), section.tag
    for name in set(old) - grown:
        element = re.compile(rb"<%s[ >].*?</%s>|<%s[^>]*/>" % ((name.encode(),) * 3), re.DOTALL)
        assert element.findall(done.after[STYLES]) == element.findall(done.before[STYLES])


def _lists(styles: bytes) -> dict[str, list[str]]:
    """The elements of each list in a styles part."""
    return {
        section.tag.rpartition("}")[2]: [
            ET.tostring(element, encoding="unicode") for element in section
        ]
        for section in ET.fromstring(styles)
    }


@REPORTED
def test_every_feature_survives(reports: tuple[str, ...], tmp_path: Path) -> None:
    """Buttons, slicers, threads, ribbon, add-in and the rest are there afterwards."""
    path = rich(tmp_path)
    recomputed(path, reports)
    assert missing_features(path) == []
    assert check_package(path) == []


@BOTH
def test_a_second_recompute_changes_nothing(make: Make, tmp_path: Path) -> None:
    """What is already right is left alone, and so is the file."""
    path = make(tmp_path)
    recomputed(path)
    data, files = path.read_bytes(), sorted(tmp_path.iterdir())
    with workbook(path) as book:
        saved = book.apply(book.recompute())
    assert saved.changed == ()
    assert saved.backup is None
    assert path.read_bytes() == data
    assert sorted(tmp_path.iterdir()) == files


# Zips as other programs write them.


class _Pipe(io.RawIOBase):
    """A target that cannot be rewound, so that sizes come after the data."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, piece: object) -> int:
        """Take the bytes."""
        self.data += memoryview(piece)  # type: ignore[arg-type]
        return len(memoryview(piece))  # type: ignore[arg-type]


def _streamed(parts: dict[str, bytes]) -> bytes:
    """Sizes and checksums in data descriptors, as streaming writers leave them."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return bytes(pipe.data)


def _zipped(parts: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2021, 2, 3, 4, 5, 6))
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            archive.writestr(info, data)
    return target.getvalue()


def _with_extras(parts: dict[str, bytes]) -> bytes:
    """Extra fields, comments and system attributes on every entry."""

    def change(info: zipfile.ZipInfo) -> None:
        info.extra = b"\x99\x99\x04\x00\x01\x02\x03\x04"
        info.comment = b"en kommentar"
        info.external_attr = 0o640 << 16

    return _zipped(parts, change)


def _in_folders(parts: dict[str, bytes]) -> bytes:
    """Folders as entries of their own."""
    folders = {name.rpartition("/")[0] + "/" for name in parts if "/" in name}
    return _zipped({**dict.fromkeys(sorted(folders), b""), **parts}, lambda _info: None)


def _backwards(parts: dict[str, bytes]) -> bytes:
    """The content types last."""
    return _zipped(dict(reversed(parts.items())), lambda _info: None)


def _large_headers(parts: dict[str, bytes]) -> bytes:
    """Sizes in zip64 fields although they are small."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
                entry.write(data)
    return target.getvalue()


def _after_something(parts: dict[str, bytes]) -> bytes:
    """Bytes before the first entry."""
    return b"# ett skal\n" + _zipped(parts, lambda _info: None)


PACKERS = [_streamed, _with_extras, _in_folders, _backwards, _large_headers, _after_something]


@pytest.mark.parametrize("pack", PACKERS)
@REPORTED
def test_zips_as_other_programs_write_them(
    pack: Callable[[dict[str, bytes]], bytes], reports: tuple[str, ...], tmp_path: Path
) -> None:
    """Unchanged entries keep their bytes whatever the zip looks like."""
    path = rich(tmp_path)
    path.write_bytes(pack(contents(path)))
    done = recomputed(path, reports)
    for name in set(done.before) - done.changed:
        assert done.raw_after[name] == done.raw_before[name], name
    assert missing_features(path) == []
    assert check_package(path) == []


def test_the_comment_of_the_zip_stays(tmp_path: Path) -> None:
    """What stands after the directory is part of the file too."""
    path = rich(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"Diarienummer 2021/17"
    recomputed(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.comment == b"Diarienummer 2021/17"


# The same sheet, spelled as other programs spell it.


def _tags(sheet: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Every tag of a part put through ``change``."""
    return TOKEN.sub(lambda m: m.group() if m.group()[1:2] in b"?!" else change(m.group()), sheet)


def _prefixed(sheet: bytes) -> bytes:
    """The main namespace under a prefix."""
    sheet = _tags(sheet, lambda tag: re.sub(rb"^(</?)(\w+)(?![\w:])", rb"\1x:\2", tag))
    return sheet.replace(b" xmlns=", b" xmlns:x=", 1)


def _single_quoted(sheet: bytes) -> bytes:
    """Attributes in single quotes."""
    return _tags(sheet, lambda tag: re.sub(rb'="([^"\']*)"', rb"='\1'", tag))


def _without_addresses(sheet: bytes) -> bytes:
    """No ``r`` on a row or cell that follows straight on the one before."""
    row = column = 0

    def change(tag: bytes) -> bytes:
        nonlocal row, column
        given = ADDRESS.search(tag)
        if given is None or not tag.startswith((b"<row ", b"<c ")):
            return tag
        if tag.startswith(b"<row "):
            follows, row, column = int(given.group(2)) == row + 1, int(given.group(2)), 0
        else:
            here = number_of(given.group(1))
            follows, column = here == column + 1, here
        return tag[: given.start()] + tag[given.end() :] if follows else tag

    return _tags(sheet, change)


_FAKE = '<!-- <row r="2"><c r="B2"><v>9</v></c></row> -->'


def _commented(sheet: bytes) -> bytes:
    """Comments that look like cells, before, between and inside cells."""
    return re.sub(
        rb"(<c [^>]*[^/]>|<c [^>]*/>|<row [^>]*>|</row>)",
        _FAKE.encode() + rb"\1" + _FAKE.encode(),
        sheet,
    )


def _pretty(sheet: bytes) -> bytes:
    """One element a line, indented."""
    return re.sub(rb"(?<=[>])(?=<(?:row|c|v|f|/c|/row|/sheetData)[ />])", b"\r\n\t ", sheet)


def _long(sheet: bytes) -> bytes:
    """No empty-element tags for cells."""
    return re.sub(rb"<c ([^>]*)/>", rb"<c \1></c>", sheet)


def _reordered(sheet: bytes) -> bytes:
    """The address last among the attributes, and on a line of its own."""
    return re.sub(rb'<c r="(\w+)"([^>/]*)', rb'<c\2\n   r="\1"', sheet)


def _with_mark(sheet: bytes) -> bytes:
    """A byte order mark first."""
    return b"\xef\xbb\xbf" + sheet


def _spaced(sheet: bytes) -> bytes:
    """Spaces round the equals signs and before the ends of tags."""

    def spread(tag: bytes) -> bytes:
        tag = re.sub(rb"""\s([\w:]+)=("[^"]*"|'[^']*')""", rb" \1 = \2", tag)
        return re.sub(rb"^(</[\w:]+)>$", rb"\1 >", tag)

    return _tags(sheet, spread)


def _broken_lines(sheet: bytes) -> bytes:
    """Every attribute on a line of its own, its value on the next."""
    return _tags(sheet, lambda tag: re.sub(rb"""\s([\w:]+)=(?=["'])""", rb"\r\n\t\1\n=\n", tag))


def _foreign(sheet: bytes) -> bytes:
    """Another program's attributes, with what ends a tag inside their values."""
    sheet = sheet.replace(b" xmlns=", b' xmlns:o="urn:o" xmlns=', 1)
    note = rb""" o:om = 'a/>b>"c' """
    return _tags(
        sheet, lambda tag: re.sub(rb"^<(row|c|v|f|mergeCell)(?=[\s/>])", rb"<\1" + note, tag)
    )


SPELLINGS = [
    _prefixed,
    _single_quoted,
    _without_addresses,
    _commented,
    _pretty,
    _long,
    _reordered,
    _with_mark,
    _spaced,
    _broken_lines,
    _foreign,
]


@BOTH
@pytest.mark.parametrize("spell", SPELLINGS)
def test_sheets_as_other_programs_spell_them(
    make: Make, spell: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """The results are those of the ordinary spelling, and the rest keeps its bytes."""
    ordinary = make(tmp_path)
    (tmp_path / "annan").mkdir()
    path = make(tmp_path / "annan")
    sheets = set(sheet_parts(path).values())
    rewritten(path, change=lambda name, data: spell(data) if name in sheets else data)
    assert shown(path) == shown(ordinary)
    done = recomputed(path)
    assert touched(done.result) == touched(recomputed(ordinary).result)
    for part, places in done.expected_sheets.items():
        assert without_cells(done.after[part], places) == without_cells(done.before[part], places)
        assert formulas(done.after[part]) == formulas(done.before[part])
    assert shown(path) == shown(ordinary)
    assert check_package(path) == []


@BOTH
@REPORTED
@pytest.mark.parametrize("spell", [_prefixed, _single_quoted, _spaced, _broken_lines])
def test_packages_as_other_programs_spell_them(
    make: Make, spell: Callable[[bytes], bytes], reports: tuple[str, ...], tmp_path: Path
) -> None:
    """Workbook, formats, texts, relations and content types in another spelling too."""
    ordinary = make(tmp_path)
    (tmp_path / "annan").mkdir()
    path = make(tmp_path / "annan")
    core = {BOOK, STYLES, STRINGS, CONTENT_TYPES_PART, *sheet_parts(path).values()}

    def respell(name: str, data: bytes) -> bytes:
        return spell(data) if name in core or name.endswith(".rels") else data

    rewritten(path, change=respell)
    assert shown(path) == shown(ordinary)
    with workbook(path) as book, workbook(ordinary) as other:
        result, expected = book.recompute(reports), other.recompute(reports)
        assert result.plan.edits == expected.plan.edits
        assert result.recalculation == expected.recalculation
        book.apply(result.plan)
        other.apply(expected.plan)
    assert check_package(path) == []
    after, expected_after = shown(path), shown(ordinary)
    if reports:
        # The stamp holds a checksum of what was read, and the two were packed differently.
        assert after.pop("Rapport Impactindex").keys() == (
            expected_after.pop("Rapport Impactindex").keys()
        )
    assert after == expected_after


@pytest.mark.parametrize("spell", [bytes, *SPELLINGS])
def test_merged_ranges_are_seen_in_every_spelling(
    spell: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """Headings over several columns are understood by their merged ranges."""
    rows = '<sheetData><row r="1"><c r="A1"/></row></sheetData><mergeCells count="2">'
    rows += '<mergeCell ref="A1:C1"/><mergeCell ref="A3:A4"/></mergeCells>'
    path = small(tmp_path, spell(_sheet(rows).encode()).decode())
    with Book(path) as book:
        assert book.grid.sheet("Blad1").merged == ("A1:C1", "A3:A4")


@pytest.mark.parametrize(
    "written", ["9" * 5000, "1e999", "-1e999", "NaN", "Infinity", "1_000", "12 345", "0x10"]
)
def test_what_is_no_number_is_an_error_and_never_a_figure(written: str, tmp_path: Path) -> None:
    """Nor blank, which would mean that nothing is budgeted; the cells beside it are read."""
    cells = f'<c r="A1"><v>{written}</v></c><c r="B1"><v>7</v></c>'
    path = small(tmp_path, _sheet(f'<sheetData><row r="1">{cells}</row></sheetData>'))
    with Book(path) as book:
        sheet = book.grid.sheet("Blad1")
        assert isinstance(sheet.cell(1, 1).value, CellError)
        assert sheet.cell(1, 2).value == 7


@pytest.mark.parametrize("style", ["abc", "-1", "9" * 5000, "999"])
def test_a_format_that_is_none_is_read_without(style: str, tmp_path: Path) -> None:
    """The value counts; its looks cannot be known."""
    cell = f'<c r="A1" s="{style}"><v>7</v></c>'
    path = small(tmp_path, _sheet(f'<sheetData><row r="1">{cell}</row></sheetData>'))
    with Book(path) as book:
        assert book.grid.sheet("Blad1").cell(1, 1) == Cell(7)


def test_inline_strings_are_read_and_left_alone(tmp_path: Path) -> None:
    """A workbook whose texts stand in the cells gets the same results."""
    ordinary, path = rich(tmp_path), tmp_path / "i-cellen.xlsx"
    path.write_bytes(ordinary.read_bytes())
    texts = re.findall(rb"<si>(.*?)</si>", contents(path)[STRINGS], re.DOTALL)

    def inline(name: str, data: bytes) -> bytes:
        if "/sheet" not in name or not name.endswith(".xml"):
            return data
        return re.sub(
            rb't="s"><v>(\d+)</v>',
            lambda m: b't="inlineStr"><is>%s</is>' % texts[int(m.group(1))],
            data,
        )

    rewritten(path, change=inline)
    done = recomputed(path)
    assert touched(done.result) == touched(recomputed(ordinary).result)
    for part, places in done.expected_sheets.items():
        assert without_cells(done.after[part], places) == without_cells(done.before[part], places)
    assert shown(path) == shown(ordinary)


# Sheets written by hand: exactly these bytes come out.

_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PACKAGE = {
    CONTENT_TYPES_PART: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE_RELS}"><Relationship Id="rId1" '
    f'Type="{OFFICE_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    BOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE_RELS}"><sheets>'
    '<sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    BOOK_RELS: f'<Relationships xmlns="{PACKAGE_RELS}"><Relationship Id="rId1" '
    f'Type="{OFFICE_RELS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{OFFICE_RELS}/styles" Target="styles.xml"/></Relationships>',
    STYLES: f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>',
}


def small(folder: Path, sheet: str, strings: str | None = None) -> Path:
    """A workbook with one sheet written by hand, and shared strings if any are given."""
    path = folder / "liten.xlsx"
    parts = {**_PACKAGE, SHEET1: sheet}
    if strings is not None:
        parts[STRINGS] = strings
        relation = f'<Relationship Id="rId3" Type="{OFFICE_RELS}/sharedStrings" '
        relation += 'Target="sharedStrings.xml"/></Relationships>'
        parts[BOOK_RELS] = parts[BOOK_RELS].replace("</Relationships>", relation)
        override = f'<Override PartName="/{STRINGS}" ContentType="{_KIND}.sharedStrings+xml"/>'
        parts[CONTENT_TYPES_PART] = parts[CONTENT_TYPES_PART].replace(
            "</Types>", f"{override}</Types>"
        )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def edited(path: Path, edits: dict[str, tuple[Value, Value]], sheet: str = "Blad1") -> None:
    """Write new values over old ones."""
    plan = Plan(tuple(CellEdit(sheet, c, old, new, "prov") for c, (old, new) in edits.items()))
    with Book(path) as book:
        book.save(plan, None, NOW)


def _sheet(rows: str) -> str:
    margins = '<pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/>'
    return f'<worksheet xmlns="{MAIN}"><sheetPr/>{rows}{margins}</worksheet>'


class Case(NamedTuple):
    """Rows as they are, the new values (with the old ones), and the rows as they become."""

    rows: str
    edits: dict[str, tuple[Value, Value]]
    after: str


_7: tuple[Value, Value] = (None, 7)
# fmt: off
CASES = {
    "no cells at all": Case("<sheetData/>", {"B2": _7},
        '<sheetData><row r="2"><c r="B2"><v>7</v></c></row></sheetData>'),
    "no cells, written long": Case("<sheetData></sheetData>", {"B2": _7},
        '<sheetData><row r="2"><c r="B2"><v>7</v></c></row></sheetData>'),
    "no cells, several new": Case("<sheetData/>", {"C3": _7, "B2": _7, "A2": _7, "A9": _7},
        '<sheetData><row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>7</v></c></row>'
        '<row r="3"><c r="C3"><v>7</v></c></row><row r="9"><c r="A9"><v>7</v></c></row>'
        '</sheetData>'),
    "a row without cells": Case(
        '<sheetData><row r="2" ht="20" customHeight="1"/></sheetData>', {"B2": _7, "A2": _7},
        '<sheetData><row r="2" ht="20" customHeight="1"><c r="A2"><v>7</v></c>'
        '<c r="B2"><v>7</v></c></row></sheetData>'),
    "a row without cells, written long": Case(
        '<sheetData><row r="2" ht="20"></row></sheetData>', {"B2": _7},
        '<sheetData><row r="2" ht="20"><c r="B2"><v>7</v></c></row></sheetData>'),
    "cells that do not exist yet": Case(
        '<sheetData><row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row></sheetData>',
        {"E2": _7, "C2": _7, "A2": _7},
        '<sheetData><row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>1</v></c><c r="C2"><v>7</v></c>'
        '<c r="D2"><v>2</v></c><c r="E2"><v>7</v></c></row></sheetData>'),
    "columns beyond Z": Case(
        '<sheetData><row r="1"><c r="Z1"><v>1</v></c><c r="AB1"><v>2</v></c></row></sheetData>',
        {"AA1": _7, "XFD1": _7},
        '<sheetData><row r="1"><c r="Z1"><v>1</v></c><c r="AA1"><v>7</v></c>'
        '<c r="AB1"><v>2</v></c><c r="XFD1"><v>7</v></c></row></sheetData>'),
    "rows that do not exist yet": Case(
        '<sheetData><row r="3"><c r="A3"><v>1</v></c></row><row r="6"/></sheetData>',
        {"A8": _7, "A5": _7, "A4": _7, "A1": _7},
        '<sheetData><row r="1"><c r="A1"><v>7</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'
        '<row r="4"><c r="A4"><v>7</v></c></row><row r="5"><c r="A5"><v>7</v></c></row>'
        '<row r="6"/><row r="8"><c r="A8"><v>7</v></c></row></sheetData>'),
    "an empty cell with a format": Case(
        '<sheetData><row r="2"><c r="B2" s="1"/><c r="C2" s="1"></c></row></sheetData>',
        {"B2": _7, "C2": _7},
        '<sheetData><row r="2"><c r="B2" s="1"><v>7</v></c><c r="C2" s="1"><v>7</v></c></row>'
        '</sheetData>'),
    "a cell that is emptied": Case(
        '<sheetData><row r="2"><c r="B2" s="1"><v>5</v></c><c r="C2"/></row></sheetData>',
        {"B2": (5, None)},
        '<sheetData><row r="2"><c r="B2" s="1"/><c r="C2"/></row></sheetData>'),
    "every kind of value": Case(
        '<sheetData><row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c>'
        '<c r="C1" t="str"><v>x</v></c><c r="D1" t="n"><v>1.5</v></c><c r="E1"><v>1</v></c></row>'
        '</sheetData>',
        {"A1": (True, 7), "C1": ("x", 7), "D1": (1.5, True), "E1": (1, 0.25)},
        '<sheetData><row r="1"><c r="A1"><v>7</v></c><c r="B1" t="e"><v>#N/A</v></c>'
        '<c r="C1"><v>7</v></c><c r="D1" t="b"><v>1</v></c><c r="E1"><v>0.25</v></c></row>'
        '</sheetData>'),
    "inline strings": Case(
        '<sheetData><row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" s="1" '
        't="inlineStr"><is><r><t>b</t></r><r><rPr><b/></rPr><t>c</t></r></is></c></row>'
        '</sheetData>', {"B2": ("bc", 7)},
        '<sheetData><row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" s="1">'
        '<v>7</v></c></row></sheetData>'),
    "single quotes": Case(
        "<sheetData><row r='3'><c r='B3' s='1'><v>1</v></c><c r='D3' t='b'><v>1</v></c></row>"
        "</sheetData>", {"B3": (1, 7), "C3": _7, "D3": (True, False), "A4": _7},
        "<sheetData><row r='3'><c r='B3' s='1'><v>7</v></c><c r=\"C3\"><v>7</v></c><c r='D3' "
        't="b"><v>0</v></c></row><row r="4"><c r="A4"><v>7</v></c></row></sheetData>'),
    "a row without cells in single quotes": Case(
        "<sheetData><row r='3' ht='20'/></sheetData>", {"B3": _7},
        "<sheetData><row r='3' ht='20'><c r=\"B3\"><v>7</v></c></row></sheetData>"),
    "no addresses": Case(
        '<sheetData><row><c><v>1</v></c><c s="1"/></row><row><c><v>2</v></c></row></sheetData>',
        {"B1": _7, "A2": (2, 7), "B2": _7, "A3": _7},
        '<sheetData><row><c><v>1</v></c><c s="1"><v>7</v></c></row><row><c><v>7</v></c>'
        '<c r="B2"><v>7</v></c></row><row r="3"><c r="A3"><v>7</v></c></row></sheetData>'),
    "no address after a row that has one": Case(
        '<sheetData><row r="5"><c r="A5"><v>1</v></c></row><row><c><v>2</v></c><c><v>3</v></c>'
        '</row></sheetData>', {"B6": (3, 7)},
        '<sheetData><row r="5"><c r="A5"><v>1</v></c></row><row><c><v>2</v></c><c><v>7</v></c>'
        '</row></sheetData>'),
    "no address after a row without cells": Case(
        '<sheetData><row r="5"/><row/><row><c><v>2</v></c></row></sheetData>', {"A7": (2, 7)},
        '<sheetData><row r="5"/><row/><row><c><v>7</v></c></row></sheetData>'),
    "no address after a cell that has one": Case(
        '<sheetData><row r="2"><c r="C2"><v>1</v></c><c><v>2</v></c></row></sheetData>',
        {"D2": (2, 7), "B2": _7},
        '<sheetData><row r="2"><c r="B2"><v>7</v></c><c r="C2"><v>1</v></c><c><v>7</v></c></row>'
        '</sheetData>'),
    "comments that look like cells": Case(
        f'<sheetData>{_FAKE}<row r="2">{_FAKE}<c r="B2"><v>1</v></c>{_FAKE}</row>{_FAKE}'
        '</sheetData>', {"B2": (1, 7), "C2": _7, "A3": _7},
        f'<sheetData>{_FAKE}<row r="2">{_FAKE}<c r="B2"><v>7</v></c>{_FAKE}<c r="C2"><v>7</v></c>'
        f'</row>{_FAKE}<row r="3"><c r="A3"><v>7</v></c></row></sheetData>'),
    "a comment in the cell itself": Case(
        '<sheetData><row r="2"><c r="B2"><!-- <v>5</v> --><v>1</v></c></row></sheetData>',
        {"B2": (1, 7)}, '<sheetData><row r="2"><c r="B2"><v>7</v></c></row></sheetData>'),
    "a processing instruction": Case(
        '<sheetData><row r="2"><?p <c r="B2"/> ?><c r="B2"><v>1</v></c></row></sheetData>',
        {"B2": (1, 7)},
        '<sheetData><row r="2"><?p <c r="B2"/> ?><c r="B2"><v>7</v></c></row></sheetData>'),
    "white space": Case(
        '<sheetData>\n <row\n  r="2" >\n  <c  s="1"\n r="B2" >\n <v>1</v>\n </c>\n </row>\n'
        '</sheetData>', {"B2": (1, 7)},
        '<sheetData>\n <row\n  r="2" >\n  <c  s="1"\n r="B2" ><v>7</v></c>\n </row>\n'
        '</sheetData>'),
    "elements of other kinds with a like name": Case(
        '<cols><col min="1" max="2" width="9"/></cols><sheetData><row r="2"><c r="B2"><v>1</v>'
        '</c></row></sheetData><conditionalFormatting sqref="B2"><cfRule type="expression" '
        'priority="1"><formula>B2&lt;1</formula></cfRule></conditionalFormatting>',
        {"B2": (1, 7)},
        '<cols><col min="1" max="2" width="9"/></cols><sheetData><row r="2"><c r="B2"><v>7</v>'
        '</c></row></sheetData><conditionalFormatting sqref="B2"><cfRule type="expression" '
        'priority="1"><formula>B2&lt;1</formula></cfRule></conditionalFormatting>'),
}
# fmt: on


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_exactly_the_touched_cells_are_written(case: Case, tmp_path: Path) -> None:
    """Cells and rows are added in order, and nothing else moves."""
    path = small(tmp_path, _sheet(case.rows))
    before = shown(path)["Blad1"]
    edited(path, case.edits)
    assert contents(path)[SHEET1].decode() == _sheet(case.after)
    new = {cell: value for cell, (_, value) in case.edits.items()}
    kept = {cell: value for cell, value in {**before, **new}.items() if value is not None}
    assert shown(path)["Blad1"] == kept


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_same_under_a_prefix(case: Case, tmp_path: Path) -> None:
    """What is added carries the prefix that the sheet uses."""
    path = small(tmp_path, _prefixed(_sheet(case.rows).encode()).decode())
    edited(path, case.edits)
    assert contents(path)[SHEET1] == _prefixed(_sheet(case.after).encode())


TEXTS = [
    "Ja",
    "A & B < C > D",
    "  blanksteg omkring  ",
    "två\nrader",
    "“citat” 'apostrof' \"rakt\"",
    "emoji 🎯 och é",
    "_x0041_ är ingen kod",
    "klocka \x07 och retur \r",
]
_ONE = "<si><t>Nr</t></si><si><r><rPr><b/></rPr><t>Fet</t></r><r><t> text</t></r></si>"
STRING_PARTS = {
    "none": None,
    "ordinary": f'<sst xmlns="{MAIN}" count="9" uniqueCount="2">{_ONE}</sst>',
    "without counts": f'<sst xmlns="{MAIN}">{_ONE}</sst>',
    "empty": f'<sst xmlns="{MAIN}" count="0" uniqueCount="0"/>',
    "prefixed": f'<x:sst xmlns:x="{MAIN}" count="9" uniqueCount="2">'
    + re.sub(r"<(/?)(?=\w)", r"<\1x:", _ONE)
    + "</x:sst>",
    "single quotes": f"<sst xmlns='{MAIN}' count='9' uniqueCount='2'>{_ONE}</sst>",
}


@pytest.mark.parametrize("strings", STRING_PARTS.values(), ids=STRING_PARTS)
def test_texts_come_back_as_they_were_written(strings: str | None, tmp_path: Path) -> None:
    """Whatever is in a text, and whatever the shared strings look like."""
    path = small(tmp_path, _sheet("<sheetData/>"), strings)
    edited(path, {f"A{row}": (None, text) for row, text in enumerate(TEXTS, start=1)})
    with Book(path) as book:
        cells = book.grid.sheet("Blad1").cells
        assert [cells[row, 1].value for row in range(1, len(TEXTS) + 1)] == TEXTS
    assert [shown(path)["Blad1"].get(f"A{row}") for row in range(1, 7)] == TEXTS[:6]
    if strings is not None:
        old = strings.partition(">")[2].rpartition("</")[0].encode()
        assert contents(path)[STRINGS].partition(b">")[2].startswith(old)
    assert check_package(path) == []


def test_a_rich_text_never_stands_in_for_a_plain_one(tmp_path: Path) -> None:
    """The same words in bold get a number of their own."""
    path = small(tmp_path, _sheet("<sheetData/>"), STRING_PARTS["ordinary"])
    edited(path, {"A1": (None, "Fet text"), "A2": (None, "Nr"), "A3": (None, "Fet text")})
    numbers = re.findall(rb"<v>(\d+)</v>", contents(path)[SHEET1])
    assert numbers == [b"2", b"0", b"2"]


# What is refused.

_DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "%s">]>' % (b"b" * 10)


@pytest.mark.parametrize(
    "part", [SHEET1, STRINGS, STYLES, BOOK, BOOK_RELS, CONTENT_TYPES_PART, "_rels/.rels"]
)
def test_a_document_type_declaration_is_refused(part: str, tmp_path: Path) -> None:
    """In any part that is read; the file stays as it was and the message says what to do."""
    path = rich(tmp_path)

    def declare(name: str, data: bytes) -> bytes:
        return data.replace(b"?>", b"?>" + _DOCTYPE, 1) if name == part else data

    data = rewritten(path, change=declare).read_bytes()
    with pytest.raises(WorkbookError) as refused, workbook(path) as book:
        book.apply(book.recompute(REPORT))
    assert part in str(refused.value)
    assert "dokumenttypdeklaration" in str(refused.value)
    assert refused.value.remedy
    assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "sheet",
    [
        _sheet('<sheetData><row r="1"><c r="A1"><![CDATA[<v>]]></c></row></sheetData>').encode(),
        _sheet('<sheetData><row r="1"><c r="A1"></row></sheetData>').encode(),
        _sheet("<sheetData/>").encode("utf-16"),
        _sheet("<sheetData/>").encode("utf-16-le"),
        _sheet("<sheetData/>").encode("utf-16-be"),
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + _sheet("<sheetData/>").encode(),
        _sheet("").encode(),
        b"",
        _sheet(f'<sheetData><row r="1"><c r="A{"9" * 5000}"/></row></sheetData>').encode(),
        _sheet('<sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData>').encode(),
        _sheet('<sheetData><row r="1"><c r="A1048577"><v>1</v></c></row></sheetData>').encode(),
        _sheet('<sheetData><row r="1"><c r="12"><v>1</v></c></row></sheetData>').encode(),
    ],
    ids=["CDATA", "unsound", "UTF-16", "UTF-16 LE", "UTF-16 BE", "Latin-1", "no sheetData",
         "empty", "row of 5000 digits", "beyond XFD", "beyond the last row", "no letters"],
)  # fmt: skip
def test_a_sheet_that_cannot_be_edited_safely_is_refused(sheet: bytes, tmp_path: Path) -> None:
    """With the part and a remedy, and without touching the file."""
    path = small(tmp_path, "")
    rewritten(path, change=lambda name, data: sheet if name == SHEET1 else data)
    data = path.read_bytes()
    with pytest.raises(WorkbookError) as refused:
        edited(path, {"A1": _7})
    assert SHEET1 in str(refused.value)
    assert refused.value.remedy
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("rows", "edit"),
    [
        ('<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData>', (2, 7)),
        ('<sheetData><row r="1"><c r="A1"><f t="shared" si="0"/><v>2</v></c></row></sheetData>',
         (2, 7)),
        ('<sheetData><row r="1"><c r="A1"><v>3</v></c></row></sheetData>', (2, 7)),
        ('<sheetData><row r="1"><c r="A1"><v>3</v></c></row></sheetData>', (None, 7)),
    ],
    ids=["formula", "shared formula", "another value", "not blank"],
)  # fmt: skip
def test_a_formula_or_an_unseen_value_is_never_overwritten(
    rows: str, edit: tuple[Value, Value], tmp_path: Path
) -> None:
    """The cell is named, and the file stays as it was."""
    path = small(tmp_path, _sheet(rows))
    data = path.read_bytes()
    with pytest.raises(WorkbookError) as refused:
        edited(path, {"A1": edit})
    assert refused.value.where == "Blad1!A1"
    assert path.read_bytes() == data


def test_a_fill_on_a_formula_keeps_formula_and_value(tmp_path: Path) -> None:
    """Only the format number of the cell changes."""
    rows = '<sheetData><row r="1"><c r="A1" s="1"><f>1+1</f><v>2</v></c></row></sheetData>'
    path = small(tmp_path, _sheet(rows))
    plan = Plan((CellEdit("Blad1", "A1", 2, 2, "prov", "", "grön", keeps_value=True),))
    with Book(path) as book:
        saved = book.save(plan, None, NOW)
    assert set(saved.changed) == {SHEET1, STYLES}
    assert contents(path)[SHEET1].decode() == _sheet(rows.replace('s="1"', 's="2"'))


# Files that Excel itself saved.


def _blank_cell(book: Book) -> tuple[str, str] | None:
    """A sheet and a blank cell beside the last one of its middle row."""
    for sheet in book.grid.sheets:
        rows = list(sheet.rows())
        if not rows:
            return sheet.name, "A1"
        row, cells = rows[len(rows) // 2]
        return sheet.name, a1(row, max(column for column, _ in cells) + 1)
    return None


def _locked(path: Path, sheet: str) -> str | None:
    """Why no blank cell of the sheet may be written to: one without a format of its own is locked."""
    parts = contents(path)
    if b"<sheetProtection " in parts[sheet_parts(path)[sheet]]:
        return "är skyddat, och cellen är låst"
    return "helst skrivskyddad" if b' readOnlyRecommended="1"' in parts[BOOK] else None


def _allowed(book: Book, plan: Plan) -> Iterator[str]:
    """The parts that a plan without texts and colours may change."""
    parts, results = sheet_parts(book.path), book.recalculated(plan)
    yield parts[plan.edits[0].sheet]
    for sheet, _, _ in results.values:
        yield parts[sheet]
    if results.left_to_excel:
        yield BOOK


@pytest.mark.parametrize("source", CORPUS_FILES or [None], ids=lambda f: f.name if f else "")
def test_files_saved_by_excel(source: Path | None, tmp_path: Path) -> None:
    """One cell is written; every other part keeps its bytes and the package is sound."""
    if source is None:
        pytest.skip(f"{CORPUS} is not here; its files may not be copied into the project")
    path = copy(source, tmp_path)
    before, problems = entries(path), check_package(path)
    with Book(path) as book:
        assert all(sheet.cells is not None for sheet in book.grid.sheets)
        blank = _blank_cell(book)
        if blank is None:
            return
        plan = Plan((CellEdit(*blank, None, 4711.5, "prov"),))
        allowed = set(_allowed(book, plan))
        if why := _locked(path, blank[0]):
            with pytest.raises(WorkbookError, match=why):
                book.save(plan, None, NOW)
            assert path.read_bytes() == source.read_bytes()
            return
        changed = book.save(plan, None, NOW).changed
    assert set(changed) <= allowed
    after = entries(path)
    assert list(after) == list(before)
    for name in set(before) - set(changed):
        assert after[name] == before[name], name
    assert check_package(path) == problems
    assert openpyxl.load_workbook(path)[blank[0]][blank[1]].value == 4711.5


def test_the_checker_sees_what_it_should() -> None:
    """The independent cutter finds cells in every spelling, and nothing else."""
    rows = '<sheetData><row r="2"><c r="B2"/>' + _FAKE + "<c><v>1</v></c></row><row><c/></row>"
    for spell in (bytes, _prefixed, _single_quoted):
        sheet = spell(_sheet(rows + "</sheetData>").encode())
        assert list(cell_spans(sheet)) == ["B2", "C2", "A3"]
        assert without_cells(sheet, {"B2", "C2", "A3"}).count(b"<v>1") == 0
