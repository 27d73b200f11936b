"""The annual report's statements, notes and overview, typed in many ways: the same table each time.

What they hold is the printed one, read with openpyxl from the shipped workbook; what adds up
to what is written here by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from finsam_xl.actions import budget as action
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget
from finsam_xl.money import round_half_away
from finsam_xl.reading import book as reading
from golden.budget_differences import DIFFERENCES, ROUNDING
from support.budget_layouts import Extra, Layout, Typed, source, write

OUTCOME, BLANK = "outcome", "summa-tom"
LINES, RESULT, EQUITY = "lines-before", "result", "equity"


class Expected(NamedTuple):
    """A statement: kind, unit, roles from the top (by first letter), and what its sums add up.

    Roles: s section, l line, v subline, t total, r result, o opening, c closing. ``sums``:
    by the row's number, counted from 0 as the rows are, the rows it adds up (− for minus).
    """

    kind: str
    unit: str
    roles: str
    sums: Mapping[int, tuple[str, Sequence[int]]]


STATEMENTS: Mapping[str, Expected] = {
    "Resultaträkning": Expected(
        "income_statement", "kr", "lllllrllrlr",
        {5: (RESULT, range(5)), 8: (RESULT, (5, 6, 7)), 10: (RESULT, (8, 9))},
    ),
    "Balansräkning": Expected(
        "balance", "kr", "slsllttsslltlsllttsll",
        {
            5: (LINES, (3, 4)), 6: (LINES, (5,)), 11: (LINES, (9, 10)), 16: (LINES, (14, 15)),
            17: (LINES, (11, 12, 16)),
        },
    ),
    "Kassaflödesanalys": Expected(
        "cash_flow", "kr", "srltlltroc",
        {3: (LINES, (1, 2)), 6: (LINES, (3, 4, 5)), 7: (RESULT, (6,)), 9: (EQUITY, (8, 7))},
    ),
    "Balanskravsresultat": Expected(
        "balanskrav", "kr", "rlrlr", {2: (RESULT, (0, 1)), 4: (RESULT, (2, 3))}
    ),
    "Femårsöversikt": Expected("overview", "tkr", "lvlvrlll", {4: ("operating", (0, 2))}),
    "Not 3": Expected("note", "kr", "llllllllt", {8: (LINES, range(8))}),
    "Not 5": Expected("note", "kr", "slllt", {4: (LINES, (1, 2, 3))}),
    "Not 6": Expected("note", "kr", "llllllt", {6: (LINES, range(6))}),
    "Not 7": Expected("note", "kr", "llt", {2: (LINES, (0, 1))}),
    "Not 8": Expected("note", "kr", "llllllt", {6: (LINES, range(6))}),
}  # fmt: skip
_ROLES = {
    "section": "s", "note": "s", "line": "l", "subline": "v", "total": "t", "result": "r",
    "equity_open": "o", "equity_close": "c",
}  # fmt: skip


def _years(value: Typed) -> Typed:
    """A heading of dates as the year they end."""
    return int(str(value)[:4]) if str(value)[:2] == "20" else value


def _called(word: str) -> Callable[[Typed], Typed]:
    return lambda value: f"{word} {str(value)[:4]}"


def _upper(value: Typed) -> Typed:
    return value.upper() if isinstance(value, str) else value


def _spaced(value: Typed) -> Typed:
    return f"{value:,}".replace(",", "\u00a0") if isinstance(value, int) else value


def _minus(value: Typed) -> Typed:
    return f"\u2212{-value}" if isinstance(value, int) and value < 0 else value


def _columns(name: str) -> tuple[int, ...]:
    return tuple(range(len(source(name).headings)))


def _layouts(name: str) -> list[Layout]:
    """The statement as it is printed, and in ways other offices would type it."""
    columns = _columns(name)
    note = Extra("Not", 3)
    return [
        Layout("as printed", name),
        Layout("further down and to the right", name, top=11, left=4),
        Layout("a note column between", name, order=(note, *columns)),
        Layout("a comment column after", name, order=(*columns, Extra("Kommentar", "se not"))),
        Layout("columns the other way round", name, order=columns[::-1]),
        Layout("years as headings", name, dress=_years),
        Layout("outcomes by name", name, dress=_called("Utfall")),
        Layout("closed accounts by name", name, dress=_called("Bokslut")),
        Layout("capitals", name, dress=_upper, label=str.upper),
        Layout("amounts as text", name, amount=_spaced),
        Layout("true minus signs", name, amount=_minus),
        Layout("an empty row now and then", name, gap_after=lambda n: int(n % 4 == 3)),
        Layout("sheets around it", name, sheet="Blad2", before=("Omslag",), after=("Arkiv",)),
    ]


def _enough(name: str, layout: Layout) -> bool:
    """A single column of a bare year is an amount's heading only with a word beside it."""
    return len(_columns(name)) > 1 or layout.name != "years as headings"


