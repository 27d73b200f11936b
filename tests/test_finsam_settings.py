"""Settings on the sheet *Finsam*: read, followed where they matter, and told where they cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.plan import CellEdit, Plan
from finsam_xl.workbook import Workbook
from support.finsam_sheets import NOW, applied, figures, rows_of, saved, set_on
from support.workbooks import ROOT

SOCIAL = ROOT / "workbooks" / "existing" / "umearegionen-social-budget.xlsx"


@pytest.fixture(scope="module")
def social(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The social budget of Umeåregionen with a sheet Finsam."""
    out = tmp_path_factory.mktemp("social") / "läst.xlsx"
    applied(SOCIAL, out)
    return out


def test_settings_are_followed(social: Path, tmp_path: Path) -> None:
    """The target, what the units are called and the association's name, in the report too."""
    target = "Målindex: lägsta index som räknas som nått mål"
    rows = {row[1]: row for row in rows_of(social) if row[1]}
    assert rows[target][2] == "70 index"
    assert "Umeåregionen" in rows[target][4]  # where the rule comes from
    book = set_on(social, tmp_path / "satt.xlsx", {
        target: 80, "En enhet med egen social budget kallas": "Team",
        "Förbundets namn": "Samordningsförbundet Exempel",
    })  # fmt: skip
    applied(book, tmp_path / "igen.xlsx")
    again = {row[1]: row for row in rows_of(tmp_path / "igen.xlsx") if row[1]}
    assert again[target][2:6] == ("80 index", None, "Satt här", "80")
    with Workbook(book, NOW) as found:
        plan = found.report("impactindex").plan
        texts = [str(cell.value) for cell in plan.sheets[0].cells]
        checked = found.report("kontroll").plan.sheets[0]
    assert "Når målet 80" in texts
    assert "Team" in texts
    assert "Plattform" not in texts
    assert any("Samordningsförbundet Exempel" in str(cell.value) for cell in checked.cells)


def test_ideal_weights_are_set_by_area(social: Path, tmp_path: Path) -> None:
    """Other than what the workbook states; the check of weights asks for them."""
    areas = [row[1] for row in rows_of(social) if str(row[1]).startswith("Ideal vikt, ")]
    assert len(areas) == 5
    book = set_on(social, tmp_path / "satt.xlsx", {areas[0]: 90})
    with Workbook(book, NOW) as found:
        messages = [one.message for one in found.check().findings if one.code == "viktning-utanfor"]
    assert any("90" in message for message in messages)


def test_a_setting_that_is_no_number_is_told(social: Path, tmp_path: Path) -> None:
    """At its cell; the rule holds."""
    near = "Lägsta index som räknas som nära målet"
    book = set_on(social, tmp_path / "satt.xlsx", {near: "hög"})
    with Workbook(book, NOW) as found:
        told = [one for one in found.check().findings if one.code == "installning-okand"]
    assert [(one.sheet, one.stated) for one in told] == [("Finsam", "hög")]


def _book(folder: Path, rows: list[list[Any]], says: dict[str, Any]) -> Path:
    """A workbook with its sheet Finsam and settings typed there."""
    applied(saved(folder, rows), folder / "läst.xlsx")
    return set_on(folder / "läst.xlsx", folder / "satt.xlsx", says)


# Amounts ---------------------------------------------------------------------------------------

AMOUNTS = "Enhet för belopp där inget står"
BUDGET: list[list[Any]] = [
    ["Ekonomi 2025"],
    ["Post", "Budget 2025", "Utfall 2025"],
    ["Kostnader"],
    ["Hyra", 100, 90],
    ["Lön", 400, 420],
    ["Summa kostnader", 500, 510],
]
FEES: list[list[Any]] = [
    ["Medlemsavgifter 2026"],
    ["Part", "Nyckel", "Avgift 2026"],
    ["Staten", None, 1000],
    ["Region Norr", None, 500],
    ["Ekby kommun", 6000, 300],
    ["Norrtuna kommun", 4000, 200],
]


