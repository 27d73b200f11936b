"""The table of cases in the cells of a file: a check calculates what the table says.

Every case has a sheet of its own: the arguments typed beside each other, and the function in a
cell for each value that it gives, with an old result stored in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from support.commands import finsam_xl
from support.function_cases import CASES, Case, Error, Whole
from support.workbooks import with_its_results

WRONG = 123456.75
"""No case gives this."""
FIRST = 3
"""The column of the first argument, after those of the results."""


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, Error):
        sheet.write_formula(row, column, "=1/0", None, str(value))
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write(row, column, value)


def _typed(sheet: Any, case: Case) -> Iterator[str]:
    """Type the arguments; the references to them."""
    column = FIRST
    for raw in case.arguments:
        rows = [[v] for v in raw] if isinstance(raw, Whole) else raw
        rows = rows if isinstance(rows, list) else [[rows]]
        for at, row in enumerate(rows):
            for offset, value in enumerate(row):
                _put(sheet, at, column + offset, value)
        last = column + len(rows[0]) - 1
        if isinstance(raw, Whole):
            yield f"{xl_col_to_name(column)}:{xl_col_to_name(last)}"
        elif isinstance(raw, list):
            yield f"{xl_rowcol_to_cell(0, column)}:{xl_rowcol_to_cell(len(rows) - 1, last)}"
        else:
            yield xl_rowcol_to_cell(0, column)
        column = last + 2


def _formulas(case: Case, references: list[str]) -> Iterator[tuple[str, str, Any]]:
    """A cell, its formula and what it must show, for each value of the result."""
    call = f"{case.function}({','.join(references)})"
    if not isinstance(case.result, list):
        yield "A1", f"={call}", case.result
        return
    for row, values in enumerate(case.result):
        for column, value in enumerate(values):
            cell = xl_rowcol_to_cell(row, column)
            yield cell, f"=INDEX({call},{row + 1},{column + 1})", value


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    """What the check says that each cell would show now, by sheet and cell."""
    path = tmp_path_factory.mktemp("fall") / "fall.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for number, case in enumerate(CASES):
            sheet = book.add_worksheet(f"F{number}")
            for cell, formula, _ in _formulas(case, list(_typed(sheet, case))):
                sheet.write_formula(cell, formula, None, WRONG)
    answer = finsam_xl("check", with_its_results(path), "--json")
    return {
        (one["sheet"], one["cell"]): one
        for one in answer.content["findings"]
        if one["code"] == "levande-skiljer"
    }


@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(CASES)), ids=lambda one: getattr(one, "name", "")
)
def test_the_file_gives_it(number: int, case: Case, told: dict[tuple[str, str], Any]) -> None:
    names = [f"{xl_col_to_name(0)}1"] * len(case.arguments)
    for cell, _, expected in _formulas(case, names):
        found = told[f"F{number}", cell]
        assert found["stated"] == WRONG
        if expected is None:
            assert "nu tomt" in found["message"]
        elif isinstance(expected, bool):
            assert found["calculated"] == ("SANT" if expected else "FALSKT")
        elif isinstance(expected, str):
            # Long texts are told by their beginning.
            assert expected.startswith(found["calculated"].removesuffix("…"))
        else:
            assert found["calculated"] == pytest.approx(expected)
