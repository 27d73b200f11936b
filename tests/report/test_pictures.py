"""The three pictures of money: what they are made of by hand, and what is read of them again."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest

from finsam_xl.address import places
from finsam_xl.hosts.ooxml.render import render
from finsam_xl.hosts.pdf import as_pdf
from finsam_xl.model_budget import Amount
from finsam_xl.report.bar_texts import wrapped
from finsam_xl.report.pictures import Step, YearEnd, bridge, equity, variances
from finsam_xl.sheetplan import BarChart, ColumnChart, Fill, Range, SheetPlan
from support.pictures import (
    CROSSING,
    DEVIATIONS,
    LAPPLAND,
    MIXED,
    POSITIVE,
    UMEA,
    all_pictures,
    blank,
)


def bridged(steps: Sequence[Step], decimals: int = 0) -> SheetPlan:
    sheet, place, _ = blank()
    bridge(sheet, "Resultat från budget till prognos", steps, place, "tkr", decimals)
    return sheet.plan("Bilder", "prov")


def of_equity(years: Sequence[YearEnd], decimals: int = 0) -> SheetPlan:
    sheet, place, _ = blank()
    equity(sheet, "Eget kapital mot taket", years, place, "tkr", decimals)
    return sheet.plan("Bilder", "prov")


def deviating(items: Sequence[tuple[str, Amount]]) -> SheetPlan:
    sheet, place, _ = blank()
    variances(sheet, "Avvikelse mot budget i tkr", items, place, "tkr")
    return sheet.plan("Bilder", "prov")


def column(plan: SheetPlan) -> ColumnChart:
    (chart,) = plan.charts
    assert isinstance(chart, ColumnChart)
    return chart


def held(plan: SheetPlan, area: Range) -> list[float | str | None]:
    cells = {(cell.row, cell.column): cell.value for cell in plan.cells}
    return [cells.get(place) for place in places(area)]


def pieces(plan: SheetPlan) -> list[tuple[float | str | None, ...]]:
    """What each column is stacked of."""
    parts = [held(plan, one.values) for one in column(plan).series]
    return list(zip(*parts, strict=True))


def spoken(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (
            UMEA,
            [(0, 0, -2350), (-2350, 0, 0), (-2350, 0, -40), (-2040, 0, -350), (-844, 0, -1196),
             (0, 0, -844)],
        ),
        (
            CROSSING,
            [(0, 500, 0), (0, 500, -300), (-100, 0, -200), (-100, 0, 0), (-100, 0, -300),
             (0, 200, -400), (0, 200, 0)],
        ),
        (POSITIVE, [(0, 1500, 0), (1500, 800, 0), (2280, 20, 0), (0, 2280, 0)]),
        (
            [Step("Budget", None, is_total=True), Step("Kansli", 5), Step("Prognos", 7, is_total=True)],
            [(0, 0, 0), (0, 0, 0), (0, 7, 0)],
        ),
    ],
    ids=["below zero", "across zero", "above zero", "a budget that nobody knows"],
)  # fmt: skip
def test_steps_hang_on_each_other(
    steps: Sequence[Step], expected: Sequence[tuple[float, float, float]]
) -> None:
    """What each step stands on, its part above zero and its part below."""
    plan = bridged(steps)
    assert pieces(plan) == expected
    base, up, down = column(plan).series
    assert (base.fill, up.fill, down.fill) == (Fill.NONE, Fill.SOLID, Fill.SOLID)


def test_a_step_says_its_amount_with_sign_and_mark() -> None:
    chart = column(bridged(UMEA))
    assert [spoken(text) for text in chart.texts] == [
        "−2 350", "±0", "▼ −40", "● +350", "● +1 196", "−844",
    ]  # fmt: skip
    assert chart.series[2].colours == ("grå", "", "röd", "grön", "grön", "grå")
    assert column(bridged(CROSSING)).texts[3] == "–"
    assert chart.title == "Resultat från budget till prognos, tkr"
    assert spoken(chart.alt_text) == (
        "Resultatbrygga i tkr: Budget −2 350, Intäkter 0, Kansli −40, "
        "Verksamhetsnära kostnader +350, Verksamheter +1 196, Prognos −844"
    )


def test_what_is_nothing_as_printed_is_neither_better_nor_worse() -> None:
    steps = [Step("Budget", 1, is_total=True), Step("Hyra", Fraction(4, 10))]
    assert column(bridged(steps)).texts[1] == "±0"
    assert spoken(column(bridged(steps, 2)).texts[1]) == "● +0,40"


def test_texts_stand_at_the_end_of_their_step() -> None:
    """Below what only falls from zero, else above; on axes that hold zero and the texts."""
    for steps, ends, below in (
        (UMEA, [-2350, -2350, -2390, -2390, -2040, -844], [True] * 6),
        (CROSSING, [500, 500, -300, -100, -400, 200, 200], [False] * 2 + [True] * 3 + [False] * 2),
    ):
        plan = bridged(steps)
        chart = column(plan)
        assert chart.marks is not None
        assert held(plan, chart.marks.values) == ends
        assert list(chart.marks.below) == below
        assert chart.lowest < min(ends)
        assert chart.highest >= 0


def test_names_are_parted_where_they_are_joined() -> None:
    plan = bridged(UMEA)
    names = held(plan, column(plan).labels)
    assert names[3] == "Verksamhets-\nnära kostnader"
    assert names[4] == "Verksamheter"
    assert "Verksamhetsnära kostnader" in column(plan).alt_text, "read out in one piece"


def test_texts_broader_than_their_lanes_do_not_meet() -> None:
    """Amounts in kronor over nine years: every second one stands higher, and the axis holds it."""
    years = [YearEnd(str(2018 + n), 2_000_000 - 10_000 * n, 1_170_000) for n in range(9)]
    plan = of_equity(years)
    chart = column(plan)
    assert chart.marks is not None
    marks = [at for at in held(plan, chart.marks.values) if isinstance(at, float)]
    ends = [float(year.equity or 0) for year in years]
    assert marks[::2] == ends[::2]
    height = marks[1] - marks[0]
    assert marks[1::2] == pytest.approx([end + height for end in ends[0:-1:2]])
    assert height > 100_000, "a line of text, which 10 000 are not"
    assert chart.highest >= max(marks) + 0.9 * height
    few = of_equity(years[:4])
    chart = column(few)
    assert chart.marks is not None
    assert held(few, chart.marks.values) == ends[:4], "where there is room they stand at their bars"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Medlemsavgifter", "Medlems-\navgifter"),
        ("Samverkansteam", "Samverkans-\nteam"),
        ("Ungdomsverksamhet", "Ungdoms-\nverksamhet"),
        ("Kansli och styrelse", "Kansli och\nstyrelse"),
        ("Finansiering", "Finansiering"),
        ("Prognos 2026", "Prognos\n2026"),
    ],
)
def test_a_name_on_lines_of_its_lane(name: str, lines: str) -> None:
    assert wrapped(name, 535, 8) == lines
    assert wrapped(name, 2000, 4) == name


def test_equity_is_parted_at_its_ceiling() -> None:
    plan = of_equity(LAPPLAND)
    assert pieces(plan) == [(750, 1346), (750, 915), (750, 596), (750, 277)]
    chart = column(plan)
    assert [(one.name, one.fill) for one in chart.series] == [
        ("Inom taket", Fill.SOLID), ("Över taket", Fill.STRIPED),
    ]  # fmt: skip
    assert [spoken(text) for text in chart.texts] == ["▼ 2 096", "▼ 1 665", "▼ 1 346", "▼ 1 027"]
    assert spoken(chart.alt_text) == (
        "Eget kapital vid årets slut i tkr: Budget 2023 2 096 (tak 750, 1 346 över), "
        "Budget 2024 1 665 (tak 750, 915 över), Plan 2025 1 346 (tak 750, 596 över), "
        "Plan 2026 1 027 (tak 750, 277 över)"
    )
    assert [spoken(text) for text in chart.series[1].texts] == ["+1 346", "+915", "+596", ""], (
        "the smallest bar has no room for a text"
    )


def test_no_ceiling_is_said_to_hold_where_none_is_known() -> None:
    plan = of_equity(MIXED)
    chart = column(plan)
    assert [one.name for one in chart.series] == ["Inom taket", "Över taket", "Taket är inte känt"]
    assert pieces(plan) == [
        (None, None, 2000), (700, None, None), (740, None, None), (None, None, None),
        (-100, None, None), (None, None, 790), (1350, 50, None),
    ]  # fmt: skip
    assert chart.line is not None
    assert held(plan, chart.line) == [None, 750, 750, 800, 900, None, 1350]
    assert spoken(chart.texts[3]) == "–"
    assert chart.lowest < -100
    unknown = column(of_equity([YearEnd("2020", 2000, None), YearEnd("2021", 700, None)]))
    assert unknown.line is None
    assert not unknown.is_named
    assert "taket är inte känt" in unknown.alt_text


def test_over_is_what_is_over_as_printed() -> None:
    """With one decimal, as the sentences on the plan count it."""
    years = [YearEnd("2031", Fraction(75004, 100), 750), YearEnd("2032", Fraction(75006, 100), 750)]
    assert column(of_equity(years)).texts == ("750", "▼\u00a0750")


def test_a_text_that_the_ceiling_would_strike_stands_above_it() -> None:
    plan = of_equity(MIXED)
    marks = column(plan).marks
    assert marks is not None
    places = held(plan, marks.values)
    assert places[0] == 2000
    assert places[1] == 750, "700 would stand on the line at 750"
    assert places[2] == pytest.approx(775), "half way to the line at 800"
    assert places[5] == 790, "no line is drawn there"


def test_deviations_with_sign_and_mark() -> None:
    plan = deviating(DEVIATIONS)
    (chart,) = plan.charts
    assert isinstance(chart, BarChart)
    assert held(plan, chart.values) == [471, 267, None, 0, -40]
    assert [spoken(text) for text in chart.texts] == ["● +471", "● +267", "–", "±0", "▼ −40"]
    assert chart.colours == ("grön", "grön", "", "", "röd")
    assert chart.title == "Avvikelse mot budget i tkr", "the unit once"
    assert chart.lowest == -40
    assert chart.beside is not None
    assert held(plan, chart.beside.gap) == [0, 0, 0, 0, 0], (
        "all begin where their bars end, or zero"
    )
    assert chart.highest == pytest.approx(471 + max(widths(plan, chart.beside.room)))


def widths(plan: SheetPlan, area: Range) -> list[float]:
    return [value for value in held(plan, area) if isinstance(value, float)]


def test_the_name_of_a_bar_is_long_and_its_text_does_not_reach_it() -> None:
    """Left of a bar that goes below zero stands its name: so its text stands right of zero."""
    sheet, place, _ = blank()
    place = place._replace(first=2, last=5)
    items = [("Egna arrangemang, analys och social redovisning", 350), ("Kansli", -4000)]
    variances(sheet, "Avvikelser", items, place, "tkr")
    plan = sheet.plan("Bilder", "prov")
    (chart,) = plan.charts
    assert isinstance(chart, BarChart)
    assert chart.beside is not None
    assert min(widths(plan, chart.beside.room)) > 0
    assert chart.lowest == -4000
    assert chart.highest - 350 > 4350 / 3, "the text needs much of what the name leaves"


def test_deviations_are_read_out() -> None:
    (chart,) = deviating(DEVIATIONS).charts
    assert spoken(chart.alt_text) == (
        "Avvikelser i tkr, plus är bättre: Vuxentorget +471, Insats NAFS +267, Reserv –, Hyra 0, "
        "Kansli och styrelse −40"
    )


def test_what_pictures_are_drawn_from_is_not_seen_and_shared_by_none() -> None:
    plan = all_pictures()
    beside = [cell for cell in plan.cells if cell.column > plan.page.last_column]
    assert len({(cell.row, cell.column) for cell in beside}) == len(beside)
    for cell in beside:
        shown = cell.role.ink if isinstance(cell.value, str) else cell.role.number
        assert shown == ("#FFFFFF" if isinstance(cell.value, str) else ";;;")


def test_a_file_holds_named_charts_that_say_what_they_show() -> None:
    plan = all_pictures()
    made = render([plan])
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
        equities = package.read("xl/charts/chart2.xml").decode()
    names = re.findall(r'<xdr:cNvPr id="\d+" name="([^"]+)" descr="([^"]+)"', drawing)
    assert [name for name, _ in names] == [
        "Resultatbrygga", "Eget kapital", "Avvikelser", "Eget kapital 2", "Resultatbrygga 2",
        "Resultatbrygga 3",
    ]  # fmt: skip
    assert [said for _, said in names] == [chart.alt_text for chart in plan.charts]
    assert equities.count('prst="wdUpDiag"') == 1 + len(LAPPLAND)
    assert equities.count("<c:legendEntry>") == 1, "of the marks, which are not drawn"
    for chart in openpyxl.load_workbook(io.BytesIO(made)).active._charts:
        stacked = chart.grouping == "stacked"
        placed = {one.dLbls.dLblPos for one in chart.series if one.dLbls is not None}
        assert not stacked or "outEnd" not in placed, "which Excel takes for a broken file"


_FOOT = 548.0
"""How far down a page, in points, its margin begins."""
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)<')


@pytest.mark.usefixtures("soffice")
def test_no_text_stands_on_another_in_libreoffice(tmp_path: Path) -> None:
    """Every text of every chart is there, and none touches the next."""
    plan = all_pictures()
    target = tmp_path / "bilder.pdf"
    target.write_bytes(as_pdf(render([plan])))
    done = subprocess.run(["pdftotext", "-bbox", str(target), "-"], capture_output=True, check=True)
    pages = [WORD.findall(page) for page in done.stdout.decode().split("<page ")[1:]]
    printed = "".join(word for page in pages for *_, word in page).replace("\u00a0", "")
    texts = [spoken(text).replace(" ", "") for chart in plan.charts for text in chart.texts]
    assert [text for text in texts if text.lstrip("●▼") not in printed] == []
    for mark in "●▼":  # some more than once, where a typeface has none in bold
        assert printed.count(mark) >= sum(text.count(mark) for text in texts)
    for page in pages:
        # In the margin below stand marks of the next page's charts, which are cut off and not seen.
        boxes = [
            (*map(float, corners), word) for *corners, word in page if float(corners[1]) < _FOOT
        ]
        for one, other in combinations(boxes, 2):
            beside = one[2] <= other[0] + 1 or other[2] <= one[0] + 1
            above = one[3] <= other[1] + 3 or other[3] <= one[1] + 3  # as lines of a text are
            assert beside or above or one[4] == other[4], (one, other)
