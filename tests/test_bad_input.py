"""Whatever is wrong with a file, a cell or a call is said in Swedish, with place and remedy."""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import EllipsisType
from typing import Any, NamedTuple

import openpyxl
import pytest
import xlsxwriter

from finsam_xl.actions import index_results
from finsam_xl.actions.index_results import UnitResult
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model import Finding
from finsam_xl.reading import book as reading
from support.commands import Answer, finsam_xl
from support.small_budget import HEADINGS, NUMBERS, SUM_ROW, UNIT, SmallBudget, cell
from support.workbooks import SOCIAL_BUDGET, copy, workbook

ENGLISH = re.compile(
    r"\b(Traceback|Error|error|No such|Missing|Usage|Try|Invalid|Got unexpected|Options?|required|"
    r"denied|directory|exists|File|not a|does not|requires|choose from|Aborted)\b"
)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def _is_swedish_sentence(answer: Answer) -> None:
    assert answer.err.strip(), "nothing on stderr"
    assert not ENGLISH.search(answer.err), answer.err
    assert answer.err.rstrip().endswith("."), answer.err
    assert answer.out == ""


def _listing(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


# Files that are no usable workbooks -----------------------------------------------------------


def _zip(path: Path, parts: dict[str, str | bytes]) -> None:
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)


def _office(path: Path, part: str, content_type: str, content: str = "<x/>") -> None:
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    _zip(
        path,
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'content-types"><Override PartName="/{part}" ContentType="{content_type}"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="rId1" Type="{rel}" Target="{part}"/>'
            "</Relationships>",
            part: content,
        },
    )


def _ole(path: Path, *names: str) -> None:
    """A compound file as far as anyone looks: header, and directory names in UTF-16."""
    header = _OLE + bytes(16) + struct.pack("<HHH", 0x3E, 3, 0xFFFE) + bytes(478)
    entries = (name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in names)
    path.write_bytes(header.ljust(512, b"\0") + b"".join(entries))


def _protected(path: Path) -> None:
    _ole(path, "Root Entry", "EncryptionInfo", "EncryptedPackage")


def _xls(path: Path) -> None:
    _ole(path, "Root Entry", "Workbook", "SummaryInformation")


def _ods(path: Path) -> None:
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    _zip(path, {"mimetype": mimetype, "content.xml": "<office:document-content/>"})


