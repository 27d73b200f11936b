"""The rows of a ledger that is a table, and what their cells hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from finsam_xl.errors import InputError
from finsam_xl.ledgers.record import PROJECT, Objects
from finsam_xl.ledgers.sie import known
from finsam_xl.periods import days_in
from finsam_xl.records import NamedTuple
from finsam_xl.words.ledger_columns import LedgerColumn

Cells = Sequence[object]
ACCOUNT = re.compile(r"\d{3,6}")
ACCOUNT_LINE = re.compile(r"(\d{3,6})\s+\D.*")
"""An account, and one with its name in the same cell."""
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])")
_JOINED = r"\s*[-–—]\s*"
_SPAN = re.compile(
    rf"{_MONTH.pattern}{_JOINED}{_MONTH.pattern}|{_DATE.pattern}{_JOINED}{_DATE.pattern}"
)
_BOTH = 2
_LEAST_SERIAL, _MOST_SERIAL = 36526, 73050
_SERIAL_START = date(1899, 12, 30)
DAYS = (LedgerColumn.DATE, LedgerColumn.MONTH, LedgerColumn.PERIOD)
"""The columns that tell when something was booked."""
BETTER = "Exportera bokföringen som SIE 4 i stället."
"""What to do about a table that cannot be read for sure."""


class Layout(NamedTuple):
    """Where the headings of a table stand, and the column of each thing it holds.

    ``alike``: all columns of each thing, where the same heading stands over several.
    """

    row: int
    columns: Mapping[LedgerColumn, int]
    alike: Mapping[LedgerColumn, tuple[int, ...]] = MappingProxyType({})

    def has(self, *columns: LedgerColumn) -> bool:
        """Whether it has all of some columns."""
        return all(column in self.columns for column in columns)

    @property
    def has_amounts(self) -> bool:
        """Whether it tells amounts of transactions."""
        debit, credit = LedgerColumn.DEBIT, LedgerColumn.CREDIT
        return self.has(LedgerColumn.AMOUNT) or self.has(debit, credit)

    @property
    def is_list(self) -> bool:
        """Whether it is a list of transactions."""
        return (
            self.has(LedgerColumn.ACCOUNT)
            and self.has_amounts
            and any(self.has(one) for one in DAYS)
        )

    @property
    def is_report(self) -> bool:
        """Whether it is a report of what each account has moved."""
        moved = (LedgerColumn.TO_DATE, LedgerColumn.PERIOD, LedgerColumn.AMOUNT)
        return self.has(LedgerColumn.ACCOUNT) and any(self.has(one) for one in moved)


class Table:
    """The rows of a table below its headings."""

    def __init__(self, rows: Sequence[Cells], layout: Layout) -> None:
        self.rows, self.layout = rows, layout
        self.accounts: dict[str, str] = {}

    def cell(self, row: Cells, column: LedgerColumn) -> object:
        """What a row holds in a column."""
        at = self.layout.columns.get(column)
        return row[at] if at is not None and at < len(row) else None

    def text(self, row: Cells, column: LedgerColumn) -> str:
        """The same as text, whole numbers without decimals."""
        return text_of(self.cell(row, column))

    def objects(self, row: Cells) -> Objects:
        """The project of a row."""
        project = self.text(row, LedgerColumn.PROJECT)
        return ((PROJECT, known(project)),) if project else ()

    def body(self) -> Iterator[tuple[int, Cells]]:
        """The rows below the headings, each with its number in the file."""
        start = self.layout.row + 1
        yield from enumerate(self.rows[start:], start + 1)


def day_of(cell: object) -> date | None:
    """The day that a cell holds: as a date, a number of one, or a text."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float) and _LEAST_SERIAL <= cell <= _MOST_SERIAL:
        return _SERIAL_START + timedelta(days=int(cell))
    text = text_of(cell)
    return next(days(text), None) if _DATE.fullmatch(text[:10]) or _DATE.fullmatch(text) else None


def days(text: str) -> Iterator[date]:
    """The days that a text names."""
    for found in _DATE.findall(text):
        figures = found.replace("-", "")
        year, month, day = int(figures[:4]), int(figures[4:6]), int(figures[6:])
        if day <= days_in(year, month):
            yield date(year, month, day)


def ends(text: str) -> Iterator[date]:
    """The days, or the last days of the months, that a text names."""
    named = list(days(text))
    if named:
        yield from named
        return
    for year, month in _MONTH.findall(text):
        yield date(int(year), int(month), days_in(int(year), int(month)))


def span(text: str) -> list[date]:
    """The two days that a text tells a period by, or the ends of its months; none else.

    A day that stands beside them, as that of printing, is none of the two.

    >>> [str(day) for day in span("2025-01-01 – 2025-08-31, utskriven 2025-09-12")]
    ['2025-01-01', '2025-08-31']
    """
    joined = _SPAN.search(text)
    found = list(ends(joined.group() if joined else text))
    return found if len(found) == _BOTH else []


def text_of(cell: object) -> str:
    """What a cell says; a whole number without decimals."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def is_blank(cell: object) -> bool:
    """Whether a cell says nothing."""
    return text_of(cell) == ""


def unread(number: int, why: str) -> InputError:
    """What is told of a row that cannot be read."""
    return InputError(f"Rad {number} i filen går inte att läsa: {why}.", remedy=BETTER)
