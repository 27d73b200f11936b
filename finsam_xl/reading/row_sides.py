"""On which side of the result rows stand, and whether costs are written with a minus.

Before anything is added up headings and names tell. What a result then adds and takes away
outranks them: what enters with plus is income, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finsam_xl.model_budget import POSITIVE_COSTS, SIGNED
from finsam_xl.reading.row_labels import says
from finsam_xl.reading.row_table import Parts, RowTable
from finsam_xl.words.sides import Side

_ALWAYS_SIGNED = ("balance", "cash_flow", "balanskrav")


def named_sides(table: RowTable, heads: Mapping[int, Parts] | None = None) -> list[bool]:
    """Each row's side (income: true) as headings and names tell, from the top.

    Income comes first, unless nothing in the table speaks of income. ``heads``: totals that
    stand before their lines; they end no side.
    """
    heads = heads or {}
    own = [table.tells(row) for row in range(len(table))]
    # What a person says of a row is of that row alone: it moves no side's beginning.
    side = any(told for told, raw in zip(own, table.raw, strict=True) if raw.corrected is None)
    is_headed = False
    group = ""
    found: list[bool] = []
    for row, told in enumerate(own):
        said = table.said[row]
        name = table.names[row]
        if name.group != group:
            group = name.group
            headed = _of_heading(group)
            side, is_headed = (side if headed is None else headed), is_headed or headed is not None
        income = side if told is None else told
        if told is None and not is_headed and said.speaks_of is not None:
            income = said.speaks_of is Side.INCOME
        if table.roles[row] == "section":
            is_headed = is_headed or told is not None
            side = income
        found.append(income)
        is_named = said.is_side_sum and table.roles[row] != "section"
        is_total = (table.roles[row] == "total" or is_named) and row not in heads
        if is_total and income and side:
            side = False
    return found


def inherit(table: RowTable, heads: Mapping[int, Parts], parents: Mapping[int, int]) -> None:
    """Lines below their total, and lines inside a line, are on its side."""
    for row, parts in sorted(heads.items()):
        for part, _ in parts:
            table.income[part] = table.income[row]
    for row, parent in parents.items():
        table.income[row] = table.income[parent]


def _of_heading(text: str) -> bool | None:
    side = says(text).speaks_of
    return None if side is None else side is Side.INCOME


def corrected_sides(table: RowTable, sums: Mapping[int, Parts]) -> dict[int, bool]:
    """The sides that a person gives rows, and so those under a heading or in a total given one."""
    found: dict[int, bool] = {}
    given: dict[int, bool] = {}
    headed: bool | None = None
    for row, raw in enumerate(table.raw):
        own = raw.corrected.income if raw.corrected is not None else None
        if table.roles[row] == "section":
            headed = own
        if own is not None:
            given[row] = own
        elif headed is not None:
            found[row] = headed
    for row, income in given.items():
        _pass_on(sums, row, found, income=income)
    return {**found, **given}


def sign(table: RowTable) -> str:
    """Whether costs are written with a minus: by the signs of most cost rows."""
    if table.said_sign:
        return table.said_sign
    if table.kind in _ALWAYS_SIGNED:
        return SIGNED
    costs = [
        value
        for row, role in enumerate(table.roles)
        if role in ("line", "total") and not table.income[row]
        for value in table.figures.values[row]
        if value
    ]
    negative = sum(value < 0 for value in costs)
    return SIGNED if costs and 2 * negative > len(costs) else POSITIVE_COSTS


def from_results(
    table: RowTable, sums: Mapping[int, Parts], results: Sequence[int]
) -> dict[int, bool]:
    """The sides that results which hold give to what they add and to its parts.

    With costs written as minus the sign of the figures tells instead of the factor.
    """
    found: dict[int, bool] = {}
    for result in reversed(results):
        for row, factor in sums[result]:
            if table.roles[row] == "result" and row in sums:
                continue
            income = _enters_as_income(table, row, factor)
            if income is not None:
                _pass_on(sums, row, found, income=income)
    return found


def _enters_as_income(table: RowTable, row: int, factor: int) -> bool | None:
    known = [value for value in table.figures.values[row] if value]
    if not known:
        return None
    if not table.signed:
        return factor > 0
    positive = sum(value > 0 for value in known)
    return None if 2 * positive == len(known) else 2 * positive > len(known)


def _pass_on(sums: Mapping[int, Parts], row: int, found: dict[int, bool], *, income: bool) -> None:
    """Give a row and everything it adds up a side."""
    waiting = [row]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = income
            waiting += [part for part, _ in sums.get(one, ())]
