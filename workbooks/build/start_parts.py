"""Putting the sheet *Start* first in a workbook, every other part as it was.

What must change does: content types, relations, formats (added to), the list of sheets
and the names, what counts sheets by their place, and which sheet the workbook opens on.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from finsam_xl.hosts.ooxml.graft import graft
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.packageparts import ContentTypes
from finsam_xl.hosts.ooxml.styles import Styles
from finsam_xl.hosts.ooxml.workbookpart import OwnName, WorkbookPart
from finsam_xl.sheetplan import SheetPlan

Parts = dict[str, bytes]
_STYLES, _BOOK = "xl/styles.xml", "xl/workbook.xml"


def with_start(existing: bytes, plan: SheetPlan, name: OwnName) -> tuple[Parts, dict[str, str]]:
    """The workbook's parts with the planned sheet and a name for a place on it; parts by sheet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bok.xlsx"
        path.write_bytes(existing)
        with Package(path) as package:
            parts = {part: package.read(part) for part in package.names}
            book = WorkbookPart(package)
            styles = Styles(_STYLES, parts[_STYLES])
            types = ContentTypes(package)
            changed, _ = graft(package, book, types, styles, [plan])
            book.set_names([name])
            parts |= changed | {_STYLES: styles.data(), _BOOK: _first(book.data())}
            parts |= {types.part: types.data(), book.relations.part: book.relations.data()}
            sheets = {sheet.name: sheet.part for sheet in book.sheets}
            _select(parts, sheets.values(), sheets[plan.name])
            return parts, sheets


def _select(parts: Parts, sheets: Iterable[str], chosen: str) -> None:
    """Let the workbook open on one sheet; with two selected, what is typed lands on both."""
    for part in sheets:
        parts[part] = parts[part].replace(b' tabSelected="1"', b"")
    parts[chosen] = parts[chosen].replace(b"<sheetView ", b'<sheetView tabSelected="1" ', 1)
    parts[_BOOK] = re.sub(rb' (?:activeTab|firstSheet)="\d+"', b"", parts[_BOOK])


def _first(data: bytes) -> bytes:
    """The workbook part with its last sheet moved to the front, and what counts sheets with it."""
    sheets = re.findall(rb"<sheet [^>]*/>", data)
    moved = b"".join([sheets[-1], *sheets[:-1]])
    return re.sub(
        rb'localSheetId="(\d+)"',
        lambda match: b'localSheetId="%d"' % ((int(match[1]) + 1) % len(sheets)),
        data.replace(b"".join(sheets), moved),
    )
