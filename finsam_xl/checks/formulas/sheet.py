"""A sheet as the rules of formulas look at it: what each cell holds, and each formula's shape."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from finsam_xl.address import real_name, real_place
from finsam_xl.checks.material import Cells, CellValue, Material
from finsam_xl.checks.rings import FormulaCell
from finsam_xl.formulas.addends import Part, parts
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.normal import normal
from finsam_xl.formulas.shapes import Shape, shape
from finsam_xl.labels import normalise
from finsam_xl.model import Ref
from finsam_xl.model_budget import SIGNED, Budget
from finsam_xl.periods import is_year
from finsam_xl.words import results, totals

Place = tuple[int, int]
_MOST_SHOWN = 4
_MARKS = " -–—•·"
"""What may stand before the name of a row."""
_NO_LINE = (totals.is_sum, results.is_result, results.opens, results.closes, results.is_inside)
"""What a row that is not in a table of amounts may be called that is no line."""


def first_of(refs: Sequence[Ref]) -> str:
    """The first cells of several, as they are told."""
    more = " …" if len(refs) > _MOST_SHOWN else ""
    return ", ".join(ref.cell for ref in refs[:_MOST_SHOWN]) + more


class FormulaSheet:
    """One sheet: its cells, and its formulas by place."""

    def __init__(
        self,
        name: str,
        cells: Cells,
        formulas: Iterable[FormulaCell],
        budgets: Iterable[Budget] = (),
        hidden: frozenset[int] = frozenset(),
    ) -> None:
        self.name, self.cells, self.hidden = name, cells, hidden
        self._named: dict[int, Mapping[str, Sequence[int]]] = {}
        self.formulas = {(one.row, one.column): one for one in formulas}
        budgets = tuple(budgets)
        self._derived = {
            real_place(budget.sheet, row.row, column.number)
            for budget in budgets
            for row in budget.rows
            for column in budget.columns
            if not column.is_stated
        }
        self._rows = {
            real_place(budget.sheet, row.row, column.number): (row, budget.sign)
            for budget in budgets
            for row in budget.rows
            for column in budget.columns
        }

    @cached_property
    def shapes(self) -> Mapping[Place, Shape]:
        """The shape of every formula that has one."""
        found = ((place, shape(one.text, place)) for place, one in self.formulas.items())
        return {place: one for place, one in found if one is not None}

    @cached_property
    def forms(self) -> Mapping[Place, str]:
        """What every formula that has a shape says, seen from its cell: copies say the same."""
        said: dict[str, str] = {}
        for place, one in self.shapes.items():
            if one.form not in said:
                said[one.form] = normal(self.formulas[place].text, place) or one.form
        return {place: said[one.form] for place, one in self.shapes.items()}

    @cached_property
    def reckoned(self) -> Mapping[int, Sequence[frozenset[Place]]]:
        """By column the single cells that each of its formulas adds or takes away, two at least."""
        found: dict[int, list[frozenset[Place]]] = {}
        for (_, column), one in self.formulas.items():
            areas = (part.area for part in self.adds(one.text))
            cells = frozenset((area.top, area.left) for area in areas if area.is_single)
            if len(cells) > 1:
                found.setdefault(column, []).append(cells)
        return found

    def ref(self, place: Place) -> Ref:
        """A place as findings name it."""
        return Ref.at(self.name, *place)

    def value(self, place: Place) -> CellValue:
        """What a cell shows."""
        return self.cells.get(place)

    def number(self, place: Place) -> float | None:
        """The number a cell shows, typed or calculated."""
        value = self.cells.get(place)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def typed(self, place: Place) -> float | None:
        """The number that is typed in a cell."""
        return None if place in self.formulas else self.number(place)

    def label(self, place: Place) -> str:
        """The nearest text on the left in the row, '' where there is none."""
        row, column = place
        columns = self._texts.get(row, [])
        before = bisect_left(columns, column)
        return str(self.cells[row, columns[before - 1]]).strip() if before else ""

    def rows_named(self, column: int) -> Mapping[str, Sequence[int]]:
        """The rows with a figure in a column, by their names in plain words."""
        if column not in self._named:
            found: dict[str, list[int]] = {}
            for row, at in self.cells:
                if at == column and self.number((row, at)) is not None:
                    found.setdefault(normalise(self.label((row, at))), []).append(row)
            self._named[column] = found
        return self._named[column]

    @cached_property
    def _texts(self) -> Mapping[int, list[int]]:
        """The columns of each row in which a text is typed, from the left."""
        found: dict[int, list[int]] = {}
        for (row, column), value in self.cells.items():
            if type(value) is str and value.strip() and (row, column) not in self.formulas:
                found.setdefault(row, []).append(column)
        for columns in found.values():
            columns.sort()
        return found

    def is_line(self, place: Place) -> bool:
        """Whether a typed number stands on a row with a name that is neither sum nor equity."""
        if self.typed(place) is None:
            return False
        if place in self._rows:
            row = self._rows[place][0]
            return bool(row.label) and row.role == "line" and row.parent is None
        name = self.label(place).lstrip(_MARKS)
        return bool(name) and not any(is_so(name) for is_so in _NO_LINE)

    def same_sense(self, one: Place, other: Place) -> bool:
        """Whether a difference of two columns is taken the same way round in two rows.

        What is better is more income and less cost, so tables with positive costs turn it. A
        column of deviations has formulas of its own, whatever those beside it say.
        """
        if (one in self._derived) != (other in self._derived):
            return False
        rows = [self._rows.get(place) for place in (one, other)]
        if None in rows:
            return True
        (row, sign), (beside, _) = (known for known in rows if known)
        return sign == SIGNED or row.gains == beside.gains

    @cached_property
    def with_amounts(self) -> frozenset[int]:
        """The rows that hold a number which is no year: not blank, and no headings."""
        return frozenset(
            row
            for (row, _), value in self.cells.items()
            if isinstance(value, int | float) and not is_year(value)
        )

    def is_here(self, area: Area) -> bool:
        """Whether a block is of this very sheet."""
        return area.sheet.lower() in ("", self.name.lower())

    def adds(self, formula: str) -> tuple[Part, ...]:
        """What a formula of this sheet adds up, if it does nothing else."""
        found = parts(formula, self.name) or ()
        # What a subtotal leaves out is no line that is missing.
        return () if any(part.skips_subtotals for part in found) else found


def sheets(material: Material) -> Iterator[FormulaSheet]:
    """The sheets of a workbook whose cells are known, those with formulas first."""
    formulas: dict[str, list[FormulaCell]] = {}
    for one in material.formulas:
        formulas.setdefault(one.sheet, []).append(one)
    for name in [*formulas, *(name for name in material.cells if name not in formulas)]:
        if name in material.cells:
            budgets = (budget for budget in material.budgets if real_name(budget.sheet) == name)
            hidden = material.hidden.get(name, frozenset())
            yield FormulaSheet(name, material.cells[name], formulas.get(name, ()), budgets, hidden)
