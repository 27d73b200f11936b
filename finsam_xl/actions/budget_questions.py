"""What happens with equity by each alternative of the plan and each way to forecast the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.actions import budget as budgets
from finsam_xl.actions.followups import chosen as chosen_followup
from finsam_xl.actions.followups import parts_of_years
from finsam_xl.actions.forecasts import filled_by
from finsam_xl.actions.plans import Planned, planned
from finsam_xl.actions.reports import equity_rules, fees_tkr, scenario_paths
from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.model_budget import Amount
from finsam_xl.money import Exact
from finsam_xl.plan import Plan
from finsam_xl.reading.alternatives import only
from finsam_xl.reading.book import ReadBudget
from finsam_xl.reading.choices import Chosen, either
from finsam_xl.reading.settings import association
from finsam_xl.records import NamedTuple
from finsam_xl.report import what_if_budget
from finsam_xl.report.ceilings import Ceilings
from finsam_xl.report.equity_path import Path, forecast_year, of_plan, of_result
from finsam_xl.report.faults import FaultsOf, none_of
from finsam_xl.report.forecast_scenarios import SHORT, Forecasts
from finsam_xl.report.opening_equity import Opening, opening
from finsam_xl.report.plan_years import PlanYears
from finsam_xl.report.tank_om_budget import TrialPath, TrialYear
from finsam_xl.report.tertial_figures import Followup
from finsam_xl.report.what_if_budget import Told, ways_of
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.methods import name_of

_THE_PLAN = "planen"


def plan(
    grid: Grid,
    tables: Sequence[Table],
    run: str,
    scenario: str = "",
    until: str = "",
    faults_of: FaultsOf = none_of,
) -> Plan:
    """The report, with nothing in it where the workbook has neither plan nor follow-up.

    ``scenario``: the alternative that is asked for, before the one that the workbook says holds;
    ``until``: up to and including which part of a year the follow-up goes, '' for the latest.
    Raises ``InputError`` for one that the workbook has not, ``WorkbookError`` where a plan or
    follow-up tells too little.
    """
    found = budgets.settled(grid)
    its_plan = planned(grid, tables, found, scenario)
    if scenario:
        _refuse_unknown(scenario, its_plan)
    book = _Book(found, its_plan, _forecasts(grid, found, until), fees_tkr(grid, tables))
    told = book.told()
    if told.is_empty:
        if its_plan is None and book.forecasts is None:
            return Plan()
        raise _untold(found, book.forecasts)
    sheet = what_if_budget.build(
        told,
        association=association(grid, tables),
        run=run,
        faults=faults_of(book.asked_of()),
    )
    return Plan(sheets=(sheet,))


def _untold(found: Sequence[ReadBudget], forecasts: Forecasts | None) -> WorkbookError:
    """Why nothing can be told: the year is over, or tables tell too little."""
    if forecasts is not None and forecasts.followup.is_whole_year:
        year, parts = forecasts.followup.period.year, parts_of_years(found)
        return WorkbookError(
            f"Uppföljningen går till och med hela {year}, så det finns inget kvar att göra prognos "
            "för.",
            remedy=f"Se hur det såg ut tidigare med --till {either(parts)}."
            if parts
            else "Uppföljningen behöver ett utfall till och med en månad, som ”Utfall t.o.m. T2”.",
        )
    return WorkbookError(
        "Det går inte att säga vad som händer med eget kapital.",
        remedy="Planen behöver raden ”Eget kapital vid årets början” med ett belopp; en "
        "uppföljning ett utfall till och med en månad.",
    )


def _refuse_unknown(scenario: str, its_plan: Planned | None) -> None:
    names = its_plan.chosen.names if its_plan is not None else ()
    if not names:
        raise InputError(
            "Arbetsboken har inga scenarier att välja mellan.",
            remedy="Scenarier är kolumner för samma år, till exempel ”Budget 2027 Låg” och "
            "”Budget 2027 Hög”.",
        )
    if its_plan is not None and not its_plan.chosen.name:
        raise InputError(
            f"”{scenario}” är inget av planens scenarier.", remedy=f"Välj {either(names)}."
        )


def _forecasts(grid: Grid, found: Sequence[ReadBudget], until: str) -> Forecasts | None:
    """The year of a follow-up by each method; ``None`` without a follow-up."""
    try:
        one, period = chosen_followup(found, until)
    except WorkbookError:
        if until:
            raise
        return None
    return Forecasts(Followup(one.budget, period, filled_by(grid, one.budget)))


class _Book(NamedTuple):
    """The tables that tell: all of amounts, the plan, and the follow-up with its forecasts."""

    found: Sequence[ReadBudget]
    plan: Planned | None
    forecasts: Forecasts | None
    fees: Mapping[int, Exact | None]

    def asked_of(self) -> Iterator[Table]:
        """The tables of the plan and the follow-up."""
        if self.plan is not None:
            yield self.plan.one.table
        if self.forecasts is not None:
            followed_up = self.forecasts.followup.story.budget
            yield from (one.table for one in self.found if one.budget is followed_up)

    @property
    def unit(self) -> str:
        """The unit of the report: the follow-up's, or else the plan's."""
        if self.forecasts is not None and self.forecasts.methods:
            return self.forecasts.followup.story.budget.unit
        return self.plan.one.budget.unit if self.plan is not None else ""

    def told(self) -> Told:
        """What the report tells."""
        chosen = self.plan.chosen if self.plan is not None else Chosen()
        plans = tuple(self.plan_paths())
        lead = next((path for path in plans if path.is_lead), None)
        opened = self.opened()
        ways = ways_of(tuple(self.forecast_paths(opened, lead)), plans)
        said = (*self.rules(), *filter(None, (opened.said,)))
        return Told(self.unit, self.forecasts, ways, chosen, said)

    def plan_paths(self) -> Iterator[Path]:
        """The plan's own way, or each of its alternatives."""
        if self.plan is None:
            return
        if self.plan.chosen.names:
            yield from scenario_paths(self.plan, self.fees, self.unit)
            return
        years = PlanYears(self.plan.one.budget, self.fees, equity_rules)
        yield of_plan(years, _THE_PLAN, self.unit, is_lead=True)

    def opened(self) -> Opening:
        """Equity when the year that is forecast began."""
        if self.forecasts is None:
            return Opening()
        followup = self.forecasts.followup
        tables = [one.budget for one in self.found]
        return opening(followup.story.budget, tables, followup.period.year)

    def forecast_paths(self, opened: Opening, lead: Path | None) -> Iterator[Path]:
        """The year by each method, and after it what holds of the plan."""
        if self.forecasts is None or opened.amount is None or not self.forecasts.methods:
            return
        followup, unit = self.forecasts.followup, self.unit
        column = followup.columns.budget
        if column is None:
            return
        year = followup.period.year
        ceiling = Ceilings(followup.story.budget, self.fees, equity_rules).of(year, column)
        then = lead.years if lead is not None else ()
        own = self.forecasts.own_name
        is_alone = self.plan is None or not self.plan.chosen.names
        for name, result in self._results():
            if result is not None:
                first = forecast_year(year, opened.amount, result, ceiling, unit)
                path = of_result(name, first, then, unit, is_lead=name == own and is_alone)
                yield path._replace(short=SHORT.get(name, ""))

    def _results(self) -> Iterator[tuple[str, Amount]]:
        """The result of the year that is forecast, by who or what says it."""
        if self.forecasts is not None:
            result = self.forecasts.result()
            yield self.forecasts.own_name, result.typed
            yield from zip(map(name_of, self.forecasts.methods), result.by, strict=True)

    def rules(self) -> Iterator[str]:
        """What the ceilings rest on."""
        followup = self.forecasts.followup if self.forecasts is not None else None
        if followup is not None and followup.columns.budget is not None:
            ceilings = Ceilings(followup.story.budget, self.fees, equity_rules)
            yield from ceilings.fees_told([(followup.period.year, followup.columns.budget)])
        if self.plan is not None:
            years = PlanYears(self.plan.one.budget, self.fees, equity_rules).years
            ceilings = Ceilings(self.plan.one.budget, self.fees, equity_rules)
            yield from ceilings.rules_told([year.number for year in years])
            if not self.plan.chosen.names:
                yield from ceilings.fees_told([(year.number, year.column) for year in years])


