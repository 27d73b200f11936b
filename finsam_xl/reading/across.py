"""Tables of amounts that have their years and scenarios down the side, and what they are of across.

Read with rows for columns, such a table is one as any other. It is tried where what names the
rows is what heads columns elsewhere.
"""

from __future__ import annotations

from finsam_xl.model_budget import STATED
from finsam_xl.periods import is_year
from finsam_xl.reading.amounts import read_amounts
from finsam_xl.reading.blocks import Block, blocks
from finsam_xl.reading.headings import heading_of
from finsam_xl.sheets.grid import Cell
from finsam_xl.sheets.tables import Table
from finsam_xl.sheets.turned import turned

_LEAST = 0.75
_FEWEST = 2
_MOST_COLUMNS = 60
"""A list of days is longer than any table is wide."""


def better(block: Block, table: Table | None) -> Table | None:
    """The table that a block is when it is read with rows for columns, if that says more."""
    least = max(_FEWEST, 1 + _told_apart(table))
    if _headed_rows(block) < least:
        return table
    found = [
        one
        for inner in blocks(turned(block.sheet, block.area))
        if (one := read_amounts(inner._replace(titles=(*inner.titles, *block.titles)))) is not None
    ]
    best = max(found, key=_told_apart, default=None)
    return best if _told_apart(best) >= least else table


def _headed_rows(block: Block) -> int:
    """How many rows are named by what heads columns of amounts: a scenario or a time."""
    if len(block.body) > _MOST_COLUMNS:
        return 0
    cell = block.sheet.cell
    named = block.labels or (block.left,)
    return max(sum(_is_heading(cell(row, column)) for row in block.body) for column in named)


def _is_heading(cell: Cell) -> bool:
    value = cell.value
    if not isinstance(value, str):
        return value is not None and (cell.dated or is_year(value))
    said = heading_of((value,))
    return bool(said.sense) or not said.time.is_silent


def _told_apart(table: Table | None) -> int:
    """How many columns of amounts are told apart by their scenario, version and time.

    None where most columns of figures are nothing known, or the same over again: a list with
    a date on each row.
    """
    figures = [c for c in table.columns if c.field in ("amount", "other")] if table else []
    known = [c for c in figures if c.scenario != "other" and c.sure >= _LEAST]
    told = {(c.scenario, c.version, c.period) for c in known if c.scenario in STATED and c.period}
    stated = sum(c.scenario in STATED for c in known)
    return len(told) if 2 * len(known) > len(figures) and 2 * len(told) > stated else 0
