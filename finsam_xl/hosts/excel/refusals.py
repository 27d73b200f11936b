"""What must hold before anything is written; each refusal says what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from finsam_xl.actions.gates import Gates, Seal
from finsam_xl.address import position
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.excel.facts import Facts, Used
from finsam_xl.hosts.excel.reading import cells, owners
from finsam_xl.plan import CellEdit
from finsam_xl.sheets.grid import BLANK

_NOTHING = "Inget är skrivet."
_SEALS = {
    "ReadOnly": Seal.OPENED_READ_ONLY,
    "MultiUserEditing": Seal.SHARED,
    "Final": Seal.FINAL,
}
"""Flags of Excel's workbook. What the file says of opening it, Excel has asked about by now."""


def gates(book: Any) -> Gates:
    """What Excel tells of who may change the workbook that is open."""
    seals = [seal for flag, seal in _SEALS.items() if _says(book, flag)]
    if _is_signed(book):
        seals.insert(0, Seal.SIGNED)
    return Gates(
        book.name,
        tuple(seals),
        _says(book, "ProtectStructure"),
        lambda name: _says(book.sheets[name], "ProtectContents"),
        lambda name, cell: not _says(book.sheets[name].range(cell), "AllowEdit"),
        {owner: name for name, owner in owners(book, local=False).items()},
    )


def _is_signed(book: Any) -> bool:
    try:
        return int(book.api.Signatures.Count) > 0
    except (AttributeError, TypeError):
        return False


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
