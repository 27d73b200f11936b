"""What the sheet *Finsam* tells of each table: its parts, how each was read, how surely and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from finsam_xl.address import a1, is_turned, letters, meet, on_sheet
from finsam_xl.labels import capital, one_line
from finsam_xl.model_budget import SIGNED
from finsam_xl.reading.book import Unread
from finsam_xl.reading.corrections import (
    Correction,
    Key,
    Part,
    Placed,
    heading_place,
    key_of,
    label_place,
)
from finsam_xl.reading.reasons import name_of
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.said import Area, Place
from finsam_xl.sheets.tables import Column, Row, Table
from finsam_xl.words.fee_columns import FeeColumn
from finsam_xl.words.meanings import (
    KindName,
    fee_column_name,
    fee_row_name,
    kind_name,
    row_name,
    sign_name,
)

SURE, LIKELY, NOT_FOLLOWED = 0.9, 0.6, -1.0
_NUMBER = re.compile(r"\d{1,9}")
NOT_READ = "inte läst"
_PLAIN = ("line", "subline")
_SHOWN = ("total", "result", "section", "equity_open", "equity_close", "note")


class Entry(NamedTuple):
    """A row of the sheet: what it is about, where that is, what stands there and how it was read.

    ``says``: the correction that is typed at it; ``place``: the heading or label it is about.
    """

    key: Key
    where: str
    link: str
    stands: str
    read: str
    sure: float
    why: str
    says: str = ""
    place: Place | None = None


class TableEntries(NamedTuple):
    """A table, or a block that was not read: its number, title and place, and what tells of it.

    ``kind``: '' for what was not read.
    """

    number: str
    title: str
    sheet: str
    range: str
    entries: tuple[Entry, ...]
    kind: str = ""

    @property
    def sure(self) -> float:
        """How surely the least sure of its parts was read."""
        return min((one.sure for one in self.entries), default=1.0)


def numbered(
    places: Iterable[tuple[str, Area]], known: Mapping[str, tuple[str, Area]]
) -> Iterator[str]:
    """The number of each table, by sheet and area: that of the name over it, else a new one."""
    free = max((int(number) for number in known if _NUMBER.fullmatch(number)), default=0)
    left = dict(known)
    for sheet, area in places:
        here = [n for n, (name, own) in left.items() if name == sheet and meet(own, area)]
        free += not here
        number = here[0] if here else str(free)
        left.pop(number, None)
        yield number


def entries_of(grid: Grid, table: Table, number: str, placed: Sequence[Placed]) -> TableEntries:
    """The rows that tell of a table. ``grid``: the workbook as it is, before it is corrected."""
    teller = _Teller(grid, table, number, placed)
    found = tuple(teller.entries())
    return TableEntries(number, teller.title, table.real_sheet, table.range, found, table.kind)


def entries_of_unread(one: Unread, number: str, placed: Sequence[Placed]) -> TableEntries:
    """The row that tells of a block that no table was read from, and why."""
    key = Key(number, Part.KIND)
    says = (o.correction for o in placed if o.correction.key[:2] == key[:2])
    link = on_sheet(one.sheet, one.range.partition(":")[0])
    text = next((told.says for told in says), "")
    entry = Entry(key, "Slag", link, "", NOT_READ, 0.0, _sentence(one.why), text)
    return TableEntries(number, "Inte läst", one.sheet, one.range, (entry,))


class _Teller:
    def __init__(self, grid: Grid, table: Table, number: str, placed: Sequence[Placed]) -> None:
        self.table, self.number = table, number
        self.view = grid.sheet(table.sheet)
        self.sheet: SheetGrid = grid.sheet(table.real_sheet)
        self.placed = [one for one in placed if one.correction.key.table == number]

    @property
    def title(self) -> str:
        """What the table is called, without saying its kind twice."""
        name = kind_name(self.table.kind)
        title = "" if self.table.title == self.table.real_sheet else f" · {self.table.title}"
        return f"{capital(name)}{title}"

    def entries(self) -> Iterator[Entry]:
        """The table itself, then its columns and its rows."""
        yield from self._whole()
        yield from map(self._column, filter(self._is_told, self.table.columns))
        for row in self.table.rows:
            if self._is_worth(row):
                yield self._row(row)

    def _whole(self) -> Iterator[Entry]:
        table = self.table
        yield self._about(Part.KIND, "Slag", kind_name(table.kind), table.score, table.why)
        if table.budget is not None:
            yield self._about(Part.UNIT, "Enhet", table.unit, 1.0, "")
            yield self._about(Part.SIGN, "Tecken", sign_name(table.sign or SIGNED), 1.0, "")

    def _about(self, part: Part, where: str, read: str, sure: float, why: str) -> Entry:
        top, left, _, _ = self.table.area
        key = Key(self.number, part)
        link = self._link(top, left)
        return Entry(key, where, link, "", read, sure, _sentence(why), self._says(key, None))

    def _link(self, row: int, column: int) -> str:
        return on_sheet(self.table.real_sheet, a1(row, column))

    def _says(self, key: Key, place: Place | None) -> str:
        """The correction that is typed for a part, wherever its key has moved."""
        for one in self.placed:
            if one.correction.key.part is key.part and one.place == place:
                return one.correction.says
        return ""

    def _is_told(self, column: Column) -> bool:
        if column.field in ("label", "group", "code"):
            return False
        is_open = self.table.budget is not None or self.table.kind == KindName.FEES
        return is_open or column.sure < SURE or bool(self._said(column))

    def _said(self, column: Column) -> str:
        place = heading_place(self.view, self.table, column.number)
        return self._says(Key(self.number, Part.COLUMN), place)

    def _column(self, column: Column) -> Entry:
        place = heading_place(self.view, self.table, column.number)
        key = key_of(self.sheet, self.table, self.number, Part.COLUMN, place)
        where = (
            f"Rad {column.number}"
            if is_turned(self.table.sheet)
            else f"Kolumn {letters(column.number)}"
        )
        stands = one_line(column.header)
        says = self._says(key, place)
        is_fees = self.table.kind == KindName.FEES
        read = fee_meaning(column) if is_fees else _meaning(column)
        return Entry(
            key,
            where,
            self._link(*place),
            stands,
            read,
            column.sure,
            " ".join(column.why),
            says,
            place,
        )

    def _is_worth(self, row: Row) -> bool:
        """Whether a row is told by itself: what is no ordinary line, is unsure or corrected."""
        if self.table.kind == KindName.FEES:
            return True
        if self.table.budget is None:
            return bool(self._row_says(row))
        if row.role in _SHOWN:
            return True
        return row.role in _PLAIN and (row.sure < LIKELY or bool(self._row_says(row)))

    def _row_says(self, row: Row) -> str:
        place = label_place(self.view, self.table, row.row)
        return self._says(Key(self.number, Part.ROW), place)

    def _row(self, row: Row) -> Entry:
        place = label_place(self.view, self.table, row.row) or (row.row, 1)
        key = key_of(self.sheet, self.table, self.number, Part.ROW, place)
        where = f"Kolumn {letters(row.row)}" if is_turned(self.table.sheet) else f"Rad {row.row}"
        return Entry(
            key,
            where,
            self._link(*place),
            row.label,
            self._row_name(row),
            1.0 if row.role == "section" and row.sure > LIKELY else row.sure,
            _sentence("; ".join(row.why)),
            self._says(key, place),
            place,
        )

    def _row_name(self, row: Row) -> str:
        is_payer = self.table.kind == KindName.FEES and row.role in ("line", "total")
        if is_payer:
            return fee_row_name(row.label, is_sum=row.role == "total")
        return row_name(row.role, self._side(row))

    def _side(self, row: Row) -> bool | None:
        """The side of a line or total; of a result none."""
        if self.table.budget is None or row.role not in ("line", "total"):
            return None
        rows = self.table.budget.rows
        return next((one.is_income for one in rows if one.row == row.row), None)


def fee_meaning(column: Column) -> str:
    """What a column of fees is read as, and of which year."""
    name = fee_column_name(column.field)
    has_year = column.field not in (FeeColumn.PARTY, "other")
    return f"{name} {column.period or ''}".strip() if has_year else name


def _meaning(column: Column) -> str:
    if column.scenario == "other" and column.field not in ("other", "amount", "label"):
        return ""
    if column.scenario == "other":
        return row_name("note", None)
    return f"{name_of(column.scenario)} {column.period or ''}".strip()


def _sentence(text: str) -> str:
    return capital(text).rstrip(".") + "." if text else ""


def not_followed(
    table: TableEntries, placed: Sequence[Placed], refused: Mapping[str | None, str]
) -> TableEntries:
    """The rows of a table, those marked whose correction is not followed.

    ``refused``: by the cell it is typed in, why.
    """
    why = {
        (one.correction.key.table, one.correction.key.part, one.correction.says): refused[cell]
        for one in placed
        if (cell := one.correction.ref.cell) in refused
    }
    entries = [
        one._replace(sure=NOT_FOLLOWED, why=f"Följs inte: {told}")
        if (told := why.get((one.key.table, one.key.part, one.says)))
        else one
        for one in table.entries
    ]
    return table._replace(entries=tuple(entries))


def lost(placed: Sequence[Placed], told: Sequence[TableEntries]) -> list[Correction]:
    """The corrections that stand at no row of any table: they are kept, and said to be lost."""
    shown = {(t.number, one.key.part, one.place) for t in told for one in t.entries}
    return [
        one.correction
        for one in placed
        if (one.correction.key.table, one.correction.key.part, one.place) not in shown
        or (one.place is None and one.correction.key.part in (Part.ROW, Part.COLUMN))
    ]
