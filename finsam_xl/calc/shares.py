"""A share of a whole, and which printed percentages whole numbers can give.

A printed percentage is rounded half away from zero. Of few persons only some can come
about: none of 22 persons is 33 %, the nearest are 7 (32 %) and 8 (36 %). The counts that
give a percentage are found by arithmetic, so the size of the base costs nothing.
Source: Samordningsförbundet Umeåregionen, årsredovisning 2021, bilaga 1, tabell 1, whose
Robertsfors prints 33 % of 22 positive solutions.

Some percentages are cut off instead of rounded: 2 of 3 is 66,67 %, rounded 67, cut off 66. A
share that no whole number gives by rounding may be one that was cut off, which is a habit and
not a fault. Source: the same table, where 66 % women are 2 of 3 and 54 % are 18 of 33.

>>> share(247, 319)
Fraction(247, 319)
>>> possible_counts(33, 22)
range(8, 8)
>>> [(near.number, str(near.percent)) for near in nearest_counts(33, 22)]
[(7, '32'), (8, '36')]
>>> [int(percent) for percent in possible_percentages(7)]
[0, 14, 29, 43, 57, 71, 86, 100]
>>> len(possible_percentages(10**12))
101
>>> [possible_counts(percent, base, cut=True) for percent, base in ((66, 3), (54, 33), (33, 22))]
[range(2, 3), range(18, 19), range(8, 8)]
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.money import Exact, Terms, ratio, round_half_away
from finsam_xl.records import NamedTuple


class PrintedShare(NamedTuple):
    """``number`` persons of ``base``, and the percentage that is printed for them."""

    number: int
    base: int
    percent: Decimal


def share(part: Exact | None, whole: Exact | None) -> Fraction | None:
    """The part of the whole, of one; ``None`` if either is blank or the whole is 0."""
    if part is None or not whole:
        return None
    return ratio(*terms(part.as_integer_ratio(), whole.as_integer_ratio()))


def terms(part: Terms, whole: Terms) -> Terms:
    """The same in terms, of a whole that is not 0."""
    (top, by), (bottom, of) = part, whole
    return (top * of, by * bottom) if bottom > 0 else (-top * of, -by * bottom)


def possible_percentages(base: int, decimals: int = 0) -> tuple[Decimal, ...]:
    """Every percentage 0–100 that whole numbers of ``base`` print, lowest first; none of 0.

    At most one more than ``base``, and at most all that have so many decimals: from as
    many persons as there are steps each of them comes about.
    """
    steps = _steps(base, decimals)
    if not base:
        return ()
    if base >= steps:
        return tuple(Decimal(step).scaleb(-decimals) for step in range(steps + 1))
    shares = (Fraction(100 * count, base) for count in range(base + 1))
    return tuple(sorted({round_half_away(percent, decimals) for percent in shares}))


def between(percent: Exact, decimals: int = 0, *, cut: bool = False) -> tuple[Fraction, Fraction]:
    """From what, and up to but not with what, a share is printed as ``percent``.

    Half a step on each side where it is rounded, a whole step above where it is cut off.
    """
    step, value = Fraction(100, _steps(0, decimals)), Fraction(percent)
    return (value, value + step) if cut else (value - step / 2, value + step / 2)


def possible_counts(percent: Exact, base: int, decimals: int = 0, *, cut: bool = False) -> range:
    """The whole numbers of ``base`` that print as ``percent``; an empty range when none does.

    ``cut``: those that do when they are cut off and not rounded.
    """
    _check(percent, _steps(base, decimals))
    low, high = (math.ceil(end * base / 100) for end in between(percent, decimals, cut=cut))
    return range(max(low, 0), min(high, base + 1)) if base else range(0)


def nearest_counts(percent: Exact, base: int, decimals: int = 0) -> tuple[PrintedShare, ...]:
    """The whole numbers just below and above the percentage, or the one that is exactly it."""
    _check(percent, _steps(base, decimals))
    wanted = Fraction(percent) * base / 100
    around = dict.fromkeys((math.floor(wanted), math.ceil(wanted))) if base else ()
    return tuple(
        PrintedShare(count, base, round_half_away(Fraction(100 * count, base), decimals))
        for count in around
    )


def _steps(base: int, decimals: int) -> int:
    """How many steps of the last decimal there are up to 100 %."""
    if base < 0:
        raise InputError(
            f"Antalet som procenten räknas av är {base}.", remedy="Skriv ett heltal från 0."
        )
    if decimals < 0:
        raise InputError(f"Antalet decimaler är {decimals}.", remedy="Skriv 0 eller fler.")
    return int(Decimal(100).scaleb(decimals))


def _check(percent: Exact, steps: int) -> None:
    if not 0 <= percent <= 100:
        raise InputError(f"Andelen är {percent} %.", remedy="Skriv en andel 0–100 %.")
    if (Fraction(percent) * steps / 100).denominator != 1:
        raise InputError(
            f"Andelen {percent} % har fler decimaler än vad som sägs.",
            remedy="Ange hur många decimaler andelen är tryckt med.",
        )
