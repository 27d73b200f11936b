"""Rows of what there is at a time, such as equity or cash: months or years of it have no sum."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations

from finsam_xl.model_budget import Budget, BudgetRow
from finsam_xl.words.results import stands
from finsam_xl.words.unlike import is_other_unit

_LEAST_CARRIED = 2
_MOST_PAIRED = 30
"""With more rows than this pairs of them are not tried."""


def is_standing(
    budget: Budget, rows: Sequence[BudgetRow], row: int, columns: Sequence[int]
) -> bool:
    """Whether a row is what there is at the end of each of some columns' times, or so much of each.

    Its name says so, or each figure is the one before it and what another row adds, or what one
    adds and one takes away.
    """
    times = {budget.columns[n].period for n in columns} - {None}
    if len(times) < _LEAST_CARRIED:
        return False
    label = rows[row].label
    return (
        stands(label)
        or is_other_unit(label)
        or _is_carried(rows[row], [one for n, one in enumerate(rows) if n != row], columns)
    )


def _is_carried(own: BudgetRow, others: Sequence[BudgetRow], columns: Sequence[int]) -> bool:
    """Whether a row goes on from each column to the next by other rows' figures there."""
    steps = {
        following: now - before
        for one, following in pairwise(columns)
        if (before := own.amounts[one]) is not None and (now := own.amounts[following]) is not None
    }
    if len(steps) < _LEAST_CARRIED or not any(steps.values()):
        return False
    changes = [[other.amounts[n] for n in steps] for other in others]
    wanted = list(steps.values())
    pairs = permutations(changes, 2) if len(changes) <= _MOST_PAIRED else ()
    return any(map(wanted.__eq__, changes)) or any(
        all(
            a is not None and b is not None and a - b == step
            for a, b, step in zip(*both, wanted, strict=True)
        )
        for both in pairs
    )
