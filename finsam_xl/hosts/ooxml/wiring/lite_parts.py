"""The parts of a package that make xlwings Lite open with a workbook, its code inside.

Names, ids and types are those of [MS-OWEXML] and of workbooks that Lite itself has saved.
Lite keeps its settings as JSON; ``main.py`` is one string among them.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from xml.sax.saxutils import escape

from finsam_xl.hosts.ooxml.packageparts import REL
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.xmlspans import Patch, patched, tree

_EXTENSION = "application/vnd.ms-office.webextension+xml"
_PANES = "application/vnd.ms-office.webextensiontaskpanes+xml"
_TO_PANES = "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"
_TO_EXTENSION = "http://schemas.microsoft.com/office/2011/relationships/webextension"
_ADD_IN = "wa200008175"
_FAMILY = uuid.UUID("6f4c0a51-5b0e-4d0e-9a53-3a1d5b3f8c11")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CUSTOM_FUNCTIONS = (
    '<we:extLst><a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'uri="{D87F86FE-615C-45B5-9D79-34F1136793EB}"><we:containsCustomFunctions/></a:ext>'
    "</we:extLst>"
)
_PANE = (
    '<wetp:taskpane{space} dockstate="right" visibility="1" width="420" row="{row}">'
    '<wetp:webextensionref xmlns:r="{rel}" r:id="{relation}"/></wetp:taskpane>'
)
_SPACE = ' xmlns:wetp="http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11"'
_OURS = re.compile(rb'name="main\.py" value="[^"]*from udfs\.lite import ')


def add(draft: Draft, workbook: str, settings: Mapping[str, str]) -> None:
    """Let Lite open with the workbook, beside other add-ins that do.

    ``workbook``: a name of its own; ``settings``: Lite's, texts by name.
    """
    extension = draft.free("xl/webextensions/webextension{}.xml")
    draft.put(extension, (HEAD + _extension(workbook, settings)).encode(), _EXTENSION)
    for panes in _panes(draft):
        root = tree(draft.read(panes), panes, 2)
        pane = _pane(draft, panes, extension, _SPACE, len(root.children))
        draft.insert(panes, root.close, pane.encode())
        return
    panes = draft.free("xl/webextensions/taskpanes{}.xml").replace("taskpanes1.", "taskpanes.")
    pane = _pane(draft, panes, extension, "", 0)
    whole = f"{HEAD}<wetp:taskpanes{_SPACE}>{pane}</wetp:taskpanes>"
    draft.put(panes, whole.encode(), _PANES)
    draft.relations().add(_TO_PANES, panes)


def _pane(draft: Draft, panes: str, extension: str, space: str, row: int) -> str:
    relation = draft.relations(panes).add(_TO_EXTENSION, extension)
    return _PANE.format(space=space, row=row, rel=REL, relation=relation)


def _panes(draft: Draft) -> list[str]:
    found = draft.relations().targets("webextensiontaskpanes")
    return [part for _, part in found if part in draft]


def extensions(draft: Draft) -> dict[str, bytes]:
    """The parts in which Lite keeps code in the workbook."""
    kinds = draft.types.parts
    found = {name: draft.read(name) for name in draft.names if kinds.get(f"/{name}") == _EXTENSION}
    return {name: data for name, data in found.items() if f'id="{_ADD_IN}"'.encode() in data}


def is_ours(extension: bytes) -> bool:
    """Whether the code in a part is ours."""
    return _OURS.search(extension) is not None


def remove(draft: Draft) -> None:
    """Take our code out, its task pane, and what holds panes where it was the only one."""
    for extension in [name for name, data in extensions(draft).items() if is_ours(data)]:
        for panes in _panes(draft):
            _remove_pane(draft, panes, extension)
        draft.remove(extension)


def _remove_pane(draft: Draft, panes: str, extension: str) -> None:
    ids = {rid for rid, part in draft.relations(panes).targets("webextension") if part == extension}
    data = draft.read(panes)
    children = tree(data, panes, 3).children
    gone = [n for n in children if any(inner.get("id") in ids for inner in n.children)]
    if len(gone) == len(children):
        draft.relations().remove_to(panes)
        draft.remove(panes)
        return
    draft.put(panes, patched(data, [Patch(node.start, node.end, b"") for node in gone]))
    draft.relations(panes).remove_to(extension)


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
