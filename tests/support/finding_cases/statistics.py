"""Cases of findings about figures that are fetched from a table of SCB."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from finsam_xl.model import Finding
from support import statistics as made
from support.finding_cases import Done

_ROWS: list[list[Any]] = [
    ["Medlemsavgifter 2026"],
    ["Kommun", "Invånare 16–64 år 2024", "Avgift 2026, kr"],
    ["Umeå", None, None],
    ["Vännäs", None, None],
    ["Bjurholm", None, None],
]


def _of(**cells: Any) -> Callable[[], Iterable[Finding]]:
    rows = [list(row) for row in _ROWS]
    for cell, value in cells.items():
        rows[int(cell[1:]) - 1]["ABC".index(cell[0])] = value
    return lambda: made.fetch(made.excel(), rows).findings


def _nothing() -> Iterable[Finding]:
    """Nothing is fetched, and nothing told."""
    return ()


CASES = {
    "befolkning-hamtad": Done(_nothing, _of(), "B2"),
    "befolkning-saknas": Done(_of(), _of(A4="Robertsfors"), "B4"),
    "befolkning-skriven": Done(_of(), _of(B4=7), "B4"),
}
