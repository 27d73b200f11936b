"""What the tertial report tells beside its tables: what is worst, equity, comments and faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from finsam_xl import actions, policy
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Budget
from finsam_xl.money import swedish
from finsam_xl.palette import MARK_INKS
from finsam_xl.periods import Period
from finsam_xl.report import comment_sheet, tertial
from finsam_xl.report.ceilings import Ceilings
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.faults import touching
from finsam_xl.report.opening_equity import opening
from finsam_xl.report.tertial_figures import Followup
from finsam_xl.report.year_end import YearEnd, year_end
from finsam_xl.sheetplan import BarChart, PlannedCell, SheetPlan
from finsam_xl.sheets.grid import SheetGrid
from support.practice import FOLDER
from support.typed_sheets import grid
from support.workbooks import EXISTING, copy, workbook

UMEA = EXISTING / "umearegionen-budget.xlsx"
DAY, T1, T2 = date(2026, 11, 25), Period(2024, 1), Period(2019, 2)
Tables = Mapping[tuple[str, str], list[Budget]]
Typed = Callable[..., Budget]
Row = Sequence[str | float | None]
ReadAgain = Callable[[SheetPlan], SheetGrid]


def texts(plan: SheetPlan) -> list[str]:
    found = [cell.value for cell in plan.cells if isinstance(cell.value, str)]
    return [text.replace("\u00a0", " ") for text in found]


def row_of(plan: SheetPlan, label: str, nth: int = 0) -> dict[int, PlannedCell]:
    """The cells of the nth row of figures with a label."""
    rows: dict[int, dict[int, PlannedCell]] = {}
    for cell in plan.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    found = [
        cells
        for _, cells in sorted(rows.items())
        if str(cells[1].value if 1 in cells else "").strip() == label
        and any(isinstance(cell.value, int | float) for cell in cells.values())
    ]
    return found[nth]


def of_umea() -> SheetPlan:
    with Book(UMEA) as book:
        (sheet,) = actions.report(book.grid, "tertial", today=DAY, run="a1f3").sheets
    return sheet


def changed(tables: Tables, label: str, forecast: int) -> SheetPlan:
    """Umeå's report with another forecast of one line, and what adds it up."""
    budget, _ = tables["umeå", "Tertial 2 2019"]
    column = budget.column("forecast") or 0
    (index,) = [n for n, row in enumerate(budget.rows) if row.label == label and row.role == "line"
                and not row.is_income]  # fmt: skip
    more = forecast - (budget.rows[index].amounts[column] or 0)
    rows = list(budget.rows)
    touched = {index}
    for one in budget.sums:
        touched |= {one.target} if touched & {row for row, _ in one.parts} else set()
    for n in touched:
        amounts = list(rows[n].amounts)
        amounts[column] = (amounts[column] or 0) + more
        rows[n] = rows[n]._replace(amounts=tuple(amounts))
    return tertial.build(
        budget._replace(rows=tuple(rows)), None, association="", period=T2, run="", comments={}
    )


def test_an_overspend_is_told_in_a_sentence_and_marked(tables: Tables) -> None:
    """Nordmaling at 1 900 against 400: −1 500, though the whole is still 6 better."""
    plan = changed(tables, "Nordmaling", 1900)
    said = texts(plan)
    assert any(text.startswith("Prognosen är 6 tkr bättre än budget") for text in said)
    assert any(
        "▼ Nordmaling väntas kosta 1 500 tkr mer än budget (1 900 mot 400); 1 rad till är sämre."
        in text
        for text in said
    )
    cells = row_of(plan, "Nordmaling")
    assert cells[6].value == -1500
    assert "▼" in cells[6].role.number
    assert cells[6].role.ink == MARK_INKS["röd"]
    (bars,) = [chart for chart in plan.charts if chart.name == "Avvikelser"]
    assert bars.texts[0].replace("\u00a0", " ") == "▼ −1 500"


