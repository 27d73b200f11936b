"""The rows and columns of a block that may count people: what each is of, before any sum is known.

Rows and columns are read alike: a sex, a way that people go (in, out, there at one end), a
word for a sum, a part of a year, and what else tells it from those beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.reading.blocks import Block
from finsam_xl.reading.cells import Holds, holds
from finsam_xl.reading.figures import figure
from finsam_xl.reading.row_labels import clean_label, is_set_in
from finsam_xl.reading.times import time_of
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, SheetGrid
from finsam_xl.words import scenarios, totals
from finsam_xl.words.axis import plain
from finsam_xl.words.people import Movement, Person, Sex, movement, says_person, sex_in_heading

_MONTHS = (1, 12)
_MOSTLY = 0.75
_LONGEST_SPAN = 40
"""A label that is of a part of a year and nothing else is no longer than this."""


class Entry(NamedTuple):
    """A row or a column.

    ``number``: on the sheet; ``place``: what else its headings say, such as a team; ``months``:
    the part of a year that it is all of; ``is_added``: it may be one of several that make a
    sum; ``depth``: how far in it is written.
    """

    number: int
    text: str
    place: tuple[str, ...]
    sex: Sex | None
    movement: Movement | None
    is_sum: bool
    is_added: bool
    months: tuple[int, int] | None = None
    depth: int = 0
    is_section: bool = False


class Axes(NamedTuple):
    """A block as rows and columns of counts.

    ``counts``: by row and column on the sheet; a cell that shows anything else than a whole
    number has none. ``others``: columns that hold no counts, with what they hold; ``is_odd``: a
    figure among the counts is no count.
    """

    block: Block
    rows: tuple[Entry, ...]
    columns: tuple[Entry, ...]
    counts: Mapping[tuple[int, int], int]
    others: tuple[tuple[int, str], ...]
    is_odd: bool


def says_sum(text: str) -> bool:
    """Whether a heading or label says that it is of all that stand beside it."""
    return totals.is_sum(text) or totals.is_everyone(text)


def axes(block: Block) -> Axes:
    """The rows and columns of a block, and what it counts."""
    rows = [row for row in block.body if row not in block.repeats]
    kinds = [(c, _kind(block, rows, c)) for c in block.columns]
    numbers = _counting(block, rows, [c for c, kind in kinds if kind == "count"])
    cells = {(r, c): block.sheet.cell(r, c) for r in rows for c in numbers}
    known = {place: shown for place, cell in cells.items() if (shown := count(cell)) is not None}
    return Axes(
        block,
        tuple(_rows(block, rows, numbers)),
        tuple(_column(block, c) for c in numbers),
        known,
        tuple((c, kind) for c, kind in kinds if kind not in ("count", "odd")),
        any(kind == "odd" for _, kind in kinds),
    )


def _counting(block: Block, rows: Sequence[int], numbers: Sequence[int]) -> list[int]:
    """The columns of counts, without blank ones that stand last and say nothing of people."""
    kept = list(numbers)
    while kept and all(block.sheet.cell(row, kept[-1]).is_blank for row in rows):
        entry = _column(block, kept[-1])
        if entry.is_sum or entry.sex or entry.movement or entry.months:
            break
        kept.pop()
    return kept


def count(cell: Cell) -> int | None:
    """The whole number that a cell shows, of people; ``None`` for anything else."""
    shown = figure(cell)
    if shown is None or cell.percent or shown.denominator != 1 or shown < 0:
        return None
    return int(shown)


def _kind(block: Block, rows: Sequence[int], column: int) -> str:
    """What a column holds: 'count', 'percent', 'other' (texts, dates, averages) or 'odd'."""
    cells = [block.sheet.cell(row, column) for row in rows]
    heading = " ".join(block.texts(column))
    shown = [cell for cell in cells if figure(cell) is not None]
    texts = sum(holds(cell) in (Holds.TEXT, Holds.DATE) for cell in cells)
    if scenarios.says_per_cent(heading) or 2 * sum(c.percent for c in shown) > len(shown):
        return "percent"
    if says_person(heading, Person.APART) or texts > len(shown):
        return "other"
    if not shown:
        return "count" if heading and not texts else "other"
    whole = sum(count(cell) is not None for cell in shown)
    # Where all or the women are counted a few rows may tell of something else, in parts.
    is_told = says_sum(heading) or sex_in_heading(heading) is not None
    is_mostly = is_told and whole >= _MOSTLY * len(shown)
    return "count" if whole == len(shown) or is_mostly else "odd"


def _column(block: Block, column: int) -> Entry:
    texts = block.texts(column)
    one = _entry(column, texts[-1] if texts else "", texts[:-1])
    is_inside = any(clean_label(text).level > 1 for text in texts)
    return one._replace(is_added=one.is_added and (one.sex is not None or not is_inside))


def _entry(number: int, own: str, over: Sequence[str]) -> Entry:
    months = span_of(own)
    # A quarter is shortened as women are.
    whole = " ".join(over if months else (*over, own))
    is_told = months is None and _is_told(own)
    is_sum = says_sum(own)
    rest = [t for t in over if says_sum(t) or not _is_told(t)]
    if own and not is_sum and not is_told:
        rest.append(own)
    return Entry(
        number,
        own,
        tuple(map(plain, rest)),
        sex_in_heading(whole),
        movement(whole),
        is_sum,
        not says_person(whole, Person.APART, Person.UNIQUE),
        months,
    )


def _is_told(text: str) -> bool:
    return sex_in_heading(text) is not None or movement(text) is not None


def span_of(text: str) -> tuple[int, int] | None:
    """The months that a label is of and nothing else: of a year all twelve."""
    if len(text) > _LONGEST_SPAN or movement(text) is not None:
        return None
    said = time_of(plain(text))
    if said.first is not None and said.last is not None:
        return said.first, said.last
    return _MONTHS if said.whole or (said.year is not None and not said.rest) else None


def _rows(block: Block, rows: Sequence[int], numbers: Sequence[int]) -> Iterator[Entry]:
    """Rows with a name or a count; a name over lines without any is a section."""
    outer: dict[int, str] = {}
    section = ""
    for row in rows:
        texts = [_text(block.sheet, row, column) for column in block.labels]
        outer |= {at: text for at, text in enumerate(texts[:-1]) if text}
        is_filled = any(not block.sheet.cell(row, c).is_blank for c in numbers)
        label = texts[-1] or next(filter(None, reversed(texts)), "") if texts else ""
        if not label and not is_filled:
            continue
        name = clean_label(label)
        over = [t for t in (section, *outer.values()) if texts[-1] and t]
        one = _entry(row, name.text, over)
        is_result = one.is_sum or one.movement is not None or one.months is not None
        is_inside = name.level > 1 or is_set_in(label)
        if not is_filled and not is_result:
            section = name.text
        yield one._replace(
            is_added=one.is_added and bool(label) and not is_inside,
            depth=_depth(block, row) + is_inside,
            is_section=not is_filled and not is_result,
        )


def _depth(block: Block, row: int) -> int:
    return max((block.sheet.cell(row, column).indent for column in block.labels), default=0)


def _text(sheet: SheetGrid, row: int, column: int) -> str:
    value = sheet.cell(row, column).value
    return "" if value is None or isinstance(value, bool) else str(value).strip()
