"""What the blank cells of columns that follow from others are: deviations, per cent, row sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finsam_xl.address import a1
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.checks.amounts.budget import has_one_side
from finsam_xl.checks.standing import is_standing
from finsam_xl.filling.deviations import SURE, Pairs
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.filling.readings import LEAST_AGREEING, Reading, Sense
from finsam_xl.findings.reasons import Reason
from finsam_xl.model_budget import SIGNED, Amount, BudgetRow
from finsam_xl.money import exact
from finsam_xl.words import totals

_WHOLE = 100


class AcrossGate(Pairs):
    """What may be written in the columns of one table that follow from those beside them."""

    def deviation(self, row: int, column: int) -> Verdict:
        """What a blank deviation, or its per cent, is; neither figure nor doubt without a side."""
        readings, doubt = self.readings(column)
        if doubt is not None:
            pair = self.budget.compared(column)
            is_blank = pair is not None and has_one_side(self.sums.rows[row], pair)
            return Verdict() if is_blank else Verdict(doubt=doubt)
        for side in (readings[0].outcome, readings[0].base):
            if (row, side) in self.unknown:
                return Verdict(doubt=Doubt(self.unknown[row, side], self.sums.place(row, side)))
        figures = {self.figure(row, one, column) for one in readings}
        if figures == {None} or self.is_left_out(row, column, figures):
            return Verdict()
        if row in self.netted(readings[0]):
            return Verdict(doubt=Doubt(Reason.PART_BLANK))
        if len(figures) > 1:
            return Verdict(doubt=Doubt(Reason.TWO_WAYS))
        unsure = self.unsure_row(row, readings) or self.unsure_side(row, column, readings)
        return Verdict(doubt=unsure) if unsure else Verdict(figures.pop())

    def is_left_out(self, row: int, column: int, figures: Iterable[Amount]) -> bool:
        """Whether the per cent of a result is left out: of one near nought it says nothing.

        A column that is filled in tells whether it is done here; else its size does.
        """
        if self.budget.columns[column].scenario != "percent" or self.printed[row].role != "result":
            return False
        filled = [self.printed[n].role for n in self.filled(column)]
        if len(filled) < LEAST_AGREEING:
            return any(abs(exact(figure or 0)) > _WHOLE for figure in figures)
        return "result" not in filled

    def unsure_row(self, row: int, readings: Sequence[Reading]) -> Doubt | None:
        """What keeps a row's figure back: an unsure side, or what is no amount."""
        label = self.budget.rows[row].label
        if any(one.sense is Sense.FAVOURABLE for one in readings) and not self.sums.is_sure(row):
            return Doubt(Reason.SIDE_UNSURE, label)
        return self.sums.by_place.odd([row])

    def unsure_side(self, row: int, column: int, readings: Sequence[Reading]) -> Doubt | None:
        """Whether plain differences are borne out by rows of the other side only.

        Of costs a budget less its outcome is also what is better: of incomes it is the reverse.
        """
        filled = list(self.filled(column))
        if any(one.sense in (Sense.FAVOURABLE, Sense.USED) for one in readings):
            return None
        is_signed = self.budget.sign == SIGNED
        if len(filled) < LEAST_AGREEING or is_signed:
            return None
        if self.budget.columns[column].how in ("difference", "remaining"):
            return None
        known = {self.sums.sides[n] for n in filled if self.sums.is_sure(n)}
        return None if self.sums.sides[row] in known else Doubt(Reason.SENSE_UNSURE)

    def terms(self, row: int, column: int) -> str:
        """What a deviation, or its per cent, is between, as a formula."""
        readings, doubt = self.readings(column)
        if doubt is not None:
            return ""
        one = readings[0]
        outcome, base = (a1(*self.budget.at(row, n)) for n in (one.outcome, one.base))
        is_cost = self.budget.sign != SIGNED and not self.budget.rows[row].gains
        is_turned = one.sense is Sense.BUDGET_FIRST or (is_cost and one.sense is Sense.FAVOURABLE)
        found = f"{base}-{outcome}" if is_turned else f"{outcome}-{base}"
        if self.budget.columns[column].scenario != "percent":
            return found
        ratio = f"{outcome}/{base}" if one.sense is Sense.USED else f"({found})/{base}"
        return ratio if self.is_hundredth(row, column) else f"{ratio}*100"

    def across(self, row: int, column: int) -> Verdict:
        """What a blank sum of the columns that it adds up is."""
        heading = self.budget.columns[column]
        amounts = self.sums.rows[row].amounts
        known = [(amounts[n], factor) for n, factor in heading.of]
        if all(amount is None for amount, _ in known):
            return Verdict()
        if is_standing(self.budget, self.printed, row, [n for n, _ in heading.of]):
            return Verdict(doubt=Doubt(Reason.STANDING))
        for n, _ in heading.of:
            if (row, n) in self.unknown:
                return Verdict(doubt=Doubt(self.unknown[row, n], self.sums.place(row, n)))
        printed = [
            one
            for n, one in enumerate(self.printed)
            if one.amounts[column] is not None and (n, column) not in self.unknown
        ]
        held = [one for one in printed if self._adds_up(one, column)]
        several = [one for one in held if sum(bool(one.amounts[n]) for n, _ in heading.of) > 1]
        is_borne_out = len(several) >= LEAST_AGREEING and 2 * len(held) > len(printed)
        if not is_borne_out and (printed or heading.sure < SURE or not self._are_added(column)):
            return Verdict(doubt=Doubt(Reason.SPAN_UNSURE))
        blank = [self.sums.place(row, n) for n, _ in heading.of if amounts[n] is None]
        was_blank = any(one.amounts[n] is None for one in several for n, _ in heading.of)
        if blank and not was_blank:
            return Verdict(doubt=Doubt(Reason.PART_BLANK, blank[0]))
        return Verdict(sum(factor * amount for amount, factor in known if amount is not None))

    def _are_added(self, column: int) -> bool:
        """Whether columns of one time, such as places, are amounts alike: each has its sum below.

        A salary per month, hours and prices stand beside each other too; unless a person says
        that it is a sum.
        """
        if self._is_said_sum(column):
            return True
        parts = [n for n, _ in self.budget.columns[column].of]
        times = {(self.budget.columns[n].scenario, self.budget.columns[n].period) for n in parts}
        if len(times) > 1 or None in {period for _, period in times}:
            return True
        return any(
            all(self.sums.holds(one.target, one.parts, n) for n in parts)
            for one in self.budget.sums
            if len(one.parts) > 1
        )

    def _is_said_sum(self, column: int) -> bool:
        """Whether a person says that a column is the sum of others."""
        number = self.budget.columns[column].number
        said = self.sheet.said.columns.items()
        return any(totals.is_sum(says.text) for (_, at), says in said if at == number)

    def _adds_up(self, row: BudgetRow, column: int) -> bool:
        of = self.budget.columns[column].of
        known = [factor * a for n, factor in of if (a := row.amounts[n]) is not None]
        total = row.amounts[column]
        return (
            bool(known)
            and total is not None
            and explained_by_rounding(total - sum(known), len(known))
        )
