"""The charts of a report: bars from xlwings on every engine, finer points on the desktop.

xlwings makes the chart itself on all engines: kind, place, source, title, axes. Colours
of single bars, values at the bars, the target's dashed line and a second series are only
in Excel's own API; in Server and Lite they are left out, and the result says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from finsam_xl.address import a1, span
from finsam_xl.hosts.excel.reading import is_remote
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.palette import ACCENT, INK, MARK_INKS
from finsam_xl.sheetplan import BarChart, Chart, ColumnChart, Pieces, SheetPlan

_POINTS_PER_PIXEL = 0.75
_VALUES, _LINE, _DASHED, _INSIDE_END, _OUTSIDE_END = 2, 4, 4, 3, 2
_CATEGORIES, _SECONDARY, _STACKED_BARS, _NO_LABELS, _LABELS_LOW = 1, 2, 58, -4142, -4134
_PAPER = "#FFFFFF"
_DASH, _DASH_SIZE = -4115, 9
_PLAINER = (
    "Diagrammens staplar har här en enda färg, utan värden och streckad linje; "
    "färgerna och värdena står i tabellen intill."
)


def chart_steps(sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    """Every chart of the report, and its finer points where they can be had."""
    for number, chart in enumerate(plan.charts, start=1):
        name = f"Finsam {number}"
        yield Step(partial(_make, sheet, chart, name))
        yield Step(partial(_refine, sheet, chart, name), note=_PLAINER)


def _make(sheet: Any, plan: Chart, name: str) -> None:
    chart = sheet.charts.add(
        width=plan.size[0] * _POINTS_PER_PIXEL,
        height=plan.size[1] * _POINTS_PER_PIXEL,
        chart_type="column_clustered" if isinstance(plan, ColumnChart) else "bar_clustered",
        source=sheet.range(span(*plan.values)),
        plot_by="rows" if plan.values[0] == plan.values[2] else "columns",
        name=name,
        anchor=sheet.range(a1(plan.row, plan.column)),
    )
    chart.set_x_axis_values(sheet.range(span(*plan.labels)))
    chart.title = plan.title
    chart.legend.visible = False
    if isinstance(plan, BarChart):
        chart.category_axis.reverse_order = True
        chart.value_axis.number_format = plan.number
    ends = {"minimum_scale": plan.lowest, "maximum_scale": plan.highest}
    chart.value_axis.set(**{end: value for end, value in ends.items() if value is not None})


def _refine(sheet: Any, plan: Chart, name: str) -> None:
    if is_remote(sheet.book):
        raise NotImplementedError
    made = sheet.charts[name]
    frame, chart = made.api
    frame.ShapeRange.AlternativeText = plan.alt_text
    series = chart.SeriesCollection(1)
    series.Name = plan.title
    for number, colour in enumerate(plan.colours, start=1):
        series.Points(number).Format.Fill.ForeColor.RGB = _bgr(MARK_INKS.get(colour, ACCENT))
    series.HasDataLabels = True
    inside = isinstance(plan, BarChart) and plan.inside
    series.DataLabels().Position = _INSIDE_END if inside else _OUTSIDE_END
    series.DataLabels().NumberFormat = plan.number
    _unseen(chart.Axes(_VALUES))
    chart.Axes(_CATEGORIES).TickLabelPosition = _LABELS_LOW
    if isinstance(plan, ColumnChart):
        for number, text in enumerate(plan.texts, start=1):
            if text:
                series.Points(number).DataLabel.Text = text
        _limit(sheet, chart, plan)
    elif plan.pieces is not None:
        _target(sheet, chart, plan, plan.pieces)


def _unseen(axis: Any) -> None:
    """An axis that is not drawn. Taken away, it would be scaled by Excel again."""
    axis.HasMajorGridlines = False
    axis.TickLabelPosition = _NO_LABELS
    axis.Format.Line.Visible = False


def _target(sheet: Any, chart: Any, plan: BarChart, pieces: Pieces) -> None:
    """The target's dashed line: short pieces, each stacked on what is not drawn."""
    fills = ((pieces.before, ""), (pieces.edge, _PAPER), (pieces.line, INK))
    for area, colour in (*fills, fills[1]):
        piece = chart.SeriesCollection().NewSeries()
        piece.Values = sheet.range(span(*area)).api
        piece.ChartType = _STACKED_BARS
        piece.AxisGroup = _SECONDARY
        piece.HasDataLabels = False
        piece.Format.Line.Visible = False
        piece.Format.Fill.Visible = bool(colour)
        if colour:
            piece.Format.Fill.ForeColor.RGB = _bgr(colour)
    axis = chart.Axes(_VALUES, _SECONDARY)
    axis.MinimumScale, axis.MaximumScale = plan.lowest, plan.highest
    _unseen(axis)


def _limit(sheet: Any, chart: Any, plan: ColumnChart) -> None:
    """The dashed line of a limit that changes; its marks are seen where it is a single point."""
    if plan.line is None:
        return
    limit = chart.SeriesCollection().NewSeries()
    limit.Values = sheet.range(span(*plan.line)).api
    limit.ChartType = _LINE
    limit.HasDataLabels = False
    limit.Format.Line.ForeColor.RGB = _bgr(INK)
    limit.Format.Line.DashStyle = _DASHED
    limit.MarkerStyle, limit.MarkerSize = _DASH, _DASH_SIZE
    limit.MarkerForegroundColor = limit.MarkerBackgroundColor = _bgr(INK)


def _bgr(colour: str) -> int:
    """A colour as Excel's own API counts it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red + green * 256 + blue * 65_536
