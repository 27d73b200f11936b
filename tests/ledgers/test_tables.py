"""Ledgers that are tables: lists of transactions and reports of results, as text and as Excel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from finsam_xl.errors import InputError
from finsam_xl.ledgers import reading, tables
from finsam_xl.ledgers.record import PROJECT, Basis, Ledger, Month
from finsam_xl.reading import ledger_grids
from finsam_xl.sheets.grid import Cell, CellError, Grid, SheetGrid
from support.typed_sheets import grid


def read(rows: Sequence[Sequence[Any]]) -> Ledger:
    found = tables.read(rows, "huvudbok.xlsx", "abc")
    assert found is not None
    return found


def sums(ledger: Ledger) -> dict[tuple[str, str, str], int]:
    return {
        (e.account, ledger.code(e.objects, PROJECT), str(e.month)): e.amount for e in ledger.entries
    }


Lines = list[list[Any]]
UNIT4: Lines = [
    ["Transaktioner"],
    [],
    ["Konto", "Konto(T)", "Dim1", "Dim1(T)", "Projekt", "Projekt(T)", "Periode", "Tekst", "Beløp"],
    [5010, "Löner", 700, "Förbundet", "P10", "Kansli", 202501, "Lön", 59697.81],
    [5010, "Löner", 700, "Förbundet", "P10", "Kansli", 202502, "Lön", "60 809,56"],
    [3511, "Driftbidrag", 700, "Förbundet", "P10", "Kansli", 202501, "Avgift", "-1422500"],
    [None, None, None, None, None, None, None, "Summa", -1301992.63],
]
FORTNOX: Lines = [
    ["Huvudbok"],
    ["Konto", "Namn/Vernr", "Ks", "Projnr", "Datum", "Text", "Transaktionsinfo", "Debet", "Kredit", "Saldo"],
    ["5010", "Löner"],
    ["", "Ingående saldo", "", "", "", "", "", "", "", "0,00"],
    ["", "A 2", "700", "P10", "2025-01-25", "Lön", "", "59697,81", "", "59697,81"],
    ["", "A 9", "700", "", "2025-02-25", "Lön", "", "", "100,00", "59597,81"],
    ["", "Utgående saldo", "", "", "", "", "", "", "", "59597,81"],
    ["6010 Lokalhyror"],
    ["", "A 3", "700", "P10", date(2025, 1, 1), "Hyra", "", 7083.0, None, 7083.0],
]  # fmt: skip
REPORT: Lines = [
    ["Resultatrapport", "", "Utskriven 2025-09-10"],
    ["Period: 2025-05-01 - 2025-08-31"],
    ["", "Period", "Ackumulerat", "Period fg år"],
    ["Rörelseintäkter"],
    ["3511 Driftbidrag", "1 422 500,00", "4 267 500,00", "0,00"],
    ["S:a Rörelseintäkter", "1 422 500,00", "4 267 500,00", "0,00"],
    ["5010 Löner", "-238 000,00", "-475 565,40", "0,00"],
    ["6010 Lokalhyror", "-28 332,00", "-56 664,00", ""],
]
FRIBOK: Lines = [
    ["Samordningsförbundet Påhittat", "202501 - 202508"],
    ["Konto", "Beskrivning", "Perioden", "Föregående år", "Enl. budget", "Avvikelse", "Hela året"],
    [3511, "Driftbidrag", -4267500, 0, 0, 0, 0],
    [5010, "Löner", 475565.4, 0, 0, 0, 0],
]


def test_a_list_with_the_account_on_every_row() -> None:
    found = read(UNIT4)
    assert sums(found) == {
        ("5010", "P10", "2025-01"): 5969781,
        ("5010", "P10", "2025-02"): 6080956,
        ("3511", "P10", "2025-01"): -142250000,
    }
    assert found.accounts["5010"] == "Löner"
    assert found.last_voucher is None


def test_a_list_with_the_account_above_its_rows() -> None:
    found = read(FORTNOX)
    assert sums(found) == {
        ("5010", "P10", "2025-01"): 5969781,
        ("5010", "", "2025-02"): -10000,
        ("6010", "P10", "2025-01"): 708300,
    }
    assert found.accounts == {"5010": "Löner", "6010": "Lokalhyror"}
    assert (found.voucher_count, found.last_voucher) == (3, date(2025, 2, 25))
    assert "Hyra" not in repr(found)


def test_a_report_has_income_positive_and_is_turned() -> None:
    """The period is told by two dates; the day it was printed is another."""
    found = read(REPORT)
    assert found.basis is Basis.YEAR
    assert {e.account: e.amount for e in found.entries} == {
        "3511": -426750000, "5010": 47556540, "6010": 5666400,
    }  # fmt: skip
    assert {e.month for e in found.entries} == {Month(2025, 8)}
    assert found.until == date(2025, 8, 31)


def test_a_report_with_the_signs_of_bookkeeping() -> None:
    found = read(FRIBOK)
    assert {e.account: e.amount for e in found.entries} == {"3511": -426750000, "5010": 47556540}
    assert found.until == date(2025, 8, 31)


def changed(rows: Lines, row: int, column: int, value: Any) -> Lines:
    copy = [[*line] for line in rows]
    copy[row][column] = value
    return copy


REFUSED = [
    ("an amount that is none", changed(UNIT4, 3, 8, "ca 100"), "Rad 4"),
    ("an error value", changed(UNIT4, 3, 8, CellError("#REF!")), "Rad 4"),
    ("a transaction without an account", changed(UNIT4, 4, 0, None), "Rad 5"),
    ("two years", changed(UNIT4, 3, 6, 202412), "flera år"),
    ("an amount in a list that is none", changed(FORTNOX, 4, 7, "x"), "Rad 5"),
    ("no period", changed(REPORT, 1, 0, "Period: år 2025"), "vilken period"),
    ("signs that say nothing", changed(REPORT, 4, 2, "-4 267 500,00"), "framgår inte"),
    ("an account that stands twice", changed(REPORT, 7, 0, "5010 Löner"), "två gånger"),
    ("not from the year's beginning", changed(FRIBOK, 0, 1, "202505 - 202508"), "början"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "told"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_is_not_sure_is_refused_with_its_row(rows: Lines, told: str) -> None:
    with pytest.raises(InputError) as error:
        read(rows)
    assert told in error.value.what
    assert error.value.remedy


def test_a_table_of_something_else_is_no_ledger() -> None:
    assert tables.read([["Budget 2025", "Utfall"], ["Hyra", 5]], "x", "") is None
    assert tables.read([], "x", "") is None


@pytest.mark.parametrize("mark", ["\t", ";"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_as_text(mark: str, encoding: str) -> None:
    lines = [mark.join("" if c is None else str(c) for c in row) for row in FORTNOX[:7]]
    found = reading.read("\r\n".join(lines).encode(encoding), "huvudbok.txt")
    assert sums(found)["5010", "P10", "2025-01"] == 5969781
    assert found.accounts == {"5010": "Löner"}


def test_in_a_workbook_dates_are_numbers() -> None:
    rows = [[c if not isinstance(c, date) else 45658 for c in row] for row in FORTNOX]
    found = ledger_grids.ledger_of(grid(("Blad1", [["Annat"]]), ("Huvudbok", rows)), "bok.xlsx")
    assert sums(found)["6010", "P10", "2025-01"] == 708300


def test_a_workbook_without_a_ledger_or_with_two() -> None:
    with pytest.raises(InputError, match="ingen bokföring"):
        ledger_grids.ledger_of(grid(("Blad1", [["Annat"]])), "bok.xlsx")
    with pytest.raises(InputError, match="flera blad: A, B"):
        ledger_grids.ledger_of(grid(("A", UNIT4), ("B", UNIT4)), "bok.xlsx")


def test_our_own_sheet_is_no_ledger_of_hers() -> None:
    cells = {(r, c): Cell(v) for r, row in enumerate(UNIT4, 1) for c, v in enumerate(row, 1)}
    own = Grid((SheetGrid("Bokföring", lambda: cells, owner="bokforing"),))
    with pytest.raises(InputError, match="ingen bokföring"):
        ledger_grids.ledger_of(own, "bok.xlsx")
