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


# Tables that look like others and are not ------------------------------------------------------

HEADS = ["Konto", "Kontonamn", "Projekt", "Datum", "Ver", "Text", "Belopp"]
TO_DATE = [["Resultatrapport"], ["Period: 2025-01-01 - 2025-08-31"]]


def listing(*rows: Sequence[Any], heads: Sequence[Any] = HEADS) -> Lines:
    return [["Huvudbok 2025"], [], [*heads], *([*row] for row in rows)]


INCOME = ["3111", "Bidrag", "", date(2025, 1, 5), "A1", "Avgift", -2000000]
STAFF = ["5010", "Löner", "", date(2025, 2, 5), "A2", "Lön", 500000]
RENT = ["6010", "Hyra", "", date(2025, 3, 5), "A3", "Hyra", 100000]
RIGHT = {"3111": -200000000, "5010": 50000000, "6010": 10000000}


def by_account(ledger: Ledger) -> dict[str, int]:
    return {entry.account: entry.amount for entry in ledger.entries}


def turned(row: Sequence[Any]) -> list[Any]:
    return [*row[:-1], -row[-1]]


def sided(row: Sequence[Any]) -> list[Any]:
    """A row with debit and credit, the latter with a minus."""
    return [*row[:-1], max(row[-1], 0), min(row[-1], 0)]


SIDED = [*HEADS[:-1], "Debet", "Kredit"]
BANK = ["1930", "Bank", "", date(2025, 1, 5), "A1", "Avgift", -600000]
SIGNS: list[tuple[str, Lines]] = [
    ("as in bookkeeping", listing(INCOME, STAFF, RENT)),
    ("income positive", listing(turned(INCOME), turned(STAFF), turned(RENT))),
    ("credit with a minus", listing(*map(sided, (INCOME, STAFF, RENT)), heads=SIDED)),
]


@pytest.mark.parametrize("rows", [s[1] for s in SIGNS], ids=[s[0] for s in SIGNS])
def test_income_and_costs_tell_the_sign_of_a_list(rows: Lines) -> None:
    assert by_account(read(rows)) == RIGHT


def test_credit_with_a_minus_where_only_costs_stand() -> None:
    """Debit and credit are together 0, so that the minus is no correction."""
    found = read(listing(*map(sided, (STAFF, RENT, BANK)), heads=SIDED))
    assert by_account(found) == {"5010": 50000000, "6010": 10000000, "1930": -60000000}


def test_a_list_of_costs_alone_is_as_in_bookkeeping() -> None:
    assert by_account(read(listing(STAFF, RENT))) == {"5010": 50000000, "6010": 10000000}


UNSURE_SIGNS = [
    ("all without sign", listing(turned(INCOME), STAFF, RENT)),
    ("costs alone, below nought", listing(turned(STAFF), turned(RENT))),
    (
        "one credit with a minus, which may be a correction",
        listing(sided(STAFF), sided(turned(RENT)), heads=SIDED),
    ),
]


@pytest.mark.parametrize("rows", [s[1] for s in UNSURE_SIGNS], ids=[s[0] for s in UNSURE_SIGNS])
def test_a_sign_that_is_not_sure_is_refused(rows: Lines) -> None:
    with pytest.raises(InputError, match="framgår inte om intäkter"):
        read(rows)


@pytest.mark.parametrize(
    "when", ["5 april 2025", "25-04-05", "05/04/2025", "4/5/25", "202513", "april 2025 (4)"]
)
def test_a_row_whose_day_is_unread_is_not_left_out(when: str) -> None:
    with pytest.raises(InputError, match=r"Rad 6 .* datumet eller perioden"):
        read(listing(INCOME, STAFF, [*RENT[:3], when, *RENT[4:]]))


def test_a_row_without_a_day_is_the_sum_of_its_account_or_refused() -> None:
    summed = ["5010", "Löner", "", None, "", "", 500000]
    assert by_account(read(listing(INCOME, STAFF, summed, RENT))) == RIGHT
    with pytest.raises(InputError, match=r"Rad 6 .* varken datum eller period"):
        read(listing(INCOME, STAFF, [*summed[:-1], 120000], RENT))


