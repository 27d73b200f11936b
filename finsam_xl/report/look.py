"""The roles a report's cells play. Four sizes, one typeface, bold only for what is compared."""

from __future__ import annotations

from finsam_xl.palette import ACCENT, MARK_INKS, MARKS, MUTED, RULE
from finsam_xl.sheetplan import Role

SWEDISH = "[$-41D]"
"""Number format prefix: decimal comma and spaces between thousands in every program."""

SYMBOLS = {"grön": "●", "orange": "▲", "röd": "▼"}
WORDS = {"grön": "når", "orange": "nära", "röd": "under"}

TITLE = Role(size=20, bold=True, ink=ACCENT)
SUBTITLE = Role(size=11, ink=MUTED)
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


def total(role: Role) -> Role:
    """The role as it looks on a total row: bold, with a strong rule around it."""
    return role._replace(bold=True, top=MUTED, bottom=MUTED)


def coloured(role: Role, colour: str, *, symbol: bool) -> Role:
    """The role with a colour word's ink and fill, and its symbol in front of the figure."""
    if not colour:
        return role
    number = f'{SWEDISH}"{SYMBOLS[colour]} "0' if symbol else role.number
    return role._replace(ink=MARK_INKS[colour], fill=MARKS[colour], number=number)


def inked(role: Role, colour: str) -> Role:
    """The role in a colour word's ink, without fill."""
    return role._replace(ink=MARK_INKS[colour]) if colour else role
