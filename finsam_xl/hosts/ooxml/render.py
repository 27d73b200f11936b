"""A report sheet made with XlsxWriter, as a small workbook of its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from finsam_xl.address import fixed, on_sheet, span
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.rowheights import let_grow
from finsam_xl.hosts.ooxml.sheetpart import LONGEST_TEXT
from finsam_xl.hosts.ooxml.xmlspans import printable
from finsam_xl.palette import BAR_INKS, INK, MUTED, RULE
from finsam_xl.plan import owner_name
from finsam_xl.sheetplan import (
    BOTTOM,
    FOOT_SIZE,
    SIDES,
    TOP,
    BarChart,
    Chart,
    Choices,
    ColumnChart,
    Fill,
    Range,
    Role,
    Series,
    SheetPlan,
)

_FONT = "Calibri"
_A4 = 9
_PAPER = "#FFFFFF"
_LANGUAGE = "[$-41D]"
"""What every section of a number format begins with, for a decimal comma."""
_CHART_FONT = {"name": _FONT, "size": 9, "color": INK}
_BOLD = {**_CHART_FONT, "bold": True}
_NAMES = {
    "num_font": {**_CHART_FONT, "rotation": 0},
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


_NOT_DRAWN = {"fill": {"none": True}, "border": {"none": True}}
_FILE = "file://"
"""What an address begins with that is seen from everywhere."""
_LONGEST_ADDRESS = 2000
"""A longer one is told in text only: Excel takes none that is much longer."""
_LEFT = {"x": 0.01, "y": 0.02}
"""Where a title begins, in parts of the chart: with what stands above and below the chart."""


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
    charts = tuple(map(_writable, plan.charts))
    return plan._replace(name=printable(plan.name), cells=cells, charts=charts, page=page)


def _writable(chart: Chart) -> Chart:
    return chart._replace(
        title=printable(chart.title),
        alt_text=printable(chart.alt_text),
        name=printable(chart.name),
        texts=tuple(map(printable, chart.texts)),
    )


def render(plans: Sequence[SheetPlan], title: str = "", *, is_kept: bool = False) -> bytes:
    """An .xlsx file whose sheets are the plans, in their order; the plans are ``writable``.

    ``title``: what the file says that it is, '' for nothing; ``is_kept``: it is no draft to print
    or to take sheets from, and says which of them are ours.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    if title:
        book.set_properties({"title": title})
    formats = _Formats(book)
    for plan in plans:
        _sheet(book, formats, plan)
        if is_kept:
            book.define_name(owner_name(plan.owner), f"={on_sheet(plan.name, '$A$1')}")
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
        "underline": int(role.underlined),
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
    _window(sheet, plan)
    for number, width in enumerate(plan.widths):
        hidden = {"hidden": True} if number + 1 in plan.hidden else None
        sheet.set_column(number, number, width, None, hidden)
    for row, height in plan.heights:
        sheet.set_row(row - 1, height)
    by_place = {(cell.row, cell.column): cell for cell in plan.cells}
    for top, left, bottom, right in plan.merges:
        cell = by_place.pop((top, left))
        sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", formats.of(cell.look))
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


def _window(sheet: Any, plan: SheetPlan) -> None:
    """What the sheet is like on a screen."""
    sheet.hide_gridlines(2)
    if plan.tab:
        sheet.set_tab_color(plan.tab)
    if plan.frozen:
        sheet.freeze_panes(plan.frozen, 0)


def _write(sheet: Any, formats: _Formats, cell: Any) -> None:
    at = (cell.row - 1, cell.column - 1)
    made = formats.of(cell.look)
    if cell.formula:
        sheet.write_formula(*at, f"={cell.formula}", made, cell.value)
    elif cell.value is None:
        sheet.write_blank(*at, None, made)
    elif cell.link:
        target = f"internal:{fixed(cell.link)}"
        sheet.write_url(*at, target, made, str(cell.value), "Gå till källan")
    elif cell.file and len(cell.file) <= _LONGEST_ADDRESS:
        way = cell.file if cell.file.startswith(_FILE) else f"external:{cell.file}"
        sheet.write_url(*at, way, made, str(cell.value), "Öppna arbetsboken")
    elif isinstance(cell.value, str):
        sheet.write_string(*at, cell.value, made)
    else:
        sheet.write_number(*at, cell.value, made)


