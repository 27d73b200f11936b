"""Figures with the places they stand in, as one reads them out.

>>> told([("5 kr", "A1"), ("5 kr", "B1"), ("6 kr", "C1")])
'5 kr i A1 och B1, 6 kr i C1'
"""

from __future__ import annotations

from collections.abc import Iterable

from finsam_xl.checks.related import listed


def told(figures: Iterable[tuple[str, str]]) -> str:
    """Each figure once, with all its places."""
    places: dict[str, dict[str, None]] = {}
    for figure, place in figures:
        places.setdefault(figure, {})[place] = None
    return ", ".join(f"{figure} i {listed([*where])}" for figure, where in places.items())
