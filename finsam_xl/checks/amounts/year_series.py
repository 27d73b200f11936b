"""A row's amounts from year to year, and whether they look filled in by dragging a cell sideways.

So look 2 845, 2 846, 2 847: one more every year, while what the amount hangs on stands still. A
small step is never enough: a planned increase looks the same.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.checks.amounts.fee_parties import Parties
from finsam_xl.checks.thresholds import at_least
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_budget import Amount, Budget, Known
from finsam_xl.money import trimmed
from finsam_xl.periods import Period

_PLANNED = ("budget", "plan")
_SHORTEST = 3
_FEWEST_TIED = 2


def years(budget: Budget) -> list[list[int]]:
    """Columns of one kind for years that follow each other; budgets and plans are one kind."""
    kinds: dict[str, dict[int, int]] = {}
    for number, column in enumerate(budget.columns):
        period = column.period
        if column.is_stated and period is not None and period == Period(period.year):
            kind = "plan" if column.scenario in _PLANNED else column.scenario
            kinds.setdefault(kind, {}).setdefault(period.year, number)
    return [run for by_year in kinds.values() for run in _runs(by_year)]


def _runs(by_year: dict[int, int]) -> Iterator[list[int]]:
    run: list[int] = []
    for year in sorted(by_year):
        if run and year - 1 not in by_year:
            yield run
            run = []
        run.append(by_year[year])
    if run:
        yield run


def filled(budget: Budget, row: int, runs: Sequence[Sequence[int]]) -> list[int]:
    """The columns in which a row goes up, or down, by exactly one a year; empty below three."""
    amounts = budget.rows[row].amounts
    for run in runs:
        if len(run) < _SHORTEST or len({amounts[column] for column in run}) < _SHORTEST:
            continue
        for step in (1, -1):
            found: list[int] = []
            for column in run:
                if found and not _follows(amounts[found[-1]], amounts[column], step):
                    if len(found) >= _SHORTEST:
                        break
                    found = []
                found.append(column)
            if len(found) >= _SHORTEST and _is_slight(budget, amounts, found):
                return found
    return []


def _follows(before: Amount, after: Amount, step: int) -> bool:
    return before is not None and after is not None and after - before == step


def _is_slight(budget: Budget, amounts: Sequence[Amount], columns: Sequence[int]) -> bool:
    """Whether a step of one is next to nothing of the amounts, and they are no years."""
    period = budget.columns[columns[-1]].period
    first, last = amounts[columns[0]] or 0, amounts[columns[-1]]
    if period is None or last == period.year:
        return False
    return at_least("fill_step", period) * abs(Fraction(first)) >= 100


def filled_rows(
    budget: Budget, parties: Parties, runs: Sequence[Sequence[int]], spoken: Container[int]
) -> Iterator[Finding]:
    """A warning per filled row whose tied amounts stand still; ``spoken``: rows already told of."""
    sections = _sections(budget)
    for index, row in enumerate(budget.rows):
        columns = filled(budget, index, runs) if row.role == "line" else []
        if not columns or index in spoken:
            continue
        if not _is_tied(budget, parties, sections, index, columns):
            continue
        last = columns[-1]
        amounts = [row.amounts[column] or 0 for column in columns]
        yield tell(
            "serie-dragen",
            budget.place(index, last),
            "fee" if index in (*parties.regions, *parties.municipalities) else "lines",
            "look",
            label=row.label,
            amounts=side_by_side(amounts),
            stated=row.amounts[last],
            calculated=amounts[0],
            also=[budget.place(index, column) for column in columns[1:-1]],
        )


_Sections = Mapping[tuple[str, bool], Sequence[int]]


def _sections(budget: Budget) -> _Sections:
    """The lines of each section, income and costs apart."""
    found: dict[tuple[str, bool], list[int]] = {}
    for index, row in enumerate(budget.rows):
        if row.role == "line":
            found.setdefault((row.section, row.is_income), []).append(index)
    return found


def _is_tied(
    budget: Budget, parties: Parties, sections: _Sections, row: int, columns: Sequence[int]
) -> bool:
    """Whether what a row hangs on stands still: the state's fee, or every other line beside it."""
    if row in (*parties.regions, *parties.municipalities):
        return stands_still(budget, parties.state, columns)
    still = 0
    for other in sections[budget.rows[row].section, budget.rows[row].is_income]:
        if other == row or not any(budget.rows[other].amounts[column] for column in columns):
            continue
        if not stands_still(budget, [other], columns):
            return False
        still += 1
    return still >= _FEWEST_TIED


def stands_still(budget: Budget, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether rows have the same amounts in all of some columns, and have any."""
    return bool(rows) and all(
        len({budget.rows[row].amounts[column] for column in columns}) == 1
        and budget.rows[row].amounts[columns[0]] is not None
        for row in rows
    )


def side_by_side(amounts: Sequence[Known]) -> str:
    """Amounts as they stand beside each other."""
    return ", ".join(trimmed(amount) for amount in amounts)
