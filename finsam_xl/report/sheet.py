"""The sheet of a report: head, key figures, notes, and pages that end where they should.

Rows to write comments in have no height of their own, so that they grow as people write;
those whose comments already fill several lines have one, which LibreOffice needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from finsam_xl.address import a1, on_sheet
from finsam_xl.labels import capital
from finsam_xl.model_budget import Amount
from finsam_xl.money import exact
from finsam_xl.report import look
from finsam_xl.report.amounts import AMOUNTS, COMMENT, cell, decimals, deviating
from finsam_xl.report.axes import HIDDEN, Canvas
from finsam_xl.report.comment_sheet import COMMENT as COMMENT_HEADING
from finsam_xl.report.comment_sheet import LABEL, SECTION, label_shown, section_shown
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.look import GROWING_ROW, text_height, text_lines
from finsam_xl.sheetplan import Page, Role, SheetPlan
from finsam_xl.words.stamps import MADE

ROW, SECTION_HEIGHT, HEADING = 17.0, 24.0, 30.0
_TITLE, _ABOUT, _GAP = 30.0, 20.0, 9.0
_TWO, _HEADING_LINE = 2, 13.0
"""How many lines ``HEADING`` holds, and what each more takes."""
_LANDSCAPE, _PORTRAIT = (1003.0, 506.0), (690.0, 744.0)
"""What A4 holds inside the margins: pixels wide, points high.

As LibreOffice prints, whose columns are a little wider than Excel's.
"""
_PIXELS_PER_CHARACTER, _CELL_PADDING, _PIXELS_PER_POINT = 7, 5, 4 / 3
_EDGES = 4
"""How many pixels of a cell its text keeps from its edges."""
_KEPT_TOGETHER = 3
NOTES = "Vad siffrorna vilar på"
"""What stands above the notes that come last."""
_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")
"""Where a line may break: a figure's own spaces are none of these."""
_ORPHANS = "Kommentarer till rader som inte längre finns"

KeyFigure = tuple[str, str, str, str]
"""Label, figure, meaning and colour word."""


def fitting(widths: Iterable[float]) -> float:
    """How wide one more column may be for all of them to be printed in full size, in characters."""
    taken = sum(width * _PIXELS_PER_CHARACTER + _CELL_PADDING for width in widths)
    return (_LANDSCAPE[0] - taken - _CELL_PADDING) / _PIXELS_PER_CHARACTER


def _on_one_line(text: str) -> str:
    return _BREAKING.sub(" ", text).strip()


