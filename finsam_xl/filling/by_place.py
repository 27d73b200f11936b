"""Whether names and places alone settle a sum that is printed nowhere in its row.

A total right below the lines of its section; a result of an income and a cost side; closing
equity of an opening and a year's result. Anything odd among the lines leaves it in doubt: a
line that is the sum of others, a head count, a row that belongs to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from finsam_xl.filling import doubts
from finsam_xl.filling.doubts import Doubt
from finsam_xl.filling.sides import COST, INCOME, named
from finsam_xl.labels import normalise
from finsam_xl.model_budget import BudgetRow, Known, Sum
from finsam_xl.sheets.budget_rows import begins_as_total
from finsam_xl.words.parties import POSSIBLE, Party, payer
from finsam_xl.words.results import is_years_result
from finsam_xl.words.sides import hints_income, is_whole_side

if TYPE_CHECKING:
    from finsam_xl.filling.sums import SumGate

ADDED = ("line", "total", "result")
"""The roles of rows that sums add up."""
_OTHER_UNIT = re.compile(
    r"\bantal\b|årsarbet|årsverk|heltidstjänst|\btimmar\b|\bdeltagare$|\bpersoner$|\bandel\b"
    r"|[(,]\s*(?:st|%|h|tim|dagar)\)?$|soliditet"
)


class ByPlace:
    """Asks of the sums of one table what their names and places say."""

    def __init__(self, gate: SumGate) -> None:
        self.gate = gate
        self.inside, self.sides, self.is_signed = gate.inside, gate.sides, gate.is_signed

    @property
    def rows(self) -> Sequence[BudgetRow]:
        """The rows as they are now."""
        return self.gate.rows

    def doubt(self, target: Sum) -> Doubt | None:
        """Why names and places alone leave a sum in doubt; ``None`` when they settle it."""
        for row, _ in target.parts:
            if _OTHER_UNIT.search(self.rows[row].label.lower()):
                return Doubt(doubts.PART_OTHER_UNIT, self.rows[row].label)
        if target.how == "result":
            return self.result_by_place(target)
        if target.how == "equity":
            return self.equity_by_place(target)
        return self.total_by_place(target)

    def total_by_place(self, target: Sum) -> Doubt | None:
        """A total of the lines right above it, with nothing odd among them."""
        row = self.rows[target.target]
        if not begins_as_total(row.label) and not is_whole_side(row.label):
            return Doubt(doubts.NOT_A_SUM)
        parts = [number for number, _ in target.parts]
        if target.how not in ("lines-before", "letters") or not parts:
            return Doubt(doubts.NO_PARTS)
        doubled = self.coincidence(parts)
        if doubled is not None:
            return Doubt(doubts.PART_TWICE, self.rows[doubled].label)
        if target.how == "letters":
            return None
        return self.unexplained(target, parts)

    def unexplained(self, target: Sum, parts: Sequence[int]) -> Doubt | None:
        """Whether every row above the total belongs to it, up to where its section begins."""
        held = set(parts) | {n for part in parts for n in self.inside.get(part, ())}
        for number in range(parts[0], target.target):
            role = self.rows[number].role
            if role in ADDED and number not in held and not self.repeats(number):
                return Doubt(doubts.NO_PARTS)
        first = min(held)
        above = self.rows[first - 1] if first else None
        own = self.rows[target.target]
        says_all = is_whole_side(own.label)
        if self.rows[target.target - 1].role == "total" and self.left_over(first, named(own.label)):
            return Doubt(doubts.NO_PARTS)
        wanted = named(own.label)
        if wanted and any(self.sides[n] not in ("", wanted) for n in parts):
            return Doubt(doubts.SIDE_UNSURE)
        if above is None:
            strange = [n for n in parts if wanted == COST and hints_income(self.rows[n].label)]
            return Doubt(doubts.SIDE_UNSURE) if strange else None
        if above.role == "section":
            return None
        if above.role == "total" and (is_whole_side(above.label) or not self.is_bare(own.label)):
            closes = is_whole_side(above.label) or not says_all
            return None if closes else Doubt(doubts.NO_PARTS)
        return Doubt(doubts.NO_PARTS)

    def left_over(self, first: int, wanted: str) -> bool:
        """Whether rows above a total of totals are in no sum, on its side or on no sure one."""
        taken = {row for held in self.inside.values() for row in held}
        return any(
            self.rows[n].role in ADDED
            and n not in taken
            and not (wanted and self.sides[n] not in ("", wanted))
            for n in range(first)
        )

    def repeats(self, number: int) -> bool:
        """Whether a row has the amounts of the row before: the single line of a group."""
        return bool(number) and self.rows[number].amounts == self.rows[number - 1].amounts

    def is_bare(self, label: str) -> bool:
        """Whether a total says nothing of what it adds up."""
        return " " not in normalise(label).replace("s a", "s:a")

    def coincidence(self, parts: Sequence[int]) -> int | None:
        """A part that is, in every column, the sum of parts right after or right before it.

        By law the state pays what region and municipalities pay together: its half is a line.
        """
        for at, row in enumerate(parts):
            if self.is_payer(row, parts):
                continue
            after, before = parts[at + 1 :], parts[:at][::-1]
            if self.adds_up(row, after) or self.adds_up(row, before):
                return row
        return None

    def is_payer(self, row: int, parts: Sequence[int]) -> bool:
        """Whether a row is the state's half beside the other payers'."""
        own = payer(self.rows[row].label, POSSIBLE)
        others = (self.rows[n].label for n in parts if n != row)
        return own is Party.STATE or (
            self.sides[row] == INCOME
            and own is not None
            and any(payer(label, POSSIBLE) for label in others)
        )

    def adds_up(self, row: int, others: Sequence[int]) -> bool:
        """Whether the first two or more of some rows come to another in every column it has."""
        columns = [n for n, a in enumerate(self.rows[row].amounts) if a]
        if not columns:
            return False
        sums: dict[int, Known] = dict.fromkeys(columns, 0)
        for count, other in enumerate(others, 1):
            for n in columns:
                sums[n] += self.rows[other].amounts[n] or 0
            if count > 1 and all(sums[n] == self.rows[row].amounts[n] for n in columns):
                return True
        return False

    def result_by_place(self, target: Sum) -> Doubt | None:
        """A result of everything above it, each on a sure side, and both sides there."""
        rows = [row for row, _ in target.parts]
        if not all(map(self.gate.is_sure, rows)) or not all(
            self.is_signed or not self.sides[row] or (factor > 0) is (self.sides[row] == INCOME)
            for row, factor in target.parts
        ):
            return Doubt(doubts.SIDE_UNSURE)
        reached = set(rows) | {n for row in rows for n in self.inside.get(row, ())}
        kinds = {self.sides[n] for n in reached} - {""}
        if not {INCOME, COST} <= kinds:
            return Doubt(doubts.ONE_SIDE)
        for number in range(target.target):
            is_left_out = self.rows[number].role in ADDED and number not in reached
            if is_left_out and not self.repeats(number):
                return Doubt(doubts.NO_PARTS)
        return None

    def equity_by_place(self, target: Sum) -> Doubt | None:
        """A closing of the opening and the year's result, with no other change between."""
        opening, result = (row for row, _ in target.parts)
        if not is_years_result(self.rows[result].label):
            return Doubt(doubts.EQUITY_UNSURE)
        between = [
            n
            for n in range(opening + 1, target.target)
            if self.rows[n].role in ADDED and n != result and n not in self.inside.get(result, ())
        ]
        return Doubt(doubts.EQUITY_UNSURE) if between else None
