"""The figures of a follow-up: budget, outcome, forecast and deviation of a row or a whole side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum, unique
from fractions import Fraction
from functools import cached_property

from finsam_xl.calc import deviation as calc
from finsam_xl.calc import forecast
from finsam_xl.calc.deviation import deviation_percent, share_used
from finsam_xl.model_budget import Amount, Budget
from finsam_xl.money import round_half_away
from finsam_xl.periods import MONTHS_PER_YEAR, Period
from finsam_xl.reading.followup_columns import columns_of
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import MONTHS, decimals
from finsam_xl.report.budget_story import BudgetStory, Line
from finsam_xl.report.comment_sheet import COMMENT, LABEL, key_of
from finsam_xl.report.comments import CommentKey
from finsam_xl.words.methods import Method
from finsam_xl.words.totals import is_bare_sum

MOST_DEVIATIONS = 10
RESULT = "Resultat (intäkter minus kostnader)"
WHOLE_COSTS = "Kostnader totalt"
_MOST_PARTS, _MOST_LINES, _MOST_STEPS, _LEAST_MONTHS = 12, 5, 7, 2


@unique
class How(StrEnum):
    """How a column's figures are written."""

    AMOUNT = "amount"
    DEVIATION = "deviation"
    SHARE = "share"
    CHANGE = "change"


class Figures(NamedTuple):
    """One row of a follow-up. ``used`` is a part of one, ``percent`` per cent of the budget.

    ``to_date``: the budget of the months that have passed, and ``so_far`` how the outcome
    deviates from it.
    """

    budget: Amount
    outcome: Amount
    used: Amount
    forecast: Amount
    deviation: Amount
    percent: Amount
    to_date: Amount = None
    so_far: Amount = None


class Shown(NamedTuple):
    """A column of the report: its heading, the figure it shows, and how that is written."""

    heading: str
    field: str
    how: How = How.AMOUNT


class Part(NamedTuple):
    """A part of the result, and the line of the table it is, if it is one.

    ``is_told``: it has a row in the summary; it has a step in the bridge in any case.
    """

    label: str
    line: Line | None
    figures: Figures
    is_income: bool = False
    is_total: bool = False
    is_told: bool = True


