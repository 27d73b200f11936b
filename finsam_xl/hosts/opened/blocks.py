"""As few rectangles as possible over cells that are to get the same treatment.

Every call to Excel costs, on the desktop and over the net alike; a rectangle is one.
Excel says how an area is formatted as a whole, or that its cells differ. An area that is all
alike takes one question; one that is not is halved until it is. The questions of one
round are independent of each other, so that a script in Lite waits once per round.

>>> [block.address for block in rectangles(dict.fromkeys([(1, 1), (2, 1), (3, 1), (3, 2)], ""))]
['A1:A2', 'A3:B3']
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator, Hashable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from finsam_xl.address import span

Place = tuple[int, int]
Area = tuple[int, int, int, int]
MOST_COLOURS = 10_000
"""Cells of one question, or one order, about colours."""
K = TypeVar("K", bound=Hashable)


class Block(NamedTuple, Generic[K]):
    """A rectangle (first row, first column, last row, last column) and what its cells share."""

    area: Area
    key: K

    @property
    def address(self) -> str:
        """The rectangle as an A1 address."""
        return span(*self.area)


def rectangles(keys: Mapping[Place, K]) -> list[Block[K]]:
    """Rectangles of equal keys that cover every place once: by rows or by columns, the fewer."""
    by_rows = _runs(keys)
    turned = _runs({(column, row): key for (row, column), key in keys.items()})
    if len(by_rows) <= len(turned):
        return by_rows
    return [Block((b, a, d, c), key) for (a, b, c, d), key in turned]


def row_runs(keys: Mapping[Place, K]) -> list[Block[K]]:
    """Rectangles one row high."""
    found: list[Block[K]] = []
    for (row, column), key in sorted(keys.items(), key=lambda item: item[0]):
        last = found[-1] if found else None
        if last and last.key == key and last.area[0] == row and last.area[3] == column - 1:
            found[-1] = Block((*last.area[:3], column), key)
        else:
            found.append(Block((row, column, row, column), key))
    return found


def _runs(keys: Mapping[Place, K]) -> list[Block[K]]:
    """Runs along the rows, those that are alike put together downwards."""
    found: dict[tuple[int, int, K], list[Area]] = {}
    for (row, left, _, right), key in row_runs(keys):
        areas = found.setdefault((left, right, key), [])
        if areas and areas[-1][2] == row - 1:
            areas[-1] = (areas[-1][0], left, row, right)
        else:
            areas.append((row, left, row, right))
    blocks = [Block(area, key) for (_, _, key), areas in found.items() for area in areas]
    return sorted(blocks, key=lambda block: block.area)


def around(cells: Iterable[Place]) -> Area:
    """The smallest area that holds all the cells."""
    rows, columns = zip(*cells, strict=True)
    return min(rows), min(columns), max(rows), max(columns)


def slices(area: Area, most: int) -> Iterator[Area]:
    """An area in slices of whole rows with at most so many cells, or one row."""
    top, left, bottom, right = area
    height = max(1, most // (right - left + 1))
    for first in range(top, bottom + 1, height):
        yield first, left, min(first + height - 1, bottom), right


MIXED = "mixed"
"""The answer for an area whose cells differ."""
Answers = dict[Area, object]
A = TypeVar("A")
R = TypeVar("R")
Rounds = Generator[list[Area], list[A], R]
"""Gives areas to ask about, takes their answers, and ends with what it made of all."""


def driven(rounds: Rounds[A, R], ask: Callable[[Area], A]) -> R:
    """What rounds of questions end with; ``ask``: the answer for an area."""
    try:
        areas = next(rounds)
        while True:
            areas = rounds.send([ask(area) for area in areas])
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


async def driven_async(rounds: Rounds[A, R], ask: Callable[[Area], Awaitable[A]]) -> R:
    """The same where Excel answers later, as in xlwings Lite: a script waits once a round."""
    try:
        areas = next(rounds)
        while True:
            areas = rounds.send(list(await asyncio.gather(*(ask(area) for area in areas))))
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def survey(areas: Iterable[Area], ask: Callable[[Area], object]) -> Answers:
    """The answer for each area, halved as far as its cells differ."""
    return driven(_rounds(list(areas)), ask)


async def survey_async(areas: Iterable[Area], ask: Callable[[Area], Awaitable[object]]) -> Answers:
    """The same where Excel answers later."""
    return await driven_async(_rounds(list(areas)), ask)


def _rounds(areas: list[Area]) -> Rounds[object, Answers]:
    """Rounds of areas to ask about; takes their answers and ends with all of them."""
    found: Answers = {}
    while True:
        answers = yield areas
        halved: list[Area] = []
        for area, answer in zip(areas, answers, strict=True):
            halves = _halves(area) if answer is MIXED else []
            if halves:
                halved += halves
            else:
                found[area] = answer
        if not halved:
            return found
        areas = halved


def _halves(area: Area) -> list[Area]:
    """The two halves across the longer side; none of a single cell."""
    top, left, bottom, right = area
    if (top, left) == (bottom, right):
        return []
    if bottom - top >= right - left:
        middle = (top + bottom) // 2
        return [(top, left, middle, right), (middle + 1, left, bottom, right)]
    middle = (left + right) // 2
    return [(top, left, bottom, middle), (top, middle + 1, bottom, right)]
