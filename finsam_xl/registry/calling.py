"""Calling a function as a cell does: raw values in, one value or a block of values out.

Nothing a person can type makes it raise. A range gives a range of the same rows and
columns in one call; single values go with every cell of it. What cannot be calculated is
an error value with its reason, and the other cells are calculated all the same.

Arguments are read in one place for all hosts. Blank is ``None``, '' or spaces, and is never zero.
Numbers are made exact; texts are read the way Swedish offices write figures; errors pass through.

Some versions of Excel hand over an empty cell as 0. A 0 is therefore read as left out
where nobody means it (a limit, a date), and a host that cannot tell says so with
``zeros_may_be_blank``: then a 0 is refused where it and a blank give different answers.

>>> reader = Reader()
>>> amount = Argument("belopp", Kind.AMOUNT, "Beloppet.")
>>> reader.column(amount, [11540.0, "11 540", "82,36 %", None, ""])
[11540, 11540, Fraction(2059, 2500), None, None]
>>> reader.cell(amount, "tolv").reason
'Belopp: ”tolv” är inget tal. Skriv ett tal, till exempel 11 540 eller 82,36.'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from itertools import repeat
from typing import Any

from finsam_xl.errors import InputError, PolicyError
from finsam_xl.money import parse_number
from finsam_xl.records import NamedTuple
from finsam_xl.registry import kinds
from finsam_xl.registry.cell_errors import CellError, ErrorKind, error_of
from finsam_xl.registry.entries import Argument, CellFunction, Kind, Takes, Zero
from finsam_xl.registry.kinds import is_zero
from finsam_xl.registry.ranges import Block, below_heading, blocks, check, single
from finsam_xl.words.units import KRONOR

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


_NUMBERS = (Kind.AMOUNT, Kind.COUNT)
_NOT_MEASURED = (Kind.TRUTH, Kind.MEASURED)


class Reader:
    """Reads the arguments of one call, and keeps the units that amounts were written in."""

    def __init__(self, *, zeros_may_be_blank: bool = False) -> None:
        self.zeros_may_be_blank = zeros_may_be_blank
        self.units: set[str] = set()

    def column(self, argument: Argument, raws: Sequence[Any]) -> list[Any]:
        """Every cell of an argument; one that is unusable becomes a :class:`CellError`."""
        if len(raws) == 1:
            return [self.cell(argument, raws[0])]
        if argument.kind not in _NUMBERS or argument.zero is not Zero.NUMBER:
            return [self.cell(argument, raw, place) for place, raw in enumerate(raws, start=1)]
        return [
            # Most of a column is whole numbers: those need none of the questions.
            int(raw)
            if type(raw) is float and raw >= 0 and raw.is_integer()
            else self.cell(argument, raw, place)
            for place, raw in enumerate(raws, start=1)
        ]

    def cell(self, argument: Argument, raw: Any, place: int = 0) -> Any:
        """One cell of an argument; ``place``: its number in the range, 0 for a cell alone."""
        if raw is None or argument.kind is Kind.ANYTHING:
            return raw
        if isinstance(raw, str) and not raw.strip():
            return None
        error = error_of(raw)
        if error is None:
            return self._usable(argument, raw, place)
        if error.kind is ErrorKind.NA and argument.kind in _NOT_MEASURED:
            return None
        return error._replace(reason=f"{_where(argument, place)}: {error.reason}")

    def _usable(self, argument: Argument, raw: Any, place: int) -> Any:
        try:
            if argument.zero is not Zero.NUMBER and is_zero(raw):
                return self._zero(argument)
            if argument.kind in kinds.PLAIN:
                return kinds.PLAIN[argument.kind](raw)
            if isinstance(raw, str) and not argument.unit:
                self._note_unit(raw)
            return kinds.BY_ARGUMENT[argument.kind](raw, argument)
        except InputError as error:
            said = f"{_where(argument, place)}: {error.what} {error.remedy}"
            return CellError(ErrorKind.VALUE, said.rstrip())
        except ArithmeticError:
            return CellError(ErrorKind.NUM, f"{_where(argument, place)}: Talet är för stort.")

    def _note_unit(self, text: str) -> None:
        figure = parse_number(text)
        if figure is not None and figure.unit in KRONOR:
            self.units.add(figure.unit)

    def _zero(self, argument: Argument) -> Any:
        if argument.zero is Zero.LEFT_OUT:
            return None
        is_truth = argument.kind is Kind.TRUTH
        if self.zeros_may_be_blank:
            remedy = (
                "Skriv Ja, Nej eller Ej mätt." if is_truth else "Skriv 0 kr om det verkligen är 0."
            )
            raise InputError("0 går här inte att skilja från en tom cell.", remedy=remedy)
        return False if is_truth else 0


def _where(argument: Argument, place: int) -> str:
    name = argument.name.replace("_", " ").capitalize()
    return f"{name} nr {place}" if place else name
