"""What the wrappers in an xlwings Lite workbook, and on an xlwings Server, call.

A cell's values in, a cell's value out; a button's name and the workbook in, a sentence
out. Nothing is calculated here.

>>> calculate("FINSAM_ANDEL", [[247.0]], [[319.0]])
0.774294670846395
>>> calculate("FINSAM_ANDEL", [[247.0], [1.0]], [[319.0], [0.0]])
FINSAM_ANDEL: Hela är 0, så det finns ingen andel. Rätta det hela.
[[0.774294670846395], ['#DIV/0!']]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from finsam_xl import __version__, registry
from finsam_xl.errors import FinsamError
from finsam_xl.plan import ANSWER_NAME
from finsam_xl.registry import CellError, ErrorKind, Scalar

_SHOWABLE = (
    ErrorKind.DIV0,
    ErrorKind.NA,
    ErrorKind.NAME,
    ErrorKind.NULL,
    ErrorKind.NUM,
    ErrorKind.REF,
    ErrorKind.VALUE,
)
"""The errors that Office.js can be given; it would show another one as text."""
_MOST_REASONS = 3
_BROKEN = (
    "Något gick fel i programmet, och inget i arbetsboken är ändrat. Visa texten nedan för den "
    "som förvaltar Finsam hos er."
)
_said: list[str] = []


def calculate(name: str, *cells: Any) -> Any:
    """What a function shows in its cell or cells; why it shows an error is printed."""
    answer = registry.call(name, *cells, today=now().date(), zeros_may_be_blank=True)
    reasons = answer.reasons
    if reasons:
        _say([f"{name}: {reason}" for reason in reasons])
    value = answer.value
    if isinstance(value, tuple) and not isinstance(value, CellError):
        if not reasons:
            return [*map(list, value)]
        return [[_shown(one) for one in row] for row in value]
    return _shown(value)


def _say(reasons: Sequence[str]) -> None:
    """Print why, in the task pane; a column of cells with the same error says it once."""
    shown = [*reasons[:_MOST_REASONS]]
    if shown != _said:
        _said[:] = shown
        print("\n".join(shown))


def _shown(value: Any) -> Scalar:
    if isinstance(value, CellError):
        return (value.kind if value.kind in _SHOWABLE else ErrorKind.VALUE).english
    return value  # type: ignore[no-any-return]


async def run(name: str, book: Any) -> None:
    """Do what a button says, and tell in Swedish what changed and where to look."""
    try:
        answer = await answered(name, book)
    except Exception:
        print(_BROKEN)  # a host's own report of the fault follows
        raise
    print(answer)
    if ANSWER_NAME in [known.name for known in book.names]:
        book.names[ANSWER_NAME].refers_to_range.value = answer
    elif sys.platform != "emscripten":
        book.app.alert(answer, title="Finsam")


async def answered(name: str, book: Any) -> str:
    """Do what a button says; what is told is the answer, also why nothing could be done."""
    from finsam_xl.hosts.excel import fetch
    from finsam_xl.hosts.excel.clicking import clicked

    moment = now()
    try:
        # Only Lite can be asked while a script runs; a server has what it was sent.
        known = await fetch(book) if sys.platform == "emscripten" else None
        return clicked(name, book, moment, __version__, known=known)
    except FinsamError as error:
        return str(error)


def now() -> datetime:
    """The time on the user's computer."""
    return datetime.now().astimezone()
