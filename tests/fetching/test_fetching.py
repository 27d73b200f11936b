"""The outcome out of a ledger: every cell of a follow-up, and what is asked, told and refused."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from finsam_xl.errors import InputError
from finsam_xl.ledgers.record import Checked, Equation, Oddity
from finsam_xl.model import Finding
from finsam_xl.plan import Plan
from finsam_xl.reading import fetched_cell, ledger_sheet, run_log
from finsam_xl.sheets.grid import Grid
from support.bookkeeping import (
    FOLDER,
    FOLLOW_UP,
    SHEET,
    column,
    fetch,
    follow_up,
    ledger,
    sie,
    voucher,
    written,
)
from support.typed_sheets import F, grid

WHOLE, CLOSED, T2 = "forbund_2025_hela.se", "forbund_2025_stangt.se", "forbund_2025_T2.se"
ENDS = {"T1": (4, "E"), "T2": (8, "F"), "T3": (12, "G")}
INCOME, COSTS, RESULT = range(5, 9), range(11, 19), 20
RENT = ("6010 {} 7083.00", "1930 {} -7083.00")


def by_hand(month: int) -> dict[int, Decimal]:
    """What each row is to hold up to a month, in kronor, summed from FACIT by its own rule."""
    sums: dict[int, Decimal] = dict.fromkeys((*INCOME, *COSTS), Decimal(0))
    rows = (FOLDER / "FACIT.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for row in rows:
        account, project, when, amount = row.split("\t")
        if int(when) <= 202500 + month:
            at = _row(account, project)
            sums[at] += Decimal(amount) * (-1 if at in INCOME else 1)
    sums[9] = sum((sums[n] for n in INCOME), Decimal(0))
    sums[19] = sum((sums[n] for n in COSTS), Decimal(0))
    sums[RESULT] = sums[9] - sums[19]
    return sums


def _row(account: str, project: str) -> int:
    """The row of the follow-up, as a person would sort it by hand."""
    if account[0] == "3":
        return {"3511": 5, "3512": 6, "3513": 7}.get(account, 8)
    if account == "8410":
        return 8
    projects = {"P41VÄN": 15, "P42NOR": 16, "P50UNG": 17, "P90HFE": 18}
    accounts = {"5010": 11, "5610": 11, "5110": 12, "6010": 13}
    return projects.get(project) or accounts.get(account, 14)


def rounded(sums: dict[int, Decimal], step: str = "1") -> dict[int, Decimal]:
    return {row: n.quantize(Decimal(step), ROUND_HALF_UP) for row, n in sums.items()}


def codes(plan: Plan) -> list[str]:
    return [one.code for one in plan.findings]


def only(plan: Plan, code: str) -> Finding:
    (found,) = [one for one in plan.findings if one.code == code]
    return found


@pytest.mark.parametrize("until", ENDS)
def test_every_cell_of_the_column_and_no_other(until: str) -> None:
    """Each row rounded by itself, the sums of the exact amounts."""
    month, letter = ENDS[until]
    plan = fetch(follow_up(), ledger(WHOLE), until)
    assert column(plan, letter) == rounded(by_hand(month))
    assert len(plan.edits) == len(by_hand(month))
    assert [f for f in plan.findings if f.severity == "error"] == []


@pytest.mark.parametrize("until", ENDS)
def test_to_the_ore_where_the_sheet_shows_ore(until: str) -> None:
    """The result of the table is the ledger's own, which FACIT gives: 6 361 021,24 for the year."""
    rows = [[*row] for row in FOLLOW_UP]
    rows[4] += [None] * (7 - len(rows[4]))
    month, letter = ENDS[until]
    other = "G" if letter == "E" else "E"
    rows[4]["ABCDEFG".index(other)] = 5690000.55
    plan = fetch(follow_up(rows), ledger(WHOLE), until)
    told = {row: Decimal(str(value)) for row, value in column(plan, letter).items()}
    assert told == by_hand(month)
    if until == "T3":
        assert told[RESULT] == Decimal("6361021.24")


@pytest.mark.parametrize(
    "name", ["forbund_2025_typ3.se", "forbund_2025_cp1252.se", "huvudbok_fortnoxlik.txt", CLOSED]
)
def test_every_variant_gives_the_same(name: str) -> None:
    assert column(fetch(follow_up(), ledger(name), "T2"), "F") == rounded(by_hand(8))


