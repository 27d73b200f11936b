"""Which follow-up is reported: the latest, or the one that is asked for, and what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from finsam_xl import actions
from finsam_xl.actions.followups import chosen
from finsam_xl.cli import commands
from finsam_xl.errors import FinsamError, InputError, WorkbookError
from finsam_xl.hosts.ooxml import Book
from finsam_xl.periods import Period
from finsam_xl.reading import book as reading
from finsam_xl.reading.followup_columns import columns_of, made_at
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid
from support.practice import FOLDER
from support.typed_sheets import grid
from support.workbooks import copy

FOLLOWED = FOLDER / "officer" / "Uppföljning 2026.xlsx"
DAY = date(2026, 11, 25)
Row = Sequence[str | float | None]

TWO_IN_ONE: list[Row] = [
    ("Uppföljning 2025, tkr",),
    (),
    ("", "Budget 2025", "Utfall t.o.m. T1 2025", "Prognos T1", "Utfall t.o.m. T2 2025",
     "Prognos T2"),
    ("Intäkter",),
    ("Medlemsavgifter", 1000, 333, 1000, 667, 1000),
    ("Summa intäkter", 1000, 333, 1000, 667, 1000),
    ("Kostnader",),
    ("Kansli", 400, 150, 420, 280, 430),
    ("Insatser", 600, 170, 590, 380, 560),
    ("Summa kostnader", 1000, 320, 1010, 660, 990),
    ("Resultat", 0, 13, -10, 7, 10),
]  # fmt: skip


def report(workbook: Grid, until: str = "") -> SheetPlan:
    (sheet,) = actions.report(workbook, "tertial", today=DAY, run="a1f3", until=until).sheets
    return sheet


def of_hers(until: str = "") -> SheetPlan:
    with Book(FOLLOWED) as book:
        return report(book.grid, until)


def texts(plan: SheetPlan) -> list[str]:
    return [cell.value for cell in plan.cells if isinstance(cell.value, str)]


def figures(plan: SheetPlan, label: str) -> list[float]:
    """The first row of figures with a label."""
    rows = {cell.row for cell in plan.cells if cell.column == 1 and cell.value == label}
    found = [
        [
            cell.value
            for cell in sorted(plan.cells, key=lambda cell: cell.column)
            if cell.row == row and 1 < cell.column < 8 and isinstance(cell.value, int | float)
        ]
        for row in sorted(rows)
    ]
    return next(row for row in found if row)


@pytest.mark.parametrize(
    ("until", "title", "income", "costs"),
    [
        ("T1", "Tertial 1 2026", [8800, 2933, 2937, 4, 8800, 0], [8630, 2876, 2683, 193, 8440, 190]),
        ("T2", "Tertial 2 2026", [8800, 5867, 5878, 11, 8814, 14], [8630, 5754, 5453, 301, 8360, 270]),
        ("t2 2026", "Tertial 2 2026", [8800, 5867, 5878, 11, 8814, 14], [8630, 5754, 5453, 301, 8360, 270]),
        ("T3", "Tertial 3 2026", [8800, 8814, 1.002, 14, 0.002], [8630, 8280, 0.959, 350, 0.041]),
        ("", "Tertial 3 2026", [8800, 8814, 1.002, 14, 0.002], [8630, 8280, 0.959, 350, 0.041]),
    ],
)  # fmt: skip
def test_each_of_her_sheets(
    until: str, title: str, income: list[float], costs: list[float]
) -> None:
    """Budget, period budget, outcome to date, its deviation, forecast, deviation; the latest else."""
    plan = of_hers(until)
    assert texts(plan)[0] == title
    assert figures(plan, "Summa intäkter") == income
    assert figures(plan, "Kostnader totalt") == costs


def test_the_costs_so_far_are_held_against_the_period_budget() -> None:
    """5 453 against 5 754: no share of the year's budget is needed."""
    said = [text.replace("\u00a0", " ") for text in texts(of_hers("T2"))]
    assert {"Kostnader jan–aug, tkr", "5 453", "● under periodbudget, 5 754"} <= {*said}
    assert "Budget\njan–aug" in said
    assert "Avvikelse\njan–aug" in said
    assert "Förbrukat" not in said
    assert any("Avvikelse jan–aug är utfall mot kolumnen ”Periodbudget”" in text for text in said)


@pytest.mark.parametrize(
    ("until", "kansli"),
    [("T1", [400, 150, 0.375, 420, -20, -0.05]), ("T2", [400, 280, 0.7, 430, -30, -0.075])],
)
def test_two_in_one_table(until: str, kansli: list[float]) -> None:
    """Each outcome has the forecast that was made of it, and the notes tell of the other."""
    plan = report(grid(("Uppföljning", TWO_IN_ONE)), until)
    assert figures(plan, "Kansli") == kansli
    other = "Prognos T2 (F)" if until == "T1" else "Prognos T1 (D)"
    mine = "Prognos T1 (D)" if until == "T1" else "Prognos T2 (F)"
    assert f"Prognosen är kolumnen {mine}; för samma år finns även {other}." in texts(plan)


def test_forecasts_without_a_tertial_stand_after_their_outcomes() -> None:
    headings: Row = ("", "Budget 2025", "Utfall t.o.m. T1 2025", "Prognos 2025",
                     "Utfall t.o.m. T2 2025", "Prognos 2025")  # fmt: skip
    rows = [*TWO_IN_ONE[:2], headings, *TWO_IN_ONE[3:]]
    assert figures(report(grid(("Blad1", rows)), "T1"), "Kansli")[3] == 420
    assert figures(report(grid(("Blad1", rows)), "T2"), "Kansli")[3] == 430


