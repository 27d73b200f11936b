"""The rules of printed cost splits, on invented tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from support.workbooks import workbook

SPLIT: tuple[tuple[Any, ...], ...] = (
    ("Kostnadsindelning", "Belopp i tkr", "Procent"),
    ("Ordinarie verksamhet", None, None),
    ("Administration", 100, 0.1),
    ("Insatser", 900, 0.9),
    ("Summa", 1000, 1),
    ("Projekt", None, None),
    ("Administration", 50, 1),
    ("Insatser", 0, 0),
    ("Summa", 50, 1),
    ("Hela verksamheten", None, None),
    ("Administration", 150, 0.14),
    ("Insatser", 900, 0.86),
    ("Summa", 1050, 1),
)


def _found(folder: Path, **cells: Any) -> dict[str | None, tuple[str, str]]:
    """The findings on the table with some cells changed: cell → code and severity."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row, values in enumerate(SPLIT, start=3):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
            if column == 3:
                sheet.cell(row, column).number_format = "0 %"
    for cell, value in cells.items():
        sheet[cell] = value
    path = folder / "kostnader.xlsx"
    book.save(path)
    with workbook(path) as opened:
        return {f.cell: (f.code, f.severity) for f in opened.check().findings}


def test_a_split_that_adds_up(tmp_path: Path) -> None:
    """Shares are rounded as printed; nothing is said."""
    assert _found(tmp_path) == {}


def test_a_sum_that_is_not_its_classes(tmp_path: Path) -> None:
    """Beyond rounding a warning, within it a note."""
    assert _found(tmp_path, B7=1100)["B7"] == ("kostnadsslag-summa", "warning")
    assert _found(tmp_path, B7=1001)["B7"] == ("kostnadsslag-summa", "info")


def test_a_share_that_is_not_its_amount(tmp_path: Path) -> None:
    """12 % is not 100 of 1 000."""
    assert _found(tmp_path, C5=0.12) == {"C5": ("kostnadsslag-andel", "warning")}


def test_the_whole_is_its_parts(tmp_path: Path) -> None:
    """Class by class and in total."""
    found = _found(tmp_path, B13=140, B15=1040)
    assert found["B13"] == ("kostnadsslag-hela", "warning")
    assert found["B15"] == ("kostnadsslag-hela", "warning")
    assert "B14" not in found
