"""The add-in ``finsam.xlam``: the ribbon and the functions for any workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import book
import vba_project
from styles import Book, Styles
from wire_books import after, as_file

from finsam_xl.actions.buttons import BUTTONS, Button
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.wiring import macros, ribbon
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.packing import pack

NAME = "finsam.xlam"
_KIND = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_PROPERTIES = {
    "title": "Finsam",
    "comments": "Räkna om, kontrollera och rapportera i samordningsförbundets arbetsböcker.",
    "created": datetime(2026, 11, 1, tzinfo=UTC),
}


def build(buttons: Sequence[Button] = BUTTONS) -> bytes:
    """The add-in. Title and comments are what Excel shows in its list of add-ins."""

    def made(path: Path) -> bytes:
        with Package(path) as package:
            draft = Draft(package)
            macros.add_code(draft, vba_project.finished(buttons), kind=_KIND)
            macros.name_sheet(draft, draft.workbook.sheets[0].part)
            ribbon.add(draft, buttons, addin=True)
            return pack(after(package, draft.rewriting()))

    return as_file(book.make(_PROPERTIES, _fill), made)


def _fill(workbook: Book, styles: Styles) -> None:
    """The one sheet that a workbook must have; an add-in never shows it."""
    sheet = workbook.add_worksheet("Finsam")
    sheet.write(0, 0, "Finsam är ett tillägg: använd fliken Finsam.", styles.get("plain"))
