"""The roles a report's cells play. Four sizes, one typeface, bold only for what is compared.

And how wide and high texts become in cells, in characters and points, with some to spare.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from finsam_xl.palette import ACCENT, MARK_INKS, MARKS, MUTED, RULE
from finsam_xl.sheetplan import Role

SWEDISH = "[$-41D]"
"""Number format prefix: decimal comma and spaces between thousands in every program."""

SYMBOLS = {"grön": "●", "orange": "▲", "röd": "▼"}
WORDS = {"grön": "når", "orange": "nära", "röd": "under"}

TITLE = Role(size=20, bold=True, ink=ACCENT)
SUBTITLE = Role(size=11, ink=MUTED)
ANSWER = Role(size=11, bold=True, valign="center", wrap=True)
"""The sentence that stands first."""
STAMP = Role(size=8, ink=MUTED, align="right")
SECTION = Role(size=11, bold=True, valign="bottom")
KEY_LABEL = Role(size=9, ink=MUTED)
KEY_FIGURE = Role(size=20, bold=True)
KEY_MEANING = Role(size=9, ink=MUTED, valign="top", wrap=True)
HEADING = Role(size=9, bold=True, ink=MUTED, valign="bottom", wrap=True, bottom=ACCENT, strong=True)
HEADING_RIGHT = HEADING._replace(align="right")
LABEL = Role(bottom=RULE)
TEXT = Role(bottom=RULE, wrap=True)
FIGURE = Role(bottom=RULE, align="right", number=SWEDISH + "#,##0")
PERCENT = FIGURE._replace(number=SWEDISH + "0.0 %")
RIGHT_TEXT = FIGURE._replace(number="")
NOTE = Role(size=9, ink=MUTED, valign="top", wrap=True)


def total(role: Role, is_total: bool = True) -> Role:
    """The role as it looks on a total row, bold with a strong rule around it, if it is one."""
    return role._replace(bold=True, top=MUTED, bottom=MUTED) if is_total else role


def coloured(role: Role, colour: str, *, symbol: bool) -> Role:
    """The role with a colour word's ink and fill, and its symbol in front of the figure."""
    if not colour:
        return role
    number = f'{SWEDISH}"{SYMBOLS[colour]} "0' if symbol else role.number
    return role._replace(ink=MARK_INKS[colour], fill=MARKS[colour], number=number)


def inked(role: Role, colour: str) -> Role:
    """The role in a colour word's ink, without fill."""
    return role._replace(ink=MARK_INKS[colour]) if colour else role


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
