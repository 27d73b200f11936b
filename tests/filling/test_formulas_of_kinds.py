"""Tables of people, shares, fees and ceilings go on with their neighbours' formulas too.

Each sheet is typed in full, with formulas; the cells named are emptied, one by one and all
together. What comes back is what stood there, as the formula that stood there.
"""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.address import position
from finsam_xl.plan import CellEdit
from support.typed_sheets import TODAY, F, P, Rows, grid

_PEOPLE: Rows = [
    ["Nya deltagare per månad 2025"],
    ["Månad", "Kvinnor", "Män", "Totalt"],
    *(
        [month, women, men, F(f"B{row}+C{row}", women + men)]
        for row, (month, women, men) in enumerate(
            [("Januari", 12, 8), ("Februari", 15, 10), ("Mars", 21, 19), ("April", 9, 14)], start=3
        )
    ),
    ["Summa", F("SUM(B3:B6)", 57), F("SUM(C3:C6)", 51), F("SUM(D3:D6)", 108)],
]
_FLOW: Rows = [
    ["Deltagare 2025"],
    ["Insats", "Ingående", "Nya", "Avslutade", "Utgående"],
    ["Steget", 30, 12, 15, F("B3+C3-D3", 27)],
    ["Vägen", 45, 20, 24, F("B4+C4-D4", 41)],
    ["Kraften", 11, 9, 6, F("B5+C5-D5", 14)],
    ["Summa", F("SUM(B3:B5)", 86), F("SUM(C3:C5)", 41), F("SUM(D3:D5)", 45), F("B6+C6-D6", 82)],
]
_UNITS: list[tuple[Any, ...]] = [
    ("Steget", 12, 8, P(0.6, "B3/D3")),
    ("Vägen", 15, 11, P(15 / 26, "B4/D4")),
    ("Kraften", 21, 19, P(0.525, "B5/D5")),
    ("Totalt", F("SUM(B3:B5)", 48), F("SUM(C3:C5)", 38), P(48 / 86, "B6/D6")),
]
_SHARES: Rows = [
    ["Deltagare 2023"],
    ["Insats", "Kvinnor", "Män", "Totalt", "Andel kvinnor"],
    *(
        [name, women, men, F(f"SUM(B{row}:C{row})", women + men), share]
        for row, (name, women, men, share) in enumerate(
            _UNITS,
            start=3,
        )
        if isinstance(women, int)
    ),
    ["Totalt", F("SUM(B3:B5)", 48), F("SUM(C3:C5)", 38), F("SUM(B6:C6)", 86), P(48 / 86, "B6/D6")],
]  # fmt: skip
_SPLIT: Rows = [
    ["Kostnadsfördelning 2023"],
    ["Kostnadsslag", "Belopp i tkr", "Procent"],
    ["Administration", 820, F("100*B3/B$6", 12.8125)],
    ["Struktur", 1230, F("100*B4/B$6", 19.21875)],
    ["Individ", 4350, F("100*B5/B$6", 67.96875)],
    ["Totalt", F("SUM(B3:B5)", 6400), F("100*B6/B$6", 100)],
]
_FEES: Rows = [
    ["Medlemsavgifter 2031, kr"],
    ["Pott", 4000000],
    ["Medlem", "Invånare", "Andel", "Avgift", "Kr per invånare"],
    ["Försäkringskassan", None, None, F("B$2/2", 2000000)],
    ["Region Norr", None, None, F("B$2/4", 1000000)],
    ["Alby kommun", 6000, P(0.6, "B6/B$9"), F("ROUND(C6*B$2/4,0)", 600000), F("D6/B6", 100)],
    ["Ekby kommun", 3000, P(0.3, "B7/B$9"), F("ROUND(C7*B$2/4,0)", 300000), F("D7/B7", 100)],
    ["Norby kommun", 1000, P(0.1, "B8/B$9"), F("ROUND(C8*B$2/4,0)", 100000), F("D8/B8", 100)],
    ["Summa kommuner", F("SUM(B6:B8)", 10000), P(1, "SUM(C6:C8)"), F("SUM(D6:D8)", 1000000)],
]
_CEILING: Rows = [
    ["Tak för eget kapital, tkr"],
    ["", 2022, 2023, 2024],
    ["Medlemsavgifter", 4000, 5000, 6000],
    [
        "Högsta eget kapital",
        *(F(f"0.2*{c}3", v) for c, v in zip("BCD", (800, 1000, 1200), strict=True)),
    ],
    ["Eget kapital", 700, 1100, 900],
    ["Utrymme upp till taket", F("B4-B5", 100), F("C4-C5", -100), F("D4-D5", 300)],
]
SHEETS: dict[str, tuple[Rows, str]] = {
    "women and men together": (_PEOPLE, "D3 D4 D6"),
    "the sums of months": (_PEOPLE, "B7 C7"),
    "who are left": (_FLOW, "E3 E4 E6"),
    "sums of a flow": (_FLOW, "B6 D6"),
    "shares in per cent": (_SHARES, "E3 E4"),
    "totals beside shares": (_SHARES, "D3 D5"),
    "per cent as numbers": (_SPLIT, "C4"),
    "fees": (_FEES, "D7"),
    "fees for each inhabitant": (_FEES, "E7"),
    "shares of fees": (_FEES, "C7"),
    "the municipalities' sum": (_FEES, "D9"),
    "a ceiling": (_CEILING, "C4"),
    "room up to a ceiling": (_CEILING, "B6 D6"),
}


