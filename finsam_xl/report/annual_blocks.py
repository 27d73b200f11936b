"""Tables beside each other on a report sheet: blocks of rows in the halves of a page.

A block is a title, headings, rows and small print. Two halves share the rows of the sheet,
so a row is as high as the higher of the two.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.look import is_long
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.sheetplan import Role

GAP = 8.0
_LABEL_LINE = 13.0
_PIXELS = {
    **dict.fromkeys("ijl.,:;'\u00a0 ", 3.1),
    **dict.fromkeys("ftrI()-/", 4.5),
    **dict.fromkeys("sczkvxy", 5.6),
    **dict.fromkeys("mwMW", 10.4),
}
_CAPITAL, _OTHER = 8.0, 6.6
"""How wide the characters of a label are, in pixels."""
_WIDTH, _MARGIN, _BOLD = 7.0, 1.02, 1.04
"""Pixels of a column for each of its characters; how much wider than reckoned a label may be."""
_NOTE_LINE, _NOTE_CHARACTER = 12.5, 5.2

Value = tuple[float | str | None, Role]
"""What a cell holds, and its role."""


class Item(NamedTuple):
    """A row of a block: label and values, with the label's role and source."""

    label: str
    values: tuple[Value, ...] = ()
    role: Role = look.LABEL
    link: str = ""

    @property
    def is_section(self) -> bool:
        """Whether lines belong below it."""
        return self.role == say.SECTION_ROW


class Block(NamedTuple):
    """A table in a half of a page; ``headings`` begins with the label's.

    ``texts``: columns of words, counted from the labels' as 0, which are aligned as such.
    """

    title: str
    headings: tuple[str, ...]
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()
    texts: tuple[int, ...] = ()


class Half(NamedTuple):
    """A part of the page: the first column of its labels, and how many columns of values follow.

    ``span``: over how many columns the labels stand.
    """

    first: int
    columns: int
    span: int = 1

    @property
    def labels(self) -> int:
        """The last column of its labels."""
        return self.first + self.span - 1

    @property
    def last(self) -> int:
        """Its last column."""
        return self.labels + self.columns


class Halves(NamedTuple):
    """The two halves of a page."""

    left: Half
    right: Half

    def put(self, sheet: ReportSheet, left: Sequence[Block], right: Sequence[Block] = ()) -> None:
        """Draw blocks beside each other; those of one half alone stand to the left."""
        if left and right:
            put(sheet, ((self.left, left), (self.right, right)))
        elif left or right:
            put(sheet, ((self.left, left or right),))


class _Line(NamedTuple):
    height: float
    draw: Callable[[int], None]
    first_of: int | None = None


class Placed(NamedTuple):
    """Where blocks came to stand: top row, height, and the first row of each block by half."""

    top: int
    height: float
    rows: tuple[tuple[int, ...], ...]


def put(
    sheet: ReportSheet,
    halves: Sequence[tuple[Half, Sequence[Block]]],
    least: float = 0,
) -> Placed:
    """Draw blocks under each other in their halves, on a page that has room for them all.

    ``least``: the height a chart beside them needs.
    """
    lines = [list(_lines(sheet, half, blocks)) for half, blocks in halves]
    heights = _heights(lines)
    while sum(heights) < least:
        heights.append(ROW)
    sheet.fit(sum(heights))
    top = sheet.row
    for height in heights:
        sheet.down(height)
    rows: list[list[int]] = [[] for _ in halves]
    for number, half in enumerate(lines):
        for row, line in enumerate(half, start=top):
            line.draw(row)
            if line.first_of is not None:
                rows[number].append(row)
    return Placed(top, sum(heights), tuple(map(tuple, rows)))


def _heights(lines: Sequence[Sequence[_Line]]) -> list[float]:
    """How high the rows become that halves share."""
    return [max(line.height for line in row if line) for row in zip_longest(*lines)]


def height_together(sheet: ReportSheet, halves: Sequence[tuple[Half, Sequence[Block]]]) -> float:
    """How high blocks beside each other become."""
    return sum(_heights([list(_lines(sheet, half, blocks)) for half, blocks in halves]))


