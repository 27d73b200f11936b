"""Closed periods: what is written of their outcome stays as it is, and it is told.

The outcome of a year or a part of it is closed once all of it lies before the day that the
sheet *Finsam* names. In tables of other than amounts everything of the period is outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finsam_xl.address import is_turned, meet, position, real_name
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.money import exact, trimmed
from finsam_xl.periods import Period
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading.settings import Settings, settings
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table

_OUTCOME = frozenset({"outcome", "outcome_to_date"})


def kept(grid: Grid, tables: Sequence[Table], plan: Plan) -> Plan:
    """The plan without what would change the outcome of a closed period."""
    own = settings(grid)
    left: list[CellEdit] = []
    said: list[Finding] = []
    for edit in plan.edits:
        period = None if edit.keeps_value else _closed(tables, edit, own)
        if period is None:
            left.append(edit)
        else:
            said.append(_told(edit, period))
    return plan._replace(edits=tuple(left), findings=(*plan.findings, *said))


def _closed(tables: Iterable[Table], edit: CellEdit, own: Settings) -> Period | None:
    """The closed period whose outcome a cell is of, if it is."""
    row, column = position(edit.cell)
    for table in tables:
        if real_name(table.sheet) != edit.sheet or not meet(table.area, (row, column, row, column)):
            continue
        number = row if is_turned(table.sheet) else column
        found = next((one for one in table.columns if one.number == number), None)
        if found is None:
            continue
        period = found.period or table.period
        if (table.budget is None or found.scenario in _OUTCOME) and own.is_closed(period):
            return period
    return None


def _told(edit: CellEdit, period: Period) -> Finding:
    new = trimmed(exact(edit.new)) if isinstance(edit.new, int | float) else edit.new or "tomt"
    return tell(
        "period-stangd",
        Ref(edit.sheet, edit.cell),
        why=edit.why,
        new=new,
        period=period,
        stated=edit.old if isinstance(edit.old, int | float) else None,
        calculated=edit.new if isinstance(edit.new, int | float) else None,
    )
