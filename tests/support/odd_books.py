"""Small budgets with something odd about the file, as other programs and long lives leave them.

Each is the parts of one plain workbook with one thing done to them. ``KEPT`` are wired and
come back as they were; ``REFUSED`` are left alone, each with words of the reason.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from finsam_xl.address import letters
from support.rich_workbook import DECLARATION, MAIN, OFFICE_RELS, PACKAGE_RELS

Parts = dict[str, bytes]
BOOK, BOOK_RELS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
SHEET, SHEET_RELS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MICROSOFT = "http://schemas.microsoft.com/office"
ROWS: list[list[object]] = [
    ["tkr", "Budget 2026", "Utfall 2026"],
    ["Lokaler", 100, 90],
    ["Personal", 300, 310],
    ["Summa kostnader", 400, 400],
]


def plain(*names: str) -> Parts:
    """A small budget on each sheet, a few rows down."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name in names:
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(ROWS, start=3):
                sheet.write_row(row, 0, cells)
    with zipfile.ZipFile(made) as package:
        return {name: package.read(name) for name in package.namelist()}


def write(path: Path, parts: Parts) -> Path:
    """The parts as a file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def changed(part: str, old: str, new: str) -> Callable[[Parts], Parts]:
    """A part with a text replaced, where it stands first."""

    def made(parts: Parts) -> Parts:
        text = parts[part].decode()
        if old not in text:
            raise ValueError(f"{part}: no {old!r}")
        return {**parts, part: text.replace(old, new, 1).encode()}

    return made


def _lost(*names: str) -> Callable[[Parts], Parts]:
    return lambda parts: {name: data for name, data in parts.items() if name not in names}


def _with(*steps: Callable[[Parts], Parts]) -> Callable[[Parts], Parts]:
    def made(parts: Parts) -> Parts:
        for step in steps:
            parts = step(parts)
        return parts

    return made


def _names(*names: tuple[str, str, str]) -> Callable[[Parts], Parts]:
    """Defined names: what each is called, what else is said of it, and what it stands for."""
    listed = "".join(f'<definedName name="{n}"{more}>{to}</definedName>' for n, more, to in names)
    return changed(BOOK, "<calcPr", f"<definedNames>{listed}</definedNames><calcPr")


def _relation(owner: str, kind: str, target: str, more: str = "") -> Callable[[Parts], Parts]:
    """A relation more, ``rId90`` and on."""

    def made(parts: Parts) -> Parts:
        empty = f'{DECLARATION}<Relationships xmlns="{PACKAGE_RELS}"></Relationships>'
        text = parts.get(owner, empty.encode()).decode()
        whole = kind if ":" in kind else f"{OFFICE_RELS}/{kind}"
        number = 90 + text.count('Id="rId9')
        new = f'<Relationship Id="rId{number}" Type="{whole}" Target="{target}"{more}/>'
        return {**parts, owner: text.replace("</Rel", f"{new}</Rel").encode()}

    return made


def _part(name: str, content: str | bytes, kind: str = "") -> Callable[[Parts], Parts]:
    def made(parts: Parts) -> Parts:
        data = content.encode() if isinstance(content, str) else content
        told = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        typed = changed(TYPES, "</Types>", told)(parts) if kind else parts
        return {**typed, name: data}

    return made


def _prefixed(parts: Parts) -> Parts:
    """Every element of the workbook with a prefix, as the Open XML SDK writes them."""

    def said(data: bytes) -> bytes:
        told = data.replace(f'xmlns="{MAIN}"'.encode(), f'xmlns:x="{MAIN}"'.encode())
        return re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", told)

    ours = {n for n in parts if n.startswith("xl/") and n.endswith(".xml") and "theme" not in n}
    return {name: said(data) if name in ours else data for name, data in parts.items()}


def _formatted(parts: Parts) -> Parts:
    """A width and a format for each of the 16 384 columns, and a row of as many blank cells."""
    listed = "".join(
        f'<col min="{n}" max="{n}" width="9.{n % 9 + 1}" style="0" customWidth="1"/>'
        for n in range(1, 16_385)
    )
    cells = "".join(f'<c r="{letters(n)}1" s="0"/>' for n in range(1, 16_385))
    columns = changed(SHEET, "<sheetData>", f"<cols>{listed}</cols><sheetData>")
    return changed(SHEET, "<sheetData>", f'<sheetData><row r="1">{cells}</row>')(columns(parts))


def _external(name: str, path: str) -> Callable[[Parts], Parts]:
    part = f"xl/externalLinks/{name}.xml"
    book = (
        f'{DECLARATION}<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE_RELS}" '
        'r:id="rId90"><sheetNames><sheetName val="Blad1"/></sheetNames></externalBook>'
        "</externalLink>"
    )
    rels = f"xl/externalLinks/_rels/{name}.xml.rels"
    outside = ' TargetMode="External"'
    return _with(
        _part(part, book, f"{_SPREADSHEET}.externalLink+xml"),
        _relation(rels, "externalLinkPath", path, outside),
        _relation(BOOK_RELS, "externalLink", f"externalLinks/{name}.xml"),
    )


_LINKED = _with(
    _external("externalLink1", "file:///C:/Ekonomi/annan%20bok.xlsx"),
    changed(
        BOOK,
        "<calcPr",
        '<externalReferences><externalReference r:id="rId90"/></externalReferences>'
        '<definedNames><definedName name="ute">[1]Blad1!$A$1</definedName></definedNames><calcPr',
    ),
)
_DATA_MODEL = _with(
    _part(
        "xl/connections.xml",
        f'<connections xmlns="{MAIN}"><connection id="1" keepAlive="1" '
        'name="ThisWorkbookDataModel" type="5" refreshedVersion="6" background="1"><dbPr '
        'connection="Data Model Connection" command="Model" commandType="1"/></connection>'
        "</connections>",
        f"{_SPREADSHEET}.connections+xml",
    ),
    _part(
        "xl/model/item.data",
        bytes(range(256)) * 4000,
        "application/vnd.openxmlformats-officedocument.model+data",
    ),
    _relation(BOOK_RELS, "connections", "connections.xml"),
    _relation(BOOK_RELS, f"{_MICROSOFT}/2011/relationships/powerPivotData", "model/item.data"),
    changed(
        BOOK,
        "</workbook>",
        '<extLst><ext uri="{FCE2AD5D-F65C-4FA6-A056-5C36A1767C68}" xmlns:x15="'
        f'{_MICROSOFT}/spreadsheetml/2010/11/main"><x15:dataModel><x15:modelTables>'
        '<x15:modelTable id="T" name="T" connection="C"/></x15:modelTables></x15:dataModel>'
        "</ext></extLst></workbook>",
    ),
)
_RIBBON = _relation("_rels/.rels", f"{_MICROSOFT}/2007/relationships/ui/extensibility", "ui.xml")
_PROJECT = _with(
    changed(TYPES, f"{_SPREADSHEET}.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    _relation(BOOK_RELS, f"{_MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
)  # fmt: skip
_HOLE = _with(
    changed(SHEET, "</worksheet>", '<drawing r:id="rId90"/><legacyDrawing r:id="rId91"/></worksheet>'),
    _relation(SHEET_RELS, "drawing", "../drawings/drawing1.xml"),
    _relation(SHEET_RELS, "vmlDrawing", "../drawings/vmlDrawing1.vml"),
)  # fmt: skip

KEPT: dict[str, Callable[[Parts], Parts]] = {
    "a name twice": _names(("Summa", "", "Två!$A$1"), ("summa", "", "Två!$A$2")),
    "broken names": _names(
        ("A1", "", "#REF!"),
        ("två ord", "", "Saknas!$A$1"),
        ("tom", "", ""),
        ("utanför", ' localSheetId="9"', "Två!$A$1"),
        ("okänd", ' localSheetId="abc"', "Två!$A$1"),
    ),
    "links to other books": _LINKED,
    "a data model": _DATA_MODEL,
    "formats in every column": _formatted,
    "a drawing that is gone": _HOLE,
    "notes that lead nowhere": changed(
        SHEET, "</worksheet>", '<legacyDrawing r:id="rId9"/></worksheet>'
    ),
    "a type for a part that is gone": changed(
        TYPES, "</Types>", '<Override PartName="/xl/saknas.xml" ContentType="a/b"/></Types>'
    ),
    "a sheet without its type": changed(
        TYPES, f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>', ""
    ),
    "a theme that is gone": _lost("xl/theme/theme1.xml"),
    "properties that are gone": _lost("docProps/app.xml"),
    "targets from the root": changed(BOOK_RELS, 'Target="worksheets/', 'Target="/xl/worksheets/'),
    "prefixes": _prefixed,
    "a very hidden sheet": changed(BOOK, 'name="Två"', 'state="veryHidden" name="Två"'),
    "windows locked": changed(BOOK, "<bookViews>", '<workbookProtection lockWindows="1"/><bookViews>'),
    "two windows": changed(BOOK, "</bookViews>", '<workbookView activeTab="1"/></bookViews>'),
    "no window": lambda parts: {
        **parts,
        BOOK: re.sub(rb"<bookViews>.*?</bookViews>", b"", parts[BOOK]),
    },
    "the name of our module on her sheet": changed(
        SHEET, "<dimension", '<sheetPr codeName="BladStart"/><dimension'
    ),
    "read only is recommended": changed(
        BOOK, "<workbookPr", '<fileSharing readOnlyRecommended="1"/><workbookPr'
    ),
    "comments in the text": changed(SHEET, "<sheetData>", "<!-- <sheetView --><sheetData>"),
}  # fmt: skip

REFUSED: dict[str, tuple[Callable[[Parts], Parts], str, str]] = {
    "structure protected": (
        changed(BOOK, "<bookViews>", '<workbookProtection lockStructure="true"/><bookViews>'),
        "struktur är skyddad",
        ".xlsx",
    ),
    "shared in the old way": (
        _with(
            _part("xl/revisions/revisionHeaders.xml", f'<headers xmlns="{MAIN}"/>', "a/b+xml"),
            _relation(BOOK_RELS, "revisionHeaders", "revisions/revisionHeaders.xml"),
        ),
        "delad på det äldre sättet",
        ".xlsx",
    ),
    "no sheets": (
        lambda parts: {**parts, BOOK: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", parts[BOOK])},
        "xl/workbook.xml",
        ".xlsx",
    ),
    "a sheet that is gone": (_lost("xl/worksheets/sheet2.xml"), "sheet2.xml", ".xlsx"),
    "two relations of one name": (changed(BOOK_RELS, '"rId2"', '"rId1"'), "workbook.xml.rels", ".xlsx"),
    "no formats": (_lost("xl/styles.xml"), "saknar cellformat|styles.xml", ".xlsx"),
    "a ribbon that is gone": (_RIBBON, "ui.xml", ".xlsx"),
    "a ribbon that is no XML": (_with(_RIBBON, _part("ui.xml", "<customUI>", "a/b")), "ui.xml", ".xlsx"),
    "a project that is gone": (_PROJECT, "vbaProject.bin", ".xlsm"),
    "a project that is none": (
        _with(_PROJECT, _part("xl/vbaProject.bin", "hej" * 99, "application/vnd.ms-office.vbaProject")),
        "vbaProject.bin",
        ".xlsm",
    ),
    "another code page": (changed(BOOK, "UTF-8", "ISO-8859-1"), "ISO-8859-1", ".xlsx"),
    "a document type": (changed(BOOK, "<workbook ", "<!DOCTYPE a []><workbook "), "dokumenttyp", ".xlsx"),
    "binary": (
        _with(changed("_rels/.rels", "workbook.xml", "workbook.bin"), _part("xl/workbook.bin", b"\x83")),
        "xlsb",
        ".xlsb",
    ),
    "open document": (
        lambda _: {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"<x/>",
        },
        r"\.ods",
        ".ods",
    ),
    "something else": (lambda _: {"a.txt": b"hej"}, "ingen Excel-arbetsbok", ".xlsx"),
}  # fmt: skip
