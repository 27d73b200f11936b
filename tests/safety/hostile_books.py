"""Workbooks made to do harm, each from the same small budget, and what must become of each.

``BOOKS`` holds them by name. A *refused* one ends in exit code 2 and a sentence that names the
fault; a *read* one is recomputed, with the cell named where it cannot be read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

Parts = dict[str, bytes]
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, BOOK_RELS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
LAST_ROW = 1_048_576
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# fmt: off
ROWS: tuple[tuple[str | int | None, ...], ...] = (
    (None, "Budget 2024", "Utfall 2024", "Avvikelse"),
    ("Intäkter", None, None, None),
    ("Medlemsavgifter", 11540, 11577, None),
    ("Övriga intäkter", 20, 33, None),
    ("Summa intäkter", None, None, None),
    ("Personal", -8000, -7900, None),
    ("Lokaler", -500, -510, None),
    ("Summa kostnader", None, None, None),
    ("Resultat", None, None, None),
)
# fmt: on
BLANKS = 13
"""The results that the small budget has room for: six sums and results, seven deviations."""


def parts(title: str = "Budget 2024", rows: Iterable[Iterable[object]] = ROWS) -> Parts:
    """The small budget, or other rows, by parts."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    with zipfile.ZipFile(made) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(path: Path, content: Parts, swollen: Iterable[tuple[str, Iterable[bytes]]] = ()) -> None:
    """Write parts as a workbook; ``swollen``: parts too large to hold, piece by piece."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in content.items():
            package.writestr(name, data)
        for name, pieces in swollen:
            with package.open(name, "w") as part:
                part.writelines(pieces)


Make = Callable[[Path], None]


class Book(NamedTuple):
    """How a workbook is made, and what must become of it.

    ``said``: pattern of what is said; ``refused``: whether the file is unusable as a whole;
    ``edits``: the cells filled in where it is not; ``is_long``: takes seconds to make.
    """

    make: Make
    said: str = ""
    refused: bool = True
    edits: int | None = None
    is_long: bool = False
    command: str = "recompute"


def _changed(part: str, old: bytes, new: bytes) -> Make:
    def make(path: Path) -> None:
        content = parts()
        assert content[part].count(old) >= 1, f"{part} has no {old!r}"
        content[part] = content[part].replace(old, new, 1)
        pack(path, content)

    return make


def _utf16(part: str) -> Make:
    def make(path: Path) -> None:
        content = parts()
        text = re.sub(r"^<\?xml.*?\?>\s*", "", content[part].decode())
        pack(path, content | {part: text.encode("utf-16")})

    return make


def _swollen(part: str, before: bytes, unit: bytes, count: int, *, inside: bytes = b"") -> Make:
    """A part with ``count`` units put in front of ``before``; ``inside``: what they stand in."""

    def make(path: Path) -> None:
        content = parts()
        data = content.pop(part)
        at = data.index(before)
        opened, _, closed = inside.partition(b"|")
        pack(path, content, [(part, _pieces(data[:at] + opened, unit, count, closed + data[at:]))])

    return make


def _pieces(head: bytes, unit: bytes, count: int, tail: bytes) -> Iterator[bytes]:
    yield head
    at_once = max((1 << 20) // len(unit), 1)
    for done in range(0, count, at_once):
        yield unit * min(at_once, count - done)
    yield tail


def _swapped(path: Path) -> None:
    """The third row in front of the second."""
    content = parts()
    rows = re.findall(rb"<row.*?</row>", content[SHEET])
    content[SHEET] = content[SHEET].replace(rows[1] + rows[2], rows[2] + rows[1])
    pack(path, content)


def _spaced(path: Path) -> None:
    """Spaces round every ``=`` of the sheet's attributes, as XML allows."""
    content = parts()
    content[SHEET] = re.sub(rb"(<[a-zA-Z][^>]*>)", _space_out, content[SHEET])
    pack(path, content)


def _space_out(tag: re.Match[bytes]) -> bytes:
    return re.sub(rb'([\w:]+)="', rb'\1 = "', tag.group())


def _many_parts(path: Path) -> None:
    empty = {f"xl/media/bild{number}.png": b"" for number in range(1 << 16)}
    content = parts()
    pack(path, dict(list((content | empty).items())[: 1 << 16]))


