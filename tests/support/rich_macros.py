"""The rich workbook with macros of its own: a project of hers, buttons on it, code names.

``build_many_buttons`` gives it eleven sheets more, each with a table, a note, and a button kept
in the four places where Excel keeps one: VML, the sheet's controls, their properties, a shape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import vba_project

from support.rich_workbook import (
    MARKUP,
    OFFICE_RELS,
    X14,
    _Package,
    _rels_of,
    build_rich_workbook,
)

KIND = "application/vnd.ms-office.vbaProject"
RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
HER_MODULE = """Attribute VB_Name = "HennesModul"
Option Explicit

Public Function HennesSumma(ByVal a As Double, ByVal b As Double) As Double
    HennesSumma = a + b
End Function

Public Sub RaknaOm()
    ThisWorkbook.Worksheets(1).Range("A20").Value = "kört"
End Sub
"""
HER_BOOK = """Option Explicit

Private Sub Workbook_BeforeClose(Cancel As Boolean)
    Cancel = False
End Sub
"""
BUTTON_SHEETS = tuple(f"Insats {number}" for number in range(1, 12))
_FIRST_BUTTON_SHEET = 5
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
_CONTROL_PROPERTIES = (
    '<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'objectType="Button" lockText="1"/>'
)
_CONTROLS = """<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x14"><controls>\
<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x14"><control shapeId="{shape}" \
r:id="{relation}" name="Button 1"><controlPr defaultSize="0" print="0" autoFill="0" \
autoPict="0" macro="[0]!RaknaOm"><anchor moveWithCells="1" sizeWithCells="1"><from>\
<xdr:col>8</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff>\
</from><to><xdr:col>10</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0\
</xdr:rowOff></to></anchor></controlPr></control></mc:Choice></mc:AlternateContent></controls>\
</mc:Choice></mc:AlternateContent>"""
_SHAPE = """<xdr:wsDr xmlns:xdr="{xdr}" xmlns:a="{a}"><mc:AlternateContent xmlns:mc="{mc}">\
<mc:Choice xmlns:a14="{a14}" Requires="a14"><xdr:twoCellAnchor><xdr:from><xdr:col>8</xdr:col>\
<xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to>\
<xdr:col>10</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff>\
</xdr:to><xdr:sp macro="[0]!RaknaOm" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{shape}" \
name="Button 1" hidden="1"><a:extLst><a:ext uri="{{63B3BB69-23CF-44E3-9099-C40C66FF867C}}">\
<a14:compatExt spid="_x0000_s{shape}"/></a:ext></a:extLst></xdr:cNvPr><xdr:cNvSpPr/>\
</xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm><a:prstGeom \
prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp><xdr:clientData fPrintsWithSheet="0"/>\
</xdr:twoCellAnchor></mc:Choice></mc:AlternateContent></xdr:wsDr>"""


def build_many_buttons(path: Path) -> None:
    """Write the workbook with a button of hers on eleven sheets more."""
    build_rich_macros(path, more=BUTTON_SHEETS)
    package = _Package(path.read_bytes())
    for number, _ in enumerate(BUTTON_SHEETS, start=1):
        _as_excel_keeps_it(package, number)
    package.save(path)


def _as_excel_keeps_it(package: _Package, number: int) -> None:
    """Put a sheet's button among its controls and into a drawing as well."""
    part = f"xl/worksheets/sheet{_FIRST_BUTTON_SHEET - 1 + number}.xml"
    vml = re.search(rb"drawings/(vmlDrawing\d+\.vml)", package.parts[_rels_of(part)])
    assert vml is not None
    shapes = package.parts[f"xl/drawings/{vml[1].decode()}"]
    shape = re.findall(rb'<v:shape id="_x0000_s(\d+)" type="#_x0000_t201"', shapes)[0].decode()
    office = "application/vnd.openxmlformats-officedocument.drawing+xml"
    drawing, properties = f"drawings/drawing{number + 2}.xml", f"ctrlProps/ctrlProp{number}.xml"
    filled = _SHAPE.format(xdr=_XDR, a=_A, a14=_A14, mc=MARKUP, shape=shape)
    package.add(f"xl/{drawing}", filled, office)
    package.add(
        f"xl/{properties}", _CONTROL_PROPERTIES, "application/vnd.ms-excel.controlproperties+xml"
    )
    shown = package.relate(part, f"{OFFICE_RELS}/drawing", f"../{drawing}")
    control = package.relate(part, f"{OFFICE_RELS}/ctrlProp", f"../{properties}")
    spaces = (
        f'<worksheet xmlns:xdr="{_XDR}" xmlns:x14="{X14}" xmlns:mc="{MARKUP}" mc:Ignorable="x14" '
    )
    package.replace(part, "<worksheet ", spaces)
    package.replace(part, "<legacyDrawing ", f'<drawing r:id="{shown}"/><legacyDrawing ')
    listed = _CONTROLS.format(mc=MARKUP, shape=shape, relation=control)
    end = "<tableParts" if b"<tableParts" in package.parts[part] else "</worksheet>"
    package.replace(part, end, f"{listed}{end}")


def build_rich_macros(
    path: Path,
    modules: Mapping[str, str] | None = None,
    project: bytes | None = None,
    *,
    more: Sequence[str] = (),
) -> None:
    """Write the workbook; ``modules``: her own, else one; ``project``: hers, compiled.

    ``more``: sheets with a table and a button.
    """
    build_rich_workbook(path, more)
    package = _Package(path.read_bytes())
    codes = {number: f"Blad{number}" for number in (1, 2)}
    codes |= {_FIRST_BUTTON_SHEET + n: f"Insats{n + 1}" for n in range(len(more))}
    held = modules or {"HennesModul": HER_MODULE}
    made = project or vba_project.project(held, HER_BOOK, tuple(codes.values()))
    package.add("xl/vbaProject.bin", made, KIND)
    package.relate("xl/workbook.xml", RELATION, "vbaProject.bin")
    package.replace("xl/workbook.xml", "<workbookPr ", '<workbookPr codeName="ThisWorkbook" ')
    types = "[Content_Types].xml"
    package.replace(
        types,
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    for number, name in codes.items():
        part = f"xl/worksheets/sheet{number}.xml"
        text = package.parts[part].decode()
        first = f'<sheetPr codeName="{name}"'
        if "<sheetPr" in text:
            package.replace(part, "<sheetPr", first)
        else:
            package.replace(part, "<dimension ", f"{first}/><dimension ")
    package.save(path)
