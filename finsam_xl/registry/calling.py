"""Calling a function as a cell does: raw values in, one value or a block of values out.

Nothing a person can type makes it raise. A range gives a range of the same rows and
columns in one call; single values go with every cell of it. What cannot be calculated is
an error value with its reason, and the other cells are calculated all the same.

A call passes three modules: this one (ranges to answers), ``arguments`` (cells to values), and
the one where the function stands with its declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import chain, repeat
from typing import Any

from finsam_xl import policy
from finsam_xl.errors import InputError, PolicyError
from finsam_xl.records import NamedTuple
from finsam_xl.registry.arguments import Reader
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.entries import CellFunction, Kind, Takes
from finsam_xl.registry.ranges import Block, below_heading, blocks, check, in_rows, single

Scalar = float | bool | str | CellError | None
_AS_IT_IS = {float, bool, str, CellError, type(None)}
Value = Scalar | tuple[tuple[Scalar, ...], ...]


class Answer(NamedTuple):
    """What a cell shows: one value, or rows of values that spill from it.

    Values are numbers, truth values, texts, ``None`` for blank, and :class:`CellError`.
    ``errors``: the error values, each once, in order.
    """

    value: Value
    errors: tuple[CellError, ...] = ()

    @classmethod
    def of(cls, value: Value) -> Answer:
        """The answer with its errors looked up."""
        rows = cls(value).rows
        if CellError not in {*map(type, chain.from_iterable(rows))}:
            return cls(value)
        errors = (cell for row in rows for cell in row if type(cell) is CellError)
        return cls(value, tuple(dict.fromkeys(errors)))

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
        return tuple(dict.fromkeys(error.reason for error in self.errors))


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
        found = blocks(given, zeros_may_be_blank=zeros_may_be_blank)
        check(function, found)
        reader = Reader(zeros_may_be_blank=zeros_may_be_blank)
        return Answer.of(_answer(function, below_heading(function, found), reader, today))
    except InputError as error:
        return Answer.of(CellError(ErrorKind.VALUE, str(error)))


def _given(function: CellFunction, raws: Sequence[Any]) -> list[Any]:
    """One raw value for every argument."""
    given, known = list(raws), function.arguments
    if len(given) == len(known):
        return given
    if len(given) > len(known) or len(given) < function.required:
        raise InputError(
            f"{function.name} fick {len(given)} argument.", remedy=f"Skriv {function.signature}."
        )
    return given + [None] * (len(known) - len(given))


def _answer(function: CellFunction, found: Sequence[Block], reader: Reader, today: date) -> Value:
    shape = single(None)
    columns: list[Iterable[Any]] = []
    has_errors = False
    for argument, block in zip(function.arguments, found, strict=True):
        cells = reader.column(argument, block.cells)
        is_bad = CellError in {*map(type, cells)}
        has_errors = has_errors or (is_bad and argument.kind is not Kind.ANYTHING)
        if argument.takes is Takes.WHOLE:
            first = next(cell for cell in cells if type(cell) is CellError) if is_bad else None
            columns.append(repeat(first or block._replace(cells=cells)))
        elif block.single:
            columns.append(repeat(cells[0]))
        else:
            shape = block
            columns.append(cells)
    _check_units(reader.units)
    if function.is_dated:
        columns[-1] = _days(columns[-1], policy.current(today))
    calculate = (
        partial(function.calculate, today=today) if function.asks_today else function.calculate
    )
    if shape.single:
        one_row = [[next(iter(column))] for column in columns]
        return _shaped(function, _all_calculated(calculate, one_row, has_errors)[0])
    results = _all_calculated(calculate, columns, has_errors)
    return _spread_pairs(shape, results) if function.pair else shape.shaped(_cells(results))


def _check_units(units: set[str]) -> None:
    if len(units) > 1:
        raise InputError(
            f"Beloppen har olika enheter: {', '.join(sorted(units))}.",
            remedy="Skriv alla i samma enhet.",
        )


def _days(column: Iterable[Any], day: date) -> Iterable[Any]:
    """The days whose rules hold, ``day`` where none is named."""
    if isinstance(column, repeat):
        return repeat(next(column) or day)
    return [given or day for given in column]


def _all_calculated(
    calculate: Callable[..., Any], columns: Sequence[Iterable[Any]], has_errors: bool
) -> list[Any]:
    """The answer of every row; where one cannot be had, the next row is gone on with."""
    answers = map(partial(_unless_error, calculate) if has_errors else calculate, *columns)
    results: list[Any] = []
    while True:
        try:
            results.extend(answers)
        except (InputError, PolicyError, ArithmeticError) as error:
            results.append(_error(error))
        else:
            return results


def _unless_error(calculate: Callable[..., Any], *given: Any) -> Any:
    """The first error among the arguments, else the calculation's answer."""
    if CellError in map(type, given):
        return next(one for one in given if type(one) is CellError)
    return calculate(*given)


def _error(error: Exception) -> CellError:
    """What a cell shows where there is no answer."""
    if isinstance(error, InputError):
        return CellError(ErrorKind.VALUE, str(error))
    if isinstance(error, PolicyError):
        return CellError(ErrorKind.NA, str(error))
    return CellError(ErrorKind.NUM, "Talen är för stora eller för små för att räkna med.")


def _shaped(function: CellFunction, result: Any) -> Value:
    """A single answer, or the rows or block a calculation gives (a pair is a row of two)."""
    if isinstance(result, Block):
        return _in_rows(list(result.cells), result.columns)
    if isinstance(result, list):
        return _in_rows([*chain.from_iterable(result)], len(result[0]))
    if function.pair and type(result) is tuple:
        return (tuple(map(_cell, result)),)
    return _cell(result)


def _in_rows(results: list[Any], width: int) -> Value:
    cells = _cells(results)
    return cells[0] if len(cells) == 1 else in_rows(cells, width)


def _spread_pairs(shape: Block, results: Sequence[Any]) -> Value:
    """Two values for each cell: beside each other down a column, above each other along a row."""
    if not shape.is_line:
        raise InputError(
            "Svaret är två värden för varje cell.", remedy="Markera en rad eller en kolumn."
        )
    ends = [result if type(result) is tuple else (result, result) for result in results]
    lines = [_cells([*line]) for line in zip(*ends, strict=True)]
    return tuple(zip(*lines, strict=True)) if shape.columns == 1 else tuple(map(tuple, lines))


def _cells(results: list[Any]) -> list[Scalar]:
    """Calculated values as cells hold them: columns are mostly of one kind."""
    kinds = {*map(type, results)} - _AS_IT_IS
    if not kinds:
        return results
    with suppress(OverflowError):
        if kinds == {tuple}:
            return [one[0] / one[1] if type(one) is tuple else one for one in results]
        if kinds == {int}:
            return [float(one) if type(one) is int else one for one in results]
    return [*map(_cell, results)]


def _cell(result: Any) -> Scalar:
    """A calculated value as a cell holds it."""
    kind = type(result)
    try:
        if kind is tuple:
            return result[0] / result[1]  # type: ignore[no-any-return]
        if kind is Fraction:
            return result.numerator / result.denominator  # type: ignore[no-any-return]
        if kind in _AS_IT_IS:
            return result  # type: ignore[no-any-return]
        return str(result) if isinstance(result, str) else float(result)
    except OverflowError:
        return CellError(ErrorKind.NUM, "Svaret är för stort för en cell.")
