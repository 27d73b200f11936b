"""Results: what is added and what is taken away, and equity that they carry on.

With costs written without minus a result adds what is open on the income side and takes away
the rest. Sides are first those that headings and names tell; where those do not fit the
printed result, other signs are tried, and the ones that fit tell which side is income. A
result of one side only is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from operator import mul

from finsam_xl.reading.row_figures import Fit, Parts
from finsam_xl.reading.row_named import by_abbreviation
from finsam_xl.reading.row_stack import Reading, Stack
from finsam_xl.reading.row_table import ADDED, RowTable
from finsam_xl.words import totals
from finsam_xl.words.sides import Side

_TWO_THIRDS, _HALF = 0.66, 0.5
_MOST_TURNED = 6
"""With more rows than this only runs of one sign are tried, not every combination."""
_MOST_OPEN, _MOST_UNNAMED, _MOST_STARTS, _MOST_TRIED = 40, 12, 4, 2
_WINDOW, _ALL = 80, 1000
_AFTER = ("section", "note", "equity_open", "equity_close")
_ONE_SIDED = ("cash_flow", "balanskrav")


class ResultReader:
    """Finds what results and closing equity are made of."""

    def __init__(self, table: RowTable, stack: Stack) -> None:
        self.table, self.stack = table, stack
        self.rows: list[int] = []
        self.opening: int | None = None
        self.closing: int | None = None

    def is_result(self, row: int, parts: Parts) -> bool:
        """Whether parts are of both sides: some taken away, or of both signs in a signed table.

        A row that is named as a cost, or an income, is so after what is taken off it too.
        """
        if self.table.said[row].surely is not None:
            return False
        if len({factor for _, factor in parts}) > 1:
            return True
        signs = [sign for row, _ in parts if (sign := self._sign(row))]
        return len(set(signs)) > 1 and len(parts) == len(signs)

    def _sign(self, row: int) -> int:
        """1 for a row of positive figures, -1 for one of negative, 0 for one of both or none."""
        known = [value for value in self.table.figures.values[row] if value]
        positive = sum(value > 0 for value in known)
        if not known or 2 * positive == len(known):
            return 0
        return 1 if 2 * positive > len(known) else -1

    # Named results ---------------------------------------------------------------------------

    def read(self, row: int) -> Reading:
        """What a row that is a result by its name adds and takes away."""
        if self.table.figures.is_blank(row):
            reading = self._by_names(row)
            if self.has_both(reading.parts):
                self.table.figures.replace(row, reading.parts)
            return reading
        tried = list(self._by_sides(row))
        best = max(tried, key=_rank, default=None)
        if best is not None and best.fit.share >= _TWO_THIRDS and best.fit.held:
            return best
        turned = self._turned(row, _MOST_OPEN)
        best = max((one for one in (best, turned) if one), key=_rank, default=None)
        if best is None or not best.fit.held:
            best = self._below(row) or best
        if best is None or (not best.fit.held and not self.has_both(best.parts)):
            return _nothing()
        return best

    def _by_names(self, row: int) -> Reading:
        """What a blank result adds: what is open, and of heads and their lines the heads."""
        picked = by_abbreviation(self.stack, row, costs_only=False)
        if picked is not None:
            return picked
        starts = sorted(set(self.stack.starts), reverse=True) if self.table.is_part(row) else [0]
        for start in starts:
            open_rows = self.stack.without_groups(self.stack.rows[start:])
            parts = tuple((n, self.table.factor(n)) for n in open_rows)
            if start == starts[-1] or self.has_both(parts):
                return Reading(parts, start, self.table.figures.fit(row, parts))
        return _nothing()

    def _by_sides(self, row: int) -> Iterator[Reading]:
        """What is open, by the sides that names tell; a result's abbreviation; all results."""
        picked = by_abbreviation(self.stack, row, costs_only=False)
        if picked is not None:
            yield picked
        for way, chances in self.stack.ways(_ALL):
            parts = tuple((n, self.table.factor(n)) for n in way)
            lines = tuple(n for n in way if n in chances)
            if parts:
                yield Reading(parts, 0, self.table.figures.fit(row, parts), lines=lines)
        if len(self.rows) > 1:
            parts = tuple((n, 1) for n in self.rows)
            yield Reading(parts, None, self.table.figures.fit(row, parts))

    def _below(self, row: int) -> Reading | None:
        """What a result that stands first adds and takes away: income and costs right below it."""
        inside = {n for lines in self.stack.heads.values() for n in lines}
        below = [
            n
            for n in range(row + 1, len(self.table))
            if self.table.roles[n] in ADDED and n not in inside
        ]
        for count in range(2, min(_MOST_TURNED, len(below)) + 1):
            parts = tuple((n, -1 if at else 1) for at, n in enumerate(below[:count]))
            for one in (parts, tuple((n, abs(factor)) for n, factor in parts)):
                fit = self.table.figures.fit(row, one)
                if fit.telling > 1 and fit.exact_share >= _TWO_THIRDS:
                    return Reading(one, None, fit)
        return None

    def has_both(self, parts: Parts) -> bool:
        """Whether parts are of both sides: one alone is no result."""
        if self.table.kind in _ONE_SIDED or any(self.table.roles[n] == "result" for n, _ in parts):
            return True
        if self.table.signed:
            return len({self._sign(n) for n, _ in parts} - {0}) > 1
        return len({factor for _, factor in parts}) > 1

    # Results that no word names --------------------------------------------------------------

    def difference(self, row: int) -> Reading | None:
        """What a row without a result's name adds and takes away, if its figures say so."""
        rows = self.stack.rows
        if self.table.figures.is_blank(row):
            return None
        over = self._over_limit(row)
        if over is not None or len(rows) < 2:
            return over
        is_last = row + 1 == len(self.table) or self.table.roles[row + 1] in _AFTER
        if not is_last and not self._are_sums(rows[-1:]) and not self._are_named_sides(rows):
            return None
        found = self._turned(row, _MOST_UNNAMED)
        if found is None or not found.fit.telling or found.fit.exact_share < _HALF:
            return None
        groups = (*self.stack.likely.values(), *self.stack.heads.values())
        if any(row in lines for lines in groups):
            # What is left of a head without its other lines is its last line.
            return None
        if any(factor < 0 and self.table.roles[n] == "result" for n, factor in found.parts):
            return None
        are_sums = self._are_sums([n for n, _ in found.parts])
        if (is_last and are_sums) or self._are_named(found.parts):
            return found
        is_proved = found.fit.telling > 1 and found.fit.exact_share >= _TWO_THIRDS
        return found if is_proved and (is_last or are_sums) else None

    def _over_limit(self, row: int) -> Reading | None:
        """What equity is above or below the line that it is held against, right below it."""
        if self.closing is None:
            return None
        for line in range(row - 1, self.closing, -1):
            if self.table.roles[line] != "line":
                continue
            for parts in (((self.closing, 1), (line, -1)), ((line, 1), (self.closing, -1))):
                fit = self.table.figures.fit(row, parts)
                if fit.telling > 1 and fit.exact_share >= _TWO_THIRDS:
                    return Reading(parts, None, fit)
        return None

    def _are_named_sides(self, rows: Sequence[int]) -> bool:
        """Whether the last two open rows are called income and costs."""
        return len({self.table.said[n].surely for n in rows[-2:]} - {None}) > 1

    def _are_named(self, parts: Parts) -> bool:
        """Whether every part is called what its sign says: income is added, costs taken off."""
        sides = {1: Side.INCOME, -1: Side.COST}
        return all(self.table.said[n].surely is sides[factor] for n, factor in parts)

    def _are_sums(self, rows: Sequence[int]) -> bool:
        """Whether rows are totals or results, before their lines or after."""
        roles = self.table.roles
        return all(roles[n] in ("total", "result") or n in self.stack.heads for n in rows)

    def _turned(self, row: int, most: int) -> Reading | None:
        """The open rows with signs that fit what the row shows, if any do."""
        best: Reading | None = None
        for way, chances in self.stack.ways(_WINDOW):
            if any(lines[0] in way for n in way if (lines := self.stack.heads.get(n))):
                continue
            for rows in self._runs(way, most):
                for parts in self._signed(row, rows, every=most > _MOST_UNNAMED):
                    fit = self.table.figures.fit(row, parts)
                    lines = tuple(n for n, _ in parts if n in chances)
                    one = Reading(parts, self.stack.place(rows[0]), fit, lines=lines)
                    if fit.held and (best is None or _rank(one) > _rank(best)):
                        best = one
            if best is not None and best.fit.share == 1 and best.fit.telling > 1:
                break
        return best

    def _runs(self, rows: Sequence[int], most: int) -> Iterator[Sequence[int]]:
        """What a result may be made of: all rows, or those from where a section begins."""
        firsts = self.stack.first_rows()
        starts = [n for n in range(len(rows) - 1) if n == 0 or rows[n] in firsts]
        for start in (*starts[:1], *starts[1:][-_MOST_STARTS:]):
            if len(rows) - start <= most:
                yield rows[start:]

    def _signed(self, row: int, rows: Sequence[int], *, every: bool) -> Iterator[Parts]:
        """The rows with each choice of signs that fits in the column of the largest figure."""
        figures = self.table.figures
        for column, wanted, step in figures.pivots(row)[:_MOST_TRIED]:
            values = [figures.values[n][column] or 0 for n in rows]
            for signs in _signs(len(rows), every=every):
                gap = sum(map(mul, signs, values)) - wanted
                if 2 * abs(gap) <= len(rows) * step:
                    yield tuple(zip(rows, signs, strict=True))

    # How, and equity -------------------------------------------------------------------------

    def how(self, row: int) -> str:
        """A result, or one that leaves out the financial items the table does not have."""
        said = self.table.said[row]
        return "operating" if said.is_after_financial and not self._has_financial() else "result"

    def _has_financial(self) -> bool:
        """Whether the table has financial items, or a result before them."""
        labels = [name.text for name in self.table.names]
        return any(map(names_financial, labels)) or not any(map(totals.is_side_sum, labels))

    def closing_parts(self, row: int) -> Parts:
        """What a year ends with: its opening and the last result above, or all that is between.

        All of it where the figures say so: payments in and out, with or without their net.
        """
        if self.opening is None:
            return ()
        first: Parts = ((self.opening, 1), (self.rows[-1], 1)) if self.rows else ()
        if first and self.table.figures.fit(row, first).share >= _TWO_THIRDS:
            return first
        for parts in self._between(self.opening, row):
            fit = self.table.figures.fit(row, parts)
            if fit.telling > 1 and fit.exact_share >= _TWO_THIRDS:
                return parts
        return first

    def _between(self, opening: int, row: int) -> Iterator[Parts]:
        """An opening and what stands open below it, as it is written or by its side."""
        rows = [n for n in self.stack.rows if opening < n < row]
        if rows:
            yield ((opening, 1), *((n, 1) for n in rows))
            yield ((opening, 1), *((n, self.table.factor(n)) for n in rows))
            for at in range(1, len(rows)):
                yield ((opening, 1), *((n, 1 if k < at else -1) for k, n in enumerate(rows)))

    def by_formula(self, parts: Parts) -> Parts:
        """What a result's formula adds. A row of zeros alone counts as its name says.

        A formula that adds it with the wrong sign shows only when it has a figure.
        """
        figures, said = self.table.figures, self.table.said
        return tuple(
            (n, factor)
            if any(figures.values[n]) or said[n].surely is None
            else (n, self.table.factor(n))
            for n, factor in parts
        )


