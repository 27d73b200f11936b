"""Cells of a table that show a figure which means nothing to a sum.

A formula that looks at a result cell that is still blank counts it as 0; one that adds nothing
but blanks shows 0; a date and a per cent among amounts are no amounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finsam_xl.address import real_name, real_place
from finsam_xl.filling import doubts
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.references import references
from finsam_xl.model_budget import Budget
from finsam_xl.sheets.grid import Grid

_RESULTS = ("total", "result", "equity_open", "equity_close")
_MOST_CELLS = 20_000
Place = tuple[str, int, int]


class Unknown:
    """What is known to mean nothing in a workbook. ``blank``: the results that are blank."""

    def __init__(self, grid: Grid, blank: Iterable[Place]) -> None:
        self.grid, self.open = grid, set(blank)
        self.sheets = {sheet.name.lower(): sheet for sheet in grid.sheets}
        self._stale: dict[Place, bool] = {}
        self._empty: dict[Place, bool] = {}

    @classmethod
    def of(cls, grid: Grid, budgets: Iterable[Budget]) -> Unknown:
        """Of the tables of amounts of a workbook."""
        return cls(grid, (place for budget in budgets for place in _blank_results(grid, budget)))

    @classmethod
    def on(cls, grid: Grid, sheet: str, blank: Iterable[tuple[int, int]]) -> Unknown:
        """Of the blank cells of one table, on a sheet as it is read."""
        return cls(grid, (_place(sheet, *at) for at in blank))

    def cells(self, budget: Budget) -> dict[tuple[int, int], str]:
        """The cells of a table that no sum may use, by row and column index, each with why."""
        sheet = self.grid.sheet(budget.sheet)
        found: dict[tuple[int, int], str] = {}
        for index, row in enumerate(budget.rows):
            for number, column in enumerate(budget.columns):
                if row.amounts[number] is None:
                    continue
                cell = sheet.cell(row.row, column.number)
                if cell.formula is not None:
                    place = _place(budget.sheet, row.row, column.number)
                    if self.is_stale(place):
                        found[index, number] = doubts.STALE
                    elif not row.amounts[number] and self.adds_blanks(place):
                        found[index, number] = doubts.PART_BLANK
                elif cell.dated or (cell.percent and column.scenario not in ("percent", "share")):
                    found[index, number] = doubts.PART_OTHER_UNIT
        return found

    def is_stale(self, place: Place) -> bool:
        """Whether a formula looks, also through others, at a result cell that is blank."""
        if place not in self._stale:
            self._stale[place] = False
            self._stale[place] = any(
                seen in self.open or (self._is_formula(seen) and self.is_stale(seen))
                for seen in self._looks_at(place)
            )
        return self._stale[place]

    def adds_blanks(self, place: Place) -> bool:
        """Whether everything a formula looks at is blank: then its 0 says nothing."""
        if place not in self._empty:
            self._empty[place] = False
            seen = list(self._looks_at(place))
            self._empty[place] = bool(seen) and all(self._is_blank(one) for one in seen)
        return self._empty[place]

    def _is_blank(self, place: Place) -> bool:
        sheet = self.sheets.get(place[0].lower())
        if sheet is None:
            return True
        cell = sheet.cell(place[1], place[2])
        if cell.formula is not None:
            return not cell.value and self.adds_blanks((sheet.name, *place[1:]))
        return cell.is_blank

    def _is_formula(self, place: Place) -> bool:
        sheet = self.sheets.get(place[0].lower())
        return sheet is not None and sheet.cell(place[1], place[2]).formula is not None

    def _looks_at(self, place: Place) -> Iterator[Place]:
        sheet = self.sheets.get(place[0].lower())
        text = sheet.formulas.get((place[1], place[2])) if sheet is not None else None
        if not text:
            return
        for area in references(text, place[0], self.grid.names).areas:
            yield from self._in(area)

    def _in(self, area: Area) -> Iterator[Place]:
        sheet = self.sheets.get(area.sheet.lower())
        if sheet is None:
            return
        bottom, right = min(area.bottom, sheet.height), min(area.right, sheet.width)
        if (bottom - area.top + 1) * (right - area.left + 1) > _MOST_CELLS:
            return
        for row in range(area.top, max(bottom, area.top) + 1):
            for column in range(area.left, max(right, area.left) + 1):
                yield sheet.name, row, column


def _blank_results(grid: Grid, budget: Budget) -> Iterator[Place]:
    sheet = grid.sheet(budget.sheet)
    for row, column in may_be_filled(budget):
        at = budget.at(row, column)
        if sheet.cell(*at).is_blank:
            yield _place(budget.sheet, *at)


def may_be_filled(budget: Budget) -> Iterator[tuple[int, int]]:
    """The cells that follow from others, by row and column index: a run may fill them in."""
    across = [n for n, c in enumerate(budget.columns) if c.is_compared or c.how == "sum"]
    numbers = range(len(budget.columns))
    for index, row in enumerate(budget.rows):
        if row.role not in ("section", "note"):
            for number in numbers if row.role in _RESULTS else across:
                yield index, number


def _place(sheet: str, row: int, column: int) -> Place:
    """Where a cell stands in the workbook, however its sheet is read."""
    return (real_name(sheet), *real_place(sheet, row, column))
