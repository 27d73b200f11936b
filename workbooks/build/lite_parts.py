"""The parts of a package that make xlwings Lite open with a workbook, its code inside.

Names, ids and types are those of [MS-OWEXML] and of workbooks that Lite itself has saved.
Lite keeps its settings as JSON; ``main.py`` is one string among them.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from xml.sax.saxutils import escape

EXTENSION = "xl/webextensions/webextension1.xml"
PANES = "xl/webextensions/taskpanes.xml"
CONTENT_TYPES: Mapping[str, str] = {
    EXTENSION: "application/vnd.ms-office.webextension+xml",
    PANES: "application/vnd.ms-office.webextensiontaskpanes+xml",
}
PANES_RELATION = "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"
_PANES_RELATIONS = "xl/webextensions/_rels/taskpanes.xml.rels"
_ADD_IN = "wa200008175"
_FAMILY = uuid.UUID("6f4c0a51-5b0e-4d0e-9a53-3a1d5b3f8c11")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CUSTOM_FUNCTIONS = (
    '<we:extLst><a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'uri="{D87F86FE-615C-45B5-9D79-34F1136793EB}"><we:containsCustomFunctions/></a:ext>'
    "</we:extLst>"
)
_PANE = (
    '<wetp:taskpanes xmlns:wetp="http://schemas.microsoft.com/office/webextensions/taskpanes/'
    '2010/11"><wetp:taskpane dockstate="right" visibility="1" width="420" row="0">'
    '<wetp:webextensionref xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships" r:id="rId1"/></wetp:taskpane></wetp:taskpanes>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.microsoft.com/office/2011/relationships/webextension" '
    'Target="webextension1.xml"/></Relationships>'
)


def parts(workbook: str, settings: Mapping[str, str]) -> dict[str, bytes]:
    """The new parts; ``workbook``: a name of its own, ``settings``: Lite's, texts by name."""
    texts = {
        EXTENSION: _extension(workbook, settings),
        PANES: _PANE,
        _PANES_RELATIONS: _RELATIONS,
    }
    return {name: (HEAD + text).encode() for name, text in texts.items()}


def _extension(workbook: str, settings: Mapping[str, str]) -> str:
    instance = str(uuid.uuid5(_FAMILY, workbook)).upper()
    reference = f'<we:reference id="{_ADD_IN}" version="1.0.0.0" store="{{}}" storeType="OMEX"/>'
    stored: dict[str, object] = {**settings, "Office.AutoShowTaskpaneWithDocument": True}
    properties = "".join(
        f'<we:property name="{name}" value="{escaped(json.dumps(value, ensure_ascii=False))}"/>'
        for name, value in stored.items()
    )
    return (
        '<we:webextension xmlns:we="http://schemas.microsoft.com/office/webextensions/'
        f'webextension/2010/11" id="{{{instance}}}">{reference.format("en-US")}'
        f"<we:alternateReferences>{reference.format(_ADD_IN)}</we:alternateReferences>"
        f"<we:properties>{properties}</we:properties><we:bindings/>"
        '<we:snapshot xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships"/>{_CUSTOM_FUNCTIONS}</we:webextension>'
    )


def escaped(text: str) -> str:
    """A text as it stands in XML, also within quotes."""
    return escape(text, {'"': "&quot;"})
