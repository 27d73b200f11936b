"""What columns say of each other, in tables of no kind that the program knows."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.checks.rules import of_columns
from support.typed_sheets import F, P, Rows, said

_VISITS: list[list[Any]] = [
    ["Plats", "Kallade", "Kom", "Närvaro"],
    ["Ekeby", 40, 31, P(0.78)],
    ["Lunda", 25, 18, P(0.72)],
    ["Tuna", 36, 21, P(0.58)],
    ["Vik", 31, 26, P(0.84)],
    ["Alla", F("SUM(B2:B5)", 132), F("SUM(C2:C5)", 96), P(0.727, "C6/B6")],
]
_STAFF: list[list[Any]] = [
    ["Enhet", "Kvinnor", "Män", "Anställda"],
    ["Norr", 4, 3, 7],
    ["Söder", 6, 1, 7],
    ["Väst", 2, 5, 7],
    ["Öst", 9, 2, 11],
    ["Totalt", F("SUM(B2:B5)", 21), F("SUM(C2:C5)", 11), F("SUM(D2:D5)", 32)],
]
_QUEUE: list[list[Any]] = [
    ["Månad", "I kö", "Inkomna", "Avgjorda", "Återstår"],
    ["jan", 12, 5, 4, 13],
    ["feb", 13, 7, 2, 18],
    ["mar", 18, 1, 9, 10],
    ["apr", 10, 6, 5, 11],
    ["maj", 11, 3, 6, 8],
    ["juni", 8, 2, 1, 9],
]
_ANSWERS: list[list[Any]] = [
    ["Fråga", "Nej", "Delvis", "Ja", "Svarande", "Andel ja"],
    ["Ett", 3, 9, 29, 41, P(0.71)],
    ["Två", 7, 11, 20, 38, P(0.53)],
    ["Tre", 2, 4, 38, 44, P(0.86)],
    ["Fyra", 5, 15, 22, 42, P(0.52)],
]
_PARTS: list[list[Any]] = [
    ["Kommun", "Andel", "Belopp"],
    ["Ekeby", P(0.45), 450],
    ["Lunda", P(0.3), 300],
    ["Tuna", P(0.15), 150],
    ["Vik", P(0.1), 100],
    ["Summa", P(1.0, "SUM(B2:B5)"), F("SUM(C2:C5)", 1000)],
]


def _with(rows: list[list[Any]], **changed: Any) -> Rows:
    new = [list(row) for row in rows]
    for cell, value in changed.items():
        new[int(cell[1:]) - 1][ord(cell[0]) - 65] = value
    return new


_SEXES_BELOW: list[list[Any]] = [
    ["Grupp", "Kv. 1", "Kv. 2", "Kv. 3", "Kv. 4"],
    ["Kvinnor", 14, 17, 11, 19],
    ["Män", 12, 9, 15, 13],
    ["Samtliga", 26, 26, 26, 32],
]
_ACROSS: list[list[Any]] = [
    ["Fråga", "Helt", "Delvis", "Inte", "Svar"],
    ["Ett", P(0.62), P(0.27), P(0.11), 45],
    ["Två", P(0.49), P(0.33), P(0.18), 45],
    ["Tre", P(0.51), P(0.29), P(0.20), 45],
    ["Fyra", P(0.7), P(0.2), P(0.1), 50],
]
_GOALS: list[list[Any]] = [
    ["Mål", "Utfall", "Gräns", "Nått"],
    ["Arbete", 51, 50, "Ja"],
    ["Studier", 27, 25, "Ja"],
    ["Hälsa", 48, 60, "Nej"],
    ["Nöjda", 94, 85, "Ja"],
]
_INDEX: list[list[Any]] = [
    ["Enhet", "Högst", "Fått", "Index"],
    *(
        [name, most, got, round(100 * got / most)]
        for name, most, got in zip("ABCD", (30, 30, 25, 40), (21, 26, 19, 12), strict=True)
    ),
]

SILENT = {
    "sexes below each other": _SEXES_BELOW,
    "shares across": _ACROSS,
    "goals reached and missed": _GOALS,
    "goals of which some are at most": [*_GOALS, ["Avbrott", 12, 15, "Ja"], ["Kö", 9, 20, "Ja"]],
    "index of points": _INDEX,
    "rows that are numbered": [["Nr", "Antal"], *([n, 5 + 3 * n % 7] for n in range(1, 9))],
    "shares of the column beside": _VISITS,
    "women, men and all": _STAFF,
    "who comes and goes": _QUEUE,
    "shares of answers": _ANSWERS,
    "parts of a whole": _PARTS,
    "shares that no columns explain": [
        ["År", "Deltagare", "Nöjda"],
        *([year, 900 + year % 7, P(0.5 + year % 5 / 10)] for year in range(1, 6)),
    ],
    "men and women of whom some are not known": [
        ["Enhet", "Kvinnor", "Män", "Deltagare"],
        ["Norr", 4, 3, 9],
        ["Söder", 6, 1, 8],
        ["Väst", 2, 5, 7],
        ["Öst", 9, 2, 14],
    ],
    "shares of women, whose total is no sum": [
        ["Enhet", "Andel kvinnor"],
        *([name, P(part)] for name, part in zip("abcd", (0.2, 0.3, 0.25, 0.3), strict=True)),
        ["Alla", P(0.26)],
    ],
    "whole per cent that are not 100 together": [
        ["Skäl", "Andel"],
        ["Arbete", P(0.33)],
        ["Studier", P(0.33)],
        ["Annat", P(0.33)],
        ["Summa", P(1.0)],
    ],
}


@pytest.mark.parametrize("rows", SILENT.values(), ids=SILENT)
def test_what_holds_is_silent(rows: Rows) -> None:
    """Columns that explain each other, and columns that nothing explains."""
    assert said(of_columns, rows) == []


def test_a_column_that_is_not_filled_in_yet_has_no_lines_to_add() -> None:
    """Its total is known before its lines are."""
    rows = [
        ["Part", 2031, 2032, 2033],
        ["Regionen", 200, 210, 220],
        ["Almby", 64, 66, None],
        ["Bodhult", 36, 39, None],
        ["Totalt", 300, 315, 330],
    ]
    assert said(of_columns, rows) == []


SPEAKS = {
    "a total of other lines": (
        [
            ["Grupp", "Antal", "Före", "Efter"],
            ["Ett", 64, 6, 27],
            ["Två", 88, 11, 39],
            ["Tre", 47, 4, 15],
            ["Alla", 199, 23, 81],
        ],
        ("delar-summa-avviker", "C5"),
    ),
    "a month that begins with others than are left": (
        _with(_QUEUE, B5=11, E5=12, B6=12, E6=9, B7=9, E7=10),
        ("flode-avviker", "B5"),
    ),
    "sexes below each other": (_with(_SEXES_BELOW, C2=8), ("kon-summa-avviker", "C2")),
    "shares across": (_with(_ACROSS, C3=P(0.4)), ("andelar-inte-hela", "B3")),
    "reached and said to be missed": (_with(_GOALS, D2="Nej"), ("uppnatt-avviker", "D2")),
    "missed and said to be reached": (_with(_GOALS, D4="Ja"), ("uppnatt-avviker", "D4")),
    "an index of other points": (_with(_INDEX, D3=77), ("andel-avviker", "D3")),
    "no whole number of answers": (
        [
            ["Fråga", "Svar", "Nöjda"],
            *([f"F{n}", 20, P(part)] for n, part in enumerate((0.75, 0.6, 0.85, 0.95, 0.4))),
            ["F9", 20, P(0.63)],
        ],
        ("procent-omojlig", "C7"),
    ),
    "a typed share of other counts": (_with(_VISITS, D3=P(0.81)), ("andel-avviker", "D3")),
    "a share of answers": (_with(_ANSWERS, F4=P(0.68)), ("andel-avviker", "F4")),
    "women and men are more": (_with(_STAFF, C4=8), ("kon-summa-avviker", "B4")),
    "those who remain": (_with(_QUEUE, E4=12), ("flode-avviker", "E4")),
    "parts of more than a whole": (
        _with(_PARTS, B4=P(0.2), B6=P(1.05, "SUM(B2:B5)"), C4=150),
        ("andel-avviker", "B4"),
    ),
    "parts alone of more than a whole": (
        [
            ["Kommun", "Andel"],
            *([name, P(0.2, "1/5")] for name in "abcd"),
            ["e", P(0.25)],
            ["Summa", P(1.05, "SUM(B2:B6)")],
        ],
        ("andelar-inte-hela", "B6"),
    ),
}


@pytest.mark.parametrize(("rows", "wanted"), SPEAKS.values(), ids=SPEAKS)
def test_what_one_row_breaks_is_told(rows: Rows, wanted: tuple[str, str]) -> None:
    """One row apart where the others hold."""
    assert ("warning", *wanted) in said(of_columns, rows)


def test_shares_cut_off_are_a_note() -> None:
    """Every share rounds down here, so nothing tells that one of them is wrong."""
    rows = [
        ["Fråga", "Ja", "Svarande", "Andel"],
        ["Ett", 29, 41, P(0.7)],
        ["Två", 20, 37, P(0.54)],
        ["Tre", 38, 44, P(0.86)],
        ["Fyra", 31, 42, P(0.73)],
    ]
    assert said(of_columns, rows) == [("info", "andel-avhuggen", "D2")]


def test_figures_that_go_up_by_one_are_a_note() -> None:
    """Four of a column of other figures, and none where all rows are numbered."""
    rows = [["Månad", "Nya"], *([f"m{n}", v] for n, v in enumerate((4, 9, 2, 3, 4, 5, 1, 7)))]
    assert said(of_columns, rows) == [("info", "serie-ifylld", "B4")]


_COSTS: list[list[Any]] = [
    ["Konto", "jan", "feb", "mar", "apr", "maj"],
    ["Lön", 30120, 31415, 30880, 32004, 31377],
    ["Hyra", 9000, 9000, 9000, 9000, 9000],
    ["El", 812, 764, 655, 590, 512],
    ["Resor", 1204, 310, 2250, 987, 1440],
    ["Kurser", 4100, 150, 2800, 3333, 720],
    ["Tele", 411, 398, 402, 417, 405],
]


def test_a_month_copied_from_the_one_before_is_a_note() -> None:
    """Four figures that otherwise vary; the same rent every month is none of them."""
    assert said(of_columns, _COSTS) == []
    changed = _with(_COSTS, E2=30880, E4=655, E5=2250, E6=2800)
    assert said(of_columns, changed) == [("info", "period-kopierad", "E2")]
