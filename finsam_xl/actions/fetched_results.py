"""What follows from figures that were fetched: nothing they make old is left standing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from finsam_xl import actions
from finsam_xl.address import meet, position
from finsam_xl.model import Ref
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading import as_changed, run_log
from finsam_xl.sheets.grid import Grid


def with_results(
    grid: Grid,
    plan: Plan,
    areas: Iterable[tuple[str, tuple[int, int, int, int]]],
    kept: Collection[Ref],
    *,
    today: date,
    run: str,
) -> Plan:
    """The plan with the blank results in some areas of sheets, and those of ours anywhere.

    ``kept``: cells that are left as the plan leaves them.
    """
    if not plan.edits:
        return plan
    new = {Ref(edit.sheet, edit.cell): edit.new for edit in plan.edits}
    then = actions.recompute(as_changed.with_cells(grid, new), today=today, run=run)
    mine, near = run_log.ours(grid), list(areas)

    def follows(edit: CellEdit) -> bool:
        row, column = place = position(edit.cell)
        is_ours = place in mine.get(edit.sheet, {})
        is_here = any(
            edit.sheet == name and meet(area, (row, column, row, column)) for name, area in near
        )
        ref = Ref(edit.sheet, edit.cell)
        return (is_ours or is_here) and ref not in kept and ref not in new

    more = tuple(filter(follows, then.edits))
    return plan._replace(edits=(*plan.edits, *more), expected=then.expected)
