"""Why a cell shows what it shows: the last reasons, and a formula calculated once more.

Two ways, for what a host can do. One that can read a cell's formula and the cells it
points at calculates it again (:func:`explained`). One that only sees the error value
gets the last reason given for that error (:class:`Reasons`), which may have been another
cell's, and is told so.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.money import exact, round_half_away, swedish
from finsam_xl.registry.calling import Answer
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.entries import CellFunction
from finsam_xl.registry.formulas import Call, Literal, Reference, parse

ReadCell = Callable[[str], Any]
"""What a reference as written in a formula holds: one value, or a range's rows."""
_KEPT = 200
_DECIMALS = 4
_MOST_REASONS = 3


class Reasons:
    """The last reasons of error values, by function and arguments; the oldest are forgotten."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._last: OrderedDict[tuple[str, int], tuple[CellError, ...]] = OrderedDict()

    def remember(self, name: str, raws: Sequence[Any], answer: Answer) -> None:
        """Keep the errors of an answer; one without errors is forgotten."""
        errors = {cell for row in answer.rows for cell in row if isinstance(cell, CellError)}
        if not errors and not self._last:
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


def explained(
    formula: str,
    read_cell: ReadCell | None,
    functions: Mapping[str, CellFunction],
    call: Callable[..., Answer],
    place: tuple[int, int] | None = None,
) -> str:
    """A sentence on what a formula gives; ``place``: row and column within what it spills."""
    try:
        parsed = parse(formula)
        raws = [_value(argument, read_cell, call) for argument in parsed.arguments]
    except InputError as error:
        return str(error)
    except (LookupError, ValueError, OverflowError):
        return "Formeln pekar på celler som inte går att läsa."
    function = functions.get(parsed.name)
    if function is None:
        return f"Funktionen {parsed.name} finns inte i den här versionen."
    rows = call(parsed.name, *raws).rows
    if place is not None and place[0] < len(rows) and place[1] < len(rows[0]):
        rows = ((rows[place[0]][place[1]],),)
    return _said(function, parsed, raws, [cell for row in rows for cell in row])


def evaluated(formula: str, read_cell: ReadCell, call: Callable[..., Answer]) -> Answer | None:
    """What a formula gives now; ``None`` for one that does more than call our functions."""
    try:
        parsed = parse(formula)
        return call(parsed.name, *(_value(node, read_cell, call) for node in parsed.arguments))
    except (InputError, LookupError, ValueError, OverflowError):
        return None


def _value(argument: Any, read_cell: ReadCell | None, call: Callable[..., Answer]) -> Any:
    if isinstance(argument, Literal):
        return argument.value
    if isinstance(argument, Reference):
        if read_cell is None:
            raise InputError(
                f"Härifrån går det inte att läsa {argument.text}.",
                remedy="Se orsaken i åtgärdsfönstret eller i loggen.",
            )
        return read_cell(argument.text)
    inner = [_value(part, read_cell, call) for part in argument.arguments]
    return call(argument.name, *inner).value


def _said(function: CellFunction, parsed: Call, raws: Sequence[Any], cells: Sequence[Any]) -> str:
    errors = [cell for cell in cells if isinstance(cell, CellError)]
    if errors:
        reasons = list(dict.fromkeys(error.reason for error in errors))
        more = f" (och {len(reasons) - _MOST_REASONS} till)" if len(reasons) > _MOST_REASONS else ""
        share = f" i {len(errors)} av {len(cells)} celler" if len(cells) > 1 else ""
        return (
            f"{function.name} visar {errors[0]}{share}: {' '.join(reasons[:_MOST_REASONS])}{more}"
        )
    if all(cell is None for cell in cells):
        return f"{function.name} är tom: {function.blank}"
    told = ", ".join(
        f"{argument.name} = {_told(node, raw)}"
        for argument, node, raw in zip(function.arguments, parsed.arguments, raws, strict=False)
    )
    gave = _shown(cells[0]) if len(cells) == 1 else f"{len(cells)} värden"
    return f"{function.name} gav {gave}. {function.help} Av {told}."


def _told(node: Any, raw: Any) -> str:
    where = f"{node.text} " if isinstance(node, Reference) else ""
    return f"{where}({_shown(raw)})" if where else _shown(raw)


def _shown(raw: Any) -> str:
    """A value the way a Swedish reader sees it, with at most four decimals."""
    if isinstance(raw, list | tuple) and not isinstance(raw, CellError):
        return f"{len(raw)} rader"
    if raw is None or raw == "":
        return "tomt"
    if isinstance(raw, bool):
        return "SANT" if raw else "FALSKT"
    if isinstance(raw, int | float) and raw - raw == 0:
        rounded = round_half_away(exact(raw), _DECIMALS)
        return swedish(rounded, max(0, -int(rounded.normalize().as_tuple().exponent)))
    return f"”{raw}”" if isinstance(raw, str) else str(raw)