CASES = [
    pytest.param(name, layout, id=f"{name}: {layout.name}")
    for name in STATEMENTS
    for layout in _layouts(name)
    if _enough(name, layout)
]


class Seen(NamedTuple):
    """The tables of a written workbook, and what a run says of them."""

    budgets: list[Budget]
    findings: list[Finding]


def _read(path: Path) -> Seen:
    with Book(path) as book:
        found = reading.budgets(reading.tables(book.grid))
        findings = action.plan(book.grid, found).findings
        return Seen([one.budget for one in found], list(findings))


_ONCE_FILLED = {"Kassaflödesanalys": [(ROUNDING, 6456970, 6456969)]}
"""With the flow that is printed nowhere: 5 502 738 + 954 231 is 6 456 969."""


def _judged(name: str) -> list[tuple[str, float, float]]:
    """The findings that the printed figures give: code, stated, calculated."""
    found = [(d.told, d.printed, d.calculated) for d in DIFFERENCES if d.place == name and d.told]
    return sorted([*found, *_ONCE_FILLED.get(name, ())])


def _told(findings: Sequence[Finding]) -> list[tuple[str, Any, Any]]:
    """The same of what was found; the blank cash flow has a test of its own."""
    quiet = ("tal-som-text", BLANK)
    return sorted((f.code, f.stated, f.calculated) for f in findings if f.code not in quiet)


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_the_same_statement(name: str, layout: Layout, tmp_path: Path) -> None:
    """Kind, unit, periods, scenarios, roles, amounts and sums; and no finding of its own."""
    expected, printed = STATEMENTS[name], source(name)
    seen = _read(write(layout, tmp_path / "bok.xlsx").path)
    (budget,) = seen.budgets
    assert (budget.kind, budget.unit) == (expected.kind, expected.unit)
    order = [n for n in layout.order or _columns(name) if isinstance(n, int)]
    stated = [n for n, column in enumerate(budget.columns) if column.is_stated]
    years = [str(printed.headings[n][0])[:4] for n in order]
    assert [str(budget.columns[n].period) for n in stated] == years
    assert {budget.columns[n].scenario for n in stated} == {OUTCOME}
    rows = budget.rows[: len(expected.roles)]
    assert "".join(_ROLES[row.role] for row in rows) == expected.roles
    for row, label, amounts in zip(rows, printed.labels, printed.amounts, strict=False):
        assert row.label.lower().endswith(label.lstrip("- ").lower())
        read = [row.amounts[n] for n in stated]
        assert read == [a if isinstance(a := amounts[n], int) else None for n in order], label
    found = {one.target: (one.how, sorted(n for n, _ in one.parts)) for one in budget.sums}
    assert found == {row: (how, sorted(parts)) for row, (how, parts) in expected.sums.items()}
    assert _told(seen.findings) == _judged(name)


