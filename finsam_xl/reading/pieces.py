"""A heading as it stands over a column: from the top, cell by cell."""

from __future__ import annotations

from finsam_xl.periods import day_of
from finsam_xl.reading.cells import Holds, holds, year_of
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, Value


class Piece(NamedTuple):
    """One cell of a heading.

    ``text``: what it says, a year or date written out; ``spans``: it stands over several
    columns and not over this one alone.
    """

    text: str
    value: Value
    is_date: bool
    spans: bool
    row: int
    column: int


def piece(cell: Cell, row: int, column: int, *, spans: bool = False) -> Piece | None:
    """What a cell says as a heading; ``None`` where it says nothing."""
    what = holds(cell)
    if what is None or what is Holds.DASH:
        return None
    year = year_of(cell)
    is_date = what is Holds.DATE
    if is_date and isinstance(cell.value, int | float):
        text = str(day_of(cell.value) or "")
    else:
        text = str(year) if year is not None else str(cell.value or "").strip()
    return Piece(text, cell.value, is_date, spans, row, column)
