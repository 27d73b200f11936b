"""The charts of a report in LibreOffice.

LibreOffice makes a chart of cells in its own way; what it shows is therefore said series by
series. How it looks is set through the older and plainer of its two interfaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from finsam_xl.hosts.calc.edits import part
from finsam_xl.hosts.calc.uno_types import choice, create, struct
from finsam_xl.hosts.opened.looks import FONT
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.palette import ACCENT, INK, MARK_INKS
from finsam_xl.sheetplan import BarChart, Chart, ColumnChart, Pieces, Range, SheetPlan

_HUNDREDTHS_PER_PIXEL = 2540 / 96
_TITLE, _TEXT, _BOLD = 11.0, 9.0, 150.0
_WITH_VALUES = 1
_INSIDE, _OUTSIDE = 10, 11
"""Where the values stand at the bars."""
_GAP, _WIDE_GAP, _THIN_GAP, _ON_TOP = 45, 120, 10, 100
_PAPER = "#FFFFFF"
_LINE = 53
_PLAINER = (
    "Något diagram är enklare här, med en enda färg och utan streckad linje; "
    "färgerna och målet står i tabellen intill."
)


def chart_steps(sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    """Every chart of the report: its frame, what it shows, and its finer points."""
    for number, chart in enumerate(plan.charts, start=1):
        name = f"{sheet.Name} {number}"  # no two charts of a workbook are called the same
        yield Step(partial(_make, sheet, chart, name))
        yield Step(partial(_refine, sheet, chart, name), note=_PLAINER)


def _make(sheet: Any, plan: Chart, name: str) -> None:
    corner = sheet.getCellByPosition(plan.column - 1, plan.row - 1).Position
    width, height = (round(size * _HUNDREDTHS_PER_PIXEL) for size in plan.size)
    place = struct("awt.Rectangle", X=corner.X, Y=corner.Y, Width=width, Height=height)
    areas = (part(sheet, plan.values).getRangeAddress(),)
    sheet.Charts.addNewByName(name, place, areas, False, False)
    chart = sheet.Charts.getByName(name).getEmbeddedObject()
    diagram = chart.createInstance("com.sun.star.chart.BarDiagram")
    chart.setDiagram(diagram)
    diagram.Vertical = isinstance(plan, BarChart)
    _Series(sheet, chart).show(plan)


class _Series:
    """What a chart shows, from which cells."""

    def __init__(self, sheet: Any, chart: Any) -> None:
        self._sheet = sheet
        self._provider = chart.getDataProvider()
        self._system = chart.getFirstDiagram().getCoordinateSystems()[0]

    def show(self, plan: Chart) -> None:
        """The bars with their names, and the line of a target or a limit."""
        bars = self._system.getChartTypes()[0]
        bars.setDataSeries((self._series(plan.values),))
        gap = _GAP if isinstance(plan, BarChart) else _WIDE_GAP
        bars.GapwidthSequence = (gap, gap)
        names = self._system.getAxisByDimension(0, 0)
        scale = names.getScaleData()
        scale.Categories = self._cells(plan.labels, "categories")
        names.setScaleData(scale)
        if isinstance(plan, ColumnChart) and plan.line is not None:
            self._limit(plan.line)
        if isinstance(plan, BarChart) and plan.pieces is not None and plan.target is not None:
            self._target(plan, plan.pieces)

    def _limit(self, area: Range) -> None:
        """The line of a limit that changes."""
        line = create("chart2.LineChartType")
        series = self._series(area)
        series.Color, series.LineWidth = _rgb(INK), _LINE
        series.LineStyle = choice("drawing.LineStyle", "DASH")
        series.LineDash = struct("drawing.LineDash", Dashes=1, DashLen=200, Distance=120)
        line.setDataSeries((series,))
        self._system.addChartType(line)

    def _target(self, plan: BarChart, pieces: Pieces) -> None:
        """The target's dashed line: short pieces, each stacked on what is not drawn."""
        stacked = create("chart2.ColumnChartType")
        stacked.GapwidthSequence = (_THIN_GAP, _THIN_GAP)
        stacked.OverlapSequence = (_ON_TOP, _ON_TOP)
        fills = ((pieces.before, ""), (pieces.edge, _PAPER), (pieces.line, INK))
        stacked.setDataSeries([self._piece(area, colour) for area, colour in (*fills, fills[1])])
        self._system.addChartType(stacked)
        axis = create("chart2.Axis")
        self._system.setAxisByDimension(1, axis, 1)
        scale = axis.getScaleData()
        scale.Minimum, scale.Maximum = float(plan.lowest), float(plan.highest)
        axis.setScaleData(scale)
        axis.Show = False

    def _piece(self, area: Range, colour: str) -> Any:
        series = self._series(area)
        series.AttachedAxisIndex = 1
        series.StackingDirection = choice("chart2.StackingDirection", "Y_STACKING")
        series.FillStyle = choice("drawing.FillStyle", "SOLID" if colour else "NONE")
        if colour:
            series.Color = _rgb(colour)
        return series

    def _series(self, area: Range) -> Any:
        made = create("chart2.DataSeries")
        made.setData((self._cells(area, "values-y"),))
        made.BorderStyle = choice("drawing.LineStyle", "NONE")
        return made

    def _cells(self, area: Range, role: str) -> Any:
        place = part(self._sheet, area).AbsoluteName
        values = self._provider.createDataSequenceByRangeRepresentation(place)
        values.Role = role
        made = create("chart2.data.LabeledDataSequence")
        made.setValues(values)
        return made


