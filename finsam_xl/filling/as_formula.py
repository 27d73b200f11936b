"""A figure as a colleague would write it: as a formula where the sheet uses formulas.

The formula of a neighbour is moved into place where those in its row, or in its column, say
the same; else one is made of what the figure follows from. It is used only where it gives the
very figure that was settled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from finsam_xl.address import a1, is_turned
from finsam_xl.filling.places import number_at
from finsam_xl.filling.unknown import may_be_filled
from finsam_xl.formulas.arithmetic import result
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.moving import OFF_THE_SHEET, moved
from finsam_xl.formulas.shapes import shape
from finsam_xl.model_budget import Budget, BudgetRow, Known
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.turned import turned_formula

_RESULTS = ("total", "result", "equity_open", "equity_close")
_MOST_CELLS = 2000
Place = tuple[int, int]


class Written(NamedTuple):
    """A formula as the workbook has it, and the place it was taken from."""

    text: str
    source: Place | None = None


class Formulas:
    """The formulas of one table, and those that would go on from them.

    ``rows`` and ``unknown`` are live: what has been filled in counts. ``always``: also where
    the sheet's own results are typed.
    """

    def __init__(
        self,
        sheet: SheetGrid,
        budget: Budget,
        rows: Sequence[BudgetRow],
        unknown: Mapping[tuple[int, int], str],
        is_hundredth: Callable[[int, int], bool],
        *,
        always: bool,
    ) -> None:
        self.sheet, self.budget, self.rows, self.always = sheet, budget, rows, always
        self.unknown, self.is_hundredth = unknown, is_hundredth
        self._open = set(may_be_filled(budget))
        self.new: dict[Place, str] = {}
        self._columns = {column.number: n for n, column in enumerate(budget.columns)}
        self._rows = {row.row: n for n, row in enumerate(rows)}

    def of(self, row: int, column: int, wanted: Known, terms: str) -> Written | None:
        """The formula for a cell whose figure is settled, where a colleague would write one.

        ``terms``: what the figure follows from, as a formula of its own.
        """
        place = self.budget.at(row, column)
        for source in self.models(row, column):
            text = moved(self.text(source), source, place)
            if OFF_THE_SHEET not in text and self.gives(text, wanted):
                return self.written(place, text, source)
        if terms and (self.always or self.prefers_formulas(column)) and self.gives(terms, wanted):
            return self.written(place, terms, None)
        return None

    def written(self, place: Place, text: str, source: Place | None) -> Written:
        """The formula, kept for the cells that follow."""
        self.new[place] = text
        return Written(turned_formula(text) if is_turned(self.sheet.name) else text, source)

    def gives(self, text: str, wanted: Known) -> bool:
        """Whether a formula gives the figure that is wanted in its cell."""
        return result(text, self.figures) == wanted

    def models(self, row: int, column: int) -> Iterator[Place]:
        """Cells whose formula goes on to this one: of the row, then of the column."""
        heading = self.budget.columns[column]
        if not heading.is_compared and heading.how != "sum":
            yield from self.agreeing(
                self.budget.at(row, n)
                for n, other in enumerate(self.budget.columns)
                if n != column and not other.is_compared and other.how != "sum"
            )
            return
        yield from self.agreeing(
            self.budget.at(n, column)
            for n, other in enumerate(self.rows)
            if n != row and other.gains == self.rows[row].gains
        )

    def agreeing(self, places: Iterator[Place]) -> list[Place]:
        """One of the cells with formulas, if most with figures have them and all say the same."""
        filled = [p for p in places if p in self.new or not self.sheet.cell(*p).is_blank]
        texts = {p: text for p in filled if (text := self.text(p))}
        shapes = {p: found.form for p, text in texts.items() if (found := shape(text, p))}
        if not shapes or 2 * len(shapes) <= len(filled) or len(set(shapes.values())) > 1:
            return []
        return [min(shapes)]

    def text(self, place: Place) -> str:
        """The formula of a cell, also one that was just filled in; '' for none."""
        return self.new.get(place) or self.sheet.formulas.get(place, "")

    def prefers_formulas(self, column: int) -> bool:
        """Whether most of what follows from others is formulas already.

        Differences are held against other differences, where there are any.
        """
        is_across = self.budget.columns[column].is_compared
        told: Counter[tuple[bool, bool]] = Counter()
        for n, row in enumerate(self.rows):
            for number, other in enumerate(self.budget.columns):
                place = self.budget.at(n, number)
                if other.is_compared or row.role in _RESULTS or other.how == "sum":
                    cell = self.sheet.cell(*place)
                    if place not in self.new and not cell.is_blank:
                        told[other.is_compared, cell.formula is not None] += 1
        alike = any(told[is_across, one] for one in (True, False))
        kind = is_across if alike else not is_across
        return told[kind, True] > told[kind, False]

    def figures(self, area: Area) -> Iterator[Fraction | None]:
        """The figures of a block of this sheet as they will be."""
        cells = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if area.sheet or cells > _MOST_CELLS:
            yield None
            return
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                cell = self.sheet.cell(row, column)
                if row in self._rows and column in self._columns:
                    yield from self.of_table(self._rows[row], self._columns[column])
                elif not cell.is_blank:
                    yield number_at(self.sheet, row, column) if cell.formula is None else None

    def of_table(self, row: int, column: int) -> Iterator[Fraction | None]:
        """The figure of a cell of the table; nothing for one that is blank and stays so."""
        at, amount = self.budget.at(row, column), self.rows[row].amounts[column]
        cell = self.sheet.cell(*at)
        if (row, column) in self.unknown:
            yield None
        elif amount is not None and (cell.is_blank or cell.formula is not None):
            yield self.in_cell(amount, row, column)
        elif not cell.is_blank:
            yield number_at(self.sheet, *at)
        elif (row, column) in self._open:
            yield None

    def refreshed(self, row: int, column: int) -> Known | None:
        """What a formula that looked at blank cells shows now that they are filled in."""
        at = self.budget.at(row, column)
        text = self.sheet.formulas.get(at)
        found = result(text, self.figures) if text else None
        return None if found is None else found / self.in_cell(1, row, column)

    def in_cell(self, amount: Known, row: int, column: int) -> Fraction:
        """An amount as its cell holds it: per cent may be parts of one."""
        return Fraction(amount) / (100 if self.is_hundredth(row, column) else 1)


def down(budget: Budget, parts: Iterable[tuple[int, int]], column: int) -> str:
    """Rows of a column, by index and factor, added up and taken away, as a formula."""
    number = budget.columns[column].number
    factors = {budget.rows[row].row: factor for row, factor in parts}
    return _added(factors, lambda row: a1(row, number))


def across(budget: Budget, row: int, parts: Iterable[tuple[int, int]]) -> str:
    """The same for columns of a row."""
    at = budget.rows[row].row
    factors = {budget.columns[column].number: factor for column, factor in parts}
    return _added(factors, lambda column: a1(at, column))


def _added(factors: Mapping[int, int], cell: Callable[[int], str]) -> str:
    if any(abs(factor) != 1 for factor in factors.values()):
        return ""
    runs = [
        (factor, cell(first) if first == last else f"{cell(first)}:{cell(last)}")
        for factor, first, last in _runs(factors)
    ]
    if all(factor > 0 for factor, _ in runs) and any(":" in block for _, block in runs):
        return f"SUM({','.join(block for _, block in runs)})"
    terms = [("-" if f < 0 else "+") + (f"SUM({b})" if ":" in b else b) for f, b in runs]
    return "".join(terms).removeprefix("+")


def _runs(factors: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """Neighbours of one factor: the factor, the first and the last."""
    numbers = sorted(factors)
    for factor, group in groupby(
        enumerate(numbers), lambda one: (factors[one[1]], one[1] - one[0])
    ):
        run = [number for _, number in group]
        yield factor[0], run[0], run[-1]
