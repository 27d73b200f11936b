"""The recommended ceiling of equity in the years of a table, by what the members pay in fees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from finsam_xl.calc import equity as calc
from finsam_xl.calc.deviation import deviation
from finsam_xl.model_budget import SIGNED, Amount, Budget
from finsam_xl.money import Exact, round_half_away, swedish
from finsam_xl.policy import EquityRules
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import decimals, joined
from finsam_xl.report.plan_fees import own_fees, told_of
from finsam_xl.words.units import Unit, converted

RulesOf = Callable[[int], EquityRules | None]
"""The rules of the ceiling that hold for a year, if there are any."""


class Ceiling(NamedTuple):
    """A year's fees and ceiling in the table's unit; ``missing`` says why there is no ceiling."""

    fees: Amount
    ceiling: Amount
    missing: str


class Ceilings:
    """The ceilings of a table's years.

    ``fees_tkr``: the members' fees by year, in tkr, as tables of fees have them; of other years
    the table's own rows tell.
    """

    def __init__(
        self, budget: Budget, fees_tkr: Mapping[int, Exact | None], rules: RulesOf
    ) -> None:
        self._budget, self._fees, self._rules = budget, fees_tkr, rules
        self._units = converted(1, Unit.TKR, budget.unit)

    def of(self, year: int, column: int) -> Ceiling:
        """The fees of a year and its ceiling; ``column``: the one that tells of the year."""
        fees, missing = self._fees_of(year, column)
        if fees is None:
            return Ceiling(None, None, missing)
        rules = self._rules(year)
        ceiling = None if rules is None else calc.ceiling(fees / self._units, rules)
        if ceiling is None:
            return Ceiling(fees, None, calc.RULE_MISSING)
        return Ceiling(fees, ceiling * self._units, "")

    def _fees_of(self, year: int, column: int) -> tuple[Amount, str]:
        """The fees of a year in the unit of the table: of a table of fees, or of its own rows."""
        tabled = self._fees.get(year)
        if tabled is not None:
            return Fraction(tabled) * self._units, ""
        own = own_fees(self._budget, column)
        return own.amount, own.missing

    def fees_told(self, years: Iterable[tuple[int, int]]) -> Iterator[str]:
        """Where the fees are from, and where it is not certain that they are all fees.

        ``years``: each with the column that tells of it.
        """
        said: dict[tuple[str, str], list[str]] = {}
        for year, column in years:
            tabled = self._fees_of(year, column)[0] if self._fees.get(year) is not None else None
            told = told_of(own_fees(self._budget, column), tabled)
            if told is not None:
                said.setdefault(told, []).append(str(year))
        for (mark, text), numbers in said.items():
            yield f"{mark}Avgifterna {joined(numbers)} {text}"

    def rules_told(self, years: Iterable[int]) -> Iterator[str]:
        """The rules of the ceiling, each with its years where they change."""
        return rules_told(self._rules, years)


def rules_told(rules_of: RulesOf, years: Iterable[int]) -> Iterator[str]:
    """The rules of the ceiling of some years, each with its years where they change."""
    by_rules: dict[EquityRules, list[str]] = {}
    for year in years:
        rules = rules_of(year)
        if rules is not None:
            by_rules.setdefault(rules, []).append(str(year))
    for rules, numbers in by_rules.items():
        when = f" {joined(numbers)}" if len(by_rules) > 1 else ""
        yield (
            f"Trappan{when}, Nationella rådets rekommendation: högst "
            f"{swedish(rules.lower_share)} % av avgifterna upp till {swedish(rules.step)} tkr "
            f"och {swedish(rules.upper_share)} % av resten. Underlaget är medlemsavgifterna, "
            f"inte alla intäkter. Över {swedish(rules.known_up_to)} tkr är ingen regel känd."
        )


def room(ceiling: Amount, equity: Amount, unit: str) -> Amount:
    """What equity leaves under its ceiling, as printed in a unit; negative where it is above."""
    left = deviation(ceiling, equity, SIGNED, is_income=True)
    return None if left is None else Fraction(round_half_away(left, decimals(unit)))


def is_over(room: Amount) -> bool:
    """Whether equity is above its ceiling; ``room``: what is left, as printed."""
    return room is not None and room < 0
