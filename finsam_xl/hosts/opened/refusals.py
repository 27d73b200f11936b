"""What must hold before anything is written, whatever program has the workbook open."""

from __future__ import annotations

from collections.abc import Iterable

from finsam_xl.address import position
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.opened.held import Facts, Used, cells
from finsam_xl.plan import CellEdit
from finsam_xl.sheets.grid import BLANK

_NOTHING = "Inget är skrivet."


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
