"""Whether names and places alone settle a result, or what equity a year ends with.

A result of an income and a cost side; closing equity of an opening and a year's result.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from finsam_xl.filling.doubled import Doubled
from finsam_xl.filling.doubts import Doubt
from finsam_xl.filling.printed_sums import ADDED, PrintedSums
from finsam_xl.filling.sides import COST, INCOME
from finsam_xl.findings.reasons import Reason
from finsam_xl.labels import normalise
from finsam_xl.model_budget import BudgetRow, Sum
from finsam_xl.reading.row_labels import says
from finsam_xl.words.meanings import is_part

_PAIR = 2
_YEARS_RESULT = re.compile(
    r"(?:årets |periodens )?resultat"
    r"|resultat efter finansiella (?:poster|intäkter och kostnader)"
)


class ResultsByPlace:
    """Asks of the results of one table what their names and places say."""

    def __init__(self, gate: PrintedSums) -> None:
        self.gate = gate
        self.inside, self.sides, self.is_signed = gate.inside, gate.sides, gate.is_signed
        self.doubled = Doubled(gate)

    @property
    def rows(self) -> Sequence[BudgetRow]:
        """The rows as they are now."""
        return self.gate.rows

    def result_by_place(self, target: Sum) -> Doubt | None:
        """A result of everything above it, each on a sure side, and both sides there."""
        rows = [row for row, _ in target.parts]
        if self.is_repeated(target.target) or self.is_one_of_results(target.target):
            return Doubt(Reason.NO_PARTS)
        if not all(map(self.gate.is_sure, rows)) or not all(
            self.is_signed or not self.sides[row] or (factor > 0) is (self.sides[row] == INCOME)
            for row, factor in target.parts
        ):
            return Doubt(Reason.SIDE_UNSURE)
        reached = self.gate.reach(rows)
        doubled = self.doubled.coincidence(rows) if self.is_signed else None
        if doubled is not None:
            return Doubt(Reason.PART_TWICE, self.rows[doubled].label)
        kinds = {self.sides[n] for n in reached} - {""}
        if not {INCOME, COST} <= kinds:
            return Doubt(Reason.ONE_SIDE)
        first = min(reached) if is_part(self.rows[target.target].meant) else 0
        for number in range(first, target.target):
            is_left_out = self.rows[number].role in ADDED and number not in reached
            if is_left_out and not self.repeats(number):
                return Doubt(Reason.NO_PARTS)
        return None

    def is_one_of_results(self, index: int) -> bool:
        """Whether a row that only a person calls a result may be that of its section alone.

        Another result stands below, and what a later section begins with has both sides.
        """
        row = self.rows[index]
        is_named = says(row.label).names_result or is_part(row.meant)
        if not row.is_said or is_named:
            return False
        starts = [n for n in range(index) if self.rows[n].role == "section"]
        return any(one.role == "result" for one in self.rows[index + 1 :]) and any(
            {INCOME, COST} <= set(self.sides[start:index])
            and any(one.role in ADDED for one in self.rows[:start])
            for start in starts
        )

    def equity_by_place(self, target: Sum) -> Doubt | None:
        """A closing of the opening and the year's result, with no other change between."""
        if len(target.parts) != _PAIR:
            return Doubt(Reason.EQUITY_UNSURE)
        opening, result = (row for row, _ in target.parts)
        every = [
            n
            for n, row in enumerate(self.rows[: target.target])
            if row.role == "result" and _YEARS_RESULT.fullmatch(normalise(row.meant))
        ]
        is_sure = self.gate.sign_is_sure or not any(self.sides)
        if (
            every[-1:] != [result]
            or not is_sure
            or any((a or 0) < 0 for a in self.rows[opening].amounts)
        ):
            return Doubt(Reason.EQUITY_UNSURE)
        between = [
            n
            for n in range(min(opening, result) + 1, target.target)
            if self.rows[n].role in ADDED and n != result and n not in self.inside.get(result, ())
        ]
        return Doubt(Reason.EQUITY_UNSURE) if between else None

    def is_repeated(self, index: int) -> bool:
        """Whether another row has the same name: the table holds several units below each other."""
        own = self.rows[index]
        label = normalise(own.meant if own.role == "total" else own.label)
        return any(
            n != index
            and row.role in ADDED
            and normalise(row.meant if row.role == "total" else row.label) == label
            for n, row in enumerate(self.rows)
        )

    def repeats(self, number: int) -> bool:
        """Whether a row has the amounts of the row before: the single line of a group."""
        return bool(number) and self.rows[number].amounts == self.rows[number - 1].amounts
