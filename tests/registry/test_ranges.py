"""Ranges in, ranges out: shape, orientation, single cells, whole columns, and sizes that differ."""

from __future__ import annotations

import time
from typing import Any

import pytest

from finsam_xl.registry import CellError
from finsam_xl.registry.ranges import blocks
from support.cells import call, same

ROWS = 1_048_576
COLUMN, ROW = [[12610.0], [7020.0]], [[12610.0, 7020.0]]


def test_orientation_is_kept() -> None:
    assert same(call("FINSAM_AVVIKELSE", COLUMN, [[14040], [7000]]).value, ((1430,), (-20,)))
    assert same(call("FINSAM_AVVIKELSE", ROW, [[14040, 7000]]).value, ((1430, -20),))
    block = call("FINSAM_TRAPPA", [[7000, 15000], [3752, None]]).value
    assert same(block, ((1400, 2600), (750.4, None)))


def test_a_single_value_goes_with_every_cell() -> None:
    parts = [["stat"], ["region"], ["kommuner"]]
    shares = call("FINSAM_FINANSIERING", 11450, parts).value
    assert same(shares, ((5725,), (2862.5,), (2862.5,)))
    assert same(call("FINSAM_ANDEL", COLUMN, [[10]]).value, ((1261,), (702,)))


@pytest.mark.parametrize("cell", [7000, [[7000]], ((7000,),), [7000], (7000,)])
def test_one_cell_is_that_cell(cell: Any) -> None:
    assert call("FINSAM_TRAPPA", cell).value == 1400
    assert call("FINSAM_AVGIFT", [[1]], cell).value == 7000


def test_tuples_lists_and_a_plain_list_are_alike() -> None:
    for raw in (((1,), (2,)), [[1], [2]], [1, 2], [(1,), (2,)], ([1], [2])):
        assert same(call("FINSAM_ANDEL", raw, 2).value, ((0.5,), (1,)))


@pytest.mark.parametrize(
    ("first", "second"),
    [(COLUMN, ROW), (COLUMN, [[1], [2], [3]]), (COLUMN, [[1, 2], [3, 4]]), (ROW, [[1, 2, 3]])],
)
def test_different_sizes_are_refused_and_told(first: Any, second: Any) -> None:
    for name in ("FINSAM_ANDEL", "FINSAM_AVVIKELSE"):
        answer = call(name, first, second)
        assert str(answer.value) == "#VÄRDEFEL!"
        assert (
            "2 rader × 1 kolumn" in answer.reasons[0] or "1 rad × 2 kolumner" in answer.reasons[0]
        )
    assert str(call("FINSAM_IMPACTINDEX", first, second).value) == "#VÄRDEFEL!"


def test_a_range_where_one_value_is_meant() -> None:
    answer = call("FINSAM_AVGIFT", COLUMN, COLUMN)
    assert str(answer.value) == "#VÄRDEFEL!"
    assert answer.reasons[0].startswith("Argumentet pott är ett område")


@pytest.mark.parametrize(
    "ragged", [[[1], [2, 3]], [[1, 2], [3]], [[], []], [[1], 2], [[[1]], [[2]]]]
)
def test_ragged_and_nested_ranges(ragged: Any) -> None:
    answer = call("FINSAM_TRAPPA", ragged)
    assert str(answer.rows[0][0]) == "#VÄRDEFEL!"


def test_an_empty_range_is_blank() -> None:
    empties: tuple[Any, ...] = ([], [[]], (), [[None]], [[None], [None]])
    for empty in empties:
        rows = call("FINSAM_TRAPPA", empty).rows
        assert all(cell is None or isinstance(cell, CellError) for row in rows for cell in row)
    assert call("FINSAM_TRAPPA", []).value is None


def test_whole_columns_cost_what_is_in_them() -> None:
    """The answer ends where the last value stands, in either column, and comes at once."""
    outcome: list[list[Any]] = [[None]] * ROWS
    budget: list[list[Any]] = [[None]] * ROWS
    outcome[0], outcome[2], budget[0], budget[4] = [1.0], [2.0], [5.0], [9.0]
    start = time.perf_counter()
    answer = call("FINSAM_AVVIKELSE", outcome, budget)
    assert time.perf_counter() - start < 5
    assert same(answer.value, ((4,), (None,), (None,), (None,), (None,)))