def _offer(sheet: Any, choices: Choices) -> None:
    """A list to choose from, which stops nobody from typing something else."""
    texts: Any = list(choices.texts)
    if choices.source is not None:
        texts = "=" + fixed(span(*choices.source))
    offered = {"validate": "list", "source": texts, "show_error": False}
    offered |= {"input_message": choices.prompt} if choices.prompt else {}
    sheet.data_validation(*(number - 1 for number in choices.area), offered)


def _chart(book: Any, sheet: Any, name: str, plan: Chart) -> None:
    drawn = _columns if isinstance(plan, ColumnChart) else _bars
    chart = drawn(book, name, plan)  # type: ignore[arg-type]
    title = {"name": _FONT, "size": 11, "bold": True, "color": INK}
    chart.set_title({"name": plan.title, "name_font": title, "overlay": False, "layout": _LEFT})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.set_size({"width": plan.size[0], "height": plan.size[1]})
    sheet.insert_chart(
        plan.row - 1,
        plan.column - 1,
        chart,
        {"description": plan.alt_text, "object_position": 2},
    )


def _range(name: str, area: tuple[int, int, int, int]) -> list[str | int]:
    return [name, *(number - 1 for number in area)]


def _drawn(name: str, plan: Chart, values: Range) -> dict[str, Any]:
    """The bars or the line of some values."""
    return {"categories": _range(name, plan.labels), "values": _range(name, values)}


def _fill(colour: str, fill: Fill = Fill.SOLID) -> dict[str, Any]:
    """How a bar of a colour word is filled."""
    ink = BAR_INKS[colour]
    if fill == Fill.SOLID:
        return {"fill": {"color": ink}, "border": {"none": True}}
    border = {"border": {"color": ink, "width": 1}}
    if fill == Fill.HOLLOW:
        return {"fill": {"color": _PAPER}} | border
    stripes = {"pattern": "wide_upward_diagonal", "fg_color": ink, "bg_color": _PAPER}
    return {"pattern": stripes} | border


