"""The sheet *Start*: what the workbook is, its buttons, and what happens to what one has typed.

Made as a :class:`SheetPlan` from texts, so that every kind of workbook has its own words
and the same look. ``Start.buttons`` tells where a button belongs; each kind draws its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from finsam_xl.address import fixed
from finsam_xl.palette import ACCENT, MARK_INKS, MARKS
from finsam_xl.records import NamedTuple
from finsam_xl.report.look import NOTE, SUBTITLE, TITLE
from finsam_xl.sheetplan import Page, PlannedCell, Role, SheetPlan

NAMES = ("Start", "Finsamstart")
"""What the sheet is called, and what when a sheet of hers is called so."""
NAME = NAMES[0]
OWNER = "start"
MARGIN, BUTTON, TEXT = 1, 2, 3
"""The columns: a margin, the buttons or short words, and what they mean."""
WIDTHS = (2.0, 26.0, 88.0)
BUTTON_ROW_HEIGHT = 22.0
BUTTON_BOX = (4, 2, 176, 25)
"""A button in its cell: left, top, width and height in pixels."""
_BETWEEN_BUTTONS = 2.0
_LINE_HEIGHT = 15.0
_GAP = 5.0
_LETTERS_PER_WORD = 30
_LETTERS_PER_LINE = 104
_WHOLE_LINE = 134

_SECTION = Role(size=11, bold=True, ink=ACCENT, valign="bottom", bottom=ACCENT, strong=True)
_BODY = Role(wrap=True, valign="top")
_TIP = Role(wrap=True)
_LINK = Role(ink=ACCENT, valign="top")
_WARNING_HEAD = Role(size=11, bold=True, ink=MARK_INKS["röd"], fill=MARKS["röd"], wrap=True)
_WARNING = Role(fill=MARKS["röd"], wrap=True, valign="top")


class Line(NamedTuple):
    """A word and what it means; ``link``: the cell the word leads to. No word: a whole line.

    ``height``: of a whole line, where it has to have room for more than its text.
    """

    word: str
    text: str
    link: str = ""
    height: float = 0


class Section(NamedTuple):
    """A heading and its lines."""

    heading: str
    lines: tuple[Line, ...]


class Notice(NamedTuple):
    """What is said until it no longer holds: a heading and lines. ``name``: its defined name."""

    heading: str
    lines: tuple[str, ...]
    name: str


class Texts(NamedTuple):
    """All that the sheet says. ``buttons``: name, text and tip of each; ``first``: before them."""

    title: str
    subtitle: str
    intro: str
    buttons: tuple[tuple[str, str, str], ...]
    sections: tuple[Section, ...]
    foot: str
    notice: Notice | None = None
    first: tuple[Section, ...] = ()


class Story(NamedTuple):
    """What is said of one workbook: title, whose it is, what it holds, where to begin, last."""

    title: str
    association: str
    about: str
    places: tuple[Line, ...]
    foot: str


class Start(NamedTuple):
    """The sheet, the row of each button by name, and the notice's range."""

    plan: SheetPlan
    buttons: dict[str, int]
    notice: str


class _Writer:
    """Cells and heights, from the top down."""

    def __init__(self) -> None:
        self.row = 0
        self.cells: list[PlannedCell] = []
        self.heights: list[tuple[int, float]] = []
        self.merges: list[tuple[int, int, int, int]] = []

    def next(self, height: float) -> int:
        self.row += 1
        self.heights.append((self.row, height))
        return self.row

    def put(self, column: int, value: str | None, role: Role, link: str = "") -> None:
        self.cells.append(PlannedCell(self.row, column, value, role, link))

    def whole(self, text: str, role: Role, height: float) -> None:
        """A line over both columns, as high as its text."""
        self.next(height or _height(text, _WHOLE_LINE))
        self.put(BUTTON, text, role)
        self.merges.append((self.row, BUTTON, self.row, TEXT))


def build(texts: Texts, name: str = NAME) -> Start:
    """The sheet for the texts, called ``name``."""
    writer = _Writer()
    writer.next(_GAP)
    writer.whole(texts.title, TITLE, 30)
    if texts.subtitle:
        writer.whole(texts.subtitle, SUBTITLE, 18)
    notice = _notice(writer, texts.notice, name) if texts.notice else ""
    writer.next(_GAP)
    writer.whole(texts.intro, _BODY, 0)
    for section in texts.first:
        _section(writer, section)
    buttons = _buttons(writer, texts.buttons)
    for section in texts.sections:
        _section(writer, section)
    writer.next(_GAP)
    writer.whole(texts.foot, NOTE, _height(texts.foot, _WHOLE_LINE + 14))
    return Start(_plan(writer, name), buttons, notice)


def _plan(writer: _Writer, name: str) -> SheetPlan:
    return SheetPlan(
        name,
        OWNER,
        tuple(writer.cells),
        WIDTHS,
        tuple(writer.heights),
        tuple(writer.merges),
        page=Page(
            landscape=False,
            footer_left="Finsam",
            last_row=writer.row,
            last_column=TEXT,
            pages_high=1,
        ),
    )


def _notice(writer: _Writer, notice: Notice, name: str) -> str:
    writer.next(_GAP)
    first = writer.row
    writer.whole(notice.heading, _WARNING_HEAD, 24)
    for line in notice.lines:
        writer.whole(line, _WARNING, _height(line, _WHOLE_LINE) + 2)
    return fixed(f"'{name}'!B{first}:C{writer.row}")


def _heading(writer: _Writer, text: str) -> None:
    writer.next(_GAP)
    writer.next(22)
    writer.put(BUTTON, text, _SECTION)
    writer.put(TEXT, None, _SECTION)
    writer.next(4)


def _buttons(writer: _Writer, buttons: Sequence[tuple[str, str, str]]) -> dict[str, int]:
    """A row for each button, its tip on one line; its name stands under it for who sees no button.

    A blank row parts them: xlwings Lite selects the cell below the button that was clicked,
    and a button there would be taken for clicked too.
    """
    _heading(writer, "Knapparna")
    rows: dict[str, int] = {}
    for name, text, tip in buttons:
        if rows:
            writer.next(_BETWEEN_BUTTONS)
        writer.next(BUTTON_ROW_HEIGHT)
        writer.put(BUTTON, text, Role(align="center", ink=ACCENT))
        writer.put(TEXT, tip, _TIP)
        rows[name] = writer.row
    return rows


def _section(writer: _Writer, section: Section) -> None:
    _heading(writer, section.heading)
    for line in section.lines:
        if not line.word:
            writer.whole(line.text, _BODY, line.height)
            continue
        word, text = _height(line.word, _LETTERS_PER_WORD), _height(line.text, _LETTERS_PER_LINE)
        writer.next(max(word, text))
        writer.put(BUTTON, line.word, _LINK if line.link else _BODY, line.link)
        writer.put(TEXT, line.text, _BODY)


def _height(text: str, letters: int) -> float:
    lines = sum(max(1, math.ceil(len(line) / letters)) for line in text.split("\n"))
    return _LINE_HEIGHT * lines + 2
