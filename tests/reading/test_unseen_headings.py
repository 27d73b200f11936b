"""Columns as offices head them that nobody here had seen: what each is of, or that nobody knows."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.sheets.tables import Table
from support.sheets_of_kinds import run
from support.typed_sheets import grid


def table(*rows: list[Any]) -> Table:
    (found,) = actions.tables(grid(("Blad", list(rows))))
    return found


def said(*rows: list[Any]) -> dict[str, tuple[str, str]]:
    """What each column is of: its scenario and period by its heading."""
    return {c.header: (c.scenario, str(c.period or "")) for c in table(*rows).columns[1:]}


def _followed(heading: str, outcome: str = "Utf 3108") -> list[list[Any]]:
    return [
        ["Ekonomi (tkr)"],
        ["Post", "Bu -31", outcome, heading, "Avv"],
        ["Fkassan", 1500, 1000, 1500, 0],
        ["Regionen", 750, 500, 750, 0],
        ["S:a int", 2250, 1500, 2250, 0],
        ["Personal", 1250, 800, 1230, 20],
        ["Insatser", 1500, 900, 1400, 100],
        ["S:a kostn", 2750, 1700, 2630, 120],
    ]


@pytest.mark.parametrize("letters", ["Pr", "Ö", "Xy", "Ty"])
def test_letters_that_nobody_knows_are_no_budget(letters: str) -> None:
    """Beside an outcome of the year another column may be anything: it is asked of."""
    rows = _followed(f"{letters} -31")
    assert said(*rows)[f"{letters} -31"][0] == "other"
    assert [f.cell for f in run(*rows).findings if f.code == "okand-kolumn"] == ["D2"]


@pytest.mark.parametrize(
    ("heading", "period"), [("Utf 3108", "2031-T2"), ("Utfall 3104", "2031-T1")]
)
def test_a_year_and_a_month_of_four_figures(heading: str, period: str) -> None:
    """About two thirds, or one third, of the year's budget is what has come so far."""
    part = {"2031-T2": 1, "2031-T1": 0.5}[period]
    rows = _followed("Prognos -31", heading)
    rows[2:] = [[*row[:2], int(row[2] * part), *row[3:]] for row in rows[2:]]
    assert said(*rows)[heading] == ("outcome_to_date", period)


def test_an_account_is_no_month() -> None:
    rows: list[list[Any]] = [
        ["Utfall 2031, kr"],
        ["Insats", "3010 Bidrag", "3111 Avgifter", "Summa"],
        ["Spåret", 120000, 31000, 151000],
        ["Bryggan", 90000, 22500, 112500],
        ["Summa", 210000, 53500, 263500],
    ]
    assert {period for _, period in said(*rows).values()} <= {"2031", ""}


@pytest.mark.parametrize("part", ["Perioden", "Period", "Periodens utfall"])
def test_a_period_beside_what_has_come_so_far(part: str) -> None:
    rows: list[list[Any]] = [
        ["Period: 203101 - 203108, kr"],
        ["Konto", part, "Ack utfall", "Årsbudget"],
        ["Bidrag", 250000, 2000000, 3000000],
        ["Insatser", -155000, -1480210, -2400000],
        ["Hyra", -9000, -72000, -108000],
        ["Lön", -36000, -280000, -432000],
        ["Resultat", 50000, 167790, 60000],
    ]
    found = said(*rows)
    assert found["Ack utfall"] == ("outcome_to_date", "2031-T2")
    assert found[part] in (("outcome", "2031-08"), ("other", "2031"), ("other", ""))


@pytest.mark.parametrize("heading", ["Totalt projektet", "Summa", "Alla åren", "Hela perioden"])
def test_a_sum_of_years_is_of_none_of_them(heading: str) -> None:
    rows: list[list[Any]] = [
        ["Projektbudget 2031–2033, kr"],
        ["Post", "2031", "2032", "2033", heading],
        ["ESF-stöd", 1200000, 2400000, 1300000, 4900000],
        ["Personal", 1250000, 2480000, 1340000, 5070000],
        ["Resor", 35000, 41000, 22000, 98000],
        ["Summa kostnader", 1285000, 2521000, 1362000, 5168000],
    ]
    assert said(*rows)[heading][1] in ("2031..2033", "")


