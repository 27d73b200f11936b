"""A filled cell that has no format of its own looks like one that has, not like another filled one."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font

from finsam_xl import open_workbook
from support.workbooks import NOW

ROWS = [
    ("Intäkter", None, None, None),
    ("Medlemsavgift staten", 3000, 2000, None),
    ("Medlemsavgift region", 1500, 1000, None),
    ("Medlemsavgifter kommuner", 1500, 1010, None),
    ("Summa intäkter", "=SUM(B4:B6)", "=SUM(C4:C6)", None),
    ("Kostnader", None, None, None),
    ("Löner", 2400, 1500, None),
    ("Lokaler", 600, 410, None),
    ("Summa kostnader", "=SUM(B9:B10)", "=SUM(C9:C10)", None),
    ("Resultat", "=B7-B11", "=C7-C11", None),
]


def test_every_deviation_looks_like_the_figures_of_its_row(tmp_path: Path) -> None:
    """Formulas go on from row to row; the look does not come from the row above, just filled in."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Budget och utfall 2025, tkr"])
    sheet.append(["", "Budget 2025", "Utfall 2025", "Avvikelse"])
    for at, row in enumerate(ROWS, start=3):
        is_sum = row[0].startswith(("Summa", "Resultat"))
        for column, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = sheet.cell(at, column, value)
            cell.font, cell.alignment = Font(bold=is_sum), Alignment(vertical="top")
            cell.number_format = "#,##0"
    path = tmp_path / "bok.xlsx"
    book.save(path)
    with open_workbook(path, now=NOW) as opened:
        opened.apply(opened.recompute())
    filled = openpyxl.load_workbook(path).active
    assert filled is not None
    places = [at for at in range(3, 13) if filled.cell(at, 4).value is not None]
    assert len(places) == 8
    for at in places:
        like, own = filled.cell(at, 3), filled.cell(at, 4)
        assert str(own.value).startswith("=")
        assert own.number_format == like.number_format == "#,##0"
        assert own.alignment.vertical == "top"
        assert own.font.bold == like.font.bold
