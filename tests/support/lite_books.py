"""The Lite workbooks: built, their code taken out, and what xlwings Lite would be told of them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
from wire_books import lite_book

from support.office_js import payload
from support.pyodide import XLWINGS
from support.workbooks import EXISTING

NAMES = ("umearegionen-social-budget", "umearegionen-budget", "sodra-lappland-budget")
EXTENSION = "xl/webextensions/webextension1.xml"
_WE = "{http://schemas.microsoft.com/office/webextensions/webextension/2010/11}"


def lite_path(name: str, folder: Path) -> Path:
    """A Lite workbook in the folder that it was built in."""
    return folder / f"{name}-lite.xlsx"


def build(folder: Path) -> None:
    """Build them in ``folder`` from the source as it stands."""
    for name in NAMES:
        lite_path(name, folder).write_bytes(lite_book(name))


def existing_path(name: str) -> Path:
    """The workbook that it was made of."""
    return EXISTING / f"{name}.xlsx"


def settings(path: Path) -> dict[str, Any]:
    """What xlwings Lite keeps in a workbook."""
    with zipfile.ZipFile(path) as package:
        root = ET.fromstring(package.read(EXTENSION))
    found = root.iter(f"{_WE}property")
    return {node.attrib["name"]: json.loads(node.attrib["value"]) for node in found}


def main_source(path: Path) -> str:
    """The ``main.py`` of a workbook."""
    return str(settings(path)["main.py"])


def told(path: Path) -> dict[str, Any]:
    """Everything that Lite's task pane could be asked about a workbook."""
    book = openpyxl.load_workbook(path)
    return {
        "payload": payload(path, XLWINGS),
        "sheets": {sheet.title: _sheet(sheet) for sheet in book.worksheets},
    }


def _sheet(sheet: Any) -> dict[str, Any]:
    rows = list(sheet.iter_rows())
    return {
        "formulas": [[_text(cell.value) for cell in row] for row in rows],
        "formats": [[cell.number_format for cell in row] for row in rows],
        "colors": [[_colour(cell) for cell in row] for row in rows],
        "merged": [merge.coord for merge in sheet.merged_cells.ranges],
    }


def _text(value: Any) -> Any:
    return "" if value is None else value if isinstance(value, bool | int | float) else str(value)


def _colour(cell: Any) -> str | None:
    fill = cell.fill
    return f"#{fill.fgColor.rgb[2:]}" if fill.patternType == "solid" else None
