"""A blank forecast is filled in by the method that a person chose, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl import actions
from finsam_xl.cli import commands
from finsam_xl.plan import Plan
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.words.methods import Method
from support.typed_sheets import TODAY, F, grid

Sheet = list[list[Any]]
HEADINGS = [
    None, "Budget 2026", "Budget t.o.m. T2 2026", "Utfall t.o.m. T2 2026", "Prognos 2026",
    "Utfall t.o.m. T2 2025", "Utfall 2025",
]  # fmt: skip


def followup() -> Sheet:
    """Umeå's manner: sides with totals, the forecast blank."""
    return [
        ["Uppföljning tertial 2 2026, tkr"],
        [],
        [*HEADINGS],
        ["Intäkter"],
        ["Staten", 3000, 2000, 2000, None, 1900, 2850],
        ["Kommunerna", 1500, 1000, 1000, None, 950, 1425],
        ["Summa intäkter", 4500, 3000, 3000, None, 2850, 4275],
        ["Kostnader"],
        ["Kansli", 900, 600, 640, None, 600, 900],
        ["Insatser", 3600, 2600, 2100, None, 2000, 3500],
        ["Summa kostnader", 4500, 3200, 2740, None, 2600, 4400],
        ["Årets resultat", 0, -200, 260, None, 250, -125],
    ]


def run(sheet: Sheet, method: Method | None) -> Plan:
    return actions.recompute(grid(("T2", sheet)), today=TODAY, run="1", method=method)


def forecast(plan: Plan) -> dict[str, Any]:
    return {edit.cell: edit.new for edit in plan.edits if edit.cell.startswith("E")}


def codes(plan: Plan) -> set[str]:
    return {one.code for one in plan.findings if one.code.startswith("prognos")}


@pytest.mark.parametrize(
    ("method", "lines", "sums"),
    [
        # 2 000 × 12 / 8, and 2 100 × 12 / 8.
        (Method.STRAIGHT_LINE, [3000, 1500, 960, 3150], [4500, 4110, 390]),
        # 640 + 900 × 4 / 12, and 2 100 + 3 600 × 4 / 12.
        (Method.REMAINING_BUDGET, [3000, 1500, 940, 3300], [4500, 4240, 260]),
        # 640 + 900 − 600, and 2 100 + 3 600 − 2 600.
        (Method.REMAINING_PERIOD_BUDGET, [3000, 1500, 940, 3100], [4500, 4040, 460]),
        # 640 × 900 / 600, and 2 100 × 3 500 / 2 000.
        (Method.LAST_YEAR_PATTERN, [3000, 1500, 960, 3675], [4500, 4635, -135]),
    ],
)
def test_lines_by_the_method_and_sums_of_them(
    method: Method, lines: list[int], sums: list[int]
) -> None:
    plan = run(followup(), method)
    places = ("E5", "E6", "E9", "E10", "E7", "E11", "E12")
    assert forecast(plan) == dict(zip(places, [*lines, *sums], strict=True))
    assert codes(plan) == {"prognos-fylld"}


def test_the_method_is_named_at_every_line() -> None:
    plan = run(followup(), Method.REMAINING_BUDGET)
    why = {edit.why for edit in plan.edits if edit.cell in ("E5", "E6", "E9", "E10")}
    assert why == {"Prognos, återstående budget"}
    (told,) = [one for one in plan.findings if one.code == "prognos-fylld"]
    assert told.cell == "E3"
    assert "4 rader med metoden återstående budget" in told.message


def test_nobody_asked() -> None:
    plan = run(followup(), None)
    assert not forecast(plan)
    assert not codes(plan)


def test_a_table_without_forecast_gets_none() -> None:
    sheet = [[*row[:4], *row[5:]] for row in followup()]
    plan = run(sheet, Method.STRAIGHT_LINE)
    assert not plan.edits
    assert not codes(plan)


