"""The functions offered in cells: the list, how they are called, and why they answer as they do.

Hosts' binders are made from :data:`FUNCTIONS` and hand raw cell values to :func:`call`.
Reading order: ``entries`` (what an entry holds), ``fees``, ``economy``, ``equity``, ``targets``,
``indices`` and ``answers`` (each function's call of calc, and below it what is offered),
``calling`` and ``ranges`` (one call), ``arguments`` (raw values in), ``cell_errors`` (error
values), ``formulas``, ``telling`` and ``catalogue`` (all, and why).

>>> from datetime import date
>>> today = date(2026, 3, 1)
>>> call("FINSAM_AVVIKELSE", [[12610.0], [7020.0]], [[14040.0], [None]], today=today).value
((1430.0,), (None,))
>>> call("FINSAM_ANDEL", 5, 0, today=today).value.kind.swedish
'#DIVISION/0!'
"""

from __future__ import annotations

from finsam_xl.registry.calling import Answer, Scalar, Value
from finsam_xl.registry.catalogue import BY_NAME, FUNCTIONS, REASONS, WHY, call, evaluate, explain
from finsam_xl.registry.cell_errors import CellError, ErrorKind, error_of
from finsam_xl.registry.entries import (
    CATEGORY,
    Argument,
    CellFunction,
    Example,
    Kind,
    Takes,
    Zero,
)

__all__ = [
    "BY_NAME",
    "CATEGORY",
    "FUNCTIONS",
    "REASONS",
    "WHY",
    "Answer",
    "Argument",
    "CellError",
    "CellFunction",
    "ErrorKind",
    "Example",
    "Kind",
    "Scalar",
    "Takes",
    "Value",
    "Zero",
    "call",
    "error_of",
    "evaluate",
    "explain",
]