def _circle(path: Path) -> None:
    """A report sheet of ours whose drawing leads to itself: taken out when it is made anew."""
    content = parts()
    drawing, rels = "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels"
    content[BOOK] = content[BOOK].replace(
        b"</sheets>",
        b'<sheet name="Impactindex" sheetId="9" r:id="rId99"/></sheets>'
        b'<definedNames><definedName name="Finsam_Rapport_impactindex" hidden="1">'
        b"Impactindex!$A$1</definedName></definedNames>",
    )
    content[BOOK_RELS] = with_relation(content[BOOK_RELS], "worksheet", "worksheets/sheet9.xml")
    content["xl/worksheets/sheet9.xml"] = b'<worksheet xmlns="%s"><sheetData/></worksheet>' % _MAIN
    content["xl/worksheets/_rels/sheet9.xml.rels"] = _relations("../drawings/drawing1.xml")
    content[drawing] = b"<wsDr/>"
    content[rels] = _relations("../drawings/drawing1.xml")
    pack(path, content)


def _relations(target: str) -> bytes:
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'<Relationships xmlns="{rels}"><Relationship Id="rId1" Type="{_RELATED}/drawing" '
        f'Target="{target}"/></Relationships>'
    ).encode()


def with_relation(rels: bytes, kind: str, target: str) -> bytes:
    """A part of relations with one more, rId99."""
    new = f'<Relationship Id="rId99" Type="{_RELATED}/{kind}" Target="{target}"/>'
    return rels.replace(b"</Relationships>", new.encode() + b"</Relationships>")


def _budget(rows: int, columns: int, value: int) -> Make:
    """A budget of one and the same figure: whatever is added up holds everywhere."""

    def make(path: Path) -> None:
        heads = [None, *(f"Budget {2026 - columns + n}" for n in range(columns))]
        lines = [[f"Kostnad {row}", *[value] * columns] for row in range(rows)]
        total = ["Summa kostnader", *[value * rows] * columns]
        pack(path, parts("Budget", [heads, *lines, total]))

    return make


def _empty_rows(path: Path) -> None:
    content = parts()
    at = content[SHEET].index(b"</sheetData>")
    rows = b"".join(b'<row r="%d"/>' % row for row in range(len(ROWS) + 1, LAST_ROW + 1))
    content[SHEET] = content[SHEET][:at] + rows + content[SHEET][at:]
    pack(path, content)


def _sums(formula: str, corner: tuple[int, int] = (LAST_ROW - 1, 16_383)) -> Make:
    """Two hundred formulas that look at a whole sheet, which holds something in its corner."""

    def make(path: Path) -> None:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Budget 2024")
            for number, row in enumerate(ROWS):
                sheet.write_row(number, 0, row)
            for number in range(200):
                sheet.write_formula(number, 9, formula, None, "")
            book.add_worksheet("Annat").write_number(*corner, 1)

    return make


def _titled(title: str) -> Make:
    """A heading above the table that would steer a terminal, as a cell can hold it."""

    def make(path: Path) -> None:
        content = parts()
        content[STRINGS] = content[STRINGS].replace(b"Resultat", title.encode(), 1)
        content[STRINGS] = content[STRINGS].replace(
            b"Budget 2024", b"Budget 2024 " + title.encode()
        )
        pack(path, content)

    return make


