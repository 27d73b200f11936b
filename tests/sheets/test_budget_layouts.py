"""The shipped tables of amounts, typed in other ways: the same table comes out of each.

Kind, unit, sign, columns, rows, amounts, sums and deviations are compared with the
unmutated table; then the workbook is recomputed, and read with openpyxl.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from finsam_xl.address import position
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model import Ref
from finsam_xl.model_budget import Budget, Known
from finsam_xl.reading import book as reading
from support.budget_layouts import (
    GAP,
    PLACES,
    Extra,
    Layout,
    Typed,
    source,
    write,
)
from support.workbooks import copy, workbook

THIN, NO_BREAK, MINUS = "\u2009", "\u00a0", "\u2212"
# The rows (from 0 below the headings) that add up others, and what they add up, as printed.
FORMULAS_2020: Mapping[int, tuple[tuple[int, int], ...]] = {
    10: tuple((n, 1) for n in range(1, 10)),
    21: tuple((n, 1) for n in range(13, 21)),
    26: tuple((n, 1) for n in range(23, 26)),
    38: tuple((n, 1) for n in range(28, 38)),
    39: ((21, 1), (26, 1), (38, 1)),
    40: ((10, 1), (39, -1)),
    42: ((41, 1), (40, 1)),
}
TOTALS: Mapping[str, frozenset[int]] = {
    "Plan 2018-2020": frozenset({10, 17, 33, 45, 46, 47, 49}),
    "Plan 2020-2022": frozenset(FORMULAS_2020),
    "Budget 2024": frozenset({14, 38}),
    "Tertial 2 2019": frozenset({11, 14, 17, 31, 32}),
}


def _dashless(label: str) -> str:
    return label.removeprefix("-").lstrip()


def _is_line(label: str) -> bool:
    return label.startswith("-")


def _thin(value: Typed) -> Typed:
    return f"{value:,}".replace(",", THIN) if isinstance(value, int) else value


def _unit(value: Typed) -> Typed:
    return f"{value:,} tkr".replace(",", NO_BREAK) if isinstance(value, int) else value


def _true_minus(value: Typed) -> Typed:
    return f"{MINUS}{-value:,}".replace(",", " ") if isinstance(value, int) and value < 0 else value


def _upper(value: Typed) -> Typed:
    return value.upper() if isinstance(value, str) else value


def _broken(value: Typed) -> Typed:
    return value.replace(" ", "\n") if isinstance(value, str) else value


def _text_year(value: Typed) -> Typed:
    return str(value) if isinstance(value, int) else value


LAYOUTS = [
    *(Layout(f"as shipped: {name}", name) for name in PLACES),
    Layout("rows above", "Plan 2018-2020", top=14),
    Layout("empty rows inside", "Budget 2019", gap_after=lambda n: int(n % 5 == 4)),
    Layout("three empty rows after a section", "Plan 2020-2022",
           gap_after=lambda n: 3 if n in (10, 26) else 0),
    Layout("empty columns between", "Tertial 2 2019", order=(0, GAP, 1, GAP, GAP, 2, 3, 4)),
    Layout("own columns between", "Budget 2019",
           order=(Extra("Ansvarig", "AB"), 0, Extra("Konto", "4010"), 1, Extra("Kommentar", "ok"))),
    Layout("columns the other way round", "Plan 2018-2020", order=(5, 4, 3, 2, 1, 0)),
    Layout("outcome, deviation, budget", "Utfall 2021", order=(0, 2, 1)),
    Layout("budget before outcome", "Driftredovisning", order=(1, 0, 2, 3)),
    Layout("labels in column E", "Plan 2018-2020", left=5),
    Layout("sheet renamed and among others", "Tertial 2 2019", sheet="Blad3 (2)",
           before=("Omslag", "Innehåll"), after=("Arkiv",)),
    Layout("headings in capitals", "Tertial 2 2019", dress=_upper),
    Layout("headings in capitals over two rows", "Plan 2018-2020", dress=_upper),
    Layout("headings with line breaks", "Utfall 2021", dress=_broken),
    Layout("headings joined", "Plan 2018-2020", headings="joined"),
    Layout("headings joined and broken", "Budget 2019", headings="joined", dress=_broken),
    Layout("two heading rows with merged years", "Budget 2019", headings="merged"),
    Layout("two heading rows, every year written", "Budget 2019", headings="stacked"),
    Layout("one heading made two", "Budget 2024", headings="stacked", corner=""),
    Layout("scenario over year", "Plan 2018-2020", headings="swapped"),
    Layout("merged scenario over year", "Budget 2024", headings="swapped", corner=""),
    Layout("years as text", "Plan 2020-2022", dress=_text_year),
    Layout("years as text over scenario", "Plan 2018-2020", dress=_text_year),
    Layout("tkr in the corner", "Plan 2018-2020", corner="tkr"),
    Layout("Belopp i tkr in the corner", "Budget 2019", corner="Belopp i tkr"),
    Layout("kr in the corner", "Not 2", corner="(kr)", titles=("Not 2. Medlemsavgifter 2021",)),
    Layout("many title lines", "Budget 2019",
           titles=("Samordningsförbundet Umeåregionen", "Utkast 3, ekonomikontoret",
                   "14. Budget 2019", "Beslutad av styrelsen", "Diarienummer 19/022")),
    Layout("sections merged", "Plan 2018-2020", merge_sections=True),
    Layout("sections merged, signed", "Utfall 2021", merge_sections=True),
    Layout("lines without dashes", "Plan 2020-2022", label=_dashless),
    Layout("varav lines without dashes", "Plan 2018-2020", label=_dashless),
    Layout("lines with en dashes", "Budget 2024",
           label=lambda text: f"– {_dashless(text)}" if _is_line(text) else text),
    Layout("lines indented with spaces", "Tertial 2 2019",
           label=lambda text: f"    {_dashless(text)}" if _is_line(text) else text),
    Layout("lines with bullets", "Budget 2019",
           label=lambda text: f"• {_dashless(text)}" if _is_line(text) else text),
    Layout("codes in a column before", "Bilaga verksamheter", codes="before"),
    Layout("codes in a column after", "Bilaga verksamheter", codes="after"),
    Layout("codes with a space", "Bilaga verksamheter",
           label=lambda text: text.replace(", ", " ", 1) if text[:1] == "P" else text),
    Layout("large amounts as text with thin spaces", "Plan 2018-2020",
           amount=lambda v: _thin(v) if isinstance(v, int) and abs(v) > 999 else v),
    Layout("amounts of lines as text with thin spaces", "Budget 2019",
           amount=lambda v: _thin(v) if isinstance(v, int) and v < 3000 else v),
    Layout("every amount as text with thin spaces", "Plan 2020-2022", amount=_thin),
    Layout("every amount as text with tkr", "Plan 2020-2022", amount=_unit),
    Layout("amounts as text with a true minus", "Utfall 2021", amount=_true_minus),
    Layout("every total is a formula", "Plan 2020-2022", formulas=FORMULAS_2020),
    Layout("two tables below each other", "Plan 2020-2022",
           more=(Layout("below", "Budget 2019"),)),
    Layout("three tables below each other", "Tertial 2 2019",
           more=(Layout("below", "Balansrapport"),)),
    Layout("two tables side by side", "Plan 2020-2022",
           more=(Layout("beside", "Budget 2019", left=7),), beside=True),
    Layout("notes below", "Utfall 2021",
           notes=("*För HFE är bara nettot budgeterat.", "Källa: ekonomisystemet, uttag i mars 2022.",
                  "Budget 2021 antogs av styrelsen i november 2020 och reviderades i maj därpå.")),
    Layout("short note right below", "Plan 2020-2022", notes=("Se även protokoll § 12.",)),
    Layout("hidden rows and columns", "Plan 2018-2020", hidden=True),
    Layout("autofilter", "Tertial 2 2019", autofilter=True),
    Layout("several at once", "Tertial 2 2019", sheet="Uppföljning", top=8, left=4,
           before=("Omslag",), dress=_upper, corner="Belopp i tkr", merge_sections=True,
           order=(2, Extra("Ansvarig", "AB"), 0, GAP, 1, 3, 4), label=_dashless,
           gap_after=lambda n: int(n % 7 == 6), notes=("Källa: ekonomisystemet.",)),
]  # fmt: skip


class Seen(NamedTuple):
    """What the product makes of a table, without its places."""

    kind: str
    unit: str
    sign: str
    columns: frozenset[tuple[str, str]]
    rows: tuple[tuple[str, str, str, str], ...]
    amounts: Mapping[tuple[int, tuple[str, str]], Known]
    sums: Mapping[tuple[int, str], tuple[tuple[str, int], ...]]
    calculated: Mapping[tuple[int, tuple[str, str]], Known]


def _named(column: Any) -> tuple[str, str]:
    return str(column.period), column.scenario


def _of(budget: Budget) -> Seen:
    """Notes, and what stands after the last figure, are left out: they add nothing up."""
    names = [_named(column) for column in budget.columns]
    last = max(n for n, row in enumerate(budget.rows) if any(a is not None for a in row.amounts))
    filled = [n for n, row in enumerate(budget.rows[: last + 1]) if row.role != "note"]
    at = {index: number for number, index in enumerate(filled)}
    return Seen(
        budget.kind,
        budget.unit,
        budget.sign,
        frozenset(names),
        tuple((r.role, r.label, r.code, r.section) for r in map(budget.rows.__getitem__, filled)),
        {
            (at[n], name): amount
            for n in filled
            for name, amount in zip(names, budget.rows[n].amounts, strict=True)
            if amount is not None
        },
        {
            (at[one.target], budget.rows[one.target].label): tuple(
                sorted((budget.rows[row].label, factor) for row, factor in one.parts)
            )
            for one in budget.sums
        },
        {
            (at[one.target], name): amount
            for one in budget.sums
            for column, name in enumerate(names)
            if name[1] != "percent" and (amount := budget.calculated(one, column)) is not None
        },
    )


def _budgets(path: Path) -> list[Budget]:
    with Book(path) as book:
        found = reading.tables(book.grid)
        return [one.budget for one in reading.budgets(found)]


@cache
def _shipped(name: str) -> Seen:
    place = PLACES[name]
    first = place.headings[1] + 1
    return _of(
        next(
            budget
            for budget in _budgets(place.path)
            if budget.sheet == place.sheet and first <= budget.rows[0].row <= place.last
        )
    )


@cache
def _after(name: str, folder: Path) -> Mapping[tuple[int, int], Any]:
    """The figures of a shipped table once its workbook has been recomputed."""
    place = PLACES[name]
    folder.mkdir(exist_ok=True)
    path = copy(place.path, folder)
    with workbook(path) as book:
        book.apply(book.recompute().plan)
    sheet = openpyxl.load_workbook(path, data_only=True)[place.sheet]
    first = place.headings[1] + 1
    return {
        (row - first, column - 2): sheet.cell(row, column).value
        for row in range(first, place.last + 1)
        for column in range(2, place.last_column + 1)
    }


def _id(layout: Layout) -> str:
    return layout.name


def _written_budget(layout: Layout, tmp_path: Path) -> Seen:
    placed = write(layout, tmp_path / "bok.xlsx")
    rows = {position(ref.cell)[0] for ref in placed.places.values()}
    columns = {position(ref.cell)[1] for ref in placed.places.values()}
    found = [
        budget
        for budget in _budgets(placed.path)
        if rows & {row.row for row in budget.rows}
        and columns & {column.number for column in budget.columns}
    ]
    assert found, "the table is not recognised"
    return _of(found[0])


@pytest.mark.parametrize("layout", LAYOUTS, ids=_id)
def test_the_same_table_in_every_layout(layout: Layout, tmp_path: Path) -> None:
    """Kind, unit, sign, columns, rows, amounts and sums do not depend on the layout."""
    seen, shipped = _written_budget(layout, tmp_path), _shipped(layout.table)
    assert (seen.kind, seen.unit, seen.sign) == (shipped.kind, shipped.unit, shipped.sign)
    assert seen.columns == shipped.columns
    assert [row[:2] for row in seen.rows] == [row[:2] for row in shipped.rows]
    assert seen.rows == shipped.rows
    assert seen.amounts == shipped.amounts
    assert seen.sums == shipped.sums
    assert seen.calculated == shipped.calculated


def _values(path: Path, *, data_only: bool) -> dict[Ref, Any]:
    book = openpyxl.load_workbook(path, data_only=data_only)
    return {
        Ref(sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _apply(path: Path) -> None:
    with workbook(path) as book:
        book.apply(book.recompute().plan)


_LARGEST_SHARE, _ROOM_OF_A_SHARE = 3, 0.00051


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        # Per cent are rounded where they are typed, and not where they are formulas.
        return abs(one - other) < (1e-6 if abs(one) > _LARGEST_SHARE else _ROOM_OF_A_SHARE)
    return bool(one == other)


@pytest.mark.parametrize("layout", LAYOUTS, ids=_id)
def test_results_land_in_the_right_cells(
    layout: Layout, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Blank results are filled in with the shipped table's own, and nothing else is written."""
    placed = write(layout, tmp_path / "bok.xlsx")
    before = _values(placed.path, data_only=False)
    _apply(placed.path)
    after = _values(placed.path, data_only=True) | {
        ref: value for ref, value in _values(placed.path, data_only=False).items() if ref in before
    }
    expected = _after(layout.table, tmp_path_factory.getbasetemp() / "skickade")
    filled = {
        ref: expected[key]
        for key, ref in placed.places.items()
        if ref not in before and expected[key] is not None
    }
    second = {ref for ref in after.keys() - filled.keys() - before.keys() if _is_other(layout, ref)}
    changed = {ref for ref, value in after.items() if before.get(ref) != value} - second
    assert changed == set(filled)
    assert not {ref for ref in filled if not _same(after[ref], filled[ref])}
    assert not before.keys() - after.keys()


