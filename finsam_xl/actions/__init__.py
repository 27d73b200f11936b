"""What each button and command does: a function from a grid to a plan.

Pure: the day is an argument, nothing is read and nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from finsam_xl.actions import questions
from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.model import Finding, Ref
from finsam_xl.plan import CellEdit, Plan, merge
from finsam_xl.reading import as_changed, choices, placing, run_log
from finsam_xl.reading import book as reading
from finsam_xl.reading.followed import followed
from finsam_xl.reading.settings import association, settings
from finsam_xl.sheets import unknown
from finsam_xl.sheets.grid import Grid, Value
from finsam_xl.sheets.tables import Table
from finsam_xl.words.methods import Method

if TYPE_CHECKING:
    from finsam_xl.actions import reports
    from finsam_xl.actions.accepting import Accepted
    from finsam_xl.actions.check import Checked
    from finsam_xl.actions.index_results import UnitResult


def _is_any(_table: Table) -> bool:
    return True


def _is_asked_for(_table: Table) -> bool:
    """Of a report that is made when somebody asks for it, and is none of all."""
    return False


def _is_of(*kinds: str) -> Callable[[Table], bool]:
    return lambda table: table.kind in kinds


def _has_goals(table: Table) -> bool:
    """Whether a table has goals with targets, or helårsekvivalenter by year."""
    if table.kind == "equivalents":
        return any(column.period for column in table.columns)
    return table.kind == "goals" and bool(table.by_field.keys() & {"limit", "rule"})


_CALLED_FOR: Mapping[str, Callable[[Table], bool]] = {
    "impactindex": _is_of("social_budget"),
    "whatif": _is_asked_for,
    "tertial": _is_of("tertial"),
    "plan": _is_of("plan"),
    "avgifter": _is_of("fees"),
    "arsredovisning": _is_of(
        "outcome", "income_statement", "cost_split", "participants", "platforms", "referrals",
        "responses", "overview", "balance", "cash_flow", "balanskrav",
    ),
    "mal": _has_goals,
    "kontroll": _is_any,
}  # fmt: skip
"""Every report, and which tables call for it."""
REPORTS = tuple(_CALLED_FOR)
_CHOSEN_BY_PERIOD = ("tertial",)
"""The reports of a part of a year that may be chosen."""
_INDEX_KINDS = {"social_budget", "impact_index"}
_GOAL_KINDS = {"goals", "equivalents"}


def tables(grid: Grid) -> list[Table]:
    """What was recognised, sheet by sheet."""
    return reading.tables(followed(grid))


def unread(grid: Grid) -> list[reading.Unread]:
    """The blocks of figures that were not understood, and what they might be."""
    return reading.unread(followed(grid))


def fitting_reports(grid: Grid) -> tuple[str, ...]:
    """The reports that a workbook has the tables for."""
    found = tables(grid)
    return tuple(report for report, calls in _CALLED_FOR.items() if any(map(calls, found)))


def recompute(
    grid: Grid,
    *,
    today: date,
    run: str,
    reports: tuple[str, ...] = (),
    accept: tuple[str, ...] = (),
    formulas: bool = False,
    method: Method | None = None,
    user: str = "",
) -> Plan:
    """Recalculate everything recognised, and add the named ``reports`` (see ``REPORTS``).

    ``accept``: codes of findings whose stated figures are replaced by the calculated
    ones; ``formulas``: sums, differences and ratios are written as formulas also where the
    sheet's own are typed; ``method``: how blank forecasts are filled in, if they are; ``user``:
    who runs it. Raises ``WorkbookError`` when nothing is
    recognised and ``InputError`` for an unknown report or a misspelt code.
    """
    # What earlier runs have written follows what it rests on: it is taken away and made anew.
    left = run_log.rewound(grid)
    forecast = _forecast(left, grid, method)
    left = as_changed.with_cells(left, _cells(forecast))
    right = _accepted(left, accept, today, formulas=formulas) if accept else None
    hers = as_changed.with_cells(left, right.cells) if right else left
    read = followed(hers)
    found = reading.tables(read)
    if not found and not reports:
        raise _nothing_found()
    plan = _recomputed(hers, today, run, reports, formulas=formulas, user=user)
    if right:
        plan = plan._replace(
            edits=(*plan.edits, *right.edits), findings=(*plan.findings, *right.findings)
        )
    if forecast.edits or forecast.findings:
        plan = plan._replace(
            edits=(*plan.edits, *forecast.edits), findings=(*plan.findings, *forecast.findings)
        )
    if read is not grid:
        from finsam_xl.actions import log

        others = (*(right.cells if right else ()), *_cells(forecast))
        plan = log.following(grid, plan, others)
    return _with_unknown(read, _open(read, found, plan))


def _forecast(left: Grid, grid: Grid, method: Method | None) -> Plan:
    """The blank forecasts that are filled in by a method; nothing where none is chosen."""
    from finsam_xl.actions import forecasts

    chosen = forecasts.chosen(grid, method)
    return Plan() if chosen is None else forecasts.plan(left, grid, chosen)


def _cells(plan: Plan) -> dict[Ref, Value]:
    """What a plan writes, by its places."""
    return {Ref(edit.sheet, edit.cell): edit.new for edit in plan.edits}


def _accepted(grid: Grid, accept: tuple[str, ...], today: date, *, formulas: bool) -> Accepted:
    """The cells of hers that are put right, and what is said of those that are not."""
    from finsam_xl.actions import accepting, check

    def recomputed(tried: Grid, given: tuple[CellEdit, ...]) -> Plan:
        plan = _recomputed(tried, today, "", (), formulas=formulas)
        read = followed(tried)
        return _open(read, reading.tables(read), plan._replace(edits=(*plan.edits, *given)))

    def checked(written: Grid) -> Iterable[Finding]:
        return check.check([check.Book("", written)], today=today).findings

    return accepting.accepted(grid, accept, recomputed, checked)


def _recomputed(
    hers: Grid,
    today: date,
    run: str,
    reports: tuple[str, ...],
    *,
    formulas: bool,
    user: str = "",
) -> Plan:
    """The plan for a workbook without our own figures."""
    grid = followed(hers)
    found = reading.tables(grid)
    results = _index_results(grid, found, today)
    said = (
        *settings(grid).findings,
        *placing.findings(grid, found),
        *choices.findings(grid, found),
    )
    plans = [Plan(findings=said)]
    kinds = {table.kind for table in found}
    # What a workbook has no tables for is not loaded: a run is mostly start-up.
    if kinds & _INDEX_KINDS:
        from finsam_xl.actions import impact_index

        plans.append(impact_index.plan(grid, found, results))
    budgets = reading.budgets(found)
    if budgets:
        from finsam_xl.actions import budget

        plans.append(budget.plan(grid, budgets, formulas=formulas))
    if any(sheet.formulas for sheet in grid.sheets if not sheet.large or sheet.is_read):
        from finsam_xl.checks.rings import rings
        from finsam_xl.sheets import formulas as texts

        plans.append(Plan(findings=tuple(rings(texts.read(grid)))))
    if "fees" in kinds:
        from finsam_xl.actions import fees
        from finsam_xl.reading import fee_tables

        plans.append(fees.plan(grid, fee_tables.read_all(grid, found), today))
    if "ceiling" in kinds:
        from finsam_xl.actions import ceilings

        plans.append(ceilings.plan(grid, found, today))
    if kinds & _GOAL_KINDS:
        from finsam_xl.actions import goals

        plans.append(goals.plan(grid, found, today))
    people = reading.of_people(grid)
    if people:
        from finsam_xl.actions import people as of_people

        plans.append(of_people.plan(grid, people, reading.tables(grid), formulas=formulas))
    plans.append(_following(grid, found, merge(plans).edits))
    edits = merge(plans).edits if reports else ()
    made = _Reports(hers, results, today, run, reports, user=user, edits=edits)
    sheets = [made.report(kind) for kind in reports]
    told = {_told_at(one) for plan in sheets for one in plan.findings}
    # A control looks at the workbook as it is left: what it tells of a cell is what holds.
    plans = [p._replace(findings=tuple(f for f in p.findings if _told_at(f) not in told))
             for p in plans]  # fmt: skip
    return merge([*plans, *sheets], run)


def _told_at(one: Finding) -> tuple[str, str | None, str | None]:
    return one.code, one.sheet, one.cell


def _open(grid: Grid, found: list[Table], plan: Plan) -> Plan:
    """The plan without what would change closed periods."""
    if settings(grid).closed is None:
        return plan
    from finsam_xl.actions import closed

    return closed.kept(grid, found, plan)


def _following(grid: Grid, found: list[Table], edits: Iterable[CellEdit]) -> Plan:
    """What follows from what the run has written: shares, and what other tables tell."""
    from finsam_xl.actions import shares

    amounts = reading.budgets(found)
    if not amounts:
        return shares.plan(grid, found, (), edits)
    from finsam_xl.actions import budget

    budgets = [one.budget for one in budget.as_written(grid, amounts, edits)]
    plan = shares.plan(grid, found, budgets, edits)
    after = budget.as_written(grid, amounts, (*edits, *plan.edits))
    return merge([plan, budget.from_balance(grid, [one.budget for one in after])])


def report(
    grid: Grid, kind: str, *, today: date, run: str, until: str = "", user: str = ""
) -> Plan:
    """Only the report of one kind, a sheet or two; the workbook's other cells stay.

    ``until``: up to and including which part of a year a follow-up goes, such as ``T1`` or
    ``2026-T1``; '' for the latest; ``user``: who runs it. Raises ``InputError`` for a kind that
    has no such choice.
    """
    if until and kind not in _CHOSEN_BY_PERIOD:
        raise InputError(
            f"Rapporten {kind} har ingen period att välja.",
            remedy=f"Välj period för: {', '.join(_CHOSEN_BY_PERIOD)}.",
        )
    return report_sheets(grid, (kind,), today=today, run=run, until=until, user=user)


def report_sheets(
    grid: Grid,
    kinds: tuple[str, ...],
    *,
    today: date,
    run: str,
    until: str = "",
    user: str = "",
) -> Plan:
    """Only the report sheets of some kinds; raises ``WorkbookError`` when there are none."""
    if not kinds:
        raise _nothing_found()
    read = followed(grid)
    results = _index_results(read, reading.tables(read), today)
    made = _Reports(grid, results, today, run, kinds, until, user)
    plan = merge([made.report(kind) for kind in kinds], run)
    return _with_unknown(read, plan)


def what_if(
    grid: Grid, *, today: date, run: str, asked: questions.Asked = questions.NOTHING
) -> Plan:
    """The reports of what it would take and what would happen if, and the sheet to try that on.

    Raises ``WorkbookError`` where the workbook has nothing for any of them.
    """
    from finsam_xl.actions import tank_om

    hers, grid = grid, followed(grid)
    found = reading.tables(grid)
    results = _index_results(grid, found, today)
    faults = _Reports(hers, results, today, run, ()).asked.faults
    plan = questions.plan(grid, found, results, today, run, asked, faults)
    tried = tank_om.plan(grid, found, results, today, run)
    return _with_unknown(grid, merge([plan, tried], run))


def _index_results(grid: Grid, found: list[Table], today: date) -> list[UnitResult]:
    """The index of every social budget there is."""
    if all(table.kind not in _INDEX_KINDS for table in found):
        return []
    from finsam_xl.actions import index_results

    return index_results.results(grid, found, today)


def _with_unknown(grid: Grid, plan: Plan) -> Plan:
    """The plan with the formulas whose values nobody knows, told once for each sheet."""
    return plan._replace(findings=unknown.told_once(grid, plan.findings))


class _Reports:
    """The reports of one run, of which several tell what a control finds: it is made once.

    ``edits``: what the same run writes. A control looks at the workbook as the run leaves it.
    """

    def __init__(
        self,
        hers: Grid,
        results: list[UnitResult],
        today: date,
        run: str,
        kinds: tuple[str, ...],
        until: str = "",
        user: str = "",
        edits: tuple[CellEdit, ...] = (),
    ) -> None:
        self._hers, self._grid, self._results = hers, followed(hers), results
        self._found = reading.tables(self._grid)
        self._today, self._run, self._kinds, self._until = today, run, kinds, until
        self._user, self._edits = user, edits

    def report(self, kind: str) -> Plan:
        """The report of one kind."""
        if kind not in REPORTS:
            raise InputError(
                f"Rapporten ”{kind}” finns inte.", remedy=f"Välj en av: {', '.join(REPORTS)}."
            )
        if kind == "kontroll":
            return self._control()
        from finsam_xl.actions import reports

        asked = self.asked
        if kind == "impactindex":
            return reports.impact_index(self._grid, self._found, self._results, self._run, asked)
        if kind == "whatif":
            return questions.plan(
                self._grid, self._found, self._results, self._today, self._run,
                faults=asked.faults,
            )  # fmt: skip
        sheets = reports.build(
            kind, self._grid, self._found, self._today, self._run, self._edits, asked
        )
        return Plan(sheets=sheets)

    @property
    def asked(self) -> reports.Asked:
        """What a report is asked for beside its kind, with what a control finds."""
        from finsam_xl.actions import reports

        return reports.Asked(self._until, lambda: self._checked.findings, self._control_sheet)

    @cached_property
    def _checked(self) -> Checked:
        from finsam_xl.actions import check
        from finsam_xl.actions.writing import written

        return check.check([check.Book("", written(self._hers, self._edits))], today=self._today)

    @property
    def _control_sheet(self) -> str:
        """The sheet that tells what a control found, if the workbook has it after the run."""
        from finsam_xl.report import control

        there = (sheet.name for sheet in self._grid.sheets if sheet.owner == control.OWNER)
        return next(there, control.NAME if control.OWNER in self._kinds else "")

    def _control(self) -> Plan:
        from finsam_xl.actions import control

        done = self._checked
        sheet = control.control(
            self._grid,
            (*done.findings, *done.accepted),
            done.figures,
            self._run,
            tables=self._found,
            association=association(self._grid, self._found),
            today=self._today,
            user=self._user,
        )
        return Plan(findings=done.findings, sheets=(sheet,))


def _nothing_found() -> WorkbookError:
    return WorkbookError(
        "Arbetsboken har ingen tabell som känns igen.",
        remedy=(
            "En social budget behöver en rubrikrad med Nr, Vikt och Uppnått eller Poäng; "
            "en budget behöver kolumnrubriker som ”Budget 2024” eller ”Utfall t.o.m. T2” med "
            "radernas namn till vänster; medlemsavgifter behöver Part, Avgift och Nyckel."
        ),
    )
