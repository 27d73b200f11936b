"""Which tables each report is made of, and the comments it takes over from the one it replaces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from finsam_xl import policy
from finsam_xl.actions import budget as budgets
from finsam_xl.actions import index_results
from finsam_xl.actions.followups import chosen, latest_tertials
from finsam_xl.actions.forecasts import filled_by
from finsam_xl.actions.index_results import UnitResult
from finsam_xl.actions.plans import Planned, planned
from finsam_xl.errors import InputError, PolicyError, WorkbookError
from finsam_xl.model import Finding
from finsam_xl.model_budget import Amount, FeesTable, Scope
from finsam_xl.money import Exact
from finsam_xl.periods import Period
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.policy import EquityRules, MembershipFeeRules
from finsam_xl.reading import book as reading
from finsam_xl.reading.alternatives import only
from finsam_xl.reading.book import ReadBudget
from finsam_xl.reading.fee_tables import ReadFees, read_all
from finsam_xl.reading.remarks import remarks
from finsam_xl.reading.settings import association, settings, unit_word
from finsam_xl.records import NamedTuple
from finsam_xl.report import comment_sheet, fees_report, plan_report, tertial
from finsam_xl.report.ceilings import Ceilings
from finsam_xl.report.comments import CommentKey, since
from finsam_xl.report.equity_path import Path, Scenarios, of_plan
from finsam_xl.report.faults import Faults, FaultsOf, none_of, touching
from finsam_xl.report.opening_equity import opening
from finsam_xl.report.plan_years import PlanYears
from finsam_xl.report.story import Story, story_of
from finsam_xl.report.tertial_figures import Followup
from finsam_xl.report.year_end import year_end
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.association import own_words
from finsam_xl.words.parties import Party
from finsam_xl.words.units import KRONOR, Unit, converted

if TYPE_CHECKING:
    from finsam_xl.report.index_compared import Compared


class Asked(NamedTuple):
    """What a report is asked for beside its kind.

    ``until``: up to and including which part of a year, '' for the latest; ``findings``: what a
    control finds in the workbook, looked for when it is asked for; ``control``: the sheet that
    tells it, '' where there is none.
    """

    until: str = ""
    findings: Callable[[], Sequence[Finding]] = tuple
    control: str = ""

    def faults(self, tables: Iterable[Table]) -> Faults:
        """The faults that touch some tables."""
        areas = [(table.real_sheet, table.range) for table in tables]
        return touching(self.findings(), areas, self.control)


_NOTHING = Asked()


def build(
    kind: str,
    grid: Grid,
    tables: Sequence[Table],
    today: date,
    run: str,
    edits: Iterable[CellEdit] = (),
    asked: Asked = _NOTHING,
) -> tuple[SheetPlan, ...]:
    """The report sheets of a kind; raises ``WorkbookError`` when its tables are missing.

    ``edits``: what the same run writes.
    """
    if kind == "tertial":
        return (_tertial(grid, tables, run, asked),)
    if kind == "arsredovisning":
        from finsam_xl.actions import annual

        return annual.build(grid, tables, today, run, association(grid, tables), asked, edits)
    if kind == "avgifter":
        return _fees(grid, tables, today, run, asked)
    if kind == "plan":
        return (_plan(grid, tables, run, asked),)
    return (_goals(grid, tables, today, run, asked),)


def _tertial(grid: Grid, tables: Sequence[Table], run: str, asked: Asked) -> SheetPlan:
    found = budgets.settled(grid)
    followup, period = chosen(found, asked.until)
    balance = next((one for one in found if _is_of_day(one, followup, period)), None)
    figures = Followup(followup.budget, period)
    ceilings = Ceilings(followup.budget, fees_tkr(grid, tables), equity_rules)
    opened = opening(followup.budget, [one.budget for one in found], period.year)
    read = [one.table for one in (followup, balance) if one is not None]
    make = partial(
        tertial.build,
        followup.budget,
        None if balance is None else balance.budget,
        association=association(grid, tables),
        period=period,
        run=run,
        remarks=remarks(grid.sheet(followup.table.sheet), followup.table, tables),
        year_end=year_end(figures, opened, ceilings),
        method=filled_by(grid, followup.budget),
        faults=asked.faults(read),
    )
    return _kept(grid, tertial.OWNER, lambda comments: make(comments=comments))


def _is_of_day(balance: ReadBudget, followup: ReadBudget, period: Period) -> bool:
    """Whether a table is the balance sheet of a follow-up's last day, or undated on its sheet."""
    if balance.table.kind != "balance":
        return False
    days = [c.period.last_day for c in balance.budget.columns if c.is_stated and c.period]
    return period.last_day in days if days else balance.table.sheet == followup.table.sheet


