"""What kind of thing each cell of a sheet holds: the first stage of reading it.

A figure is a number, a text that shows one, or a formula; a number shown as a date is a date.
A dash says that there is nothing, and is neither text nor figure. A cell that a merged
neighbour covers holds nothing of its own.
"""

from __future__ import annotations

import re
from enum import StrEnum

from finsam_xl.money import parse_number
from finsam_xl.periods import is_year
from finsam_xl.reading.ledger_mapping import beside
from finsam_xl.sheets.grid import Cell, SheetGrid

_DASHES = frozenset("-–—−")
_YEAR = re.compile(r"\s*\d{4}\s*")
Place = tuple[int, int]


class Holds(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    FIGURE = "figure"
    DATE = "date"
    DASH = "dash"


def holds(cell: Cell) -> Holds | None:
    """What a cell holds; ``None`` for nothing."""
    value = cell.value
    if isinstance(value, str):
        return _text(value.strip(), is_formula=cell.formula is not None)
    if value is None:
        return Holds.FIGURE if cell.formula is not None else None
    if isinstance(value, bool):
        return Holds.TEXT
    return Holds.DATE if cell.dated else Holds.FIGURE


def _text(text: str, *, is_formula: bool) -> Holds | None:
    if not text:
        return Holds.FIGURE if is_formula else None
    if text in _DASHES:
        return Holds.DASH
    if text.startswith("#"):
        return Holds.FIGURE if is_formula else Holds.TEXT
    return Holds.FIGURE if parse_number(text) is not None else Holds.TEXT


def contents(sheet: SheetGrid) -> dict[Place, Holds]:
    """What every filled cell of a sheet holds; found once for all who ask.

    What a person says of a heading changes nothing of where tables and headings are. What tells
    which accounts a row takes is no part of a table.
    """
    if contents not in sheet.kept:
        hidden = beside(sheet)
        every = ((place, standing(sheet, place)) for place in sheet.cells if place not in hidden)
        sheet.kept[contents] = {place: what for place, cell in every if (what := holds(cell))}
    found: dict[Place, Holds] = sheet.kept[contents]
    return found


def standing(sheet: SheetGrid, place: Place) -> Cell:
    """A cell as it stands, whatever a person says that it heads."""
    says = sheet.said.columns.get(place)
    return Cell(says.was) if says is not None and says.was else sheet.cell(*place)


def year_of(cell: Cell) -> int | None:
    """The year a cell's number, or text, may be; ``None`` where it is none."""
    value = cell.value
    if isinstance(value, str) and _YEAR.fullmatch(value):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_one = isinstance(value, int) and not isinstance(value, bool) and is_year(value)
    return int(value) if is_one and not cell.dated and isinstance(value, int) else None
