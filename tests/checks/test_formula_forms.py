"""Formulas that say the same in other words are alike; those that do not are told."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.checks.formulas.rules import check
from support.typed_sheets import F, Rows, typed

_LINES = ("Hyra", "Lön", "Resor", "Tele", "Kurs")
Told = list[tuple[str, str, str]]


def _months(**changed: Any) -> Rows:
    """Five lines over five months, with sums across and down; ``changed``: cell → content."""
    rows: list[list[Any]] = [["Post", "jan", "feb", "mar", "apr", "maj", "Summa"]]
    for row, name in enumerate(_LINES, start=2):
        amounts = [10 * row + month for month in range(5)]
        rows.append([name, *amounts, F(f"SUM(B{row}:F{row})", sum(amounts))])
    sums = [200 + 5 * n for n in range(5)]
    rows.append(["Summa", *(F(f"SUM({c}2:{c}6)", n) for c, n in zip("BCDEF", sums, strict=True))])
    rows[-1].append(F("SUM(G2:G6)", sum(sums)))
    return _changed(rows, changed)


def test_a_deviation_of_the_result_may_be_either_difference() -> None:
    """The result's rows, as across, or its own columns, as the deviations of the lines."""
    rows: list[list[Any]] = [["Post", "Budget", "Utfall", "Prognos", "Avvikelse"]]
    for row, (name, amount) in enumerate((("A", 10), ("B", 20), ("C", 30), ("D", 40)), start=2):
        rows.append([name, amount, amount, amount + 1, F(f"D{row}-B{row}", 1)])
    rows.append(["Intäkter", 130, 130, 130, 0])
    rows.append(["Kostnader", 100, 100, 104, 4])
    rows.append(
        ["Resultat", *(F(f"{c}6-{c}7", n) for c, n in zip("BCD", (30, 30, 26), strict=True))]
    )
    rows[-1].append(F("D8-B8", -4))
    assert [one.code for one in check([typed(("Blad", rows))])] == []


def _products(**changed: Any) -> Rows:
    rows: list[list[Any]] = [["Post", "Antal", "Pris", "Belopp"]]
    rows += [[f"Vara {n}", n, 10, F(f"B{n}*C{n}", 10 * n)] for n in range(2, 8)]
    return _changed(rows, changed)


def _sections(total: str) -> Rows:
    rows: list[list[Any]] = [["Post", "A", "B", "C"]]
    for name, first in (("M", 2), ("N", 6)):
        rows += [[f"{name}{row}", row, 2 * row, 3 * row] for row in range(first, first + 3)]
        made = [
            F(f"SUM({c}{first}:{c}{first + 2})", 3 * (first + 1) * n)
            for n, c in enumerate("BCD", 1)
        ]
        rows.append([f"Summa {name}", *made])
    rows.append(["Totalt", *(F(total.replace("#", c), 60 * n) for n, c in enumerate("BCD", 1))])
    return rows


def _changed(rows: list[list[Any]], changed: dict[str, Any]) -> Rows:
    for cell, value in changed.items():
        rows[int(cell[1:]) - 1][ord(cell[0]) - 65] = value
    return rows


def _said(rows: Rows) -> Told:
    return _told(("Blad", rows))


def _told(*sheets: tuple[str, Rows]) -> Told:
    found = check([typed(*sheets)])
    return [(one.severity, one.code, one.cell or "") for one in found]


ALIKE = {
    "spaces": _months(D7=F("SUM( D2 : D6 )", 210)),
    "a plus before it": _months(D7=F("+SUM(D2:D6)", 210)),
    "brackets around it": _months(D7=F("(SUM(D2:D6))", 210)),
    "fixed rows": _months(D7=F("SUM(D$2:D$6)", 210)),
    "terms backwards": _months(D7=F("D6+D5+D4+D3+D2", 210)),
    "a sum of cells": _months(D7=F("SUM(D2,D3,D4,D5,D6)", 210)),
    "two minus are a plus": _months(G4=F("B4--C4+D4+E4+F4", 210)),
    "factors turned": _products(D5=F("C5*B5", 50)),
    "the same cell, fixed": _products(D5=F("B5*C$5", 50)),
    "constants that vary": _months(
        **{f"G{n}": F(f"SUM(B{n}:F{n})*1.0{n}", 1) for n in range(2, 7)}
    ),
    "a total of subtotals": _sections("#5+#9"),
}


@pytest.mark.parametrize("rows", ALIKE.values(), ids=ALIKE)
def test_the_same_in_other_words_is_silent(rows: Rows) -> None:
    """What gives the same in every case is no deviation."""
    assert _said(rows) == []


