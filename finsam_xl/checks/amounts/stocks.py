"""What a table says of a year's beginning and end against itself: equity from year to year.

A row of closing equity beside one of results over several years: each year closes with what the
year before did and its result. The years that hold say that the rows are these; one that does not
is told, at the year whose own figure is wrong where the year after tells.

A balance sheet balances: its first grand total is the other, or all the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.concepts import EQUITY, RESULT, concept_in
from finsam_xl.checks.related import listed
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget, Known
from finsam_xl.money import trimmed
from finsam_xl.records import NamedTuple
from finsam_xl.words.results import Of, is_of

_FIGURES = Fraction(3)
"""Closing, closing before and result are each rounded."""
_NEAR = 10
"""Sides that differ by less than a tenth can only be those of one balance sheet."""


class _Turn(NamedTuple):
    """A year and the year before, by the indices of their rows and columns."""

    closing: int
    result: int
    before: int
    after: int
    gap: Known
    """How much larger the closing is than the one before with the result."""


def rolled(budget: Budget) -> Iterator[Finding]:
    """Closing equity that is not last year's with the result, in a table of several years."""
    turns = list(_turns(budget))
    wrong = [turn for turn in turns if not _is_rounding(budget, turn)]
    if len(wrong) == len(turns):
        return
    told: set[int] = set()
    for turn in wrong:
        if turn.before not in told:
            told.add(turn.after)
            yield _finding(budget, turn)


def _row_of(budget: Budget, name: str) -> int | None:
    """The only row of a quantity; a result of no other name is the year's."""
    found = [
        n
        for n, row in enumerate(budget.rows)
        if (concept := concept_in(budget, row)) is not None and concept.name == name
    ]
    if not found and name == RESULT:
        found = [n for n, row in enumerate(budget.rows) if row.role == "result"]
    if not found and name == EQUITY:
        closes = [n for n, row in enumerate(budget.rows) if row.role == "equity_close"]
        found = [n for n in closes if not is_of(budget.rows[n].label, Of.CASH)]
    return found[0] if len(found) == 1 else None


def _turns(budget: Budget) -> Iterator[_Turn]:
    closing, result = _row_of(budget, EQUITY), _row_of(budget, RESULT)
    is_told_by_row = any(row.role == "equity_open" for row in budget.rows)
    if closing is None or result is None or is_told_by_row:
        return
    years: dict[int, list[int]] = {}
    for number, column in enumerate(budget.columns):
        if column.period is not None and column.period.is_whole_year and not column.is_compared:
            years.setdefault(column.period.year, []).append(number)
    single = {year: found[0] for year, found in years.items() if len(found) == 1}
    for year, after in sorted(single.items()):
        before = single.get(year - 1)
        if before is None:
            continue
        end, start = (budget.rows[closing].amounts[n] for n in (after, before))
        change = budget.rows[result].amounts[after]
        if end is not None and start is not None and change is not None:
            yield _Turn(closing, result, before, after, end - start - change)


def _is_rounding(budget: Budget, turn: _Turn) -> bool:
    step = max(budget.step(turn.before), budget.step(turn.after))
    return abs(Fraction(turn.gap)) <= _FIGURES * step / 2


def _finding(budget: Budget, turn: _Turn) -> Finding:
    closing, result = turn.closing, turn.result
    stated = budget.rows[closing].amounts[turn.after] or 0
    start = budget.rows[closing].amounts[turn.before] or 0
    change = budget.rows[result].amounts[turn.after] or 0
    cell = budget.place(closing, turn.after)
    places = budget.place(closing, turn.before), budget.place(result, turn.after)
    return tell(
        "eget-kapital-rullar-inte",
        cell,
        "rolled",
        "correct",
        what=budget.named(closing, turn.after),
        amount=trimmed(stated, budget.unit),
        opening=trimmed(start),
        opening_place=places[0].cell,
        result=trimmed(change),
        result_place=places[1].cell,
        stated=stated,
        calculated=stated - turn.gap,
        also=places,
    )


def balanced(budgets: Sequence[Budget]) -> Iterator[Finding]:
    """Balance sheets whose assets are not their equity and debts."""
    for budget in budgets:
        if budget.kind == "balance":
            yield from _of_balance(budget)


def _of_balance(budget: Budget) -> Iterator[Finding]:
    totals = _grand_totals(budget)
    if len(totals) < 2:
        return
    assets, *others = totals
    years = []
    for number, column in enumerate(budget.columns):
        amounts = [budget.rows[row].amounts[number] for row in totals]
        if column.is_stated and None not in amounts:
            first, *rest = [abs(Fraction(amount or 0)) for amount in amounts]
            years.append((number, first, sum(rest, Fraction(0))))
    wrong = [y for y in years if abs(y[1] - y[2]) > len(totals) * budget.step(y[0]) / 2]
    if not wrong or (len(wrong) == len(years) and not _is_near(wrong)):
        return
    for number, one, other in wrong:
        yield tell(
            "balans-gar-inte-ihop",
            budget.place(assets, number),
            header=budget.columns[number].header,
            amount=trimmed(one, budget.unit),
            others=listed([f"”{budget.rows[row].label}”" for row in others]),
            stated=one,
            calculated=other,
            also=[budget.place(row, number) for row in others],
        )


def _grand_totals(budget: Budget) -> list[int]:
    """The totals that no other row adds up, from the top: assets, and what they are paid by."""
    added = {part for one in budget.sums for part, _ in one.parts}
    return [
        n
        for n, row in enumerate(budget.rows)
        if row.role == "total" and n not in added and any(row.amounts)
    ]


def _is_near(years: Sequence[tuple[int, Fraction, Fraction]]) -> bool:
    """Whether the sides are near each other."""
    return all(_NEAR * abs(one - other) <= max(one, other) for _, one, other in years)
