"""The table of cases through the VBA: what it hands over, and what Python makes of just that.

LibreOffice runs the wrappers in the cells of a shipped workbook; the desktop's functions are
given the arguments that came out of them. Left out are whole columns, whose million cells no
VBA of ours touches, FINSAM_VARFOR, which is handed the cell and not its value, and cells with
errors, which LibreOffice hands to VBA as 0.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from finsam_xl.registry import BY_NAME, WHY, ErrorKind
from support.function_cases import CASES, Case, Error, Whole
from support.workbooks import ROOT
from udfs import desktop

BOOK = ROOT / "workbooks" / "sodra-lappland-budget.xlsm"
RECORDER = (Path(__file__).parent / "case_recorder.bas").read_text(encoding="utf-8")


def _is_handed_over(argument: Any) -> bool:
    if isinstance(argument, Whole | Error):
        return False
    rows = argument if isinstance(argument, list) else [[argument]]
    return not any(isinstance(value, Error) for row in rows for value in row)


TRIED = [
    case for case in CASES if case.function != WHY and all(map(_is_handed_over, case.arguments))
]
SHEET, LEFT, ROWS = "Start", 60, 12
_MARKS = {kind.swedish: f"{desktop.ERROR_MARK}{kind.number}" for kind in ErrorKind}


def _written(value: Any) -> str:
    """A value as it is typed."""
    if isinstance(value, bool):
        return f"={str(value).upper()}()"
    return f"'{value}" if isinstance(value, str) else repr(value)


def _steps(case: Case, top: int) -> list[list[Any]]:
    """Type the arguments beside each other, and the function; then read it."""
    column, references, steps = LEFT + 2, [], []
    for raw in case.arguments:
        rows = raw if isinstance(raw, list) else [[raw]]
        for at, row in enumerate(rows):
            for offset, value in enumerate(row):
                if value is not None:
                    cell = xl_rowcol_to_cell(top + at, column + offset)
                    steps.append(["write", SHEET, cell, _written(value)])
        last = xl_rowcol_to_cell(top + len(rows) - 1, column + len(rows[0]) - 1)
        first = xl_rowcol_to_cell(top, column)
        references.append(first if first == last else f"{first}:{last}")
        column += len(rows[0]) + 1
    call = f"={case.function}({';'.join(references)})"
    answer = xl_rowcol_to_cell(top, LEFT)
    return [*steps, ["write", SHEET, answer, call], ["read", SHEET, answer]]


def _value(text: str) -> Any:
    """A cell as COM hands it over."""
    kind, _, rest = text.partition(":")
    if kind == "tom":
        return None
    readers: dict[str, Callable[[str], Any]] = {
        "text": str,
        "sant": lambda one: one != "0",
        "tal": float,
    }
    return readers[kind](rest)


def _handed_over(told: str) -> tuple[str, list[Any]]:
    """The function's name and its arguments, as rows of cells."""
    name, *arguments = told.split("¤")
    return name, [
        None if one == "saknas" else [[*map(_value, row.split("|"))] for row in one.split("§")]
        for one in arguments
    ]


def _is_shown(given: Any, wanted: Any) -> bool:
    """Whether what the VBA is handed back is what the table says, errors as marks."""
    if isinstance(wanted, list) or isinstance(given, list):
        rows = wanted if isinstance(wanted, list) else [[wanted]]
        return [len(row) for row in given] == [len(row) for row in rows] and all(
            _is_shown(one, other)
            for row, others in zip(given, rows, strict=True)
            for one, other in zip(row, others, strict=True)
        )
    if wanted is None:
        return bool(given == "")
    if isinstance(wanted, bool | str):
        return bool(
            given == _MARKS.get(wanted, wanted) if isinstance(wanted, str) else given is wanted
        )
    return not isinstance(given, bool | str) and given == pytest.approx(wanted)


def test_the_wrappers_hand_over_what_stands_in_the_cells(steps: Any) -> None:
    """All cases in one LibreOffice."""
    wanted: list[list[Any]] = [["replace", "FinsamSkal", RECORDER]]
    places = []
    for number, case in enumerate(TRIED):
        wanted += _steps(case, 100 + ROWS * number)
        places.append(len(wanted) - 1)
    gave = steps(BOOK, *wanted)
    wrong = []
    for case, place in zip(TRIED, places, strict=True):
        name, arguments = _handed_over(gave[place])
        assert name == case.function
        assert len(arguments) == len(BY_NAME[name].arguments)
        given = getattr(desktop, name)(*arguments)
        if not _is_shown(given, case.result):
            wrong.append((case, gave[place], given))
    assert wrong == []