def _plan(grid: Grid, tables: Sequence[Table], run: str, asked: Asked) -> SheetPlan:
    found = budgets.settled(grid)
    its_plan = planned(grid, tables, [one for one in found if one.table.kind == "plan"])
    if its_plan is None:
        raise _missing("plan", "kolumner för minst tre år")
    fees = fees_tkr(grid, tables)
    make = partial(
        plan_report.build,
        its_plan.holds,
        fees_tkr=fees,
        rules=equity_rules,
        association=association(grid, tables),
        run=run,
        scenarios=Scenarios(its_plan.chosen, tuple(scenario_paths(its_plan, fees))),
        faults=asked.faults([its_plan.one.table]),
    )
    return _kept(grid, plan_report.OWNER, lambda comments: make(comments=comments))


def scenario_paths(
    its_plan: Planned, fees: Mapping[int, Exact | None], unit: str = ""
) -> Iterator[Path]:
    """Where equity goes by each alternative of a plan. ``unit``: '' for the plan's own."""
    budget, chosen = its_plan.one.budget, its_plan.chosen
    for name in chosen.names:
        years = PlanYears(only(budget, name), fees, equity_rules)
        yield of_plan(years, name, unit or budget.unit, is_lead=name == chosen.name)


def equity_rules(year: int) -> EquityRules | None:
    """The recommended ceiling of a year; ``None`` where there was none."""
    try:
        return policy.equity(policy.current(date(year, 1, 1)))
    except PolicyError:
        return None


def fees_tkr(grid: Grid, tables: Sequence[Table]) -> dict[int, Fraction]:
    """All fees of each year by the tables of fees; see ``pools``."""
    return pools(one.fees for one in read_all(grid, tables))


def pools(tables: Iterable[FeesTable]) -> dict[int, Fraction]:
    """All fees of each year by some tables of fees, in tkr.

    A table of the municipalities alone says what they pay, not what all do; of a year with two
    tables that say different things neither is chosen.
    """
    said: dict[int, set[Fraction]] = {}
    for fees in tables:
        are_all = {Party.STATE, Party.REGION, Party.MUNICIPALITIES} <= {
            party.kind for party in fees.parties
        }
        is_whole = fees.scope is Scope.EVERYONE
        if fees.year is not None and fees.unit in KRONOR and fees.pool and are_all and is_whole:
            said.setdefault(fees.year, set()).add(converted(fees.pool, fees.unit, Unit.TKR))
    return {year: pools.pop() for year, pools in said.items() if len(pools) == 1}


def _fees(
    grid: Grid, tables: Sequence[Table], today: date, run: str, asked: Asked
) -> tuple[SheetPlan, ...]:
    """The fees, and the workings on a sheet of their own."""
    found = read_all(grid, tables)
    if not found:
        raise missing_fees()
    return fees_report.build(
        [fees_by_rules(grid, one, today) for one in found],
        association=association(grid, tables),
        run=run,
        to_date=latest_tertials(reading.budgets(tables)),
        faults=asked.faults(one.table for one in found),
    )