@pytest.mark.parametrize("rows", [BUDGET, FEES])
@pytest.mark.parametrize("unit", ["kr", "Mkr"])
def test_amounts_without_a_unit_have_that_which_is_set(
    rows: list[list[Any]], unit: str, tmp_path: Path
) -> None:
    """Small amounts are read as tkr where nothing says what they are."""
    book = _book(tmp_path, rows, {AMOUNTS: unit})
    with Workbook(tmp_path / "läst.xlsx", NOW) as found:
        assert [table.unit for table in found.tables()] == ["tkr"]
    with Workbook(book, NOW) as found:
        assert [table.unit for table in found.tables()] == [unit.lower()]


def test_a_table_that_says_its_unit_keeps_it(tmp_path: Path) -> None:
    """What stands on the sheet is nearer than what is set for all."""
    rows = [["Ekonomi 2025, tkr"], *BUDGET[1:]]
    with Workbook(_book(tmp_path, rows, {AMOUNTS: "kr"}), NOW) as found:
        assert [table.unit for table in found.tables()] == ["tkr"]


# Fees ------------------------------------------------------------------------------------------

KEY = "Kommunerna delar sin del efter kolumnen"
TWO_KEYS: list[list[Any]] = [
    ["Medlemsavgifter 2026, kr"],
    ["Part", "Folkmängd", "Invånare 16-64", "Avgift 2026"],
    ["Staten", None, None, 4000],
    ["Region Norr", None, None, 2000],
    ["Ekby kommun", 10000, 3000, None],
    ["Norrtuna kommun", 10000, 5000, None],
    ["Pott", None, None, 8000],
]


@pytest.mark.parametrize(
    ("key", "fees"),
    [("Invånare 16-64", [750, 1250]), ("folkmängd", [1000, 1000])],
)
def test_the_key_that_is_chosen_is_the_one_paid_by(
    key: str, fees: list[int], tmp_path: Path
) -> None:
    """The municipalities' fourth, 2 000, as 3 to 5 or in halves."""
    assert figures(_book(tmp_path, TWO_KEYS, {KEY: key})) == {"D5": fees[0], "D6": fees[1]}


def test_a_key_of_any_name_can_be_chosen(tmp_path: Path) -> None:
    """Also what nobody knows as a key."""
    rows = [[{"Invånare 16-64": "Poäng enligt avtalet"}.get(c, c) for c in r] for r in TWO_KEYS]
    book = _book(tmp_path, rows, {KEY: "Poäng enligt avtalet"})
    assert figures(book) == {"D5": 750, "D6": 1250}


SHARES = (
    "Statens del av avgifterna (Försäkringskassan, även för Arbetsförmedlingen)",
    "Regionens del av avgifterna",
    "Kommunernas del av avgifterna, tillsammans",
)
BLANK_FEES: list[list[Any]] = [
    ["Medlemsavgifter 2026, kr"],
    ["Part", "Nyckel", "Avgift 2026"],
    ["Staten", None, None],
    ["Region Norr", None, None],
    ["Ekby kommun", 3000, None],
    ["Norrtuna kommun", 5000, None],
    ["Pott", None, 8000],
]


def test_parts_of_the_fees_that_are_set_are_followed(tmp_path: Path) -> None:
    """Of 8 000: 40 % and 30 %, and 2 400 as 3 to 5."""
    book = _book(tmp_path, BLANK_FEES, dict(zip(SHARES, (40, 30, 30), strict=True)))
    assert figures(book) == {"C3": 3200, "C4": 2400, "C5": 900, "C6": 1500}


def test_parts_that_are_not_the_whole_are_told_and_left(tmp_path: Path) -> None:
    """A half and two fourths, as the law says."""
    book = _book(tmp_path, BLANK_FEES, {SHARES[0]: 40})
    assert figures(book) == {"C3": 4000, "C4": 2000, "C5": 750, "C6": 1250}
    with Workbook(book, NOW) as found:
        told = [one.message for one in found.check().findings if one.code == "installning-okand"]
    assert len(told) == 1
    assert "tillsammans är 100 %" in told[0]