def _texts(texts: Sequence[str], looks: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What is written at bars or marks in place of their values, each text in its place."""
    custom = [
        {"value": text, "font": _BOLD, **one} if text else {"delete": True}
        for text, one in zip(texts, looks, strict=True)
    ]
    return {"data_labels": {"value": True, "font": _BOLD, "custom": custom}}


def _bars(book: Any, name: str, plan: BarChart) -> Any:
    kind = {"subtype": "stacked"} if plan.beside else {}
    chart = book.add_chart({"type": "bar", "name": plan.name} | kind)
    points = [_fill(colour) for colour in plan.colours]
    bars = _drawn(name, plan, plan.values) | {"name": plan.title, "points": points, "gap": 45}
    if plan.beside is None:
        values = {"value": True, "num_format": plan.number, "font": _BOLD}
        chart.add_series(bars | {"data_labels": values | {"position": "outside_end"}})
    else:
        chart.add_series(bars | {"overlap": 100})
        chart.add_series(_drawn(name, plan, plan.beside.gap) | _NOT_DRAWN)
        room = _drawn(name, plan, plan.beside.room) | _NOT_DRAWN
        chart.add_series(room | _texts(plan.texts, [{"position": "inside_base"}] * len(plan.texts)))
    chart.set_legend({"none": True})
    chart.set_y_axis(_NAMES | {"reverse": True})
    bare = {"min": plan.lowest, "max": plan.highest} | _UNSEEN
    if plan.target is None or plan.pieces is None:
        chart.set_x_axis(bare)
        return chart
    # The axis says where the target is, and nothing else.
    shown = plan.number.partition(";")[0]
    beyond = f'{_LANGUAGE}[>{1.01 * plan.target:.6g}]""'
    before = f'[<{0.99 * plan.target:.6g}]""'
    written = {
        "major_unit": plan.target,
        "num_format": f"{beyond};{before};{shown}",
        "num_font": {**_CHART_FONT, "color": MUTED},
        "label_position": "high",
    }
    chart.set_x_axis(bare | (written if plan.lowest == 0 else {}))
    line = book.add_chart({"type": "bar", "subtype": "stacked"})
    fills = ((plan.pieces.before, ""), (plan.pieces.edge, _PAPER), (plan.pieces.line, INK))
    for area, colour in (*fills, fills[1]):
        look = {"fill": {"color": colour}, "border": {"none": True}} if colour else _NOT_DRAWN
        one = _drawn(name, plan, area) | look
        line.add_series(one | {"gap": 10, "overlap": 100, "y2_axis": True})
    chart.combine(line)
    line.set_y2_axis(bare)
    return chart


def _columns(book: Any, name: str, plan: ColumnChart) -> Any:
    chart = book.add_chart({"type": "column", "subtype": "stacked", "name": plan.name})
    for one in plan.series:
        chart.add_series(_drawn(name, plan, one.values) | _stacked(one))
    lines = book.add_chart({"type": "line"})
    if plan.line is not None:
        mark = {"color": INK}
        look = {"name": plan.line_name, "line": {**mark, "width": 1.75, "dash_type": "dash"}}
        look["marker"] = {"type": "long_dash", "size": 9, "fill": mark, "border": mark}
        look["marker"] = look["marker"] if plan.has_lone_points else {"type": "none"}
        lines.add_series(_drawn(name, plan, plan.line) | look)
    if plan.marks is not None:
        marks = _drawn(name, plan, plan.marks.values) | {"line": {"none": True}}
        places = [{"position": "below" if below else "above"} for below in plan.marks.below]
        lines.add_series(marks | _texts(plan.texts, places))
    chart.combine(lines)
    unnamed = [number for number, text in enumerate([*plan.names, ""]) if not text]
    legend = {"position": "bottom", "font": _CHART_FONT, "delete_series": unnamed}
    chart.set_legend(legend if plan.is_named else {"none": True})
    chart.set_x_axis(_NAMES)
    chart.set_y_axis({"min": plan.lowest, "max": plan.highest} | _UNSEEN)
    return chart


def _stacked(one: Series) -> dict[str, Any]:
    """How one series of a column chart looks."""
    gap = {"gap": 60, "overlap": 100}
    if one.fill == Fill.NONE:
        return _NOT_DRAWN | gap
    looks = [_fill(colour, one.fill) for colour in one.colours]
    made = {"name": one.name, **looks[0], "points": looks} | gap
    if any(one.texts):
        on_paper = {"position": "center", "fill": {"color": _PAPER}}
        made |= _texts(one.texts, [on_paper] * len(one.texts))
    return made


def _page(sheet: Any, plan: SheetPlan) -> None:
    page = plan.page
    sheet.set_paper(_A4)
    if page.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=SIDES, right=SIDES, top=TOP, bottom=BOTTOM)
    sheet.fit_to_pages(1, page.pages_high)
    left = page.footer_left.replace("&", "&&")
    foot = f'&"{_FONT},Regular"&{FOOT_SIZE}'
    footer = f"&L{foot}{left}&R{foot}Sida &P av &N"
    sheet.set_footer(footer, {"scale_with_doc": False})
    if page.title_rows:
        sheet.repeat_rows(page.title_rows[0] - 1, page.title_rows[1] - 1)
    sheet.print_area(0, 0, page.last_row - 1, page.last_column - 1)
    if page.breaks:
        sheet.set_h_pagebreaks([row - 1 for row in page.breaks])
