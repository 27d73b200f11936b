"""The Impactindex report: units side by side, the year before, the caveat, and comments kept."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.hosts.ooxml import Book
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.typed_sheets import TODAY, Rows, grid
from support.workbooks import SOCIAL_BUDGET

N = None
_HEADINGS = ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"]


def _budget(title: str, safe: int, heard: int, meetings: int) -> Rows:
    """Two goal areas and three indicators, weighing 5, 4 and 3; reached from 14 of 20, and 4."""
    return [
        [title],
        [],
        _HEADINGS,
        [N, "Individen"],
        ["1.1", "Trygg", "andel minst", "70 %", 5, safe, 20, N, N],
        ["1.2", "Hörd", "andel minst", "70 %", 4, heard, 20, N, N],
        [N, "Samhället"],
        ["2.1", "Möten", "minst st", 4, 3, meetings, N, N, N],
    ]


ETT, TVA = "Social budget 2031, Team Ett", "Social budget 2031, Team Två"


def _report(book: Grid) -> SheetPlan:
    (plan,) = actions.report(book, "impactindex", today=TODAY, run="2031-12-31 20.19").sheets
    return plan


def _rows(plan: SheetPlan) -> dict[str, list[Any]]:
    """What stands right of each label, without blanks; of doubles the first."""
    found: dict[str, list[Any]] = {}
    for cell in sorted(plan.cells, key=lambda one: (one.row, one.column)):
        if cell.column == 1 and isinstance(cell.value, str):
            printed = range(2, plan.page.last_column + 1)
            row = [c.value for c in plan.cells if c.row == cell.row and c.column in printed]
            found.setdefault(cell.value, [value for value in row if value not in (None, "")])
    return found


def test_two_teams_without_a_whole_are_led_by_both() -> None:
    """Ett: 5 + 4 + 0 of 12; Två: 0 + 4 + 3; together 16 of 24, and one of the two reaches 70."""
    book = grid(("Ett", _budget(ETT, 14, 15, 3)), ("Två", _budget(TVA, 13, 15, 4)))
    rows = _rows(_report(book))
    # Area, area, index, standing, rank.
    assert rows["Team Ett"] == [100, 0, 75, "● når", 1]
    assert rows["Team Två"] == [44, 100, 58, "▼ under", 2]
    assert rows["Alla enheter"] == [72, 50, 67, "▲ nära"]
    answer = "Index är 67, under målet 70; 1 av 2 når det. Mest förloras i Individen."
    assert answer in rows


def test_the_year_before_stands_beside_where_the_book_has_it() -> None:
    book = grid(
        ("2031", _budget(ETT, 14, 15, 3)),
        ("2030", _budget("Social budget 2030, Team Ett", 13, 15, 3)),
        ("Två", _budget(TVA, 13, 15, 4)),
    )
    rows = _rows(_report(book))
    # 4 of 12 the year before is 33; now 75, as printed 42 more. Team Två has no year before.
    assert rows["Team Ett"][2:] == [75, "● når", 1, 33, 42]
    assert rows["Team Två"][2:] == [58, "▼ under", 2]


def test_two_budgets_of_the_year_before_are_no_year_before() -> None:
    book = grid(
        ("2031", _budget(ETT, 14, 15, 3)),
        ("2030", _budget("Social budget 2030, Team Ett", 13, 15, 3)),
        ("2030 b", _budget("Social budget 2030, Team Ett", 14, 15, 4)),
    )
    assert _rows(_report(book))["Team Ett"] == [100, 0, 75, "● når"]


@pytest.mark.parametrize("marked", ["Team Ett", "Söder", ""])
def test_comments_stay_at_their_unit_and_their_miss(marked: str) -> None:
    sheets = [("Ett", _budget(ETT, 14, 15, 3)), ("Två", _budget(TVA, 13, 15, 4))]
    first = _report(grid(*sheets))
    labels = {cell.value: cell.row for cell in first.cells if cell.column == 1}
    last = max(cell.column for cell in first.cells if cell.column <= first.page.last_column)
    kept = {(c.row, c.column): Cell(c.value) for c in first.cells if c.value is not None}
    kept[labels["Team Två"], last] = Cell("Ny chef sedan mars.")
    kept[labels["Två 1.1  Trygg"], last] = Cell("Två samtal till.")
    if marked:
        kept[max(labels.values()) + 2, 1] = Cell(marked)
    old = SheetGrid(first.name, lambda: kept, owner=first.owner)
    again = _rows(_report(Grid((*grid(*sheets).sheets, old))))
    assert again["Team Två"][-1] == "Ny chef sedan mars."
    assert again["Två 1.1  Trygg"][-1] == "Två samtal till."


def test_a_comment_whose_unit_is_gone_is_kept_below() -> None:
    first = _report(grid(("Ett", _budget(ETT, 14, 15, 3)), ("Två", _budget(TVA, 13, 15, 4))))
    labels = {cell.value: cell.row for cell in first.cells if cell.column == 1}
    kept = {(c.row, c.column): Cell(c.value) for c in first.cells if c.value is not None}
    kept[labels["Team Två"], first.page.last_column] = Cell("Ny chef sedan mars.")
    old = SheetGrid(first.name, lambda: kept, owner=first.owner)
    alone = grid(("Ett", _budget(ETT, 14, 15, 3)))
    rows = _rows(_report(Grid((*alone.sheets, old))))
    assert rows["Team Två"] == ["Ny chef sedan mars."]


def test_the_caveat_stands_above_the_figures() -> None:
    """453 of the 517 judgements of the social budget of 2021 have no outcome beside them."""
    with Book(SOCIAL_BUDGET) as book:
        plan = _report(book.grid)
    rows = {str(cell.value).replace("\u00a0", " "): cell.row for cell in plan.cells}
    said = (
        "▲ 453 av 517 bedömningar står i arbetsboken utan utfall och används som de står: "
        "de är inte kontrollerade."
    )
    assert rows[said] < rows["Uppnådda poäng"]


def test_the_page_is_not_printed_smaller() -> None:
    """A4 landscape holds 1 026 pixels inside the margins; all type stays in its size."""
    with Book(SOCIAL_BUDGET) as book:
        widths = _report(book.grid).widths
    assert sum(7 * width + 5 for width in widths) <= 1026 * 1.05


def test_columns_that_say_nothing_are_left_out() -> None:
    """No ideal weights are known: the areas have no column for them."""
    rows = _rows(_report(grid(("Ett", _budget(ETT, 14, 15, 3)))))
    assert rows["Målområde"] == [
        "Uppnådda poäng", "Högsta möjliga", "Mål-\nuppfyllelse", "Index", "Viktning",
    ]  # fmt: skip


def test_a_comment_of_the_year_before_says_so_once() -> None:
    """What was written in the report of 2031 stands in that of 2032, and says where it is from."""
    first = _report(grid(("Ett", _budget(ETT, 14, 15, 3)), ("Två", _budget(TVA, 13, 15, 4))))
    labels = {cell.value: cell.row for cell in first.cells if cell.column == 1}
    kept = {(c.row, c.column): Cell(c.value) for c in first.cells if c.value is not None}
    kept[labels["Team Två"], first.page.last_column] = Cell("Ny chef sedan mars.")
    later = grid(
        ("Ett", _budget(ETT.replace("2031", "2032"), 14, 15, 3)),
        ("Två", _budget(TVA.replace("2031", "2032"), 13, 15, 4)),
    )
    old = SheetGrid(first.name, lambda: kept, owner=first.owner)
    second = _report(Grid((*later.sheets, old)))
    assert _rows(second)["Team Två"][-1] == "Från Impactindex 2031: Ny chef sedan mars."
    again = {(c.row, c.column): Cell(c.value) for c in second.cells if c.value is not None}
    last = SheetGrid(second.name, lambda: again, owner=second.owner)
    third = _report(Grid((*later.sheets, last)))
    assert _rows(third)["Team Två"][-1] == "Från Impactindex 2031: Ny chef sedan mars."


def test_areas_without_names_are_told_apart() -> None:
    """Area 1 reaches 9 of 9 points, area 2 none of 3: together 75."""
    rows: Rows = [
        [ETT],
        [],
        _HEADINGS,
        ["1.1", "Trygg", "andel minst", "70 %", 5, 3, 4, N, N],
        ["1.2", "Hörd", "andel minst", "70 %", 4, 9, 12, N, N],
        ["2.1", "Möten", "minst st", 4, 3, 3, N, N, N],
    ]
    told = _rows(_report(grid(("Ett", rows))))
    assert told["Team Ett"] == [100, 0, 75, "● når"]
