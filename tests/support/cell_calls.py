"""Calls of every function as Excel on the web makes them, and what must come back."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from finsam_xl.registry import BY_NAME, FUNCTIONS, CellError, CellFunction, Takes
from finsam_xl.registry.calling import Answer
from support.cells import call
from support.function_cases import DIV0 as DIV0_SHOWN
from support.function_cases import NA, SHORTENED, VALUE, Case, Error, Whole

ERRORS = {
    "#DIV/0!": "Div0",
    "#N/A": "NotAvailable",
    "#NAME?": "Name",
    "#NULL!": "Null",
    "#NUM!": "Num",
    "#REF!": "Ref",
    "#VALUE!": "Value",
}
"""How Office.js calls the errors."""
DIV0 = {"type": "Error", "errorType": "Div0", "basicValue": "#DIV/0!", "basicType": "Error"}


class CellCall(NamedTuple):
    """A function, the arguments as Office.js sends them, and as the registry is given them."""

    name: str
    sent: list[Any]
    given: list[Any]

    @property
    def wanted(self) -> list[list[Any]]:
        """What Excel is handed: computed here, in ordinary Python."""
        return shown(call(self.name, *self.given, zeros_may_be_blank=True))


def shown(answer: Answer) -> list[list[Any]]:
    """An answer as Office.js takes it."""
    return [[_shown(value) for value in row] for row in answer.rows]


def _shown(value: Any) -> Any:
    if isinstance(value, CellError):
        english = value.kind.english
        return {"type": "Error", "errorType": ERRORS.get(english, "Value")}
    return "" if value is None else value


OFFICE_ERRORS = {VALUE: "Value", NA: "NotAvailable", DIV0_SHOWN: "Div0"}
"""How Office.js calls the errors that the table of cases names as Swedish Excel shows them."""


def sent(case: Case) -> list[Any]:
    """A case's arguments as Office.js sends them, left-out ones as null."""
    rows = [one.rows(SHORTENED) if isinstance(one, Whole) else _rows(one) for one in case.arguments]
    missing = len(BY_NAME[case.function].arguments) - len(rows)
    return [
        *([[_office(value) for value in row] for row in block] for block in rows),
        *[None] * missing,
    ]


def _office(value: Any) -> Any:
    if isinstance(value, Error):
        return {
            "type": "Error",
            "errorType": ERRORS[value],
            "basicValue": str(value),
            "basicType": "Error",
        }
    return value


def is_shown(case: Case, answered: list[list[Any]]) -> bool:
    """Whether what Excel on the web is handed is what the table says."""
    wanted = case.result if isinstance(case.result, list) else [[case.result]]
    return [len(row) for row in answered] == [len(row) for row in wanted] and all(
        _is_same(cell, one)
        for row, other in zip(answered, wanted, strict=True)
        for cell, one in zip(row, other, strict=True)
    )


def _is_same(cell: Any, wanted: Any) -> bool:
    if wanted is None:
        return bool(cell == "")
    if wanted in OFFICE_ERRORS:
        return isinstance(cell, dict) and cell["errorType"] == OFFICE_ERRORS[wanted]
    if isinstance(wanted, bool | str):
        return cell is wanted or (isinstance(wanted, str) and cell == wanted)
    return not isinstance(cell, bool | str | dict) and cell == pytest.approx(wanted)


def calls() -> list[CellCall]:
    """Every function: its example, a column, a row, blanks, an error, and too much left out."""
    return [one for function in FUNCTIONS for one in (_example(function), *_variants(function))]


def _example(function: CellFunction) -> CellCall:
    return _sent(function, list(function.example.arguments))


def _variants(function: CellFunction) -> list[CellCall]:
    """The example's arguments where a range is taken, as a column and as a row; and odd cells."""
    given = list(function.example.arguments)
    each = [
        number
        for number, argument in enumerate(function.arguments[: len(given)])
        if argument.takes is Takes.EACH and not isinstance(given[number], list | tuple)
    ]
    found = []
    for odd in (None, DIV0, 0, "tolv"):
        for whole in (_column, _row):
            changed = list(given)
            for number in each:
                changed[number] = whole([given[number], odd, given[number]])
            found.append(_sent(function, changed))
    found += [_sent(function, [odd, *given[1:]]) for odd in (None, "", 0, DIV0)]
    return found


def _column(values: list[Any]) -> list[list[Any]]:
    return [[value] for value in values]


def _row(values: list[Any]) -> list[list[Any]]:
    return [values]


def _sent(function: CellFunction, arguments: list[Any]) -> CellCall:
    """Every argument as rows, left-out ones as null; the registry is given plain values."""
    rows = [_rows(argument) for argument in arguments]
    missing = len(function.arguments) - len(rows)
    given = [[[_plain(value) for value in row] for row in block] for block in rows]
    return CellCall(function.name, [*rows, *[None] * missing], given)


def _rows(argument: Any) -> list[list[Any]]:
    if not isinstance(argument, list | tuple):
        return [[argument]]
    return [list(row) if isinstance(row, list | tuple) else [row] for row in argument]


def _plain(value: Any) -> Any:
    return value["basicValue"] if isinstance(value, dict) else value


assert len(BY_NAME) == len(FUNCTIONS)
