"""A report sheet drawn through the xlwings API, to look as the file host's does.

Values go in one block. Formats go attribute by attribute: what most cells share is set
once for the whole sheet, and what differs by rectangles, so that the number of calls
depends on the look of the report and not on its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from finsam_xl.address import a1, fixed, letters, on_sheet, span
from finsam_xl.hosts.excel.charts import chart_steps
from finsam_xl.hosts.excel.reading import is_remote
from finsam_xl.hosts.excel.values import to_excel
from finsam_xl.hosts.opened import looks
from finsam_xl.hosts.opened.blocks import Place, rectangles
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.sheetplan import BOTTOM, FOOT_SIZE, SIDES, TOP, Page, Role, SheetPlan

_PIXELS_PER_CHARACTER, _PADDING, _POINTS_PER_PIXEL = 7, 5, 0.75

_Apply = Callable[[Any, Any], object]


def _font(attribute: str) -> _Apply:
    return lambda cells, value: setattr(cells.font, attribute, value)


def _cell(attribute: str) -> _Apply:
    return lambda cells, value: setattr(cells, attribute, value)


_ATTRIBUTES: dict[str, _Apply] = {
    "size": _font("size"),
    "ink": _font("color"),
    "bold": _font("bold"),
    "italic": _font("italic"),
    "fill": _cell("color"),
    "number": _cell("number_format"),
    "align": _cell("horizontal_alignment"),
    "valign": _cell("vertical_alignment"),
    "wrap": _cell("wrap_text"),
}


def render(sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    """Everything to do on an empty sheet."""
    roles = looks.roles(plan)
    yield Step(partial(setattr, sheet, "show_gridlines", False), note=_NO_GRIDLINES)
    if plan.frozen:
        yield Step(partial(_freeze, sheet, plan.frozen), note=_NOT_FROZEN)
    if plan.tab:
        yield Step(partial(_colour_tab, sheet, plan.tab), note=_NO_TAB_COLOUR)
    yield from _sizes(sheet, plan)
    yield Step(partial(_values, sheet, plan))
    yield from _formulas(sheet, looks.formulas(plan))
    for cell in plan.cells:
        # Each is a call of its own: too many for a sheet that is hidden.
        if cell.link and cell.value is not None and not plan.is_hidden:
            target = sheet.range(a1(cell.row, cell.column))
            shown = str(to_excel(str(cell.value)))
            yield Step(
                partial(target.add_hyperlink, f"#{fixed(cell.link)}", shown, looks.TO_SOURCE)
            )
    yield from _looks(sheet, roles)
    yield from _borders(sheet, roles)
    for merge in plan.merges:
        yield Step(sheet.range(span(*merge)).merge)
    yield from chart_steps(sheet, plan)
    yield from _choices(sheet, plan)
    yield from _place_names(sheet.book, plan)
    yield from page_steps(sheet, plan)


_NOT_FROZEN = (
    "Rubrikraderna står inte kvar när bladet rullas; välj Visa, Lås fönsterrutor om de ska det."
)
_NO_TAB_COLOUR = "Bladens flikar går inte att färga härifrån."


def _freeze(sheet: Any, rows: int) -> None:
    if is_remote(sheet.book):
        sheet.freeze_panes.freeze_at(f"1:{rows}")
        return
    sheet.activate()  # a window freezes the rows of the sheet that it shows
    window = sheet.book.app.api.ActiveWindow
    window.FreezePanes = False
    window.ScrollRow, window.SplitColumn, window.SplitRow = 1, 0, rows
    window.FreezePanes = True


def _colour_tab(sheet: Any, colour: str) -> None:
    if is_remote(sheet.book):
        raise NotImplementedError
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    sheet.api.Tab.Color = red + (green << 8) + (blue << 16)


_LIST, _INFORMATION = 3, 3
"""Excel's numbers for a list of choices, and for one that stops nobody."""
_NO_CHOICES = "Listorna med val på bladet går inte att göra i den här versionen av Excel."


