"""The plan report: equity from year to year, the ceiling, and the changes between the years."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise

import pytest

from finsam_xl import policy
from finsam_xl.address import places
from finsam_xl.model_budget import Budget
from finsam_xl.money import Exact
from finsam_xl.report import comment_sheet, look, plan_report
from finsam_xl.report.comments import CommentKey
from finsam_xl.sheetplan import ColumnChart, Fill, Range, SheetPlan
from finsam_xl.sheets.grid import SheetGrid

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
        ("Tak enligt trappan", [750] * 4),
        ("Utrymme under taket", [-1346, -915, -596, -277]),
        ("Mot taket", ["▼ över"] * 4),
    ],
)
def test_lapplands_equity(lappland: SheetPlan, label: str, amounts: list[float | str]) -> None:
    """Last year's equity is booked as financing there, and is no part of the result."""
    assert line(lappland, label, 4) == amounts


def figures(plan: SheetPlan) -> dict[str, tuple[str, str]]:
    """The key figures: by label the figure and its meaning."""
    cells = {(cell.row, cell.column): str(cell.value) for cell in plan.cells}
    return {
        str(cell.value): tuple(cells[cell.row + n, cell.column] for n in (1, 2))  # type: ignore[misc]
        for cell in plan.cells
        if cell.role == look.KEY_LABEL
    }


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def test_the_budget_leads_and_not_the_year_before(lappland: SheetPlan) -> None:
    """Budget 2023 stands beside the budget of 2024 and the plan of 2025 and 2026."""
    assert lappland.cells[0].value == "Budget 2024 och plan 2025–2026"
    assert {label: tuple(map(plain, told)) for label, told in figures(lappland).items()} == {
        "Resultat 2024, tkr": ("−431", "+143 mot 2023, +112 till 2026"),
        "Eget kapital när 2024 slutar, tkr": (
            "1 665", "2 096 när 2024 börjar, 1 027 när 2026 slutar",
        ),
        "Eget kapital över taket 2024, tkr": (
            "▼ 915", "över taket: 1 665 mot 750; 2026: ▼ 277 över",
        ),
        "Kostnader 2024, tkr": ("4 483", "+157 mot 2023, −412 till 2026"),
    }  # fmt: skip
    assert (
        "Eget kapital är över taket enligt trappan alla år, 2024 med 915 tkr; 2026 slutar med "
        "1 027 tkr, 277 över." in map(plain, texts(lappland))
    )


def test_the_year_that_leads_stands_out(lappland: SheetPlan) -> None:
    (row,) = {c.row for c in lappland.cells if c.value == "Medlemsavgifter"}
    bold = {c.column for c in lappland.cells if c.row == row and c.role.bold}
    assert bold == {3}, "2024 stands in the third column"


def test_a_figure_has_as_many_decimals_wherever_it_stands(lappland: SheetPlan) -> None:
    """2 670 on one page and 2 670,0 on the next would be two figures to a reader."""
    formats = {c.role.number for c in lappland.cells if isinstance(c.value, int | float)}
    assert not any(".0" in number for number in formats)


def test_lines_and_changes(umea: SheetPlan) -> None:
    """Years, then the changes between them; blank where a year is."""
    assert line(umea, "Vännäs", 5) == [710, 410, 420, -300, 10]
    assert line(umea, "Summa kostnader", 5) == [12510, 11395, 11445, -1115, 50]
    assert line(umea, "Reserv HFE", 5) == [200, None, None, None, None]


def test_umeas_key_figures_and_notes(umea: SheetPlan) -> None:
    assert {label: tuple(map(plain, told)) for label, told in figures(umea).items()} == {
        "Resultat 2020, tkr": ("−1 020", "+1 059 till 2022"),
        "Eget kapital när 2020 slutar, tkr": (
            "939", "1 959 när 2020 börjar, 1 065 när 2022 slutar",
        ),
        "Utrymme under taket 2020, tkr": ("1 118", "● ryms: 939 mot taket 2 057"),
        "Kostnader 2020, tkr": ("12 510", "−1 065 till 2022"),
    }  # fmt: skip
    assert (
        "Avrundning gör att några summor skiljer sig från sina rader: Summa intäkter, 2022 (1)."
        in (texts(umea))
    )


def drawn(plan: SheetPlan, area: Range | None) -> list[object]:
    """What a chart draws: the values of its cells."""
    held = {(cell.row, cell.column): cell.value for cell in plan.cells}
    return [held.get(place) for place in places(area)] if area is not None else []


def test_chart_of_equity_against_the_ceiling(umea: SheetPlan, lappland: SheetPlan) -> None:
    """Within the ceiling and above it are parts of their own, and the ceiling is a line."""
    equity, result = lappland.charts
    assert isinstance(equity, ColumnChart)
    assert isinstance(result, ColumnChart)
    within, over = equity.series
    assert drawn(lappland, within.values) == [750] * 4
    assert drawn(lappland, over.values) == [1346, 915, 596, 277]
    assert (within.fill, over.fill) == (Fill.SOLID, Fill.STRIPED)
    assert drawn(lappland, equity.line) == [750] * 4
    assert [plain(text) for text in equity.texts] == ["▼ 2 096", "▼ 1 665", "▼ 1 346", "▼ 1 027"]
    assert equity.title == "Eget kapital när året slutar mot taket enligt trappan, tkr"
    assert drawn(lappland, result.values) == [-574, -431, -319, -319]
    (within,) = umea.charts[0].series  # type: ignore[union-attr]
    assert drawn(umea, within.values) == [939, 1026, 1065]


