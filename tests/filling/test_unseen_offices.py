"""Sheets of offices that nobody here had seen: what is never written, and what is, by kind.

Every figure was worked out by hand. In a budget in balance the costs are as large as the incomes,
so that a sum of costs may look like the sum of the incomes above it.
"""

from __future__ import annotations

from typing import Any

import pytest

from support.sheets_of_kinds import F, run

_PAYERS = [["Staten", 1850, 1850], ["Regionen", 925, 925], ["Kommunerna", 925, 925]]
_COSTS = [
    ["Administration", 900, 896],
    ["Förbundschef", 780, 765],
    ["Ekonomitjänst", 120, 131],
    ["Insatser", 2800, 2434],
]
_HEAD = ["Tkr", "Budget 2031", "Utfall 2031"]


def _first(costs: Any, *, income: Any = 3700) -> list[list[Any]]:
    """Totals that stand before their lines; the outcome's costs are 3 330."""
    totals = ["Intäkter totalt", income, income], ["Kostnader totalt", 3700, costs]
    return [["Läget 2031"], _HEAD, totals[0], *_PAYERS, totals[1], *_COSTS]


@pytest.mark.parametrize(
    ("sheet", "cell", "right"),
    [
        (_first(None), "C7", 3330),
        (_first(None, income=None), "C7", 3330),
        ([*_first(None), ["Resultat", 0, None]], "C7", 3330),
        ([*_first(3330), ["Resultat", None, None]], "C12", 370),
    ],
    ids=["costs", "both totals", "costs and result", "result"],
)
def test_a_total_before_its_lines_is_not_the_sum_of_those_above(
    sheet: list[list[Any]], cell: str, right: int
) -> None:
    """The incomes above are 3 700 in both columns, as the budgeted costs are."""
    assert run(*sheet).edits.get(cell) in (None, right)


def test_blank_totals_that_stand_first_leave_every_total_open() -> None:
    sheet = _first(None, income=None)
    sheet[6] = ["Kostnader totalt", None, None]
    assert not {"B3", "C3", "B7", "C7"} & run(*sheet).edits.keys()


def test_formulas_say_that_totals_stand_first() -> None:
    """A head of heads keeps its lines: they are not taken off once more in the result."""
    rows: list[list[Any]] = [
        ["Läget 2031"],
        _HEAD,
        ["Intäkter totalt", F("SUM(B4:B6)", 3700), F("SUM(C4:C6)", 3700)],
        *_PAYERS,
        ["Kostnader totalt", F("B8+B11", 3700), F("C8+C11", 3330)],
        ["Administration", F("SUM(B9:B10)", 900), F("SUM(C9:C10)", 896)],
        *_COSTS[1:3],
        ["Insatser", F("SUM(B12:B13)", 2800), F("SUM(C12:C13)", 2434)],
        ["Vägval", 1100, 1015],
        ["Samverkan", 1700, 1419],
        ["Resultat", None, None],
    ]
    edits = run(*rows).edits
    assert {edits.get("B14"), edits.get("C14")} <= {None, 0, 370, "=B3-B7", "=C3-C7"}


@pytest.mark.parametrize(
    "label",
    [
        "Behållning vid månadens slut",
        "Pengar vid månadens utgång",
        "Kvar på kontot i månadens början",
        "Medel vid periodens slut",
    ],
)
def test_what_there_is_at_a_time_has_no_sum(label: str) -> None:
    rows: list[list[Any]] = [
        ["Likviditet 2031 (kr)"],
        ["Månad", "Inbetalt", "Utbetalt", "Netto", label],
        ["januari", 500000, 410250, None, 1294050],
        ["februari", 0, 398000, None, 896050],
        ["mars", 0, 402118, None, 493932],
        ["april", 1500000, 433900, None, 1560032],
        ["Summa", 2000000, 1644268, None, None],
    ]
    assert "E7" not in run(*rows).edits


