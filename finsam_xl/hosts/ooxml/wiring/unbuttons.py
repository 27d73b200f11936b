"""Taking our form buttons off a sheet, as we wrote them and as Excel writes them again.

Excel keeps a button in four places: the VML, a list of controls in the sheet, the properties
of each control, and a shape in the drawing for programs that know no VML.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS
from finsam_xl.hosts.ooxml.wiring.buttons import legacy
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.xmlspans import tree

_SHAPE = re.compile(rb"<v:shape\s(?:(?!</v:shape>).)*</v:shape>\s*", re.DOTALL)
_OURS = re.compile(
    rb"""(?:FmlaMacro>|\bmacro=["'])[^<"']*[!.](?:%s)["'<]"""
    % b"|".join(button.name.encode() for button in (*BUTTONS, *PLAIN_BUTTONS))
)
_WRAPPED = rb"<mc:AlternateContent\b(?:(?!</?mc:AlternateContent).)*</mc:AlternateContent>\s*"
_CONTROL = re.compile(rb"(?:%s|<control\s(?:(?!</control>).)*</control>)" % _WRAPPED, re.DOTALL)
_ANCHOR = re.compile(rb"(?:%s)" % _WRAPPED, re.DOTALL)
_NO_CONTROLS = re.compile(
    rb"(<mc:AlternateContent\b[^>]*>\s*<mc:Choice\b[^>]*>\s*)?<controls>\s*</controls>"
    rb"(?(1)\s*</mc:Choice>\s*(?:<mc:Fallback\s*/>\s*)?</mc:AlternateContent>)"
)
_ID = re.compile(rb"""\br:id=["']([^"']+)["']""")


Goes = Callable[[bytes], object]
"""Whether the element of a control goes, in the VML, the sheet's list or the drawing."""


def remove(draft: Draft, sheet: str, goes: Goes = _OURS.search) -> None:
    """Take our buttons off the sheet of a part, or the controls that are told; others stay."""
    data = draft.read(sheet)
    if b"legacyDrawing" not in data:
        return
    vml = legacy(draft, sheet)
    if vml is not None and vml in draft:
        _remove_shapes(draft, sheet, vml, goes)
    _remove_controls(draft, sheet, goes)
    for _, drawing in draft.relations(sheet).targets("drawing"):
        if drawing in draft:
            held = draft.read(drawing)
            rest = _without(held, _ANCHOR, goes)
            if rest != held:
                draft.put(drawing, rest)


def shapes(vml: bytes) -> list[bytes]:
    """The elements of the shapes in VML."""
    return _SHAPE.findall(vml)


def _without(data: bytes, kind: re.Pattern[bytes], goes: Goes) -> bytes:
    return kind.sub(lambda found: b"" if goes(found[0]) else found[0], data)


def _remove_shapes(draft: Draft, sheet: str, vml: str, goes: Goes) -> None:
    data = draft.read(vml)
    rest = _without(data, _SHAPE, goes)
    if rest == data:
        return
    if _SHAPE.search(rest):
        draft.put(vml, rest)
        return
    held = draft.read(sheet)
    node = tree(held, sheet, 2).child("legacyDrawing")
    if node is not None:
        draft.put(sheet, held[: node.start] + held[node.end :])
    draft.relations(sheet).remove_to(vml)
    draft.remove(vml)


def _remove_controls(draft: Draft, sheet: str, goes: Goes) -> None:
    data = draft.read(sheet)
    gone = [found[0] for found in _CONTROL.finditer(data) if goes(found[0])]
    if not gone:
        return
    relations = draft.relations(sheet)
    properties = {**dict(relations.targets("ctrlProp")), **dict(relations.targets("control"))}
    for control in gone:
        for relation in _ID.findall(control):
            part = properties.get(relation.decode())
            if part is not None:
                relations.remove_to(part)
                draft.remove(part)
    draft.put(sheet, _NO_CONTROLS.sub(b"", _without(data, _CONTROL, goes)))
