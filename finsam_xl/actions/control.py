"""The report sheet of a control, and which findings it leaves quiet because they are accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from finsam_xl.findings.places import Places
from finsam_xl.model import Finding, Ref
from finsam_xl.reading.finsam_sheet import own_sheets
from finsam_xl.report import control as report
from finsam_xl.report import control_marks
from finsam_xl.report.control_marks import Marks
from finsam_xl.report.control_reading import key_of, rows_of
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table


def marks(grid: Grid) -> Marks:
    """What people noted in the workbook's report of an earlier control.

    What they accepted is kept on the sheet *Finsam* too, where it counts once the report is gone.
    """
    found = [m for s in grid.sheets if s.owner == report.OWNER for m in control_marks.read(s)]
    known = {mark.key for mark in found}
    kept = [mark for sheet in own_sheets(grid) for mark in control_marks.read(sheet)]
    return (*found, *(mark for mark in kept if mark.is_accepted and mark.key not in known))


def accepted(grid: Grid) -> Marks:
    """What people accepted, by rows: those together that one row of the report told of."""
    rows = rows_of(mark for mark in marks(grid) if mark.is_accepted)
    return tuple(row[0]._replace(key=key_of(row)) for row in rows)


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
    tables: Sequence[Table] = (),
    association: str = "",
    file: str = "",
    today: date | None = None,
    user: str = "",
) -> SheetPlan:
    """The report sheet of all findings, accepted ones too; notes are taken over from the old one.

    ``tables``: those that were read; ``today`` and ``user``: when and by whom the control is run.
    """
    files = dict.fromkeys((file, *(one.file or file for one in findings)))
    areas = [Ref(table.real_sheet, table.range, file) for table in tables]
    sheets = [Ref(sheet.name, "", file) for sheet in grid.sheets]
    return report.build(
        findings,
        Places([*files], sheets, areas),
        association=association,
        run=run,
        checked=checked,
        marks=marks(grid),
        file=file,
        # A status that says when is one of accepting; a name alone would be none.
        stamp=", ".join(filter(None, (today.isoformat(), user))) if today else "",
    )