@pytest.mark.parametrize("name", STATEMENTS)
def test_in_thousands(name: str, tmp_path: Path) -> None:
    """Rounded one by one from kronor, no sum is said to be wrong; the cash flow still is."""
    if STATEMENTS[name].unit == "tkr":
        pytest.skip("it is in thousands already")

    def thousands(value: Typed) -> Typed:
        return int(round_half_away(Fraction(value, 1000))) if isinstance(value, int) else value

    layout = Layout("thousands", name, corner="Belopp i tkr", amount=thousands)
    seen = _read(write(layout, tmp_path / "bok.xlsx").path)
    assert [budget.unit for budget in seen.budgets] == ["tkr"]
    assert seen.budgets[0].kind == STATEMENTS[name].kind
    odd = [f for f in seen.findings if f.severity != "info"]
    wrong = [d for d in DIFFERENCES if d.place == name and d.told not in ("", ROUNDING)]
    assert len(odd) == len(wrong)


def test_two_statements_under_each_other(tmp_path: Path) -> None:
    """Each is a table of its own, of its own kind, and neither takes the other's rows."""
    below = Layout("below", "Kassaflödesanalys")
    layout = Layout("above", "Balansräkning", sheet="Bokslut", more=[below])
    seen = _read(write(layout, tmp_path / "bok.xlsx").path)
    assert [b.kind for b in seen.budgets] == ["balance", "cash_flow"]
    assert [len(b.rows) for b in seen.budgets] == [21, 10]


def test_all_notes_under_each_other(tmp_path: Path) -> None:
    """Five notes on a sheet are five tables, each with its number as its title."""
    names = ["Not 3", "Not 5", "Not 6", "Not 7", "Not 8"]
    path = tmp_path / "bok.xlsx"
    book = openpyxl.Workbook()
    for name in names:
        _append(book.active, name)
    book.save(path)
    seen = _read(path)
    assert [b.title.partition(".")[0] for b in seen.budgets] == names
    assert {f.code for f in seen.findings} == {ROUNDING}


def _append(sheet: Any, name: str) -> None:
    """A table with its title right above the headings and an empty row below, as notes stand."""
    printed = source(name)
    for title in printed.titles:
        sheet.append([title])
    sheet.append([printed.corner, *(heading[0] for heading in printed.headings)])
    for label, amounts in zip(printed.labels, printed.amounts, strict=True):
        sheet.append([label, *amounts])
    sheet.append([None])
    sheet.cell(sheet.max_row + 1, 1, None)


# Single rows, and titles below what is no table ------------------------------------------------


def _sheet(tmp_path: Path, *rows: Sequence[Any]) -> Seen:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "bok.xlsx")
    return _read(tmp_path / "bok.xlsx")


def test_a_note_of_a_single_row(tmp_path: Path) -> None:
    """Not 4 has one row and no total: a table all the same, and nothing to find."""
    seen = _sheet(
        tmp_path,
        ["Not 4. Räkenskapsrevision"],
        ["Belopp i kr", 2021, 2020],
        ["Revision av bokföring och årsredovisning", -29000, -28000],
    )
    (note,) = seen.budgets
    assert (note.kind, note.title, note.unit) == ("note", "Not 4. Räkenskapsrevision", "kr")
    assert [(row.role, row.amounts) for row in note.rows] == [("line", (-29000, -28000))]
    assert seen.findings == []


def test_a_single_row_that_is_no_note(tmp_path: Path) -> None:
    """One row under two years is no table anywhere else."""
    seen = _sheet(tmp_path, ["Folkmängd"], ["Ort", 2021, 2020], ["Umeå", 130000, 129000])
    assert seen.budgets == []


def test_a_note_below_something_that_is_no_table(tmp_path: Path) -> None:
    """What stands above ends at its own rows: the note has its own title."""
    seen = _sheet(
        tmp_path,
        ["Not 4. Räkenskapsrevision"],
        ["Revisorn har granskat bokföringen.", "Datum", "Signatur"],
        ["Granskning", "mars", "AB"],
        [],
        ["Not 7. Årets resultat"],
        ["Belopp i kr", "2021-12-31", "2020-12-31"],
        ["Årets resultat SAMO", -225041, -75366],
        ["Årets resultat HFE", 15101, 92193],
        ["Summa", -209940, 16827],
    )
    (note,) = seen.budgets
    assert note.title == "Not 7. Årets resultat"
    assert [row.role for row in note.rows] == ["line", "line", "total"]
    assert seen.findings == []


