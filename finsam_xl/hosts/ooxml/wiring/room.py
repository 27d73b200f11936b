"""Free room for a row of buttons: above a table, or right of it, over nothing at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from finsam_xl.hosts.ooxml.wiring.geometry import Measures, Rectangle

_EDGE = 8
_ABOVE = 6
_FARTHEST, _GLANCE = 1400, 500
"""Pixels from the left edge that a screen shows without scrolling, and that an eye takes in."""
_HIGHEST = 40
"""Rows above a table that are still near it."""
Area = tuple[int, int, int, int]


def room(
    area: Area, size: tuple[int, int], measures: Measures, taken: Collection[Rectangle]
) -> tuple[int, int] | None:
    """Where something of that size fits beside the table in ``area``, or None; in pixels."""
    table = measures.area(*area)
    blocks = [table, *taken]
    width, height = size
    for left, top in _places(area, table, measures):
        wanted = Rectangle(left - _EDGE, top - 3, left + width + _EDGE, top + height)
        if not any(wanted.meets(block) for block in blocks):
            return left, top
    return None


def _places(area: Area, table: Rectangle, measures: Measures) -> Iterator[tuple[int, int]]:
    """The places to try, the best first.

    Near the left edge right above the table, then higher up and farther out, then right of it.
    """
    top, left, _, right = area
    above = [
        (measures.left(column) + _EDGE, row)
        for row in range(top - 2, max(-1, top - 2 - _HIGHEST), -1)
        for column in range(left - 1, right)
    ]
    beside = [(int(table.right) + 3 * _EDGE, row) for row in range(top - 1, min(top + 2, area[2]))]
    for places in (sorted(above, key=lambda place: place[0] // _GLANCE), beside):
        for x, row in places:
            if x <= _FARTHEST:
                yield x, measures.top(row) + _ABOVE
