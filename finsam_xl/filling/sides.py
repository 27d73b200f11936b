"""On which side of the result a row stands, and how surely: its section tells, its total, its name.

A name settles the side only where it is an income or a cost by its last word ("Ränteintäkter");
"Hyresbidrag" and "Finansnetto" may be either.

>>> named("Ränteintäkter"), named("Lokalkostnader"), named("Hyresbidrag")
('income', 'cost', '')
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model_budget import SIGNED, Budget, BudgetRow, Sum
from finsam_xl.words.sides import Side, heads_income, is_whole_side, surely

INCOME, COST, UNSURE = Side.INCOME.value, Side.COST.value, ""
_LEAST_OF_ONE_SIGN = 0.8


def named(label: str) -> str:
    """The side that a name says by one of its words; '' where it says none, or both."""
    side = surely(label)
    return UNSURE if side is None else side.value


def _heading(label: str) -> str:
    return INCOME if heads_income(label) else named(label)


def sides(budget: Budget) -> list[str]:
    """Each row's side, '' where nothing settles it."""
    found = _by_section(budget.rows)
    marked = {side for side in found if side}
    totals = {s.target: s for s in budget.sums}
    for index, target in reversed(totals.items()):
        side = named(budget.rows[index].label)
        if budget.rows[index].role == "total" and side:
            waiting = [row for row, _ in target.parts]
            while waiting:
                row = waiting.pop()
                found[row] = found[row] or side
                if row in totals:
                    waiting += [part for part, _ in totals[row].parts]
            marked.add(side)
    for index, line in enumerate(budget.rows):
        if line.role == "subline" and line.parent is not None:
            found[index] = found[line.parent]
    has_result = any(row.role == "result" for row in budget.rows)
    if has_result and len(marked) == 1:
        # A heading on one side only says nothing of where that side ends.
        inside = {row for one in budget.sums for row, _ in one.parts if _names_side(budget, one)}
        found = [
            side if row.role == "total" or n in inside or named(row.label) == side else UNSURE
            for n, (row, side) in enumerate(zip(budget.rows, found, strict=True))
        ]
    return found


def _names_side(budget: Budget, one: Sum) -> bool:
    """Whether a sum is a total whose name says its side."""
    row = budget.rows[one.target]
    return row.role == "total" and bool(named(row.label))


def _by_section(rows: Sequence[BudgetRow]) -> list[str]:
    found: list[str] = []
    current = UNSURE
    for row in rows:
        own = named(row.label)
        if row.role == "section":
            current = _heading(row.label) or current
            found.append(UNSURE)
        elif row.role == "total":
            found.append(own or current)
            if is_whole_side(row.label):
                current = UNSURE
        elif own and current and own != current:
            found.append(UNSURE)
        else:
            found.append(current or own)
    return found


def sign_is_sure(budget: Budget, found: Sequence[str]) -> bool:
    """Whether the costs that are surely costs all but agree on the table's sign."""
    amounts = [
        amount
        for row, side in zip(budget.rows, found, strict=True)
        if side == COST and row.role in ("line", "total")
        for column, amount in zip(budget.columns, row.amounts, strict=True)
        if amount and column.is_stated
    ]
    if not amounts:
        return False
    negative = sum(amount < 0 for amount in amounts) / len(amounts)
    return (negative if budget.sign == SIGNED else 1 - negative) >= _LEAST_OF_ONE_SIGN
