"""What a sum adds up: held against the sum itself, and nothing where more is done."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from finsam_xl.address import a1
from finsam_xl.formulas.addends import parts
from finsam_xl.formulas.blocks import Area
from support.properties import given


def _told(formula: str) -> list[tuple[str, int]]:
    found = parts(formula, "Blad1")
    return [
        (f"{area.sheet}!{a1(area.top, area.left)}:{a1(area.bottom, area.right)}", sign)
        for area, sign, _ in found or ()
    ]


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("B2", {"B2:B2": 1}),
        ("+B2", {"B2:B2": 1}),
        ("-B2", {"B2:B2": -1}),
        ("=B2-B3", {"B2:B2": 1, "B3:B3": -1}),
        ("SUM(B2:B4)", {"B2:B4": 1}),
        ("sum( B2 , B4:B5 )", {"B2:B2": 1, "B4:B5": 1}),
        ("SUM(B2;B4)", {"B2:B2": 1, "B4:B4": 1}),
        ("-SUM(B2:B4)", {"B2:B4": -1}),
        ("SUM(B2:B4)-SUM(B6:B7)", {"B2:B4": 1, "B6:B7": -1}),
        ("B2-(B3-(B4+B5))", {"B2:B2": 1, "B3:B3": -1, "B4:B4": 1, "B5:B5": 1}),
        ("B2--B3", {"B2:B2": 1, "B3:B3": 1}),
        ("-(SUM(B2:B3)-B4)", {"B2:B3": -1, "B4:B4": 1}),
        ("SUM(B2:B3,-B4,SUM(B5,B6)-B7)",
         {"B2:B3": 1, "B4:B4": -1, "B5:B5": 1, "B6:B6": 1, "B7:B7": -1}),
        ("SUBTOTAL(9,B2:B4)-B5", {"B2:B4": 1, "B5:B5": -1}),
    ],
)  # fmt: skip
def test_sums(formula: str, wanted: dict[str, int]) -> None:
    assert _told(formula) == [(f"Blad1!{cell}", sign) for cell, sign in wanted.items()]


def test_sheets_are_told() -> None:
    assert _told("+Budget!A3-'Mål ''21'''!B2") == [("Budget!A3:A3", 1), ("Mål '21'!B2:B2", -1)]


@pytest.mark.parametrize(
    "formula",
    ["", "5", "B2*2", "B2+5", "B2%", "-B2^2", "B2/B3", "B2&B3", "B2=B3", "SUM(B2)*1", "ROUND(B2,0)",
     "SUM(B2,5)", "SUM(B2,)", "SUM()", "SUM(B2:B4*C2:C4)", "SUM(B2:B4-C2:C4)", "SUM(-B2:B4)",
     "B2:B4", "-B2:B4", "SUM(B2 B3)", "SUM((B2,B3))", "B2,B3", "IF(B2,B3,B4)", "SUMIF(B2:B3,1)",
     "SUBTOTAL(109,B2:B4)", "SUBTOTAL(1,B2:B4)", "SUBTOTAL(9)", "SUBTOTAL(9,B2+B3)", "AVERAGE(B2)",
     "SUM(Moms)", "Moms+B2", "SUM(Tabell1[Budget])", "SUM(B2#)", "B2+#REF!", "SUM(B2", "B2)", "B2+",
     "SUM(Blad1:Blad3!B2)", "[1]Blad!B2", "SUM(B2:INDEX(B:B,4))", "SUM({1,2})", '"B2"', "@B2",
     "YTA2024", "SUM(B2)(B3)", "B2 SUM(B3)", "'x.xlam'!SUM(B2)"],
)  # fmt: skip
def test_what_is_more_than_a_sum(formula: str) -> None:
    assert parts(formula) is None


def test_subtotals_leave_each_other_out_and_sums_do_not() -> None:
    found = parts("SUM(B2:B4)+SUBTOTAL(9,B6:B9)") or ()
    assert [part.skips_subtotals for part in found] == [False, True]


_cells = st.integers(1, 40).map(lambda row: (f"B{row}", row * row))
_blocks = st.tuples(st.integers(1, 20), st.integers(0, 20)).map(
    lambda b: (f"B{b[0]}:B{b[0] + b[1]}", sum(row * row for row in range(b[0], b[0] + b[1] + 1)))
)


def _larger(inner: st.SearchStrategy[tuple[str, int]]) -> st.SearchStrategy[tuple[str, int]]:
    """Formulas made of smaller ones, each with what it gives where row n holds n²."""
    arguments = st.lists(st.one_of(inner, _blocks), min_size=1, max_size=4)
    return st.one_of(
        st.tuples(inner, inner).map(lambda p: (f"{p[0][0]}+{p[1][0]}", p[0][1] + p[1][1])),
        st.tuples(inner, inner).map(lambda p: (f"{p[0][0]}-({p[1][0]})", p[0][1] - p[1][1])),
        inner.map(lambda p: (f"-({p[0]})", -p[1])),
        arguments.map(lambda a: (f"SUM({','.join(t for t, _ in a)})", sum(v for _, v in a))),
    )


@given(st.recursive(_cells, _larger, max_leaves=12))
def test_the_parts_give_the_sum(formula: tuple[str, int]) -> None:
    """Independent of how the text is read: both grow together."""
    text, value = formula
    found = parts(text)
    assert found
    assert all(area == Area("", area.top, 2, area.bottom, 2) for area, _, _ in found)
    assert value == sum(
        sign * sum(row * row for row in range(area.top, area.bottom + 1)) for area, sign, _ in found
    )
