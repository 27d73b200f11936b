"""Heads of lines as sums: those that a total above or below them bears out, and lines inside lines.

A head is noted where a total adds it and not its lines, and where no total adds both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from finsam_xl.reading.row_figures import Parts
from finsam_xl.reading.row_found import Found, Source
from finsam_xl.reading.row_stack import Stack

_HALF = 0.5


class Groups:
    """The heads of a table, noted among the sums that have been ``found``."""

    def __init__(
        self, stack: Stack, formulas: Mapping[int, Parts], found: dict[int, Found]
    ) -> None:
        self.stack, self.table = stack, stack.table
        self.heads, self.likely = stack.heads, stack.likely
        self.formulas, self.found = formulas, found

    def confirm(self, parts: Parts) -> None:
        """Note the heads among ``parts``: the total shows that they stand for their lines."""
        used = {row for row, _ in parts}
        for row in sorted(used):
            lines = self.heads.get(row) or self.likely.get(row) or self.stack.repeated(row)
            if lines and used.isdisjoint(lines):
                self._note(row, lines)

    def _note(self, row: int, lines: Iterable[int]) -> None:
        if row in self.found or (self.table.is_settled(row) and self.table.roles[row] == "line"):
            return
        parts = tuple((n, 1) for n in lines)
        source = Source.FORMULA if row in self.formulas else Source.FIGURES
        fit = self.table.figures.fit(row, parts)
        self.found[row] = Found(parts, "lines-after", source, fit)
        if self.table.roles[row] == "line":
            self.table.roles[row] = "total"
        for line in lines:
            if line in self.heads:
                self._note(line, self.heads[line])

    def keep(self) -> None:
        """Heads whose lines no total shows to be added up beside them."""
        for row, lines in self.heads.items():
            if not self._is_contradicted(row, lines):
                self._note(row, lines)

    def _is_contradicted(self, row: int, lines: Iterable[int]) -> bool:
        """Whether a total that fits adds up a head and its lines side by side."""
        return any(
            row in used and not used.isdisjoint(lines)
            for one in self.found.values()
            if (used := {n for n, _ in one.parts}) and one.how != "letters"
        )

    def lines_inside(self) -> None:
        """Lines whose "varav" lines are all of them: only then does their sum say anything."""
        inside: dict[int, list[int]] = {}
        parent: int | None = None
        for row, role in enumerate(self.table.roles):
            if role == "subline" and parent is not None:
                inside.setdefault(parent, []).append(row)
            elif role in ("line", "total"):
                parent = row
        for row, lines in inside.items():
            parts = tuple((n, 1) for n in lines)
            fit = self.table.figures.fit(row, parts)
            if len(lines) > 1 and fit.share > _HALF and row not in self.found:
                self.found[row] = Found(parts, "varav", Source.FIGURES, fit)
