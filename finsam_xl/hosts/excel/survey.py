"""How a whole area is formatted, asked for in as few questions as Excel allows.

Excel answers for an area as a whole, or that its cells differ. An area that is all
alike takes one question; one that is not is halved until it is. The questions of one
round are independent of each other, so that a script in Lite waits once per round.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator, Iterable
from typing import TypeVar

from finsam_xl.hosts.excel.blocks import Area

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
