"""A workbook as an association has it, wired: the sheet Start, buttons, ribbon and VBA.

Every part of the workbook stays as it was but those that must change: content types,
relations, the list of sheets, formats (added to) and the sheet that gets buttons.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import form_buttons
import start_sheet
from deterministic import pack
from form_buttons import FormButton, Measures
from macro_texts import NOTICE_NAME
from ribbon import PART as RIBBON
from ribbon import RELATION as RIBBON_RELATION
from ribbon import ribbon
from start_parts import Parts, with_start
from vba_project import project
from vba_text import PLAIN_BUTTONS, WORKBOOK_CODE, AnyButton, modules, written
from wired import Place

from finsam_xl.actions.buttons import Button
from finsam_xl.hosts.ooxml.workbookpart import OwnName
from finsam_xl.registry import FUNCTIONS

MACRO_BOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_BOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_TYPES, _BOOK, _BOOK_RELATIONS = (
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
)
_START_CODE, _TABLE_CODE = "BladStart", "BladTabell"
_WIDTH, _HEIGHT, _GAP = 122, 27, 6


def build(
    existing: bytes, texts: start_sheet.Texts, place: Place, buttons: Sequence[Button]
) -> bytes:
    """The macro workbook made of an existing one."""
    start = start_sheet.build(texts)
    parts, sheets = with_start(existing, start.plan, OwnName(NOTICE_NAME, start.notice))
    everyone: list[AnyButton] = [*buttons, *PLAIN_BUTTONS]
    _add_buttons(parts, sheets[start_sheet.NAME], _START_CODE, _on_start(start, everyone), 1)
    _add_buttons(parts, sheets[place.sheet], _TABLE_CODE, _beside_table(place, buttons), 2)
    add_code(parts, buttons, [_START_CODE, _TABLE_CODE], kind=MACRO_BOOK)
    return pack(parts)


def _on_start(start: start_sheet.Start, buttons: Sequence[AnyButton]) -> list[FormButton]:
    return [
        FormButton(
            button.name,
            button.text,
            start.buttons[button.name] - 1,
            start_sheet.BUTTON - 1,
            *start_sheet.BUTTON_BOX,
        )
        for button in buttons
    ]


def _beside_table(place: Place, buttons: Sequence[Button]) -> list[FormButton]:
    return [
        FormButton(
            button.name,
            button.text,
            place.row,
            place.column,
            8 + number * (_WIDTH + _GAP),
            6,
            _WIDTH,
            _HEIGHT,
        )
        for number, button in enumerate(buttons)
    ]


def _add_buttons(
    parts: Parts, sheet: str, code_name: str, buttons: Sequence[FormButton], number: int
) -> None:
    measures: Measures = form_buttons.measures_of(parts[sheet])
    drawing = f"vmlDrawing{number}.vml"
    parts[sheet] = form_buttons.with_buttons(parts[sheet], code_name)
    parts[f"xl/drawings/{drawing}"] = form_buttons.vml(buttons, measures, number)
    relations = sheet.replace("worksheets/", "worksheets/_rels/") + ".rels"
    if relations in parts:
        raise ValueError(f"{sheet} already has relations")
    parts[relations] = form_buttons.RELATION % drawing.encode()


def add_code(
    parts: Parts, buttons: Sequence[Button], sheets: Sequence[str], *, kind: bytes
) -> None:
    """Add the VBA project and the ribbon, and say what they are."""
    parts["xl/vbaProject.bin"] = project(
        modules(buttons, FUNCTIONS), written(WORKBOOK_CODE), sheets
    )
    parts[RIBBON] = ribbon(buttons, addin=kind != MACRO_BOOK)
    parts[_BOOK] = parts[_BOOK].replace(b"<workbookPr ", b'<workbookPr codeName="ThisWorkbook" ', 1)
    parts[_TYPES] = _typed(parts[_TYPES], kind)
    parts["_rels/.rels"] = _related(parts["_rels/.rels"], RIBBON_RELATION, RIBBON)
    parts[_BOOK_RELATIONS] = _related(
        parts[_BOOK_RELATIONS],
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "vbaProject.bin",
    )


def _typed(types: bytes, kind: bytes) -> bytes:
    new = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    if kind == MACRO_BOOK:
        drawing = b"application/vnd.openxmlformats-officedocument.vmlDrawing"
        new += b'<Default Extension="vml" ContentType="%s"/>' % drawing
    at = types.index(b"<Override")
    return (types[:at] + new + types[at:]).replace(PLAIN_BOOK, kind)


def _related(relations: bytes, kind: str, target: str) -> bytes:
    numbers = [int(number) for number in re.findall(rb'Id="rId(\d+)"', relations)]
    new = f'<Relationship Id="rId{max(numbers) + 1}" Type="{kind}" Target="{target}"/>'
    return relations.replace(b"</Relationships>", new.encode() + b"</Relationships>")
