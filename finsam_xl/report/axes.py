"""A sheet being drawn, and what the charts of the finished one need of it: axes and targets.

A bar is read by its length, so no axis may begin elsewhere; it goes below zero only for
figures that do. No kind of line stands across bars in every program, so a target is drawn as
bars of its own, one short piece at each: an invisible one up to it, and a thin one there with
white edges, so that it is seen on bars of any colour.
What they measure stands right of the printed area, in cells that show nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finsam_xl.address import places
from finsam_xl.sheetplan import (
    BarChart,
    Chart,
    ColumnChart,
    Page,
    Pieces,
    PlannedCell,
    Range,
    Role,
    SheetPlan,
)


class Canvas:
    """Collects what a :class:`~finsam_xl.sheetplan.SheetPlan` is made of."""

    def __init__(self) -> None:
        self.cells: list[PlannedCell] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.heights: dict[int, float] = {}
        self.charts: list[Chart] = []

    def put(
        self,
        row: int,
        column: int,
        value: float | str | None,
        role: Role,
        *,
        link: str = "",
        height: float | None = None,
    ) -> None:
        """Put a value in a cell."""
        self.cells.append(PlannedCell(row, column, value, role, link))
        if height is not None:
            self.heights[row] = height

    def wide(
        self, row: int, first: int, last: int, value: str, role: Role, *, link: str = ""
    ) -> None:
        """Put a text in a cell merged across columns."""
        self.put(row, first, value, role, link=link)
        if last > first:
            self.merges.append((row, first, row, last))

    def plan(self, name: str, owner: str, widths: Sequence[float], page: Page) -> SheetPlan:
        """The sheet as drawn, with the axes of its charts."""
        drawn = SheetPlan(name, owner, tuple(self.cells), tuple(widths), page=page)
        return finished(
            drawn._replace(
                heights=tuple(self.heights.items()),
                merges=tuple(self.merges),
                charts=tuple(self.charts),
            )
        )


_HIDDEN = Role(number=";;;")
_NOTE = "Hjälpvärden: var diagrammens målstreck står"
_APART = 2
"""How far right of the printed area what the target lines measure stands."""
_PLOT, _LINE, _EDGE = 0.6, 2.0, 1.5
"""How much of a chart its bars have, and how many pixels the line and its edges are."""
_ROOM = 0.15
_Cells = Mapping[tuple[int, int], object]


def finished(plan: SheetPlan) -> SheetPlan:
    """The sheet with the axes of its charts, and the pieces of their target lines."""
    held = {(cell.row, cell.column): cell.value for cell in plan.cells}
    taken: set[tuple[int, int]] = set()
    added: list[PlannedCell] = []
    charts: list[Chart] = []
    for chart in plan.charts:
        if isinstance(chart, ColumnChart):
            charts.append(_columns(chart, held))
            continue
        bars = _bars(chart, held)
        if bars.target is not None:
            pieces, cells = _target(bars, bars.target, plan.page.last_column + _APART, taken)
            bars = bars._replace(pieces=pieces)
            added += cells
        charts.append(bars)
    corner = (1, plan.page.last_column + _APART)
    if added and corner not in taken:
        added.append(PlannedCell(*corner, _NOTE, _HIDDEN))
    return plan._replace(cells=(*plan.cells, *added), charts=tuple(charts))


def _numbers(held: _Cells, area: Range | None) -> list[float]:
    values = [] if area is None else [held.get(place) for place in places(area)]
    return [float(value) for value in values if isinstance(value, int | float)]


def _columns(chart: ColumnChart, held: _Cells) -> ColumnChart:
    values = [*_numbers(held, chart.values), *_numbers(held, chart.line)]
    lowest = 0.0 if all(value >= 0 for value in values) else None
    highest = 0.0 if lowest is None and all(value <= 0 for value in values) else None
    return chart._replace(lowest=lowest, highest=highest)


def _bars(chart: BarChart, held: _Cells) -> BarChart:
    """Bars whose axis holds every value and the target, with room for what stands beside them."""
    values = [0.0, *_numbers(held, chart.values), *([chart.target] if chart.target else [])]
    highest = max(chart.highest, (1 + _ROOM) * max(values) if max(values) > chart.highest else 0)
    low = min(values)
    return chart._replace(highest=highest, lowest=low - _ROOM * (highest - low) if low < 0 else 0)


def _target(
    chart: BarChart, target: float, column: int, taken: set[tuple[int, int]]
) -> tuple[Pieces, list[PlannedCell]]:
    """The ranges of a target line's pieces, in the first columns that are free, and their cells."""
    first, _, last, _ = chart.values
    rows = range(first, last + 1)
    while any((row, column) in taken for row in rows):
        column += len(Pieces._fields)
    taken |= {(row, column) for row in rows}
    pixel = (chart.highest - chart.lowest) / (_PLOT * chart.size[0])
    edge, line = _EDGE * pixel, _LINE * pixel
    values = (target - line / 2 - edge, edge, line)
    ranges = ((first, column + n, last, column + n) for n in range(len(values)))
    cells = [
        PlannedCell(row, column + number, value, _HIDDEN)
        for row in rows
        for number, value in enumerate(values)
    ]
    return Pieces(*ranges), cells