def _refine(sheet: Any, plan: Chart, name: str) -> None:
    chart = sheet.Charts.getByName(name).getEmbeddedObject()
    chart.HasLegend = False
    _bare(chart.getArea())
    chart.HasMainTitle = True
    chart.getTitle().String = plan.title
    _write(chart.getTitle(), _TITLE, bold=True)
    diagram = chart.getDiagram()
    _bare(diagram.getWall())
    _axes(diagram, plan)
    _bars(diagram, plan)


def _axes(diagram: Any, plan: Chart) -> None:
    names, values = diagram.getXAxis(), diagram.getYAxis()
    _write(names, _TEXT)
    names.ReverseDirection = isinstance(plan, BarChart) or plan.newest_first
    names.LineStyle = choice("drawing.LineStyle", "NONE")
    names.LabelPosition = choice("chart.ChartAxisLabelPosition", "OUTSIDE_START")
    diagram.HasYAxisGrid = False
    for end, value in (("Min", plan.lowest), ("Max", plan.highest)):
        if value is not None:
            setattr(values, end, value)
    diagram.HasYAxis = False


def _bars(diagram: Any, plan: Chart) -> None:
    bars = diagram.getDataRowProperties(0)
    bars.FillColor = _rgb(ACCENT)
    bars.DataCaption = _WITH_VALUES
    inside = isinstance(plan, BarChart) and plan.inside
    bars.LabelPlacement = _INSIDE if inside else _OUTSIDE
    _write(bars, _TEXT, _PAPER if inside else INK, bold=True)
    _colours(diagram, plan.colours)


def _colours(diagram: Any, colours: Sequence[str]) -> None:
    for number, colour in enumerate(colours):
        diagram.getDataPointProperties(number, 0).FillColor = _rgb(MARK_INKS.get(colour, ACCENT))


def _bare(thing: Any) -> None:
    """Neither filled nor framed."""
    thing.FillStyle = choice("drawing.FillStyle", "NONE")
    thing.LineStyle = choice("drawing.LineStyle", "NONE")


def _write(thing: Any, size: float, colour: str = INK, *, bold: bool = False) -> None:
    thing.CharFontName, thing.CharHeight, thing.CharColor = FONT, size, _rgb(colour)
    if bold:
        thing.CharWeight = _BOLD


def _rgb(colour: str) -> int:
    return int(colour[1:], 16)
