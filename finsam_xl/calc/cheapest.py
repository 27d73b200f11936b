"""Which missed indicators would have been enough? The cheapest sets, exactly.

A set reaches when its weights together are at least the points that are lacking. Cheapest is by
points (as little more than needed as can be) or by persons (as few more persons or answers);
among equally cheap ones those of fewest indicators. The search is exact, over whole numbers: from
the last indicator back, what the rest cost at least for every number of points still lacking.

>>> needed(114, 177, 70)
10
>>> misses = [Miss(10, 9), Miss(10, 10), Miss(5, 22), Miss(4, 3), Miss(2, None)]
>>> cheapest(misses, 10, by_persons=True, most=5).sets
((0,),)
>>> cheapest(misses, 9, by_persons=False, most=5).sets
((2, 3),)
>>> cheapest(misses, 40, by_persons=False, most=5).sets
()
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.money import Exact, whole_steps
from finsam_xl.records import NamedTuple

Cost = tuple[int, int]
"""What is to be as little as can be, and how many indicators."""


class Miss(NamedTuple):
    """A missed indicator: its weight, and how many more persons would have been enough.

    ``persons`` is ``None`` where no number of persons would do, or nobody knows.
    """

    points: int
    persons: int | None = None


class Cheapest(NamedTuple):
    """The cheapest sets: what they cost, how many ways there are, and the first of them in order.

    ``sets`` are numbers of misses as they were given, from 0; ``ways`` is 0 where no set is
    enough, and ``cost`` then ``None``.
    """

    cost: int | None
    ways: int
    sets: tuple[tuple[int, ...], ...]


def needed(achieved: int, maximum: int, target: Exact) -> int | None:
    """How many points more the index as printed needs to reach its target; 0 where it does.

    ``None`` where nothing was measured, or where all points would not be enough.
    """
    if maximum <= 0:
        return None
    wanted = whole_steps(target, 1)
    # The index is printed as a whole number, halves upwards: 100 a / m ≥ wanted − 1/2.
    least = -((1 - 2 * wanted) * maximum // (2 * 100))
    return None if least > maximum else max(0, least - achieved)


def cheapest(misses: Sequence[Miss], lacking: int, *, by_persons: bool, most: int) -> Cheapest:
    """The cheapest sets of ``misses`` whose points are at least ``lacking``.

    ``most``: how many of the sets that cost the same are listed. By persons, indicators that no
    number of persons would do for are left out. Weights are positive.
    """
    usable = [
        (number, miss.points, miss.persons if by_persons else miss.points)
        for number, miss in enumerate(misses)
        if miss.points > 0 and not (by_persons and miss.persons is None)
    ]
    items = [(number, points, cost) for number, points, cost in usable if cost is not None]
    table = _Table(items, max(0, lacking))
    best = table.best[0][max(0, lacking)]
    if best is None:
        return Cheapest(None, 0, ())
    sets = tuple(one for _, one in zip(range(most), table.sets(), strict=False))
    return Cheapest(best[0], table.counts[0][max(0, lacking)], sets)


class _Table:
    """From each item on: the least cost of every number of points lacking, and how many ways."""

    def __init__(self, items: Sequence[tuple[int, int, int]], lacking: int) -> None:
        self._items, self._lacking = items, lacking
        after: list[Cost | None] = [(0, 0), *[None] * lacking]
        ways = [1, *[0] * lacking]
        self.best, self.counts = [after], [ways]
        for _, points, cost in reversed(items):
            here, number = list(after), list(ways)
            # With nothing lacking nothing is chosen: a set holds none that it could do without.
            for left in range(1, lacking + 1):
                rest = after[max(0, left - points)]
                if rest is None:
                    continue
                taken = (rest[0] + cost, rest[1] + 1)
                without = after[left]
                if without is None or taken < without:
                    here[left], number[left] = taken, ways[max(0, left - points)]
                elif taken == without:
                    number[left] = ways[left] + ways[max(0, left - points)]
            after, ways = here, number
            self.best.insert(0, after)
            self.counts.insert(0, ways)

    def sets(self) -> Iterator[tuple[int, ...]]:
        """Every cheapest set, those with the first items first."""
        yield from self._from(0, self._lacking)

    def _from(self, place: int, left: int) -> Iterator[tuple[int, ...]]:
        if not left:
            yield ()
            return
        number, points, cost = self._items[place]
        best, rest = self.best[place][left], self.best[place + 1]
        chosen = rest[max(0, left - points)]
        if chosen is not None and (chosen[0] + cost, chosen[1] + 1) == best:
            for more in self._from(place + 1, max(0, left - points)):
                yield (number, *more)
        if rest[left] is not None and rest[left] == best:
            yield from self._from(place + 1, left)
