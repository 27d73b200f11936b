"""A report sheet made with XlsxWriter, as a small workbook of its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from finsam_xl.address import fixed
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.rowheights import let_grow
from finsam_xl.hosts.ooxml.sheetpart import LONGEST_TEXT
from finsam_xl.hosts.ooxml.xmlspans import printable
from finsam_xl.palette import ACCENT, INK, MARK_INKS, MUTED, RULE
from finsam_xl.sheetplan import BarChart, Chart, Choices, ColumnChart, Role, SheetPlan

_FONT = "Calibri"
_A4 = 9
_PAPER = "#FFFFFF"
_LANGUAGE = "[$-41D]"
"""What every section of a number format begins with, for a decimal comma."""
_CHART_FONT = {"name": _FONT, "size": 9, "color": INK}
_BOLD = {**_CHART_FONT, "bold": True}
_NAMES = {
    "num_font": _CHART_FONT,
    "line": {"color": RULE, "width": 1},
    "major_tick_mark": "none",
    "label_position": "low",
}
"""The axis with the names of the bars."""
_UNSEEN = {
    "major_gridlines": {"visible": False},
    "line": {"none": True},
    "major_tick_mark": "none",
    "label_position": "none",
}
"""An axis that is taken away is scaled by the program again: this one is there, unseen."""


def writable(plan: SheetPlan) -> SheetPlan:
    """The sheet with nothing in its texts that a file cannot hold.

    A control character in a name that somebody typed must not stop the report.
    """
    page = plan.page._replace(footer_left=printable(plan.page.footer_left))
    cells = tuple(
        cell._replace(value=printable(cell.value)[:LONGEST_TEXT])
        if isinstance(cell.value, str)
        else cell
        for cell in plan.cells
    )
    charts = tuple(
        chart._replace(title=printable(chart.title), alt_text=printable(chart.alt_text))
        for chart in plan.charts
    )
    return plan._replace(name=printable(plan.name), cells=cells, charts=charts, page=page)


def render(plans: Sequence[SheetPlan], title: str = "") -> bytes:
    """An .xlsx file whose sheets are the plans, in their order; the plans are ``writable``.

    ``title``: what the file says that it is, '' for nothing.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    if title:
        book.set_properties({"title": title})
    formats = _Formats(book)
    for plan in plans:
        _sheet(book, formats, plan)
    book.close()
    return let_grow(target.getvalue(), [plan.growing for plan in plans])


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
    try:
        sheet = book.add_worksheet(plan.name)
    except XlsxWriterException as error:
        raise WorkbookError(
            f"Excel godtar inte bladnamnet {plan.name}.",
            where=plan.name,
            remedy="Byt namn på bladet: högst 31 tecken, inget av [ ] : * ? / \\.",
        ) from error
    sheet.hide_gridlines(2)
    for number, width in enumerate(plan.widths):
        hidden = {"hidden": True} if number + 1 in plan.hidden else None
        sheet.set_column(number, number, width, None, hidden)
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
    for choices in plan.choices:
        _offer(sheet, choices)
    if plan.filter is not None:
        sheet.autofilter(*(number - 1 for number in plan.filter))
    _page(sheet, plan)


def _write(sheet: Any, formats: _Formats, cell: Any) -> None:
    at = (cell.row - 1, cell.column - 1)
    made = formats.of(cell.role)
    if cell.value is None:
        sheet.write_blank(*at, None, made)
    elif cell.link:
        target = f"internal:{fixed(cell.link)}"
        sheet.write_url(*at, target, made, str(cell.value), "Gå till källan")
    elif isinstance(cell.value, str):
        sheet.write_string(*at, cell.value, made)
    else:
        sheet.write_number(*at, cell.value, made)


def _offer(sheet: Any, choices: Choices) -> None:
    """A list to choose from, which stops nobody from typing something else."""
    offered = {"validate": "list", "source": list(choices.texts), "show_error": False}
    offered |= {"input_message": choices.prompt} if choices.prompt else {}
    sheet.data_validation(*(number - 1 for number in choices.area), offered)


