"""Which tables each report is made of, and the comments it takes over from the one it replaces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial

from finsam_xl import policy
from finsam_xl.actions import budget as budgets
from finsam_xl.actions.followups import chosen, latest_tertials
from finsam_xl.actions.index_results import UnitResult
from finsam_xl.errors import PolicyError, WorkbookError
from finsam_xl.model import Finding
from finsam_xl.model_budget import Amount, Budget, FeesTable, Scope
from finsam_xl.periods import Period
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.policy import EquityRules
from finsam_xl.reading import book as reading
from finsam_xl.reading.book import ReadBudget
from finsam_xl.reading.fee_tables import read_all
from finsam_xl.reading.remarks import remarks
from finsam_xl.reading.settings import association, settings, unit_word
from finsam_xl.records import NamedTuple
from finsam_xl.report import comment_sheet, fees_report, plan_report, tertial
from finsam_xl.report.ceilings import Ceilings
from finsam_xl.report.comments import CommentKey, since
from finsam_xl.report.faults import Faults, touching
from finsam_xl.report.opening_equity import opening
from finsam_xl.report.story import Story, story_of
from finsam_xl.report.tertial_figures import Followup
from finsam_xl.report.year_end import year_end
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.parties import Party
from finsam_xl.words.units import KRONOR, Unit, converted


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
        return _fees(grid, tables, today, run)
    if kind == "plan":
        return (_plan(grid, tables, run, asked),)
    return (_goals(grid, tables, today, run),)


def _tertial(grid: Grid, tables: Sequence[Table], run: str, asked: Asked) -> SheetPlan:
    found = budgets.settled(grid, reading.budgets(tables))
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
    plans = [
        one for one in budgets.settled(grid, reading.budgets(tables)) if one.table.kind == "plan"
    ]
    if not plans:
        raise _missing("plan", "kolumner för minst tre år")
    chosen = max(plans, key=lambda one: _last_year(one.budget))
    make = partial(
        plan_report.build,
        chosen.budget,
        fees_tkr=fees_tkr(grid, tables),
        rules=equity_rules,
        association=association(grid, tables),
        run=run,
        faults=asked.faults([chosen.table]),
    )
    return _kept(grid, plan_report.OWNER, lambda comments: make(comments=comments))


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


def _last_year(budget: Budget) -> int:
    return max(
        (column.period.year for column in budget.columns if column.period and column.is_stated),
        default=0,
    )


def _fees(grid: Grid, tables: Sequence[Table], today: date, run: str) -> tuple[SheetPlan, ...]:
    """The fees, and the workings on a sheet of their own."""
    found = read_all(grid, tables)
    if not found:
        raise _missing("tabell över medlemsavgifter", "rubrikerna Part, Nyckel och Avgift")
    own = settings(grid)
    years = [
        (
            one.fees._replace(
                parties=tuple(p._replace(name=own.called(p.name)) for p in one.fees.parties)
            ),
            own.on(
                policy.membership_fees(
                    one.rules_of.last_day if one.rules_of else policy.current(today)
                )
            ),
        )
        for one in found
    ]
    return fees_report.build(
        years,
        association=association(grid, tables),
        run=run,
        to_date=latest_tertials(reading.budgets(tables)),
    )


def impact_index(
    grid: Grid,
    tables: Sequence[Table],
    results: Sequence[UnitResult],
    run: str,
    asked: Asked,
) -> Plan:
    """The report of the index, with what there is to say of the judgements it rests on."""
    from finsam_xl.report import impact_index as report

    shown = _latest(results)
    make = partial(
        report.build,
        _story(grid, results, shown, run),
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
) -> Plan:
    """The report of what it would take to reach the target, and how sure the index is.

    ``target``: another one than the rules and settings say.
    """
    from finsam_xl.report import what_it_takes as report

    shown = _latest(results)
    story = _story(grid, results, shown, run)
    if target is not None:
        near = min(story.rules.near, target)
        story = story._replace(rules=story.rules._replace(target=target, near=near))
    year = shown[0].budget.table.period
    day = year.last_day if year is not None else policy.current(today)
    sheet = report.build(
        story,
        association=association(grid, tables),
        rules=policy.robustness(day),
        confidence=policy.intervals(day).confidence / 100,
    )
    return Plan(sheets=(sheet,))


def _story(
    grid: Grid, results: Sequence[UnitResult], shown: Sequence[UnitResult], run: str
) -> Story:
    year = shown[0].budget.table.period
    return story_of(
        [result.unit_index for result in shown],
        shown[0].rules,
        period=str(year or ""),
        run=run,
        ideals=shown[0].ideals,
        unit_word=unit_word(grid),
        before=_year_before(results, year),
    )


def _latest(results: Sequence[UnitResult]) -> list[UnitResult]:
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


def _goals(grid: Grid, tables: Sequence[Table], today: date, run: str) -> SheetPlan:
    from finsam_xl.actions import goal_report
    from finsam_xl.report import goals_report

    def make(comments: Mapping[CommentKey, str]) -> SheetPlan:
        return goal_report.build(grid, tables, today, run, comments)

    return _kept(grid, goals_report.OWNER, make)
