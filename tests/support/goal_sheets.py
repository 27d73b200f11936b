"""The documents' own goals as workbooks, to try the reading and the report on."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.address import position
from finsam_xl.hosts.ooxml import Book
from finsam_xl.reading import social
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.workbooks import EXISTING, SOCIAL_BUDGET


def without_weights() -> Grid:
    """The social budget of 2021 without weights, points and verdicts."""
    with Book(SOCIAL_BUDGET) as book:
        sheet = book.grid.sheet("Social budget")
        (table,) = social.recognise(sheet)
        columns = table.by_field
        cut = {columns[field] for field in ("weight", "points", "weight_status")}
        cells = {
            at: cell
            for at, cell in sheet.cells.items()
            if at[1] not in cut and not (at[1] == columns["judged"] and at[0] > table.header_row)
        }
    return Grid((SheetGrid("Social budget", lambda: cells),))


def goal_map(outcomes: Sequence[float | str | None]) -> Grid:
    """The målkarta of Södra Lappland, with outcomes from its first row; a float is a share."""
    with Book(EXISTING / "sodra-lappland-budget.xlsx") as book:
        cells = {**book.grid.sheet("Målkarta").cells}
    for at, outcome in enumerate(outcomes, start=6):
        if outcome is not None:
            cells[position(f"J{at}")] = Cell(outcome, percent=isinstance(outcome, float))
    return Grid((SheetGrid("Målkarta", lambda: cells),))
