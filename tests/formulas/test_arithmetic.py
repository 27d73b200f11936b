"""Plain arithmetic over cells, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from finsam_xl.formulas.arithmetic import result
from finsam_xl.formulas.blocks import Area

# A1:A4 are 3, 4, blank and a text.
HELD = {1: Fraction(3), 2: Fraction(4), 4: None}


def _cells(area: Area) -> Iterator[Fraction | None]:
    for row in range(area.top, area.bottom + 1):
        if row in HELD:
            yield HELD[row] if area.sheet == "" else Fraction(100)


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("A1+A2", 7), ("A1-A2", -1), ("=A1*A2", 12), ("A1/A2", Fraction(3, 4)), ("-A1+A2", 1),
        ("SUM(A1:A3)", 7), ("SUM(A1,A2,A3)", 7), ("SUM(A1:A2)-A1*2", 1), ("(A1-A2)/A2*100", -25),
        ("A1-A2-A2", -5), ("A2/A1/A1", Fraction(4, 9)), ("0.5*A2", 2), ("A3", 0),
        ("Plan!A1+A1", 103), ("+A1--A2", 7), ("SUM(A1+A2,1)", 8),
        ("ROUND(A1/A2,1)", Fraction(4, 5)), ("ROUND(-A1/2,0)", -2), ("ROUND(A1*100,-2)", 300),
    ],
)  # fmt: skip
def test_what_is_calculated(formula: str, wanted: Fraction) -> None:
    """Terms, factors, brackets and sums; a blank cell adds nothing."""
    assert result(formula, _cells) == wanted


@pytest.mark.parametrize(
    "formula",
    ["A1/A3", "A4+A1", "SUM(A1:A4)", "A1:A2", "A1^2", "A1 A2", "A1%", "", "A1+",
     "(A1,A2)", "IF(A1>1,A1,A2)", '"3"+A1', "Moms*A1", "[1]Blad1!A1+A2"],
)  # fmt: skip
def test_what_is_left_alone(formula: str) -> None:
    """Division by nothing, texts, other functions and signs, names and other workbooks."""
    assert result(formula, _cells) is None
