"""Which run of rows a total adds up: what fits its figures in most columns, at a likely place.

A named total takes the nearest rows where none fits; a row that no word calls a sum takes only
what its figures say in columns of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.reading.row_named import by_abbreviation
from finsam_xl.reading.row_stack import Reading, Stack

_MOST_TRIED, _MOST_UNNAMED = 200, 60
_TWO_THIRDS, _HALF = 0.66, 0.5


def best(stack: Stack, row: int) -> Reading | None:
    """What a named total adds up, as far as its figures and its place tell."""
    named = by_abbreviation(stack, row)
    found = list(stack.readings(row, _MOST_TRIED))
    fitting = max(found, key=_rank, default=None)
    least = 0 if fitting is None else fitting.fit.share
    if named is not None and named.fit.held and named.fit.share >= least:
        return named
    same = _same(stack, row)
    if fitting is None or (same and not fitting.is_aligned):
        fitting = same or fitting
    if fitting is not None and fitting.fit.share >= _TWO_THIRDS:
        return fitting
    return _without_one(stack, row) or fitting or named or _nearest(stack, row)


def telling(stack: Stack, row: int) -> Reading | None:
    """What a row adds up whose figures alone say that it is a sum."""
    found = [
        one
        for one in stack.readings(row, _MOST_UNNAMED)
        if len(one.parts) > 1 and one.fit.telling and one.fit.exact_share >= _HALF
    ]
    return max(found, key=_rank, default=None)


def _same(stack: Stack, row: int) -> Reading | None:
    """A single row above with the same figures."""
    for n in reversed(stack.rows[-_MOST_TRIED:]):
        if stack.table.figures.same(n, row):
            return Reading(((n, 1),), None, stack.table.figures.fit(row, ((n, 1),)))
    return None


def _nearest(stack: Stack, row: int) -> Reading | None:
    """The rows since the nearest section or total, whatever they come to."""
    starts = [start for start in stack.starts if start < len(stack.rows)]
    if not starts:
        return None
    reading = stack.reading(row, max(starts))
    is_guess = len(reading.parts) == 1 and stack.table.roles[stack.rows[-1]] != "line"
    return None if is_guess else reading


def _without_one(stack: Stack, row: int) -> Reading | None:
    """All rows since a section or total but one that is not added: a count, a share."""
    for start in sorted({s for s in stack.starts if s < len(stack.rows)}, reverse=True):
        bare = stack.without_groups(stack.rows[start:])[-_MOST_TRIED:]
        outer = stack.outermost(bare)
        for lines in (bare, outer) if len(outer) < len(bare) else (bare,):
            for left_out in _gaps(stack, row, lines):
                parts = tuple((n, 1) for n in lines if n != left_out)
                fit = stack.table.figures.fit(row, parts)
                if fit.telling > 1 and fit.exact_share >= _TWO_THIRDS:
                    return Reading(parts, start, fit)
    return None


def _gaps(stack: Stack, row: int, lines: Sequence[int]) -> list[int]:
    """The lines that are what all lines together are too large by, in some column."""
    figures = stack.table.figures
    found: dict[int, None] = {}
    for column, wanted in enumerate(figures.values[row]):
        gap = sum(figures.values[n][column] or 0 for n in lines) - (wanted or 0)
        for n in lines if wanted and gap else ():
            if figures.values[n][column] == gap:
                found[n] = None
    # Where it is left out once only, that figure may as well be wrong.
    return [n for n in found if sum(map(bool, figures.values[n])) > 1]


def _rank(one: Reading) -> tuple[bool, bool, bool, object, int]:
    """The better reading is the larger: the fit, then the place, then the nearest.

    Of those that begin at one row the first is kept: it takes fewest for granted.
    """
    fit = one.fit
    return (
        fit.share >= _TWO_THIRDS and (one.is_aligned or len(one.parts) > 1),
        fit.share == 1 and one.is_aligned,
        one.is_aligned and not one.lines,
        fit.share,
        one.start or 0,
    )
