"""How a report sheet prints: what xlwings reaches everywhere, and the rest on the desktop."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from finsam_xl.address import span
from finsam_xl.hosts.excel.reading import is_remote
from finsam_xl.hosts.excel.steps import Step
from finsam_xl.sheetplan import Page, SheetPlan

_PORTRAIT, _LANDSCAPE, _A4 = 1, 2, 9
_POINTS_PER_INCH = 72
_NOT_HERE = (
    "Liggande sida, upprepade rubrikrader och sidfot kan inte ställas in härifrån; "
    "välj dem under Sidlayout före utskrift."
)


def page_steps(sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    """Print area everywhere; paper, margins, footer, titles and breaks where Excel's own API is."""
    page = plan.page
    area = span(1, 1, page.last_row, page.last_column)
    yield Step(partial(setattr, sheet.page_setup, "print_area", area), note=_NOT_HERE)
    yield Step(partial(_set_up, sheet, page), note=_NOT_HERE)


def _set_up(sheet: Any, page: Page) -> None:
    if is_remote(sheet.book):
        raise NotImplementedError
    setup = sheet.page_setup.api
    setup.PaperSize = _A4
    setup.Orientation = _LANDSCAPE if page.landscape else _PORTRAIT
    for side, inches in {"Left": 0.5, "Right": 0.5, "Top": 0.5, "Bottom": 0.65}.items():
        setattr(setup, f"{side}Margin", inches * _POINTS_PER_INCH)
    setup.Zoom = False
    setup.FitToPagesWide = 1
    setup.FitToPagesTall = page.pages_high or False
    setup.LeftFooter = "&8" + page.footer_left.replace("&", "&&")
    setup.RightFooter = "&8Sida &P av &N"
    if page.title_rows:
        first, last = page.title_rows
        setup.PrintTitleRows = f"${first}:${last}"
    sheet.api.ResetAllPageBreaks()
    for row in page.breaks:
        sheet.api.HPageBreaks.Add(sheet.api.Range(f"A{row}"))