def test_opening_balances_without_a_day_are_no_transactions() -> None:
    opening = ["1930", "Bank", "", None, "", "Ingående balans 2025-01-01", 700000]
    assert by_account(read(listing(opening, INCOME, STAFF, RENT))) == RIGHT


LAST_DAY = date(2025, 8, 31)


def test_a_sum_with_a_day_is_no_transaction() -> None:
    """It says that it is a sum, has no voucher, and adds up: of its account, or of all."""
    rows = listing(
        INCOME, STAFF, ["5010", "Summa Löner", "", LAST_DAY, "", "", 500000],
        RENT, [None, "Totalt", "", LAST_DAY, "", "", -1400000],
    )  # fmt: skip
    assert by_account(read(rows)) == RIGHT


def test_a_supplier_called_total_is_no_sum() -> None:
    found = read(listing(INCOME, STAFF, [*RENT[:5], "Total Energi AB", 100000]))
    assert by_account(found) == RIGHT


def test_what_may_be_a_sum_and_does_not_add_up_is_refused() -> None:
    with pytest.raises(InputError, match=r"Rad 6 .* en summa"):
        read(listing(INCOME, STAFF, [*RENT[:4], "", "Total Energi AB", 100000]))


def test_the_period_tells_the_month_and_not_the_day_of_the_voucher() -> None:
    """An invoice of September that belongs to August."""
    heads = ["Konto", "Namn", "Verifikationsdatum", "Period", "Belopp"]
    rows = listing(
        ["3111", "Bidrag", date(2025, 1, 5), "202501", -2000000],
        ["5010", "Löner", date(2025, 9, 5), "202508", 500000],
        heads=heads,
    )
    found = read(rows)
    assert [str(entry.month) for entry in found.entries] == ["2025-01", "2025-08"]
    assert found.last_voucher == LAST_DAY


def report(*rows: Sequence[Any], heads: Sequence[Any] = ("Konto", "Namn", "Ackumulerat")) -> Lines:
    return [*TO_DATE, [*heads], *([*row] for row in rows)]


ACCOUNTS: Lines = [["3111", "FK", 1200000], ["3112", "Region", 800000], ["5010", "Löner", -500000]]
OF_REPORT = {"3111": -120000000, "3112": -80000000, "5010": 50000000}
GROUPED: list[tuple[str, Lines]] = [
    ("above", report(["311", "Bidrag", 2000000], *ACCOUNTS[:2], ["501", "Lön", -500000], ACCOUNTS[2])),
    ("below", report(*ACCOUNTS[:2], ["310", "Summa", 2000000], ACCOUNTS[2], ["500", "Lön", -500000])),
    ("none", report(*ACCOUNTS)),
]  # fmt: skip


@pytest.mark.parametrize("rows", [g[1] for g in GROUPED], ids=[g[0] for g in GROUPED])
def test_groups_of_accounts_are_not_counted_twice(rows: Lines) -> None:
    assert by_account(read(rows)) == OF_REPORT


def test_half_from_the_state_is_no_group() -> None:
    """3111 is as much as 3112 and 3113 together, as the law says, and is an account all the same."""
    rows = report(
        ["3111", "FK", 1000000], ["3112", "Region", 500000], ["3113", "Kommuner", 500000],
        ["5010", "Löner", -500000],
    )  # fmt: skip
    assert len(by_account(read(rows))) == 4


def test_a_short_account_of_a_plan_with_longer_ones_is_an_account() -> None:
    found = by_account(read(report(*ACCOUNTS, ["461", "Köp", -70000])))
    assert found == {**OF_REPORT, "461": 7000000}


def test_what_may_be_a_group_and_is_not_its_sum_is_refused() -> None:
    with pytest.raises(InputError, match="Konto 311 kan vara summan av 3111, 3112"):
        read(report(["311", "Bidrag", 1900000], *ACCOUNTS))


