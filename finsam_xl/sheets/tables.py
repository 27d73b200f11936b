"""Recognised tables, and the search for their heading rows.

A table is found by its headings, wherever they stand and in whatever order;
headings may span two rows ("Utfall" over "antal" and "av") and may be merged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from finsam_xl.address import box, letters, real_place, span
from finsam_xl.labels import Headings, spoken
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Budget
from finsam_xl.periods import Period
from finsam_xl.sheets.grid import Cell, SheetGrid

_TITLE_ROWS = 8
_LONGEST_TITLE = 80
_LARGEST_MERGE = 1024


class Column(NamedTuple):
    """A column of a table: its number, heading as written, and the field it holds.

    ``version``: which budget it is ('decided', …); ``sure`` (0-1) and ``why``: how surely it
    was understood, and on what that rests, in Swedish sentences.
    """

    number: int
    header: str
    field: str
    scenario: str = "other"
    period: Period | None = None
    version: str = ""
    sure: float = 1.0
    why: tuple[str, ...] = ()


class Row(NamedTuple):
    """A row of a table: role ('section', 'line', 'total', 'note'), label, and its section's row.

    ``code``: the project code that stands before the label; ``level``: 2 inside another line.
    """

    row: int
    role: str
    label: str
    parent: int | None = None
    code: str = ""
    level: int = 1
    sure: float = 1.0
    why: tuple[str, ...] = ()


class Table(NamedTuple):
    """A recognised table: where it is, what it is, and why we think so."""

    sheet: str
    kind: str
    title: str
    titles: tuple[str, ...]
    period: Period | None
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    score: float
    why: str
    unit: str = "st"
    sign: str | None = None
    findings: tuple[Finding, ...] = ()
    top: int = 0
    """The first heading row, where there are several."""
    budget: Budget | None = None
    """The amounts of a table of amounts, with how its sums follow from its lines."""

    @property
    def area(self) -> tuple[int, int, int, int]:
        """First row, first column, last row and last column as the workbook has them."""
        numbers = [column.number for column in self.columns]
        last = max((row.row for row in self.rows), default=self.header_row)
        start = real_place(self.sheet, self.top or self.header_row, min(numbers))
        return *start, *real_place(self.sheet, last, max(numbers))

    @property
    def range(self) -> str:
        """The block from the first heading row to the last row."""
        return span(*self.area)

    @property
    def by_field(self) -> dict[str, int]:
        """The columns' numbers by field."""
        return {column.field: column.number for column in self.columns}

    def column(self, field: str) -> int | None:
        """The number of the column that holds a field."""
        for column in self.columns:
            if column.field == field:
                return column.number
        return None

    def ref(self, row: int, field: str) -> Ref | None:
        """The place of a field on a row, if the table has that column."""
        number = self.column(field)
        return None if number is None else Ref.at(self.sheet, row, number)

    def cell(self, sheet: SheetGrid, row: int, field: str) -> Cell | None:
        """The cell of a field on a row, if the table has that column."""
        number = self.column(field)
        return None if number is None else sheet.cell(row, number)


class Header(NamedTuple):
    """A heading row that was found: field → column, plus headings that say the same."""

    row: int
    columns: tuple[Column, ...]
    doubles: tuple[Column, ...]


class HeadingTexts:
    """Heading texts with merged ranges followed: the upper left cell speaks for the range."""

    def __init__(self, sheet: SheetGrid) -> None:
        self._cells = sheet.cells
        self._origin: dict[tuple[int, int], tuple[int, int]] = {}
        for area in sheet.merged:
            top, left, bottom, right = box(area)
            if (bottom - top + 1) * (right - left + 1) <= _LARGEST_MERGE:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        self._origin[row, column] = (top, left)

    def own(self, row: int, column: int) -> str:
        """The heading of this very column: nothing where a merged neighbour covers it."""
        origin = self._origin.get((row, column), (row, column))
        return self._text(origin) if origin[1] == column else ""

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The cell that speaks for a place: itself, or the corner of a merged range."""
        return self._origin.get((row, column), (row, column))

    def group(self, row: int, column: int) -> str:
        """The heading that spans a column from above: merged over it, or nearest on its left."""
        for number in range(column, 0, -1):
            text = self._text(self._origin.get((row, number), (row, number)))
            if text:
                return text
        return ""

    def _text(self, place: tuple[int, int]) -> str:
        cell = self._cells.get(place)
        return cell.value if cell is not None and type(cell.value) is str else ""


def find_headers(
    sheet: SheetGrid, headings: Headings, required: frozenset[str], least: int
) -> list[Header]:
    """Heading rows that name all ``required`` fields and at least ``least`` fields in all."""
    if not all(_may_occur(sheet, headings, field) for field in required):
        return []
    texts = HeadingTexts(sheet)
    found: list[Header] = []
    for row in _rows_worth_reading(sheet, headings):
        header = _header(texts, headings, row, sheet.width)
        fields = {column.field for column in header.columns}
        if required <= fields and len(fields) >= least:
            if found and found[-1].row == row - 1:
                found.pop()
            found.append(header)
    return found


def _may_occur(sheet: SheetGrid, headings: Headings, field: str) -> bool:
    """Whether a field's heading may occur: also as a group heading over a short one."""
    said = spoken(sheet.texts)
    ways = headings.fields[field]
    if not said.isdisjoint(ways):
        return True
    return any(
        first in said and rest in said
        for first, _, rest in (way.partition(" ") for way in ways)
        if rest
    )