class Trial(NamedTuple):
    """The ways of a plan to try on the sheet *Tänk om*, their unit, and which of them holds."""

    paths: tuple[TrialPath, ...]
    unit: str
    chosen: str


def trial(grid: Grid, tables: Sequence[Table]) -> Trial | None:
    """What may be tried of a plan; ``None`` where nobody knows its equity, or its years differ."""
    its_plan = planned(grid, tables, budgets.settled(grid))
    if its_plan is None:
        return None
    budget, chosen = its_plan.one.budget, its_plan.chosen
    fees = fees_tkr(grid, tables)
    paths = []
    for name in chosen.names or ("",):
        years = PlanYears(only(budget, name), fees, equity_rules)
        own = of_plan(years, name, budget.unit)
        paths.append(_tried(years, name, {year.number for year in own.years}))
    every = [tuple(year.number for year in path.years) for path in paths]
    first = every[0]
    is_known = all(path.opening is not None for path in paths)
    if not first or not is_known or set(every) != {first} or len(first) != first[-1] - first[0] + 1:
        return None
    return Trial(tuple(paths), budget.unit, chosen.name)


def _tried(plan: PlanYears, name: str, numbers: set[int]) -> TrialPath:
    """A way of a plan, from the first of some years on."""
    years = [year for year in plan.years if year.number in numbers]
    return TrialPath(
        name,
        years[0].opening if years else None,
        tuple(
            TrialYear(year.number, year.result, plan.costs(year), year.ceiling) for year in years
        ),
    )
