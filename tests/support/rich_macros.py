"""The rich workbook with macros of its own: a project of hers, buttons on it, code names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import vba_project

from support.rich_workbook import _Package, build_rich_workbook

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
SHEETS = ("Blad1", "Blad2")


def build_rich_macros(
    path: Path, modules: Mapping[str, str] | None = None, project: bytes | None = None
) -> None:
    """Write the workbook; ``modules``: her own, else one; ``project``: hers, compiled."""
    build_rich_workbook(path)
    package = _Package(path.read_bytes())
    made = project or vba_project.project(modules or {"HennesModul": HER_MODULE}, HER_BOOK, SHEETS)
    package.add("xl/vbaProject.bin", made, KIND)
    package.relate("xl/workbook.xml", RELATION, "vbaProject.bin")
    package.replace("xl/workbook.xml", "<workbookPr ", '<workbookPr codeName="ThisWorkbook" ')
    types = "[Content_Types].xml"
    package.replace(
        types,
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    for number, name in enumerate(SHEETS, start=1):
        part = f"xl/worksheets/sheet{number}.xml"
        text = package.parts[part].decode()
        first = f'<sheetPr codeName="{name}"'
        if "<sheetPr" in text:
            package.replace(part, "<sheetPr", first)
        else:
            package.replace(part, "<dimension ", f"{first}/><dimension ")
    package.save(path)
