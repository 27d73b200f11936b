"""The sums and differences that a table of amounts says of itself, cell by cell.

Down a column a total is its lines; across a row a column is the sum or the difference of others.
Where rounding explains what is left over, the equation holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc import deviation as calc
from finsam_xl.calc import totals
from finsam_xl.checks.standing import is_standing
from finsam_xl.model import Ref
from finsam_xl.model_budget import Budget, Known, Sum
from finsam_xl.records import NamedTuple

Place = tuple[int, int]
"""A cell of a table by the indices of its row and its column."""
Parts = tuple[tuple[Place, int], ...]
_DIFFERENCES = ("difference", "remaining", "favourable")
_PAIR = 2
_FEWEST_DOWN, _FEWEST_ACROSS = 2, 3
_MOST_OFF = 5
"""Of a sum that only its figures show one cell, or one in so many, may be wrong."""
_ROUND = (1000, 100, 10, 5)
_FEWEST_ROUND = 4


class Equation(NamedTuple):
    """A cell that is the sum of others, each with its factor; ``step``: how finely it is shown.

    ``is_formula``: the cell calculates itself, so it follows when one of the others changes.
    """

    target: Place
    parts: Parts
    stated: Known
    calculated: Known
    step: Fraction
    is_formula: bool

    @property
    def rest(self) -> Known:
        """What is left over: stated − calculated."""
        return self.stated - self.calculated

    def allows(self, rest: Known) -> bool:
        """Whether rounding explains what is left over."""
        return totals.explained_by_rounding(Fraction(rest), len(self.parts), self.step)

    @property
    def holds(self) -> bool:
        """Whether the cell is what the others give, rounding allowed."""
        return self.allows(self.rest)

    def factor(self, place: Place) -> int:
        """How a cell counts among the parts; 0 where it is none of them."""
        return sum(factor for part, factor in self.parts if part == place)


def of_table(budget: Budget, formulas: Collection[Ref]) -> list[Equation]:
    """Every equation of a table; ``formulas``: the cells that calculate themselves."""
    steps = [_step(budget, column) for column in range(len(budget.columns))]
    found = [*_down(budget, formulas, steps), *_across(budget, formulas, steps)]
    return found if budget.kind != "plain" else [*_proven(found, 1), *_proven(found, 0)]


def _down(
    budget: Budget, formulas: Collection[Ref], steps: Sequence[Fraction]
) -> Iterator[Equation]:
    for target in budget.sums:
        for column, heading in enumerate(budget.columns):
            if heading.is_ratio or heading.is_compared:
                continue
            calculated, _ = budget.summed(target, column)
            if calculated is not None and _is_made(budget, target, column):
                places = [((row, column), factor) for row, factor in target.parts]
                at = target.target, column
                yield from _equation(budget, at, places, formulas, steps[column])


def _is_made(budget: Budget, target: Sum, column: int) -> bool:
    """Whether a result's own figure is there, and is one of all the items of its table."""
    return target.how != "operating" and budget.rows[target.target].amounts[column] is not None


def _across(
    budget: Budget, formulas: Collection[Ref], steps: Sequence[Fraction]
) -> Iterator[Equation]:
    for column, heading in enumerate(budget.columns):
        if heading.how != "sum" and not (
            heading.how in _DIFFERENCES and budget.compared(column) is not None
        ):
            continue
        found: list[Equation] = []
        for row in range(len(budget.rows)):
            places = [((row, n), factor) for n, factor in heading.of]
            if heading.how == "sum" and is_standing(
                budget, budget.rows, row, [n for n, _ in heading.of]
            ):
                continue
            if heading.how != "sum":
                places = _difference(budget, row, column)
            found += _equation(budget, (row, column), places, formulas, steps[column])
        off = sum(not one.holds for one in found)
        # A column that many rows contradict is no sum of those columns.
        if heading.how != "sum" or off < _MOST_OFF or _MOST_OFF * off <= len(found):
            yield from found


def _difference(budget: Budget, row: int, column: int) -> list[tuple[Place, int]]:
    """The two sides of a deviation with the signs that its sense gives them on a row."""
    heading, line = budget.columns[column], budget.rows[row]
    places = [((row, n), factor) for n, factor in heading.of]
    if any(line.amounts[n] is None for n, _ in heading.of) or line.role == "section":
        return []
    if heading.how == "favourable" and len(places) == _PAIR:
        is_gain = line.is_income or line.role == "result"
        sense = calc.deviation(1, 0, budget.sign, is_income=is_gain)
        return [(place, factor * int(sense or 1)) for place, factor in places]
    return places


def _equation(
    budget: Budget,
    target: Place,
    places: Sequence[tuple[Place, int]],
    formulas: Collection[Ref],
    step: Fraction,
) -> Iterator[Equation]:
    stated = budget.rows[target[0]].amounts[target[1]]
    parts = tuple((p, f) for p, f in places if budget.rows[p[0]].amounts[p[1]] is not None)
    if stated is None or not parts or any(budget.rows[p[0]].is_unknown(p[1]) for p, _ in places):
        return
    calculated = sum((f * (budget.rows[p[0]].amounts[p[1]] or 0) for p, f in parts), 0)
    is_formula = budget.place(*target) in formulas
    yield Equation(target, parts, stated, calculated, step, is_formula)


def _step(budget: Budget, column: int) -> Fraction:
    """What a column is rounded to; statistics of no known kind to tens or hundreds as well."""
    step = budget.step(column)
    if budget.kind != "plain" or step != 1:
        return step
    known = [a for row in budget.rows if (a := row.amounts[column])]
    if len(known) < _FEWEST_ROUND:
        return step
    return Fraction(next((r for r in _ROUND if all(a % r == 0 for a in known)), 1))


def _proven(found: Sequence[Equation], axis: int) -> Iterator[Equation]:
    """Equations along one axis (1: down, 0: across) that several others of their kind prove.

    A sum that only its figures show must hold exactly in a few columns, or rows, of different
    figures, and in most of them.
    """
    groups: dict[tuple[int, bool], list[Equation]] = {}
    for one in found:
        if len(one.parts) > 1 and all(part[axis] == one.target[axis] for part, _ in one.parts):
            groups.setdefault((one.target[1 - axis], bool(axis)), []).append(one)
    least = _FEWEST_DOWN if axis else _FEWEST_ACROSS
    for group in groups.values():
        held = {one.stated for one in group if one.stated and not one.rest}
        off = sum(not one.holds for one in group)
        if len(held) >= least and (off <= 1 or _MOST_OFF * off <= len(group)):
            yield from group
