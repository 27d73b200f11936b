"""A long ledger, and a sheet with sums over its whole columns, without saved results."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter


def ledger(path: Path, rows: int, sums: int) -> Path:
    """``sums`` formulas in column A of *Blad1* over a ledger of so many rows."""
    with xlsxwriter.Workbook(path) as book:
        sheet, entries = book.add_worksheet("Blad1"), book.add_worksheet("Huvudbok")
        for number in range(sums):
            conditions = f'Huvudbok!A:A,"K{number}",Huvudbok!B:B,2024'
            sheet.write_formula(number, 0, f"=SUMIFS(Huvudbok!C:C,{conditions})")
        for row in range(rows):
            entries.write_row(row, 0, (f"K{row % sums}", 2020 + row // sums % 5, row % 97))
    return path
