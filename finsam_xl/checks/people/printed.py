"""A printed percentage held against whole numbers: rounded, cut off, or given by none."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from finsam_xl.calc.shares import possible_counts
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import Figure
from finsam_xl.money import exact, round_half_away, swedish, trimmed
from finsam_xl.records import NamedTuple

How = Literal["rounded", "cut", "none"]
_MOST_DECIMALS = 4


class Behind(NamedTuple):
    """The whole numbers that a printed share may stand for, and how they came to be printed."""

    counts: range
    how: How


def whole(value: Known | None) -> int | None:
    """A number of persons, from 0; ``None`` for anything else."""
    if value is None or value.denominator != 1 or value < 0:
        return None
    return int(value)


def behind(share: Figure, base: int) -> Behind:
    """Which numbers out of ``base`` are printed as the share: rounded if any, else cut off."""
    value, decimals = _shown(share)
    if not base or not 0 <= value <= 100:
        return Behind(range(0), "none")
    rounded = possible_counts(value, base, decimals)
    if rounded:
        return Behind(rounded, "rounded")
    cut = possible_counts(value, base, decimals, cut=True)
    return Behind(cut, "cut" if cut else "none")


def loosely(share: Figure, base: int) -> range:
    """The numbers that give the share by rounding or by cutting off; the nearest if none does."""
    value, decimals = _shown(share)
    if not base or not 0 <= value <= 100:
        return range(base + 1)
    rounded, cut = (
        possible_counts(value, base, decimals),
        possible_counts(value, base, decimals, cut=True),
    )
    spans = [span for span in (rounded, cut) if span] or [nearest(share, base)]
    return range(min(span[0] for span in spans), max(span[-1] for span in spans) + 1)


def nearest(share: Figure, base: int) -> range:
    """The whole numbers just below and above the share of ``base``."""
    number = min(max(exact(share.value), Fraction(0)), Fraction(100)) * base / 100
    return range(math.floor(number), math.ceil(number) + 1)


def fits(share: Figure, number: Known, base: Known) -> How:
    """Whether a share is that of ``number`` in ``base``."""
    if not base:
        return "rounded"
    value, decimals = _shown(share)
    percent = Fraction(100 * number) / Fraction(base)
    if exact(round_half_away(percent, decimals)) == value:
        return "rounded"
    return "cut" if 0 <= percent - value < Fraction(1, 10**decimals) else "none"


def bases(share: Figure, number: int) -> range:
    """The wholes of which ``number`` is printed as the share."""
    value, _ = _shown(share)
    low, high = value - share.half_step, value + share.half_step
    if low <= 0 or high > 100:
        return range(0)
    return range(math.floor(100 * number / high) + 1, math.floor(100 * number / low) + 1)


def said(share: Figure) -> str:
    """A share as it is printed."""
    return swedish(share.value, min(share.decimals, _MOST_DECIMALS), "%")


def counted(number: Known, base: Known) -> str:
    """A number, its base and its share: 39 av 82 = 47,6 %."""
    if not base:
        return f"{number} av {base}"
    percent = Fraction(100 * number) / Fraction(base)
    return f"{swedish(number)} av {swedish(base)} = {trimmed(percent, '%')}"


def around(share: Figure, base: int) -> str:
    """The nearest shares that whole numbers give: "7 av 22 = 31,8 %, 8 av 22 = 36,4 %"."""
    return ", ".join(counted(number, base) for number in nearest(share, base))


def span(low: Known, high: Known) -> str:
    """From a number to another: 78–79, or 78 where both are the same."""
    return swedish(low) if low == high else f"{swedish(low)}–{swedish(high)}"


def _shown(share: Figure) -> tuple[Fraction, int]:
    """The share and its decimals: one that a formula gives unrounded has four."""
    decimals = min(share.decimals, _MOST_DECIMALS)
    return exact(round_half_away(share.value, decimals)), decimals


def cut_down(where: str, share: Figure, of: tuple[Known, Known], also: Sequence[Ref]) -> Finding:
    """A note of one share that is cut off: it is of ``of``, a number and its base."""
    number, base = of
    percent = Fraction(100 * number) / Fraction(base)
    _, decimals = _shown(share)
    return tell(
        "andel-avhuggen",
        share.ref,
        "one",
        what=where,
        share=said(share),
        number=swedish(number),
        base=swedish(base),
        full=swedish(percent, decimals + 1, "%"),
        rounded=swedish(percent, decimals, "%"),
        stated=exact(share.value),
        calculated=round(float(percent), 1),
        also=also,
    )


_MOST_NAMED = 6


class Cut(NamedTuple):
    """A share that is cut off, and what it is in full."""

    figure: Figure
    text: str


def cut_off(cut: Sequence[Cut]) -> Iterator[Finding]:
    """One note for all shares of a table that are cut off: it is one habit."""
    if not cut:
        return
    yield tell(
        "andel-avhuggen",
        cut[0].figure.ref,
        "alone" if len(cut) == 1 else "several" if len(cut) <= _MOST_NAMED else "many",
        named="; ".join(one.text for one in cut[:_MOST_NAMED]),
        number=len(cut),
        stated=exact(cut[0].figure.value),
        also=[one.figure.ref for one in cut[1:]],
    )
