"""What a person has said of a sheet's tables, columns and rows: it outranks all evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from finsam_xl.address import meet
from finsam_xl.records import NamedTuple

Place = tuple[int, int]
Area = tuple[int, int, int, int]


class TableSays(NamedTuple):
    """What a table is said to be: its kind, unit and sign, '' for what nothing is said of."""

    area: Area
    kind: str = ""
    unit: str = ""
    sign: str = ""


class ColumnSays(NamedTuple):
    """What a heading is to be read as, and what stands there."""

    text: str
    was: str


class RowSays(NamedTuple):
    """What a row is said to be: its role, '' for none, and its side (income: true)."""

    role: str = ""
    income: bool | None = None
    text: str = ""
    meant: str = ""
    """What such a row is called: read in place of its label."""
    is_part: bool = False
    """Whether a sum or result is of some of the rows above only."""


class Said(NamedTuple):
    """Columns by the cell of their heading, rows by the cell of their label, tables by area.

    ``words``: cells that are read with other words than stand there; ``unit``: that of amounts
    that tell none; ``key``: the heading of what members' fees are split by.
    """

    columns: Mapping[Place, ColumnSays] = MappingProxyType({})
    rows: Mapping[Place, RowSays] = MappingProxyType({})
    tables: Sequence[TableSays] = ()
    words: Mapping[Place, ColumnSays] = MappingProxyType({})
    unit: str = ""
    key: str = ""

    def table(self, area: Area) -> TableSays | None:
        """What is said of the table that stands in an area."""
        return next((one for one in self.tables if meet(one.area, area)), None)

    def row(self, row: int, columns: Sequence[int]) -> RowSays | None:
        """What is said of a row whose label stands in one of some columns."""
        if not self.rows:
            return None
        found = (self.rows.get((row, column)) for column in columns)
        return next((one for one in found if one is not None), None)

    @property
    def is_silent(self) -> bool:
        """Whether nothing is said."""
        return not any(self)

    def was(self, place: Place) -> str | None:
        """What stands in a cell that is read otherwise; ``None`` for any other."""
        says = self.columns.get(place) or self.words.get(place)
        return None if says is None else says.was

    @property
    def turned(self) -> Said:
        """The same of the sheet with its rows for columns."""
        return Said(
            {(c, r): one for (r, c), one in self.columns.items()},
            {(c, r): one for (r, c), one in self.rows.items()},
            [t._replace(area=(t.area[1], t.area[0], t.area[3], t.area[2])) for t in self.tables],
            {(c, r): one for (r, c), one in self.words.items()},
            self.unit,
            self.key,
        )


NOTHING = Said()