def test_a_table_in_thousands_with_signs() -> None:
    """Costs below nought, in tkr: rounded per cell."""
    rows = [[*row] for row in FOLLOW_UP]
    rows[0] = ["Samordningsförbundet Påhittat, uppföljning 2025, tkr"]
    for row in rows[4:]:
        if len(row) > 3:
            is_cost = row in rows[10:19]
            row[3] = row[3] // 1000 * (-1 if is_cost else 1)
    plan = fetch(follow_up(rows), ledger(WHOLE), "T2")
    signed = {n: -a if n in (*COSTS, 19) else a for n, a in by_hand(8).items()}
    told = {row: Decimal(value) for row, value in column(plan, "F").items()}
    assert told == rounded({row: amount / 1000 for row, amount in signed.items()})


def test_the_column_is_the_one_that_ends_when_the_ledger_does() -> None:
    assert set(column(fetch(follow_up(), ledger(T2)), "F")) == set(by_hand(8))
    assert set(column(fetch(follow_up(), ledger(WHOLE)), "G")) == set(by_hand(12))


def test_what_is_told_first() -> None:
    told = only(fetch(follow_up(), ledger(T2)), "bokforing-hamtad").message.replace("\xa0", " ")
    for fact in (
        "Syntetiskt ekonomisystem", "Samordningsförbundet Påhittat", "år 2025", "2025-08-28",
        "66 verifikationer", "5 184 902,84 kr",
    ):  # fmt: skip
        assert fact in told


def test_the_years_end_is_left_out_and_told() -> None:
    plan = fetch(follow_up(), ledger(CLOSED))
    assert column(plan, "G") == rounded(by_hand(12))
    assert "8999" in only(plan, "bokforing-utelamnad").message


def test_a_row_without_entries_gets_nought_and_one_without_accounts_stays_blank() -> None:
    rows = [*FOLLOW_UP[:13], ["7990", None, "Porto", 5000], [None, None, "Övrigt", 7000]]
    rows += FOLLOW_UP[13:]
    plan = fetch(follow_up(rows), ledger(T2))
    assert column(plan, "F")[14] == 0
    assert 15 not in column(plan, "F")


# Typed figures ----------------------------------------------------------------------------------


def typed(**cells: Any) -> Grid:
    rows = [[*row, *[None] * (7 - len(row))] for row in FOLLOW_UP]
    for cell, value in cells.items():
        rows[int(cell[1:]) - 1]["ABCDEFG".index(cell[0])] = value
    return grid((SHEET, rows))


def test_a_typed_figure_stays_and_the_difference_is_told() -> None:
    plan = fetch(typed(F13=56000), ledger(T2))
    told = only(plan, "bokforing-skriven")
    assert (told.cell, told.stated, told.calculated, told.difference) == ("F13", 56000, 56664, -664)
    assert 13 not in column(plan, "F")
    # Sums are of what stands.
    assert column(plan, "F")[19] == rounded(by_hand(8))[19] - 664


def test_a_word_in_a_cell_stays_too() -> None:
    plan = fetch(typed(F12=62320, F13="kommer i mars"), ledger(T2))
    assert "”kommer i mars”" in only(plan, "bokforing-skriven").message
    assert 13 not in column(plan, "F")
    assert 13 in column(fetch(typed(F12=1, F13="?"), ledger(T2), "", "bokforing-skriven"), "F")


def test_a_typed_figure_that_is_right_is_not_told() -> None:
    plan = fetch(typed(F13=56664, F12=62300), ledger(T2))
    assert [f.cell for f in plan.findings if f.code == "bokforing-skriven"] == ["F12"]


def test_it_is_replaced_when_that_is_accepted() -> None:
    plan = fetch(typed(F13=56000), ledger(T2), "", "bokforing-skriven")
    assert column(plan, "F") == rounded(by_hand(8))
    assert "bokforing-skriven" not in codes(plan)


def test_a_formula_is_never_written_over() -> None:
    """That of a sum follows; that of a row is told where it shows something else."""
    book = typed(F13=F("7083*4", 28332), F19=F("SUM(F11:F18)", 0))
    plan = fetch(book, ledger(T2), "", "bokforing-skriven")
    assert {13, 19}.isdisjoint(column(plan, "F"))
    assert only(plan, "bokforing-skriven").cell == "F13"


# Where figures go -------------------------------------------------------------------------------


