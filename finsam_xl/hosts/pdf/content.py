"""What is drawn on a page of a PDF: texts with their places, and the rest, as nested groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pikepdf

from finsam_xl.hosts.pdf.shown import squeezed
from finsam_xl.records import NamedTuple

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_PATH = {"m", "l", "c", "v", "y", "h", "re"}
_PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
_CLIPPING = {"W", "W*"}
_SHOWING = {"Tj", "TJ", "'", '"'}
_DRAWING = {"Do", "sh", "INLINE IMAGE", "EI"}
_MARKING = {"BDC", "BMC", "EMC", "MP", "DP"}


class NotUnderstoodError(Exception):
    """What is drawn on a page is not as we know it: nothing may be said of it."""


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
        self._fonts = _Fonts(page)
        self._figures = figures
        self._pieces: list[Piece] = []
        self._groups: list[list[Any]] = [[]]
        self._states: list[Matrix] = []
        self._ctm = _UNIT
        self._marks: list[int | None] = []
        self._held: list[Any] = []
        self._text: _TextObject | None = None

    def read(self, instruction: Any) -> None:
        """Take the next instruction."""
        operator = str(instruction.operator)
        if self._text is not None:
            self._in_text(operator, instruction)
        elif operator in _MARKING:
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
            self._text = _TextObject(self._fonts, instruction)
        else:
            if operator == "cm":
                self._ctm = _times(_matrix(instruction.operands), self._ctm)
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


class _Part:
    """A stretch of a text from one place on."""

    def __init__(self, x: float, y: float) -> None:
        self.x, self.y = x, y
        self.instructions: list[Any] = []
        self.texts: list[str] = []
        self.font = ""


class _TextObject:
    """What stands between BT and ET: a text, a part of which may be drawn after the rest."""

    def __init__(self, fonts: _Fonts, begin: Any) -> None:
        self._fonts = fonts
        self._begin = begin
        self._font = ""
        self._matrix = _UNIT
        self._parts = [_Part(0, 0)]
        self._spans: list[_Span] = []
        self._is_spanned = False

    @property
    def is_shown(self) -> bool:
        """Whether it shows anything."""
        return any(part.texts for part in self._parts)

    @property
    def start(self) -> tuple[float, float]:
        """Where the leftmost part begins."""
        return min((part.x, part.y) for part in self._parts if part.texts)

    def read(self, operator: str, instruction: Any) -> None:
        """Take the next instruction."""
        operands = instruction.operands
        if operator in _MARKING:
            self._mark(operator, instruction)
            return
        if operator == "Tm":
            self._begin_at(_matrix(operands))
        elif operator in {"Td", "TD"}:
            self._move(float(operands[0]), float(operands[1]))
        elif operator in {"T*", "'", '"'}:
            raise NotUnderstoodError(operator)
        elif operator == "Tf":
            self._font = self._parts[-1].font = str(operands[0])
        self._parts[-1].instructions.append(instruction)
        if operator in _SHOWING:
            self._show(operands[0])

    def done(self, end: Any) -> tuple[str, list[Any]]:
        """What is shown, and the instructions for it, both from the left to the right.

        LibreOffice draws a sign of another font after the line that it stands in.
        """
        parts = self._parts
        first, *shown = parts
        is_free = not first.texts and not self._is_spanned and all(part.font for part in shown)
        if is_free and len({part.y for part in shown}) == 1:
            parts = [first, *sorted(shown, key=lambda part: part.x)]
        if parts != self._parts:
            for part in shown:
                part.instructions[0] = _at(part.x, part.y)
        told = [one for part in parts for one in part.instructions]
        text = "".join(text for part in parts for text in part.texts)
        return text, [self._begin, *told, end]

    def _move(self, x: float, y: float) -> None:
        self._begin_at(_times((1, 0, 0, 1, x, y), self._matrix))

    def _begin_at(self, matrix: Matrix) -> None:
        # What is turned or stretched is drawn where it is, in its order.
        self._is_spanned |= matrix[:4] != _UNIT[:4]
        self._matrix = matrix
        self._parts.append(_Part(matrix[4], matrix[5]))

    def _show(self, shown: Any) -> None:
        strings = shown if isinstance(shown, pikepdf.Array) else [shown]
        held = b"".join(bytes(one) for one in strings if isinstance(one, pikepdf.String))
        self._parts[-1].texts.append(self._fonts.text(self._font, held))

    def _mark(self, operator: str, instruction: Any) -> None:
        """Only what says that glyphs stand for another text stays."""
        if operator in {"BDC", "BMC"}:
            told = instruction.operands[1] if operator == "BDC" else None
            actual = told.get("/ActualText") if isinstance(told, pikepdf.Dictionary) else None
            self._spans.append(
                _Span(instruction, None if actual is None else str(actual), len(self._parts))
            )
        elif operator == "EMC":
            self._end_span(instruction, self._spans.pop())

    def _end_span(self, end: Any, span: _Span) -> None:
        held = self._parts[span.first :]
        shown = "".join(text for part in held for text in part.texts)
        if span.actual is None or squeezed(span.actual) == squeezed(shown):
            return
        if not held:
            raise NotUnderstoodError("ActualText")
        self._is_spanned = True
        held[0].instructions.insert(0, span.begin)
        held[-1].instructions.append(end)
        for part in held:
            part.texts = []
        held[0].texts = [span.actual]


class _Span(NamedTuple):
    """Glyphs that stand for another text; ``first``: the part they begin with."""

    begin: Any
    actual: str | None
    first: int


def _at(x: float, y: float) -> Any:
    """The instruction to go on at a place."""
    return pikepdf.ContentStreamInstruction(
        [1, 0, 0, 1, _exact(x), _exact(y)], pikepdf.Operator("Tm")
    )


def _exact(number: float) -> Decimal:
    return Decimal(repr(round(number, 5)))


class _Fonts:
    """The letters of the fonts of a page."""

    def __init__(self, page: pikepdf.Page) -> None:
        self._fonts: Any = page.resources.get("/Font", {})
        self._read: dict[str, _Letters] = {}

    def text(self, font: str, shown: bytes) -> str:
        """What some bytes show in a font."""
        if font not in self._read:
            self._read[font] = _letters(self._fonts.get(font))
        letters = self._read[font]
        size = letters.size
        codes = (shown[at : at + size] for at in range(0, len(shown), size))
        try:
            return "".join(letters.by_code[code] for code in codes)
        except KeyError as error:
            raise NotUnderstoodError("letter") from error


class _Letters(NamedTuple):
    """The text of each code of a font; ``size``: how many bytes a code is."""

    size: int
    by_code: Mapping[bytes, str]


_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_SECTION = re.compile(rb"begin(codespacerange|bfchar|bfrange)(.*?)end\1", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f]+>|\[[^\]]*\])")


def _letters(font: Any) -> _Letters:
    """The letters of a font by what it says of them itself."""
    told = None if font is None else font.get("/ToUnicode")
    if told is None:
        raise NotUnderstoodError("font")
    size, by_code = 1, dict[bytes, str]()
    for kind, body in _SECTION.findall(told.read_bytes()):
        codes = [bytes.fromhex(one.decode()) for one in _HEX.findall(body)]
        if kind == b"codespacerange":
            size = max(map(len, codes), default=1)
        elif kind == b"bfchar":
            by_code |= {
                c: t.decode("utf-16-be") for c, t in zip(codes[::2], codes[1::2], strict=False)
            }
        else:
            by_code |= dict(_ranged(body))
    return _Letters(size, by_code)


def _ranged(body: bytes) -> Iterator[tuple[bytes, str]]:
    for first, last, to in _RANGE.findall(body):
        begin, end, size = int(first, 16), int(last, 16), len(first) // 2
        texts = [bytes.fromhex(one.decode()) for one in _HEX.findall(to)]
        for n, code in enumerate(range(begin, end + 1)):
            held = texts[n] if to.startswith(b"[") else _later(texts[0], n)
            yield code.to_bytes(size, "big"), held.decode("utf-16-be")


def _later(text: bytes, steps: int) -> bytes:
    """The letter some steps after one."""
    return text[:-2] + (int.from_bytes(text[-2:], "big") + steps).to_bytes(2, "big")


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
