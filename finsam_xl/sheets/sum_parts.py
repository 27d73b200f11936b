"""The rows a sum may be made of: whether they fit what is printed, and which belong together.

Figures decide: a sum holds in a column if rounding explains the difference. Lines may stand
for those after them, repeat the one before, or be named by letters ("A+B+C").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.model_budget import SIGNED, BudgetRow, Known, addends
from finsam_xl.words import totals
from finsam_xl.words.parties import LIKELY, Party, payer

# Their fee is the sum of the others' by law, not because the others stand below it.
_WHOLE_PAYERS = (Party.STATE, Party.REGION)
_ROUNDED = 2
"""Twice what a quarter is rounded by."""
_MOST_CHILDREN = 60
HALF = Fraction(1, 2)
"""How well a sum fits that nothing can be held against."""
Parts = tuple[tuple[int, int], ...]
"""Row indices with their factors."""


class SumParts:
    """The rows of a table, asked about as parts of sums."""

    def __init__(self, rows: Sequence[BudgetRow], stated: Sequence[int], sign: str) -> None:
        # Sums that are blank get what they will hold, so that those that add them up are found.
        self.rows, self.stated, self.sign = list(rows), stated, sign
        self.groups: dict[int, list[int]] = {}

    def without_groups(self, rows: Sequence[int]) -> list[int]:
        """Without the lines that an earlier line among them adds up."""
        inside: set[int] = set()
        for row in rows:
            if row not in inside:
                inside |= set(self.groups.get(row, ()))
        return [row for row in rows if row not in inside]

    def fit(self, index: int, parts: Parts) -> Fraction:
        """In which part of the columns that can be compared the sum holds, rounding allowed."""
        compared = held = 0
        printed = self.rows[index].amounts
        for column in self.stated:
            shown = printed[column]
            amounts = None if shown is None else addends(self.rows, parts, column)
            if shown is None or amounts is None or not (amounts or shown):
                continue
            compared += 1
            gap = 2 * (sum(amounts) - shown)
            room = max(1, len(amounts))
            held += -room <= gap <= room
        return Fraction(held, compared) if compared else HALF

    def plain(self, rows: Sequence[int]) -> Parts:
        """Rows that are added up as they are."""
        return tuple((row, 1) for row in rows)

    def without_repeats(self, rows: Sequence[int]) -> list[int]:
        """Without a line that only repeats the one before it: a group with a single line."""
        kept: list[int] = []
        for row in rows:
            before = kept[-1] if kept else None
            repeats = before == row - 1 and self.same(self.rows[row], self.rows[row - 1])
            if not repeats:
                kept.append(row)
        return kept

    def same(self, one: BudgetRow, other: BudgetRow) -> bool:
        """Whether two rows have the same amounts, and have any."""
        return one.amounts == other.amounts and any(one.amounts)

    def by_letters(self, index: int, named: Sequence[str]) -> Parts:
        """The rows whose labels begin with the letters: a total "S:a B1" before a heading "B1."."""
        parts: list[tuple[int, int]] = []
        for letter in named:
            rows = [
                n
                for n, row in enumerate(self.rows)
                if n != index
                and any(a is not None for a in row.amounts)
                and (_is_sum_of(row.label, letter) or re.match(rf"{letter}[.\s]", row.label))
            ]
            if not rows:
                return ()
            parts.append((rows[0], 1))
        return tuple(parts)

    def children_of(self, index: int) -> list[int]:
        """The lines after a line that add up to it in every column: two at least."""
        parent = self.rows[index]
        pivot = next((c for c in self.stated if parent.amounts[c]), None)
        if pivot is None or not self.is_telling(parent):
            return []
        wanted = parent.amounts[pivot] or 0
        most = max(wanted, -wanted)
        so_far: Known = 0
        children: list[int] = []
        for number in range(index + 1, min(len(self.rows), index + 1 + _MOST_CHILDREN)):
            row = self.rows[number]
            if row.role == "subline":
                continue
            # Beyond the parent there is no way back while amounts have its sign.
            if row.role != "line" or not -most <= so_far <= most:
                break
            children.append(number)
            so_far += row.amounts[pivot] or 0
            if so_far == wanted and len(children) > 1 and self.adds_up(parent, children):
                return [] if self.is_by_law(parent, children) else children
        return []

    def is_by_law(self, parent: BudgetRow, children: Sequence[int]) -> bool:
        """Whether lines add up to a payer's fee since the law says so, and not as its parts.

        The state pays half, the region a quarter and the municipalities a quarter together.
        """
        if payer(parent.label, LIKELY) in _WHOLE_PAYERS:
            return True
        if not parent.is_income or any(
            payer(self.rows[n].label, LIKELY) is Party.STATE for n in children
        ):
            return False
        at = children[0] - 1
        halves = [n for n in (at - 1, children[-1] + 1) if 0 <= n < len(self.rows)]
        return any(self.is_double(at, region) for region in (children[0], children[-1])) or any(
            self.is_double(state, at) for state in halves
        )

    def is_double(self, one: int, other: int) -> bool:
        """Whether a row is twice another in every stated column, as far as quarters are whole."""
        gaps: list[Known] = [
            2 * (self.rows[other].amounts[c] or 0) - (self.rows[one].amounts[c] or 0)
            for c in self.stated
        ]
        return all(-_ROUNDED <= gap <= _ROUNDED for gap in gaps)

    def adds_up(self, parent: BudgetRow, children: Sequence[int]) -> bool:
        """Whether lines, blank being nothing, add up to another in every column it is printed."""
        return all(
            sum(self.rows[n].amounts[c] or 0 for n in children) == parent.amounts[c]
            for c in self.stated
            if parent.amounts[c] is not None
        )

    def is_telling(self, parent: BudgetRow) -> bool:
        """Whether agreement in its columns is no coincidence."""
        return sum(bool(parent.amounts[c]) for c in self.stated) > 1

    def factor(self, row: int) -> int:
        """How a row counts in a result: costs without minus are taken away."""
        is_cost = not self.rows[row].is_income and self.rows[row].role != "result"
        return -1 if self.sign != SIGNED and is_cost else 1

    def is_blank(self, index: int) -> bool:
        """Whether nothing is printed that a sum could be held against."""
        row = self.rows[index]
        return not row.unreadable and all(row.amounts[column] is None for column in self.stated)

    def has_financial(self) -> bool:
        """Whether the table has financial items, or a result before them."""
        labels = [row.label.lower() for row in self.rows]
        return any("finansiell" in label for label in labels) or not any(
            totals.is_side_sum(label) for label in labels
        )


def _is_sum_of(label: str, letter: str) -> bool:
    """Whether a label is the sum of what a letter stands for: "S:a B1"."""
    return totals.begins_as_sum(label) and totals.without_sum(label).startswith(letter.lower())
