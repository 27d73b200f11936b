"""How a report sheet prints: paper, margins, footer, repeated rows and breaks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from finsam_xl.hosts.calc.edits import part
from finsam_xl.hosts.opened.looks import FONT
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.sheetplan import BOTTOM, FOOT_SIZE, SIDES, TOP, Page

_LONG, _SHORT = 29_700, 21_000
"""A4 in hundredths of a millimetre."""
_PER_INCH, _FOOT = 2_540, 760
"""Hundredths of a millimetre: an inch, and the paper's edge to the footer in the margin below."""
_NOT_HERE = "Sidan gick inte att ställa in; välj papper och sidfot under Format, Sidformatmall."


def page_steps(document: Any, sheet: Any, page: Page) -> Iterator[Step]:
    """What is printed, and on what."""
    printed = part(sheet, (1, 1, page.last_row, page.last_column)).getRangeAddress()
    yield Step(partial(sheet.setPrintAreas, (printed,)))
    yield Step(partial(_set_up, document, sheet, page), note=_NOT_HERE)
    for row in page.breaks:
        yield Step(partial(setattr, sheet.Rows.getByIndex(row - 1), "IsStartOfNewPage", True))
    if page.title_rows:
        first, last = page.title_rows
        yield Step(partial(sheet.setTitleRows, part(sheet, (first, 1, last, 1)).getRangeAddress()))
        yield Step(partial(sheet.setPrintTitleRows, True))


def _set_up(document: Any, sheet: Any, page: Page) -> None:
    """A page style of the sheet's own."""
    styles = document.StyleFamilies.getByName("PageStyles")
    name = f"Finsam {sheet.Name}"
    if not styles.hasByName(name):
        styles.insertByName(name, document.createInstance("com.sun.star.style.PageStyle"))
    style = styles.getByName(name)
    style.IsLandscape = page.landscape
    style.Width, style.Height = (_LONG, _SHORT) if page.landscape else (_SHORT, _LONG)
    style.LeftMargin = style.RightMargin = round(SIDES * _PER_INCH)
    style.TopMargin = round(TOP * _PER_INCH)
    style.HeaderIsOn, style.FooterIsOn = False, True
    style.BottomMargin, style.FooterIsDynamicHeight = _FOOT, False
    style.FooterHeight = round(BOTTOM * _PER_INCH) - _FOOT
    style.ScaleToPagesX, style.ScaleToPagesY = 1, page.pages_high
    _footer(document, style, page.footer_left)
    sheet.PageStyle = name


def _footer(document: Any, style: Any, left: str) -> None:
    """What stands at the foot: the report to the left, the page's number to the right."""
    content = style.RightPageFooterContent
    content.LeftText.setString(left)
    content.CenterText.setString("")
    text = content.RightText
    text.setString("Sida ")
    for kind, after in (("PageNumber", " av "), ("PageCount", "")):
        field = document.createInstance(f"com.sun.star.text.TextField.{kind}")
        text.insertTextContent(text.getEnd(), field, False)
        text.getEnd().setString(after)
    for side in (content.LeftText, text):
        cursor = side.createTextCursor()
        cursor.gotoEnd(True)
        cursor.CharFontName, cursor.CharHeight = FONT, float(FOOT_SIZE)
    style.RightPageFooterContent = content
