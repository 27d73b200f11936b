"""Tables of member fees in the manners of other offices: what they are, and what is filled in.

The figures are invented and worked out by hand from the law: the state a half, the region a
fourth, the municipalities a fourth together, in whole units by largest remainder.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from finsam_xl import actions
from finsam_xl.address import a1, position
from finsam_xl.errors import WorkbookError
from finsam_xl.sheets.tables import Table
from support.sheets_of_kinds import run
from support.typed_sheets import TODAY, grid

N = None
Rows = list[list[Any]]


class Sheet(NamedTuple):
    """A sheet, what its columns are (field and period), and the cells that a run fills in."""

    rows: Rows
    columns: str
    edits: dict[str, Any]
    unit: str = "kr"


def _tables(rows: Rows) -> list[Table]:
    return actions.tables(grid(("Blad", rows)))


def _columns(table: Table) -> str:
    return ", ".join(f"{c.field} {c.period or '-'}" for c in table.columns if c.field != "party")


SHEETS = {
    "a count of people with ages and a day, and last year's fee": Sheet(
        [["Kommunernas andelar 2026"], ["Belopp i kr"], ["Medelsram 2026", 5240000], [],
         ["Kommun", "Folkmängd 16–64 år 31 dec 2024", "Betalt 2025", "Att betala 2026"],
         ["Alby", 4120, 527360], ["Ekby", 2630, 336640], ["Uby", 3250, 416000],
         ["Summa", 10000, 1280000]],
        "key 2026, fee 2025, fee 2026",
        {"D6": 539720, "D7": 344530, "D8": 425750, "D9": 1310000},
    ),
    "state and region last, with a sum of the municipalities between": Sheet(
        [["Medlemsavgift 2026", N, "kr"], ["Pott att fördela", N, 8000000], [],
         ["Part", "Inv 16-64 år", "Avgift"], ["Alby", 3000], ["Ekby", 4000], ["Uby", 1000],
         ["Summa kommuner", 8000], ["Regionen"], ["Staten"], ["Totalt"]],
        "key 2026, fee 2026",
        {"C5": 750000, "C6": 1000000, "C7": 250000, "C8": 2000000, "C9": 2000000,
         "C10": 4000000, "C11": 8000000},
    ),
    "the pot below the table and in thousands": Sheet(
        [["Avgifter 2027"], ["Medlem", "Antal inv 16-64", "Att betala 2027 (kr)"],
         ["Försäkringskassan"], ["Region Väst"], ["Alby kommun", 5000], ["Ekby kommun", 3000],
         ["Summa"], [], ["Att fördela 2027, tkr", 8400]],
        "key 2027, fee 2027",
        {"C3": 4200000, "C4": 2100000, "C5": 1312500, "C6": 787500, "C7": 8400000},
    ),
    "two years beside each other, each with a pot": Sheet(
        [["kr"], ["Pott", N, 1000000, N, 1040000], [], [N, 2031, N, 2032],
         ["Kommun", "Andel", "Avgift", "Andel", "Avgift"],
         ["Alby", 0.6, 150000, 0.61], ["Ekby", 0.4, 100000, 0.39], ["Summa", 1, 250000, 1]],
        "share 2031, fee 2031, share 2032, fee 2032",
        {"E6": 158600, "E7": 101400, "E8": 260000},
    ),
    "bare years under a title of fees": Sheet(
        [["Medlemsavgifter kommunerna"], ["Kommunernas del 2026", N, N, 1200000], [],
         ["Kommun", "Folkmängd 1/11 2025", 2025, 2026], ["Alby", 12000, 690000],
         ["Ekby", 6000, 345000], ["Uby", 2000, 115000], ["Summa", 20000, 1150000]],
        "key 2026, fee 2025, fee 2026",
        {"D5": 720000, "D6": 360000, "D7": 120000, "D8": 1200000},
    ),
    "payers that only the law tells": Sheet(
        [["Finansiering 2026, kr"], [], ["Vem", "Belopp 2026", "Andel"],
         ["Arbetsmarknadsmyndigheten", 4000000, 0.5], ["Norra länsdelen", 2000000, 0.25],
         ["Alby", 1500000, 0.1875], ["Ekby", 500000, 0.0625], ["Totalt", N, 1]],
        "fee 2026, share 2026",
        {"B8": 8000000},
    ),
    "three payers, the municipalities as one": Sheet(
        [["Finansiering 2026, kr"], ["Total pott", 8400000], ["Part", "Andel", "Belopp kr"],
         ["Staten", 0.5], ["Regionen", 0.25], ["Kommunerna", 0.25], ["Summa", 1]],
        "share 2026, fee 2026",
        {"C4": 4200000, "C5": 2100000, "C6": 2100000, "C7": 8400000},
    ),
    "a pot in a sentence, and fees for each inhabitant": Sheet(
        [["Kommunernas avgift 2026: 900 000 kr"],
         ["Kommun", "Invånare 16–64", "kr/inv", "Avgift 2026"], ["Alby", 9000, 60, 540000],
         ["Ekby", 4000, 60, 240000], ["Uby", 2000], ["Summa", 15000]],
        "key 2026, per_head 2026, fee 2026",
        {"C5": 60, "D5": 120000, "D6": 900000},
    ),
    "shares that follow from people, their sum printed": Sheet(
        [["Fördelning av medlemsavgift 2026"], ["Kommunernas del, kr", 1000000],
         ["Kommun", "Invånare 16-64 år", "Andel %", "Avgift 2026"], ["Alby", 3000],
         ["Ekby", 4500], ["Uby", 2500], ["Summa", 10000, 100, 1000000]],
        "key 2026, share 2026, fee 2026",
        {"C4": 30, "C5": 45, "C6": 25, "D4": 300000, "D5": 450000, "D6": 250000},
    ),
    "a column of codes before the names": Sheet(
        [["Kommunernas avgift 2026"], ["Kommunernas andel, kr", 1000000],
         ["Kod", "Namn", "Invånare", "Avgift 2026"], [1880, "Alby", 3000],
         [1881, "Ekby kommun", 6000], [1882, "Uby kommun", 1000], [N, "Summa", 10000]],
        "code -, key 2026, fee 2026",
        {"D4": 300000, "D5": 600000, "D6": 100000, "D7": 1000000},
    ),
    "groups before the names, once each": Sheet(
        [["Avgifter 2026 (kr)"], ["Grupp", "Part", "Befolkning", "Avgift 2026"],
         ["Stat", "Försäkringskassan", N, 2000000], ["Region", "Region Z", N, 1000000],
         ["Kommuner", "Alby", 3000], [N, "Ekby", 7000], ["Summa"]],
        "other -, key 2026, fee 2026",
        {"D5": 300000, "D6": 700000, "D7": 4000000},
    ),
    "the sum of the fees is typed and they are not": Sheet(
        [["Medlemsavgifter 2026 i kr"], ["Kommun", "Folkmängd", "Avgift"], ["Alby", 3000],
         ["Ekby", 6000], ["Uby", 1000], ["Summa", 10000, 1000000]],
        "key 2026, fee 2026",
        {"C3": 300000, "C4": 600000, "C5": 100000},
    ),
    "the total stands first": Sheet(
        [["Medlemsavgifter 2026, kr"], ["Pott", 4000000],
         ["Part", "Nyckel", "Avgift 2025", "Avgift 2026"], ["Totalt", N, 3800000],
         ["Staten", N, 1900000], ["Regionen", N, 950000], ["Alby", 30, 285000],
         ["Ekby", 70, 665000]],
        "key 2026, fee 2025, fee 2026",
        {"D4": 4000000, "D5": 2000000, "D6": 1000000, "D7": 300000, "D8": 700000},
    ),
    "an uneven pot, of which the region has its half unit": Sheet(
        [["Medlemsavgifter 2019, tkr"], ["Pott", 11450], ["Part", "Nyckel", "Avgift"],
         ["Försäkringskassan", N, 5725], ["Regionen", N, 2863], ["Alby", 82.36],
         ["Ekby", 17.64], ["Summa"]],
        "key 2019, fee 2019",
        {"C6": 2357, "C7": 505, "C8": 11450},
        "tkr",
    ),
    "in English": Sheet(
        [["Member fees 2026, SEK"], ["Total funding", 4000000],
         ["Member", "Population 16-64", "Fee 2026"], ["Social Insurance Agency"],
         ["Region North"], ["Alby municipality", 3000], ["Ekby municipality", 1000], ["Total"]],
        "key 2026, fee 2026",
        {"C4": 2000000, "C5": 1000000, "C6": 750000, "C7": 250000, "C8": 4000000},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_a_table_of_fees_of_another_office(name: str) -> None:
    """Its columns with their years, its unit, and every blank that follows; nothing else."""
    sheet = SHEETS[name]
    (table,) = _tables(sheet.rows)
    assert (table.kind, _columns(table), table.unit) == ("fees", sheet.columns, sheet.unit)
    outcome = run(*sheet.rows)
    assert outcome.edits == sheet.edits
    assert {f.code for f in outcome.findings if f.severity != "info"} == set()


def _filled(rows: Rows, edits: dict[str, Any]) -> Rows:
    """The rows with what a run fills in."""
    whole = [list(row) for row in rows]
    for cell, value in edits.items():
        row, column = position(cell)
        whole[row - 1] += [None] * (column - len(whole[row - 1]))
        whole[row - 1][column - 1] = value
    return whole


@pytest.mark.parametrize("name", SHEETS)
def test_an_emptied_cell_gets_its_own_figure_or_none(name: str) -> None:
    """One figure of the finished table taken out at a time, then each column of them."""
    whole = _filled(SHEETS[name].rows, SHEETS[name].edits)
    (table,) = _tables(whole)
    derived = [c.number for c in table.columns if c.field in ("fee", "share", "per_head")]
    rows = [row.row for row in table.rows]
    for emptied in ([(r, c)] for r in rows for c in derived):
        _assert_own(whole, emptied)
    for column in derived:
        _assert_own(whole, [(row, column) for row in rows])


def _assert_own(whole: Rows, emptied: list[tuple[int, int]]) -> None:
    rows = [list(row) for row in whole]
    gone = {}
    for row, column in emptied:
        if column <= len(rows[row - 1]) and rows[row - 1][column - 1] is not None:
            gone[a1(row, column)] = rows[row - 1][column - 1]
            rows[row - 1][column - 1] = None
    try:
        edits = run(*rows).edits
    except WorkbookError:
        return
    for cell, value in edits.items():
        assert gone.get(cell) == pytest.approx(value, abs=0.001), cell


LEFT: dict[str, tuple[Rows, str]] = {
    "a pot that may be theirs or everyone's": (
        [["Medlemsavgifter 2026, kr"], ["Pott", 2200000], ["Kommun", "Nyckel", "Avgift"],
         ["Alby", 30], ["Ekby", 70]],
        "hela förbundets eller bara kommunernas",
    ),
    "an uneven pot that nothing settles": (
        [["Medlemsavgifter 2019, tkr"], ["Pott", 11450], ["Part", "Nyckel", "Avgift"],
         ["Försäkringskassan", N, 5725], ["Regionen"], ["Alby", 82.36], ["Ekby", 17.64]],
        "ingen hel summa",
    ),
    "a member that joins": (
        [["Medlemsavgifter 2026, kr"], ["Pott", 8800000], ["Part", "Nyckel", "Avgift"],
         ["Staten", N, 4400000], ["Regionen", N, 2200000], ["Alby kommun", 31874, 1316638],
         ["Ekby kommun", 12466, 514940], ["Uby kommun", 8919, 368422], ["Ny kommun", 5207]],
        "2\u00a0395\u00a0933 av 2\u00a0200\u00a0000",
    ),
    "a part that is the same for all": (
        [["Medlemsavgifter 2026, kr"], ["Kommunernas pott", 1000000],
         ["Kommun", "Grundavgift", "Invånare", "Avgift 2026"], ["Alby", 50000, 3000],
         ["Ekby", 50000, 5000]],
        "kolumn B är inte läst",
    ),
    "a year without a pot beside one with": (
        [["kr"], ["Pott", N, 1000000], [], [N, 2031, N, 2032],
         ["Kommun", "Andel", "Avgift", "Andel", "Avgift"],
         ["Alby", 0.6, 150000, 0.61], ["Ekby", 0.4, 100000, 0.39]],
        "ingen pott för 2032",
    ),
    "a typed sum of another pot": (
        [["Medlemsavgifter 2026, kr"], ["Kommunernas pott", 1200000],
         ["Kommun", "Folkmängd", "Avgift"], ["Alby", 3000], ["Ekby", 6000], ["Uby", 1000],
         ["Summa", 10000, 1000000]],
        "Summa är",
    ),
    "equity is no pot": (
        [["Avgifter 2026"], ["Eget kapital", 4000000],
         ["Part", "Nyckel", "Avgift 2025", "Avgift 2026"], ["Staten", N, 2000000],
         ["Regionen", N, 1000000], ["Alby", 30, 300000], ["Ekby", 70, 700000]],
        "Potten",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_what_is_not_settled_is_asked_about(name: str) -> None:
    """No fee is written, and a finding says why."""
    rows, why = LEFT[name]
    outcome = run(*rows)
    assert outcome.edits == {}
    assert any(why in finding.message for finding in outcome.findings)


OTHERS: dict[str, Rows] = {
    "people by municipality": [["Kommun", "Invånare"], ["Alby", 100], ["Ekby", 200], ["Uby", 300]],
    "costs by municipality": [
        ["Insatser 2025, kr"], ["Kommun", "Deltagare", "Kostnad", "Andel"],
        ["Alby kommun", 10, 100000, 0.5], ["Ekby kommun", 10, 100000, 0.5]],
    "income of a budget": [
        ["Budget 2026, tkr"], ["Intäkter", "Budget 2026", "Utfall 2025", "Andel"],
        ["Försäkringskassan", 200, 200, 0.5], ["Region Mitt", 100, 100, 0.25],
        ["Alby kommun", 100, 100, 0.25], ["Summa intäkter", 400, 400, 1]],
    "a history of fees": [
        ["Medlemsavgifter, tkr"], ["Kommun", "Budget 2025", "Budget 2026"],
        ["Alby kommun", 10, 11], ["Ekby kommun", 20, 22], ["Summa", 30, 33]],
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_table_of_fees(name: str) -> None:
    """Names of places beside figures are not enough."""
    assert "fees" not in {table.kind for table in _tables(OTHERS[name])}


def test_another_table_of_the_workbook_settles_whose_a_pot_is() -> None:
    """The whole pot of the same year is known: a fourth of it is the municipalities'."""
    alone: Rows = [["Medlemsavgifter 2026, kr"], ["Pott", 1000000], ["Kommun", "Nyckel", "Avgift"],
                   ["Alby", 30], ["Ekby", 70]]  # fmt: skip
    whole: Rows = [["Medlemsavgifter 2026, kr"], ["Pott", 4000000], ["Part", "Nyckel", "Avgift"],
                   ["Staten", N, 2000000], ["Regionen", N, 1000000], ["Alby", 30, 300000],
                   ["Ekby", 70, 700000]]  # fmt: skip
    plan = actions.recompute(grid(("Ett", alone), ("Allt", whole)), today=TODAY, run="prov")
    assert {(e.sheet, e.cell): e.new for e in plan.edits} == {
        ("Ett", "C4"): 300000,
        ("Ett", "C5"): 700000,
    }
