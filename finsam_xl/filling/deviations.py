"""Which two columns a deviation or its per cent is between, and which way: settled, or in doubt.

What is printed in the column decides; where it is blank, what the columns were read as must
say surely which two it is between. The sense is that of the filled cells, then of the words,
then ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.filling.doubts import Doubt
from finsam_xl.filling.readings import LEAST_AGREEING, Reading, Readings, Sense
from finsam_xl.filling.sums import SumGate
from finsam_xl.findings.reasons import Reason
from finsam_xl.labels import normalise
from finsam_xl.model_budget import SIGNED
from finsam_xl.money import exact
from finsam_xl.reading.headings import heading_of
from finsam_xl.words.scenarios import says_per_cent, says_used
from finsam_xl.words.senses import doubts_heading, doubts_sense, is_judged
from finsam_xl.words.units import unit

SURE = 0.9
"""How surely a column must have been read for anything to be written by it."""
_LIKELY = 0.75
"""How surely the columns compared must have been read: what they are shows in figures too."""
_AND = "och"
"""Between two names it tells no order: "avvikelse mellan budget och utfall"."""
_MOST_TIMES = 4
"""How many times the other a budget or its outcome may be, all in all."""


class Pairs(Readings):
    """The pair and the sense of each column. ``rivals``: columns of numbers nobody read."""

    def __init__(self, sums: SumGate, rivals: Sequence[int]) -> None:
        super().__init__(sums)
        self.rivals = rivals
        headings = {one.header for one in self.budget.columns}
        self.sense_is_said = any(map(doubts_sense, sums.sheet.texts - headings))
        self._readings: dict[int, tuple[list[Reading], Doubt | None]] = {}

    def readings(self, column: int) -> tuple[list[Reading], Doubt | None]:
        """The readings that explain a column, or the doubt that leaves it alone."""
        if column not in self._readings:
            self._readings[column] = self._find(column)
        return self._readings[column]

    def _find(self, column: int) -> tuple[list[Reading], Doubt | None]:
        filled = list(self.filled(column))
        is_percent = self.budget.columns[column].scenario == "percent"
        if is_percent and any(isinstance(self.cell(row, column).value, str) for row in filled):
            return [], Doubt(Reason.AS_TEXT)
        best = self.best(filled, column) if len(filled) >= LEAST_AGREEING else []
        if best:
            return best, None
        if self.is_in_parts(filled, column):
            return self.best(filled, column), None
        readings, doubt = self.as_read(column)
        if doubt is None and not self.agree(filled, readings, column):
            return [], Doubt(Reason.OTHER_SENSE)
        return readings, doubt

    def agree(self, rows: Sequence[int], readings: Sequence[Reading], column: int) -> bool:
        """Whether what little is printed is the readings', or another column bears them out."""
        held = [row for row in rows if all(self.agrees(row, one, column) for one in readings)]
        if len(held) == len(rows) < LEAST_AGREEING:
            return True
        how = self.budget.columns[column].how
        others = (
            n
            for n, other in enumerate(self.budget.columns)
            if n != column and other.how == how and len(list(self.filled(n))) >= LEAST_AGREEING
        )
        return bool(held) and any(
            readings[0].sense in {one.sense for one in self.best(list(self.filled(n)), n)}
            for n in others
        )

    def as_read(self, column: int) -> tuple[list[Reading], Doubt | None]:
        """The reading that the table's columns leave, for one with nothing printed in it."""
        heading = self.budget.columns[column]
        is_percent = heading.scenario == "percent"
        pair = self.budget.compared(column)
        if (
            pair is None
            or heading.sure < SURE
            or self.is_rivalled(column, pair)
            or not self.is_likely(pair)
            or unit(heading.header) not in (None, self.budget.unit)
        ):
            return [], Doubt(Reason.RATIO_UNSURE if is_percent else Reason.NO_PAIR)
        if is_percent and heading.how != "quotient":
            return self.of_deviation(pair)
        sense = self.sense(column, pair)
        if sense is Sense.USED and not (
            says_used(heading.header) and self.is_shown_in_per_cent(column)
        ):
            return [], Doubt(Reason.RATIO_UNSURE)
        is_in_doubt = self.sense_is_said or doubts_heading(heading.header)
        if sense is Sense.FAVOURABLE and (is_in_doubt or self.is_in_order(heading.header, pair)):
            return [], Doubt(Reason.SENSE_UNSURE)
        outcomes, bases = (self.twins(n) for n in pair)
        return [Reading(one, other, sense) for one in outcomes for other in bases], None

    def is_in_order(self, header: str, pair: tuple[int, int]) -> bool:
        """Whether a heading names both columns in an order that gives another sign than ours.

        "Diff utfall/budget" may be the one less the other, also of costs; "Avvikelse
        utfall-budget" is better or worse.
        """
        said = heading_of((header,))
        is_paired = said.compares and len(said.named) >= len(pair)
        if not is_paired or is_judged(header) or _AND in normalise(header).split():
            return False
        outcome_first = not self.budget.columns[pair[1]].scenario.startswith(said.named[0])
        if self.budget.sign == SIGNED:
            return not outcome_first
        return any(
            row.gains is not outcome_first
            for row in self.printed
            if any(row.amounts[n] for n in pair)
        )

    def twins(self, column: int) -> list[int]:
        """A column, and those whose headings say the very same: nobody knows which is meant."""
        own = self.budget.columns[column]
        key = (own.scenario, own.period, normalise(own.header))
        return [column] + [
            n
            for n, one in enumerate(self.budget.columns)
            if n != column and (one.scenario, one.period, normalise(one.header)) == key
        ]

    def of_deviation(self, pair: tuple[int, int]) -> tuple[list[Reading], Doubt | None]:
        """The readings of the deviations between the same columns: per cent goes with them."""
        for column, heading in enumerate(self.budget.columns):
            is_amount = heading.is_compared and heading.scenario != "percent"
            if is_amount and self.budget.compared(column) == pair:
                readings, doubt = self.readings(column)
                outcomes, bases = map(self.twins, pair)
                return [r for r in readings if r.outcome in outcomes and r.base in bases], doubt
        return [], Doubt(Reason.RATIO_UNSURE)

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
