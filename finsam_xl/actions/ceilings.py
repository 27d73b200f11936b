"""Recomputing tables of the recommended ceiling of equity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from finsam_xl import policy
from finsam_xl.errors import PolicyError
from finsam_xl.filling import ceilings as filling
from finsam_xl.filling.cells import Cells
from finsam_xl.filling.unknown import Unknown
from finsam_xl.periods import Period
from finsam_xl.plan import Plan, merge
from finsam_xl.policy import EquityRules
from finsam_xl.reading import ceilings as reading
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table


def plan(grid: Grid, tables: Iterable[Table], today: date) -> Plan:
    """What fills in the tables, each year by its own rule."""
    names = dict.fromkeys(table.sheet for table in tables if table.kind == reading.KIND)
    plans = []
    for name in names:
        sheet = grid.sheet(name)
        years = [(one, _rules(one.year, today)) for one in reading.ceilings(sheet)]
        filled = ((name, *at) for one, _ in years for at in one.cells.values())
        cells = Cells(sheet, Unknown(grid, filled))
        wrong = tuple(filling.fill(cells, years))
        plans += [Plan(findings=wrong), cells.plan()]
    return merge(plans)


def _rules(year: int | None, today: date) -> EquityRules | None:
    try:
        return policy.equity(Period(year).last_day if year else policy.current(today))
    except PolicyError:
        return None
