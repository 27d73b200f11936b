"""What a period ends with is what the next one begins with, of years and of parts of one."""

from __future__ import annotations

import pytest

from finsam_xl import actions
from support.typed_sheets import TODAY, Rows, grid

_QUARTERS: Rows = [
    ["Likviditetsplan 2027, tkr"],
    ["", "Kv 1", "Kv 2", "Kv 3", "Kv 4"],
    ["Kassa vid kvartalets början", 1845, None, None, None],
    ["Inbetalningar"],
    ["Försäkringskassan", 910, 910, 910, 910],
    ["Regionen", 455, 455, 455, 455],
    ["Summa inbetalningar", 1365, 1365, 1365, 1365],
    ["Utbetalningar"],
    ["Löner", -398, -412, -377, -421],
    ["Insatser", -1120, -1385, -1040, -1610],
    ["Summa utbetalningar", -1518, -1797, -1417, -2031],
    ["Kvartalets kassaflöde", -153, -432, -52, -666],
    ["Kassa vid kvartalets slut", 1692, None, None, None],
]
_TO_DATE: Rows = [
    ["Uppföljning, tkr"],
    ["", "Utfall t.o.m. T2 2026", "Utfall t.o.m. T2 2027"],
    ["Ingående eget kapital", 500, None],
    ["Intäkter", 900, 900],
    ["Kostnader", 800, 850],
    ["Årets resultat", 100, 50],
    ["Utgående eget kapital", 600, None],
]


def _edits(rows: Rows) -> dict[str, object]:
    plan = actions.recompute(grid(("Blad", rows)), today=TODAY, run="")
    return {edit.cell: edit.new for edit in plan.edits}


@pytest.mark.parametrize(
    ("cell", "value"),
    [("C3", 1692), ("C13", 1260), ("D3", 1260), ("D13", 1208), ("E13", 542)],
)
def test_quarter_after_quarter(cell: str, value: int) -> None:
    """1 845 - 153 is 1 692, with which the second quarter begins."""
    assert _edits(_QUARTERS)[cell] == value


def test_what_is_so_far_goes_on_to_nothing() -> None:
    """A year begins with what the year before ended with, not with what it had in August."""
    assert "C3" not in _edits(_TO_DATE)
