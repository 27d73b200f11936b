"""Rules of formulas: when they speak and, above all, when they keep silent."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

from finsam_xl.actions import check as action
from finsam_xl.address import letters
from finsam_xl.checks.formulas.rules import check
from finsam_xl.findings import kinds
from support.properties import given
from support.typed_sheets import TODAY, F, Rows, grid, said, typed

_COLUMNS = "BCD"


def _plan(**changed: Any) -> list[list[Any]]:
    """Three lines in three columns with their sum; ``changed``: cell → what stands there."""
    rows: list[list[Any]] = [
        ["Kostnader"],
        ["Hyra", 10, 20, 30],
        ["Lön", 100, 200, 300],
        ["Resor", 1, 2, 3],
        ["Summa", *(F(f"SUM({c}2:{c}4)", 111 * n) for n, c in enumerate(_COLUMNS, start=1))],
    ]
    for cell, value in changed.items():
        rows[int(cell[1:]) - 1][ord(cell[0]) - 65] = value
    return rows


def test_a_plain_table_is_silent() -> None:
    """Sums of all lines in every column."""
    assert said(check, _plan()) == []


SPEAKS = {
    "a line short in one column": (
        _plan(C5=F("SUM(C2:C3)", 220)),
        [("warning", "summa-utelamnar-rad", "C5")],
    ),
    "a line short in every column": (
        _plan(**{f"{c}5": F(f"SUM({c}2:{c}3)", 110) for c in _COLUMNS}),
        [("warning", "summa-utelamnar-rad", "B5")],
    ),
    "begins a line late": (
        _plan(B5=F("SUM(B3:B4)", 101)),
        [("warning", "summa-utelamnar-rad", "B5")],
    ),
    "two lines short": (
        _plan(B5=F("SUM(B2:B2)", 10)),
        [("warning", "summa-utelamnar-rad", "B5")],
    ),
    "sums the column beside": (
        _plan(D5=F("SUM(C2:C4)", 222)),
        [("warning", "formel-avviker", "D5")],
    ),
    "a number added": (
        _plan(D5=F("SUM(D2:D4)+50", 383)),
        [("warning", "formel-avviker", "D5")],
    ),
    "in the middle": (
        _plan(C5=F("SUM(C2:C4)*2", 444)),
        [("warning", "formel-avviker", "C5")],
    ),
    "typed in the middle, the same for now": (_plan(C5=222), [("info", "inskrivet-tal", "C5")]),
    "typed in the middle, another": (_plan(C5=400), [("warning", "inskrivet-tal", "C5")]),
    "typed at the end": (_plan(D5=333), [("info", "inskrivet-tal", "D5")]),
}


@pytest.mark.parametrize("case", SPEAKS)
def test_what_is_found(case: str) -> None:
    """Each fault is found once, at the cell that is likely wrong."""
    rows, wanted = SPEAKS[case]
    assert said(check, rows) == wanted


def _below(*more: list[Any]) -> list[list[Any]]:
    return [*_plan()[:4], *more]


SILENT: dict[str, Rows] = {
    "lines of nothing are no loss": [
        ["Hyra", 10],
        ["Lön", 5],
        ["Resor", 0],
        ["Summa", F("SUM(B1:B2)", 15)],
    ],
    "an index at the end of a row of sums is no sum": [
        ["Väg", 20, 14, 70],
        ["Jämlikhet", 9, 5, 56],
        ["Kvalitet", 8, 8, 100],
        ["Hela", F("SUM(B1:B3)", 37), F("SUM(C1:C3)", 27), 73],
    ],
    "codes of cost places right above the lines": [
        ["Budget 2027 per kostnadsställe, kr"],
        [None, "Kansli", "Team", "Totalt"],
        [None, 100, 210],
        ["Lön", 600, 300, F("SUM(B4:C4)", 900)],
        ["Hyra", 80, 30, F("SUM(B5:C5)", 110)],
        ["Summa", F("SUM(B4:B5)", 680), F("SUM(C4:C5)", 330), F("SUM(D4:D5)", 1010)],
    ],
    "a varav line is inside another": [
        ["Hyra", 10],
        ["Lön", 5],
        ["- varav OB", 2],
        ["Summa", F("SUM(B1:B2)", 15)],
    ],
    "a subtotal above is another's": [
        ["Summa intäkter", 50],
        ["Lön", 5],
        ["Hyra", 10],
        ["Summa", F("SUM(B2:B3)", 15)],
    ],
    "a total before its lines": [
        ["Styrelsen", F("SUM(B2:B3)", 15)],
        ["Lön", 5],
        ["Hyra", 10],
        ["Kansli", 7],
    ],
    "years above": [["Tkr", 2024, 2025], ["Lön", 5, 6], ["Summa", F("SUM(B2:B2)", 5), None]],
    "a number without a name": [["Hyra", 10], [None, 5], ["Summa", F("SUM(B1:B1)", 10)]],
    "a total that is repeated": [
        ["Kansli", 15],
        ["Lön", 5],
        ["Hyra", 10],
        ["Summa", F("SUM(B2:B3)", 15)],
    ],
    "sums across and down": [
        ["Hyra", 1, 2, F("SUM(B1:C1)", 3)],
        ["Lön", 3, 4, F("SUM(B2:C2)", 7)],
        ["Resor", 3, 4, F("SUM(B3:C3)", 7)],
        ["Summa", F("SUM(B1:B3)", 7), F("SUM(C1:C3)", 10), F("SUM(B4:C4)", 17)],
    ],
    "a difference after two sums": [
        ["Hyra", 1, 2, 1],
        ["Lön", 3, 4, 1],
        ["Summa", F("SUM(B1:B2)", 4), F("SUM(C1:C2)", 6), F("C3-B3", 2)],
    ],
    "opening equity is typed in the first year": [
        ["Ingående", 100, F("B3", 90), F("C3", 80)],
        ["Resultat", -10, -10, -10],
        ["Utgående", F("B1+B2", 90), F("C1+C2", 80), F("D1+D2", 70)],
    ],
    "half the row is typed": [
        ["Hyra", 1, 2, 3, 4],
        ["Summa", F("SUM(B1:B1)", 1), F("SUM(C1:C1)", 2), 3, 4],
    ],
    "a total typed above": [
        ["Bidrag", 40, 50],
        ["EU-medel", 10, None],
        ["Medel", 50, 50],
        ["Lön", 5, 5],
        ["Hyra", 1, 1],
        ["Kostnader", F("SUM(B4:B5)", 6), F("SUM(C4:C5)", 6)],
    ],
    "growth by different rates": [
        ["Hyra", 100, F("B1*1.02", 102), F("C1*1.02", 104), F("D1*1.05", 109)],
    ],
    "two of different forms": [["Hyra", 1, 2], ["A", F("B1*2", 2), F("C1+1", 3)]],
    "a named empty cell is a blank line": [["Hyra", None], ["Summa", F("B1+B1", 0)]],
    "an empty cell asked for": [[None], ["Summa", F('IF(A1="",0,A1)', 0)]],
    "words in a function for words": [["Hyra", "hyra"], ["Summa", F("LEN(B1)+1", 5)]],
    "a number as text is told elsewhere": [["Hyra", "1 200"], ["Summa", F("B1*2", 2400)]],
    "a table's own columns": [["Summa", F("SUM(Tabell[Belopp])", 5)]],
    "whole columns": [["Summa", F("SUM(D:D)", 5), F("SUM(E:E)", 5), F("SUM(G:G)", 5)]],
}


@pytest.mark.parametrize("case", SILENT)
def test_what_is_let_be(case: str) -> None:
    """Nothing is said where a person would shake their head."""
    assert said(check, SILENT[case]) == []


def test_a_line_left_out_of_a_list_of_lines() -> None:
    """B1+B2+B4: the one in between is named with its amount."""
    rows: Rows = [
        ["Hyra", 1],
        ["Lön", 2],
        ["Resor", 40],
        ["Porto", 8],
        ["Summa", F("B1+B2+B4", 11)],
    ]
    (found,) = check([typed(("Blad", rows))])
    assert (found.code, found.cell) == ("summa-utelamnar-rad", "B5")
    assert "”Resor” (B3, 40)" in found.message


def test_a_row_of_short_sums_is_one_finding() -> None:
    """The first cell is named, the others are with it."""
    rows = _plan(**{f"{c}5": F(f"SUM({c}2:{c}3)", 110) for c in _COLUMNS})
    (found,) = check([typed(("Blad", rows), file="bok.xlsx")])
    assert [ref.cell for ref in found.also] == ["C5", "D5"]
    assert found.file == "bok.xlsx"


def test_the_formula_that_was_expected_is_given() -> None:
    """Stated and calculated are both formulas."""
    (found,) = check([typed(("Blad", _plan(D5=F("SUM(C2:C4)", 222))))])
    assert (found.stated, found.calculated) == ("=SUM(C2:C4)", "=SUM(D2:D4)")


def test_what_differs_down_a_column() -> None:
    """Deviations line by line, one of them against the wrong column; one typed."""
    rows = [["Rad", 5, 4, F(f"B{row}-C{row}", 1)] for row in range(1, 8)]
    rows[2][3] = F("B3-B3", 0)
    rows[5][3] = 1
    assert said(check, rows) == [
        ("warning", "formel-avviker", "D3"),
        ("info", "inskrivet-tal", "D6"),
    ]


def test_references_that_lead_astray() -> None:
    """To an empty cell that nothing names, and to a word; each said once."""
    rows: Rows = [
        ["Hyra", 10, "saknas"],
        ["A", F("B1+B9", 10), F("B1-B9", 10), F("C1*2", "#VALUE!")],
    ]
    assert said(check, rows) == [
        ("warning", "formel-tom-cell", "B2"),
        ("warning", "formel-raknar-med-text", "D2"),
    ]


def test_references_to_other_sheets() -> None:
    """A sheet whose cells are known is looked at, one that is not there is left alone."""
    material = typed(
        ("Ett", [["Summa", F("'Två'!C9+Tre!A1", 0)]]),
        ("Två", [["Hyra", F("1+1", 2)]]),
    )
    (found,) = check([material])
    assert found.code == "formel-tom-cell"
    assert "Två!C9" in found.message


def test_other_workbooks_are_named_once() -> None:
    """One note per workbook, however many formulas; columns of a table are no workbook."""
    rows = [
        ["A", F("[budget.xlsx]Blad1!B2+1", 1), F("'C:\\Ekonomi\\[budget.xlsx]Blad 1'!B3", 1)],
        ["B", F("[2]Blad1!B2", 1), F("SUM(Tabell1[Belopp])", 1)],
    ]
    found = list(check([typed(("Blad", rows))]))
    assert [(one.severity, one.code, one.cell) for one in found] == [
        ("info", "extern-lank", "B1"),
        ("info", "extern-lank", "B2"),
    ]
    assert "budget.xlsx" in found[0].message
    assert [ref.cell for ref in found[0].also] == ["C1"]


def test_a_short_sum_is_not_told_twice() -> None:
    """Kontrollera says why a sum differs, and then not that it differs."""
    rows: list[list[Any]] = [
        ["Budget"],
        [None, "Budget 2024", "Budget 2025"],
        ["Kostnader"],
        ["Hyra", 100, 100],
        ["Lön", 200, 200],
        ["Resor", 50, 50],
        ["Summa kostnader", F("SUM(B4:B6)", 350), F("SUM(C4:C5)", 300)],
    ]
    found = action.check([action.Book("", grid(("Budget", rows)))], today=TODAY).findings
    assert [(one.code, one.cell) for one in found if one.severity == "warning"] == [
        ("summa-utelamnar-rad", "C7")
    ]


@given(st.integers(2, 8), st.integers(1, 6), st.integers(1, 9))
def test_formulas_of_one_form_are_never_spoken_of(lines: int, columns: int, amount: int) -> None:
    """However many lines and columns, with sums down, across and a share of a fixed cell."""
    last = letters(columns + 1)
    rows: list[list[Any]] = [
        [f"Rad {n}", *[amount] * columns, F(f"SUM(B{n}:{last}{n})", amount * columns)]
        for n in range(1, lines + 1)
    ]
    total = [letters(c) for c in range(2, columns + 3)]
    rows.append(["Summa", *(F(f"SUM({c}1:{c}{lines})", amount * lines) for c in total)])
    rows.append(["Andel", *(F(f"{c}{lines + 1}/$B$1", 1) for c in total)])
    assert said(check, rows) == []


_TEXTS = st.text(st.sampled_from("AB12$:+-*/(),'!.SUMIF[]\"# xå"), max_size=14)
_CELLS = st.one_of(
    st.none(),
    st.integers(-9, 9),
    st.floats(-9, 9),
    st.booleans(),
    st.sampled_from(["Hyra", "Summa", "#REF!", "1 200", ""]),
    st.builds(F, _TEXTS, st.one_of(st.none(), st.integers(0, 9))),
)


@given(st.lists(st.lists(_CELLS, max_size=5), max_size=7))
def test_no_sheet_makes_the_rules_stumble(rows: list[list[Any]]) -> None:
    """Whatever stands in the cells, and however a formula is written."""
    for severity, code, cell in said(check, rows):
        assert severity in kinds()[code].severities
        assert cell
