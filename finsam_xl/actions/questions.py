"""What it would take, and what would happen if: a report for each question that a workbook answers.

A question is a line in ``_QUESTIONS``: the tables it needs, what asks for it, and what makes its
sheet. Where nothing is asked every question is answered that the workbook has the tables for, and
can be answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from finsam_xl.errors import FinsamError, WorkbookError
from finsam_xl.findings import tell
from finsam_xl.plan import Plan, merge
from finsam_xl.reading import book as reading
from finsam_xl.reading.followed import followed
from finsam_xl.records import NamedTuple
from finsam_xl.report.faults import FaultsOf, none_of
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table

if TYPE_CHECKING:
    from finsam_xl.actions import fee_scenario
    from finsam_xl.actions.index_results import UnitResult


class Against(NamedTuple):
    """Another workbook, of an earlier year, and what it is called."""

    grid: Grid
    name: str


class Asked(NamedTuple):
    """What is asked; ``None`` where a question is not asked for.

    ``target``: the index to reach; ``fees``: what happens to them if; ``scenario``: the
    alternative of the plan that is to lead; ``against``: the workbook of the year before, ``None``
    for the years that the workbook itself has; ``until``: up to and including which part of a year
    the follow-up goes, ``None`` for the latest.
    """

    target: Fraction | None = None
    fees: fee_scenario.Asked | None = None
    scenario: str | None = None
    against: Against | None = None
    until: str | None = None


NOTHING = Asked()


class _Read(NamedTuple):
    """A workbook as it is read, with the indices of its units, on a day, in a run."""

    grid: Grid
    found: Sequence[Table]
    results: Sequence[UnitResult]
    today: date
    run: str
    faults: FaultsOf


class _Question(NamedTuple):
    """A question: the kinds of table it needs, whether it is asked for, and its answer."""

    kinds: frozenset[str]
    is_asked: Callable[[Asked], bool]
    answer: Callable[[_Read, Asked], Plan]
    is_of_years: bool = False
    """Whether it tells what has changed since an earlier year."""


def plan(
    grid: Grid,
    found: Sequence[Table],
    results: Sequence[UnitResult],
    today: date,
    run: str,
    asked: Asked = NOTHING,
    faults: FaultsOf = none_of,
) -> Plan:
    """The reports that answer what is asked, of the tables ``found`` in a workbook.

    ``faults``: what a control finds in tables.
    Raises ``WorkbookError`` when the tables of a question are missing.
    """
    read = _Read(grid, found, results, today, run, faults)
    wanted = [one for one in _QUESTIONS if one.is_asked(asked)]
    kinds = {table.kind for table in found}
    chosen = [
        one
        for one in _QUESTIONS
        if one.kinds & kinds and (one.is_of_years or asked.against is None)
    ]
    if not wanted:
        return _answered(chosen, read, asked)
    plans = [one.answer(read, asked) for one in wanted]
    beside = [one for one in chosen if one not in wanted and asked.against is not None]
    return merge([*plans, _tried(beside, read, asked)])


def _answered(chosen: Sequence[_Question], read: _Read, asked: Asked) -> Plan:
    """The answers that there are; why there is none to the others is told beside them."""
    plans, refused = _each(chosen, read, asked)
    if any(plan.sheets for plan in plans):
        return merge([*plans, _told(refused)])
    if refused:
        raise refused[0]
    raise WorkbookError(
        "Arbetsboken har varken social budget, medlemsavgifter, plan, uppföljning eller två år att "
        "jämföra resultatet av.",
        remedy="En social budget behöver en rubrikrad med Nr, Vikt och Uppnått eller Poäng, "
        "medlemsavgifter rubrikerna Part, Nyckel och Avgift, en plan kolumner för minst tre år, en "
        "uppföljning en kolumn som ”Utfall t.o.m. T2”. Fjolårets arbetsbok kan ges efter --mot.",
    )


def _tried(beside: Sequence[_Question], read: _Read, asked: Asked) -> Plan:
    """What another workbook tells beside what is asked for, and why it does not tell the rest."""
    plans, refused = _each(beside, read, asked)
    return merge([*plans, _told(refused)])


def _each(
    chosen: Sequence[_Question], read: _Read, asked: Asked
) -> tuple[list[Plan], list[FinsamError]]:
    """The answers that there are, and why there is none to the others."""
    plans: list[Plan] = []
    refused: list[FinsamError] = []
    for one in chosen:
        try:
            plans.append(one.answer(read, asked))
        except FinsamError as error:
            refused.append(error)
    return plans, refused


def _told(refused: Sequence[FinsamError]) -> Plan:
    return Plan(findings=tuple(tell("fraga-obesvarad", why=str(error)) for error in refused))


def _index(read: _Read, asked: Asked) -> Plan:
    from finsam_xl.actions import reports

    earlier = None
    if asked.against is not None:
        from finsam_xl.actions import index_results

        grid = followed(asked.against.grid)
        found = reading.tables(grid)
        results = index_results.results(grid, found, read.today)
        earlier = reports.Earlier(grid, results, asked.against.name)
    return reports.what_it_takes(*read[:5], asked.target, earlier, read.faults)


def _result(read: _Read, asked: Asked) -> Plan:
    """Why the result changed since the year before; nothing where there is no such year."""
    from finsam_xl.actions import result_years
    from finsam_xl.reading.settings import association
    from finsam_xl.report import result_change

    if asked.against is None:
        change = result_years.own(read.grid, read.found)
    else:
        earlier = followed(asked.against.grid)
        change = result_years.against(read.grid, read.found, earlier, asked.against.name)
    if change is None:
        return Plan()
    name = association(read.grid, read.found)
    sheets = {change.found.before.budget.sheet, change.found.after.budget.sheet}
    faults = read.faults(
        one for one in read.found if one.sheet in sheets and one.kind in result_years.KINDS
    )
    made = result_change.build(change, association=name, run=read.run, faults=faults)
    return Plan(sheets=(made,))


def _fees(read: _Read, asked: Asked) -> Plan:
    from finsam_xl.actions import fee_scenario

    wanted = asked.fees or fee_scenario.Asked()
    faults = read.faults(one for one in read.found if one.kind == "fees")
    return fee_scenario.plan(read.grid, read.found, read.today, read.run, wanted, faults)


def _budget(read: _Read, asked: Asked) -> Plan:
    from finsam_xl.actions import budget_questions

    return budget_questions.plan(
        read.grid, read.found, read.run, asked.scenario or "", asked.until or "", read.faults
    )


_QUESTIONS = (
    _Question(
        frozenset({"social_budget", "impact_index"}),
        lambda asked: asked.target is not None,
        _index,
        is_of_years=True,
    ),
    _Question(frozenset({"fees"}), lambda asked: asked.fees is not None, _fees),
    _Question(
        frozenset({"budget", "plan", "tertial"}),
        lambda asked: asked.scenario is not None or asked.until is not None,
        _budget,
    ),
    _Question(
        frozenset({"income_statement", "outcome", "budget", "plan"}),
        lambda _: False,
        _result,
        is_of_years=True,
    ),
)
