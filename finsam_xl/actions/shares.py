"""Recomputing the sums and shares of tables that are read by rows and columns of figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finsam_xl.address import position, real_name
from finsam_xl.filling import cost_split, doubts
from finsam_xl.filling.cost_lines import Lines
from finsam_xl.filling.doubts import LeftBlank
from finsam_xl.filling.lattice import Lattice, Place
from finsam_xl.filling.lattice_sums import KINDS, Sums
from finsam_xl.filling.shares import Shares
from finsam_xl.model_budget import Budget
from finsam_xl.plan import CellEdit, Plan, merge
from finsam_xl.reading import counts
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.sheets.grid import Grid, Value
from finsam_xl.sheets.tables import Table

_OTHERS = frozenset({"social_budget", "fees", "text_figures", "goals", "cost_classes", "ceiling"})
"""Kinds that have rules of their own for every figure, or none that follows from others."""


def plan(
    grid: Grid, tables: Sequence[Table], budgets: Sequence[Budget], edits: Iterable[CellEdit]
) -> Plan:
    """What fills in the shares of the tables.

    ``edits``: what the run has written before; ``budgets``: the tables of amounts with that.
    """
    written: dict[str, dict[Place, Value]] = {}
    for edit in edits:
        if not edit.keeps_value:
            written.setdefault(edit.sheet, {})[position(edit.cell)] = edit.new
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


def _one(grid: Grid, table: Table, written: dict[Place, Value]) -> Plan:
    found: list[CellEdit] = []
    left: list[LeftBlank] = []
    if table.kind in KINDS:
        sums = Sums(Lattice(grid, table, written))
        sums.fill()
        found += sums.edits
        left += sums.left
    for is_turned in (False, True):
        shares = Shares(Lattice(grid, table, written, is_turned=is_turned))
        shares.fill()
        found += shares.edits
        left += shares.left
    return Plan(edits=tuple(found), findings=tuple(doubts.findings(left)))


def _costs(
    grid: Grid,
    table: Table,
    tables: Sequence[Table],
    budgets: Sequence[Budget],
    written: dict[Place, Value],
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
    if len(outcomes) != 1 or len(classes) != 1:
        return Plan()
    read = counts.read(grid.sheet(classes[0].sheet), classes[0]).counts
    filled = cost_split.fill(Lattice(grid, table, written), Lines(*outcomes[0], read))
    return Plan(edits=filled.edits, findings=tuple(doubts.findings(filled.left)))
