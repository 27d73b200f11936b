"""The buttons on *Start* in a Lite workbook: shapes that link to the cell behind them.

Lite looks for a shape by the name of its button, and watches the cell that it links to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from finsam_xl.actions.buttons import Button
from finsam_xl.address import fixed
from finsam_xl.hosts.ooxml.packageparts import REL, REL_PART, relations_part
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.wiring.lite_parts import HEAD, escaped
from finsam_xl.palette import ACCENT
from finsam_xl.report.start_sheet import BUTTON, BUTTON_BOX

_KIND = "application/vnd.openxmlformats-officedocument.drawing+xml"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_PIXEL = 9525
_SHAPE = (
    "<xdr:oneCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>{left}</xdr:colOff>"
    "<xdr:row>{row}</xdr:row><xdr:rowOff>{top}</xdr:rowOff></xdr:from>"
    '<xdr:ext cx="{width}" cy="{height}"/>'
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{id}" name="{name}" descr="{tip}">'
    '<a:hlinkClick r:id="rId{number}" tooltip="{text}"/></xdr:cNvPr><xdr:cNvSpPr/></xdr:nvSpPr>'
    '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln><a:noFill/></a:ln></xdr:spPr>'
    '<xdr:txBody><a:bodyPr wrap="square" tIns="0" bIns="0" rtlCol="0" anchor="ctr"/><a:lstStyle/>'
    '<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="sv-SE" sz="1100" b="1">'
    '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:latin typeface="Calibri"/>'
    '<a:cs typeface="Calibri"/></a:rPr><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    "<xdr:clientData/></xdr:oneCellAnchor>"
)


def add(draft: Draft, sheet: str, buttons: Iterable[Button], cells: Mapping[str, str]) -> None:
    """Put the shapes on our sheet; ``sheet``: its part, ``cells``: by button, as Start!B9."""
    shapes, links = [], []
    for number, button in enumerate(buttons, start=1):
        place = cells[button.name]
        shapes.append(_shape(number, button, int(place.rpartition("!B")[2])))
        links.append(
            f'<Relationship Id="rId{number}" Type="{REL}/hyperlink" Target="#{fixed(place)}"/>'
        )
    drawing = draft.free("xl/drawings/drawing{}.xml")
    root = f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}" xmlns:r="{REL}">'
    draft.put(drawing, f"{HEAD}{root}{''.join(shapes)}</xdr:wsDr>".encode(), _KIND)
    led = f'{HEAD}<Relationships xmlns="{REL_PART}">{"".join(links)}</Relationships>'
    draft.put(relations_part(drawing), led.encode())
    relation = draft.relations(sheet).add("drawing", drawing)
    data = draft.read(sheet)
    new = f'<drawing r:id="{relation}"/></worksheet>'.encode()
    draft.put(sheet, data.replace(b"</worksheet>", new))


def _shape(number: int, button: Button, row: int) -> str:
    left, top, width, height = (_PIXEL * size for size in BUTTON_BOX)
    return _SHAPE.format(
        column=BUTTON - 1,
        row=row - 1,
        left=left,
        top=top,
        width=width,
        height=height,
        id=number + 1,
        number=number,
        name=button.name,
        text=escaped(button.text),
        tip=escaped(f"Knapp: {button.text}. {button.tip}"),
        fill=ACCENT.removeprefix("#"),
    )
