"""Reading the comments of a report sheet that people have worked in.

Rows may have been moved, sorted or deleted and columns inserted; what is found is what is
under a heading "Kommentar", with the label of its row and the section rows above it, or
the section a column "Avsnitt" says.

A comment that its owner has written in the table itself is shown in the report as well, and is no
comment of the report: beside it, out of sight, stands the same text once more. Only one that
someone has changed in the report is not the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from finsam_xl.labels import normalise
from finsam_xl.records import NamedTuple
from finsam_xl.report.comments import CommentKey
from finsam_xl.sheets.grid import Cell, CellError, SheetGrid, is_number

LABEL, SECTION, COMMENT = "Rad", "Avsnitt", "Kommentar"
_NUMBER = re.compile(r"\s*\(nr ([1-9]\d{0,5})\)$")
_CODE = re.compile(r"([^\s,]*\d[^\s,]*), (.+)")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_HEADINGS = 4
_Row = dict[int, Cell]


def label_shown(label: str, code: str) -> str:
    """A label as the report shows it, after its code if it has one."""
    return f"{code}, {label}" if code else label


def key_of(section: str, shown: str, number: int = 0) -> CommentKey:
    """The key of a line from its label as the report shows it."""
    code = _CODE.fullmatch(shown.strip())
    if code:
        return CommentKey.of(section, code.group(2), code.group(1), number)
    return CommentKey.of(section, shown, number=number)


def section_shown(key: CommentKey) -> str:
    """The section as a column "Avsnitt" says it, with the number of a line that has doubles."""
    number = f" (nr {key.number + 1})" if key.number else ""
    return f"{key.shown_section}{number}".strip()


def title(sheet: SheetGrid) -> str:
    """The title of a report, which says the year or the part of it; '' where there is none."""
    first = next(iter(sheet.rows()), (0, ()))
    return next((_text(cell) for _, cell in first[1] if _text(cell)), "")


def read(sheet: SheetGrid) -> dict[CommentKey, str]:
    """The comments by line; '' for a line of the report that has none.

    What stands at the same line in two tables is kept as two paragraphs.
    """
    found: dict[CommentKey, str] = {}
    for key, text in _Reader(sheet).read():
        paragraphs = found.setdefault(key, text).split("\n")
        if text and text not in (found[key], *paragraphs):
            found[key] = f"{found[key]}\n{text}".strip()
    return found


class Numbered:
    """Gives lines their keys from the top, and a number each to those that are alike."""

    def __init__(self) -> None:
        self._seen: Counter[CommentKey] = Counter()

    def key(self, section: str, shown: str) -> CommentKey:
        """The key of the next line."""
        first = key_of(section, shown)
        number = self._seen[first]
        self._seen[first] += 1
        return key_of(section, shown, number)


class _Block(NamedTuple):
    """A table with comments: the columns of its labels, of its comments and of its sections."""

    label: int
    comment: int
    section: int | None


class _Reader:
    def __init__(self, sheet: SheetGrid) -> None:
        self.rows: list[_Row] = [dict(cells) for _, cells in sheet.rows()]
        self.section = ""
        self.numbered = Numbered()

    def read(self) -> Iterator[tuple[CommentKey, str]]:
        block: _Block | None = None
        for place, row in enumerate(self.rows):
            heading = self.block(place) if block is None or self.repeats(row) else None
            block = heading or block
            if heading is None and block is not None:
                yield from self.line(row, block)

    def repeats(self, row: _Row) -> bool:
        """Whether a row below some headings holds headings, and not a line with that comment."""
        said = [normalise(text) for cell in row.values() if (text := _text(cell))]
        return not _has_figures(row.values()) and (
            normalise(LABEL) in said or len(said) >= _LEAST_HEADINGS
        )

    def block(self, place: int) -> _Block | None:
        """The table whose headings a row holds, if it holds one with comments."""
        row = self.rows[place]
        words = {normalise(_text(cell)): column for column, cell in sorted(row.items())}
        section = words.get(normalise(SECTION))
        comment = words.get(normalise(COMMENT)) or self.comments_below(place, words)
        if comment is None:
            return None
        label = words.get(normalise(LABEL))
        if label is None:
            label = self.labels_below(place, {comment, section})
        return None if label is None else _Block(label, comment, section)

    def comments_below(self, place: int, words: dict[str, int]) -> int | None:
        """The column of comments under headings of ours whose "Kommentar" someone has changed.

        It is the last column in which lines with figures have a text.
        """
        label = words.get(normalise(LABEL))
        if label is None or len(words) < _LEAST_HEADINGS:
            return None
        columns = {
            column
            for row in self.rows[place + 1 :]
            if _has_figures(row.values())
            for column, cell in row.items()
            if column > label and type(cell.value) is str and _LETTER.search(_text(cell))
        }
        headed = columns & {column for column, cell in self.rows[place].items() if _text(cell)}
        return max(headed or columns, default=None)

    def labels_below(self, place: int, other: set[int | None]) -> int | None:
        """The column that holds most texts below some headings."""
        counts = Counter(
            column
            for row in self.rows[place + 1 :]
            for column, cell in row.items()
            if column not in other and _text(cell)
        )
        return max(counts, key=lambda column: (counts[column], -column), default=None)

    def line(self, row: _Row, block: _Block) -> Iterator[tuple[CommentKey, str]]:
        text = _typed(row, block.comment)
        shown = _text(row.get(block.label))
        if not (text or shown):
            return
        if block.section is not None:
            section = _text(row.get(block.section))
            number = _NUMBER.search(section)
            nth = int(number.group(1)) - 1 if number else 0
            yield key_of(_NUMBER.sub("", section), shown, nth), text
        elif _has_figures(row.values()):
            yield self.numbered.key(self.section, shown), text
        else:
            self.section = shown or self.section
            yield self.numbered.key("", shown), text


def _text(cell: Cell | None) -> str:
    """What a cell says; also a figure, which someone may have typed as a comment."""
    value = cell.value if cell is not None else None
    if value is None or isinstance(value, CellError | bool):
        return ""
    return str(value).strip()


def _typed(row: _Row, column: int) -> str:
    """The comment of a row, '' where it is the table's own as it was shown there."""
    text = _text(row.get(column))
    is_shown = any(at > column and text == _text(cell) for at, cell in row.items())
    return "" if is_shown else text


def _has_figures(cells: Iterable[Cell]) -> bool:
    return any(is_number(cell.value) for cell in cells)
