"""Every function in a cell of a file: the command line calculates what the function gives.

The registry's own examples stand in cells with the function beside them, and an old result
stored in it; the check says what the function gives now.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from finsam_xl import registry
from finsam_xl.registry import FUNCTIONS, CellFunction
from support.cells import call
from support.commands import finsam_xl
from support.workbooks import with_its_results

WRONG = 123456.75
"""No example gives this."""


def _rows(raw: Any) -> list[list[Any]]:
    """An argument as rows: a list of values is a column."""
    if not isinstance(raw, list | tuple):
        return [[raw]]
    return [list(row) if isinstance(row, list | tuple) else [row] for row in raw]


def _typed(sheet: Any, arguments: Sequence[Any]) -> list[str]:
    """Type the arguments beside each other; the references to them, '' where one is left out."""
    references, column = [], 2
    for raw in arguments:
        rows = _rows(raw)
        if raw is None:
            references.append("")
            continue
        for at, row in enumerate(rows):
            for offset, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column + offset, value)
                elif value is not None:
                    sheet.write(at, column + offset, value)
        first = xl_rowcol_to_cell(0, column)
        last = xl_rowcol_to_cell(len(rows) - 1, column + len(rows[0]) - 1)
        references.append(first if first == last else f"{first}:{last}")
        column += len(rows[0]) + 1
    return references


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_the_command_line_gives_what_the_function_gives(
    function: CellFunction, tmp_path: Path
) -> None:
    """Calculated from the file's cells, whatever stands in the formula's own."""
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad")
        references = _typed(sheet, function.example.arguments)
        sheet.write_formula("A9", f"={function.name}({','.join(references)})", None, WRONG)
    answer = finsam_xl("check", with_its_results(path), "--json")
    (found,) = [one for one in answer.content["findings"] if one["cell"] == "A9"]
    assert (found["code"], found["stated"]) == ("levande-skiljer", WRONG)
    expected = call(function.name, *function.example.arguments).rows[0][0]
    if isinstance(expected, registry.CellError):
        assert expected.kind.swedish in found["message"]
    elif isinstance(expected, bool):
        assert found["calculated"] == ("SANT" if expected else "FALSKT")
    elif isinstance(expected, float | int):
        assert found["calculated"] == pytest.approx(expected)
    else:
        assert str(expected)[:40] in found["message"]
