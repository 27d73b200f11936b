"""The sheet *Tänk om*: which blocks a workbook has the tables for, with what was typed before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from finsam_xl.actions import reports
from finsam_xl.actions.index_results import UnitResult
from finsam_xl.errors import FinsamError
from finsam_xl.plan import Plan
from finsam_xl.reading.settings import association
from finsam_xl.reading.weight_scale import weight_scale
from finsam_xl.report import tank_om
from finsam_xl.report.tank_om import Block, Typed
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table


def plan(
    grid: Grid,
    tables: Sequence[Table],
    results: Sequence[UnitResult],
    today: date,
    run: str,
) -> Plan:
    """The sheet, with a block for each kind of table that one is made for; empty without any."""
    old = next((sheet for sheet in grid.sheets if sheet.owner == tank_om.OWNER), None)
    typed = tank_om.typed(old) if old is not None else {}
    blocks = [*_of_index(grid, results, typed, run), *_of_fees(grid, tables, today)]
    blocks += _of_budget(grid, tables)
    if not blocks:
        return Plan()
    return Plan(sheets=(tank_om.build(blocks, old, (association(grid, tables),), run),))


def _of_index(grid: Grid, results: Sequence[UnitResult], typed: Typed, run: str) -> Iterator[Block]:
    """The index of the unit that is chosen on the sheet, or of the first one."""
    if not results:
        return
    from finsam_xl.report.tank_om_index import IndexBlock, first_unit, unit_change

    shown = reports.latest(results)
    story = reports.story(grid, results, shown, run)
    asked = unit_change(story)
    wanted = next((typed[one] for one in typed if one.is_for(asked)), None)
    unit = next((one for one in story.all_units if one.unit == wanted), first_unit(story))
    rules = story.rules
    usual = (rules.lowest_weight, rules.highest_weight)
    highest = max(weight_scale(one.budget.table, one.budget.indicators, usual)[1] for one in shown)
    yield IndexBlock(story, unit, int(highest))


def _of_fees(grid: Grid, tables: Sequence[Table], today: date) -> Iterator[Block]:
    """The fees of the latest year, where it is clear who pays what."""
    if all(table.kind != "fees" for table in tables):
        return
    from finsam_xl.actions import fee_scenario
    from finsam_xl.report.tank_om_fees import FeesBlock

    # Why they are not clear is told by the question of what would happen to them.
    with suppress(FinsamError):
        yield FeesBlock(fee_scenario.split_of(grid, tables, today))


def _of_budget(grid: Grid, tables: Sequence[Table]) -> Iterator[Block]:
    """Equity in the years of the plan, by each of its alternatives."""
    if not {table.kind for table in tables} & {"plan", "budget"}:
        return
    from finsam_xl.actions import budget_questions
    from finsam_xl.report.tank_om_budget import BudgetBlock

    found = budget_questions.trial(grid, tables)
    if found is not None:
        yield BudgetBlock(*found)
