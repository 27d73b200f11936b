"""Rows of amounts that do not hang together over the years, or from year to date.

Quarters of the fees (:mod:`.quarters`), rows filled by dragging (:mod:`.year_series`), fees to
date (:mod:`.fees_to_date`). A row is spoken of once: a quarter that is wrong because its row was
dragged is told with the quarter.

Outcomes to date on lines that have no forecast, in tables that forecast the others: totals of both
then measure different things. One finding per table, for income and costs alike, where what lacks
a forecast is a large part of its side: a project without budget often has both.

The few largest steps between two years of a plan that its readers will ask about, one finding per
table. Only budgets and plans of years that follow each other, as they stand from left to right; not
what begins or ends with nothing, nor lines whose names say that they come and go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from finsam_xl.checks.amounts import fees_to_date, quarters, year_series
from finsam_xl.checks.amounts.fee_parties import parties
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import listed
from finsam_xl.checks.thresholds import at_least
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget, Known
from finsam_xl.money import swedish, trimmed
from finsam_xl.periods import Period
from finsam_xl.records import NamedTuple


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
    yield from steps(budget, runs)


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
    told = [
        f"”{budget.rows[row].label}” ({trimmed(_amount(budget, row, outcome))})" for row in without
    ]
    yield tell(
        "utfall-utan-prognos",
        budget.place(first, forecast),
        told=listed(told),
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


_COMES_AND_GOES = re.compile(
    r"avslut|reserv|projekt|övrig|\bny|beslut|befintlig|eget kapital|finansiella|ränt"
    r"|\besf\b|\beu\b"
)


class _Step(NamedTuple):
    """A change of a line from one column to the next."""

    row: int
    before: int
    after: int
    period: Period
    share: Fraction
    """The change in per cent of the side's total the year before, without sign."""


def steps(budget: Budget, runs: Sequence[Sequence[int]]) -> Iterator[Finding]:
    """The largest steps of a plan, if any is large enough."""
    if budget.kind not in ("plan", "budget"):
        return
    found = [
        step
        for run in runs
        if list(run) == sorted(run) and budget.columns[run[0]].scenario in ("budget", "plan")
        for step in _of_run(budget, run)
    ]
    found.sort(key=lambda step: step.share, reverse=True)
    if found:
        most = at_least("large_steps_shown", found[0].period)
        yield _finding(budget, found[: int(most)])


def _of_run(budget: Budget, run: Sequence[int]) -> Iterator[_Step]:
    lines = budget.plain_lines
    for before, after in pairwise(run):
        period = budget.columns[after].period
        if period is None:
            continue
        least, least_share = (at_least(n, period) for n in ("large_step", "large_step_share"))
        wholes = {
            side: sum(
                max(amount, -amount)
                for row in lines
                if budget.rows[row].is_income is side
                and (amount := budget.rows[row].amounts[before])
            )
            for side in (True, False)
        }
        floor = {side: least_share * whole for side, whole in wholes.items()}
        for row in lines:
            line = budget.rows[row]
            old, new = line.amounts[before], line.amounts[after]
            stays = line.amounts[run[0]] and line.amounts[run[-1]]
            if not (old and new and stays) or old == new:
                continue
            # Compared with the smallest share that counts before anything is divided.
            change = 100 * max(new - old, old - new)
            is_large = change >= floor[line.is_income] and change >= least * max(old, -old)
            if is_large and not _COMES_AND_GOES.search(line.label.lower()):
                share = Fraction(change) / wholes[line.is_income]
                yield _Step(row, before, after, period, share)


def _finding(budget: Budget, found: Sequence[_Step]) -> Finding:
    first, *others = found
    line = budget.rows[first.row]
    return tell(
        "stort-steg",
        budget.place(first.row, first.after),
        steps="; ".join(_told(budget, step) for step in found),
        stated=line.amounts[first.after],
        calculated=line.amounts[first.before],
        also=[budget.place(step.row, step.after) for step in others],
    )


def _told(budget: Budget, step: _Step) -> str:
    line = budget.rows[step.row]
    old, new = line.amounts[step.before] or 0, line.amounts[step.after] or 0
    percent = 100 * (Fraction(new) - old) / abs(Fraction(old))
    return (
        f"”{line.label}” {trimmed(old)} → {trimmed(new)} ({swedish(percent, 0, '%')}, "
        f"{budget.columns[step.after].header})"
    )
