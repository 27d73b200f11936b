"""The annual report: the documents' figures on formatted sheets, for the tables that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from finsam_xl import actions, policy
from finsam_xl.address import places
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model_budget import Budget
from finsam_xl.money import swedish
from finsam_xl.palette import MARK_INKS
from finsam_xl.reading import book as reading
from finsam_xl.report import annual, annual_statements, look
from finsam_xl.report.annual_tables import Annual, Statement
from finsam_xl.report.sheet import ROW
from finsam_xl.sheetplan import ColumnChart, Range, SheetPlan
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.rich_workbook import check_package
from support.workbooks import EXISTING, SOCIAL_BUDGET, copy, workbook

ECONOMY, ACTIVITY = "Årsredovisning Ekonomi", "Årsredovisning Verksamhet"
UMEA, LAPPLAND = EXISTING / "umearegionen-budget.xlsx", EXISTING / "sodra-lappland-budget.xlsx"
FEW, INCOME = "färre än 5", "”Verksamhetens intäkter”"
DAY, RUN = date(2022, 3, 31), "14.30 · a1f3"


@pytest.fixture(scope="module")
def sheets() -> Iterator[list[SheetGrid]]:
    """The sheets of both of Umeåregionen's workbooks."""
    with Book(UMEA) as budget, Book(SOCIAL_BUDGET) as social:
        yield [
            *budget.grid.sheets,
            *(s for s in social.grid.sheets if s.name != "Uppgifter i text"),
        ]


def report(sheets: list[SheetGrid]) -> tuple[SheetPlan, ...]:
    return actions.report(Grid(tuple(sheets)), "arsredovisning", today=DAY, run=RUN).sheets


@pytest.fixture(scope="module")
def both(sheets: list[SheetGrid]) -> dict[str, SheetPlan]:
    return {plan.name: plan for plan in report(sheets)}


@pytest.fixture
def economy(both: dict[str, SheetPlan]) -> SheetPlan:
    return both[ECONOMY]


@pytest.fixture
def activity(both: dict[str, SheetPlan]) -> SheetPlan:
    return both[ACTIVITY]


def texts(plan: SheetPlan) -> list[str]:
    return [str(c.value).replace("\u00a0", " ") for c in plan.cells if isinstance(c.value, str)]


def key_figures(plan: SheetPlan) -> list[float | str | None]:
    below = {(c.row + 1, c.column) for c in plan.cells if c.role == look.KEY_LABEL and c.value}
    return [c.value for c in plan.cells if (c.row, c.column) in below]


def block(plan: SheetPlan, title: str) -> dict[str, list[float | str | None]]:
    """The rows below a title, by label; of labels that occur twice the first."""
    last = plan.page.last_column
    cells = sorted((c for c in plan.cells if c.column <= last), key=lambda c: (c.row, c.column))
    titles = [c for c in cells if c.role.size == 11 and c.role.bold and c.column == 1]
    start = next(c for c in titles if str(c.value).startswith(title))
    others = (c.row for c in titles if c.row > start.row and title not in str(c.value))
    end = next(others, plan.page.last_row)
    found: dict[str, list[float | str | None]] = {}
    for cell in cells:
        if cell.column == 1 and start.row < cell.row < end and cell.value:
            values = [c.value for c in cells if c.row == cell.row and c.column > 1]
            found.setdefault(str(cell.value).strip(), values)
    return found


