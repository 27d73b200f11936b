"""What there was of equity when a year began, as the workbook's tables tell it.

What a year closed with outranks what was expected of it. What a budget was decided on is no
answer: by then the year had not begun. Tables that contradict each other give none either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from finsam_xl.checks import facts
from finsam_xl.checks.concepts import EQUITY, OPENING_EQUITY
from finsam_xl.checks.facts import Fact
from finsam_xl.checks.material import Material
from finsam_xl.model import Ref
from finsam_xl.model_budget import Amount, Budget
from finsam_xl.periods import Period
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import joined
from finsam_xl.words.units import KRONOR

_KNOWN, _EXPECTED = ("outcome", "outcome_to_date"), ("forecast",)


class Opening(NamedTuple):
    """Equity in a table's unit, and the cell that says so; ``said``: why there is none."""

    amount: Amount = None
    place: Ref | None = None
    said: str = ""


def opening(budget: Budget, budgets: Sequence[Budget], year: int) -> Opening:
    """Equity when a year began, in the unit of ``budget``, by any of the workbook's tables."""
    unit = KRONOR.get(budget.unit)
    if unit is None:
        return Opening()
    stated = [
        fact
        for fact in facts.of(Material(budgets=tuple(budgets)))
        if _opens(fact, year) and not fact.is_text and not fact.naming.is_other(budget.naming)
    ]
    for scenarios in (_KNOWN, _EXPECTED):
        found = [
            _as_stated(fact, budgets)
            for fact in stated
            # What last year was expected to close with is no more than that.
            if fact.scenario in scenarios and (fact.opens or scenarios is _KNOWN)
        ]
        if found:
            return _chosen(found, unit, year)
    return Opening()


def _opens(fact: Fact, year: int) -> bool:
    """Whether a figure is of equity when a year began: or when the year before it ended."""
    if fact.concept == EQUITY:
        return fact.period == Period(year - 1)
    return fact.concept == OPENING_EQUITY and fact.period.year == year


def _as_stated(fact: Fact, budgets: Sequence[Budget]) -> Fact:
    """The figure with its own sign: facts have none, since a balance sheet may turn equity's."""
    amounts = (
        row.amounts[number]
        for budget in budgets
        if budget.kind != AmountKind.BALANCE
        for index, row in enumerate(budget.rows)
        for number in range(len(budget.columns))
        if budget.place(index, number) == fact.ref
    )
    amount = next(amounts, None)
    return fact._replace(value=-fact.value) if amount is not None and amount < 0 else fact


def _chosen(found: Iterable[Fact], unit: Fraction, year: int) -> Opening:
    first, *others = sorted(found, key=lambda fact: (fact.unit != unit, fact.slack))
    differing = [
        fact for fact in others if abs(fact.value - first.value) > fact.slack + first.slack
    ]
    if not differing:
        return Opening(first.value / unit, first.ref)
    told = [f"{fact.shown} i {fact.ref}" for fact in (first, *differing)]
    return Opening(
        said=(
            f"▼ Eget kapital när {year} började står olika: {joined(list(dict.fromkeys(told)))}. "
            "Därför visas inte vad året slutar med."
        )
    )
