"""A shipped workbook with xlwings Lite wired in: its own parts as they are, ours beside them.

Only five parts of the workbook change, each by what is added to it: content types, the
package's relations, the workbook's sheets and names, its relations, and its cell formats.
The sheet *Start* comes first and the workbook opens where it did.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import unescape

import deflate
import lite_main
import lite_parts
import lite_start

from finsam_xl.hosts.ooxml.strings import SharedStrings
from finsam_xl.hosts.ooxml.styles import Styles
from finsam_xl.hosts.ooxml.xmlspans import escape
from udfs.lite import ANSWER_NAME

_OFFICE = "application/vnd.openxmlformats-officedocument."
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING, _DRAWING_RELS = "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels"
_STYLE = re.compile(rb'(<c r="[A-Z]+\d+") s="(\d+)"')
_TEXT = re.compile(rb't="s"><v>(\d+)</v>')
_PROPERTY = re.compile("<dc:(title|subject)>([^<]*)</")
_LOCAL_NAME = re.compile(rb'localSheetId="(\d+)"')
_SHEET_ID = re.compile(rb'<sheet [^>]*sheetId="(\d+)"')
_CHANGED = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
CHANGED = (*_CHANGED, "xl/styles.xml")
"""The parts of the workbook that something is added to."""


def build(existing: Callable[[], bytes], name: str) -> bytes:
    """The Lite workbook of an existing one, called ``name``."""
    with zipfile.ZipFile(io.BytesIO(existing())) as package:
        original = {part: package.read(part) for part in package.namelist()}
    settings = {
        "main.py": lite_main.source(lite_start.places()),
        "requirements.txt": lite_main.REQUIREMENTS,
        "pyodideVersion": lite_main.PYODIDE,
    }
    sheet = _free_sheet(original)
    styles = Styles("xl/styles.xml", original["xl/styles.xml"])
    new = _start(sheet, _title(original), styles) | lite_parts.parts(name, settings)
    changed = {
        "[Content_Types].xml": _with_types(original["[Content_Types].xml"], sheet),
        "_rels/.rels": _with_relation(
            original["_rels/.rels"], "rIdLite", lite_parts.PANES_RELATION, lite_parts.PANES
        ),
        "xl/workbook.xml": _with_sheet(original["xl/workbook.xml"]),
        "xl/_rels/workbook.xml.rels": _with_relation(
            original["xl/_rels/workbook.xml.rels"],
            "rIdStart",
            f"{_REL}/worksheet",
            sheet.removeprefix("xl/"),
        ),
        "xl/styles.xml": styles.data(),
    }
    return deflate.package(original | changed | new)


def _free_sheet(original: Mapping[str, bytes]) -> str:
    """The part of our sheet; the shipped workbooks have no drawings that ours could meet."""
    if _DRAWING in original:
        raise ValueError(_DRAWING)
    number = 1
    while f"xl/worksheets/sheet{number}.xml" in original:
        number += 1
    return f"xl/worksheets/sheet{number}.xml"


def _title(original: Mapping[str, bytes]) -> str:
    """What the workbook's properties say it is, and whose."""
    properties = original["docProps/core.xml"].decode()
    found = dict(_PROPERTY.findall(properties))
    return unescape(f"{found['title']} · {found['subject']}")


def _start(part: str, title: str, styles: Styles) -> dict[str, bytes]:
    """The sheet *Start* and its shapes, with texts inside and formats added to the workbook's."""
    with lite_start.build(title) as made:
        formats = styles.take_in(Styles("xl/styles.xml", made.read("xl/styles.xml")))
        shared = SharedStrings("xl/sharedStrings.xml", made.read("xl/sharedStrings.xml"))
        data = made.read("xl/worksheets/sheet1.xml").replace(b' tabSelected="1"', b"")
        data = _STYLE.sub(lambda m: b'%s s="%d"' % (m[1], formats[int(m[2])]), data)
        data = _TEXT.sub(lambda m: _inline(shared.texts[int(m[1])]), data)
        relations = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
        return {
            part: data,
            relations: made.read("xl/worksheets/_rels/sheet1.xml.rels"),
            _DRAWING: made.read(_DRAWING),
            _DRAWING_RELS: made.read(_DRAWING_RELS),
        }


def _inline(text: str) -> bytes:
    return b't="inlineStr"><is><t xml:space="preserve">%s</t></is>' % escape(text)


def _with_types(data: bytes, sheet: str) -> bytes:
    types = {
        sheet: f"{_OFFICE}spreadsheetml.worksheet+xml",
        _DRAWING: f"{_OFFICE}drawing+xml",
        **lite_parts.CONTENT_TYPES,
    }
    new = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in types.items()
    )
    return data.replace(b"</Types>", new.encode() + b"</Types>")


def _with_relation(data: bytes, name: str, kind: str, target: str) -> bytes:
    new = f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
    return data.replace(b"</Relationships>", new.encode() + b"</Relationships>")


def _with_sheet(data: bytes) -> bytes:
    """Our sheet first, the names that belong to a sheet moved one on, and the same sheet shown."""
    number = 1 + max(int(sheet) for sheet in _SHEET_ID.findall(data))
    entry = b'<sheet name="%s" sheetId="%d" r:id="rIdStart"/>' % (
        lite_start.NAME.encode(),
        number,
    )
    name = f'<definedName name="{ANSWER_NAME}" hidden="1">{lite_start.answer_place()}</definedName>'
    data = _LOCAL_NAME.sub(lambda m: b'localSheetId="%d"' % (int(m[1]) + 1), data)
    data = data.replace(b"<sheets>", b"<sheets>" + entry)
    data = data.replace(b"<workbookView ", b'<workbookView activeTab="1" ')
    return data.replace(b"<definedNames>", b"<definedNames>" + name.encode())
