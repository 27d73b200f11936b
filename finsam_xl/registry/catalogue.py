"""The functions offered in cells, all of them, how a host calls them, and why they answer so.

A reason is found in two ways, for what a host can do. One that can read a cell's formula and the
cells it points at calculates it again (:func:`explain`). One that only sees the error value
gets the last reason given for that error (:class:`Reasons`), which may have been another
cell's, and is told so.

>>> today = date(2026, 3, 1)
>>> call("FINSAM_TRAPPA", 11380, today=today).value
2057.0
>>> call("FINSAM_TRAPPA", 15001, today=today).value
CellError(kind=<ErrorKind.NA: ('#N/A', '#SAKNAS!', 2042)>, reason='regel saknas – fyll i')
>>> explain("=FINSAM_ANDEL(B2;B3)", {"B2": 5, "B3": 0}.__getitem__, today=today)
'FINSAM_ANDEL visar #DIVISION/0!: Hela är 0, så det finns ingen andel. Rätta det hela.'
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.money import exact, round_half_away
from finsam_xl.registry.answers import ANSWERS
from finsam_xl.registry.calling import Answer, call_function
from finsam_xl.registry.cell_errors import CellError, ErrorKind, error_of
from finsam_xl.registry.economy import ECONOMY
from finsam_xl.registry.entries import Argument, CellFunction, Example, Kind, Takes
from finsam_xl.registry.equity import EQUITY
from finsam_xl.registry.fees import FEES
from finsam_xl.registry.formulas import PICKED, ROUNDED, Call, Literal, Reference, calls, parse
from finsam_xl.registry.indices import INDICES
from finsam_xl.registry.targets import TARGETS
from finsam_xl.registry.telling import said

WHY = "FINSAM_VARFOR"
ReadCell = Callable[[str], Any]
"""What a reference as written in a formula holds: one value, or a range's rows."""
_KEPT = 200
_OF_A_LINE = 2
"""The arguments of INDEX where it counts along a line."""