def test_a_section_used_many_times_over_keeps_its_line(typed: Typed) -> None:
    """1 900 of 400 is 475 %: the axis holds it, and the line of a third of the year is drawn."""
    budget = typed(
        "Uppföljning 2024, tkr",
        ("Budget 2024", "Utfall t.o.m. T1"),
        ("Intäkter",),
        ("Avgifter", 900, 300),
        ("Kostnader",),
        ("Lokaler", 400, 1900),
        ("Löner", 600, 100),
        ("Summa kostnader", 1000, 2000),
    )
    plan = tertial.build(budget, None, association="", period=T1, run="", comments={})
    (chart,) = [chart for chart in plan.charts if isinstance(chart, BarChart) and chart.target]
    assert chart.target == pytest.approx(1 / 3)
    assert chart.pieces is not None
    assert chart.highest > 4.75
    assert "475" in chart.texts[0]
    assert "▲ mer än tiden: 33,3 % av året har gått (4/12)" in texts(plan)


def test_income_that_falls_short_is_told_as_such(typed: Typed) -> None:
    budget = typed(
        "Uppföljning 2024, tkr",
        ("Budget 2024", "Utfall t.o.m. T1", "Prognos 2024"),
        ("Intäkter",),
        ("Avgifter", 900, 300, 860),
        ("Kostnader",),
        ("Löner", 900, 300, 910),
    )
    plan = tertial.build(budget, None, association="", period=T1, run="", comments={})
    assert any(
        "▼ Avgifter väntas ge 40 tkr mindre än budget (860 mot 900); 1 rad till är sämre." in text
        for text in texts(plan)
    )


# Equity -------------------------------------------------------------------------------------


def test_umeas_equity_against_the_ceiling() -> None:
    """2 992 − 2 350 + 1 506 = 2 148; of 11 450: 1 400 + 15 % of 4 450 = 2 068; 80,5 too much.

    2 992 is what 2018 closed with (five-year overview), and 2 992 − 290 is the balance's 2 702.
    """
    plan = of_umea()
    year = [
        "Eget kapital när 2019 började", "Budgeterat resultat", "Återflöde, kostnader under budget",
        "Eget kapital när 2019 slutar", "Tak enligt trappan", "Kvar till taket",
    ]  # fmt: skip
    assert [row_of(plan, label)[2].value for label in year] == [
        2992, -2350, 1506, 2148, 2068, -81,
    ]  # fmt: skip
    assert row_of(plan, year[0])[1].link == "'Femårsöversikt'!E11"
    assert "▼" in row_of(plan, year[-1])[2].role.number
    said = texts(plan)
    at = said.index("Eget kapital när 2019 slutar, tkr")
    assert {"2 148", "▼ 81 över taket 2 068"} <= {*said[at : at + 10]}
    assert not any("andra metoder" in text for text in said)


OWN: list[Row] = [
    ("Uppföljning 2024, tkr",),
    (),
    ("", "Budget 2024", "Utfall t.o.m. T1 2024", "Prognos 2024"),
    ("Intäkter",),
    ("Försäkringskassan", 4400, 1467, 4400),
    ("Region Norr", 2200, 733, 2200),
    ("Norrby kommun", 2200, 733, 2200),
    ("Summa intäkter", 8800, 2933, 8800),
    ("Kostnader",),
    ("Kansli", 8000, 2500, 8100),
    ("Summa kostnader", 8000, 2500, 8100),
    ("Resultat", 800, 433, 700),
]
OPENS: list[Row] = [("Eget kapital vid årets början", 900, 950, None),
                    ("Eget kapital vid årets slut", 1700, 1383, None)]  # fmt: skip


def of_year(rows: Sequence[Row], *others: tuple[str, Sequence[Row]]) -> YearEnd | str:
    """The year of the follow-up on the first of some sheets."""
    from finsam_xl.actions import budget as action

    book = grid(("T1", rows), *others)
    read = [one.budget for one in action.settled(book)]
    followup = Followup(read[0], T1)
    ceilings = Ceilings(read[0], {}, lambda year: policy.equity(date(year, 12, 31)))
    return year_end(followup, opening(read[0], read, 2024), ceilings)


def test_her_own_rows_tell_of_fees_and_opening() -> None:
    """950 was there, not the 900 that was budgeted: 950 + 700 = 1 650, under 1 400 + 270."""
    end = of_year([*OWN, *OPENS])
    assert isinstance(end, YearEnd)
    assert (end.opening, end.closing, end.refund, end.other) == (950, 1650, -100, 0)
    assert (end.ceiling.fees, end.ceiling.ceiling, end.room) == (8800, 1670, 20)
    assert end.standing("tkr")[0].replace("\u00a0", " ") == "● ryms, 20 kvar till taket 1 670"
    assert dict(end.steps) == {"Budgeterat resultat": 800, "Kostnader över budget": -100}