def _docx(path: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    _office(path, "word/document.xml", kind, "<w:document/>")


def _xlsb(path: Path) -> None:
    _office(path, "xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main")


def _broken_part(part: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        data = bytearray(SOCIAL_BUDGET.read_bytes())
        with zipfile.ZipFile(SOCIAL_BUDGET) as source:
            info = source.getinfo(part)
        start = info.header_offset + 30 + len(part) + info.compress_size // 2
        data[start] ^= 0x20
        path.write_bytes(bytes(data))

    return write


def _bad_xml(part: str, content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(SOCIAL_BUDGET) as source, zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                target.writestr(name, content if name == part else source.read(name))

    return write


def _without(part: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(SOCIAL_BUDGET) as source, zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                if name != part:
                    target.writestr(name, source.read(name))

    return write


def _cut(end: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(SOCIAL_BUDGET.read_bytes()[:end])

    return write


def _directory(at: int, form: str, told: int) -> Callable[[Path], None]:
    """The directory says something else of its third entry; ``at``: where in its record."""

    def write(path: Path) -> None:
        data = bytearray(SOCIAL_BUDGET.read_bytes())
        record = -1
        for _ in range(3):
            record = data.index(b"PK\x01\x02", record + 1)
        struct.pack_into(form, data, record + at, told)
        path.write_bytes(bytes(data))

    return write


def _not_utf8(path: Path) -> None:
    """The name of a sheet before its data is in another code than it says."""
    data = bytearray(SOCIAL_BUDGET.read_bytes())
    with zipfile.ZipFile(SOCIAL_BUDGET) as source:
        start = source.getinfo(_SHEET).header_offset
    struct.pack_into("<H", data, start + 6, 0x800)
    data[start + 30] = 0xF2
    path.write_bytes(bytes(data))


_SHEET = "xl/worksheets/sheet1.xml"
REFUSED: dict[str, tuple[Callable[[Path], Any], str]] = {
    "plain text": (lambda p: p.write_text("Nr;Vikt;Uppnått\n", "utf-8"), "inte en Excel-arbetsbok"),
    "html table": (lambda p: p.write_text("<html><table>", "utf-8"), "inte en Excel-arbetsbok"),
    "empty file": (lambda p: p.write_bytes(b""), "är tom"),
    "one byte": (lambda p: p.write_bytes(b"P"), "inte en Excel-arbetsbok"),
    "only zeros": (lambda p: p.write_bytes(bytes(5000)), "inte en Excel-arbetsbok"),
    "password protected": (_protected, "lösenord"),
    "old Excel (.xls)": (_xls, r"\.xls"),
    "OpenDocument": (_ods, r"\.ods"),
    "Word document": (_docx, "ingen Excel-arbetsbok"),
    "binary workbook": (_xlsb, r"\.xlsb"),
    "another zip": (lambda p: _zip(p, {"bild.png": b"x"}), "ingen Excel-arbetsbok"),
    "empty zip": (lambda p: _zip(p, {}), "ingen Excel-arbetsbok"),
    "content types are missing": (_without("[Content_Types].xml"), "Excel-arbetsbok"),
    "cut off, 100 bytes left": (_cut(100), "avklippt eller skadad"),
    "cut off, half left": (_cut(SOCIAL_BUDGET.stat().st_size // 2), "avklippt eller skadad"),
    "cut off, in the directory": (_cut(-1500), "avklippt eller skadad"),
    "cut off, just before the end record": (_cut(-22), "avklippt eller skadad"),
    "cut off, last byte": (_cut(-1), "avklippt eller skadad"),
    "directory: version to unpack with": (_directory(6, "<H", 148), "avklippt eller skadad"),
    "directory: packed size": (_directory(20, "<L", 2**31 - 1), "avklippt eller skadad"),
    "directory: a little too large": (_directory(20, "<L", 10**6), "avklippt eller skadad"),
    "directory: place": (_directory(42, "<L", 0xFF000001), "avklippt eller skadad"),
    "directory: name over the next": (_directory(28, "<H", 200), "skadad"),
    "directory: comment over the next": (_directory(32, "<H", 80), "skadad"),
}  # fmt: skip


DAMAGED: dict[str, tuple[Callable[[Path], Any], str]] = {
    "checksum of a sheet": (_broken_part(_SHEET), "sheet1.xml"),
    "checksum of the texts": (_broken_part("xl/sharedStrings.xml"), "sharedStrings.xml"),
    "checksum of the formats": (_broken_part("xl/styles.xml"), "styles.xml"),
    "checksum of the workbook": (_broken_part("xl/workbook.xml"), "workbook.xml"),
    "sheet that is no XML": (_bad_xml(_SHEET, b"<worksheet><sheetData>"), "sheet1.xml"),
    "sheet with a document type": (
        _bad_xml(_SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), "dokumenttyp",
    ),
    "sheet is missing": (_without(_SHEET), "sheet1.xml"),
    "name of a sheet": (_not_utf8, "sheet1.xml"),
    "relations are missing": (_without("xl/_rels/workbook.xml.rels"), "workbook.xml.rels"),
}  # fmt: skip


@pytest.mark.parametrize("command", ["tables", "recompute"])
@pytest.mark.parametrize("case", DAMAGED)
def test_damaged_part_is_refused(case: str, command: str, tmp_path: Path) -> None:
    """Exit code 2, a Swedish sentence that names the part, and not a byte changed."""
    make, said = DAMAGED[case]
    path = tmp_path / "bok å.xlsx"
    make(path)
    before = _listing(tmp_path)
    answer = finsam_xl(command, path)
    assert answer.code == 2, answer
    _is_swedish_sentence(answer)
    assert re.search(said, answer.err), answer.err
    assert _listing(tmp_path) == before


@pytest.mark.parametrize("case", ["checksum of a sheet", "sheet that is no XML"])
def test_damage_is_told_without_the_parsers_english(case: str, tmp_path: Path) -> None:
    """The sentence names the file and keeps the parser's own words to itself."""
    path = tmp_path / "bok å.xlsx"
    DAMAGED[case][0](path)
    answer = finsam_xl("tables", path)
    assert "bok å.xlsx" in answer.err
    assert not re.search(r"Bad CRC|for file|no element|line \d|column", answer.err), answer.err


@pytest.mark.parametrize("command", ["tables", "recompute", "report"])
@pytest.mark.parametrize("case", REFUSED)
def test_unusable_file_is_refused(case: str, command: str, tmp_path: Path) -> None:
    """Exit code 2, a sentence that names the file and the fault, and not a byte changed."""
    make, said = REFUSED[case]
    path = tmp_path / "bok å.xlsx"
    make(path)
    before = _listing(tmp_path)
    kind = ("--kind", "impactindex") if command == "report" else ()
    answer = finsam_xl(command, path, *kind)
    assert answer.code == 2
    _is_swedish_sentence(answer)
    assert re.search(said, answer.err), answer.err
    assert "bok å.xlsx" in answer.err
    assert _listing(tmp_path) == before


def test_folder_is_refused(tmp_path: Path) -> None:
    """A folder instead of a file."""
    answer = finsam_xl("recompute", tmp_path)
    assert (answer.code, "är en mapp" in answer.err) == (2, True)
    _is_swedish_sentence(answer)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is not made either."""
    answer = finsam_xl("recompute", tmp_path / "finns ej.xlsx")
    assert answer.code == 2
    assert "finns ej.xlsx: Filen finns inte." in answer.err
    _is_swedish_sentence(answer)
    assert _listing(tmp_path) == {}


def test_real_ods_is_refused(tmp_path: Path, soffice: str) -> None:
    """A workbook saved by LibreOffice as .ods."""
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless"]
    command += ["--convert-to", "ods", "--outdir", str(tmp_path), str(SOCIAL_BUDGET)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    ods = tmp_path / SOCIAL_BUDGET.with_suffix(".ods").name
    before = ods.read_bytes()
    answer = finsam_xl("recompute", ods)
    assert answer.code == 2
    assert ".ods" in answer.err
    _is_swedish_sentence(answer)
    assert ods.read_bytes() == before


@pytest.mark.parametrize("rows", [[], [["Datum", "Konto", "Belopp"], ["2021-01-31", 5010, 29.5]]])
def test_workbook_without_our_tables(rows: list[list[Any]], tmp_path: Path) -> None:
    """``tables`` says that there are none; ``recompute`` and ``report`` refuse and say what to do."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = tmp_path / "annat.xlsx"
    book.save(path)
    before = _listing(tmp_path)
    shown = finsam_xl("tables", path)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("Ingen tabell känns igen.\n")
    assert ("Sheet!A1:C2: kan vara belopp" in shown.out) is bool(rows)
    assert finsam_xl("tables", path, "--json").content["tables"] == []
    for arguments in (["recompute"], ["recompute", "--dry-run"], ["report", "--kind=impactindex"]):
        answer = finsam_xl(*arguments, path)
        assert answer.code == 2
        assert "social budget" in answer.err
        assert "rubrikrad" in answer.err
        _is_swedish_sentence(answer)
    assert _listing(tmp_path) == before


@pytest.mark.parametrize("lock", ["~${name}", ".~lock.{name}#"])
def test_workbook_open_elsewhere_is_refused(lock: str, tmp_path: Path) -> None:
    """While a spreadsheet program has the workbook open nothing is written."""
    path = SmallBudget().save(tmp_path)
    tmp_path.joinpath(lock.format(name=path.name)).write_bytes(b"Anna")
    before = _listing(tmp_path)
    answer = finsam_xl("recompute", path)
    assert answer.code == 2
    assert "öppen" in answer.err
    assert "Stäng" in answer.err
    _is_swedish_sentence(answer)
    assert _listing(tmp_path) == before
    assert finsam_xl("recompute", path, "--dry-run").code == 0
    assert finsam_xl("tables", path).code == 0


# Cells that cannot be used, or only with a remark ---------------------------------------------


class Read(NamedTuple):
    """What was made of a workbook: the unit, all findings and the points by indicator."""

    unit: UnitResult
    findings: tuple[Finding, ...]
    points: dict[str, int | None]


def _read(path: Path) -> Read:
    with Book(path) as book:
        found = reading.tables(book.grid)
        (unit,) = index_results.results(book.grid, found, date(2022, 1, 1))
    with workbook(path) as opened:
        result = opened.recompute()
        opened.apply(result)
    points = {j.indicator.number: j.points for j in unit.unit_index.judgements}
    return Read(unit, result.findings, points)


WHOLE: dict[str, int | None] = {"1.1.1": 8, "1.1.2": 0, "2.1.1": 5, "2.1.2": 3}
_UNFIT = "#REF!"
_FORMULA = "=Annat!A1"
_LEFT_OUT = "left out"


class Fault(NamedTuple):
    """One fault: where, what is typed, what is said of it and the points the row then gets."""

    number: str
    heading: str
    value: Any
    severity: str
    codes: str
    points: int | str | EllipsisType | None
    shown: str = "General"
    base: Any = "as it is"


FAULTS = {
    "weight 0": Fault("1.1.1", "Vikt", 0, "error", "vikt-utanfor", _LEFT_OUT),
    "weight 11": Fault("1.1.1", "Vikt", 11, "error", "vikt-utanfor", _LEFT_OUT),
    "weight negative": Fault("1.1.1", "Vikt", -3, "error", "vikt-utanfor", _LEFT_OUT),
    "weight 2,5": Fault("1.1.1", "Vikt", 2.5, "error", "vikt-utanfor", _LEFT_OUT),
    "weight a word": Fault("1.1.1", "Vikt", "hög", "error", "vikt-text", _LEFT_OUT),
    "weight missing": Fault("1.1.1", "Vikt", None, "error", "vikt-saknas", _LEFT_OUT),
    "weight TRUE": Fault("1.1.1", "Vikt", True, "error", "vikt-text", _LEFT_OUT),
    "weight huge": Fault("1.1.1", "Vikt", 1e300, "error", "vikt-utanfor", _LEFT_OUT),
    "weight typed as text": Fault("1.1.1", "Vikt", "8", "warning", "tal-som-text", 8),
    "weight typed as text 8,0": Fault("1.1.1", "Vikt", "8,0", "warning", "tal-som-text", 8),
    "weight an error value": Fault("1.1.1", "Vikt", _UNFIT, "error", "felvarde", _LEFT_OUT),
    "weight an unread formula": Fault(
        "1.1.1", "Vikt", _FORMULA, "error", "formel-utan-varde", _LEFT_OUT),
    "count over base": Fault("1.1.1", "Utfall antal", 101, "error", "antal-over-bas", _LEFT_OUT),
    "count over base 0": Fault(
        "1.1.1", "Utfall antal", 5, "error", "antal-over-bas", _LEFT_OUT, base=0),
    "count negative": Fault("1.1.1", "Utfall antal", -5, "error", "negativt-antal", _LEFT_OUT),
    "count negative as text": Fault(
        "1.1.1", "Utfall antal", "−5", "error", "negativt-antal", _LEFT_OUT),
    "count negative with apostrophe": Fault(
        "1.1.1", "Utfall antal", "'-5", "error", "negativt-antal", _LEFT_OUT),
    "base negative": Fault(
        "1.1.1", "Utfall antal", 5, "error", "negativt-antal", _LEFT_OUT, base=-100),
    "count a word": Fault("1.1.1", "Utfall antal", "många", "error", "utfall-text", _LEFT_OUT),
    "count two numbers": Fault(
        "1.1.1", "Utfall antal", "80 av 100", "error", "utfall-text", _LEFT_OUT),
    "count an error value": Fault("1.1.1", "Utfall antal", _UNFIT, "error", "felvarde", _LEFT_OUT),
    "base an error value": Fault("1.1.1", "Utfall av", _UNFIT, "error", "felvarde", _LEFT_OUT),
    "count an unread formula": Fault(
        "1.1.1", "Utfall antal", _FORMULA, "error", "formel-utan-varde", _LEFT_OUT),
    "base an unread formula": Fault(
        "1.1.1", "Utfall av", _FORMULA, "error", "formel-utan-varde", _LEFT_OUT),
    "base a word": Fault("1.1.1", "Utfall av", "okänt", "(error|warning)", ".*", ...),
    "count as text": Fault("1.1.1", "Utfall antal", "80", "warning", "tal-som-text", 8),
    "count as text with space": Fault(
        "1.1.1", "Utfall antal", "1 247", "warning", "tal-som-text", 8, base=1300),
    "count as text with no-break space": Fault(
        "1.1.1", "Utfall antal", "1\u00a0247", "warning", "tal-som-text", 8, base=1300),
    "count as text with thin space": Fault(
        "1.1.1", "Utfall antal", "1\u2009247", "warning", "tal-som-text", 8, base=1300),
    "count as text with unit": Fault("1.1.1", "Utfall antal", "80 st", "warning", "tal-som-text", 8),
    "share as text below": Fault(
        "1.1.1", "Utfall antal", "77,4 %", "warning", "tal-som-text", 0, base=None),
    "share as text above": Fault(
        "1.1.1", "Utfall antal", "80,1 %", "warning", "tal-som-text", 8, base=None),
    "share as number below": Fault(
        "1.1.1", "Utfall antal", 0.774, "info", "andel-utan-antal", 0, "0.0 %", base=None),
    "share as number exactly at the limit": Fault(
        "1.1.1", "Utfall antal", 0.8, "info", "andel-utan-antal", 8, "0%", base=None),
    "share over 100 %": Fault(
        "1.1.1", "Utfall antal", 1.2, "error", "antal-over-bas", _LEFT_OUT, "0%", base=None),
    "share negative": Fault(
        "1.1.1", "Utfall antal", -0.2, "error", "negativt-antal", _LEFT_OUT, "0%", base=None),
    "share and a base": Fault(
        "1.1.1", "Utfall antal", 0.77, "(error|warning)", ".*", ..., "0%", base=319),
    "share with a base that reaches": Fault(
        "1.1.1", "Utfall antal", 0.9, "(error|warning)", ".*", ..., "0%", base=319),
    "result missing": Fault(
        "1.1.1", "Utfall antal", None, "warning", "utfall-saknas", None, base=None),
    "base missing": Fault("1.1.1", "Utfall av", None, "warning", "utfall-ofullstandigt", None),
    "count missing": Fault("1.1.1", "Utfall antal", None, "warning", "utfall-.*", None),
    "0 of 0": Fault("1.1.1", "Utfall antal", 0, "info", "noll-av-noll", None, base=0),
    "unknown rule": Fault("1.1.1", "Regel", "Ungefär", "error", "okand-regel", _LEFT_OUT),
    "rule an error value": Fault(
        "1.1.1", "Regel", _UNFIT, "error", "(okand-regel|felvarde)", _LEFT_OUT),
    "unknown rule, judged by hand": Fault(
        "2.1.2", "Regel", "Ungefär", "warning", "okand-regel", 3),
    "limit missing": Fault("1.1.1", "Gräns", None, "error", "grans-saknas", _LEFT_OUT),
    "limit a word": Fault("1.1.1", "Gräns", "hög", "error", "grans-saknas", _LEFT_OUT),
    "limit an error value": Fault(
        "1.1.1", "Gräns", _UNFIT, "error", "(grans-saknas|felvarde)", _LEFT_OUT),
    "limit an unread formula": Fault(
        "1.1.1", "Gräns", _FORMULA, "error", "(grans-saknas|formel-utan-varde)", _LEFT_OUT),
    "limit over 100 %": Fault("1.1.1", "Gräns", 80, "(error|warning)", ".*", ..., "0%"),
    "judged contradicts": Fault("1.1.1", "Uppnått", "Nej", "warning", "uppnatt-avviker", 8),
    "judged a word": Fault("2.1.2", "Uppnått", "kanske", "(error|warning)", ".*", ...),
    "judged another number": Fault("2.1.2", "Uppnått", 5, "(error|warning)", ".*", ...),
    "judged an error value": Fault("2.1.2", "Uppnått", _UNFIT, "error", "felvarde", ...),
    "judged an unread formula": Fault(
        "2.1.2", "Uppnått", _FORMULA, "error", "formel-utan-varde", ...),
    "judged missing": Fault("2.1.2", "Uppnått", None, "warning", "utfall-saknas", None),
    "only women": Fault("2.1.1", "Män antal", None, "warning", "utfall-ofullstandigt", None),
    "women over base": Fault(
        "2.1.1", "Kvinnor antal", 11, "error", "antal-over-bas", _LEFT_OUT),
    "men's base an error value": Fault("2.1.1", "Män av", _UNFIT, "error", "felvarde", _LEFT_OUT),
    "number twice": Fault("1.1.2", "Nr", "1.1.1", "error", "dubbelt-nummer", ...),
}  # fmt: skip
_BASES = {"Utfall antal": "Utfall av", "Utfall av": "Utfall antal"}
_SAID_AT = {
    "Män antal": ("Utfall antal", "Nr", "Män antal", "Män av"),
    "Utfall av": ("Utfall antal", "Utfall av"),
    "Uppnått": ("Uppnått", "Utfall antal"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_fault_in_a_cell(case: str, tmp_path: Path) -> None:
    """Said once with severity, code and place; every other row counts as before."""
    fault = FAULTS[case]
    budget = SmallBudget().put(fault.number, fault.heading, fault.value, fault.shown)
    if fault.base != "as it is":
        budget.put(fault.number, _BASES[fault.heading], fault.base)
    read = _read(budget.save(tmp_path))
    row = cell(fault.number, fault.heading)[1:]
    here = [f for f in read.findings if f.sheet == UNIT and f.cell and f.cell[1:] == row]
    said = [f for f in here if f.code not in ("bedomt-utan-utfall", "viktning-utanfor")]
    assert said, "nothing is said"
    worst = min(said, key=lambda f: ("error", "warning", "info").index(f.severity))
    assert re.fullmatch(fault.severity, worst.severity), said
    assert re.fullmatch(fault.codes, worst.code), said
    places = _SAID_AT.get(fault.heading, (fault.heading,))
    assert worst.cell in {cell(fault.number, heading) for heading in places}
    assert re.search(r"[.!]$", worst.message)
    assert len(worst.message) > 20
    others = {number: points for number, points in WHOLE.items() if number != fault.number}
    assert {n: p for n, p in read.points.items() if n in others} == others
    if fault.points is not ...:
        assert read.points.get(fault.number, _LEFT_OUT) == fault.points


@pytest.mark.parametrize("case", FAULTS)
def test_fault_leaves_typed_cells_alone(case: str, tmp_path: Path) -> None:
    """Only result cells are written: what a person typed stays, right or wrong."""
    fault = FAULTS[case]
    budget = SmallBudget().put(fault.number, fault.heading, fault.value, fault.shown)
    path = budget.save(tmp_path)
    before = openpyxl.load_workbook(path)[UNIT]
    _read(path)
    after = openpyxl.load_workbook(path)[UNIT]
    for number in NUMBERS:
        for heading in HEADINGS[:-2]:
            place = cell(number, heading)
            assert after[place].value == before[place].value, place


def test_the_small_budget_itself_is_sound(tmp_path: Path) -> None:
    """Without a fault there are no errors and no warnings: 16 of 20 points are reached."""
    read = _read(SmallBudget().save(tmp_path))
    assert read.points == WHOLE
    assert read.unit.unit_index.total.achieved == 16
    assert read.unit.unit_index.total.maximum == 20
    codes = {f.code for f in read.findings if f.code != "viktning-utanfor"}
    assert codes == {"bedomt-utan-utfall"}


def test_a_row_with_errors_keeps_the_sum_and_the_index_back(tmp_path: Path) -> None:
    """A sum of the other rows would look whole: nothing is written, and it is said where."""
    path = SmallBudget().put("1.1.1", "Vikt", 11).save(tmp_path)
    before = openpyxl.load_workbook(path)
    read = _read(path)
    after = openpyxl.load_workbook(path)
    for name, place in [(UNIT, f"P{SUM_ROW}"), *(("Impactindex", f"{c}7") for c in "CDEF")]:
        assert after[name][place].value == before[name][place].value, place
    (told,) = [f for f in read.findings if f.code == "index-tomt"]
    assert "1.1.1" in told.message
    assert f"P{SUM_ROW}" in {ref.cell for ref in told.also}


def test_points_of_a_row_left_out_are_told(tmp_path: Path) -> None:
    """Old points of a row that is no longer counted stand, and it is said at the row."""
    path = SmallBudget().put("1.1.1", "Vikt", 11).put("1.1.1", "Poäng", 8).save(tmp_path)
    read = _read(path)
    assert openpyxl.load_workbook(path)[UNIT][cell("1.1.1", "Poäng")].value == 8
    assert {f.code for f in read.findings} >= {"vikt-utanfor", "index-tomt"}


def test_every_row_unusable(tmp_path: Path) -> None:
    """When no row is left the index is blank and every row is said to be wrong."""
    budget = SmallBudget()
    for number in NUMBERS:
        budget.put(number, "Vikt", 11)
    path = budget.save(tmp_path)
    read = _read(path)
    assert read.unit.unit_index.total.impact_index is None
    assert len([f for f in read.findings if f.code == "vikt-utanfor"]) == len(NUMBERS)
    answer = finsam_xl("recompute", path, "--report", "impactindex", "--dry-run")
    assert answer.code == 0, answer.err


# Tables ---------------------------------------------------------------------------------------


def test_heading_twice(tmp_path: Path) -> None:
    """A second column Vikt is named with its cell, and the first is used."""
    budget = SmallBudget()
    budget.sheet["R4"] = "Vikt"
    budget.sheet["R5"] = 1
    read = _read(budget.save(tmp_path))
    (said,) = [f for f in read.findings if f.code == "dubbel-rubrik"]
    assert (said.severity, said.sheet, said.cell) == ("warning", UNIT, "R4")
    assert "kolumn H" in said.message
    assert read.points == WHOLE


@pytest.mark.parametrize("area", ["A1:P2", "A4:A4", "C3:C4", "H3:H4"])
def test_merged_cells_at_the_headings(area: str, tmp_path: Path) -> None:
    """Merged titles and headings merged upwards do not hide the table."""
    budget = SmallBudget()
    first, last = area.split(":")
    if first != last:
        if first[1:] == "3":
            budget.sheet[first].value = budget.sheet[last].value
        budget.sheet.merge_cells(area)
    read = _read(budget.save(tmp_path))
    assert read.points == WHOLE


def test_heading_merged_over_the_next_column(tmp_path: Path) -> None:
    """A heading over two columns is of both: the one is never more than the other, its base."""
    budget = SmallBudget()
    budget.sheet.merge_cells("I4:J4")
    read = _read(budget.save(tmp_path))
    assert not [f for f in read.findings if f.code.startswith("utfall")]
    assert read.points == WHOLE


def test_blank_index_table_is_filled(tmp_path: Path) -> None:
    """A table with only the areas' names, as in a new year's copy, is filled in all its rows."""
    budget = SmallBudget()
    for row in budget.index.iter_rows(min_row=5, max_row=7, min_col=2):
        for place in row:
            place.value = None
    path = budget.save(tmp_path)
    _read(path)
    after = openpyxl.load_workbook(path)["Impactindex"]
    assert [after[f"F{row}"].value for row in (5, 6, 7)] == [67, 100, 80]


def test_unknown_area_in_the_index_table(tmp_path: Path) -> None:
    """The row is named and left as it was; the other rows are filled in."""
    budget = SmallBudget()
    budget.index["A6"] = "Trivsel"
    budget.index["F6"] = 50
    path = budget.save(tmp_path)
    read = _read(path)
    (said,) = [f for f in read.findings if f.code == "okant-malomrade"]
    assert (said.severity, said.sheet, said.cell) == ("warning", "Impactindex", "A6")
    assert "Trivsel" in said.message
    assert "Jämlikhet" in said.message
    after = openpyxl.load_workbook(path)["Impactindex"]
    assert [after[f"F{row}"].value for row in (5, 6, 7)] == [67, 50, 80]


def test_area_missing_in_the_index_table(tmp_path: Path) -> None:
    """An area of the budget that the table lacks does not disturb the others."""
    budget = SmallBudget()
    budget.index.delete_rows(6)
    path = budget.save(tmp_path)
    _read(path)
    after = openpyxl.load_workbook(path)["Impactindex"]
    assert [after[f"F{row}"].value for row in (5, 6)] == [67, 80]


def test_index_table_without_a_budget(tmp_path: Path) -> None:
    """A table for a unit the workbook has no budget for is named and left as it was."""
    budget = SmallBudget()
    for row in (3, 4, 5, 6, 7):
        for column in range(1, 8):
            budget.index.cell(row + 7, column, budget.index.cell(row, column).value)
    budget.index["A10"], budget.index["F14"] = "Team Två", 99
    path = budget.save(tmp_path)
    read = _read(path)
    (said,) = [f for f in read.findings if f.code == "underlag-saknas"]
    assert (said.severity, said.sheet, said.cell) == ("warning", "Impactindex", "A11")
    assert "Team Två" in said.message
    after = openpyxl.load_workbook(path)["Impactindex"]
    assert [after[place].value for place in ("F7", "F14")] == [80, 99]


def test_two_budgets_of_one_name_are_said(tmp_path: Path) -> None:
    """Two budgets for one unit and year: someone must say which one the index is about."""
    budget = SmallBudget()
    again = budget.book.copy_worksheet(budget.sheet)
    again.title = "Kopia"
    again["I5"] = 10
    path = budget.save(tmp_path)
    with workbook(path) as book:
        findings = book.recompute().findings
    assert [
        f for f in findings if f.severity in ("warning", "error") and f.code != "viktning-utanfor"
    ]


# Texts ----------------------------------------------------------------------------------------

_CONTROL = "tecken \x01\x1f och \x0b"


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧 nöjda 🎉", "e\u0301 å\u030a", "\u202eomvänd\u202c", "<b>&amp;]]></b>", "_x0041_ _x000D_",
        "rad\nrad\r\nrad\ttab", " omgiven ", "=SUM(A1)", "\u2028 \ufeff", _CONTROL, "'citat", "ᚠᚢ漢字",
    ],
    ids=ascii,
)  # fmt: skip
def test_unusual_characters_survive(text: str, tmp_path: Path) -> None:
    """Texts with emoji and control characters are read, reported and left as they were."""
    path = tmp_path / "tecken.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(UNIT)
        sheet.write_column("A1", ["Social budget 2021", UNIT])
        small = SmallBudget()
        for row in small.sheet.iter_rows(min_row=4, max_row=8):
            for place in row:
                if place.value is not None:
                    sheet.write(place.row - 1, place.column - 1, place.value)
        for address in ("D5", "E5", "A5", "A6", "Q5", "B9"):
            sheet.write_string(address, text)
    before = openpyxl.load_workbook(path)[UNIT]
    with workbook(path) as opened:
        result = opened.recompute(("impactindex",))
        opened.apply(result)
    after = openpyxl.load_workbook(path)
    for address in ("D5", "E5", "A5", "A6", "Q5", "B9"):
        assert after[UNIT][address].value == before[address].value
    assert after[UNIT]["P5"].value == 8
    with workbook(path) as opened:
        assert opened.recompute(("impactindex",)).plan.edits == ()


def test_text_of_40_000_characters(tmp_path: Path) -> None:
    """A text longer than Excel allows stays in its cell and does not stop the run."""
    long = "å" * 40_000
    short = SmallBudget().put("1.1.1", "Indikator", "KORT").save(tmp_path, "kort.xlsx")
    path = tmp_path / "lång.xlsx"
    with zipfile.ZipFile(short) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"KORT", long.encode()))
    answer = finsam_xl("recompute", path, "--report", "impactindex")
    assert (answer.code, answer.err) == (0, "")
    with zipfile.ZipFile(path) as after:
        assert any(long.encode() in after.read(name) for name in after.namelist())
        report = b"".join(after.read(n) for n in after.namelist() if "sheet3" in n)
        assert max(map(len, re.findall(rb"<t[^>]*>([^<]*)</t>", report)), default=0) < 2 * 32_768


@pytest.mark.parametrize("field", ["Utfall antal", "Gräns", "Vikt", "Nr", "Uppnått", "Regel"])
def test_text_of_40_000_characters_where_a_figure_belongs(field: str, tmp_path: Path) -> None:
    """Findings stay readable whatever was typed: none repeats a whole novel."""
    path = SmallBudget().put("1.1.1", field, "9" * 32_000).save(tmp_path)
    with workbook(path) as book:
        findings = book.recompute().findings
    assert max((len(f.message) for f in findings), default=0) < 1000


# Calls ----------------------------------------------------------------------------------------

CALLS: dict[str, tuple[list[str], str]] = {
    "unknown option": (["recompute", "{file}", "--snabbt"], "--snabbt"),
    "unknown option of the program": (["--snabbt"], "--snabbt"),
    "unknown short option": (["tables", "-q", "{file}"], "-q"),
    "unknown command": (["räkna", "{file}"], "Kommandot"),
    "no file": (["recompute"], "FIL"),
    "no file for tables": (["tables"], "FIL"),
    "two files": (["tables", "{file}", "{file}"], "Anropet"),
    "no report kind": (["report", "{file}"], "--kind"),
    "wrong report kind": (["report", "{file}", "--kind", "styrelse"], "impactindex"),
    "wrong report kind in recompute": (["recompute", "{file}", "--report", "x"], "impactindex"),
    "option without its value": (["recompute", "{file}", "--out"], "--out"),
    "value for a flag": (["recompute", "{file}", "--dry-run=ja"], "--dry-run"),
    "out into a missing folder": (["recompute", "{file}", "--out", "{folder}/saknas/b.xlsx"],
                                  "mapp"),
    "report out into a missing folder": (
        ["report", "{file}", "--kind=impactindex", "--out", "{folder}/saknas/b.xlsx"], "mapp"),
    "out is a folder": (["recompute", "{file}", "--out", "{folder}"], "mapp"),
    "out below a file": (["recompute", "{file}", "--out", "{file}/b.xlsx"], "."),
}  # fmt: skip


@pytest.mark.parametrize("case", CALLS)
def test_wrong_call(case: str, tmp_path: Path) -> None:
    """Exit code 2 and a Swedish sentence that names what was wrong; nothing is written."""
    path = SmallBudget().save(tmp_path)
    before = _listing(tmp_path)
    arguments, said = CALLS[case]
    answer = finsam_xl(*(a.format(file=path, folder=tmp_path) for a in arguments))
    assert answer.code == 2
    _is_swedish_sentence(answer)
    assert said in answer.err
    assert _listing(tmp_path) == before


def test_file_name_with_a_line_break_and_percent(tmp_path: Path) -> None:
    """Odd file names are no reason to fail."""
    path = tmp_path / "bok 100% {0} [röd].xlsx"
    shutil.copyfile(SmallBudget().save(tmp_path), path)
    answer = finsam_xl("recompute", path)
    assert (answer.code, answer.err) == (0, "")
    assert path.name in answer.out


def test_shipped_workbook_shown_with_odd_output_encoding(social_budget: Path) -> None:
    """A copy elsewhere is read from any folder."""
    target = copy(SOCIAL_BUDGET, social_budget.parent)
    assert finsam_xl("tables", target.name, folder=target.parent).code == 0


def test_zip_made_in_memory_is_a_zip() -> None:
    """The corrupting helpers start from a sound workbook."""
    with zipfile.ZipFile(io.BytesIO(SOCIAL_BUDGET.read_bytes())) as source:
        assert source.testzip() is None
