"""How a whole area is formatted, asked for in as few questions as Excel allows.

Excel answers for an area as a whole, or that its cells differ. An area that is all
alike takes one question; one that is not is halved until it is. The questions of one
round are independent of each other, so that a script in Lite waits once per round.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator, Iterable

from finsam_xl.hosts.excel.blocks import Area

MIXED = "mixed"
"""The answer for an area whose cells differ."""
Answers = dict[Area, object]
_Rounds = Generator[list[Area], list[object], Answers]


def survey(areas: Iterable[Area], ask: Callable[[Area], object]) -> Answers:
    """The answer for each area, halved as far as its cells differ."""
    rounds = _rounds(list(areas))
    asked = next(rounds)
    while True:
        try:
            asked = rounds.send([ask(area) for area in asked])
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


async def survey_async(areas: Iterable[Area], ask: Callable[[Area], Awaitable[object]]) -> Answers:
    """The same where Excel answers later, as in xlwings Lite."""
    rounds = _rounds(list(areas))
    asked = next(rounds)
    while True:
        answers = await asyncio.gather(*(ask(area) for area in asked))
        try:
            asked = rounds.send(list(answers))
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def _rounds(areas: list[Area]) -> _Rounds:
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
