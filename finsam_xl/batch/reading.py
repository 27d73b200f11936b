"""One workbook as a summary needs it: what it states of each year, its findings and its figures.

A quantity that a book states with several values is stated by none of them: its value is
``None``, and that it was stated is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum, unique
from fractions import Fraction

from finsam_xl import actions
from finsam_xl.actions import check
from finsam_xl.actions.reports import pools
from finsam_xl.checks import concepts, facts
from finsam_xl.checks.material import Material
from finsam_xl.export.figures import figures
from finsam_xl.export.files import csv_lines
from finsam_xl.model_budget import Budget, BudgetRow, Known
from finsam_xl.model_counts import Counts
from finsam_xl.periods import Period
from finsam_xl.reading.unit_names import is_association
from finsam_xl.records import NamedTuple
from finsam_xl.report.budget_story import BudgetStory
from finsam_xl.sheets.grid import Grid
from finsam_xl.words.fee_columns import says_fee
from finsam_xl.words.parties import party
from finsam_xl.words.people import People, people_of
from finsam_xl.words.scenarios import Scenario
from finsam_xl.words.units import KRONOR

_TKR = 1000


@unique
class Quantity(StrEnum):
    """What books are compared by: amounts in kronor, people, and the index from 0 to 100."""

    FEES = "fees"
    COSTS = "costs"
    RESULT = "result"
    EQUITY = "equity"
    PARTICIPANTS = "participants"
    INDEX = "index"


_CONCEPTS = {
    concepts.FEES: Quantity.FEES,
    concepts.COSTS: Quantity.COSTS,
    concepts.RESULT: Quantity.RESULT,
    concepts.EQUITY: Quantity.EQUITY,
}


class Stated(NamedTuple):
    """A quantity of a year; ``slack``: how far off rounding may have put it.

    ``value`` is ``None`` where it is stated in several ways that cannot all be right; ``opens``: it
    is what the year after began with, which counts only where the year itself says nothing.
    """

    quantity: Quantity
    year: int
    value: Fraction | None
    slack: Fraction = Fraction(0)
    opens: bool = False


class Reading(NamedTuple):
    """What one workbook tells. ``codes``: how often each finding's code is told.

    ``tables``: how many were recognised; ``figures``: how many figures they hold; ``year``: the
    latest that it states an outcome of, or else has a table of, ``None`` for no year at all.
    """

    association: str
    year: int | None
    stated: tuple[Stated, ...]
    errors: int
    warnings: int
    notes: int
    codes: tuple[tuple[str, int], ...]
    tables: int
    figures: int


def read(grid: Grid, today: date) -> Reading:
    """What a workbook tells; raises ``FinsamError`` where it cannot be read."""
    checked = check.check([check.Book("", grid)], today=today)
    (material,) = checked.materials
    stated = tuple(settled(_stated(material)))
    severities = Counter(one.severity for one in checked.findings)
    codes = Counter(one.code for one in checked.findings)
    return Reading(
        material.association,
        _year(material, stated),
        stated,
        severities["error"],
        severities["warning"],
        severities["info"],
        tuple(sorted(codes.items())),
        len(actions.tables(grid)),
        checked.figures,
    )


def tidy_lines(grid: Grid, file: str) -> str:
    """The figures of a workbook as lines of a CSV file, below the headings of ``columns``."""
    return csv_lines([one.line(file) for one in figures(grid)])


def settled(stated: Iterable[Stated]) -> Iterator[Stated]:
    """One of each quantity and year: the most exact of those that agree, or none of them."""
    groups: dict[tuple[Quantity, int], list[Stated]] = {}
    for one in stated:
        groups.setdefault((one.quantity, one.year), []).append(one)
    for key in sorted(groups):
        own = [one for one in groups[key] if not one.opens]
        yield _settled(own or groups[key])


def _settled(same: Sequence[Stated]) -> Stated:
    best = min(same, key=lambda one: (one.slack, one.value or 0))
    for one in same:
        if one.value is None or best.value is None:
            return best._replace(value=None)
        if abs(one.value - best.value) > one.slack + best.slack:
            return best._replace(value=None)
    return best


def _year(material: Material, stated: Iterable[Stated]) -> int | None:
    """The latest year that a book states an outcome of, or else the latest of its tables."""
    of_outcomes = [one.year for one in stated if one.quantity is not Quantity.FEES]
    periods = (Period.parse(place.period) for place in material.tables)
    of_tables = [period.last_day.year for period in periods if period is not None]
    columns = (
        column.period.last_day.year
        for budget in material.budgets
        for column in budget.columns
        if column.period is not None and column.is_stated
    )
    return max(of_outcomes, default=None) or max([*of_tables, *columns], default=None)


def _stated(material: Material) -> Iterator[Stated]:
    yield from _amounts(material)
    yield from _people(material.of("participants"))
    yield from _index(material)


# Amounts --------------------------------------------------------------------------------------


def _amounts(material: Material) -> Iterator[Stated]:
    """Outcomes of whole years in tables; fees by the tables of fees where there are any."""
    split = pools(material.fees)
    for year, pool in split.items():
        yield Stated(Quantity.FEES, year, pool * _TKR, Fraction(_TKR, 2))
    found = [one for one in facts.of(material) if _is_outcome(one)]
    for one in found:
        quantity, year = _CONCEPTS[one.concept], one.period.year
        if not (quantity is Quantity.FEES and year in split):
            yield Stated(quantity, year, one.value, one.slack, one.opens)
    named = {(_CONCEPTS[one.concept], one.period.year) for one in found if not one.opens}
    for budget in material.budgets:
        yield from (one for one in _placed(budget) if (one.quantity, one.year) not in named)


def _placed(budget: Budget) -> Iterator[Stated]:
    """What a table of the association's whole year comes to, where no label names it plainly.

    It is of the whole association where members pay in it, and has both income and costs and a
    result of its own: a part of it is a project's or a unit's.
    """
    story = BudgetStory(budget, ())
    unit, row = KRONOR.get(budget.unit), story.result_row
    if unit is None or row is None or not any(map(_is_paid_by_members, budget.rows)):
        return
    for number, column in enumerate(budget.columns):
        is_outcome = column.scenario == Scenario.OUTCOME and column.is_known
        if not is_outcome or column.period is None or not column.period.is_whole_year:
            continue
        income, costs = (story.side(number, income=side) for side in (True, False))
        result = story.amount(row, number)
        if income is None or costs is None or result is None:
            continue
        closes = [one.amounts[number] for one in budget.rows if one.role == "equity_close"]
        told: dict[Quantity, Known] = {Quantity.COSTS: max(costs, -costs), Quantity.RESULT: result}
        told |= {Quantity.EQUITY: closes[0]} if len(closes) == 1 and closes[0] is not None else {}
        for quantity, amount in told.items():
            yield Stated(quantity, column.period.year, amount * unit, unit / 2)


def _is_paid_by_members(row: BudgetRow) -> bool:
    is_income = row.is_income and row.role in ("line", "total")
    return is_income and (says_fee(row.label) or party(row.label) is not None)


def _is_outcome(fact: facts.Fact) -> bool:
    is_known = fact.concept in _CONCEPTS and fact.period.is_whole_year and not fact.is_text
    return is_known and fact.scenario == Scenario.OUTCOME


# People ---------------------------------------------------------------------------------------


def _people(tables: Iterable[Counts]) -> Iterator[Stated]:
    """How many took part, by the rows that say so of everyone."""
    for table in tables:
        for row in table.rows:
            if row.role == "subline" or people_of(row.label) is not People.PARTICIPANTS:
                continue
            for field, figure in row.figures.items():
                name, _, period = field.partition("@")
                when = Period.parse(period) if period else table.period
                is_year = when is not None and when.is_whole_year
                if name == "all" and when is not None and is_year and not figure.is_percent:
                    yield Stated(Quantity.PARTICIPANTS, when.year, Fraction(figure.value))


# Index ----------------------------------------------------------------------------------------


def _index(material: Material) -> Iterator[Stated]:
    """The association's index by its own social budget, or else as it is printed."""
    budgets = [place for place in material.tables if place.kind == "social_budget"]
    known = set()
    for place, unit in zip(budgets, material.units, strict=True):
        period, index = Period.parse(place.period), unit.total.impact_index
        is_judged = any(one.reached is not None for one in unit.judgements)
        if unit.is_association and period is not None and index is not None and is_judged:
            known.add(period.year)
            yield Stated(Quantity.INDEX, period.year, index)
    for one in _printed(material):
        if one.year not in known:
            yield one


def _printed(material: Material) -> Iterator[Stated]:
    for table in material.of("impact_index", "index_overview"):
        field = "index" if table.kind == "impact_index" else "all"
        is_own = table.kind != "impact_index" or any(map(is_association, table.titles))
        if table.period is None or not is_own:
            continue
        for row in table.rows:
            figure = row.figures.get(field)
            if row.role == "total" and figure is not None:
                yield Stated(Quantity.INDEX, table.period.year, Fraction(figure.value),
                             figure.half_step)  # fmt: skip