def test_members_that_are_told_are_known(tmp_path: Path) -> None:
    """Rows that nothing tells are payers: nothing is read until it is said who they are."""
    rows: list[list[Any]] = [
        ["Ekonomi 2026, kr"],
        ["Namn", "Nyckel", "Belopp 2026"],
        ["Ekby", 3000, 750],
        ["Norrtuna", 5000, None],
        ["Pott 2026", None, 2000],
    ]
    book = _book(tmp_path, rows, {"Kommuner som är medlemmar": "Ekby, Norrtuna"})
    with Workbook(tmp_path / "läst.xlsx", NOW) as found:
        assert "fees" not in {table.kind for table in found.tables()}
    with Workbook(book, NOW) as found:
        assert [table.kind for table in found.tables()] == ["fees"]


def test_reports_call_members_by_their_short_names(tmp_path: Path) -> None:
    """In the report of the fees; the cells of the table keep the whole name."""
    book = _book(tmp_path, FEES, {"Kort namn, Norrtuna kommun": "Tuna"})
    with Workbook(book, NOW) as found:
        texts = [str(cell.value) for cell in found.report("avgifter").plan.sheets[0].cells]
    assert "Tuna" in texts
    assert not any("Norrtuna" in text for text in texts)


# Costs -----------------------------------------------------------------------------------------


SPLIT: list[list[Any]] = [
    ["Kostnadsfördelning 2025"],
    ["Kostnadsslag", "Belopp, tkr", "Andel"],
    ["Administration", None, None],
    ["Strukturövergripande", None, None],
    ["Individinriktade insatser", None, None],
    ["Summa", 3060, None],
]


def _costs(folder: Path, says: dict[str, Any], split: list[list[Any]] = SPLIT) -> dict[str, Any]:
    """What is filled in of a cost split that no table tells the classes of."""
    outcome: list[list[Any]] = [
        ["Utfall 2025, tkr"],
        ["Post", "Budget 2025", "Utfall 2025"],
        ["Kostnader"],
        ["Kanslipersonal", 1000, 900],
        ["Revision", 50, 60],
        ["Gruppverksamhet", 2000, 2100],
        ["Summa kostnader", 3050, 3060],
    ]
    book = openpyxl.load_workbook(saved(folder, outcome))
    sheet = book.create_sheet("Fördelning")
    for row in split:
        sheet.append(row)
    book.save(folder / "två.xlsx")
    applied(folder / "två.xlsx", folder / "läst.xlsx")
    set_on(folder / "läst.xlsx", folder / "satt.xlsx", says)
    found = figures(folder / "satt.xlsx", ("Fördelning",))
    return {cell: value for cell, value in found.items() if cell.startswith("B")}


CLASSES = {
    "Klass för Kanslipersonal": "Administration; Strukturövergripande",
    "Klass för Revision": "Administration",
    "Klass för Gruppverksamhet": "Individinriktade insatser",
}
OFFICE = "Kostnadsfördelning: del av kanslipersonalen som räknas som administration"


def test_classes_that_are_set_split_the_costs(tmp_path: Path) -> None:
    """30 % of 900 and 60; 70 % of 900; 2 100."""
    assert _costs(tmp_path, CLASSES) == {"B3": 330, "B4": 630, "B5": 2100}


def test_the_part_of_the_office_is_set(tmp_path: Path) -> None:
    """40 % of 900 and 60; 60 % of 900."""
    assert _costs(tmp_path, {**CLASSES, OFFICE: 40}) == {"B3": 420, "B4": 540, "B5": 2100}


def test_a_line_without_a_class_leaves_the_split_blank(tmp_path: Path) -> None:
    """It costs something, and nobody has said what kind of cost it is."""
    assert _costs(tmp_path, {"Klass för Revision": "Administration"}) == {}


def test_a_part_that_the_outcome_has_not_gets_nothing(tmp_path: Path) -> None:
    """The lines are of the ordinary activity; nothing is told of the project's."""
    split = [*SPLIT[:2], ["Ordinarie verksamhet"], *SPLIT[2:5], ["Projekt Broar"], *SPLIT[2:]]
    found = _costs(tmp_path, CLASSES, split)
    assert found == {"B4": 330, "B5": 630, "B6": 2100}


# Closed periods --------------------------------------------------------------------------------

CLOSED = "Stängt till och med"
TERTIALS: list[list[Any]] = [
    ["Uppföljning 2026, tkr"],
    ["Post", "Budget 2026", "Utfall t.o.m. T1 2026", "Utfall t.o.m. T2 2026"],
    ["Kostnader"],
    ["Hyra", 100, 30, 60],
    ["Lön", 400, 130, 270],
    ["Summa kostnader", None, None, None],
]


