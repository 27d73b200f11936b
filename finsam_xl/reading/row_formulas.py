"""What the formulas in a row's own cells add up, column by column, and what they agree on.

The cell's own formula is the best evidence there is, and that of the cell beside it the next
best. One formula that differs from the rest of its row is a finding at that cell and does not
change what the row is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from finsam_xl.reading.row_table import ADDED, Parts, RowTable

_EQUITY = ("equity_open", "equity_close")


def added_by_formula(table: RowTable) -> dict[int, Parts]:
    """By row: what most of its formulas add up."""
    found: dict[int, Parts] = {}
    for row, raw in enumerate(table.raw):
        if table.roles[row] in ("section", "note", "subline", "equity_open") or not raw.formulas:
            continue
        parts = _agreed(table, row)
        if parts:
            found[row] = parts
    for row in in_circles(found):
        del found[row]
    return found


def in_circles(sums: Mapping[int, Parts]) -> set[int]:
    """The rows whose sums, followed to the end, add up themselves."""
    found: set[int] = set()
    done: set[int] = set()
    for first in sums:
        path: list[int] = []
        waiting = [(first, False)]
        while waiting:
            row, is_left = waiting.pop()
            if is_left:
                path.pop()
                done.add(row)
            elif row in path:
                found.update(path[path.index(row) :])
            elif row not in done:
                path.append(row)
                waiting.append((row, True))
                waiting += [(n, False) for n, _ in sums.get(row, ())]
    return found


def _agreed(table: RowTable, row: int) -> Parts:
    """What most of the formulas of a row add up, the rows with figures among it."""
    held = set(table.figures.columns)
    votes: Counter[Parts] = Counter()
    for column, parts in enumerate(table.raw[row].formulas):
        kept = _with_figures(table, row, parts or ())
        if kept:
            votes[kept] += 2 if column in held else 1
    if not votes:
        return ()
    (best, _), *_ = votes.most_common()
    best = _with_blank_rows(table, row, best, votes)
    return best if _says_sum(table, row, best) else ()


def _with_blank_rows(table: RowTable, row: int, best: Parts, votes: Iterable[Parts]) -> Parts:
    """The parts with those that only some formulas name, where they are blank in the others.

    A sum over the rows that have figures in its column says nothing against the other rows.
    """
    columns = [
        n
        for n, parts in enumerate(table.raw[row].formulas)
        if _with_figures(table, row, parts or ()) == best
    ]
    for wider in votes:
        added = set(wider) - set(best)
        if set(best) < set(wider) and all(
            table.raw[n].amounts[column] is None for n, _ in added for column in columns
        ):
            return wider
    return best


def _with_figures(table: RowTable, row: int, parts: Parts) -> Parts:
    """Without the headings and blank rows that a block takes in, and without sublines."""
    roles = (*ADDED, *_EQUITY)
    return tuple(
        (n, factor)
        for n, factor in sorted(parts)
        if n != row and table.roles[n] in roles and table.raw[n].has_figures
    )


def _says_sum(table: RowTable, row: int, parts: Parts) -> bool:
    """Whether what a formula adds makes its row a sum: one row alone may just be fetched."""
    if len(parts) > 1:
        return True
    ((other, factor),) = parts
    return factor == 1 and (table.roles[row] != "line" or other == row + 1)