class Followup:
    """A table with budget and outcome up to and including a tertial, and its forecast."""

    def __init__(self, budget: Budget, period: Period, method: Method | None = None) -> None:
        """``method``: how runs have filled in the forecast; ``None`` for one that is typed."""
        self.period = period
        self.method = method
        self.columns = columns_of(budget, period)
        self.months = None if self.columns.is_open else period.months
        self.story = BudgetStory(budget, self.columns.compared)
        self._rows: dict[int, Figures] = {}
        self._lines = {line.number: line for line in self.story.lines}

    @property
    def part_of_year(self) -> Fraction | None:
        """How much of the year has passed, of one; ``None`` where nobody knows."""
        return None if self.months is None else Fraction(self.months, MONTHS_PER_YEAR)

    @property
    def is_typed(self) -> bool:
        """Whether people have made the forecast."""
        return self.columns.forecast is not None

    @property
    def is_whole_year(self) -> bool:
        """Whether nothing is left to forecast."""
        return self.months == MONTHS_PER_YEAR

    @property
    def span(self) -> str:
        """The months of the period: 'januari–augusti'; '' where nobody knows."""
        return "" if self.months is None else f"januari–{self._last_month}"

    @property
    def _last_month(self) -> str:
        return MONTHS[self.period.last_month - 1]

    @property
    def until(self) -> str:
        """The same in short: 'jan–aug'."""
        return "hittills" if self.months is None else f"jan–{self._last_month[:3]}"

    @property
    def _places(self) -> int:
        return decimals(self.story.budget.unit)

    @property
    def has_period_budget(self) -> bool:
        """Whether there is a budget of the months that have passed."""
        return self.columns.to_date is not None

    @property
    def expected(self) -> str:
        """What is held against the year's budget."""
        return "Utfall" if self.is_whole_year else "Prognos"

    @property
    def shown(self) -> tuple[Shown, ...]:
        """The columns of the report, the deviation of the year among the last."""
        until = self.until
        budget = Shown("Budget", "budget")
        outcome = Shown(f"Utfall\n{until}", "outcome")
        used = Shown("Förbrukat", "used", How.SHARE)
        deviation = Shown("Avvikelse", "deviation", How.DEVIATION)
        percent = Shown("Avvikelse %", "percent", How.CHANGE)
        if self.is_whole_year:
            return budget, outcome, used, deviation, percent
        has_forecast = self.is_typed or self.months is None
        name = "Prognos" if has_forecast else "Prognos, återst. budget"
        expected = Shown(name, "forecast")
        if not self.has_period_budget:
            return budget, outcome, used, expected, deviation, percent
        to_date = Shown(f"Budget\n{until}", "to_date")
        so_far = Shown(f"Avvikelse\n{until}", "so_far", How.DEVIATION)
        of_year = deviation._replace(heading="Avvikelse\nhelår")
        return budget, to_date, outcome, so_far, expected, of_year

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the table, the label's and the comment's among them."""
        return (LABEL, *(one.heading for one in self.shown), "", COMMENT)

    @property
    def keys(self) -> list[CommentKey]:
        """The lines comments can stand at, the result among them."""
        keys = [line.key for line in self.story.lines]
        return keys if self.story.result_row is not None else [*keys, self.result_key]

    @property
    def result_key(self) -> CommentKey:
        """The result's line, where the table has none."""
        sections = [line.shown for line in self.story.lines if not line.has_amounts]
        return key_of(sections[-1] if sections else "", RESULT)

    def figures(self, amounts: Sequence[Amount], *, plus: bool) -> Figures:
        """The figures of one row, of :attr:`FollowupColumns.compared`.

        ``plus``: more than budgeted is better.
        """
        budget, outcome, typed, to_date = amounts
        sign = self.story.budget.sign
        expected = typed
        if not self.is_typed and self.months is not None:
            expected = forecast.remaining_budget(outcome, budget, self.months)
        difference = calc.deviation(expected, budget, sign, plus)
        return Figures(
            budget,
            outcome,
            share_used(outcome, budget),
            expected,
            difference,
            deviation_percent(difference, budget),
            to_date,
            calc.deviation(outcome, to_date, sign, plus),
        )

    def row(self, index: int) -> Figures:
        """The figures of a row of the table."""
        if index not in self._rows:
            self._rows[index] = self._row(index)
        return self._rows[index]

    def _row(self, index: int) -> Figures:
        row = self.story.budget.rows[index]
        amounts = [self.story.amount(index, column) for column in self.columns.compared]
        is_result = row.role == "result"
        found = self.figures(amounts, plus=row.is_income or is_result)
        return found._replace(used=None) if is_result else found

    def side(self, *, income: bool) -> Figures:
        """All income or all costs."""
        amounts = [self.story.side(column, income=income) for column in self.columns.compared]
        return self.figures(amounts, plus=income)

    def result(self) -> Figures:
        """The result of the whole."""
        amounts = [self.story.result(column) for column in self.columns.compared]
        return self.figures(amounts, plus=True)._replace(used=None)

    def summary(self) -> list[Part]:
        """Income, the sections of the costs and the costs as a whole, as the table has them.

        The lines of a table without sections are not told one by one here.
        """
        return [part for part in self._parts if part.is_told]

    @cached_property
    def _parts(self) -> list[Part]:
        """Income and costs by section, or by line where there are none, and the costs whole."""
        tops = [self._lines[row] for row, _ in sorted(self.story.tops) if row in self._lines]
        costs = [line for line in tops if not line.row.is_income]
        found: list[Part] = []
        for line in tops:
            if line.row.is_income:
                found.append(self._part(line))
                continue
            found += self._sections(line, is_only=len(costs) == 1)
            if line is costs[-1] and sum(not part.is_income for part in found) > 1:
                only = line if len(costs) == 1 else None
                whole = self.side(income=False)
                found.append(Part(WHOLE_COSTS, only, whole, is_total=True))
        return found

    def _sections(self, line: Line, *, is_only: bool) -> list[Part]:
        """What a row of costs is made of: its sections, or its lines if it is all costs there are.

        A row that adds up too many is told whole. Sums that stand under the same heading are
        told by their own names.
        """
        parts = self.story.parts(line.number)
        inside = [self._lines[row] for row in parts if row in self._lines]
        are_lines = all(part.row.role == "line" for part in inside)
        if not 1 < len(inside) <= _MOST_PARTS or (are_lines and not is_only):
            return [self._part(line, is_section=True)]
        is_told = not are_lines or len(inside) <= _MOST_LINES
        headings = Counter(part.key.shown_section for part in inside if part.row.role == "total")
        return [
            self._part(p, is_section=headings[p.key.shown_section] < 2)._replace(is_told=is_told)
            for p in inside
        ]

    def _part(self, line: Line, *, is_section: bool = False) -> Part:
        label = line.shown
        is_bare = is_bare_sum(label)
        if (is_section or is_bare) and line.row.role == "total" and line.key.section:
            label = line.key.shown_section
        return Part(label, line, self.row(line.number), line.row.is_income)

    def largest(self) -> list[tuple[Line, Figures]]:
        """The lines that deviate most from budget, whatever way."""
        return self._deviating[:MOST_DEVIATIONS]

    @cached_property
    def _deviating(self) -> list[tuple[Line, Figures]]:
        """The lines that deviate from budget as it is printed, the furthest first."""
        found = [
            (line, self.row(line.number))
            for line in self.story.lines
            if line.row.role == "line" and not line.is_head
        ]
        deviating = [p for p in found if round_half_away(p[1].deviation or 0, self._places)]
        return sorted(deviating, key=lambda pair: -abs(Fraction(pair[1].deviation or 0)))

    def methods(self, found: Figures) -> dict[str, Amount]:
        """The forecasts by other methods than the report's, by their names in Swedish.

        None of a year that is over, or of one of which nobody knows how much is left.
        """
        outcome, months = found.outcome, self.months
        if months is None or self.is_whole_year:
            return {}
        return {
            "Rak framskrivning": forecast.straight_line(outcome, months),
            "Återstående budget": forecast.remaining_budget(outcome, found.budget, months),
        }

    def worse(self) -> list[tuple[Line, Figures]]:
        """The lines that are expected to be worse than budget, the worst first."""
        return [pair for pair in self._deviating if (pair[1].deviation or 0) < 0]

    def steps(self) -> list[tuple[str, Amount]]:
        """What makes the budgeted result the expected one: by section, and what is left."""
        parts = [part for part in self._parts if not part.is_total]
        better = self.result().deviation
        known = [p for p in parts if p.figures.deviation is not None]
        if better is None or not known:
            return []
        by_size = sorted(known, key=lambda part: -abs(Fraction(part.figures.deviation or 0)))
        drawn = [p for p in parts if p in by_size[:_MOST_STEPS]]
        steps = [(part.label, part.figures.deviation) for part in drawn]
        rest = better - sum((Fraction(amount or 0) for _, amount in steps), Fraction(0))
        return [*steps, ("Övrigt", rest)] if round_half_away(rest, self._places) else steps

    def by_month(self) -> list[tuple[str, list[tuple[str, Amount]]]]:
        """Income, costs and result of each month that has a column of its own."""
        columns = self.columns.months
        if len(columns) < _LEAST_MONTHS:
            return []
        names = [MONTHS[_month(self.story.budget, n) - 1][:3] for n in columns]
        told = {
            "Intäkter": [self.story.side(n, income=True) for n in columns],
            "Kostnader": [self.story.side(n, income=False) for n in columns],
            "Resultat": [self.story.result(n) for n in columns],
        }
        return [
            (label, list(zip(names, amounts, strict=True)))
            for label, amounts in told.items()
            if any(amount is not None for amount in amounts)
        ]


def _month(budget: Budget, column: int) -> int:
    period = budget.columns[column].period
    return period.last_month if period is not None else 1
