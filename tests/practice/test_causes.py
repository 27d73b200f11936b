"""The smallest sheet of each cause of misreading, with the answer worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest

from finsam_xl import actions
from finsam_xl.actions import check
from support.practice import other
from support.typed_sheets import TODAY

CAUSES = "causes"


class Right(NamedTuple):
    """What must come out: tables, column meanings, edits, and warnings at their cells."""

    tables: tuple[str, ...]
    columns: tuple[str, ...]
    edits: Mapping[str, Any] = {}
    warned: frozenset[str] = frozenset()


RIGHT = {
    "01": Right(
        ("budget A3:E6",),
        ("budget 2031", "budget 2031", "budget 2032", "percent 2032"),
        warned=frozenset({"E4", "E5", "E6"}),  # figures typed as text
    ),
    "02": Right(
        ("budget A3:F6",),
        ("budget 2031-Q1", "budget 2031-Q2", "budget 2031-Q3", "budget 2031-Q4", "budget 2031"),
    ),
    "03": Right(("plan A3:D6",), ("budget 2031", "budget 2032", "plan 2033")),
    "04": Right(("budget A3:C7",), ("budget 2031", "budget 2032")),
    "05": Right(("outcome A3:D12",), ("budget 2031", "outcome 2031")),
    "06": Right(
        ("participants A11:D14", "tertial A3:D8"),
        ("budget 2031", "outcome_to_date 2031-T2", "forecast 2031"),
    ),
    "07": Right(
        ("fees A4:E8",),
        ("share 2031", "budget 2031", "share 2032", "budget 2032"),
    ),
    "08": Right(
        ("plan A3:E8", "plan A12:E15"),
        ("outcome 2029", "forecast 2030", "budget 2031", "plan 2032") * 2,
    ),
    "09": Right(("budget A3:C13",), ("budget 2032", "budget 2031"), {"B13": 50, "C13": 50}),
    "10": Right(("tertial A3:D8",), ("budget 2031", "outcome_to_date 2031-T1", "forecast 2031")),
    "11": Right(("impact_index A3:F5",), ()),
    # 690 of 1 000 is 69 %, not 70.
    "12": Right(("cost_split A3:C7",), (), warned=frozenset({"C6"})),
    "13": Right(("budget A3:C12",), ("budget 2031", "budget 2032"), {"C12": 143}),
    "14": Right(("budget A3:C10",), ("budget 2031", "budget 2032")),
    "15": Right(("budget A3:C9",), ("budget 2031", "budget 2032"), {"B9": 800, "C9": 840}),
    "16": Right(("budget A3:C7",), ("budget 2031", "budget 2032")),
    "17": Right(("outcome A3:D14",), ("outcome 2031", "budget 2031", "deviation 2031")),
    "18": Right(
        ("budget A3:D11",),
        ("budget 2031", "forecast 2031", "deviation 2031"),
        {"D5": 0, "D6": 0, "D8": 30, "D9": -20, "D10": 10, "D11": 10},
    ),
    "19": Right(
        ("income_statement A3:C8",), ("outcome 2031", "outcome 2030"), warned=frozenset({"C6"})
    ),
    "20": Right(("social_budget A3:K5",), ()),
    "21": Right(("social_budget A3:I7",), (), {"H5": "Ja", "I5": 3, "H6": "Ja", "I6": 2, "I7": 9}),
    "22": Right(
        ("budget A3:C7",), ("budget 2031", "budget 2032"), {"C7": 4.061}, frozenset({"B7"})
    ),
    "23": Right(("outcome A3:D7",), ("outcome 2031", "budget 2031", "deviation 2031")),
    "24": Right(("outcome A3:D7",), ("outcome 2031", "budget 2031", "deviation 2031"), {"D7": 20}),
    "25": Right(("participants A3:D9",), ()),
}
"""Of each cause."""
MONEY = {"budget", "plan", "outcome", "tertial", "income_statement", "fees"}


@pytest.mark.parametrize("number", RIGHT)
def test_a_cause(number: str) -> None:
    """Its tables and columns are understood, it is filled in, and only what is wrong is told."""
    grid, right = other(f"{CAUSES}/{number}.xlsx").grid(), RIGHT[number]
    found = actions.tables(grid)
    assert {f"{one.kind} {one.range}" for one in found} == set(right.tables)
    assert [
        f"{column.scenario} {column.period}"
        for one in found
        if one.kind in MONEY
        for column in one.columns
        if column.field not in ("label", "group", "code", "party")
    ] == list(right.columns)
    plan = actions.recompute(grid, today=TODAY, run="prov")
    assert {edit.cell: edit.new for edit in plan.edits} == right.edits
    told = check.check([check.Book("", grid)], today=TODAY).findings
    assert {f.cell for f in told if f.severity != "info"} == right.warned


# An officer's year ----------------------------------------------------------------------------


def _edits(name: str) -> dict[tuple[str, str], Any]:
    plan = actions.recompute(other(f"officer/{name}.xlsx").grid(), today=TODAY, run="prov")
    return {(edit.sheet, edit.cell): edit.new for edit in plan.edits}


def test_the_plan_goes_on_from_the_budget() -> None:
    """Opening is last year's closing, by formula or blank; the budget's own closing is filled in."""
    edits = _edits("planlo_in")
    closings = [edits["formel", f"{column}14"] for column in "BCDE"]
    assert closings == [3139, 3294, 3544, 3934]
    budget = _edits("Budget 2026")
    assert budget["Budget 2026", "F34"] == 3462680
    assert [budget["Plan 2027-2029", f"{column}17"] for column in "BCDE"] == closings


def test_a_deviation_is_of_its_own_year() -> None:
    """*Utfall 2025, Budget 2026, Utfall 2026, Avvikelse*: between the columns of 2026."""
    edits = _edits("dev")
    assert ("F", "E4") in edits
    assert ("G", "D4") not in edits


def test_a_pot_of_the_municipalities_is_theirs_whole() -> None:
    edits = _edits("fee")
    whole = {new for (sheet, cell), new in edits.items() if cell == "C5" and sheet[0] in "123567"}
    assert whole == {1119529}


@pytest.mark.parametrize("sheet", ["Finansnetto", "Räntenetto", "Finansiellt netto", "Räntor"])
def test_a_net_is_added_to_the_result(sheet: str) -> None:
    """8 900 - 8 500 + 30 is 430, and 25 against 30 is 5 worse."""
    found = {cell: new for (name, cell), new in _edits("fin").items() if name == sheet}
    assert (found["B11"], found["C11"], found["D10"], found["D11"]) == (430, 645, -5, 215)


@pytest.mark.parametrize("sheet", ["Ränta", "Bankränta", "Finansiella poster"])
def test_what_may_be_either_is_asked(sheet: str) -> None:
    """Interest that is paid or received by nobody knows whom: no result is made up."""
    assert (sheet, "B11") not in _edits("fin")


def test_a_member_that_joins_gets_no_fee_alone() -> None:
    """All fees are due for a new split: what would be paid of the pot is said."""
    grid = other("officer/join.xlsx").grid()
    plan = actions.recompute(grid, today=TODAY, run="prov")
    assert not plan.edits
    assert any("2 395 933" in f.message.replace("\u00a0", " ") for f in plan.findings)


def test_no_table_of_the_year_is_filled_in_otherwise_than_her_formulas() -> None:
    """Where she has typed or calculated a figure nothing is written."""
    for name in ("Uppföljning 2026", "Social budget 2026", "Årsredovisning 2026"):
        book = other(f"officer/{name}.xlsx")
        for edit in actions.recompute(book.grid(), today=TODAY, run="prov").edits:
            assert edit.keeps_value or edit.old is None, (name, edit)
