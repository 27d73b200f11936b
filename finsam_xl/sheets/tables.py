"""Recognised tables: their columns and rows, and headings that are merged over several columns."""

from __future__ import annotations

from collections.abc import Iterable

from finsam_xl.address import box, letters, real_name, real_place, span
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Budget
from finsam_xl.periods import Period
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, SheetGrid
from finsam_xl.words.association import name_in

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
    def real_sheet(self) -> str:
        """The sheet as the workbook calls it."""
        return real_name(self.sheet)

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


def association(tables: Iterable[Table]) -> str:
    """The association's name, from the titles above the tables; '' where none says it."""
    names = (name_in(title) for table in tables for title in table.titles)
    return next(filter(None, names), "")


def double_findings(
    sheet: str, row: int, columns: Iterable[Column], doubles: Iterable[Column]
) -> tuple[Finding, ...]:
    """A warning per heading that stands twice, naming the column that is used."""
    used = {column.field: column.number for column in columns}
    return tuple(
        tell(
            "dubbel-rubrik",
            Ref.at(sheet, row, double.number),
            column=letters(used[double.field]),
            stated=double.header,
        )
        for double in doubles
    )