def test_columns_begin_at_zero(umea: SheetPlan, lappland: SheetPlan) -> None:
    """939 is not twice as high as 1 065 less some hundreds."""
    for plan in (umea, lappland):
        for chart in plan.charts:
            assert isinstance(chart, ColumnChart)
            assert chart.lowest <= 0 <= chart.highest
        assert plan.charts[0].lowest == 0


def test_a_year_without_fees_is_a_gap_in_the_ceiling(tables: Tables) -> None:
    (budget,) = tables["umeå", "Plan 2020-2022"]
    bare = budget._replace(
        rows=tuple(row for row in budget.rows if row.label != "Försäkringskassan")
    )
    plan = build(bare._replace(sums=()), {2020: 11380, 2022: 11380})
    assert line(plan, "Tak enligt trappan", 3) == [2057, "avgifter oklara", 2057]
    assert drawn(plan, plan.charts[0].line) == [2057, None, 2057]  # type: ignore[union-attr]


def test_no_ceiling_is_guessed(tables: Tables) -> None:
    """Above what the rule is known for the report asks for it."""
    (budget,) = tables["umeå", "Plan 2020-2022"]
    plan = build(budget, {2020: 15001, 2021: 15000, 2022: 11380})
    assert line(plan, "Tak enligt trappan", 3) == ["regel saknas – fyll i", 2600, 2057]
    assert line(plan, "Utrymme under taket", 3) == [None, 1574, 992]
    assert drawn(plan, plan.charts[0].line) == [None, 2600, 2057], "drawn where it is known"  # type: ignore[union-attr]


def test_a_plan_without_equity(tables: Tables) -> None:
    """Results are shown, equity is not invented; columns of many years are named as left out."""
    (budget,) = tables["umeå", "Plan 2018-2020"]
    plan = build(budget, {})
    assert not [text for text in texts(plan) if text.startswith(("Utgående", "Utrymme", "Mot"))]
    assert line(plan, "Årets resultat", 4) == [527, -2255, -1865, -1301]
    assert "Visas inte här: 2005-2016 Utfall och 2005-2019 Summa." in texts(plan)
    assert [chart.title for chart in plan.charts] == ["Resultat per år, tkr"]
    assert "Avslutade verksamheter" not in texts(plan)


def test_stated_equity_that_does_not_follow(tables: Tables) -> None:
    """The printed 600 is 599 by the figures of the table."""
    (budget,) = tables["umeå", "Budget 2019"]
    plan = build(budget, {2019: 11450})
    assert line(plan, "Utgående eget kapital", 1) == [599]
    assert any(
        "står som 600 tkr, från år till år blir det 599" in plain(text) for text in texts(plan)
    )


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
    assert any(text.startswith("▼ negativt: 100") for text in texts(plan))
    assert line(plan, "Mot taket", 2) == ["▼ negativt"] * 2, "that it fits says nothing"
    assert not any("ryms" in text for text in texts(plan))


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


def test_comments_are_read_from_the_report_again(
    tables: Tables, read_again: Callable[[SheetPlan], SheetGrid]
) -> None:
    (budget,) = tables["lappland", "Budget 2024"]
    second = CommentKey.of("Övrig finansiering", "Övrigt", number=1)
    gone = CommentKey.of("Projekt", "Arbetsrum")
    plan = build(budget, {}, {second: "Mindre tryck.", gone: "Avslutat."})
    found = {key: text for key, text in comment_sheet.read(read_again(plan)).items() if text}
    assert found == {second: "Mindre tryck.", gone: "Avslutat."}


def test_a_long_label_is_whole(typed: Typed) -> None:
    """It takes the lines it needs, and leaves room for the comments."""
    label = "Samordnade insatser för unga som varken arbetar eller studerar i hela området"
    budget = typed(
        "Plan 2024-2026, tkr",
        ("Budget 2024", "Plan 2025", "Plan 2026"),
        ("Intäkter",),
        ("Avgifter", 100, 110, 120),
        ("Kostnader",),
        (label, 100, 110, 120),
    )
    plan = build(budget, {})
    (cell,) = [c for c in plan.cells if c.value == label]
    assert cell.role.wrap
    assert dict(plan.heights)[cell.row] > 2 * 10
    assert plan.widths[0] < 50
    assert plan.widths[-1] >= 28


def test_all_columns_are_printed_in_full_size(lappland: SheetPlan, typed: Typed) -> None:
    """Four years and their changes fit; of six years only the change over all of them."""
    headings = ("Budget 2024", *(f"Plan {year}" for year in range(2025, 2030)))
    budget = typed(
        "Plan 2024-2029, tkr",
        headings,
        ("Intäkter",),
        ("Avgifter", *range(3000, 3006)),
        ("Kostnader",),
        ("Löner", *range(2900, 2906)),
    )
    years = build(budget, {})
    changes = [str(c.value) for c in years.cells if str(c.value).startswith("Ändring\n")]
    assert changes == ["Ändring\n2024–29"]
    assert line(years, "Avgifter", 7) == [*range(3000, 3006), 5]
    for plan in (lappland, years):
        pixels = sum(7 * width + 5 for width in plan.widths)
        assert pixels <= 1026, "A4 landscape inside the margins"


def test_no_page_is_left_with_a_few_lines(umea: SheetPlan, lappland: SheetPlan) -> None:
    for plan in (umea, lappland):
        begins = [*plan.page.breaks, plan.page.last_row + 1]
        assert len(begins) == 3
        assert min(after - before for before, after in pairwise(begins)) > 20
