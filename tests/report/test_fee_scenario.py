"""The report of what happens to the fees: its answer, key figures and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.actions import fee_scenario
from finsam_xl.actions.questions import Asked
from finsam_xl.calc.fee_changes import Keyed, Pot, Scenario
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import Book
from finsam_xl.report import answers
from finsam_xl.report.answers import Moved
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid
from support.typed_sheets import TODAY, grid
from support.workbooks import EXISTING

OWNER = "avgifter_om"
PEOPLE: list[list[Any]] = [
    ["Medlemsavgifter 2026"],
    ["Kommunernas pott, kr", 900000],
    ["Kommun", "Invånare 16–64 år", "Avgift 2026, kr"],
    ["Ekby kommun", 3000, 450000],
    ["Norrby kommun", 2000, 300000],
    ["Sjöby kommun", 1000, 150000],
]


def made(book: Grid, scenario: Scenario | None = None, year: int | None = None) -> SheetPlan:
    """The report of a scenario, or of none."""
    asked = Asked(fees=fee_scenario.Asked(scenario or Scenario(), year))
    plan = actions.what_if(book, today=TODAY, run="2031-12-31 20.19", asked=asked)
    return next(sheet for sheet in plan.sheets if sheet.owner == OWNER)


def rows(plan: SheetPlan) -> list[list[Any]]:
    """What stands on each row inside what is printed, without blanks; spaces as typed."""
    found: dict[int, list[Any]] = {}
    for cell in sorted(plan.cells, key=lambda one: (one.row, one.column)):
        if cell.value not in (None, "") and cell.column <= plan.page.last_column:
            value = cell.value
            text = value.replace("\u00a0", " ") if isinstance(value, str) else value
            found.setdefault(cell.row, []).append(text)
    return list(found.values())


def row(plan: SheetPlan, label: str) -> list[Any]:
    """The last row that begins with a label: that of the table."""
    return [line[1:] for line in rows(plan) if line[0] == label][-1]


def texts(plan: SheetPlan) -> list[str]:
    return [str(line[0]) for line in rows(plan)]


@pytest.fixture
def lappland() -> Iterator[Grid]:
    with Book(EXISTING / "sodra-lappland-budget.xlsx") as book:
        yield book.grid


@pytest.fixture
def umea() -> Iterator[Grid]:
    with Book(EXISTING / "umearegionen-budget.xlsx") as book:
        yield book.grid


def _people(*changed: Sequence[Any]) -> Grid:
    return grid(("Avgifter", [*PEOPLE, *map(list, changed)]))


def test_one_joins_by_thirds() -> None:
    """1 500 beside 6 000: 9 parts of 65, 1 of 7 and 1 of 5 of 900 000."""
    plan = made(_people(), Scenario(joins=(Keyed("Nyby", Fraction(1500)),), years=3))
    assert (
        "Om Nyby fasas in från 2026 betalar övriga kommuner 2028 tillsammans 180 000 kr mindre; "
        "mest sjunker Ekby kommun, med 90 000 kr."
    ) in texts(plan)
    assert "Nyby går med (nyckel 1 500)" in texts(plan)
    assert row(plan, "Part") == [
        "Invånare 16–64 år\ni dag", "Invånare 16–64 år\ndå", "Avgift i dag, kr", "Avgift 2026, kr",
        "Avgift 2027, kr", "Avgift 2028, kr", "Ändring 2028, kr", "Ändring, %",
        "Kr per person i dag", "Kr per person 2028",
    ]  # fmt: skip
    assert row(plan, "Ekby kommun") == [
        3000, 3000, 450000, 415385, 385714, 360000, -90000, -0.2, 150, 120
    ]  # fmt: skip
    assert row(plan, "Nyby") == [1500, 69231, 128571, 180000, 180000, 120]
    assert row(plan, "Kommunerna tillsammans") == [
        6000, 7500, 900000, 900000, 900000, 900000, 0, 0, 150, 120
    ]  # fmt: skip
    assert row(plan, "Mer eller mindre än potten") == [0, 0, 0, 0]
    assert any("räknas 1/3 2026 och 2/3 2027 och hela 2028" in text for text in texts(plan))


def test_key_figures_of_one_that_joins() -> None:
    """What all pay, whom it moves most, what the new one pays, and each person's part."""
    plan = made(_people(), Scenario(joins=(Keyed("Nyby", Fraction(1500)),)))
    labels, figures, meanings = rows(plan)[3:6]
    assert labels == [
        "Kommunerna tillsammans, kr", "Sjunker mest: Ekby kommun, kr", "Nyby, kr", "Kr per person",
    ]  # fmt: skip
    assert figures == ["900 000", "−90 000", "180 000", "120,00"]
    assert meanings == [
        "900 000 i dag", "450 000 blir 360 000 (−20,0 %)", "ny medlem", "150,00 i dag",
    ]  # fmt: skip


