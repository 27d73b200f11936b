"""Do the platforms, or the parties, sum to what is stated for the association?

Each figure is added over its parts and held against the stated one. A part that lacks
the figure is named and leaves the sum unknown: blank is not zero.
Source: Samordningsförbundet Umeåregionen, årsredovisning 2021, bilaga 1: the exits of seven
platforms give the association's 319, the referrals of fifteen parties give 245, not 240.

>>> sum_gap("avslut", {"Umeå": 209, "kranskommunerna": 110}, 319).difference
Fraction(0, 1)
>>> sum_gap("kvar", {"Umeå": 383, "kranskommunerna": None}, 466).missing
('kranskommunerna',)
>>> platforms = {"Umeå": {"avslut": 209, "kvar": 383}, "krans": {"avslut": 110, "kvar": 83}}
>>> [gap.difference for gap in sum_gaps(platforms, {"avslut": 319, "kvar": 468})]
[Fraction(0, 1), Fraction(2, 1)]
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from finsam_xl.money import Exact
from finsam_xl.records import NamedTuple


class SumGap(NamedTuple):
    """A figure: what its parts sum to, what is stated, and which parts lack it."""

    figure: str
    calculated: Fraction | None
    stated: Exact | None
    missing: tuple[str, ...]

    @property
    def difference(self) -> Fraction | None:
        """Stated − calculated; 0 when they agree, ``None`` without both."""
        if self.calculated is None or self.stated is None:
            return None
        return Fraction(self.stated) - self.calculated


def sum_gap(figure: str, parts: Mapping[str, Exact | None], stated: Exact | None) -> SumGap:
    """One figure; ``parts``: by platform or party. Without any part nothing is calculated."""
    known = [Fraction(number) for number in parts.values() if number is not None]
    missing = tuple(name for name, number in parts.items() if number is None)
    calculated = None if missing or not known else sum(known, Fraction(0))
    return SumGap(figure, calculated, stated, missing)


def sum_gaps(
    platforms: Mapping[str, Mapping[str, Exact | None]], association: Mapping[str, Exact | None]
) -> list[SumGap]:
    """Every figure of the association against the sum of the platforms, in its order.

    A figure that a platform does not have at all is missing there like a blank one.
    """
    return [
        sum_gap(figure, {name: row.get(figure) for name, row in platforms.items()}, stated)
        for figure, stated in association.items()
    ]
