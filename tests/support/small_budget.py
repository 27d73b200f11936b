"""A social budget of four indicators and its Impactindex table, to put one fault at a time into.

The whole is 16 of 20 points. ``cell("1.1.1", "Vikt")`` names a cell by indicator and heading.

>>> SmallBudget().sheet.title
'Team Ett'
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

UNIT = "Team Ett"
HEADING_ROW = 4
# fmt: off
HEADINGS = (
    "Målområde", "Mål", "Nr", "Indikator", "Målgrupp", "Regel", "Gräns", "Vikt", "Utfall antal",
    "Utfall av", "Kvinnor antal", "Kvinnor av", "Män antal", "Män av", "Uppnått", "Poäng",
)
NUMBERS = ("1.1.1", "1.1.2", "2.1.1", "2.1.2")
_N = None
_ROWS: tuple[tuple[Any, ...], ...] = (
    ("1 Nytta", "1.1 Lösning", "1.1.1", "Positiv lösning", "Deltagare", "Andel minst", 0.8, 8,
     80, 100, _N, _N, _N, _N, _N, _N),
    ("1 Nytta", "1.1 Lösning", "1.1.2", "Avbrott", "Deltagare", "Andel högst", 0.2, 4,
     30, 100, _N, _N, _N, _N, _N, _N),
    ("2 Jämlikhet", "2.1 Bemötande", "2.1.1", "Bemötande", "Deltagare", "Könsskillnad högst", 20, 5,
     _N, _N, 9, 10, 8, 10, _N, _N),
    ("2 Jämlikhet", "2.1 Bemötande", "2.1.2", "Beskrivning", "Verksamhet", "Redovisad", _N, 3,
     _N, _N, _N, _N, _N, _N, "Ja", _N),
)
INDEX_HEADINGS = (
    "Målområde", "Antal mål", "Antal indikatorer", "Maximalt impactvärde", "Uppnått impactvärde",
    "Impactindex", "Läge",
)
_INDEX: tuple[tuple[Any, ...], ...] = (
    ("Nytta", 1, 2, 12, 8, 67, "▲ nära"),
    ("Jämlikhet", 1, 2, 8, 8, 100, "● når"),
    ("Totalt", 2, 4, 20, 16, 80, "● når"),
)
# fmt: on
SUM_ROW = HEADING_ROW + len(_ROWS) + 1


def cell(number: str, heading: str) -> str:
    """The address of an indicator's cell."""
    row = HEADING_ROW + 1 + NUMBERS.index(number)
    return f"{get_column_letter(HEADINGS.index(heading) + 1)}{row}"


class SmallBudget:
    """The workbook, open for changes until it is saved."""

    def __init__(self) -> None:
        self.book: Any = openpyxl.Workbook()
        self.sheet: Any = self.book.active
        self.sheet.title = UNIT
        self.sheet["A1"], self.sheet["A2"] = "Social budget 2021", UNIT
        for column, heading in enumerate(HEADINGS, start=1):
            self.sheet.cell(HEADING_ROW, column, heading)
            for row, values in enumerate(_ROWS, start=HEADING_ROW + 1):
                self.sheet.cell(row, column, values[column - 1])
        for row in (HEADING_ROW + 1, HEADING_ROW + 2):
            self.sheet.cell(row, HEADINGS.index("Gräns") + 1).number_format = "0 %"
        self.sheet.cell(SUM_ROW, 1, "Summa")
        self.sheet[f"P{SUM_ROW}"] = f"=SUM(P{HEADING_ROW + 1}:P{SUM_ROW - 1})"
        self.index: Any = self.book.create_sheet("Impactindex")
        self.index["A1"], self.index["A3"] = "Impactindex 2021", UNIT
        for column, heading in enumerate(INDEX_HEADINGS, start=1):
            self.index.cell(4, column, heading)
        for row, values in enumerate(_INDEX, start=5):
            for column, value in enumerate(values, start=1):
                self.index.cell(row, column, value)

    def put(self, number: str, heading: str, value: Any, shown: str = "General") -> SmallBudget:
        """Type a value into an indicator's cell, shown in a number format."""
        place = self.sheet[cell(number, heading)]
        place.value, place.number_format = value, shown
        return self

    def save(self, folder: Path, name: str = "liten.xlsx") -> Path:
        """Write the workbook and give its path."""
        self.book.save(folder / name)
        return folder / name