def test_one_leaves_and_the_pot_is_another(lappland: Grid) -> None:
    """4 000 tkr are 2 000, 1 000 and 1 000, and 859 of 938 parts share the last."""
    plan = made(lappland, Scenario(leaves=("Malå",), pot=Pot(Fraction(4000))))
    assert (
        "Om Malå kommun lämnar och potten blir 4 000 tkr från 2024 betalar övriga kommuner "
        "tillsammans 141 tkr mer; mest stiger Lycksele kommun, med 54 tkr."
    ) in texts(plan)
    assert row(plan, "Försäkringskassan") == [1876, 2000, 124, 0.066]
    assert row(plan, "Malå kommun") == [79, -79]
    assert row(plan, "Lycksele kommun") == [326, 380, 54, 0.166]
    assert row(plan, "Summa") == [3752, 4000, 248, 0.066]
    assert row(plan, "Mer eller mindre än kvarten") == [0, 0]


def test_what_each_leaving_means(lappland: Grid) -> None:
    """179 of 938 are 19,1 %; 179 on 759 are 23,6 %; Lycksele's 326 become 403 of 759 parts."""
    plan = made(lappland)
    assert row(plan, "Vilhelmina kommun") == [179, 0.191, 179, 0.236, "Lycksele kommun", 77, 2]
    assert row(plan, "Summa") == [3752, 37]
    assert any("finns ingen nyckel" in text for text in texts(plan))


def test_a_share_of_a_person() -> None:
    """150 kronor each; 180 where Sjöby leaves, and 300 where Ekby does."""
    plan = made(_people())
    assert row(plan, "Sjöby kommun") == [
        1000, 150000, 0.167, 150, 150000, 0.2, "Ekby kommun", 90000, 180, 1500
    ]  # fmt: skip
    assert row(plan, "Ekby kommun")[-2] == 300


def test_the_book_stands_before(umea: Grid) -> None:
    """2019 Robertsfors is cut to 110, and the quarter is no whole thousand."""
    plan = made(umea, Scenario(leaves=("Umeå",)), 2019)
    assert row(plan, "Robertsfors kommun") == [3.87, 21.94, 110, 628, 518, 4.709]
    assert row(plan, "Mer eller mindre än kvarten") == [-0.5, 0.5]
    assert any(
        text.startswith("▲ Bokens avgifter") and "110 mot 111" in text for text in texts(plan)
    )


def test_rounding_each_on_its_own_is_told(umea: Grid) -> None:
    """2021 the parts are 2 kronor more than the quarter."""
    plan = made(umea)
    assert row(plan, "Mer eller mindre än kvarten") == [2]
    assert any("avrundas var för sig till hela kr, som i boken" in text for text in texts(plan))


def test_the_municipalities_own_pot_is_called_so() -> None:
    """It is no pot of all parties."""
    plan = made(_people(), Scenario(pot=Pot(Fraction(1), "mkr")))
    assert texts(plan)[1] == "Kommunernas pott 1 mkr"
    assert (
        "Om kommunernas pott blir 1 mkr från 2026 betalar kommunerna tillsammans 100 000 kr mer; "
        "mest stiger Ekby kommun, med 50 000 kr."
    ) in texts(plan)


