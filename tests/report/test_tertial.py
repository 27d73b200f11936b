"""The tertial report: the shipped follow-up's figures, and tables of other kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from finsam_xl import actions
from finsam_xl.model_budget import Budget
from finsam_xl.palette import INK, MARK_INKS
from finsam_xl.periods import Period
from finsam_xl.report import tertial
from finsam_xl.report.look import SWEDISH
from finsam_xl.sheetplan import BarChart, Chart, SheetPlan
from support.typed_sheets import grid

Tables = Mapping[tuple[str, str], list[Budget]]
Typed = Callable[..., Budget]
T1, T2, YEAR = Period(2024, 1), Period(2019, 2), Period(2021)


def build(budget: Budget, balance: Budget | None = None, period: Period = T2) -> SheetPlan:
    return tertial.build(
        budget, balance, association="Förbundet", period=period, run="20.19 · a1f3", comments={}
    )


def rows(plan: SheetPlan) -> dict[int, dict[int, float | str]]:
    found: dict[int, dict[int, float | str]] = {}
    for cell in plan.cells:
        if cell.value is not None:
            found.setdefault(cell.row, {})[cell.column] = cell.value
    return found


def line(plan: SheetPlan, label: str, nth: int = 0) -> list[float | str | None]:
    """The cells of the nth row of figures with a label."""
    found = [row for row in rows(plan).values() if str(row.get(1, "")).strip() == label]
    figures = [
        row for row in found if any(isinstance(value, int | float) for value in row.values())
    ]
    return [figures[nth].get(column) for column in range(2, 8)]


def texts(plan: SheetPlan) -> list[str]:
    return [str(cell.value) for cell in plan.cells if isinstance(cell.value, str)]


@pytest.fixture
def umea(tables: Tables) -> SheetPlan:
    budget, balance = tables["umeå", "Tertial 2 2019"]
    return build(budget, balance)


@pytest.mark.parametrize(
    ("label", "nth", "figures"),
    [
        ("Kostnader totalt", 0, [13890, 8962, 0.645, 12384, 1506, 0.108]),
        ("Kostnader totalt", 1, [13890, 8962, 0.645, 12384, 1506, 0.108]),
        ("Summa intäkter", 1, [11540, 8672, 0.751, 11540, 0, 0]),
        ("Kansli och styrelse", 0, [2210, 1477, 0.668, 2250, -40, -0.018]),
        ("Verksamhetsnära kostnader", 0, [700, 176, 0.251, 350, 350, 0.5]),
        ("Vuxentorget", 1, [2440, 1360, 0.557, 1969, 471, 0.193]),
        ("Hälsofrämjande etablering", 0, [None, 1032, None, None, None, None]),
        ("Hälsofrämjande etablering (reserv)", 1, [200, 0, 0, 0, 200, 1]),
        ("Resultat", 0, [-2350, -290, None, -844, 1506, 0.641]),
        ("Resultat (intäkter minus kostnader)", 0, [-2350, -290, None, -844, 1506, 0.641]),
    ],
)
def test_umeas_figures(umea: SheetPlan, label: str, nth: int, figures: list[float | None]) -> None:
    """As printed, with deviation and per cent; blanks stay blank."""
    assert line(umea, label, nth) == figures


def test_the_total_is_named_by_its_section(umea: SheetPlan) -> None:
    """The source calls two totals the same; the summary goes by the sections, in their order."""
    labels = [str(row.get(1)) for _, row in sorted(rows(umea).items())]
    first = labels.index("Avsnitt") + 1
    assert labels[first : first + 6] == [
        "Summa intäkter",
        "Kansli och styrelse",
        "Verksamhetsnära kostnader",
        "Verksamheter",
        "Kostnader totalt",
        "Resultat",
    ]


def test_umeas_key_figures(umea: SheetPlan) -> None:
    """Four, with a line of meaning each; without equity the last is the largest deviation."""
    found = rows(umea)
    assert list(found[5].values()) == ["−844", "+1\u00a0506", "64,5\u00a0%", "+471"]
    assert list(found[6].values()) == [
        "budget −2\u00a0350",
        "● bättre än budget",
        "● mindre än tiden: 66,7\u00a0% av året har gått (8/12)",
        "● Vuxentorget",
    ]


@pytest.mark.parametrize(
    ("period", "title", "span"),
    [
        (Period.of(2019, 1, 10), "Uppföljning 2019", "januari–oktober"),
        (Period.of(2019, 1, 1), "Uppföljning 2019", "januari–januari"),
        (T2, "Tertial 2 2019", "januari–augusti"),
        (Period(2019), "Helår 2019", "januari–december"),
    ],
)
def test_a_follow_up_to_any_month(tables: Tables, period: Period, title: str, span: str) -> None:
    told = texts(build(tables["umeå", "Tertial 2 2019"][0], period=period))
    assert told[0] == title
    assert f"Förbundet · {span} · belopp i tkr" in told


def test_named_forecasts_for_the_totals(umea: SheetPlan) -> None:
    assert line(umea, "Intäkter") == [11540, 8672, 11540, 13008, 12519, None]
    assert line(umea, "Kostnader") == [13890, 8962, 12384, 13443, 13592, None]
    assert line(umea, "Resultat", 1) == [-2350, -290, -844, -435, -1073, None]


def test_the_largest_deviations(umea: SheetPlan) -> None:
    """By size, whatever way, with a tinted and unlocked cell to write in."""
    found = rows(umea)
    start = next(row for row, cells in found.items() if cells.get(9) == "Kommentar")
    told = [(cells[1], cells[6]) for row, cells in sorted(found.items()) if start < row < start + 8]
    assert told == [
        ("Vuxentorget", 471),
        ("Egna arrangemang, analys och social redovisning", 350),
        ("Insats NAFS/Primärvården och plattformarna", 267),
        ("Hälsofrämjande etablering (reserv)", 200),
        ("Ungdomstorget", 154),
        ("Plattform förebyggande", 104),
        ("Kansli och styrelse", -40),
    ]
    (cell,) = (c for c in umea.cells if (c.row, c.column) == (start + 1, 9))
    assert cell.value is None
    assert cell.role.unlocked
    assert cell.role.wrap
    assert cell.role.fill


def test_deviations_show_their_signs_and_what_is_worse(umea: SheetPlan) -> None:
    """In numbers, and not by colour alone: a mark and a minus, else a plus."""
    every = [c for c in umea.cells if c.column == 6 and isinstance(c.value, int)]
    deviations = [c for c in every if "+#" in c.role.number]
    assert {1506, -40, 1196} <= {c.value for c in deviations}
    worse = [c.role for c in deviations if float(c.value or 0) < 0]
    better = [c.role for c in deviations if float(c.value or 0) >= 0]
    assert len(worse) > 1 < len(better)
    assert {role.ink for role in worse} == {MARK_INKS["röd"]}
    assert {role.ink for role in better} == {INK}
    for role in (*worse, *better):
        more, less, _ = role.number.removeprefix(SWEDISH).split(";")
        assert (more[0], less) == ("+", f'{SWEDISH}"▼ −"#,##0')
    percent = {c.role.number for c in umea.cells if c.column == 7 and c.value == -0.018}
    assert percent == {f'{SWEDISH}+0.0 %;{SWEDISH}"−"0.0 %;{SWEDISH}0.0 %'}


def test_what_lacks_budget_and_the_balance(umea: SheetPlan) -> None:
    note = (
        "Utfall utan budget, som ändå räknas in i summorna: EU intäkter 957 tkr och "
        "Hälsofrämjande etablering 1 032 tkr."
    )
    assert note in [text.replace("\u00a0", " ") for text in texts(umea)]
    assert line(umea, "Kassa och bank")[0] == 10656
    assert line(umea, "Eget kapital")[0] == -2701


def test_labels_lead_to_their_source(umea: SheetPlan) -> None:
    links = {str(cell.value): cell.link for cell in umea.cells if cell.link}
    assert links["Bjurholm"].startswith("'Tertial 2 2019'!A")
    assert links["Kassa och bank"].startswith("'Tertial 2 2019'!A")


def of_name(plan: SheetPlan, name: str) -> Chart:
    (found,) = [chart for chart in plan.charts if chart.name == name]
    return found


def test_chart_against_the_part_of_the_year(umea: SheetPlan) -> None:
    """The dashed line is at 8/12, and costs alone are drawn: income says nothing there."""
    chart = of_name(umea, "Förbrukat av budget")
    assert isinstance(chart, BarChart)
    assert chart.target == pytest.approx(8 / 12)
    assert chart.highest < 2 * 8 / 12
    assert "Verksamhetsnära kostnader 25" in chart.alt_text
    assert "intäkter" not in chart.alt_text
    assert "66,7" in chart.title


def test_umeas_way_from_budget_to_forecast(umea: SheetPlan) -> None:
    """−2 350 and what the sections change is −844: 0 − 40 + 350 + 1 196 = 1 506."""
    chart = of_name(umea, "Resultatbrygga")
    assert chart.texts == tuple(
        text.replace(" ", "\u00a0")
        for text in ("−2 350", "±0", "▼ −40", "● +350", "● +1 196", "−844")
    )
    assert chart.alt_text.replace("\u00a0", " ") == (
        "Resultatbrygga i tkr: Budget −2 350, Summa intäkter 0, Kansli och styrelse −40, "
        "Verksamhetsnära kostnader +350, Verksamheter +1 196, Prognos −844"
    )


def test_the_largest_deviations_are_drawn_the_largest_first(umea: SheetPlan) -> None:
    chart = of_name(umea, "Avvikelser")
    assert [text.split("\u00a0")[-1] for text in chart.texts] == [
        "+471", "+350", "+267", "+200", "+154", "+104", "−40",
    ]  # fmt: skip


def test_signs_and_rounding_of_the_year(tables: Tables) -> None:
    """Signed costs; a netted project has an outcome only; totals that rounding explains."""
    (budget,) = tables["umeå", "Utfall 2021"]
    plan = build(budget, period=YEAR)
    assert line(plan, "Kanslipersonal", 1) == [-1580, -1488, 0.942, 92, 0.058, None]
    assert line(plan, "VERKSAMHETENS RESULTAT") == [-1146, -204, None, 942, 0.822, None]
    assert line(plan, "Projektledare") == [None, -91, None, None, None, None]
    assert "Helår 2021" in texts(plan)
    assert any(text.startswith("Avrundning gör att några summor") for text in texts(plan))
    assert not any("framskrivning" in text for text in texts(plan))


def test_without_a_typed_forecast(typed: Typed) -> None:
    """The rest of the year follows the budget, and the heading says so."""
    budget = typed(
        "Uppföljning 2024, tkr",
        ("Budget 2024", "Utfall t.o.m. T1"),
        ("Intäkter",),
        ("Avgifter", 900, 300),
        ("Kostnader",),
        ("Lokaler", 300, 250),
        ("Löner", 600, 100),
        ("Summa kostnader", 900, None),
    )
    plan = build(budget, period=T1)
    assert line(plan, "Lokaler", 0) == [300, 250, 0.833, 450, -150, -0.5]
    assert line(plan, "Summa kostnader") == [900, 350, 0.389, 950, -50, -0.056]
    assert "Prognos, återst. budget" in texts(plan)
    chart = of_name(plan, "Förbrukat av budget")
    assert isinstance(chart, BarChart)
    assert chart.target == pytest.approx(4 / 12), "it is drawn however far out the axis goes"
    assert "▼ sämre än budget" in texts(plan)
    assert "Tabellen har ingen prognos: den är här utfallet och återstående budget." in texts(plan)


def test_amounts_in_millions(typed: Typed) -> None:
    """They are not rounded away, and nothing becomes a minus zero."""
    budget = typed(
        "Uppföljning 2024, mkr",
        ("Budget 2024", "Utfall t.o.m. T1", "Prognos 2024"),
        ("Intäkter",),
        ("Avgifter", 11.38, 3.79, 11.376),
        ("Kostnader",),
        ("Löner", 11.38, 3.7, 11.384),
    )
    plan = build(budget, period=T1)
    assert line(plan, "Avgifter", 1)[:4] == [11.38, 3.79, 0.333, 11.38]
    assert line(plan, "Löner", 1)[4] == 0
    assert rows(plan)[5][1] == "−0,01"
    assert "Inga avvikelser mot budget" in texts(plan)


def test_a_table_of_nothing_much(typed: Typed) -> None:
    """Without costs, and with a budget only, there is still a report."""
    budget = typed("Budget 2024", ("Budget 2024",), ("Avgifter", 5), ("Bidrag", 7))
    plan = build(budget, period=T1)
    assert line(plan, "Avgifter", 0) == [5, None, None, None, None, None]
    assert "–" in texts(plan)


def test_the_latest_outcome_and_the_budget_decided_last() -> None:
    """Two follow-ups and two budgets side by side: 5 of 10 is used, and the notes name the budget."""
    typed_in = [
        ("Uppföljning 2024, tkr",),
        (),
        ("", "Budget 2024", "Budget 2024", "Utfall t.o.m. T1 2024", "Utfall t.o.m. T2 2024"),
        ("Intäkter",),
        ("Medlemsavgifter", 9, 10, 3, 7),
        ("Summa intäkter", 9, 10, 3, 7),
        ("Kostnader",),
        ("Kansli", 9, 10, 2, 5),
        ("Summa kostnader", 9, 10, 2, 5),
        ("Resultat", 0, 0, 1, 2),
    ]  # fmt: skip
    made = actions.report(grid(("T2", typed_in)), "tertial", today=date(2024, 9, 30), run="a1f3")
    (plan,) = made.sheets
    assert any(cell.value == "Tertial 2 2024" for cell in plan.cells)
    assert line(plan, "Kansli", -1)[:3] == [10, 5, 0.5]
    assert (
        "Budgeten är kolumnen Budget 2024 (C); för samma år finns även Budget 2024 (B)."
        in texts(plan)
    )