def test_equity_that_does_not_last_is_no_room() -> None:
    """450 − 700 more than all there is: it is negative, however far below the ceiling."""
    rows = [
        (*row[:3], 9500) if row[:1] in (("Kansli",), ("Summa kostnader",)) else row for row in OWN
    ]
    rows = [("Resultat", 800, 433, -700) if row[:1] == ("Resultat",) else row for row in rows]
    end = of_year([*rows, ("Eget kapital vid årets början", 900, 450, None)])
    assert isinstance(end, YearEnd)
    assert end.closing == -250
    assert end.standing("tkr") == ("▼ negativt: eget kapital räcker inte", "röd")


def test_what_a_budget_assumed_is_no_opening() -> None:
    assert of_year([*OWN, ("Eget kapital vid årets början", 900, None, None)]) == ""
    assert of_year(OWN) == ""


def test_what_last_year_was_expected_to_close_with_is_no_opening() -> None:
    """Its own forecast column states what there was; another year's forecast is a guess."""
    expected = [
        (*row[:2], None) if index > 2 and len(row) == 3 else row
        for index, row in enumerate(closing(1100))
    ]
    expected[2] = ("", "Budget 2023", "Prognos 2023")
    rows = [(*row[:2], b) for row, b in zip(expected[3:], (1000, 800, 200, 900, 1100), strict=True)]
    assert of_year(OWN, ("Prognos", [*expected[:3], *rows])) == ""
    end = of_year([*OWN, ("Eget kapital vid årets början", 900, None, 950)])
    assert isinstance(end, YearEnd)
    assert end.opening == 950


def closing(amount: int, unit: str = "tkr") -> list[Row]:
    return [
        (f"Bokslut 2023, {unit}",), (), ("", "Budget 2023", "Utfall 2023"),
        ("Intäkter", 100 * 10, 100 * 10), ("Kostnader", 90 * 10, 80 * 10), ("Resultat", 100, 200),
        ("Eget kapital vid årets början", amount - 200, amount - 200),
        ("Eget kapital vid årets slut", amount - 100, amount),
    ]  # fmt: skip


def test_the_closing_of_the_year_before_tells() -> None:
    end = of_year(OWN, ("Bokslut", closing(1100)))
    assert isinstance(end, YearEnd)
    assert (end.opening, end.place, end.closing) == (1100, Ref("Bokslut", "C8"), 1800)
    assert end.room == -130
    assert end.standing("tkr") == (f"▼ 130 över taket {swedish(1670)}", "röd")


def test_tables_that_contradict_each_other_tell_nothing() -> None:
    """1 100 and 1 300 cannot both be true: nothing is shown, and it is said why."""
    said = of_year(OWN, ("Bokslut", closing(1100)), ("Bokslut 2", closing(1300)))
    assert isinstance(said, str)
    assert "Eget kapital när 2024 började står olika" in said
    assert "1100 tkr i Bokslut!C8" in said.replace("\u00a0", "").replace(" 100", "100")


# Comments of her own ------------------------------------------------------------------------

COMMENTED = FOLDER / "officer" / "Uppföljning 2026.xlsx"
SHOWN = "Vakans jan-mars (ur bladet T2)"


def _report(path: Path, until: str = "T2") -> list[str]:
    with workbook(path) as book:
        book.apply(book.report("tertial", until))
    sheet = openpyxl.load_workbook(path)["Rapport Tertial"]
    last = next(
        cell.column for row in sheet.iter_rows() for cell in row if cell.value == "Kommentar"
    )
    return [
        f"{sheet.cell(row, 1).value}: {sheet.cell(row, last).value}"
        for row in range(10, sheet.max_row + 1)
        if sheet.cell(row, last).value and sheet.cell(row, 1).value != "Rad"
    ]


