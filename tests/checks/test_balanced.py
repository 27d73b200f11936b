"""Budgets in balance, standing rows, deviations of results and parts of totals: innocent sheets."""

from __future__ import annotations

from typing import Any

import pytest

from support.checked import checked, of_code
from support.typed_sheets import F, Rows

_HEAD = ["", "Budget 2031", "Budget 2030"]


def _budget(income: tuple[int, int], label: str = "Intäkter") -> list[list[Any]]:
    """Income over its costs: in balance the first year, with a surplus of 200 the second."""
    return [
        ["Budget 2031 (tkr)"],
        [None],
        _HEAD,
        [label, *income],
        ["Personal", 1600, 1500],
        ["Insatser", 4600, 4300],
        ["Summa kostnader", F("SUM(B5:B6)", 6200), F("SUM(C5:C6)", 5800)],
        ["Resultat", F("B4-B7", income[0] - 6200), F("C4-C7", income[1] - 5800)],
    ]


@pytest.mark.parametrize("label", ["Intäkter", "Medlemsavgifter", "Anslag", "Bidrag från parterna"])
@pytest.mark.parametrize("income", [(6200, 6000), (6200, 5800), (6300, 6000)])
def test_income_above_its_costs_is_no_sum_of_them(label: str, income: tuple[int, int]) -> None:
    """Nor is it a cost that their sum leaves out."""
    assert [
        one for one in checked(("Blad", _budget(income, label))) if one.severity != "info"
    ] == []


_CASH: Rows = [
    ["Likviditetsplan 2031 (tkr)"],
    [None],
    ["", "Kv 1", "Kv 2", "Kv 3", "Kv 4", "Helår"],
    ["Ingående saldo", 2100, F("B11", 2230), F("C11", 2200), F("D11", 2560), F("B4", 2100)],
    ["Inbetalningar"],
    ["Medlemsavgifter", 1850, 1850, 1850, 1850, F("SUM(B6:E6)", 7400)],
    ["Utbetalningar"],
    ["Kansli", -420, -430, -390, -440, F("SUM(B8:E8)", -1680)],
    ["Insatser", -1300, -1450, -1100, -1600, F("SUM(B9:E9)", -5450)],
    [
        "Netto",
        *(
            F(f"{c}6+{c}8+{c}9", n)
            for c, n in zip("BCDEF", (130, -30, 360, -190, 270), strict=True)
        ),
    ],
    [
        "Utgående saldo",
        *(
            F(f"{c}4+{c}10", n)
            for c, n in zip("BCDEF", (2230, 2200, 2560, 2370, 2370), strict=True)
        ),
    ],
]


def test_what_the_year_begins_with_is_no_sum_of_quarters() -> None:
    assert [one for one in checked(("Blad", _CASH)) if one.severity != "info"] == []


_DEVIATION: Rows = [
    ["Uppföljning 2031 (tkr)"],
    [None],
    ["", "Budget 2031", "Utfall 2031", "Avvikelse"],
    ["Bidrag", 4000, 4010, F("C4-B4", 10)],
    ["Avgifter", 2000, 1990, F("C5-B5", -10)],
    ["Summa intäkter", F("SUM(B4:B5)", 6000), F("SUM(C4:C5)", 6000), F("SUM(D4:D5)", 0)],
    ["Lön", 1500, 1450, F("B7-C7", 50)],
    ["Lokal", 300, 310, F("B8-C8", -10)],
    ["Summa kostnader", F("SUM(B7:B8)", 1800), F("SUM(C7:C8)", 1760), F("SUM(D7:D8)", 40)],
    ["Resultat", F("B6-B9", 4200), F("C6-C9", 4240), F("D6+D9", 40)],
]


def test_the_deviation_of_a_result_is_its_own() -> None:
    """Favourable on both sides: what is added there is taken away in the columns beside it."""
    assert of_code("formel-avviker", ("Blad", _DEVIATION)) == []


def test_of_whom_below_the_total() -> None:
    """What stands inside the total is part of it, and not of the last line."""
    rows = [
        ["Avslut 2031 efter orsak"],
        ["Orsak", "Kvinnor", "Män", "Totalt"],
        ["Arbete", 9, 7, 16],
        ["Studier", 6, 4, 10],
        ["Flytt", 1, 1, 2],
        ["Summa", 16, 12, 28],
        ["varav till arbete eller studier", 15, 11, 26],
    ]
    assert of_code("del-storre-an-helhet", ("Avslut", rows)) == []
