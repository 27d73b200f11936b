"""A row of a social budget and FINSAM_UPPNATT of the same cells judge alike.

What the sheet tells as an error, and so leaves out, is an error value of the function.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from finsam_xl.calc.impact_index import judge
from finsam_xl.reading.indicators import read_indicator
from finsam_xl.sheets.grid import Cell, SheetGrid
from support.cells import call

COLUMNS = {
    "number": 1, "name": 2, "weight": 3, "rule": 4, "limit": 5, "total_number": 6, "total_base": 7,
}  # fmt: skip


class Row(NamedTuple):
    """What stands in the cells, and what is to come of it: a verdict, or the sheet's error."""

    rule: str
    limit: Any
    number: Any
    base: Any
    expected: bool | str
    percent: bool = False
    """Whether limit and outcome are shown in per cent."""


ROWS = {
    "the sum of the answers over how many they were": Row("Medelvärde minst", 3, 62, 20, True),
    "a mean that is too low": Row("Medelvärde minst", 3, 58, 20, False),
    "a mean alone": Row("Medelvärde minst", 3, 3.1, None, True),
    "a mean beside how many answered": Row("Medelvärde minst", 3, 3.1, 20, "medel-eller-summa"),
    "a sum that no answers can give": Row("Medelvärde minst", 3, 15, 20, "medel-eller-summa"),
    "4 of 3 is a mean of 4 or of 1,33": Row("Medelvärde minst", 3, 4, 3, "medel-eller-summa"),
    "two per cent less than last year": Row("Minskning minst", "1 %", 98, 100, True),
    "half a per cent less": Row("Minskning minst", "1 %", 99.5, 100, False),
    "a rise": Row("Minskning minst", "1 %", 101, 100, False),
    "the goal as −1 %": Row("Minskning minst", "−1 %", 98, 100, True),
    "the goal as −1 %, half a per cent less": Row("Minskning minst", "-1 %", 99.5, 100, False),
    "the goal as −1 %, half a per cent more": Row(
        "Minskning minst", -0.01, 100.5, 100, False, True
    ),
    "a goal shown in per cent": Row("Minskning minst", 0.01, 98, 100, True, True),
    "a decrease told in per cent": Row("Minskning minst", "1 %", "2 %", None, True),
    "a decrease too small": Row("Minskning minst", "1 %", "0,5 %", None, False),
    "a change told in per cent": Row("Minskning minst", "−1 %", "−2 %", None, True),
    "a rise told in per cent": Row("Minskning minst", "−1 %", "2 %", None, False),
    "fell by two, or fell by minus two": Row(
        "Minskning minst", "1 %", "−2 %", None, "minskning-eller-andring"
    ),
    "a negative number of activities": Row("Antal minst", -2, 0, None, "grans-utanfor"),
    "a negative share": Row("Andel minst", "−80 %", 8, 10, "grans-utanfor"),
    "more than all": Row("Andel minst", "180 %", 8, 10, "grans-utanfor"),
    "more than all answered": Row("Andel minst", "80 %", 11, 10, "antal-over-bas"),
    "exactly the limit": Row("Andel minst", 0.8, 8, 10, True, True),
}


def _sheet(row: Row) -> SheetGrid:
    values = {
        1: "1.1.1", 2: "Mål", 3: 8, 4: row.rule, 5: row.limit, 6: row.number, 7: row.base,
    }  # fmt: skip
    cells = {
        (1, column): Cell(value, percent=row.percent and column == COLUMNS["limit"])
        for column, value in values.items()
        if value is not None
    }
    return SheetGrid("Blad", lambda: cells)


@pytest.mark.parametrize("name", ROWS)
def test_sheet_and_function_judge_alike(name: str) -> None:
    row = ROWS[name]
    indicator, findings = read_indicator(_sheet(row), COLUMNS, 1, "Område", "Mål")
    errors = [finding.code for finding in findings if finding.severity == "error"]
    given = call("FINSAM_UPPNATT", row.rule, row.limit, row.number, row.base).value
    if isinstance(row.expected, str):
        assert errors == [row.expected]
        assert str(given) == "#VÄRDEFEL!"
    else:
        assert errors == []
        assert judge(indicator).reached is row.expected
        assert given is row.expected


def test_from_nothing_there_is_neither_mean_nor_decrease() -> None:
    for rule, limit in (("Medelvärde minst", 3), ("Minskning minst", "1 %")):
        row = Row(rule, limit, 0, 0, expected=False)
        indicator, _ = read_indicator(_sheet(row), COLUMNS, 1, "Område", "Mål")
        assert judge(indicator).reached is None
        assert str(call("FINSAM_UPPNATT", rule, limit, 0, 0).value) == "#SAKNAS!"
