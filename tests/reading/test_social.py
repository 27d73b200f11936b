"""Social budgets and index tables in other offices' manners: what is filled in, and what is not.

Every expectation is worked out by hand. A figure that is not listed must not be written.
"""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.actions import check as checking
from finsam_xl.errors import WorkbookError
from finsam_xl.periods import Period
from finsam_xl.reading import book as recognise
from finsam_xl.reading import social
from support.typed_sheets import TODAY, Rows, grid

N = None
Sheets = dict[str, Rows]


def filled(sheets: Sheets) -> dict[str, Any]:
    """What a run writes, by sheet and cell."""
    plan = actions.recompute(grid(*sheets.items()), today=TODAY, run="prov")
    return {f"{e.sheet}!{e.cell}": e.new for e in plan.edits if not e.keeps_value}


def kinds(sheets: Sheets) -> list[tuple[str, str]]:
    """The tables that are recognised: kind and range."""
    return [(table.kind, table.range) for table in recognise.tables(grid(*sheets.items()))]


def alarms(sheets: Sheets) -> list[tuple[str, str | None]]:
    """Warnings and errors of a check: code and cell."""
    done = checking.check([checking.Book("", grid(*sheets.items()))], today=TODAY)
    return [(f.code, f.cell) for f in done.findings if f.severity != "info"]


WEIGHT_BY_POINTS: Rows = [
    ["Sociala bokslutet 2031"],
    [],
    ["Nr", "Mått", "Måltal", "Betydelse", "Ja", "Svarande", "Uppfyllt", "Poäng"],
    ["1.1", "Trygghet", "≥ 80 %", 3, 45, 50, "Ja", 3],
    ["1.2", "Inflytande", "≥ 80 %", 2, 35, 50, "Nej", 0],
    ["2.1", "Avbrott", "≤ 15 %", 1, 6, 50, "Ja", 1],
    ["2.2", "Nöjdhet", "minst 90 %", 2, 46, 50],
    [N, "Summa", N, N, N, N, N, N],
]
"""The weight has a heading of its own making: the points are it, or nothing."""

AREAS_WITH_SUMS: Rows = [
    ["Uppföljning av mål 2031, Team Ett"],
    [],
    ["Nr", "Indikator", "Krav", "Gränsvärde", "Vikt", "Antal", "Av", "Nått", "Poäng"],
    [N, "Individen"],
    ["1.1", "Trygg", "andel minst", "70 %", 5, 15, 20],
    ["1.2", "Hörd", "andel minst", "70 %", 4, 13, 20],
    [N, "Summa Individen"],
    [N, "Samhället"],
    ["2.1", "Möten", "minst st", 4, 3, 4, N],
    ["2.2", "Kö", "andel högst", "10 %", 2, 3, 20],
    [N, "Summa Samhället"],
    [N, "Totalt"],
    [N, "Index"],
]

MARKS: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
    ["1.1", "Trygg", "Andel minst", "50 %", 5, 15, 20, "x", 5],
    ["1.2", "Hörd", "Andel minst", "50 %", 4, 5, 20, N, N],
    ["1.3", "Sedd", "Andel minst", "50 %", 3, 12, 20, N, N],
]
"""A cross says yes; how no is written stands nowhere: then as the product writes it."""

OWN_WORDS: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Måluppfyllelse", "Poäng"],
    ["1.1", "Trygg", "Andel minst", "50 %", 5, 15, 20, "Uppnått", 5],
    ["1.2", "Hörd", "Andel minst", "50 %", 4, 5, 20],
]

BASE_FIRST: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Svarande", "Varav ja", "Uppnått", "Poäng"],
    ["1.1", "Trygg", "Andel minst", "50 %", 5, 20, 15],
    ["1.2", "Hörd", "Andel minst", "50 %", 4, 20, 5],
]

TWO_ON_A_SHEET: Rows = [
    ["Team Öst"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
    ["1.1", "Trygg", "Andel minst", "50 %", 5, 15, 20],
    ["1.2", "Hörd", "Andel minst", "50 %", 4, 5, 20],
    [N, "Summa poäng"],
    [],
    ["Team Väst"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
    ["1.1", "Trygg", "Andel minst", "50 %", 5, 5, 20],
    ["1.2", "Hörd", "Andel minst", "50 %", 4, 15, 20],
    [N, "Summa poäng"],
]

TABLE_BELOW: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
    ["1.1", "Trygg", "Andel minst", "50 %", 5, 15, 20],
    ["1.2", "Hörd", "Andel minst", "50 %", 4, 15, 20],
    [N, "Summa poäng"],
    [],
    ["Besökare 2031"],
    ["Lag", "Kvinnor", "Män", "Totalt"],
    ["Norr", 3, 4, 7],
    ["Syd", 5, 6, 11],
    ["Totalt", 8, 10, 18],
]

UNKNOWN_RULE: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
    ["1.1", "Trygg", "ungefär", 50, 5, 15, 20, "Ja", 5],
    ["1.2", "Hörd", "Andel minst", "50 %", 4, 15, 20],
    [N, "Summa poäng"],
    [N, "Index"],
]

