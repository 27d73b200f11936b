"""What a person says about how a table is read, and what it is known by when cells have moved.

A correction is about a table, a column or a row. It is kept with the text of the heading or
label it is about and which of equal ones that is, and with a defined name over its table, which
the spreadsheet moves along.
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.address import places, real_place
from finsam_xl.labels import one_line
from finsam_xl.model import Ref
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, SheetGrid
from finsam_xl.sheets.said import Area, Place
from finsam_xl.sheets.tables import HeadingTexts, Table
from finsam_xl.words import meanings

TABLE_NAME = "_finsam_tabell_"
"""Before a table's number in the defined name over it."""


@unique
class Part(StrEnum):
    """What of a table a correction is about."""

    KIND = "slag"
    UNIT = "enhet"
    SIGN = "tecken"
    COLUMN = "kolumn"
    ROW = "rad"


class Key(NamedTuple):
    """What a correction is about, so that it is found again.

    ``table``: the number in its defined name; ``text``: of the heading or label; ``nth`` of how
    many (``of``) cells of the table with that text; ``down`` and ``right``: from its corner.
    """

    table: str
    part: Part
    text: str = ""
    nth: int = 0
    of: int = 0
    down: int = 0
    right: int = 0

    @property
    def is_typed(self) -> bool:
        """Whether a person has named the row or column herself."""
        is_free = not (self.nth or self.down or self.right)
        return is_free and self.part in (Part.ROW, Part.COLUMN)


class Correction(NamedTuple):
    """What a person says of a part of a table, and the cell where it is said."""

    key: Key
    says: str
    ref: Ref


class Placed(NamedTuple):
    """A correction and the cell it was found to be about; ``None`` for a table's own or none."""

    correction: Correction
    place: Place | None


def key_of(sheet: SheetGrid, table: Table, number: str, part: Part, place: Place | None) -> Key:
    """The key of a part of a table; ``place``: the cell of its heading or label."""
    if place is None:
        return Key(number, part)
    text = shown(sheet.cell(*place))
    same = alike(sheet, table.area, text)
    nth = same.index(place) if place in same else 0
    top, left, _, _ = table.area
    return Key(number, part, text, nth, len(same), place[0] - top, place[1] - left)


def heading_place(sheet: SheetGrid, table: Table, number: int) -> Place:
    """The lowest cell that heads one column alone, as the workbook has it.

    ``sheet``: as the table is read.
    """
    origins = HeadingTexts(sheet)
    top = table.top or table.header_row
    last = max(table.header_row, min((row.row for row in table.rows), default=top + 1) - 1)
    for row in range(last, top - 1, -1):
        at = origins.origin(row, number)
        if at[1] == number and shown(sheet.cell(*at)):
            return real_place(table.sheet, *at)
    return real_place(table.sheet, table.header_row, number)


def label_place(sheet: SheetGrid, table: Table, row: int) -> Place | None:
    """The cell that names a row, as the workbook has it; ``sheet``: as the table is read."""
    names = [c.number for c in table.columns if c.field in ("label", "group", "party", "unit")]
    names += [c.number for c in table.columns if c.number not in names]
    found = (n for n in names if meanings.is_same(shown(sheet.cell(row, n)), _label(table, row)))
    number = next(found, names[0] if names else None)
    return None if number is None else real_place(table.sheet, row, number)


def _label(table: Table, row: int) -> str:
    return next((one.label for one in table.rows if one.row == row), "")


def shown(cell: Cell) -> str:
    """The text of a heading or label."""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else one_line(str(value))


def alike(sheet: SheetGrid, area: Area, text: str) -> list[Place]:
    """The cells of an area that hold a text, from the top."""
    return [p for p in places(area) if text and meanings.is_same(shown(sheet.cell(*p)), text)]
