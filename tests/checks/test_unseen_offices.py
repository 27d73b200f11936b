"""Sheets of offices that nobody here had seen in which nothing is wrong: nothing is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from finsam_xl.actions import check
from support.typed_sheets import F, grid

_DAY = date(2031, 11, 30)


def codes(*rows: list[Any]) -> set[tuple[str, str]]:
    book = check.Book("", grid(("Blad", list(rows))))
    return {(f.code, f.cell or "") for f in check.check([book], today=_DAY).findings}


def _of(code: str, *rows: list[Any]) -> set[str]:
    return {cell for found, cell in codes(*rows) if found == code}


def _paid(last: int) -> list[list[Any]]:
    return [
        ["Uppföljning januari–augusti 2031, kr"],
        ["Post", "Utfall jan–aug 2031", "Budget 2031"],
        ["Bidrag FK", 1333333, 2000000],
        ["Bidrag region", 666667, 1000000],
        ["Bidrag kommuner", last, 1000000],
        ["Summa intäkter", 2000000 + last, 4000000],
    ]


@pytest.mark.parametrize("last", [666666, 666667, 666668 - 2])
def test_fees_that_a_unit_makes_even_follow_the_year(last: int) -> None:
    assert not _of("avgift-hittills", *_paid(last))


def test_a_fee_that_is_two_units_off_does_not() -> None:
    assert _of("avgift-hittills", *_paid(660000)) == {"B5"}


@pytest.mark.parametrize("heading", ["Diff", "Avvikelse", "Skillnad"])
def test_two_years_budgets_have_no_wrong_year(heading: str) -> None:
    rows: list[list[Any]] = [
        ["Detaljbudget 2032 (kr)"],
        ["", "Budget 2032", "Budget 2031", heading],
        ["Arvoden", 80000, 78000, 2000],
        ["Lön", 1190000, 1150000, 40000],
        ["Lokal", 96000, 94000, 2000],
        ["Summa kostnader", 1366000, 1322000, 44000],
    ]
    assert not _of("avvikelse-fel-ar", *rows)


_SHARES = [("Löner", 2100), ("Tjänster", 2500), ("Lokaler", 280), ("Övrigt", 220)]


def _shares(*, digits: int | None) -> list[list[Any]]:
    """Of 5 100: 41,2 and 49,0 and 5,5 and 4,3, which are 99 when each is rounded down or up."""
    found: list[list[Any]] = [["Kostnader 2031"], ["Slag", "tkr", "andel %"]]
    for at, (name, amount) in enumerate(_SHARES, 3):
        share = 100 * amount / 5100
        text = f"100*B{at}/B7" if digits is None else f"ROUND(100*B{at}/B7,{digits})"
        found.append([name, amount, F(text, share if digits is None else round(share, digits))])
    return [*found, ["Totalt", 5100, 100]]


def test_shares_that_formulas_round_need_not_be_a_hundred_together() -> None:
    assert sum(row[2].result for row in _shares(digits=0)[2:6]) == 99
    assert not _of("andelar-inte-hela", *_shares(digits=0))


def test_exact_shares_must_be_a_hundred_together() -> None:
    rows = _shares(digits=None)
    rows[5][1], rows[5][2] = 120, F("100*B6/B7", 100 * 120 / 5100)
    assert _of("andelar-inte-hela", *rows)


@pytest.mark.parametrize("label", ["Ack diff", "Avvikelse", "Diff mot budget", "Avv ack"])
def test_what_is_better_or_worse_has_either_sign(label: str) -> None:
    rows: list[list[Any]] = [
        ["Utfall 2031 (kr)"],
        ["Post", "Jan", "Feb", "Mar", "Apr"],
        ["Utfall", 118430, 125020, 111975, 119300],
        ["Hyra", 9000, 9000, 9000, 9000],
        [label, 3570, -3450, 4575, 5275],
    ]
    assert not _of("tecken-avviker", *rows)
