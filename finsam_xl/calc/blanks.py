"""Sums in which a blank is not zero: what a blank is part of is not known.

Source: the product's choice; a net-budgeted project has a blank budget, and a platform that
was not counted has a blank number, which is something else than none.

>>> known_sum(247, 51, 21)
Fraction(319, 1)
>>> known_sum(247, None, 21) is None
True
>>> known_sum()
Fraction(0, 1)
"""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.money import Exact


def known_sum(*parts: Exact | None) -> Fraction | None:
    """The sum of the parts in their unit; ``None`` as soon as one of them is blank."""
    known = [Fraction(part) for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None