@pytest.mark.parametrize(
    ("title", "label", "figures"),
    [
        ("Femårsöversikt", "Eget kapital", [4142, 2992, 1993, 2010, 1800]),
        ("Femårsöversikt", "Årets resultat", [867, -1150, -1000, 17, -210]),
        ("Femårsöversikt", "varav ESF-projekt", [None, 464, 1739, 1649, 141]),
        ("Femårsöversikt", "Soliditet (%)", [41, 30, 27, 30, 28]),
        ("Femårsöversikt", "Soliditet räknad ur balansräkningen (%)", [None, None, None, 30, 28]),
        # Trappan: 20 % of 7 000 and 15 % of the rest, of 11 450 (2 067,5) and of 11 380.
        ("Femårsöversikt", "Tak enligt trappan, räknat ur avgifterna", [None, None, 2068, 2057, 2057]),
        ("Kostnadsfördelning 2021, tkr", "Administration", [1073, 0.09, 1073, 0.09, 0]),
        ("Kostnadsfördelning", "Strukturövergripande insatser", [1432, 0.12, 1432, 0.12, 0]),
        ("Kostnadsfördelning", "Individinriktade insatser", [9218, 0.79, 9217, 0.79, 1]),
        ("Driftredovisning 2021, tkr", "Kostnader SAMO", [-11723, -12585, 862, -11558]),
        ("Driftredovisning 2021, tkr", "Kostnader HFE*", [-126, None, None, -1557]),
        ("Balanskravsresultat 2021, kr", "Balanskravsresultat", [-209941]),
        ("Utfall mot budget 2021, tkr", "Kanslipersonal", [-1488, -1580, 92]),
        ("Utfall mot budget 2021, tkr", "VERKSAMHETENS RESULTAT", [-204, -1146, 942]),
        ("Resultaträkning 2021, kr", "Verksamhetens kostnader", ["3, 4, 5", -11849182, -13114507]),
        ("Kassaflödesanalys 2021, kr", "Likvida medel vid årets slut", [None, 6456970, 5502738]),
        ("Kassaflödesanalys 2021, kr", "Årets kassaflöde", [None, None, -655260]),
        ("Balansräkning 2021, kr", "Fordringar", ["6", 82796, 1237172]),
        ("Balansräkning 2021, kr", "Ansvarsförbindelser", [None, "Inga", "Inga"]),
        ("Not 3.", "Resultaträkningen: Verksamhetens kostnader", [-11849182, -13114507]),
        ("Not 4. Räkenskapsrevision, kr", "Revision av bokföring och årsredovisning", [-29000, -28000]),
        ("Not 4.", "Hör till resultaträkningen: Verksamhetens kostnader", [None, None]),
        ("Not 5. Jämförelsestörande poster, kr", "Summa", [331000, 330000]),
        ("Not 8.", "Balansräkningen: Kortfristiga skulder", [4740173, 4730377]),
    ],
)  # fmt: skip
def test_economy(
    economy: SheetPlan, title: str, label: str, figures: list[float | str | None]
) -> None:
    assert block(economy, title)[label] == figures


@pytest.mark.parametrize(
    ("title", "label", "figures"),
    [
        ("Deltagare och avslut 2021", "Antal deltagare hela året", [None, None, 787] + [None] * 3),
        ("Deltagare och avslut", "varav nya för året", [93, 94, 187, None, 327, None]),
        ("Deltagare och avslut", "Avbrott av hälsoskäl", [30, 21, 51, 0.16, None, 0.14]),
        ("Positiva lösningar efter slag", "Till arbete", [42, 35, 77, 0.31, 0.31]),
        ("Positiva lösningar efter slag", "Saknar arbetsförmåga", [15, 17, 32, 0.13, 0.07]),
        ("Per plattform 2021", "Ungdomstorget", [82, 0.47, 0.84, 0.12, 0.8]),
        ("Per plattform 2021", "Bjurholm", [12, 0.42, 0.92, None, None]),
        # 25 % of 12 are three, and 14 % of 58 % of 12 is one.
        ("Per plattform 2021, andel av avslut", "Vindeln", [12, 0.33, 0.58, 0.25, FEW]),
        ("Per plattform 2021, andel av positiva", "Vindeln", [0.14, FEW, 5, None, None]),
        ("Aktualiserande parter 2021", "Annan kommun* Robertsfors", [3, FEW, 1, FEW]),
        ("Aktualiserande parter 2021", "Annan kommun* Umeå", [7, 0.28, 6, 0.86]),
        ("Per plattform 2021, andel av positiva", "Vännäs", [0.4, 0.5, 6, 0.12, FEW]),
        ("Aktualiserande parter 2021, antal", "Försäkringskassan", [24, 0.63, 21, 0.88]),
        ("Svarsfrekvens", "Vuxentorget", [0.27, 1, 0.85]),
        ("Impactindex 2021", "Förbundet i sin helhet", [64, 41, 80, 85, 72, 76]),
        ("Målområdenas vikt 2021", "4. Samordning", [0.1, 0.1]),
        (
            "Särskilda insatser 2021",
            "Samtalstillfällen",
            [9, 13, 22, "\u00a0\u00a0\u00a0tillfällen"],
        ),
        (
            "Särskilda insatser",
            "Beläggning, ca per månad",
            [None, None, 12, "\u00a0\u00a0\u00a0personer"],
        ),
    ],
)
def test_activity(
    activity: SheetPlan, title: str, label: str, figures: list[float | str | None]
) -> None:
    assert block(activity, title)[label] == figures


