"""Reading the arguments of a call: whatever a host may send, as what the calculation takes.

One place for all hosts. Blank is ``None``, '' or spaces, and is never zero. Numbers are
made exact; texts are read the way Swedish offices write figures; errors pass through.

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

from collections.abc import Sequence
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.money import parse_number
from finsam_xl.registry import kinds
from finsam_xl.registry.cell_errors import CellError, ErrorKind, error_of
from finsam_xl.registry.entries import Argument, Kind, Zero
from finsam_xl.registry.raw_values import is_zero
from finsam_xl.words.units import KRONOR

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
