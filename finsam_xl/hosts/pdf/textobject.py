"""A text as a page of a PDF draws it, between BT and ET."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pikepdf

from finsam_xl.hosts.pdf.fonts import Fonts
from finsam_xl.hosts.pdf.parts import NotUnderstoodError
from finsam_xl.hosts.pdf.shown import squeezed
from finsam_xl.records import NamedTuple

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)
MARKING = {"BDC", "BMC", "EMC", "MP", "DP"}
_SHOWING = {"Tj", "TJ"}
_FREE = {"Tm", "Td", "TD", "Tf", *_SHOWING}
"""What parts that change places may hold: nothing that lasts from one to another."""


class _Part:
    """A stretch of a text from one place on."""

    def __init__(self, x: float, y: float) -> None:
        self.x, self.y = x, y
        self.instructions: list[Any] = []
        self.texts: list[str] = []
        self.font = ""


class TextObject:
    """What stands between BT and ET: a text, a part of which may be drawn after the rest."""

    def __init__(self, fonts: Fonts, begin: Any) -> None:
        self._fonts = fonts
        self._begin = begin
        self._font = ""
        self._matrix = UNIT
        self._parts = [_Part(0, 0)]
        self._spans: list[_Span] = []
        self._is_fixed = False

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
        if operator in MARKING:
            self._mark(operator, instruction)
            return
        if operator == "Tm":
            self._begin_at(matrix(operands))
        elif operator in {"Td", "TD"}:
            self._move(float(operands[0]), float(operands[1]))
        elif operator in {"T*", "'", '"'}:
            raise NotUnderstoodError(operator)
        elif operator == "Tf":
            self._font = self._parts[-1].font = str(operands[0])
        self._is_fixed |= operator not in _FREE and len(self._parts) > 1
        self._parts[-1].instructions.append(instruction)
        if operator in _SHOWING:
            self._show(operands[0])

    def done(self, end: Any) -> tuple[str, list[Any]]:
        """What is shown, and the instructions for it, both from the left to the right.

        LibreOffice draws a sign of another font after the line that it stands in.
        """
        parts = self._parts
        first, *shown = parts
        is_free = not first.texts and not self._is_fixed and all(part.font for part in shown)
        if is_free and len({part.y for part in shown}) == 1:
            parts = [first, *sorted(shown, key=lambda part: part.x)]
        if parts != self._parts:
            for part in shown:
                part.instructions[0] = _at(part.x, part.y)
        told = [one for part in parts for one in part.instructions]
        text = "".join(text for part in parts for text in part.texts)
        return text, [self._begin, *told, end]

    def _move(self, x: float, y: float) -> None:
        self._begin_at(times((1, 0, 0, 1, x, y), self._matrix))

    def _begin_at(self, place: Matrix) -> None:
        # What is turned or stretched is drawn where it is, in its order.
        self._is_fixed |= place[:4] != UNIT[:4]
        self._matrix = place
        self._parts.append(_Part(place[4], place[5]))

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
        self._is_fixed = True
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


def matrix(operands: Any) -> Matrix:
    """The matrix of an instruction."""
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def times(one: Matrix, other: Matrix) -> Matrix:
    """What two changes of place do together, the first one first."""
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
