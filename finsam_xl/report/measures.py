"""How wide and high texts become in cells, in characters and points, with some to spare."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

GROWING_ROW = 15.0
_HEADING_CHARACTER = 0.93
_TEXT_LINE, _TEXT_CHARACTERS, _CAPITAL = 13.0, 1.28, 0.45
_LABEL_CHARACTER = 0.88


def text_height(text: str, width: float) -> float:
    """How high a row with a text wrapped in some width becomes."""
    capitals = sum(character.isupper() for character in text)
    wider = 1 + _CAPITAL * capitals / max(1, len(text))
    room = max(1, int(width * _TEXT_CHARACTERS / wider))
    lines = [len(textwrap.wrap(part, room)) or 1 for part in text.split("\n")]
    return max(GROWING_ROW, 2 + _TEXT_LINE * sum(lines))


def label_width(labels: Iterable[str], least: float) -> float:
    """The width of a column that holds some labels, none of them cut."""
    longest = max(map(len, labels), default=0)
    return max(least, 1 + longest * _LABEL_CHARACTER)


def is_long(heading: str, width: float) -> bool:
    """Whether a heading fills more than one line."""
    return "\n" in heading or len(heading) * _HEADING_CHARACTER > width
