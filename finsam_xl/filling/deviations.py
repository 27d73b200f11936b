"""Whether a column of deviations, per cent or row sums is settled, and what its blank cells are.

A reading says which column is taken from which, and which way. What is printed in the column
decides among all of them; where it is blank, the heading and the columns beside it must leave
a single pair of the same period, of which the nearer stands right beside. Part of a year
against a whole year is no deviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from finsam_xl.calc.deviation import deviation, deviation_percent, share_used
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.checks.budget import has_one_side
from finsam_xl.filling import doubts
from finsam_xl.filling.doubts import Doubt
from finsam_xl.filling.sides import INCOME
from finsam_xl.filling.sums import SumGate, Verdict, decimals
from finsam_xl.labels import normalise
from finsam_xl.model_budget import SIGNED, Amount, Budget, BudgetRow, Known
from finsam_xl.money import exact, round_half_away
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.period_headings import meaning
from finsam_xl.words.units import KRONOR

_FIRST_OUTCOME = re.compile(r"(?:utfall|prognos)\w*\s*(?:minus|[-–−])\s*budget")
_SENSE_SAID = re.compile(
    r"\bplus|\bminus|positiv|negativ|tecken|över-?skrid|under-?skrid|\(\+\)|\(-\)|[+±-]\s*="
    r"|utfall\w* - budget|budget\w* - utfall|kolumn [a-z]\b|sista kolumnen|(?:under|över) budget\b"
)
_PLAIN_HEADING = re.compile(
    r"(?:(?:budget)?avvikelse|budget-?avvikelse|mot|från|av|i|budget|budgeten|utfall|prognos|helår|år|"
    r"tkr|kr|mkr|%|procent|20\d\d|(?:utfall|prognos)[-/](?:budget|bud)|\(|\)|\s)+"
)
_PART_OF_YEAR = re.compile(
    r"delår|tertial|kvartal|halvår|månad|t\.?\s?o\.?\s?m|\back|\bper\s+(?:den\s+)?\d|\bt[123]\b|\bkv\b"
    r"|januari|februari|mars|april|\bmaj\b|juni|juli|augusti|september|oktober|november"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov)\b|\d\d?/\d|-(?:0[1-9]|1[01])-\d\d"
)
_YEAR_END = re.compile(r"(?:20)?\d\d-12-31|31 december|december")
_TO_DATE = ("outcome_to_date", "budget_to_date")
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
        titles: Sequence[str],
        above: Mapping[int, str],
        unknown: Mapping[tuple[int, int], str],
    ) -> None:
        self.sheet, self.budget, self.printed, self.sums = sheet, budget, printed, sums
        self.rivals, self.unknown = rivals, unknown
        headings = {one.header for one in budget.columns}
        self.sense_is_said = any(
            _SENSE_SAID.search(normalise(text)) for text in texts if text not in headings
        )
        self.is_part_of_year = any(
            _PART_OF_YEAR.search(normalise(text)) and not _YEAR_END.search(normalise(text))
            for text in titles
        )
        self.above = above
        self._readings: dict[int, tuple[list[Reading], Doubt | None]] = {}
        self._netted: dict[tuple[int, int], set[int]] = {}

    # Deviations -----------------------------------------------------------------------------

    def deviation(self, row: int, column: int) -> Verdict:
        """What a blank deviation, or its per cent, is; neither figure nor doubt without a side."""
        readings, doubt = self.readings(column)
        if doubt is not None:
            pair = self.budget.compared(column)
            is_blank = pair is not None and has_one_side(self.sums.rows[row], pair)
            return Verdict() if is_blank else Verdict(doubt=doubt)
        figures = {self.figure(row, one, column) for one in readings}
        if figures == {None}:
            return Verdict()
        if row in self.netted(readings[0]):
            return Verdict(doubt=Doubt(doubts.PART_BLANK))
        if len(figures) > 1:
            return Verdict(doubt=Doubt(doubts.TWO_WAYS))
        unsure = self.unsure_row(row, readings)
        return Verdict(doubt=unsure) if unsure else Verdict(figures.pop())

    def unsure_row(self, row: int, readings: Sequence[Reading]) -> Doubt | None:
        """What keeps a row's figure back: cells that mean nothing, or an unsure side."""
        for side in (readings[0].outcome, readings[0].base):
            if (row, side) in self.unknown:
                return Doubt(self.unknown[row, side], self.sums.place(row, side))
        label = self.budget.rows[row].label
        if any(one.sense is Sense.FAVOURABLE for one in readings) and not self.is_sure(row):
            return Doubt(doubts.SIDE_UNSURE, label)
        return self.sums.by_place.odd([row])

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
        outcome = self.sums.rows[row].amounts[reading.outcome]
        base = self.sums.rows[row].amounts[reading.base]
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

    def readings(self, column: int) -> tuple[list[Reading], Doubt | None]:
        """The readings that explain a column, or the doubt that leaves it alone."""
        if column not in self._readings:
            self._readings[column] = self._find(column)
        return self._readings[column]

    def _find(self, column: int) -> tuple[list[Reading], Doubt | None]:
        filled = list(self.filled(column))
        if len(filled) >= _LEAST_AGREEING:
            best = self.best(filled, column)
            return (best, None) if best else ([], Doubt(doubts.OTHER_SENSE))
        readings, doubt = self.by_place(column)
        if doubt is None and not all(
            self.agrees(row, one, column) for one in readings for row in filled
        ):
            return [], Doubt(doubts.OTHER_SENSE)
        return readings, doubt

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
                counts[one] = agreeing
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

        A row whose side is unsure may be either.
        """
        best = self.best(list(self.filled(column)), column)
        if best:
            return best
        if self.budget.columns[column].scenario == "percent" and not self._is_of_deviation(column):
            return []
        pair = self.budget.compared(column)
        return [] if pair is None else [Reading(*pair, Sense.FAVOURABLE)]

    def filled(self, column: int) -> Iterator[int]:
        """Rows whose figure in the column is printed and says something."""
        for index, row in enumerate(self.printed):
            stated = row.amounts[column]
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
            return exact(round_half_away(calculated, decimals(stated))) == stated
        step = Fraction(1, 10 ** max(decimals(stated), decimals(calculated)))
        return -step <= stated - calculated <= step

    def by_place(self, column: int) -> tuple[list[Reading], Doubt | None]:
        """The reading that heading and place leave, for a column with nothing printed in it."""
        words = normalise(self.budget.columns[column].header)
        if self.budget.columns[column].scenario == "percent":
            beside = self.percent_of(column, words)
            if beside is None:
                return [], Doubt(doubts.RATIO_UNSURE)
            return self.readings(beside)
        sense = Sense.FAVOURABLE
        if "minus" in words and _FIRST_OUTCOME.search(words):
            sense = Sense.OUTCOME_FIRST
        elif self.sense_is_said or not _PLAIN_HEADING.fullmatch(self.own_words(column)):
            return [], Doubt(doubts.SENSE_UNSURE)
        units = set(re.split(r"[^a-zåäö]+", words)) & set(KRONOR)
        pairs = self.pairs(column, words)
        if not pairs or units - {self.budget.unit}:
            return [], Doubt(doubts.NO_PAIR)
        return [Reading(*pair, sense) for pair in pairs], None

    def _is_of_deviation(self, column: int) -> bool:
        return (
            re.match(r"^(?:avvik|differens)", normalise(self.budget.columns[column].header))
            is not None
        )

    def own_words(self, column: int) -> str:
        """What a heading's own cell says, without what spans it."""
        heading = self.budget.columns[column]
        own = self.sheet.cell(self.sums.header_row, heading.number).value
        return normalise(own if isinstance(own, str) and own.strip() else heading.header)

    def percent_of(self, column: int, words: str) -> int | None:
        """The column of deviations right before one that says it is their per cent."""
        before = column - 1
        says = re.match(r"^avvik", words) is not None
        if says and before >= 0 and self.budget.columns[before].scenario == "deviation":
            return before
        return None

    def pairs(self, column: int, words: str) -> list[tuple[int, int]]:
        """The pairs left of the column that are of one time: one, and those that say the same.

        The nearest column on the left must be one of them.
        """
        columns = self.budget.columns
        if not all(self.is_clear(n) for n in range(column) if columns[n].is_stated):
            return []
        first, last = columns[0].number, columns[column].number
        if any(first <= number < last for number in self.rivals):
            return []
        near = column - 1
        while near >= 0 and columns[near].scenario in ("deviation", "percent"):
            near -= 1
        own = meaning(columns[column].header)
        found = [
            (outcome, base)
            for outcome in range(column)
            for base in range(column)
            if self.fit(outcome, base, words)
            and (own is None or own.period is None or own.period == columns[base].period)
        ]
        said = {tuple((columns[n].scenario, columns[n].period) for n in pair) for pair in found}
        if len(said) != 1:
            return []
        if "budget" in words and ("prognos" in words or "utfall" in words):
            return found
        if not any(near in pair for pair in found):
            return []
        between = range(near + 1, column)
        return [] if any(columns[n].scenario == "deviation" for n in between) else found

    def fit(self, outcome: int, base: int, words: str) -> bool:
        """Whether two columns are an outcome and a budget of the same time."""
        one = self.budget.columns[outcome]
        if not self.budget.are_compared(outcome, base):
            return False
        if "prognos" in words and one.scenario != "forecast":
            return False
        if "utfall" in words and one.scenario == "forecast":
            return False
        if one.scenario == "outcome" and self.is_part_of_year:
            return False
        is_part = one.scenario == "outcome_to_date"
        return not is_part or (one.period is not None and one.period.tertial is not None)

    def is_clear(self, column: int) -> bool:
        """Whether all that a heading says of time is understood.

        "Budget 31" names a year that cannot be read, "Utfall 2025:8" a month, and months may
        stand on a row above.
        """
        heading = self.budget.columns[column]
        words = normalise(heading.header)
        above = normalise(self.above.get(heading.number, ""))
        said_here = f"{above} {_YEAR_END.sub('', words)}"
        if heading.scenario in ("outcome", "budget") and _PART_OF_YEAR.search(said_here):
            return False
        if not any(letter.isdigit() for letter in words):
            return True
        if heading.scenario in _TO_DATE and heading.period and heading.period.tertial:
            return True
        said = meaning(heading.header)
        if said is None or said.period is None:
            return False
        rest = re.sub(r"20\d\d", "", _YEAR_END.sub("", words), count=2)
        return not any(letter.isdigit() for letter in rest)

    # Sums of columns ------------------------------------------------------------------------

    def across(self, row: int, column: int) -> Verdict:
        """What a blank sum of the stated columns beside it is."""
        amounts = self.sums.rows[row].amounts
        stated = [n for n, one in enumerate(self.budget.columns) if one.is_stated]
        known = [a for n in stated if (a := amounts[n]) is not None]
        if not known:
            return Verdict()
        for n in stated:
            if (row, n) in self.unknown:
                return Verdict(doubt=Doubt(self.unknown[row, n], self.sums.place(row, n)))
        printed = [one for one in self.printed if one.amounts[column] is not None]
        held = [one for one in printed if self._adds_up(one, stated, column)]
        several = [one for one in held if sum(bool(one.amounts[n]) for n in stated) > 1]
        if len(several) < _LEAST_AGREEING or 2 * len(held) <= len(printed):
            return Verdict(doubt=Doubt(doubts.SPAN_UNSURE))
        if any(amounts[n] is None for n in stated) and not any(
            one.amounts[n] is None for one in several for n in stated
        ):
            return Verdict(doubt=Doubt(doubts.PART_BLANK))
        return Verdict(sum(known))

    def _adds_up(self, row: BudgetRow, stated: Sequence[int], column: int) -> bool:
        known = [a for n in stated if (a := row.amounts[n]) is not None]
        total = row.amounts[column]
        return (
            bool(known)
            and total is not None
            and explained_by_rounding(total - sum(known), len(known))
        )
