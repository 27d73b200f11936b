"""The arguments of a call, read in one place for all hosts: cells in, exact values out.

Blank is ``None``, '' or spaces, or a dash, and is never zero. Numbers are made exact; texts are
read the way Swedish offices write figures; errors pass through.

Some versions of Excel hand over an empty cell as 0. A 0 is therefore read as left out
where nobody means it (a limit, a date), and a host that cannot tell says so with
``zeros_may_be_blank``: then a 0 is refused where it and a blank give different answers.

>>> reader = Reader()
>>> amount = Argument("belopp", Kind.AMOUNT, "Beloppet.")
>>> reader.column(amount, [11540.0, "11 540", "82,36 %", None, "–"])
[11540, 11540, Fraction(2059, 2500), None, None]
>>> reader.cell(amount, "tolv").reason
'Belopp: ”tolv” är inget tal. Skriv ett tal, till exempel 11 540 eller 82,36.'
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.money import all_terms, exact, exacts, parse_number, plain, plain_floats
from finsam_xl.registry.cell_errors import HIGHEST_ERROR, CellError, ErrorKind, error_of
from finsam_xl.registry.entries import Argument, Kind, Zero
from finsam_xl.registry.one_cell import READ
from finsam_xl.words.amounts import is_dash, is_no_amount
from finsam_xl.words.units import KRONOR

_NUMBERS = (Kind.AMOUNT, Kind.COUNT, Kind.KEY)
_PLAIN_NUMBERS = (*_NUMBERS, Kind.MEASURED)
_FLOAT_OR_INT = {float, int}
_KNOWN = {int, Fraction}
_NONE, _TEXT = type(None), {str}
_HUGE = 2**53
"""From here on a float is not every whole number, and is read by its figures."""
_NOT_MEASURED = (Kind.TRUTH, Kind.MEASURED)


class Reader:
    """Reads the arguments of one call, and keeps the units that amounts were written in."""

    def __init__(self, *, zeros_may_be_blank: bool = False) -> None:
        self.zeros_may_be_blank = zeros_may_be_blank
        self.units: set[str] = set()

    def column(self, argument: Argument, raws: Sequence[Any]) -> list[Any]:
        """Every cell of an argument; one that is unusable becomes a :class:`CellError`."""
        numbers = _plainly(argument, raws)
        if numbers is None:
            cells = self._cells(argument, raws)
            return [*map(_terms, cells)] if argument.in_terms else cells
        read: list[Any] = all_terms(numbers) if argument.in_terms else exacts(numbers)
        if len(read) == len(raws):
            return read
        following = iter(read)
        return [None if raw is None else next(following) for raw in raws]

    def _cells(self, argument: Argument, raws: Sequence[Any]) -> list[Any]:
        """The same, each cell looked at by itself."""
        if len(raws) == 1:
            return [self.cell(argument, raws[0])]
        if argument.kind is Kind.ANYTHING:
            return list(raws)
        return (self._numbers if argument.kind in _NUMBERS else self._words)(argument, raws)

    def _numbers(self, argument: Argument, raws: Sequence[Any]) -> list[Any]:
        """A column of numbers, texts and blanks: most of them need none of the questions."""
        lowest = _lowest(argument)
        asks_zero = argument.zero is not Zero.NUMBER
        found: list[Any] = []
        for place, raw in enumerate(raws, start=1):
            kind = type(raw)
            value = raw
            if kind is float or kind is int:
                if not lowest <= raw < _HUGE or (asks_zero and not raw):
                    value = self.cell(argument, raw, place)
                elif kind is float:
                    value = int(raw) if raw.is_integer() else exact(raw)
            elif raw is not None:
                value = (kind is str and plain(raw)) or self.cell(argument, raw, place)
            found.append(value)
        return found

    def _words(self, argument: Argument, raws: Sequence[Any]) -> list[Any]:
        """A column of words and limits, of which each stands there many times and is read once."""
        # True and 1 are one key of a dictionary, and are not read alike.
        keys = list(zip(map(type, raws), raws, strict=True)) if bool in {*map(type, raws)} else raws
        try:
            once = dict(zip(keys, raws, strict=True))
        except TypeError:  # rows within rows are no keys
            return [self.cell(argument, raw, place) for place, raw in enumerate(raws, start=1)]
        known = {key: self.cell(argument, raw, 1) for key, raw in once.items()}
        found = [*map(known.__getitem__, keys)]
        if CellError not in {*map(type, known.values())}:
            return found
        return [
            self.cell(argument, raw, place) if type(value) is CellError else value
            for place, (raw, value) in enumerate(zip(raws, found, strict=True), start=1)
        ]

    def cell(self, argument: Argument, raw: Any, place: int = 0) -> Any:
        """One cell of an argument; ``place``: its number in the range, 0 for a cell alone."""
        if raw is None or argument.kind is Kind.ANYTHING:
            return raw
        if isinstance(raw, str) and _says_nothing(raw, argument):
            return None
        error = error_of(raw)
        if error is None:
            return self._usable(argument, raw, place)
        if error.kind is ErrorKind.NA and argument.kind in _NOT_MEASURED:
            return None
        return error._replace(reason=f"{_where(argument, place)}: {error.reason}")

    def _usable(self, argument: Argument, raw: Any, place: int) -> Any:
        try:
            if argument.zero is not Zero.NUMBER and _is_zero(raw):
                return self._zero(argument)
            if isinstance(raw, str) and argument.kind in _NUMBERS and not argument.unit:
                self._note_unit(raw)
            return READ[argument.kind](raw, argument)
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


def _plainly(argument: Argument, raws: Sequence[Any]) -> Sequence[float] | None:
    """The numbers of a column that holds only numbers, or only texts of such, and blanks.

    ``None`` where something else stands: the column is then read cell by cell.
    """
    if len(raws) == 1 or argument.kind not in _PLAIN_NUMBERS:
        return None
    kinds = {*map(type, raws)}
    if _NONE in kinds:
        kinds.discard(_NONE)
        raws = [raw for raw in raws if raw is not None]
    numbers = None
    if kinds == _TEXT and argument.kind in _NUMBERS:
        numbers = plain_floats(raws)
    elif kinds and kinds <= _FLOAT_OR_INT and _are_plain(argument, raws):
        numbers = [*raws]
    is_asked = numbers and argument.zero is not Zero.NUMBER and 0 in numbers
    return None if is_asked else numbers


def _are_plain(argument: Argument, numbers: Sequence[float]) -> bool:
    """Whether numbers are read as they stand: they are no errors, and not below the lowest."""
    if not (min(numbers) >= _lowest(argument) and max(numbers) < _HUGE):
        return False
    # NaN may hide from both, since it is above and below nothing, but it stays in a sum.
    together = sum(numbers)
    return together - together == 0


def _terms(value: Any) -> Any:
    """A number as two whole numbers; blanks and errors as they are."""
    return value.as_integer_ratio() if type(value) in _KNOWN else value


def _lowest(argument: Argument) -> int:
    """What a number must be at least, for it to be neither negative where none is nor an error."""
    return 0 if argument.kind is Kind.COUNT else HIGHEST_ERROR + 1


def _where(argument: Argument, place: int) -> str:
    name = argument.name.replace("_", " ").capitalize()
    return f"{name} nr {place}" if place else name


def _says_nothing(text: str, argument: Argument) -> bool:
    """Whether a text stands where nothing does: spaces, a dash; where amounts stand, "inga"."""
    if not text.strip() or is_dash(text):
        return True
    return argument.kind is Kind.AMOUNT and is_no_amount(text)


def _is_zero(raw: Any) -> bool:
    """Whether a cell holds the number 0; FALSE is no number."""
    return not isinstance(raw, bool) and isinstance(raw, int | float) and raw == 0
