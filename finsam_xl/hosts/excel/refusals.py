"""What must hold before anything is written; each refusal says what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from finsam_xl.address import position
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.excel.facts import Facts, Used
from finsam_xl.hosts.excel.reading import cells
from finsam_xl.plan import CellEdit
from finsam_xl.sheets.grid import BLANK

_NOTHING = "Inget är skrivet."


def refuse_locked_book(book: Any, *, adds_sheets: bool) -> None:
    """Refuse a workbook that is read-only, shared the old way, or may get no new sheets."""
    if _says(book, "ReadOnly"):
        raise WorkbookError(
            f"{book.name} är öppnad skrivskyddad. {_NOTHING}",
            where=book.name,
            remedy="Spara den under ett annat namn, eller be den som har den öppen att stänga den.",
        )
    if _says(book, "MultiUserEditing"):
        raise WorkbookError(
            f"{book.name} är en delad arbetsbok. {_NOTHING}",
            where=book.name,
            remedy="Välj Granska, Ta bort delning av arbetsbok, och kör igen.",
        )
    if adds_sheets and is_locked(book):
        raise WorkbookError(
            f"Arbetsboken {book.name} är skyddad mot nya blad. {_NOTHING}",
            where=book.name,
            remedy="Välj Granska, Skydda arbetsbok, för att ta bort skyddet, och kör igen.",
        )


def is_locked(book: Any) -> bool:
    """Whether a workbook lets nobody add a sheet."""
    return _says(book, "ProtectStructure")


def refuse_protected(book: Any, sheets: Iterable[str]) -> None:
    """Refuse sheets that Excel would not let us write in."""
    for name in sheets:
        if _says(book.sheets[name], "ProtectContents"):
            raise WorkbookError(
                f"Bladet {name} är skyddat. {_NOTHING}",
                where=name,
                remedy="Välj Granska, Ta bort bladets skydd, och kör igen.",
            )


def _says(thing: Any, flag: str) -> bool:
    """A flag of Excel's own object; not raised where the engine has none."""
    try:
        return getattr(thing.api, flag) is True
    except AttributeError:
        return False


def refuse_changed(edits: Iterable[CellEdit], held: Used, facts: Facts) -> None:
    """Refuse an edit that would overwrite a formula or a value nobody has seen."""
    present = cells(held, facts)
    for edit in edits:
        cell = present.get(position(edit.cell), BLANK)
        where = f"{edit.sheet}!{edit.cell}"
        if edit.keeps_value:
            continue
        if edit.old_formula and cell.formula == edit.old_formula:
            continue
        if cell.formula is not None:
            raise WorkbookError(
                f"Cellen har en formel och skrivs inte över. {_NOTHING}",
                where=where,
                remedy="Ta bort formeln om värdet ska skrivas.",
            )
        if cell.value != edit.old and (cell.value, edit.old) not in {(None, ""), ("", None)}:
            raise WorkbookError(
                f"Cellen har ändrats: den innehåller {cell.value!r}, inte {edit.old!r} som "
                f"räknades med. {_NOTHING}",
                where=where,
                remedy="Räkna om på nytt.",
            )
