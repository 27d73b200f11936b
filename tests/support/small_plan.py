"""A small budget with outcome, and a small table of fees, to put one fault at a time into.

The rows of :class:`SmallPlan` add up, its equity rolls forward and its deviations are blank:
what is calculated despite a fault is seen in the cells that a run fills in.

>>> SmallPlan().sheet["A7"].value
'Summa intäkter'
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

HEADINGS = (None, "Budget 2024", "Utfall 2024", "Avvikelse utfall-budget", "Avvikelse %")
# fmt: off
ROWS: tuple[tuple[Any, ...], ...] = (
    ("Intäkter",),
    ("- Medlemsavgifter", 1000, 1000),
    ("- Bidrag", 100, 90),
    ("Summa intäkter", 1100, 1090),
    ("Kostnader",),
    ("Kansli",),
    ("- Personal", 400, 410),
    ("- Lokal", 100, 95),
    ("Summa kansli", 500, 505),
    ("Verksamheter",),
    ("- Vännäs", 300, 280),
    ("- Vindeln", 250, 260),
    ("Summa verksamheter", 550, 540),
    ("Summa kostnader", 1050, 1045),
    ("Resultat", 50, 45),
    ("Eget kapital vid årets början", 200, 200),
    ("Eget kapital vid årets slut", 250, 245),
)
# fmt: on
FIRST = 4
DEVIATIONS = {
    "D5": 0, "D6": -10, "D7": -10, "D10": -10, "D11": 5, "D12": -5, "D14": 20, "D15": -10,
    "D16": 10, "D17": 5, "D18": -5,
}  # fmt: skip
PERCENTAGES = {
    "E5": 0, "E6": -10, "E7": -0.9, "E10": -2.5, "E11": 5, "E12": -1, "E14": 6.7, "E15": -4,
    "E16": 1.8, "E17": 0.5, "E18": -10,
}  # fmt: skip
RESULTS = DEVIATIONS | PERCENTAGES


class SmallPlan:
    """The workbook, open for changes until it is saved."""

    def __init__(self) -> None:
        self.book: Any = openpyxl.Workbook()
        self.sheet: Any = self.book.active
        self.sheet.title = "Budget"
        self.sheet["A1"] = "Budget och utfall, tkr"
        for row, values in enumerate((HEADINGS, *ROWS), start=FIRST - 1):
            for column, value in enumerate(values, start=1):
                self.sheet.cell(row, column, value)

    def put(self, **cells: Any) -> SmallPlan:
        """Type values into cells."""
        for cell, value in cells.items():
            self.sheet[cell] = value
        return self

    def save(self, folder: Path, name: str = "plan.xlsx") -> Path:
        """Write the workbook and give its path."""
        self.book.save(folder / name)
        return folder / name


class SmallFees:
    """A table of fees for a pool of 4 000 tkr, its municipal fees blank."""

    def __init__(self) -> None:
        self.book: Any = openpyxl.Workbook()
        self.sheet: Any = self.book.active
        self.sheet.title = "Avgifter"
        rows: tuple[tuple[Any, ...], ...] = (
            ("Medlemsavgifter 2024",),
            ("Pott", 4000, "tkr"),
            ("Part", "Nyckel", "Andel", "Avgift"),
            ("Försäkringskassan", None, 0.5, 2000),
            ("Region Västerbotten", None, 0.25, 1000),
            ("Kommunernas kvart", None, 0.25, None),
            ("Umeå kommun", 80000, None, None),
            ("Vännäs kommun", 15000, None, None),
            ("Bjurholms kommun", 5000, None, None),
            ("Summa", None, None, None),
        )
        for values in rows:
            self.sheet.append(values)

    def put(self, **cells: Any) -> SmallFees:
        """Type values into cells."""
        for cell, value in cells.items():
            self.sheet[cell] = value
        return self

    def save(self, folder: Path, name: str = "avgifter.xlsx") -> Path:
        """Write the workbook and give its path."""
        self.book.save(folder / name)
        return folder / name
