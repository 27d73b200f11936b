"""What must always hold of fetching, whatever stands in the column and whatever the rows take."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_xl.address import position
from finsam_xl.errors import InputError
from support.bookkeeping import FOLLOW_UP, SHEET, column, fetch, ledger, written
from support.typed_sheets import F, grid

BOOKS = ledger("forbund_2025_T2.se")
ROWS = [*range(5, 10), *range(11, 21)]
MAPPED = [row for row in ROWS if row not in (9, 19, 20)]
_STANDS = st.one_of(
    st.none(),
    st.integers(-(10**6), 10**7),
    st.just("100 tkr?"),
    st.integers(0, 10**6).map(lambda n: F(f"{n}+0", n)),
)
_COLUMNS = st.dictionaries(st.sampled_from(ROWS), _STANDS)
_TAKEN = st.dictionaries(
    st.sampled_from(MAPPED),
    st.tuples(
        st.sampled_from([None, "5010", "50-59", "4", "6-7, -6010", "hyra", "1930", 3511, "8"]),
        st.sampled_from([None, "P10", "P41VÄN", "*", "–", "P99"]),
    ),
)


def _book(stands: dict[int, Any], taken: dict[int, Any]) -> Any:
    rows = [[*row, *[None] * (7 - len(row))] for row in FOLLOW_UP]
    for row, value in stands.items():
        rows[row - 1][5] = value
    for row, pair in taken.items():
        rows[row - 1][:2] = pair
    return grid((SHEET, rows))


@settings(max_examples=25, deadline=None)
@given(_COLUMNS, st.booleans())
def test_nothing_of_hers_is_written_over_unless_she_says_so(
    stands: dict[int, Any], accepts: bool
) -> None:
    """And never a formula; only the column that was asked for is touched."""
    try:
        plan = fetch(_book(stands, {}), BOOKS, "T2", *(["bokforing-skriven"] if accepts else []))
    except InputError:
        assert "100 tkr?" in stands.values()  # a column of texts is none of amounts
        return
    for edit in plan.edits:
        row, number = position(edit.cell)
        assert number == 6
        held = stands.get(row)
        assert not isinstance(held, F)
        assert held is None or accepts
        assert edit.old == held


@settings(max_examples=25, deadline=None)
@given(_TAKEN)
def test_the_rows_and_what_has_none_are_the_result_whatever_is_typed(taken: dict[int, Any]) -> None:
    """Else there is an error, and nothing is written: a figure is never lost, nor counted twice."""
    try:
        plan = fetch(_book({}, taken), BOOKS, "T2")
    except InputError:
        return
    if any(one.severity == "error" for one in plan.findings):
        assert not plan.edits
        return
    (sheet,) = plan.sheets
    assert sheet.filter is not None
    cells = {(cell.row, cell.column): cell.value for cell in sheet.cells}
    first = sheet.filter[0]
    accounts = {row: value for (row, c), value in cells.items() if c == 1 and row > first}
    result = [cells[row, 4] for row, account in accounts.items() if str(account)[0] not in "12"]
    assert round(-sum(map(float, filter(None, map(str, result)))) * 100) == 518490284


@settings(max_examples=8, deadline=None)
@given(_COLUMNS)
def test_a_second_time_nothing_is_left_to_do(stands: dict[int, Any]) -> None:
    book = _book(stands, {})
    try:
        once = written(book, fetch(book, BOOKS, "T2"))
    except InputError:
        return
    assert column(fetch(once, BOOKS, "T2", run="b"), "F") == {}
