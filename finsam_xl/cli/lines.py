"""Text in lines of at most 80 signs, in which a place is never broken.

>>> wrapped("står som 750 tkr i Budget 2019!B53 nu", {"Budget 2019"}, width=24)
['står som 750 tkr i', 'Budget 2019!B53 nu']
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Collection
from typing import TextIO

from finsam_xl.plan import LONGEST_NAME

_WIDEST, _NARROWEST = 79, 40
"""Many terminals break a line that fills all their 80 columns."""
_GLUE = "\ue000"
_CELL = re.compile(r"'?!\$?[A-Z]{1,3}\$?\d+")


def width(stream: TextIO | None = None) -> int:
    """How many signs a line may have: as many as the terminal shows, and never over 79.

    ``stream``: where it is printed, if not on standard output.
    """
    if not (stream or sys.stdout).isatty():
        return _WIDEST
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns - 1))


def whole(text: str) -> str:
    """A text that :func:`wrapped` keeps on one line."""
    return text.replace(" ", _GLUE)


def wrapped(
    text: str,
    sheets: Collection[str] = (),
    first: str = "",
    rest: str = "",
    width: int = _WIDEST,
) -> list[str]:
    """Lines of a text, the first and the rest behind what they begin with.

    ``sheets``: names that places begin with. What is longer than a line stands on its own.
    """
    text = " ".join(text.splitlines())
    if len(first) + len(text) <= width:
        return [first + text.replace(_GLUE, " ")]
    lines, line, is_begun = [], first, False
    for word in _with_whole_places(text, sheets).split(" "):
        if is_begun and len(line) + 1 + len(word) > width:
            lines.append(line)
            line, is_begun = rest, False
        if word:
            line += f" {word}" if is_begun else word
            is_begun = True
    return [one.replace(_GLUE, " ") for one in (*lines, line)]


def _with_whole_places(text: str, sheets: Collection[str]) -> str:
    """A text in which no place of those sheets can be broken."""
    for cell in _CELL.finditer(text):
        end = cell.start()
        for length in range(min(LONGEST_NAME, end), 0, -1):
            name = text[end - length : end]
            if name in sheets:
                text = text[: end - length] + whole(name) + text[end:]
                break
    return text
