"""What real files of fourteen producers break of the format, each in the smallest file that does."""

from __future__ import annotations

from datetime import date

import pytest

from finsam_xl.errors import InputError
from finsam_xl.ledgers import reading
from finsam_xl.ledgers.record import PROJECT, Basis, Entry, Equation, Month, Oddity
from support.bookkeeping import sie, voucher

JANUARY, MARCH = Month(2025, 1), Month(2025, 3)


def failed(ledger: object) -> dict[Equation, list[str]]:
    """The tests that fail, with what fails."""
    tests = ledger.checked  # type: ignore[attr-defined]
    return {one.equation: [name for name, _, _ in one.failed] for one in tests if one.failed}


def test_a_row_that_was_struck_out_does_not_count_nor_one_that_was_added_twice() -> None:
    """``#RTRANS`` is followed by an equal ``#TRANS``; ``#BTRANS`` is gone. Avendo, BL."""
    found = sie(
        '#VER A 1 20250115 ""', "{", "#TRANS 6010 {} 100.00", "#BTRANS 6010 {} 7.00",
        "#RTRANS 1930 {} -100.00", "#TRANS 1930 {} -100.00", "}",
    )  # fmt: skip
    assert [(one.account, one.amount) for one in found.entries] == [
        ("1930", -10000),
        ("6010", 10000),
    ]
    assert found.oddities == {Oddity.STRUCK: 2}
    assert not failed(found)


def test_a_transaction_has_its_own_month() -> None:
    """The voucher's date is another month's. Edison, e-conomic."""
    found = sie(*voucher("20250331", "6010 {} 100.00 20250115", "1930 {} -100.00"))
    assert [(one.account, one.month) for one in found.entries] == [
        ("1930", MARCH),
        ("6010", JANUARY),
    ]
    assert found.oddities == {Oddity.OTHER_DATE: 1}


def test_a_date_of_another_year_gives_way_to_the_vouchers() -> None:
    found = sie(*voucher("20250115", "6010 {} 100.00 20241231", "1930 {} -100.00"))
    assert {one.month for one in found.entries} == {JANUARY}


def test_vouchers_of_another_year_are_left_and_told() -> None:
    rows = ("6010 {} 100.00", "1930 {} -100.00")
    found = sie(*voucher("20241231", *rows), *voucher("20250115", *rows))
    assert sum(one.amount for one in found.entries if one.account == "6010") == 10000
    assert found.oddities == {Oddity.OTHER_YEAR: 2}
    assert found.voucher_count == 1


def test_a_quote_that_is_never_closed_ends_with_its_line() -> None:
    """SoftOne."""
    found = sie(*voucher("20250115", '6010 {} 100.00 20250115 "Hyra', "1930 {} -100.00"))
    assert len(found.entries) == 2
    assert found.oddities == {Oddity.OPEN_QUOTE: 1}


def test_vouchers_without_rows_and_lines_that_say_nothing() -> None:
    """Norstedts: empty vouchers; SoftOne: ``#KTYP`` without a type."""
    found = sie("#KTYP DIFF", '#VER A 1 20250115 ""', "{", "}", "#DIM")
    assert found.oddities == {Oddity.EMPTY_VOUCHER: 1, Oddity.UNREAD_LINE: 1}


def test_what_does_not_hold_is_told_account_by_account() -> None:
    """A part of a year, vouchers taken out, balances of another time."""
    found = sie(
        "#IB 0 1930 1000.00", "#UB 0 1930 950.00", "#UB -1 1930 900.00", "#UB 0 1510 5.00",
        "#RES 0 6010 70.00", "#PSALDO 0 202501 6010 {} 60.00",
        *voucher("20250115", "6010 {} 50.00", "1930 {} -48.00"),
    )  # fmt: skip
    assert failed(found) == {
        Equation.BALANCES: ["1510", "1930"],
        Equation.RESULTS: ["6010"],
        Equation.MONTHS: ["6010 2025-01"],
        Equation.OPENING: ["1930"],
        Equation.VOUCHERS: ["A 1"],
        Equation.WHOLE: [""],
    }
    assert found.basis is Basis.VOUCHERS


