"""The figures of a follow-up: budget, outcome, forecast and deviation of a row or a whole side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.address import letters
from finsam_xl.calc import deviation as calc
from finsam_xl.calc import forecast
from finsam_xl.calc.deviation import deviation_percent, share_used
from finsam_xl.model_budget import Amount, Budget
from finsam_xl.money import round_half_away, swedish
from finsam_xl.periods import MONTHS_PER_YEAR, Period
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import MONTHS, decimals, joined
from finsam_xl.report.budget_story import BudgetStory, Line, sum_notes
from finsam_xl.report.comment_sheet import COMMENT, LABEL, key_of
from finsam_xl.report.comments import CommentKey
from finsam_xl.words.totals import is_bare_sum

MOST_DEVIATIONS = 10
RESULT = "Resultat (intäkter minus kostnader)"
_MOST_PARTS = 12


class Figures(NamedTuple):
    """One row of a follow-up. ``used`` is a part of one, ``percent`` per cent of the budget."""

    budget: Amount
    outcome: Amount
    used: Amount
    forecast: Amount
    deviation: Amount
    percent: Amount


class Part(NamedTuple):
    """A row of the summary."""

    label: str
    link: str
    figures: Figures


class Followup:
    """A table with budget and outcome up to and including a tertial, and its forecast."""

    def __init__(self, budget: Budget, period: Period) -> None:
        self.period = period
        self.months = period.months
        year = str(period.year)
        self._budgets = _columns(budget, ("budget", "plan"), year)
        outcomes = _columns(budget, ("outcome_to_date",), str(period))
        outcomes = outcomes or _columns(budget, ("outcome_to_date", "outcome"), year)
        found = (self._budgets, outcomes, _columns(budget, ("forecast",), year))
        # Of two versions the one decided last stands last; the notes say which it is.
        self.columns = tuple(columns[-1] if columns else None for columns in found)
        self.story = BudgetStory(budget, self.columns)
        self._lines = {line.number: line for line in self.story.lines}

    @property
    def part_of_year(self) -> Fraction:
        """How much of the year has passed, of one."""
        return Fraction(self.months, MONTHS_PER_YEAR)

    @property
    def is_typed(self) -> bool:
        """Whether people have made the forecast."""
        return self.columns[2] is not None

    @property
    def is_whole_year(self) -> bool:
        """Whether nothing is left to forecast."""
        return self.months == MONTHS_PER_YEAR

    @property
    def span(self) -> str:
        """The months of the period: 'januari–augusti'."""
        return f"januari–{self._last_month}"

    @property
    def _last_month(self) -> str:
        return MONTHS[self.period.last_month - 1]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the table, the label's and the comment's among them."""
        to_date = f"Utfall\njan–{self._last_month[:3]}"
        expected = "Helår" if self.is_whole_year else "Prognos, återst. budget"
        expected = "Prognos" if self.is_typed else expected
        middle = ("Budget", to_date, "Förbrukat", expected, "Avvikelse", "Avvikelse %")
        return (LABEL, *middle, "", COMMENT)

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

    def figures(self, budget: Amount, outcome: Amount, typed: Amount, *, plus: bool) -> Figures:
        """The figures of one row; ``plus``: more than budgeted is better."""
        expected = typed
        if not self.is_typed:
            expected = forecast.remaining_budget(outcome, budget, self.months)
        difference = calc.deviation(expected, budget, self.story.budget.sign, plus)
        percent = deviation_percent(difference, budget)
        return Figures(budget, outcome, share_used(outcome, budget), expected, difference, percent)

    def row(self, index: int) -> Figures:
        """The figures of a row of the table."""
        row = self.story.budget.rows[index]
        amounts = [self.story.amount(index, column) for column in self.columns]
        is_result = row.role == "result"
        found = self.figures(*amounts, plus=row.is_income or is_result)
        return found._replace(used=None) if is_result else found

    def side(self, *, income: bool) -> Figures:
        """All income or all costs."""
        amounts = [self.story.side(column, income=income) for column in self.columns]
        return self.figures(*amounts, plus=income)

    def result(self) -> Figures:
        """The result of the whole."""
        amounts = [self.story.result(column) for column in self.columns]
        return self.figures(*amounts, plus=True)._replace(used=None)

    def summary(self) -> tuple[list[Part], list[Part], list[Part]]:
        """Income, the sections of the costs, most used first, and the costs as a whole."""
        tops = [self._lines[row] for row, _ in self.story.tops if row in self._lines]
        income = [self._part(line) for line in tops if line.row.is_income]
        costs = [line for line in tops if not line.row.is_income]
        sections: list[Part] = []
        is_split = False
        for line in costs:
            parts = [
                self._lines[row] for row in self.story.parts(line.number) if row in self._lines
            ]
            is_several = 1 < len(parts) <= _MOST_PARTS
            sections += [
                self._part(part, is_section=True) for part in (parts if is_several else [line])
            ]
            is_split = is_split or is_several
        sections.sort(key=lambda part: -(part.figures.used or 0))
        whole = (
            [Part("Kostnader totalt", costs[0].link, self.side(income=False))] if is_split else []
        )
        return income, sections, whole

    def _part(self, line: Line, *, is_section: bool = False) -> Part:
        label = line.shown
        is_bare = is_bare_sum(label)
        if (is_section or is_bare) and line.row.role == "total" and line.key.section:
            label = line.key.shown_section
        return Part(label, line.link, self.row(line.number))

    def largest(self) -> list[tuple[Line, Figures]]:
        """The lines that deviate most from budget, whatever way."""
        found = [
            (line, self.row(line.number))
            for line in self.story.lines
            if line.row.role == "line" and not line.is_head
        ]
        places = decimals(self.story.budget.unit)
        deviating = [pair for pair in found if round_half_away(pair[1].deviation or 0, places)]
        return sorted(deviating, key=lambda pair: -abs(Fraction(pair[1].deviation or 0)))[
            :MOST_DEVIATIONS
        ]

    def methods(self, found: Figures) -> dict[str, Amount]:
        """The forecasts by other methods than the report's, by their names in Swedish."""
        outcome, months = found.outcome, self.months
        return {
            "Rak framskrivning": forecast.straight_line(outcome, months),
            "Återstående budget": forecast.remaining_budget(outcome, found.budget, months),
        }

    def notes(self) -> Iterator[str]:
        """What the figures mean and rest on."""
        compared = "utfall" if self.is_whole_year else "prognos"
        yield (
            f"Avvikelse är {compared} mot budget, och plus är bättre än budget: högre intäkter "
            "eller lägre kostnader. Förbrukat är utfall mot helårets budget; "
            f"{self.months} av {MONTHS_PER_YEAR} månader har gått. Tomt är inte noll."
        )
        left = MONTHS_PER_YEAR - self.months
        if left:
            yield (
                f"Rak framskrivning är utfall × {MONTHS_PER_YEAR} / {self.months}. Återstående "
                f"budget är utfall + budget × {left} / {MONTHS_PER_YEAR}. Ingen av dem ersätter "
                "en angiven prognos."
            )
        unit = self.story.budget.unit
        bare = [
            f"{line.shown} {swedish(found.outcome, decimals(unit))} {unit}"
            for line in self.story.lines
            if line.row.role == "line"
            and (found := self.row(line.number)).budget is None
            and found.outcome
        ]
        if bare:
            yield f"Utfall utan budget, som ändå räknas in i summorna: {joined(bare)}."
        if len(self._budgets) > 1:
            columns = [self.story.budget.columns[n] for n in self._budgets]
            *others, used = (f"{column.header} ({letters(column.number)})" for column in columns)
            yield f"Budgeten är kolumnen {used}; för samma år finns även {joined(others)}."
        yield from sum_notes(self.story.budget, self.columns)


def _columns(budget: Budget, scenarios: Sequence[str], period: str) -> list[int]:
    """The columns of the first of some scenarios that has any for a period, or for none named."""
    for scenario in scenarios:
        found = [
            (index, column.period)
            for index, column in enumerate(budget.columns)
            if column.scenario == scenario
        ]
        named = [index for index, at in found if at is not None and str(at) == period]
        if named or found:
            return named or [index for index, at in found if at is None]
    return []
