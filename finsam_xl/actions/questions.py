"""What it would take, and what would happen if: a report for each question that a workbook answers.

A question is a line in ``_QUESTIONS``: the tables it needs, what asks for it, and what makes its
sheet. Where nothing is asked every question is answered that the workbook has the tables for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from finsam_xl.errors import WorkbookError
from finsam_xl.plan import Plan, merge
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table

if TYPE_CHECKING:
    from finsam_xl.actions.index_results import UnitResult


class Asked(NamedTuple):
    """What is asked. ``target``: the index to reach, ``None`` for the one that holds.

    ``scenario``: the alternative of the plan that is to lead, '' for the one that holds.
    """

    target: Fraction | None = None
    scenario: str = ""


NOTHING = Asked()


class _Read(NamedTuple):
    """A workbook as it is read, with the indices of its units, on a day, in a run."""

    grid: Grid
    found: Sequence[Table]
    results: Sequence[UnitResult]
    today: date
    run: str


class _Question(NamedTuple):
    """A question: the kinds of table it needs, whether it is asked for, and its answer."""

    kinds: frozenset[str]
    is_asked: Callable[[Asked], bool]
    answer: Callable[[_Read, Asked], Plan]


def plan(
    grid: Grid,
    found: Sequence[Table],
    results: Sequence[UnitResult],
    today: date,
    run: str,
    asked: Asked = NOTHING,
) -> Plan:
    """The reports that answer what is asked, of the tables ``found`` in a workbook.

    Raises ``WorkbookError`` when the tables of a question are missing.
    """
    read = _Read(grid, found, results, today, run)
    kinds = {table.kind for table in found}
    chosen = [one for one in _QUESTIONS if one.is_asked(asked)]
    chosen = chosen or [one for one in _QUESTIONS if one.kinds & kinds]
    if not chosen:
        raise _nothing_to_ask()
    answered = merge(one.answer(read, asked) for one in chosen)
    if not answered.sheets:
        raise _nothing_to_ask()
    return answered


def _nothing_to_ask() -> WorkbookError:
    return WorkbookError(
        "Arbetsboken har inget att göra rapporten av.",
        remedy="Rapporten behöver en social budget (en rubrikrad med Nr, Vikt och Uppnått eller "
        "Poäng), en plan med minst tre år, eller en uppföljning (en kolumn som ”Utfall t.o.m. "
        "T2”).",
    )


def _index(read: _Read, asked: Asked) -> Plan:
    from finsam_xl.actions import reports

    return reports.what_it_takes(*read, asked.target)


def _budget(read: _Read, asked: Asked) -> Plan:
    from finsam_xl.actions import budget_questions

    return budget_questions.plan(read.grid, read.found, read.run, asked.scenario)


_QUESTIONS = (
    _Question(
        frozenset({"social_budget", "impact_index"}), lambda asked: asked.target is not None, _index
    ),
    _Question(
        frozenset({"budget", "plan", "tertial"}), lambda asked: bool(asked.scenario), _budget
    ),
)