def _is_other(layout: Layout, ref: Ref) -> bool:
    """Whether a cell belongs to a second table of the layout."""
    last = _end(layout)
    row, column = position(ref.cell)
    return bool(layout.more) and (column >= 7 if layout.beside else row > last)


def _end(layout: Layout) -> int:
    """The last row of a layout's first table, without rows put inside."""
    found = source(layout.table)
    return layout.top + len(found.titles) + 2 + len(found.labels)


@pytest.mark.parametrize("layout", LAYOUTS, ids=_id)
def test_a_second_run_changes_nothing(layout: Layout, tmp_path: Path) -> None:
    """A recomputed workbook is understood as before: the next plan is empty."""
    path = write(layout, tmp_path / "bok.xlsx").path
    _apply(path)
    content = path.read_bytes()
    with workbook(path) as book:
        result = book.recompute()
        assert result.plan.edits == ()
        saved = book.apply(result)
    assert not saved.changed
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", TOTALS)
def test_one_blank_column_of_totals_is_filled_in(name: str, tmp_path: Path) -> None:
    """A new year beside the old ones: its totals follow as theirs do."""
    path = write(Layout("whole", name), tmp_path / "bok.xlsx")
    book = openpyxl.load_workbook(path.path)
    last = 1
    wanted = {}
    for row in TOTALS[name]:
        ref = path.places[row, last]
        wanted[ref] = book[ref.sheet][ref.cell].value
        book[ref.sheet][ref.cell].value = None
    book.save(path.path)
    _apply(path.path)
    after = _values(path.path, data_only=True)
    assert {ref: after.get(ref) for ref in wanted} == pytest.approx(wanted, abs=1)


