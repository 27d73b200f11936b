"""The finer points of charts as they are asked of Excel's own interface, call by call.

There is no Excel here: what is seen is the order given to it, on an interface that takes any.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from unittest.mock import MagicMock

from finsam_xl.address import places, span
from finsam_xl.hosts.excel.charts import chart_steps
from finsam_xl.report.axes import finished
from finsam_xl.sheetplan import (
    BarChart,
    Chart,
    ColumnChart,
    Page,
    PlannedCell,
    Role,
    Series,
    SheetPlan,
)
from support.pictures import all_pictures

SECONDARY, VALUES, STACKED_BARS, LINE, DASH, NO_MARK = 2, 2, 58, 4, -4115, -4142
STACKED_COLUMNS, WIDE_UPWARD, BELOW = 52, 26, 1


class Desk:
    """A sheet in an Excel that takes any order, and what it was asked to draw."""

    def __init__(self, plan: SheetPlan, *, engine: str = "windows") -> None:
        self.plan = plan
        self.sheet: Any = MagicMock()
        self.sheet.book.app.engine.type = engine
        self.frame, self.chart = MagicMock(), MagicMock()
        self.made = self.sheet.charts.__getitem__.return_value
        self.made.api = (self.frame, self.chart)
        self.added: list[Any] = []
        self.axes: dict[tuple[int, ...], Any] = {}
        self.chart.SeriesCollection.return_value.NewSeries.side_effect = self._series
        self.chart.Axes.side_effect = lambda *which: self.axes.setdefault(which, MagicMock())
        for step in chart_steps(self.sheet, self.plan):
            with suppress(NotImplementedError):  # of which a person is told
                step.do()

    @classmethod
    def of(cls, chart: Chart) -> Desk:
        """With one chart of two cells."""
        cells = tuple(PlannedCell(1, column, 47.0, Role()) for column in (2, 3))
        plan = SheetPlan("R", "r", cells, (10.0,) * 4, charts=(chart,), page=Page(last_column=4))
        return cls(finished(plan))

    @classmethod
    def picture(cls, number: int, **engine: str) -> Desk:
        """With one of the pictures of money."""
        plan = all_pictures()
        return cls(plan._replace(charts=plan.charts[number : number + 1]), **engine)

    def _series(self) -> Any:
        self.added.append(MagicMock())
        return self.added[-1]


def test_the_target_of_a_single_bar_is_asked_for() -> None:
    bars = BarChart("Index", "", (1, 1, 1, 1), (1, 2, 1, 2), ("röd",), 70.0, 1, 5, (400, 200))
    desk = Desk.of(bars)
    assert [one.ChartType for one in desk.added] == [STACKED_BARS] * 4
    assert {one.AxisGroup for one in desk.added} == {SECONDARY}
    assert [one.Format.Fill.Visible for one in desk.added] == [False, True, True, True]
    axis = desk.axes[VALUES, SECONDARY]
    assert (axis.MinimumScale, axis.MaximumScale) == (0, 110)
    made = desk.sheet.charts.add.return_value
    assert made.value_axis.set.call_args.kwargs == {"minimum_scale": 0, "maximum_scale": 110}


def test_columns_from_zero_with_a_limit_of_one_point() -> None:
    area = (1, 2, 1, 2)
    columns = ColumnChart(
        "Eget kapital", "", (1, 1, 1, 1), area, (Series(area, ("röd",)),), ("▼ 47",),
        1, 5, (400, 200), line=(1, 3, 1, 3),
    )  # fmt: skip
    desk = Desk.of(columns)
    made = desk.sheet.charts.add.return_value
    ends = made.value_axis.set.call_args.kwargs
    assert ends["minimum_scale"] == 0
    assert ends["maximum_scale"] > 47
    assert desk.made.value_axis.visible is not False, "taken away it would be scaled again"
    limit, marks = desk.added
    assert (limit.ChartType, limit.MarkerStyle) == (LINE, DASH)
    assert (marks.ChartType, marks.MarkerStyle, marks.Format.Line.Visible) == (LINE, NO_MARK, False)
    assert marks.Points(1).DataLabel.Text == "▼ 47"


def test_a_bridge_stands_on_bars_that_are_not_drawn() -> None:
    desk = Desk.picture(0)
    assert desk.chart.ChartType == STACKED_COLUMNS
    base = desk.chart.SeriesCollection(1)
    _, down, marks = desk.added
    assert base.Format.Fill.Visible is False
    assert down.Format.Fill.Visible is not False
    assert marks.Points(1).DataLabel.Position == BELOW
    assert desk.frame.ShapeRange.AlternativeText.startswith("Resultatbrygga i tkr: Budget")
    assert desk.sheet.charts.add.call_args.kwargs["name"] == "Resultatbrygga"


def test_what_is_over_the_ceiling_is_striped_and_named() -> None:
    desk = Desk.picture(1)
    over, limit, _ = desk.added
    over.Points(1).Format.Fill.Patterned.assert_called_with(WIDE_UPWARD)
    assert (over.Name, limit.Name) == ("Över taket", "Tak enligt trappan")
    assert desk.chart.HasLegend is True
    gone = [call.args for call in desk.chart.Legend.LegendEntries.call_args_list]
    assert gone == [(4,)], "the marks, after two kinds of bars and the line"


def test_where_nothing_can_be_left_undrawn_the_figures_themselves_are_drawn() -> None:
    """In Server and Lite a base that is seen would be taken for money."""
    desk = Desk.picture(0, engine="remote")
    assert desk.sheet.charts.add.call_args.kwargs["chart_type"] == "column_clustered"
    (chart,) = desk.plan.charts
    assert isinstance(chart, ColumnChart)
    cells = {(cell.row, cell.column): cell.value for cell in desk.plan.cells}
    assert [cells[place] for place in places(chart.values)] == [-2350, 0, -40, 350, 1196, -844]
    desk.sheet.range.assert_any_call(span(*chart.values))
    desk.sheet.charts.add.return_value.value_axis.set.assert_not_called()
    assert desk.added == []
