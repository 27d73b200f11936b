"""A report sheet made with XlsxWriter, as a small workbook of its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from finsam_xl.hosts.ooxml.xmlspans import printable
from finsam_xl.palette import ACCENT, INK, MARK_INKS, MUTED, RULE
from finsam_xl.sheetplan import BarChart, Role, SheetPlan

_FONT = "Calibri"
_A4 = 9


def render(plans: Sequence[SheetPlan]) -> bytes:
    """An .xlsx file whose sheets are the plans, in their order."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    formats = _Formats(book)
    for plan in plans:
        _sheet(book, formats, plan)
    book.close()
    return target.getvalue()


class _Formats:
    """One XlsxWriter format per role."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[Role, Any] = {}

    def of(self, role: Role) -> Any:
        if role not in self._made:
            self._made[role] = self._book.add_format(_properties(role))
        return self._made[role]


def _properties(role: Role) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "font_name": _FONT,
        "font_size": role.size,
        "font_color": role.ink,
        "bold": role.bold,
        "italic": role.italic,
        "align": role.align,
        "valign": {"center": "vcenter"}.get(role.valign, role.valign),
        "text_wrap": role.wrap,
        "locked": not role.unlocked,
    }
    if role.number:
        properties["num_format"] = role.number
    if role.fill:
        properties |= {"bg_color": role.fill, "pattern": 1}
    for side in ("top", "bottom"):
        colour = getattr(role, side)
        if colour:
            properties |= {side: 2 if role.strong else 1, f"{side}_color": colour}
    return properties


def _sheet(book: Any, formats: _Formats, plan: SheetPlan) -> None:
    sheet = book.add_worksheet(plan.name)
    sheet.hide_gridlines(2)
    for number, width in enumerate(plan.widths):
        sheet.set_column(number, number, width)
    for row, height in plan.heights:
        sheet.set_row(row - 1, height)
    by_place = {(cell.row, cell.column): cell for cell in plan.cells}
    for top, left, bottom, right in plan.merges:
        cell = by_place.pop((top, left))
        sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", formats.of(cell.role))
        _write(sheet, formats, cell)
    for cell in by_place.values():
        _write(sheet, formats, cell)
    for chart in plan.charts:
        _chart(book, sheet, plan.name, chart)
    _page(sheet, plan)


def _write(sheet: Any, formats: _Formats, cell: Any) -> None:
    at = (cell.row - 1, cell.column - 1)
    made = formats.of(cell.role)
    if cell.value is None:
        sheet.write_blank(*at, None, made)
    elif cell.link:
        sheet.write_url(*at, f"internal:{cell.link}", made, str(cell.value), "Gå till källan")
    elif isinstance(cell.value, str):
        sheet.write_string(*at, cell.value, made)
    else:
        sheet.write_number(*at, cell.value, made)


def _chart(book: Any, sheet: Any, name: str, plan: BarChart) -> None:
    chart = book.add_chart({"type": "bar"})
    font = {"name": _FONT, "size": 9, "color": INK}
    top, left, bottom, right = (n - 1 for n in plan.values)
    label_top, label_left, label_bottom, label_right = (n - 1 for n in plan.labels)
    chart.add_series(
        {
            "name": printable(plan.title),
            "categories": [name, label_top, label_left, label_bottom, label_right],
            "values": [name, top, left, bottom, right],
            "points": [
                {"fill": {"color": MARK_INKS.get(colour, ACCENT)}} for colour in plan.colours
            ],
            "data_labels": {
                "value": True,
                "num_format": "0",
                "font": {**font, "bold": True},
                "position": "outside_end",
            },
            "gap": 45,
        }
    )
    title = {"name": _FONT, "size": 11, "bold": True, "color": INK}
    chart.set_title({"name": printable(plan.title), "name_font": title, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {
            "reverse": True,
            "num_font": font,
            # Wide enough to cover the grid line at zero, which cannot be left out alone.
            "line": {"color": RULE, "width": 2.25},
            "major_tick_mark": "none",
        }
    )
    # The only grid line is the target: it is the axis' only step short of its end.
    chart.set_x_axis(
        {
            "min": 0,
            "max": 110,
            "major_unit": plan.target,
            "num_format": "0",
            "num_font": {**font, "color": MUTED},
            "major_gridlines": {
                "visible": True,
                "line": {"color": ACCENT, "width": 1.5, "dash_type": "dash"},
            },
            "line": {"none": True},
            "major_tick_mark": "none",
            "label_position": "high",
        }
    )
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.set_size({"width": plan.size[0], "height": plan.size[1]})
    sheet.insert_chart(
        plan.row - 1,
        plan.column - 1,
        chart,
        {"description": printable(plan.alt_text), "object_position": 2},
    )


def _page(sheet: Any, plan: SheetPlan) -> None:
    page = plan.page
    sheet.set_paper(_A4)
    if page.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.65)
    sheet.fit_to_pages(1, page.pages_high)
    sheet.set_footer(f'&L&"{_FONT},Regular"&8{page.footer_left}&R&"{_FONT},Regular"&8Sida &P av &N')
    if page.title_rows:
        sheet.repeat_rows(page.title_rows[0] - 1, page.title_rows[1] - 1)
    sheet.print_area(0, 0, page.last_row - 1, page.last_column - 1)
    if page.breaks:
        sheet.set_h_pagebreaks([row - 1 for row in page.breaks])
