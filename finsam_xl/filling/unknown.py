"""Cells of a table that show a figure which means nothing to a sum.

A formula that looks at a result cell that is still blank counts it as 0; one that adds nothing
but blanks shows 0; a date and a per cent among amounts are no amounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finsam_xl.address import places, real_name, real_place
from finsam_xl.findings.reasons import Reason
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.references import references
from finsam_xl.model_budget import Budget
from finsam_xl.sheets.grid import BLANK, Cell, Grid

_RESULTS = ("total", "result", "equity_open", "equity_close")
_MOST_CELLS = 20_000
Place = tuple[str, int, int]


class Unknown:
    """What is known to mean nothing in a workbook.

    ``filled``: the cells that a run may fill in, by sheet as it is read.
    """

    def __init__(self, grid: Grid, filled: Iterable[Place]) -> None:
        self.grid = grid
        self.sheets = {sheet.name.lower(): sheet for sheet in grid.sheets}
        self.open = {
            everywhere(name, *at) for name, *at in filled if grid.sheet(name).cell(*at).is_blank
        }
        self._stale: dict[Place, bool] = {}
        self._empty: dict[Place, bool] = {}

    @classmethod
    def of(cls, grid: Grid, budgets: Iterable[Budget]) -> Unknown:
        """Of the tables of amounts of a workbook."""
        return cls(grid, (place for budget in budgets for place in _may_be_filled(budget)))

    def cells(self, budget: Budget) -> dict[tuple[int, int], Reason]:
        """The cells of a table that no sum may use, by row and column index, each with why."""
        sheet = self.grid.sheet(budget.sheet)
        found: dict[tuple[int, int], Reason] = {}
        for index, row in enumerate(budget.rows):
            for number, column in enumerate(budget.columns):
                if row.amounts[number] is None:
                    continue
                cell = sheet.cell(row.row, column.number)
                if cell.formula is not None:
                    place = everywhere(budget.sheet, row.row, column.number)
                    if self.is_stale(place):
                        found[index, number] = Reason.STALE
                    elif not row.amounts[number] and self.adds_blanks(place):
                        found[index, number] = Reason.PART_BLANK
                elif cell.dated or (cell.percent and column.scenario not in ("percent", "share")):
                    found[index, number] = Reason.PART_OTHER_UNIT
        return found

    def is_stale(self, place: Place) -> bool:
        """Whether a formula looks, also through others, at a result cell that is blank."""
        if place not in self._stale:
            self._stale[place] = False
            self._stale[place] = any(
                seen in self.open or (self._cell(seen).formula is not None and self.is_stale(seen))
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
        cell = self._cell(place)
        if cell.formula is not None:
            return not cell.value and self.adds_blanks(place)
        return cell.is_blank

    def _cell(self, place: Place) -> Cell:
        sheet = self.sheets.get(place[0].lower())
        return BLANK if sheet is None else sheet.cell(*place[1:])

    def _looks_at(self, place: Place) -> Iterator[Place]:
        sheet = self.sheets.get(place[0].lower())
        text = sheet.formulas.get((place[1], place[2])) if sheet is not None else None
        for area in references(text, place[0], self.grid.names).areas if text else ():
            yield from self._in(area)

    def _in(self, area: Area) -> Iterator[Place]:
        sheet = self.sheets.get(area.sheet.lower())
        if sheet is None:
            return
        bottom, right = min(area.bottom, sheet.height), min(area.right, sheet.width)
        if (bottom - area.top + 1) * (right - area.left + 1) > _MOST_CELLS:
            return
        for at in places((area.top, area.left, max(bottom, area.top), max(right, area.left))):
            yield sheet.name, *at


def _may_be_filled(budget: Budget) -> Iterator[Place]:
    """The cells that follow from others."""
    across = [n for n, c in enumerate(budget.columns) if c.is_compared or c.how == "sum"]
    numbers = range(len(budget.columns))
    for index, row in enumerate(budget.rows):
        if row.role not in ("section", "note"):
            for number in numbers if row.role in _RESULTS else across:
                yield budget.sheet, *budget.at(index, number)


def everywhere(sheet: str, row: int, column: int) -> Place:
    """Where a cell stands in the workbook, however its sheet is read."""
    return (real_name(sheet), *real_place(sheet, row, column))
