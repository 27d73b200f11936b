"""Which formulas look at changed cells, directly or through other formulas.

Areas are kept by blocks of rows, so that a changed cell is held only against the
areas near it; an area that has been hit is not looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from finsam_xl.formulas.blocks import Area
from finsam_xl.hosts.ooxml.recalculation import Place

_BLOCK = 128
_MOST_BLOCKS = 64
_TALL = -1
Filled = Callable[[int], Iterable[Place]]
"""The cells that show what a formula of a number gives."""
_Bucket = list[tuple[Area, int]]


class Dependents:
    """An index over the areas that numbered formulas look at."""

    def __init__(self, areas: Sequence[tuple[Area, ...]]) -> None:
        self._buckets: dict[tuple[str, int], _Bucket] = {}
        for number, looked_at in enumerate(areas):
            for area in looked_at:
                self._add(area, number)

    def _add(self, area: Area, number: int) -> None:
        sheet = area.sheet.lower()
        first, last = area.top // _BLOCK, area.bottom // _BLOCK
        blocks = range(first, last + 1) if last - first <= _MOST_BLOCKS else (_TALL,)
        for block in blocks:
            self._buckets.setdefault((sheet, block), []).append((area, number))

    def of(self, changed: Iterable[Place], filled: Filled) -> set[int]:
        """The numbers of all formulas that depend on ``changed``."""
        buckets = dict(self._buckets)
        found: set[int] = set()
        frontier = sorted(changed)
        while frontier:
            hit: list[int] = []
            for sheet, row, column in frontier:
                name = sheet.lower()
                for key in ((name, row // _BLOCK), (name, _TALL)):
                    if key in buckets:
                        buckets[key] = _take(buckets[key], row, column, found, hit)
            frontier = sorted(place for number in hit for place in filled(number))
        return found


def _take(bucket: _Bucket, row: int, column: int, found: set[int], hit: list[int]) -> _Bucket:
    """Move the formulas of a bucket that look at a cell to ``found``; gives what is left."""
    left: _Bucket = []
    for entry in bucket:
        area, number = entry
        if number in found:
            continue
        if area.top <= row <= area.bottom and area.left <= column <= area.right:
            found.add(number)
            hit.append(number)
        else:
            left.append(entry)
    return left
