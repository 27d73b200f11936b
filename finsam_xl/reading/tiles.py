"""Columns of parts of a year that follow each other and make up the time of another column.

January to December make the year, whatever stands between them; the first two quarters make
what has come up to the half. A time with two columns may be either, and makes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from finsam_xl.money import exact
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.reading.drafts import Draft, Table

PARTS_OF_YEAR = ("month", "quarter", "tertial", "half")
_GROWS = Fraction(7, 5)
"""How many times the one before it a figure is at least, where both are counted from January."""
_KNOWN_AND_FORESEEN = frozenset({"outcome", "forecast"})
"""A forecast of the year is what is known of it and what is foreseen of the rest."""


def tiles(whole: Draft, table: Table) -> list[Draft]:
    """The parts of one length that make up a column's time, in their order; none where in doubt."""
    span = _span(whole)
    found = [_in_order(whole, table, unit) for unit in PARTS_OF_YEAR] if span else []
    fitting = [parts for parts in found if _spans(parts) == span and not run_on(parts)]
    return fitting[0] if len(fitting) == 1 else []


def follow(years: Sequence[int | None]) -> bool:
    """Whether years are one after the other, either way."""
    known = [year for year in years if year is not None]
    steps = {b - a for a, b in pairwise(known)}
    return len(known) == len(years) and steps in ({1}, {-1})


def _span(whole: Draft) -> tuple[int, int] | None:
    """The months that a column which adds up others is of."""
    time = whole.heading.time
    if time.last is None:
        return (1, MONTHS_PER_YEAR) if time.whole else None
    return (1 if time.to_date else time.first or 1, time.last)


def _in_order(whole: Draft, table: Table, unit: str) -> list[Draft]:
    senses = _KNOWN_AND_FORESEEN if whole.sense == "forecast" else {whole.sense, ""}
    parts = [
        one
        for one in table.drafts
        if one is not whole
        and one.heading.time.unit == unit
        and one.year == whole.year
        and one.sense in senses
        and not (one.is_blank or one.heading.time.to_date or one.heading.is_sum)
    ]
    return sorted(parts, key=lambda one: one.heading.time.first or 0)


def _spans(parts: Sequence[Draft]) -> tuple[int, int] | None:
    """The months that parts make up together, where each begins as the one before it ends."""
    spans = [(one.heading.time.first or 0, one.heading.time.last or 0) for one in parts]
    are_whole = all(before[1] + 1 == after[0] for before, after in pairwise(spans))
    return (spans[0][0], spans[-1][1]) if len(spans) > 1 and are_whole else None


def run_on(parts: Sequence[Draft]) -> bool:
    """Whether most figures grow so from part to part that they may all be counted from January."""
    pairs = [
        abs(exact(after)) >= _GROWS * abs(exact(before))
        for one, other in pairwise(parts)
        for before, after in zip(one.raw.amounts, other.raw.amounts, strict=True)
        if before and after
    ]
    return bool(pairs) and 2 * sum(pairs) > len(pairs)