def test_a_single_row_note_before_another_note(tmp_path: Path) -> None:
    """Neither takes the other's title or rows."""
    seen = _sheet(
        tmp_path,
        ["Not 4. Räkenskapsrevision"],
        ["Belopp i kr", 2021, 2020],
        ["Revision", -29000, -28000],
        [],
        ["Not 6. Fordringar"],
        ["Belopp i kr", 2021, 2020],
        ["Skattekonto", 42838, 35726],
        ["Momsfordran", 23339, 40391],
        ["Summa", 66177, 76117],
    )
    assert [(b.title, len(b.rows)) for b in seen.budgets] == [
        ("Not 4. Räkenskapsrevision", 1), ("Not 6. Fordringar", 3),
    ]  # fmt: skip
    assert seen.findings == []


# Words for nothing ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    ["Inga", "inga", "INGA", "Inget", "Ingen", "-", "–", "—", "Saknas", "Ej aktuellt", " – "],
)
def test_words_for_nothing_are_blank(word: str, tmp_path: Path) -> None:
    """They count as not stated: no finding, no zero, and the sums hold without them."""
    seen = _sheet(
        tmp_path,
        ["Balansräkning 2021"],
        ["Belopp i kr", "2021-12-31", "2020-12-31"],
        ["Skulder"],
        ["Långfristiga skulder", word, word],
        ["Kortfristiga skulder", 4740, 4730],
        ["Summa skulder", 4740, 4730],
        ["Panter", word, word],
    )
    (balance,) = seen.budgets
    assert balance.rows[1].amounts == (None, None)
    assert balance.rows[4].amounts == (None, None)
    assert seen.findings == []


def test_another_word_is_told(tmp_path: Path) -> None:
    """A word that is neither an amount nor a word for nothing is a warning at its cell."""
    seen = _sheet(
        tmp_path,
        ["Balansräkning 2021"],
        ["Belopp i kr", "2021-12-31", "2020-12-31"],
        ["Fordringar", 82796, "Storgatan"],
        ["Kassa och bank", 6456970, 5502738],
        ["Summa tillgångar", 6539766, 6739910],
    )
    assert [(f.code, f.cell, f.severity) for f in seen.findings] == [
        ("belopp-text", "C3", "warning")
    ]


def test_a_word_that_says_why_not(tmp_path: Path) -> None:
    """There may be an amount that nobody knows yet: nothing is said of it, nor of its total."""
    seen = _sheet(
        tmp_path,
        ["Balansräkning 2021"],
        ["Belopp i kr", "2021-12-31", "2020-12-31"],
        ["Fordringar", 82796, "ej avstämt"],
        ["Kassa och bank", 6456970, 5502738],
        ["Summa tillgångar", 6539766, 6739910],
    )
    assert not seen.findings


# Faults that are faults -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "row"),
    [("Resultaträkning", 5), ("Resultaträkning", 8), ("Balansräkning", 5), ("Balansräkning", 16),
     ("Not 3", 8), ("Not 6", 6), ("Not 8", 6)],
)  # fmt: skip
def test_a_wrong_figure_is_told_once(name: str, row: int, tmp_path: Path) -> None:
    """A sum that is 1 000 too high in the first column is one warning, at its cell."""
    placed = write(Layout("printed", name), tmp_path / "bok.xlsx")
    ref = placed.places[row, 0]
    book = openpyxl.load_workbook(placed.path)
    book[ref.sheet][ref.cell].value += 1000
    book.save(placed.path)
    odd = [f for f in _read(placed.path).findings if f.severity != "info"]
    assert [(f.code, f.cell, f.difference) for f in odd] == [("summa-avviker", ref.cell, 1000)]


