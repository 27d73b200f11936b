"""Where the pot that fees are a split of was read, so that readers can look there."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.model_budget import FeesTable, Scope
from finsam_xl.money import trimmed


def told(table: FeesTable) -> Iterator[str]:
    """The pot of a table and its cell, or what it follows from; nothing where it is not known."""
    if table.pool is None:
        return
    whose = "Kommunernas pott" if table.scope is Scope.MUNICIPALITIES else "Potten"
    year = f" {table.year}" if table.year else ""
    amount = f"{whose}{year} är {trimmed(table.pool, table.unit)}"
    if table.pool_ref is None:
        yield f"{amount}. Den står inte i boken, utan följer av avgifterna och lagens delar."
    else:
        yield f"{amount}, läst i {table.pool_ref.sheet}!{table.pool_ref.cell}."
