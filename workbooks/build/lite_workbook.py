"""A shipped workbook with xlwings Lite wired in: its own parts as they are, ours beside them.

Five parts of the workbook change by what is added to them: content types, the package's
relations, the workbook's sheets and names, its relations, and its cell formats. The sheet
*Start* comes first and the workbook opens on it; the sheet it opened on is no longer selected.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile

import deflate
import lite_main
import lite_parts
import lite_shapes
import lite_start
from start_parts import with_start
from start_sheet import NAME
from wired import WIRED

from finsam_xl.actions.buttons import BUTTONS
from finsam_xl.hosts.ooxml.workbookpart import OwnName
from udfs.lite import ANSWER_NAME

_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"


def build(name: str) -> bytes:
    """The Lite workbook of the existing one called ``name``."""
    wired = WIRED[f"{name}.xlsm"]
    start = lite_start.build(wired)
    answer = OwnName(ANSWER_NAME, start.answer, hidden=True)
    parts, sheets = with_start(wired.existing(), start.plan, answer)
    if lite_shapes.DRAWING in parts:
        raise ValueError(lite_shapes.DRAWING)
    sheet = sheets[NAME]
    parts[sheet] = lite_shapes.with_shapes(parts[sheet])
    parts |= lite_shapes.parts(sheet, BUTTONS, start.buttons)
    parts |= lite_parts.parts(name, _settings(start))
    parts[_TYPES] = _with_types(parts[_TYPES])
    parts[_RELATIONS] = _with_panes(parts[_RELATIONS])
    return deflate.package(parts)


def stated_version(book: bytes) -> str:
    """The version of the product that a Lite workbook says it holds; "" when it says none."""
    try:
        with zipfile.ZipFile(io.BytesIO(book)) as package:
            extension = package.read(lite_parts.EXTENSION).decode()
    except (zipfile.BadZipFile, KeyError):
        return ""
    stored = re.search(r'name="main\.py" value="([^"]*)"', extension)
    main: str = json.loads(html.unescape(stored[1])) if stored else ""
    found = re.search(r"^Version (\S+)$", main, re.MULTILINE)
    return found[1] if found else ""


def _settings(start: lite_start.LiteStart) -> dict[str, str]:
    return {
        "main.py": lite_main.source(start.buttons),
        "requirements.txt": lite_main.REQUIREMENTS,
        "pyodideVersion": lite_main.PYODIDE,
    }


def _with_types(data: bytes) -> bytes:
    types = {lite_shapes.DRAWING: lite_shapes.DRAWING_TYPE, **lite_parts.CONTENT_TYPES}
    new = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in types.items()
    )
    return data.replace(b"</Types>", new.encode() + b"</Types>")


def _with_panes(data: bytes) -> bytes:
    """The package's relations with the task pane that opens with the workbook."""
    kind, target = lite_parts.PANES_RELATION, lite_parts.PANES
    new = f'<Relationship Id="rIdLite" Type="{kind}" Target="{target}"/></Relationships>'
    return data.replace(b"</Relationships>", new.encode())
