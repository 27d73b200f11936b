"""Formulas as a person with a Swedish Excel reads them."""

from __future__ import annotations

import pytest

from finsam_xl.formulas.swedish import as_read


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("=SUM(B7,B13:B14)", "=SUMMA(B7;B13:B14)"),
        ("ROUND(C6*B$3,0)", "AVRUNDA(C6*B$3;0)"),
        ("=F33+F31*0.5", "=F33+F31*0,5"),
        (
            "=IFERROR(VLOOKUP(A1,'Budget, 2026'!A:B,2,FALSE),0)",
            "=OMFEL(LETARAD(A1;'Budget, 2026'!A:B;2;FALSKT);0)",
        ),
        ('="a,b "&TRUE()', '="a,b "&SANT()'),
        ("=FINSAM_ANDEL(A1,1.5)", "=FINSAM_ANDEL(A1;1,5)"),
        ("=_xlfn.XLOOKUP(A1,B:B,C:C)", "=XLETAUPP(A1;B:B;C:C)"),
        ("=OFÖRSTÅDD(A1,2)", "=OFÖRSTÅDD(A1;2)"),
        ("=SUM(Tabell[Kol,umn])", "=SUMMA(Tabell[Kol,umn])"),
        ("=SUM({1,2})", "=SUM({1,2})"),
        ("=#REF!+1", "=#REFERENS!+1"),
    ],
)
def test_as_read(formula: str, read: str) -> None:
    """Names, signs between arguments and decimals; texts, sheets and lists in braces as they are."""
    assert as_read(formula) == read
