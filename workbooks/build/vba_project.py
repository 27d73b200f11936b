"""The VBA project of a workbook, compiled from text by pyOpenVBA: the same bytes every time."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import vba_text
from pyopenvba import ExcelFile

from finsam_xl.actions.buttons import BUTTONS, Button
from finsam_xl.hosts.ooxml.wiring.lite_parts import HEAD
from finsam_xl.hosts.ooxml.wiring.macros import START_CODE
from finsam_xl.hosts.ooxml.wiring.vbamerge import without_cache
from finsam_xl.registry import FUNCTIONS

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL_PART = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PROJECT = "xl/vbaProject.bin"


def finished(buttons: Sequence[Button] = BUTTONS) -> bytes:
    """The project of a workbook or add-in that has none of its own."""
    modules = vba_text.modules(buttons, FUNCTIONS)
    return project(modules, vba_text.written(vba_text.WORKBOOK_CODE), [START_CODE])


def project(modules: Mapping[str, str], workbook_code: str, sheets: Sequence[str]) -> bytes:
    """``xl/vbaProject.bin`` with standard modules and the workbook's own code.

    ``sheets``: the code names of the sheets that have one.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bok.xlsm"
        path.write_bytes(_empty(sheets))
        with ExcelFile(path) as file:
            made = file.add_vba_project()
            for name, text in modules.items():
                made.add_module(name, excel_text(text))
            file.set_module("ThisWorkbook", excel_text(workbook_code))
            file.save()
        with zipfile.ZipFile(path) as saved:
            return without_cache(saved.read(_PROJECT))


def excel_text(text: str) -> str:
    """Text as a project holds it: lines end in CRLF, and every sign is one of cp1252."""
    text.encode("cp1252")
    return text.replace("\n", "\r\n")


def _empty(sheets: Sequence[str]) -> bytes:
    """The least workbook that has the sheets: pyOpenVBA names their modules after them."""
    entries = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_REL}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number, _ in enumerate(sheets, 1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{_OFFICE}.worksheet+xml"/>'
        for number, _ in enumerate(sheets, 1)
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.'
        f'macroEnabled.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_REL_PART}"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_REL_PART}">{relations}'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}">'
        f'<workbookPr codeName="ThisWorkbook"/><sheets>{entries}</sheets></workbook>',
    }
    for number, name in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetPr codeName="{name}"/><sheetData/></worksheet>'
        )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), HEAD + text)
    return target.getvalue()
