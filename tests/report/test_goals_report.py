"""Rapport Mål: which goals are reached, on the documents' own goals and on invented outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import Book
from finsam_xl.sheetplan import BarChart, SheetPlan
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.goal_sheets import goal_map, without_weights
from support.typed_sheets import TODAY, P, grid
from support.workbooks import SOCIAL_BUDGET

HEAD = ["Mål", "Mått", "Målvärde", "Utfall", "Nått mål"]


def build(read: Grid) -> SheetPlan:
    (sheet,) = actions.report(read, "mal", today=TODAY, run="20.19 · a1f3").sheets
    return sheet


def texts(plan: SheetPlan) -> list[str]:
    return [str(c.value).replace("\u00a0", " ") for c in plan.cells if isinstance(c.value, str)]


def row(plan: SheetPlan, label: str) -> list[Any]:
    """What stands right of a label, in the columns that are printed."""
    at = next(cell.row for cell in plan.cells if cell.column == 1 and cell.value == label)
    found = {c.column: c.value for c in plan.cells if c.row == at}
    values = [found.get(column) for column in range(2, plan.page.last_column)]
    return [v.replace("\u00a0", " ").strip() if isinstance(v, str) else v for v in values]


def key_figures(plan: SheetPlan) -> Mapping[str, str]:
    """Each key figure by its label."""
    cells = {(c.row, c.column): c.value for c in plan.cells}
    labels = [c for c in plan.cells if c.role.size == 9 and (c.row + 1, c.column) in cells]
    return {
        str(c.value): str(cells[c.row + 1, c.column]).replace("\u00a0", " ")
        for c in labels
        if any(
            o.row == c.row + 1 and o.column == c.column and o.role.size == 20 for o in plan.cells
        )
    }


@pytest.fixture(scope="module")
def lappland() -> SheetPlan:
    return build(goal_map([0.74, 0.66, 0.81, 1, 0.7, 1, 6, 0.55, "Redovisad", None]))


def test_the_answer_stands_first(lappland: SheetPlan) -> None:
    """Seven goals: three are reached, three have a measure that misses, one is half known."""
    assert texts(lappland)[:1] == ["Mål 2024–2026"]
    assert "3 av 7 mål är nådda; 1 är inte bedömt." in texts(lappland)
    assert key_figures(lappland) == {
        "Mål som är nådda": "3 av 7", "Mått som når sin nivå": "6 av 9", "Längst från målet": "15 pp",
    }  # fmt: skip


def test_every_measure_with_target_outcome_and_standing(lappland: SheetPlan) -> None:
    assert row(lappland, "Enkät till medlemmarna, medlemmar") == [
        "minst 70 %", "81,0 %", "● når", None,
    ]  # fmt: skip
    assert row(lappland, "Deltagare erbjuds samordnat stöd mot egen försörjning (enkät), deltagare") == [
        "minst 70 %", "66,0 %", "▲ nära", "4,0 pp ifrån",
    ]  # fmt: skip
    assert row(lappland, "Uppföljning av internkontrollplan") == [
        "minst 2 st", "1", "▼ under", "1 till hade räckt",
    ]  # fmt: skip
    assert row(lappland, "Ekonomiskt utfall vid halvårsrapport och årsredovisning") == [
        "redovisad", "–", "– ej mätt", None,
    ]  # fmt: skip


def test_a_goal_is_as_its_measures(lappland: SheetPlan) -> None:
    """Near where all it misses is near; unknown where something is, and nothing missed."""
    states = {
        "Medlemmar ser positiv utveckling i välfärdsarbetet": "● når",
        "Myndighetsgemensam planering och samordnade insatser": "▲ nära",
        "Struktur för uppföljning, utvärdering och spridning": "▼ under",
        "God ekonomisk hushållning": "– 1 av 2 ej bedömda",
    }
    assert {name: row(lappland, name)[2] for name in states} == states


def test_the_areas_are_counted(lappland: SheetPlan) -> None:
    assert row(lappland, "Arbetssätt") == [4, 2, 2, 0]
    assert row(lappland, "Totalt") == [10, 6, 3, 1]


def test_shares_of_one_target_are_drawn_against_it(lappland: SheetPlan) -> None:
    (chart,) = lappland.charts
    assert isinstance(chart, BarChart)
    assert (chart.target, chart.title) == (70, "Utfall i procent; målet är minst 70\u00a0%")
    assert chart.colours == ("grön", "grön", "grön", "orange", "röd")
    assert [text.replace("\u00a0", " ") for text in chart.texts] == [
        "● 81 %", "● 74 %", "● 70 %", "▲ 66 %", "▼ 55 %",
    ]  # fmt: skip


def test_an_outcome_stands_also_where_its_target_cannot_be_judged() -> None:
    rows = [["Mål 2024"], HEAD, ["A", "Andel i arbete", "45 %", P(0.5), None]]
    plan = build(grid(("Mål", rows)))
    assert row(plan, "Andel i arbete") == ["45 %", "50,0 %", "– minst eller högst?", None]
    assert "Målet är inte bedömt ännu." in texts(plan)


def test_the_shipped_goal_map_says_that_nothing_is_measured() -> None:
    plan = build(goal_map([]))
    assert "Inget av de 7 målen är mätt ännu." in texts(plan)
    assert key_figures(plan) == {"Mål som är mätta": "0 av 7"}
    assert not plan.charts


def test_a_social_budget_without_weights_has_shares_and_no_index() -> None:
    """45 of 64 measured indicators of 2021; each area by hand from the document's points."""
    plan = build(without_weights())
    assert key_figures(plan)["Mått som når sin nivå"] == "45 av 64"
    assert row(plan, "Deltagarnöjdhet") == [13, 12, 1, 0]
    assert row(plan, "Totalt") == [70, 45, 19, 6]
    shares = [c.value for c in plan.cells if c.column == 6 and isinstance(c.value, float)]
    assert shares[-1] == pytest.approx(0.703)
    said = " ".join(texts(plan))
    assert "inget Impactindex" in said
    assert "Index är" not in said