@pytest.mark.parametrize(
    ("closed", "filled"),
    [
        ("", {"B6": 500, "C6": 160, "D6": 330}),
        ("T1 2026", {"B6": 500, "D6": 330}),
        ("april 2026", {"B6": 500, "D6": 330}),
        ("2026-08-31", {"B6": 500}),
        ("2026-08-30", {"B6": 500, "D6": 330}),
        (2026, {"B6": 500}),
        (2025, {"B6": 500, "C6": 160, "D6": 330}),
    ],
)
def test_the_outcome_of_a_closed_period_stays(
    closed: str | int, filled: dict[str, int], tmp_path: Path
) -> None:
    """And what would have been written is told at its cell."""
    book = _book(tmp_path, TERTIALS, {CLOSED: closed})
    assert figures(book) == filled
    with Workbook(book, NOW) as found:
        told = {o.cell for o in found.recompute().plan.findings if o.code == "period-stangd"}
    assert told == {"C6", "D6"} - filled.keys()


def test_a_day_of_the_sheet_is_a_day(tmp_path: Path) -> None:
    """Excel keeps what looks like a day as a number."""
    book = _book(tmp_path, TERTIALS, {CLOSED: (date(2026, 4, 30) - date(1899, 12, 30)).days})
    assert figures(book) == {"B6": 500, "D6": 330}


@pytest.mark.parametrize(
    ("title", "says"),
    [
        (CLOSED, "snart"), (CLOSED, "förra året"), (CLOSED, "våren 2026"), (AMOUNTS, "euro"),
        ("Säkerhetskopior läggs", "\\\\server\\mapp"), ("Säkerhetskopior som sparas, de nyaste", 0),
        ("Konton till raderna skrivs", "där"), ("Projekt är dimension", "projekt"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_told_at_its_cell(
    title: str, says: str | int, tmp_path: Path
) -> None:
    """And nothing else changes."""
    book = _book(tmp_path, TERTIALS, {title: says})
    assert figures(book) == {"B6": 500, "C6": 160, "D6": 330}
    row = next(n for n, one in enumerate(rows_of(book), 1) if one[1] == title)
    with Workbook(book, NOW) as found:
        told = [o for o in found.recompute().plan.findings if o.code == "installning-okand"]
    assert [(one.sheet, one.cell) for one in told] == [("Finsam", f"F{row}")]


# Backups ---------------------------------------------------------------------------------------


def _run(book: Path, minute: int) -> Path | None:
    with Workbook(book, NOW.replace(minute=minute)) as found:
        held = found._book.grid.sheet("Blad").cell(4, 2).value
        edit = CellEdit("Blad", "B4", held, 100 + minute, "hon")
        backup: Path | None = found.apply(Plan(edits=(edit,))).backup
    return backup


def test_backups_lie_in_the_folder_that_is_set(tmp_path: Path) -> None:
    """It is made where it is not there."""
    book = _book(tmp_path, BUDGET, {"Säkerhetskopior läggs": "Gamla"})
    backup = _run(book, 1)
    assert backup is not None
    assert backup.parent == tmp_path / "Gamla"


def test_a_folder_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    """The backup lies beside the workbook then."""
    (tmp_path / "Gamla").write_text("ingen mapp", encoding="utf-8")
    book = _book(tmp_path, BUDGET, {"Säkerhetskopior läggs": "Gamla"})
    with Workbook(book, NOW) as found:
        saved_as = found.apply(found.what_was_read())
    assert saved_as.backup is not None
    assert saved_as.backup.parent == tmp_path
    assert any("Gamla" in one.message for one in saved_as.findings)


def test_the_newest_backups_are_kept(tmp_path: Path) -> None:
    """As many as is set, of the same day."""
    book = _book(tmp_path, BUDGET, {"Säkerhetskopior som sparas, de nyaste": 2})
    made = [_run(book, minute) for minute in range(1, 6)]
    left = sorted(tmp_path.glob("satt (säkerhetskopia *"))
    assert left == made[-2:]
