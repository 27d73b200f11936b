"""What LibreOffice tells of who may change the workbook that is open."""

from __future__ import annotations

from typing import Any

from finsam_xl.actions.gates import Gates, Seal
from finsam_xl.hosts.calc.reading import owners


def gates(document: Any) -> Gates:
    """The seals of the whole, and what is protected."""
    seals = (Seal.OPENED_READ_ONLY,) if document.isReadonly() else ()
    sheets = document.Sheets
    return Gates(
        document.Title,
        seals,
        document.isProtected(),
        lambda name: bool(sheets.getByName(name).isProtected()),
        lambda name, cell: bool(
            sheets.getByName(name).getCellRangeByName(cell).CellProtection.IsLocked
        ),
        {owner: name for name, owner in owners(document, local=False).items()},
    )