class Reasons:
    """The last reasons of error values, by function and arguments; the oldest are forgotten."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._last: OrderedDict[tuple[str, int], tuple[CellError, ...]] = OrderedDict()

    def remember(self, name: str, raws: Sequence[Any], answer: Answer) -> None:
        """Keep the errors of an answer; one without errors is forgotten."""
        errors = answer.errors
        if not errors and name not in {known for known, _ in self._last}:
            return
        key = _key(name, raws)
        self._last.pop(key, None)
        if errors:
            self._last[key] = tuple(errors)
            if len(self._last) > self._kept:
                self._last.popitem(last=False)

    def latest(self, kind: ErrorKind) -> tuple[str, str] | None:
        """The function and the reason that last gave an error of this kind."""
        for (name, _), errors in reversed(self._last.items()):
            for error in errors:
                if error.kind is kind and error.reason:
                    return name, error.reason
        return None


def _key(name: str, raws: Sequence[Any]) -> tuple[str, int]:
    return name, hash(repr(raws))


REASONS = Reasons()
"""The last reasons of this process."""


def _why(cell: Any, *, today: date) -> str:
    """The reason as far as the cell's value, or its formula's text, tells it."""
    if isinstance(cell, str) and cell.lstrip().startswith("="):
        return explain(cell, today=today)
    error = error_of(cell)
    if error is None:
        blank = cell is None or (isinstance(cell, str) and not cell.strip())
        return "Cellen är tom." if blank else "Cellen visar ett värde och inget fel."
    if isinstance(cell, CellError) and cell.reason:
        return cell.reason
    latest = REASONS.latest(error.kind)
    if latest is None:
        return f"Cellen visar {error.kind.swedish}; ingen Finsam-funktion har gett det felet här."
    name, reason = latest
    return f"{error.kind.swedish} gavs senast av {name}: {reason}"


FUNCTIONS: tuple[CellFunction, ...] = (
    *FEES,
    *ECONOMY,
    *EQUITY,
    *TARGETS,
    *INDICES,
    *ANSWERS,
    CellFunction(
        WHY,
        "Varför en Finsam-cell visar det den visar.",
        (
            Argument(
                "cell",
                Kind.ANYTHING,
                "Cellen, eller FORMELTEXT av den där funktioner inte får läsa formler.",
                takes=Takes.ONE,
            ),
        ),
        _why,
        Example(
            '=FINSAM_VARFOR("=FINSAM_TRAPPA(15001)")',
            ("=FINSAM_TRAPPA(15001)",),
            "FINSAM_TRAPPA visar #SAKNAS!: regel saknas – fyll i",
        ),
        asks_today=True,
    ),
)
BY_NAME = {function.name: function for function in FUNCTIONS}


def call(name: str, *raws: Any, today: date, zeros_may_be_blank: bool = False) -> Answer:
    """What the function gives for raw cell values; it never raises for what a person can type.

    ``today``: its year's rules hold where no argument says another. ``zeros_may_be_blank``:
    for a host that may hand over an empty cell as 0.
    """
    function = BY_NAME.get(name.upper())
    if function is None:
        return Answer.of(CellError(ErrorKind.NAME, f"Funktionen {name} finns inte."))
    answer = call_function(function, raws, today=today, zeros_may_be_blank=zeros_may_be_blank)
    if function.name != WHY:
        REASONS.remember(function.name, raws, answer)
    return answer


def explain(
    formula: str,
    read_cell: ReadCell | None = None,
    place: tuple[int, int] | None = None,
    *,
    today: date,
) -> str:
    """Why a formula gives what it gives, calculated once more.

    ``read_cell``: what a reference in the formula holds; ``place``: row and column, from
    0, of the cell within what the formula spills.
    """
    try:
        parsed = parse(formula)
        if parsed.name in (PICKED, ROUNDED):
            place = _picked(parsed)
            parsed = parsed.arguments[0]
    except InputError as error:
        return _parts_explained(formula, read_cell, today) or str(error)
    return _call_explained(parsed, read_cell, place, today)


def _parts_explained(formula: str, read_cell: ReadCell | None, today: date) -> str:
    """Why each of our functions gives what it gives, in a formula that does more."""
    try:
        parts = calls(formula)
    except InputError:
        return ""
    told = (_call_explained(part, read_cell, None, today) for part in parts)
    return " ".join(dict.fromkeys(told))


def _call_explained(
    parsed: Call, read_cell: ReadCell | None, place: tuple[int, int] | None, today: date
) -> str:
    try:
        raws = [_value(argument, read_cell, today) for argument in parsed.arguments]
    except InputError as error:
        return str(error)
    except (LookupError, ValueError, OverflowError):
        return "Formeln pekar på celler som inte går att läsa."
    function = BY_NAME.get(parsed.name)
    if function is None:
        return f"Funktionen {parsed.name} finns inte i den här versionen."
    rows = call(parsed.name, *raws, today=today).rows
    if place is not None and place[0] < len(rows) and place[1] < len(rows[0]):
        rows = ((rows[place[0]][place[1]],),)
    return said(function, parsed, raws, [cell for row in rows for cell in row])


def evaluate(formula: str, read_cell: ReadCell, *, today: date) -> Answer | None:
    """What a formula gives now; ``None`` for one that does more than call our functions."""
    try:
        return _given(parse(formula), read_cell, today)
    except (InputError, LookupError, ValueError, OverflowError):
        return None


def _given(parsed: Call, read_cell: ReadCell, today: date) -> Answer:
    """What a call gives, and what stands around it makes of that."""
    if parsed.name not in (PICKED, ROUNDED):
        raws = [_value(node, read_cell, today) for node in parsed.arguments]
        return call(parsed.name, *raws, today=today)
    inner = _given(parsed.arguments[0], read_cell, today)
    if parsed.name == ROUNDED:
        digits = int(parsed.arguments[1].value)
        return Answer.of(tuple(tuple(_rounded(cell, digits) for cell in row) for row in inner.rows))
    row, column = _picked(parsed) or (0, 0)
    if len(inner.rows) == 1 and len(parsed.arguments) == _OF_A_LINE:
        row, column = 0, row
    return Answer.of(inner.rows[row][column])


def _picked(parsed: Call) -> tuple[int, int] | None:
    """The row and column, from 0, that INDEX picks of a line or a block; ``None``: of no INDEX."""
    if parsed.name != PICKED:
        return None
    row, *rest = (int(node.value) - 1 for node in parsed.arguments[1:])
    if row < 0 or min(rest, default=0) < 0:
        raise InputError("INDEX pekar utanför.", remedy="Skriv 1 för den första.")
    return row, rest[0] if rest else 0


def _rounded(cell: Any, digits: int) -> Any:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell
    return float(round_half_away(exact(cell), digits))


def _value(argument: Any, read_cell: ReadCell | None, today: date) -> Any:
    if isinstance(argument, Literal):
        return argument.value
    if isinstance(argument, Reference):
        if read_cell is None:
            raise InputError(
                f"Härifrån går det inte att läsa {argument.text}.",
                remedy="Se orsaken i åtgärdsfönstret eller i loggen.",
            )
        return read_cell(argument.text)
    inner = [_value(part, read_cell, today) for part in argument.arguments]
    return call(argument.name, *inner, today=today).value
