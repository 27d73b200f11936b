"""Excel on a Mac."""

from __future__ import annotations

import plistlib
from pathlib import Path

from finsam_xl.doctor.computer import Excel

_PLACE = Path("/Applications/Microsoft Excel.app")
_BITS = 64
"""Every Excel for Mac since 2016."""


def excel(place: Path = _PLACE) -> Excel | None:
    """The installed Excel."""
    try:
        told = plistlib.loads((place / "Contents" / "Info.plist").read_bytes())
    except (OSError, ValueError, plistlib.InvalidFileException):
        return Excel("", _BITS, str(place)) if place.is_dir() else None
    return Excel(str(told.get("CFBundleShortVersionString", "")), _BITS, str(place))
