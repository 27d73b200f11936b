"""Rapport Vad krävs: why the index changed since the year before, by hand, and what was paired."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.actions.questions import Against, Asked
from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.sheetplan import ColumnChart, SheetPlan
from finsam_xl.sheets.grid import Grid
from support.report_rows import rows_of
from support.typed_sheets import TODAY, Rows, grid

N = None
_HEADINGS = ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"]
_BEFORE: Rows = [
    ["1.1", "Till arbete", "andel minst", "30 %", 10, 4, 12, N, N],  # reached
    ["1.2", "Till studier", "andel minst", "50 %", 5, 5, 12, N, N],  # missed
    ["2.1", "Trygga", "andel minst", "50 %", 5, 9, 10, N, N],  # reached
]
"""15 of 20 points: 75."""
_AFTER: Rows = [
    ["1.1", "Till arbete", "andel minst", "40 %", 10, 4, 12, N, N],  # a third is no longer enough
    ["1.2", "Till studier", "andel minst", "50 %", 5, 6, 12, N, N],  # reached
    ["3.1", "Delaktiga", "andel minst", "50 %", 5, 9, 10, N, N],  # new, and 2.1 is gone
]
"""10 of 20 points: 50. Of what both years measured: 10 of 15, then 0 of 15, then 5 of 15."""


def sheet(name: str, year: int, rows: Rows, unit: str = "Team Ett") -> tuple[str, Rows]:
    return name, [[f"Social budget {year}, {unit}"], [], _HEADINGS, *rows]


def plan_of(book: Grid, asked: Asked) -> SheetPlan:
    sheets = actions.what_if(book, today=TODAY, run="2031-12-31 20.19", asked=asked).sheets
    (plan,) = (sheet for sheet in sheets if sheet.name == "Rapport Vad krävs")
    return plan


def report(book: Grid, earlier: Grid | None = None) -> SheetPlan:
    against = None if earlier is None else Against(earlier, "fjol.xlsx")
    return plan_of(book, Asked(against=against))


def told(plan: SheetPlan) -> list[list[Any]]:
    """The rows from the earlier index to the later."""
    rows = rows_of(plan)
    starts = [n for n, row in enumerate(rows) if str(row[0]).startswith("Index 20")]
    return [row for row in rows[starts[0] : starts[1] + 1] if row[0] != "Orsak och indikator"]


def test_the_causes_and_the_indicators_under_them() -> None:
    """75 → 66,7 without 2.1; 0 as 4 of 12 are under 40 %; 33,3 with 1.2; 50 with 3.1.

    33,3 − 66,7 + 8,3 would be −25,1: a tenth of −66,7 is carried, the largest of equal roundings.
    """
    book = grid(sheet("2031", 2031, _AFTER), sheet("2030", 2030, _BEFORE))
    assert told(report(book)) == [
        ["Index 2030", 75.0],
        ["Utfall", 33.3],
        ["1.2 Till studier", 33.3, "missad → nådd, vikt 5; 41,7 % (5 av 12) → 50,0 % (6 av 12)"],
        ["Mål och gränser", -66.6],
        ["1.1 Till arbete", -66.6, "minst 30 % → minst 40 %; utfallet 2030 når inte det nya"],
        ["Vikter", 0.0, "ingen vikt är ändrad så att index ändrades"],
        ["Vilka som mätts", 8.3],
        ["3.1 Delaktiga", 16.6, "ny; nådd, vikt 5"],
        ["2.1 Trygga", -8.3, "borttagen; 2030 nådd, vikt 5"],
        ["Index 2031", 50.0],
    ]


def test_two_books_say_the_same_as_two_sheets() -> None:
    both = report(grid(sheet("2031", 2031, _AFTER), sheet("2030", 2030, _BEFORE)))
    apart = report(grid(sheet("Nu", 2031, _AFTER)), grid(sheet("Då", 2030, _BEFORE)))
    assert told(both) == told(apart)


def test_the_answer_tells_what_changed() -> None:
    """0 of 15 and then 5: the index is 50, and 14 of 20 points are 70."""
    rows = rows_of(report(grid(sheet("2031", 2031, _AFTER), sheet("2030", 2030, _BEFORE))))
    assert [
        (
            "Index är 50; till målet 70 saknas 4 poäng. Det hade räckt med 1 person till i 1.1 Till "
            "arbete. Index gick från 75,0 (2030) till 50,0 (2031), −25,0: mål och gränser −66,6, "
            "utfall +33,3 och vilka som mätts +8,3."
        )
    ] in rows


def test_the_picture_goes_from_the_one_index_to_the_other() -> None:
    plan = report(grid(sheet("2031", 2031, _AFTER), sheet("2030", 2030, _BEFORE)))
    (chart,) = plan.charts
    assert isinstance(chart, ColumnChart)
    texts = [text.replace("\u00a0", " ") for text in chart.texts]
    assert texts == ["75,0", "● +33,3", "▼ −66,6", "±0", "● +8,3", "50,0"]


def test_without_a_year_before_nothing_is_said_of_it() -> None:
    plan = report(grid(sheet("2031", 2031, _AFTER)))
    assert plan.charts == ()
    assert not any("gick från" in str(row[0]) for row in rows_of(plan))


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            [["1.4", "Till arbete", *_BEFORE[0][2:]], *_BEFORE[1:]],
            "Nytt nummer, samma namn (räknas som samma indikator): 1.1 → 1.4 Till arbete.",
        ),
        (
            [["1.1", "Vidare till arbete", *_BEFORE[0][2:]], *_BEFORE[1:]],
            (
                "▲ Kan vara samma indikator, men det går inte att säga; räknas som borttagen och "
                "ny: 1.1 Till arbete → 1.1 Vidare till arbete. Ge dem samma nummer och namn båda "
                "åren om de är samma."
            ),
        ),
        (
            [["1.1", "Till arbeten", *_BEFORE[0][2:]], *_BEFORE[1:]],
            (
                "Samma nummer, nästan samma namn (räknas som samma indikator): "
                "1.1 Till arbete → Till arbeten."
            ),
        ),
        (_BEFORE[1:], "Bara 2030: 1.1 Till arbete."),
        (
            [["1.1", "Till arbete", "lägre än föregående år", N, 10, N, N, "Ja", N], *_BEFORE[1:]],
            (
                "Målet är ett annat, men utfallet 2030 går inte att pröva mot det nya; det räknas "
                "som utfall: 1.1 Till arbete."
            ),
        ),
    ],
)
def test_what_was_not_paired_is_told(rows: Rows, text: str) -> None:
    book = grid(sheet("2031", 2031, rows), sheet("2030", 2030, _BEFORE))
    assert [text] in rows_of(report(book))


def test_another_number_or_name_is_no_other_indicator() -> None:
    """Two that changed their numbers with each other, and one with a letter more."""
    rows = [
        ["1.2", "Till arbete", *_BEFORE[0][2:]],
        ["1.1", "Till studier", *_BEFORE[1][2:]],
        ["2.1", "Trygga!", *_BEFORE[2][2:]],
    ]
    shown = told(report(grid(sheet("2031", 2031, rows), sheet("2030", 2030, _BEFORE))))
    assert [row[1] for row in shown] == [75.0, 0.0, 0.0, 0.0, 0.0, 75.0]


def test_each_unit_by_itself_and_units_of_one_year() -> None:
    book = grid(
        sheet("A", 2031, _AFTER, "Team Ett"),
        sheet("B", 2031, _BEFORE, "Team Två"),
        sheet("C", 2030, _BEFORE, "Team Ett"),
        sheet("D", 2030, _BEFORE, "Team Tre"),
    )
    rows = rows_of(report(book))
    assert ["Team Ett", 75.0, 33.3, -66.6, 0.0, 8.3, 50.0, -25.0] in rows
    assert ["Enheter bara 2030: Team Tre."] in rows
    assert ["Enheter bara 2031: Team Två."] in rows


def test_a_year_without_outcomes_is_told() -> None:
    blank = [[*row[:5], N, N, N, N] for row in _BEFORE]
    book = grid(sheet("2031", 2031, _AFTER), sheet("2030", 2030, blank))
    texts = [row[0] for row in rows_of(report(book))]
    assert "Inget är mätt 2030, så det går inte att säga vad som ändrats." in texts
    nothing = [["9.9", "Annat", *_BEFORE[0][2:]]]
    book = grid(sheet("2031", 2031, _AFTER), sheet("2030", 2030, nothing))
    texts = [row[0] for row in rows_of(report(book))]
    told = "Ingen indikator är mätt båda åren, så det går inte att säga vad som ändrats."
    assert told in texts


def test_a_row_with_a_fault_is_not_called_gone() -> None:
    bad = [["1.1", "Till arbete", "andel minst", "40 %", "tio", 4, 12, N, N], *_AFTER[1:]]
    shown = told(report(grid(sheet("2031", 2031, bad), sheet("2030", 2030, _BEFORE))))
    (row,) = [row for row in shown if row[0] == "1.1 Till arbete"]
    assert row[2] == "räknas inte 2031, raden har ett fel; 2030 nådd, vikt 10"


def test_books_that_cannot_be_held_against_each_other() -> None:
    now, later = grid(sheet("Nu", 2031, _AFTER)), grid(sheet("Sen", 2032, _BEFORE))
    with pytest.raises(InputError, match="gäller 2032, som är efter 2031"):
        report(now, later)
    with pytest.raises(InputError, match="har ingen social budget att jämföra med"):
        report(now, grid(("Blad1", [["Hej"]])))
    with pytest.raises(WorkbookError):
        report(grid(("Blad1", [["Hej"]])), now)


def test_another_units_book_is_told() -> None:
    earlier = grid(sheet("Då", 2030, _BEFORE, "Samordningsförbundet Söder"))
    rows = rows_of(report(grid(sheet("Nu", 2031, _AFTER, "Samordningsförbundet Norr")), earlier))
    told = "Samordningsförbundet Söder 2030 jämförs med Samordningsförbundet Norr 2031."
    assert [told] in rows


def test_of_a_book_with_several_years_the_one_before_is_taken() -> None:
    earlier = grid(sheet("A", 2031, _AFTER), sheet("B", 2029, _BEFORE), sheet("C", 2030, _AFTER))
    shown = told(report(grid(sheet("Nu", 2031, _AFTER)), earlier))
    assert (shown[0], shown[-1]) == (["Index 2030", 50.0], ["Index 2031", 50.0])


def test_years_that_do_not_follow_each_other() -> None:
    shown = told(report(grid(sheet("Nu", 2031, _AFTER)), grid(sheet("Då", 2026, _BEFORE))))
    assert (shown[0], shown[-1]) == (["Index 2026", 75.0], ["Index 2031", 50.0])


def test_books_of_one_year_are_told_apart_by_name() -> None:
    rows = rows_of(report(grid(sheet("Nu", 2031, _AFTER)), grid(sheet("Utkast", 2031, _BEFORE))))
    assert any("Index gick från 75,0 (fjol.xlsx) till 50,0 (nu)" in str(row[0]) for row in rows)


_YEARS = ["Nr", "Indikator", "Regel", "Gräns", "Vikt"]
_BESIDE: Rows = [
    ["1.1", "Till arbete", "andel minst", "40 %", 10, 4, 12, 5, 12, N],
    ["1.2", "Till studier", "andel minst", "50 %", 5, 5, 12, 6, 12, N],
    ["2.1", "Trygga", "andel minst", "50 %", 5, N, N, N, N, "Ja"],
]


@pytest.mark.parametrize(
    ("heads", "order"),
    [
        (["Antal 2030", "Av 2030", "Antal 2031", "Av 2031"], (5, 6, 7, 8)),
        (["Antal 2031", "Av 2031", "Antal 2030", "Av 2030"], (7, 8, 5, 6)),
    ],
)
def test_the_year_before_in_columns_beside(heads: list[str], order: tuple[int, ...]) -> None:
    """0 of 15 in 2030 and 15 of 15 in 2031; 2.1 was judged in 2031, and is not taken for 2030's."""
    rows = [[*row[:5], *(row[n] for n in order), row[9]] for row in _BESIDE]
    table = [["Social budget 2031, Team Ett"], [], [*_YEARS, *heads, "Uppnått"], *rows]
    assert told(report(grid(("Mål", table)))) == [
        ["Index 2030", 0.0],
        ["Utfall", 100.0],
        ["1.1 Till arbete", 66.7, "missad → nådd, vikt 10; 33,3 % (4 av 12) → 41,7 % (5 av 12)"],
        ["1.2 Till studier", 33.3, "missad → nådd, vikt 5; 41,7 % (5 av 12) → 50,0 % (6 av 12)"],
        ["Mål och gränser", 0.0, "inget mål är ändrat så att det avgjorde"],
        ["Vikter", 0.0, "ingen vikt är ändrad så att index ändrades"],
        ["Vilka som mätts", 0.0, "inget har kommit till eller fallit bort så att index ändrades"],
        ["Index 2031", 100.0],
    ]
