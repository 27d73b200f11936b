"""A sheet being drawn, and what the charts of the finished one need of it: axes and places.

A bar is read by its length, so no axis may begin elsewhere; it goes below zero only for
figures that do. No kind of line stands across bars in every program, so a target is drawn as
bars of its own, one short piece at each: an invisible one up to it, and a thin one there with
white edges, so that it is seen on bars of any colour. Nor can any program write beside a stack;
so texts stand at marks and bars that are not drawn, which lets them stand clear of dashed lines.
What all this is drawn from stands right of the printed area, in cells that show nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count

from finsam_xl.address import places
from finsam_xl.palette import ACCENT
from finsam_xl.report import bar_texts
from finsam_xl.report.look import is_one_line
from finsam_xl.sheetplan import (
    BarChart,
    Beside,
    Chart,
    ColumnChart,
    Marks,
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
        formula: str = "",
    ) -> None:
        """Put a value in a cell, or a ``formula`` that gives it."""
        self.cells.append(PlannedCell(row, column, value, role, link, formula))
        if height is not None:
            self.heights[row] = height

    def wide(
        self,
        row: int,
        first: int,
        last: int,
        value: float | str | None,
        role: Role,
        *,
        link: str = "",
        formula: str = "",
    ) -> None:
        """Put a value, or a ``formula`` that gives it, in a cell merged across columns."""
        self.put(row, first, value, role, link=link, formula=formula)
        if last > first:
            self.merges.append((row, first, row, last))

    def beside(self, row: int, last: int, columns: Sequence[Sequence[Value]]) -> list[Range]:
        """Put what a chart is drawn from right of a sheet whose ``last`` column is printed.

        Each of the ``columns`` goes downwards from ``row``; the ranges are theirs.
        """
        ranges, cells = _beside(self.cells, row, last, columns)
        self.cells += cells
        return ranges

    def plan(self, name: str, owner: str, widths: Sequence[float], page: Page) -> SheetPlan:
        """The sheet as drawn, with the axes of its charts."""
        drawn = SheetPlan(
            name, owner, tuple(self._whole(widths, page.last_column)), tuple(widths), page=page
        )
        return finished(
            drawn._replace(
                heights=tuple(self.heights.items()),
                merges=tuple(self.merges),
                charts=tuple(self.charts),
                tab=ACCENT,
            )
        )

    def _whole(self, widths: Sequence[float], printed: int) -> Iterator[PlannedCell]:
        """The cells, those whose text fills more than one line without their links.

        LibreOffice shows but one line of a text that is a link. What is not ``printed``, right of
        that column, may be widened by whoever reads it.
        """
        merged = {(top, left): right for top, left, _, right in self.merges}
        for cell in self.cells:
            role, last = cell.role, merged.get((cell.row, cell.column), cell.column)
            width = sum(widths[cell.column - 1 : last])
            is_at_risk = bool(cell.link) and role.wrap and cell.column <= printed
            is_whole = not is_at_risk or is_one_line(str(cell.value), width, role)
            yield cell if is_whole else cell._replace(link="")


HIDDEN, _UNSEEN = Role(number=";;;"), Role(size=1, ink="#FFFFFF")
"""What shows no figure, and no text: LibreOffice names a bar by what its cell shows.

