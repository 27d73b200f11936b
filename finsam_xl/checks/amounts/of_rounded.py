"""Totals in thousands of kronor that add up rounded lines: may be meant, so a note.

Code: ``summa-av-avrundade``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from finsam_xl.checks.material import Material
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget, Sum, decimals
from finsam_xl.money import exact, round_half_away

_FEWEST = 3
_TKR = 1000


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Totals of rounded lines, in every table."""
    for material in materials:
        for budget in (*material.budgets, *material.plain):
            yield from material.own(_rounded(budget))


def _rounded(budget: Budget) -> Iterator[Finding]:
    """Totals of a column in thousands that add up lines rounded from a column in kronor."""
    amounts = [n for n, column in enumerate(budget.columns) if not column.is_ratio]
    for kronor, thousands in permutations(amounts, 2):
        for total in budget.sums:
            found = _total(budget, total, kronor, thousands)
            if found is not None:
                yield found


def _total(budget: Budget, total: Sum, kronor: int, thousands: int) -> Finding | None:
    rows = [row for row, factor in total.parts if factor == 1]
    if len(rows) < _FEWEST or not all(_is_rounded(budget, n, kronor, thousands) for n in rows):
        return None
    exactly, stated = (budget.rows[total.target].amounts[n] for n in (kronor, thousands))
    lines = sum(budget.rows[n].amounts[thousands] or 0 for n in rows)
    if exactly is None or stated is None or stated != lines:
        return None
    digits = max(decimals(budget.rows[n].amounts[thousands] or 0) for n in rows)
    wanted = exact(round_half_away(Fraction(exactly) / _TKR, digits))
    if wanted == stated:
        return None
    cell, other = budget.place(total.target, thousands), budget.place(total.target, kronor)
    return tell(
        "summa-av-avrundade",
        cell,
        what=budget.named(total.target, thousands),
        place=other.cell,
        stated=stated,
        calculated=wanted,
        also=[other],
    )


def _is_rounded(budget: Budget, row: int, kronor: int, thousands: int) -> bool:
    """Whether a line's figure is another of its row in thousands, rounded."""
    exactly, shown = (budget.rows[row].amounts[n] for n in (kronor, thousands))
    if not exactly or not shown or abs(Fraction(exactly)) < _TKR:
        return False
    return exact(round_half_away(Fraction(exactly) / _TKR, decimals(shown))) == shown