def test_the_parts_of_the_cost_split(economy: SheetPlan) -> None:
    """Each section has its own row of each class."""
    rows = [c.row for c in economy.cells if c.value == "Administration" and c.column == 1]
    found = [[c.value for c in economy.cells if c.row == row and 1 < c.column <= 7] for row in rows]
    assert found == [
        [1073, 0.09, 1073, 0.09, 0], [126, 1, 127, 1, -1], [1199, 0.1, 1200, 0.1, -1],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "Räknat ur posterna: −209 941, som det står.",
        "Årets kassaflöde ur resultat- och balansräkningen: 954 231. Raden är tom i källan.",
        "Likvida medel vid årets slut, räknat så: 6 456 969; det står 6 456 970, skillnad +1 (avrundning).",
        "Avrundning gör att några summor skiljer sig från sina rader: Summa, 2021 (−2).",
        "Tabellen har inga finansiella poster; de kan vara skillnaden mot intäkter minus kostnader: Årets resultat, 2021 (−7).",
        "ESF-projektet Hälsofrämjande etablering redovisas från och med 2018.",
    ],
)
def test_what_the_economy_rests_on(economy: SheetPlan, sentence: str) -> None:
    assert sentence in texts(economy)


@pytest.mark.parametrize(
    "sentence",
    [
        "Deltagare och avslut 2021: antal och andel av alla avslut (319)",
        "Positiva lösningar efter slag: antal och andel av positiva lösningar (247)",
        "Alla avslut och avbrott, räknat ur raderna: 319: 155 kvinnor och 164 män.",
        "▼ 787 deltagare minus 319 avslut är 468 kvar; det står 466.",
        "▼ Parterna har 245 aktualiserade; som total står 240.",
        "▼ Andelen som fått ja är inte den antalen ger: Socialtjänsten Umeå.",
    ],
)
def test_what_the_activity_rests_on(activity: SheetPlan, sentence: str) -> None:
    assert sentence in texts(activity)


def test_what_is_said_to_be_wrong(economy: SheetPlan) -> None:
    """What the control finds wrong in the documents' tables, and nothing else.

    894 is equity of 2020 and the year's budget, 2 010 − 1 146 = 864; 14 leaves out the project,
    11 646 − 11 490 = 156; the cash flow is a total without what stands first.
    """
    first, *found = [c for c in economy.cells if str(c.value).startswith("▼")]
    assert first.value == "▼ 2 fel och 4 varningar rör tabellerna här"
    assert [str(c.value).partition(": ")[0].replace("\u00a0", " ") for c in found] == [
        f"▼ Avvikelsen för {INCOME} är 14, men utfall och budget på samma rad ger 156, skillnad −142.",
        "▼ Utgående eget kapital 2021",
        "▼ Kassaflöde för den löpande verksamheten, 2021-12-31",
        "▼ Kassaflöde för den löpande verksamheten, 2020-12-31",
    ]
    assert (
        str(found[1].value)
        .replace("\u00a0", " ")
        .endswith(
            "det står 894 tkr, men 2 010 tkr med årets resultat −1 146 tkr blir 864, skillnad 30."
        )
    )
    assert {c.role.ink for c in found} == {MARK_INKS["röd"]}


def test_a_figure_that_looks_wrong_is_marked(economy: SheetPlan) -> None:
    marked = [c.value for c in economy.cells if "▼ " in c.role.number.partition(";")[0]]
    assert marked == [14, 894, 1164172, -672087]


def test_a_figure_that_follows_from_the_others_is_not_marked(sheets: list[SheetGrid]) -> None:
    """A budgeted equity of 864 is what follows from the others."""
    (operations,) = [s for s in sheets if s.name == "Driftredovisning"]
    cells = dict(operations.cells) | {(15, 3): Cell(864), (15, 4): Cell(936)}
    (plan,) = report([SheetGrid(operations.name, lambda: cells)])
    assert [c.value for c in plan.cells if "▼ " in c.role.number.partition(";")[0]] == [14]


def test_key_figures(economy: SheetPlan, activity: SheetPlan) -> None:
    """Equity is 257 below 2 057, as the documents have it: 20 % of 7 000 and 15 % of 4 380."""
    assert key_figures(economy) == [
        swedish(-210), swedish(1800), swedish(257), swedish(28, 0, "%"),
    ]  # fmt: skip
    assert [c.value for c in economy.cells if c.row == 3] == [
        (
            f"Året gav ett underskott på {swedish(210, 0, 'tkr')}, och eget kapital är "
            f"{swedish(1800, 0, 'tkr')} vid årets slut, under taket enligt trappan."
        )
    ]
    assert "● ryms: 1 800 mot taket 2 057" in texts(economy)
    shown = ["787", swedish(77, 0, "%"), swedish(31, 0, "%"), "64"]
    assert key_figures(activity) == shown
    assert "▼ under målet 70" in texts(activity)


