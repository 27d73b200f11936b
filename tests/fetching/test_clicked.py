"""What the button does: a file with its questions, and a ledger pasted on a sheet of the workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.actions import fetch_clicked
from finsam_xl.actions.buttons import BY_NAME
from finsam_xl.actions.fetch_clicked import Given
from finsam_xl.actions.fetch_questions import Question, UndecidedError
from finsam_xl.errors import InputError
from finsam_xl.ledgers import reading
from finsam_xl.ledgers.record import Ledger
from finsam_xl.plan import Plan
from finsam_xl.reading import ledger_grids
from finsam_xl.sheets.grid import Grid
from support.bookkeeping import (
    FOLDER,
    FOLLOW_UP,
    SHEET,
    column,
    fetch,
    follow_up,
    in_notepad,
    ledger,
    sie,
    voucher,
)
from support.typed_sheets import TODAY, grid

T2 = "forbund_2025_T2.se"
DATA = (FOLDER / T2).read_bytes()
OTHER = "Samordningsförbundet Annat"
RENT = ("6010 {} 7083.00", "1930 {} -7083.00")


def lines(text: str) -> list[list[Any]]:
    """A text pasted in column A, a line in each cell."""
    return [[line] if line else [] for line in text.splitlines()]


def with_sheet(title: str, rows: Sequence[Sequence[Any]], first: str = "") -> Grid:
    """The follow-up and a sheet more; ``first``: another title of the follow-up."""
    own = [list(row) for row in FOLLOW_UP]
    own[0] = [first or own[0][0]]
    return grid((SHEET, own), (title, [list(row) for row in rows]))


def of_sheet(book: Grid) -> Plan:
    return fetch_clicked.from_sheet(book, TODAY, "a")


def of_file(book: Grid, books: Ledger, **answers: str) -> Plan:
    return fetch_clicked.from_file(book, TODAY, "a", Given(books, answers))


def asked(book: Grid, books: Ledger, **answers: str) -> Question:
    with pytest.raises(UndecidedError) as error:
        of_file(book, books, **answers)
    return error.value.question


# Out of a file ----------------------------------------------------------------------------------


def test_the_button_does_what_the_command_does() -> None:
    """Cell by cell, out of the same books."""
    plan = of_file(follow_up(), ledger(T2))
    assert plan.edits == fetch(follow_up(), ledger(T2)).edits
    assert plan.edits
    button = BY_NAME["FinsamHamtaUtfall"]
    assert button.of_file is not None
    assert button.of_file(follow_up(), TODAY, "a", Given(ledger(T2))).edits == plan.edits


def test_a_ledger_between_columns_asks_which() -> None:
    """Until September: T1 and T2 can be filled, T2 is the likely one; the year cannot."""
    books = sie(*voucher("20250110", *RENT), *voucher("20250915", *RENT), until="20250930")
    question = asked(follow_up(), books)
    assert (question.name, question.choices, question.likely) == ("till", ("T1", "T2"), "T2")
    assert "2025-09" in question.text
    assert set(column(of_file(follow_up(), books, till="T1"), "E")) >= {13}


def test_a_ledger_that_reaches_no_column_asks_nothing() -> None:
    """There is no answer that would help."""
    books = sie(*voucher("20250110", *RENT), until="20250131")
    with pytest.raises(InputError, match="2025-01") as error:
        of_file(follow_up(), books)
    assert not isinstance(error.value, UndecidedError)


def test_another_associations_books_are_asked_about_and_taken_only_at_a_yes() -> None:
    book = with_sheet("Blad2", [], "Samordningsförbundet Norr, uppföljning 2025, kr")
    question = asked(book, ledger(T2))
    assert (question.name, question.choices) == ("annat-forbund", ("Ja", "Nej"))
    assert question.likely == "Nej"
    assert column(of_file(book, ledger(T2), **{"annat-forbund": "Ja"}), "F")
    with pytest.raises(InputError, match="men arbetsboken är för") as error:
        of_file(book, ledger(T2), **{"annat-forbund": "Nej"})
    assert not isinstance(error.value, UndecidedError), "it is not asked again"


def test_typed_figures_are_asked_about_once() -> None:
    rows = [list(row) for row in FOLLOW_UP]
    for row, typed in ((13, 1), (14, 2)):
        rows[row - 1] += [None] * (6 - len(rows[row - 1]))
        rows[row - 1][5] = typed
    book = follow_up(rows)
    question = asked(book, ledger(T2))
    assert question.name == "bokforing-skriven"
    text = question.text.replace("\xa0", " ")
    assert text.startswith("2 celler har en annan siffra än bokföringens. I Uppföljning!F13 står 1")
    assert "är 56 664. Ska bokföringens skrivas i stället?" in text
    kept = column(of_file(book, ledger(T2), **{"bokforing-skriven": "Nej"}), "F")
    assert not {13, 14} & set(kept)
    assert kept
    taken = column(of_file(book, ledger(T2), **{"bokforing-skriven": "Ja"}), "F")
    assert (taken[13], taken[14]) == (56664, 9166)


def test_rows_that_want_the_same_are_told_and_nothing_is_fetched() -> None:
    rows = [list(row) for row in FOLLOW_UP]
    rows[13][0] = "6010, 65"
    with pytest.raises(InputError, match="passar lika bra på ”Lokalhyra”"):
        of_file(follow_up(rows), ledger(T2))


# Pasted -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [in_notepad(DATA), DATA.decode("cp437"), DATA.decode("cp437").replace("\r\n", "\n\n")],
    ids=["shown as Windows-1252", "shown rightly", "with blank lines"],
)
def test_a_pasted_sie_file_gives_what_the_file_does(text: str) -> None:
    """Its Swedish letters as well: a code of a project has one."""
    plan = of_sheet(with_sheet("Huvudbok", lines(text)))
    assert column(plan, "F") == column(fetch(follow_up(), ledger(T2)), "F")
    assert column(plan, "F")[15] == 278916, "P41VÄN"


def test_a_pasted_ledger_as_a_table_gives_what_the_file_does() -> None:
    text = (FOLDER / "huvudbok_fortnoxlik.txt").read_text(encoding="latin-1")
    rows = [[cell or None for cell in line.split("\t")] for line in text.splitlines()]
    plan = of_sheet(with_sheet("Export T2", rows))
    assert column(plan, "F") == column(fetch(follow_up(), ledger(T2)), "F")


def test_nothing_is_read_or_written_on_the_pasted_sheet() -> None:
    plan = of_sheet(with_sheet("Huvudbok", lines(in_notepad(DATA))))
    assert {edit.sheet for edit in plan.edits} == {SHEET}
    told = [finding.message for finding in plan.findings]
    assert told[-1] == (
        "Bladet Huvudbok behövs inte längre. Ta bort det: där kan stå namn på personer."
    )


@pytest.mark.parametrize(
    ("title", "letter"), [("Huvudbok", "F"), ("Huvudbok T1", "E"), ("t2", "F"), ("T1 T2", "F")]
)
def test_the_name_of_the_sheet_says_which_column(title: str, letter: str) -> None:
    plan = of_sheet(with_sheet(title, lines(in_notepad(DATA))))
    assert {edit.cell[0] for edit in plan.edits} == {letter}


def test_a_name_that_answers_wrongly_is_told_with_the_right_one() -> None:
    with pytest.raises(InputError) as error:
        of_sheet(with_sheet("Huvudbok T3", lines(in_notepad(DATA))))
    assert "döp om bladet så att T1 eller T2 står sist i namnet" in error.value.remedy
    assert "”Huvudbok T2”" in error.value.remedy


def test_another_association_is_taken_where_the_name_of_the_sheet_says_so() -> None:
    first = "Samordningsförbundet Norr, uppföljning 2025, kr"
    with pytest.raises(InputError, match="Norr") as error:
        of_sheet(with_sheet("Bok T2", lines(in_notepad(DATA)), first))
    (better,) = re.findall("till exempel ”(.*)”", error.value.remedy)
    assert better == "Bok T2 Ja"
    assert of_sheet(with_sheet(better, lines(in_notepad(DATA)), first)).edits


def test_typed_figures_stay_and_it_is_said_how_to_have_the_ledgers() -> None:
    rows = [list(row) for row in FOLLOW_UP]
    rows[12] += [None, 1]
    rows[12] = [*rows[12][:4], None, 1]
    book = grid((SHEET, rows), ("Huvudbok", lines(in_notepad(DATA))))
    plan = of_sheet(book)
    assert 13 not in column(plan, "F")
    assert "(1, den första Uppföljning!F13). Töm dem" in plan.findings[-1].message


def test_a_sie_file_whose_lines_were_parted_is_refused() -> None:
    """A program has made numbers and dates of what is in the cells."""
    rows = [line.split(" ") for line in in_notepad(DATA).splitlines() if line]
    with pytest.raises(InputError, match="delade i flera celler, först på rad 1") as error:
        of_sheet(with_sheet("Huvudbok", rows))
    assert "bladet Huvudbok" in error.value.where


def test_two_pasted_ledgers_are_one_too_many() -> None:
    book = grid(
        (SHEET, [list(row) for row in FOLLOW_UP]),
        ("Ett", lines(in_notepad(DATA))),
        ("Två", lines(in_notepad(DATA))),
    )
    with pytest.raises(InputError, match="Flera blad har en bokföring: Ett, Två"):
        of_sheet(book)


def test_nothing_pasted_is_told_with_what_to_paste_and_where() -> None:
    with pytest.raises(InputError, match="Det finns ingen bokföring på något blad") as error:
        of_sheet(follow_up())
    assert "klistra in i cell A1" in error.value.remedy


_LETTERS = st.text(st.sampled_from("abcåäöÅÄÖé §1 "), min_size=1, max_size=12)


@given(_LETTERS, st.sampled_from(["cp437", "cp1252", "utf-8"]))
def test_what_an_editor_shows_is_read_as_the_file_is(name: str, encoding: str) -> None:
    """The name of an association, in whichever encoding a file is and an editor takes it for."""
    text = f'#FLAGGA 0\n#FNAMN "Åäö {name}ö"\n#RAR 0 20250101 20251231\n#RES 0 3010 -1.00\n'
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return
    shown = in_notepad(data) if encoding != "utf-8" else text
    book = grid(("Bok", lines(shown)))
    ((_, pasted),) = ledger_grids.ledgers_of(book, lambda sheet: sheet.title)
    assert pasted.association == reading.read(data, "Bok").association
