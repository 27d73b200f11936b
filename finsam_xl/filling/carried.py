"""Next year's opening equity, where it is blank, is this year's closing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from finsam_xl.address import a1
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.filling.sums import SumGate
from finsam_xl.findings.reasons import Reason
from finsam_xl.model_budget import Budget, BudgetColumn, Known
from finsam_xl.periods import MONTHS_PER_YEAR, Period
from finsam_xl.words.unlike import is_other_unit


class Carried:
    """The closings of one table, and the openings that they go on to."""

    def __init__(self, sums: SumGate) -> None:
        self.sums, self.budget, self.rows, self.printed = sums, sums.budget, sums.rows, sums.printed

    def opening(self, closing: int, column: int) -> tuple[int, int, Verdict] | None:
        """The opening that a closing goes on to, its column, and what it is, unless it is typed."""
        opening = next((n for n, r in enumerate(self.rows) if r.role == "equity_open"), None)
        following = self._after(column)
        amount = self.sums.amount(closing, column)
        if opening is None or following is None or amount is None:
            return None
        if self.fetches(opening, following, closing, column):
            return opening, following, Verdict(amount)
        if not self.sums.sheet.cell(*self.budget.at(opening, following)).is_blank:
            return None
        if self.contradicts(opening, closing, following, amount):
            return opening, following, Verdict(doubt=Doubt(Reason.EQUITY_UNSURE))
        if self.closes_otherwise(closing, column, amount) or (
            self.goes_on(closing, column) and not self.is_carried(opening, closing, following)
        ):
            return opening, following, Verdict(doubt=Doubt(Reason.TWO_WAYS))
        return opening, following, Verdict(amount)

    def beginnings(self, column: int) -> Iterator[tuple[int, int, Known]]:
        """The openings of a year: those of the first of the months or quarters that it is of.

        By row, with that first column.
        """
        parts = [n for n, _ in self.budget.columns[column].of]
        times = [self.budget.columns[n].period for n in parts]
        if not all(one is not None and _following(one) == two for one, two in pairwise(times)):
            return
        for row, line in enumerate(self.rows):
            amount = self.sums.amount(row, parts[0])
            if line.role == "equity_open" and amount is not None:
                yield row, parts[0], amount

    def closes_otherwise(self, closing: int, column: int, amount: Known) -> bool:
        """Whether the same year closes with another figure in another scenario: a forecast, say."""
        period = self.budget.columns[column].period
        return any(
            n != column
            and other.period == period
            and other.is_stated
            and self._are_one_way(self.budget.columns[column], other)
            and self.rows[closing].amounts[n] != amount
            for n, other in enumerate(self.budget.columns)
        )

    def goes_on(self, closing: int, column: int) -> bool:
        """Whether a line below the closing may change equity before the next year opens."""
        return any(row.role == "line" and row.amounts[column] for row in self.rows[closing + 1 :])

    def is_carried(self, opening: int, closing: int, column: int) -> bool:
        """Whether another year is printed to begin with what the year before it closed with."""
        return any(
            (after := self._after(n)) not in (None, column)
            and (amount := self.printed[closing].amounts[n])
            and self.printed[opening].amounts[after] == amount
            for n in in_time(self.budget)
        )

    def contradicts(self, opening: int, closing: int, column: int, amount: Known) -> bool:
        """Whether an opening would not lead to the closing that is printed in its column."""
        for one in self.budget.sums:
            if one.target == closing:
                rest = [row for row, _ in one.parts if row != opening]
                result = self.sums.amount(rest[0], column) if len(rest) == 1 else None
                end = self.printed[closing].amounts[column]
                if result is not None and end is not None:
                    return not explained_by_rounding(amount + result - end, 2)
        return False

    def fetches(self, opening: int, column: int, closing: int, before: int) -> bool:
        """Whether an opening is a formula that is nothing but the closing before it."""
        place = self.budget.at(opening, column)
        if self.sums.sheet.cell(*place).formula is None:
            return False
        text = self.sums.sheet.formulas.get(place, "").replace("$", "").lstrip("+= ")
        return text.upper() == a1(*self.budget.at(closing, before))

    @staticmethod
    def _are_one_way(one: BudgetColumn, other: BudgetColumn) -> bool:
        """Whether two columns are of the same alternative, or one of them is of all."""
        return "" in (one.alternative, other.alternative) or one.alternative == other.alternative

    def _after(self, column: int) -> int | None:
        """The column of the time after: of the same scenario, or the only one of that time."""
        heading = self.budget.columns[column]
        if heading.period is None or heading.period.until is not None:
            return None
        if heading.scenario.endswith("_to_date"):
            return None
        following = _following(heading.period)
        found = [
            n
            for n in in_time(self.budget)
            if self.budget.columns[n].period == following
            and self._are_one_way(heading, self.budget.columns[n])
        ]
        same = [n for n in found if self.budget.columns[n].scenario == heading.scenario]
        for one in (same, found):
            if len(one) == 1:
                return one[0]
        return None


def in_time(budget: Budget) -> list[int]:
    """The columns of amounts, the earlier year first: equity goes on from one to the next."""
    numbers = [
        n
        for n, heading in enumerate(budget.columns)
        if not (heading.is_compared or heading.is_ratio or _is_of_another_unit(heading))
    ]
    return sorted(numbers, key=lambda n: _time_of(budget.columns[n].period))


def _is_of_another_unit(column: BudgetColumn) -> bool:
    """Whether a column beside the amounts is of prices, shares or people: it has no sum of ours."""
    return column.scenario == "other" and not column.of and is_other_unit(column.header)


def _following(period: Period) -> Period | None:
    """The year, or the part of one as long, that begins when a period ends."""
    if period.last_month == MONTHS_PER_YEAR:
        return Period.of(period.year + 1, 1, period.months)
    last = period.last_month + period.months
    if last > MONTHS_PER_YEAR:
        return None
    return Period.of(period.year, period.last_month + 1, last)


def _time_of(period: Period | None) -> tuple[int, int]:
    return (0, 0) if period is None else (period.until or period.year, period.last_month)