def blocks_height(sheet: ReportSheet, half: Half, blocks: Sequence[Block]) -> float:
    """How high blocks under each other become in a half that has the page to itself."""
    return sum(line.height for line in _lines(sheet, half, blocks)) if blocks else 0


def _lines(sheet: ReportSheet, half: Half, blocks: Sequence[Block]) -> Iterator[_Line]:
    for number, block in enumerate(blocks):
        # All but the first rows are of one height, so that the halves stay in step.
        if number:
            yield _Line(ROW, _nothing)
        yield _Line(ROW if number else SECTION_HEIGHT, _title(sheet, half, block.title))
        yield _Line(_heading_height(sheet, half, block), _headings(sheet, half, block))
        for place, item in enumerate(block.items):
            height = item_height(item, sum(sheet.widths[half.first - 1 : half.labels]))
            yield _Line(height, _item(sheet, half, block, item), None if place else number)
        for text in block.notes:
            rows = _note_rows(sheet, half, text)
            yield _Line(ROW, _note(sheet, half, text, rows))
            yield from [_Line(ROW, _nothing)] * (rows - 1)
    yield _Line(GAP, _nothing)


def _nothing(_row: int) -> None:
    """An empty row."""


def _title(sheet: ReportSheet, half: Half, text: str) -> Callable[[int], None]:
    return lambda row: sheet.canvas.put(row, half.first, text, look.SECTION)


def _headings(sheet: ReportSheet, half: Half, block: Block) -> Callable[[int], None]:
    def draw(row: int) -> None:
        for number, text in enumerate(block.headings):
            is_left = number in {0, *block.texts}
            role = look.HEADING if is_left else look.HEADING_RIGHT
            if number:
                sheet.canvas.put(row, half.labels + number, text, role)
            else:
                sheet.canvas.wide(row, half.first, half.labels, text, role)

    return draw


def _item(sheet: ReportSheet, half: Half, block: Block, item: Item) -> Callable[[int], None]:
    def draw(row: int) -> None:
        if item.is_section:
            last = half.labels + len(block.headings) - 1
            sheet.canvas.wide(row, half.first, last, item.label, item.role, link=item.link)
            return
        role = item.role._replace(wrap=True)
        sheet.canvas.wide(row, half.first, half.labels, item.label, role, link=item.link)
        blank = (None, look.total(look.LABEL, bool(item.role.top)))
        for column in range(1, len(block.headings)):
            value = item.values[column - 1] if column <= len(item.values) else blank
            sheet.canvas.put(row, half.labels + column, *value)

    return draw


def _note(sheet: ReportSheet, half: Half, text: str, rows: int) -> Callable[[int], None]:
    def draw(row: int) -> None:
        sheet.canvas.put(row, half.first, text, look.NOTE._replace(valign="center"))
        sheet.canvas.merges.append((row, half.first, row + rows - 1, half.last))

    return draw


def _heading_height(sheet: ReportSheet, half: Half, block: Block) -> float:
    widths = sum(sheet.widths[half.first - 1 : half.labels]), *sheet.widths[half.labels : half.last]
    return HEADING if any(map(is_long, block.headings, widths)) else ROW


def _note_rows(sheet: ReportSheet, half: Half, text: str) -> int:
    """Over how many rows a sentence stands."""
    lines = math.ceil(len(text) * _NOTE_CHARACTER / sheet.pixels(half.first, half.last))
    return math.ceil((2 + _NOTE_LINE * lines) / ROW)


def _pixels(character: str) -> float:
    """How wide a character of a label is."""
    return _PIXELS.get(character, _CAPITAL if character.isupper() else _OTHER)


def small_print_height(sheet: ReportSheet, half: Half, block: Block) -> float:
    """How high the sentences below a block are."""
    return ROW * sum(_note_rows(sheet, half, text) for text in block.notes)


def item_height(item: Item, width: float) -> float:
    """How high a row becomes when its label is wrapped in a column; a section has the row."""
    if item.is_section:
        return ROW
    pixels = sum(map(_pixels, item.label)) * _MARGIN * (_BOLD if item.role.bold else 1)
    room = int(width * _WIDTH * len(item.label) / pixels) if pixels else 1
    lines = len(textwrap.wrap(item.label, max(1, room))) or 1
    return ROW if lines == 1 else ROW - _LABEL_LINE + _LABEL_LINE * lines
