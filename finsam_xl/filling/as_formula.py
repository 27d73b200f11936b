"""A figure as a colleague would write it: as a formula where the sheet uses formulas.

The formula of a neighbour is moved into place where those in its row, or in its column, say
the same; else one is made of what the figure follows from. It is used only where it gives the
very figure that was settled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from finsam_xl.address import a1, is_turned
from finsam_xl.formulas.arithmetic import Cells, result
from finsam_xl.formulas.moving import OFF_THE_SHEET, moved
from finsam_xl.formulas.shapes import shape
from finsam_xl.model_budget import Budget
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.turned import turned_formula

_RESULTS = ("total", "result", "equity_open", "equity_close")
Place = tuple[int, int]


class Written(NamedTuple):
    """A formula as the workbook has it, '' for none, and the place it was taken from."""

    text: str = ""
    source: Place | None = None


class Formulas:
    """The formulas of a sheet, and those that would go on from them.

    ``figures``: those of a block as they will be. ``always``: also where the sheet's own results
    are typed.
    """

    def __init__(self, sheet: SheetGrid, figures: Cells, *, always: bool) -> None:
        self.sheet, self.figures, self.always = sheet, figures, always
        self.new: dict[Place, str] = {}

    def of(
        self, place: Place, wanted: Fraction, beside: Iterable[Iterable[Place]], terms: str
    ) -> Written:
        """The formula for a cell whose figure is settled, where a colleague would write one.

        ``beside``: groups of cells that may hold one to go on from; ``terms``: what the figure
        follows from, as a formula of its own.
        """
        for source in (one for places in beside for one in self.agreeing(places)):
            text = moved(self.text(source), source, place)
            if OFF_THE_SHEET not in text and result(text, self.figures) == wanted:
                return self._written(place, text, source)
        if terms and result(terms, self.figures) == wanted:
            return self._written(place, terms, None)
        return Written()

    def _written(self, place: Place, text: str, source: Place | None) -> Written:
        """The formula, kept for the cells that follow."""
        self.new[place] = text
        return Written(turned_formula(text) if is_turned(self.sheet.name) else text, source)

    def agreeing(self, places: Iterable[Place]) -> list[Place]:
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


class Neighbours:
    """Which cells of a table of amounts say how another one is calculated."""

    def __init__(self, budget: Budget, formulas: Formulas) -> None:
        self.budget, self.formulas = budget, formulas

    def of(self, row: int, column: int) -> Iterator[Place]:
        """Cells whose formula goes on to this one: of the row, or else of the column."""
        heading, rows = self.budget.columns[column], self.budget.rows
        if heading.is_compared or heading.how == "sum":
            for n, other in enumerate(rows):
                if n != row and other.gains == rows[row].gains:
                    yield self.budget.at(n, column)
            return
        for n, one in enumerate(self.budget.columns):
            if n != column and not one.is_compared and one.how != "sum":
                yield self.budget.at(row, n)

    def prefer_formulas(self, column: int) -> bool:
        """Whether most of what follows from others is formulas already.

        Differences are held against other differences, where there are any.
        """
        if self.formulas.always:
            return True
        is_across = self.budget.columns[column].is_compared
        told = self._told
        alike = any(told[is_across, one] for one in (True, False))
        kind = is_across if alike else not is_across
        return told[kind, True] > told[kind, False]

    @cached_property
    def _told(self) -> Counter[tuple[bool, bool]]:
        """How many cells that follow from others are differences or not, and formulas or not."""
        told: Counter[tuple[bool, bool]] = Counter()
        for n, row in enumerate(self.budget.rows):
            for number, other in enumerate(self.budget.columns):
                if other.is_compared or row.role in _RESULTS or other.how == "sum":
                    cell = self.formulas.sheet.cell(*self.budget.at(n, number))
                    if not cell.is_blank:
                        told[other.is_compared, cell.formula is not None] += 1
        return told


def added(parts: Iterable[tuple[Place, int]]) -> str:
    """Cells of one row or column, with factors, added up and taken away as a formula."""
    factors = dict(parts)
    if any(abs(factor) != 1 for factor in factors.values()):
        return ""
    runs = [
        (factors[first], a1(*first) if first == last else f"{a1(*first)}:{a1(*last)}")
        for first, last in _runs(factors)
    ]
    if all(factor > 0 for factor, _ in runs) and any(":" in block for _, block in runs):
        return f"SUM({','.join(block for _, block in runs)})"
    terms = [("-" if f < 0 else "+") + (f"SUM({b})" if ":" in b else b) for f, b in runs]
    return "".join(terms).removeprefix("+")


def _runs(factors: Mapping[Place, int]) -> Iterator[tuple[Place, Place]]:
    """Neighbours of one factor: the first and the last."""
    axis = 0 if len({column for _, column in factors}) == 1 else 1
    numbered = enumerate(sorted(factors))
    for _, group in groupby(numbered, lambda one: (factors[one[1]], one[1][axis] - one[0])):
        run = [place for _, place in group]
        yield run[0], run[-1]
