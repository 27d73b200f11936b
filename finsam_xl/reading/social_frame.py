"""Where on a sheet a social budget may stand: heading rows, the rows below them, and titles.

A block that says its headings over again is one frame for each time, and what follows
without headings of its own goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finsam_xl.reading.blocks import Block
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, SheetGrid

_TITLE_ROWS = 8
_LONGEST_TITLE = 80
_LARGEST_GAP = 6
_DOTTED = re.compile(r"\d+(?:\.\d+)+[a-zåäö]?\.?(?:\s*[-–]\s*.+)?")
_LETTERED = re.compile(r"[A-Za-zÅÄÖåäö]{1,3}[. -]?\d+(?:\.\d+)*[a-zåäö]?\.?")
_COUNTED = re.compile(r"\d{1,3}\.?")
_STYLES = (_DOTTED, _LETTERED, _COUNTED)
_MOSTLY = 0.6


class Frame(NamedTuple):
    """Heading rows, columns, the rows below in order, and the titles above, nearest first."""

    block: Block
    header: tuple[int, ...]
    columns: tuple[int, ...]
    rows: tuple[int, ...]
    titles: tuple[str, ...]
    is_last: bool

    @property
    def sheet(self) -> SheetGrid:
        """The sheet it stands on."""
        return self.block.sheet

    def heading(self, column: int) -> tuple[str, ...]:
        """What stands over a column, from the top."""
        return self.block._replace(header=self.header).texts(column)

    def cell(self, row: int, column: int) -> Cell:
        """A cell of the sheet."""
        return self.sheet.cell(row, column)

    def text(self, row: int, column: int) -> str:
        """What a cell shows, '' for nothing."""
        return self.sheet.cell(row, column).shown


class Numbers(NamedTuple):
    """The column that numbers the indicators, and the rows it numbers."""

    column: int
    rows: tuple[int, ...]
    is_dotted: bool


def frames(found: Sequence[Block]) -> Iterator[Frame]:
    """The frames of a sheet's blocks, from the top."""
    heads = [block for block in found if block.header]
    stop = 0
    for block in heads:
        rows = [*block.body, *(row for row in _below(block, found))]
        top = _with_upper(block)
        starts = [top, *((row,) for row in sorted(block.repeats))]
        ends = [start[0] for start in starts[1:]]
        for number, (header, end) in enumerate(zip(starts, [*ends, None], strict=True)):
            here = [r for r in rows if r > header[-1] and (end is None or r < end)]
            columns = tuple(range(block.left, block.right + 1))
            is_own = number or len(top) > len(block.header)
            titles = _titles(block, header[0], stop) if is_own else block.titles
            yield Frame(block, header, columns, tuple(here), titles, end is None)
            stop = here[-1] if here else header[-1]


def _with_upper(block: Block) -> tuple[int, ...]:
    """The heading rows, with one right above that only spans columns without figures."""
    above = block.header[0] - 1
    cells = [block.sheet.cell(above, c) for c in range(block.left, block.right + 1)]
    filled = [cell.value for cell in cells if not cell.is_blank]
    is_group = len(filled) > 1 and all(isinstance(value, str) for value in filled)
    return (above, *block.header) if is_group else block.header


def _below(block: Block, found: Sequence[Block]) -> Iterator[int]:
    """The rows of blocks without headings right below, up to one with headings."""
    after = [b for b in found if b.top > block.bottom and _overlaps(block, b)]
    last = block.bottom
    for one in sorted(after, key=lambda b: b.top):
        if one.header or one.top - last > _LARGEST_GAP:
            return
        yield from one.body
        last = one.bottom


def _overlaps(one: Block, other: Block) -> bool:
    return one.left <= other.right and other.left <= one.right


def _titles(block: Block, top: int, stop: int) -> tuple[str, ...]:
    """Short texts above a heading row that is said again, nearest first, down to a filled row."""
    found: list[str] = []
    for row in range(top - 1, max(stop, top - 1 - _TITLE_ROWS), -1):
        cells = [block.sheet.cell(row, c).value for c in range(block.left, block.right + 1)]
        texts = [value.strip() for value in cells if isinstance(value, str) and value.strip()]
        if texts and len(texts[0]) <= _LONGEST_TITLE:
            found.append(texts[0])
    return tuple(found)


def numbers(frame: Frame, votes: Sequence[int]) -> Numbers | None:
    """The column that numbers the indicators; ``votes``: columns whose headings say so."""
    for column in (*votes, *(c for c in frame.columns if c not in votes)):
        found = _numbered(frame, column, is_named=column in votes)
        if found is not None:
            return found
    return None


def _numbered(frame: Frame, column: int, *, is_named: bool) -> Numbers | None:
    filled = [(row, text) for row in frame.rows if (text := frame.text(row, column))]
    for style in _STYLES:
        rows = tuple(row for row, text in filled if style.fullmatch(text))
        if not rows or (style is not _DOTTED and len(rows) < _MOSTLY * len(filled)):
            continue
        if is_named or (style is not _COUNTED and _are_labels(frame, column, rows, filled)):
            return Numbers(column, rows, style is _DOTTED)
        return None
    return None


def _are_labels(
    frame: Frame, column: int, rows: Sequence[int], filled: Sequence[tuple[int, str]]
) -> bool:
    """Whether what looks like numbers of rows are: different, most of them, on the left."""
    texts = [frame.text(row, column) for row in rows]
    is_first = column in frame.columns[:3]
    is_mostly = len(rows) >= max(2, _MOSTLY * len(filled))
    return is_first and is_mostly and len(set(texts)) == len(texts)


def area_of(number: str, *, is_dotted: bool) -> str:
    """What a number's first part says: the area that the indicator belongs to."""
    if is_dotted:
        return number.partition(".")[0]
    return re.match(r"[A-Za-zÅÄÖåäö]*", number).group()  # type: ignore[union-attr]
