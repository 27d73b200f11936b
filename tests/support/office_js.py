"""What Office.js would send of a workbook, and what it would answer when it is asked.

``payload`` is the request that xlwings Server and Lite hand to ``xw.Book(json=…)``, made
from a file with openpyxl. ``Client`` answers the questions that xlwings Lite asks on the way.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries


def payload(path: Path, version: str) -> dict[str, Any]:
    """The request for a workbook file."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        "client": "Office.js",
        "version": version,
        "book": {
            "name": path.name,
            "active_sheet_index": _active(book),
            "selection": "B2",
            "calculation": "Automatic",
        },
        "names": [_name(book, name) for name in book.defined_names.values()],
        "sheets": [_sheet(sheet) for sheet in book.worksheets],
    }


def _active(book: Any) -> int:
    """The active sheet among the worksheets; for a chart sheet, which is none, the first."""
    active = [sheet.title for sheet in book.worksheets].index
    return active(book.active.title) if book.active in book.worksheets else 0


def _name(book: Any, name: Any) -> dict[str, Any]:
    sheet, _, address = name.attr_text.rpartition("!")
    title = sheet.strip("'").replace("''", "'")
    return {
        "name": name.name,
        "refers_to": "=" + name.attr_text,
        "sheet_index": book.sheetnames.index(title) if title in book.sheetnames else None,
        "address": address.replace("$", "") or None,
        "book_scope": True,
        "scope_sheet_name": None,
        "scope_sheet_index": None,
    }


def _sheet(sheet: Any) -> dict[str, Any]:
    values = [[_sent(cell.value) for cell in row] for row in sheet.iter_rows()]
    return {
        "name": sheet.title,
        "visibility": {"hidden": "Hidden", "veryHidden": "VeryHidden"}.get(
            sheet.sheet_state, "Visible"
        ),
        "values": values,
        "used_range_address": sheet.dimensions if any(map(any, values)) else None,
        "pictures": [],
        "shapes": [],
        "charts": [
            {"name": f"Chart {number}", "chart_type": "BarClustered"}
            for number, _ in enumerate(sheet._charts, start=1)
        ],
        "tables": [],
        "notes": [],
        "print_area": None,
        "show_gridlines": True,
        "pivot_tables": [],
    }


def _sent(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat() + ".000Z"
    return "" if value is None else value


class _Answer:
    """A JavaScript object, as far as xlwings looks at one."""

    def __init__(self, held: Any) -> None:
        self._held = held

    def to_py(self) -> Any:
        return self._held


class Client:
    """The xlwings Lite client over a workbook file; counts what it is asked."""

    def __init__(self, path: Path, version: str) -> None:
        self._payload = payload(path, version)
        self._book = openpyxl.load_workbook(path)
        self.asked: list[str] = []

    async def getBookData(self, _options: Any) -> _Answer:  # noqa: N802  (the client's own name)
        return _Answer(self._payload)

    async def getRangeData(self, sheet: str, address: str, keys: list[str]) -> _Answer:  # noqa: N802
        self.asked += keys
        return _Answer({key: getattr(self, f"_{key}")(sheet, address) for key in keys})

    def _cells(self, sheet: str, address: str) -> list[list[Any]]:
        left, top, right, bottom = range_boundaries(address.replace("$", ""))
        rows = self._book[sheet].iter_rows(top, bottom, left, right)
        return [list(row) for row in rows]

    def _formulas(self, sheet: str, address: str) -> list[list[Any]]:
        return [[_sent(cell.value) for cell in row] for row in self._cells(sheet, address)]

    def _row_hidden(self, sheet: str, address: str) -> bool | None:
        rows = self._book[sheet].row_dimensions
        found = {rows[row[0].row].hidden for row in self._cells(sheet, address)}
        return found.pop() if len(found) == 1 else None

    def _number_format(self, sheet: str, address: str) -> str | None:
        found = {cell.number_format for row in self._cells(sheet, address) for cell in row}
        return found.pop() if len(found) == 1 else None

    def _colors(self, sheet: str, address: str) -> list[list[str | None]]:
        return [[_colour(cell) for cell in row] for row in self._cells(sheet, address)]

    def _merge_area(self, sheet: str, address: str) -> str | None:
        cell = address.replace("$", "")
        merges = self._book[sheet].merged_cells.ranges
        return next((merge.coord for merge in merges if cell in merge), None)

    def _merge_cells(self, sheet: str, address: str) -> bool | None:
        merges = self._book[sheet].merged_cells.ranges
        cells = [cell.coordinate for row in self._cells(sheet, address) for cell in row]
        found = {any(cell in merge for merge in merges) for cell in cells}
        return found.pop() if len(found) == 1 else None


def _colour(cell: Any) -> str | None:
    fill = cell.fill
    return f"#{fill.fgColor.rgb[2:]}" if fill.patternType == "solid" else None


@contextmanager
def lite(client: Client) -> Iterator[None]:
    """Xlwings made to believe that it runs in Pyodide beside this client."""
    js, ffi, pyodide = ModuleType("js"), ModuleType("pyodide.ffi"), ModuleType("pyodide")
    js.xlwings = client  # type: ignore[attr-defined]
    js.Object = type("Object", (), {"fromEntries": dict})  # type: ignore[attr-defined]
    ffi.to_js = lambda value, **_: value  # type: ignore[attr-defined]
    ffi.JsNull = type("JsNull", (), {})  # type: ignore[attr-defined]
    before = sys.platform
    sys.modules |= {"js": js, "pyodide": pyodide, "pyodide.ffi": ffi}
    sys.platform = "emscripten"
    try:
        yield
    finally:
        sys.platform = before
        for name in ("js", "pyodide", "pyodide.ffi"):
            del sys.modules[name]
