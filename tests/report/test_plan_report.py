"""The plan report: equity from year to year, the ceiling, and the changes between the years."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from finsam_xl import policy
from finsam_xl.model_budget import Budget
from finsam_xl.money import Exact
from finsam_xl.report import plan_report
from finsam_xl.report.comments import CommentKey
from finsam_xl.sheetplan import ColumnChart, SheetPlan

RULES = policy.equity(date(2024, 12, 31))
Tables = Mapping[tuple[str, str], list[Budget]]
Typed = Callable[..., Budget]


def build(
    budget: Budget,
    fees: Mapping[int, Exact | None],
    comments: Mapping[CommentKey, str] | None = None,
) -> SheetPlan:
    return plan_report.build(
        budget,
        fees_tkr=fees,
        rules=lambda _year: RULES,
        association="Förbundet",
        run="20.19 · a1f3",
        comments=comments or {},
    )


def line(plan: SheetPlan, label: str, columns: int, nth: int = 0) -> list[float | str | None]:
    places = [c.row for c in plan.cells if c.column == 1 and str(c.value).strip() == label]
    found = {c.column: c.value for c in plan.cells if c.row == places[nth]}
    return [found.get(column) for column in range(2, 2 + columns)]


def texts(plan: SheetPlan) -> list[str]:
    return [str(cell.value) for cell in plan.cells if isinstance(cell.value, str)]


@pytest.fixture
def umea(tables: Tables) -> SheetPlan:
    (budget,) = tables["umeå", "Plan 2020-2022"]
    return build(budget, dict.fromkeys((2020, 2021, 2022), 11380))


@pytest.fixture
def lappland(tables: Tables) -> SheetPlan:
    (budget,) = tables["lappland", "Budget 2024"]
    return build(budget, dict.fromkeys(range(2023, 2027), 3752))


@pytest.mark.parametrize(
    ("label", "amounts"),
    [
        ("Ingående eget kapital", [1959, 939, 1026]),
        ("Årets resultat", [-1020, 87, 39]),
        ("Utgående eget kapital", [939, 1026, 1065]),
        ("Tak enligt trappan", [2057, 2057, 2057]),
        ("Utrymme under taket", [1118, 1031, 992]),
        ("Mot taket", ["● ryms"] * 3),
    ],
)
def test_umeas_equity(umea: SheetPlan, label: str, amounts: list[float | str]) -> None:
    assert line(umea, label, 3) == amounts


@pytest.mark.parametrize(
    ("label", "amounts"),
    [
        ("Ingående eget kapital", [2670, 2096, 1665, 1346]),
        ("Årets resultat", [-574, -431, -319, -319]),
        ("Utgående eget kapital", [2096, 1665, 1346, 1027]),
        ("Tak enligt trappan", [750.4] * 4),
        ("Utrymme under taket", [-1345.6, -914.6, -595.6, -276.6]),
        ("Mot taket", ["▼ över"] * 4),
    ],
)
def test_lapplands_equity(lappland: SheetPlan, label: str, amounts: list[float | str]) -> None:
    """Last year's equity is booked as financing there, and is no part of the result."""
    assert line(lappland, label, 4) == amounts


def test_the_budget_leads_and_not_the_year_before(lappland: SheetPlan) -> None:
    """Budget 2023 stands beside the budget of 2024 and the plan of 2025 and 2026."""
    shown = {cell.row: cell.value for cell in lappland.cells if cell.column == 1}
    assert (shown[4], shown[5], shown[6]) == ("Resultat 2024, tkr", "−431", "2026: −319")


def test_lines_and_changes(umea: SheetPlan) -> None:
    """Years, then the changes between them; blank where a year is."""
    assert line(umea, "Vännäs", 5) == [710, 410, 420, -300, 10]
    assert line(umea, "Summa kostnader", 5) == [12510, 11395, 11445, -1115, 50]
    assert line(umea, "Reserv HFE", 5) == [200, None, None, None, None]


def test_umeas_key_figures_and_notes(umea: SheetPlan) -> None:
    found = {cell.column: cell.value for cell in umea.cells if cell.row == 5}
    assert list(found.values()) == ["−1\u00a0020", "1\u00a0065", "2\u00a0057", "11\u00a0445"]
    assert "● eget kapital ryms, med 992 kvar" in texts(umea)
    assert (
        "Avrundning gör att några summor skiljer sig från sina rader: Summa intäkter, 2022 (1)."
        in (texts(umea))
    )