Small, so that no row grows by a name on two lines.
"""
_NOTE = "Hjälpvärden: det som diagrammen ritas av"
_APART = 2
"""How far right of the printed area what charts are drawn from stands."""
_LINE, _EDGE = 2.0, 1.5
"""How many pixels a target line and its edges are."""
Value = float | str | None
_Cells = Mapping[tuple[int, int], object]


def _beside(
    cells: Iterable[PlannedCell], row: int, last: int, columns: Sequence[Sequence[Value]]
) -> tuple[list[Range], list[PlannedCell]]:
    """Columns of values in the first cells that are free, with the ranges they are."""
    taken = {(cell.row, cell.column) for cell in cells if cell.column > last}
    rows = range(row, row + max(map(len, columns)))
    first = last + _APART
    while any((at, first + n) in taken for at in rows for n in range(len(columns))):
        first += 1
    ranges = [
        (row, column, row + len(values) - 1, column) for column, values in enumerate(columns, first)
    ]
    made = [
        PlannedCell(row + down, column, value, _UNSEEN if isinstance(value, str) else HIDDEN)
        for column, values in enumerate(columns, first)
        for down, value in enumerate(values)
    ]
    return ranges, made


def finished(plan: SheetPlan) -> SheetPlan:
    """The sheet with the axes and names of its charts, and what stands at their bars."""
    drawing = _Drawing(plan)
    charts: list[Chart] = []
    for chart in plan.charts:
        drawn = drawing.columns(chart) if isinstance(chart, ColumnChart) else drawing.bars(chart)
        charts.append(drawn._replace(name=_free(drawn, [one.name for one in charts])))
    corner = (1, plan.page.last_column + _APART)
    if drawing.helps and corner not in {(cell.row, cell.column) for cell in drawing.cells}:
        drawing.cells.append(PlannedCell(*corner, _NOTE, _UNSEEN))
    return plan._replace(cells=tuple(drawing.cells), charts=tuple(charts))


def _free(chart: Chart, taken: Collection[str]) -> str:
    """A name for a chart that no other has: its own, or else its title without what follows it."""
    name = chart.name or chart.title.partition(",")[0].partition(";")[0] or "Diagram"
    numbered = (name if number == 1 else f"{name} {number}" for number in count(1))
    return next(one for one in numbered if one not in taken)


def _has_lone_points(line: Sequence[float | None]) -> bool:
    """Whether a line is known somewhere between gaps or ends."""
    known = [False, *(value is not None for value in line), False]
    return any(
        here and not before and not after
        for before, here, after in zip(known, known[1:], known[2:], strict=False)
    )


class _Drawing:
    """The cells of a sheet whose charts are finished one by one."""

    def __init__(self, plan: SheetPlan) -> None:
        self.cells = list(plan.cells)
        self._held: _Cells = {(cell.row, cell.column): cell.value for cell in plan.cells}
        self._last = plan.page.last_column

    @property
    def helps(self) -> bool:
        """Whether anything stands right of the printed area."""
        return any(cell.column > self._last for cell in self.cells)

    def columns(self, chart: ColumnChart) -> ColumnChart:
        """Columns whose axis holds them and their texts, which stand clear of the line."""
        parts = [self._numbers(one.values) for one in chart.series]
        stacks = list(zip(*parts, strict=True))
        line = self._numbers(chart.line) if chart.line is not None else [None] * len(stacks)
        made = bar_texts.at_stacks(chart, stacks, line)
        (area,) = self._put(chart.labels[0], [made.places])
        chart = chart._replace(
            lowest=made.lowest,
            highest=made.highest,
            marks=Marks(area, tuple(made.below)),
            has_lone_points=_has_lone_points(line),
        )
        series = [
            one._replace(texts=bar_texts.in_bars(chart, number, values)) if one.texts else one
            for number, (one, values) in enumerate(zip(chart.series, parts, strict=True))
        ]
        return chart._replace(series=tuple(series))

    def bars(self, chart: BarChart) -> BarChart:
        """Bars whose axis holds them, their texts and the target, whose line strikes no text."""
        values = self._numbers(chart.values)
        names = [str(self._held.get(place) or "") for place in places(chart.labels)]
        width = bar_texts.plot_width(chart, names)
        made = bar_texts.at_bars(chart, values, width, _LINE / 2 + _EDGE)
        chart = chart._replace(lowest=made.lowest, highest=made.highest)
        row, _, last, _ = chart.values
        if chart.texts:
            ends = (max(0.0, value or 0.0) for value in values)
            gaps = [place - end for place, end in zip(made.places, ends, strict=True)]
            chart = chart._replace(beside=Beside(*self._put(row, [gaps, made.rooms])))
        if chart.target is None:
            return chart
        pixel = (chart.highest - chart.lowest) / width
        edge, line = _EDGE * pixel, _LINE * pixel
        away = -1 if chart.target < 0 else 1
        sizes = (chart.target - away * (line / 2 + edge), away * edge, away * line)
        pieces = self._put(row, [[size] * (last + 1 - row) for size in sizes])
        return chart._replace(pieces=Pieces(*pieces))

    def _put(self, row: int, columns: Sequence[Sequence[Value]]) -> list[Range]:
        ranges, made = _beside(self.cells, row, self._last, columns)
        self.cells += made
        return ranges

    def _numbers(self, area: Range) -> list[float | None]:
        values = (self._held.get(place) for place in places(area))
        return [float(value) if isinstance(value, int | float) else None for value in values]
