"""Reports and Kontroll tell of the workbook as the run leaves it, and every report of its faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from finsam_xl import actions, open_workbook
from finsam_xl.actions import check
from finsam_xl.actions.questions import Asked
from finsam_xl.actions.writing import written
from finsam_xl.plan import Plan
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid
from support.small_plan import SmallPlan
from support.typed_sheets import TODAY, F, grid
from support.workbooks import EXISTING, copy

RUN = "2026-11-25 · 1"
_BUDGET: list[list[Any]] = [
    ["Budget 2026, kr"],
    ["", "Budget 2026"],
    ["Medlemsavgifter", 900_000],
    ["Kansli", -300_000],
    ["Team Norr", -330_000],
    ["Team Söder", -250_000],
    ["Årets resultat", 20_000],
    ["Ingående eget kapital", 500_000],
    ["Utgående eget kapital"],
]


def _plan(opening: int) -> list[list[Any]]:
    return [
        ["Plan 2026–2028, tkr"],
        ["Tkr", "Budget 2026", "Plan 2027", "Plan 2028"],
        ["Medlemsavgifter", 900, 910, 920],
        ["Kansli", -300, -300, -300],
        ["Team Norr", -330, -335, -340],
        ["Team Söder", -250, -255, -260],
        ["Årets resultat", 20, 20, 20],
        ["Ingående eget kapital", opening],
        ["Utgående eget kapital"],
    ]


def _told(sheet: SheetPlan) -> list[str]:
    return [str(cell.value) for cell in sheet.cells]


def _recomputed(book: Grid, *reports: str) -> Plan:
    return actions.recompute(book, today=TODAY, run=RUN, reports=reports)


@pytest.mark.parametrize(("opening", "count"), [(440, 1), (500, 0), (620, 1)])
def test_a_report_tells_what_a_control_finds_afterwards(opening: int, count: int) -> None:
    """The closings that the run fills in, 520 000 kr and 460 tkr, are held against each other."""
    book = grid(("Budget", _BUDGET), ("Plan", _plan(opening)))
    plan = _recomputed(book, "plan", "kontroll")
    after = check.check([check.Book("", written(book, plan.edits))], today=TODAY).findings
    errors = [one for one in after if one.severity == "error"]
    assert len(errors) == count
    report, control = plan.sheets
    assert any(f"▼ {count} fel rör tabellerna" in text for text in _told(report)) is bool(count)
    assert any(f"{count} fel: börja med" in text for text in _told(control)) is bool(count)


def test_formulas_on_another_sheet_have_followed() -> None:
    """A plan that fetches the budget's closing, blank before the run, is not said to be wrong."""
    plan = _plan(0)
    plan[1][1:] = ["Plan 2027", "Plan 2028", "Plan 2029"]
    plan[7][1] = F("Budget!B9/1000", 0)
    made = _recomputed(grid(("Budget", _BUDGET), ("Plan", plan)), "kontroll")
    assert not [one for one in made.findings if one.severity == "error"]


def test_kontroll_says_what_the_command_says_afterwards(tmp_path: Path) -> None:
    """The figures of a real budget whose sums a run fills in."""
    path = copy(EXISTING / "umearegionen-budget.xlsx", tmp_path)
    with open_workbook(path) as book:
        result = book.recompute(("kontroll",))
        (sheet,) = result.plan.sheets
        book.apply(result)
    with open_workbook(path) as book:
        found = book.check().findings
    wanted = [sum(one.severity == grade for one in found) for grade in ("error", "warning")]
    row = next(cell.row for cell in sheet.cells if cell.value == "Fel")
    shown = [cell.value for cell in sheet.cells if cell.row == row + 1]
    assert shown[:2] == [str(count) for count in wanted]


# Every report ------------------------------------------------------------------------------------

_FEES: list[list[Any]] = [
    ["Medlemsavgifter 2026, kr"],
    ["Pott", 4000],
    ["Part", "Nyckel", "Avgift 2026"],
    ["Försäkringskassan", None, 2000],
    ["Regionen", None, 1100],
    ["Nyby kommun", 60, 600],
    ["Ekby kommun", 40, 400],
]


def test_the_fees_and_what_may_happen_to_them() -> None:
    """The region's fee is 100 more than half of the state's."""
    book = grid(("Avgifter", _FEES))
    reports = [
        actions.report(book, "avgifter", today=TODAY, run=RUN).sheets[0],
        actions.what_if(book, today=TODAY, run=RUN).sheets[0],
    ]
    for sheet in reports:
        assert any("rör tabellerna här" in text for text in _told(sheet)), sheet.name


def test_where_equity_goes_and_what_changed_the_result() -> None:
    """The plan opens with 440 tkr where the budget does with 500 000 kr."""
    last = ("Budget", [*_BUDGET[:8], ["Utgående eget kapital", 520_000]])
    before: list[list[Any]] = [
        ["Utfall 2025, kr"], ["", "Utfall 2025"], ["Medlemsavgifter", 900_000],
        ["Kostnader", -850_000], ["Årets resultat", 50_000], ["Ingående eget kapital", 450_000],
        ["Utgående eget kapital", 500_000],
    ]  # fmt: skip
    book = grid(("Utfall", before), last, ("Plan", _plan(440)))
    plan = actions.what_if(book, today=TODAY, run=RUN, asked=Asked())
    told = {sheet.name: _told(sheet) for sheet in plan.sheets}
    assert any("fel rör tabellerna här" in text for text in told["Rapport Vad händer budget"])


def test_a_book_without_faults_says_nothing() -> None:
    right = [*_FEES[:4], ["Regionen", None, 1000], *_FEES[5:]]
    sheet = actions.report(grid(("Avgifter", right)), "avgifter", today=TODAY, run=RUN).sheets[0]
    assert not any("rör tabellerna" in text for text in _told(sheet))


# What reports rest on ----------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["B2", "C2", "E1"])
def test_the_cell_of_the_pot_is_told(place: str) -> None:
    """Wherever it stands, in the report of the fees and in that of what may happen to them."""
    column, row = "ABCDE".index(place[0]), int(place[1])
    rows = [list(one) for one in _FEES]
    rows[1] = []
    line = rows[row - 1]
    line += [None] * (column + 1 - len(line))
    line[column - 1 : column + 1] = ["Pott", 4000]
    book = grid(("Avgifter", rows))
    fees = actions.report(book, "avgifter", today=TODAY, run=RUN).sheets[0]
    assert any(f"läst i Avgifter!{place}." in text for text in _told(fees))
    asked = actions.what_if(book, today=TODAY, run=RUN).sheets[0]
    assert any(f"läst i Avgifter!{place}." in text for text in _told(asked))


@pytest.mark.parametrize("blank", [4, 5, 6])
def test_a_fee_that_is_to_be_filled_in_is_no_zero(blank: int) -> None:
    """The parts of the law are not held against a sum that lacks it."""
    rows = [list(one) for one in _FEES]
    rows[4][2] = 1000
    rows[blank][2] = None
    plan = _recomputed(grid(("Avgifter", rows)))
    assert "kvart-avviker" not in {one.code for one in plan.findings}
    assert [edit.new for edit in plan.edits] == [[1000, 600, 400][blank - 4]]


def test_a_small_plan_says_how_it_was_left(tmp_path: Path) -> None:
    """A run that changes nothing is told of as it is."""
    plan = SmallPlan()
    plan.sheet.delete_cols(4, 2)
    with open_workbook(plan.save(tmp_path, "bok.xlsx")) as book:
        assert not book.recompute(("kontroll",)).plan.edits
