"""Where a table of counts, shares or stated figures may begin: the rows that may head one.

Such is the heading row of a block, and any other row with two headings that one kind of table
has: a list of goals needs no figures, and is no block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from finsam_xl.address import box
from finsam_xl.reading.blocks import Block, blocks
from finsam_xl.reading.cells import Holds, contents, year_of
from finsam_xl.reading.count_content import Held, Laid
from finsam_xl.reading.count_kinds import Kind
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import BLANK, SheetGrid
from finsam_xl.sheets.tables import HeadingTexts, Table
from finsam_xl.words.count_columns import WHOLE

_LEAST = 2
_LARGEST_GAP = 1
_MOST_ROWS = 200
_TITLE_ROWS = 8
_LONGEST_TITLE = 80


class Head(NamedTuple):
    """A row that may head a table: what it says over each column, and the columns below it.

    ``spanned``: what is said together with what spans the column from above.
    """

    sheet: SheetGrid
    row: int
    texts: Mapping[int, str]
    spanned: Mapping[int, str]
    columns: tuple[Held, ...]
    laid: Laid
    rows: tuple[int, ...]
    is_block: bool

    def says(self, kind: Kind, number: int) -> Iterator[tuple[float, str]]:
        """The fields of a kind that a column's heading names, and how surely."""
        if number not in self.texts:
            return
        text, spanned = self.texts[number], self.spanned.get(number)
        for field in kind.fields:
            whole = field.says(spanned) if spanned else 0
            weight = whole if whole == WHOLE else field.says(text)
            if weight:
                yield weight, field.name

    def heading(self, number: int) -> str:
        """What stands over a column."""
        return self.texts.get(number, "")


def heads(sheet: SheetGrid, kinds: Sequence[Kind], taken: Iterable[Table] = ()) -> Sequence[Head]:
    """The rows of a sheet that may head a table of some kinds, from the top.

    ``taken``: tables that are known to be of other kinds.
    """
    if sheet.large:
        return ()
    known = {row for table in taken for row in _rows_of(table)}
    found = {row: head for row, head in _of_blocks(sheet).items() if row not in known}
    origins = HeadingTexts(sheet)
    for row in _named(sheet, kinds, known):
        if row not in found:
            one = _head(sheet, origins, row, range(1, sheet.width + 1), is_block=False)
            said = [n for n in one.texts if origins.own(row, n) and _is_said(one, kinds, n)]
            if len(said) >= _LEAST:
                found[row] = one
    return [found[row] for row in sorted(found)]


def _rows_of(table: Table) -> range:
    top, _, bottom, _ = box(table.range)
    return range(top, bottom + 1)


def _of_blocks(sheet: SheetGrid) -> dict[int, Head]:
    """The heading rows of a sheet's blocks; found once for all who ask."""
    if _of_blocks not in sheet.kept:
        origins = HeadingTexts(sheet)
        sheet.kept[_of_blocks] = {
            row: _head(sheet, origins, row, range(block.left, block.right + 1), is_block=True)
            for block in blocks(sheet)
            if (row := _heading_row(block))
        }
    found: dict[int, Head] = sheet.kept[_of_blocks]
    return found


def _is_said(head: Head, kinds: Sequence[Kind], number: int) -> bool:
    """Whether a column's heading is one of some kind."""
    return any(True for kind in kinds for _ in head.says(kind, number))


def _heading_row(block: Block) -> int | None:
    """The lowest heading row with more than one text: what stands alone below heads rows."""
    columns = range(block.left, block.right + 1)
    for row in reversed(block.header):
        if sum(not block.sheet.cell(row, c).is_blank for c in columns) >= _LEAST:
            return row
    return None


def _texts(sheet: SheetGrid) -> list[tuple[int, list[str], bool]]:
    """The texts of each row, and whether it has figures; gone through once for all who ask."""
    if _texts not in sheet.kept:
        held = contents(sheet)
        sheet.kept[_texts] = [
            (
                row,
                [str(c.value) for n, c in cells if held.get((row, n)) is Holds.TEXT],
                any(held.get((row, n)) is Holds.FIGURE and year_of(c) is None for n, c in cells),
            )
            for row, cells in sheet.rows()
        ]
    found: list[tuple[int, list[str], bool]] = sheet.kept[_texts]
    return found


def _named(sheet: SheetGrid, kinds: Sequence[Kind], known: set[int]) -> Iterator[int]:
    """The rows where two headings are those of one kind, and the row below such."""
    rows: set[int] = set()
    for row, texts, has_figures in _texts(sheet):
        if row in known:
            continue
        if not has_figures and row - 1 in rows:
            rows.add(row)
        elif len(texts) >= _LEAST and not has_figures:
            rows |= {row} if any(_names(kind, texts) for kind in kinds) else set()
    yield from sorted(rows)


def _names(kind: Kind, texts: Sequence[str]) -> bool:
    said = [any(field.says(text) == WHOLE for field in kind.fields) for text in texts]
    return sum(said) >= _LEAST


def _head(
    sheet: SheetGrid, origins: HeadingTexts, row: int, columns: range, *, is_block: bool
) -> Head:
    texts: dict[int, str] = {}
    spanned: dict[int, str] = {}
    is_grouped = row > 1 and _spans(origins, row, columns)
    for number in columns:
        own = origins.own(row, number)
        text = own or (origins.own(row - 1, number) if row > 1 else "")
        if text:
            texts[number] = text
        if own and is_grouped:
            spanned[number] = f"{origins.group(row - 1, number)} {own}".strip()
    rows = tuple(_below(sheet, row, columns))
    cells = sheet.cells
    held = tuple(
        Held(c, (texts.get(c, ""),), tuple([cells.get((r, c), BLANK) for r in rows]))
        for c in columns
    )
    return Head(sheet, row, texts, spanned, held, Laid(held), rows, is_block)


def _spans(origins: HeadingTexts, row: int, columns: range) -> bool:
    """Whether the row above has several headings, some of which stand over more than one column."""
    above = [origins.own(row - 1, c) for c in columns]
    if sum(map(bool, above)) < _LEAST:
        return False
    return any(
        origins.own(row, c) and not text and origins.group(row - 1, c)
        for c, text in zip(columns, above, strict=True)
    )


def _below(sheet: SheetGrid, head: int, columns: range) -> Iterator[int]:
    """The rows below a heading, down to a gap or to a text that stands alone after one."""
    gap = 0
    held = contents(sheet)
    for row in range(head + 1, min(sheet.height, head + _MOST_ROWS) + 1):
        filled = [what for c in columns if (what := held.get((row, c))) is not None]
        if not filled:
            gap += 1
            if gap > _LARGEST_GAP:
                return
            continue
        if gap and filled == [Holds.TEXT]:
            return
        gap = 0
        yield row


def titles_above(head: Head, stop: int) -> tuple[str, ...]:
    """Short texts above a heading row, nearest first, down from row ``stop`` (exclusive)."""
    found: list[str] = []
    filled = [column.number for column in head.columns if head.heading(column.number)]
    for row in range(head.row - 1, max(stop, head.row - 1 - _TITLE_ROWS), -1):
        for number in range(1, max(filled, default=0) + 1):
            value = head.sheet.cell(row, number).value
            if type(value) is str and value.strip() and len(value) <= _LONGEST_TITLE:
                found.append(value.strip())
                break
    return tuple(found)
