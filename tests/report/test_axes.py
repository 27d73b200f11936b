"""Axes of charts begin at zero, and the target's line is there whatever is in the chart."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

import pytest

from finsam_xl.hosts.ooxml.render import render
from finsam_xl.report.axes import finished
from finsam_xl.sheetplan import BarChart, ColumnChart, Page, PlannedCell, Role, Series, SheetPlan


def sheet(values: Sequence[float | None], line: Sequence[float | None] = ()) -> list[PlannedCell]:
    rows = [PlannedCell(n, 1, f"Rad {n}", Role()) for n in range(1, len(values) + 1)]
    rows += [PlannedCell(n, 2, value, Role()) for n, value in enumerate(values, start=1)]
    return rows + [PlannedCell(n, 3, value, Role()) for n, value in enumerate(line, start=1)]


def columns(values: Sequence[float | None], line: Sequence[float | None] = ()) -> SheetPlan:
    last = len(values)
    area, texts = (1, 2, last, 2), tuple(f"{value}" for value in values)
    chart = ColumnChart(
        "Eget kapital, tkr", "", (1, 1, last, 1), area, (Series(area, ("",) * last),), texts,
        1, 5, (400, 200), line=(1, 3, last, 3) if line else None,
    )  # fmt: skip
    cells = tuple(sheet(values, line))
    return finished(
        SheetPlan("R", "r", cells, (10.0,) * 4, charts=(chart,), page=Page(last_column=4))
    )


def bars(values: Sequence[float | None], target: float | None, highest: float = 110) -> SheetPlan:
    last = len(values)
    chart = BarChart(
        "Index", "", (1, 1, last, 1), (1, 2, last, 2), ("",) * last, target, 1, 5, (400, 200), highest
    )  # fmt: skip
    cells = tuple(sheet(values))
    return finished(
        SheetPlan("R", "r", cells, (10.0,) * 4, charts=(chart,), page=Page(last_column=4))
    )


def xml(plan: SheetPlan) -> str:
    with zipfile.ZipFile(io.BytesIO(render([plan]))) as made:
        return made.read("xl/charts/chart1.xml").decode()


def ends(part: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r'<c:(min|max) val="([^"]+)"', part)}


@pytest.mark.parametrize(
    ("values", "line", "lowest", "highest"),
    [
        ([939, 1026, 1065], (), 0, 1065),
        ([939, 1026, None], (2057, None, None), 0, 2057),
        ([-574, -431, -319], (), -574, 0),
        ([-1020, 87, 39], (), -1020, 87),
        ([-200, -210], (700, 700), -210, 700),
        ([0, 0], (), 0, 1),
        ([None, None], (), 0, 1),
    ],
)
def test_columns_begin_at_zero_and_have_room_for_their_texts(
    values: Sequence[float | None], line: Sequence[float | None], lowest: float, highest: float
) -> None:
    """939 and 1 065 look nearly alike on an axis from 900."""
    plan = columns(values, line)
    made = xml(plan)
    axis = made[made.index("<c:valAx>") :]
    low, high = ends(axis)["min"], ends(axis)["max"]
    assert (low == 0) is (lowest == 0)
    assert (high == 0) is (highest == 0)
    assert low < lowest or not lowest
    assert high > highest or highest in (0, 1, 700)
    assert high - low < 2 * (highest - lowest), "room for a text, and not for much more"
    assert '<c:crosses val="autoZero"/>' in axis
    assert "<c:delete" not in axis, "an axis that is taken away may be scaled by the program"


def test_bars_begin_at_zero_and_below_it_only_for_what_is_there() -> None:
    (chart,) = bars([80, 0, None], 70).charts
    assert (chart.lowest, chart.highest) == (0, 110)
    (chart,) = bars([80, -20], 70).charts
    assert chart.lowest is not None
    assert chart.lowest < -20
    made = xml(bars([80, -20], 70))
    assert [ends(axis)["min"] for axis in made.split("<c:valAx>")[1:]] == [chart.lowest] * 2


def test_no_bar_is_longer_than_the_axis() -> None:
    (chart,) = bars([0.4, 2.6], 1 / 3, highest=0.5).charts
    assert chart.highest is not None
    assert chart.highest > 2.6


@pytest.mark.parametrize(
    ("values", "target", "highest"),
    [
        ([47], 70, 110),
        ([97], 70, 110),
        ([None], 70, 110),
        ([80, None, 60], 70, 110),
        ([None, None], 70, 110),
        ([0.9, 1.44], 1 / 3, 1.7),
    ],
    ids=["one below", "one above", "one not measured", "some not measured", "none", "far above"],
)
def test_the_target_is_drawn_at_every_bar(
    values: Sequence[float | None], target: float, highest: float
) -> None:
    """A thin piece stacked on one that is not seen, so that its middle is at the target."""
    plan = bars(values, target, highest)
    (chart,) = plan.charts
    assert isinstance(chart, BarChart)
    assert chart.pieces is not None
    cells = {(cell.row, cell.column): cell for cell in plan.cells}
    for row in range(1, len(values) + 1):
        before, edge, line = (cells[row, area[1]].value for area in chart.pieces)
        assert isinstance(before, float)
        assert isinstance(edge, float)
        assert isinstance(line, float)
        assert before + edge + line / 2 == pytest.approx(target)
        assert line > 0
    hidden = [cell for cell in plan.cells if cell.column > plan.page.last_column]
    assert {cell.role.number for cell in hidden} == {";;;"}
    made = xml(plan)
    assert chart.highest >= highest
    assert_drawn(made, len(values), chart.highest)


def assert_drawn(made: str, bars: int, highest: float) -> None:
    stacked = made[made.index('<c:grouping val="stacked"/>') : made.index("<c:catAx>")]
    assert stacked.count("<c:ser>") == 4
    assert stacked.count("<a:noFill/></a:ln>") == 4
    assert '<c:overlap val="100"/>' in stacked
    series = re.findall(r"<c:val>.*?</c:val>", stacked)
    assert all(f'<c:ptCount val="{bars}"/>' in one for one in series)
    both = [ends(axis) for axis in made.split("<c:valAx>")[1:]]
    assert both == [{"min": 0, "max": pytest.approx(highest)}] * 2, "both axes are one"


def test_without_a_target_there_is_no_line() -> None:
    plan = bars([0.2, 0.8], None, highest=1)
    assert "stacked" not in xml(plan)
    assert all(cell.column <= 4 for cell in plan.cells)


def test_two_charts_of_the_same_rows_keep_their_targets_apart() -> None:
    first = bars([80, 60], 70)
    (chart,) = first.charts
    assert isinstance(chart, BarChart)
    other = chart._replace(target=50.0, pieces=None)
    plan = finished(first._replace(cells=tuple(sheet([80, 60])), charts=(chart, other)))
    places = [(c.row, c.column) for c in plan.cells]
    assert len(places) == len(set(places))
    one, two = (c.pieces for c in plan.charts if isinstance(c, BarChart))
    assert one != two


def test_a_limit_of_one_year_is_seen() -> None:
    """A line through one point is nothing: its mark is what is drawn, and else it is not."""
    assert '<c:symbol val="dash"/>' in xml(columns([1665, 1346], (750.4, None)))
    assert '<c:symbol val="dash"/>' in xml(columns([1665, 1346, 9], (750.4, None, 60)))
    assert '<c:symbol val="dash"/>' not in xml(columns([1665, 1346], (750.4, 750.4)))


def test_a_marked_bar_says_so_in_its_label() -> None:
    plan = columns([1665, 700])
    (chart,) = plan.charts
    assert isinstance(chart, ColumnChart)
    plan = plan._replace(charts=(chart._replace(texts=("▼ 1 665", "700")),))
    assert "<a:t>▼ 1 665</a:t>" in xml(plan)
