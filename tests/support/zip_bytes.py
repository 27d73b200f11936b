"""What a workbook holds byte by byte, told by the zip and by tags alone: no product's help."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from finsam_xl.address import a1
from support.rich_workbook import MAIN, OFFICE_RELS

BOOK, BOOK_RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

# What the zip holds, told by nothing but the zip.


class Entry(NamedTuple):
    """An entry: its bytes from local header to the next entry, and what the directory says."""

    raw: bytes
    listed: tuple[object, ...]


def entries(path: Path) -> dict[str, Entry]:
    """Every entry in the order it stands in the file."""
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        edges = [info.header_offset for info in infos[1:]] + [archive.start_dir]
    return {
        info.filename: Entry(data[info.header_offset : edge], _listed(info))
        for info, edge in zip(infos, edges, strict=True)
    }


def _listed(info: zipfile.ZipInfo) -> tuple[object, ...]:
    skipped = {"header_offset", "_end_offset", "_raw_time", "orig_filename"}
    return tuple(getattr(info, n, None) for n in zipfile.ZipInfo.__slots__ if n not in skipped)


def contents(path: Path) -> dict[str, bytes]:
    """Every part's content."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_parts(path: Path) -> dict[str, str]:
    """Sheet names with the parts they are in."""
    parts = contents(path)
    targets = {
        relation.get("Id"): "xl/" + relation.get("Target", "").removeprefix("/xl/")
        for relation in ET.fromstring(parts[BOOK_RELS])
    }
    return {
        sheet.get("name", ""): targets[sheet.get(f"{{{OFFICE_RELS}}}id")]
        for sheet in ET.fromstring(parts[BOOK]).iter(f"{{{MAIN}}}sheet")
    }


# Where cells stand, found without the product's help.

TOKEN = re.compile(
    rb"""<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(?:[^>"']|"[^"]*"|'[^']*')*>""", re.DOTALL
)
_NAME = re.compile(rb"</?(?:\w+:)?(\w+)")
ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Z]*)(\d+)["']""")


def cell_spans(sheet: bytes) -> dict[str, tuple[int, int]]:
    """Every ``<c>`` element of a sheet part: address → first byte and the byte after it."""
    spans: dict[str, tuple[int, int]] = {}
    row = column = 0
    place, start = "", 0
    for token in TOKEN.finditer(sheet):
        text = token.group()
        named = _NAME.match(text)
        if named is None or (name := named.group(1)) not in (b"row", b"c"):
            continue
        given = ADDRESS.search(text)
        if text.startswith(b"</"):
            if name == b"c":
                spans[place] = (start, token.end())
        elif name == b"row":
            row, column = int(given.group(2)) if given else row + 1, 0
        else:
            column = number_of(given.group(1)) if given else column + 1
            place, start = a1(row, column), token.start()
            if text.endswith(b"/>"):
                spans[place] = token.span()
    return spans


def number_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def without_cells(sheet: bytes, places: set[str]) -> bytes:
    """The sheet part with the ``<c>`` elements of some cells cut out."""
    for place, (start, end) in sorted(cell_spans(sheet).items(), key=lambda item: -item[1][0]):
        if place in places:
            sheet = sheet[:start] + sheet[end:]
    return sheet


def formulas(sheet: bytes) -> dict[str, bytes]:
    """The bytes of every ``<f>`` element."""
    found = {}
    for place, (start, end) in cell_spans(sheet).items():
        formula = re.search(rb"<(?:\w+:)?f[\s>/].*?(?:/>|</(?:\w+:)?f\s*>)", sheet[start:end])
        if formula:
            found[place] = formula.group()
    return found
