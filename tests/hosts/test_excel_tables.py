"""Formulas that name an Excel table: calculated, followed when a line changes, never guessed.

The workbooks are made by openpyxl with a table of its kind; the figures are by hand.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.table import Table, TableColumn

from finsam_xl.hosts.ooxml import Book
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.sheets.grid import Value

_LINES = (("Ungdomslots", 820, 647), ("Gröna jobb", 455, 393), ("Sommarspår", 140, 138))


def _book(folder: Path, **formulas: str) -> Path:
    """B3:D7: headings, three lines and a row of totals; ``formulas`` by cell."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Insatser"
    sheet.append([])
    sheet.append([])
    for row in (("Insats", "Budget", "Utfall"), *_LINES, ("Summa", None, None)):
        sheet.append([None, *row])
    for cell, formula in formulas.items():
        sheet[cell] = formula
    table = Table(displayName="Projekt", ref="B3:D7", totalsRowCount=1)
    table._initialise_columns()
    for column, name in zip(table.tableColumns, ("Insats", "Budget", "Utfall"), strict=True):
        column.name = name
    assert all(isinstance(column, TableColumn) for column in table.tableColumns)
    sheet.add_table(table)
    book.create_sheet("Sammandrag")["A1"] = "=SUM(Projekt[Utfall])"
    path = folder / "tabell.xlsx"
    book.save(path)
    return path


def _values(path: Path, sheet: str = "Insatser") -> dict[tuple[int, int], Value]:
    with Book(path) as book:
        return {place: cell.value for place, cell in book.grid.sheet(sheet).cells.items()}


@pytest.mark.parametrize("number", [9, 109])
def test_the_row_of_totals(tmp_path: Path, number: int) -> None:
    """As Excel writes the row: 820 + 455 + 140."""
    path = _book(tmp_path, C7=f"=SUBTOTAL({number},Projekt[Budget])", D7="=SUM(D4:D6)")
    assert (_values(path)[7, 3], _values(path)[7, 4]) == (1415, 1178)
    assert _values(path, "Sammandrag")[1, 1] == 1178


def test_a_row_of_the_table(tmp_path: Path) -> None:
    """A column that is calculated from its own row: 820 - 647."""
    path = _book(tmp_path, F4="=Projekt[[#This Row],[Budget]]-Projekt[[#This Row],[Utfall]]")
    assert _values(path)[4, 6] == 173


def test_the_total_follows_an_edit(tmp_path: Path) -> None:
    """The line's 820 becomes 900, the total 1 495; nothing is left to Excel."""
    path = _book(tmp_path, C7="=SUBTOTAL(109,Projekt[Budget])")
    with Book(path) as book:
        done = book.recalculated(Plan((CellEdit("Insatser", "C4", 820, 900, ""),)))
    assert done.values["Insatser", 7, 3] == 1495
    assert done.left_to_excel == ()


def test_a_subtotal_among_hidden_rows_is_excels(tmp_path: Path) -> None:
    """Whether they count depends on how they were hidden."""
    path = _book(tmp_path, C7="=SUBTOTAL(109,Projekt[Budget])")
    book = openpyxl.load_workbook(path)
    book["Insatser"].row_dimensions[5].hidden = True
    book.save(path)
    assert _values(path)[7, 3] is None


def test_a_subtotal_of_subtotals_is_excels(tmp_path: Path) -> None:
    """Those below it are left out of it."""
    path = _book(tmp_path, C5="=SUBTOTAL(9,D5:D6)", C7="=SUBTOTAL(9,C4:C6)")
    assert _values(path)[5, 3] == 531
    assert _values(path)[7, 3] is None


def test_a_table_nobody_knows(tmp_path: Path) -> None:
    """Nothing is guessed."""
    assert _values(_book(tmp_path, C7="=SUM(Annan[Budget])"))[7, 3] is None
