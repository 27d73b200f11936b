"""What a printed result presupposes of a blank total: income less costs leaves one way only."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.filling.by_place import begins_surely
from finsam_xl.filling.printed_sums import PrintedSums
from finsam_xl.model_budget import Amount, Sum
from finsam_xl.reading.row_labels import says
from finsam_xl.words.sides import is_whole_side

_LEAST_COLUMNS = 2
_ODD = 3
"""Digits, without the last zeros, of a figure that sums do not come to by chance."""


def is_presupposed(gate: PrintedSums, target: Sum, column: int) -> bool:
    """Whether a sum of a blank row's parts is what the printed sum above it takes it for.

    To the unit, in its own column or else in two, and in every column where it is printed. That
    the row is a sum its name must say, and where it begins its name or its place: all lines come to
    the same sum above however they are shared among the totals in between.
    """
    label = gate.rows[target.target].label
    is_sum = says(label).is_sum or is_whole_side(label)
    parts = gate.reach(row for row, _ in target.parts)
    return (
        is_sum
        and begins_surely(gate.rows, target.target, min(parts))
        and any(_bears_out(gate, target, one, column) for one in gate.budget.sums)
    )


def _bears_out(gate: PrintedSums, target: Sum, above: Sum, column: int) -> bool:
    factor = dict(above.parts).get(target.target)
    if factor is None or len(above.parts) == 1:
        return False
    held = [n for n, ours, wanted in _sides(gate, target, above, factor) if ours == wanted]
    printed = [n for n, _, _ in _sides(gate, target, above, factor)]
    is_odd = any(_digits(gate.summed(target.parts, n)) >= _ODD for n in held)
    return is_odd and held == printed and (column in held or len(held) >= _LEAST_COLUMNS)


def _sides(
    gate: PrintedSums, target: Sum, above: Sum, factor: int
) -> Iterator[tuple[int, Amount, Amount]]:
    """In each column where the sum above is printed, what our parts and it say of the row."""
    rest = tuple(part for part in above.parts if part[0] != target.target)
    for number in gate.evidence(above.target, -1):
        known = [gate.amount(row, number) for row, _ in (*rest, *target.parts)]
        if all(amount is not None for amount in known):
            left = (gate.printed[above.target].amounts[number] or 0) - (
                gate.summed(rest, number) or 0
            )
            yield number, gate.summed(target.parts, number), factor * left


def _digits(amount: Amount) -> int:
    return len(str(abs(amount.numerator)).rstrip("0")) if amount else 0
