"""The page that stands first where several reports are printed together: what each says, and where.

It is of the print alone: what it says of pages is not so in a workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finsam_xl.address import on_sheet
from finsam_xl.report import look
from finsam_xl.report.look import text_height
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import Role, SheetPlan

NAME, OWNER = "Innehåll", "innehall"
_TITLE = "Rapporter"
_HEADINGS = ("Rapport", "Det viktigaste", "Sida")
_LEAST_NAME, _MOST_NAME, _NAME_AND_ANSWER, _PAGES = 42.0, 84.0, 134.0, 8.0
_LINE, _PADDING = 30.0, 8.0
_SIZE = 11.0
_LARGER = 10 / _SIZE
"""How much less of a text goes on a line than in a table."""
_REPORT = look.LABEL._replace(size=_SIZE, bold=True, wrap=True)
_ANSWER = look.TEXT._replace(size=_SIZE)
_PAGE = look.FIGURE._replace(size=_SIZE)


def title(association: str) -> str:
    """What all the reports are called together; ``association``: whose they are, '' if unknown."""
    return ", ".join(filter(None, (_TITLE, association)))


def build(
    reports: Sequence[SheetPlan], pages: Mapping[str, int], *, association: str, run: str
) -> SheetPlan:
    """A line for each report: its title, which leads to it, its answer, and where it begins.

    ``pages``: the page each begins on, by the sheet's name; left open where nobody knows it.
    """
    names = {report.name: _said(report, look.TITLE) or report.name for report in reports}
    # A link on two lines does not look like one in every program: the answers give way.
    width = min(_MOST_NAME, look.label_width(names.values(), _LEAST_NAME * _LARGER) / _LARGER)
    rest = _NAME_AND_ANSWER - width
    sheet = ReportSheet((width, rest, _PAGES), "", one_page=True)
    sheet.head(_TITLE, (association,), run)
    sheet.headings(_HEADINGS, left=(2,))
    for report in reports:
        answer = answer_of(report)
        row = sheet.down(max(_LINE, _PADDING + text_height(answer, _LARGER * rest) / _LARGER))
        name = names[report.name]
        sheet.canvas.put(row, 1, name, _REPORT, link=on_sheet(report.name, "A1"))
        sheet.canvas.put(row, 2, answer or None, _ANSWER)
        sheet.canvas.put(row, 3, pages.get(report.name), _PAGE)
    return sheet.plan(NAME, OWNER)


def expected(reports: Sequence[SheetPlan]) -> dict[str, int]:
    """The page each report begins on behind this one, if every page ends where it is meant to."""
    begins, page = {}, 2
    for report in reports:
        begins[report.name] = page
        page += 1 + len(report.page.breaks)
    return begins


def answer_of(report: SheetPlan) -> str:
    """The sentence that stands first in a report; '' where it has none."""
    return _said(report, look.ANSWER)


def _said(report: SheetPlan, role: Role) -> str:
    """The first text that has some role in a report, '' where none has."""
    return next((str(cell.value) for cell in report.cells if cell.role == role and cell.value), "")