def _edits(rows: Rows, emptied: list[str]) -> dict[str, CellEdit]:
    made: list[list[Any]] = [list(row) for row in rows]
    for row, column in map(position, emptied):
        old = made[row - 1][column - 1]
        made[row - 1][column - 1] = P() if isinstance(old, P) else None
    plan = actions.recompute(grid(("Blad", made)), today=TODAY, run="")
    return {edit.cell: edit for edit in plan.edits}


def _held(rows: Rows, cell: str) -> tuple[str, Any]:
    row, column = position(cell)
    one: Any = rows[row - 1][column - 1]
    return one.text, one.part if isinstance(one, P) else one.result


@pytest.mark.parametrize("name", SHEETS)
def test_each_comes_back_as_its_formula(name: str) -> None:
    """One by one, and all together."""
    rows, cells = SHEETS[name]
    for emptied in (*([cell] for cell in cells.split()), cells.split()):
        edits = _edits(rows, emptied)
        assert set(edits) == set(emptied)
        for cell, edit in edits.items():
            text, value = _held(rows, cell)
            assert edit.formula == text, cell
            assert edit.new == pytest.approx(value), cell


@pytest.mark.parametrize("name", SHEETS)
def test_figures_where_the_sheet_has_figures(name: str) -> None:
    """A colleague goes on as the sheet was begun."""
    rows, cells = SHEETS[name]
    typed = [
        [
            one.result if isinstance(one, F) else P(one.part) if isinstance(one, P) else one
            for one in row
        ]
        for row in rows
    ]
    edits = _edits(typed, cells.split())
    assert not any(edit.formula for edit in edits.values())


def test_a_formula_of_another_shape_is_not_copied() -> None:
    """Where the neighbours say different things none of them goes on."""
    rows = [list(row) for row in _PEOPLE]
    rows[2][3] = F("SUM(B3:C3)", 20)
    edit = _edits(rows, ["D5"])["D5"]
    assert (edit.formula, edit.new) == ("", 40)


def test_a_formula_that_gives_another_figure_is_not_copied() -> None:
    """A text that is a number is counted by a person and not by Excel."""
    rows = [list(row) for row in _PEOPLE]
    rows[4][1] = "21"
    edits = _edits(rows, ["D5"])
    assert "D5" not in edits or not edits["D5"].formula


def test_sums_of_people_as_formulas_when_they_are_asked_for() -> None:
    """Also where the sheet has figures."""
    typed = [[one.result if isinstance(one, F) else one for one in row] for row in _FLOW]
    typed[2][4] = typed[5][1] = None
    plan = actions.recompute(grid(("Blad", typed)), today=TODAY, run="", formulas=True)
    found = {edit.cell: (edit.formula, edit.new) for edit in plan.edits}
    assert found == {"E3": ("SUM(B3:C3)-D3", 27), "B6": ("SUM(B3:B5)", 86)}
