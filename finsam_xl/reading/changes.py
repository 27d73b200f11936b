"""Which two amounts a change without figures is between: the later of them comes first.

By what its heading shares with one of them ("Förändring A"), the year it names, or where it
stands: right after both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.reading.drafts import Draft

_PAIR = 2
Pair = tuple[Draft, Draft]


def changed(draft: Draft, left: Sequence[Draft]) -> Pair | None:
    """The later and the earlier amount; ``left``: those on its left, the nearest first."""
    return next(_pairs(draft, left), None)


def _pairs(draft: Draft, left: Sequence[Draft]) -> Iterator[Pair]:
    marks = _marks(draft)
    marked = [one for one in left if marks and marks <= _marks(one)]
    if len(marked) == 1:
        yield from _since(marked[0], left)
        return
    year = draft.heading.time.year
    beside = left[:1] if left and left[0].index == draft.index - 1 else ()
    if year is not None and any(one.year == year for one in left):
        for one in beside:
            yield from _since(one, [base for base in left if base.year == year])
    if len(left) == _PAIR and None not in (left[0].year, left[1].year):
        earlier, later = sorted(left, key=lambda one: one.year or 0)
        if earlier.year != later.year:
            yield later, earlier
    yield from _since_made(draft, left[:_PAIR])


def _since(later: Draft, left: Sequence[Draft]) -> Iterator[Pair]:
    """An amount and the one of an earlier year that there is."""
    earlier = [one for one in left if one.year and later.year and one.year < later.year]
    if len(earlier) == 1:
        yield later, earlier[0]


def _since_made(draft: Draft, two: Sequence[Draft]) -> Iterator[Pair]:
    """Two forecasts of one year right beside, made at different times: the later comes last."""
    is_beside = [one.index for one in two] == [draft.index - 1, draft.index - _PAIR]
    if is_beside and {one.scenario for one in two} == {"forecast"} and two[0].year == two[1].year:
        later, earlier = two
        if _made(later) > _made(earlier):
            yield later, earlier


def _made(draft: Draft) -> tuple[int, int]:
    last, number = draft.made
    return last or 0, number or 0


def _marks(draft: Draft) -> set[str]:
    """What tells a column from those beside it that are of the same: words, and lone letters."""
    return {*draft.heading.unknown, *draft.heading.letters}
