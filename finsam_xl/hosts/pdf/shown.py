"""What a cell shows on paper: its text, or its number in the cell's format, in Swedish."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from finsam_xl.sheetplan import PlannedCell

_PARTS = re.compile(r'"([^"]*)"|\[[^\]]*\]|_(.)|\\(.)|([#,0]+(?:\.0+)?)|(.)')
_MINUS = {"−": "-", "–": "-", "\u00ad": ""}
_SPACE = "\u00a0"


def shown(cell: PlannedCell) -> str:
    """What a cell shows; '' for nothing."""
    value = cell.value
    if value is None or cell.role.number == ";;;":
        return ""
    if isinstance(value, str):
        return value
    number = Decimal(repr(value))
    sections = cell.role.number.split(";")
    if number < 0 and len(sections) > 1:
        return _formatted(-number, sections[1])
    if number == 0 and len(sections) > 2:
        return _formatted(number, sections[2])
    return ("-" if number < 0 else "") + _formatted(abs(number), sections[0])


def squeezed(text: str) -> str:
    """A text without what programs write differently: spaces, dashes, letters in one or two."""
    kept = (_MINUS.get(letter, letter) for letter in unicodedata.normalize("NFKC", text))
    return "".join(one for one in kept if one and unicodedata.category(one)[0] not in "ZC")


def spaced(text: str) -> str:
    """A text with one kind of space and dash, and none at its ends: as its words are heard."""
    return " ".join("".join(_MINUS.get(letter, letter) for letter in text).split())


def _formatted(number: Decimal, section: str) -> str:
    """A number that is not negative, in one section of a number format."""
    if section in {"", "General", "@"}:
        return f"{number.normalize():f}".replace(".", ",")
    bare = re.sub(r'"[^"]*"', "", section)
    number *= 100 if "%" in bare else 1
    return "".join(_part(number, match) for match in _PARTS.finditer(section))


def _part(number: Decimal, match: re.Match[str]) -> str:
    quoted, room, escaped, digits, other = match.groups()
    if digits:
        places = len(digits.partition(".")[2])
        rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        grouped = f"{rounded:,}" if "," in digits else str(rounded)
        return grouped.replace(",", _SPACE).replace(".", ",")
    return quoted or escaped or other or (_SPACE if room else "")