_VALUE = b"<v>11540</v>"
_CELL, _ROW = b'<c r="B3"', b'<row r="3"'
BOOKS: dict[str, Book] = {
    "a value of 5000 digits": Book(
        _changed(SHEET, _VALUE, b"<v>%s</v>" % (b"7" * 5000)), r"B3.*#NUM!", False, 8
    ),
    "a value of 1e999": Book(_changed(SHEET, _VALUE, b"<v>1e999</v>"), r"B3.*#NUM!", False, 8),
    "a value of NaN": Book(_changed(SHEET, _VALUE, b"<v>NaN</v>"), r"B3.*#NUM!", False, 8),
    "a value of many dots": Book(_changed(SHEET, _VALUE, b"<v>1.1.1</v>"), r"B3.*#NUM!", False, 8),
    "a style that is text": Book(_changed(SHEET, _CELL, _CELL + b' s="abc"'), "", False, BLANKS),
    "a negative style": Book(_changed(SHEET, _CELL, _CELL + b' s="-4"'), "", False, BLANKS),
    "a style there is not": Book(
        _changed(SHEET, _CELL, _CELL + b' s="99999999"'), "", False, BLANKS
    ),
    "a row number of 5000 digits": Book(
        _changed(SHEET, _ROW, b'<row r="%s"' % (b"3" * 5000)), r"B3.*#NUM!", False, 6
    ),
    "a row number that is text": Book(
        _changed(SHEET, _ROW, b'<row r="tre"'), r"B3.*#NUM!", False, 6
    ),
    "a row number beyond the sheet": Book(
        _changed(SHEET, _ROW, b'<row r="1048577"'), r"B3.*#NUM!", False, 6
    ),
    "a row number of another row": Book(
        _changed(SHEET, _ROW, b'<row r="30"'), r"B3.*#NUM!", False, 6
    ),
    "a cell told twice": Book(
        _changed(SHEET, b'<c r="B4">', b'<c r="B3"><v>9</v></c><c r="B4">'), r"B3.*#NUM!", False, 8
    ),
    "rows out of order": Book(_swapped, "", False, BLANKS),
    "a cell outside the sheet": Book(_changed(SHEET, _CELL, b'<c r="XFE3"'), "sheet1.xml"),
    "a row outside the sheet": Book(_changed(SHEET, _CELL, b'<c r="B1048577"'), "sheet1.xml"),
    "a text number that is text": Book(
        _changed(SHEET, b't="s"><v>0<', b't="s"><v>x<'), "sheet1.xml"
    ),
    "a negative text number": Book(_changed(SHEET, b't="s"><v>0<', b't="s"><v>-1<'), "sheet1.xml"),
    "a text number too large": Book(
        _changed(SHEET, b't="s"><v>0<', b't="s"><v>99999999999999999999<'), "sheet1.xml"
    ),
    "a sheet number that is text": Book(
        _changed(BOOK, b'sheetId="1"', b'sheetId="ett"'), "", False, BLANKS
    ),
    "a huge sheet number": Book(
        _changed(BOOK, b'sheetId="1"', b'sheetId="99999999999999999999"'), "", False, BLANKS
    ),
    "a number format that is text": Book(
        _changed(STYLES, b'numFmtId="0"', b'numFmtId="noll"'), "", False, BLANKS
    ),
    "a fill that is negative": Book(
        _changed(STYLES, b'fillId="0"', b'fillId="-1"'), "", False, BLANKS
    ),
    "spaces round =": Book(_spaced, "", False, BLANKS),
    **{
        f"UTF-16 without a declaration: {part}": Book(_utf16(part), re.escape(part) + ".*UTF-16")
        for part in (TYPES, BOOK_RELS, STRINGS, STYLES, BOOK, SHEET)
    },
    "65 536 parts": Book(_many_parts, "delar", is_long=True),
    "a drawing that leads to itself": Book(_circle, "", False, BLANKS),
    "20 000 000 cell formats": Book(
        _swollen(STYLES, b"</cellXfs>", b"<xf/>", 20_000_000), "styles.xml.*orimligt mycket"
    ),
    "cell formats packed loosely": Book(
        _swollen(STYLES, b"</cellXfs>", b'<xf numFmtId="0"/>', 400_000), "styles.xml"
    ),
    "a shared string of 1 GB": Book(
        _swollen(STRINGS, b"</sst>", b"x" * 1024, 1 << 20, inside=b"<si><t>|</t></si>"),
        "orimligt mycket",
        is_long=True,
    ),
    "a shared string of 200 MB": Book(
        _swollen(STRINGS, b"</sst>", b"x" * 1024, 200 << 10, inside=b"<si><t>|</t></si>"),
        "sharedStrings.xml.*orimligt mycket",
    ),
    "20 000 000 shared strings": Book(
        _swollen(STRINGS, b"</sst>", b"<si/>", 20_000_000), "sharedStrings.xml.*orimligt mycket"
    ),
    "20 000 000 cells without a place": Book(
        _swollen(SHEET, b"</sheetData>", b"<c/>", 20_000_000, inside=b"<row>|</row>"),
        "sheet1.xml.*orimligt mycket",
    ),
    "1 048 576 empty rows": Book(_empty_rows, "", False, BLANKS, is_long=True),
    "a budget of 50 000 zeros": Book(_budget(10_000, 5, 0), "", False, is_long=True),
    "a budget 200 columns wide of zeros": Book(_budget(200, 200, 0), "", False, is_long=True),
    "a budget 95 columns wide of one figure": Book(_budget(50, 95, 7000), "", False, is_long=True),
    "SUM over a whole sheet 200 times": Book(
        _sums("=SUM(Annat!$A$1:$XFD$1048576)"), "", False, is_long=True
    ),
    "SUMPRODUCT over a whole sheet 200 times": Book(
        _sums("=SUMPRODUCT(Annat!$A$1:$XFD$1048576*1)"), "", False, is_long=True
    ),
    "COUNTBLANK of columns 200 times": Book(
        _sums("=COUNTBLANK(Annat!A:C)", (LAST_ROW - 1, 0)), "", False, is_long=True
    ),
    "a heading that clears the screen": Book(
        _titled("_x001B_[2J_x001B_]0;ägd_x0007_\u009b31m\u202e"), "�", False, command="tables"
    ),
}