def test_colours_have_symbols(activity: SheetPlan) -> None:
    row = next(c.row for c in activity.cells if c.value == "4. Samordningsteamet Robertsfors")
    found = [c.role for c in activity.cells if c.row == row and 1 < c.column < 8]
    assert ["▲" in role.number for role in found[:3]] == [True, True, False]
    assert "▼" in found[2].number
    assert "●" in found[3].number


def drawn(plan: SheetPlan, area: Range) -> list[float | str | None]:
    cells = {(c.row, c.column): c.value for c in plan.cells}
    return [cells[place] for place in places(area)]


def test_charts(economy: SheetPlan, activity: SheetPlan) -> None:
    """Years in the order of their table, shares from the largest; nothing is parted by a page."""
    equity, ratio, split = economy.charts
    assert isinstance(equity, ColumnChart)
    assert drawn(economy, equity.labels) == ["2017", "2018", "2019", "2020", "2021"]
    assert drawn(economy, equity.values) == [4142, 2992, 1993, 2010, 1800]
    assert equity.line is not None
    assert drawn(economy, equity.line) == [None, None, 2067.5, 2057, 2057]
    assert ratio.title == "Soliditet, procent"
    assert drawn(economy, ratio.values) == [41, 30, 27, 30, 28]
    assert drawn(economy, split.values) == [0.79, 0.12, 0.09]
    (kinds,) = activity.charts
    assert kinds.alt_text == "Så fördelas de positiva lösningarna, procent: " + ", ".join(
        f"{name} {swedish(share, 0, '%')}"
        for name, share in (
            ("Till arbete", 31), ("Fortsatt rehab och öppet a-sök", 24), ("Till studier", 23),
            ("Saknar arbetsförmåga", 13), ("Till extratjänster", 9),
        )
    )  # fmt: skip
    for chart, plan in (*((one, economy) for one in economy.charts), (kinds, activity)):
        assert dict(plan.heights)[chart.row] * 4 / 3 > chart.size[1] - 1
        assert chart.row not in plan.page.breaks


