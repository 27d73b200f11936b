"""Tables of an annual report: a title, headings, rows and small print, as pieces of its pages.

The columns of a sheet are the same for all its tables: some for the names of the rows, and the
rest for values. A table takes the last of them, and its names all before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.flow import FREE, LINE, NEVER, SECTION, Piece, gap
from finsam_xl.report.look import text_height, wrapped
from finsam_xl.report.sheet import NOTES, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.sheetplan import Role

GAP = 8.0
_CONTINUED = ", forts."
_KEPT_FIRST, _KEPT_LAST = 4, 5
"""How many of its first and last rows a table keeps together."""
_TEXT_COLUMNS = 2
"""How many columns a column of words takes."""


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

    @property
    def is_inside(self) -> bool:
        """Whether it is a part of the line above it."""
        return self.label.startswith(look.INDENT)


class Block(NamedTuple):
    """A table; ``headings`` begins with the label's.

    ``texts``: columns of words, counted from the labels' as 0, which are aligned as such;
    ``is_whole``: it stands on one page.
    """

    title: str
    headings: tuple[str, ...]
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()
    texts: tuple[int, ...] = ()
    is_whole: bool = False


def continued(title: str) -> str:
    """The title of a table that goes on."""
    return f"{title.removesuffix(_CONTINUED)}{_CONTINUED}"


class _Columns:
    """Where the columns of a block stand on a sheet, by their numbers from the labels' as 0."""

    def __init__(self, sheet: ReportSheet, block: Block) -> None:
        self._sheet = sheet
        taken = [_TEXT_COLUMNS if n in block.texts else 1 for n in range(len(block.headings))]
        first = sheet.last + 1 - sum(taken[1:])
        self.spans = [(1, first - 1)]
        for columns in taken[1:]:
            self.spans.append((first, first + columns - 1))
            first += columns

    def width(self, number: int) -> float:
        """How wide a column is, in characters."""
        return self._sheet.characters(*self.spans[number])


def pieces(sheet: ReportSheet, block: Block) -> Iterator[Piece]:
    """A table row by row, with an empty row after it."""
    columns = _Columns(sheet, block)
    title, headings = _title(sheet, block.title), _headings(sheet, block, columns)
    again = (_title(sheet, continued(block.title)), headings)
    if block.title:
        yield title
    yield headings
    for number, item in enumerate(block.items):
        cost = _cost(block, number)
        width = sheet.characters(1, sheet.last) if item.is_section else columns.width(0)
        height = _height(item.label, width, item.role)
        draw = _item(sheet, block, columns, number, height)
        yield Piece(height, draw, cost, top=again)
    for text in block.notes:
        yield note(sheet, text)
    yield gap(sheet, GAP)


def _height(text: str, width: float, role: Role) -> float:
    return max(ROW, text_height(text, width, role.size, bold=role.bold))


def _cost(block: Block, number: int) -> float:
    """What it costs to begin a page with a row of a table."""
    item, after = block.items[number], len(block.items) - number
    if number < _KEPT_FIRST or after < _KEPT_LAST or block.is_whole:
        return NEVER
    if block.items[number - 1].is_section or item.role.top or item.is_inside:
        return NEVER
    return SECTION if item.is_section else LINE


def _title(sheet: ReportSheet, text: str) -> Piece:
    role = look.SECTION._replace(wrap=True)
    lines = text_height(text, sheet.characters(1, sheet.last), role.size, bold=True)
    height = max(SECTION_HEIGHT, lines)

    def draw() -> None:
        sheet.canvas.wide(sheet.down(height), 1, sheet.last, text, role)

    return Piece(height, draw, FREE)


def _headings(sheet: ReportSheet, block: Block, columns: _Columns) -> Piece:
    size = look.HEADING.size
    texts = [
        wrapped(text, columns.width(n), size, bold=True) for n, text in enumerate(block.headings)
    ]
    height = max(_height(text, columns.width(n), look.HEADING) for n, text in enumerate(texts))

    def draw() -> None:
        row = sheet.down(height)
        for number, (text, (first, last)) in enumerate(zip(texts, columns.spans, strict=True)):
            is_left = number in {0, *block.texts}
            role = look.HEADING if is_left else look.HEADING_RIGHT
            sheet.canvas.wide(row, first, last, text, role)

    return Piece(height, draw, NEVER if block.title else FREE)


def _item(
    sheet: ReportSheet, block: Block, columns: _Columns, number: int, height: float
) -> Callable[[], None]:
    item = block.items[number]

    def draw() -> None:
        row = sheet.down(height)
        if item.is_section:
            sheet.canvas.wide(row, 1, sheet.last, item.label, item.role, link=item.link)
            return
        role = item.role._replace(wrap=True)
        sheet.canvas.wide(row, *columns.spans[0], item.label, role, link=item.link)
        blank = (None, look.total(look.LABEL, bool(item.role.top)))
        for column, (first, last) in enumerate(columns.spans[1:]):
            value, how = item.values[column] if column < len(item.values) else blank
            sheet.canvas.wide(row, first, last, value, how)

    return draw


def note(sheet: ReportSheet, text: str) -> Piece:
    """A sentence in small print; one that begins with a mark has its colour."""
    is_marked = text.startswith(look.SYMBOLS["röd"])
    role = look.inked(look.NOTE, "röd" if is_marked else "")
    return Piece(sheet.note_height(text), lambda: sheet.note(text, role))


def notes(sheet: ReportSheet, texts: Sequence[str]) -> Iterator[Piece]:
    """What the figures of a report rest on, sentence by sentence."""
    yield _title(sheet, NOTES)
    yield from (note(sheet, text) for text in texts)