COUNTED: Rows = [
    ["Våra mål 2031 (vikt 1–5)"],
    ["Nr", "Mål", "Krav", "Nivå", "Vikt", "Ja", "Av", "Klarat", "Poäng"],
    [1, "Fler i arbete", "minst %", 40, 5, 21, 50],
    [2, "Färre avbrott", "högst %", 10, 3, 6, 50],
    [3, "Träffar", "minst st", 4, 2, 4, N],
    ["", "Summa"],
]

NO_NUMBERS: Rows = [
    ["Måluppföljning 2031"],
    ["Indikator", "Villkor", "Vikt", "Antal ja", "Antal svar", "Uppfyllt", "Poäng"],
    ["Trygga deltagare", "minst 80 %", 4, 41, 50],
    ["Nöjda deltagare", "minst 80 %", 3, 39, 50],
    ["Skulle avråda", "högst 5 %", 2, 2, 50],
    ["Totalt"],
]

SEXES_UNDER_GROUPS: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Kvinnor", N, "Män", N, "Uppnått", "Poäng"],
    [N, N, N, N, N, "Ja", "Svar", "Ja", "Svar"],
    ["1.1", "Lika stöd", "skillnad högst", 20, 4, 22, 24, 16, 18],
    ["1.2", "Lika bemött", "skillnad högst", 20, 3, 22, 24, 9, 18],
    ["1.3", "Könsbalans", "40/60", N, 2, 24, N, 18, N],
]

PER_CENT_ONLY: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Utfall %", "Uppnått", "Poäng"],
    ["1.1", "Trygg", "Andel minst", "80 %", 5, 80],
    ["1.2", "Hörd", "Andel minst", "80 %", 4, 60],
]

SHARE_OR_COUNT: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
    ["1.1", "Anställda", "minst", 12, 5, 17, 160],
    ["1.2", "Hörd", "minst", 15, 4, 15, 20],
    [N, "Summa"],
]
"""17 of 160 is more than 12 and less than 12 %; 15 of 20 is at least 15 either way."""

TYPED_STAYS: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Kvinnor", "Män", "Uppnått", "Poäng"],
    ["1.1", "Lika", "Könsskillnad högst", 20, 4, 22, 16, "Ja", 4],
    ["1.2", "Lika", "≤ 20", N, 3, 10, 16, "Nej", 0],
]
"""A gap needs how many there were of each: what is typed stays."""

SPAN: Rows = [
    ["Social budget 2031"],
    [],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Utfall antal", "Utfall av", "Uppnått", "Poäng"],
    ["1.1", "Trygg", "inom spannet", "35–65", 4, 11, 22],
    ["1.2", "Hörd", "lagom", "35–65", 3, 20, 24],
    ["Summa"],
]

TITLE_OF_PER_CENT: Rows = [
    ["Social budget 2031, utfall i procent"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Utfall", "Uppnått", "Poäng"],
    *PER_CENT_ONLY[2:],
]

SMALL_SHARES: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns %", "Vikt", "Utfall %", "Uppnått", "Poäng"],
    ["1.1", "Trygg", "Andel minst", 80, 5, 85],
    ["1.2", "Hot", "Andel högst", 0.5, 4, 0.8],
    ["1.3", "Våld", "Andel högst", 1, 3, 0.5],
]
"""0.5 is half a per cent, as the others of its column are per cent."""

PARTS_OF_ONE: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Mål", "Utfall", "Vikt", "Uppnått"],
    ["1.1", "Trygg", "minst 0,8", 0.85, 5],
    ["1.2", "Hörd", "minst 0,8", 0.75, 5],
    ["1.3", "Sedd", "minst 80 %", 1, 5],
    ["1.4", "Avbrott", "högst 0,2", 0, 5],
    ["1.5", "Möten", "minst 4", 3, 5],
]
"""Nobody counts 0.85 persons; meetings are counted beside."""

MIXED_LIMITS: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått"],
    ["1.1", "Trygg", "Andel minst", 80, 5, 17, 20],
    ["1.2", "Hot", "Andel högst", 0.5, 4, 3, 20],
]
"""0.5 may be half, or half a per cent."""

WORDS_UNDER_PER_CENT: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Mål %", "Antal", "Av", "Vikt", "Uppnått"],
    ["1.1", "Trygg", "minst 80", 85, 100, 5],
    ["1.2", "Hot", "högst 1", 5, 100, 5],
    ["1.3", "Våld", "högst 5", 4, 100, 5],
]

BARE_ONE: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Mål", "Antal", "Av", "Vikt", "Uppnått"],
    ["1.1", "Hot", "högst 1", 3, 20, 5],
    ["1.2", "Våld", "högst 1", 1, 20, 5],
]
"""3 of 20 is more than one person and more than 1 %; 1 of 20 is more than 1 % only."""