def test_all_members_are_new() -> None:
    """Then nobody is there to pay more or less."""
    leaves = ("Ekby", "Norrby", "Sjöby")
    plan = made(_people(), Scenario(leaves=leaves, joins=(Keyed("Nyby", Fraction(5)),)))
    assert any("betalar Nyby hela kommunernas del, 900 000 kr." in text for text in texts(plan))


def test_a_single_municipality_has_no_leaving() -> None:
    """It is told what it pays."""
    rows_of = [
        ["Medlemsavgifter 2026"],
        ["Pott, kr", 3600000],
        ["Part", "Invånare 16–64 år", "Avgift 2026, kr"],
        ["Försäkringskassan", None, 1800000],
        ["Region Norr", None, 900000],
        ["Ekby kommun", 3000, 900000],
    ]
    plan = made(grid(("Avgifter", rows_of)))
    assert row(plan, "Ekby kommun") == [3000, 900000, 1, 300, 9000]
    assert row(plan, "Part")[-1] == "1 % mer i potten, kr"
    assert "År 2026 betalar kommunerna 900 000 kr tillsammans." in texts(plan)


def test_unclear_fees_are_refused() -> None:
    """With the reason, before anything is calculated."""
    book = grid(("Avgifter", [["Grundavgift lika för alla"], *PEOPLE]))
    with pytest.raises(WorkbookError, match="en del av avgiften verkar vara fast"):
        made(book, Scenario(leaves=("Ekby",)))


def test_a_large_table_goes_on_with_its_headings() -> None:
    """Every page has them, and the sums are not parted from the last member."""
    names = [f"{first}{last}by kommun" for first in "BDFGHJKL" for last in "aeiou"]
    members = [[name, 1000 + n, None] for n, name in enumerate(names)]
    plan = made(grid(("Avgifter", [*PEOPLE[:3], *members])))
    headings = [c.row for c in plan.cells if c.column == 1 and c.value == "Part"]
    assert len(headings) == len(plan.page.breaks) + 1 > 1
    assert set(plan.page.breaks) <= set(headings)


Known = int | Fraction


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ([("A", -84), ("B", -2)], "övriga tillsammans 86 tkr mindre; mest sjunker A, med 84 tkr."),
        (
            [("A", 50), ("B", -50)],
            (
                "övriga tillsammans lika mycket som i dag; mest stiger A, med 50 tkr och mest sjunker "
                "B, med 50 tkr."
            ),
        ),
        ([("A", 0), ("B", 0)], "övriga tillsammans lika mycket som i dag."),
        ([("A", -5)], "A 5 tkr mindre än i dag."),
        ([("A", 0)], "A lika mycket som i dag."),
        ([("A", 90), ("B", -1)], "övriga tillsammans 89 tkr mer; mest stiger A, med 90 tkr."),
    ],
)
def test_the_answer(moved: list[tuple[str, Known]], said: str) -> None:
    """Together, and whom it moves most; both ways where both are large."""
    told = answers.fees_if("C går med", "övriga", [Moved(*one) for one in moved], "tkr")
    assert told.replace("\u00a0", " ") == f"Om C går med betalar {said}"


def test_a_row_of_all_municipalities_is_no_member() -> None:
    """Where another table of the year has each of them that is asked of; alone it is refused."""
    together = [
        ["Medlemsavgifter 2026, kr"],
        ["Part", "Andel", "Avgift 2026, kr"],
        ["Försäkringskassan", 0.5, 1800000],
        ["Region Norr", 0.25, 900000],
        ["Kommunerna", 0.25, 900000],
    ]
    plan = made(grid(("A", together), ("Avgifter", PEOPLE)), Scenario(leaves=("Ekby",)))
    assert row(plan, "Norrby kommun")[1:3] == [300000, 600000]
    with pytest.raises(WorkbookError, match="kommunerna på en rad"):
        made(grid(("A", together)))
