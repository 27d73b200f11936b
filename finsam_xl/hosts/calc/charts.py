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
from finsam_xl.palette import BAR_INKS, INK, RULE
from finsam_xl.sheetplan import BarChart, Chart, ColumnChart, Fill, Pieces, Range, Series, SheetPlan

_HUNDREDTHS_PER_PIXEL = 2540 / 96
_TITLE, _TEXT, _BOLD = 11.0, 9.0, 150.0
_WITH_VALUES = 1
_CENTRE, _ABOVE, _BELOW, _OUTSIDE, _AT_BASE = 1, 2, 6, 11, 12
"""Where what is written stands at the bars and marks."""
_GAP, _WIDE_GAP, _THIN_GAP, _ON_TOP = 45, 60, 10, 100
_PAPER = "#FFFFFF"
_LINE, _MARK, _HORIZONTAL_BAR = 62, 250, 13
_LEFT = 150
"""How far from the corner of a chart its title begins."""
_PLAINER = (
    "Något diagram är enklare här, med en enda färg och utan streckad linje; "
    "färgerna och målet står i tabellen intill."
)
_UNTOLD = "Något diagram har här ingen beskrivning för den som inte ser det."


def chart_steps(sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    """Every chart of the report: its frame, what it shows, and its finer points."""
    for number, chart in enumerate(plan.charts, start=1):
        name = f"{sheet.Name} {number}"  # no two charts of a workbook are called the same
        yield Step(partial(_make, sheet, chart, name))
        yield Step(partial(_refine, sheet, chart, name), note=_PLAINER)
        yield Step(partial(_tell, sheet, chart, name), note=_UNTOLD)


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
    _Drawing(sheet, chart).show(plan)


class _Drawing:
    """What a chart shows, from which cells."""

    def __init__(self, sheet: Any, chart: Any) -> None:
        self._sheet = sheet
        self._provider = chart.getDataProvider()
        self._system = chart.getFirstDiagram().getCoordinateSystems()[0]
        self._chart = chart

    def show(self, plan: Chart) -> None:
        """The bars with their names, and the line of a target or a limit."""
        bars = self._system.getChartTypes()[0]
        names = self._system.getAxisByDimension(0, 0)
        scale = names.getScaleData()
        scale.Categories = self._cells(plan.labels, "categories")
        names.setScaleData(scale)
        gap = _GAP if isinstance(plan, BarChart) else _WIDE_GAP
        bars.GapwidthSequence, bars.OverlapSequence = (gap, gap), (_ON_TOP, _ON_TOP)
        if isinstance(plan, ColumnChart):
            bars.setDataSeries([self._stacked(one) for one in plan.series])
            self._lines(plan)
            return
        made = [Series(plan.values, plan.colours)]
        made += [Series(area, (), fill=Fill.NONE) for area in plan.beside or ()]
        drawn = [self._stacked(one) for one in made]
        bars.setDataSeries(drawn)
        if plan.beside is not None:
            _write_at(drawn[-1], plan.texts, [_AT_BASE] * len(plan.texts))
        if plan.pieces is not None:
            self._target(plan, plan.pieces)

    def _stacked(self, one: Series) -> Any:
        """The bars of one series of a column chart, on those of the one before."""
        series = self._series(one.values, one.name)
        series.StackingDirection = choice("chart2.StackingDirection", "Y_STACKING")
        if one.fill == Fill.NONE:
            series.FillStyle = choice("drawing.FillStyle", "NONE")
        else:
            self._fill(series, one)
        if any(one.texts):
            _write_at(series, one.texts, [_CENTRE] * len(one.texts))
        return series

    def _fill(self, series: Any, one: Series) -> None:
        """Each bar in the colour of its word; the first one's is also the series'."""
        points = map(series.getDataPointByIndex, range(len(one.colours)))
        for bar, colour in zip((series, *points), (*one.colours[:1], *one.colours), strict=True):
            ink = _rgb(BAR_INKS[colour])
            bar.Color = _rgb(_PAPER) if one.fill == Fill.HOLLOW else ink
            bar.FillStyle = choice("drawing.FillStyle", "SOLID")
            if one.fill == Fill.STRIPED:
                style = choice("drawing.HatchStyle", "SINGLE")
                hatch = struct("drawing.Hatch", Style=style, Color=ink, Distance=120, Angle=450)
                bar.HatchName = self._named("HatchTable", hatch)
                bar.FillStyle = choice("drawing.FillStyle", "HATCH")
            if one.fill != Fill.SOLID:
                bar.BorderStyle, bar.BorderColor = choice("drawing.LineStyle", "SOLID"), ink

    def _named(self, table: str, look: Any) -> str:
        """The name of a dash or a hatch, which charts know only by their names."""
        known = self._chart.createInstance(f"com.sun.star.drawing.{table}")
        name = f"Finsam {getattr(look, 'Color', 0)}"
        if not known.hasByName(name):
            known.insertByName(name, look)
        return name

    def _lines(self, plan: ColumnChart) -> None:
        """The dashed line of a limit, and the marks at which the texts stand."""
        lines = create("chart2.LineChartType")
        made = []
        if plan.line is not None:
            limit = self._series(plan.line, plan.line_name)
            limit.Color, limit.LineWidth = _rgb(INK), _LINE
            limit.LineStyle = choice("drawing.LineStyle", "DASH")
            dash = struct("drawing.LineDash", Dashes=1, DashLen=200, Distance=120)
            limit.LineDashName = self._named("DashTable", dash)
            if plan.has_lone_points:
                size = struct("awt.Size", Width=_MARK, Height=_MARK)
                limit.Symbol = struct(
                    "chart2.Symbol",
                    Style=choice("chart2.SymbolStyle", "STANDARD"),
                    StandardSymbol=_HORIZONTAL_BAR,
                    Size=size,
                    BorderColor=_rgb(INK),
                    FillColor=_rgb(INK),
                )
            made.append(limit)
        if plan.marks is not None:
            marks = self._series(plan.marks.values)
            marks.LineStyle = choice("drawing.LineStyle", "NONE")
            made.append(marks)
        lines.setDataSeries(made)
        self._system.addChartType(lines)
        if plan.marks is not None:
            places = [_BELOW if below else _ABOVE for below in plan.marks.below]
            _write_at(made[-1], plan.texts, places)

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

    def _series(self, area: Range, name: str = "") -> Any:
        made = create("chart2.DataSeries")
        values = self._cells(area, "values-y")
        if name:
            label = self._provider.createDataSequenceByRangeRepresentation(f'"{name}"')
            values.setLabel(label)
        made.setData((values,))
        made.BorderStyle = choice("drawing.LineStyle", "NONE")
        made.ShowLegendEntry = bool(name)
        return made

    def _cells(self, area: Range, role: str) -> Any:
        place = part(self._sheet, area).AbsoluteName
        values = self._provider.createDataSequenceByRangeRepresentation(place)
        values.Role = role
        made = create("chart2.data.LabeledDataSequence")
        made.setValues(values)
        return made


def _write_at(series: Any, texts: Sequence[str], places: Sequence[int]) -> None:
    """Texts at bars, on white paper in their middle, or at marks that are not drawn."""
    for number, (text, place) in enumerate(zip(texts, places, strict=True)):
        if not text:
            continue
        point = series.getDataPointByIndex(number)
        field = create("chart2.DataPointCustomLabelField")
        field.FieldType = choice("chart2.DataPointCustomLabelFieldType", "TEXT")
        field.String = text
        _write(field, _TEXT, bold=True)
        point.CustomLabelFields = (field,)
        point.Label = struct("chart2.DataPointLabel", ShowNumber=True, ShowCustomLabel=True)
        point.LabelPlacement = place
        if place == _CENTRE:
            point.LabelFillStyle = choice("drawing.FillStyle", "SOLID")
            point.LabelFillColor = _rgb(_PAPER)


def _refine(sheet: Any, plan: Chart, name: str) -> None:
    chart = sheet.Charts.getByName(name).getEmbeddedObject()
    chart.HasLegend = isinstance(plan, ColumnChart) and plan.is_named
    if chart.HasLegend:
        chart.getLegend().Alignment = choice("chart.ChartLegendPosition", "BOTTOM")
        _write(chart.getLegend(), _TEXT)
        _bare(chart.getLegend())
    _bare(chart.getArea())
    chart.HasMainTitle = True
    chart.getTitle().String = plan.title
    _write(chart.getTitle(), _TITLE, bold=True)
    chart.getTitle().setPosition(struct("awt.Point", X=_LEFT, Y=_LEFT))
    diagram = chart.getDiagram()
    _bare(diagram.getWall())
    _axes(diagram, plan)
    if isinstance(plan, BarChart) and plan.beside is None:
        _values(diagram)


def _tell(sheet: Any, plan: Chart, name: str) -> None:
    """What the chart is, for those who look it up by name or cannot see it.

    Not among what is undone: the chart goes with all that is said of it, and LibreOffice ends
    where it would first have to take that back.
    """
    undoing = sheet.Charts.getByName(name).getEmbeddedObject().getParent().getUndoManager()
    undoing.lock()
    try:
        shapes = sheet.DrawPage
        for shape in map(shapes.getByIndex, range(shapes.Count)):
            if getattr(shape, "PersistName", "") == name:
                shape.Name, shape.Title, shape.Description = plan.name, plan.title, plan.alt_text
    finally:
        undoing.unlock()


def _axes(diagram: Any, plan: Chart) -> None:
    names, values = diagram.getXAxis(), diagram.getYAxis()
    _write(names, _TEXT)
    names.ReverseDirection = isinstance(plan, BarChart)
    names.LineColor = _rgb(RULE)
    names.TextBreak = names.TextCanOverlap = True
    names.Marks = names.HelpMarks = 0
    names.LabelPosition = choice("chart.ChartAxisLabelPosition", "OUTSIDE_START")
    diagram.HasYAxisGrid = False
    values.Min, values.Max = float(plan.lowest), float(plan.highest)
    diagram.HasYAxis = False


def _values(diagram: Any) -> None:
    """The values at their bars."""
    bars = diagram.getDataRowProperties(0)
    bars.DataCaption, bars.LabelPlacement = _WITH_VALUES, _OUTSIDE
    _write(bars, _TEXT, bold=True)


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
