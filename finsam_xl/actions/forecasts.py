"""Blank forecasts that a run fills in by a method that a person has chosen.

The method is what she asks for now, or else what she has set on the sheet *Finsam*, or else that of
an earlier run whose forecasts still stand: what she once asked for is not taken away.
"""

from __future__ import annotations

from finsam_xl.actions.followups import latest
from finsam_xl.address import position, real_name
from finsam_xl.filling.forecasts import method_told, offered
from finsam_xl.model_budget import Budget
from finsam_xl.plan import Plan, merge
from finsam_xl.reading import book as reading
from finsam_xl.reading import run_log
from finsam_xl.reading.followed import followed
from finsam_xl.reading.settings import settings
from finsam_xl.sheets.grid import Grid
from finsam_xl.words.methods import Method


def chosen(grid: Grid, method: Method | None) -> Method | None:
    """The method to fill in blank forecasts by; ``None``: they stay blank."""
    if method is not None:
        return method
    own = settings(grid).method
    if own is not None:
        return own
    told = (
        method_told(entry.why) for there in run_log.ours(grid).values() for entry in there.values()
    )
    return next(filter(None, told), None)


def filled_by(grid: Grid, budget: Budget) -> Method | None:
    """The method by which runs have filled in a forecast of a table; ``None``: by none."""
    ours = run_log.ours(grid).get(real_name(budget.sheet), {})
    told = (
        method_told(ours[place].why)
        for row in range(len(budget.rows))
        for column in range(len(budget.columns))
        if (place := position(budget.place(row, column).cell)) in ours
    )
    return next(filter(None, told), None)


def plan(left: Grid, grid: Grid, method: Method) -> Plan:
    """The blank forecasts of a workbook, and what is said of them.

    ``left``: the workbook without our own figures; ``grid``: as it is.
    """
    read = followed(left)
    tables = reading.budgets(reading.tables(read))
    ours = {
        name: [place for place, entry in there.items() if method_told(entry.why)]
        for name, there in run_log.ours(grid).items()
    }
    return merge(
        offered(
            read.sheet(one.budget.sheet),
            one.budget,
            period,
            method,
            one.table.header_row,
            ours.get(one.budget.sheet, ()),
        )
        for one, period in latest(tables)
    )