# How many totals say by name and place what they add ("Summa verksamheter" below the lines of
# "Verksamheter"), and have every line filled in; counted by hand in the documents. "S:a
# projektkostnader" below "Verksamhetskostnader" does not.
WHOLE: Mapping[str, int] = {
    "Plan 2018-2020": 1,
    "Plan 2020-2022": 7,
    "Budget 2024": 4,
    "Tertial 2 2019": 5,
}


@pytest.mark.parametrize("name", TOTALS)
def test_totals_blank_in_every_column_are_filled_in(name: str, tmp_path: Path) -> None:
    """A budget of lines only: labels and places say what every sum adds up.

    Where a line is blank in a column its sums stay blank, and that is said.
    """
    path = write(Layout("whole", name), tmp_path / "bok.xlsx")
    book = openpyxl.load_workbook(path.path)
    wanted = {}
    for (row, _), ref in path.places.items():
        cell = book[ref.sheet][ref.cell]
        if row in TOTALS[name] and cell.value is not None:
            wanted[ref] = cell.value
            cell.value = None
    book.save(path.path)
    with workbook(path.path) as opened:
        result = opened.recompute()
        opened.apply(result)
    told = {
        place.cell
        for f in result.findings
        if f.code == "summa-tom"
        for place in (Ref(f.sheet or "", f.cell or ""), *f.also)
    }
    after = _values(path.path, data_only=True)
    filled = {ref: after[ref] for ref in wanted if ref in after}
    assert len(filled) == WHOLE[name]
    assert filled == pytest.approx({ref: wanted[ref] for ref in filled}, abs=2)
    assert {ref.cell for ref in wanted.keys() - filled.keys()} == told


