"""Where equity goes year by year: within its recommended ceiling, above it, or below zero.

The ceiling is that of :mod:`finsam_xl.calc.equity`, and what is left under it is given as printed.
Source: Nationella rådets recommendation 2013-10-02; the words are the product's own.

>>> [str(one.standing) for one in spans([(1959, -300), (1500, 20), (900, 400), (-50, 900)])]
['over', 'within', 'negative']
>>> spans([(1959, -300), (1500, 20), (900, 400), (-50, 900)])[1]
Span(standing=<Standing.WITHIN: 'within'>, first=1, last=2)
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique

from finsam_xl.money import Exact
from finsam_xl.records import NamedTuple


@unique
class Standing(StrEnum):
    """How the equity at a year's end stands; without ceiling where only that is unknown."""

    UNKNOWN = "unknown"
    NO_CEILING = "no_ceiling"
    WITHIN = "within"
    OVER = "over"
    NEGATIVE = "negative"


class Span(NamedTuple):
    """Years one after the other that stand alike, by their places from 0."""

    standing: Standing
    first: int
    last: int


def standing(closing: Exact | None, room: Exact | None) -> Standing:
    """How a year ends. ``room``: what is left under the ceiling, negative above it."""
    if closing is None:
        return Standing.UNKNOWN
    if closing < 0:
        return Standing.NEGATIVE
    if room is None:
        return Standing.NO_CEILING
    return Standing.OVER if room < 0 else Standing.WITHIN


def spans(years: Iterable[tuple[Exact | None, Exact | None]]) -> list[Span]:
    """The years, each with closing equity and room, as spans of those that stand alike.

    A new span begins in the year of a crossing.
    """
    found: list[Span] = []
    for number, (closing, room) in enumerate(years):
        now = standing(closing, room)
        if found and found[-1].standing is now:
            found[-1] = found[-1]._replace(last=number)
        else:
            found.append(Span(now, number, number))
    return found
