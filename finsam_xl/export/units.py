"""The unit of a figure in a tidy row: what its cell, row, heading or kind of table says.

'' is a figure whose unit nobody knows, such as a share that may be of one or of a hundred.
"""

from __future__ import annotations

from functools import cache

from finsam_xl.model_budget import Budget, BudgetColumn, BudgetRow
from finsam_xl.reading.count_kinds import IMPACT_INDEX, KINDS, Content
from finsam_xl.reading.social_content import OUTCOMES
from finsam_xl.sheets.tables import Column, Row, Table
from finsam_xl.words.ceiling import Step, step_of
from finsam_xl.words.fee_columns import FeeColumn
from finsam_xl.words.units import unit
from finsam_xl.words.unlike import is_other_unit

PER_CENT, PIECES, INDEX = "%", "st", "index"
_OF_CONTENT = {Content.COUNT: PIECES, Content.INDEX: INDEX}
_SHARES = (Step.LOWER_SHARE, Step.UPPER_SHARE)
_IN_MONEY = (FeeColumn.FEE, FeeColumn.QUARTER, FeeColumn.FIXED, FeeColumn.PART)
_PEOPLE = frozenset({"women", "men", "count"})


def unit_of_amount(budget: Budget, row: BudgetRow, column: BudgetColumn, *, is_added: bool) -> str:
    """The unit of a figure in a table of amounts: its own, but for ratios, counts and prices.

    ``is_added``: the row has a part in a sum, so that it is money whatever its label says.
    """
    if not is_added and is_other_unit(row.label):
        return _per_cent(row.label)
    if column.is_ratio or (column.scenario == "other" and is_other_unit(column.header)):
        return _per_cent(column.header)
    own = unit(column.header) if column.scenario == "other" else None
    return own or budget.unit


def _per_cent(text: str) -> str:
    return PER_CENT if text.rstrip(" )").endswith(PER_CENT) else ""


def unit_of_figure(table: Table, row: Row, column: Column, said: str) -> str:
    """The unit of a figure in any other table; ``said``: what the row's own unit column says."""
    if table.kind == "fees":
        return table.unit if column.field in _IN_MONEY else ""
    if table.kind == "ceiling":
        text = row.label if column.field == "amount" else column.header
        is_share = step_of(text) in _SHARES or PER_CENT in text
        return (PER_CENT if PER_CENT in text else "") if is_share else table.unit
    if said:
        return said
    if column.field == "amount":
        return unit(column.header) or unit(table.title) or ""
    if table.kind == "social_budget":
        return PIECES if column.field in OUTCOMES else ""
    if table.kind == "participants":
        is_of_people = any(one.field in _PEOPLE for one in table.columns)
        return PIECES if is_of_people and column.field in (*_PEOPLE, "all") else ""
    return _of_fields().get((str(table.kind), str(column.field)), "") or _of_matrix(table)


@cache
def _of_fields() -> dict[tuple[str, str], str]:
    """The units of fields that hold one thing only."""
    return {
        (kind.kind, field.name): _OF_CONTENT[field.holds]
        for kind in (*KINDS, IMPACT_INDEX)
        for field in kind.fields
        if field.holds in _OF_CONTENT
    }


def _of_matrix(table: Table) -> str:
    return INDEX if table.unit == INDEX else ""
