"""The blocks of a sheet that may be tables, found without a word: cut, headed and labelled.

A sheet is cut at blank rows and blank columns, and where a new heading row stands. The rows
above the first figures head the columns; the texts beside the figures name the rows; texts
that stand alone above are titles. Each cell is in one block at most.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.reading.cells import Holds, Place, contents
from finsam_xl.reading.pieces import Piece, piece
from finsam_xl.reading.regions import Region, regions
from finsam_xl.reading.row_labels import is_sentence
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.said import ColumnSays
from finsam_xl.sheets.tables import HeadingTexts
from finsam_xl.words import results, totals

_TITLE_ROWS = 8
_LONGEST_TITLE = 80
_LONGEST_LABEL = 70
Area = tuple[int, int, int, int]


class Block(NamedTuple):
    """A block of cells that may be a table.

    ``header``: its heading rows from the top; ``body``: the rows below that hold anything;
    ``labels``: the columns whose texts name the rows, the outermost first; ``columns``: all
    others; ``titles``: the texts above, the nearest first; ``repeats``: rows of the body
    that say the headings over again; ``notes``: the rows of texts right under the last.
    """

    sheet: SheetGrid
    header: tuple[int, ...]
    body: tuple[int, ...]
    labels: tuple[int, ...]
    columns: tuple[int, ...]
    titles: tuple[str, ...]
    repeats: frozenset[int]
    origins: HeadingTexts
    notes: tuple[int, ...] = ()

    @property
    def area(self) -> Area:
        """First row, first column, last row and last column."""
        return self.top, self.left, self.bottom, self.right

    @property
    def top(self) -> int:
        """The first row."""
        return self.header[0] if self.header else self.body[0]

    @property
    def bottom(self) -> int:
        """The last row."""
        return self.body[-1] if self.body else self.header[-1]

    @property
    def left(self) -> int:
        """The first column."""
        return min((*self.labels, *self.columns))

    @property
    def right(self) -> int:
        """The last column."""
        return max((*self.labels, *self.columns))

    def heading(self, column: int) -> tuple[Piece, ...]:
        """What stands over a column, from the top; what spans it included."""
        found = (self._piece(row, column) for row in self.header)
        return tuple(one for one in found if one is not None)

    def texts(self, column: int) -> tuple[str, ...]:
        """The same as texts."""
        return tuple(one.text for one in self.heading(column))

    def corrected(self, column: int) -> tuple[Piece, ColumnSays] | None:
        """The cell over a column that a person says how to read, and what she says."""
        said = self.sheet.said.columns
        found = (one for one in self.heading(column) if said and one.column == column)
        return next(
            ((one, said[at]) for one in found if (at := (one.row, one.column)) in said), None
        )

    def _piece(self, row: int, column: int) -> Piece | None:
        origin = self.origins.origin(row, column)
        at_row, at_column = origin
        own = piece(self.sheet.cell(*origin), *origin, spans=at_column != column)
        if own is not None or origin != (row, column) or row == self.header[-1]:
            return own if at_row in self.header else None
        return self._spanning(row, column)

    def _spanning(self, row: int, column: int) -> Piece | None:
        """The nearest on the left in a row above the last: it spans what is blank beside it."""
        if column in self.labels:
            return None
        for other in range(column - 1, self.left - 1, -1):
            if other in self.labels:
                return None
            origin = self.origins.origin(row, other)
            if origin != (row, other):
                return None  # merged over its own columns, and not over this one
            found = piece(self.sheet.cell(*origin), *origin, spans=True)
            if found is not None:
                below = (self.sheet.cell(at, other) for at in self.header if at > row)
                return found if any(not cell.is_blank for cell in below) else None
        return None


def blocks(sheet: SheetGrid) -> Sequence[Block]:
    """The blocks of a sheet that have figures, from the top; found once for all who ask."""
    if blocks not in sheet.kept:
        sheet.kept[blocks] = tuple(_blocks(sheet))
    found: Sequence[Block] = sheet.kept[blocks]
    return found


def _blocks(sheet: SheetGrid) -> list[Block]:
    held = contents(sheet)
    origins = HeadingTexts(sheet)
    found: list[Block] = []
    above: list[tuple[Area, bool]] = []
    for region in regions(sheet, held):
        one = _block(sheet, held, origins, region, above)
        if one is not None:
            found.append(one)
            above.append((one.area, bool(one.header)))
    return found


def _block(
    sheet: SheetGrid,
    held: dict[Place, Holds],
    origins: HeadingTexts,
    region: Region,
    above: Sequence[tuple[Area, bool]],
) -> Block | None:
    body = _without_notes(sheet, held, region)
    labels, columns = _axes(sheet, held, region, body)
    if not columns or not body:
        return None
    one = Block(sheet, region.header, body, labels, columns, (), frozenset(region.repeats), origins)
    notes = tuple(row for row in region.body if row > body[-1])
    return one._replace(titles=_titles(sheet, one, above), notes=notes)


def _without_notes(sheet: SheetGrid, held: dict[Place, Holds], region: Region) -> tuple[int, ...]:
    """The rows below the headings, without the notes that stand under the last of them."""
    rows = list(region.body)
    while rows and _is_note(sheet, held, region, rows):
        rows.pop()
    return tuple(rows)


def _is_note(
    sheet: SheetGrid, held: dict[Place, Holds], region: Region, rows: Sequence[int]
) -> bool:
    """Whether the last row is a text alone that is no result waiting to be filled in."""
    row = rows[-1]
    filled = [(c, what) for c, what in region.cells(held, row)]
    if len(filled) != 1 or filled[0][1] is not Holds.TEXT:
        return False
    if (row, filled[0][0]) in sheet.said.rows:
        return False
    text = str(sheet.cell(row, filled[0][0]).value).strip()
    if len(text) > _LONGEST_LABEL or is_sentence(text) or text.startswith("*"):
        return True
    if totals.is_sum(text) or results.is_result(text) or results.closes(text):
        return False
    return len(rows) > 1 and row - rows[-2] > 1


def _axes(
    sheet: SheetGrid, held: dict[Place, Holds], region: Region, body: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of labels and all others."""
    counts = {c: _counts(held, body, c) for c in region.columns}
    figures = [c for c, (texts, numbers) in counts.items() if numbers and numbers >= texts]
    texts = [c for c, (said, numbers) in counts.items() if said and said > numbers]
    if not figures or not texts:
        return (), tuple(region.columns) if figures else ()
    left = [c for c in texts if any(figure > c for figure in figures)]
    name = _naming(sheet, held, body, left or texts)
    first = min((c for c in figures if c > name), default=None)
    if first is None:
        # The labels stand last: everything before them is figures.
        return (name,), tuple(c for c in region.columns if c != name)
    outer = [c for c in left if c < name and not _are_codes(sheet, held, body, c)]
    labels = (*outer, name)
    return labels, tuple(c for c in region.columns if c not in labels)


