"""The annual report: the documents' figures on formatted sheets, for the tables that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from finsam_xl import actions, policy
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model_budget import Budget
from finsam_xl.money import swedish
from finsam_xl.reading import book as reading
from finsam_xl.report import amounts as say
from finsam_xl.report import annual, annual_blocks, annual_flow, annual_statements
from finsam_xl.report.annual_blocks import Block, Half, Item
from finsam_xl.report.annual_tables import Annual, Statement
from finsam_xl.report.sheet import ROW, ReportSheet
from finsam_xl.sheetplan import BarChart, ColumnChart, SheetPlan
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.rich_workbook import check_package
from support.workbooks import EXISTING, SOCIAL_BUDGET, copy, workbook

ECONOMY, ACTIVITY = "Årsredovisning Ekonomi", "Årsredovisning Verksamhet"
UMEA, LAPPLAND = EXISTING / "umearegionen-budget.xlsx", EXISTING / "sodra-lappland-budget.xlsx"
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


def block(plan: SheetPlan, title: str) -> dict[str, list[float | str | None]]:
    """The rows below a title, by label; of labels that occur twice the first."""
    start = next(c for c in plan.cells if str(c.value).startswith(title))
    half = range(start.column + 1, start.column + (7 if start.column == 1 else 6))
    found: dict[str, list[float | str | None]] = {}
    for cell in sorted(plan.cells, key=lambda c: c.row):
        if cell.column == start.column and cell.row > start.row and cell.value:
            beside = {c.column: c.value for c in plan.cells if c.row == cell.row}
            values = [beside[n] for n in half if n in beside]
            found.setdefault(str(cell.value).strip(), values)
    return found


@pytest.mark.parametrize(
    ("title", "label", "figures"),
    [
        ("Femårsöversikt", "Eget kapital", [1800, 2010, 1993, 2992, 4142]),
        ("Femårsöversikt", "Årets resultat", [-210, 17, -1000, -1150, 867]),
        ("Femårsöversikt", "varav ESF-projekt", [141, 1649, 1739, 464, None]),
        ("Femårsöversikt", "Soliditet (%)", [28, 30, 27, 30, 41]),
        ("Femårsöversikt", "Soliditet räknad ur balansräkningen (%)", [28, 30, None, None, None]),
        ("Kostnadsfördelning 2021, tkr", "Administration", [1073, 0.09, 1073, 0.09, 0]),
        ("Kostnadsfördelning", "Strukturövergripande insatser", [1432, 0.12, 1432, 0.12, 0]),
        ("Kostnadsfördelning", "Individinriktade insatser", [9218, 0.79, 9217, 0.79, 1]),
        ("ESF-projekt HFE", "Administration", [126, 1, 127, 1, -1]),
        ("Hela verksamheten", "Administration", [1199, 0.1, 1200, 0.1, -1]),
        ("Driftredovisning 2021, tkr", "Kostnader SAMO", [-11723, -12585, 862, -11558]),
        ("Driftredovisning 2021, tkr", "Kostnader HFE*", [-126, None, None, -1557]),
        ("Balanskravsresultat 2021, kr", "Balanskravsresultat", [-209941]),
        ("Utfall mot budget 2021, tkr", "Kanslipersonal", [-1488, -1580, 92]),
        ("Utfall mot budget 2021, tkr, forts.", "VERKSAMHETENS RESULTAT", [-204, -1146, 942]),
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
        ("Per plattform, andel av positiva", "Vännäs", [0.4, 0.5, 6, 0.12, 0.66]),
        ("Aktualiserande parter 2021, antal", "Försäkringskassan", [24, 0.63, 21, 0.88]),
        ("Svarsfrekvens", "Vuxentorget", [0.27, 1, 0.85]),
        ("Impactindex 2021", "Förbundet i sin helhet", [64, 41, 80, 85, 72, 76]),
        ("Målområdenas vikt 2021", "4. Samordning", [0.1, 0.1]),
        ("Särskilda insatser 2021", "Samtalstillfällen", [9, 13, 22, "\u00a0tillfällen"]),
        ("Hikikomori", "Beläggning, ca per månad", [None, None, 12, "\u00a0personer"]),
    ],
)
def test_activity(
    activity: SheetPlan, title: str, label: str, figures: list[float | str | None]
) -> None:
    assert block(activity, title)[label] == figures


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
        "787 deltagare minus 319 avslut är 468 kvar; det står 466.",
        "▼ Parterna har 245 aktualiserade; som total står 240.",
        "▼ Andelen som fått ja är inte den antalen ger: Socialtjänsten Umeå.",
    ],
)
def test_what_the_activity_rests_on(activity: SheetPlan, sentence: str) -> None:
    assert sentence in texts(activity)


def test_nothing_false_is_said_of_the_documents_totals(economy: SheetPlan) -> None:
    """Only the cash flow differs: a total without what stands first, as the source prints it."""
    found = [text for text in texts(economy) if text.startswith("▼")]
    assert [text.partition(": ")[0] for text in found] == [
        "▼ Kassaflöde för den löpande verksamheten, 2021-12-31",
        "▼ Kassaflöde för den löpande verksamheten, 2020-12-31",
    ]
    first = "”Medel från verksamheten före förändring av rörelsekapital”"
    assert all(f"Skillnaden är {first}, som inte verkar vara med i summan." in t for t in found)


def test_key_figures(economy: SheetPlan, activity: SheetPlan) -> None:
    assert [c.value for c in economy.cells if c.row == 5 and c.value] == [
        swedish(-210), swedish(1800), swedish(28, 0, "%"), swedish(6457),
    ]  # fmt: skip
    assert [c.value for c in economy.cells if c.row == 3] == [
        (
            f"Året gav ett underskott på {swedish(210, 0, 'tkr')}, "
            f"och eget kapital är {swedish(1800, 0, 'tkr')} vid årets slut."
        )
    ]
    shown = ["787", swedish(77, 0, "%"), swedish(31, 0, "%"), "64"]
    assert [c.value for c in activity.cells if c.row == 5 and c.value] == shown
    assert "▼ under målet 70" in texts(activity)


def test_colours_have_symbols(activity: SheetPlan) -> None:
    row = next(c.row for c in activity.cells if c.value == "4. Samordningsteamet Robertsfors")
    found = [c.role for c in activity.cells if c.row == row and 1 < c.column < 8]
    assert ["▲" in role.number for role in found[:3]] == [True, True, False]
    assert "▼" in found[2].number
    assert "●" in found[3].number


def test_charts(economy: SheetPlan, activity: SheetPlan) -> None:
    equity, ratio, split = economy.charts
    assert isinstance(equity, ColumnChart)
    assert equity.newest_first
    assert equity.alt_text.startswith("Stående staplar: 2021 1")
    assert ratio.title == "Soliditet, procent"
    assert isinstance(split, BarChart)
    cells = {(c.row, c.column): c.value for c in economy.cells}
    first, column, last, _ = split.values
    assert [cells[row, column] for row in range(first, last + 1)] == [0.09, 0.12, 0.79]
    for chart, plan in ((equity, economy), (ratio, economy), (split, economy)):
        assert chart.row + chart.size[1] / (ROW * 4 / 3) <= plan.page.last_row
        assert not any(chart.row < cut <= chart.row + 8 for cut in plan.page.breaks)
    (kinds,) = activity.charts
    assert kinds.alt_text == "Liggande staplar: " + ", ".join(
        f"{name} {swedish(share, 0, '%')}"
        for name, share in (
            ("Till arbete", 31), ("Till extratjänster", 9), ("Till studier", 23),
            ("Fortsatt rehab och öppet a-sök", 24), ("Saknar arbetsförmåga", 13),
        )
    )  # fmt: skip


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
    made, _ = annual_statements.block(Statement(budget, {}), "Not 6", 2)
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


def test_long_tables_flow() -> None:
    """Over halves and pages, a section with its lines, nothing lost."""
    items = [
        Item(f"{kind} {n}", (), say.SECTION_ROW if kind == "Avsnitt" else Item("").role)
        for n in range(30)
        for kind in ("Avsnitt", "Rad", "Rad", "Rad")
    ]
    sheet = ReportSheet((30.0, 10.0, 2.0, 30.0, 10.0), "st")
    pages = annual_flow.flowed(sheet, Half(1, 1), Block("Lång", ("",), tuple(items), ("Not",)))
    pieces = [piece for page in pages for piece in page]
    assert [item for piece in pieces for item in piece.items] == items
    assert all(piece.items[0].is_section for piece in pieces)
    assert [bool(piece.notes) for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert all(len(page) == 2 for page in pages[:-1])
    for page in pages:
        halves = [(Half(1, 1), page[:1]), (Half(4, 1), page[1:])]
        annual_blocks.put(sheet, [(half, piece) for half, piece in halves if piece])
    assert len(sheet.plan("Blad", "b").page.breaks) == len(pages) - 1


@pytest.mark.parametrize(
    ("names", "pages"),
    [
        ({"Utfall 2021"}, 1),
        ({"Deltagare"}, 1),
        ({"Noter 3-8"}, 1),
        ({"Utfall 2021", "Noter 3-8"}, 2),
        ({"Utfall 2021", "Noter 3-8", "Not 2", "Balansräkning"}, 5),
    ],
)
def test_no_page_is_left_nearly_empty(sheets: list[SheetGrid], names: set[str], pages: int) -> None:
    """Little is printed on one page; the notes that come last never stand alone."""
    (plan,) = report([sheet for sheet in sheets if sheet.name in names])
    assert 1 + len(plan.page.breaks) == pages
    assert bool(plan.page.pages_high) == (pages == 1)
    last = next(cell.row for cell in plan.cells if cell.value == "Vad siffrorna vilar på")
    assert last not in plan.page.breaks
    heights = dict(plan.heights)
    starts = [1, *plan.page.breaks, plan.page.last_row + 1]
    used = [sum(heights[n] for n in range(*ends)) for ends in pairwise(starts)]
    assert min(used) > 200


@pytest.mark.parametrize(
    ("stands", "sizes", "pages"),
    [
        (0, [200, 150, 150, 200], [[0, 1], [2, 3]]),
        (500, [200, 150, 150, 200], [[], [0, 1], [2, 3]]),
        (120, [200, 150, 150, 200], [[0, 1], [2, 3]]),
        (0, [100, 100], [[0, 1]]),
        (0, [], [[]]),
    ],
)
def test_what_comes_next_fills_the_pages_evenly(
    stands: float, sizes: list[float], pages: list[list[int]]
) -> None:
    sheet = ReportSheet((90.0, 10.0), "kr")
    assert 480 < sheet.page < 600
    sheet.down(stands)
    found: list[list[int]] = [[] for _ in pages]
    for number in annual_flow.spread(sheet, sizes):
        found[sheet.pages - 1].append(number)
        sheet.down(sizes[number])
    assert found == pages


@pytest.mark.parametrize(
    ("stands", "rows", "notes", "pieces"),
    [
        (0, 9, 0, [[5, 4]]),
        (100, 8, 0, [[4, 4]]),
        (100, 7, 4, [[4, 3]]),
        (100, 8, 4, [[4, 3], [1]]),
        (100, 14, 0, [[4, 4], [3, 3]]),
        (300, 12, 0, [[6, 6]]),
    ],
)
def test_a_long_table_begins_below_what_stands_first(
    stands: float, rows: int, notes: int, pieces: list[list[int]]
) -> None:
    """It fills the page it begins on and goes on on the next, or begins a page; nothing is lost."""
    items = tuple(
        Item(f"Rad {n}", (), say.SECTION_ROW if n % 4 == 0 else Item("").role)
        for n in range(4 * rows)
    )
    sheet = ReportSheet((30.0, 10.0, 2.0, 30.0, 10.0), "st")
    sheet.down(20 + stands)
    made = Block("Lång", ("",), items, ("Not",) * notes)
    pages = annual_flow.flowed(sheet, Half(1, 1), made)
    assert [item for page in pages for piece in page for item in piece.items] == list(items)
    assert [[len(piece.items) // 4 for piece in page] for page in pages] == pieces
