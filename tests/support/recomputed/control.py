"""The figures of a finding: those of its sentence, or of its cell."""

from __future__ import annotations

import re
from fractions import Fraction

from support.recomputed.case import Case, Right
from support.traced import Figure, plain, shows


def in_sentence(case: Case, figure: Figure) -> Right:
    """A figure of a finding is one of its sentence, its sign apart; or what its cell holds."""
    texts = [v for v in case.report.rows[figure.row].values() if isinstance(v, str)]
    sentence = " ".join([*texts, *(case.source.texts(figure.source) if figure.source else ())])
    said = [
        Fraction(n.replace("\xa0", "").replace(",", "."))
        for n in re.findall(r"\d[\d\xa0]*(?:,\d+)?", sentence)
    ]
    held = list(case.source.row(figure.source).values()) if figure.source else []
    near = (v for v in (*said, *held, *(100 * h for h in held)) if shows(abs(figure.value), abs(v)))
    return next((abs(v) if figure.value >= 0 else -abs(v) for v in near), _counted(case, figure))


def _counted(case: Case, figure: Figure) -> Right:
    stated, right = case.under(figure, "står"), case.under(figure, "räknat")
    gap = case.under(figure, "skillnad")
    word = plain(figure.heading)
    if word == "räknat" and stated is not None and gap is not None:
        return stated - gap
    return (
        stated - right if word == "skillnad" and stated is not None and right is not None else None
    )
