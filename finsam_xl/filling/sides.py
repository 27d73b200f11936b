"""On which side of the result a row stands, and how surely: its section tells, its total, its name.

What a printed result adds and takes away outranks them: what enters with plus is income. A
name settles the side only where it is an income or a cost by its last word ("Ränteintäkter");
"Hyresbidrag" and "Finansnetto" may be either.

>>> named("Ränteintäkter"), named("Lokalkostnader"), named("Hyresbidrag")
('income', 'cost', '')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.model_budget import SIGNED, Budget, BudgetRow, Known, Sum
from finsam_xl.words.sides import Side, heads_income, is_whole_side, speaks_of, surely

INCOME, COST, UNSURE = Side.INCOME.value, Side.COST.value, ""
_LEAST_OF_ONE_SIGN = 0.8


def named(label: str) -> str:
    """The side that a name says by one of its words; '' where it says none, or both."""
    side = surely(label)
    return UNSURE if side is None else side.value


def _heading(label: str) -> str:
    return INCOME if heads_income(label) else named(label)


def sides(budget: Budget, *, is_spending: bool = False) -> list[str]:
    """Each row's side, '' where nothing settles it.

    ``is_spending``: what heads the names of the rows says that money goes to them.
    """
    found = _told(budget)
    has_result = any(row.role == "result" for row in budget.rows)
    if is_spending and not (has_result or any(found) or any(map(_may_be_income, budget.rows))):
        return [COST] * len(found)
    return found


def _told(budget: Budget) -> list[str]:
    """Each row's side by sections, totals, names and results."""
    found = _by_section(budget.rows)
    marked = {side for side in found if side}
    totals = {s.target: s for s in budget.sums}
    for index, target in reversed(totals.items()):
        side = named(budget.rows[index].meant)
        if budget.rows[index].role == "total" and side:
            waiting = [row for row, _ in target.parts]
            begins = _own_heading(budget.rows, index, side)
            while waiting:
                row = waiting.pop()
                if row >= begins:
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
            side if row.role == "total" or n in inside or named(row.meant) == side else UNSURE
            for n, (row, side) in enumerate(zip(budget.rows, found, strict=True))
        ]
    for row, side in (*_by_results(budget).items(), *_said(budget.rows)):
        found[row] = side
    return found


def _may_be_income(row: BudgetRow) -> bool:
    return speaks_of(row.meant) is Side.INCOME


def _said(rows: Sequence[BudgetRow]) -> Iterator[tuple[int, str]]:
    """The sides that a person gives rows."""
    return ((n, side) for n, row in enumerate(rows) if row.is_said and (side := named(row.meant)))


def _by_results(budget: Budget) -> dict[int, str]:
    """The sides that printed results give to what they add and take away, and to its parts.

    Where costs are written with a minus the factors say nothing.
    """
    found: dict[int, str] = {}
    if budget.sign == SIGNED:
        return found
    totals = {one.target: one for one in budget.sums}
    for one in reversed(budget.sums):
        if one.how != "result" or not _settles(budget, one):
            continue
        for row, factor in one.parts:
            waiting = [] if budget.rows[row].role == "result" else [row]
            while waiting:
                part = waiting.pop()
                if part not in found:
                    found[part] = INCOME if factor > 0 else COST
                    waiting += [inner for inner, _ in totals[part].parts] if part in totals else []
    return found


def _settles(budget: Budget, result: Sum) -> bool:
    """Whether a result holds where it is printed, and would not with any side turned."""
    shown = [
        (
            budget.rows[result.target].amounts[n],
            [budget.rows[row].amounts[n] for row, _ in result.parts],
        )
        for n, column in enumerate(budget.columns)
        if column.is_stated
    ]
    factors = [factor for _, factor in result.parts]
    known = [
        (stated, [amount or 0 for amount in amounts])
        for stated, amounts in shown
        if stated is not None and any(amounts)
    ]
    held = [
        amounts
        for stated, amounts in known
        if explained_by_rounding(
            stated - sum(f * a for f, a in zip(factors, amounts, strict=True)), len(amounts)
        )
    ]
    if not held or 2 * len(held) <= len(known):
        return False
    # Turned, a part changes the result by twice itself; two that are alike could change places.
    return all(any(amounts[n] for amounts in held) for n in range(len(factors))) and not any(
        all(abs(amounts[n]) == abs(amounts[m]) for amounts in held)
        for n in range(len(factors))
        for m in range(n)
        if factors[n] != factors[m]
    )


def _own_heading(rows: Sequence[BudgetRow], index: int, side: str) -> int:
    """Where the rows of a total begin at the earliest: a heading of its whole side, if any."""
    for n in range(index):
        label = rows[n].meant
        if rows[n].role == "section" and is_whole_side(label) and named(label) == side:
            return n
    return 0


def _names_side(budget: Budget, one: Sum) -> bool:
    """Whether a sum is a total whose name says its side."""
    row = budget.rows[one.target]
    return row.role == "total" and bool(named(row.meant))


def _by_section(rows: Sequence[BudgetRow]) -> list[str]:
    found: list[str] = []
    current, before = UNSURE, ""
    for row in rows:
        own = named(row.meant)
        if row.role == "section":
            # Only a heading right below another is surely inside it; what follows may be its
            # sibling, such as financial items after the costs: then a total tells, or nothing.
            is_inside = before == "section"
            current = _heading(row.meant) or (current if is_inside else UNSURE)
            found.append(UNSURE)
        elif row.role == "total":
            found.append(own or current)
            if is_whole_side(row.meant):
                current = UNSURE
        elif row.role == "result":
            # It is on no side, and what follows it is under no heading above it.
            current = UNSURE
            found.append(UNSURE)
        elif own and current and own != current:
            found.append(UNSURE)
        else:
            found.append(current or own)
        before = row.role
    return found


def sign_is_sure(budget: Budget, found: Sequence[str]) -> bool:
    """Whether what is surely income and surely cost all but agrees on the table's sign.

    Accounts are also printed with income as minus: then no row tells how it counts.
    """
    if budget.is_sign_said:
        return True
    income = list(_amounts(budget, found, INCOME))
    costs = list(_amounts(budget, found, COST))
    if not (income or costs) or (budget.sign == SIGNED and not costs and not _nets(budget)):
        return False
    return _are_mostly(income, negative=False) and _are_mostly(
        costs, negative=budget.sign == SIGNED
    )


def _nets(budget: Budget) -> bool:
    """Whether a printed result adds what is positive and what is not: the minus tells a cost."""
    return any(
        one.how == "result"
        and _settles(budget, one)
        and all(factor > 0 for _, factor in one.parts)
        and any(
            min(amounts) < 0 < max(amounts)
            for n, column in enumerate(budget.columns)
            if column.is_stated
            and (amounts := [a for row, _ in one.parts if (a := budget.rows[row].amounts[n])])
        )
        for one in budget.sums
    )


def _amounts(budget: Budget, found: Sequence[str], side: str) -> Iterator[Known]:
    """What stands in the stated columns of the rows of a side."""
    for row, one in zip(budget.rows, found, strict=True):
        if one == side and row.role in ("line", "total"):
            for column, amount in zip(budget.columns, row.amounts, strict=True):
                if amount and column.is_stated:
                    yield amount


def _are_mostly(amounts: Sequence[Known], *, negative: bool) -> bool:
    alike = sum((amount < 0) is negative for amount in amounts)
    return not amounts or alike >= _LEAST_OF_ONE_SIGN * len(amounts)