def test_umearegionens_goals_by_their_names_and_directions_in_words() -> None:
    """The plan's five goals, of which nothing is measured; Umeå's share rose, the others fell."""
    with Book(SOCIAL_BUDGET) as book:
        plan = build(book.grid)
    said = texts(plan)
    assert "Mål 2020–2022" in said
    assert any(text.startswith("1 I Umeå finns hållbara samverkansplattformar") for text in said)
    assert row(plan, "Umeå") == [None, None, "ökat", "▼ under"]
    assert row(plan, "Vännäs") == [None, None, "minskat", "– hur mycket saknas"]
    assert any("i 0 av 6 kommuner; för 5 är det inte känt." in text for text in said)


def test_municipalities_against_their_goal() -> None:
    rows = [
        ["Helårsekvivalenter per kommun"],
        ["Kommun", "Helårsekvivalenter 2023", "Befolkning 2023", "Helårsekvivalenter 2024",
         "Befolkning 2024"],
        ["Åby", 1000, 10000, 980, 10000],
        ["Berg", 400, 5000, 398, 5000],
        ["Dal", 150, 2000, 160, 2000],
    ]  # fmt: skip
    plan = build(grid(("HÅE", rows)))
    assert row(plan, "Åby") == [0.1, 0.098, -0.02, "● når"]
    assert row(plan, "Berg") == [0.08, 0.0796, -0.005, "▲ nära"]
    assert row(plan, "Dal") == [0.075, 0.08, pytest.approx(0.067), "▼ under"]
    (chart,) = plan.charts
    assert isinstance(chart, BarChart)
    assert (chart.target, chart.colours) == (-1, ("grön", "orange", "röd"))
    assert any("plan och budget 2018–2020" in text for text in texts(plan))


def test_the_boards_grade_stands_and_the_proposal_beside_it() -> None:
    rows = [
        ["Strategiska mål 2022"], ["Nr", "Mål", "Bedömning"],
        [1, "Lokala team", "Till stor del"], [],
        ["Uppföljning"], ["Mål", "Indikator", "Regel", "Gräns", "Utfall"],
        [1, "Svar på skalans tre övre alternativ", "Andel minst", P(0.8), P(0.9)],
    ]  # fmt: skip
    plan = build(grid(("Mål", rows)))
    assert row(plan, "1 Lokala team") == [
        "betyg 3 till stor del", "förslag 5 helt och hållet", "● når", None,
    ]  # fmt: skip


def test_comments_are_carried_to_the_next_report() -> None:
    rows = [["Målkarta 2024"], HEAD, ["Individen", "Nöjda, enkät", "minst 70 %", P(0.74), None]]
    first = build(grid(("Mål", rows)))
    cells = {(c.row, c.column): Cell(c.value) for c in first.cells}
    at = next(c.row for c in first.cells if c.value == "Nöjda, enkät")
    cells[at, first.page.last_column] = Cell("Bättre än i fjol.")
    old = SheetGrid(first.name, lambda: cells, owner=first.owner)
    second = build(Grid((*grid(("Mål", rows)).sheets, old)))
    assert "Bättre än i fjol." in texts(second)


def test_it_is_made_only_where_there_are_goals_with_targets() -> None:
    listed = grid(("Mål", [["Mål"], ["Nr", "Mål"], [1, "Arbete"], [2, "Studier"]]))
    assert "mal" not in actions.fitting_reports(listed)
    with pytest.raises(WorkbookError, match="inga mål"):
        build(listed)
    rows = [["Målkarta"], HEAD, ["A", "Nöjda, enkät", "minst 70 %", None, None]]
    assert "mal" in actions.fitting_reports(grid(("Mål", rows)))
