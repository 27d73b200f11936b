"""Lines that stand twice, and totals that bear another section's name."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from support.checked import at, of_code

Rows = list[list[Any]]
PARTIES: Rows = [
    ["Ersättning till parterna, tkr"],
    [],
    ["Insats", "Kommunen", "Vården", "Alla parter"],
    ["Brukskraft", 340, 211, 551],
    ["Gruvstigen", 209, 145, 354],
    ["Jobbsteget", 349, 336, 685],
    ["Språk", 130, 116, 246],
    ["Alla insatser", 1_028, 808, 1_836],
]
BUDGET: Rows = [
    ["Budget 2031, tkr"],
    [],
    ["Post", "Budget 2031", "Budget 2030"],
    ["Kansli"],
    ["Lön", 510, 498],
    ["Hyra", 96, 94],
    ["Kansli sammanlagt", 606, 592],
    ["Stödinsatser"],
    ["Bron", 300, 310],
    ["Stigen", 150, 140],
    ["Stödinsatser sammanlagt", 450, 450],
    ["Kostnader sammanlagt", 1_056, 1_042],
]


def _with(rows: Rows, *changes: tuple[int, int, Any]) -> Rows:
    changed = copy.deepcopy(rows)
    for row, column, value in changes:
        changed[row - 1][column - 1] = value
    return changed


def test_tables_with_different_lines() -> None:
    """Each line once, each total under its own section."""
    for rows in (PARTIES, BUDGET):
        assert of_code("rad-tva-ganger", ("Blad", rows)) == []
        assert of_code("summa-fel-avsnitt", ("Blad", rows)) == []


@pytest.mark.parametrize(("rows", "row", "of"), [(PARTIES, 6, 5), (BUDGET, 6, 5)])
def test_a_line_that_stands_twice(rows: Rows, row: int, of: int) -> None:
    """The same name and figures: one is a copy, and both count."""
    copied = copy.deepcopy(rows)
    copied[row - 1] = list(rows[of - 1])
    for total in copied[row:]:
        if total[0] in ("Alla insatser", "Kansli sammanlagt", "Kostnader sammanlagt"):
            moved = zip(total[1:], copied[row - 1][1:], rows[row - 1][1:], strict=True)
            total[1:] = [amount + new - old for amount, new, old in moved]
    (one,) = of_code("rad-tva-ganger", ("Blad", copied))
    assert (one.severity, one.cell, at(one)[3][0]) == ("warning", f"A{row}", f"A{of}")


def test_the_same_name_with_other_figures() -> None:
    """Two rent lines may well be two places."""
    rows = _with(BUDGET, (6, 1, "Lön"))
    assert of_code("rad-tva-ganger", ("Blad", rows)) == []
    rows = _with(PARTIES, (6, 1, "Gruvstigen"), (6, 2, 209))
    assert of_code("rad-tva-ganger", ("Blad", rows)) == []


@pytest.mark.parametrize("label", ["Stödinsatser sammanlagt", "Summa stödinsatser", "Stödinsatser"])
def test_a_total_of_another_section(label: str) -> None:
    """A copied label; whatever the word for a sum."""
    (one,) = of_code("summa-fel-avsnitt", ("Blad", _with(BUDGET, (7, 1, label))))
    assert (one.severity, one.cell) == ("warning", "A7")


def test_a_total_by_another_name() -> None:
    """A name that is no section's is the total's own."""
    assert of_code("summa-fel-avsnitt", ("Blad", _with(BUDGET, (7, 1, "Summa ledning")))) == []


SHARES: Rows = [
    ["Budget 2031, tkr"],
    [],
    ["Post", "Budget 2031"],
    ["Intäkter"],
    ["Staten (50 %)", 4_000],
    ["Regionen (25 %)", 2_000],
    ["Alby", 1_240],
    ["Ekby", 760],
    ["Övrigt", 130],
    ["Summa intäkter", 8_130],
]


def test_shares_of_a_whole_with_other_lines() -> None:
    """The municipalities have the last quarter, and no share in their names."""
    for code in ("andelar-summerar-inte", "andel-i-etikett"):
        assert of_code(code, ("Blad", SHARES)) == []


def test_a_share_that_is_of_another_whole() -> None:
    """Half of 8 000 and a fifth of 10 000 are of no one whole: the fifth is told."""
    rows = _with(SHARES, (6, 1, "Regionen (20 %)"))
    (one,) = of_code("andel-i-etikett", ("Blad", rows))
    assert (one.cell, one.stated, one.calculated) == ("A6", 20, 25)
