"""The functions in cells for Excel on the desktop: one wrapper for each of the registry's.

xlwings' server imports this module and calls the function by its name; the VBA text in
``macros/vba`` hands over the arguments. Error values go back as a mark that the VBA turns
into a real error value, since a server can only hand over numbers and texts.

Installed it is ``finsam_excel.udfs``.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from finsam_xl.formulas.blocks import sheet_of
from finsam_xl.hosts.excel.values import from_excel
from finsam_xl.registry import CATEGORY, FUNCTIONS, WHY, CellError, CellFunction, call, explain

ERROR_MARK = "#FINSAM:"
_POSITIONAL = inspect.Parameter.POSITIONAL_OR_KEYWORD

# xlwings hides the decorators' types behind the platform.
xw: Any = importlib.import_module("xlwings")


def today() -> date:
    """The day on the user's computer: its year's rules hold where a cell names none."""
    return datetime.now().astimezone().date()


def wrapped(function: CellFunction) -> Callable[..., Any]:
    """A fresh function for xlwings: it takes raw cells and gives what a cell can hold."""

    def in_a_cell(*cells: Any) -> Any:
        return shown(call(function.name, *cells, today=today()).value)

    made = _described(in_a_cell, function)
    for argument in function.arguments:
        made = xw.arg(argument.identifier, ndim=2, err_to_str=True, doc=argument.help)(made)
    return xw.func(category=CATEGORY)(made)  # type: ignore[no-any-return]


def why(function: CellFunction) -> Callable[..., Any]:
    """The one function that is handed the cell itself, and reads its formula."""

    def in_a_cell(cell: Any) -> Any:
        return (
            _explained(cell)
            if hasattr(cell, "formula")
            else shown(call(WHY, cell, today=today()).value)
        )

    made = _described(in_a_cell, function)
    (argument,) = function.arguments
    made = xw.arg(argument.identifier, convert=_cell_or_value(), doc=argument.help)(made)
    return xw.func(category=CATEGORY)(made)  # type: ignore[no-any-return]


def _described(made: Callable[..., Any], function: CellFunction) -> Callable[..., Any]:
    """Named as in cells, with the arguments' names, so that xlwings knows what is optional."""
    made.__name__ = made.__qualname__ = function.name
    made.__doc__ = function.help
    made.__annotations__ = {}
    made.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                argument.identifier,
                _POSITIONAL,
                default=None if argument.optional else inspect.Parameter.empty,
            )
            for argument in function.arguments
        ]
    )
    return made


def shown(value: Any) -> Any:
    """What the VBA is handed: a value or rows of values, errors as marks, blank as ""."""
    if isinstance(value, CellError):
        return f"{ERROR_MARK}{value.kind.number}"
    if isinstance(value, tuple):
        return [[shown(cell) for cell in row] for row in value]
    return "" if value is None else value


def _cell_or_value() -> Any:
    """What hands over a cell as it is, and anything else by its value."""
    conversion: Any = importlib.import_module("xlwings.conversion")

    class CellOrValue(conversion.Accessor):  # type: ignore[misc]
        """The range where there is one, else the value."""

        @classmethod
        def reader(cls, options: Any) -> Any:
            """A pipeline of one step."""
            return super().reader(options).append_stage(_take_range)

    return CellOrValue


def _take_range(context: Any) -> None:
    if context.range is not None:
        context.value = context.range


def _explained(cell: Any) -> str:
    """Why a cell shows what it shows: its formula, or the one it is spilled from, once more."""
    first, place = cell[0, 0], None
    formula = first.formula
    if not str(formula).startswith("="):
        spilled = _spill_parent(first)
        if spilled is None:
            fetched = _fetched(first)
            if fetched:
                return fetched
            return str(shown(call(WHY, first.options(err_to_str=True).value, today=today()).value))
        place = (first.row - spilled.row, first.column - spilled.column)
        formula = spilled.formula
    return explain(
        str(formula), lambda reference: _read(cell.sheet, reference), place, today=today()
    )


def _fetched(cell: Any) -> str:
    """What a figure is made of that was fetched from a ledger; '' for any other."""
    from finsam_xl.hosts.excel.reading import read
    from finsam_xl.reading import fetched_cell, ledger_sheet

    book = cell.sheet.book
    if ledger_sheet.NAME not in book.sheets:
        return ""
    return fetched_cell.why(read(book), cell.sheet.name, (cell.row, cell.column))


def _spill_parent(cell: Any) -> Any:
    """The cell whose formula has spilled into this one, if any."""
    if not getattr(cell.api, "HasSpill", False):
        return None
    return cell.sheet.range(cell.api.SpillParent.Address)


def _read(sheet: Any, reference: str) -> Any:
    """What a reference in a formula holds, rows for more than one cell."""
    name, _, address = reference.rpartition("!")
    if name:
        sheet = sheet.book.sheets[sheet_of(name)]
    rows = sheet.range(address).options(ndim=2, err_to_str=True).value
    read = [[from_excel(value) for value in row] for row in rows]
    return read[0][0] if len(read) == len(read[0]) == 1 else read


def _bound() -> Iterator[tuple[str, Callable[..., Any]]]:
    for function in FUNCTIONS:
        yield function.name, (why if function.name == WHY else wrapped)(function)


globals().update(_bound())