def _rows_worth_reading(sheet: SheetGrid, headings: Headings) -> Iterator[int]:
    """Rows with at least two known headings, and the row below (two-row headings)."""
    places = _rows_by_text(sheet)
    known = (rows for text, rows in places.items() if headings.field(text))
    counts = Counter(row for rows in known for row in rows)
    rows = {row for row, count in counts.items() if count >= 2}
    yield from sorted(rows | {row + 1 for row in rows})


def _rows_by_text(sheet: SheetGrid) -> dict[str, list[int]]:
    """The rows of each text of a sheet: every search for headings asks for them."""
    if _rows_by_text not in sheet.kept:
        rows: dict[str, list[int]] = {}
        for (row, _), cell in sheet.cells.items():
            if cell.value.__class__ is str:
                rows.setdefault(cell.value, []).append(row)
        sheet.kept[_rows_by_text] = rows
    found: dict[str, list[int]] = sheet.kept[_rows_by_text]
    return found


def _header(texts: HeadingTexts, headings: Headings, row: int, width: int) -> Header:
    columns: dict[str, Column] = {}
    doubles: list[Column] = []
    has_own = False
    for number in range(1, width + 1):
        field, header = _field_of(texts, headings, row, number)
        if field is None:
            continue
        has_own = has_own or bool(texts.own(row, number))
        column = Column(number, header, field)
        if field in columns:
            doubles.append(column)
        else:
            columns[field] = column
    return Header(row, tuple(columns.values()) if has_own else (), tuple(doubles))


def _field_of(
    texts: HeadingTexts, headings: Headings, row: int, number: int
) -> tuple[str | None, str]:
    """The field a column holds and its heading: its own, with the one that spans it, or above."""
    own = texts.own(row, number)
    above = texts.own(row - 1, number)
    if own and row > 1:
        spanned = f"{texts.group(row - 1, number)} {own}".strip()
        field = headings.field(spanned)
        if field:
            return field, spanned
    text = own or above
    return (headings.field(text) if text else None), text


def with_ends(headers: list[Header]) -> list[tuple[Header, int | None]]:
    """Each heading row with the row of the next one, where its table must have ended."""
    ends: list[int | None] = [header.row for header in headers[1:]]
    return list(zip(headers, [*ends, None], strict=False))


def titles_above(sheet: SheetGrid, header: Header, stop: int, left: int = 1) -> tuple[str, ...]:
    """Short texts above a heading row, nearest first, down from row ``stop`` (exclusive).

    ``left``: the first column of the table.
    """
    found: list[str] = []
    first = min(column.number for column in header.columns)
    last = max(column.number for column in header.columns)
    for row in range(header.row - 1, max(stop, header.row - 1 - _TITLE_ROWS), -1):
        for number in range(min(left, first), last + 1):
            value = sheet.cell(row, number).value
            if type(value) is str and value.strip() and len(value) <= _LONGEST_TITLE:
                found.append(value.strip())
                break
    return tuple(found)


def association(tables: Iterable[Table]) -> str:
    """The association's name, from the titles above the tables; '' where none says it."""
    titles = (title for table in tables for title in table.titles)
    return next((title for title in titles if "förbund" in title.lower()), "")


def double_findings(sheet: str, header: Header) -> tuple[Finding, ...]:
    """A warning per heading that stands twice, naming the column that is used."""
    used = {column.field: column.number for column in header.columns}
    return tuple(
        Finding.at(
            Ref.at(sheet, header.row, double.number),
            "warning",
            "dubbel-rubrik",
            f"Rubriken ”{double.header}” finns redan i kolumn "
            f"{letters(used[double.field])}, som används. Byt namn på den ena.",
            stated=double.header,
        )
        for double in header.doubles
    )
