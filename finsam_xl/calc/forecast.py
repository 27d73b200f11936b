"""Full-year forecasts by named methods, to stand beside the one a person typed.

- ``straight_line``: the outcome goes on at the same pace.
- ``remaining_budget``: the rest of the year follows the budget, month by month alike.
- ``remaining_period_budget``: the rest follows the budget as it is spread over the year.
- ``last_year_pattern``: the rest of the year weighs as it did last year.

Amounts keep the table's unit and sign; a blank (``None``) gives no forecast.
Source: the tertial report of Samordningsförbundet Umeåregionen, T2 2019, for outcome
to date beside budget and forecast; the methods are the product's own choice.

>>> straight_line(800, 8)
Fraction(1200, 1)
>>> remaining_budget(800, 1500, 8)
Fraction(1300, 1)
>>> last_year_pattern(800, 600, 1000)
Fraction(4000, 3)
>>> straight_line(None, 8) is None
True
>>> by_method(Method.REMAINING_PERIOD_BUDGET, ToDate(800, 8, 1500, budget_to_date=900))
Fraction(1400, 1)
"""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.money import Exact, Terms, ratio
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.records import NamedTuple
from finsam_xl.words.methods import Method


class ToDate(NamedTuple):
    """What is known of a year so far: outcome, its months, and the budget of the year and of them.

    ``before`` and ``before_whole``: last year's outcome of the same months, and of the year.
    """

    outcome: Exact | None = None
    months: int | None = None
    budget: Exact | None = None
    budget_to_date: Exact | None = None
    before: Exact | None = None
    before_whole: Exact | None = None


def by_method(method: Method, known: ToDate) -> Fraction | None:
    """The whole year by a method; ``None`` where what it needs is not known."""
    if method is Method.LAST_YEAR_PATTERN:
        return last_year_pattern(known.outcome, known.before, known.before_whole)
    if method is Method.REMAINING_PERIOD_BUDGET:
        return remaining_period_budget(known.outcome, known.budget, known.budget_to_date)
    if method is Method.REMAINING_BUDGET:
        return remaining_budget(known.outcome, known.budget, known.months)
    return straight_line(known.outcome, known.months)


def straight_line(outcome: Exact | None, months: int | None) -> Fraction | None:
    """Outcome × 12 / months; ``months``: how many of the year the outcome covers, 1–12."""
    if outcome is None or months is None:
        return None
    return ratio(*straight_terms(outcome, months))


def straight_terms(outcome: Exact, months: int) -> Terms:
    """The same as two whole numbers, not shortened."""
    top, bottom = outcome.as_integer_ratio()
    return MONTHS_PER_YEAR * top, _checked(months) * bottom


def remaining_budget(
    outcome: Exact | None, budget: Exact | None, months: int | None
) -> Fraction | None:
    """Outcome + budget × remaining months / 12; ``budget`` is the whole year's."""
    if outcome is None or budget is None or months is None:
        return None
    remaining = MONTHS_PER_YEAR - _checked(months)
    return Fraction(outcome) + Fraction(budget) * remaining / MONTHS_PER_YEAR


def remaining_period_budget(
    outcome: Exact | None, budget: Exact | None, budget_to_date: Exact | None
) -> Fraction | None:
    """Outcome + the year's budget − the budget of the months that have passed."""
    if outcome is None or budget is None or budget_to_date is None:
        return None
    return Fraction(outcome) + Fraction(budget) - Fraction(budget_to_date)


def last_year_pattern(
    outcome: Exact | None, last_year_same_period: Exact | None, last_year_total: Exact | None
) -> Fraction | None:
    """Outcome × last year's total / last year's same period; ``None`` also if that was 0."""
    if outcome is None or not last_year_same_period or last_year_total is None:
        return None
    return Fraction(outcome) * Fraction(last_year_total) / Fraction(last_year_same_period)


def _checked(months: int) -> int:
    if not 1 <= months <= MONTHS_PER_YEAR:
        raise InputError(
            f"Antalet månader är {months}.", remedy=f"Skriv ett heltal 1–{MONTHS_PER_YEAR}."
        )
    return months
