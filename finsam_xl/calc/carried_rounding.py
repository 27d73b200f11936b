"""Rounded parts that add up to their rounded total: what rounding leaves is carried to some.

Each part is rounded half away from zero, and what they then lack of the total is given one step at
a time to those whose rounding took most of it. Only for parts that are shown as a sum of their own;
the documents' tables round each figure by itself.
Source: largest remainder, as the fees of the members are rounded.

>>> [str(part) for part in carried([Fraction(1, 3)] * 3, 1, 1)]
['0.4', '0.3', '0.3']
>>> [str(part) for part in carried([Fraction(33, 10), Fraction(-14, 10)], 2)]
['3', '-1']
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from finsam_xl.money import Exact, whole_steps


def carried(parts: Sequence[Exact], total: Exact, decimals: int = 0) -> list[Decimal]:
    """The parts with so many decimals, adding up to the rounded total; there is at least one.

    ``total`` may differ from the sum by what its own ends were rounded.
    """
    scale = int(Decimal(1).scaleb(decimals))
    steps = [whole_steps(part, scale) for part in parts]
    lacking = whole_steps(total, scale) - sum(steps)
    sign = 1 if lacking > 0 else -1
    taken = [
        sign * (Fraction(part) * scale - step) for part, step in zip(parts, steps, strict=True)
    ]
    # Of equals the largest part is changed least in proportion.
    order = sorted(range(len(parts)), key=lambda n: (-taken[n], -abs(Fraction(parts[n])), n))
    for turn in range(abs(lacking)):
        steps[order[turn % len(order)]] += sign
    return [Decimal(step).scaleb(-decimals) for step in steps]
