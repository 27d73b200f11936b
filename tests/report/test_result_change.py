"""Rapport Ändrat resultat: the documents' own years by hand, two books, and what has no year before."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.actions.questions import Against, Asked
from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.hosts.ooxml import Book
from finsam_xl.sheetplan import ColumnChart, SheetPlan
from finsam_xl.sheets.grid import Grid
from support.report_rows import rows_of
from support.typed_sheets import TODAY, Rows, grid
from support.workbooks import EXISTING

N = None


def report(book: Grid, earlier: Grid | None = None) -> SheetPlan:
    against = None if earlier is None else Against(earlier, "fjol.xlsx")
    asked = Asked(against=against)
    sheets = actions.what_if(book, today=TODAY, run="2031-12-31 20.19", asked=asked).sheets
    (plan,) = (sheet for sheet in sheets if sheet.name == "Rapport Ändrat resultat")
    return plan


def steps(plan: SheetPlan) -> list[list[Any]]:
    """The rows from the earlier result to the later."""
    rows = rows_of(plan)
    first = next(n for n, row in enumerate(rows) if row[0] == "Intäkt eller kostnad") + 1
    last = next(n for n, row in enumerate(rows[first + 1 :], first + 1) if row[0].startswith("Res"))
    return rows[first : last + 1]


def budget(year: int, *rows: list[Any]) -> Rows:
    return [
        [f"Budget {year}"],
        [],
        ["tkr", f"Budget {year}"],
        ["Intäkter"],
        *rows,
    ]


_BEFORE = budget(
    2030,
    ["Medlemsavgifter", 4000],
    ["Övriga bidrag", 200],
    ["Summa intäkter", 4200],
    ["Kostnader"],
    ["Personal", 2500],
    ["Lokaler", 300],
    ["Projekt Norr", 900],
    ["Summa kostnader", 3700],
    ["Årets resultat", 500],
)
_AFTER = budget(
    2031,
    ["Medlemsavgifter", 4100],
    ["Övriga bidrag", 150],
    ["Summa intäkter", 4250],
    ["Kostnader"],
    ["Personal", 2800],
    ["Lokal", 310],
    ["Projekt Söder", 1200],
    ["Summa kostnader", 4310],
    ["Årets resultat", -60],
)


@pytest.fixture(scope="module")
def lappland() -> SheetPlan:
    with Book(EXISTING / "sodra-lappland-budget.xlsx") as book:
        return report(book.grid)


def test_the_budget_year_against_the_year_before(lappland: SheetPlan) -> None:
    """Södra Lappland 2024: 3 752 + 300 − 4 483 = −431, and 2023: 3 752 − 4 326 = −574."""
    assert steps(lappland) == [
        ["Resultat, budget 2023", -574],
        ["ESF medel", 0, 300, 300, 2.1],
        ["Kansli och administration -personal", -1300, -1400, -100, -0.7, "Förbundschef −100"],
        ["Övriga administrativa kostnader", -391, -310, 81, 0.57, "Övrigt +81"],
        [
            "Projektkostnader", -2335, -2473, -138, -0.97,
            (
                "Verksamhetsutvecklare/Processtöd −956, Flerpartssamverkan +850, Övriga −730, "
                "En väg vidare +528 och SIKT 2.0 +170"
            ),
        ],
        ["Resultat, budget 2024", -431],
    ]  # fmt: skip


def test_the_answer_and_that_booked_equity_is_no_income(lappland: SheetPlan) -> None:
    texts = [row[0] for row in rows_of(lappland)]
    assert (
        "Resultatet går från −574 (budget 2023) till −431 tkr (budget 2024), +143: mest genom ESF "
        "medel +300, Projektkostnader −138 och Kansli och administration -personal −100."
    ) in texts
    assert (
        "Raden ”SF södra Lappland eget kapital” är förra årets eget kapital och ingår inte i "
        "resultatet."
    ) in texts


def test_the_picture_goes_from_the_one_result_to_the_other(lappland: SheetPlan) -> None:
    (chart,) = lappland.charts
    assert isinstance(chart, ColumnChart)
    texts = [text.replace("\u00a0", " ") for text in chart.texts]
    assert texts == ["−574", "● +300", "▼ −100", "● +81", "▼ −138", "−431"]


def test_two_years_of_an_income_statement() -> None:
    """Driftsredovisning 2021 of Umeåregionen, whose costs are written with minus."""
    with Book(EXISTING / "umearegionen-budget.xlsx") as book:
        found = steps(report(book.grid))
    assert [row[:4] for row in found[1:-1]] == [
        ["Bidrag/intäkt SAMO", 11483, 11504, 21],
        ["Bidrag/intäkt HFE*", 1649, 141, -1508],
        ["Kostnader SAMO", -11558, -11723, -165],
        ["Kostnader HFE*", -1557, -126, 1431],
    ]
    assert (found[0][1], found[-1][1]) == (17, -204)


_STEPS = [
    ["Resultat, budget 2030", 500],
    ["Medlemsavgifter", 4000, 4100, 100, -0.18],
    ["Övriga bidrag", 200, 150, -50, 0.09],
    ["Personal", -2500, -2800, -300, 0.54],
    ["Lokal", -300, -310, -10, 0.02, "hette ”Lokaler”"],
    ["Projekt Söder", -1200, -1200, 2.14, "inget belopp i budget 2030"],
    ["Projekt Norr", -900, 900, -1.61, "inget belopp i budget 2031"],
    ["Resultat, budget 2031", -60],
]
"""560 worse; 100 − 50 − 300 − 10 − 1 200 + 900."""


def test_two_books_with_rows_that_came_and_went() -> None:
    plan = report(grid(("Budget", _AFTER)), grid(("Budget", _BEFORE)))
    assert steps(plan) == _STEPS
    assert any(
        "Är någon av dem samma rad, ge den samma namn båda åren." in row[0] for row in rows_of(plan)
    )


def test_another_associations_book_is_told() -> None:
    ours = [["Samordningsförbundet Norr"], [], *_AFTER]
    theirs = [["Samordningsförbundet Söder"], [], *_BEFORE]
    rows = rows_of(report(grid(("Budget", ours)), grid(("Budget", theirs))))
    told = "▲ Budget 2030 gäller Samordningsförbundet Söder: jämförelsen är mellan två förbund."
    assert [told] in rows
    rows = rows_of(report(grid(("Budget", ours)), grid(("Budget", [*ours[:2], *_BEFORE]))))
    assert not any("två förbund" in str(row[0]) for row in rows)


def test_two_sheets_of_one_book() -> None:
    assert steps(report(grid(("2031", _AFTER), ("2030", _BEFORE)))) == _STEPS


def test_books_in_different_units_of_money() -> None:
    """The earlier one in kronor."""
    rows = [[row[0], *(1000 * v for v in row[1:])] if len(row) > 1 else row for row in _BEFORE[3:]]
    in_kronor = [_BEFORE[0], [], ["kr", "Budget 2030"], *rows]
    assert steps(report(grid(("Budget", _AFTER)), grid(("Budget", in_kronor)))) == _STEPS


def test_a_result_that_is_not_its_rows_leaves_a_rest() -> None:
    """500 typed as 400: 400 + 100 − 50 − 300 − 10 − 1 200 + 900 is −160, and the result −60."""
    wrong = [*_BEFORE[:-1], ["Årets resultat", 400]]
    found = steps(report(grid(("Budget", _AFTER)), grid(("Budget", wrong))))
    assert found[0][1] == 400
    assert found[-2] == ["Utöver raderna", 100, -0.22, "det som ingen rad förklarar"]


@pytest.mark.parametrize(
    ("now", "then", "remedy"),
    [
        (_BEFORE, _AFTER, "Boken har Budget 2030; den att jämföra med har Budget 2031."),
        (_BEFORE, _BEFORE, "Boken har Budget 2030; den att jämföra med har Budget 2030."),
        (_BEFORE, [["Hej"]], "Båda böckerna behöver en tabell med intäkter, kostnader"),
    ],
)
def test_what_is_no_year_before(now: Rows, then: Rows, remedy: str) -> None:
    with pytest.raises(InputError) as error:
        report(grid(("Budget", now)), grid(("Blad", then)))
    assert remedy in str(error.value.remedy)


def test_a_budget_of_one_year_alone() -> None:
    with pytest.raises(WorkbookError, match="två år att jämföra"):
        report(grid(("Budget", _BEFORE)))


def test_more_participants_and_posts_at_another_price() -> None:
    """3 700 for 100 are 37 each: 20 more are 740, and 4 310 − 3 700 − 740 is −130.

    2 500 for 4 posts are 625 each: half a post more is 312,5, and −12,5 is the price.
    """
    then = [*_BEFORE, ["Antal deltagare", 100], ["Årsarbetare", 4]]
    now = [*_AFTER, ["Antal deltagare", 120], ["Årsarbetare", 4.5]]
    rows = rows_of(report(grid(("Budget", now)), grid(("Budget", then))))
    assert [
        "Alla kostnader",
        37.0,
        35.9,
        -740,
        130,
        "100 → 120 deltagare; tillsammans −610",
    ] in rows
    assert ["Personal", 625.0, 622.2, -313, 13, "4 → 4,5 tjänster; tillsammans −300"] in rows


def test_without_a_count_in_both_years_no_price_is_told() -> None:
    then = [*_BEFORE, ["Antal deltagare", 100]]
    rows = rows_of(report(grid(("Budget", _AFTER)), grid(("Budget", then))))
    assert not any(row[0] == "Alla kostnader" for row in rows)
