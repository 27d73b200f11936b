"""Months that copy the one before, and totals of rounded lines: notes."""

from __future__ import annotations

import copy
from typing import Any

from support.checked import at, of_code

Rows = list[list[Any]]
MONTHS: Rows = [
    ["Utfall 2031, kr"],
    [],
    ["Post", "jan", "feb", "mar", "apr", "maj"],
    ["Löner", 41_200, 40_900, 41_750, 41_300, 42_010],
    ["Hyra", 8_100, 8_100, 8_100, 8_100, 8_100],
    ["Resor", 910, 1_130, 2_400, 150, 770],
    ["Kurser", 3_075, 4_120, 2_660, 3_310, 1_240],
    ["Tele", 612, 588, 605, 597, 630],
    ["Fika", 412, 388, 405, 397, 450],
]
COSTS: Rows = [
    ["Kostnad per mål 2031"],
    [],
    ["Mål", "Kronor", "Tkr"],
    ["Arbete", 3_184_449, 3_184.4],
    ["Hälsa", 1_263_347, 1_263.3],
    ["Samverkan", 702_648, 702.6],
    ["Lärande", 418_249, 418.2],
    ["Summa", 5_568_693, 5_568.5],
]


def test_a_month_that_is_a_copy() -> None:
    """Four rows that otherwise vary are the month before's; the rent is innocent."""
    rows = copy.deepcopy(MONTHS)
    for row in (3, 6, 7, 8):
        rows[row][3] = rows[row][2]
    (one,) = of_code("period-kopierad", ("Blad", rows))
    assert (one.severity, one.cell) == ("info", "D4")
    assert {ref.cell for ref in one.also} >= {"D7", "D8", "D9"}
    assert "D5" not in {ref.cell for ref in one.also}


def test_months_of_their_own() -> None:
    """The same rent, and one line that happens to be the same."""
    assert of_code("period-kopierad", ("Blad", MONTHS)) == []
    rows = copy.deepcopy(MONTHS)
    rows[3][3] = rows[3][2]
    assert of_code("period-kopierad", ("Blad", rows)) == []


def test_a_total_of_rounded_lines() -> None:
    """The total in thousands is not the total in kronor, rounded."""
    (one,) = of_code("summa-av-avrundade", ("Blad", COSTS))
    assert (one.severity, *at(one)) == ("info", "C8", 5_568.5, 5_568.7, ["B8"])


def test_a_total_that_is_rounded_itself() -> None:
    """Nothing to say."""
    rows = copy.deepcopy(COSTS)
    rows[7][2] = 5_568.7
    assert of_code("summa-av-avrundade", ("Blad", rows)) == []
