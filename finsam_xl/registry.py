"""The functions offered in cells, on one page: name, calculation, arguments and help.

The hosts' bindings are made from this list.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from finsam_xl.calc import impact_index


class CellFunction(NamedTuple):
    """One function as typed in a cell; ``calculate`` is never decorated, hosts wrap it."""

    name: str
    calculate: Callable[..., Any]
    arguments: tuple[str, ...]
    help: str


FUNCTIONS = (
    CellFunction(
        "FINSAM_IMPACTINDEX",
        impact_index.index,
        ("vikter", "uppnått"),
        "Det officiella indexet, oavrundat: 100 × uppnådda poäng / högsta möjliga.",
    ),
    CellFunction(
        "FINSAM_FARG",
        impact_index.colour,
        ("index", "mål", "nära"),
        "”grön”, ”orange” eller ”röd” efter det avrundade indexet.",
    ),
)