def test_a_wrong_result_leaves_the_next_one_alone(tmp_path: Path) -> None:
    """In a single column: the one below is right with what it should have been."""
    placed = write(Layout("printed", "Balanskravsresultat"), tmp_path / "bok.xlsx")
    ref = placed.places[2, 0]
    book = openpyxl.load_workbook(placed.path)
    book[ref.sheet][ref.cell].value += 1000
    book.save(placed.path)
    odd = [f for f in _read(placed.path).findings if f.severity != "info"]
    assert [(f.cell, f.difference) for f in odd] == [(ref.cell, 1000)]


def test_dates_in_cells_as_headings(tmp_path: Path) -> None:
    """What Excel makes of "2021-12-31" when it is typed: a date, not a text."""
    seen = _sheet(
        tmp_path,
        ["Balansräkning 2021"],
        ["Belopp i kr", date(2021, 12, 31), date(2020, 12, 31)],
        ["Fordringar", 82796, 1237172],
        ["Kassa och bank", 6456970, 5502738],
        ["Summa tillgångar", 6539766, 6739910],
    )
    (balance,) = seen.budgets
    assert [str(column.period) for column in balance.columns] == ["2021", "2020"]


def test_a_blank_cash_flow_is_all_that_moves_cash(tmp_path: Path) -> None:
    """The printed one of 2021 is missing: -209 941 + 1 154 376 + 9 796, as cash moved, but for 1."""
    placed = write(Layout("printed", "Kassaflödesanalys"), tmp_path / "bok.xlsx")
    with Book(placed.path) as book:
        edits = action.plan(book.grid, reading.budgets(reading.tables(book.grid))).edits
    assert [(edit.cell, edit.new) for edit in edits] == [(placed.places[7, 0].cell, 954231)]


def test_assets_that_are_not_zero_are_added(tmp_path: Path) -> None:
    """Fixed assets of 100 beside the current ones: the whole is both."""
    seen = _sheet(
        tmp_path,
        ["Balansräkning 2021"],
        ["Belopp i kr", "2021-12-31", "2020-12-31"],
        ["TILLGÅNGAR"],
        ["Anläggningstillgångar", 100, 200],
        ["Omsättningstillgångar"],
        ["Fordringar", 50, 60],
        ["Kassa och bank", 500, 400],
        ["Summa omsättningstillgångar", 550, 460],
        ["SUMMA TILLGÅNGAR", 650, 660],
    )
    (balance,) = seen.budgets
    whole = next(
        one for one in balance.sums if balance.rows[one.target].label == "SUMMA TILLGÅNGAR"
    )
    assert [balance.rows[n].label for n, _ in whole.parts] == [
        "Anläggningstillgångar", "Summa omsättningstillgångar",
    ]  # fmt: skip
    assert seen.findings == []


def test_a_cash_flow_of_three_kinds(tmp_path: Path) -> None:
    """Operations, investments and financing each have their own flow; the year's is all three."""
    seen = _sheet(
        tmp_path,
        ["Kassaflödesanalys 2021"],
        ["Belopp i kr", 2021, 2020],
        ["Årets resultat", 100, 50],
        ["Avskrivningar", 10, 10],
        ["Medel från verksamheten", 110, 60],
        ["Ökning/minskning fordringar", -20, 5],
        ["Kassaflöde från den löpande verksamheten", 90, 65],
        ["Investering i inventarier", -40, -15],
        ["Kassaflöde från investeringsverksamheten", -40, -15],
        ["Upptagna lån", 30, 0],
        ["Kassaflöde från finansieringsverksamheten", 30, 0],
        ["Årets kassaflöde", 80, 50],
        ["Likvida medel vid årets början", 250, 200],
        ["Likvida medel vid årets slut", 330, 250],
    )
    (flow,) = seen.budgets
    parts = {
        flow.rows[one.target].label: [flow.rows[n].label for n, _ in one.parts] for one in flow.sums
    }
    assert parts["Kassaflöde från investeringsverksamheten"] == ["Investering i inventarier"]
    assert len(parts["Årets kassaflöde"]) == 3
    assert seen.findings == []