def test_every_row_leads_to_its_source(both: dict[str, SheetPlan], sheets: list[SheetGrid]) -> None:
    """A row label is a link to the cell that says the same."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for plan in both.values():
        linked = [cell for cell in plan.cells if cell.link]
        assert len(linked) > 70
        for cell in linked:
            name, _, place = cell.link.rpartition("!")
            row = int("".join(filter(str.isdigit, place)))
            source = str(by_name[name.strip("'")].cell(row, 1).value).lower()
            assert str(cell.value).strip().partition(": ")[2].lower() in source


def test_only_what_is_there(sheets: list[SheetGrid]) -> None:
    """A workbook with some of the tables gets those, and is told what it lacks."""
    some = [sheet for sheet in sheets if sheet.name in {"Balansräkning", "Kostnadsfördelning"}]
    (plan,) = report(some)
    shown = texts(plan)
    assert plan.name == ECONOMY
    assert "Balansräkning 2021, kr" in shown
    assert "Kostnadsfördelning 2021, tkr" in shown
    assert "Ur raderna" not in shown
    assert not any(
        text.startswith(("Driftredovisning", "Not ", "Resultaträkning")) for text in shown
    )
    assert "Räkningarna hänvisar till noter som inte hittas i arbetsboken: 6, 7 och 8." in shown
    (lacking,) = [text for text in shown if text.startswith("Finns inte i arbetsboken")]
    assert "femårsöversikt" in lacking
    assert "balansräkning" not in lacking


@pytest.mark.parametrize(
    "name", ["Deltagare", "Aktualiserande parter", "Svarsfrekvens", "Utfall 2021"]
)
def test_one_table_is_enough(sheets: list[SheetGrid], name: str) -> None:
    some = [sheet for sheet in sheets if sheet.name == name]
    assert "arsredovisning" in actions.fitting_reports(Grid(tuple(some)))
    (plan,) = report(some)
    assert plan.name == (ECONOMY if name == "Utfall 2021" else ACTIVITY)


def test_a_workbook_without_the_tables(tmp_path: Path) -> None:
    with workbook(copy(LAPPLAND, tmp_path)) as book:
        assert "arsredovisning" not in book.fitting_reports()
        with pytest.raises(WorkbookError, match="inga tabeller ur en årsredovisning") as error:
            book.report("arsredovisning")
    assert "minst en av: femårsöversikt" in error.value.remedy


@pytest.mark.parametrize(("source", "name"), [(UMEA, ECONOMY), (SOCIAL_BUDGET, ACTIVITY)])
def test_a_second_run_replaces(source: Path, name: str, tmp_path: Path) -> None:
    path = copy(source, tmp_path)
    before = openpyxl.load_workbook(path).sheetnames
    sizes = []
    for _ in range(2):
        with workbook(path) as book:
            book.apply(book.recompute(reports=("arsredovisning",)))
        assert check_package(path) == []
        assert openpyxl.load_workbook(path).sheetnames == [*before, name, "Finsam-logg"]
        sizes.append(path.stat().st_size)
    assert abs(sizes[1] - sizes[0]) < 200


def test_a_sheet_without_tables_any_more_is_emptied() -> None:
    """Old figures do not stand where their tables are gone."""
    (table,) = (budget_of("Femårsöversikt"),)
    told = Annual("Förbundet", RUN, policy.on(DAY).impact_index, overview=table)
    first, second = annual.build(told, ["arsredovisning_ekonomi", "arsredovisning_verksamhet"])
    assert (first.name, second.owner) == (ECONOMY, "arsredovisning_verksamhet")
    assert any("inte längre några tabeller" in text for text in texts(second))
    assert annual.build(told, ["tertial"]) == (first,)


def budget_of(name: str) -> Statement:
    with Book(UMEA) as book:
        (one,) = reading.budgets(reading.tables(Grid((book.grid.sheet(name),))))
        return Statement(one.budget, {})


Typed = Callable[..., Budget]


def test_a_broken_total_is_said(typed: Typed) -> None:
    """A total of its own lines that is wrong in every year, and a soliditet that is."""
    budget = typed(
        "Not 6. Fordringar",
        ["2021", "2020"],
        ("Skattekonto", 10, 20),
        ("Kunder", 5, 5),
        ("Summa", 99, 25),
    )
    made = annual_statements.block(Statement(budget, {}), "Not 6", {})
    assert made.notes[0].startswith("▼ Summa, 2021: det står 99")


def test_soliditet_that_differs_is_said(sheets: list[SheetGrid]) -> None:
    changed = [s for s in sheets if s.name in {"Femårsöversikt", "Balansräkning"}]
    overview = next(s for s in changed if s.name == "Femårsöversikt")
    cells = dict(overview.cells) | {(12, 2): Cell(31)}
    changed[changed.index(overview)] = SheetGrid("Femårsöversikt", lambda: cells)
    (plan,) = report(changed)
    assert "▼ Soliditet 2021: det står 31 %, balansräkningen ger 27,5 %." in texts(plan)


def test_a_class_that_is_missing_is_said(sheets: list[SheetGrid]) -> None:
    names = {"Kostnadsfördelning", "Fördelning av kostnader", "Utfall 2021"}
    changed = [s for s in sheets if s.name in names]
    classes = next(s for s in changed if s.name == "Fördelning av kostnader")
    cells = {place: cell for place, cell in classes.cells.items() if place[0] != 12}
    cells[10, 3] = Cell(0.5, percent=True)
    changed[changed.index(classes)] = SheetGrid(classes.name, lambda: cells)
    (plan,) = report(changed)
    assert any("Andelarna summerar till 80,00 %" in text for text in texts(plan))
    cells[10, 3] = Cell(0.7, percent=True)
    (plan,) = report(changed)
    assert "▼ Rader utan klass, inte medräknade: Lokalhyra." in texts(plan)


@pytest.mark.parametrize(
    ("names", "pages"),
    [
        ({"Utfall 2021"}, 2),
        ({"Deltagare"}, 2),
        ({"Noter 3-8"}, 2),
        ({"Svarsfrekvens"}, 1),
        ({"Utfall 2021", "Noter 3-8"}, 3),
        ({"Utfall 2021", "Noter 3-8", "Not 2", "Balansräkning"}, 5),
    ],
)
def test_no_page_is_left_nearly_empty(sheets: list[SheetGrid], names: set[str], pages: int) -> None:
    """No page holds the notes alone or less than six lines, and none but the last is half empty."""
    (plan,) = report([sheet for sheet in sheets if sheet.name in names])
    assert not plan.page.landscape
    assert 1 + len(plan.page.breaks) == pages
    last = next(cell.row for cell in plan.cells if cell.value == "Vad siffrorna vilar på")
    assert last not in plan.page.breaks
    heights = dict(plan.heights)
    starts = [1, *plan.page.breaks, plan.page.last_row + 1]
    used = [sum(heights[n] for n in range(*ends)) for ends in pairwise(starts)]
    assert max(used) < 756
    assert min(used[:-1], default=752) > 376
    assert used[-1] > 6 * ROW
