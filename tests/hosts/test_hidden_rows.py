"""Rows hidden one by one are known; those that a filter or an outline hides are not told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from finsam_xl.hosts.ooxml import Book


@pytest.mark.parametrize(
    ("how", "wanted"), [("", {3}), ("filter", set()), ("outline", set())], ids=str
)
def test_hidden_rows(tmp_path: Path, how: str, wanted: set[int]) -> None:
    """A workbook of one sheet in which row 3 is not shown."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 6):
        sheet.append([f"Rad {row}", row])
    sheet.row_dimensions[3].hidden = True
    if how == "filter":
        sheet.auto_filter.ref = "A1:B5"
    if how == "outline":
        sheet.row_dimensions[3].outlineLevel = 1
    path = tmp_path / "bok.xlsx"
    book.save(path)
    with Book(path) as read:
        assert read.grid.sheets[0].hidden == wanted