def test_both_tables_of_a_sheet_are_read(tmp_path: Path) -> None:
    """Below each other each table keeps its own labels and columns."""
    wanted = [_shipped("Budget 2019"), _shipped("Plan 2020-2022")]
    for beside in (False, True):
        left = 7 if beside else 1
        second = Layout("second", "Budget 2019", left=left)
        layout = Layout("two", "Plan 2020-2022", more=(second,), beside=beside)
        budgets = [_of(b) for b in _budgets(write(layout, tmp_path / f"{left}.xlsx").path)]
        assert len(budgets) == 2, f"beside: {beside}"
        for seen in wanted:
            assert seen.columns in [b.columns for b in budgets], f"beside: {beside}"
            assert seen.sums in [b.sums for b in budgets], f"beside: {beside}"


def test_a_column_may_begin_far_down(tmp_path: Path) -> None:
    """A column that is blank in the first section is still a column."""
    path = write(Layout("whole", "Plan 2020-2022"), tmp_path / "bok.xlsx")
    book = openpyxl.load_workbook(path.path)
    for row in range(1, 14):
        if (row, 2) in path.places:
            book.active[path.places[row, 2].cell].value = None
    book.save(path.path)
    columns = {_named(column) for budget in _budgets(path.path) for column in budget.columns}
    assert columns == {("2020", "budget"), ("2021", "budget"), ("2022", "budget")}


def test_the_layouts_are_many_and_differ() -> None:
    """At least sixteen ways besides the shipped one, none of them twice."""
    names = [layout.name for layout in LAYOUTS]
    assert len(set(names)) == len(names)
    assert len(names) - len(PLACES) >= 16
