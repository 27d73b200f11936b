"""The sums that the reading of rows finds in a table of bare figures and texts.

For collections of tables with annotated sums: cells are given by (row, column).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from finsam_xl.reading.rows import RawRow, RowsRead, read_rows

Place = tuple[int, int]
_LEAST = 3


def raw_rows(
    figures: Mapping[Place, int | Fraction], texts: Mapping[Place, str]
) -> tuple[list[RawRow], list[int]]:
    """The rows of a table that hold anything, and its columns of figures."""
    counts: dict[int, int] = {}
    for _, column in figures:
        counts[column] = counts.get(column, 0) + 1
    columns = sorted(column for column, count in counts.items() if count >= _LEAST)
    labels = [c for c in sorted({c for _, c in texts}) if c < min(columns, default=0)] or [0]
    rows = sorted({row for row, _ in (*figures, *texts)})
    raw = [
        RawRow(
            row,
            tuple(texts.get((row, column), "") for column in labels),
            amounts=tuple(figures.get((row, column)) for column in columns),
            is_filled=any((row, column) in texts for column in columns),
        )
        for row in rows
    ]
    return raw, columns


def column_sums(
    figures: Mapping[Place, int | Fraction], texts: Mapping[Place, str]
) -> dict[Place, list[frozenset[Place]]]:
    """The cells that are sums, each with the cells it adds up."""
    raw, columns = raw_rows(figures, texts)
    if not columns:
        return {}
    read = read_rows(raw, ("other",) * len(columns), "budget")
    found: dict[Place, list[frozenset[Place]]] = {}
    for one in read.sums:
        if any(factor < 0 for _, factor in one.parts):
            continue
        for at, column in enumerate(columns):
            parts = [n for n, _ in one.parts if read.rows[n].amounts[at] is not None]
            if parts and _holds(read, one.target, parts, at):
                place = (raw[one.target].row, column)
                found.setdefault(place, []).append(frozenset((raw[n].row, column) for n in parts))
    return found


def _holds(read: RowsRead, target: int, parts: list[int], column: int) -> bool:
    shown = read.rows[target].amounts[column]
    if shown is None:
        return False
    amounts = [amount for n in parts if (amount := read.rows[n].amounts[column]) is not None]
    gap = Fraction(sum(amounts)) - shown
    return 2 * abs(gap) <= max(1, len(parts))
