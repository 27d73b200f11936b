"""What is drawn on a page of a PDF: texts with their places, and the rest, as nested groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pikepdf

from finsam_xl.hosts.pdf.fonts import Fonts
from finsam_xl.hosts.pdf.parts import NotUnderstoodError
from finsam_xl.hosts.pdf.textobject import MARKING, UNIT, Matrix, TextObject, matrix, times
from finsam_xl.records import NamedTuple

_PATH = {"m", "l", "c", "v", "y", "h", "re"}
_PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
_CLIPPING = {"W", "W*"}
_DRAWING = {"Do", "sh", "INLINE IMAGE", "EI"}


class Piece(NamedTuple):
    """A text, or something drawn; ``figure``: the number of the picture it is part of, or None.

    ``text`` is '' for what is no text. ``x`` and ``y``: where it begins, in points from the lower
    left corner.
    """

    number: int
    instructions: tuple[Any, ...]
    text: str
    x: float
    y: float
    figure: int | None


class Group(NamedTuple):
    """What stands between a ``q`` and its ``Q``; the page itself is one without them."""

    children: tuple[Group | Piece | Any, ...]


class Content(NamedTuple):
    """A page as nested groups of pieces and of instructions that draw nothing."""

    root: Group
    pieces: tuple[Piece, ...]


def content(page: pikepdf.Page, figures: Mapping[int, int]) -> Content:
    """What is drawn on a page; ``figures``: which picture each marked content is part of.

    Raises :class:`NotUnderstoodError` where that cannot be told.
    """
    reader = _Reader(page, figures)
    for instruction in pikepdf.parse_content_stream(page):
        reader.read(instruction)
    return reader.done()


class _Reader:
    """Goes through the instructions of a page."""

    def __init__(self, page: pikepdf.Page, figures: Mapping[int, int]) -> None:
        self._fonts = Fonts(page)
        self._figures = figures
        self._pieces: list[Piece] = []
        self._groups: list[list[Any]] = [[]]
        self._states: list[Matrix] = []
        self._ctm = UNIT
        self._marks: list[int | None] = []
        self._held: list[Any] = []
        self._text: TextObject | None = None

    def read(self, instruction: Any) -> None:
        """Take the next instruction."""
        operator = str(instruction.operator)
        if self._text is not None:
            self._in_text(operator, instruction)
        elif operator in MARKING:
            self._mark(operator, instruction.operands)
        elif operator in _PATH or operator in _CLIPPING:
            self._held.append(instruction)
        elif operator in _PAINTING or operator in _DRAWING:
            self._piece((*self._held, instruction), "", self._ctm[4], self._ctm[5])
            self._held.clear()
        elif operator == "n":
            self._groups[-1] += (*self._held, instruction)
            self._held.clear()
        else:
            self._state(operator, instruction)

    def done(self) -> Content:
        """The page, when its last instruction has been read."""
        if len(self._groups) != 1 or self._held or self._text is not None:
            raise NotUnderstoodError("groups")
        return Content(Group(tuple(self._groups[0])), tuple(self._pieces))

    def _state(self, operator: str, instruction: Any) -> None:
        if operator == "q":
            self._groups.append([instruction])
            self._states.append(self._ctm)
        elif operator == "Q":
            if not self._states:
                raise NotUnderstoodError("Q")
            self._ctm = self._states.pop()
            group = (*self._groups.pop(), instruction)
            self._groups[-1].append(Group(group))
        elif operator == "BT":
            self._text = TextObject(self._fonts, instruction)
        else:
            if operator == "cm":
                self._ctm = times(matrix(instruction.operands), self._ctm)
            self._groups[-1].append(instruction)

    def _in_text(self, operator: str, instruction: Any) -> None:
        text = self._text
        if text is None:
            raise NotUnderstoodError("ET")
        if operator != "ET":
            text.read(operator, instruction)
            return
        self._text = None
        told, instructions = text.done(instruction)
        if not text.is_shown:
            self._groups[-1] += instructions
            return
        x, y = text.start
        a, b, c, d, e, f = self._ctm
        self._piece(tuple(instructions), told, a * x + c * y + e, b * x + d * y + f)

    def _piece(self, instructions: tuple[Any, ...], text: str, x: float, y: float) -> None:
        mark = next((mark for mark in reversed(self._marks) if mark is not None), None)
        figure = None if mark is None else self._figures.get(mark)
        piece = Piece(len(self._pieces), instructions, text, x, y, figure)
        self._pieces.append(piece)
        self._groups[-1].append(piece)

    def _mark(self, operator: str, operands: Any) -> None:
        """What was marked before is marked anew; only which content it was is kept."""
        if operator == "EMC":
            if not self._marks:
                raise NotUnderstoodError("EMC")
            self._marks.pop()
        elif operator in {"BDC", "BMC"}:
            told = operands[1] if operator == "BDC" else None
            number = told.get("/MCID") if isinstance(told, pikepdf.Dictionary) else None
            self._marks.append(None if number is None else int(number))
