"""The charts of a report: bars from xlwings on every engine, finer points on the desktop.

xlwings makes the chart itself on all engines: kind, place, source, title, axes. Colours
of single bars, values at the bars, the target's dashed line and a second series are only
in Excel's own API; in Server and Lite they are left out, and the result says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from finsam_xl.address import a1, span
from finsam_xl.hosts.excel.reading import is_remote
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.palette import BAR_INKS, INK
from finsam_xl.sheetplan import BarChart, Chart, ColumnChart, Fill, Pieces, Range, SheetPlan

_POINTS_PER_PIXEL = 0.75
_VALUES, _LINE, _DASHED = 2, 4, 4
_CATEGORIES, _SECONDARY, _STACKED_BARS, _STACKED_COLUMNS = 1, 2, 58, 52
_ABOVE, _BELOW, _OUTSIDE_END, _INSIDE_BASE, _CENTRE, _BOTTOM = 0, 1, 2, 4, -4108, -4107
_NO_LABELS, _LABELS_LOW, _NO_MARKS = -4142, -4134, -4142
_WIDE_UPWARD = 26
"""The stripes of a hatched bar."""
_LEVEL, _PAPER = -4128, "#FFFFFF"
_TEXT, _TITLE, _TITLE_LEFT = 9, 11, 4
_DASH, _DASH_SIZE = -4115, 9
_WIDTH = 1.75
_PLAINER = (
    "Diagrammens staplar har här en enda färg, utan värden och streckad linje; "
    "färgerna och värdena står i tabellen intill."
)


def chart_steps(sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    """Every chart of the report, and its finer points where they can be had."""
    for chart in plan.charts:
        yield Step(partial(_make, sheet, chart))
        yield Step(partial(_refine, sheet, chart), note=_PLAINER)


def _make(sheet: Any, plan: Chart) -> None:
    """The chart of the figures themselves, which every engine draws."""
    chart = sheet.charts.add(
        width=plan.size[0] * _POINTS_PER_PIXEL,
        height=plan.size[1] * _POINTS_PER_PIXEL,
        chart_type="column_clustered" if isinstance(plan, ColumnChart) else "bar_clustered",
        source=sheet.range(span(*plan.values)),
        plot_by="rows" if plan.values[0] == plan.values[2] else "columns",
        name=plan.name,
        anchor=sheet.range(a1(plan.row, plan.column)),
    )
    chart.set_x_axis_values(sheet.range(span(*plan.labels)))
    chart.title = plan.title
    chart.legend.visible = False
    chart.category_axis.reverse_order = isinstance(plan, BarChart)
    if isinstance(plan, BarChart):
        chart.value_axis.number_format = plan.number
    if isinstance(plan, BarChart) or not plan.has_base:
        chart.value_axis.set(minimum_scale=plan.lowest, maximum_scale=plan.highest)


def _refine(sheet: Any, plan: Chart) -> None:
    if is_remote(sheet.book):
        raise NotImplementedError
    made = sheet.charts[plan.name]
    frame, chart = made.api
    frame.ShapeRange.AlternativeText = plan.alt_text
    chart.ChartArea.Font.Size, chart.ChartArea.Font.Color = _TEXT, _bgr(INK)
    title = chart.ChartTitle
    title.Font.Size, title.Font.Bold, title.Left = _TITLE, True, _TITLE_LEFT
    if isinstance(plan, ColumnChart):
        _columns(sheet, chart, plan)
    else:
        _bars(sheet, chart, plan)
    axis = chart.Axes(_VALUES)
    axis.MinimumScale, axis.MaximumScale = plan.lowest, plan.highest
    _unseen(axis)
    names = chart.Axes(_CATEGORIES)
    names.TickLabelPosition, names.TickLabels.Orientation = _LABELS_LOW, _LEVEL


def _bars(sheet: Any, chart: Any, plan: BarChart) -> None:
    """The bars in their colours, what stands at them, and the target."""
    series = chart.SeriesCollection(1)
    series.Name = plan.title
    _fill(series, plan.colours)
    if plan.beside is None:
        series.HasDataLabels = True
        series.DataLabels().Position = _OUTSIDE_END
        series.DataLabels().NumberFormat = plan.number
    else:
        chart.ChartType = _STACKED_BARS
        chart.ChartGroups(1).Overlap = 100
        for area in plan.beside:
            room = _series(sheet, chart, area)
            _not_drawn(room)
        _write(room, plan.texts, [_INSIDE_BASE] * len(plan.texts))
    if plan.pieces is not None:
        _target(sheet, chart, plan, plan.pieces)


def _columns(sheet: Any, chart: Any, plan: ColumnChart) -> None:
    """The stacks, the line, and what stands at the stacks."""
    chart.ChartType = _STACKED_COLUMNS
    group = chart.ChartGroups(1)
    group.Overlap, group.GapWidth = 100, 60
    for number, one in enumerate(plan.series):
        series = _series(sheet, chart, one.values) if number else chart.SeriesCollection(1)
        series.Values = sheet.range(span(*one.values)).api
        series.Name = one.name or plan.title
        if one.fill == Fill.NONE:
            _not_drawn(series)
        else:
            _fill(series, one.colours, one.fill)
        if any(one.texts):
            _write(series, one.texts, [_CENTRE] * len(one.texts))
    if plan.line is not None:
        _limit(_series(sheet, chart, plan.line), plan)
    if plan.marks is not None:
        marks = _series(sheet, chart, plan.marks.values)
        marks.ChartType, marks.MarkerStyle = _LINE, _NO_MARKS
        marks.Format.Line.Visible = False
        _write(marks, plan.texts, [_BELOW if below else _ABOVE for below in plan.marks.below])
    if plan.is_named:
        chart.HasLegend = True
        chart.Legend.Position = _BOTTOM
        unnamed = [number for number, name in enumerate([*plan.names, ""], 1) if not name]
        for number in reversed(unnamed):
            chart.Legend.LegendEntries(number).Delete()


def _series(sheet: Any, chart: Any, area: Range) -> Any:
    """One more series of a chart."""
    series = chart.SeriesCollection().NewSeries()
    series.Values = sheet.range(span(*area)).api
    series.HasDataLabels = False
    return series


def _not_drawn(series: Any) -> None:
    series.Format.Fill.Visible = False
    series.Format.Line.Visible = False


def _fill(series: Any, colours: Sequence[str], fill: Fill = Fill.SOLID) -> None:
    """Each bar of a series in the colour of its word; the first one's is also the series'."""
    looks = [series.Format, *(series.Points(number + 1).Format for number in range(len(colours)))]
    for look, colour in zip(looks, (*colours[:1], *colours), strict=True):
        ink = _bgr(BAR_INKS[colour])
        if fill == Fill.STRIPED:
            look.Fill.Patterned(_WIDE_UPWARD)
            look.Fill.BackColor.RGB = _bgr(_PAPER)
        look.Fill.ForeColor.RGB = _bgr(_PAPER) if fill == Fill.HOLLOW else ink
        if fill != Fill.SOLID:
            look.Line.Visible = True
            look.Line.ForeColor.RGB = ink


def _write(series: Any, texts: Sequence[str], places: Sequence[int]) -> None:
    """Texts at bars, on white paper in their middle, or at marks that are not drawn."""
    series.HasDataLabels = True
    series.DataLabels().Font.Bold = True
    for number, (text, place) in enumerate(zip(texts, places, strict=True), start=1):
        label = series.Points(number).DataLabel
        if not text:
            label.Delete()
            continue
        label.Text, label.Position = text, place
        if place == _CENTRE:
            label.Format.Fill.ForeColor.RGB = _bgr(_PAPER)


def _unseen(axis: Any) -> None:
    """An axis that is not drawn. Taken away, it would be scaled by Excel again."""
    axis.HasMajorGridlines = False
    axis.TickLabelPosition = _NO_LABELS
    axis.Format.Line.Visible = False


def _target(sheet: Any, chart: Any, plan: BarChart, pieces: Pieces) -> None:
    """The target's dashed line: short pieces, each stacked on what is not drawn."""
    fills = ((pieces.before, ""), (pieces.edge, _PAPER), (pieces.line, INK))
    for area, colour in (*fills, fills[1]):
        piece = _series(sheet, chart, area)
        piece.ChartType = _STACKED_BARS
        piece.AxisGroup = _SECONDARY
        piece.Format.Line.Visible = False
        piece.Format.Fill.Visible = bool(colour)
        if colour:
            piece.Format.Fill.ForeColor.RGB = _bgr(colour)
    axis = chart.Axes(_VALUES, _SECONDARY)
    axis.MinimumScale, axis.MaximumScale = plan.lowest, plan.highest
    _unseen(axis)


def _limit(limit: Any, plan: ColumnChart) -> None:
    """The dashed line of a limit that changes; its marks are seen where it is a single point."""
    limit.Name = plan.line_name
    limit.ChartType = _LINE
    limit.Format.Line.ForeColor.RGB = _bgr(INK)
    limit.Format.Line.DashStyle, limit.Format.Line.Weight = _DASHED, _WIDTH
    if not plan.has_lone_points:
        limit.MarkerStyle = _NO_MARKS
        return
    limit.MarkerStyle, limit.MarkerSize = _DASH, _DASH_SIZE
    limit.MarkerForegroundColor = limit.MarkerBackgroundColor = _bgr(INK)


def _bgr(colour: str) -> int:
    """A colour as Excel's own API counts it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red + green * 256 + blue * 65_536
