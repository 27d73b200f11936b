"""The six variants of one association's books, and the text ledger: the same sums in all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finsam_xl.ledgers.record import PROJECT, Basis, Equation, is_result
from support.bookkeeping import FOLDER, ledger

Sums = dict[tuple[str, str, int], int]
_CLOSING = "8999"
VARIANTS = sorted(p.name for p in FOLDER.iterdir() if p.suffix in (".se", ".txt"))


def facit(until: int = 202512) -> Sums:
    """The sums by account, project and month, in öre, as they were made up."""
    rows = (FOLDER / "FACIT.tsv").read_text(encoding="utf-8").splitlines()[1:]
    told = (row.split("\t") for row in rows)
    return {
        (account, project, int(month)): int(Decimal(amount) * 100)
        for account, project, month, amount in told
        if int(month) <= until
    }


def read(name: str) -> Sums:
    """The same as a file tells them."""
    found = ledger(name)
    sums: Sums = {}
    for entry in found.by_dimension.get(PROJECT, found.entries):
        if is_result(entry.account) and entry.account != _CLOSING:
            key = entry.account, found.code(entry.objects, PROJECT), entry.month.number
            sums[key] = sums.get(key, 0) + entry.amount
    return sums


def test_there_are_seven() -> None:
    assert len(VARIANTS) == 7


@pytest.mark.parametrize("name", VARIANTS)
def test_every_sum_is_right(name: str) -> None:
    assert read(name) == facit(202508 if "T2" in name else 202512)


@pytest.mark.parametrize("name", [name for name in VARIANTS if name.endswith(".se")])
def test_everything_holds(name: str) -> None:
    found = ledger(name)
    assert {one.equation for one in found.checked} >= {
        Equation.BALANCES,
        Equation.RESULTS,
        Equation.WHOLE,
    }
    assert not [one for one in found.checked if one.failed]
    assert not found.oddities


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("forbund_2025_hela.se", "cp437"),
        ("forbund_2025_cp1252.se", "cp1252"),
        ("forbund_2025_utf8.se", "utf-8"),
        ("huvudbok_fortnoxlik.txt", "cp1252"),
    ],
)
def test_letters_are_right_in_every_encoding(name: str, encoding: str) -> None:
    found = ledger(name)
    assert found.encoding == encoding
    assert found.accounts["8410"] == "Ränteintäkter"
    assert any(code == "P41VÄN" for entry in found.entries for _, code in entry.objects)


def test_what_the_file_says_of_itself() -> None:
    found = ledger("forbund_2025_T2.se")
    assert (found.program, found.association, found.org_number) == (
        "Syntetiskt ekonomisystem 1.0", "Samordningsförbundet Påhittat", "222000-0000",
    )  # fmt: skip
    assert (str(found.until), str(found.last_voucher), found.voucher_count) == (
        "2025-08-31", "2025-08-28", 66,
    )  # fmt: skip
    assert ledger("forbund_2025_typ3.se").basis is Basis.MONTHS


def test_no_names_and_no_texts_are_kept() -> None:
    """Objects may be persons, and texts of vouchers speak of them."""
    assert "Vännäs" not in repr(ledger("forbund_2025_hela.se"))
    assert "Rekvisition" not in repr(ledger("forbund_2025_hela.se"))
