"""Formulas that share one text: what each of them reads like in its own cell."""

from __future__ import annotations

from collections.abc import Mapping

from finsam_xl.address import a1
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
            text = _moved(*masters[formula.group], place)
        texts[place] = text
    return texts


def _moved(origin: tuple[int, int], text: str, to: tuple[int, int]) -> str:
    """A shared formula as it reads in another cell of its group."""
    # openpyxl is slow to import, and most workbooks share no formulas.
    from openpyxl.formula.translate import Translator

    return str(Translator("=" + text, a1(*origin)).translate_formula(a1(*to)))[1:]
