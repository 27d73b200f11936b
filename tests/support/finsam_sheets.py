"""Workbooks with a sheet *Finsam* that people have typed corrections on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl

from finsam_xl.plan import CellEdit, Plan
from finsam_xl.workbook import Result, Workbook

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
MEND = 6
ROWS: list[list[Any]] = [
    ["Ekonomi 2025, tkr"],
    [],
    ["Post", "Budget 1", "Budget 2", "Avvikelse"],
    ["Kostnader"],
    ["Hyra", 100, 90, None],
    ["Lön", 400, 420, None],
    ["Mat", 10, 12, None],
    ["Alltihopa", None, None, None],
]


FOLLOW_UP: list[list[Any]] = [
    ["Budget 2026, tkr"],
    ["Post", "Budget 2026", "Utfall 2026", "Avvikelse"],
    ["Kostnader"],
    ["Hyra", 100, 90, None],
    ["Lön", 400, 420, None],
    ["Summa kostnader", None, None, None],
]
"""A small follow-up whose sums and deviations are blank."""


def saved(folder: Path, rows: Iterable[list[Any]] = ROWS, name: str = "Blad") -> Path:
    """A workbook of one sheet, saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    path = folder / "bok.xlsx"
    book.save(path)
    return path


def applied(path: Path, out: Path, what: str = "what_was_read") -> Result:
    """The sheet *Finsam*, or what else is asked for, written to another file."""
    with Workbook(path, NOW) as book:
        result: Result = getattr(book, what)()
        book.apply(result, out)
    return result


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    """What stands on the sheet *Finsam*."""
    sheet = openpyxl.load_workbook(path)["Finsam"]
    return list(sheet.iter_rows(values_only=True))


def typed(path: Path, out: Path, says: dict[str, str]) -> Path:
    """The corrections typed on the sheet, by what stands in the second or first column."""
    edits = []
    for number, row in enumerate(rows_of(path), 1):
        name = row[1] or row[0]
        if name in says and row[MEND]:
            edits.append(CellEdit("Finsam", f"F{number}", row[MEND - 1], says[name], "rättat"))
    assert len(edits) == len(says)
    with Workbook(path, NOW) as book:
        book.apply(Plan(edits=tuple(edits)), out)
    return out


SAYS = {"Budget 1": "budget 2025", "Budget 2": "utfall 2025", "Alltihopa": "summa kostnader"}


def figures(path: Path, sheets: tuple[str, ...] = ("Blad",)) -> dict[str, Any]:
    """What is filled in on some sheets, by cell."""
    with Workbook(path, NOW) as book:
        edits = book.recompute().plan.edits
    return {edit.cell: edit.new for edit in edits if edit.sheet in sheets}


def set_on(source: Path, out: Path, says: dict[str, Any]) -> Path:
    """Settings typed on the sheet, by their titles."""
    edits = [
        CellEdit("Finsam", f"F{number}", row[MEND - 1], says[row[1]], "inställning")
        for number, row in enumerate(rows_of(source), 1)
        if row[1] in says
    ]
    assert len(edits) == len(says)
    with Workbook(source, NOW) as book:
        book.apply(Plan(edits=tuple(edits)), out)
    return out
