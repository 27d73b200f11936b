"""How the totals of a table follow from its lines, found from labels and borne out by figures.

Rows are gone through from the top with a stack of what has not been added up yet.
A total takes the rows since some section began; which section is decided by what
fits the printed figures in most columns, and by the nearest one where none fits.
A total may also stand before its lines, name what it adds ("A+B+C"), or pick by an
abbreviation ("Totala kostnader SAMO").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from finsam_xl.model_budget import BudgetRow, Sum, addends
from finsam_xl.sheets.budget_rows import letters
from finsam_xl.sheets.sum_parts import HALF, Parts, SumParts
from finsam_xl.words import totals
from finsam_xl.words.results import is_after_financial
from finsam_xl.words.sides import is_whole_side

_ABBREVIATION = re.compile(r"\b[A-ZÅÄÖ]{3,}\b")
_MOST_TRIED = 200


class FoundSums(NamedTuple):
    """The sums of a table, and the rows that are called totals but are lines."""

    sums: tuple[Sum, ...]
    lines: frozenset[int]


def find_sums(rows: Sequence[BudgetRow], stated: Sequence[int], sign: str) -> FoundSums:
    """The sums of a table. ``stated``: the indices of the columns that people state."""
    finder = _Finder(rows, stated, sign)
    sums = tuple(finder.find())
    return FoundSums(sums, frozenset(finder.lines))


class _Finder(SumParts):
    def __init__(self, rows: Sequence[BudgetRow], stated: Sequence[int], sign: str) -> None:
        super().__init__(rows, stated, sign)
        self.stack: list[int] = []
        self.starts: list[int] = [0]
        self.sections: dict[int, str] = {}
        self.results: list[int] = []
        self.opening: int | None = None
        self.lines: set[int] = set()

    def find(self) -> Iterator[Sum]:
        found = list(self.stacked())
        yield from found
        known = {one.target for one in found}
        for row, children in self.groups.items():
            # Its lines may be what a total adds up, and it still stands for them.
            if children and row not in known:
                yield Sum(row, self.plain(children), "lines-after")
        yield from self.varav()

    def stacked(self) -> Iterator[Sum]:
        """The sums that are found going down the rows."""
        taken = {"total": self.total, "result": self.result, "equity_close": self.closing}
        for index, row in enumerate(self.rows):
            if row.role == "section":
                self.starts.append(len(self.stack))
                self.sections[len(self.stack)] = row.label
            elif row.role == "equity_open":
                self.opening = index
            elif row.role == "line":
                self.groups[index] = self.children_of(index)
                self.stack.append(index)
            elif row.role in taken:
                yield from taken[row.role](index)

    # Totals ------------------------------------------------------------------------------

    def total(self, index: int) -> Iterator[Sum]:
        named = letters(self.rows[index].label)
        if named:
            parts = self.by_letters(index, named)
            self.stack.append(index)
            if parts:
                yield Sum(index, parts, "letters")
                yield from self.groups_in(parts)
            return
        if self.is_blank(index):
            parts, start = self.by_label(index)
            self.fill(index, parts)
        elif totals.is_cash_flow(self.rows[index].label):
            start = self.cash_start()
            parts = self.plain(self.stack[start:])
        else:
            parts, start = self.best(index, self.candidates(index))
            if totals.is_side_sum(self.rows[index].label) and self.fit(index, parts) < 1:
                self.lines.add(index)
                self.stack.append(index)
                return
            if self.has_no_lines(index) and self.fit(index, parts) < 1:
                parts, start = (), len(self.stack)
        used = {row for row, _ in parts}
        if start is None:
            self.stack = [row for row in self.stack if row not in used]
            self.starts = [min(s, len(self.stack)) for s in self.starts]
        else:
            yield from self.groups_in(parts)
            del self.stack[start:]
            self.starts = [s for s in self.starts if s <= start]
        self.stack.append(index)
        self.starts.append(len(self.stack))
        if parts:
            yield Sum(index, parts, "lines-before" if start is not None else "named")

    def candidates(self, index: int) -> Iterator[tuple[Parts, int | None]]:
        """What a total may add up, the likeliest first, and where on the stack it begins.

        A line that stands before the lines it adds up is only seen as such where the
        total holds with it.
        """
        picked = self.by_abbreviation(index, costs_only=True)
        if picked:
            yield picked, None
        starts = sorted({s for s in self.starts if s < len(self.stack)}, reverse=True)
        for start in starts:
            yield self.plain(self.stack[start:]), start
        for start in starts:
            rows = self.without_groups(self.stack[start:])
            yield self.plain(rows), start
            yield self.plain(self.without_repeats(rows)), start
        for row in reversed(self.stack):
            if self.same(self.rows[row], self.rows[index]):
                yield ((row, 1),), None
        for start in range(len(self.stack) - 1, max(-1, len(self.stack) - _MOST_TRIED), -1):
            if start not in starts:
                yield self.plain(self.stack[start:]), start

    def cash_start(self) -> int:
        """Where on the stack a cash flow begins: after the cash flow before it, if there is one."""
        flows = [n for n, row in enumerate(self.stack) if totals.is_cash_flow(self.rows[row].label)]
        return flows[-1] + 1 if flows else 0

    def has_no_lines(self, index: int) -> bool:
        """Whether a section's total stands right below its heading: what is above is others'."""
        above = self.rows[index - 1].role if index else "section"
        return above == "section" and not is_whole_side(self.rows[index].label)

    def by_label(self, index: int) -> tuple[Parts, int | None]:
        """What a blank total adds up, where label and place leave no doubt; else nothing.

        All costs or all income, if it says so; else the lines right above it, from the
        heading of their section; right below another total, all that is open.
        """
        picked = self.by_abbreviation(index, costs_only=True)
        if picked:
            return picked, None
        row = self.rows[index]
        if is_whole_side(row.label):
            open_rows = [
                n
                for n in self.stack
                if self.rows[n].is_income == row.is_income and self.rows[n].role != "result"
            ]
        elif self.rows[index - 1].role == "total" and index:
            open_rows = [n for n in self.stack if self.rows[n].role != "result"]
        else:
            start = max((s for s in self.starts if s < len(self.stack)), default=0)
            if not self.stack or (len(self.stack) in self.starts and start not in self.sections):
                return (), len(self.stack)
            open_rows = self.stack[start:]
        rows = self.without_groups(open_rows)
        if sum(bool(self.groups.get(row)) for row in rows) > 1:
            # Where lines stand before their parts, one with a single part is repeated by it.
            rows = self.without_repeats(rows)
        at = self.stack.index(open_rows[0]) if open_rows else len(self.stack)
        is_together = self.stack[at:] == open_rows
        return self.plain(rows), at if is_together else None

    def fill(self, index: int, parts: Parts) -> None:
        """Take over what a blank sum will hold."""
        row = self.rows[index]
        found = [addends(self.rows, parts, column) for column in range(len(row.amounts))]
        amounts = tuple(sum(one) if one else None for one in found)
        self.rows[index] = row._replace(amounts=amounts)

    def groups_in(self, parts: Parts) -> Iterator[Sum]:
        """The sums of the lines among ``parts`` that stand for the lines after them."""
        used = {row for row, _ in parts}
        for row in sorted(used):
            children = self.groups.get(row) or self.repeated(row)
            if children and not used & set(children):
                yield Sum(row, self.plain(children), "lines-after")

    def repeated(self, row: int) -> list[int]:
        """The single line of a group that repeats the amounts of its heading."""
        after = row + 1
        if after == len(self.rows) or {self.rows[row].role, self.rows[after].role} != {"line"}:
            return []
        return [after] if self.same(self.rows[row], self.rows[after]) else []

    def best(
        self, index: int, candidates: Iterable[tuple[Parts, int | None]]
    ) -> tuple[Parts, int | None]:
        first: tuple[Parts, int | None] | None = None
        top, top_fit = first, Fraction(0)
        for parts, start in candidates:
            if not parts:
                continue
            first = first or (parts, start)
            fit = self.fit(index, parts)
            if fit == 1:
                return parts, start
            if fit > top_fit:
                top, top_fit = (parts, start), fit
        return top or first or ((), None)

    def by_abbreviation(self, index: int, *, costs_only: bool) -> Parts:
        """What holds the total's abbreviation: rows not yet added up, or else lines."""
        label = self.rows[index].label
        words = [] if label.isupper() else _ABBREVIATION.findall(label)
        if not words:
            return ()
        lines = [n for n in range(index) if self.rows[n].role == "line"]
        for rows, texts in (
            (self.stack, lambda row: f"{row.section} {row.label}"),
            (lines, lambda row: row.label),
        ):
            found = [
                row
                for row in rows
                if all(word in texts(self.rows[row]) for word in words)
                and not (costs_only and self.rows[row].is_income)
                and self.rows[row].role != "result"
            ]
            if found:
                return tuple((row, 1 if costs_only else self.factor(row)) for row in found)
        return ()

    # Results and equity ------------------------------------------------------------------

    def result(self, index: int) -> Iterator[Sum]:
        every = tuple((row, self.factor(row)) for row in self.stack)
        candidates: list[tuple[Parts, int | None]] = []
        picked = self.by_abbreviation(index, costs_only=False)
        if picked:
            candidates.append((picked, None))
        candidates.append((every, 0))
        if len(self.results) > 1:
            candidates.append((self.plain(self.results), None))
        if self.is_blank(index):
            parts, start = candidates[0] if picked else (every, 0)
            self.fill(index, parts)
        else:
            parts, start = self.best(index, candidates)
        if start == 0:
            self.stack = [index]
            self.starts = [0, 1]
        self.results.append(index)
        if parts:
            is_short = is_after_financial(self.rows[index].label) and not self.has_financial()
            yield Sum(index, parts, "operating" if is_short else "result")
        elif index not in self.stack:
            self.stack.append(index)

    def closing(self, index: int) -> Iterator[Sum]:
        if self.opening is not None and self.results:
            yield Sum(index, ((self.opening, 1), (self.results[-1], 1)), "equity")

    # Lines inside lines ------------------------------------------------------------------

    def varav(self) -> Iterator[Sum]:
        """Lines whose "varav" lines are all of them: only then does their sum say anything."""
        inside: dict[int, list[int]] = {}
        for index, row in enumerate(self.rows):
            if row.role == "subline" and row.parent is not None:
                inside.setdefault(row.parent, []).append(index)
        for parent, children in inside.items():
            parts = self.plain(children)
            if len(children) > 1 and self.fit(parent, parts) > HALF:
                yield Sum(parent, parts, "varav")
