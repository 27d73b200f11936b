"""Form-control buttons on a sheet: the VML part that Excel reads them from, and its relation.

XlsxWriter writes the part, in a scratch workbook with the sheet's own widths and heights.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import xlsxwriter

RELATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/vmlDrawing" Target="../drawings/%s"/></Relationships>'
)
_FILE_PADDING = 0.7109375
_AFTER_LEGACY = rb"<(?:legacyDrawingHF|picture|oleObjects|controls|tableParts|extLst|/worksheet)\b"


class FormButton(NamedTuple):
    """A button on a sheet: its macro and text, upper left cell (from 0) and size in pixels."""

    macro: str
    text: str
    row: int
    column: int
    left: int
    top: int
    width: int
    height: int


class Measures(NamedTuple):
    """Column widths in characters and row heights in points that are not the usual ones."""

    widths: Mapping[int, float]
    heights: Mapping[int, float]


def vml(buttons: Sequence[FormButton], measures: Measures, first: int) -> bytes:
    """The VML part; ``first``: the number that the shapes' names start from, one per sheet."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for _ in range(first):
        sheet: Any = book.add_worksheet()
        for column, width in measures.widths.items():
            sheet.set_column(column, column, width)
        for row, height in measures.heights.items():
            sheet.set_row(row, height)
        for button in buttons:
            sheet.insert_button(button.row, button.column, _options(button))
    book.close()
    with zipfile.ZipFile(target) as made:
        return made.read(f"xl/drawings/vmlDrawing{first}.vml")


def _options(button: FormButton) -> dict[str, object]:
    return {
        "macro": button.macro,
        "caption": button.text,
        "width": button.width,
        "height": button.height,
        "x_offset": button.left,
        "y_offset": button.top,
        "description": button.text,
    }


def measures_of(sheet: bytes) -> Measures:
    """The widths and heights that a sheet part sets."""
    widths, heights = {}, {}
    for first, last, width in re.findall(rb'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet):
        for column in range(int(first), int(last) + 1):
            widths[column - 1] = float(width) - _FILE_PADDING
    for row, height in re.findall(rb'<row r="(\d+)"[^>]*? ht="([\d.]+)"', sheet):
        heights[int(row) - 1] = float(height)
    return Measures(widths, heights)


def with_buttons(sheet: bytes, code_name: str) -> bytes:
    """The sheet part with a code name and its relation to the buttons."""
    sheet = _named(sheet, code_name.encode())
    at = re.search(_AFTER_LEGACY, sheet)
    if at is None or b"<legacyDrawing " in sheet:
        raise ValueError("the sheet has no place for buttons")
    return sheet[: at.start()] + b'<legacyDrawing r:id="rId1"/>' + sheet[at.start() :]


def _named(sheet: bytes, code_name: bytes) -> bytes:
    if b"<sheetPr" in sheet:
        return sheet.replace(b"<sheetPr", b'<sheetPr codeName="%s"' % code_name, 1)
    root = re.search(rb"<worksheet\b[^>]*>", sheet)
    if root is None:
        raise ValueError("not a sheet part")
    return sheet[: root.end()] + b'<sheetPr codeName="%s"/>' % code_name + sheet[root.end() :]
