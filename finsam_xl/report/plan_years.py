"""The years of a plan: results, equity from year to year, and the ceiling of equity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from finsam_xl.calc import equity as calc
from finsam_xl.calc.deviation import deviation
from finsam_xl.model_budget import SIGNED, Amount, Budget, BudgetRow
from finsam_xl.money import Exact, round_half_away, swedish
from finsam_xl.policy import EquityRules
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import decimals, joined, shown
from finsam_xl.report.budget_story import BudgetStory, equity_as_income, sum_notes
from finsam_xl.report.plan_fees import own_fees, told_of
from finsam_xl.words.results import Of, is_of
from finsam_xl.words.units import Unit, converted

OVER = "▼"
"""The mark of equity above its ceiling, always beside a word."""
_PREFERRED = ("plan", "budget", "forecast", "outcome")

RulesOf = Callable[[int], EquityRules | None]
"""The rules of the ceiling that hold for a year, if there are any."""


class Year(NamedTuple):
    """One year of the plan. ``ceiling`` is ``None`` where ``missing`` says why."""

    number: int
    column: int
    heading: str
    opening: Amount
    result: Amount
    closing: Amount
    fees: Amount
    ceiling: Amount
    missing: str

    @property
    def room(self) -> Amount:
        """How far below the ceiling the equity ends, negative above it."""
        return deviation(self.ceiling, self.closing, SIGNED, is_income=True)


class PlanYears:
    """A table of plan years side by side, and what the members pay in fees each of them."""

    def __init__(
        self, budget: Budget, fees_tkr: Mapping[int, Exact | None], rules: RulesOf
    ) -> None:
        self._columns = _columns_of(budget)
        self.story = BudgetStory(budget, self._columns.values())
        self._rules = rules
        self._fees = fees_tkr
        self._units = converted(1, Unit.TKR, budget.unit)
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
            fees, ceiling, missing = self._ceiling(number, column)
            heading = self.story.budget.columns[column].header
            found.append(
                Year(number, column, heading, opening, result, closing, fees, ceiling, missing)
            )
        return tuple(found)

    @property
    def lead(self) -> Year:
        """The year that the plan begins with: the budget before the years planned, or the first."""
        scenarios = [self.story.budget.columns[year.column].scenario for year in self.years]
        planned = scenarios.index("plan") if "plan" in scenarios else 0
        is_budget = planned > 0 and scenarios[planned - 1] == "budget"
        return self.years[planned - 1 if is_budget else 0]

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

    def _ceiling(self, year: int, column: int) -> tuple[Amount, Amount, str]:
        """The fees of a year and its ceiling, in the unit of the table."""
        fees, missing = self._fees_of(year, column)
        if fees is None:
            return None, None, missing
        rules = self._rules(year)
        ceiling = None if rules is None else calc.ceiling(fees / self._units, rules)
        if ceiling is None:
            return fees, None, calc.RULE_MISSING
        return fees, ceiling * self._units, ""

    def _fees_of(self, year: int, column: int) -> tuple[Amount, str]:
        """The fees of a year in the unit of the table: of a table of fees, or of its own rows."""
        tabled = self._fees.get(year)
        if tabled is not None:
            return Fraction(tabled) * self._units, ""
        own = own_fees(self.story.budget, column)
        return own.amount, own.missing

    def _told_fees(self) -> Iterator[str]:
        """Where the fees are from, and where it is not certain that they are all fees."""
        said: dict[tuple[str, str], list[str]] = {}
        for year in self.years:
            is_tabled = self._fees.get(year.number) is not None
            own = own_fees(self.story.budget, year.column)
            told = told_of(own, year.fees if is_tabled else None)
            if told is not None:
                said.setdefault(told, []).append(str(year.number))
        for (mark, text), years in said.items():
            yield f"{mark}Avgifterna {joined(years)} {text}"

    def places(self, amounts: Iterable[Amount]) -> int:
        """How many decimals a row of amounts is shown with, that no ceiling is rounded away."""
        is_whole = all(amount.denominator == 1 for amount in amounts if amount is not None)
        return max(decimals(self.story.budget.unit), 0 if is_whole else 1)

    def shown(self, amount: Amount) -> str:
        """An amount in text, with the decimals of the table's unit."""
        return shown(amount, decimals(self.story.budget.unit))

    def precisely(self, amount: Amount) -> str:
        """A ceiling or the room under it in text, with a decimal if it is not whole."""
        is_whole = amount is None or amount.denominator == 1
        return shown(amount, max(decimals(self.story.budget.unit), 0 if is_whole else 1))

    def changes(self, amounts: list[Amount]) -> list[Amount]:
        """The change from each year to the next; blank where a year is."""
        return [
            deviation(later, earlier, SIGNED, is_income=True)
            for earlier, later in pairwise(amounts)
        ]

    def _rules_told(self) -> Iterator[str]:
        """The rules of the ceiling, each with its years where they change."""
        years: dict[EquityRules, list[str]] = {}
        for year in self.years:
            rules = self._rules(year.number)
            if rules is not None:
                years.setdefault(rules, []).append(str(year.number))
        for rules, numbers in years.items():
            when = f" {joined(numbers)}" if len(years) > 1 else ""
            yield (
                f"Trappan{when}, Nationella rådets rekommendation: högst "
                f"{swedish(rules.lower_share)} % av avgifterna upp till {swedish(rules.step)} tkr "
                f"och {swedish(rules.upper_share)} % av resten. Underlaget är medlemsavgifterna, "
                f"inte alla intäkter. Över {swedish(rules.known_up_to)} tkr är ingen regel känd."
            )

    @property
    def costs(self) -> list[Amount]:
        """All costs, year by year."""
        return [self.story.side(year.column, income=False) for year in self.years]

    def notes(self) -> Iterator[str]:
        """What the figures mean and rest on."""
        yield "Ändring är det senare året minus det tidigare. Tomt är inte noll."
        booked = ""
        if self._income_row is not None:
            label = self.story.budget.rows[self._income_row].label
            booked = f" Raden ”{label}” är förra årets eget kapital och ingår inte i resultatet."
        yield (
            "Utgående eget kapital är ingående plus årets resultat, och är nästa års ingående."
            f"{booked}"
        )
        yield from self._rules_told()
        yield from self._told_fees()
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
                if gap:
                    yield (
                        f"{year.heading}: {word} eget kapital står som {self.precisely(stated)} "
                        f"{unit}, från år till år blir det {self.precisely(found)}."
                    )


def _is_equity(row: BudgetRow, role: str) -> bool:
    """Whether a row is equity when a year begins or ends: cash has such rows as well."""
    return row.role == role and is_of(row.label, Of.EQUITY)


def is_over(year: Year) -> bool:
    """Whether equity ends above its ceiling, by the figures as printed."""
    room = year.room
    return room is not None and round_half_away(room, 1) < 0


def _columns_of(budget: Budget) -> dict[int, int]:
    """A column for each year: its plan, or else its budget, forecast or outcome."""
    found: dict[int, int] = {}
    for scenario in _PREFERRED:
        for index, column in enumerate(budget.columns):
            period = column.period
            if column.scenario == scenario and period and str(period) == str(period.year):
                found.setdefault(period.year, index)
    return found
