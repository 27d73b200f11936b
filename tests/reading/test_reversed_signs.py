"""Tables with the signs of the books, income with minus: neither read nor reported the wrong way."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl import actions
from support.sheets_of_kinds import run
from support.typed_sheets import grid

_PAYERS = [
    ["Uppföljning 2031, tkr"],
    ["", "Utfall jan–sep 2031", "Budget 2031"],
    ["Ersättning från stat", -2700, -3600],
    ["Ersättning region", -1350, -1800],
    ["Ersättning kommuner", -1350, -1800],
    ["Intäkter", -5400, -7200],
    ["Personal", 1153, 1600],
    ["Köp av insatser", 3665, 5200],
    ["Övrigt", 146, 400],
    ["Kostnader", 4964, 7200],
    ["Netto", -436, 0],
]
_TOTALS = [
    ["Budget 2031 och utfall, kr"],
    ["", "Utfall 2031", "Budget 2031"],
    ["Summa intäkter", -5400000, -5200000],
    ["Summa kostnader", 5100000, 5400000],
    ["Resultat", -300000, 200000],
]
_ACCOUNTS = [
    ["Resultatrapport, kr"],
    ["Konto", "Benämning", "Utfall 2031", "Budget 2031"],
    [3510, "Bidrag staten", -2000000, -2000000],
    [3520, "Bidrag kommuner", -1000000, -1000000],
    [4010, "Köpta tjänster, kostnad", 1480210, 2400000],
    [7010, "Personalkostnader", 771500, 800000],
    [None, "Resultat", -748290, 200000],
]


@pytest.mark.parametrize(
    "rows", [_PAYERS, _TOTALS, _ACCOUNTS], ids=["payers", "totals", "accounts"]
)
def test_income_with_minus_and_costs_without_is_told_and_not_read(rows: list[list[Any]]) -> None:
    """A lower cost would be told as worse."""
    held = grid(("Blad", rows))
    assert actions.tables(held) == []
    (unread,) = actions.unread(held)
    assert "intäkterna står med minus" in unread.why


def _turned(rows: list[list[Any]]) -> list[list[Any]]:
    return [
        [
            -cell if isinstance(cell, int) and at >= len(row) - 2 else cell
            for at, cell in enumerate(row)
        ]
        for row in rows
    ]


@pytest.mark.parametrize(
    "rows", [_PAYERS, _TOTALS, _ACCOUNTS], ids=["payers", "totals", "accounts"]
)
def test_the_same_with_the_signs_turned_is_read(rows: list[list[Any]]) -> None:
    (table,) = actions.tables(grid(("Blad", _turned(rows))))
    assert table.sign == "signed"


def test_a_deduction_among_costs_is_no_income_with_minus() -> None:
    rows: list[list[Any]] = [
        ["Kostnader 2031, tkr"],
        ["Post", "Budget 2031", "Utfall 2031"],
        ["Personalkostnader", 1600, 1553],
        ["Lokalkostnader", 240, 246],
        ["Avgår ränteintäkter", -20, -31],
        ["Summa kostnader", None, 1768],
    ]
    (table,) = actions.tables(grid(("Blad", rows)))
    assert table.sign == "positive-costs"
    assert run(*rows).edits.get("B6") in (None, 1820)