def test_a_file_that_states_no_results_breaks_none() -> None:
    """Fortnox 2011: no ``#RES`` at all; ``#OMFATTN`` 1970."""
    found = sie(*voucher("20250115", "6010 {} 50.00", "1930 {} -50.00"), until="19700101")
    assert not failed(found)
    assert found.until is None


MONTHS = [
    (
        "objects repeat the total",
        ["#RES 0 6010 100.00", "#PSALDO 0 202501 6010 {} 100.00", '#PSALDO 0 202501 6010 {6 "P1"} 60.00'],
        [("", 4000), ("P1", 6000)],
    ),
    (
        "the row without objects is the rest",
        ["#RES 0 6010 100.00", "#PSALDO 0 202501 6010 {} 40.00", '#PSALDO 0 202501 6010 {6 "P1"} 60.00'],
        [("", 4000), ("P1", 6000)],
    ),
    (
        "there is no row without objects, and each dimension tells it all",
        [
            "#RES 0 6010 100.00", '#PSALDO 0 202501 6010 {1 "7"} 100.00',
            '#PSALDO 0 202501 6010 {6 "P1"} 100.00',
        ],
        [("P1", 10000)],
    ),
    (
        "several objects in a row",
        [
            "#RES 0 6010 100.00", '#PSALDO 0 202501 6010 {1 "7" 6 "P1"} 60.00',
            '#PSALDO 0 202501 6010 {1 "8" 6 "P2"} 40.00',
        ],
        [("P1", 6000), ("P2", 4000)],
    ),
    (
        "a row that stands twice explains nothing",
        [
            "#RES 0 6010 100.00", "#PSALDO 0 202501 6010 {} 100.00",
            '#PSALDO 0 202501 6010 {6 "P1"} 60.00', '#PSALDO 0 202501 6010 {6 "P1"} 60.00',
        ],
        [("", 10000)],
    ),
    (
        "sums that are none of these",
        ["#RES 0 6010 100.00", "#PSALDO 0 202501 6010 {} 90.00", '#PSALDO 0 202501 6010 {6 "P1"} 60.00'],
        [("", 9000)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "parts"), [m[1:] for m in MONTHS], ids=[m[0] for m in MONTHS])
def test_month_balances(lines: list[str], parts: list[tuple[str, int]]) -> None:
    """Types 2 and 3 have no vouchers: the year's own balance tells what a row is."""
    found = sie(*lines, kind=3)
    assert found.basis is Basis.MONTHS
    told = [(found.code(e.objects, PROJECT), e.amount) for e in found.by_dimension[PROJECT]]
    assert sorted(told) == parts
    is_explained = len(parts) > 1 or parts[0][0] != ""
    assert (Oddity.OBJECTS in found.oddities) is not is_explained


def test_months_of_an_older_year_that_are_said_to_be_of_this_one() -> None:
    found = sie("#PSALDO 0 202401 6010 {} 90.00", "#PSALDO 0 202501 6010 {} 100.00", kind=2)
    assert list(found.entries) == [Entry("6010", (), JANUARY, 10000)]
    assert found.oddities == {Oddity.OTHER_YEAR: 1}


def test_balances_of_the_year_alone() -> None:
    """Type 1, which is also the type of a file that names none."""
    found = sie("#IB 0 1930 10.00", "#UB 0 1930 60.00", "#RES 0 3010 -50.00", kind=1)
    assert found.basis is Basis.YEAR
    assert [(e.account, e.amount, e.month) for e in found.entries] == [
        ("1930", 5000, Month(2025, 4)), ("3010", -5000, Month(2025, 4)),
    ]  # fmt: skip


def test_a_dimension_below_projects_is_a_project() -> None:
    """Visma: ``#UNDERDIM``."""
    rows = ('6010 {61 "K8"} 10.00', '6010 {6 "P1" 61 "K9"} 5.00', "1930 {} -15.00")
    found = sie('#DIM 6 "Projekt"', '#UNDERDIM 61 "Del" 6', *voucher("20250115", *rows))
    codes = {found.code(entry.objects, PROJECT) for entry in found.entries}
    assert codes == {"", "K8", "P1"}


def test_short_and_broken_years() -> None:
    head = ["#SIETYP 4", "#RAR 0 20240901 20250831", "#RAR -1 20240101 20230101"]
    found = reading.read("\n".join([*head, *voucher("20250115", "6010 {} 1.00")]).encode(), "x")
    assert tuple(found.year) == (date(2024, 9, 1), date(2025, 8, 31))
    assert not found.year.is_calendar_year
    assert list(found.years) == [0]


def test_a_year_that_is_not_named_is_that_of_the_vouchers() -> None:
    """Type 4I: vouchers to be imported."""
    found = reading.read(
        "\n".join(["#SIETYP 4", *voucher("20250115", "6010 {} 1.00")]).encode(), "x"
    )
    assert found.year.is_calendar_year
    assert found.oddities == {Oddity.NO_YEAR: 1}


# Refused --------------------------------------------------------------------------------------

BROKEN = "\ufffd"
REFUSED = [
    ("a page that was saved", b"<html><head><title>404 Not Found</title>", "webbsida"),
    ("an answer that was saved", b"404 Not Found", "404 Not Found"),
    ("nothing", b"", "tom"),
    ("noughts", b"\0" * 100, "tom"),
    ("a PDF", b"%PDF-1.7 ...", "PDF"),
    ("a letter", "Hej!\r\nHär kommer siffrorna.".encode(), "Hej!"),
    (
        "a lost letter in a project",
        f'#SIETYP 4\n#RAR 0 20250101 20251231\n#VER A 1 20250115\n{{\n#TRANS 6010 {{6 "P41V{BROKEN}N"}} 1.00\n}}'.encode(),
        "förlorade",
    ),
    (
        "a lost letter in an account",
        f"#SIETYP 4\n#RAR 0 20250101 20251231\n#KONTO 60{BROKEN}0 x".encode(),
        "förlorade",
    ),
    (
        "an amount that is none",
        b"#SIETYP 4\n#RAR 0 20250101 20251231\n#VER A 1 20250115\n{\n#TRANS 6010 {} 1,2,3\n}",
        "Rad 5",
    ),
    (
        "finer than an ore",
        b"#SIETYP 4\n#RAR 0 20250101 20251231\n#VER A 1 20250115\n{\n#TRANS 6010 {} 1.005\n}",
        "Rad 5",
    ),
    (
        "a month that does not exist",
        b"#SIETYP 4\n#RAR 0 20250101 20251231\n#VER A 1 20251315\n{\n#TRANS 6010 {} 1.00\n}",
        "Rad 3",
    ),
    ("no year and no vouchers", b"#SIETYP 1\n#RES 0 6010 1.00", "#RAR"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "told"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_is_no_ledger_is_refused_with_its_name(data: bytes, told: str) -> None:
    with pytest.raises(InputError) as error:
        reading.read(data, "BOK.se")
    assert told in error.value.what
    assert error.value.where == "BOK.se"
    assert error.value.remedy


def test_lost_letters_in_names_are_only_told() -> None:
    found = sie("#KONTO 6010 Lokalhyra").oddities
    text = f'#SIETYP 4\n#RAR 0 20250101 20251231\n#KONTO 6010 "Kontorsm{BROKEN}bler"'
    assert reading.read(text.encode(), "x").oddities == {Oddity.BROKEN_LETTERS: 1}
    assert not found


ENCODED = [("cp437", "utan BOM"), ("cp1252", ""), ("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "")]


@pytest.mark.parametrize("encoding", [name for name, _ in ENCODED])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_any_line_end(encoding: str, end: str) -> None:
    """All of them under ``#FORMAT PC8``."""
    lines = [
        "#FORMAT PC8", "#SIETYP 4", "#RAR 0 20250101 20251231", '#KONTO 8410 "Räntor på är"',
        *voucher("20250115", '6010 {6 "P41VÄN"} 1.00', '6010 {6 "ÅÖåö"} 1.00'),
    ]  # fmt: skip
    found = reading.read(end.join(lines).encode(encoding), "x")
    assert found.accounts["8410"] == "Räntor på är"
    assert {code for one in found.entries for _, code in one.objects} == {"P41VÄN", "ÅÖåö"}