def test_two_rows_that_want_the_same_are_named_and_nothing_is_fetched() -> None:
    plan = fetch(typed(A14="6-7"), ledger(T2))
    assert column(plan, "F")[13] == 56664  # narrower wins
    plan = fetch(typed(A14="6010, 65"), ledger(T2))
    told = only(plan, "bokforing-delad")
    assert (told.cell, [ref.cell for ref in told.also]) == ("A13", ["A14"])
    assert "Lokalhyra" in told.message
    assert "Övriga kostnader" in told.message
    assert not plan.edits
    assert not plan.sheets


def test_accounts_without_a_row_are_told_the_largest_first_and_never_put_anywhere() -> None:
    plan = fetch(typed(A13=None, A14="65"), ledger(T2))
    told = only(plan, "bokforing-ej-placerad").message.replace("\xa0", " ")
    assert told.index("6010 Lokalhyror P10 56 664 kr") < told.index("7010")
    assert "61 733,92 kr på 2 konton" in told
    assert {13} & column(plan, "F").keys() == set()


def test_what_is_ignored_is_remembered() -> None:
    book = written(typed(A13=None), fetch(typed(A13=None, A14="65"), ledger(T2)))
    sheet = next(one for one in book.sheets if one.owner == ledger_sheet.OWNER)
    at = next(p for p, cell in sheet.cells.items() if cell.value == 6010 and p[1] > 5)
    marked = Grid(
        tuple(
            one.with_values({(at[0], at[1] + 2): "ja"}) if one is sheet else one
            for one in book.sheets
        ),
        "x",
    )
    assert ledger_sheet.read(marked).ignored == {"6010"}
    for run in "bc":
        plan = fetch(marked, ledger(T2), run=run)
        assert "6010" in only(plan, "bokforing-utelamnad").message
        marked = written(marked, plan)
    assert ledger_sheet.read(marked).ignored == {"6010"}


def test_a_code_in_a_rows_name_is_its_project() -> None:
    """Only where no columns say it; accounts of the result alone."""
    rows: list[list[Any]] = [
        ["Uppföljning 2025, kr"],
        [],
        ["Insats", "Budget 2025", "Utfall t.o.m. T2"],
    ]
    rows += [["P41VÄN, Vännäs", 420000], ["P42NOR, Nordmaling", 400000], ["Kansli", 1, None]]
    rows += [["Summa", 820001]]
    plan = fetch(grid(("Blad", rows)), ledger(T2))
    assert column(plan, "C") == {4: 278916, 5: 263939, 7: 542855}
    assert "bokforing-ej-placerad" in codes(plan)


def test_parts_of_a_row_stand_outside() -> None:
    rows = [*FOLLOW_UP[:11], ["5610", None, "- varav arbetsgivaravgifter", 200000], *FOLLOW_UP[11:]]
    plan = fetch(follow_up(rows), ledger(T2))
    assert column(plan, "F")[12] == 149423
    assert column(plan, "F")[20] == rounded(by_hand(8))[19]


def test_a_project_that_the_books_do_not_know_is_asked_and_no_sum_is_made_of_it() -> None:
    plan = fetch(typed(B15="P41VAN"), ledger(T2))
    assert only(plan, "bokforing-koppling").cell == "B15"
    assert {15, 19, 20}.isdisjoint(column(plan, "F"))


def test_books_without_projects_leave_rows_of_projects() -> None:
    """One finding for all of them, and no sum of costs."""
    books = ledger(T2)
    bare = books._replace(
        entries=[entry._replace(objects=()) for entry in books.entries], codes=frozenset()
    )
    plan = fetch(follow_up(), bare)
    assert "5 rader" in only(plan, "bokforing-koppling").message
    assert column(plan, "F").keys() == {5, 6, 7, 8, 9, 12, 13, 14}


def test_balance_accounts_are_what_they_hold_and_a_sum_that_lacks_a_row_stays_blank() -> None:
    """1930: 1 900 000 when the year began and all that moved since; debts without minus."""
    rows: list[list[Any]] = [["Samordningsförbundet Påhittat"], ["Balansräkning, kr"], []]
    rows += [["Konto", None, "Utfall 2024-12-31", "Utfall 2025-08-31"], [None, "Tillgångar"]]
    rows += [["1*", "Kassa och bank", 1900000], [None, "Summa tillgångar", 1900000]]
    rows += [[None, "Skulder och eget kapital"], ["20", "Ingående eget kapital", 1900000]]
    rows += [["24-29", "Kortfristiga skulder", 0], [None, "Årets resultat", 0]]
    rows += [[None, "Summa skulder och eget kapital", 1900000]]
    plan = fetch(grid((SHEET, FOLLOW_UP), ("Balans", rows)), ledger(T2))
    balance = {edit.cell: edit.new for edit in plan.edits if edit.sheet == "Balans"}
    assert balance == {"D6": 9753863, "D7": 9753863, "D9": 1900000, "D10": 2668960}
    assert not [one for one in plan.findings if one.severity == "warning"]


