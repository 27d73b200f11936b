"""The add-in ``finsam.xlam``: the ribbon and the functions for any workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

import book
from deterministic import pack
from macro_workbook import add_code
from start_parts import Parts
from styles import Book, Styles

from finsam_xl.actions.buttons import Button

NAME = "finsam.xlam"
_KIND = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_CODE = "BladTillagg"
_PROPERTIES = {
    "title": "Finsam",
    "comments": "Räkna om, kontrollera och rapportera i samordningsförbundets arbetsböcker.",
    "created": datetime(2026, 11, 1, tzinfo=UTC),
}


def build(buttons: Sequence[Button]) -> bytes:
    """The add-in. Title and comments are what Excel shows in its list of add-ins."""
    with zipfile.ZipFile(io.BytesIO(book.make(_PROPERTIES, _fill))) as made:
        parts: Parts = {name: made.read(name) for name in made.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    root = parts[sheet].index(b"<dimension")
    code = b'<sheetPr codeName="%s"/>' % _CODE.encode()
    parts[sheet] = parts[sheet][:root] + code + parts[sheet][root:]
    add_code(parts, buttons, [_CODE], kind=_KIND)
    return pack(parts)


def _fill(workbook: Book, styles: Styles) -> None:
    """The one sheet that a workbook must have; an add-in never shows it."""
    sheet = workbook.add_worksheet("Finsam")
    sheet.write(0, 0, "Finsam är ett tillägg: använd fliken Finsam.", styles.get("plain"))
