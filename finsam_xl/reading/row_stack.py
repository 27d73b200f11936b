"""The rows that no total has added up yet, and which runs of them fit what a total shows.

A run is read in several ways: as it stands; without the lines that a head among it stands for;
without a line that repeats its head; without lines that are written further in; with chance
sums taken for lines again. What fits in most columns wins; among equals what begins where a
section, a group or another total leaves off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.reading.row_figures import Fit, Parts
from finsam_xl.reading.row_table import RowTable
from finsam_xl.records import NamedTuple


class Reading(NamedTuple):
    """What a total may add up, and where on the stack it begins; ``None``: picked here and there.

    ``lines``: what is then a line though it was taken for a sum.
    """

    parts: Parts
    start: int | None
    fit: Fit
    is_aligned: bool = True
    lines: tuple[int, ...] = ()


class Stack:
    """What has not been added up yet. ``starts``: where on it sections and groups begin."""

    def __init__(
        self,
        table: RowTable,
        heads: Mapping[int, Sequence[int]],
        likely: Mapping[int, Sequence[int]],
    ) -> None:
        self.table, self.heads = table, heads
        self.likely = likely
        self.every: dict[int, Sequence[int]] = {**likely, **heads}
        self.rows: list[int] = []
        self.starts: list[int] = [0]
        self.sections: set[int] = set()
        self.chances: set[int] = set()
        self.folded: dict[int, list[int]] = {}
        self.group = ""

    def open_section(self, row: int) -> None:
        """A heading: what follows belongs together."""
        self.starts.append(len(self.rows))
        self.sections.add(len(self.rows))
        self.group = self.table.names[row].group

    def push(self, row: int) -> None:
        """A row to be added up; the first of a named group opens it."""
        group = self.table.names[row].group
        if group != self.group:
            self.starts.append(len(self.rows))
            self.group = group
        self.rows.append(row)

    def close(self, row: int, reading: Reading) -> None:
        """Fold a total's parts away, and put the total in their place."""
        if reading.start is None:
            used = self.inside([n for n, _ in reading.parts])
            self.rows = [n for n in self.rows if n not in used]
            self.starts = [min(start, len(self.rows)) for start in self.starts]
        else:
            self.folded[row] = self.rows[reading.start :]
            del self.rows[reading.start :]
            self.starts = [start for start in self.starts if start <= reading.start]
        self.rows.append(row)
        self.starts.append(len(self.rows))

    def close_result(self, row: int, reading: Reading) -> None:
        """Put a result in the place of what it adds; what is above all of it goes with it."""
        if reading.start == 0:
            self.rows, self.starts = [row], [0, 1]
        elif reading.start is not None and reading.parts:
            del self.rows[reading.start :]
            self.starts = [start for start in self.starts if start <= reading.start]
            self.rows.append(row)
            self.starts.append(len(self.rows))

    def inside(self, rows: Sequence[int]) -> set[int]:
        """Rows and everything that heads among them stand for."""
        found: set[int] = set()
        waiting = list(rows)
        while waiting:
            row = waiting.pop()
            if row not in found:
                found.add(row)
                waiting += self.heads.get(row, ())
        return found

    # Ways to read a run ----------------------------------------------------------------------

    def without_groups(
        self, rows: Sequence[int], heads: Mapping[int, Sequence[int]] | None = None
    ) -> list[int]:
        """Without the lines that heads among them, and heads inside those, add up."""
        heads = self.heads if heads is None else heads
        held: set[int] = set()
        for row in rows:
            held.update(heads.get(row, ()))
        return [row for row in rows if row not in held]

    def without_repeats(self, rows: Sequence[int]) -> list[int]:
        """Without a line that only repeats the one before it: a group with a single line."""
        kept: list[int] = []
        for row in rows:
            before = kept[-1] if kept else None
            if before != row - 1 or not self.table.repeats[row]:
                kept.append(row)
        return kept

    def outermost(self, rows: Sequence[int]) -> list[int]:
        """Without lines that are written further in than the line before them."""
        if self.table.is_flat:
            return list(rows)
        kept: list[int] = []
        for row in rows:
            if not kept or self.table.depth(row) <= self.table.depth(kept[-1]):
                kept.append(row)
        return kept

    def unfolded(self, rows: Sequence[int]) -> list[int]:
        """Rows with what chance sums have folded away put back before them."""
        found: list[int] = []
        waiting = list(reversed(rows))
        seen: set[int] = set()
        while waiting:
            row = waiting.pop()
            if row in self.chances and row not in seen:
                seen.add(row)
                waiting += [row, *reversed(self.folded.get(row, []))]
            else:
                found.append(row)
        return found

    def ways(self, most: int) -> Iterator[tuple[list[int], frozenset[int]]]:
        """The top of the stack as it stands, and read otherwise, where that makes a difference.

        With each the sums by chance that it takes for lines again.
        """
        rows = self.rows[-most:]
        yield rows, frozenset()
        bare = self.without_groups(rows)
        repeated = self.without_repeats(bare)
        likely = self.without_groups(rows, self.every)
        sizes = {len(rows)}
        for one in (bare, repeated, likely, self.outermost(bare)):
            if len(one) not in sizes:
                sizes.add(len(one))
                yield one, frozenset()
        if not self.chances.isdisjoint(rows):
            yield self.unfolded(rows), frozenset(self.chances)

    def readings(self, row: int, most: int) -> Iterator[Reading]:
        """Runs of the rows right above that fit what a row shows in some column."""
        starts = self.first_rows()
        for way, chances in self.ways(most):
            items = way[: -most - 1 : -1]
            for count, fit in self.table.figures.scan(row, items):
                rows = way[len(way) - count :]
                start = self.place(rows[0])
                yield Reading(
                    tuple((n, 1) for n in rows),
                    start,
                    fit,
                    self.rows[start] in starts,
                    tuple(n for n in rows if n in chances),
                )

    def place(self, row: int) -> int:
        """Where on the stack a row is, folded away or not."""
        for at in range(len(self.rows) - 1, -1, -1):
            held = self.rows[at]
            if held == row or (held in self.folded and self._holds(held, row)):
                return at
        return 0

    def _holds(self, chance: int, row: int) -> bool:
        return any(
            n == row or (n in self.folded and self._holds(n, row)) for n in self.folded[chance]
        )

    @property
    def last_start(self) -> int:
        """Where on the stack the last section, group or run after a total begins."""
        return max((start for start in self.starts if start < len(self.rows)), default=0)

    def first_rows(self) -> set[int]:
        """The rows that sections, groups and what follows a total begin with."""
        return {self.rows[start] for start in self.starts if start < len(self.rows)}

    def reading(self, row: int, start: int) -> Reading:
        """The rows from a place on the stack, as what a row adds up."""
        parts = tuple((n, 1) for n in self.rows[start:])
        return Reading(parts, start, self.table.figures.fit(row, parts))

    def named(self, row: int, parts: Parts) -> Reading:
        """Parts that a formula names, and the place on the stack where they begin, if together."""
        fit = self.table.figures.fit(row, parts)
        mine = {n for n, _ in parts}
        if not self.rows or not mine & set(self.rows):
            return Reading(parts, None, fit)
        start = min(at for at, n in enumerate(self.rows) if n in mine)
        held = self.inside(list(mine))
        is_together = all(n in held or self._repeats(n) for n in self.rows[start:])
        return Reading(parts, start if is_together and mine <= set(self.rows) else None, fit)

    def _repeats(self, row: int) -> bool:
        return self.table.repeats[row]

    def repeated(self, row: int) -> list[int]:
        """The single line of a group that repeats the amounts of its heading."""
        after = row + 1
        if after == len(self.table):
            return []
        are_lines = {self.table.roles[row], self.table.roles[after]} == {"line"}
        return [after] if are_lines and self.table.repeats[after] else []
