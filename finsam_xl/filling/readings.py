"""What columns of deviations and per cent are between, as far as what is printed in them tells.

A reading says which column is taken from which, and which way. What is printed in a column
decides among all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from fractions import Fraction

from finsam_xl.calc.deviation import deviation, deviation_percent, share_used
from finsam_xl.checks.amounts.budget import has_one_side
from finsam_xl.filling.sides import INCOME
from finsam_xl.filling.sums import SumGate
from finsam_xl.model_budget import Amount, Known, decimals
from finsam_xl.money import exact, round_half_away
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell

LEAST_AGREEING = 2
_NEARLY_ALL = Fraction(3, 4)


class Sense(StrEnum):
    """Which way a deviation is taken."""

    FAVOURABLE = "favourable"
    OUTCOME_FIRST = "outcome_first"
    BUDGET_FIRST = "budget_first"
    USED = "used"
    """Only of per cent: what part of the budget the outcome is."""


class Reading(NamedTuple):
    """A way to take a deviation: column indices of outcome and budget, and the sense."""

    outcome: int
    base: int
    sense: Sense


class Readings:
    """The columns of one table that follow from those beside them, and what is printed there."""

    def __init__(self, sums: SumGate) -> None:
        self.sheet, self.budget, self.sums = sums.sheet, sums.budget, sums
        self.printed, self.unknown = sums.printed, sums.unknown
        self._in_parts: set[int] = set()
        """Columns of per cent that are typed as parts of one."""
        self._netted: dict[tuple[int, int], set[int]] = {}

    def sense(self, column: int, pair: tuple[int, int]) -> Sense:
        """Which way a column is taken, as it was read."""
        heading = self.budget.columns[column]
        if heading.how == "quotient":
            return Sense.USED
        if heading.how == "favourable":
            return Sense.FAVOURABLE
        first = next(index for index, factor in heading.of if factor > 0)
        return Sense.OUTCOME_FIRST if first == pair[0] else Sense.BUDGET_FIRST

    def figures(self, row: int, reading: Reading, column: int) -> list[Amount]:
        """What a reading may give on a row: two figures where the row's side is unsure."""
        if reading.sense is not Sense.FAVOURABLE or self.sums.is_sure(row):
            return [self.figure(row, reading, column)]
        guess = self.budget.rows[row].is_income
        return [self.figure(row, reading, column, side) for side in (guess, not guess)]

    def figure(
        self, row: int, reading: Reading, column: int, is_income: bool | None = None
    ) -> Amount:
        """What a reading gives on a row; ``None`` without both sides."""
        outcome = self.sums.amount(row, reading.outcome)
        base = self.sums.amount(row, reading.base)
        if outcome is None or base is None:
            return None
        if reading.sense is Sense.USED:
            used = share_used(outcome, base)
            return None if used is None else 100 * used
        found: Known
        if reading.sense is Sense.FAVOURABLE:
            if is_income is None:
                is_income = self.sums.sides[row] == INCOME
            is_income = is_income or self.budget.rows[row].role == "result"
            taken = deviation(outcome, base, self.budget.sign, is_income=is_income)
            found = taken if taken is not None else 0
        else:
            found = outcome - base if reading.sense is Sense.OUTCOME_FIRST else base - outcome
        if self.budget.columns[column].scenario == "percent":
            return deviation_percent(found, base)
        return found

    def filled(self, column: int) -> Iterator[int]:
        """Rows whose figure in the column is printed and says something."""
        for index, row in enumerate(self.printed):
            stated = row.amounts[column] if (index, column) not in self.unknown else None
            if stated and row.role in ("line", "subline", "total", "result"):
                yield index

    def every(self, column: int) -> Iterator[Reading]:
        """Every column against every other, in every sense."""
        stated = [n for n, one in enumerate(self.budget.columns) if one.is_stated]
        is_percent = self.budget.columns[column].scenario == "percent"
        senses = [one for one in Sense if is_percent or one is not Sense.USED]
        for outcome in stated:
            for base in stated:
                if outcome != base:
                    yield from (Reading(outcome, base, sense) for sense in senses)

    def agrees(self, row: int, reading: Reading, column: int) -> bool:
        """Whether a printed figure is the reading's, as it is rounded."""
        stated = self.printed[row].amounts[column]
        calculated = self.figure(row, reading, column)
        if stated is None or calculated is None:
            return True
        if self.budget.columns[column].scenario == "percent":
            if column in self._in_parts and not self.is_shown(row, column):
                calculated = exact(calculated) / 100
            digits = decimals(stated)
            return round_half_away(calculated, digits) == round_half_away(stated, digits)
        step = Fraction(1, 10 ** max(decimals(stated), decimals(calculated)))
        return -step <= stated - calculated <= step

    def best(self, filled: Sequence[int], column: int) -> list[Reading]:
        """The readings that most of the printed figures agree with, if nearly all do.

        A single misprinted deviation does not hide what the others say.
        """
        counts: dict[Reading, int] = {}
        for one in self.every(column):
            known = [row for row in filled if row not in self.netted(one)]
            if one.sense is Sense.FAVOURABLE:
                known = [row for row in known if self.sums.is_sure(row)]
            known = [row for row in known if self.figure(row, one, column) is not None]
            agreeing = sum(self.agrees(row, one, column) for row in known)
            if agreeing >= LEAST_AGREEING and agreeing >= _NEARLY_ALL * len(known):
                counts[one] = agreeing - (len(known) - agreeing)
        most = max(counts.values(), default=0)
        return [one for one, count in counts.items() if count == most]

    def printed_readings(self, column: int) -> list[Reading]:
        """The readings to judge printed figures by: what most agree with, else the heading's.

        What the table was read as comes first where it explains every figure: a row whose side
        is unsure may be either.
        """
        filled = list(self.filled(column))
        pair = self.budget.compared(column)
        as_read: list[Reading] = []
        if pair is not None and self.budget.columns[column].how != "quotient":
            as_read = [Reading(*pair, self.sense(column, pair))]
            if filled and all(self.is_explained(row, as_read[0], column) for row in filled):
                return as_read
        best = self.best(filled, column)
        if best or self.is_in_parts(filled, column):
            return best or self.best(filled, column)
        return as_read

    def is_explained(self, row: int, reading: Reading, column: int) -> bool:
        """Whether a printed figure may be the reading's, on the row's likely or other side."""
        stated = self.printed[row].amounts[column]
        return stated in self.figures(row, reading, column)

    def is_in_parts(self, filled: Sequence[int], column: int) -> bool:
        """Whether per cent are typed as parts of one (0,92), without a format that shows them."""
        if self.budget.columns[column].scenario != "percent" or len(filled) < LEAST_AGREEING:
            return False
        self._in_parts.add(column)
        if not self.best(filled, column):
            self._in_parts.discard(column)
        return column in self._in_parts

    def netted(self, reading: Reading) -> set[int]:
        """Sums that hold something with an outcome but no budget, such as a netted project.

        Their sides do not compare; what is printed there is the sum of the deviations.
        """
        sides = (reading.outcome, reading.base)
        if sides not in self._netted:
            self._netted[sides] = {
                one.target
                for one in self.budget.sums
                if any(has_one_side(self.sums.rows[row], sides) for row, _ in one.parts)
            }
        return self._netted[sides]

    def is_hundredth(self, row: int, column: int) -> bool:
        """Whether a cell of per cent holds parts of one: by its format, or as the column does."""
        if self.budget.columns[column].scenario != "percent":
            return False
        if self.is_shown(row, column) or column in self._in_parts:
            return True
        # A blank cell's format speaks as well: of an emptied column it is all there is.
        shown = [self.is_shown(n, column) for n, one in enumerate(self.printed) if any(one.amounts)]
        return 2 * sum(shown) > len(shown)

    def is_shown(self, row: int, column: int) -> bool:
        """Whether a cell is shown as per cent by its format."""
        return self.cell(row, column).percent

    def cell(self, row: int, column: int) -> Cell:
        """A cell of the table."""
        return self.sheet.cell(*self.budget.at(row, column))