def test_income_accounts_on_a_row_of_costs_are_told() -> None:
    plan = fetch(typed(A8=None, A14="6-7, -6010, 3520"), ledger(T2))
    assert only(plan, "bokforing-sida").cell == "A14"


# Other books ------------------------------------------------------------------------------------


def refused(book: Grid, books: Any, until: str = "") -> InputError:
    with pytest.raises(InputError) as error:
        fetch(book, books, until)
    assert error.value.remedy
    return error.value


def test_another_associations_books() -> None:
    other = ledger(T2)._replace(association="Samordningsförbundet Annorlunda")
    told = refused(follow_up(), other)
    assert "Annorlunda" in told.what
    assert "Påhittat" in told.what
    plan = fetch(follow_up(), other, "", "annat-forbund")
    assert column(plan, "F") == rounded(by_hand(8))
    # It is known the next time.
    assert fetch(written(follow_up(), plan), other, run="b").findings


def test_the_municipality_that_keeps_the_books_may_have_a_like_name() -> None:
    assert fetch(follow_up(), ledger(T2)._replace(association="Påhittats kommun")).edits


def test_another_years_books() -> None:
    told = refused(
        follow_up(), sie("#RAR 0 20240101 20241231", *voucher("20240115", *RENT), until="20240430")
    )
    assert "2024" in told.what
    assert "2025" in told.what


def test_books_in_another_currency() -> None:
    assert "EUR" in refused(follow_up(), ledger(T2)._replace(currency="EUR")).what


def test_books_until_another_date_than_any_column() -> None:
    books = sie(*voucher("20250615", *RENT), until="20250630")
    told = refused(follow_up(), books)
    assert "2025-06" in told.what
    assert "T1, T2, T3" in told.remedy
    told = refused(follow_up(), books, "T2")
    assert f"{SHEET}!F" in told.what
    assert "Utfall t.o.m. T2" in told.what


def test_an_unknown_period() -> None:
    assert "T7" in refused(follow_up(), ledger(T2), "T7").what


def test_a_workbook_that_says_nothing_of_accounts() -> None:
    bare = [[None, None, *row[2:]] if row else row for row in FOLLOW_UP]
    assert "Konto" in refused(follow_up(bare), ledger(T2)).remedy


def test_sums_of_the_year_alone_are_for_the_column_that_ends_then() -> None:
    books = sie("#RES 0 6010 56664.00", until="20250831", kind=1)
    assert column(fetch(follow_up(), books), "F")[13] == 56664
    assert "inga månader" in refused(follow_up(), books, "T1").what


# Another time -----------------------------------------------------------------------------------


def test_figures_fetched_before_are_ours_to_replace() -> None:
    """Also after somebody has typed in one of them, which is then hers."""
    first = [
        line
        for day in ("20250115", "20250215", "20250315", "20250415")
        for line in voucher(day, *RENT)
    ]
    book = written(follow_up(), fetch(follow_up(), sie(*first)))
    again = fetch(book, sie(*first, *voucher("20250420", "5110 {} 100.00", *RENT)), run="b")
    assert column(again, "E") == {12: 100, 13: 35415, 19: 35515, 20: -35515}
    assert not run_log.ours(book)
    assert len(run_log.fetched(book)[SHEET]) == 15
    # Of an account whose voucher does not balance it is told as well.
    assert "bokforing-brister" in codes(again)


def test_a_second_run_changes_nothing() -> None:
    book = written(follow_up(), fetch(follow_up(), ledger(T2)))
    assert not fetch(book, ledger(T2), run="b").edits


