"""The functions in cells: what Calc hands over becomes raw cells, and the answer what it takes.

An argument is either cells, which Calc hands over as such, or anything: a number, a text, or
rows of them. Of *anything* Calc has made a single empty cell a 0, and it does not ask at all
where a cell has an error: the error is then the answer. So what must know blanks and errors takes
cells: ranges that are read as wholes, and what is or is not reached.

A truth value is a number in Calc.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from finsam_xl.formulas.blocks import sheet_of
from finsam_xl.hosts.calc import values
from finsam_xl.hosts.calc.formulas import Formulas, whole_array
from finsam_xl.records import NamedTuple
from finsam_xl.registry import (
    BY_NAME,
    WHY,
    Answer,
    Argument,
    CellError,
    Kind,
    Scalar,
    Takes,
    Zero,
    call,
    explain,
)

_ANYTHING, _TEXTS = "[][]any", "[][]string"


class Block(NamedTuple):
    """Values that fill several cells, and their type as UNO calls it.

    Calc compares texts rightly only where it knows that all of them are.
    """

    rows: tuple[tuple[float | str, ...], ...]
    kind: str


Value = float | str | Block
_KNOWS_BLANKS = {Kind.ANYTHING, Kind.TRUTH}


def takes_cells(argument: Argument) -> bool:
    """Whether an argument is handed over as cells; one that may be left out never is."""
    is_asked = argument.takes is Takes.WHOLE or argument.kind in _KNOWS_BLANKS
    return is_asked and not argument.optional


def answer(name: str, given: Sequence[Any], today: date) -> Value:
    """What a cell with a function shows: a number, a text, or a block of them."""
    found = BY_NAME[name]
    raws = [_raw(value) for value in given]
    unsure = any(
        argument.zero is Zero.UNSURE and type(raw) is float and raw == 0
        for argument, raw in zip(found.arguments, raws, strict=False)
    )
    return _shown(call(name, *raws, today=today, zeros_may_be_blank=unsure))


def why(cells: Any, document: Any, today: date) -> Value:
    """Why a cell shows what it shows: its formula, calculated once more."""
    cell = cells.getCellByPosition(0, 0)
    text = Formulas(document).text(cell)
    if not text:
        return _shown(call(WHY, values.rows(cells), today=today))
    return explain(f"={text}", partial(_read, document, cells), _place(cell), today=today)


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


def _shown(answer: Answer) -> Value:
    rows = tuple(tuple(map(_cell, row)) for row in answer.rows)
    if len(rows) == len(rows[0]) == 1:
        return rows[0][0]
    is_text = all(type(value) is str for row in rows for value in row)
    return Block(rows, _TEXTS if is_text else _ANYTHING)


def _cell(value: Scalar) -> float | str:
    if isinstance(value, CellError):
        return values.error_number(value.kind)
    if isinstance(value, bool):
        return float(value)
    return "" if value is None else value
