"""Calling a function as a cell does: raw values in, one value or a block of values out.

Nothing a person can type makes it raise. A range gives a range of the same rows and
columns in one call; single values go with every cell of it. What cannot be calculated is
an error value with its reason, and the other cells are calculated all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from itertools import repeat
from typing import Any

from finsam_xl.errors import InputError, PolicyError
from finsam_xl.records import NamedTuple
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.entries import CellFunction, Kind, Takes
from finsam_xl.registry.ranges import Block, blocks, single
from finsam_xl.registry.readers import Reader
from finsam_xl.registry.sizes import below_heading, check

Scalar = float | bool | str | CellError | None
Value = Scalar | tuple[tuple[Scalar, ...], ...]


class Answer(NamedTuple):
    """What a cell shows: one value, or rows of values that spill from it.

    Values are numbers, truth values, texts, ``None`` for blank, and :class:`CellError`.
    """

    value: Value

    @property
    def rows(self) -> tuple[tuple[Scalar, ...], ...]:
        """The value as rows, also when it is a single one."""
        value = self.value
        if isinstance(value, tuple) and not isinstance(value, CellError):
            return value
        return ((value,),)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why there are error values, each reason once, in order."""
        errors = (cell for row in self.rows for cell in row if isinstance(cell, CellError))
        return tuple(dict.fromkeys(error.reason for error in errors))


def call_function(
    function: CellFunction,
    raws: Sequence[Any],
    *,
    today: date,
    zeros_may_be_blank: bool = False,
) -> Answer:
    """What the function gives for the arguments as a host hands them over, left-out ones None.

    ``today``: its year's rules hold where no argument says another; ``zeros_may_be_blank``:
    the host may hand over an empty cell as 0.
    """
    try:
        given = _given(function, raws)
        if function.dated:
            function = function._replace(calculate=partial(function.calculate, today=today))
        found = blocks(given, zeros_may_be_blank=zeros_may_be_blank)
        check(function, found)
        return Answer(_answer(function, below_heading(function, found), zeros_may_be_blank))
    except InputError as error:
        return Answer(CellError(ErrorKind.VALUE, str(error)))


def _given(function: CellFunction, raws: Sequence[Any]) -> list[Any]:
    """One raw value for every argument."""
    given, known = list(raws), function.arguments
    if len(given) > len(known) or len(given) < function.required:
        raise InputError(
            f"{function.name} fick {len(given)} argument.", remedy=f"Skriv {function.signature}."
        )
    return given + [None] * (len(known) - len(given))


def _answer(function: CellFunction, found: Sequence[Block], zeros_may_be_blank: bool) -> Value:
    reader = Reader(zeros_may_be_blank=zeros_may_be_blank)
    shape = single(None)
    columns: list[Iterable[Any]] = []
    for argument, block in zip(function.arguments, found, strict=True):
        cells = reader.column(argument, block.cells)
        if argument.takes is Takes.WHOLE:
            bad = next((cell for cell in cells if isinstance(cell, CellError)), None)
            columns.append(repeat(block._replace(cells=cells) if bad is None else bad))
        elif block.single:
            columns.append(repeat(cells[0]))
        else:
            shape = block
            columns.append(cells)
    if len(reader.units) > 1:
        raise InputError(
            f"Beloppen har olika enheter: {', '.join(sorted(reader.units))}.",
            remedy="Skriv alla i samma enhet.",
        )
    if shape.single:
        return _shaped(_calculated(function, [next(iter(column)) for column in columns]))
    results = [_calculated(function, given) for given in zip(*columns)]  # noqa: B905 - repeated
    return _spread_pairs(shape, results) if function.pair else shape.shaped([*map(_cell, results)])


def _calculated(function: CellFunction, given: Sequence[Any]) -> Any:
    """One answer: an error among the arguments is the answer, else the calculation's."""
    for argument in given:
        if type(argument) is CellError and function.arguments[0].kind is not Kind.ANYTHING:
            return argument
    try:
        return function.calculate(*given)
    except InputError as error:
        return CellError(ErrorKind.VALUE, str(error))
    except PolicyError as error:
        return CellError(ErrorKind.NA, str(error))
    except ArithmeticError:
        return CellError(ErrorKind.NUM, "Talen är för stora eller för små för att räkna med.")


def _shaped(result: Any) -> Value:
    """A single answer, or the rows a calculation gives (a pair is a row of two)."""
    if isinstance(result, list):
        rows = tuple(tuple(map(_cell, row)) for row in result)
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows
    if _is_pair(result):
        return (tuple(map(_cell, result)),)
    return _cell(result)


def _spread_pairs(shape: Block, results: Sequence[Any]) -> Value:
    """Two values for each cell: beside each other down a column, above each other along a row."""
    if not shape.is_line:
        raise InputError(
            "Svaret är två värden för varje cell.", remedy="Markera en rad eller en kolumn."
        )
    pairs = [tuple(map(_cell, r)) if _is_pair(r) else (_cell(r), _cell(r)) for r in results]
    return tuple(pairs) if shape.columns == 1 else tuple(zip(*pairs, strict=True))


def _is_pair(result: Any) -> bool:
    return isinstance(result, tuple) and not isinstance(result, CellError)


def _cell(result: Any) -> Scalar:
    """A calculated value as a cell holds it."""
    if result is None or isinstance(result, bool | CellError):
        return result
    if isinstance(result, str):
        return str(result)
    try:
        return float(result)
    except OverflowError:
        return CellError(ErrorKind.NUM, "Svaret är för stort för en cell.")
