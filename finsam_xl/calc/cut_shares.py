"""Printed percentages that are cut off instead of rounded.

2 of 3 is 66,67 %: rounded 67, cut off 66. A share that no whole number gives by rounding
may be one that was cut off, which is a habit and not a fault.
Source: Samordningsförbundet Umeåregionen, årsredovisning 2021, bilaga 1, tabell 1, where
66 % women are 2 of 3 and 54 % are 18 of 33.

>>> cut_counts(66, 3)
range(2, 3)
>>> cut_counts(54, 33)
range(18, 19)
>>> cut_counts(33, 22)
range(8, 8)
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.money import Exact


def cut_counts(percent: Exact, base: int, decimals: int = 0) -> range:
    """The whole numbers of ``base`` that are ``percent`` when cut off; empty when none is."""
    if not 0 <= percent <= 100 or base < 0 or decimals < 0:
        raise InputError(
            f"{percent} % av {base} är ingen andel.", remedy="Skriv en andel 0–100 % och ett antal."
        )
    step = Fraction(Decimal(1).scaleb(-decimals))
    low = math.ceil(Fraction(percent) * base / 100)
    high = math.ceil((Fraction(percent) + step) * base / 100)
    return range(low, max(low, min(high, base + 1))) if base else range(0)
