"""A sheet being drawn: cells, merges, row heights and charts, gathered in any order."""

from __future__ import annotations

from finsam_xl.sheetplan import BarChart, PlannedCell, Role


class Canvas:
    """Collects what a :class:`~finsam_xl.sheetplan.SheetPlan` is made of."""

    def __init__(self) -> None:
        self.cells: list[PlannedCell] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.heights: dict[int, float] = {}
        self.charts: list[BarChart] = []

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