def test_changes_in_periods_already_reported_are_told_and_nothing_is_changed() -> None:
    book = written(follow_up(), fetch(follow_up(), ledger(WHOLE), "T1"))
    books = ledger(T2)
    late = [
        e._replace(amount=e.amount + 50000) if e.account == "5110" else e for e in books.entries
    ]
    plan = fetch(book, books._replace(entries=late), run="b")
    told = only(plan, "bokforing-rapporterad")
    assert told.cell == "E12"
    assert "Arvoden" in told.message
    assert column(plan, "E") == {}


def test_accounts_that_are_new_since_the_last_time_are_told_with_their_row() -> None:
    book = written(follow_up(), fetch(follow_up(), ledger(T2)))
    told = [f.message for f in fetch(book, ledger(WHOLE), run="b").findings]
    assert (
        "Nya konton sedan förra hämtningen: 7430 Revision (Övriga kostnader), 8410 Ränteintäkter (Övriga intäkter)."
        in told
    )
    assert not any("Nya konton" in f.message for f in fetch(follow_up(), ledger(WHOLE)).findings)


def test_a_period_that_is_not_over_is_preliminary() -> None:
    months = [line for m in range(1, 8) for line in voucher(f"2025{m:02}15", *RENT)]
    plan = fetch(follow_up(), sie(*months, until="20250831"))
    assert "2025-07-15" in only(plan, "bokforing-preliminar").message
    few = [line for m in range(1, 8) for _ in range(3) for line in voucher(f"2025{m:02}15", *RENT)]
    plan = fetch(follow_up(), sie(*few, *voucher("20250805", *RENT), until="20250831"))
    assert "är 1, mot annars omkring 3" in only(plan, "bokforing-preliminar").message


# The sheet --------------------------------------------------------------------------------------


def test_the_sheet_adds_up_to_the_ledger_and_has_no_names() -> None:
    plan = fetch(follow_up(), ledger(T2))
    (sheet,) = plan.sheets
    assert (sheet.name, sheet.owner) == ("Bokföring", "bokforing")
    assert sheet.filter is not None
    first = sheet.filter[0]
    values = {(cell.row, cell.column): cell.value for cell in sheet.cells}
    amounts = [Decimal(str(v)) for (row, c), v in values.items() if c == 4 and row > first]
    assert -sum(amounts) == Decimal("5184902.84")
    rent = [v for (row, c), v in values.items() if c == 4 and values.get((row, 1)) == 6010]
    assert rent == [7083] * 8
    assert values[first, 1] == "Konto"


def test_the_sheet_has_no_texts_of_vouchers_and_no_names_of_accounts_or_projects() -> None:
    (sheet,) = fetch(typed(A13=None, B15=None), ledger(T2)).sheets
    texts = " ".join(str(cell.value) for cell in sheet.cells)
    assert "6010" in texts
    for name in ("Lokalhyror", "Rekvisition", "HFE (nettobudget)", "Bidrag till insatser"):
        assert name not in texts


def test_the_sheet_is_not_read_as_hers() -> None:
    from finsam_xl.reading import book as reading

    book = written(follow_up(), fetch(follow_up(), ledger(T2)))
    assert [table.sheet for table in reading.tables(book)] == [SHEET]
    assert not reading.unread(book)


def test_a_figure_can_be_opened_into_its_accounts_and_months() -> None:
    book = written(follow_up(), fetch(follow_up(), ledger(WHOLE), "T1"))
    book = written(book, fetch(book, ledger(T2), run="b"))
    told = fetched_cell.why(book, SHEET, (11, 5)).replace("\xa0", " ")
    assert "forbund_2025_hela.se" in told
    assert "5010 P10: 202501 59 697,81, 202502 60 809,56" in told
    assert "5610 P10: 202501 18 757,05" in told
    assert "202505" not in told
    assert "202508 18 731,77" in fetched_cell.why(book, SHEET, (11, 6)).replace("\xa0", " ")
    assert fetched_cell.why(book, SHEET, (11, 4)) == ""


def test_all_that_may_be_odd_or_fail_in_a_file_has_its_sentence() -> None:
    failing = tuple(Checked(one, 9, (("6010", 0, 100),)) for one in Equation)
    books = ledger(T2)._replace(oddities=dict.fromkeys(Oddity, 3), checked=failing)
    plan = fetch(follow_up(), books)
    told = [one.message for one in plan.findings if one.code == "bokforing-brister"]
    assert len(set(told)) == len(Oddity) + len(Equation)
    assert all("forbund_2025_T2.se" in text for text in told)
    assert column(plan, "F") == rounded(by_hand(8))