def _counts(held: dict[Place, Holds], body: Sequence[int], column: int) -> tuple[int, int]:
    """How many texts and figures a column has in some rows."""
    kinds = [held.get((row, column)) for row in body]
    return kinds.count(Holds.TEXT), kinds.count(Holds.FIGURE)


def _naming(
    sheet: SheetGrid, held: dict[Place, Holds], body: Sequence[int], columns: Sequence[int]
) -> int:
    """The column whose texts tell rows apart: that with most different ones, the first of such."""

    def different(column: int) -> int:
        texts = {_text(sheet, held, row, column) for row in body} - {""}
        return sum(not is_code(text) for text in texts)

    return max(columns, key=lambda column: (different(column), -column))


def _text(sheet: SheetGrid, held: dict[Place, Holds], row: int, column: int) -> str:
    if held.get((row, column)) is not Holds.TEXT:
        return ""
    return str(sheet.cell(row, column).value).strip()


def _are_codes(
    sheet: SheetGrid, held: dict[Place, Holds], body: Sequence[int], column: int
) -> bool:
    texts = [text for row in body if (text := _text(sheet, held, row, column))]
    return 2 * sum(map(is_code, texts)) > len(texts)


def is_code(text: str) -> bool:
    """Whether a text is a code and no name: short, in one piece, with a digit in it."""
    return len(text) <= 8 and " " not in text and any(c.isdigit() for c in text)


def _titles(sheet: SheetGrid, block: Block, above: Sequence[tuple[Area, bool]]) -> tuple[str, ...]:
    """Short texts above a block, the nearest first, down to the block above it.

    ``above``: where the blocks before it are, and whether they have headings.
    """
    top, left, _, right = block.area
    ends = (
        area[2] for area, is_headed in above if is_headed and area[1] <= right and left <= area[3]
    )
    stop = max((row for row in ends if row < top), default=0)
    found: list[str] = []
    for row in range(top - 1, max(stop, top - 1 - _TITLE_ROWS), -1):
        text = _first_text(sheet, row, left, right)
        if not text and not any(area[0] <= row <= area[2] for area, _ in above):
            # A title of the whole sheet stands over the leftmost of tables side by side.
            text = _first_text(sheet, row, 1, left)
        if text and len(text) <= _LONGEST_TITLE:
            found.append(text)
    return tuple(found)


def _first_text(sheet: SheetGrid, row: int, left: int, right: int) -> str:
    texts = (sheet.cell(row, column).value for column in range(left, right + 1))
    return next((t.strip() for t in texts if isinstance(t, str) and t.strip()), "")
