"""What must always hold: no call raises, and no answer is a text that looks like a number."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import strategies as st

from finsam_xl.calc import deviation, fees
from finsam_xl.registry import FUNCTIONS, CellError, ErrorKind
from support.cells import call, cells, explain, looks_like_a_number, same
from support.properties import given

texts = st.sampled_from(
    ["11 540", "82,36 %", "5 tkr", "Ja", "Ej mätt", "stat", "kostnad", "Andel minst", "80 %", "40–60 %",
     "Jämn könsfördelning", "Könsskillnad högst", "Redovisad", "minskat", "var för sig", "#SAKNAS!",
     "#DIV/0!", "#REFERENS!", "Struktur", "Administration 30 %; Struktur 70 %", "2021", "", " ", "⁵"]
)  # fmt: skip
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-20, 20),
    st.integers(),
    st.floats(),
    st.floats(0, 100),
    st.dates(),
    st.datetimes(),
    texts,
    st.text(max_size=8),
    st.sampled_from([kind.com for kind in ErrorKind]),
    st.sampled_from([CellError(kind) for kind in ErrorKind]),
)
ranges = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(scalars, min_size=width, max_size=width), min_size=1, max_size=3
    )
)
odd = st.lists(st.one_of(scalars, st.lists(scalars, max_size=2)), max_size=3)
raws = st.one_of(scalars, ranges, odd, ranges.map(lambda rows: tuple(map(tuple, rows))))
names = st.sampled_from([function.name for function in FUNCTIONS])


@given(names, st.lists(raws, max_size=7), st.booleans())
def test_no_call_raises_and_no_text_looks_like_a_number(
    name: str, arguments: list[Any], zeros: bool
) -> None:
    answer = call(name, *arguments, zeros_may_be_blank=zeros)
    for cell in cells(answer):
        assert cell is None or isinstance(cell, bool | float | str | CellError)
        if isinstance(cell, float):
            assert cell - cell == 0, "neither NaN nor infinite"
        if isinstance(cell, str):
            assert not looks_like_a_number(cell)
        if isinstance(cell, CellError):
            assert cell.reason


@given(st.text(max_size=40))
def test_no_formula_raises(formula: str) -> None:
    assert explain(formula)
    assert explain(f"=FINSAM_ANDEL({formula})", {"B2": 1}.__getitem__)


amounts = st.one_of(st.none(), st.integers(-(10**9), 10**9))


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=20))
def test_a_column_is_its_cells_and_a_row_is_the_column_turned(pairs: list[tuple[Any, Any]]) -> None:
    outcome, budget = zip(*pairs, strict=True)
    column = call("FINSAM_AVVIKELSE", [[v] for v in outcome], [[v] for v in budget]).rows
    row = call("FINSAM_AVVIKELSE", [list(outcome)], [list(budget)]).rows
    alone = [call("FINSAM_AVVIKELSE", *pair).value for pair in pairs]
    assert [cells_[0] for cells_ in column] == list(row[0]) == alone
    for (one, other), value in zip(pairs, alone, strict=True):
        if one is None or other is None:
            assert value is None
        elif one < 0 < other or other < 0 < one:
            assert str(value) == "#VÄRDEFEL!"
        else:
            sign = "signed" if min(one, other) < 0 else "positive-costs"
            assert same(value, deviation.deviation(one, other, sign, False))


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any), st.integers(0, 10**8))
def test_fees_sum_to_the_pot(keys: list[int], pot: int) -> None:
    rows = call("FINSAM_AVGIFT", [[key] for key in keys], pot).rows
    assert sum(float(row[0] or 0) for row in rows if not isinstance(row[0], CellError)) == pot
    assert [row[0] for row in rows] == [float(share.fee) for share in fees.fees(keys, pot)]


@pytest.mark.parametrize("text", ["1", "11 540", "−3,5", "82 %", "1.000,50"])
def test_the_test_would_see_a_number(text: str) -> None:
    assert looks_like_a_number(text)
    assert not looks_like_a_number("grön")


def test_dates_of_all_ages_are_read() -> None:
    for day in (
        date.min,
        date.max,
        datetime(1900, 1, 1, tzinfo=UTC),
        datetime(9999, 1, 1, tzinfo=UTC),
    ):
        assert isinstance(call("FINSAM_TRAPPA", 7000, day).value, float | CellError)