def test_a_forecast_made_later_is_none_of_an_earlier_period() -> None:
    """Only the forecast of the second tertial is there: the first has what is left of the budget."""
    rows = [(*row[:3], *row[4:]) if len(row) > 3 else row for row in TWO_IN_ONE]
    workbook = grid(("Blad1", rows))
    assert figures(report(workbook, "T1"), "Kansli")[3] == round(150 + 400 * 8 / 12)
    assert figures(report(workbook, "T2"), "Kansli")[3] == 430


def test_the_latest_is_the_latest_with_figures() -> None:
    """A column that waits for its figures is not reported."""
    rows = [
        (*row[:4], None, None) if number > 2 and len(row) == 6 else row
        for number, row in enumerate(TWO_IN_ONE)
    ]
    assert texts(report(grid(("Blad1", rows))))[0] == "Tertial 1 2025"


@pytest.mark.parametrize("until", ["T3", "2024-T1", "2025-T3"])
def test_a_period_that_is_not_there(until: str) -> None:
    """It is said what there is, as it may be written."""
    with pytest.raises(WorkbookError) as said:
        report(grid(("Blad1", TWO_IN_ONE)), until)
    assert f"ingen uppföljning till och med {until}" in str(said.value)
    assert "2025-T1, 2025-T2" in str(said.value)


def test_what_is_no_period_and_a_report_without_one() -> None:
    workbook = grid(("Blad1", TWO_IN_ONE))
    with pytest.raises(InputError, match="är ingen period"):
        report(workbook, "hösten")
    with pytest.raises(InputError, match="ingen period att välja"):
        actions.report(workbook, "plan", today=DAY, run="", until="T1")


def test_a_year_told_elsewhere_is_no_third_tertial() -> None:
    """Two years' outcomes beside a follow-up of the third are not its own year's."""
    rows = [(*row, 4, 5)[:4] if len(row) > 3 else row for row in TWO_IN_ONE]
    headings: Row = ("", "Budget 2025", "Utfall t.o.m. T1 2025", "Utfall 2024")
    read = reading.budgets(reading.tables(grid(("Blad1", [*rows[:2], headings, *rows[3:]]))))
    assert chosen(read).period == Period(2025, 1)
    with pytest.raises(FinsamError):
        chosen(read, "T3")


SO_FAR: list[Row] = [
    ("Ekonomisk uppföljning, tkr",), (), ("", "Budget 2024", "Utfall hittills", "Prognos 2024"),
    ("Intäkter",), ("Medlemsavgifter", 100, 70, 100), ("Summa intäkter", 100, 70, 100),
    ("Kostnader",), ("Kansli", 50, 20, 40), ("Insatser", 40, 30, 45),
    ("Summa kostnader", 90, 50, 85), ("Resultat", 10, 20, 15),
]  # fmt: skip


def test_an_outcome_so_far_is_no_year() -> None:
    """Nobody knows how far it goes: the typed forecast holds, and nothing rests on the months."""
    plan = report(grid(("Blad1", SO_FAR)))
    said = texts(plan)
    assert said[0] == "Uppföljning 2024"
    assert any(text.startswith("Prognosen är 5\u00a0tkr bättre än budget") for text in said)
    assert "hur långt året har gått står inte i tabellen" in said
    assert "Utfall\nhittills" in said
    assert figures(plan, "Kansli") == [50, 20, 0.4, 40, 10, 0.2]
    assert not any("framskrivning" in text or "dec" in text for text in said)
    assert [chart.name for chart in plan.charts if "Förbrukat" in chart.title] == []


def test_how_far_it_goes_may_be_said() -> None:
    plan = report(grid(("Blad1", SO_FAR)), "T2")
    assert texts(plan)[0] == "Tertial 2 2024"
    assert any("Rak framskrivning är utfall × 12 / 8" in text for text in texts(plan))
    with pytest.raises(WorkbookError, match="2025-T2"):
        report(grid(("Blad1", SO_FAR)), "2025-T2")


def test_months_are_told_only_as_far_as_the_period() -> None:
    with Book(FOLDER / "books" / "01-alnora.xlsx") as book:
        plan = report(book.grid)
        (read,) = reading.budgets(reading.tables(book.grid))
    said = [text.replace("\u00a0", " ") for text in texts(plan)]
    costs = "jan 395 · feb 371 · mar 356 · apr 363 · maj 434 · jun 389 · jul 353 · aug 338"
    result = "jan −48 · feb 65 · mar 52 · apr 22 · maj −50 · jun −6 · jul 63 · aug 70"
    assert {costs, result} <= {*said}
    assert len(columns_of(read.budget, Period(2024, 1)).months) == 4


@pytest.mark.parametrize(
    ("header", "made"),
    [
        ("Prognos T1", Period(2025, 1)),
        ("Prognos per 2025-08-31", Period(2025, 2)),
        ("Prognos helår", None),
        ("Prognos 2025", None),
        ("Prognos T2 2024", None),
    ],
)
def test_when_a_forecast_was_made(header: str, made: Period | None) -> None:
    assert made_at(header, 2025) == made


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The option is taken, and what is not there is refused with what is."""
    path = copy(FOLLOWED, tmp_path)
    assert commands.run(["rapport", str(path), "--kind", "tertial", "--till", "T1"]) == 0
    assert openpyxl.load_workbook(path)["Rapport Tertial"]["A1"].value == "Tertial 1 2026"
    capsys.readouterr()
    assert commands.run(["rapport", str(path), "--kind", "tertial", "--till", "2025-T1"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "2026-T1, 2026-T2, 2026-T3" in said