def test_a_heading_of_amounts_left_of_the_names_is_no_code() -> None:
    rows: list[list[Any]] = [
        ["Budget 2031", "Utfall 2031", "tkr", "Budget 2030", "Utfall 2030"],
        [4800, 4810, "Medlemsavgifter", 4700, 4744],
        [1350, 1322, "Kansli", 1300, 1311],
        [3500, 3360, "Insatser", 3400, 3290],
        [4850, 4682, "Summa kostnader", 4700, 4601],
    ]
    budget = table(*rows).budget
    assert budget is not None
    assert [(c.number, str(c.period)) for c in budget.columns] == [
        (1, "2031"), (2, "2031"), (4, "2030"), (5, "2030"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "remark",
    [
        "(kommunernas bidrag faktureras tertialsvis)",
        "(bidrag enligt beslut)",
        "(avgifter i tkr)",
        "(statens bidrag i förskott)",
    ],
)
def test_a_remark_in_brackets_is_no_total(remark: str) -> None:
    rows: list[list[Any]] = [
        ["Tkr", "Budget 2031", "Utfall 2031"],
        ["Bidrag från staten", 2000, 2000],
        ["Bidrag från regionen", 1000, 1000],
        ["Summa intäkter", 3000, 3000],
        [remark, None, None],
        ["Insatser", 2310, 2600],
        ["Kansli", 911, 934],
        ["Summa kostnader", 3221, 3534],
    ]
    assert {row.row: row.role for row in table(*rows).rows}.get(5, "note") == "note"
    assert not run(*rows).left()


def test_incomes_of_a_budget_in_balance_are_no_sum_of_the_costs_below() -> None:
    """A single line of income is as large as the costs in the budget, and not in the outcome."""
    rows: list[list[Any]] = [
        ["Tkr", "Budget 2031", "Rev budget 2031", "Utfall aug", "Utfall ack"],
        ["Bidrag", 4800, 4900, 0, 3675],
        ["Insatser", 3400, 3500, 281, 2120],
        ["Lokaler", 120, 120, 10, 80],
        ["Övrigt", 180, 180, 22, 101],
        ["Personal", 1100, 1100, 93, 728],
        ["Kostnader", 4800, 4900, 406, 3029],
        ["Resultat", 0, 0, -406, 646],
    ]
    found = run(*rows)
    assert [f.code for f in found.findings if f.code == "summa-avviker"] == []
    rows[1][3] = None
    assert "D2" not in run(*rows).edits


@pytest.mark.parametrize(
    "title", ["Styrelsens kostnader 2031", "Sammanträdets kostnad 2031", "Kansliet 2031"]
)
def test_a_title_with_a_year_is_of_the_figures(title: str) -> None:
    """A board's costs are not a board's decision."""
    rows: list[list[Any]] = [
        [title],
        ["", "Budget", "Utfall"],
        ["Arvoden", 62000, 58400],
        ["Resor", 92000, 99875],
        ["Summa", 154000, 158275],
    ]
    assert said(*rows) == {"Budget": ("budget", "2031"), "Utfall": ("outcome", "2031")}


@pytest.mark.parametrize("heading", ["Alt 1 (+2 %)", "Förslag, 2 % mer", "Höjning 2 %"])
def test_amounts_are_no_shares_whatever_their_heading(heading: str) -> None:
    rows: list[list[Any]] = [
        ["Medlemsavgifter 2032 (kr)"],
        ["Medlem", "2031", heading, "Andel"],
        ["Staten", 2000000, 2040000, 0.5],
        ["Regionen", 1000000, 1020000, 0.25],
        ["Norrvik", 620000, 632400, 0.155],
        ["Sörvik", 380000, 387600, 0.095],
        ["Summa", 4000000, 4080000, 1],
    ]
    fields = {c.header: c.field for c in table(*rows).columns}
    assert fields[heading] != "share"