def _chart(book: Any, sheet: Any, name: str, plan: Chart) -> None:
    drawn = _columns if isinstance(plan, ColumnChart) else _bars
    chart = drawn(book, name, plan)  # type: ignore[arg-type]
    title = {"name": _FONT, "size": 11, "bold": True, "color": INK}
    chart.set_title({"name": plan.title, "name_font": title, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.set_size({"width": plan.size[0], "height": plan.size[1]})
    sheet.insert_chart(
        plan.row - 1,
        plan.column - 1,
        chart,
        {"description": plan.alt_text, "object_position": 2},
    )


def _series(name: str, plan: Chart) -> dict[str, Any]:
    """The bars of a chart with their values."""
    inside = isinstance(plan, BarChart) and plan.inside
    return {
        "name": plan.title,
        "categories": _range(name, plan.labels),
        "values": _range(name, plan.values),
        "points": [{"fill": {"color": MARK_INKS.get(colour, ACCENT)}} for colour in plan.colours],
        "data_labels": {
            "value": True,
            "num_format": plan.number,
            "font": _BOLD | ({"color": _PAPER} if inside else {}),
            "position": "inside_end" if inside else "outside_end",
            "custom": [{"value": text, "font": _BOLD} if text else None for text in _texts(plan)],
        },
        "gap": 45,
    }


def _texts(plan: Chart) -> tuple[str, ...]:
    """What stands at the bars instead of their values."""
    return plan.texts if isinstance(plan, ColumnChart) else ()


def _range(name: str, area: tuple[int, int, int, int]) -> list[str | int]:
    return [name, *(number - 1 for number in area)]


def _bars(book: Any, name: str, plan: BarChart) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series(_series(name, plan))
    chart.set_y_axis(_NAMES | {"reverse": True})
    bare = {"min": plan.lowest, "max": plan.highest} | _UNSEEN
    if plan.target is None or plan.pieces is None:
        chart.set_x_axis(bare)
        return chart
    # The axis says where it begins and where the target is, and nothing further out.
    written = {
        "major_unit": plan.target,
        "num_format": f'{_LANGUAGE}[>{1.01 * plan.target:.6g}]"";{plan.number.partition(";")[0]}',
        "num_font": {**_CHART_FONT, "color": MUTED},
        "label_position": "high",
    }
    chart.set_x_axis(bare | (written if plan.lowest == 0 else {}))
    line = book.add_chart({"type": "bar", "subtype": "stacked"})
    fills = ((plan.pieces.before, ""), (plan.pieces.edge, _PAPER), (plan.pieces.line, INK))
    for area, colour in (*fills, fills[1]):
        look = {"fill": {"color": colour} if colour else {"none": True}, "border": {"none": True}}
        values = {"values": _range(name, area), "categories": _range(name, plan.labels)}
        line.add_series(values | look | {"gap": 10, "overlap": 100, "y2_axis": True})
    chart.combine(line)
    line.set_y2_axis(bare)
    return chart


def _columns(book: Any, name: str, plan: ColumnChart) -> Any:
    chart = book.add_chart({"type": "column"})
    chart.add_series(_series(name, plan) | {"gap": 120})
    if plan.line is not None:
        limit = book.add_chart({"type": "line"})
        mark = {"color": INK}
        limit.add_series(
            {
                "categories": _range(name, plan.labels),
                "values": _range(name, plan.line),
                "line": {**mark, "width": 1.5, "dash_type": "dash"},
                "marker": {"type": "long_dash", "size": 9, "fill": mark, "border": mark},
            }
        )
        chart.combine(limit)
    chart.set_x_axis(_NAMES | {"reverse": plan.newest_first})
    ends = {"min": plan.lowest, "max": plan.highest}
    chart.set_y_axis({key: value for key, value in ends.items() if value is not None} | _UNSEEN)
    return chart


def _page(sheet: Any, plan: SheetPlan) -> None:
    page = plan.page
    sheet.set_paper(_A4)
    if page.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.65)
    sheet.fit_to_pages(1, page.pages_high)
    left = page.footer_left.replace("&", "&&")
    sheet.set_footer(f'&L&"{_FONT},Regular"&8{left}&R&"{_FONT},Regular"&8Sida &P av &N')
    if page.title_rows:
        sheet.repeat_rows(page.title_rows[0] - 1, page.title_rows[1] - 1)
    sheet.print_area(0, 0, page.last_row - 1, page.last_column - 1)
    if page.breaks:
        sheet.set_h_pagebreaks([row - 1 for row in page.breaks])
