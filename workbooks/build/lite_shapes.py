"""The buttons on *Start* in a Lite workbook: shapes that link to the cell behind them.

Lite looks for a shape by the name of its button, and watches the cell that it links to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lite_parts import HEAD, escaped
from start_sheet import BUTTON, BUTTON_BOX

from finsam_xl.actions.buttons import Button
from finsam_xl.address import fixed
from finsam_xl.palette import ACCENT

DRAWING = "xl/drawings/drawing1.xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_DRAWING_RELATIONS = "xl/drawings/_rels/drawing1.xml.rels"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
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
    '<xdr:txBody><a:bodyPr wrap="square" rtlCol="0" anchor="ctr"/><a:lstStyle/>'
    '<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="sv-SE" sz="1100" b="1">'
    '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:latin typeface="Calibri"/>'
    '<a:cs typeface="Calibri"/></a:rPr><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    "<xdr:clientData/></xdr:oneCellAnchor>"
)


def parts(sheet: str, buttons: Iterable[Button], cells: Mapping[str, str]) -> dict[str, bytes]:
    """The shapes and what they lead to; ``sheet``: its part, ``cells``: by button, as Start!B9."""
    shapes, links = [], []
    for number, button in enumerate(buttons, start=1):
        place = cells[button.name]
        shapes.append(_shape(number, button, int(place.rpartition("!B")[2])))
        links.append((f"{_REL}/hyperlink", f"#{fixed(place)}"))
    drawing = f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}" xmlns:r="{_REL}">'
    return {
        sheet.replace("worksheets/", "worksheets/_rels/") + ".rels": _relations(
            [(f"{_REL}/drawing", "../drawings/drawing1.xml")]
        ),
        DRAWING: f"{HEAD}{drawing}{''.join(shapes)}</xdr:wsDr>".encode(),
        _DRAWING_RELATIONS: _relations(links),
    }


def with_shapes(sheet: bytes) -> bytes:
    """The sheet part with its relation to the shapes, which comes last in it."""
    return sheet.replace(b"</worksheet>", b'<drawing r:id="rId1"/></worksheet>')


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


def _relations(links: Iterable[tuple[str, str]]) -> bytes:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{relations}</Relationships>'.encode()
