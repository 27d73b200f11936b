"""What kind of table a block is: features of its structure, arithmetic and words, weighed.

No single word decides. A table of amounts shows in the unit that is said, in what its
columns are, in incomes and costs and payers among its rows, in a result. Counts of people,
years of birth, telephone numbers and long lists of events speak against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum, unique

from finsam_xl.model_budget import STATED
from finsam_xl.records import NamedTuple
from finsam_xl.words import kinds, people, results, scenarios, sides, totals
from finsam_xl.words.parties import LIKELY, payer
from finsam_xl.words.units import unit

LEAST = 3.0
"""The weight of evidence that a table of amounts must have."""
WORTH_TELLING = -1.0
"""The weight that makes it worth telling that a block may be of amounts."""
MOST_ROWS = 400
_YEARS_OF_BUDGET = 2
"""More years ahead than these are a plan."""
_PARTS = ("outcome_to_date", "budget_to_date")


@unique
class AmountKind(StrEnum):
    """The kinds of table that are amounts by period and scenario."""

    BUDGET = "budget"
    TERTIAL = "tertial"
    PLAN = "plan"
    OUTCOME = "outcome"
    INCOME_STATEMENT = "income_statement"
    BALANCE = "balance"
    NOTE = "note"
    CASH_FLOW = "cash_flow"
    BALANSKRAV = "balanskrav"
    OVERVIEW = "overview"


KINDS = frozenset(kind.value for kind in AmountKind)
RESULTS = frozenset(
    {
        AmountKind.BUDGET.value,
        AmountKind.TERTIAL.value,
        AmountKind.PLAN.value,
        AmountKind.OUTCOME.value,
        AmountKind.INCOME_STATEMENT.value,
    }
)
"""The kinds that are income and costs, whose signs tell which are which."""


class Features(NamedTuple):
    """What is known of a block before its kind is.

    ``years``: of its amounts; ``ahead``: those that are budgeted or planned; ``dates``: how
    many rows have one.
    """

    titles: tuple[str, ...]
    sheet: str
    headings: tuple[str, ...]
    labels: tuple[str, ...]
    scenarios: tuple[str, ...]
    years: frozenset[int]
    ahead: frozenset[int]
    has_periods: bool
    rows: int
    dates: int


def weight_of_amounts(features: Features) -> float:
    """How much speaks for a table of amounts by period and scenario."""
    return sum(weight for weight, holds in _for_amounts(features) if holds)


def _for_amounts(one: Features) -> Iterator[tuple[float, bool]]:
    said = (*one.titles, one.sheet, *one.headings)
    stated = [s for s in one.scenarios if s in STATED]
    yield 2, any(map(unit, said))
    yield 2, bool(stated)
    yield 1, len(set(stated)) > 1 or "deviation" in one.scenarios
    yield 1, one.has_periods
    yield 1.5, any(map(scenarios.may_be_heading, (*one.titles, one.sheet)))
    yield 2, any(kinds.kind(text) is not None for text in (*one.titles, one.sheet))
    yield 1.5, _any(one.labels, lambda label: sides.speaks_of(label) is not None)
    yield 1, _any(one.labels, lambda label: payer(label, LIKELY) is not None)
    yield 1, _any(one.labels, totals.is_sum) or _any(one.labels, results.is_result)
    yield 1, _any(one.labels, results.opens) and _any(one.labels, results.closes)
    yield -3, _any((*one.titles, one.sheet, *one.headings), _is_of_people)
    yield -2, 2 * sum(map(_is_of_people, one.labels)) > len(one.labels)
    yield -4, one.rows > MOST_ROWS or 2 * one.dates > one.rows
    yield -4, not stated


def _any(texts: Iterable[str], says: Callable[[str], bool]) -> bool:
    return any(map(says, texts))


def _is_of_people(text: str) -> bool:
    """Whether a text speaks of people: by sex, or of those who take part."""
    return bool(people.sex(text) or people.people_of(text))


def kind_of_amounts(one: Features) -> str:
    """What kind a table of amounts is: by the nearest title, else by its columns and rows."""
    for text in (*one.titles, one.sheet):
        named = kinds.kind(text)
        if named is not None:
            return named.value
    said = set(one.scenarios)
    if said & set(_PARTS):
        return AmountKind.TERTIAL
    if {"outcome", "budget"} <= said and len(one.years) == 1:
        return AmountKind.OUTCOME
    if len(one.ahead) > _YEARS_OF_BUDGET or ("plan" in said and len(one.years) > 1):
        return AmountKind.PLAN
    return AmountKind.OUTCOME if said & {"outcome"} and not one.ahead else AmountKind.BUDGET