def test_chart_of_equity_against_the_ceiling(umea: SheetPlan, lappland: SheetPlan) -> None:
    """The dashed line is the ceiling's row; bars above it are red, and say so with a mark."""
    equity, result = umea.charts
    assert isinstance(equity, ColumnChart)
    assert isinstance(result, ColumnChart)
    assert equity.line is not None
    assert result.line is None
    assert [one.colours for one in equity.series] == [("", "", "")]
    over, _ = lappland.charts
    assert isinstance(over, ColumnChart)
    assert [one.colours for one in over.series] == [("röd",) * 4]
    assert over.texts == ("▼ 2\u00a0096", "▼ 1\u00a0665", "▼ 1\u00a0346", "▼ 1\u00a0027")


def test_no_ceiling_is_guessed(tables: Tables) -> None:
    """Above what the rule is known for the report asks for it."""
    (budget,) = tables["umeå", "Plan 2020-2022"]
    plan = build(budget, {2020: 15001, 2021: 15000, 2022: 11380})
    assert line(plan, "Tak enligt trappan", 3) == ["regel saknas – fyll i", 2600, 2057]
    assert line(plan, "Utrymme under taket", 3) == [None, 1574, 992]
    chart = plan.charts[0]
    assert isinstance(chart, ColumnChart)
    assert chart.line is not None, "where a ceiling is known it is drawn"


def test_a_plan_without_equity(tables: Tables) -> None:
    """Results are shown, equity is not invented; columns of many years are named as left out."""
    (budget,) = tables["umeå", "Plan 2018-2020"]
    plan = build(budget, {})
    assert line(plan, "Utgående eget kapital", 4) == [None] * 4
    assert line(plan, "Årets resultat", 4) == [527, -2255, -1865, -1301]
    assert "Visas inte här: 2005-2016 Utfall och 2005-2019 Summa." in texts(plan)
    assert [chart.title for chart in plan.charts] == ["Resultat per år, tkr"]
    assert "Avslutade verksamheter" not in texts(plan)


def test_stated_equity_that_does_not_follow(tables: Tables) -> None:
    """The printed 600 is 599 by the figures of the table."""
    (budget,) = tables["umeå", "Budget 2019"]
    plan = build(budget, {2019: 11450})
    assert line(plan, "Utgående eget kapital", 1) == [599]
    assert any("står som 600 tkr" in text for text in texts(plan))


def test_negative_equity_and_kronor(typed: Typed) -> None:
    """The ceiling is in the table's unit; equity below zero is said in a word."""
    budget = typed(
        "Plan 2024-2025 (kr)",
        ("Budget 2024", "Plan 2025"),
        ("Intäkter",),
        ("Avgifter", 3752000, 3752000),
        ("Kostnader",),
        ("Löner", 4000000, 4100000),
        ("Resultat", None, None),
        ("Eget kapital vid årets början", 100000, None),
        ("Eget kapital vid årets slut", None, None),
    )
    plan = build(budget, {2024: 3752, 2025: 3752})
    assert line(plan, "Tak enligt trappan", 2) == [750400, 750400]
    assert line(plan, "Utgående eget kapital", 2) == [-148000, -496000]
    assert any(text.startswith("▼ negativt") for text in texts(plan))


def test_comments_stand_at_their_lines(tables: Tables) -> None:
    (budget,) = tables["lappland", "Budget 2024"]
    second = CommentKey.of("Övrig finansiering", "Övrigt", number=1)
    gone = CommentKey.of("Projekt", "Arbetsrum")
    plan = build(budget, {}, {second: "Mindre tryck.", gone: "Avslutat."})
    last = plan.page.last_column
    (row,) = [c.row for c in plan.cells if c.column == last and c.value == "Mindre tryck."]
    assert row == [c.row for c in plan.cells if str(c.value).strip() == "Övrigt"][1]
    assert "Kommentarer till rader som inte längre finns" in texts(plan)
    assert "Avslutat." in texts(plan)
