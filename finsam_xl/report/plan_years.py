"""The years of a plan: results, equity from year to year, and the ceiling of equity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from finsam_xl.calc import equity as calc
from finsam_xl.calc.deviation import deviation
from finsam_xl.model_budget import SIGNED, Amount, Budget, BudgetRow
from finsam_xl.money import Exact, trimmed
from finsam_xl.records import NamedTuple
from finsam_xl.report import ceilings, look
from finsam_xl.report.amounts import decimals, joined, shown
from finsam_xl.report.budget_story import BudgetStory, equity_as_income, sum_notes
from finsam_xl.report.ceilings import Ceilings, RulesOf
from finsam_xl.words.results import Of, is_of

_PREFERRED = ("plan", "budget", "forecast", "outcome")


class Year(NamedTuple):
    """One year of the plan. ``ceiling`` is ``None`` where ``missing`` says why.

    ``room``: how far below the ceiling the equity ends, negative above it, as printed.
    """

    number: int
    column: int
    heading: str
    opening: Amount
    result: Amount
    closing: Amount
    fees: Amount
    ceiling: Amount
    missing: str
    room: Amount

    @property
    def is_over(self) -> bool:
        """Whether equity ends above its ceiling."""
        return ceilings.is_over(self.room)

    @property
    def is_negative(self) -> bool:
        """Whether there is no equity left: it fits under any ceiling, which says nothing."""
        return self.closing is not None and self.closing < 0

    @property
    def standing(self) -> tuple[str, str]:
        """How equity stands in a word with its mark, and their colour word; '' where unknown."""
        if self.is_negative:
            return f"{look.SYMBOLS['röd']} negativt", "röd"
        if self.room is None:
            return "", ""
        colour = "röd" if self.is_over else "grön"
        return f"{look.SYMBOLS[colour]} {'över' if self.is_over else 'ryms'}", colour


class PlanYears:
    """A table of plan years side by side, and what the members pay in fees each of them."""

    def __init__(
        self, budget: Budget, fees_tkr: Mapping[int, Exact | None], rules: RulesOf
    ) -> None:
        self._columns = _columns_of(budget)
        self.story = BudgetStory(budget, self._columns.values())
        self._ceilings = Ceilings(budget, fees_tkr, rules)
        self._places = decimals(budget.unit)
        self._income_row = equity_as_income(budget)

    @cached_property
    def years(self) -> tuple[Year, ...]:
        """The years from the first to the last, each with the equity the one before left."""
        found: list[Year] = []
        for number, column in sorted(self._columns.items()):
            before = found[-1] if found and found[-1].number == number - 1 else None
            opening = before.closing if before is not None else None
            if opening is None:
                opening = self._stated("equity_open", column)
            result = self._result(column)
            (closing,) = calc.roll_forward(opening, [result])
            fees, ceiling, missing = self._ceilings.of(number, column)
            left = ceilings.room(ceiling, closing, self.story.budget.unit)
            heading = self.story.budget.columns[column].header
            known = (number, column, heading, opening, result, closing, fees, ceiling, missing)
            found.append(Year(*known, left))
        return tuple(found)

    @cached_property
    def lead(self) -> Year:
        """The year that the plan begins with: the budget before the years planned, or the first."""
        scenarios = [self.story.budget.columns[year.column].scenario for year in self.years]
        planned = scenarios.index("plan") if "plan" in scenarios else 0
        is_budget = planned > 0 and scenarios[planned - 1] == "budget"
        return self.years[planned - 1 if is_budget else 0]

    @property
    def has_equity(self) -> bool:
        """Whether it is known of any year what equity it ends with."""
        return any(year.closing is not None for year in self.years)

    @property
    def has_ceiling(self) -> bool:
        """Whether the ceiling of any year is known."""
        return any(year.ceiling is not None for year in self.years)

    @property
    def before(self) -> Year | None:
        """The year before the one that leads, where the table has it."""
        years = {year.number: year for year in self.years}
        return years.get(self.lead.number - 1)

    @property
    def title(self) -> str:
        """What the plan is of: its budget year and the years planned, or its years."""
        if not self.years:
            return "Plan"
        last, lead = self.years[-1], self.lead
        if self.story.budget.columns[lead.column].scenario != "budget" or last is lead:
            first = self.years[0].number
            return f"Plan {_span(first, last.number)}"
        return f"Budget {lead.number} och plan {_span(lead.number + 1, last.number)}"

    def _stated(self, role: str, column: int) -> Amount:
        """Equity as the table states it; ``None`` where several rows state it differently."""
        rows = self.story.budget.rows
        found = {line.amounts[column] for line in rows if _is_equity(line, role)} - {None}
        if not found and role == "equity_open" and self._income_row is not None:
            return rows[self._income_row].amounts[column]
        return found.pop() if len(found) == 1 else None

    def _result(self, column: int) -> Amount:
        result = self.story.result(column)
        if self._income_row is None or result is None:
            return result
        booked = self.story.amount(self._income_row, column)
        return deviation(result, booked or 0, SIGNED, is_income=True)

    def shown(self, amount: Amount) -> str:
        """An amount in text, with the decimals of the table's unit."""
        return shown(amount, self._places)

    def change(self, earlier: Amount, later: Amount) -> Amount:
        """The change from a year to a later one; blank where one of them is."""
        return deviation(later, earlier, SIGNED, is_income=True)

    def costs(self, year: Year) -> Amount:
        """All costs of a year, a positive figure however the table signs them."""
        costs = self.story.side(year.column, income=False)
        return -costs if costs is not None and self.story.budget.sign == SIGNED else costs

    def notes(self) -> Iterator[str]:
        """What the figures mean and rest on."""
        yield "Ändring är det senare året minus det tidigare. Tomt är inte noll."
        if self.has_equity:
            yield self._rolled()
        if self.has_ceiling:
            yield from self._ceilings.rules_told(year.number for year in self.years)
        yield from self._ceilings.fees_told((year.number, year.column) for year in self.years)
        if self.years and self.years[0].opening is None:
            yield self._no_equity(self.years[0])
        yield from self._broken()
        left_out = [
            column.header
            for index, column in enumerate(self.story.budget.columns)
            if index not in self._columns.values()
        ]
        if left_out:
            yield f"Visas inte här: {joined(left_out)}."
        yield from sum_notes(self.story.budget, [year.column for year in self.years])

    def _rolled(self) -> str:
        """How equity goes from year to year."""
        booked = ""
        if self._income_row is not None:
            label = self.story.budget.rows[self._income_row].label
            booked = f" Raden ”{label}” är förra årets eget kapital och ingår inte i resultatet."
        return (
            "Utgående eget kapital är ingående plus årets resultat, och är nästa års ingående."
            f"{booked}"
        )

    def _no_equity(self, first: Year) -> str:
        rows = [line for line in self.story.budget.rows if _is_equity(line, "equity_open")]
        if any(line.amounts[first.column] is not None for line in rows):
            labels = joined([f"”{line.label}”" for line in rows])
            return f"▼ Eget kapital visas inte: raderna {labels} säger olika för {first.number}."
        return (
            "Eget kapital visas inte: tabellen har ingen rad ”Eget kapital vid årets början” "
            f"med ett belopp för {first.number}."
        )

    def _broken(self) -> Iterator[str]:
        """Stated equity that is not what the years before give."""
        unit = self.story.budget.unit
        for role, word in (("equity_open", "ingående"), ("equity_close", "utgående")):
            for year in self.years:
                stated = self._stated(role, year.column)
                found = year.opening if role == "equity_open" else year.closing
                gap = deviation(stated, found, SIGNED, is_income=True)
                if gap and stated is not None and found is not None:
                    yield (
                        f"{year.heading}: {word} eget kapital står som {trimmed(stated, unit)}, "
                        f"från år till år blir det {trimmed(found)}."
                    )


def _span(first: int, last: int) -> str:
    return f"{first}–{last}" if first < last else str(last)


def _is_equity(row: BudgetRow, role: str) -> bool:
    """Whether a row is equity when a year begins or ends: cash has such rows as well."""
    return row.role == role and is_of(row.label, Of.EQUITY)


def _columns_of(budget: Budget) -> dict[int, int]:
    """A column for each year: its plan, or else its budget, forecast or outcome."""
    found: dict[int, int] = {}
    for scenario in _PREFERRED:
        for index, column in enumerate(budget.columns):
            period = column.period
            if column.scenario == scenario and period and str(period) == str(period.year):
                found.setdefault(period.year, index)
    return found
