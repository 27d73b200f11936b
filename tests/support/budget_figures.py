"""Every figure of a table of amounts that follows from others, with what it should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from finsam_xl.calc import deviation
from finsam_xl.model_budget import Budget, Known


class Figure(NamedTuple):
    """A printed figure and the one that the rest of its table gives."""

    label: str
    column: str
    how: str
    printed: Known
    calculated: Known
    addends: int


def following(budget: Budget) -> Iterator[Figure]:
    """The sums down, the sums across and the deviations of a table."""
    yield from _down(budget)
    yield from _across(budget)
    yield from _deviations(budget)


def _down(budget: Budget) -> Iterator[Figure]:
    for one in budget.sums:
        row = budget.rows[one.target]
        for number, column in enumerate(budget.columns):
            printed, (calculated, addends) = row.amounts[number], budget.summed(one, number)
            if printed is not None and calculated is not None:
                yield Figure(row.label, column.header, one.how, printed, calculated, addends)


def _across(budget: Budget) -> Iterator[Figure]:
    stated = [n for n, column in enumerate(budget.columns) if column.is_stated]
    for number, column in enumerate(budget.columns):
        if column.scenario == "other":
            for row in budget.rows:
                amounts = [a for n in stated if (a := row.amounts[n]) is not None]
                printed = row.amounts[number]
                if printed is not None and amounts:
                    total = sum(amounts)
                    yield Figure(row.label, column.header, "across", printed, total, len(amounts))


def _deviations(budget: Budget) -> Iterator[Figure]:
    outcome, base = budget.column("outcome"), budget.column("budget")
    for number, column in enumerate(budget.columns):
        if column.scenario != "deviation" or outcome is None or base is None:
            continue
        summed = {one.target for one in budget.sums}
        for index, row in enumerate(budget.rows):
            printed = row.amounts[number]
            wanted = deviation.deviation(
                row.amounts[outcome], row.amounts[base], budget.sign, is_income=row.is_income
            )
            if printed is not None and wanted is not None and index not in summed:
                yield Figure(row.label, column.header, "deviation", printed, wanted, 2)
