"""How firm is an index? What it would be with other weights, and how often its mark changes.

The weights are a choice. So: the index with goal areas weighted as the ideal says or all alike,
with every area's weight moved within a part of itself, which is calculated and not drawn, with each
indicator left out, and with every weight moved by chance within a part of itself, to whole numbers
as weights are. The draws are seeded: the same book gives the same figures.
It stands beside the official index and is never merged with it.
Source: the product's choice, from what Samordningsförbundet Umeåregionen, årsredovisning 2021,
avsnitt 1.7.5 says of its own index; the areas of the example are its.

>>> areas = [(28, 68), (35, 44), (22, 26), (13, 18), (16, 21)]
>>> round(float(area_weighted(areas, [40, 25, 15, 10, 10])), 1)
63.9
>>> round(float(area_weighted(areas, [1] * 5)), 1)
70.8
>>> [round(end, 2) for end in area_span(areas, Fraction(1, 5), Fraction(95, 100))]
[62.25, 66.63]
>>> without_each([(10, False), (5, True), (5, None)])
[Fraction(100, 1), Fraction(0, 1), None]
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import factorial, prod

from finsam_xl.money import Exact
from finsam_xl.records import NamedTuple

Judged = tuple[int, bool | None]
"""The weight of an indicator, and whether it was reached; ``None`` was not measured."""


def area_weighted(areas: Sequence[tuple[int, int]], weights: Sequence[Exact]) -> Fraction | None:
    """The index with other weights of its areas, each given as achieved and maximum.

    Areas in which nothing was measured leave it, with their weight; ``None`` if all do.
    """
    pairs = [
        (Fraction(weight), Fraction(100 * achieved, maximum))
        for (achieved, maximum), weight in zip(areas, weights, strict=True)
        if maximum
    ]
    whole = sum(weight for weight, _ in pairs)
    return sum((weight * index for weight, index in pairs), Fraction(0)) / whole if whole else None


def area_span(
    areas: Sequence[tuple[int, int]], part: Exact, middle: Exact
) -> tuple[float, float] | None:
    """Between what the index lies when each area's weight moves up to ``part`` of itself.

    Every weight within that is as likely, each by itself; the ends are those of the ``middle`` part
    of the index, of one. ``None`` where nothing was measured. It takes twice the time for each area
    more.
    """
    counted = [area for area in areas if area[1]]
    if not counted:
        return None
    tail = (1 - Fraction(middle)) / 2
    low, high = (_quantile(counted, Fraction(part), at) for at in (tail, 1 - tail))
    return 100 * low, 100 * high


_STEPS = 100 * 100 * 100
"""Into how many steps the way from the worst to the best area is divided to find an end."""


def _quantile(areas: Sequence[tuple[int, int]], part: Fraction, at: Fraction) -> float:
    """Below what index, of one, a part of all weights leave it."""
    indices = [Fraction(*area) for area in areas]
    worst, best = min(indices), max(indices)
    below, above = 0, _STEPS
    while above - below > 1:
        step = (below + above) // 2
        index = worst + (best - worst) * Fraction(step, _STEPS)
        if worst < best and _part_below(areas, part, index) < at:
            below = step
        else:
            above = step
    return float(worst + (best - worst) * Fraction(above, _STEPS))


def _part_below(areas: Sequence[tuple[int, int]], part: Fraction, index: Fraction) -> Fraction:
    """In what part of all weights, of one, the index is at most so much, of one.

    The index is at most that where what each area achieves beyond it adds up to nothing or less.
    That sum is linear in the weights: the part is the volume of a corner of a cube, which is added
    up from the cube's own corners with the sign of each.
    """
    beyond = [edge for area in areas if (edge := area[0] - index * area[1])]
    edges = [abs(edge) for edge in beyond]
    lowest = (1 - part) * sum(beyond) + 2 * part * sum(edge for edge in beyond if edge < 0)
    room = -lowest / (2 * part)
    corners = [(room, 1)]
    for edge in edges:
        corners += [(left - edge, -sign) for left, sign in corners if left > edge]
    volume = sum((sign * left ** len(edges) for left, sign in corners if left > 0), Fraction(0))
    return volume / (factorial(len(edges)) * prod(edges))


def without_each(judged: Sequence[Judged]) -> list[Fraction | None]:
    """The index without each indicator in turn; ``None`` for one that was not measured.

    And where it is the only one: then nothing is left.
    """
    maximum = sum(weight for weight, reached in judged if reached is not None)
    achieved = sum(weight for weight, reached in judged if reached)
    return [
        None
        if reached is None or maximum == weight
        else Fraction(100 * (achieved - (weight if reached else 0)), maximum - weight)
        for weight, reached in judged
    ]


class Moved(NamedTuple):
    """The index of each unit in every draw, as printed, and unrounded in order of size."""

    printed: tuple[tuple[int, ...], ...]
    ordered: tuple[tuple[float, ...], ...]

    def span(self, unit: int, part: Exact) -> tuple[float, float] | None:
        """Between what the middle ``part`` of a unit's draws lie; ``None`` without any."""
        values = self.ordered[unit]
        if not values:
            return None
        out = int(len(values) * (1 - Fraction(part)) / 2)
        return values[out], values[-1 - out]

    def part_at_least(self, unit: int, lowest: int) -> Fraction | None:
        """In what part of the draws, of one, a unit's index as printed is at least something."""
        values = self.printed[unit]
        return Fraction(sum(v >= lowest for v in values), len(values)) if values else None

    def part_above(self, unit: int, other: int) -> Fraction | None:
        """In what part of the draws a unit's printed index is above another's."""
        pairs = list(zip(self.printed[unit], self.printed[other], strict=False))
        return Fraction(sum(a > b for a, b in pairs), len(pairs)) if pairs else None


def moved(units: Sequence[Mapping[str, Judged]], part: Exact, draws: int, seed: int) -> Moved:
    """The indices of some units when weights move by chance up to ``part`` of themselves.

    Each unit's indicators by what they are called: one of the same name and weight moves alike in
    all units. A weight too small to move by a whole number stays.
    """
    chance = random.Random(seed)  # noqa: S311  (the same in every run)
    weights = {
        (name, weight): None
        for judged in units
        for name, (weight, reached) in judged.items()
        if reached is not None and weight > 0
    }
    drawn = {key: chance.choices(_steps(key[1], Fraction(part)), k=draws) for key in weights}
    printed: list[tuple[int, ...]] = []
    ordered: list[tuple[float, ...]] = []
    for judged in units:
        counted = [
            (drawn[name, weight], reached)
            for name, (weight, reached) in judged.items()
            if (name, weight) in drawn and reached is not None
        ]
        maxima = list(map(sum, zip(*(column for column, _ in counted), strict=True)))
        reached_columns = [column for column, reached in counted if reached]
        achieved = list(map(sum, zip(*reached_columns, strict=True))) or [0] * len(maxima)
        pairs = list(zip(achieved, maxima, strict=True))
        printed.append(tuple((2 * 100 * top + bottom) // (2 * bottom) for top, bottom in pairs))
        ordered.append(tuple(sorted(100 * top / bottom for top, bottom in pairs)))
    return Moved(tuple(printed), tuple(ordered))


def _steps(weight: int, part: Fraction) -> range:
    """The whole numbers within a part of a weight."""
    away = int(weight * part)
    return range(weight - away, weight + away + 1)