def fees_by_rules(grid: Grid, one: ReadFees, today: date) -> tuple[FeesTable, MembershipFeeRules]:
    """The fees of a year with the parties' own names, and the rules of the year."""
    own = settings(grid)
    parties = tuple(p._replace(name=own.called(p.name)) for p in one.fees.parties)
    day = one.rules_of.last_day if one.rules_of else policy.current(today)
    return one.fees._replace(parties=parties), own.on(policy.membership_fees(day))


def missing_fees() -> WorkbookError:
    """That a workbook has no table of fees."""
    return _missing("tabell över medlemsavgifter", "rubrikerna Part, Nyckel och Avgift")


def impact_index(
    grid: Grid,
    tables: Sequence[Table],
    results: Sequence[UnitResult],
    run: str,
    asked: Asked,
) -> Plan:
    """The report of the index, with what there is to say of the judgements it rests on."""
    from finsam_xl.report import impact_index as report

    shown = latest(results)
    make = partial(
        report.build,
        story(grid, results, shown, run),
        association=association(grid, tables),
        faults=asked.faults([result.budget.table for result in shown]),
    )
    sheet = _kept(grid, report.OWNER, lambda comments: make(comments=comments))
    return Plan(findings=tuple(f for one in shown for f in one.findings), sheets=(sheet,))


def what_it_takes(
    grid: Grid,
    tables: Sequence[Table],
    results: Sequence[UnitResult],
    today: date,
    run: str,
    target: Fraction | None = None,
    earlier: Earlier | None = None,
    faults_of: FaultsOf = none_of,
) -> Plan:
    """The report of what it would take to reach the target, and how sure the index is.

    ``target``: another one than the rules and settings say; ``earlier``: the workbook of the year
    before, if the year before does not stand in this one.
    """
    from finsam_xl.report import what_it_takes as report

    shown = latest(results)
    told = story(grid, results, shown, run)
    if target is not None:
        near = min(told.rules.near, target)
        rules = told.rules._replace(target=target, near=near)
        told = told._replace(rules=rules, borrowed="")
    year = shown[0].budget.table.period
    day = year.last_day if year is not None else policy.current(today)
    sheet = report.build(
        told,
        association=association(grid, tables),
        faults=faults_of(result.budget.table for result in shown),
        rules=policy.robustness(day),
        confidence=policy.intervals(day).confidence / 100,
        years=_years(
            earlier or Earlier(grid, _all_years(grid, tables, results, today), ""), told, shown[0]
        ),
    )
    return Plan(sheets=(sheet,))


def _borrowed(grid: Grid, year: Period | None) -> str:
    """Whose target is used, with its source, where the association has set none of its own."""
    if "target" in settings(grid).rules:
        return ""
    day = year.last_day if year is not None else date.max
    source = policy.rule("impact_index", "target").at(day).source
    whose = set(own_words(source.partition(",")[0]))
    return "" if whose & set(own_words(association(grid, reading.tables(grid)))) else source


def _all_years(
    grid: Grid, tables: Sequence[Table], results: Sequence[UnitResult], today: date
) -> Sequence[UnitResult]:
    """The indices of a workbook, also of a year before that stands in columns of its own."""
    return [*results, *index_results.before(grid, tables, today)]


class Earlier(NamedTuple):
    """A workbook with an earlier year, its indices, and its name, '' for the same workbook."""

    grid: Grid
    results: Sequence[UnitResult]
    name: str


def _years(earlier: Earlier, told: Story, now: UnitResult) -> Compared | None:
    """The story of the index against that of an earlier year; ``None`` where there is none.

    Raises ``InputError`` for another workbook that has no year to hold it against.
    """
    from finsam_xl.report.index_compared import compared

    year = now.budget.table.period
    then = [r for r in earlier.results if year and _is_before(r, year)]
    if earlier.name and not then:
        # Of the same year, or of none: a draft, or a book whose year nobody has written.
        then = [r for r in earlier.results if not year or not _is_after(r, year)]
        _check_earlier(earlier, then, year)
    if not then:
        return None
    shown = latest(then)
    period = shown[0].budget.table.period
    before = story(earlier.grid, earlier.results, shown, told.run)
    names = (str(period or ""), str(year or ""))
    if earlier.name and (not all(names) or names[0] == names[1]):
        names = (earlier.name, "nu")
    return compared(before, told, *names)