BASES_BESIDE: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Kvinnor", "av", "Män", "av", "Uppnått", "Vikt"],
    ["1.1", "Lika", "Könsskillnad högst", 10, 25, 30, 12, 24, N, 5],
    ["1.2", "Lika hörd", "Könsskillnad högst", 10, 25, 30, 20, 24, N, 5],
    ["1.3", "Trygg", "Andel minst", "70 %", 20, 30, 17, 24, N, 5],
]
"""24 of 30 is 80 %, but is nobody's share: the whole is not told."""

BASES_OF_ALL: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Antal", "av", "Kvinnor", "av", "Män", "av", "Uppnått",
     "Vikt"],
    ["1.1", "Trygg", "Andel minst", "70 %", 37, 54, 20, 30, 17, 24, N, 5],
    ["1.2", "Lika", "Könsskillnad högst", 10, 45, 54, 25, 30, 20, 24, N, 5],
]  # fmt: skip

BASES_APART: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Regel", "Gräns", "Kvinnor", "Män", "av", "Ort", "av", "Uppnått", "Vikt"],
    ["1.1", "Trygg", "Andel minst", "70 %", 20, 17, 30, "Älv", 24, N, 5],
    ["1.2", "Hörd", "Andel minst", "70 %", 25, 20, 30, "Bäck", 24, N, 5],
]

_PIECE = ["Nr", "Indikator", "Mål", "Utfall", "Vikt", "Uppnått", "Poäng"]
PIECES: Rows = [
    ["Social budget 2031"],
    ["Målområde 1: Individ"],
    _PIECE,
    ["1.1", "Trygg", "minst 80 %", "85 %", 5],
    ["1.2", "Arbete", "minst 40 %", "35 %", 5],
    [N, "Summa område 1", N, N, 10],
    [],
    ["Målområde 2: Samverkan"],
    _PIECE,
    ["2.1", "Möten", "minst 4", 5, 3],
    ["2.2", "Chefer", "minst 70 %", "60 %", 3],
    [N, "Summa område 2", N, N, 6],
    [],
    [N, "Totalt", N, N, 16],
    [N, "Index"],
]
"""The headings are said again for each area: one budget, whose total is of both."""

SUM_OF_MORE: Rows = [
    ["Social budget 2031"],
    _PIECE,
    ["1.1", "Trygg", "minst 80 %", "85 %", 5],
    [N, "Summa", N, N, 16],
]
"""Weights of 16 are of more indicators than stand here, so the sum of points is as well."""

TWO_TIMES: Rows = [
    ["Social budget 2031"],
    ["Nr", "Indikator", "Mål", "Utfall", "Vikt", "Nått i april", "Nått i december", "Poäng"],
    ["1.1", "Trygg", "minst 80 %", "ej mätt", 5, "Ja", "Nej"],
    ["1.2", "Hörd", "minst 80 %", "ej mätt", 5, "Nej", "Ja"],
    ["1.3", "Sedd", "minst 80 %", "ej mätt", 5, "Nej", "Ja"],
]
"""Nothing tells which of the verdicts the points are of."""

