"""What happens with equity: by each forecast of Umeå's 2019, and by each alternative of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.actions.questions import Asked
from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.hosts.ooxml import Book
from finsam_xl.report.contents import answer_of
from finsam_xl.sheetplan import ColumnChart, Fill, SheetPlan
from finsam_xl.sheets.grid import Grid
from support.scenario_sheets import CEILING, ENDS, LAYOUTS, NAMES, RESULTS, SPANNED, YEARS
from support.typed_sheets import TODAY, grid
from support.workbooks import EXISTING

Row = list[Any]
ORDER = ("low", "middle", "high")


def report(book: Grid, scenario: str | None = None) -> SheetPlan:
    plan = actions.what_if(book, today=TODAY, run="2026-11-25 · 1", asked=Asked(scenario=scenario))
    (sheet,) = (one for one in plan.sheets if one.owner == "vad_hander_budget")
    return sheet


def shipped(name: str) -> SheetPlan:
    with Book(EXISTING / f"{name}.xlsx") as book:
        return report(book.grid)


@pytest.fixture(scope="module")
def umea() -> SheetPlan:
    return shipped("umearegionen-budget")


def rows(sheet: SheetPlan, label: str) -> Iterator[Row]:
    """The amounts and texts of the rows of a label, blanks left out."""
    for cell in sheet.cells:
        if cell.column == 1 and str(cell.value).strip() == label:
            beside = sorted(
                (c.column, c.value)
                for c in sheet.cells
                if c.row == cell.row and 1 < c.column <= sheet.page.last_column
            )
            yield [value for _, value in beside if value is not None]


def texts(sheet: SheetPlan) -> str:
    return "\n".join(str(cell.value) for cell in sheet.cells).replace("\u00a0", " ")


# Forecasts of a year, and the plan after it ----------------------------------------------------


def test_the_result_of_2019_by_each_method(umea: SheetPlan) -> None:
    """−290 by August: × 12 / 8 = −435; with a third of the budgeted −2 350 it is −1 073."""
    assert next(rows(umea, "Resultat")) == [-2350, -290, -844, -435, -1073, 638]


def test_lines_and_totals_of_2019(umea: SheetPlan) -> None:
    """3 817 × 1,5 = 5 725,5 and 3 817 + 5 725 / 3 = 5 725,3; costs 8 962 of 13 890."""
    assert next(rows(umea, "Försäkringskassan")) == [5725, 3817, 5725, 5726, 5725, 1]
    assert next(rows(umea, "Kostnader totalt")) == [13890, 8962, 12384, 13443, 13592, 1208]


@pytest.mark.parametrize(
    ("name", "ends", "course"),
    [
        # 2 992 when 2019 began; then the plan's −1 020, 87 and 39.
        ("skriven prognos", [2148, 1128, 1215, 1254], "Över taket 2019 och under taket 2020–2022"),
        (
            "rak framskrivning",
            [2557, 1537, 1624, 1663],
            "Över taket 2019 och under taket 2020–2022",
        ),
        ("återstående budget", [1919, 899, 986, 1025], "Under taket alla år"),
        ("planen", [939, 1026, 1065], "Under taket alla år"),
    ],
)
def test_where_equity_goes_by_each_forecast(
    umea: SheetPlan, name: str, ends: list[int], course: str
) -> None:
    assert next(rows(umea, f"Eget kapital, {name}")) == [*ends, course]


def test_the_ceiling_of_each_year_stands_once(umea: SheetPlan) -> None:
    """11 450 tkr in fees: 1 400 + 15 % of 4 450 = 2 067,5; 11 380 give 2 057."""
    assert list(rows(umea, "Tak enligt trappan")) == [[2068, 2057, 2057, 2057]]


def test_the_answer_can_be_read_to_a_board(umea: SheetPlan) -> None:
    assert answer_of(umea).replace("\u00a0", " ") == (
        "Resultatet 2019 blir mellan −1 073 och −435 tkr beroende på metod; den skrivna är −844. "
        "Eget kapital är över taket 2019 och under taket 2020–2022 enligt skriven prognos och rak "
        "framskrivning; under taket alla år enligt återstående budget och planen."
    )


def test_what_a_method_lacks_is_told(umea: SheetPlan) -> None:
    told = texts(umea)
    assert "Återstående periodbudget visas inte: det behövs budget för samma månader" in told
    assert "Förra årets mönster visas inte: det behövs förra årets utfall" in told


def test_one_picture_with_every_way_on_one_axis(umea: SheetPlan) -> None:
    """Three ways of four years and one of three, with a gap between each two."""
    (chart,) = umea.charts
    assert isinstance(chart, ColumnChart)
    assert len(chart.texts) == 3 * 4 + 3 + 3
    marked = [text.replace("\u00a0", " ") for text in chart.texts if "▼" in text]
    assert marked == ["▼ 2 148", "▼ 2 557"]
    assert {one.fill for one in chart.series} == {Fill.SOLID, Fill.STRIPED}


def test_a_plan_alone_is_its_own_way() -> None:
    """Södra Lappland 2024–2026, from 2 092: 1 665, 1 346 and 1 027 against a ceiling of 750."""
    sheet = shipped("sodra-lappland-budget")
    assert answer_of(sheet) == "Eget kapital är över taket alla år enligt planen."
    assert list(rows(sheet, "Tak enligt trappan")) == [[750, 750, 750]]


# Alternatives ----------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_alternative_year_by_year(layout: str) -> None:
    sheet = report(grid(("Budget", LAYOUTS[layout])))
    for name, key in zip(NAMES[layout], ORDER, strict=True):
        (found,) = rows(sheet, f"Eget kapital, {name}")
        assert found[:-1] == list(ENDS[key])
    results = list(rows(sheet, "Årets resultat"))
    assert results == [[RESULTS[key]] * 3 for key in ORDER]
    assert list(rows(sheet, "Tak enligt trappan")) == [[CEILING] * 3]


def test_when_each_crosses() -> None:
    """Low: 1 800–2 400; middle: 1 250, 1 000, 750; high: 0, −1 500, −3 000; the ceiling: 1 200."""
    sheet = report(grid(("Budget", SPANNED)))
    assert answer_of(sheet) == (
        "Inget scenario är valt. Eget kapital är över taket alla år enligt Låg; över taket 2027 "
        "och under taket 2028–2029 enligt Mellan; under taket 2027 och under noll 2028–2029 enligt "
        "Hög."
    )
    assert list(rows(sheet, "Mot taket")) == [
        ["▼ 600 över", "▼ 900 över", "▼ 1\u00a0200 över"],
        ["▼ 50 över", "● 200 kvar", "● 450 kvar"],
        ["● 1\u00a0200 kvar", "▼ under noll", "▼ under noll"],
    ]
    assert "inget av dem är valt. Inget antas" in texts(sheet)


@pytest.mark.parametrize("said", ["hög", "Högt alternativ", "HÖG"])
def test_the_one_asked_for_leads(said: str) -> None:
    sheet = report(grid(("Budget", SPANNED)), said)
    assert answer_of(sheet).startswith(
        "Valt scenario är Hög. Eget kapital är under taket 2027 och under noll 2028–2029 enligt Hög;"
    )
    bold = [c.value for c in sheet.cells if c.role.bold and "under noll" in str(c.value)]
    assert "Under taket 2027 och under noll 2028–2029" in bold


def test_one_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        report(grid(("Budget", SPANNED)), "Rimlig")
    assert refused.value.remedy == "Välj Låg, Mellan eller Hög."


def test_a_plan_without_alternatives_has_none_to_choose() -> None:
    with Book(EXISTING / "sodra-lappland-budget.xlsx") as book, pytest.raises(InputError):
        report(book.grid, "Låg")


def test_a_workbook_without_plan_or_followup() -> None:
    sheet = [["Budget 2026, tkr"], [None, "Budget 2026"], ["Lön", 5], ["Hyra", 3], ["Summa", 8]]
    with pytest.raises(WorkbookError):
        report(grid(("Budget", sheet)))


def test_years_that_do_not_follow_are_told() -> None:
    """2027 and 2029: what happens in between nobody knows, so nothing is known of 2029."""
    heading = {"Plan 2028": "Plan 2030"}
    sheet = [tuple(heading.get(value, value) for value in row) for row in SPANNED[:5]]
    opening = SPANNED[15]
    sheet += [*SPANNED[5:15], (opening[0], *opening[1:4]), (SPANNED[16][0], *SPANNED[16][1:4])]
    told = report(grid(("Budget", sheet)))
    assert "Åren följer inte på varandra: 2028 saknas (Låg, Mellan och Hög)" in texts(told)
    (low,) = rows(told, "Eget kapital, Låg")
    assert low == [1800, "Över taket 2027 och inte känt 2029–2030"]


def test_each_end_less_its_opening_is_the_sum_of_its_results() -> None:
    sheet = report(grid(("Budget", SPANNED)))
    results = list(rows(sheet, "Årets resultat"))
    for name, result in zip(NAMES["spanned"], results, strict=True):
        (found,) = rows(sheet, f"Eget kapital, {name}")
        assert found[len(YEARS) - 1] - 1500 == sum(result)


# The plan's own report -------------------------------------------------------------------------


def plan_report(*said: str) -> SheetPlan:
    sheet = [*SPANNED, (), ("Valt scenario", *said)]
    plan = actions.report(grid(("Budget", sheet)), "plan", today=TODAY, run="1")
    return plan.sheets[0]


def test_the_plan_leads_by_the_chosen_one_and_shows_the_others() -> None:
    sheet = plan_report("Mellan")
    assert next(rows(sheet, "Utgående eget kapital")) == [1250, 1000, 750]
    assert next(rows(sheet, "Insatser"))[:3] == [5350, 5350, 5350]
    assert next(rows(sheet, "Eget kapital, Hög"))[:3] == [0, -1500, -3000]
    assert answer_of(sheet).startswith("Valt scenario är Mellan. Eget kapital är över taket 2027")
    assert "Planen har Låg, Mellan och Hög; de andra visas bredvid." in texts(sheet)


def test_a_plan_of_which_none_is_chosen_shows_them_all_and_leads_by_none() -> None:
    sheet = plan_report()
    assert not list(rows(sheet, "Insatser"))
    assert next(rows(sheet, "Eget kapital, Mellan"))[:3] == [1250, 1000, 750]
    assert answer_of(sheet).startswith("Inget scenario är valt.")


# A year that is over ----------------------------------------------------------------------------

_LINES: tuple[Row, ...] = (
    ["Medlemsavgifter", 900, 600], ["Löner", -500, -300], ["Insatser", -400, -250],
    ["Resultat", 0, 50],
)  # fmt: skip


def _followed_up(part: str, outcome: str) -> tuple[str, list[Row]]:
    return part, [[f"Uppföljning {part} 2026, tkr"], ["Tkr", "Budget 2026", outcome], *_LINES]


_T1, _T2, _T3 = (
    _followed_up("T1", "Utfall jan-apr 2026"),
    _followed_up("T2", "Utfall t.o.m. T2 2026"),
    _followed_up("T3", "Utfall 2026"),
)


@pytest.mark.parametrize(
    ("sheets", "remedy"),
    [
        ((_T1, _T2, _T3), "--till 2026-T2 eller 2026-T1."),
        ((_T1, _T3), "--till 2026-T1."),
        ((_T2, _T3), "--till 2026-T2."),
    ],
    ids=["three", "first", "second"],
)
def test_a_year_that_is_over_asks_for_an_earlier_part(
    sheets: tuple[tuple[str, list[Row]], ...], remedy: str
) -> None:
    """Nothing is left to forecast: the parts that can be asked about are named."""
    with pytest.raises(WorkbookError) as error:
        report(grid(*sheets))
    assert "till och med hela 2026" in error.value.what
    assert error.value.remedy.endswith(remedy)


def test_an_earlier_part_of_the_year_is_answered() -> None:
    """600 of income by August is 900 in twelve months, and costs of 550 are 825: 75."""
    asked = Asked(until="T2")
    plan = actions.what_if(grid(_T1, _T2, _T3), today=TODAY, run="2026-11-25 · 1", asked=asked)
    (sheet,) = (one for one in plan.sheets if one.owner == "vad_hander_budget")
    assert 75 in next(rows(sheet, "Resultat"))
