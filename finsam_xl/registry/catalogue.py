"""The functions offered in cells, all of them, and how a host calls them by name.

>>> today = date(2026, 3, 1)
>>> call("FINSAM_TRAPPA", 11380, today=today).value
2057.0
>>> call("FINSAM_TRAPPA", 15001, today=today).value
CellError(kind=<ErrorKind.NA: ('#N/A', '#SAKNAS!', 2042)>, reason='regel saknas – fyll i')
>>> explain("=FINSAM_ANDEL(B2;B3)", {"B2": 5, "B3": 0}.__getitem__, today=today)
'FINSAM_ANDEL visar #DIVISION/0!: Hela är 0, så det finns ingen andel. Rätta det hela.'
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from finsam_xl.registry.budget_functions import BUDGET
from finsam_xl.registry.calling import Answer, call_function
from finsam_xl.registry.cell_errors import CellError, ErrorKind, error_of
from finsam_xl.registry.entries import Argument, CellFunction, Example, Kind, Takes
from finsam_xl.registry.equity_functions import EQUITY
from finsam_xl.registry.explaining import ReadCell, Reasons, evaluated, explained
from finsam_xl.registry.goal_functions import GOALS

WHY = "FINSAM_VARFOR"
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
    *BUDGET,
    *EQUITY,
    *GOALS,
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
        dated=True,
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
        return Answer(CellError(ErrorKind.NAME, f"Funktionen {name} finns inte."))
    answer = call_function(function, raws, today=today, zeros_may_be_blank=zeros_may_be_blank)
    if function.name != WHY:
        REASONS.remember(function.name, raws, answer)
    return answer


def evaluate(formula: str, read_cell: ReadCell, *, today: date) -> Answer | None:
    """What a formula with our functions gives now; ``None`` where it cannot be followed."""
    return evaluated(formula, read_cell, partial(call, today=today))


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
    return explained(formula, read_cell, BY_NAME, partial(call, today=today), place)
