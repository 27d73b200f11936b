"""The heading rows of tables of amounts: columns of periods and scenarios, and their labels.

Headings stand wherever they stand, in one row or two, and several tables may stand beside
each other: a new one begins where labels stand between the columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from weakref import WeakKeyDictionary

from finsam_xl.money import parse_number
from finsam_xl.periods import day_of, is_year
from finsam_xl.sheets.budget_rows import role_of
from finsam_xl.sheets.grid import BLANK, Cell, SheetGrid
from finsam_xl.sheets.period_headings import (
    STATED,
    Meaning,
    heading_rows,
    is_amount,
    meaning,
)
from finsam_xl.sheets.tables import Column, Header, HeadingTexts

_LONGEST_CODE = 8
_LAST_FIGURES: WeakKeyDictionary[SheetGrid, dict[int, int]] = WeakKeyDictionary()
"""The last row with a figure in each column that was asked about: every heading row asks."""
_NOTE_HEADINGS = ("not", "noter", "not nr")
_LONGEST_LABEL = 70
_LOOKED_ABOVE = 8
_FAR_YEARS = 10
"""How far the years of a second heading row may lie from those of the first."""


class Found(NamedTuple):
    """The headings of a table: its columns, and the columns of its labels and codes."""

    header: Header
    label: int
    code: int | None

    @property
    def left(self) -> int:
        """The first column."""
        return min(self.label, self.code or self.label)

    @property
    def right(self) -> int:
        """The last column."""
        return max(column.number for column in self.header.columns)

    def is_above(self, others: list[Found]) -> bool:
        """Whether one of the others is in its columns."""
        return any(o.left <= self.right and self.left <= o.right for o in others)

    def ends_at(self, others: list[Found]) -> int | None:
        """The row of the next headings in its columns, where its rows must have ended."""
        below = [
            other.header.row
            for other in others
            if other.header.row > self.header.row and self.is_above([other])
        ]
        return min(below, default=None)


def headers(sheet: SheetGrid) -> Iterator[Found]:
    """Every heading row of a table of amounts on a sheet, from the top."""
    texts = HeadingTexts(sheet)
    rows = heading_rows(sheet)
    waiting: list[Found] = []
    before: list[Found] = []
    for row in rows:
        found = [one for one in _header(sheet, texts, row) if not _is_row(sheet, one, before)]
        if not found:
            continue
        # Of two heading rows the lower one says both what it and the upper one say.
        upper = [one for one in waiting if one.header.row == row - 1]
        yield from (one for one in waiting if one not in upper or not one.is_above(found))
        waiting = found
        before += found
    yield from waiting


def _is_row(sheet: SheetGrid, one: Found, before: list[Found]) -> bool:
    """Whether what looks like headings is a row of a table: amounts that could be years, a date.

    Below figures a heading row repeats the years, or the like, of the headings above it, and
    holds no amount in any of their columns.
    """
    row = one.header.row
    above = [other for other in before if other.is_above([one]) and other.header.row < row - 1]
    for other in above:
        if any(is_amount(sheet.cell(row, column.number)) for column in other.header.columns):
            return True
    numbers = [column.number for column in one.header.columns]
    cells = [sheet.cell(row, number) for number in numbers]
    values = {cell.value for cell in cells if type(cell.value) is int and not cell.dated}
    if not values or not _has_amounts_above(sheet, row, numbers):
        return False
    years = {c.period.year for other in above for c in other.header.columns if c.period}
    return not years or not all(
        min(years) - _FAR_YEARS <= value <= max(years) + _FAR_YEARS for value in values
    )


def _has_amounts_above(sheet: SheetGrid, row: int, numbers: list[int]) -> bool:
    """Whether the nearest filled row above holds amounts in some columns."""
    for at in range(row - 1, max(0, row - _LOOKED_ABOVE), -1):
        cells = [sheet.cell(at, number) for number in numbers]
        if any(not cell.is_blank for cell in cells):
            return any(map(_is_plain_number, cells))
    return False


def _is_plain_number(cell: Cell) -> bool:
    return type(cell.value) in (int, float) and not cell.dated


def _header(sheet: SheetGrid, texts: HeadingTexts, row: int) -> Iterator[Found]:
    """The headings on a row: of one table, or of several that stand beside each other."""
    columns: list[Column] = []
    for number in range(1, sheet.width + 1):
        said, header = _meaning_of(sheet, texts, row, number)
        if said is not None and has_figures(sheet, row, number):
            columns.append(Column(number, header, "amount", said.scenario, said.period))
        elif said is not None and said.scenario in ("deviation", "percent"):
            columns.append(Column(number, header, said.scenario, said.scenario, said.period))
    if not columns:
        return
    left = 1
    for beside in _beside(sheet, row, columns):
        last = beside[-1].number
        label, code = _label_columns(sheet, row, left, beside[0].number)
        is_heading = _is_heading_row(sheet, row, label or left, last)
        is_stated = any(column.scenario in STATED for column in beside)
        alone = sheet.cell(row, last)
        if len(beside) == 1 and isinstance(alone.value, int | float) and not alone.dated:
            # A single number that could be a year is an amount like any other.
            is_stated = False
        if label is not None and is_heading and is_stated:
            yield Found(Header(row, tuple(beside), ()), label, code)
        left = last + 1


def _beside(sheet: SheetGrid, row: int, columns: list[Column]) -> Iterator[list[Column]]:
    """The columns of each table on a row: a new one begins where labels stand between."""
    group = columns[:1]
    for before, column in pairwise(columns):
        between = range(before.number + 1, column.number)
        if any(_has_totals(_texts_below(sheet, row, number)) for number in between):
            yield group
            group = []
        group.append(column)
    yield group


def _texts_below(sheet: SheetGrid, row: int, number: int) -> list[str]:
    cells = sheet.cells
    found = (cells.get((at, number), BLANK).value for at in range(row + 1, sheet.height + 1))
    return [value.strip() for value in found if type(value) is str and value.strip()]


def _has_totals(texts: list[str]) -> bool:
    """Whether texts are the labels of a table's rows: several, and a total among them."""
    labels = {text for text in texts if len(text) <= _LONGEST_LABEL}
    return len(labels) > 1 and any(role_of(text, has_amounts=True) == "total" for text in labels)


