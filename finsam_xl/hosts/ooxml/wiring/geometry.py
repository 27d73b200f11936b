"""Where rows and columns of a sheet begin, in pixels, and what already stands on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from finsam_xl.address import box
from finsam_xl.formulas.blocks import LAST_COLUMN, LAST_ROW
from finsam_xl.hosts.ooxml.xmlspans import attributes, measure, parser, run, whole_number
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid

_COLUMN, _ROW = 64, 20
_PER_CHARACTER, _PER_POINT, _EMU = 7, 4 / 3, 9525
_PER_LETTER = 10
"""Pixels that a letter may take, large titles too."""
_TAG = re.compile(rb"<(?:\w+:)?(sheetFormatPr|col|row)\b([^>]*)>")
_ANCHOR = re.compile(
    rb'ObjectType="(?!Note)[^"]*"[^>]*>(?:(?!</x:ClientData>).)*?<x:Anchor>([^<]*)</x:Anchor>',
    re.DOTALL,
)
_LAST_ROW = 4096
_TRUE = ("1", "true")


class Rectangle(NamedTuple):
    """Left, top, right and bottom in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rectangle) -> bool:
        """Whether the two have more than an edge in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Measures:
    """The widths and heights that a sheet part sets; rows and columns count from 0."""

    def __init__(self, sheet: bytes) -> None:
        self._widths: dict[int, int] = {}
        self._heights: dict[int, int] = {}
        self._width, self._height = _COLUMN, _ROW
        self._lefts, self._tops = [0], [0]
        number = 0
        for name, inside in _TAG.findall(sheet):
            told = {key: value[1:-1].decode() for key, value in attributes(b" " + inside)}
            if name == b"row":
                number = whole_number(told.get("r")) or number + 1
                if number > _LAST_ROW:
                    break
                self._row(number - 1, told)
            elif name == b"col":
                self._columns(told)
            else:
                self._usual(told)

    def _usual(self, told: Mapping[str, str]) -> None:
        wide, high = self._width / _PER_CHARACTER, self._height / _PER_POINT
        self._width = round(measure(told.get("defaultColWidth"), wide) * _PER_CHARACTER)
        self._height = round(measure(told.get("defaultRowHeight"), high) * _PER_POINT)
        if told.get("zeroHeight") in _TRUE:
            self._height = 0

    def _columns(self, told: Mapping[str, str]) -> None:
        width = round(measure(told.get("width"), 0) * _PER_CHARACTER)
        width = 0 if told.get("hidden") in _TRUE else width
        last = min(whole_number(told.get("max")), whole_number(told.get("min")) + 255)
        for column in range(whole_number(told.get("min")), last + 1):
            self._widths[column - 1] = width

    def _row(self, row: int, told: Mapping[str, str]) -> None:
        if told.get("hidden") in _TRUE:
            self._heights[row] = 0
        elif "ht" in told:
            usual = self._height / _PER_POINT
            self._heights[row] = round(measure(told["ht"], usual) * _PER_POINT)

    def left(self, column: int) -> int:
        """Where a column begins."""
        return _edge(self._lefts, min(column, LAST_COLUMN), self._widths, self._width)

    def top(self, row: int) -> int:
        """Where a row begins."""
        return _edge(self._tops, min(row, LAST_ROW), self._heights, self._height)

    def column_at(self, left: float) -> tuple[int, int]:
        """The column that a place is in, and how far into it."""
        for column in count():
            width = self._widths.get(column, self._width)
            if left < width or column >= 16_383:
                return column, round(left)
            left -= width
        raise AssertionError

    def row_at(self, top: float) -> tuple[int, int]:
        """The row that a place is in, and how far into it."""
        for row in count():
            height = self._heights.get(row, self._height)
            if top < height or row >= 1_048_575:
                return row, round(top)
            top -= height
        raise AssertionError

    def area(self, top: int, left: int, bottom: int, right: int) -> Rectangle:
        """The place of a range: first and last row and column, from 1."""
        return Rectangle(self.left(left - 1), self.top(top - 1), self.left(right), self.top(bottom))


def _edge(edges: list[int], number: int, sizes: Mapping[int, int], usual: int) -> int:
    """Where a row or column begins, counted on from those that are known."""
    while len(edges) <= number:
        edges.append(edges[-1] + sizes.get(len(edges) - 1, usual))
    return edges[number]


def filled(sheet: SheetGrid, measures: Measures, lowest: int) -> Iterator[Rectangle]:
    """What cells show down to a row, texts as far as they run on, and every merged range."""
    for area in sheet.merged:
        if box(area)[0] <= lowest:
            yield measures.area(*box(area))
    for row, cells in sheet.rows():
        if row > lowest:
            return
        held = [(column, cell) for column, cell in cells if not cell.is_blank]
        for number, (column, cell) in enumerate(held):
            place = measures.area(row, column, row, column)
            right = place.right
            if isinstance(cell.value, str):
                right = max(right, place.left + _PER_LETTER * len(cell.value))
                if number + 1 < len(held):
                    right = min(right, measures.left(held[number + 1][0] - 1))
            yield place._replace(right=right)


def drawn(drawing: bytes, part: str, measures: Measures) -> Iterator[Rectangle]:
    """Where pictures, charts and shapes of a drawing part are."""
    corners: list[dict[str, float]] = []
    texts: list[str] = []
    extent: dict[str, str] = {}
    level = 0
    found: list[Rectangle] = []

    def start(name: str, told: dict[str, str]) -> None:
        nonlocal level
        level += 1
        local = name.rpartition(":")[2]
        if local.endswith("Anchor"):
            corners.clear()
            extent.clear()
        elif local in {"from", "to"}:
            corners.append({})
        elif local in {"ext", "pos"} and "cx" in told and not extent:
            extent.update(told)
        texts.clear()

    def end(name: str) -> None:
        local = name.rpartition(":")[2]
        if local in {"col", "row", "colOff", "rowOff"} and corners:
            corners[-1].setdefault(local, measure("".join(texts), 0))
        elif local.endswith("Anchor") and corners:
            found.append(_placed(corners, extent, measures))
        texts.clear()

    made = parser(part)
    made.StartElementHandler, made.EndElementHandler = start, end
    made.CharacterDataHandler = texts.append
    run(made, drawing, part)
    yield from found


def _placed(
    corners: list[dict[str, float]], extent: Mapping[str, str], measures: Measures
) -> Rectangle:
    places = [
        (
            measures.left(int(corner.get("col", 0))) + corner.get("colOff", 0) / _EMU,
            measures.top(int(corner.get("row", 0))) + corner.get("rowOff", 0) / _EMU,
        )
        for corner in corners
    ]
    left, top = places[0]
    if len(places) > 1:
        return Rectangle(left, top, *places[1])
    wide, high = (measure(extent.get(name), 0) / _EMU for name in ("cx", "cy"))
    return Rectangle(left, top, left + wide, top + high)


def controls(vml: bytes, measures: Measures) -> Iterator[Rectangle]:
    """Where the buttons and other controls of a VML part are; notes are hidden."""
    for anchor in _ANCHOR.findall(vml):
        numbers = [whole_number(text) for text in anchor.decode().split(",")]
        if len(numbers) == 8:
            left, dx, top, dy, right, wide, bottom, high = numbers
            yield Rectangle(
                measures.left(left) + dx,
                measures.top(top) + dy,
                measures.left(right) + wide,
                measures.top(bottom) + high,
            )
