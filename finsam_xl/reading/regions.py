"""Where a sheet's tables may be: its cells cut apart at blank lines and at new heading rows.

A blank row parts two tables where what follows begins with headings of its own; many blank
rows part them anyway. A blank column parts them where texts with figures to their right
follow. A heading row between figures begins a new table, unless it says the headings above
over again: then it stays, as a row of the table that goes on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

from finsam_xl.labels import normalise
from finsam_xl.reading.cells import Holds, Place, standing
from finsam_xl.reading.year_rows import year_rows
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words import totals

_LARGEST_GAP = 3
"""Blank rows that a table may have inside it."""
_MOST_HEADING_ROWS = 4
_MOST_TITLES = 8
_LOOKED_BELOW = 60
_LEAST_LABELS = 2


class Region(NamedTuple):
    """A part of a sheet: its heading rows, the rows below them, and its columns.

    ``repeats``: the rows of the body that say the headings over again.
    """

    header: tuple[int, ...]
    body: tuple[int, ...]
    columns: tuple[int, ...]
    repeats: tuple[int, ...] = ()

    def cells(self, held: Mapping[Place, Holds], row: int) -> list[tuple[int, Holds]]:
        """The filled cells of a row, with what they hold."""
        return [(c, what) for c in self.columns if (what := held.get((row, c))) is not None]


Rows = dict[int, dict[int, Holds]]


def regions(sheet: SheetGrid, held: Mapping[Place, Holds]) -> list[Region]:
    """The regions of a sheet that have figures, from the top and then from the left."""
    rows: Rows = defaultdict(dict)
    for (row, column), what in sorted(held.items()):
        rows[row][column] = what
    found = list(_Cutter(sheet, rows).cut(rows))
    return sorted(found, key=lambda one: (one.header or one.body)[0])


class _Cutter:
    """Cuts the rows of one sheet."""

    def __init__(self, sheet: SheetGrid, rows: Rows) -> None:
        self.sheet = sheet
        self.years = year_rows(sheet, rows)
        self.figures = {n: _holding(cells, Holds.FIGURE) for n, cells in rows.items()}
        self.texts = {n: _holding(cells, Holds.TEXT) for n, cells in rows.items()}
        self.amounts = {n for n, figures in self.figures.items() if figures} - self.years

    def cut(self, rows: Rows) -> Iterator[Region]:
        """The regions of some rows, each with its cells by column."""
        for band in self.bands(rows):
            sides = self.sides(band)
            if len(sides) > 1:
                for side in sides:
                    # What is an amount in a row, and what heads it, is told by its own side.
                    yield from _Cutter(self.sheet, side).cut(side)
            else:
                yield from self.headed(band)

    # Across -----------------------------------------------------------------------------------

    def bands(self, rows: Rows) -> Iterator[Rows]:
        """The rows parted at blank ones, where a table ends."""
        numbers = sorted(rows)
        start = 0
        for at in range(1, len(numbers)):
            gap = numbers[at] - numbers[at - 1] - 1
            if gap and self.parts(rows, numbers, start, at, gap):
                yield {n: rows[n] for n in numbers[start:at]}
                start = at
        if numbers:
            yield {n: rows[n] for n in numbers[start:]}

    def parts(self, rows: Rows, numbers: Sequence[int], start: int, at: int, gap: int) -> bool:
        """Whether blank rows part what is above them from what is below."""
        above = numbers[max(start, at - _LOOKED_BELOW) : at]
        if gap > _LARGEST_GAP:
            return True
        if not any(n in self.amounts for n in above):
            # Titles and headings are set apart from their table by less than this.
            return False
        if self.begins(rows, numbers, at):
            return gap > 1 or not self.repeats(rows, numbers, start, at)
        return gap > 1 and not self.goes_on(above, numbers[at : at + _LOOKED_BELOW])

    def begins(self, rows: Rows, numbers: Sequence[int], at: int) -> bool:
        """Whether a table with headings of its own begins at a row, titles before it allowed."""
        for here in range(at, min(len(numbers), at + _MOST_TITLES)):
            if self.is_heading(rows, numbers, here):
                return True
            if not self.is_lead(rows[numbers[here]], numbers[here]):
                return False
        return False

    def is_lead(self, cells: Mapping[int, Holds], row: int) -> bool:
        """Whether a row is a title, or one figure with its name ("Pott", 11 450, "tkr")."""
        if row not in self.amounts:
            return len(cells) == 1
        return len(cells) <= 3 and len(self.figures[row]) == 1

    def repeats(self, rows: Rows, numbers: Sequence[int], start: int, at: int) -> bool:
        """Whether a row says the headings of the table above over again, with no title between."""
        if not self.is_heading(rows, numbers, at):
            return False
        nearest = (n for n in reversed(range(start, at)) if self.is_heading(rows, numbers, n))
        above = next(nearest, None)
        return above is not None and self.says_the_same(rows, numbers[above], numbers[at])

    def goes_on(self, above: Sequence[int], below: Sequence[int]) -> bool:
        """Whether figures stand in the columns above: the same table after a pause."""
        upper = {c for n in above for c in self.figures[n]}
        lower = {c for n in below for c in self.figures[n]}
        return bool(lower) and lower <= upper

    # Side by side -----------------------------------------------------------------------------

    def sides(self, rows: Rows) -> list[Rows]:
        """The rows parted at columns where another table's labels begin."""
        columns = sorted({c for cells in rows.values() for c in cells})
        figures, texts = self.by_column(rows)
        starts = [
            c
            for before, c in pairwise(columns)
            if self.is_left_edge(c, c - before > 1, figures, texts)
            or (c - before > 1 and self.is_apart(rows, c))
        ]
        if not starts:
            return [rows]
        edges = [0, *starts, columns[-1] + 1]
        return [
            {n: part for n, cells in rows.items() if (part := _between(cells, left, right))}
            for left, right in pairwise(edges)
        ]

    def is_apart(self, rows: Rows, column: int) -> bool:
        """Whether what stands from a column on has no text, and goes on where the rest does not."""
        left = {n for n, cells in rows.items() if min(cells) < column}
        right = {n for n, cells in rows.items() if max(cells) >= column}
        has_text = any(
            what is Holds.TEXT and c >= column
            for cells in rows.values()
            for c, what in cells.items()
        )
        return not has_text and not right <= left

    def by_column(self, rows: Rows) -> tuple[dict[int, int], dict[int, list[str]]]:
        """How many figures, and which texts, each column has."""
        figures = Counter(chain.from_iterable(self.figures[row] for row in rows))
        texts: dict[int, list[str]] = defaultdict(list)
        for row in rows:
            for column in self.texts[row]:
                texts[column].append(str(standing(self.sheet, (row, column)).value).strip())
        return figures, texts

    def is_left_edge(
        self,
        column: int,
        is_apart: bool,
        figures: Mapping[int, int],
        texts: Mapping[int, list[str]],
    ) -> bool:
        """Whether a column holds the labels of another table than the one on its left."""
        said = texts.get(column, [])
        if len(set(said)) < _LEAST_LABELS or len(said) <= figures.get(column, 0):
            return False
        own = [c for c, found in texts.items() if c < column and len(found) > figures.get(c, 0)]
        left = [c for c, count in figures.items() if count > 1 and c < column]
        right = [c for c, count in figures.items() if count > 1 and c > column]
        if not right or not any(label < c for label in own for c in left):
            return False
        return is_apart or any(map(totals.is_bare_sum, said)) or _begins_totals(said)

    # Headings ---------------------------------------------------------------------------------

    def headed(self, rows: Rows) -> Iterator[Region]:
        """The tables of a band: one for each heading row that says something new."""
        numbers = sorted(rows)
        heads = [at for at in range(len(numbers)) if self.is_heading(rows, numbers, at)]
        heads = self.lowest(numbers, heads)
        starts = [0]
        top: int | None = None
        repeats: dict[int, list[int]] = defaultdict(list)
        for at in heads:
            if not any(n in self.amounts for n in numbers[starts[-1] : at]):
                top = at
            elif top is not None and self.goes_on_below(rows, numbers, top, at):
                repeats[starts[-1]].append(numbers[at])
            else:
                starts.append(self.first_of(numbers, at, starts[-1]))
                top = at
        for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True):
            part = numbers[start:end]
            one = self.region(rows, part, [numbers[h] for h in heads if start <= h < end])
            if one is not None:
                yield one._replace(repeats=tuple(repeats[start]))

    def goes_on_below(self, rows: Rows, numbers: Sequence[int], top: int, at: int) -> bool:
        """Whether a heading row repeats an earlier one without a title or a pot before it."""
        before = rows[numbers[at - 1]]
        is_title = len(before) == 1 or self.is_lead(before, numbers[at - 1])
        return not is_title and self.says_the_same(rows, numbers[top], numbers[at])

    def lowest(self, numbers: Sequence[int], heads: Sequence[int]) -> list[int]:
        """Of heading rows right below each other only the lowest."""
        return [at for at in heads if at + 1 not in heads or numbers[at + 1] != numbers[at] + 1]

    def first_of(self, numbers: Sequence[int], at: int, least: int) -> int:
        """Where a table begins whose lowest heading row is known: upper ones and titles first."""
        while at - 1 > least and numbers[at - 1] == numbers[at] - 1:
            if numbers[at - 1] in self.amounts:
                break
            at -= 1
        return at

    def region(self, rows: Rows, numbers: list[int], heads: list[int]) -> Region | None:
        """The rows from the first heading row on; what is above it are titles."""
        first = next((n for n in numbers if n in self.amounts), None)
        if first is None:
            return None
        lowest = max((n for n in heads if n < first), default=None)
        columns = tuple(sorted({c for n in numbers for c in rows[n]}))
        if lowest is None:
            start = self.first_labelled(numbers, first)
            body = [n for n in numbers if n >= start]
            return Region((), tuple(body), columns)
        header = self.header(rows, numbers, lowest)
        body = [n for n in numbers if n > lowest]
        used = {c for n in (*header, *body) for c in rows[n]}
        return Region(header, tuple(body), tuple(c for c in columns if c in used))

    def first_labelled(self, numbers: Sequence[int], first: int) -> int:
        """The row from which a table without headings begins: a label alone may head it."""
        before = [n for n in numbers if n < first]
        return before[-1] if before and before[-1] == first - 1 else first

    def header(self, rows: Rows, numbers: Sequence[int], lowest: int) -> tuple[int, ...]:
        """The heading rows down to the lowest: those right above it with more than a title."""
        found = [lowest]
        figures = {c for n in numbers if n > lowest for c in self.figures[n]}
        while len(found) < _MOST_HEADING_ROWS and found[0] - 1 in rows:
            cells = rows[found[0] - 1]
            over = figures & cells.keys()
            alone = len(cells) == 1 and min(cells) == min(min(rows[n]) for n in numbers)
            if not over or alone or found[0] - 1 in self.amounts:
                break
            found.insert(0, found[0] - 1)
        return tuple(found)

    def is_heading(self, rows: Rows, numbers: Sequence[int], at: int) -> bool:
        """Whether a row heads columns: no amount in it, and figures below what it says."""
        row = numbers[at]
        cells = rows[row]
        if row in self.amounts:
            return False
        used = self.used_below(numbers, at)
        over = {c for c in used if cells.get(c) not in (None, Holds.DASH)}
        if not over or 2 * len(over) < len(used):
            return False
        said = {normalise(str(standing(self.sheet, (row, c)).value)) for c in over}
        return len(over) == 1 or len(said) > 1 or len(said) == len(over)

    def used_below(self, numbers: Sequence[int], at: int) -> set[int]:
        """The columns that have figures below a row, near it, and no more texts than figures."""
        near = numbers[at : at + 1 + _LOOKED_BELOW]
        gaps = (n for n, (a, b) in enumerate(pairwise(near), 1) if b - a - 1 > _LARGEST_GAP)
        below = near[1 : next(gaps, len(near))]
        figures = Counter(chain.from_iterable(self.figures[n] for n in below))
        texts = Counter(chain.from_iterable(self.texts[n] for n in below))
        return {c for c, count in figures.items() if count >= texts[c]}

    def says_the_same(self, rows: Rows, one: int, other: int) -> bool:
        """Whether a heading row says in every column what an earlier one says."""
        columns = rows[other].keys() - {min(rows[other])}
        here = {c: normalise(str(standing(self.sheet, (other, c)).value)) for c in columns}
        above = {c: normalise(str(standing(self.sheet, (one, c)).value)) for c in columns}
        return bool(here) and here == above


def _holding(cells: Mapping[int, Holds], what: Holds) -> list[int]:
    return [column for column, held in cells.items() if held is what]


def _between(cells: Mapping[int, Holds], left: int, right: int) -> dict[int, Holds]:
    return {c: what for c, what in cells.items() if left <= c < right}


def _begins_totals(said: Sequence[str]) -> bool:
    return sum(map(totals.begins_as_sum, said)) > 0