def put(sheet: Sheet, row: int, column: int, value: Any) -> Sheet:
    sheet[row - 1][column - 1] = value
    return sheet


@pytest.mark.parametrize("value", [950, 0, F("D9*1.5", 960)])
@pytest.mark.parametrize("row", [9, 10])
def test_a_column_that_somebody_has_begun_is_hers(value: Any, row: int) -> None:
    """A figure, a zero or a formula on one of its lines: the rest stays blank."""
    plan = run(put(followup(), row, 5, value), Method.STRAIGHT_LINE)
    assert codes(plan) == {"prognos-ej-fylld"}
    assert not {"E5", "E6", "E9", "E10"} & forecast(plan).keys()


def test_a_text_in_the_column_stops_all() -> None:
    plan = run(put(followup(), 9, 5, "se bilaga"), Method.STRAIGHT_LINE)
    assert not {"E5", "E6", "E10"} & forecast(plan).keys()


def test_a_typed_total_is_hers_too() -> None:
    plan = run(put(followup(), 11, 5, 4600), Method.STRAIGHT_LINE)
    assert not forecast(plan)


def test_totals_that_are_formulas_stay_and_follow() -> None:
    sheet = put(followup(), 7, 5, F("SUM(E5:E6)", 0))
    put(sheet, 11, 5, F("SUM(E9:E10)", 0))
    put(sheet, 12, 5, F("E7-E11", 0))
    plan = run(sheet, Method.STRAIGHT_LINE)
    assert forecast(plan) == {"E5": 3000, "E6": 1500, "E9": 960, "E10": 3150}


def test_a_line_that_the_method_cannot_tell_of_stops_all() -> None:
    """Insatser has a budget and no outcome: blank is not zero, so it is asked."""
    sheet = put(put(put(followup(), 10, 4, None), 11, 4, 640), 12, 4, 2360)
    plan = run(sheet, Method.STRAIGHT_LINE)
    assert not forecast(plan)
    (told,) = [one for one in plan.findings if one.code == "prognos-ej-fylld"]
    assert "”Insatser”" in told.message
    assert told.also[0].cell == "E10"


@pytest.mark.parametrize(
    ("method", "column", "needs"),
    [
        (Method.LAST_YEAR_PATTERN, 6, "förra årets utfall"),
        (Method.REMAINING_PERIOD_BUDGET, 3, "budget för samma månader"),
    ],
)
def test_a_method_without_its_columns(method: Method, column: int, needs: str) -> None:
    sheet = [[value for n, value in enumerate(row, 1) if n != column] for row in followup()]
    plan = run(sheet, method)
    (told,) = [one for one in plan.findings if one.code == "prognos-ej-fylld"]
    assert needs in told.message


def test_a_year_so_far_that_says_no_month() -> None:
    sheet = followup()
    sheet[0], sheet[2] = (
        ["Uppföljning 2026, tkr"],
        [None, "Budget 2026", "Budget hittills", "Utfall hittills", "Prognos 2026"],
    )
    sheet[3:] = [row[:5] for row in sheet[3:]]
    plan = actions.recompute(
        grid(("Blad1", sheet)), today=TODAY, run="1", method=Method.STRAIGHT_LINE
    )
    assert not forecast(plan)
    (told,) = [one for one in plan.findings if one.code == "prognos-ej-fylld"]
    assert "till och med vilken månad" in told.message


def test_a_year_that_is_over_has_nothing_to_forecast() -> None:
    sheet = followup()
    sheet[0] = ["Uppföljning tertial 3 2026, tkr"]
    sheet[2] = [None, "Budget 2026", None, "Utfall 2026", "Prognos 2026"]
    sheet[3:] = [row[:5] for row in sheet[3:]]
    for row in sheet:
        if len(row) > 2:
            row[2] = None
    assert not {"E5", "E6", "E9", "E10"} & forecast(run(sheet, Method.STRAIGHT_LINE)).keys()


