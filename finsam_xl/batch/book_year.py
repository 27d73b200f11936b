"""Which year a workbook is about: not the years that it only compares with.

>>> year_of_name("Budget 2031.xlsx"), year_of_name("Budget 2030-2031.xlsx"), year_of_name("a.xlsx")
(2031, None, None)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from finsam_xl.checks.material import Material
from finsam_xl.model_budget import Budget
from finsam_xl.periods import Period
from finsam_xl.words.scenarios import Scenario

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SO_FAR = ("outcome", "outcome_to_date", "forecast")
_AHEAD = ("budget", "budget_to_date")


def year_of(material: Material, name: str) -> int | None:
    """The year that a workbook is about, ``None`` where nothing tells.

    That is a year of its columns or tables: the one in its file's ``name``, else the one that most
    of its tables are about, of several the latest; of plans alone the first year.
    """
    amounts = [year for budget in material.budgets for year in _of_table(budget)]
    every = {year for budget in material.budgets for year in _years(budget, *_SO_FAR, *_AHEAD)}
    others = [
        period.last_day.year
        for place in material.tables
        if (period := Period.parse(place.period)) is not None
    ]
    named = year_of_name(name)
    if named is not None and named in {*every, *others}:
        return named
    plans = [min(years) for one in material.budgets if (years := _years(one, Scenario.PLAN))]
    counted = Counter([*amounts, *others] or plans)
    return max(counted, key=lambda year: (counted[year], year), default=None)


def year_of_name(name: str) -> int | None:
    """The only year in a file's name."""
    years = set(_YEAR.findall(PurePosixPath(name).stem))
    return int(years.pop()) if len(years) == 1 else None


def _of_table(budget: Budget) -> Iterator[int]:
    """The year that a table is about.

    Its title's among those of its columns; else, of a follow-up, the latest of which it has both
    budget and outcome; else the latest.
    """
    so_far, ahead = _years(budget, *_SO_FAR), _years(budget, *_AHEAD)
    titled = year_of_name(budget.title)
    if titled is not None and titled in so_far | ahead:
        yield titled
    elif budget.kind not in ("budget", "plan") and so_far & ahead:
        yield max(so_far & ahead)
    elif so_far | ahead:
        yield max(so_far | ahead)


def _years(budget: Budget, *scenarios: str) -> set[int]:
    return {
        column.period.last_day.year
        for column in budget.columns
        if column.period is not None and column.scenario in scenarios
    }
