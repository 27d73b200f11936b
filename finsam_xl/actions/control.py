"""The report sheet of a control, and which findings it leaves quiet because they are accepted."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model import Finding
from finsam_xl.reading.finsam_sheet import own_sheets
from finsam_xl.report import control as report
from finsam_xl.report import control_marks
from finsam_xl.report.control_marks import Marks
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid


def marks(grid: Grid) -> Marks:
    """What people noted in the workbook's report of an earlier control.

    What they accepted is kept on the sheet *Finsam* too, where it counts once the report is gone.
    """
    found = [m for s in grid.sheets if s.owner == report.OWNER for m in control_marks.read(s)]
    known = {mark.key for mark in found}
    kept = [mark for sheet in own_sheets(grid) for mark in control_marks.read(sheet)]
    return (*found, *(mark for mark in kept if mark.is_accepted and mark.key not in known))


def apply(
    grid: Grid, findings: Sequence[Finding], *, file: str = ""
) -> tuple[list[Finding], list[Finding]]:
    """The findings to tell, and those that are accepted in the workbook as they are.

    ``file``: as the findings of this workbook name it, where several are checked together.
    """
    return control_marks.apply(marks(grid), findings, file)


def control(
    grid: Grid,
    findings: Sequence[Finding],
    checked: int,
    run: str,
    *,
    association: str = "",
    file: str = "",
) -> SheetPlan:
    """The report sheet of all findings, accepted ones too; notes are taken over from the old one.

    Sheets come in the workbook's order, those of other files and the whole workbook last.
    """
    places = {sheet.name: number for number, sheet in enumerate(grid.sheets)}

    def place(finding: Finding) -> tuple[bool, int]:
        is_elsewhere = bool(finding.file) and finding.file != file
        return is_elsewhere, places.get(finding.sheet or "", len(places))

    return report.build(
        sorted(findings, key=place),
        association=association,
        run=run,
        checked=checked,
        marks=marks(grid),
        file=file,
    )
