"""Tables of people in the manners of other offices: what a run fills in, and what stays blank.

The figures are invented and the sums made by hand.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from finsam_xl import actions
from finsam_xl.actions import check
from finsam_xl.errors import WorkbookError
from finsam_xl.sheets.tables import Table
from support.sheets_of_kinds import F, Outcome, run
from support.typed_sheets import TODAY, grid

N = None
Rows = list[list[Any]]


class Sheet(NamedTuple):
    """A sheet, all that is written in it, and cells that a run says it leaves blank."""

    rows: Rows
    edits: dict[str, int]
    left: frozenset[str] = frozenset()
    merged: tuple[str, ...] = ()


FILLED = {
    "teams by sex, no sum filled in": Sheet(
        [["Deltagare per team 2025"], [], ["Team", "Kvinnor", "Män", "Totalt"],
         ["Norr", 12, 8], ["Syd", 5, 9], ["Öst", 7, 7], ["Summa"]],
        {"D4": 20, "D5": 14, "D6": 14, "B7": 24, "C7": 24, "D7": 48},
    ),
    "shortened headings": Sheet(
        [["Inskrivna 2026"], ["Insats", "Kv", "M", "Tot."], ["Bryggan", 4, 3, 7],
         ["Kompassen", 11, 2, 13], ["Spåret", 6, 6, 12], ["Totalt", 21, N, N]],
        {"C6": 11, "D6": 32},
    ),
    "quarters and the whole year of those who left": Sheet(
        [["Avslutade deltagare 2025"], ["Orsak", "Kv 1", "Kv 2", "Kv 3", "Kv 4", "Helår"],
         ["Arbete", 3, 2, 4, 1], ["Studier", 1, 2, 0, 3], ["Övrigt", 2, 2, 1, 1], ["Summa"]],
        {"F3": 10, "F4": 6, "F5": 6, "B6": 6, "C6": 6, "D6": 5, "E6": 5, "F6": 22},
    ),
    "the total before its women and men": Sheet(
        [["Deltagare"], ["Kommun", "Totalt", "varav kvinnor", "varav män"],
         ["Alby", N, 14, 10], ["Ekby", N, 9, 3]],
        {"B3": 24, "B4": 12},
    ),
    "one whose sex is not known": Sheet(
        [["Deltagare 2025"], ["Insats", "Kvinnor", "Män", "Okänt", "Samtliga"],
         ["Bryggan", 4, 3, 1], ["Spåret", 6, 6, 0]],
        {"E3": 8, "E4": 12},
    ),
    "sexes as rows and years as columns": Sheet(
        [["Antal deltagare"], ["Kön", 2023, 2024, 2025], ["Kvinnor", 40, 44, 51],
         ["Män", 33, 30, 29], ["Totalt", 73]],
        {"C5": 74, "D5": 80},
    ),
    "who came and left, in rows, with the last line blank": Sheet(
        [["Flöde 2026"], ["Deltagare", "Kvinnor", "Män", "Alla"], ["Ingående", 20, 10, 30],
         ["Nya", 8, 7, 15], ["Avslutade", 5, 6, 11], ["Kvar vid årets slut"]],
        {"B6": 23, "C6": 11, "D6": 34},
    ),
    "who came and left month by month: who is there is not added": Sheet(
        [["Deltagarflöde 2026"],
         ["Månad", "Vid månadens början", "Nya", "Avslutade", "Vid månadens slut"],
         ["Januari", 30, 5, 2], ["Februari", 33, 4, 7], ["Mars", 30, 6, 1], ["Totalt"]],
        {"E3": 33, "E4": 30, "E5": 35, "C6": 15, "D6": 10},
    ),
    "months of those who are there: no sum of months, though of teams": Sheet(
        [["Inskrivna deltagare per månad"], ["Månad", "Lag A", "Lag B", "Totalt"],
         ["Jan", 10, 4], ["Feb", 12, 5], ["Mar", 12, 6], ["Totalt"]],
        {"D3": 14, "D4": 17, "D5": 18},
    ),
    "subtotals that hold where they are printed": Sheet(
        [["Deltagare 2025 per insats"], ["Insats", "Kvinnor", "Män", "Alla"],
         ["Ungdomsspår norr", 6, 9, 15], ["Ungdomsspår syd", 8, 5, 13], ["Summa unga", 14, 14, 28],
         ["Rehab norr", 17, 9, 26], ["Rehab syd", 11, 3, 14], ["Summa vuxna", 28, 12, 40],
         ["Totalt", 42, N, 68]],
        {"C9": 26},
    ),
    "a blank part is not zero": Sheet(
        [["Deltagare per team"], ["Team", "Kvinnor", "Män", "Totalt"],
         ["Norr", 12, 8], ["Syd", 6, N], ["Öst", 7, 7], ["Summa"]],
        {"D3": 20, "D5": 14, "B6": 25}, frozenset({"D4", "C6", "D6"}),
    ),
    "few are not shown": Sheet(
        [["Deltagare per team"], ["Team", "Kvinnor", "Män", "Totalt"],
         ["Norr", 12, "<5"], ["Syd", 15, 11], ["Öst", 7, 7], ["Summa"]],
        {"D4": 26, "D5": 14, "B6": 34}, frozenset({"D3", "C6", "D6"}),
    ),
    "each person once: the efforts are not added": Sheet(
        [["Unika deltagare per insats"], ["Insats", "Kvinnor", "Män", "Totalt"],
         ["Bryggan", 12, 8], ["Spåret", 5, 9], ["Totalt"]],
        {"D3": 20, "D4": 14},
    ),
    "another way out that no word is known for": Sheet(
        [["Flöde 2026"], ["Deltagare", "Kvinnor", "Män", "Alla"], ["Ingående", 20, 10, 30],
         ["Nya", 8, 7, 15], ["Avslutade", 5, 6, 11], ["Avbrott", 1, 0, 1],
         ["Kvar vid årets slut"]],
        {}, frozenset({"B7", "C7", "D7"}),
    ),
    "another way out, that the printed columns bear out": Sheet(
        [["Flöde 2026"], ["Deltagare", "Norr", "Syd", "Öst"], ["Ingående", 40, 30, 31],
         ["Nya", 8, 7, 15], ["Avslutade", 5, 6, 11], ["Avbrott", 1, 2, 4],
         ["Kvar vid årets slut", 42, 29, N]],
        {"D7": 31},
    ),
    "another way out, of whom the printed columns have none": Sheet(
        [["Flöde 2026"], ["Deltagare", "Norr", "Syd", "Öst"], ["Ingående", 20, 10, 31],
         ["Nya", 8, 7, 15], ["Avslutade", 5, 6, 11], ["Avbrott", 0, 0, 4],
         ["Kvar vid årets slut", 23, 11, N]],
        {}, frozenset({"D7"}),
    ),
    "traits that one may have several of": Sheet(
        [["Deltagare 2025"], ["Insats", "Utrikes födda", "Unga", "Sjukskrivna", "Totalt"],
         ["Bryggan", 3, 2, 3], ["Spåret", 4, 3, 4]],
        {},
    ),
    "people in several groups: the printed sum does not hold": Sheet(
        [["Deltagare per målgrupp"], ["Målgrupp", 2024, 2025], ["Sjukskrivna", 10, 6],
         ["Unga", 8, 4], ["Långtidsarbetslösa", 9, 7], ["Totalt", 20, N]],
        {}, frozenset({"C6"}),
    ),
    "ages beside counts": Sheet(
        [["Deltagare 2025"], ["Insats", "Kvinnor", "Män", "Totalt", "Medelålder"],
         ["Bryggan", 4, 3, 7, 34], ["Spåret", 6, 6, 12, 41], ["Alla", 10, 9, N, N]],
        {"D5": 19},
    ),
    "a line inside another": Sheet(
        [["Deltagare 2025"], ["", "Kvinnor", "Män", "Totalt"], ["Avslutade", 20, 15, 35],
         ["varav till arbete", 9, 8, 17], ["Pågående", 11, 12, 23], ["Totalt"]],
        {},
    ),
    "groups of columns by sex, and all": Sheet(
        [["Deltagare per ort 2025"], ["Insats", "Norr", N, "Syd", N, "Totalt", N],
         [N, "Kvinnor", "Män", "Kvinnor", "Män", "Kvinnor", "Män"],
         ["Bryggan", 4, 3, 5, 6, 9, 9], ["Spåret", 6, 6, 2, 3, 8, 9], ["Steget", 1, 7, 9, 2, 10, 9],
         ["Vägen", 3, 3, 8, 4, N, N]],
        {"F7": 11, "G7": 7}, merged=("B2:C2", "D2:E2", "F2:G2", "A2:A3"),
    ),
    "a sum that lies under a merged cell": Sheet(
        [["Deltagare per team"], ["Team", "Kvinnor", "Män", "Totalt"],
         ["Norr", 12, 8, 20], ["Syd", 5, 9, 14], ["Summa", 17]],
        {}, merged=("B5:D5",),
    ),
    "a formula that adds a blank": Sheet(
        [["Deltagare per team"], ["Team", "Kvinnor", "Män", "Totalt"],
         ["Norr", 12, 8, F("B3+C3", 20)], ["Syd", 5, N, F("B4+C4", 5)],
         ["Öst", 5, 1, F("B5+C5", 6)], ["Summa", 22, N, N]],
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILLED)
def test_only_what_is_settled_is_written(name: str) -> None:
    one = FILLED[name]
    told = run(*one.rows, merged=one.merged)
    assert told.edits == one.edits
    assert one.left <= told.left("summa-tom")


@pytest.mark.parametrize("name", FILLED)
def test_nothing_is_said_to_be_wrong(name: str) -> None:
    one = FILLED[name]
    assert not _warnings(run(*one.rows, merged=one.merged))


def _warnings(told: Outcome) -> list[tuple[str, str | None]]:
    return [(f.code, f.cell) for f in told.findings if f.severity != "info"]


FLOW: list[list[Any]] = [
    ["Deltagare 2025 per insats"],
    ["Insats", "Inskrivna vid årets början", "Nya", "Avslutade", "Kvar vid årets slut"],
    ["Bryggan", 14, 22, 19, 17], ["Spåret", 20, 18, 16, 22], ["Steget", 9, 15, 11, 13],
    ["Vägen", 11, 13, 15, 9], ["Samtliga", 54, 68, 61, 61],
]  # fmt: skip
WRONG = {
    "a sum": ("D7", 64, "deltagare-summa-avviker"),
    "who is left": ("E4", 23, "kvar-avviker"),
    "a line that its sum and its flow contradict": ("C5", 16, "deltagare-summa-avviker"),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_wrong_cell_is_one_finding_at_that_cell(name: str) -> None:
    cell, value, code = WRONG[name]
    rows = [list(row) for row in FLOW]
    rows[int(cell[1]) - 1]["ABCDE".index(cell[0])] = value
    assert [found[1] for found in _warnings(run(*rows))] == [cell]
    assert code in {found[0] for found in _warnings(run(*rows))} | {"kvar-avviker"}


_HEADS: list[list[Any]] = [
    ["Deltagare 2026 per team och kön"],
    [N, "Pågående 1 jan", N, N, "Nya under året", N, N, "Avslutade", N, N, "Pågående 31 dec", N, N],
    ["Team", *["Kvinnor", "Män", "Totalt"] * 4],
]
_MERGED = ("B2:D2", "E2:G2", "H2:J2", "K2:M2")


def _team(row: int, name: str, *counts: int) -> list[Any]:
    """Women and men at the start, new, gone and left, with all of them by formula."""
    cells: list[Any] = [name]
    for n, (women, men) in enumerate(zip(counts[::2], counts[1::2], strict=True)):
        one, other = "BEHK"[n], "CFIL"[n]
        cells += [women, men, F(f"{one}{row}+{other}{row}", women + men)]
    return cells


def _by_sex(*teams: tuple[Any, ...]) -> list[list[Any]]:
    """A table of teams by sex, with sums by formula below."""
    lines = [_team(n, *team) for n, team in enumerate(teams, start=4)]
    last = 3 + len(lines)
    sums: list[Any] = ["Totalt"]
    for column in range(1, 13):
        held = [row[column] for row in lines]
        total = sum(one.result if isinstance(one, F) else one for one in held)
        letter = "ABCDEFGHIJKLM"[column]
        sums.append(F(f"SUM({letter}4:{letter}{last})", total))
    return [*_HEADS, *lines, sums]


NORTH, SOUTH = ("Norr", 34, 22, 41, 35, 38, 29, 37, 28), ("Söder", 29, 25, 30, 33, 27, 30, 32, 28)
EAST = ("Öst", 18, 12, 9, 14, 11, 8, 16, 18)
BY_FORMULA = {
    "men left in the second team": ((NORTH, (*SOUTH[:8], 27)), "L5"),
    "women left in the first team": (((*NORTH[:7], 39, 28), SOUTH, EAST), "K4"),
    "men left in the third team": ((NORTH, SOUTH, (*EAST[:8], 17)), "L6"),
    "a team above": ((("Öst", 18, 12, 9, 14, 11, 8, 16, 17), NORTH, SOUTH), "L4"),
}


@pytest.mark.parametrize("name", BY_FORMULA)
def test_formulas_that_follow_a_wrong_cell_hide_nothing(name: str) -> None:
    """The sums of a wrong count are wrong with it: it alone is told."""
    teams, cell = BY_FORMULA[name]
    assert _warnings(run(*_by_sex(*teams), merged=_MERGED)) == [("kvar-avviker", cell)]


def test_formulas_of_right_counts_are_silent() -> None:
    assert not _warnings(run(*_by_sex(NORTH, SOUTH, EAST), merged=_MERGED))


def test_what_a_wrong_sum_gives_is_not_written() -> None:
    rows = [list(row) for row in FLOW]
    rows[6][3], rows[6][4] = 64, None
    assert run(*rows).edits == {}


def test_who_was_there_from_the_start_is_not_who_is_left() -> None:
    rows: list[list[Any]] = [["Deltagare 2031"], [], ["Lag", "Kvinnor", "Män", "Totalt"],
            ["Kvar sedan 2030", 50, 48, 98], ["Nya", 20, 22, 42],
            ["Deltagare under året", 70, 70, 140], ["Till positiv lösning", 30, 28, 58],
            ["Avslut", 31, 29, 60], ["Kvar i december", 39, 41, 80]]  # fmt: skip
    book = check.Book("", grid(("Blad", rows)))
    assert not check.check([book], today=TODAY).findings
    rows[8][2] = None
    assert run(*rows).edits == {"C9": 41}


def test_people_below_amounts_are_a_table_of_their_own() -> None:
    amounts: list[list[Any]] = [["tkr"], ["Post", "Budget 2031", "Utfall 2031"], ["Anslag", 100, 99], ["Lön", 80, 82],
               ["Resultat", 20, 17], []]  # fmt: skip
    people: list[list[Any]] = [["Besökare 2031"], ["Lag", "Kvinnor", "Män", "Totalt"], ["Norr", 3, 4, 7],
              ["Syd", 5, 6, 11], ["Totalt"]]  # fmt: skip
    assert run(*amounts, *people).edits == {"B11": 8, "C11": 10, "D11": 18}


OTHERS: dict[str, Rows] = {
    "inhabitants": [["Kommun", "Kod", "Invånare"], ["Alby", 1234, 5000], ["Ekby", 1235, 7000],
                    ["Summa", N, 12000]],
    "staff": [["Personal 2025"], ["Person", "Född", "Anställd"], ["Anna", 1980, 2019],
              ["Bo", 1975, 2021], ["Cia", 1990, 2024]],
    "telephones": [["Kontaktpersoner"], ["Person", "Telefon"], ["Anna", 701234567],
                   ["Bo", 701234568]],
    "meetings": [["Sammanträden 2025"], ["Möte", "Dag", "Punkter"], ["Styrelsen", 3, 12],
                 ["Beredningen", 10, 7]],
    "costs for each": [["Kostnad per deltagare, kr"], ["Insats", "Deltagare", "Kostnad"],
                       ["Bryggan", 10, 1200], ["Spåret", 12, 900]],
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_of_something_else_is_no_table_of_people(name: str) -> None:
    assert "participants" not in {table.kind for table in _tables(OTHERS[name])}


def _tables(rows: Rows) -> list[Table]:
    try:
        return actions.tables(grid(("Blad", rows)))
    except WorkbookError:
        return []


def test_teams_and_months_are_shown_with_their_sums() -> None:
    rows: list[list[Any]] = [["Nya deltagare per månad 2025"], ["Månad", "Lag Norr", "Lag Syd", "Totalt"],
            ["Januari", 6, 4, 10], ["Februari", 5, 7, 12], ["Mars", 8, 3, 11],
            ["Första kvartalet", 19, 14, 33]]  # fmt: skip
    (table,) = _tables(rows)
    assert (table.kind, table.range, table.unit) == ("participants", "A2:D6", "st")
    assert [row.role for row in table.rows] == ["line", "line", "line", "total"]
