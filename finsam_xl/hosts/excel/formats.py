"""Number formats in few questions: asked where they matter, split where they likely differ.

They matter for figures, of which they tell per cent, and for the cells of tables that may
be filled in, which take over a format. Excel says the format of an area, or that it is
mixed. Halving a mixed area takes a question for nearly every cell of a table with gaps; so
areas are split where our guess of the formats changes, and shrunk to the cells that matter.
A bad guess costs questions and nothing else: every cell's format is Excel's own answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping

from finsam_xl.address import places
from finsam_xl.hosts.opened.blocks import Area, Place, Rounds, around, driven, driven_async
from finsam_xl.sheets.grid import Value
from finsam_xl.sheets.tables import Table

_PERCENT, _NUMBER, _TEXT = "percent", "number", "text"
_LARGEST_SHARE = 10
_MOST_WEIGHED = 5_000
"""Cells of an area for which the best split is still sought; larger ones are halved."""
Guesses = Mapping[Place, str]
Values = Mapping[Place, Value]
Formats = dict[Place, str]


def ask(guesses: Guesses, question: Callable[[Area], str | None]) -> Formats:
    """The number format of each cell; ``question``: that of an area, ``None`` if mixed."""
    return driven(_rounds(guesses), question)


async def ask_async(guesses: Guesses, question: Callable[[Area], Awaitable[str | None]]) -> Formats:
    """The same where Excel answers later."""
    return await driven_async(_rounds(guesses), question)


def in_tables(values: Values, tables: Iterable[Table]) -> Guesses:
    """All figures of a sheet, the blanks of its tables, and what these may take a format from."""
    figures = _figures(values)
    rows = {row for row, _ in figures}
    found: dict[Place, str] = {}
    for table in tables:
        numbers = [row.row for row in table.rows if row.role != "section" or row.row in rows]
        for column in table.columns:
            is_share = column.scenario == _PERCENT or "%" in column.header
            blank = _PERCENT if is_share or "andel" in column.header.lower() else _NUMBER
            cells = [(row, column.number) for row in numbers]
            found |= {place: blank for place in cells if place not in values}
            if not figures.keys().isdisjoint(cells):
                found |= {place: _TEXT for place in cells if _lends(place, values)}
    return found | figures


def _lends(place: Place, values: Values) -> bool:
    """Whether a text, such as a dash for a figure, has a blank beside it to lend its format to."""
    row, column = place
    return place in values and (row, column + 1) not in values


def in_columns(area: Area, values: Values) -> Guesses:
    """The same where no tables are recognised yet: whole columns."""
    found = {
        place: _TEXT if place in values else _NUMBER
        for column in _columns(area, values)
        for place in places(column)
    }
    return found | _figures(values)


def _columns(area: Area, values: Values) -> Iterator[Area]:
    """Where number formats matter: a column from its first figure on, or below its texts.

    Headings and labels are left out; nobody asks how they would show a figure.
    """
    top, left, bottom, right = area
    figures: dict[int, int] = {}
    texts: dict[int, int] = {}
    for (row, column), value in values.items():
        if type(value) in {int, float}:
            figures[column] = min(row, figures.get(column, row))
        else:
            texts[column] = max(row, texts.get(column, row))
    for column in range(left, right + 1):
        first = figures.get(column, texts.get(column, top - 1) + 1)
        if first <= bottom:
            yield first, column, bottom, column


def _figures(values: Values) -> dict[Place, str]:
    """The figures: small ones with decimals are likely shares, and so is a 0 or 1 next to one."""
    shares = {
        place
        for place, value in values.items()
        if type(value) is float and abs(value) <= _LARGEST_SHARE
    }
    return {
        (row, column): _PERCENT
        if (row, column) in shares
        or (value in (0, 1) and not shares.isdisjoint({(row - 1, column), (row + 1, column)}))
        else _NUMBER
        for (row, column), value in values.items()
        if type(value) in {int, float}
    }


def _rounds(guesses: Guesses) -> Rounds[str | None, Formats]:
    """Rounds of areas to ask about; takes their answers and ends with every cell's format."""
    found: Formats = {}
    waiting = [dict(guesses)] if guesses else []
    while waiting:
        parts = [part for cells in waiting for part in _alike(cells)]
        answers = yield [around(part) for part in parts]
        waiting = []
        for part, answer in zip(parts, answers, strict=True):
            if answer is not None:
                found |= dict.fromkeys(part, answer)
            elif len(part) > 1:
                waiting += _split(part)
    return found


def _alike(cells: dict[Place, str]) -> Iterator[dict[Place, str]]:
    """The cells in parts that are guessed to be alike."""
    waiting = [cells]
    while waiting:
        part = waiting.pop()
        if len(set(part.values())) == 1:
            yield part
        else:
            waiting += _split(part)


def _split(cells: dict[Place, str]) -> list[dict[Place, str]]:
    """The cells on either side of the line that best tells the guesses apart."""
    top, left, bottom, right = area = around(cells)
    if len(cells) > _MOST_WEIGHED:
        axis = 0 if bottom - top >= right - left else 1
        last = (top + bottom) // 2 if axis == 0 else (left + right) // 2
    else:
        _, _, axis, last = min(
            split
            for axis in (0, 1)
            if area[axis] < area[axis + 2]
            for split in _splits(cells, axis)
        )
    first = {place: guess for place, guess in cells.items() if place[axis] <= last}
    return [first, {place: guess for place, guess in cells.items() if place not in first}]


def _splits(cells: dict[Place, str], axis: int) -> Iterator[tuple[float, int, int, int]]:
    """Every way to cut along rows (0) or columns (1): impurity, imbalance, axis, last line."""
    area = around(cells)
    first, end = area[axis], area[axis + 2]
    across = area[3 - axis] - area[1 - axis] + 1
    lines: dict[int, Counter[str]] = {line: Counter() for line in range(first, end + 1)}
    for place, guess in cells.items():
        lines[place[axis]][guess] += 1
    before, after = Counter[str](), Counter(cells.values())
    for line in range(first, end):
        before.update(lines[line])
        after.subtract(lines[line])
        impurity = _impurity(before, (line - first + 1) * across)
        impurity += _impurity(after, (end - line) * across)
        yield round(impurity, 6), abs(before.total() - after.total()), axis, line


def _impurity(guessed: Counter[str], size: int) -> float:
    """How mixed an area is; cells that do not matter are most often formatted like texts."""
    counts = Counter(guessed)
    counts[_TEXT] += size - guessed.total()
    return size - sum(count * count for count in counts.values()) / size
