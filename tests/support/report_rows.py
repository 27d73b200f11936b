"""The rows of a report as they are read, to hold against what they should say."""

from __future__ import annotations

from typing import Any

from finsam_xl.sheetplan import SheetPlan


def rows_of(plan: SheetPlan) -> list[list[Any]]:
    """What stands on each printed row, without blanks; spaces as they are typed."""
    rows: dict[int, list[Any]] = {}
    for cell in sorted(plan.cells, key=lambda one: (one.row, one.column)):
        if cell.value not in (None, "") and cell.column <= plan.page.last_column:
            value = cell.value
            text = value.replace("\u00a0", " ") if isinstance(value, str) else value
            rows.setdefault(cell.row, []).append(text)
    return list(rows.values())