def test_whole_rows_and_blank_whole_columns() -> None:
    row: list[list[Any]] = [[1.0, None, 3.0, *[None] * 16_381]]
    assert same(call("FINSAM_ANDEL", row, 2).value, ((0.5, None, 1.5),))
    assert call("FINSAM_ANDEL", [[None]] * ROWS, 2).rows == ((None,),)


def test_a_whole_column_and_a_marked_one_do_not_fit() -> None:
    whole = [[1.0], [2.0], *[[None]] * (ROWS - 2)]
    assert str(call("FINSAM_ANDEL", whole, COLUMN).value) == "#VÄRDEFEL!"


def test_whole_columns_with_headings() -> None:
    rest = [[None]] * (ROWS - 3)
    weights = [["Vikt"], [10.0], [8.0], *rest]
    reached = [["Uppnått"], [True], [False], *rest]
    assert call("FINSAM_IMPACTINDEX", weights, reached).value == pytest.approx(1000 / 18)
    kinds = [["Slag"], ["Administration"], ["Struktur"], *rest]
    assert call("FINSAM_KOSTNADSSLAG", weights, kinds, "Struktur").value == 8


def test_zeros_after_the_last_value_where_a_host_sends_them_for_blanks() -> None:
    column = [[1.0], [2.0], *[[0]] * (ROWS - 2)]
    answer = call("FINSAM_ANDEL", column, 2, zeros_may_be_blank=True)
    assert same(answer.value, ((0.5,), (1,)))


def test_blanks_at_the_end_of_a_marked_range_stay() -> None:
    assert same(call("FINSAM_ANDEL", [[1], [None]], 2).value, ((0.5,), (None,)))
    [block] = blocks([[[1], [None]]])
    assert block.marked == (2, 1)


def test_fees_keep_the_keys_shape() -> None:
    keys = [82.36, 5.11, 4.18, 3.11, 3.87, 1.37]
    down = call("FINSAM_AVGIFT", [[key] for key in keys], 2863).rows
    [along] = call("FINSAM_AVGIFT", [keys], 2863).rows
    assert [row[0] for row in down] == list(along)
    assert sum(fee for fee in along if isinstance(fee, float)) == 2863
    assert str(call("FINSAM_AVGIFT", [keys, keys], 2863).value) == "#VÄRDEFEL!"


def test_equity_rolls_along_rows_and_down_a_column() -> None:
    assert same(call("FINSAM_EGET_KAPITAL", 1959, [[-1020], [87]]).value, ((939,), (1026,)))
    both = call("FINSAM_EGET_KAPITAL", [[100], [200]], [[1, 2], [3, 4]]).value
    assert same(both, ((101, 103), (203, 207)))
    shared = call("FINSAM_EGET_KAPITAL", 100, [[1, 2], [3, 4]]).value
    assert same(shared, ((101, 103), (103, 107)))
    assert str(call("FINSAM_EGET_KAPITAL", [[1], [2]], [[1, 2]]).value) == "#VÄRDEFEL!"
    assert same(call("FINSAM_EGET_KAPITAL", 1, [[1, None, 1]]).value, ((2, None, None),))
    assert call("FINSAM_EGET_KAPITAL", 2992, -1033).value == 1959


def test_intervals_lie_beside_or_below() -> None:
    beside = call("FINSAM_INTERVALL", [[247], [None]], [[319], [12]]).rows
    assert [len(row) for row in beside] == [2, 2]
    assert beside[1] == (None, None)
    below = call("FINSAM_INTERVALL", [[247, 6, 4]], [[319, 12, 3]]).rows
    assert [len(row) for row in below] == [3, 3]
    assert str(below[0][2]) == str(below[1][2]) == "#VÄRDEFEL!"
    assert beside[0][0] == below[0][0]
    assert str(call("FINSAM_INTERVALL", [[1, 2], [3, 4]], [[5, 5], [5, 5]]).value) == "#VÄRDEFEL!"
