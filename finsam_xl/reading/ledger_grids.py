"""A ledger out of the sheets of a workbook: exported as Excel, or pasted."""

from __future__ import annotations

from finsam_xl.errors import InputError
from finsam_xl.ledgers import tables
from finsam_xl.ledgers.record import Ledger
from finsam_xl.sheets.grid import Grid, SheetGrid

_REMEDY = "Exportera bokföringen som SIE 4, eller som en huvudbok med rubrikrad."


def ledger_of(grid: Grid, name: str) -> Ledger:
    """The ledger that a workbook holds on one of its sheets.

    Raises ``InputError`` where none is one, or several are.
    """
    found = [
        (sheet.title, one)
        for sheet in grid.sheets
        if not sheet.owner and (one := of_sheet(sheet, name, grid.digest)) is not None
    ]
    if not found:
        raise InputError("Arbetsboken har ingen bokföring.", where=name, remedy=_REMEDY)
    if len(found) > 1:
        sheets = ", ".join(title for title, _ in found)
        raise InputError(
            f"Arbetsboken har bokföring på flera blad: {sheets}.",
            where=name,
            remedy="Spara det blad som gäller som en egen arbetsbok.",
        )
    return found[0][1]


def rows_of(sheet: SheetGrid) -> list[list[object]]:
    """What a sheet's cells hold, row by row."""
    held: list[list[object]] = [[None] * sheet.width for _ in range(sheet.height)]
    for (row, column), cell in sheet.cells.items():
        held[row - 1][column - 1] = cell.value
    return held


def of_sheet(sheet: SheetGrid, name: str, digest: str) -> Ledger | None:
    """The ledger of a sheet; ``None`` where it is none.

    Raises ``InputError`` with its place where it is one that cannot be read for sure.
    """
    try:
        return tables.read(rows_of(sheet), name, digest[:12])
    except InputError as error:
        error.where = error.where or f"{name}, bladet {sheet.title}"
        raise
