"""Formulas that share one text: what each of them reads like in its own cell."""

from __future__ import annotations

from collections.abc import Mapping

from finsam_xl.formulas.moving import moved
from finsam_xl.hosts.ooxml.sheetpart import Formula


def own_texts(formulas: Mapping[tuple[int, int], Formula]) -> dict[tuple[int, int], str]:
    """Every formula's own text; members of a shared group get theirs from the first."""
    masters = {
        f.group: (place, f.text) for place, f in formulas.items() if f.kind == "shared" and f.text
    }
    texts = {}
    for place, formula in formulas.items():
        text = formula.text
        if formula.kind == "shared" and not text and formula.group in masters:
            origin, shared = masters[formula.group]
            text = moved(shared, origin, place)
        texts[place] = text
    return texts
