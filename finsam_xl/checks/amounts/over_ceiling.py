"""Equity in a budget or plan above the recommended ceiling, by the table's own fees year by year.

The fees of a column are its parties' together, or the row of all fees. What a year ends with is
held against the year's fees; what the first year begins with too, since no year before tells.

Code: ``over-taket`` (*info*: the ceiling is a recommendation; one per table).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.calc.equity import ceiling
from finsam_xl.checks.amounts.fee_parties import parties, together
from finsam_xl.errors import PolicyError
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_budget import Amount, Budget, BudgetColumn, in_kronor
from finsam_xl.money import trimmed
from finsam_xl.records import NamedTuple
from finsam_xl.words.quantities import LIKELY, Quantity, quantity
from finsam_xl.words.results import Of, is_of
from finsam_xl.words.units import KRONOR

CODE = "over-taket"
_TKR = 1000


class _Over(NamedTuple):
    """A cell of equity above what its year's fees allow, in the table's unit."""

    row: int
    column: int
    limit: Fraction
    fees: Amount


def above(budget: Budget) -> Iterator[Finding]:
    """A note per table, at the first cell above the ceiling, with the others."""
    found = list(_over(budget))
    if not found:
        return
    first, *others = found
    stated = budget.rows[first.row].amounts[first.column] or 0
    yield tell(
        CODE,
        budget.place(first.row, first.column),
        "planned",
        what=f"{budget.named(first.row, first.column)},",
        unit=budget.unit,
        fees=trimmed(first.fees or 0),
        stated=stated,
        calculated=first.limit,
        also=[budget.place(one.row, one.column) for one in others],
    )


def _over(budget: Budget) -> Iterator[_Over]:
    closings = [n for n, row in enumerate(budget.rows) if row.role == "equity_close"]
    openings = [n for n, row in enumerate(budget.rows) if row.role == "equity_open"]
    is_first = True
    for number, column in enumerate(budget.columns):
        fees = _fees(budget, number)
        limit = _limit(budget, column, fees)
        if limit is None:
            continue
        rows = (*openings, *closings) if is_first else closings
        is_first = False
        for row in rows:
            amount = budget.rows[row].amounts[number]
            is_cash = is_of(budget.rows[row].label, Of.CASH)
            half = budget.step(number) / 2
            if amount is not None and not is_cash and abs(Fraction(amount)) - half > limit:
                yield _Over(row, number, limit, fees)


def _fees(budget: Budget, column: int) -> Amount:
    """The fees of all parties in a column; ``None`` where not all of them are there."""
    for row in budget.rows:
        if quantity(row.label, LIKELY) is Quantity.FEES and row.amounts[column] is not None:
            return row.amounts[column]
    paying = parties(budget)
    kinds = (paying.state, paying.regions, paying.municipalities)
    if not all(kinds) or any(together(budget, rows, column) is None for rows in kinds):
        return None
    return together(budget, paying.everyone, column)


def _limit(budget: Budget, column: BudgetColumn, fees: Amount) -> Fraction | None:
    """The ceiling in the table's unit; ``None`` where the rule of the year is not known."""
    period = column.period
    if not fees or not column.is_stated or period is None or not period.is_whole_year:
        return None
    if fees < 0 or budget.unit not in KRONOR:
        return None
    try:
        limit = ceiling(in_kronor(fees, budget.unit) / _TKR, policy.equity(period.last_day))
    except PolicyError:
        return None
    return None if limit is None else limit * _TKR / KRONOR[budget.unit]
