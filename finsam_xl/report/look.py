"""The roles a report's cells play. Four sizes, one typeface, bold only for what is compared.

And how wide and high texts become in cells, in characters and points, with some to spare.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

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
FAULTS = Role(ink=MARK_INKS["röd"], valign="top")
"""How much is wrong in what a report is made of."""
STAMP = Role(size=9, ink=MUTED, align="right")
SECTION = Role(size=11, bold=True, valign="bottom")
KEY_LABEL = Role(size=9, ink=MUTED)
KEY_FIGURE = Role(size=20, bold=True)
_KEY_LINES = 2
KEY_MEANING = Role(size=9, ink=MUTED, valign="top", wrap=True)
HEADING = Role(size=9, bold=True, ink=MUTED, valign="bottom", wrap=True, bottom=ACCENT, strong=True)
HEADING_RIGHT = HEADING._replace(align="right")
LABEL = Role(bottom=RULE)
TEXT = Role(bottom=RULE, wrap=True)
FIGURE = Role(bottom=RULE, align="right", number=SWEDISH + "#,##0")
PERCENT = FIGURE._replace(number=SWEDISH + "0.0 %")
RIGHT_TEXT = FIGURE._replace(number="")
MARK = LABEL._replace(align="center", ink=MARK_INKS["röd"])
"""The mark of a row that something is wrong in."""
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


def faulty(role: Role) -> Role:
    """The role of a figure that looks wrong: marked, in the colour of its mark."""
    number = role.number.replace(SWEDISH, f'{SWEDISH}"{SYMBOLS["röd"]} "')
    return role._replace(number=number, ink=MARK_INKS["röd"])


def inked(role: Role, colour: str) -> Role:
    """The role in a colour word's ink, without fill."""
    return role._replace(ink=MARK_INKS[colour]) if colour else role


INDENT = "\u00a0" * 4
"""Before the name of a part of the line above it."""
GROWING_ROW = 15.0
"""How high a row of one line is that may grow."""
_SPARE, _LINE, _PER_CHARACTER = 1.05, 1.3, 7
"""How much wider a text may be drawn than reckoned; a line's height in sizes; a column's pixels."""
_EM = 4 / 3 / 1000
_WIDTHS = {
    character: width
    for width, characters in (
        (235, "ijl'·.,:; \u00a0’"),
        (315, "f()-[]!J{}`"),
        (345, "tr"),
        (395, 'szc/\\"|”'),
        (460, "vxykLFSgZ?"),
        (492, "aåäeéTYEÉ–−+=<>×§*#~"),
        (530, "bdhnpquüoöPXKCRB$0123456789€"),
        (585, "VAÅÄ"),
        (640, "DHGUÜNOÖQ&½…●▲▼■○"),
        (740, "w%"),
        (890, "mMW@—"),
    )
    for character in characters
}
"""How wide Calibri's characters are, in thousandths of their size; bold ones hardly differ."""
_OTHER, _BOLD = 640, 1.03


def text_width(text: str, size: float = 10, *, bold: bool = False) -> float:
    """How wide a text is on one line, in the characters that columns are measured in."""
    return _thousandths(text) * _EM * size * _SPARE * (_BOLD if bold else 1) / _PER_CHARACTER


@lru_cache(maxsize=4096)
def _thousandths(text: str) -> int:
    """How wide a text is in thousandths of its size: the same words stand in many cells."""
    return sum(_WIDTHS.get(character, _OTHER) for character in text)


def text_lines(text: str, width: float, size: float = 10, *, bold: bool = False) -> int:
    """How many lines a text fills when it is wrapped at words in a width."""
    space = text_width(" ", size, bold=bold)
    count = 0
    for paragraph in text.split("\n"):
        used, count = 0.0, count + 1
        for word in paragraph.split(" "):
            wide = text_width(word, size, bold=bold)
            if used and used + space + wide > width:
                used, count = 0.0, count + 1
            if wide > width:
                count += int(wide / max(1.0, width))
                wide %= max(1.0, width)
            used += wide + (space if used else 0)
    return count


def is_one_line(text: str, width: float, role: Role) -> bool:
    """Whether a text has room on one line as it is drawn in a role, with nothing to spare."""
    needed = text_width(text, role.size, bold=role.bold) / _SPARE
    return "\n" not in text and needed <= width


def text_height(text: str, width: float, size: float = 10, *, bold: bool = False) -> float:
    """How high a row with a text wrapped in some width becomes, in points."""
    return max(GROWING_ROW, 2 + _LINE * size * text_lines(text, width, size, bold=bold))


def key_width(label: str, figure: str, meaning: str) -> float:
    """How wide a key figure must be for its label, its figure and two lines of its meaning."""
    half = max((text_width(word, KEY_MEANING.size) for word in meaning.split()), default=0.0)
    whole = text_width(meaning, KEY_MEANING.size)
    while half < whole and text_lines(meaning, half, KEY_MEANING.size) > _KEY_LINES:
        half += 1
    texts = text_width(label, KEY_LABEL.size), text_width(figure, KEY_FIGURE.size, bold=True)
    return 1 + max(*texts, half)


def label_width(labels: Iterable[str], least: float) -> float:
    """The width of a column that holds some labels, none of them cut."""
    return max(least, 1 + max((text_width(label, bold=True) for label in labels), default=0))


def heading_width(heading: str) -> float:
    """The width of a column whose heading is one line."""
    return 1 + text_width(heading, HEADING.size, bold=True)


def is_long(heading: str, width: float) -> bool:
    """Whether a heading fills more than one line."""
    return text_lines(heading, width, HEADING.size, bold=True) > 1


_CONSONANTS = "bcdfghjklmnpqrstvwxz"
_LEAST_SYLLABLE = 3
_APART = 0.8
"""How far from the next column words stop that could stand on a line more, in characters."""


def wrapped(text: str, width: float, size: float = 10, *, bold: bool = False) -> str:
    """A text on as many lines as a width needs; a word that is wider is parted.

    >>> wrapped("Medarbetarnöjdhet i år", 10.5, 9, bold=True)
    'Medarbetar-\\nnöjdhet i år'
    """
    lines = [""]
    for word in text.split(" "):
        first, *rest = _parted(word, width, size, bold=bold)
        longer = f"{lines[-1]} {first}" if lines[-1] else first
        if lines[-1] and text_width(longer, size, bold=bold) > width - _APART:
            lines.append(first)
        else:
            lines[-1] = longer
        lines += rest
    return "\n".join(lines)


def _parted(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """A word, in parts where it is wider than that: before a single consonant."""
    places = [
        n
        for n in range(_LEAST_SYLLABLE, len(word) - _LEAST_SYLLABLE + 1)
        if word[n] in _CONSONANTS and word[n + 1] not in _CONSONANTS
    ]
    fitting = [n for n in places if text_width(f"{word[:n]}-", size, bold=bold) <= width]
    if text_width(word, size, bold=bold) <= width or not fitting:
        return [word]
    return [f"{word[: fitting[-1]]}-", *_parted(word[fitting[-1] :], width, size, bold=bold)]
