"""Several ways to budget one year: read as alternatives, chosen in a cell, never guessed."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.actions import check
from finsam_xl.address import position
from finsam_xl.model_budget import Budget
from finsam_xl.reading import book as reading
from finsam_xl.reading.alternatives import alternatives, chosen, only
from finsam_xl.reading.choices import Chosen, choice, findings
from finsam_xl.reading.finsam_sheet import OWNER
from finsam_xl.sheets.grid import Grid, SheetGrid
from support.scenario_sheets import ENDS, LAYOUTS, NAMES, SPANNED, YEARS
from support.typed_sheets import TODAY, grid

ORDER = ("low", "middle", "high")
Sheet = list[tuple[Any, ...]]


def read(sheet: Sheet) -> tuple[Grid, Budget]:
    book = grid(("Budget", sheet))
    (found,) = reading.budgets(reading.tables(book))
    return book, found.budget


def with_cells(sheet: Sheet, **cells: Any) -> Sheet:
    rows = [list(row) for row in sheet]
    for cell, value in cells.items():
        row, column = position(cell)
        rows += [[] for _ in range(row - len(rows))]
        rows[row - 1] += [None] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = value
    return [tuple(row) for row in rows]


def chosen_in(sheet: Sheet, said: str = "") -> Chosen:
    book, budget = read(sheet)
    return choice(book, reading.tables(book), budget, said)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_column_knows_its_alternative(layout: str) -> None:
    _, budget = read(LAYOUTS[layout])
    assert alternatives(budget) == NAMES[layout]
    for name, key in zip(NAMES[layout], ORDER, strict=True):
        own = only(budget, name)
        assert [str(column.period) for column in own.columns] == ["2027", "2028", "2029"]
        assert own.rows[-1].amounts == ENDS[key]
    assert all(column.is_known for column in budget.columns)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_they_are_no_budgets_that_disagree(layout: str) -> None:
    """All that is told of a control is what is so: equity above its ceiling."""
    found = check.check([check.Book("", grid(("Budget", LAYOUTS[layout])))], today=TODAY).findings
    assert {one.code for one in found} <= {"over-taket"}


def test_a_decided_budget_beside_is_not_held_against_them() -> None:
    """The same lines on another sheet, with one figure that only "Mellan" has otherwise."""
    decided = [("Budget 2027, tkr",), (None, "Budget 2027"), *((r[0], r[2]) for r in SPANNED[5:])]
    decided[8] = ("Insatser", 5300)
    decided[9] = ("Summa kostnader", 6200)
    decided[10:] = [("Årets resultat", -200)]
    book = grid(("Scenarier", SPANNED), ("Budget 2027", decided))
    told = {one.code for one in check.check([check.Book("", book)], today=TODAY).findings}
    assert not told & {"olika-budget", "olika-belopp", "olika-uppgift"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_blank_sums_are_those_of_their_own_column(layout: str) -> None:
    """Totals, results and closings taken away come back; nothing else is written."""
    sums = ("Summa", "Årets", "Utgående")
    sheet = [
        (row[0], *(None for _ in row[1:])) if row and str(row[0]).startswith(sums) else row
        for row in LAYOUTS[layout]
    ]
    plan = actions.recompute(grid(("Budget", sheet)), today=TODAY, run="1")
    truth = LAYOUTS[layout]
    for edit in plan.edits:
        row, column = position(edit.cell)
        assert edit.new == truth[row - 1][column - 1], edit.cell
    written = {position(edit.cell) for edit in plan.edits}
    totals = [n for n, row in enumerate(sheet, 1) if row and str(row[0]).startswith("Summa")]
    assert {(row, column) for row in totals for column in range(2, 11)} <= written


def test_equity_goes_on_within_its_own_alternative() -> None:
    """The low way: 1 500 + 300 = 1 800 opens 2028, whatever the high way ends with."""
    last = len(SPANNED) - 1
    sheet = [*SPANNED[:last], (SPANNED[last][0],)]
    opening = list(sheet[last - 1])
    opening[4:] = [None] * (len(opening) - 4)
    sheet[last - 1] = tuple(opening)
    plan = actions.recompute(grid(("Budget", sheet)), today=TODAY, run="1")
    found = {edit.cell: edit.new for edit in plan.edits}
    assert (found["E16"], found["F16"], found["H16"]) == (1800, 1250, 2100)


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        (("Lågt alternativ 2027", "Högt alternativ 2027"), ("Lågt alternativ", "Högt alternativ")),
        (("Budget 2027 – låg nivå", "Budget 2027 – hög nivå"), ("Låg", "Hög")),
        (("Basscenario 2027", "Optimistiskt 2027"), ("Basscenario", "Optimistiskt")),
        (("Budgetförslag 1 2027", "Budgetförslag 2 2027"), ("Budgetförslag 1", "Budgetförslag 2")),
        (("Låg", "Hög"), ("Låg", "Hög")),
    ],
)
def test_how_others_write_them(heading: tuple[str, str], names: tuple[str, str]) -> None:
    sheet = [
        ("Budget 2027, tkr",),
        (None, *heading),
        ("Intäkter", 600, 600),
        ("Lön", 300, 350),
        ("Hyra", 100, 120),
        ("Summa kostnader", 400, 470),
        ("Resultat", 200, 130),
    ]
    _, budget = read(sheet)
    assert alternatives(budget) == names


@pytest.mark.parametrize(
    "heading",
    [
        ("Budget 2027", "Plan 2028"),
        ("Antagen budget 2027", "Reviderad budget 2027"),
        ("Budget 2027 Umeå", "Budget 2027 Vännäs"),
        ("Budget 2027 alternativ A", "Plan 2028 alternativ A"),
    ],
)
def test_what_is_none(heading: tuple[str, str]) -> None:
    """Years, versions, places, and the only alternative there is."""
    sheet = [
        ("Budget, tkr",),
        (None, *heading),
        ("Intäkter", 600, 600),
        ("Lön", 300, 350),
        ("Hyra", 100, 120),
        ("Summa kostnader", 400, 470),
    ]
    _, budget = read(sheet)
    assert alternatives(budget) == ()


def test_words_of_levels_make_no_budget_of_a_table_of_something_else() -> None:
    sheet = [
        ("Risker i insatserna 2027",),
        (None, "Låg", "Mellan", "Hög"),
        ("Avhopp", 4, 2, 1),
        ("Väntetid", 3, 3, 2),
        ("Summa", 7, 5, 3),
    ]
    assert not reading.budgets(reading.tables(grid(("Risker", sheet))))


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({}, ""),
        ({"A20": "Valt scenario", "B20": "Hög"}, "Hög"),
        ({"A20": "Valt scenario:", "B20": "mellanalternativet"}, "Mellan"),
        ({"L1": "Välj scenario", "L2": "låg"}, "Låg"),
        ({"A20": "Scenario", "B20": "Hög"}, "Hög"),
        ({"A20": "Valt scenario", "B20": None}, ""),
        ({"A20": "Valt scenario", "B20": "Rimlig"}, ""),
        ({"A20": "Valt scenario", "B20": "Hög", "A22": "Valt scenario", "B22": "Låg"}, ""),
        ({"A20": "Scenario", "B20": "Låg", "C20": "Hög"}, ""),
    ],
)
def test_which_of_them_holds_is_said_in_a_cell(cells: dict[str, Any], name: str) -> None:
    """Beside its label or below; nothing, another word, or two answers are no choice."""
    found = chosen_in(with_cells(SPANNED, **cells))
    assert found.name == name
    assert found.names == ("Låg", "Mellan", "Hög")
    assert found.is_asked is (not name)


def test_what_is_asked_for_now_comes_first() -> None:
    sheet = with_cells(SPANNED, A20="Valt scenario", B20="Hög")
    assert chosen_in(sheet, "låg").name == "Låg"
    assert chosen_in(sheet, "annat").name == ""


def test_a_letter_alone_is_an_answer() -> None:
    _, budget = read(LAYOUTS["lettered"])
    assert [chosen(budget, said) for said in ("b", "Alternativ C", "D", "")] == [
        "Alternativ B", "Alternativ C", "", "",
    ]  # fmt: skip


def test_a_table_of_one_alternative_has_only_its_years() -> None:
    _, budget = read(SPANNED)
    assert only(budget, "").columns == ()
    assert len(only(budget, "Hög").columns) == len(YEARS)


def with_setting(sheet: Sheet, name: str, value: str) -> Grid:
    """A workbook whose sheet *Finsam* has a setting typed."""
    rows = [("Inställning", "Ändra", "Nyckel"), ("Val", value, f"inställning|{name}")]
    cells = grid(("Finsam", rows)).sheets[0].cells
    own = SheetGrid("Finsam", lambda: cells, owner=OWNER)
    return Grid((*grid(("Budget", sheet)).sheets, own))


@pytest.mark.parametrize(("said", "name"), [("låg", "Låg"), ("Högt alternativ", "Hög"), ("x", "")])
def test_the_sheet_finsam_outranks_a_cell_of_hers(said: str, name: str) -> None:
    book = with_setting(with_cells(SPANNED, A20="Valt scenario", B20="Mellan"), "scenario", said)
    tables = actions.tables(book)
    (found,) = reading.budgets(tables)
    assert choice(book, tables, found.budget).name == name
    told = [one for one in findings(book, tables) if one.code == "scenario-oklart"]
    assert [(one.sheet, one.cell) for one in told] == ([] if name else [("Finsam", "B2")])
