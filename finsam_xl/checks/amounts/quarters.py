"""Half the state's fee, the region's and the municipalities' together are equal by law.

The law is about the fees that were agreed. What has been booked or is expected may differ
party by party: there the law is only held against a quarter where it holds for the other.

One finding per party, for all its columns: a note where the rounding of the lines explains it.
Source: lag (2003:1210) om finansiell samordning 5 §.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.amounts.fee_parties import Parties, together
from finsam_xl.checks.amounts.year_series import filled, side_by_side, stands_still
from finsam_xl.checks.related import listed
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget, BudgetColumn, Known
from finsam_xl.money import trimmed
from finsam_xl.records import NamedTuple

AGREED = ("budget", "plan")
_HALF = Fraction(1, 2)
_OF_STATE = Fraction(1, 4)
"""How far half of the state's rounded fee may be from half of the exact one."""


class _Unequal(NamedTuple):
    """A column in which a quarter is not half of the state's fee."""

    column: int
    stated: Known
    wanted: Fraction

    @property
    def gap(self) -> Fraction:
        """How much too large the quarter is."""
        return self.stated - self.wanted


class Spoken(NamedTuple):
    """A finding, and the row whose amounts it is about."""

    finding: Finding
    row: int


def unequal(budget: Budget, parties: Parties, runs: Sequence[Sequence[int]]) -> Iterator[Spoken]:
    """The region's and the municipalities' quarters against half of the state's fee."""
    if not (parties.state and parties.regions and parties.municipalities):
        return
    quarters = (parties.regions, parties.municipalities)
    every = [list(_columns(budget, parties, rows)) for rows in quarters]
    unlawful = {
        number
        for number in {one.column for one in every[0]} & {one.column for one in every[1]}
        if budget.columns[number].scenario not in AGREED
    }
    for rows, found in zip(quarters, every, strict=True):
        if found := [one for one in found if one.column not in unlawful]:
            row = _likeliest(budget, parties, rows, found)
            yield Spoken(_finding(budget, parties, rows, row, found, runs), row)


def _columns(budget: Budget, parties: Parties, rows: Sequence[int]) -> Iterator[_Unequal]:
    for number, column in enumerate(budget.columns):
        state, stated = (together(budget, of, number) for of in (parties.state, rows))
        if not _is_of_one_year(column) or not state or stated is None:
            continue
        one = _Unequal(number, stated, Fraction(state) / 2)
        # A half of an odd fee is no whole number: that is nobody's fault.
        if abs(one.gap) >= 1 and not _is_told_by_total(budget, rows, one):
            yield one


def _is_of_one_year(column: BudgetColumn) -> bool:
    """Whether fees of a whole year stand there: those to date are held against the year's."""
    period = column.period
    return (
        column.is_stated
        and column.scenario != "outcome_to_date"
        and (period is None or period.is_whole_year)
    )


def _is_told_by_total(budget: Budget, rows: Sequence[int], one: _Unequal) -> bool:
    """Whether a total above misses its lines by just this gap: then that is what is said."""
    for target in budget.sums:
        if set(rows) <= {row for row, _ in target.parts}:
            printed = budget.rows[target.target].amounts[one.column]
            calculated = budget.calculated(target, one.column)
            if printed is not None and calculated is not None and calculated - printed == one.gap:
                return True
    return False


def _likeliest(
    budget: Budget, parties: Parties, rows: Sequence[int], found: Sequence[_Unequal]
) -> int:
    """The row that is likely wrong: the only one that moved while the state's fee did not."""
    wrong = {one.column for one in found}
    first = found[0].column
    for column in range(len(budget.columns)):
        state = together(budget, parties.state, column)
        if (
            column in wrong
            or state is None
            or not stands_still(budget, parties.state, (column, first))
        ):
            continue
        moved = [r for r in rows if budget.rows[r].amounts[column] != budget.rows[r].amounts[first]]
        if len(moved) == 1:
            return moved[0]
    return max(rows, key=lambda row: budget.rows[row].amounts[first] or 0)


def _finding(
    budget: Budget,
    parties: Parties,
    rows: Sequence[int],
    row: int,
    found: Sequence[_Unequal],
    runs: Sequence[Sequence[int]],
) -> Finding:
    worst = max(found, key=lambda one: abs(one.gap))
    slight = all(abs(one.gap) <= len(rows) * _HALF + _OF_STATE for one in found)
    others = [one.column for one in found if one is not worst]
    dragged = filled(budget, row, runs)
    is_dragged = dragged and stands_still(budget, parties.state, dragged)
    return tell(
        "kvart-avrundad" if slight else "kvart-avviker",
        budget.place(row, worst.column),
        "region" if rows is parties.regions else "municipalities",
        "dragged" if is_dragged else "rounding" if slight else "look_at_all" if others else "look",
        header=budget.columns[worst.column].header,
        amount=trimmed(worst.stated, budget.unit),
        label=budget.rows[row].label,
        amounts=side_by_side([budget.rows[row].amounts[column] or 0 for column in dragged]),
        others=listed([f"”{budget.columns[column].header}”" for column in others]),
        stated=worst.stated,
        calculated=worst.wanted,
        also=[budget.place(row, column) for column in others],
    )
