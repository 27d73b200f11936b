"""Workbooks typed straight into a grid, to try rules on: rows of values, formulas with results.

>>> typed(("Blad", [["Hyra", 1], ["Summa", F("SUM(B1:B1)", 1)]])).formulas[0].text
'SUM(B1:B1)'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from finsam_xl.actions import check
from finsam_xl.checks.material import Material
from finsam_xl.model import Finding
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid

TODAY = date(2026, 11, 25)
Rows = Sequence[Any]
Check = Callable[[Sequence[Material]], Iterator[Finding]]


class F(NamedTuple):
    """A formula and its stored result."""

    text: str
    result: Any = None


class P(NamedTuple):
    """A cell that shows per cent, the part of one it holds (``None``: blank), and its formula."""

    part: float | None = None
    text: str | None = None


def _cell(value: Any) -> Cell:
    if isinstance(value, P):
        return Cell(value.part, value.text, percent=True)
    return Cell(value.result, value.text) if isinstance(value, F) else Cell(value)


def grid(*sheets: tuple[str, Rows]) -> Grid:
    """A workbook of sheets, each a name and its rows from the top; ``None`` is an empty cell."""

    def sheet(name: str, rows: Rows) -> SheetGrid:
        cells = {
            (row, column): _cell(value)
            for row, values in enumerate(rows, start=1)
            for column, value in enumerate(values, start=1)
            if value is not None
        }
        return SheetGrid(name, lambda: cells)

    return Grid(tuple(sheet(name, rows) for name, rows in sheets))


def typed(*sheets: tuple[str, Rows], file: str = "") -> Material:
    """What is read from a workbook."""
    return check.read(check.Book(file, grid(*sheets)), TODAY)[0]


def said(rule: Check, rows: Rows, name: str = "Blad") -> list[tuple[str, str, str]]:
    """Severity, code and cell of what a family of rules says of one sheet."""
    found = rule([typed((name, rows))])
    return [(one.severity, one.code, one.cell or "") for one in found]
