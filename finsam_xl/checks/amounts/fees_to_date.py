"""Member fees booked so far against the part of the year that has passed.

A party's fee so far is held against the part of its fee that the others' are; where most follow
another part of the year than the one that has passed, such as quarters paid in advance, that is a
note. Printed fees are rounded twice over: half a unit for the fee so far and its part of half a
unit for the fee of the year. Of a large fee a unit may be more, so that all fees come out even.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.amounts.fee_parties import Parties
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget, Known
from finsam_xl.money import trimmed
from finsam_xl.periods import MONTHS_PER_YEAR, Period
from finsam_xl.records import NamedTuple

_FEWEST = 3
_HALF = Fraction(1, 2)
_LEAST_PART = Fraction(1, 100)
"""What part of a fee a unit may be at most, where the fee is made a unit larger or smaller."""
_LEAST_FEE = 100
"""Of smaller fees any sum may be so many months' by chance."""


class _Fee(NamedTuple):
    """A party's fee of the year and so far."""

    row: int
    year: Known
    so_far: Known

    def follows(self, months: int) -> bool:
        """Whether the fee so far is that of so many months, rounding allowed."""
        part = Fraction(months, MONTHS_PER_YEAR)
        wanted = self.year * part
        evened = min(Fraction(1), abs(wanted) * _LEAST_PART)
        return abs(self.so_far - wanted) <= max(_HALF + _HALF * part, evened)


def so_far(budget: Budget, parties: Parties) -> Iterator[Finding]:
    """Every column of fees to date against the fees of its year."""
    for number, column in enumerate(budget.columns):
        period = column.period
        if column.scenario != "outcome_to_date" or period is None or not period.is_part:
            continue
        fees = _fees(budget, parties.everyone, number, period.year)
        months = period.months
        if months == MONTHS_PER_YEAR:
            continue
        if len(fees) < _FEWEST:
            yield from _beside(budget, number, period)
            continue
        pace = _pace(fees, months)
        if pace is None:
            continue
        if pace != months:
            yield _other_pace(budget, number, fees, pace, months)
        for fee in fees:
            if not fee.follows(pace):
                yield _off(budget, number, fee, pace)


def _beside(budget: Budget, column: int, period: Period) -> Iterator[Finding]:
    """Incomes of which several follow the months that have passed, and one just another part.

    Municipalities are often called by their names alone, so their lines are known by that.
    """
    incomes = [row for row in budget.plain_lines if budget.rows[row].is_income]
    fees = _fees(budget, incomes, column, period.year)
    following = [fee for fee in fees if fee.follows(period.months)]
    others = [fee for fee in fees if fee not in following]
    if len({fee.year for fee in following}) < _FEWEST:
        return
    for fee in others:
        pace = next((m for m in range(MONTHS_PER_YEAR, 0, -1) if fee.follows(m)), None)
        if pace is not None and fee.year >= _LEAST_FEE:
            yield _off(budget, column, fee, period.months, own=pace)


def _fees(budget: Budget, rows: Sequence[int], column: int, year: int) -> list[_Fee]:
    base = next(
        (
            number
            for scenario in ("budget", "forecast")
            for number, other in enumerate(budget.columns)
            if other.scenario == scenario and other.period and other.period.year == year
        ),
        None,
    )
    if base is None:
        return []
    amounts = ((row, budget.rows[row].amounts) for row in rows)
    return [
        _Fee(row, whole, part)
        for row, of in amounts
        if (whole := of[base]) and (part := of[column]) is not None
    ]


def _pace(fees: Sequence[_Fee], months: int) -> int | None:
    """How many months' fees at least half have paid, rather those that have passed.

    ``None``: the fees here do not follow the year, so none of them is held against it.
    """
    best = max(
        (months, *range(1, MONTHS_PER_YEAR + 1)),
        key=lambda part: sum(fee.follows(part) for fee in fees),
    )
    return best if 2 * sum(fee.follows(best) for fee in fees) >= len(fees) else None


def _other_pace(
    budget: Budget, column: int, fees: Sequence[_Fee], pace: int, months: int
) -> Finding:
    following = [fee for fee in fees if fee.follows(pace)]
    first, *others = following
    return tell(
        "avgift-annan-takt",
        budget.place(first.row, column),
        "month" if months == 1 else "months",
        "ahead",
        pace=pace,
        months=months,
        stated=first.so_far,
        calculated=first.year * Fraction(months, MONTHS_PER_YEAR),
        also=[budget.place(fee.row, column) for fee in others],
    )


def _off(budget: Budget, column: int, fee: _Fee, pace: int, own: int = 0) -> Finding:
    wanted = fee.year * Fraction(pace, MONTHS_PER_YEAR)
    return tell(
        "avgift-hittills",
        budget.place(fee.row, column),
        "so_far",
        "other_months" if own else "missing",
        label=budget.rows[fee.row].label,
        amount=trimmed(fee.so_far, budget.unit),
        pace=pace,
        year=trimmed(fee.year),
        own=own,
        stated=fee.so_far,
        calculated=wanted,
    )
