"""Rows of what there is at a time, such as equity or cash: months or years of it have no sum."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from finsam_xl.model_budget import Budget, BudgetRow
from finsam_xl.words.results import stands
from finsam_xl.words.unlike import is_other_unit

_LEAST_CARRIED = 2


def is_standing(
    budget: Budget, rows: Sequence[BudgetRow], row: int, columns: Sequence[int]
) -> bool:
    """Whether a row is what there is at the end of each of some columns' times, or so much of each.

    Its name says so, or each figure is the one before it and what another row adds.
    """
    times = {budget.columns[n].period for n in columns} - {None}
    if len(times) < _LEAST_CARRIED:
        return False
    label = rows[row].label
    return (
        stands(label)
        or is_other_unit(label)
        or any(_carries(rows[row], other, columns) for n, other in enumerate(rows) if n != row)
    )


def _carries(own: BudgetRow, other: BudgetRow, columns: Sequence[int]) -> bool:
    """Whether a row goes on from each column to the next by another row's figure there."""
    held, is_moving = 0, False
    for one, following in pairwise(columns):
        before, added, after = own.amounts[one], other.amounts[following], own.amounts[following]
        if before is None or added is None or after is None:
            continue
        if before + added != after:
            return False
        held += 1
        is_moving = is_moving or bool(added)
    return is_moving and held >= _LEAST_CARRIED