def carried(table: RowTable, row: int, parts: Parts) -> int | None:
    """Which of the rows that another adds up is equity that the year begins with, if one is.

    The next column, to the right or to the left, opens with what this one closed with.
    """
    if len(parts) < 2 or any(factor != 1 for _, factor in parts) or table.kind == "balance":
        return None
    for opening, _ in parts:
        is_line = table.roles[opening] == "line" and opening < row
        if is_line and not table.said[row].is_sum and _goes_on(table, opening, row):
            return opening
    return None


def _goes_on(table: RowTable, opening: int, closing: int) -> bool:
    """Whether each column opens with what its neighbour on one side closed with."""
    opens, closes = table.figures.values[opening], table.figures.values[closing]
    for one, other in ((opens[1:], closes[:-1]), (opens[:-1], closes[1:])):
        pairs = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
        same = sum(a == b for a, b in pairs)
        is_moving = any(a != b for a, b in pairwise(opens) if a and b)
        if is_moving and same and 3 * same >= 2 * len(pairs) and same + 1 >= len(pairs):
            return True
    return False


def names_financial(label: str) -> bool:
    """Whether a label is of financial items."""
    return "finansiell" in label.lower()


def _nothing() -> Reading:
    return Reading((), None, Fit(0, 0))


def _signs(count: int, *, every: bool) -> Iterator[tuple[int, ...]]:
    """Signs for some rows, the likeliest first: income before costs, the other way, any."""
    tried: set[tuple[int, ...]] = set()
    runs = [tuple([1] * n + [-1] * (count - n)) for n in range(1, count)]
    rest = product((1, -1), repeat=count) if every and count <= _MOST_TURNED else ()
    for signs in (*runs, (1,) * count, *(tuple(-s for s in one) for one in runs), *rest):
        if signs not in tried and 1 in signs:
            tried.add(signs)
            yield signs


def _rank(one: Reading) -> tuple[object, int, int]:
    return one.fit.share if one.fit.held else 0, one.fit.telling, -len(one.parts)
