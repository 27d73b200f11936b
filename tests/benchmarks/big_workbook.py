"""A workbook with the shipped social budget and a ledger of many cells beside it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

COLUMNS = 10
_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_TAIL = b"</sheetData></worksheet>"


def build(path: Path, shipped: Path, cells: int) -> Path:
    """Write ``path``: the shipped workbook, deflated, with a sheet *Huvudbok* of ``cells`` cells."""
    with (
        zipfile.ZipFile(shipped) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, _with_ledger(name, source.read(name)))
        # The last shared strings are notes; the first are headings, which would look like a table.
        texts = source.read("xl/sharedStrings.xml").count(b"<si>")
        with target.open("xl/worksheets/sheet99.xml", "w", force_zip64=False) as ledger:
            ledger.write(_HEAD)
            ledger.writelines(_rows(cells // COLUMNS, texts))
            ledger.write(_TAIL)
    return path


def _with_ledger(name: str, data: bytes) -> bytes:
    additions = {
        "xl/workbook.xml": (b"</sheets>", b'<sheet name="Huvudbok" sheetId="99" r:id="rId99"/>'),
        "xl/_rels/workbook.xml.rels": (
            b"</Relationships>",
            (
                b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006'
                b'/relationships/worksheet" Target="worksheets/sheet99.xml"/>'
            ),
        ),
        "[Content_Types].xml": (
            b"</Types>",
            (
                b'<Override PartName="/xl/worksheets/sheet99.xml" ContentType="application/vnd.'
                b'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            ),
        ),
    }
    if name not in additions:
        return data
    before, new = additions[name]
    return data.replace(before, new + before)


def _rows(rows: int, texts: int) -> Iterator[bytes]:
    """Ledger rows: a shared text, a date number, and amounts."""
    for row in range(1, rows + 1):
        amounts = b"".join(
            b'<c r="%c%d"><v>%d.%02d</v></c>'
            % (66 + n, row, (row * 7919 + n * 131) % 99991, row % 100)
            for n in range(COLUMNS - 1)
        )
        yield b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c>%s</row>' % (
            row,
            row,
            texts - 1 - row % 20,
            amounts,
        )
