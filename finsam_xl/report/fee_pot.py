"""Where the pot that fees are a split of was read, so that readers can look there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finsam_xl.labels import small
from finsam_xl.model_budget import FeesTable, Scope
from finsam_xl.money import trimmed


def told(tables: Iterable[FeesTable]) -> Iterator[str]:
    """One sentence of each table's pot and its cell, or what it follows from; none of no pot."""
    pots = [text for table in tables if (text := _told(table))]
    if pots:
        yield f"{'; '.join([*pots[:1], *map(small, pots[1:])])}."


def _told(table: FeesTable) -> str:
    if table.pool is None:
        return ""
    whose = "Kommunernas pott" if table.scope is Scope.MUNICIPALITIES else "Potten"
    year = f" {table.year}" if table.year else ""
    amount = f"{whose}{year} är {trimmed(table.pool, table.unit)}"
    if table.pool_ref is None:
        return f"{amount}, som inte står i boken utan följer av avgifterna och lagens delar"
    return f"{amount}, läst i {table.pool_ref.sheet}!{table.pool_ref.cell}"
