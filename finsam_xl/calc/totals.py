"""Does rounding explain why a printed total is not the sum of its printed lines?

Each figure is rounded on its own and totals are not forced. So a total may differ from
its lines by half a unit per line, and by no more: that is *info*; more is a *warning*.
Source: the product's choice, from the documents' tables: Umeåregionen's plan 2020–2022
prints a quarter of 2 862,5 as six fees that sum to 2 862.

>>> explained_by_rounding(2863 - 2862, lines=6)
True
>>> severity(2863, 2862, addends=6)
'info'
>>> severity(2870, 2862, addends=6)
'warning'
>>> severity(2862, 2862, addends=6) is None
True
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from finsam_xl.money import Exact


def explained_by_rounding(difference: Exact, lines: int, unit_step: Exact = 1) -> bool:
    """Whether ``difference``, stated total − sum, is at most half a step per line.

    ``lines``: how many rounded figures were added; ``unit_step``: what they are rounded
    to, in their unit: 1 for whole ones.
    """
    return 2 * abs(Fraction(difference)) <= lines * Fraction(unit_step)


def severity(
    stated: Exact, calculated: Exact, addends: int, unit_step: Exact = 1
) -> Literal["info", "warning"] | None:
    """How serious a stated total's difference from its lines is; ``None`` if there is none."""
    difference = Fraction(stated) - Fraction(calculated)
    if not difference:
        return None
    return "info" if explained_by_rounding(difference, addends, unit_step) else "warning"
