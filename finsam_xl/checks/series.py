"""Rows of amounts that do not hang together over the years, or from year to date.

Quarters of the fees (:mod:`~finsam_xl.checks.quarters`), rows filled by dragging
(:mod:`~finsam_xl.checks.year_series`), fees to date (:mod:`~finsam_xl.checks.fees_to_date`),
outcomes without forecast (:mod:`~finsam_xl.checks.forecasts`) and large steps
(:mod:`~finsam_xl.checks.large_steps`). A row is spoken of once: a quarter that is wrong
because its row was dragged is told with the quarter.

Codes: ``kvart-avviker``, ``kvart-avrundad``, ``serie-dragen``, ``avgift-hittills``,
``avgift-annan-takt``, ``utfall-utan-prognos``, ``stort-steg``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.checks import fees_to_date, forecasts, large_steps, quarters, year_series
from finsam_xl.checks.fee_parties import parties
from finsam_xl.checks.material import Material
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget


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
    yield from forecasts.missing(budget)
    yield from large_steps.steps(budget, runs)
