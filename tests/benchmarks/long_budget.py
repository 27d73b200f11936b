"""A budget of very many lines: sections of a hundred lines with their sums, twelve columns."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

YEARS = range(2014, 2026)
_SECTION = 100


def build(path: Path, lines: int) -> Path:
    """Write a workbook whose budget has ``lines`` lines in twelve yearly columns."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Budget")
    sheet.write_row(0, 0, ["Budget, alla verksamheter"])
    sheet.write_row(1, 0, ["tkr"])
    sheet.write_row(2, 0, ["", *(f"Budget {year}" for year in YEARS)])
    row = 3
    for section in range(lines // _SECTION):
        sheet.write_string(row, 0, f"Verksamhetskostnader {section + 1}")
        amounts = [
            [(section * 37 + n * 11 + year) % 900 for year in YEARS] for n in range(_SECTION)
        ]
        for number, line in enumerate(amounts):
            row += 1
            sheet.write_row(row, 0, [f"Konto {section + 1}-{number + 1}", *line])
        row += 1
        sums = [sum(column) for column in zip(*amounts, strict=True)]
        sheet.write_row(row, 0, [f"Summa verksamhetskostnader {section + 1}", *sums])
        row += 1
    book.close()
    return path
