"""Whether a column of deviations, per cent or row sums is settled, and what its blank cells are.

A reading says which column is taken from which, and which way. What is printed in the column
decides among all of them; where it is blank, what the columns were read as must say surely
which two it is between. The sense is that of the filled cells, then of the words, then ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from finsam_xl.address import a1
from finsam_xl.calc.deviation import deviation, deviation_percent, share_used
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.checks.budget import has_one_side
from finsam_xl.filling import doubts
from finsam_xl.filling.doubts import Doubt
from finsam_xl.filling.sides import INCOME
from finsam_xl.filling.sums import SumGate, Verdict
from finsam_xl.labels import normalise
from finsam_xl.model_budget import SIGNED, Amount, Budget, BudgetRow, Known, decimals
from finsam_xl.money import exact, round_half_away
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words.scenarios import says_per_cent, says_used
from finsam_xl.words.senses import doubts_heading, doubts_sense
from finsam_xl.words.units import unit

_SURE = 0.9
"""How surely a column must have been read for anything to be written by it."""
_LIKELY = 0.75
"""How surely the columns compared must have been read: what they are shows in figures too."""
_MOST_TIMES = 4
"""How many times the other a budget or its outcome may be, all in all."""
_LEAST_AGREEING = 2
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


class AcrossGate:
    """The columns of one table that follow from those beside them."""

    def __init__(
        self,
        sheet: SheetGrid,
        budget: Budget,
        printed: Sequence[BudgetRow],
        sums: SumGate,
        rivals: Sequence[int],
        texts: Iterable[str],
        unknown: Mapping[tuple[int, int], str],
    ) -> None:
        self.sheet, self.budget, self.printed, self.sums = sheet, budget, printed, sums
        self.rivals, self.unknown = rivals, unknown
        headings = {one.header for one in budget.columns}
        self.sense_is_said = any(doubts_sense(text) for text in texts if text not in headings)
        self._readings: dict[int, tuple[list[Reading], Doubt | None]] = {}
        self._in_parts: set[int] = set()
        """Columns of per cent that are typed as parts of one."""
        self._netted: dict[tuple[int, int], set[int]] = {}

    # Deviations -----------------------------------------------------------------------------

    def deviation(self, row: int, column: int) -> Verdict:
        """What a blank deviation, or its per cent, is; neither figure nor doubt without a side."""
        readings, doubt = self.readings(column)
        if doubt is not None:
            pair = self.budget.compared(column)
            is_blank = pair is not None and has_one_side(self.sums.rows[row], pair)
            return Verdict() if is_blank else Verdict(doubt=doubt)
        if self.is_left_out(row, column):
            return Verdict()
        for side in (readings[0].outcome, readings[0].base):
            if (row, side) in self.unknown:
                return Verdict(doubt=Doubt(self.unknown[row, side], self.sums.place(row, side)))
        figures = {self.figure(row, one, column) for one in readings}
        if figures == {None}:
            return Verdict()
        if row in self.netted(readings[0]):
            return Verdict(doubt=Doubt(doubts.PART_BLANK))
        if len(figures) > 1:
            return Verdict(doubt=Doubt(doubts.TWO_WAYS))
        unsure = self.unsure_row(row, readings) or self.unsure_side(row, column, readings)
        return Verdict(doubt=unsure) if unsure else Verdict(figures.pop())

    def is_left_out(self, row: int, column: int) -> bool:
        """Whether a person has left the per cent of results out of a column that is filled in.

        Of a result near nought a per cent says nothing.
        """
        if self.budget.columns[column].scenario != "percent" or self.printed[row].role != "result":
            return False
        filled = [self.printed[n].role for n in self.filled(column)]
        return len(filled) > 1 and "result" not in filled

    def unsure_row(self, row: int, readings: Sequence[Reading]) -> Doubt | None:
        """What keeps a row's figure back: an unsure side, or what is no amount."""
        label = self.budget.rows[row].label
        if any(one.sense is Sense.FAVOURABLE for one in readings) and not self.is_sure(row):
            return Doubt(doubts.SIDE_UNSURE, label)
        return self.sums.by_place.odd([row])

    def unsure_side(self, row: int, column: int, readings: Sequence[Reading]) -> Doubt | None:
        """Whether plain differences are borne out by rows of the other side only.

        Of costs a budget less its outcome is also what is better: of incomes it is the reverse.
        """
        filled = list(self.filled(column))
        if any(one.sense in (Sense.FAVOURABLE, Sense.USED) for one in readings):
            return None
        is_signed = self.budget.sign == SIGNED
        if len(filled) < _LEAST_AGREEING or is_signed:
            return None
        if self.budget.columns[column].how in ("difference", "remaining"):
            return None
        known = {self.sums.sides[n] for n in filled if self.is_sure(n)}
        return None if self.sums.sides[row] in known else Doubt(doubts.SENSE_UNSURE)

    def is_sure(self, row: int) -> bool:
        """Whether the row's side is settled, or makes no difference."""
        one = self.budget.rows[row]
        if not self.sums.sign_is_sure or self.budget.sign == SIGNED:
            return self.sums.sign_is_sure
        return one.role == "result" or bool(self.sums.sides[row])

    def figures(self, row: int, reading: Reading, column: int) -> list[Amount]:
        """What a reading may give on a row: two figures where the row's side is unsure."""
        if reading.sense is not Sense.FAVOURABLE or self.is_sure(row):
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
        return self.sheet.cell(*self.budget.at(row, column)).percent

    def readings(self, column: int) -> tuple[list[Reading], Doubt | None]:
        """The readings that explain a column, or the doubt that leaves it alone."""
        if column not in self._readings:
            self._readings[column] = self._find(column)
        return self._readings[column]

    def _find(self, column: int) -> tuple[list[Reading], Doubt | None]:
        filled = list(self.filled(column))
        best = self.best(filled, column) if len(filled) >= _LEAST_AGREEING else []
        if best:
            return best, None
        if self.is_in_parts(filled, column):
            return self.best(filled, column), None
        readings, doubt = self.as_read(column)
        if doubt is None and not self.agree(filled, readings, column):
            return [], Doubt(doubts.OTHER_SENSE)
        return readings, doubt

    def is_in_parts(self, filled: Sequence[int], column: int) -> bool:
        """Whether per cent are typed as parts of one (0,92), without a format that shows them."""
        if self.budget.columns[column].scenario != "percent" or len(filled) < _LEAST_AGREEING:
            return False
        self._in_parts.add(column)
        if not self.best(filled, column):
            self._in_parts.discard(column)
        return column in self._in_parts

    def agree(self, rows: Sequence[int], readings: Sequence[Reading], column: int) -> bool:
        """Whether what little is printed is the readings', or another column bears them out."""
        held = [row for row in rows if all(self.agrees(row, one, column) for one in readings)]
        if len(held) == len(rows) < _LEAST_AGREEING:
            return True
        how = self.budget.columns[column].how
        others = (
            n
            for n, other in enumerate(self.budget.columns)
            if n != column and other.how == how and len(list(self.filled(n))) >= _LEAST_AGREEING
        )
        return bool(held) and any(
            readings[0].sense in {one.sense for one in self.best(list(self.filled(n)), n)}
            for n in others
        )

    def best(self, filled: Sequence[int], column: int) -> list[Reading]:
        """The readings that most of the printed figures agree with, if nearly all do.

        A single misprinted deviation does not hide what the others say.
        """
        counts: dict[Reading, int] = {}
        for one in self.every(column):
            known = [row for row in filled if row not in self.netted(one)]
            if one.sense is Sense.FAVOURABLE:
                known = [row for row in known if self.is_sure(row)]
            known = [row for row in known if self.figure(row, one, column) is not None]
            agreeing = sum(self.agrees(row, one, column) for row in known)
            if agreeing >= _LEAST_AGREEING and agreeing >= _NEARLY_ALL * len(known):
                counts[one] = agreeing - (len(known) - agreeing)
        most = max(counts.values(), default=0)
        return [one for one, count in counts.items() if count == most]

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

    def as_read(self, column: int) -> tuple[list[Reading], Doubt | None]:
        """The reading that the table's columns leave, for one with nothing printed in it."""
        heading = self.budget.columns[column]
        is_percent = heading.scenario == "percent"
        pair = self.budget.compared(column)
        if (
            pair is None
            or heading.sure < _SURE
            or self.is_rivalled(column, pair)
            or not self.is_likely(pair)
            or unit(heading.header) not in (None, self.budget.unit)
        ):
            return [], Doubt(doubts.RATIO_UNSURE if is_percent else doubts.NO_PAIR)
        if is_percent and heading.how != "quotient":
            return self.of_deviation(pair)
        sense = self.sense(column, pair)
        if sense is Sense.USED and not (
            says_used(heading.header) and self.is_shown_in_per_cent(column)
        ):
            return [], Doubt(doubts.RATIO_UNSURE)
        if sense is Sense.FAVOURABLE and (self.sense_is_said or doubts_heading(heading.header)):
            return [], Doubt(doubts.SENSE_UNSURE)
        outcomes, bases = (self.twins(n) for n in pair)
        return [Reading(one, other, sense) for one in outcomes for other in bases], None

    def twins(self, column: int) -> list[int]:
        """A column, and those whose headings say the very same: nobody knows which is meant."""
        own = self.budget.columns[column]
        key = (own.scenario, own.period, normalise(own.header))
        return [column] + [
            n
            for n, one in enumerate(self.budget.columns)
            if n != column and (one.scenario, one.period, normalise(one.header)) == key
        ]

    def sense(self, column: int, pair: tuple[int, int]) -> Sense:
        """Which way a column is taken, as it was read."""
        heading = self.budget.columns[column]
        if heading.how == "quotient":
            return Sense.USED
        if heading.how == "favourable":
            return Sense.FAVOURABLE
        first = next(index for index, factor in heading.of if factor > 0)
        return Sense.OUTCOME_FIRST if first == pair[0] else Sense.BUDGET_FIRST

    def of_deviation(self, pair: tuple[int, int]) -> tuple[list[Reading], Doubt | None]:
        """The readings of the deviations between the same columns: per cent goes with them."""
        for column, heading in enumerate(self.budget.columns):
            is_amount = heading.is_compared and heading.scenario != "percent"
            if is_amount and self.budget.compared(column) == pair:
                readings, doubt = self.readings(column)
                outcomes, bases = map(self.twins, pair)
                return [r for r in readings if r.outcome in outcomes and r.base in bases], doubt
        return [], Doubt(doubts.RATIO_UNSURE)

    def is_rivalled(self, column: int, pair: tuple[int, int]) -> bool:
        """Whether a column of amounts that nobody surely understood stands among those compared."""
        columns = self.budget.columns
        numbers = [columns[n].number for n in (*pair, column)]
        unsure = [
            one.number
            for n, one in enumerate(columns)
            if one.sure < _LIKELY or self.is_unexplained(n)
        ]
        return any(min(numbers) <= number < max(numbers) for number in (*self.rivals, *unsure))

    def is_unexplained(self, column: int) -> bool:
        """Whether a column holds figures that nobody states and that follow from no others."""
        heading = self.budget.columns[column]
        is_printed = any(row.amounts[column] is not None for row in self.printed)
        if heading.is_stated or not is_printed:
            return False
        return not heading.of or (
            heading.is_compared and not self.best(list(self.filled(column)), column)
        )

    def is_likely(self, pair: tuple[int, int]) -> bool:
        """Whether two columns are of one size: an addition to a budget is no budget."""
        known = [
            sorted((abs(exact(row.amounts[pair[0]] or 0)), abs(exact(row.amounts[pair[1]] or 0))))
            for row in self.printed
            if row.amounts[pair[0]] and row.amounts[pair[1]]
        ]
        alike = sum(large <= _MOST_TIMES * small for small, large in known)
        return 2 * alike > len(known) or not known

    def is_shown_in_per_cent(self, column: int) -> bool:
        """Whether a column's figures are per cent by their format, or by its heading."""
        heading = self.budget.columns[column]
        cells = (self.sheet.cell(row.row, heading.number) for row in self.budget.rows)
        return says_per_cent(heading.header) or any(cell.percent for cell in cells)

    # Sums of columns ------------------------------------------------------------------------

    def across(self, row: int, column: int) -> Verdict:
        """What a blank sum of the columns that it adds up is."""
        heading = self.budget.columns[column]
        amounts = self.sums.rows[row].amounts
        known = [(amounts[n], factor) for n, factor in heading.of]
        if all(amount is None for amount, _ in known):
            return Verdict()
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
        is_borne_out = len(several) >= _LEAST_AGREEING and 2 * len(held) > len(printed)
        if not is_borne_out and (printed or heading.sure < _SURE):
            return Verdict(doubt=Doubt(doubts.SPAN_UNSURE))
        blank = [self.sums.place(row, n) for n, _ in heading.of if amounts[n] is None]
        was_blank = any(one.amounts[n] is None for one in several for n, _ in heading.of)
        if blank and not was_blank:
            return Verdict(doubt=Doubt(doubts.PART_BLANK, blank[0]))
        return Verdict(sum(factor * amount for amount, factor in known if amount is not None))

    def _adds_up(self, row: BudgetRow, column: int) -> bool:
        of = self.budget.columns[column].of
        known = [factor * a for n, factor in of if (a := row.amounts[n]) is not None]
        total = row.amounts[column]
        return (
            bool(known)
            and total is not None
            and explained_by_rounding(total - sum(known), len(known))
        )
