"""Excel on the desktop, as far as the host speaks to it: for what has no real part on Linux.

Cells are kept in an openpyxl workbook. The faults of the desktop are put in from outside:
``busy`` calls that Excel refuses, ``breaks_at`` the write that fails,
``busy_from`` the first one that Excel no longer takes, flags on ``api``. As in Excel, a block
written across hidden rows puts its first value into every row that is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, range_boundaries

REJECTED, EDITING, EXCEPTION = -2147418111, -2146777998, -2147352567


class ComError(Exception):
    """pywin32's error: a code, a text, and Excel's own details."""

    def __init__(self, code: int, inner: int = 0, text: str = "") -> None:
        super().__init__(code, "fel", (0, "Microsoft Excel", text, None, 0, inner), None)
        self.hresult = code


def is_rejected() -> ComError:
    """Excel is busy."""
    return ComError(REJECTED)


def is_editing() -> ComError:
    """A cell is open for editing."""
    return ComError(EXCEPTION, EDITING)


class FakeApp:
    """The program and its settings."""

    def __init__(self) -> None:
        self.engine = SimpleNamespace(type="desktop", name="excel")
        self.screen_updating, self.enable_events = True, True
        self.calculation = "semiautomatic"
        self.display_alerts = True


class FakeBook:
    """An open workbook; ``writes`` counts calls that change cells."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self.results = openpyxl.load_workbook(path, data_only=True)
        self.name = path.name
        self.app = FakeApp()
        self.api = SimpleNamespace(ReadOnly=False, MultiUserEditing=False, ProtectStructure=False)
        self.flags: dict[str, SimpleNamespace] = {}
        self.names: list[Any] = []
        self.busy: list[ComError] = []
        self.breaks_at = 0
        self.busy_from = 0
        self.writes = 0
        self.quiet: list[bool] = []

    @property
    def sheets(self) -> FakeSheets:
        return FakeSheets(self)

    def answer(self) -> None:
        """What every call goes through: Excel may be busy."""
        if self.busy:
            raise self.busy.pop()

    def write(self) -> None:
        """What every write goes through: it may fail."""
        self.answer()
        if 0 < self.busy_from <= self.writes + 1:
            raise is_editing()
        self.writes += 1
        self.quiet.append(not self.app.screen_updating and self.app.calculation == "manual")
        if self.writes == self.breaks_at:
            raise ComError(EXCEPTION, 1, "Minnet är slut")


class FakeSheets:
    def __init__(self, book: FakeBook) -> None:
        self._book = book

    def __iter__(self) -> Iterator[FakeSheet]:
        return (FakeSheet(self._book, sheet.title) for sheet in self._book.book.worksheets)

    def __getitem__(self, name: str) -> FakeSheet:
        if name not in [sheet.name for sheet in self]:
            raise KeyError(name)  # as for a chart sheet
        return FakeSheet(self._book, name)

    @property
    def active(self) -> FakeSheet:
        return FakeSheet(self._book, self._book.book.active.title)


class FakeSheet:
    def __init__(self, book: FakeBook, name: str) -> None:
        self.book, self.name = book, name
        self.api = book.flags.setdefault(name, SimpleNamespace(ProtectContents=False))

    def activate(self) -> None:
        self.book.book.active = self.book.book.sheetnames.index(self.name)

    @property
    def used_range(self) -> FakeRange:
        return self.range(self.book.book[self.name].dimensions)

    def range(self, address: str) -> FakeRange:
        return FakeRange(self, address)


class FakeRange:
    def __init__(self, sheet: FakeSheet, address: str) -> None:
        self.sheet = sheet
        self.left, self.top, self.right, self.bottom = range_boundaries(address)
        self.row, self.column = self.top, self.left

    def _rows(self, book: Any) -> list[tuple[Any, ...]]:
        cells = book[self.sheet.name].iter_rows(self.top, self.bottom, self.left, self.right)
        return list(cells)

    def options(self, **_: Any) -> FakeRange:
        return self

    @property
    def address(self) -> str:
        return f"${get_column_letter(self.left)}${self.top}:${get_column_letter(self.right)}${self.bottom}"

    @property
    def api(self) -> SimpleNamespace:
        rows = self.sheet.book.book[self.sheet.name].row_dimensions
        found = {rows[row].hidden for row in range(self.top, self.bottom + 1)}
        hidden = found.pop() if len(found) == 1 else None
        return SimpleNamespace(EntireRow=SimpleNamespace(Hidden=hidden))

    @property
    def value(self) -> list[list[Any]]:
        self.sheet.book.answer()
        return [[_com(cell.value) for cell in row] for row in self._rows(self.sheet.book.results)]

    @value.setter
    def value(self, rows: list[list[Any]]) -> None:
        self.sheet.book.write()
        if len(rows) > 1 and self.api.EntireRow.Hidden is not False:
            dimensions = self.sheet.book.book[self.sheet.name].row_dimensions
            kept = [[cell.value for cell in row] for row in self._rows(self.sheet.book.book)]
            rows = [
                kept[at] if dimensions[self.top + at].hidden else rows[0] for at in range(len(rows))
            ]
        for book in (self.sheet.book.book, self.sheet.book.results):
            for cells, values in zip(self._rows(book), rows, strict=True):
                for cell, value in zip(cells, values, strict=True):
                    cell.value = value.removeprefix("'") if isinstance(value, str) else value

    @property
    def formula(self) -> Any:
        rows = self._rows(self.sheet.book.book)
        shown = tuple(tuple("" if c.value is None else str(c.value) for c in row) for row in rows)
        return shown[0][0] if len(shown) == len(shown[0]) == 1 else shown

    @formula.setter
    def formula(self, texts: list[list[str]]) -> None:
        self.sheet.book.write()
        for cells, row in zip(self._rows(self.sheet.book.book), texts, strict=True):
            for cell, text in zip(cells, row, strict=True):
                assert text.startswith("=")
                cell.value = text

    @property
    def number_format(self) -> str | None:
        found = {cell.number_format for row in self._rows(self.sheet.book.book) for cell in row}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, code: str) -> None:
        self.sheet.book.write()
        for row in self._rows(self.sheet.book.book):
            for cell in row:
                cell.number_format = code

    @property
    def color(self) -> tuple[int, ...] | None:
        found = {_rgb(cell) for row in self._rows(self.sheet.book.book) for cell in row}
        if len(found) > 1:
            return (0, 0, 0)
        return found.pop()

    def set_colors(self, colours: list[list[Any]]) -> None:
        self.sheet.book.write()
        for cells, row in zip(self._rows(self.sheet.book.book), colours, strict=True):
            for cell, colour in zip(cells, row, strict=True):
                if colour is not ...:
                    fill = PatternFill("solid", fgColor="FF" + colour[1:]) if colour else None
                    cell.fill = fill or PatternFill()

    @property
    def merge_cells(self) -> bool:
        return False


def _com(value: Any) -> Any:
    """A number as COM hands it over: always a float."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return float(value) if is_number else value


def _rgb(cell: Any) -> tuple[int, ...] | None:
    if cell.fill.patternType != "solid":
        return None
    return tuple(bytes.fromhex(str(cell.fill.fgColor.rgb)[2:]))