CASES: dict[str, tuple[Rows, dict[str, Any]]] = {
    "weight known by its points": (WEIGHT_BY_POINTS, {"G7": "Ja", "H7": 2, "H8": 6}),
    "areas in rows, with sums": (AREAS_WITH_SUMS, {
        "H5": "Ja", "I5": 5, "H6": "Nej", "I6": 0, "I7": 5, "H9": "Ja", "I9": 3, "H10": "Nej",
        "I10": 0, "I11": 3, "I12": 8, "I13": 57}),
    "a cross for yes": (MARKS, {"H4": "Nej", "I4": 0, "H5": "x", "I5": 3}),
    "verdicts in other words": (OWN_WORDS, {"H4": "Ej uppnått", "I4": 0}),
    "how many there were comes first": (BASE_FIRST, {"H3": "Ja", "I3": 5, "H4": "Nej", "I4": 0}),
    "two units below each other": (TWO_ON_A_SHEET, {
        "H3": "Ja", "I3": 5, "H4": "Nej", "I4": 0, "I5": 5,
        "H9": "Nej", "I9": 0, "H10": "Ja", "I10": 4, "I11": 4}),
    "another table below": (TABLE_BELOW, {"H3": "Ja", "I3": 5, "H4": "Ja", "I4": 4, "I5": 9}),
    "an unknown rule": (UNKNOWN_RULE, {"H4": "Ja", "I4": 4}),
    "rows only counted": (COUNTED, {
        "H3": "Ja", "I3": 5, "H4": "Nej", "I4": 0, "H5": "Ja", "I5": 2, "I6": 7}),
    "rows without numbers": (NO_NUMBERS, {
        "F3": "Ja", "G3": 4, "F4": "Nej", "G4": 0, "F5": "Ja", "G5": 2, "G6": 6}),
    "sexes over two columns each": (SEXES_UNDER_GROUPS, {
        "J4": "Ja", "K4": 4, "J5": "Nej", "K5": 0, "J6": "Ja", "K6": 2}),
    "outcomes in per cent only": (PER_CENT_ONLY, {"G3": "Ja", "H3": 5, "G4": "Nej", "H4": 0}),
    "outcomes in per cent under a title that says so": (TITLE_OF_PER_CENT, {}),
    "small shares among others in per cent": (SMALL_SHARES, {
        "G3": "Ja", "H3": 5, "G4": "Nej", "H4": 0, "G5": "Ja", "H5": 3}),
    "shares typed as parts of one": (PARTS_OF_ONE, {
        "F3": "Ja", "F4": "Nej", "F5": "Ja", "F6": "Ja", "F7": "Nej"}),
    "a part of one among limits in per cent": (MIXED_LIMITS, {"H3": "Ja"}),
    "targets in words under a heading of per cent": (WORDS_UNDER_PER_CENT, {
        "G3": "Ja", "G4": "Nej", "G5": "Ja"}),
    "one, that may be a person or a per cent": (BARE_ONE, {"G3": "Nej"}),
    "bases after each sex": (BASES_BESIDE, {"I3": "Nej", "I4": "Ja"}),
    "bases after all and each sex": (BASES_OF_ALL, {"K3": "Nej", "K4": "Ja"}),
    "two bases and nothing that tells of whom": (BASES_APART, {}),
    "pieces of one budget": (PIECES, {
        "F4": "Ja", "G4": 5, "F5": "Nej", "G5": 0, "G6": 5, "F10": "Ja", "G10": 3, "F11": "Nej",
        "G11": 0, "G12": 3, "G14": 8, "G15": 50}),
    "a sum whose weight is of more": (SUM_OF_MORE, {"F3": "Ja", "G3": 5}),
    "verdicts of two times": (TWO_TIMES, {}),
    "a limit that may be a share or a count": (SHARE_OR_COUNT, {"H4": "Ja", "I4": 4}),
    "what is typed stays": (TYPED_STAYS, {}),
    "two ends are a span": (SPAN, {"H4": "Ja", "I4": 4, "H5": "Nej", "I5": 0, "I6": 4}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_filled_in(case: str) -> None:
    """Exactly the cells that follow from what stands there."""
    rows, expected = CASES[case]
    assert filled({"Blad": rows}) == {f"Blad!{cell}": value for cell, value in expected.items()}


@pytest.mark.parametrize("case", ["areas in rows, with sums", "sexes over two columns each",
                                  "rows only counted", "rows without numbers", "another table below"])  # fmt: skip
def test_nothing_wrong_is_seen_in_what_is_right(case: str) -> None:
    assert alarms({"Blad": CASES[case][0]}) == []


def test_a_row_left_out_is_told() -> None:
    """The sum and the index are not written, and it is said why."""
    plan = actions.recompute(grid(("Blad", UNKNOWN_RULE)), today=TODAY, run="prov")
    assert {"okand-regel", "index-tomt"} <= {f.code for f in plan.findings}


# Tables of index -----------------------------------------------------------------------------


def _team(name: str, counts: tuple[int, int, int]) -> Rows:
    """Three areas with one indicator each, which 10 of 20 reach."""
    areas = ("1 Hela människan", "2 Alla ska med", "3 Samspel")
    return [
        [f"Social budget 2031, {name}"],
        ["Nr", "Område", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
        *([f"{at}.1", area, "Enkät", "Andel minst", "50 %", at + 2, count, 20,
           "Ja" if count >= 10 else "Nej", at + 2 if count >= 10 else 0]
          for at, (area, count) in enumerate(zip(areas, counts, strict=True), start=1)),
    ]  # fmt: skip


TEAMS: Sheets = {"Norr": _team("Norr", (12, 9, 15)), "Söder": _team("Söder", (5, 15, 15))}
MATRIX: Rows = [
    ["Index 2031 per team"],
    ["Team", "Hela människan", "Alla ska med", "Samspel", "Totalt"],
    ["Norr"],
    ["Söder"],
]


def test_a_blank_matrix_is_filled_by_names() -> None:
    """Norr reaches 3 and 5 of 12, Söder 4 and 5; an area's first word makes it no total."""
    assert filled({**TEAMS, "Översikt": MATRIX}) == {
        "Översikt!B3": 100, "Översikt!C3": 0, "Översikt!D3": 100, "Översikt!E3": 67,
        "Översikt!B4": 0, "Översikt!C4": 100, "Översikt!D4": 100, "Översikt!E4": 75,
    }  # fmt: skip


def test_an_area_of_a_matrix_that_no_budget_has_stays_blank() -> None:
    other = [MATRIX[0], ["Team", "Hela människan", "Trivsel", "Samspel", "Totalt"], *MATRIX[2:]]
    assert set(filled({**TEAMS, "Översikt": other})) == {
        "Översikt!B3", "Översikt!D3", "Översikt!E3", "Översikt!B4", "Översikt!D4", "Översikt!E4",
    }  # fmt: skip


def test_a_wrong_figure_in_a_matrix_is_told_at_its_cell() -> None:
    typed = [*MATRIX[:2], ["Norr", 100, 0, 100, 76], ["Söder", 0, 100, 100, 75]]
    assert alarms({**TEAMS, "Översikt": typed}) == [("index-avviker", "E3")]


def test_a_matrix_without_budgets_is_known_and_left_alone() -> None:
    rows: Rows = [
        ["Index 2031"],
        [],
        ["Hus", "Nytta", "Rättvisa", "Glädje", "Samspel", "Totalt"],
        ["Ett", 70, 80, 90, 60, 74],
        ["Två", 50, 60, 70, 80, 61],
    ]
    assert kinds({"Blad": rows}) == [("impact_index", "A3:F5")]
    assert filled({"Blad": rows}) == {}
    assert alarms({"Blad": rows}) == []


def _table(*labels: str) -> Rows:
    return [
        ["Impactindex 2031, Norr"],
        ["Område", "Möjliga poäng", "Erhållna poäng", "Index"],
        *([label] for label in labels),
    ]


def test_a_table_of_areas_is_filled_though_an_area_begins_as_a_total() -> None:
    rows = _table("Hela människan", "Alla ska med", "Samspel", "Totalt")
    assert filled({**TEAMS, "Norrs index": rows}) == {
        "Norrs index!B3": 3, "Norrs index!C3": 3, "Norrs index!D3": 100,
        "Norrs index!B4": 4, "Norrs index!C4": 0, "Norrs index!D4": 0,
        "Norrs index!B5": 5, "Norrs index!C5": 5, "Norrs index!D5": 100,
        "Norrs index!B6": 12, "Norrs index!C6": 8, "Norrs index!D6": 67,
    }  # fmt: skip


def test_several_units_without_a_whole_are_not_led_by_the_first() -> None:
    plan = actions.recompute(
        grid(*TEAMS.items()), today=TODAY, run="prov", reports=("impactindex",)
    )
    texts = [cell.value for sheet in plan.sheets for cell in sheet.cells]
    assert "Alla enheter" in texts
    assert "Når målet 70" in texts
    assert "1 av 2" in texts


def test_ideal_weights_are_the_workbooks_own() -> None:
    """Without any stated ideal no area can be too heavy; with one it is."""
    assert alarms(TEAMS) == []
    stated: Rows = [
        ["Impactindex 2031, Norr"],
        ["Målområde", "Ideal viktning", "Max poäng", "Index"],
        ["Hela människan", 60, 3, 100],
        ["Alla ska med", 20, 4, 0],
        ["Samspel", 20, 5, 100],
    ]
    codes = {code for code, _ in alarms({**TEAMS, "Norrs index": stated})}
    assert codes == {"viktning-utanfor"}


# What is none of it ---------------------------------------------------------------------------

DECOYS: dict[str, Rows] = {
    "meetings": [
        ["Mötesplan 2031"],
        ["Nr", "Möte", "Datum", "Ansvarig", "Klart"],
        ["1.1", "Styrelse", 48000, "Eva", "Ja"],
        ["1.2", "Beredning", 48030, "Bo", "Nej"],
        ["1.3", "Styrelse", 48060, "Eva", "Nej"],
    ],
    "telephones": [
        ["Nr", "Namn", "Anknytning", "Rum"],
        ["A1", "Eva Ek", 4011, 12],
        ["A2", "Bo Bok", 4012, 14],
    ],
    "risks": [
        ["Riskanalys 2031"],
        ["Nr", "Risk", "Sannolikhet", "Konsekvens", "Riskvärde", "Åtgärdad"],
        ["1.1", "Sjukfrånvaro", 3, 4, 12, "Ja"],
        ["1.2", "Minskade medel", 2, 4, 8, "Nej"],
        ["2.1", "Inga remisser", 1, 3, 3, "Nej"],
    ],
    "tender": [
        ["Utvärdering av anbud"],
        ["Nr", "Kriterium", "Vikt", "Poäng", "Viktad poäng"],
        ["1.1", "Pris", 5, 3, 15],
        ["1.2", "Kvalitet", 4, 2, 8],
    ],
    "priorities": [
        ["Handlingsplan"],
        ["Nr", "Aktivitet", "Prioritet", "Klar"],
        ["1.1", "Utbildning", 1, "Ja"],
        ["1.2", "Kartläggning", 2, "Nej"],
    ],
}


@pytest.mark.parametrize("case", DECOYS)
def test_other_lists_are_left_alone(case: str) -> None:
    assert not {"social_budget", "impact_index"} & {
        kind for kind, _ in kinds({"Blad": DECOYS[case]})
    }


def test_a_share_beside_its_counts_is_held_against_them() -> None:
    """The share is known by the counts; one that differs is told at its cell, and fills nothing."""
    rows: Rows = [
        ["Social budget 2031"],
        ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Utfall", "Nått", "Poäng"],
        ["1.1", "Trygg", "Andel minst", 0.5, 5, 15, 20, 0.75],
        ["1.2", "Hörd", "Andel minst", 0.5, 4, 5, 20, 0.25],
        ["1.3", "Sedd", "Andel minst", 0.5, 3, 12, 20, 0.6],
        ["1.4", "Stärkt", "Andel minst", 0.5, 3, 29, 88, 0.43],
        ["1.5", "Nöjd", "Andel minst", 0.5, 3, 61, 131, 0.47],
    ]
    assert alarms({"Blad": rows}) == [("andel-avviker", "H6")]
    assert filled({"Blad": rows}) == {
        "Blad!I3": "Ja", "Blad!J3": 5, "Blad!I4": "Nej", "Blad!J4": 0, "Blad!I5": "Ja",
        "Blad!J5": 3, "Blad!I6": "Nej", "Blad!J6": 0, "Blad!I7": "Nej", "Blad!J7": 0,
    }  # fmt: skip


def test_headings_of_other_words() -> None:
    """A verdict called an assessment, points called a sum."""
    rows: Rows = [
        ["Social budget 2031"],
        ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Bedömning", "Summa poäng"],
        ["1.1", "Trygg", "Andel minst", "50 %", 5, 15, 20],
        ["1.2", "Hörd", "Andel minst", "50 %", 4, 5, 20],
    ]
    assert filled({"Blad": rows}) == {
        "Blad!H3": "Ja", "Blad!I3": 5, "Blad!H4": "Nej", "Blad!I4": 0,
    }  # fmt: skip


# One rule at a time ---------------------------------------------------------------------------

RULES: dict[str, tuple[Any, Any, Any, Any]] = {
    # rule, limit, number and base → verdict (None: not understood, nothing is written)
    "answers four to five, at least": ("Andel som svarat 4–5, minst", "80 %", (39, 50), "Nej"),
    "two limits": ("minst 70 %", 80, (75, 100), None),
    "turned round": ("inte minst", 80, (75, 100), None),
    "more than": ("över", "80 %", (90, 100), None),
    "lower than": ("lägre än", 80, (75, 100), None),
    "all, but only some": ("alla", "80 %", (90, 100), None),
    "sign": ("≥", "80 %", (80, 100), "Ja"),
    "sign and limit in one": ("<= 15 %", N, (15, 100), "Ja"),
    "between in words": ("mellan 40 och 60 %", N, (39, 100), "Nej"),
    "a part of one": ("andel lägst", 0.8, (79, 100), "Nej"),
    "number of pieces": ("minst 4 st", N, (3, N), "Nej"),
    "a count at most": ("högst antal", 4, (3, N), None),
    "bare, without base": ("minst", 4, (5, N), "Ja"),
    "bare, one of them or all": ("minst", 1, (3, 10), None),
    "bare, a part of one": ("minst", 0.8, (79, 100), "Nej"),
    "bare, more than there were": ("minst", 80, (20, 24), "Ja"),
    "bare, either": ("minst", 4, (3, 10), None),
    "per cent, without base": ("minst", "80 %", (85, N), None),
    "exists": ("finns", N, ("ja", N), "Ja"),
    "exists not": ("upprättad", N, ("nej", N), "Nej"),
}


@pytest.mark.parametrize("case", RULES)
def test_a_rule(case: str) -> None:
    rule, limit, (number, base), verdict = RULES[case]
    rows: Rows = [
        ["Social budget 2031"],
        ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
        ["1.1", "Prövad", rule, limit, 5, number, base],
        ["1.2", "Hörd", "Andel minst", "50 %", 4, 15, 20],
        ["1.3", "Sedd", "Andel minst", "50 %", 3, 12, 20],
    ]
    written = filled({"Blad": rows})
    assert written.get("Blad!H3") == verdict
    assert written.get("Blad!H4") == "Ja"


@pytest.mark.parametrize(("ideals", "weights"), [((0.7, 0.3), (0.75, 0.25)), ((70, 30), (75, 25))])
def test_weights_are_written_as_the_ideals_beside_them(
    ideals: tuple[float, float], weights: tuple[float, float]
) -> None:
    """9 of 12 points are 75 per cent, or 0,75; the areas are known by their numbers alone."""
    budget: Rows = [
        ["Social budget 2031, Samordningsförbundet Prov"],
        [],
        ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
        ["1.1", "Trygg", "andel minst", "70 %", 5, 3, 4, "Ja", 5],
        ["1.2", "Hörd", "andel minst", "70 %", 4, 9, 12, "Ja", 4],
        ["2.1", "Möten", "minst st", 4, 3, 3, N, "Nej", 0],
    ]
    areas: Rows = [
        ["Målområdenas vikt 2031"],
        [],
        ["Målområde", "Ideal", "Viktning"],
        ["Målområde 1", ideals[0], N],
        ["Målområde 2", ideals[1], N],
    ]
    assert filled({"Förbundet": budget, "Vikter": areas}) == {
        "Vikter!C4": pytest.approx(weights[0]),
        "Vikter!C5": pytest.approx(weights[1]),
    }


@pytest.mark.parametrize(
    ("title", "heads", "year", "number"),
    [
        ("Social budget 2031", ["Antal 2030", "Av 2030", "Antal 2031", "Av 2031"], 2031, 8),
        ("Social budget 2030", ["Antal 2030", "Av 2030", "Antal 2031", "Av 2031"], 2030, 6),
        ("Social budget 2031", ["Antal 2031", "Av 2031", "Antal 2030", "Av 2030"], 2031, 6),
    ],
)
def test_columns_of_two_years(title: str, heads: list[str], year: int, number: int) -> None:
    """Those of the title's year are read; the others are no doubles."""
    rows = [["1.1", "Till arbete", "andel minst", "40 %", 10, 4, 12, 5, 12],
            ["1.2", "Till studier", "andel minst", "50 %", 5, 5, 12, 6, 12]]  # fmt: skip
    head = ["Nr", "Indikator", "Regel", "Gräns", "Vikt", *heads, "Uppnått"]
    sheet = grid(("Mål", [[title], [], head, *rows])).sheet("Mål")
    (table,) = social.recognise(sheet)
    assert table.period == Period(year)
    assert table.by_field["total_number"] == number
    assert table.findings == ()


def test_of_two_years_none_is_guessed() -> None:
    """Neither title nor sheet says of which year the verdicts are: nothing is read, or written."""
    head = ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Utfall 2030", "Utfall 2031", "Utfall av"]
    rows = [["1.1", "Trygg", "andel minst", "80 %", 8, 15, 20, 24],
            ["1.2", "Hörd", "andel minst", "80 %", 5, 20, 15, 24]]  # fmt: skip
    book = grid(("Mål", [["Social budget"], [], [*head, "Uppnått", "Poäng"], *rows, ["Summa"]]))
    (table,) = social.recognise(book.sheet("Mål"))
    assert "total_number" not in table.by_field
    assert actions.recompute(book, today=TODAY, run="").edits == ()


def test_a_year_in_one_heading_is_no_second_year() -> None:
    """Last year's outcome, which a target is held against, stands under a heading of its own."""
    rows = [["1.1", "Bidrag", "lägre än föregående år", N, 10, 4, 5, N],
            ["1.2", "Arbete", "andel minst", "50 %", 10, 4, 5, N]]  # fmt: skip
    head = ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått 2031"]
    sheet = grid(("Mål", [["Social budget 2031"], [], head, *rows])).sheet("Mål")
    (table,) = social.recognise(sheet)
    assert {"total_number", "total_base", "judged"} <= table.by_field.keys()
    assert social.recognise_before(sheet) == []


BY_TEAM: Rows = [
    ["Social budget 2031, uppnådda indikatorer per team"],
    ["Nr", "Indikator", "Vikt", "Norr", "Söder", "Väst"],
    ["1.1", "Trygg", 10, "Ja", "Nej", "Ja"],
    ["1.2", "Arbete", 8, "Nej", "Nej", "Ja"],
    ["2.1", "Lika", 5, "Ja", "Ja", "Ej mätt"],
]


def test_one_team_of_several_is_not_the_association() -> None:
    """Verdicts of three teams side by side: the first of them is not the whole's."""
    assert "social_budget" not in [kind for kind, _ in kinds({"Blad": BY_TEAM})]
    alone = [[*row[:3], "Uppnått" if row[0] == "Nr" else row[3]] for row in BY_TEAM[1:]]
    assert [kind for kind, _ in kinds({"Blad": alone})] == ["social_budget"]


def test_pieces_of_one_budget_are_one_table() -> None:
    assert kinds({"Blad": PIECES}) == [("social_budget", "A3:G15")]
    units = [[*row] for row in PIECES]
    for row in (9, 10):
        units[row][0] = units[row][0].replace("2.", "1.")
    assert [kind for kind, _ in kinds({"Blad": units})] == ["social_budget"] * 2


def test_areas_with_weights_of_their_own_are_no_lost_rows() -> None:
    """What is missing is the weight of each indicator, and nothing else."""
    rows: Rows = [
        ["Social budget 2031"],
        _PIECE,
        ["1", "Individ", N, N, 40],
        ["1.1", "Trygg", "minst 3", 4],
        ["2", "Struktur", N, N, 60],
        ["2.1", "Möten", "minst 4", 5],
    ]
    assert set(alarms({"Blad": rows})) == {("vikt-saknas", "E4"), ("vikt-saknas", "E6")}


def test_outcomes_that_are_not_read_are_not_called_missing() -> None:
    rows: Rows = [
        ["Social budget 2031"],
        ["Nr", "Indikator", "Mål", "Utfall halvår 1", "Utfall halvår 2", "Vikt", "Uppnått"],
        ["1.1", "Trygg", "minst 80 %", 0.85, 0.75, 5],
        ["1.2", "Hörd", "minst 80 %", 0.75, 0.85, 5],
    ]
    done = checking.check([checking.Book("", grid(("Blad", rows)))], today=TODAY)
    assert "utfall-saknas" not in [finding.code for finding in done.findings]


POINTS: Rows = [
    ["Impactindex 2031"],
    [],
    ["Målområde", "Antal indikatorer", "Maxpoäng", "Uppnådda poäng", "Index"],
    ["Individ", 10, 58, 40, N],
    ["Samverkan", 8, 44, 30, 68],
    ["Struktur", 5, 26, 26, 100],
    ["Totalt", 23, 128, N, N],
]


def test_a_table_of_points_that_stands_alone() -> None:
    """40 of 58 is 69, and all 96 of 128 is 75; no social budget is asked for."""
    assert filled({"Index": POINTS}) == {"Index!E4": 69, "Index!D7": 96, "Index!E7": 75}
    plan = actions.recompute(grid(("Index", POINTS)), today=TODAY, run="prov")
    assert [finding.code for finding in plan.findings if finding.severity != "info"] == []


def test_more_points_than_can_be_had_give_no_index() -> None:
    rows = [[*row] for row in POINTS]
    rows[3][3] = 85
    assert not {"Index!E4", "Index!E7"} & set(filled({"Index": rows}))
    assert ("del-storre-an-helhet", "D4") in alarms({"Index": rows})


def _year_of_outcome(*heads: str, title: str = "Social budget") -> dict[str, Any]:
    """The verdict of one indicator whose target and outcome stand under some headings."""
    cells = {"Mål": "minst 80 %", "Mål 2025": "minst 80 %", "Långsiktigt mål": "minst 90 %",
             "Etappmål": "minst 80 %", "Slutmål": "minst 90 %"}  # fmt: skip
    line = [cells.get(head, 0.85) if head != "Uppnått" else N for head in heads]
    rows: Rows = [
        [title],
        ["Nr", "Indikator", "Vikt", *heads],
        ["1.1", "Trygg", 5, *line],
        ["1.2", "Hörd", 5, *line],
    ]
    try:
        return filled({"Blad": rows})
    except WorkbookError:  # no table is left that is known
        return {}


@pytest.mark.parametrize(
    ("heads", "title", "verdict"),
    [
        (("Mål", "Utfall", "Uppnått"), "Social budget 2025", {"Blad!F3": "Ja", "Blad!F4": "Ja"}),
        (("Mål", "Utfall 2024", "Uppnått"), "Social budget", {"Blad!F3": "Ja", "Blad!F4": "Ja"}),
        (("Mål", "Utfall 2024", "Uppnått"), "Social budget 2025", {}),
        (("Mål 2025", "Utfall 2024", "Uppnått"), "Social budget", {}),
        (("Långsiktigt mål", "Mål", "Utfall", "Uppnått"), "Social budget",
         {"Blad!G3": "Ja", "Blad!G4": "Ja"}),
        (("Slutmål", "Etappmål", "Utfall", "Uppnått"), "Social budget", {}),
    ],
)  # fmt: skip
def test_a_verdict_is_of_its_own_target_and_year(
    heads: tuple[str, ...], title: str, verdict: dict[str, Any]
) -> None:
    """Of two targets that may be meant, and of last year's outcome, nothing is written."""
    assert _year_of_outcome(*heads, title=title) == verdict


@pytest.mark.parametrize(
    ("heads", "line", "other"),
    [
        (("Utfall medel", "Antal svar"), (2.4, 40), (3.6, 40)),
        (("Utfall Norr", "Utfall Söder"), (0.85, N), (0.2, 1)),
        (("Utfall prel.", "Utfall slutligt"), (0.85, 1), (0.2, 0)),
    ],
)
def test_numbers_beside_an_outcome_of_another_sort_are_not_the_outcome(
    heads: tuple[str, str], line: tuple[Any, Any], other: tuple[Any, Any]
) -> None:
    """40 answered; that is not what is held against a mean of at least 3."""
    rows: Rows = [
        ["Social budget 2031"],
        ["Nr", "Indikator", "Mål", *heads, "Vikt", "Uppnått"],
        ["1.1", "Trygg", "minst 3", *line, 5],
        ["1.2", "Hörd", "minst 3", *other, 5],
    ]
    assert filled({"Blad": rows}) == {}
