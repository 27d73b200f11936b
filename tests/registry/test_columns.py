"""A column read and calculated at once gives what its cells give one by one, errors too."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from finsam_xl.registry import (
    FUNCTIONS,
    Argument,
    CellError,
    CellFunction,
    ErrorKind,
    Kind,
)
from finsam_xl.registry.arguments import Reader
from finsam_xl.registry.entries import Takes
from support.cells import call, cells
from support.properties import given

_ROWS = 6
_NUMBERS = {Kind.AMOUNT, Kind.COUNT, Kind.KEY, Kind.MEASURED, Kind.SHARE}
_ODD: list[Any] = [
    None, "", "–", 0, 0.0, -0.0, True, False, "tolv", "77 %", "−5", "1 234,5", "Ej mätt", "#SAKNAS!",
    float("nan"), float("inf"), 10**400, 1e300, 123456789012.34, 1 / 3, -7.5, ErrorKind.DIV0.com,
    CellError(ErrorKind.NA), [1],
]  # fmt: skip
_WORDS: dict[Kind, list[Any]] = {
    Kind.TEXT: [
        "Andel minst", "Andel högst", "Alla", "Jämn könsfördelning", "Könsskillnad högst", "Antal minst",
        "Medelvärde minst", "Minskning minst", "Redovisad", "Lägre än förra året", "inom spannet",
    ],
    Kind.LIMIT: ["80 %", 0.8, 20, 20.0, 1, 1.0, "40–60 %", -0.02, 2.5, 250],
    Kind.TRUTH: [True, False, "Ja", "Nej", "Ej mätt", 1],
    Kind.DATE: [2021, 44561.0, "2019-09-20"],
    Kind.NAME: ["Hälsa", 1, 2.0],
}  # fmt: skip
_whole = st.integers(0, 40) | st.integers(0, 40).map(float)
_decimal = st.integers(0, 40_000).map(lambda steps: steps / 1000)
_text = st.integers(0, 9_999_999).map(
    lambda n: f"{n / 100:,.2f}".replace(",", " ").replace(".", ",")
)


def _cells_of(argument: Argument) -> st.SearchStrategy[Any]:
    """Cells of one sort: a column is mostly of one, and now and then of all."""
    if argument.kind in _NUMBERS:
        sorts = [_whole, _whole | _decimal, _text, _whole | st.none(), _text | st.none()]
    else:
        known = st.sampled_from(_WORDS.get(argument.kind) or [*argument.choices])
        sorts = [known, known | st.none()]
    odd = st.sampled_from(_ODD)
    return st.sampled_from([*sorts, st.one_of(*sorts, odd)]).flatmap(
        lambda sort: st.lists(sort, min_size=_ROWS, max_size=_ROWS)
    )


@st.composite
def _calls(draw: st.DrawFn, function: CellFunction) -> list[list[Any]]:
    """A column, or the same cell in every row, for each argument."""
    columns = []
    for argument in function.arguments:
        column = draw(_cells_of(argument))
        is_left_out = argument.optional and draw(st.booleans())
        columns.append([None] * _ROWS if is_left_out else column)
    return columns


_BY_ROW = [f for f in FUNCTIONS if all(argument.takes is Takes.EACH for argument in f.arguments)]
_any_call = st.sampled_from(_BY_ROW).flatmap(lambda f: st.tuples(st.just(f), _calls(f)))


def _told(value: Any) -> Any:
    """A cell, its reason without the number of the row."""
    if isinstance(value, CellError):
        return value.kind, re.sub(r"^([^:]+) nr \d+:", r"\1:", value.reason)
    return type(value), value


@given(_any_call, st.booleans())
def test_the_column_is_its_rows(
    made: tuple[CellFunction, list[list[Any]]], zeros_may_be_blank: bool
) -> None:
    function, columns = made
    answer = call(
        function.name,
        *([[cell] for cell in column] for column in columns),
        zeros_may_be_blank=zeros_may_be_blank,
    )
    if str(answer.value).startswith("#"):
        assert "olika enheter" in answer.reasons[0]  # which is told of the column alone
        return
    for row, given_ in zip(answer.rows, zip(*columns, strict=True), strict=True):
        alone = call(function.name, *([[c]] for c in given_), zeros_may_be_blank=zeros_may_be_blank)
        expected = [*cells(alone)] * (len(row) if len(alone.rows[0]) == 1 else 1)
        assert [_told(cell) for cell in row] == [_told(cell) for cell in expected]


def test_every_function_that_answers_by_row_is_tried() -> None:
    assert {"FINSAM_UPPNATT", "FINSAM_KONSGAP", "FINSAM_FARG"} < {f.name for f in _BY_ROW}


_numeric = [
    argument
    for function in FUNCTIONS
    for argument in function.arguments
    if argument.kind in _NUMBERS - {Kind.SHARE}
]


_of_one_sort = st.sampled_from([_whole, _whole | _decimal, _text]).flatmap(
    lambda sort: st.lists(sort, min_size=2, max_size=12)
)


@given(st.sampled_from(_numeric), _of_one_sort)
def test_a_column_is_read_as_its_cells_are(argument: Argument, raws: list[Any]) -> None:
    """Also of the functions whose answer is about the whole column."""
    assert _read(argument, raws) == [_read(argument, [raw])[0] for raw in raws]


def _read(argument: Argument, raws: list[Any]) -> list[Any]:
    """What an argument is read as, fractions for what is handed over in terms."""
    read = Reader().column(argument, raws)
    return [Fraction(*one) if type(one) is tuple else one for one in read]
