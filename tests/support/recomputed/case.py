"""A report beside the workbook it is of, as the rules look at them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import NamedTuple

from finsam_xl.model_budget import FeesTable
from finsam_xl.sheets.tables import Table
from support.traced import Figure, Place, Report, Source, plain

Right = Fraction | None
"""What a figure should be; ``None`` where its rule has nothing to go by."""
BUDGET, OUTCOME = ("budget",), ("outcome_to_date", "outcome")


def half_up(value: Fraction) -> int:
    """A whole number, halves away from zero."""
    return floor(abs(value) + Fraction(1, 2)) * (1 if value >= 0 else -1)


class Case(NamedTuple):
    """A report with its source, as the rules look at them."""

    report: Report
    source: Source

    def beside(self, figure: Figure) -> list[Figure]:
        """The figures of the same row."""
        return [one for one in self.report.figures if one.row == figure.row]

    def under(self, figure: Figure, heading: str) -> Fraction | None:
        """The figure of the same row under another heading, as it is shown."""
        found = [o for o in self.beside(figure) if plain(o.heading) == heading]
        return Fraction(str(found[0].value)) if found else None

    def main(self) -> Table:
        """The table that the report's first linked figure is from."""
        places = (one.source for one in self.report.figures if one.source)
        return next(table for place in places if (table := self.source.table(place)))

    def lines(self, role: str) -> Iterator[tuple[Place, bool, str]]:
        """The rows of some role in that table: place, whether it is income, and label."""
        table = self.main()
        for row in table.budget.rows if table.budget else ():
            if row.role == role:
                yield (table.real_sheet, row.row), row.is_income, row.label

    def side(self, scenarios: tuple[str, ...], *, income: bool, year: int = 0) -> Right:
        """All incomes or all costs in a column: their last total, or all lines where it has less.

        What is forecast without being stated is the outcome and the budget that is left.
        """
        has_forecast = any(column.scenario == "forecast" for column in self.main().columns)
        if scenarios == ("forecast",) and not has_forecast:
            outcome, budget = (self.side(one, income=income) for one in (OUTCOME, BUDGET))
            if outcome is None or budget is None:
                return None
            return outcome + budget * (12 - months(self)) / 12
        totals = [place for place, is_income, _ in self.lines("total") if is_income is income]
        total = self.source.of(totals[-1], *scenarios, year=year) if totals else None
        lines = [place for place, is_income, _ in self.lines("line") if is_income is income]
        amounts = [a for p in lines if (a := self.source.of(p, *scenarios, year=year)) is not None]
        is_all = total is not None and abs(total - sum(amounts)) <= Fraction(len(amounts), 2)
        return total if is_all or not amounts else sum(amounts, Fraction(0))

    def is_signed(self) -> bool:
        """Whether costs are written below zero."""
        return self.main().sign == "signed"

    def result(self, scenarios: tuple[str, ...], year: int = 0) -> Right:
        """Incomes less costs in a column, or the result that stands there."""
        for place, _, _ in self.lines("result"):
            stated = self.source.of(place, *scenarios, year=year)
            if stated is not None:
                return stated
        incomes, costs = (self.side(scenarios, income=i, year=year) for i in (True, False))
        if incomes is None or costs is None:
            return None
        return incomes + costs if self.is_signed() else incomes - costs

    @property
    def fees(self) -> list[FeesTable]:
        """The fees of each year, as the Book has them."""
        return self.source.fees


def months(case: Case) -> int:
    periods = (
        c.period for c in case.main().columns if c.scenario == "outcome_to_date" and c.period
    )
    return max(period.last_day.month for period in periods)
