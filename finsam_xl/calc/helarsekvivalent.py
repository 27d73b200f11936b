"""Helårsekvivalenter: how many persons could live a whole year on full benefit.

Two persons who are supported half a year each are one together.
Source: SCB, Beskrivning av antal helårsekvivalenter.

>>> equivalents([(2, 6)])
Fraction(1, 1)
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.money import Exact
from finsam_xl.periods import MONTHS_PER_YEAR


def equivalents(spells: Iterable[tuple[Exact, Exact]]) -> Fraction:
    """Persons × months / 12 in sum; ``spells``: how many persons, and for how many months each.

    Negative persons, or months outside 0–12, raise ``InputError``.
    """
    total = Fraction(0)
    for number, (persons, months) in enumerate(spells, start=1):
        if persons < 0 or not 0 <= months <= MONTHS_PER_YEAR:
            raise InputError(
                f"{persons} personer i {months} månader går inte att räkna om till helår.",
                where=f"Rad nr {number}",
                remedy=f"Skriv ett antal från 0 och månader 0–{MONTHS_PER_YEAR}.",
            )
        total += Fraction(persons) * Fraction(months) / MONTHS_PER_YEAR
    return total