def test_what_has_neither_budget_nor_outcome_stays_blank() -> None:
    sheet = followup()
    sheet.insert(10, ["Övrigt"])
    plan = run(sheet, Method.STRAIGHT_LINE)
    assert "E11" not in forecast(plan)
    assert forecast(plan)["E12"] == 4110


# In files ------------------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = openpyxl.Workbook()
    for row in followup():
        file.active.append(row)
    file.active.title = "T2"
    file.save(tmp_path / "bok.xlsx")
    return tmp_path / "bok.xlsx"


def column_of(book: Path) -> list[Any]:
    sheet = openpyxl.load_workbook(book)["T2"]
    return [sheet.cell(row, 5).value for row in range(5, 13)]


STRAIGHT = [3000, 1500, 4500, None, 960, 3150, 4110, 390]


def test_it_stands_until_it_is_undone(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run without the option keeps what was asked for once; undo takes all of it away."""
    assert commands.run(["räkna-om", str(book), "--prognos", "rak"]) == 0
    assert column_of(book) == STRAIGHT
    assert commands.run(["räkna-om", str(book)]) == 0
    assert column_of(book) == STRAIGHT
    assert commands.run(["ångra", str(book)]) == 0
    assert column_of(book) == [None] * 8
    capsys.readouterr()


def test_another_method_takes_its_place(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands.run(["räkna-om", str(book), "--prognos", "rak"])
    commands.run(["räkna-om", str(book), "--prognos", "återstående budget"])
    assert column_of(book) == [3000, 1500, 4500, None, 940, 3300, 4240, 260]
    capsys.readouterr()


def test_a_figure_of_hers_among_them_stays(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """She knows that Kansli costs 1 000: the rest goes on by the method, 1 000 + 3 150 = 4 150."""
    commands.run(["räkna-om", str(book), "--prognos", "rak"])
    file = openpyxl.load_workbook(book)
    file["T2"]["E9"] = 1000
    file.save(book)
    commands.run(["räkna-om", str(book)])
    assert column_of(book) == [3000, 1500, 4500, None, 1000, 3150, 4150, 350]
    capsys.readouterr()


def test_a_method_that_is_set_on_the_sheet_finsam() -> None:
    """640 + 900 / 3 = 940, and 2 100 + 3 600 / 3 = 3 300."""
    rows = [["Inställning", "Ändra", "Nyckel"], ["Val", "Återstående budget", "inställning|method"]]
    cells = grid(("Finsam", rows)).sheets[0].cells
    own = SheetGrid("Finsam", lambda: cells, owner="finsam")
    book = Grid((*grid(("T2", followup())).sheets, own))
    found = forecast(actions.recompute(book, today=TODAY, run="1"))
    assert (found["E9"], found["E10"], found["E12"]) == (940, 3300, 260)


def test_a_method_nobody_knows(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = book.read_bytes()
    assert commands.run(["räkna-om", str(book), "--prognos", "magkänsla"]) == 2
    assert "Metoden ”magkänsla” finns inte." in capsys.readouterr().err
    assert book.read_bytes() == before


def test_reports_say_that_nobody_has_typed_it(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the follow-up's report, and where the book's forecast stands among the methods."""
    commands.run(["räkna-om", str(book), "--prognos", "rak"])
    commands.run(["rapport", str(book), "--kind", "tertial"])
    commands.run(["vad-krävs", str(book)])
    file = openpyxl.load_workbook(book)

    def texts(name: str) -> str:
        return "\n".join(str(c.value) for row in file[name].iter_rows() for c in row if c.value)

    assert "Prognosen är fylld med metoden rak framskrivning" in texts("Rapport Tertial")
    assert "Bokens prognos är fylld med metoden rak framskrivning" in texts(
        "Rapport Vad händer budget"
    )
    assert "Skriven prognos" not in texts("Rapport Vad händer budget")
    capsys.readouterr()
