"""The hidden sheet *Finsam-logg*: a row for each run, each sheet made and each cell changed."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model import Ref
from finsam_xl.reading.run_log import FRESH, HEADINGS, NAME, OWNER, Entry
from finsam_xl.report import look
from finsam_xl.report.axes import Canvas
from finsam_xl.report.story import link
from finsam_xl.sheetplan import Page, Role, SheetPlan
from finsam_xl.sheets.grid import Value

_WIDTHS = (
    22.0, 17.0, 16.0, 16.0, 22.0, 7.0, 28.0, 20.0, 14.0, 14.0, 50.0, 24.0, 24.0, 8.0, 8.0, 8.0,
    22.0, 9.0, 14.0,
)  # fmt: skip
_CELL = Role(size=9)
_TITLE_ROW, _FIRST = 1, 3
_PLACE = HEADINGS.index("Cell") + 1
_ABOUT = (
    "Vad programmet har skrivit i boken, det äldsta först. Bladet behövs för att en ny körning ska "
    "veta vilka siffror som är programmets och för att en körning ska gå att ångra; ändra det inte."
)


def build(log: Sequence[Entry]) -> SheetPlan:
    """The sheet of a log."""
    canvas = Canvas()
    canvas.put(_TITLE_ROW, 1, "Finsam – logg", look.TITLE, height=30.0)
    canvas.put(_TITLE_ROW + 1, 1, _ABOUT, look.SUBTITLE)
    for column, heading in enumerate(HEADINGS, 1):
        canvas.put(_FIRST, column, heading, look.HEADING)
    for row, entry in enumerate(log, _FIRST + 1):
        for column, value in enumerate(_values(entry), 1):
            if value is not None and value != "":
                is_place = column == _PLACE and bool(entry.cell)
                where = link(Ref(entry.sheet, entry.cell)) if is_place else ""
                canvas.put(row, column, value, _CELL, link=where)
    # What tells of its length would make every run change the workbook part as well.
    page = Page(last_row=_FIRST, last_column=len(HEADINGS))
    return canvas.plan(NAME, OWNER, _WIDTHS, page)._replace(is_hidden=True, tab="")


def _values(entry: Entry) -> tuple[Value, ...]:
    return (*entry[:15], FRESH if entry.is_fresh else "", *entry[16:])