def _is_heading_row(sheet: SheetGrid, row: int, first: int, last: int) -> bool:
    """No amount stands in a heading row: its only numbers are years."""
    return not any(is_amount(sheet.cell(row, number)) for number in range(first, last + 1))


def _meaning_of(
    sheet: SheetGrid, texts: HeadingTexts, row: int, number: int
) -> tuple[Meaning | None, str]:
    """What a column's heading says, with the one that spans it where it says only half."""
    own = _heading(sheet, texts, row, number)
    said = meaning(own) if own else None
    if own and (said is None or said.period is None or said.scenario == "bare"):
        above = _spanning(sheet, texts, row - 1, number)
        both = meaning(f"{above} {own}") if above else None
        if both is not None and both.period is not None and both.scenario != "bare":
            return both, f"{above} {own}"
    return said, own


def _heading(sheet: SheetGrid, texts: HeadingTexts, row: int, number: int) -> str:
    cell = sheet.cell(row, number)
    value = cell.value
    if type(value) is int and is_year(value):
        return str(value)
    if cell.dated and isinstance(value, int | float):
        return str(day_of(value) or "")
    return texts.own(row, number)


def _spanning(sheet: SheetGrid, texts: HeadingTexts, row: int, number: int) -> str:
    """The heading over a column: right above, merged over it, or the nearest on its left."""
    for column in range(number, 0, -1):
        text = _heading(sheet, texts, *texts.origin(row, column))
        if text:
            return text
    return ""


def has_figures(sheet: SheetGrid, row: int, number: int) -> bool:
    """Whether figures stand below a heading."""
    last = _LAST_FIGURES.setdefault(sheet, {})
    if number not in last:
        upwards = range(sheet.height, 0, -1)
        found = (at for at in upwards if _is_figure(sheet.cell(at, number)))
        last[number] = next(found, 0)
    return last[number] > row


def _is_figure(cell: Cell) -> bool:
    value = cell.value
    if type(value) is str:
        return parse_number(value) is not None
    return cell.formula is not None or (
        isinstance(value, int | float) and not isinstance(value, bool)
    )


def _label_columns(
    sheet: SheetGrid, row: int, left: int, first: int
) -> tuple[int | None, int | None]:
    """The column of the labels and, if there is one, of project codes, left of the amounts."""
    labels: dict[int, set[str]] = {}
    codes: dict[int, int] = {}
    for number in range(left, first):
        if str(sheet.cell(row, number).value or "").strip().lower() in _NOTE_HEADINGS:
            continue
        texts = _texts_below(sheet, row, number)
        codes[number] = sum(map(_is_code, texts))
        labels[number] = {text for text in texts if not _is_code(text)}
    if not any(labels.values()):
        return None, None
    # The labels differ from row to row; a column of the office's own repeats itself. What
    # stands further left may be another table's labels, if its totals are nearer.
    with_totals = [number for number in labels if _has_totals(list(labels[number]))]
    label = max(labels, key=lambda number: (len(labels[number]), -number))
    label = max(with_totals, default=label)
    code = max((n for n in codes if n != label and codes[n]), key=lambda n: codes[n], default=None)
    return label, code


def _is_code(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_CODE and " " not in text and any(c.isdigit() for c in text)