def test_her_own_comment_is_told_once_and_again_as_hers(tmp_path: Path) -> None:
    """However many times the report is made, of whichever tertial; a changed one is a new one."""
    path = copy(COMMENTED, tmp_path)
    for _ in range(2):
        assert _report(path) == [f"Team Norr: {SHOWN}"]
    assert _report(path, "T1") == ["Team Norr: Vakans jan-mars (ur bladet T1)"]
    book = openpyxl.load_workbook(path)
    book["T2"]["H19"] = "Två vakanser"
    book.save(path)
    assert _report(path) == ["Team Norr: Två vakanser (ur bladet T2)"]


def test_what_is_typed_in_the_report_stands_before_hers(tmp_path: Path) -> None:
    """Also where it is hers that was changed there: nothing that was typed is lost."""
    path = copy(COMMENTED, tmp_path)
    _report(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Rapport Tertial"]
    (cell,) = [
        cell for row in sheet.iter_rows() for cell in row
        if cell.value == SHOWN and cell.fill.fgColor.rgb not in (None, "00000000")
    ]  # fmt: skip
    cell.value = f"{SHOWN}, tillsätts i maj"
    book.save(path)
    for _ in range(2):
        assert _report(path) == [f"Team Norr: {SHOWN}, tillsätts i maj"]


@pytest.mark.parametrize("typed", ["Vakanser", "Vakanser (ur bladet Tertial 2 2019)"])
def test_what_equals_hers_is_hers(tables: Tables, read_again: ReadAgain, typed: str) -> None:
    """The same words typed in the report are no other comment than the table's."""
    budget, _ = tables["umeå", "Tertial 2 2019"]
    (line,) = [row for row in budget.rows if row.label == "Vuxentorget"]
    comments = {CommentKey.of("Verksamheter", "Vuxentorget"): typed}
    plan = tertial.build(
        budget, None, association="", period=T2, run="", comments=comments,
        remarks={line.row: "Vakanser"},
    )  # fmt: skip
    assert not any(comment_sheet.read(read_again(plan)).values())


def test_a_comment_of_the_table_is_read_as_none(tables: Tables, read_again: ReadAgain) -> None:
    budget, _ = tables["umeå", "Tertial 2 2019"]
    (row,) = [row.row for row in budget.rows if row.label == "Vuxentorget"]
    plan = tertial.build(
        budget, None, association="", period=T2, run="", comments={}, remarks={row: "Vakanser"}
    )
    assert "Vakanser (ur bladet Tertial 2 2019)" in texts(plan)
    assert not any(comment_sheet.read(read_again(plan)).values())


# Faults -------------------------------------------------------------------------------------


def test_umeas_faults_are_counted_marked_and_told() -> None:
    """Two contradicting budgets, a copied name of a total, and lines without forecast."""
    plan = of_umea()
    said = texts(plan)
    assert "▼ 2 fel och 2 varningar rör tabellerna här" in said
    marked = row_of(plan, "Verksamhetsnära kostnader")[8]
    assert marked.value == "▼"
    sheet, _, cell = marked.link.rpartition("!")
    assert sheet == "'Rapport Tertial'"
    (note,) = [c for c in plan.cells if f"A{c.row}" == cell and c.column == 1]
    assert str(note.value).startswith("▼ Tertial 2 2019!A23: Summaraden heter")
    assert row_of(plan, "Verksamheter")[8].value is None


def test_the_count_leads_to_the_control_where_there_is_one(tmp_path: Path) -> None:
    path = copy(UMEA, tmp_path)
    with workbook(path) as book:
        book.apply(book.report("kontroll"))
    with Book(path) as book:
        (plan,) = actions.report(book.grid, "tertial", today=DAY, run="").sheets
    (cell,) = [
        c for c in plan.cells if str(c.value).endswith("rör tabellerna här: se Rapport Kontroll")
    ]
    assert cell.link == "'Rapport Kontroll'!A1"


def test_a_control_of_the_same_run_is_led_to() -> None:
    with Book(UMEA) as book:
        made = actions.report_sheets(book.grid, ("tertial", "kontroll"), today=DAY, run="")
    assert "▼ 2 fel och 2 varningar rör tabellerna här: se Rapport Kontroll" in texts(
        made.sheets[0]
    )


def test_only_errors_and_warnings_in_the_table_are_faults() -> None:
    found = [
        Finding("warning", "a", "T1", "B7", "i tabellen"),
        Finding("info", "b", "T1", "B8", "inget fel"),
        Finding("error", "c", "T1", "H99", "utanför"),
        Finding("error", "d", "Budget", "B2", "talar om", also=(Ref("T1", "C9"),)),
        Finding("error", "e", "Budget", "B9", "på annat blad"),
    ]
    faults = touching(found, [("T1", "A4:F20")])
    assert [one.code for one in faults.findings] == ["d", "a"]
    assert faults.told == "▼ 1 fel och 1 varning rör tabellerna här"
    assert faults.at([Ref("T1", "C9")]) == "▼ Budget!B2: talar om"
    assert faults.at([Ref("T1", "C10")]) == ""
    assert touching([], [("T1", "A4:F20")]).told == ""


# The balance sheet --------------------------------------------------------------------------


def test_the_balance_says_nothing_twice_and_its_day_in_words(tables: Tables) -> None:
    budget, balance = tables["umeå", "Tertial 2 2019"]
    plan = tertial.build(budget, balance, association="", period=T2, run="", comments={})
    said = texts(plan)
    assert said.count("Summa eget kapital och skulder") == 1
    assert "Per 31 augusti 2019" in said
    assert not any("19-08-31" in text for text in said)


@pytest.mark.parametrize(("day", "is_told"), [("2024-04-30", True), ("2024-08-31", False)])
def test_a_balance_is_of_the_same_day(day: str, is_told: bool) -> None:
    """That of the second tertial is none of the first."""
    balance: list[Row] = [
        ("Balansrapport, tkr",), (), ("", f"Per {day}"), ("Tillgångar",), ("Kassa", 500),
        ("Summa tillgångar", 500), ("Eget kapital och skulder",), ("Eget kapital", 300),
        ("Skulder", 200), ("Summa eget kapital och skulder", 500),
    ]  # fmt: skip
    made = actions.report(grid(("T1", OWN), ("Balans", balance)), "tertial", today=DAY, run="")
    assert ("Kassa" in texts(made.sheets[0])) is is_told


def test_sums_under_one_heading_have_their_own_names(typed: Typed) -> None:
    """Two steps that are both called ”Kostnader” tell nobody which is which."""
    budget = typed(
        "Uppföljning januari–december 2026, tkr",
        ["Budget 2026", "Utfall 2026"],
        ("Intäkter",),
        ("Medlemsavgifter", 8800, 8800),
        ("Summa intäkter", 8800, 8800),
        ("Kostnader",),
        ("Löner", 1500, 1480),
        ("Lokaler", 480, 470),
        ("Summa kansli", 1980, 1950),
        ("Team Norr", 2750, 2630),
        ("Team Söder", 2600, 2588),
        ("Summa insatser", 5350, 5218),
        ("Summa kostnader", 7330, 7168),
        ("Resultat", 1470, 1632),
    )
    told = [part.label for part in Followup(budget, Period(2026, 3)).summary()]
    assert told == ["Summa intäkter", "Summa kansli", "Summa insatser", "Kostnader totalt"]


def test_a_line_below_the_sum_of_several_sections_is_in_none(typed: Typed) -> None:
    budget = typed(
        "Uppföljning januari–december 2026, tkr",
        ["Budget 2026", "Utfall 2026"],
        ("Intäkter",),
        ("Medlemsavgifter", 8800, 8800),
        ("Summa intäkter", 8800, 8800),
        ("Kansli",),
        ("Löner", 1500, 1480),
        ("Lokaler", 480, 470),
        ("Summa kansli", 1980, 1950),
        ("Insatser",),
        ("Team Norr", 2750, 2630),
        ("Team Söder", 2600, 2588),
        ("Summa insatser", 5350, 5218),
        ("Summa kostnader", 7330, 7168),
        ("Finansnetto", 30, 26),
        ("Resultat", 1500, 1658),
    )
    lines = Followup(budget, Period(2026, 3)).story.lines
    sections = {line.shown: line.key.shown_section for line in lines}
    assert sections["Finansnetto"] == ""
    assert sections["Team Söder"] == "Insatser"
    assert sections["Löner"] == "Kansli"
