"""What one workbook states of each year: fees, costs, result, equity, people and index.

Amounts are outcomes, or a budget's where they say so: the two are never mixed. A quantity that
is stated with several values is stated by none of them: its value is ``None``, and that it was
stated is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum, unique
from fractions import Fraction

from finsam_xl.actions.reports import pools
from finsam_xl.checks import concepts, facts
from finsam_xl.checks.material import Material
from finsam_xl.model import UnitIndex
from finsam_xl.model_budget import Budget, BudgetColumn, BudgetRow, Known
from finsam_xl.model_counts import Counts
from finsam_xl.periods import Period
from finsam_xl.reading.unit_names import is_association
from finsam_xl.records import NamedTuple
from finsam_xl.report.budget_story import BudgetStory
from finsam_xl.report.plan_fees import own_fees
from finsam_xl.report.story import together
from finsam_xl.words import quantities
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


@unique
class Basis(StrEnum):
    """What a quantity is of: what came out, or what was budgeted."""

    OUTCOME = "outcome"
    BUDGET = "budget"


_CONCEPTS = {
    concepts.FEES: Quantity.FEES,
    concepts.COSTS: Quantity.COSTS,
    concepts.RESULT: Quantity.RESULT,
    concepts.EQUITY: Quantity.EQUITY,
}
_BASES = {Scenario.OUTCOME: Basis.OUTCOME, Scenario.BUDGET: Basis.BUDGET}
_DEPRECIATION = concepts.CONCEPTS[quantities.Quantity.DEPRECIATION].name
_WITH_FEES = ("budget", "plan", "tertial", "outcome")


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
    basis: Basis = Basis.OUTCOME

    @property
    def key(self) -> tuple[Quantity, int, Basis]:
        """What it is stated of."""
        return self.quantity, self.year, self.basis


def stated(material: Material) -> Iterator[Stated]:
    """All that a workbook states, one of each quantity, year and basis."""
    yield from settled(
        (*_amounts(material), *_people(material.of("participants")), *_index(material))
    )


def settled(said: Iterable[Stated]) -> Iterator[Stated]:
    """One of each quantity, year and basis: the most exact of those that agree, or none of them."""
    groups: dict[tuple[Quantity, int, Basis], list[Stated]] = {}
    for one in said:
        groups.setdefault(one.key, []).append(one)
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


# Amounts --------------------------------------------------------------------------------------


def _amounts(material: Material) -> Iterator[Stated]:
    """Whole years in tables; fees by the tables of fees where there are any."""
    split = pools(material.fees)
    for year, pool in split.items():
        yield Stated(Quantity.FEES, year, pool * _TKR, Fraction(_TKR, 2))
    found = [one for one in _named(material) if not _is_split(one, split)]
    yield from found
    known = {one.key for one in found if not one.opens}
    for budget in material.budgets:
        for one in (*_placed(budget), *_paid(budget)):
            if one.key not in known and not _is_split(one, split):
                yield one


def _is_split(one: Stated, years: Iterable[int]) -> bool:
    return one.quantity is Quantity.FEES and one.year in years


def _named(material: Material) -> Iterator[Stated]:
    """By the labels that name a quantity plainly; a plan is no budget."""
    found = [
        one
        for one in facts.of(material)
        if one.period.is_whole_year
        and not (one.is_text or one.is_planned)
        and one.scenario in _BASES
    ]
    worn = {
        (one.table, one.period, one.scenario): abs(one.value)
        for one in found
        if one.concept == _DEPRECIATION
    }
    for one in found:
        if one.concept not in _CONCEPTS:
            continue
        quantity, value = _CONCEPTS[one.concept], one.value
        if quantity is Quantity.COSTS:  # a statement has depreciation beside the costs
            value += worn.get((one.table, one.period, one.scenario), 0)
        basis = _BASES[Scenario(one.scenario)]
        yield Stated(quantity, one.period.year, value, one.slack, one.opens, basis)


def _columns(budget: Budget) -> Iterator[tuple[int, BudgetColumn, int, Basis]]:
    """The columns of whole years that are surely read, each with its year and basis."""
    for number, column in enumerate(budget.columns):
        basis = _BASES.get(Scenario(column.scenario)) if column.scenario in _BASES else None
        if basis is None or column.period is None or column.alternative or not column.is_known:
            continue
        if column.period.is_whole_year:
            yield number, column, column.period.year, basis


def _placed(budget: Budget) -> Iterator[Stated]:
    """What a table of the association's whole year comes to, where no label names it plainly.

    It is of the whole association where members pay in it, and has both income and costs and a
    result of its own: a part of it is a project's or a unit's.
    """
    story = BudgetStory(budget, ())
    unit, row = KRONOR.get(budget.unit), story.result_row
    if unit is None or row is None or not any(map(_is_paid_by_members, budget.rows)):
        return
    for number, _, year, basis in _columns(budget):
        income, costs = (story.side(number, income=side) for side in (True, False))
        result = story.amount(row, number)
        if income is None or costs is None or result is None:
            continue
        closes = [one.amounts[number] for one in budget.rows if one.role == "equity_close"]
        told: dict[Quantity, Known] = {Quantity.COSTS: max(costs, -costs), Quantity.RESULT: result}
        told |= {Quantity.EQUITY: closes[0]} if len(closes) == 1 and closes[0] is not None else {}
        for quantity, amount in told.items():
            yield Stated(quantity, year, amount * unit, unit / 2, basis=basis)


def _paid(budget: Budget) -> Iterator[Stated]:
    """The fees that the members' own rows come to."""
    unit = KRONOR.get(budget.unit)
    if unit is None or budget.kind not in _WITH_FEES:
        return
    for number, _, year, basis in _columns(budget):
        fees = own_fees(budget, number)
        if fees.amount is not None and fees.is_sure:
            # Each of three may be off by half a unit.
            yield Stated(Quantity.FEES, year, fees.amount * unit, unit * 3 / 2, basis=basis)


def _is_paid_by_members(row: BudgetRow) -> bool:
    is_income = row.is_income and row.role in ("line", "total")
    return is_income and (says_fee(row.label) or party(row.label) is not None)


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
    """The association's index by its own social budget, or by all its units', or as printed."""
    budgets = [place for place in material.tables if place.kind == "social_budget"]
    found: dict[int, list[UnitIndex]] = {}
    for place, unit in zip(budgets, material.units, strict=True):
        period = Period.parse(place.period)
        if period is not None and any(one.reached is not None for one in unit.judgements):
            found.setdefault(period.year, []).append(unit)
    known = set()
    for year, units in found.items():
        for index in _of_association(units):
            known.add(year)
            yield Stated(Quantity.INDEX, year, index)
    for one in _printed(material):
        if one.year not in known:
            yield one


def _of_association(units: Sequence[UnitIndex]) -> Iterator[Fraction]:
    """Its own index, else that of several units together, as a report leads with it."""
    own = [unit for unit in units if unit.is_association]
    if not own and len(units) > 1:
        own = [together(units)]
    for unit in own:
        if unit.total.impact_index is not None:
            yield unit.total.impact_index


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
