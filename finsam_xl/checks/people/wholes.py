"""Shares of whole persons: how many each figure of a row can be, and rows together.

A row has numbers of persons, and shares of them as they are printed. By what each field is a part
of, every field gets the span of whole numbers that it can be, and where that comes from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.shares import between, possible_counts
from finsam_xl.checks.people.kin import Kin
from finsam_xl.checks.related import count_of
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Figure
from finsam_xl.money import exact, round_half_away
from finsam_xl.records import NamedTuple

Source = Literal["counted", "rounded", "cut", "impossible", "blank"]
_HOW: tuple[Source, ...] = ("rounded", "cut", "impossible")
"""How a share may have been printed, the likeliest first."""
_MOST_DECIMALS = 4
_WIDEST = 100


class Part(NamedTuple):
    """How many, at least and at most, where that comes from, the figure read, and its whole."""

    low: int
    high: int
    source: Source
    figure: Figure | None = None
    whole: Part | None = None

    @property
    def only(self) -> int | None:
        """The number, if there is only one."""
        return self.low if self.low == self.high else None


Parts = Mapping[str, Part]


def solve(figures: Mapping[str, Figure], kin: Kin, *, loose: bool = False) -> Parts:
    """How many each field of a row can be; nothing if a count is none of persons in its whole.

    ``loose``: shares may be cut off as well as rounded.
    """
    found: dict[str, Part] = {}
    for field in (*(kin.of.values() - kin.of.keys()), *kin.of):
        figure, whole = figures.get(field), found.get(kin.of.get(field, ""))
        if whole and figure is None:
            found[field] = Part(0, _left(field, found, kin), "blank", None, whole)
        elif whole and figure and figure.is_percent:
            found[field] = share_of(whole, figure, loose=loose)
        else:
            number = None if figure is None or figure.is_percent else persons(figure.value)
            if number is None or (whole and number > whole.high):
                return {}
            found[field] = known(number, figure, whole)
    return found


def known(number: int, figure: Figure | None = None, whole: Part | None = None) -> Part:
    """A number that is counted."""
    return Part(number, number, "counted", figure, whole)


def persons(value: Known | None) -> int | None:
    """A number of persons, from 0; ``None`` for anything else."""
    return None if value is None or value.denominator != 1 or value < 0 else int(value)


def _left(field: str, found: Parts, kin: Kin) -> int:
    """A blank is not known to be 0: at most what those that it excludes leave of its whole."""
    whole = kin.of[field]
    beside = [name for name in found if {name, field} <= kin.apart and kin.of[name] == whole]
    return max(0, found[whole].high - sum(found[name].low for name in beside))


def share_of(whole: Part, share: Figure, *, loose: bool = False) -> Part:
    """How many of a whole are printed as a share: rounded if any, else cut off, else nearest."""
    ways = _HOW if is_share(share) else _HOW[-1:]
    if whole.high - whole.low > _WIDEST:
        # Of so many some number is always printed so, and the ends are those of the ends.
        ends = [(base, source) for base in (whole.low, whole.high) for source in ways[::2]]
        return _spanned([_numbers(share, *end) for end in ends], "rounded", share, whole)
    for source in ways:
        bases = range(max(whole.low, 1), whole.high + 1)
        spans = {base: span for base in bases if (span := _numbers(share, base, source))}
        if spans:
            is_wider = loose and source == "rounded"
            also = [_numbers(share, base, "cut") for base in spans if is_wider]
            return _spanned([*spans.values(), *also], source, share, whole)
    return Part(0, 0, "rounded", share, whole)


def _spanned(spans: Iterable[range], source: Source, share: Figure, whole: Part) -> Part:
    ends = [number for span in spans if span for number in (span[0], span[-1])]
    return Part(min(ends), max(ends), source, share, whole)


def _numbers(share: Figure, base: int, source: Source) -> range:
    """The numbers of ``base`` that are the share when rounded or cut off, or else the nearest."""
    if source == "impossible":
        return nearest(share, base)
    value, decimals = shown(share)
    return possible_counts(value, base, decimals, cut=source == "cut")


def is_share(figure: Figure) -> bool:
    """Whether a figure in per cent can be the share of anyone."""
    return 0 <= shown(figure)[0] <= 100


def nearest(share: Figure, base: int) -> range:
    """The whole numbers just below and above the share of ``base``."""
    number = min(max(exact(share.value), Fraction(0)), Fraction(100)) * base / 100
    return range(math.floor(number), math.ceil(number) + 1)


def shown(share: Figure) -> tuple[Fraction, int]:
    """The share and its decimals: one that a formula gives unrounded has four."""
    decimals = min(share.decimals, _MOST_DECIMALS)
    return exact(round_half_away(share.value, decimals)), decimals


class Of(NamedTuple):
    """A number and what it is part of."""

    number: Known
    base: Known

    @property
    def percent(self) -> Fraction:
        """The share it is, of a base that is not 0."""
        return Fraction(100 * self.number) / Fraction(self.base)


def fits(share: Figure, of: Of) -> Source:
    """How a share is that of a number in its base: rounded, cut off or impossible."""
    if not of.base:
        return "rounded"
    spans = [between(*shown(share), cut=cut) for cut in (False, True)]
    ways = zip(_HOW, spans, strict=False)
    return next((how for how, (low, high) in ways if low <= of.percent < high), "impossible")


def bases(share: Figure, number: int) -> range:
    """The wholes of which ``number`` is printed as the share."""
    low, high = between(*shown(share))
    if low <= 0 or high > 100:
        return range(0)
    return range(math.floor(100 * number / high) + 1, math.floor(100 * number / low) + 1)


def larger(row: CountRow, of: Mapping[str, str]) -> Iterator[tuple[Figure, Figure]]:
    """Counts that are more than the count they are part of, with it."""
    for field, base in of.items():
        part, whole = count_of(row, field), count_of(row, base)
        if part is not None and whole is not None and part > whole:
            yield row.figures[field], row.figures[base]


def together(parts: Iterable[Part]) -> tuple[int, int]:
    """How many several can be together, at least and at most."""
    spans = [(part.low, part.high) for part in parts]
    return sum(low for low, _ in spans), sum(high for _, high in spans)


def not_sums(total: CountRow, rows: Sequence[CountRow]) -> Iterator[tuple[str, Figure, Fraction]]:
    """The counts of a total that are not those of its rows, where all have one; with their sum."""
    for field, figure in total.figures.items():
        number = known_sum(*(count_of(row, field) for row in rows)) if rows else None
        if not figure.is_percent and number is not None and number != figure.value:
            yield field, figure, number
