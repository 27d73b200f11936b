"""Rows of amounts that do not hang together over the years, or from year to date.

Quarters of the fees (:mod:`~finsam_xl.checks.quarters`), rows filled by dragging
(:mod:`~finsam_xl.checks.year_series`), fees to date (:mod:`~finsam_xl.checks.fees_to_date`),
large steps (:mod:`~finsam_xl.checks.large_steps`) and outcomes to date on lines that have no
forecast, in tables that forecast the others: totals of both then measure different things.
One finding per table, for income and costs alike, where what lacks a forecast is a large part
of its side: a project without budget often has both. A row is spoken of once: a quarter that is
wrong because its row was dragged is told with the quarter.

Codes: ``kvart-avviker``, ``kvart-avrundad``, ``serie-dragen``, ``avgift-hittills``,
``avgift-annan-takt``, ``utfall-utan-prognos``, ``stort-steg``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.checks import fees_to_date, large_steps, quarters, year_series
from finsam_xl.checks.fee_parties import parties
from finsam_xl.checks.material import Material
from finsam_xl.checks.thresholds import at_least
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget, Known
from finsam_xl.money import swedish
from finsam_xl.periods import Period


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Everything worth saying about the rows of each table of amounts."""
    for material in materials:
        for budget in material.budgets:
            yield from material.own(_of_table(budget))


def _of_table(budget: Budget) -> Iterator[Finding]:
    paying = parties(budget)
    runs = year_series.years(budget)
    spoken = list(quarters.unequal(budget, paying, runs))
    yield from (one.finding for one in spoken)
    yield from year_series.filled_rows(budget, paying, runs, {one.row for one in spoken})
    yield from fees_to_date.so_far(budget, paying)
    yield from missing(budget)
    yield from large_steps.steps(budget, runs)


def missing(budget: Budget) -> Iterator[Finding]:
    """A warning where an outcome of weight has no forecast."""
    outcome, forecast = budget.column("outcome_to_date"), budget.column("forecast")
    if outcome is None or forecast is None:
        return
    lines = [row for row in budget.plain_lines if budget.rows[row].amounts[outcome]]
    without = [row for row in lines if budget.rows[row].amounts[forecast] is None]
    # A column that is mostly empty is not filled in yet.
    if not without or 2 * len(without) > len(lines):
        return
    period = budget.columns[outcome].period or budget.columns[forecast].period
    if period is None or not _matters(budget, lines, without, outcome, period):
        return
    first, *others = without
    told = ", ".join(
        f"”{budget.rows[row].label}” {swedish(_amount(budget, row, outcome))}" for row in without
    )
    yield Finding.at(
        budget.place(first, forecast),
        "warning",
        "utfall-utan-prognos",
        f"{told} har utfall men ingen prognos, så summorna för utfall och prognos mäter olika "
        "saker. Fyll i prognosen, eller skriv 0 om inget mer väntas.",
        stated=None,
        calculated=_amount(budget, first, outcome),
        also=[budget.place(row, forecast) for row in others],
    )


def _matters(
    budget: Budget, lines: Sequence[int], without: Sequence[int], outcome: int, period: Period
) -> bool:
    """Whether income or costs lack forecasts for a large part of what they came to."""
    least = at_least("forecast_missing_share", period)
    for side in {budget.rows[row].is_income for row in without}:
        whole, part = (
            sum(_size(budget, row, outcome) for row in rows if budget.rows[row].is_income is side)
            for rows in (lines, without)
        )
        if 100 * part >= least * whole:
            return True
    return False


def _amount(budget: Budget, row: int, column: int) -> Known:
    return budget.rows[row].amounts[column] or 0


def _size(budget: Budget, row: int, column: int) -> Known:
    amount = _amount(budget, row, column)
    return max(amount, -amount)
