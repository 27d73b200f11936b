"""Form-control buttons on a sheet, in the VML part that Excel reads them from.

A sheet that has such a part, for comments or buttons of its own, gets ours beside them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.packageparts import REL
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.wiring.geometry import Measures
from finsam_xl.hosts.ooxml.xmlspans import parser, run, tree
from finsam_xl.records import NamedTuple

VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
AFTER_LEGACY = {
    "legacyDrawingHF", "picture", "oleObjects", "controls", "AlternateContent",
    "webPublishItems", "tableParts", "extLst",
}  # fmt: skip
"""What stands after the VML's relation in a sheet part."""
_IDS_PER_BLOCK = 1024
_BLOCKS = re.compile(rb"""<o:idmap\b[^>]*?\bdata\s*=\s*["'](\d{1,9}(?:[, ]+\d{1,9})*)["']""")
_IDS = re.compile(rb"_x0000_s(\d{1,9})\b")
_TYPE = (
    '<v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path shadowok="f" o:extrusionok="f" strokeok="f" fillok="f" o:connecttype="rect"/>'
    '<o:lock v:ext="edit" shapetype="t"/></v:shapetype>'
)
_WHOLE = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{block}"/></o:shapelayout>{shapes}</xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t201" alt="{text}" '
    'style="position:absolute;margin-left:{x}pt;margin-top:{y}pt;width:{wide}pt;'
    'height:{high}pt;z-index:{order};mso-wrap-style:tight" o:button="t" '
    'fillcolor="buttonFace [67]" strokecolor="windowText [64]" o:insetmode="auto">'
    '<v:fill color2="buttonFace [67]" o:detectmouseclick="t"/>'
    '<o:lock v:ext="edit" rotation="t"/>'
    '<v:textbox style="mso-direction-alt:auto" o:singleclick="f"><div style="text-align:center">'
    '<font face="Calibri" size="220" color="#000000">{text}</font></div></v:textbox>'
    '<x:ClientData ObjectType="Button"><x:Anchor>{anchor}</x:Anchor>'
    "<x:PrintObject>False</x:PrintObject><x:AutoFill>False</x:AutoFill>"
    "<x:FmlaMacro>[0]!{macro}</x:FmlaMacro><x:TextHAlign>Center</x:TextHAlign>"
    "<x:TextVAlign>Center</x:TextVAlign></x:ClientData></v:shape>"
)


class FormButton(NamedTuple):
    """A button: its macro and text, and its left edge, top, width and height in pixels."""

    macro: str
    text: str
    left: int
    top: int
    width: int
    height: int


def add(draft: Draft, sheet: str, buttons: Sequence[FormButton], measures: Measures) -> bool:
    """Put buttons on the sheet of a part; False where its drawing has no way to hold them."""
    root = tree(draft.read(sheet), sheet, 2)
    if root.child("legacyDrawing") is None:
        _add_part(draft, sheet, buttons, measures)
        return True
    known = legacy(draft, sheet)
    if known is None or known not in draft:
        return False
    data = draft.read(known)
    number = _next_id(data)
    at = data.rfind(b"</xml>")
    if number is None or at < 0 or not _is_sound(data, known):
        return False
    kind = "" if b'"_x0000_t201"' in data else _TYPE
    draft.insert(known, at, (kind + _shapes(buttons, measures, number)).encode())
    return True


def legacy(draft: Draft, sheet: str) -> str | None:
    """The VML part that a sheet has its comments and buttons in."""
    node = tree(draft.read(sheet), sheet, 2).child("legacyDrawing")
    if node is None:
        return None
    return dict(draft.relations(sheet).targets("vmlDrawing")).get(node.get("id") or "")


def _add_part(draft: Draft, sheet: str, buttons: Sequence[FormButton], measures: Measures) -> None:
    vml = draft.free("xl/drawings/vmlDrawing{}.vml")
    block = _free_block(draft)
    shapes = _TYPE + _shapes(buttons, measures, block * _IDS_PER_BLOCK + 1)
    draft.put(vml, _WHOLE.format(block=block, shapes=shapes).encode(), VML)
    relation = draft.relations(sheet).add("vmlDrawing", vml)
    root = tree(draft.read(sheet), sheet, 2)
    at = next((node.start for node in root.children if node.local in AFTER_LEGACY), root.close)
    declared = f'xmlns:r="{REL}" ' if root.attributes.get("xmlns:r") != REL else ""
    draft.insert(sheet, at, f'<{root.prefix}legacyDrawing {declared}r:id="{relation}"/>'.encode())


def _is_sound(data: bytes, part: str) -> bool:
    """Whether a VML part is XML: Excel itself may write it with unclosed tags."""
    try:
        run(parser(part), data, part)
    except WorkbookError:
        return False
    return True


def _free_block(draft: Draft) -> int:
    """The number that no other drawing's shapes begin with."""
    taken = {
        int(number)
        for name in draft.names
        if name.lower().endswith(".vml")
        for blocks in _BLOCKS.findall(draft.read(name))
        for number in blocks.replace(b",", b" ").split()
    }
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _next_id(vml: bytes) -> int | None:
    """The number after the last shape's in the block of a VML part."""
    blocks = [
        int(number)
        for found in _BLOCKS.findall(vml)
        for number in found.replace(b",", b" ").split()
    ]
    if not blocks:
        return None
    first = blocks[-1] * _IDS_PER_BLOCK
    used = [n for n in map(int, _IDS.findall(vml)) if first <= n < first + _IDS_PER_BLOCK]
    number = max(used, default=first) + 1
    return number if number + 16 < first + _IDS_PER_BLOCK else None


def _shapes(buttons: Iterable[FormButton], measures: Measures, first: int) -> str:
    return "".join(
        _shape(button, measures, first + order, order + 1) for order, button in enumerate(buttons)
    )


def _shape(button: FormButton, measures: Measures, number: int, order: int) -> str:
    left, top = measures.column_at(button.left), measures.row_at(button.top)
    right = measures.column_at(button.left + button.width)
    bottom = measures.row_at(button.top + button.height)
    sizes = (button.left, button.top, button.width, button.height)
    x, y, wide, high = (f"{size * 0.75:g}" for size in sizes)
    return _SHAPE.format(
        number=number,
        order=order,
        text=escape(button.text, {'"': "&quot;"}),
        macro=button.macro,
        anchor=", ".join(map(str, (*left, *top, *right, *bottom))),
        x=x,
        y=y,
        wide=wide,
        high=high,
    )