def _choices(sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    """Lists to choose from, which only Excel's own interface makes."""
    for one in plan.choices:
        cells = sheet.range(span(*one.area))
        listed = "=" + fixed(span(*one.source)) if one.source else ",".join(one.texts)
        yield Step(partial(_offer, cells, listed), note=_NO_CHOICES)


def _offer(cells: Any, texts: str) -> None:
    validation = cells.api.Validation
    validation.Delete()
    validation.Add(_LIST, _INFORMATION, 1, texts)
    validation.ShowError = False


def _place_names(book: Any, plan: SheetPlan) -> Iterator[Step]:
    """The hidden names of the plan, in place of all that begin as its own do."""
    if plan.own_names:
        yield Step(partial(_drop_names, book, plan.own_names.lower()))
    for one in plan.names:
        refers_to = "=" + on_sheet(one.sheet, fixed(one.area))
        yield Step(partial(_add_name, book, one.name, refers_to))


def _drop_names(book: Any, beginning: str) -> None:
    for old in [name for name in book.names if name.name.lower().startswith(beginning)]:
        old.delete()


def _add_name(book: Any, name: str, place: str) -> None:
    made = book.names.add(name, place)
    if not is_remote(book):
        with suppress(AttributeError):  # Excel for Mac has another way
            made.api.Visible = False


_NO_GRIDLINES = "Rutnätet på rapportbladet går inte att dölja i den här versionen av Excel."


def _sizes(sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    """Column widths, which Office.js measures in points, and row heights."""
    for left, right, width in looks.widths(plan):
        columns = sheet.range(f"{letters(left)}:{letters(right)}")
        size = _points(width) if width and is_remote(sheet.book) else width
        yield Step(partial(setattr, columns, "column_width", size))
    for top, bottom, height in looks.heights(plan):
        yield Step(partial(setattr, sheet.range(f"{top}:{bottom}"), "row_height", height))


def _points(characters: float) -> float:
    """The width of so many digits of the standard font."""
    return int(characters * _PIXELS_PER_CHARACTER + _PADDING) * _POINTS_PER_PIXEL


def _values(sheet: Any, plan: SheetPlan) -> None:
    """All values in one call; what is not planned is blank."""
    area, rows = looks.values(plan)
    sheet.range(span(*area)).value = [[to_excel(value) for value in row] for row in rows]


def _formulas(sheet: Any, texts: dict[Place, str]) -> Iterator[Step]:
    """Formulas, over the values that they give."""
    for block in rectangles(dict.fromkeys(texts, "")):
        top, left, bottom, right = block.area
        rows = [
            [f"={texts[row, column]}" for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]
        yield Step(partial(setattr, sheet.range(block.address), "formula", rows))


def _looks(sheet: Any, roles: dict[Place, Role]) -> Iterator[Step]:
    for number, look in enumerate(looks.looks(roles)):
        cells = sheet.range(span(*look.area))
        if number == 0:  # the first is of the whole sheet
            yield Step(partial(setattr, cells.font, "name", looks.FONT))
        yield Step(partial(_ATTRIBUTES[look.attribute], cells, look.value))


def _borders(sheet: Any, roles: dict[Place, Role]) -> Iterator[Step]:
    """Lines above and below; between the rows of a rectangle that is the line inside it."""
    for (top, left, bottom, right), side, colour, strong in looks.lines(roles):
        sides = [f"edge_{side}"] + ["inside_horizontal"] * (bottom > top)
        look = {"color": colour, "line_style": "continuous"}
        look |= {"weight": "medium"} if strong else {}
        borders = sheet.range(span(top, left, bottom, right)).borders
        yield Step(partial(borders.set, sides, **look))


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
    for side, inches in (("Left", SIDES), ("Right", SIDES), ("Top", TOP), ("Bottom", BOTTOM)):
        setattr(setup, f"{side}Margin", inches * _POINTS_PER_INCH)
    setup.Zoom = False
    setup.FitToPagesWide = 1
    setup.FitToPagesTall = page.pages_high or False
    setup.LeftFooter = f"&{FOOT_SIZE}" + page.footer_left.replace("&", "&&")
    setup.RightFooter = f"&{FOOT_SIZE}Sida &P av &N"
    setup.ScaleWithDocHeaderFooter = False
    if page.title_rows:
        first, last = page.title_rows
        setup.PrintTitleRows = f"${first}:${last}"
    sheet.api.ResetAllPageBreaks()
    for row in page.breaks:
        sheet.api.HPageBreaks.Add(sheet.api.Range(f"A{row}"))