class ReportSheet:
    """A sheet drawn from the top, page by page."""

    def __init__(
        self,
        widths: Sequence[float],
        unit: str,
        *,
        one_page: bool = False,
        landscape: bool = True,
    ) -> None:
        self.canvas = Canvas()
        self.charts = self.canvas.charts
        self.widths = tuple(widths)
        self.unit = unit
        self.decimals = decimals(unit)
        self.one_page = one_page
        """Whether all is printed on one page, smaller if it must."""
        self.tail: list[str] = []
        """The notes that come last, which should not stand alone on a page."""
        self.last = len(self.widths)
        self.row = 1
        self._marks: dict[int, str] = {}
        self._notes: dict[str, int] = {}
        self._breaks: list[int] = []
        self._filled: list[float] = []
        self._used = 0.0
        self._footer = ""
        self._landscape = landscape
        width, height = _LANDSCAPE if landscape else _PORTRAIT
        self._room = height * max(1.0, self.pixels(1, self.last) / width)

    @property
    def page(self) -> float:
        """How many points high a page is below what stands at its top."""
        return self._room - _ABOUT

    @property
    def free(self) -> float:
        """How many points are left on the page that is being drawn."""
        return self._room - self._used

    @property
    def pages(self) -> int:
        """How many pages have been begun."""
        return 1 + len(self._breaks)

    @property
    def emptiest(self) -> float:
        """How full the emptiest page is, of one."""
        return min(*self._filled, self._used / self._room, 1.0)

    def pixels(self, first: int, last: int) -> int:
        """The width of some columns."""
        widths = self.widths[first - 1 : last]
        return round(sum(width * _PIXELS_PER_CHARACTER + _CELL_PADDING for width in widths))

    def characters(self, first: int, last: int) -> float:
        """How many characters some columns have room for in a cell merged across them."""
        return (self.pixels(first, last) - _EDGES) / _PIXELS_PER_CHARACTER

    def down(self, height: float, *, grows: bool = False) -> int:
        """Take the next row; its number. ``grows``: its height is left open if it is one line."""
        row = self.row
        if not grows or height > GROWING_ROW:
            self.canvas.heights[row] = height
        self._used += height
        self.row += 1
        return row

    def fit(self, height: float, *, is_last: bool = False) -> bool:
        """Begin a page if what comes next does not fit on this one; whether it was begun.

        ``is_last``: the notes follow, and it should fit together with them.
        """
        height += self.notes_height() if is_last else 0
        if self.one_page or self._used + height <= self._room or self._used <= _ABOUT:
            return False
        self.new_page()
        return True

    def new_page(self) -> None:
        """Begin a page."""
        self._breaks.append(self.row)
        self._filled.append(self._used / self._room)
        self._used = _ABOUT

    def head(
        self,
        title: str,
        about: Sequence[str],
        run: str,
        answer: str = "",
        faults: Faults = NO_FAULTS,
    ) -> None:
        """The title, and what stands at the top of every page: what it is about, and the day.

        ``about`` begins with the association, '' where nobody knows it; what it says of the title
        is not said again below it, but at the foot of every page. ``answer``: the sentence that
        stands first; ``faults``: those in the cells that the report is made of, told below it.
        """
        day = run.partition(" ")[0]
        about = [part.removeprefix(title).lstrip(", ") for part in about]
        self._footer = " · ".join(filter(None, (about[0], title, f"{MADE.lower()} {day}")))
        self.canvas.put(self.down(_TITLE), 1, title, look.TITLE)
        row = self.down(_ABOUT)
        told = " · ".join(filter(None, about))
        self.canvas.put(row, 1, capital(told), look.SUBTITLE)
        self.canvas.put(row, self.last, f"{MADE} {day}", look.STAMP)
        if not answer:
            self.down(_GAP)
        else:
            height = text_height(answer, sum(self.widths), look.ANSWER.size, bold=True)
            row = self.down(_GAP + height)
            self.canvas.wide(row, 1, self.last, answer, look.ANSWER)
        if faults.told:
            row = self.down(ROW + _GAP)
            self.canvas.wide(row, 1, self.last, faults.told, look.FAULTS, link=faults.link)

    def mark(self, row: int, column: int, note: str, role: Role = look.MARK) -> None:
        """A mark of a fault in a cell, that leads to the note of ``tail`` which tells of it.

        Without a note an empty cell.
        """
        self.canvas.put(row, column, look.SYMBOLS["röd"] if note else None, role)
        if note:
            self._marks[len(self.canvas.cells) - 1] = note

    def key_figures(self, figures: Sequence[KeyFigure]) -> None:
        """A few figures with a line of meaning each, no more of them than there are columns."""
        if not figures:
            return
        rows = self.down(15), self.down(28), self.down(26)
        # Names come from cells, where they may have line breaks: here the lines are ours to break.
        figures = [
            (_on_one_line(label), _on_one_line(figure), _on_one_line(meaning), ink)
            for label, figure, meaning, ink in figures[: self.last]
        ]
        for (first, last), (label, figure, meaning, ink) in zip(
            self._spans(figures), figures, strict=True
        ):
            self.canvas.wide(rows[0], first, last, label, look.KEY_LABEL)
            self.canvas.wide(rows[1], first, last, figure, look.inked(look.KEY_FIGURE, ink))
            self.canvas.wide(rows[2], first, last, meaning, look.inked(look.KEY_MEANING, ink))
        self.down(6)

    def _spans(self, figures: Sequence[KeyFigure]) -> list[tuple[int, int]]:
        """The columns under each key figure: none is cut, and they are as even as they can be."""
        whole = self.pixels(1, self.last)
        needed = [look.key_width(label, figure, meaning) for label, figure, meaning, _ in figures]

        def cost(ends: Sequence[int]) -> tuple[float, float]:
            starts = [0, *ends]
            widths = [
                sum(self.widths[a:b]) for a, b in zip(starts, [*ends, self.last], strict=True)
            ]
            short = sum(max(0.0, need - wide) for need, wide in zip(needed, widths, strict=True))
            wanted = [whole * part / len(figures) for part in range(1, len(figures))]
            apart = (abs(self.pixels(1, e) - w) for e, w in zip(ends, wanted, strict=True))
            return short, sum(apart)

        ends = min(combinations(range(1, self.last), len(figures) - 1), key=cost, default=())
        return list(zip([1, *(end + 1 for end in ends)], [*ends, self.last], strict=True))

    def section(self, text: str) -> None:
        """The title of a part of the report."""
        self.canvas.put(self.down(SECTION_HEIGHT), 1, text, look.SECTION)

    def headings(self, texts: Sequence[str], *, left: Iterable[int] = ()) -> int:
        """A row of headings, the first and those ``left`` names above texts; its number."""
        row = self.down(self.heading_height(texts))
        texts_left = {1, *left}
        for column, text in enumerate(texts, start=1):
            role = look.HEADING if column in texts_left else look.HEADING_RIGHT
            self.canvas.put(row, column, text, role)
        return row

    def heading_height(self, texts: Sequence[str]) -> float:
        """How high a row of headings becomes."""
        size, pairs = look.HEADING.size, zip(texts, self.widths, strict=False)
        lines = max(text_lines(text, width, size, bold=True) for text, width in pairs)
        return ROW if lines < _TWO else HEADING + _HEADING_LINE * (lines - _TWO)

    def amount(
        self,
        row: int,
        column: int,
        amount: Amount,
        decimals: int | None = None,
        *,
        total: bool = False,
        bold: bool = False,
        is_deviation: bool = False,
    ) -> None:
        """An amount in a cell, with the decimals of the sheet's unit or other ones.

        ``is_deviation``: with its sign, and marked where it is worse than budgeted.
        """
        places = self.decimals if decimals is None else decimals
        role = look.total(AMOUNTS[places]) if total else AMOUNTS[places]._replace(bold=bold)
        shown = cell(amount, places)
        if is_deviation:
            role = deviating(role, None if shown is None else exact(shown))
        self.canvas.put(row, column, shown, role)

    def line(
        self,
        label: str,
        amounts: Iterable[Amount],
        *,
        decimals: int | None = None,
        total: bool = False,
        link: str = "",
        height: float = ROW,
    ) -> int:
        """A row with a label and the amounts beside it; its number."""
        row = self.down(height)
        self.canvas.put(row, 1, label, look.total(look.LABEL, total), link=link)
        for column, amount in enumerate(amounts, start=2):
            self.amount(row, column, amount, decimals, total=total)
        return row

    def comment(self, row: int, text: str | None, *, is_shown: bool = False) -> None:
        """A cell to write in, in the last column.

        ``is_shown``: the text is the table's own; it is kept out of sight too, so that the next
        report knows it (:mod:`finsam_xl.report.comment_sheet`).
        """
        self.canvas.put(row, self.last, text or None, COMMENT)
        if text and is_shown:
            self.canvas.put(row, self.last + 1, text, HIDDEN)

    def growing(self, text: str | None) -> float:
        """About how high a row with a comment becomes."""
        return text_height(text or "", self.widths[-1])

    def orphans_height(self, orphans: Sequence[tuple[CommentKey, str]]) -> float:
        """How high comments whose line is gone become, with their title."""
        heights = [self.growing(text) for _, text in orphans]
        return SECTION_HEIGHT + ROW + sum(heights) if heights else 0.0

    def orphans(
        self,
        orphans: Sequence[tuple[CommentKey, str]],
        section_columns: int,
        *,
        is_last: bool = False,
    ) -> None:
        """Comments whose line is gone, in a table that is read like the others."""
        if not orphans:
            return
        heights = [self.growing(text) for _, text in orphans]
        first = SECTION_HEIGHT + ROW + sum(heights[:_KEPT_TOGETHER])
        self.fit(first, is_last=is_last and len(orphans) <= _KEPT_TOGETHER)
        self.section(_ORPHANS)
        last = 1 + section_columns
        row = self.down(ROW)
        self.canvas.put(row, 1, LABEL, look.HEADING)
        self.canvas.wide(row, 2, last, SECTION, look.HEADING)
        for column in range(last + 1, self.last):
            self.canvas.put(row, column, None, look.HEADING)
        self.canvas.put(row, self.last, COMMENT_HEADING, look.HEADING)
        for number, ((key, text), height) in enumerate(zip(orphans, heights, strict=True), start=1):
            if number > _KEPT_TOGETHER:
                self.fit(height, is_last=is_last and number == len(orphans))
            row = self.down(height, grows=True)
            label = label_shown(key.shown, key.code.upper())
            self.canvas.put(row, 1, label, look.LABEL)
            self.canvas.wide(row, 2, last, section_shown(key), look.LABEL)
            for column in range(last + 1, self.last):
                self.canvas.put(row, column, None, look.LABEL)
            self.comment(row, text)

    def note(self, text: str, role: Role = look.NOTE) -> None:
        """A sentence in small print across the sheet."""
        self.canvas.wide(self.down(self.note_height(text)), 1, self.last, text, role)

    def note_height(self, text: str) -> float:
        """How high a sentence across the sheet becomes."""
        return text_height(text, self.characters(1, self.last), look.NOTE.size)

    def notes_height(self) -> float:
        """How high the notes that come last are, with their title."""
        return SECTION_HEIGHT + sum(map(self.note_height, self.tail))

    def notes(self) -> None:
        """What the figures rest on: the texts of ``tail``."""
        self.fit(self.notes_height())
        self.section(NOTES)
        for text in self.tail:
            self._notes[text] = self.row
            self.note(text)

    def chart_size(self, first: int, last: int, height: float) -> tuple[int, int]:
        """The size of a chart over some columns, in pixels, from points."""
        return self.pixels(first, last) - 8, round(height * _PIXELS_PER_POINT)

    def plan(self, name: str, owner: str) -> SheetPlan:
        """The sheet as drawn."""
        page = Page(
            landscape=self._landscape,
            title_rows=(2, 2),
            breaks=tuple(self._breaks),
            pages_high=1 if self.one_page else 0,
            footer_left=self._footer,
            last_row=self.row - 1,
            last_column=self.last,
        )
        for number, note in self._marks.items():
            if note in self._notes:
                link = on_sheet(name, a1(self._notes[note], 1))
                self.canvas.cells[number] = self.canvas.cells[number]._replace(link=link)
        return self.canvas.plan(name, owner, self.widths, page)
