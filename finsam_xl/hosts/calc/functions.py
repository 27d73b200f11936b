"""The functions in cells: what Calc hands over becomes raw cells, and the answer what it takes.

An argument is either cells, which Calc hands over as such, or anything: a number, a text, or
rows of them. Of *anything* Calc has made a single empty cell a 0, and it does not ask at all
where a cell has an error: an error is then the answer. So what may be not measured, and what is
asked about a cell itself, takes cells; all else takes what is typed as well.

What is given back is always rows, since from Python Calc takes several cells in no other way. It
compares texts rightly only where it knows beforehand that all of them are texts, so functions
that answer in words give nothing else. A truth value is a number in Calc.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.formulas.blocks import sheet_of
from finsam_xl.hosts.calc import values
from finsam_xl.hosts.calc.binding import whole_array
from finsam_xl.hosts.calc.formulas import Formulas
from finsam_xl.registry import (
    BY_NAME,
    WHY,
    Answer,
    Argument,
    CellError,
    CellFunction,
    Kind,
    Scalar,
    Takes,
    Zero,
    call,
    explain,
)

Rows = tuple[tuple[float | str, ...], ...]
_OF_CELLS = {Kind.ANYTHING, Kind.TRUTH}


def takes_cells(argument: Argument) -> bool:
    """Whether an argument is handed over as cells; one that may be left out never is."""
    is_measured = argument.kind is Kind.MEASURED and argument.takes is Takes.WHOLE
    return not argument.optional and (is_measured or argument.kind in _OF_CELLS)


def gives_text(function: CellFunction) -> bool:
    """Whether a function answers with texts."""
    return isinstance(function.example.result, str)


def answer(name: str, given: Sequence[Any], today: date) -> Rows:
    """What a cell with a function shows: rows of numbers and texts."""
    found = BY_NAME[name]
    raws = [_raw(value) for value in given]
    unsure = any(
        argument.zero is Zero.UNSURE and type(raw) is float and raw == 0
        for argument, raw in zip(found.arguments, raws, strict=False)
    )
    return _shown(found, call(name, *raws, today=today, zeros_may_be_blank=unsure))


def why(cells: Any, document: Any, today: date) -> Rows:
    """Why a cell shows what it shows: its formula, calculated once more."""
    cell = cells.getCellByPosition(0, 0)
    text = Formulas(document).text(cell)
    if not text:
        fetched = _fetched(cell, document)
        if fetched:
            return ((fetched,),)
        return _shown(BY_NAME[WHY], call(WHY, values.rows(cells), today=today))
    said = explain(f"={text}", partial(_read, document, cells), _place(cell), today=today)
    return ((said,),)


def _fetched(cell: Any, document: Any) -> str:
    """What a figure is made of that was fetched from a ledger; '' for any other."""
    from finsam_xl.hosts.calc.reading import read
    from finsam_xl.reading import fetched_cell, ledger_sheet

    if not document.Sheets.hasByName(ledger_sheet.NAME):
        return ""
    at = cell.getCellAddress()
    sheet = cell.getSpreadsheet().Name
    return fetched_cell.why(read(document), sheet, (at.Row + 1, at.Column + 1))


def _place(cell: Any) -> tuple[int, int] | None:
    """Row and column of a cell within the block that one formula fills."""
    if not cell.getArrayFormula():
        return None
    first, own = whole_array(cell).getRangeAddress(), cell.getCellAddress()
    return own.Row - first.StartRow, own.Column - first.StartColumn


def _read(document: Any, cells: Any, reference: str) -> Any:
    """What a reference in a formula holds, rows for more than one cell."""
    name, _, address = reference.rpartition("!")
    sheet = document.Sheets.getByName(sheet_of(name)) if name else cells.getSpreadsheet()
    read = values.rows(sheet.getCellRangeByName(address))
    return read[0][0] if len(read) == len(read[0]) == 1 else read


def _raw(value: Any) -> Any:
    """An argument as the registry takes it."""
    if hasattr(value, "getRangeAddress"):
        return values.rows(value)
    if isinstance(value, tuple):
        return [[values.from_calc(cell) for cell in row] for row in value]
    return values.from_calc(value)


def _shown(function: CellFunction, answer: Answer) -> Rows:
    if gives_text(function) and answer.reasons:
        raise InputError(answer.reasons[0])  # Calc shows #VALUE!; a text cannot carry an error
    return tuple(tuple(map(_cell, row)) for row in answer.rows)


def _cell(value: Scalar) -> float | str:
    if isinstance(value, CellError):
        return values.error_number(value.kind)
    if isinstance(value, bool):
        return float(value)
    return "" if value is None else value
