"""Where LibreOffice is on the computer."""

from __future__ import annotations

import shutil
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


def find_office() -> str | None:
    """The LibreOffice program, or ``None``."""
    found = (shutil.which(name) for name in (*_NAMES, *_PLACES))
    return next((program for program in found if program), None)


def beside_office(*names: str) -> str | None:
    """A program that comes with LibreOffice, by the first of its names that there is."""
    office = find_office()
    if office is None:
        return None
    folder = str(Path(office).resolve().parent)
    found = (shutil.which(name, path=folder) for name in names)
    return next((program for program in found if program), None)