def _is_before(result: UnitResult, year: Period) -> bool:
    period = result.budget.table.period
    return period is not None and period.year < year.year


def _is_after(result: UnitResult, year: Period) -> bool:
    period = result.budget.table.period
    return period is not None and period.year > year.year


def _check_earlier(earlier: Earlier, then: Sequence[UnitResult], year: Period | None) -> None:
    """Refuse a workbook with no social budget, or with none but of later years."""
    if not earlier.results:
        raise InputError(
            f"{earlier.name} har ingen social budget att jämföra med.",
            remedy="Den behöver en rubrikrad med Nr, Vikt och Uppnått eller Poäng.",
        )
    if not then:
        later = earlier.results[0].budget.table.period
        raise InputError(
            f"{earlier.name} gäller {later}, som är efter {year}.",
            remedy="Ge den senare boken först, och den tidigare efter --mot.",
        )


def story(
    grid: Grid, results: Sequence[UnitResult], shown: Sequence[UnitResult], run: str
) -> Story:
    """What is told of the ``shown`` results; of all the year before is known."""
    year = shown[0].budget.table.period
    return story_of(
        [result.unit_index for result in shown],
        shown[0].rules,
        period=str(year or ""),
        run=run,
        ideals=shown[0].ideals,
        unit_word=unit_word(grid),
        before=_year_before(results, year),
    )._replace(borrowed=_borrowed(grid, year))


def latest(results: Sequence[UnitResult]) -> list[UnitResult]:
    """The results of the latest year among them, each unit once: one report is one year."""
    if not results:
        raise WorkbookError(
            "Arbetsboken har ingen social budget att göra rapporten av.",
            remedy="Rapporten behöver en rubrikrad med Nr, Vikt och Uppnått eller Poäng.",
        )
    years = [r.budget.table.period for r in results if r.budget.table.period is not None]
    latest = max(years, default=None)
    units: dict[str, UnitResult] = {}
    for result in results:
        if result.budget.table.period in (latest, None):
            units.setdefault(result.unit_index.unit, result)
    return list(units.values())


def _year_before(results: Sequence[UnitResult], year: Period | None) -> dict[str, Amount]:
    """The index of the year before by unit; not of a unit that has two budgets of that year."""
    if year is None:
        return {}
    found: dict[str, list[Amount]] = {}
    for result in results:
        period = result.budget.table.period
        if period is not None and period.year == year.year - 1:
            index = result.unit_index.total.impact_index
            found.setdefault(result.unit_index.unit, []).append(index)
    return {unit: indices[0] for unit, indices in found.items() if len(indices) == 1}


def _kept(
    grid: Grid, owner: str, make: Callable[[Mapping[CommentKey, str]], SheetPlan]
) -> SheetPlan:
    """The report with what people wrote in the one it replaces.

    Where that was of another year, or of another part of it, each comment says which.
    """
    old = next((sheet for sheet in grid.sheets if sheet.owner == owner), None)
    if old is None:
        return make({})
    comments = comment_sheet.read(old)
    made = make(comments)
    before, now = comment_sheet.title(old), made.title
    if not before or before == now or not any(comments.values()):
        return made
    return make({key: since(text, before) for key, text in comments.items()})


def _missing(what: str, needs: str) -> WorkbookError:
    return WorkbookError(
        f"Arbetsboken har ingen {what} att göra rapporten av.",
        remedy=f"Rapporten behöver {needs}.",
    )


def _goals(grid: Grid, tables: Sequence[Table], today: date, run: str, asked: Asked) -> SheetPlan:
    from finsam_xl.actions import goal_report
    from finsam_xl.report import goals_report

    def make(comments: Mapping[CommentKey, str]) -> SheetPlan:
        return goal_report.build(grid, tables, today, run, comments, asked.faults)

    return _kept(grid, goals_report.OWNER, make)
