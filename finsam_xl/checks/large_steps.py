"""Large steps between two years of a plan that its readers will ask about.

Code: ``stort-steg`` (*info*, one finding per table with the few largest). Only budgets and
plans of years that follow each other, as they stand from left to right; not what begins or
ends with nothing, nor lines whose names say that they come and go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from finsam_xl.checks.thresholds import at_least
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget
from finsam_xl.money import swedish
from finsam_xl.periods import Period
from finsam_xl.records import NamedTuple

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
    summed = {one.target for one in budget.sums}
    lines = [n for n, row in enumerate(budget.rows) if row.role == "line" and n not in summed]
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
    return Finding.at(
        budget.place(first.row, first.after),
        "info",
        "stort-steg",
        f"Stora steg mellan åren: {'; '.join(_told(budget, step) for step in found)}. "
        "Förklara dem i texten om de är avsiktliga; kontrollera annars beloppen.",
        stated=line.amounts[first.after],
        calculated=line.amounts[first.before],
        also=[budget.place(step.row, step.after) for step in others],
    )


def _told(budget: Budget, step: _Step) -> str:
    line = budget.rows[step.row]
    old, new = line.amounts[step.before] or 0, line.amounts[step.after] or 0
    percent = 100 * (Fraction(new) - old) / abs(Fraction(old))
    return (
        f"”{line.label}” {swedish(old)} → {swedish(new)} ({swedish(percent, 0, '%')}, "
        f"{budget.columns[step.after].header})"
    )
