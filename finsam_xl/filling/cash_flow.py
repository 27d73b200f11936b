"""A cash flow statement by the trade's rule: everything that moves cash, and cash at both ends.

Figures are signed so that money in is positive. The year's flow is all rows that hold no
others, however the statement groups them; cash at the end is that at the start and the flow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.cash_flow import closing_cash
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.doubts import Verdict
from finsam_xl.filling.quantities import OPENING_LIQUID, YEARS_CASH_FLOW, is_it
from finsam_xl.filling.sums import SumGate
from finsam_xl.model_budget import Amount, BudgetRow
from finsam_xl.periods import Period
from finsam_xl.words.results import Of, closes, is_of
from finsam_xl.words.totals import is_named_sum

_NO_FIGURES = ("section", "note", "subline")


class CashFlow:
    """The rows of one statement: its sums with the rows that each is of, and its two ends."""

    def __init__(self, gate: SumGate) -> None:
        self.gate, self.rows = gate, gate.budget.rows
        self.opening = self._only(lambda row: is_it(OPENING_LIQUID, row.label) or _opens(row))
        self.closing = self._only(lambda row: closes(row.label) and is_of(row.label, Of.CASH))
        self.flow = self._only(lambda row: is_it(YEARS_CASH_FLOW, row.label))
        self.sums = dict(self._sums()) if self.flow is not None else {}

    def verdicts(self, column: int) -> Iterator[tuple[int, Verdict]]:
        """The sums, and cash at the start and the end, in a column: those that are settled."""
        for row, parts in self.sums.items():
            total = self._sum(row, parts, column)
            if total is not None:
                yield row, Verdict(total)
        if self.opening is None or self.closing is None or self.flow is None:
            return
        before = self._before(column)
        if before is not None:
            start = self.gate.amount(self.closing, before)
            if start is not None and not self._breaks(start, column):
                yield self.opening, Verdict(start)
        end = closing_cash(
            self.gate.amount(self.opening, column), self.gate.amount(self.flow, column)
        )
        if end is not None:
            yield self.closing, Verdict(end)

    def _only(self, is_meant: Callable[[BudgetRow], bool]) -> int | None:
        found = [n for n, row in enumerate(self.rows) if is_meant(row)]
        return found[0] if len(found) == 1 else None

    def _sums(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Each sum of the rows right above it, and the year's flow of all that hold no others.

        After a first sum of funds it is for other columns to tell whether the next holds it.
        """
        every: list[int] = []
        waiting: list[int] = []
        has_sum = False
        for n, row in enumerate(self.rows[: self.flow]):
            is_blank = all(amount is None for amount in row.amounts)
            if row.role in _NO_FIGURES and not (is_blank and is_named_sum(row.label)):
                continue
            if is_named_sum(row.label) and waiting:
                if not has_sum:
                    yield n, tuple(waiting)
                waiting, has_sum = [], True
                continue
            every.append(n)
            if not is_named_sum(row.label):
                waiting.append(n)
        if self.flow is not None and len(every) > 1:
            yield self.flow, tuple(every)

    def _sum(self, row: int, parts: tuple[int, ...], column: int) -> Amount:
        for other, heading in enumerate(self.gate.budget.columns):
            stated = self.gate.printed[row].amounts[other] if heading.is_stated else None
            total = self._total(parts, other)
            if stated is None or total is None:
                continue
            if not explained_by_rounding(stated - total, len(parts)):
                return None
        return self._total(parts, column)

    def _total(self, parts: tuple[int, ...], column: int) -> Amount:
        return known_sum(*(self.gate.amount(n, column) for n in parts))

    def _before(self, column: int) -> int | None:
        """The column of the year before."""
        own = self.gate.budget.columns[column]
        if own.period is None or own.period != Period(own.period.year):
            return None
        found = [
            n
            for n, one in enumerate(self.gate.budget.columns)
            if one.period == Period(own.period.year - 1) and one.scenario == own.scenario
        ]
        return found[0] if len(found) == 1 else None

    def _breaks(self, start: Amount, column: int) -> bool:
        """Whether a start does not lead to the end that is printed."""
        if self.closing is None or self.flow is None:
            return False
        end = closing_cash(start, self.gate.amount(self.flow, column))
        stated = self.gate.printed[self.closing].amounts[column]
        return end is not None and stated is not None and not explained_by_rounding(stated - end, 2)


def _opens(row: BudgetRow) -> bool:
    return row.role == "equity_open" and is_of(row.label, Of.CASH)
