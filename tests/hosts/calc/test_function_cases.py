"""The table of cases in LibreOffice's own cells, but for what Calc hands over otherwise.

Whole columns are a million cells there; a single blank cell comes as 0, a truth value as a
number, and with an error in an argument Calc does not call the function: the handbook says so.
"""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.address import a1, span
from finsam_xl.hosts.calc.functions import takes_cells
from finsam_xl.registry import BY_NAME, WHY, ErrorKind
from support.calc_office import CalcOffice
from support.function_cases import CASES, Case, Error, Whole

_BAND, _APART = 14, 14
_SHOWN = {kind.swedish: kind.english for kind in ErrorKind}


def _rows(value: Any) -> list[list[Any]]:
    return value if isinstance(value, list) else [[value]]


def _is_handed_over(case: Case) -> bool:
    """Whether Calc gives the function what stands in the cells."""
    for argument in case.arguments:
        if isinstance(argument, Whole):
            return False
        cells = [cell for row in _rows(argument) for cell in row]
        if any(isinstance(cell, bool | Error) for cell in cells) or cells == [None]:
            return False
    return case.function != WHY


TRIED = [case for case in CASES if _is_handed_over(case)]


def _typed(value: Any) -> str:
    return f"'{value}" if isinstance(value, str) else repr(value)


def _placed(case: Case, top: int) -> tuple[dict[str, str], str, str]:
    """The cells of a case's arguments, its formula, and where its results stand."""
    cells, references, column = {}, [], 14
    for number, argument in enumerate(case.arguments):
        rows = _rows(argument)
        takes = takes_cells(BY_NAME[case.function].arguments[number])
        if not isinstance(argument, list) and not takes and isinstance(argument, int | float):
            references.append(repr(argument))
            continue
        for down, row in enumerate(rows):
            for right, value in enumerate(row):
                if value is not None:
                    cells[a1(top + down, column + right)] = _typed(value)
        last = top + len(rows) - 1, column + len(rows[0]) - 1
        is_one = last == (top, column)
        references.append(a1(top, column) if is_one else span(top, column, *last))
        column += _APART
    wanted = _rows(case.result)
    area = span(top, 1, top + len(wanted) - 1, len(wanted[0]))
    return cells, f"={case.function}({';'.join(references)})", area


def _is_same(value: Any, text: str, wanted: Any) -> bool:
    if wanted is None:
        return text == ""
    if isinstance(wanted, bool):
        return bool(value == float(wanted))
    if isinstance(wanted, str):
        return text == _SHOWN.get(wanted, wanted)
    return isinstance(value, int | float) and value == pytest.approx(wanted)


def test_the_same_as_everywhere(calc: CalcOffice) -> None:
    """Every case that Calc hands over, in one document."""
    calc.open()
    wrong = []
    for number, case in enumerate(TRIED):
        top = 1 + _BAND * number
        cells, formula, area = _placed(case, top)
        calc.ask("enter", cells)
        calc.ask("set", "", area, formula)
        for down, row in enumerate(_rows(case.result)):
            for right, wanted in enumerate(row):
                place = a1(top + down, 1 + right)
                ((value, _),) = calc.ask("held", "", place)
                (text,) = calc.ask("shown", "", place)
                if not _is_same(value, text, wanted):
                    wrong.append((case.name, formula, place, value, text, wanted))
    assert len(TRIED) > 200
    assert wrong == [], len(wrong)
