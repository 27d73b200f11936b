"""Printed deviations of totals that count other lines than the total itself does.

What is printed may be the sum of the lines' deviations, and lines with an outcome but no budget,
such as a net budgeted project, are not in it: a note where those lines are the whole difference, a
warning where they are nearly so, another where they are not. Only sums of such lines are looked
at: other deviations are checked when a table is recomputed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.calc import deviation as calc
from finsam_xl.calc import totals
from finsam_xl.checks.amounts.budget import deviation, has_one_side
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import listed
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget, Known, Sum
from finsam_xl.money import trimmed
from finsam_xl.periods import Period
from finsam_xl.records import NamedTuple

_SIDES = 2
_BASES = ("budget", "budget_to_date", "plan")


class _Differing(NamedTuple):
    """A total whose printed deviation is not its outcome − budget, and the lines not in it."""

    row: int
    stated: Known
    calculated: Known
    left_out: tuple[int, ...]
    explained: Known | None
    """What the lines left out come to, if they explain the difference, rounding allowed."""

    @property
    def is_exact(self) -> bool:
        """Whether the lines left out are the whole difference."""
        return self.explained == self.calculated - self.stated


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Deviations of totals with lines on one side only, in every table of amounts."""
    for material in materials:
        for budget in material.budgets:
            yield from material.own(_of_table(budget))


def _other_years(budget: Budget) -> Iterator[Finding]:
    """Columns of deviations whose budget and outcome are of two years, though the right is there.

    A heading that names the other year means it; a change from a year to the next is none.
    """
    for number, column in enumerate(budget.columns):
        is_named = column.scenario == "deviation" and column.header
        sides = budget.compared(number) if is_named else None
        if sides is None:
            continue
        outcome, base = (budget.columns[n] for n in sides)
        years = [one.period.year if one.period else None for one in (outcome, base)]
        said = Period.find(column.header)
        is_meant = said is not None and said.year == years[1]
        if None in years or years[0] == years[1] or is_meant or base.scenario not in _BASES:
            continue
        if outcome.scenario in _BASES:
            continue
        right = [
            n
            for n, one in enumerate(budget.columns)
            if one.scenario == base.scenario and one.period and one.period.year == years[0]
        ]
        if len(right) == 1:
            yield from _of_other_year(budget, number, sides, right[0])


def _of_other_year(
    budget: Budget, number: int, sides: tuple[int, int], right: int
) -> Iterator[Finding]:
    rows = [n for n, row in enumerate(budget.rows) if row.amounts[number] is not None]
    wanted = {n: _with_base(budget, n, number, sides, right) for n in rows}
    off = [n for n in rows if wanted[n] is not None and wanted[n] != budget.rows[n].amounts[number]]
    if not off:
        return
    first = off[0]
    outcome, used, meant = (budget.columns[n].header for n in (*sides, right))
    yield tell(
        "avvikelse-fel-ar",
        budget.place(first, number),
        header=budget.columns[number].header,
        used=used,
        right=meant,
        outcome=outcome,
        label=budget.rows[first].label,
        stated=budget.rows[first].amounts[number],
        calculated=wanted[first],
        also=[budget.place(n, number) for n in off[1:]],
    )


def _with_base(
    budget: Budget, row: int, number: int, sides: tuple[int, int], right: int
) -> Known | None:
    """What a deviation would be with another budget, in the sense that it is printed."""
    line = budget.rows[row]
    outcome, base, other = (line.amounts[n] for n in (*sides, right))
    stated = line.amounts[number]
    if outcome is None or base is None or other is None or stated is None:
        return None
    is_plain = stated == outcome - base
    return outcome - other if is_plain else other - outcome


def _of_table(budget: Budget) -> Iterator[Finding]:
    yield from _other_years(budget)
    for number, column in enumerate(budget.columns):
        sides = budget.compared(number) if column.scenario == "deviation" else None
        if sides is None:
            continue
        found = [one for each in budget.sums if (one := _differing(budget, each, number, sides))]
        explained = [one for one in found if one.explained is not None]
        if explained:
            yield _leaves_out(budget, number, explained)
        for one in found:
            if one.explained is None:
                yield _differs(budget, number, one)


def _differing(
    budget: Budget, target: Sum, column: int, sides: tuple[int, int]
) -> _Differing | None:
    outcome, base = sides
    parts = [row for row, _ in target.parts]
    left_out = [row for row in parts if has_one_side(budget.rows[row], sides)]
    stated = budget.rows[target.target].amounts[column]
    calculated = deviation(budget, budget.rows[target.target], sides)
    if not left_out or stated is None or calculated is None:
        return None
    if totals.severity(stated, calculated, _SIDES) != "warning":
        return None
    rest = calculated - stated
    amounts = [
        _from_result(budget, row, outcome) - _from_result(budget, row, base) for row in left_out
    ]
    is_explained = totals.severity(rest, sum(amounts), len(parts) + _SIDES) != "warning"
    return _Differing(
        target.target,
        stated,
        calculated,
        tuple(left_out),
        sum(amounts) if is_explained else None,
    )


def _from_result(budget: Budget, row: int, column: int) -> Known:
    """An amount as it counts in a deviation, where more is better; blank counts nothing."""
    line = budget.rows[row]
    amount = line.amounts[column] or 0
    is_income = line.is_income or line.role == "result"
    return calc.deviation(amount, 0, budget.sign, is_income=is_income) or 0


def _leaves_out(budget: Budget, column: int, found: Sequence[_Differing]) -> Finding:
    """One finding for all totals of a column that leave out lines: they have one cause."""
    first, *others = found
    left_out = dict.fromkeys(row for one in found for row in one.left_out)
    told = [
        f"”{budget.rows[one.row].label}” ({trimmed(one.stated)} mot {trimmed(one.calculated)})"
        for one in others
    ]
    return tell(
        "avvikelse-utelamnar-rader",
        budget.place(first.row, column),
        "differs" if not others else "differ",
        "left_out",
        severity="info" if all(one.is_exact for one in found) else "warning",
        label=budget.rows[first.row].label,
        others=listed(told),
        names=listed([f"”{budget.rows[row].label}”" for row in left_out]),
        stated=first.stated,
        calculated=first.calculated,
        also=[budget.place(one.row, column) for one in others],
    )


def _differs(budget: Budget, column: int, one: _Differing) -> Finding:
    return tell(
        "avvikelse-avviker",
        budget.place(one.row, column),
        label=budget.rows[one.row].label,
        stated=one.stated,
        calculated=one.calculated,
    )