def test_a_report_with_projects_keeps_them() -> None:
    rows = report(
        ["3111", "FK", "", 2000000], ["5010", "Löner", "", -500000], ["5010", "Löner", "P1", -90000],
        heads=["Konto", "Namn", "Projekt", "Ackumulerat"],
    )  # fmt: skip
    assert sums(read(rows)) == {
        ("3111", "", "2025-08"): -200000000,
        ("5010", "", "2025-08"): 50000000,
        ("5010", "P1", "2025-08"): 9000000,
    }


@pytest.mark.parametrize(
    "rows",
    [
        [["Resultatrapport (tkr)"], TO_DATE[1], ["Konto", "Namn", "Ackumulerat"], *ACCOUNTS],
        [*TO_DATE, ["Konto", "Namn", "Ackumulerat", "Belopp i tkr"], *ACCOUNTS],
        [*TO_DATE, ["Konto", "Namn", "Ackumulerat"], ["", "", "tkr"], *ACCOUNTS],
    ],
)
def test_a_report_in_thousands_is_refused(rows: Lines) -> None:
    with pytest.raises(InputError, match="inte i kronor"):
        read(rows)


def two(first: Any, second: Any) -> Lines:
    """A report with two columns of what has moved, the latter as it should be."""
    other = [[*row[:2], row[2] * 3 // 4, row[2]] for row in ACCOUNTS]
    heads = ["Konto", "Namn", "Ackumulerat", "Ackumulerat"]
    return [*TO_DATE, heads, ["", "", first, second], *other]


def test_of_columns_with_the_same_heading_the_year_tells() -> None:
    assert by_account(read(two("2024", "2025"))) == OF_REPORT
    assert by_account(read(two(2024, 2025))) == OF_REPORT
    assert (
        by_account(read([*TO_DATE, ["", "", "År 2024", "År 2025"], *two("", "")[2:]])) == OF_REPORT
    )


@pytest.mark.parametrize("years", [("", ""), ("2025", "2025"), ("", "2025")])
def test_columns_with_the_same_heading_and_no_year_are_refused(years: tuple[str, str]) -> None:
    with pytest.raises(InputError, match=r"Kolumnerna C .”Ackumulerat”. och D"):
        read(two(*years))


def test_amounts_in_two_currencies_are_refused() -> None:
    heads = ["Konto", "Namn", "Datum", "Belopp", "Belopp SEK"]
    rows = listing(["5010", "Löner", date(2025, 2, 5), 1000, 11200], heads=heads)
    with pytest.raises(InputError, match=r"Kolumnerna D .”Belopp”. och E .”Belopp SEK”."):
        read(rows)


@pytest.mark.parametrize(
    "period",
    [
        "2025-01-01 – 2025-08-31, utskriven 2025-09-12",
        "Utskriven 2025-09-12. Period 2025-01-01 – 2025-08-31",
        "2025-01 – 2025-08 (utskrift 2025-09-12)",
    ],
)
def test_the_day_of_printing_is_no_end_of_the_period(period: str) -> None:
    rows: Lines = [["Resultatrapport"], [period], ["Konto", "Namn", "Ackumulerat"], *ACCOUNTS]
    assert read(rows).until == LAST_DAY


def test_two_days_of_one_month_are_as_good_as_one() -> None:
    heads = ["Konto", "Namn", "Datum", "Bokföringsdatum", "Belopp"]
    rows = listing(
        ["3111", "Bidrag", date(2025, 1, 5), date(2025, 1, 31), -2000000],
        ["5010", "Löner", date(2025, 2, 5), date(2025, 2, 28), 500000],
        heads=heads,
    )
    assert {str(entry.month) for entry in read(rows).entries} == {"2025-01", "2025-02"}
    rows[-1][3] = date(2025, 3, 1)
    with pytest.raises(InputError, match="olika innehåll"):
        read(rows)
