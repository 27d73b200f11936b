"""Tables of goals and of helårsekvivalenter: how they are read, and what is written in them.

The goals are those of the documents: the målkarta of Södra Lappland 2024–2026, the strategic
goals of Umeåregionen's plan 2020–2022 and its social budget 2021, without its weights.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.address import position
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model import RuleKind
from finsam_xl.plan import Plan
from finsam_xl.reading import book as reading
from finsam_xl.reading import goals
from finsam_xl.reading.goal_targets import Gap
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.goal_sheets import without_weights
from support.typed_sheets import TODAY, P, grid
from support.workbooks import DATA, EXISTING, SOCIAL_BUDGET

Written = dict[str, Any]
Lines = list[Any]
HEAD = ["Mål", "Mått", "Målvärde", "Utfall", "Nått mål"]


def plan(read: Grid) -> Plan:
    return actions.recompute(read, today=TODAY, run="prov")


def written(*sheets: tuple[str, Sequence[Any]]) -> Written:
    return {edit.cell: edit.new for edit in plan(grid(*sheets)).edits}


def told(*sheets: tuple[str, Sequence[Any]]) -> list[tuple[str, str | None]]:
    return [(one.code, one.cell) for one in plan(grid(*sheets)).findings]


def judged(target: Any, outcome: Any, name: str = "Nöjda deltagare, enkät") -> Any:
    """What is written as the verdict of one measure."""
    rows: Lines = [["Målkarta 2024"], HEAD, ["Individen", name, target, outcome, None]]
    return written(("Mål", rows)).get("E3")


def column(*lines: tuple[Any, Any], heads: tuple[str, str] = ("Målvärde", "Utfall")) -> list[Any]:
    """The verdicts of some lines of target and outcome, under one pair of headings."""
    rows: Lines = [["Målkarta 2024"], ["Mål", "Mått", *heads, "Nått mål"]]
    rows += [["Individen", f"Andel {n}", *line, None] for n, line in enumerate(lines)]
    found = written(("Mål", rows))
    return [found.get(f"E{n}") for n in range(3, 3 + len(lines))]


# How shares are typed ------------------------------------------------------------------------


@pytest.mark.parametrize("limit", ["högst 1 %", "högst 1%", "max 1 %", "≤ 1 %"])
def test_one_per_cent_is_not_the_whole(limit: str) -> None:
    assert column((limit, P(0.05)), (limit, P(0.01))) == ["Nej", "Ja"]


def test_under_headings_of_per_cent_small_figures_are_per_cent() -> None:
    heads = ("Mål %", "Utfall %")
    lines = [("minst 80", 85), ("högst 1", 5), ("högst 1", 0.8), ("högst 0,5", 0.8)]
    assert column(*lines, heads=heads) == ["Ja", "Nej", "Ja", "Nej"]


ONE_SCALE = [("högst 1", 0.8), ("högst 0,5", 0.8)]
TWO_SCALES: dict[str, tuple[tuple[str, str], tuple[Any, Any]]] = {
    "one of a hundred or the whole": (("Mål %", "Utfall %"), ("högst 1", 5)),
    "a cell of per cent beside a bare 1": (("Mål", "Utfall"), ("högst 1", P(0.05))),
    "0.8 % or 80 % of at most 1 %": (("Målvärde", "Utfall"), ("högst 1 %", 0.8)),
    "the same where the heading says per cent": (("Mål %", "Utfall %"), ("högst 1 %", 0.8)),
    "85 % or 0.85 % where headings say per cent": (("Mål %", "Utfall %"), ("minst 80 %", 0.85)),
    "0.85 of 80": (("Mål %", "Utfall %"), ("minst 80", 0.85)),
}


@pytest.mark.parametrize("name", TWO_SCALES)
def test_a_share_that_may_be_in_two_scales_is_asked_about(name: str) -> None:
    """By the one it is reached and by the other missed: nothing is written, and it is told."""
    heads, line = TWO_SCALES[name]
    assert column(line, heads=heads) == [None]
    rows: Lines = [["Målkarta 2024"], ["Mål", "Mått", *heads, "Nått mål"]]
    assert told(("Mål", [*rows, ["Individen", "Andel avbrott", *line, None]]))


@pytest.mark.parametrize("heads", [("Mål %", "Utfall %"), ("Mål %", "Utfall")])
def test_in_one_scale_it_does_not_matter_which(heads: tuple[str, str]) -> None:
    """0.8 is at most 1, and more than 0.5, as parts of one and as per cent."""
    assert column(*ONE_SCALE, heads=heads) == ["Ja", "Nej"]


def test_a_small_target_beside_large_outcomes_is_not_of_their_scale_for_sure() -> None:
    lines = [("högst 1", 5), ("högst 0,5", 0.8)]
    for heads in (("Mål %", "Utfall %"), ("Mål", "Utfall %"), ("Mål %", "Utfall")):
        assert column(*lines, heads=heads) == [None, None]


def test_parts_of_one_among_parts_are_shares() -> None:
    assert column(("minst 80 %", 0.85), ("minst 80 %", 0.75)) == ["Ja", "Nej"]


def test_half_among_figures_of_per_cent_may_be_either() -> None:
    """0.5 is half a per cent as 12 is 12, or half as 0.85 is 85 %: nothing is written."""
    lines = [("minst 80 %", 0.85), ("högst 10 %", 12), ("högst 1 %", 0.5)]
    assert column(*lines) == [None, None, None]


# Which target and which outcome --------------------------------------------------------------


def verdicts(*heads: str) -> dict[str, Any]:
    """What is written where all stands under some headings, the last of them of verdicts."""
    typed = {"Långsiktigt målvärde": "minst 90 %", "Slutmål": "minst 90 %", "Utfall 2024": P(0.85)}
    targets = {"Målvärde": "minst 80 %", "Etappmål": "minst 80 %", "Mål 2025": "minst 80 %"}
    cells = [{**typed, **targets, "Utfall": P(0.85)}.get(head) for head in heads]
    rows: Lines = [["Målkarta"], ["Mål", "Mått", *heads], ["Individen", "Andel nöjda", *cells]]
    return written(("Mål", rows))


@pytest.mark.parametrize(
    ("heads", "verdict"),
    [
        (("Målvärde", "Utfall", "Uppnått"), {"E3": "Ja"}),
        (("Slutmål", "Etappmål", "Utfall", "Uppnått"), {}),
        (("Utfall 2024", "Målvärde", "Uppnått"), {"E3": "Ja"}),
        (("Utfall 2024", "Målvärde", "Uppnått 2025"), {}),
        (("Utfall 2024", "Mål 2025", "Uppnått"), {}),
        (("Mål 2025", "Utfall 2024", "Uppnått 2024"), {}),
    ],
)
def test_an_outcome_is_held_against_the_target_of_its_time(
    heads: tuple[str, ...], verdict: dict[str, Any]
) -> None:
    """Of two targets, and of an outcome older than what is asked for, nothing is said."""
    assert verdicts(*heads) == verdict


# The målkarta --------------------------------------------------------------------------------


def with_outcomes(outcomes: Mapping[str, Cell]) -> list[goals.Measured]:
    """The shipped målkarta of Södra Lappland with some outcomes typed, as it is read."""
    with Book(EXISTING / "sodra-lappland-budget.xlsx") as book:
        cells = {**book.grid.sheet("Målkarta").cells}
    cells |= {position(place): cell for place, cell in outcomes.items()}
    sheet = SheetGrid("Målkarta", lambda: cells)
    (table,) = (t for t in reading.tables(Grid((sheet,))) if t.kind == "goals")
    return list(goals.read(sheet, table).measures)


def test_the_targets_of_sodra_lapplands_goal_map() -> None:
    """As the plan 2024–2026 prints them: 70 % in surveys, 1, 2 and 4 times a year."""
    rules = [one.indicator.rule for one in with_outcomes({})]
    assert [(r.kind, r.limit) for r in rules if r is not None] == [
        (RuleKind.SHARE_AT_LEAST, 70), (RuleKind.SHARE_AT_LEAST, 70),
        (RuleKind.SHARE_AT_LEAST, 70), (RuleKind.COUNT_AT_LEAST, 1),
        (RuleKind.SHARE_AT_LEAST, 70), (RuleKind.COUNT_AT_LEAST, 2),
        (RuleKind.COUNT_AT_LEAST, 4), (RuleKind.SHARE_AT_LEAST, 70),
        (RuleKind.REPORTED, None), (RuleKind.REPORTED, None),
    ]  # fmt: skip


def test_a_goal_map_is_judged() -> None:
    found = with_outcomes({
        "J6": Cell(0.7, percent=True), "J7": Cell(0.69, percent=True), "J9": Cell(1),
        "J11": Cell(1), "J12": Cell(5), "J13": Cell("Ej mätt"), "J14": Cell("Redovisad"),
    })  # fmt: skip
    assert [one.reached for one in found] == [
        True, False, None, True, None, False, True, None, True, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "target", ["minst 70 %", "70%", "70 %", P(0.7), 0.7, "≥ 70 %", "lägst 70 %"]
)
def test_a_share_however_its_target_is_written(target: Any) -> None:
    assert (judged(target, P(0.7)), judged(target, P(0.69))) == ("Ja", "Nej")


@pytest.mark.parametrize(
    "target", ["minst 4", "4 st", "4 ggr/år", "4 gånger per år", "4 per år", "4/år", 4, "≥ 4"]
)
def test_a_number_however_its_target_is_written(target: Any) -> None:
    name = "Genomförda aktiviteter för erfarenhetsutbyte"
    assert (judged(target, 4, name), judged(target, 3, name)) == ("Ja", "Nej")


@pytest.mark.parametrize(
    ("target", "outcome", "name"),
    [
        # What it is counted of is not known.
        ("minst 70 %", 12, "Nöjda deltagare, enkät"),
        (70, 74, "Nöjda deltagare, enkät"),
        # Which way is good is not said.
        ("15 %", P(0.2), "Avbrott i insatser"),
        (4, 5, "Personer i kö"),
        ("70 %", P(0.8), "Svarar att personalen inte lyssnar, enkät"),
        ("10 %", P(0.2), "Svarar att tiden är viktig, enkät"),
        ("2", 3, "Avvikelser vid uppföljning av internkontrollplanen"),
        # Words that nobody can calculate with.
        ("Styrelsens bedömning", P(0.9), "Utbyte över kommungränserna"),
        ("mindre än så", P(0.9), "Nöjda deltagare, enkät"),
        # Nothing to hold against the target.
        ("minst 70 %", None, "Nöjda deltagare, enkät"),
        (None, P(0.9), "Nöjda deltagare, enkät"),
    ],
)
def test_what_is_not_understood_is_not_judged(target: Any, outcome: Any, name: str) -> None:
    assert judged(target, outcome, name) is None


def test_why_it_is_not_judged_is_told() -> None:
    rows: Lines = [
        ["Målkarta 2024"], HEAD,
        ["Individen", "Avbrott i insatser", "15 %", P(0.2), None],
        ["Individen", "Nöjda deltagare, enkät", "minst 70 %", 12, None],
    ]  # fmt: skip
    assert told(("Mål", rows)) == [("mal-oklart", "C3"), ("mal-oklart", "C4")]


def test_typed_verdicts_say_which_way_is_good() -> None:
    rows: Lines = [
        ["Målkarta 2024"], HEAD,
        ["A", "Har arbete", "40 %", P(0.5), "Ja"],
        ["B", "Har studier", "25 %", P(0.2), "Nej"],
        ["C", "Har bostad", "60 %", P(0.7), None],
    ]  # fmt: skip
    assert written(("Mål", rows)) == {"E5": "Ja"}
    assert written(("Mål", [*rows[:3], [*rows[3][:4], "Ja"], rows[4]])) == {}


def test_a_typed_verdict_stays_and_what_differs_is_told() -> None:
    rows: Lines = [
        ["Målkarta 2024"], HEAD,
        ["A", "Nöjda, enkät", "minst 70 %", P(0.74), "Uppnått"],
        ["B", "Trygga enligt enkät", "minst 70 %", P(0.66), "Uppnått"],
        ["C", "Hörda enligt enkät", "minst 70 %", P(0.71), "Uppnått"],
        ["D", "Sedda enligt enkät", "minst 70 %", P(0.5), None],
    ]  # fmt: skip
    assert written(("Mål", rows)) == {"E6": "Ej uppnått"}
    (finding,) = (f for f in plan(grid(("Mål", rows))).findings)
    assert (finding.code, finding.cell, finding.severity) == ("uppnatt-avviker", "E4", "warning")
    assert (finding.stated, finding.calculated) == ("Ja", "Nej")


def test_a_column_of_grades_gets_no_verdict() -> None:
    rows: Lines = [
        ["Målkarta 2024"], [*HEAD[:4], "Bedömning"],
        ["A", "Nöjda, enkät", "minst 70 %", P(0.74), "Till stor del"],
        ["B", "Trygga, enkät", "minst 70 %", P(0.66), None],
    ]  # fmt: skip
    assert written(("Mål", rows)) == {}


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (1, 0, 3, 4, 2)])
@pytest.mark.parametrize(
    "head",
    [
        ["Mål", "Mått", "Målvärde", "Utfall", "Nått mål"],
        ["Övergripande mål", "Indikator", "Målnivå", "Resultat", "Uppnått"],
        ["Strategiskt mål", "Nyckeltal", "Måltal 2024", "Utfall 2024", "Måluppfyllelse"],
        ["Mål", "Så mäts målet", "Mål 2024", "Utfall", "Uppfyllt"],
    ],
)
def test_other_headings_in_other_orders(head: list[str], order: tuple[int, ...]) -> None:
    lines: Lines = [
        head,
        ["Individen", "Nöjda deltagare, enkät", "minst 70 %", P(0.74), None],
        ["Utveckling", "Nöjda medlemmar, enkät", "minst 70 %", P(0.6), None],
    ]
    rows: Lines = [["Våra mål"], *([line[n] for n in order] for line in lines)]
    column = "ABCDE"[order.index(4)]
    assert written(("Mål", rows)) == {f"{column}3": "Ja", f"{column}4": "Nej"}


def test_units_in_the_headings() -> None:
    rows: Lines = [
        ["Våra mål"], ["Mål", "Indikator", "Måltal (%)", "Resultat (%)", "Uppnått"],
        ["A", "Nöjda deltagare", 70, 74.5, None],
        ["B", "Nöjda medlemmar", 70, 69.5, None],
    ]  # fmt: skip
    assert written(("Mål", rows)) == {"E3": "Ja", "E4": "Nej"}


def test_several_years_the_latest_is_judged() -> None:
    head = ["Mål", "Mått", "Målvärde", "Utfall 2023", "Utfall 2024", "Nått mål"]
    rows: Lines = [["Mål"], head, ["A", "Nöjda, enkät", "minst 70 %", P(0.8), P(0.6), None]]
    assert written(("Mål", rows)) == {"F3": "Nej"}


def test_two_outcomes_of_one_year_are_in_doubt() -> None:
    head = ["Mål", "Mått", "Målvärde", "Utfall", "Resultat", "Nått mål"]
    rows: Lines = [["Mål"], head, ["A", "Nöjda, enkät", "minst 70 %", P(0.8), P(0.6), None]]
    assert written(("Mål", rows)) == {}
    assert ("dubbel-rubrik", "E2") in told(("Mål", rows))


def test_goals_as_headings_above_their_measures() -> None:
    rows: Lines = [
        ["Målkarta 2024"], ["Indikator", "Målvärde", "Utfall", "Uppnått"],
        ["Individen"],
        ["Nöjda deltagare", "minst 70 %", P(0.8), None],
        ["Styrelsen"],
        ["Uppföljningar av internkontrollplanen", "2 ggr/år", 1, None],
    ]  # fmt: skip
    read = grid(("Mål", rows))
    (table,) = reading.tables(read)
    measures = goals.read(read.sheet("Mål"), table).measures
    assert [one.indicator.goal for one in measures] == ["Individen", "Styrelsen"]
    assert {e.cell: e.new for e in plan(read).edits} == {"D4": "Ja", "D6": "Nej"}


def test_merged_goals_under_a_heading_in_two_rows() -> None:
    """Goals that stand once, years below a spanning heading, a sum of the goals at the end."""
    rows: Lines = [
        ["Målkarta 2024"],
        ["Perspektiv", "Mål", "Mått", "Målvärde", "Utfall", None, "Måluppfyllelse"],
        [None, None, None, None, "2023", "2024", None],
        ["Deltagare", "Bättre hälsa", "Nöjda deltagare, enkät", "minst 75 %", P(0.7), P(0.8), None],
        [None, None, "Anser att de fått stöd", ">= 75%", P(0.8), P(0.72), None],
        [],
        ["Medlemmar", "Samverkan", "Nätverksträffar", "6 st", 4, 7, None],
        ["Summa nådda mål", None, None, None, None, 3, None],
    ]
    read = grid(("Mål", rows))
    (table,) = reading.tables(read)
    measures = goals.read(read.sheet("Mål"), table).measures
    assert [(m.indicator.area, m.indicator.goal) for m in measures] == [
        ("Deltagare", "Bättre hälsa"), ("Deltagare", "Bättre hälsa"), ("Medlemmar", "Samverkan"),
    ]  # fmt: skip
    assert {e.cell: e.new for e in plan(read).edits} == {"G4": "Ja", "G5": "Nej", "G7": "Ja"}


def test_targets_under_the_word_goal() -> None:
    """Per cent and numbers under "Mål 2025" are what is aimed at, and no goals."""
    rows: Lines = [
        ["Mål 2: Samverkan fungerar"],
        ["Indikator", "Mål 2025", "Resultat 2024", "Resultat 2025", "Uppnått?"],
        ["Chefer nöjda med samverkan, enkät", "80%", P(0.7), P(0.79), None],
        ["Antal gemensamma aktiviteter", 4, 3, 5, None],
    ]
    assert written(("Mål", rows)) == {"E3": "Nej", "E4": "Ja"}


def test_what_was_written_is_all_there_is_to_do() -> None:
    rows: Lines = [["Mål"], HEAD, ["A", "Nöjda, enkät", "minst 70 %", P(0.8), None]]
    (edit,) = plan(grid(("Mål", rows))).edits
    rows[2][4] = edit.new
    assert written(("Mål", rows)) == {}


# Strategic goals -----------------------------------------------------------------------------

_LIST: Lines = [
    ["Strategiska mål 2022"],
    ["Nr", "Mål", "Bedömning", "Föreslaget betyg"],
    [1, "Hållbara plattformar", None, None],
    [2, "Lokala team", "Till stor del", None],
    [],
    ["Uppföljning av strategiska mål"],
    ["Mål", "Indikator", "Målgrupp", "Regel", "Gräns", "Utfall"],
    [1, "Svar på skalans tre övre alternativ", "Deltagare", "Andel minst", P(0.8), P(0.84)],
    [1, "Svar på skalans tre övre alternativ", "Chefer", "Andel minst", P(0.8), P(0.79)],
    [2, "Svar i snitt på fyrgradig skala", "NAFS", "Medelvärde minst", 3, 3.1],
]


def test_the_board_grades_and_the_indicators_only_propose() -> None:
    """One of two indicators reached is the third grade, all are the fifth (policy)."""
    assert written(("Mål", _LIST)) == {"D3": 3, "D4": 5}


def test_no_grade_is_proposed_while_an_indicator_is_unknown() -> None:
    rows: Lines = [*_LIST[:8], [*_LIST[8][:5], None], _LIST[9]]
    assert written(("Mål", rows)) == {"D4": 5}


def test_the_indicators_of_umearegionens_plan() -> None:
    """Bilaga 2: 80 % in the three top answers, a mean of 3, and what the board itself judges."""
    with Book(SOCIAL_BUDGET) as book:
        sheet = book.grid.sheet("Strategiska mål")
        tables = [goals.read(sheet, t) for t in reading.tables(book.grid) if t.sheet == sheet.name]
    (measured,) = (one for one in tables if one.measures)
    rules = [(m.indicator.goal, m.indicator.rule, m.gap) for m in measured.measures]
    shares = [rule.limit for _, rule, _ in rules if rule and rule.kind is RuleKind.SHARE_AT_LEAST]
    assert shares == [80] * 5
    assert [(g, r.limit) for g, r, _ in rules if r and r.kind is RuleKind.MEAN_AT_LEAST] == [
        ("3", Fraction(3))
    ]
    assert [goal for goal, _, gap in rules if gap is Gap.IN_WORDS] == ["4", "5"]
    assert max(len(one.listed) for one in tables) == 5


# A social budget without weights -------------------------------------------------------------


def test_a_social_budget_without_weights_is_judged_and_gets_no_index() -> None:
    """The verdicts are those that the document's text and points tell of each indicator."""
    with (DATA / "umea-annual-2021__plattformsmonster.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["unit"].endswith("Umeåregionen")]
    words = {"1": "Ja", "0": "Nej", "": "Ej mätt"}
    reached = {row["indicator_id"]: words[row["reached"]] for row in rows}
    read = without_weights()
    (table,) = reading.tables(read)
    assert table.kind == "goals"
    number = table.by_field["number"]
    found = {
        str(read.sheet("Social budget").cell(position(e.cell)[0], number).value): e.new
        for e in plan(read).edits
    }
    assert len(found) == 65
    assert found == {indicator: reached[indicator] for indicator in found}


@pytest.mark.parametrize(
    ("weight", "last", "kind"),
    [(None, "Uppnått", "goals"), (5, "Uppnått", "social_budget"), (None, "Poäng", "social_budget")],
)
def test_a_column_for_weights_that_nobody_has_typed(
    weight: int | None, last: str, kind: str
) -> None:
    """With a single weight, or room for points, it is a social budget that is not finished."""
    rows: Lines = [
        ["Social budget 2023"],
        ["Nr", "Målområde", "Mål", "Indikator", "Regel", "Gräns", "Vikt", "Utfall antal",
         "Utfall av", last],
        ["1.1", "A", "Arbete", "Har arbete", "Andel minst", P(0.4), weight, 45, 100, None],
        ["1.2", "A", "Studier", "Studerar", "Andel minst", P(0.5), None, 20, 60, None],
    ]  # fmt: skip
    (table,) = reading.tables(grid(("Budget", rows)))
    assert table.kind == kind
    if kind == "goals":
        assert written(("Budget", rows)) == {"J3": "Ja", "J4": "Nej"}


# Helårsekvivalenter --------------------------------------------------------------------------

_BENEFITS: Lines = [
    ["Helårsekvivalenter per kommun"],
    [
        "Kommun", "Helårsekvivalenter 2023", "Befolkning 20–64 år 2023", "Andel 2023",
        "Helårsekvivalenter 2024", "Befolkning 20–64 år 2024", "Andel 2024", "Förändring", "Mål",
        "Nått mål",
    ],
    ["Åby", 1000, 10000, P(), 990, 10000, P(), P(), P(-0.01), None],
    ["Berg", 400, 5000, P(), 398, 5000, P(), P(), P(-0.01), None],
    ["Dal", 150, 2000, P(), 160, 2000, P(), P(), P(-0.01), None],
]  # fmt: skip


def test_shares_changes_and_verdicts_of_municipalities() -> None:
    """1 % fewer is enough; the change is of the share, in per cent of it."""
    assert written(("HÅE", _BENEFITS)) == {
        "D3": 0.1, "G3": 0.099, "H3": -0.01, "J3": "Ja",
        "D4": 0.08, "G4": 0.08, "H4": -0.005, "J4": "Nej",
        "D5": 0.075, "G5": 0.08, "H5": 0.067, "J5": "Nej",
    }  # fmt: skip


def test_the_population_counts_not_only_the_equivalents() -> None:
    """As many as before of more people is a lower share."""
    rows: Lines = [*_BENEFITS[:2], ["Åby", 1000, 10000, P(), 1000, 10200, P(), P(), P(-0.01), None]]
    found = written(("HÅE", rows))
    assert (found["H3"], found["J3"]) == (-0.02, "Ja")


def test_one_municipality_more_and_a_goal_of_its_own() -> None:
    rows: Lines = [*_BENEFITS, ["Ek", 1000, 10000, P(), 985, 10000, P(), P(), P(-0.02), None]]
    found = written(("HÅE", rows))
    assert (found["H6"], found["J6"]) == (-0.015, "Nej")


def test_shares_too_coarse_to_tell_are_not_judged() -> None:
    """From 10 to 9,9 % of whole per cent may be any change; from 10 to 8 is a fall."""
    head = ["Kommun", "Helårsekvivalenter", "Andel 2023", "Andel 2024", "Nått mål"]
    rows: Lines = [["Helårsekvivalenter"], head, ["Åby", None, P(0.1), P(0.099), None],
            ["Berg", None, P(0.1), P(0.08), None]]  # fmt: skip
    assert written(("HÅE", rows)) == {"E4": "Ja"}


@pytest.mark.parametrize(
    "head",
    [
        ["Kommun", "Andel 2023", "Andel 2024", "Nått mål"],
        ["Kommun", "Andel i % 2023", "Andel i % 2024", "Målet nått"],
        ["Kommun", "Andel av befolkningen 2023", "Andel av befolkningen 2024", "Uppnått"],
    ],
)
def test_only_the_shares_under_a_title_that_says_of_what(head: list[str]) -> None:
    lines: Lines = [head, ["Åby", P(0.1), P(0.08), None], ["Berg", P(0.1), P(0.12), None]]
    found = written(("Blad", [["Helårsekvivalenter per kommun"], *lines]))
    assert found == {"D3": "Ja", "D4": "Nej"}
    others = reading.tables(grid(("Blad", [["Kommunernas andelar"], *lines])))
    assert "equivalents" not in {table.kind for table in others}


def test_other_headings_of_equivalents() -> None:
    head = [
        "Kommun", "Folkmängd 20-64 år 2023", "Antal helårsekvivalenter 2023",
        "Folkmängd 20-64 år 2024", "Antal helårsekvivalenter 2024", "Uppnått",
    ]  # fmt: skip
    rows: Lines = [["Försörjning"], head, ["Åby", 10000, 1000, 10000, 990, None]]
    assert written(("Blad", rows)) == {"F3": "Ja"}


def test_words_that_the_shares_contradict() -> None:
    head = [*_BENEFITS[1][:9], "Enligt årsredovisningen", "Nått mål"]
    rows: Lines = [
        _BENEFITS[0], head,
        ["Åby", 1000, 10000, P(0.1), 990, 10000, P(0.099), P(-0.01), P(-0.01), "ökat", "Nej"],
        ["Berg", 400, 5000, P(0.08), 398, 5000, P(0.0796), P(-0.005), P(-0.01), "minskat", "Nej"],
    ]  # fmt: skip
    assert told(("HÅE", rows)) == [("riktning-avviker", "J3"), ("uppnatt-avviker", "K3")]


def test_the_shipped_books_are_as_they_were() -> None:
    """Nothing is measured in their sheets of goals, and nothing is written or told there."""
    for name, sheets in (
        ("sodra-lappland-budget", {"Målkarta"}),
        ("umearegionen-social-budget", {"Helårsekvivalenter", "Strategiska mål", "Mål"}),
    ):
        with Book(EXISTING / f"{name}.xlsx") as book:
            done = actions.recompute(book.grid, today=date(2026, 11, 25), run="prov")
        assert not [edit for edit in done.edits if edit.sheet in sheets]
        assert not [one for one in done.findings if one.sheet in sheets]


# Tables of helårsekvivalenter that say little -------------------------------------------------

NOT_READ: Lines = [
    ["Helårsekvivalenter 2025"],
    [],
    ["Kommun", 2023, 2024, 2025, "Förändring 24–25", "Mål -1 % uppnått"],
    ["Älv", 500, 490, 480, P(-0.02), "Ja"],
    ["Bäck", 200, 205, 206, None, None],
]


def test_municipalities_of_which_nothing_is_known_make_no_report() -> None:
    read = grid(("Blad", NOT_READ))
    with pytest.raises(WorkbookError, match="inga mål"):
        actions.recompute(read, today=TODAY, run="prov", reports=("mal",))
    assert "mal" not in actions.fitting_reports(read)


def test_changes_that_rounded_shares_cannot_judge_have_no_picture() -> None:
    """11.5 of 12.0 per cent may be a decrease of enough, or not, where only tenths are shown."""
    rows: Lines = [
        ["Helårsekvivalenter, andel av befolkningen"],
        [],
        ["Kommun", "Andel 2024", "Andel 2025", "Förändring"],
        *([name, P(0.12), P(0.12), None] for name in ("Älv", "Bäck", "Dal")),
    ]
    made = actions.recompute(grid(("Blad", rows)), today=TODAY, run="prov", reports=("mal",))
    (sheet,) = [one for one in made.sheets if one.owner == "mal"]
    assert "Älv" in [cell.value for cell in sheet.cells]