def _plan(*, whole: float | None = 1) -> list[list[Any]]:
    return [
        ["Flerårsbudget 2031–2032, tkr"],
        [None, 2031, "%", 2032, "%"],
        ["Individinsatser", 3900, 0.6468, 4000, 0.6462],
        ["Strukturinsatser", 600, 0.0995, 620, 0.1002],
        ["Kansli", 1350, 0.2239, 1390, 0.2246],
        ["Styrelse", 180, 0.0299, 180, 0.0291],
        ["Kostnader", 6030, whole, 6190, whole],
        ["Medlemsavgifter", 5800, None, 5900, None],
        ["Ur eget kapital", 230, None, 290, None],
        ["Eget kapital vid årets slut", 1470, None, 1180, None],
    ]


@pytest.mark.parametrize("whole", [1, None])
def test_what_stands_below_the_whole_is_no_share_of_it(whole: float | None) -> None:
    """Neither fees nor a result are shares of the costs, nor of a result below them."""
    edits = run(*_plan(whole=whole)).edits
    assert not {f"{column}{row}" for column in "CE" for row in (8, 9, 10)} & edits.keys()


@pytest.mark.parametrize(
    "name", ["Totalt", "Pott", "Summa att fördela", "Kommunernas andel (25 %)"]
)
def test_the_fees_of_another_year_are_no_split_of_this_years_pot(name: str) -> None:
    whole = 1300000 if name.startswith("Kommun") else 5200000
    rows: list[list[Any]] = [
        ["Medlemsavgifter 2032"],
        [name, whole],
        [],
        ["Kommun", "Invånare 16-64 år", "Andel", "Avgift 2032, kr", "Avgift 2031, kr"],
        ["Tingvik", 32000, 0.5, 650000, None],
        ["Lessby", 16000, 0.25, 325000, None],
        ["Alvö", 12000, 0.1875, 243750, None],
        ["Uppvik", 4000, 0.0625, 81250, None],
        ["Summa", 64000, 1, 1300000, None],
    ]
    assert not {f"E{row}" for row in range(5, 10)} & run(*rows).edits.keys()


@pytest.mark.parametrize(
    "heading", ["Kostnad/plats, tkr", "Tkr/plats", "Kostnad/deltagare", "Kr/person"]
)
def test_so_much_of_each_written_with_a_stroke_has_no_sum(heading: str) -> None:
    rows: list[list[Any]] = [
        ["Budget per insats 2031"],
        ["Insats", "Budget, tkr", "Antal platser", heading],
        ["Spåret", 1200, 40, 30],
        ["Ankaret", 900, 25, 36],
        ["Bryggan", 650, 20, 32.5],
        ["Steget", 450, 15, 30],
        ["Summa", 3200, 100, None],
    ]
    assert "D7" not in run(*rows).edits
    full = [*rows[:-1], ["Summa", 3200, 100, 32]]
    assert [f.code for f in run(*full).findings if f.cell == "D7"] == []


def test_a_year_of_its_own_left_of_the_names_is_filled_in() -> None:
    rows: list[list[Any]] = [
        ["Budget 2031", "Utfall 2031", "Avv 2031", "tkr", "Budget 2030", "Utfall 2030", "Avv 2030"],
        [4800, 4800, 0, "Medlemsavgifter", 4700, 4700, 0],
        [0, 31, 31, "Räntor", 0, 44, 44],
        [4800, 4831, None, "Summa intäkter", 4700, 4744, 44],
        [1350, 1322, 28, "Kansli", 1300, 1311, -11],
        [3500, 3360, 140, "Insatser", 3400, 3290, 110],
        [4850, None, 168, "Summa kostnader", 4700, 4601, 99],
        [-50, 149, 199, "Resultat", 0, 143, 143],
    ]
    edits = run(*rows).edits
    assert (edits["C4"], edits["B7"]) == (31, 4682)


@pytest.mark.parametrize("label", ["Budget ack.", "Plan acc", "Budget (ack)", "Utfall ackumulerat"])
def test_what_has_come_so_far_by_month_has_no_sum(label: str) -> None:
    rows: list[list[Any]] = [
        ["Resultat per månad 2031 (tkr)"],
        ["", "Jan", "Feb", "Mar", "Summa"],
        ["Intäkter", 450, 450, 450, 1350],
        ["Kostnader", -380, -402, -371, -1153],
        ["Resultat", 70, 48, 79, 197],
        [label, 10, 20, 30, None],
    ]
    assert "E6" not in run(*rows).edits
