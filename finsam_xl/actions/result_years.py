"""Which two years of a result are held against each other: of one workbook, or of two.

Outcome is held against outcome and budget against budget, a whole year against a whole year, in
tables that have both income and costs. In one workbook the years of one table come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.actions import budget as budgets
from finsam_xl.errors import InputError
from finsam_xl.labels import known_as
from finsam_xl.model_budget import Budget
from finsam_xl.reading import book as reading
from finsam_xl.reading.alternatives import only
from finsam_xl.reading.choices import choice
from finsam_xl.reading.settings import association
from finsam_xl.records import NamedTuple
from finsam_xl.report.result_parts import Year
from finsam_xl.report.result_steps import Change, Compared, change_of
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.units import KRONOR

KINDS = frozenset({"income_statement", "outcome", "budget", "plan"})
_WORDS = {"outcome": "Utfall", "budget": "Budget", "plan": "Plan"}


class _Column(NamedTuple):
    """A year of a table: its number and scenario, and how many years past its budget year it is."""

    year: Year
    number: int
    scenario: str
    beyond: int

    @property
    def is_outcome(self) -> bool:
        """Whether it is how a year came out."""
        return self.scenario == "outcome"

    @property
    def name(self) -> str:
        """What it is called: its scenario and its year."""
        return f"{_WORDS[self.scenario]} {self.number}"


def own(grid: Grid, tables: Sequence[Table]) -> Change | None:
    """Why the result changed from one year to another of a workbook; ``None`` if it has but one."""
    columns = list(_columns(grid, tables))
    pairs = [(one, other) for one in columns for other in columns if _fits(one, other)]
    best = max(pairs, key=_preferred, default=None)
    return None if best is None else _change(*best)


def against(grid: Grid, tables: Sequence[Table], earlier: Grid, name: str) -> Change:
    """Why the result changed from a year of an ``earlier`` workbook, which is called ``name``.

    Raises ``InputError`` where they have no years to hold against each other.
    """
    now = list(_columns(grid, tables))
    its_tables = reading.tables(earlier)
    then = list(_columns(earlier, its_tables))
    pairs = [(one, other) for one in then for other in now if _fits(one, other)]
    best = max(pairs, key=_latest, default=None)
    names = [association(one, found) for one, found in ((grid, tables), (earlier, its_tables))]
    other = names[1] if all(names) and known_as(names[0]) != known_as(names[1]) else ""
    change = None if best is None else _change(*best, other)
    if change is None:
        raise InputError(
            f"{name} har inget tidigare år att jämföra resultatet med.",
            remedy=_remedy(then, now),
        )
    return change


def _remedy(then: Sequence[_Column], now: Sequence[_Column]) -> str:
    """What the other workbook lacks, told by what there is."""
    if not then or not now:
        return (
            "Båda böckerna behöver en tabell med intäkter, kostnader och resultat för ett helt år, "
            "med rubriker som ”Budget 2024” eller ”Utfall 2024”."
        )
    here, there = (", ".join(sorted({one.name for one in some})) for some in (now, then))
    return (
        f"Boken har {here}; den att jämföra med har {there}. Ge den senare boken först, och den "
        "tidigare efter --mot."
    )


def _columns(grid: Grid, tables: Sequence[Table]) -> Iterator[_Column]:
    """The whole years of the tables that have both income and costs, and a result."""
    for one in budgets.settled(grid):
        if one.table.kind not in KINDS:
            continue
        # Of several ways to budget a year the one that is chosen, and none where nobody has.
        holds = only(one.budget, choice(grid, tables, one.budget).name)
        numbered = _numbered(holds)
        lead = _lead(holds, numbered)
        for (number, is_outcome), index in numbered.items():
            year = Year(holds, index)
            sides = {part.is_income for part in year.parts if part.amount is not None}
            if year.result is not None and len(sides) > 1:
                beyond = 0 if is_outcome else max(0, number - lead)
                yield _Column(year, number, holds.columns[index].scenario, beyond)


def _numbered(budget: Budget) -> dict[tuple[int, bool], int]:
    """The first column of each year that tells a whole year's outcome, or its budget or plan."""
    found: dict[tuple[int, bool], int] = {}
    for index, column in enumerate(budget.columns):
        period = column.period
        if column.scenario in _WORDS and period and str(period) == str(period.year):
            found.setdefault((period.year, column.scenario == "outcome"), index)
    return found


def _lead(budget: Budget, numbered: dict[tuple[int, bool], int]) -> int:
    """The budget year: the last before the years that are planned, or the first there is."""
    ahead = {
        number: budget.columns[index].scenario
        for (number, is_outcome), index in numbered.items()
        if not is_outcome
    }
    decided = [number for number, scenario in ahead.items() if scenario == "budget"]
    if decided and len(decided) < len(ahead):
        return max(decided)
    return min(ahead, default=0)


def _fits(then: _Column, now: _Column) -> bool:
    """Whether a year can be held against a later one."""
    one, other = then.year.budget, now.year.budget
    is_later = then.number < now.number and then.is_outcome is now.is_outcome
    are_same = one is other or not (
        one.naming.is_other(other.naming) or one.naming.may_be_other(other.naming)
    )
    is_unit_known = one.unit == other.unit or (one.unit in KRONOR and other.unit in KRONOR)
    return is_later and are_same and is_unit_known


def _preferred(pair: tuple[_Column, _Column]) -> tuple[bool, bool, int, int, int]:
    """How well two years of one workbook are held against each other."""
    then, now = pair
    is_one_table = then.year.budget is now.year.budget
    apart = now.number - then.number
    return is_one_table, now.is_outcome, -now.beyond, -apart, now.number


def _latest(pair: tuple[_Column, _Column]) -> tuple[int, int, bool, int, bool]:
    """How well years of two workbooks are: the latest that is no plan, against the one before."""
    then, now = pair
    apart = now.number - then.number
    are_alike = then.year.budget.kind == now.year.budget.kind
    return -now.beyond, now.number, now.is_outcome, -apart, are_alike


def _change(then: _Column, now: _Column, other: str = "") -> Change | None:
    unit = now.year.budget.unit
    years = Compared(then.name, now.name, then.year.in_unit(unit), now.year, other)
    return change_of(years._replace(is_planned=not now.is_outcome))
