"""What sums add up by their names and places, where no figure tells.

A blank total takes what its label says, or the lines right above it; an abbreviation in a
label picks the rows that hold it ("Totala kostnader SAMO"); letters name what they stand
before ("Total (A+B+C)").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from finsam_xl.reading.row_figures import Fit, Parts
from finsam_xl.reading.row_heads import may_be_either
from finsam_xl.reading.row_labels import says
from finsam_xl.reading.row_stack import Reading, Stack
from finsam_xl.words import totals
from finsam_xl.words.sides import Side


def by_label(stack: Stack, row: int) -> Reading:
    """What a blank total adds up, where label and place leave no doubt; else nothing.

    All costs or all income, if it says so; else the lines right above it, from the heading
    of their section; right below another total, all that is open.
    """
    picked = by_abbreviation(stack, row)
    if picked:
        return picked
    opened = _open_rows(stack, row)
    if opened is None:
        return Reading((), len(stack.rows), Fit(0, 0))
    outer = set(stack.without_groups(stack.rows))
    rows = [n for n in opened if n in outer]
    if sum(n in stack.heads for n in rows) > 1:
        # Where lines stand before their parts, one with a single part is repeated by it.
        rows = stack.without_repeats(rows)
    at = stack.rows.index(opened[0]) if opened else len(stack.rows)
    parts = tuple((n, 1) for n in rows)
    return Reading(parts, at if stack.rows[at:] == opened else None, Fit(0, 0))


def _open_rows(stack: Stack, row: int) -> list[int] | None:
    table = stack.table
    if may_be_either(table, row):
        return None
    if table.is_part(row):
        return stack.rows[stack.last_start :]
    if table.said[row].is_whole_side:
        return [n for n in stack.rows if _is_of_side(stack, n, row) and not _is_result(stack, n)]
    if row and table.roles[row - 1] == "total":
        return [n for n in stack.rows if not _is_result(stack, n)]
    start = stack.last_start
    is_closed = len(stack.rows) in stack.starts and start not in stack.sections
    return None if not stack.rows or is_closed else stack.rows[start:]


def _is_of_side(stack: Stack, row: int, total: int) -> bool:
    """Whether a row is on the side of a total: of one that a person names, if nothing denies it."""
    table = stack.table
    if not table.is_settled(total):
        return table.income[row] == table.income[total]
    told = table.tells(row)
    if told is None and table.sections[row]:
        side = says(table.sections[row]).speaks_of
        told = None if side is None else side is Side.INCOME
    return told in (None, table.income[total])


def _is_result(stack: Stack, row: int) -> bool:
    return stack.table.roles[row] == "result"


def by_abbreviation(stack: Stack, row: int, *, costs_only: bool = True) -> Reading | None:
    """What holds the total's abbreviation: rows not yet added up, or else lines."""
    table = stack.table
    words = table.said[row].abbreviations
    if not words:
        return None
    lines = [n for n in range(row) if table.roles[n] == "line"]
    for rows, whole in ((stack.rows, True), (lines, False)):
        found = [
            n
            for n in rows
            if all(word in _text(stack, n, whole=whole) for word in words)
            and not (costs_only and table.income[n])
            and not _is_result(stack, n)
        ]
        if found:
            parts = tuple((n, 1 if costs_only else table.factor(n)) for n in found)
            return Reading(parts, None, table.figures.fit(row, parts))
    return None


def _text(stack: Stack, row: int, *, whole: bool) -> str:
    label = stack.table.label(row)
    return f"{stack.table.sections[row]} {label}" if whole else label


def by_letters(stack: Stack, row: int, named: Sequence[str]) -> Parts:
    """The rows whose labels begin with the letters: a total "S:a B1" before "B1. …"."""
    parts: list[tuple[int, int]] = []
    for letter in named:
        rows = [
            n
            for n in range(len(stack.table))
            if n != row and _has_amounts(stack, n) and _is_of(stack, n, letter)
        ]
        if not rows:
            return ()
        parts.append((rows[0], 1))
    return tuple(parts)


def _has_amounts(stack: Stack, row: int) -> bool:
    return any(amount is not None for amount in stack.table.raw[row].amounts)


def _is_of(stack: Stack, row: int, letter: str) -> bool:
    label = stack.table.label(row)
    is_sum = totals.begins_as_sum(label) and totals.without_sum(label).startswith(letter.lower())
    return is_sum or re.match(rf"{letter}[.\s]", label) is not None


def cash_start(stack: Stack) -> int:
    """Where on the stack a cash flow begins: after the cash flow before it, if there is one."""
    flows = [n for n, row in enumerate(stack.rows) if stack.table.said[row].is_cash_flow]
    return flows[-1] + 1 if flows else 0
