"""A ledger out of the sheets of a workbook: exported as Excel, or pasted."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence

from finsam_xl.errors import InputError
from finsam_xl.ledgers import reading, tables
from finsam_xl.ledgers.record import Ledger
from finsam_xl.sheets.grid import Grid, SheetGrid

_REMEDY = "Exportera bokföringen som SIE 4, eller som en huvudbok med rubrikrad."
_BEGINNING = 40
"""Rows at the top of a sheet that tell whether it is the text of a SIE file."""


def ledger_of(grid: Grid, name: str) -> Ledger:
    """The ledger that a workbook holds on one of its sheets.

    Raises ``InputError`` where none is one, or several are.
    """
    found = ledgers_of(grid, lambda _: name)
    if not found:
        raise InputError("Arbetsboken har ingen bokföring.", where=name, remedy=_REMEDY)
    if len(found) > 1:
        sheets = ", ".join(sheet.title for sheet, _ in found)
        raise InputError(
            f"Arbetsboken har bokföring på flera blad: {sheets}.",
            where=name,
            remedy="Spara det blad som gäller som en egen arbetsbok.",
        )
    return found[0][1]


def ledgers_of(grid: Grid, named: Callable[[SheetGrid], str]) -> list[tuple[SheetGrid, Ledger]]:
    """The sheets that are ledgers, and these; ``named``: what the ledger of a sheet is called."""
    return [
        (sheet, found)
        for sheet in grid.sheets
        if not sheet.owner and (found := of_sheet(sheet, named(sheet), grid.digest)) is not None
    ]


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
        rows = rows_of(sheet)
        text = _sie(rows)
        return reading.read(text, name) if text else tables.read(rows, name, digest[:12])
    except InputError as error:
        error.where = error.where or f"{name}, bladet {sheet.title}"
        raise


def _sie(rows: Sequence[Sequence[object]]) -> bytes:
    """The SIE file whose lines are pasted, a row each; nothing where the rows are none.

    Raises ``InputError`` where a line is parted into cells: the program may have made dates and
    other numbers of what is in them.
    """
    top = [[cell for cell in row if cell is not None] for row in rows[:_BEGINNING]]
    if not reading.is_sie("\n".join(str(row[0]) for row in top if row).encode()):
        return b""
    lines: list[str] = []
    for number, row in enumerate(rows, 1):
        held = [cell for cell in row if cell is not None]
        if len(held) > 1 or (held and not isinstance(held[0], str)):
            raise InputError(
                f"SIE-filens rader är delade i flera celler, först på rad {number}.",
                remedy="Töm bladet och klistra in filens text på nytt i A1, en rad i varje cell.",
            )
        lines += map(str, held)
    return _as_in_file("\n".join(lines))


def _as_in_file(text: str) -> bytes:
    """The bytes that a text was copied from, so that its encoding is found as in the file itself.

    Editors take code page 437, which SIE is in, for Windows-1252, and show signs of that.
    """
    try:
        return text.encode("cp1252", _CONTROLS)
    except UnicodeEncodeError:
        return text.encode()


def _control(error: UnicodeError) -> tuple[bytes, int]:
    """The five bytes that Windows-1252 has no sign for are shown as control signs."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    held = error.object[error.start : error.end]
    if any(not "\x80" <= sign <= "\x9f" for sign in held):
        raise error
    return held.encode("latin-1"), error.end


_CONTROLS = "finsam_control_signs"
codecs.register_error(_CONTROLS, _control)