APART = {
    "a difference typed over": (
        _changed(
            [
                ["Post", "A", "B", "Kvar"],
                *([f"L{n}", 90, n, F(f"B{n}-C{n}", 90 - n)] for n in range(2, 8)),
            ],
            {"D4": 60},
        ),
        ("warning", "inskrivet-tal", "D4"),
    ),
    "the row below": (_months(G4=F("SUM(B5:F5)", 260)), ("warning", "formel-avviker", "G4")),
    "a month short": (_months(G4=F("SUM(C4:F4)", 170)), ("warning", "formel-avviker", "G4")),
    "a minus of two": (
        _changed(
            [
                ["Post", "A", "B", "Skillnad"],
                *([f"L{n}", 9, n, F(f"B{n}-C{n}", 9 - n)] for n in range(2, 8)),
            ],
            {"D4": F("B4--C4", 13)},
        ),
        ("warning", "formel-avviker", "D4"),
    ),
    "another price": (_products(D5=F("B5*C4", 50)), ("warning", "formel-avviker", "D5")),
    "rounded": (_products(D5=F("ROUND(B5*C5,0)", 50)), ("info", "formel-avviker", "D5")),
    "errors caught": (_products(D5=F("IFERROR(B5*C5,0)", 50)), ("info", "formel-avviker", "D5")),
    "what is gone": (
        _months(D7=F("SUM(D2:D6)+#REF!", "#REF!")),
        ("error", "hanvisning-bruten", "D7"),
    ),
    "what is gone, hidden": (
        _products(D5=F("IFERROR(B5*#REF!,0)", 0)),
        ("error", "hanvisning-bruten", "D5"),
    ),
    "all row sums leave out the first month": (
        _months(**{f"G{n}": F(f"SUM(C{n}:F{n})", 1) for n in range(2, 7)}),
        ("warning", "summa-utelamnar-kolumn", "G2"),
    ),
    "a total of lines and subtotals": (
        _sections("SUM(#2:#9)"),
        ("warning", "delsumma-dubbelt", "B10"),
    ),
}


@pytest.mark.parametrize(("rows", "wanted"), APART.values(), ids=APART)
def test_what_says_something_else_is_told_once(rows: Rows, wanted: tuple[str, str, str]) -> None:
    """One finding for each."""
    assert _said(rows) == [wanted]


def test_a_block_of_deviating_formulas_is_one_finding() -> None:
    """Three of nine, over blank columns: the first of them with the others beside."""
    rows: list[list[Any]] = [["Post"], *([f"L{n}"] for n in range(2, 6)), ["Summa"]]
    for place in range(9):
        letter = "BDFHJLNPR"[place]
        rows[0] += [f"k{place}", None]
        for row in range(2, 6):
            rows[row - 1] += [row + place, None]
        text = f"SUM({letter}2:{letter}5)" if place < 6 else f"SUM({letter}2:{letter}5)+{letter}4"
        rows[5] += [F(text, 14 + 4 * place), None]
    found = check([typed(("Blad", rows))])
    assert [(one.cell, [ref.cell for ref in one.also]) for one in found] == [("N6", ["P6", "R6"])]


@pytest.mark.parametrize("income", [1, 3, 5])
def test_a_sign_that_is_turned_for_income_is_silent(income: int) -> None:
    """A ledger has income with minus; turned where the others come out alike it is a slip."""
    ledger: list[list[Any]] = [["Konto", "Saldo"], *([f"K{n}", 100 * n] for n in range(2, 9))]
    ledger[income] = [f"K{income + 1}", -700]
    rows: list[list[Any]] = [["Post", "Utfall"]]
    rows += [[f"P{n}", F(f"Bok!B{n}", 100 * n)] for n in range(2, 9)]
    rows[income][1] = F(f"-Bok!B{income + 1}", 700)
    assert _told(("Blad", rows), ("Bok", ledger)) == []
    ledger[income][1], rows[income][1] = 700, F(f"-Bok!B{income + 1}", -700)
    assert _told(("Blad", rows), ("Bok", ledger)) == [
        ("warning", "formel-avviker", f"B{income + 1}")
    ]


def test_a_line_that_is_fetched_from_elsewhere_is_no_mistake() -> None:
    """Lines may stand in another order on the other sheet; by its name it is another's link."""
    other: list[list[Any]] = [["Post", "Utfall"], *([f"P{n}", 10 * n] for n in range(2, 10))]
    rows: list[list[Any]] = [["Post", "Utfall"]]
    rows += [[f"P{n}", F(f"Bok!B{n}", 10 * n)] for n in range(2, 9)]
    rows[4] = ["P9", F("Bok!B9", 90)]
    assert not [told for told in _told(("Blad", rows), ("Bok", other)) if told[0] != "info"]
    rows[4] = ["P5", F("Bok!B9", 90)]
    assert _told(("Blad", rows), ("Bok", other)) == [("warning", "lank-avviker", "B5")]


def test_differences_turned_in_several_rows_are_silent() -> None:
    """More income and less cost are both better: the sign follows the kind of line."""
    rows: list[list[Any]] = [["Post", "A", "B", "Skillnad"]]
    rows += [[f"L{n}", 9, n, F(f"C{n}-B{n}" if n < 4 else f"B{n}-C{n}", 1)] for n in range(2, 10)]
    assert _said(rows) == []


def test_a_hidden_row_in_a_sum_is_a_note() -> None:
    """What is seen is not the sum; a row outside all sums may be hidden."""
    book = typed(("Blad", _months()))
    for row, wanted in ((4, [("info", "dold-rad", "B4")]), (7, [])):
        found = check([book._replace(hidden={"Blad": frozenset({row})})])
        assert [(one.severity, one.code, one.cell) for one in found] == wanted
