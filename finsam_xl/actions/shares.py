"""Recomputing the sums and shares of tables that are read by rows and columns of figures."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.address import position, real_name
from finsam_xl.errors import PolicyError
from finsam_xl.filling import cost_split
from finsam_xl.filling.cost_lines import Lines, lines_of
from finsam_xl.filling.lattice import Lattice, Place
from finsam_xl.filling.lattice_sums import KINDS, Sums
from finsam_xl.filling.shares import Shares
from finsam_xl.model_budget import Budget
from finsam_xl.model_counts import Counts
from finsam_xl.money import exact
from finsam_xl.plan import CellEdit, Plan, merge
from finsam_xl.reading import counts
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.reading.settings import settings
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table

_OTHERS = frozenset({"social_budget", "fees", "text_figures", "goals", "cost_classes", "ceiling"})
"""Kinds that have rules of their own for every figure, or none that follows from others."""


def plan(
    grid: Grid, tables: Sequence[Table], budgets: Sequence[Budget], edits: Iterable[CellEdit]
) -> Plan:
    """What fills in the shares of the tables.

    ``edits``: what the run has written before; ``budgets``: the tables of amounts with that.
    """
    written: dict[str, dict[Place, Fraction | None]] = {}
    for edit in edits:
        if not edit.keeps_value:
            is_figure = isinstance(edit.new, int | float)
            new = exact(edit.new) if is_figure else None
            written.setdefault(edit.sheet, {})[position(edit.cell)] = new
    plans = [
        _costs(grid, table, tables, budgets, written.setdefault(real_name(table.sheet), {}))
        for table in tables
        if table.kind == "cost_split"
    ]
    plans += [
        _one(grid, table, written.setdefault(real_name(table.sheet), {}))
        for table in tables
        if table.kind not in _OTHERS
    ]
    return merge(plans)


def _one(grid: Grid, table: Table, written: dict[Place, Fraction | None]) -> Plan:
    plans: list[Plan] = []
    if table.kind in KINDS:
        lattice = Lattice(grid, table, written)
        Sums(lattice).fill()
        plans.append(lattice.cells.plan())
    for is_turned in (False, True):
        lattice = Lattice(grid, table, written, is_turned=is_turned)
        Shares(lattice).fill()
        plans.append(lattice.cells.plan())
    return merge(plans)


def _costs(
    grid: Grid,
    table: Table,
    tables: Sequence[Table],
    budgets: Sequence[Budget],
    written: dict[Place, Fraction | None],
) -> Plan:
    """A cost split from the only outcome of its year and the only classes of lines."""
    outcomes = [
        (one, n)
        for one in budgets
        for n, column in enumerate(one.columns)
        if one.kind == AmountKind.OUTCOME and column.scenario == "outcome"
        if column.period == table.period and table.period is not None
    ]
    classes = [one for one in tables if one.kind == "cost_classes"]
    if len(outcomes) != 1 or len(classes) > 1 or table.period is None:
        return Plan()
    read = [counts.read(grid.sheet(one.sheet), one).counts for one in classes]
    lines = cost_lines(grid, *outcomes[0], read[0] if read else None, table.period.year)
    if lines is None:
        return Plan()
    lattice = Lattice(grid, table, written)
    cost_split.fill(lattice, lines)
    return lattice.cells.plan()


def cost_lines(
    grid: Grid, budget: Budget, column: int, classes: Counts | None, year: int
) -> Lines | None:
    """The lines of an outcome with the classes that are set or stand in a table."""
    own = settings(grid)
    share = own.rules.get("office_administration")
    if share is None:
        with contextlib.suppress(PolicyError):
            share = policy.cost_split(date(year, 12, 31)).office_administration
    return lines_of(budget, column, classes, own.classes, None if share is None else share / 100)
