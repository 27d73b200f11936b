"""The small workbooks of *demo*: a year in an invented association, from ``data/tour``.

A sheet is a file with a row a line: what the row is, then its cells; a formula begins with ``=``.
The value that a formula shows is calculated by the engine the product uses for closed files.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from book import make
from styles import AMOUNT, SHARE, Book, Cell, Formula, Sheet, Styles, page, put, put_heading

from finsam_xl.address import a1
from finsam_xl.hosts.ooxml.engineprocess import Engine

ASSOCIATION = "Samordningsförbundet Björkdalen"
_DATA = Path(__file__).with_name("data") / "tour"
_MADE = datetime(2025, 11, 3, tzinfo=UTC)
_PATIENCE = 60.0
_FIRST_WIDTH, _WIDTH = 34.0, 13.0
_SHARE = "Andel"
_TEXTS = ("Kommentar", "Målområde", "Mål", "Indikator", "Regel", "Gräns")


class Leaf(NamedTuple):
    """A sheet: its name, its file in the data, and widths other than the usual, by column."""

    name: str
    data: str
    widths: Mapping[int, float] = {}


_TEAM = {0: 7.0, 1: 16.0, 2: 28.0, 3: 40.0, 4: 20.0, 5: 9.0, 6: 7.0, 7: 10.0, 8: 10.0, 9: 10.0}
BOOKS: Mapping[str, tuple[Leaf, ...]] = {
    "budget-2025": (
        Leaf("Budget 2025", "budget-2025"),
        Leaf("Medlemsavgifter", "fees-2025", {0: 20.0, 1: 18.0}),
    ),
    "uppfoljning-2025": (
        Leaf("T1", "t1-2025", {7: 28.0}),
        Leaf("T2", "t2-2025", {7: 28.0}),
    ),
    "arsredovisning-2025": (
        Leaf("Resultaträkning", "income-2025"),
        Leaf("Balansräkning", "balance-2025"),
        Leaf("Deltagare", "people-2025", {0: 20.0}),
    ),
    "social-budget-2025": (
        Leaf("Team Björkåsa", "team-bjorkasa", _TEAM),
        Leaf("Team Sjöviken", "team-sjoviken", _TEAM),
        Leaf("Impactindex", "index", {0: 20.0}),
    ),
    "budget-2026": (
        Leaf("Budget 2026", "budget-2026", {5: 24.0}),
        Leaf("Medlemsavgifter 2026", "fees-2026", {0: 20.0, 1: 18.0}),
    ),
}
"""The workbooks by the names they are shipped under."""


class _Row(NamedTuple):
    kind: str
    cells: tuple[str, ...]


def build(name: str) -> bytes:
    """Make one of the workbooks."""
    rows = {leaf.name: tuple(_rows(leaf.data)) for leaf in BOOKS[name]}
    shown = _calculated(rows)

    def fill(workbook: Book, styles: Styles) -> None:
        for leaf in BOOKS[name]:
            sheet = workbook.add_worksheet(leaf.name)
            _lay_out(sheet, leaf, rows[leaf.name])
            for at, row in enumerate(rows[leaf.name]):
                _write(sheet, styles, at, row, _heads(rows[leaf.name], at), shown[leaf.name])

    return make({"title": BOOKS[name][0].name, "subject": ASSOCIATION, "created": _MADE}, fill)


BUILDS: Mapping[str, Callable[[], bytes]] = {
    f"demo/{name}.xlsx": partial(build, name) for name in BOOKS
}
"""What is built, by its place below the folder workbooks."""


def _rows(data: str) -> Iterator[_Row]:
    with (_DATA / f"{data}.csv").open(encoding="utf-8", newline="") as file:
        for kind, *cells in csv.reader(file, delimiter=";"):
            yield _Row(kind, tuple(cells))


def _heads(rows: Sequence[_Row], at: int) -> tuple[str, ...]:
    """The headings above a row."""
    return next((row.cells for row in reversed(rows[:at]) if row.kind == "head"), ())


def _lay_out(sheet: Sheet, leaf: Leaf, rows: Sequence[_Row]) -> None:
    last = max(len(row.cells) for row in rows) - 1
    for col in range(last + 1):
        sheet.set_column(col, col, leaf.widths.get(col, _WIDTH if col else _FIRST_WIDTH))
    head = next(at for at, row in enumerate(rows) if row.kind == "head")
    sheet.freeze_panes(head + 1, 1)
    page(sheet)


def _write(
    sheet: Sheet,
    styles: Styles,
    at: int,
    row: _Row,
    heads: Sequence[str],
    shown: Mapping[tuple[int, int], float],
) -> None:
    if row.kind == "head":
        words = (_look(head, col) for col, head in enumerate(row.cells))
        put_heading(sheet, at, zip(row.cells, words, strict=True), styles)
        return
    look = {"title": "title" if at == 0 else "subtitle", "section": "subtitle"}.get(
        row.kind, "plain"
    )
    for col, text in enumerate(row.cells):
        is_share = col < len(heads) and heads[col] == _SHARE
        number = SHARE if is_share else AMOUNT
        value = _cell(text, shown.get((at + 1, col + 1), 0), number)
        here = _look(heads[col], col) if col and col < len(heads) else look
        style = styles.get(here, "" if isinstance(value, str) else number, total=row.kind == "sum")
        if value is not None or row.kind == "sum":
            put(sheet, at, col, value, style)


def _look(head: str, col: int) -> str:
    """How the cells under a heading look, and itself: texts beside figures stand apart."""
    if col == 0:
        return "text"
    return "indented" if head in _TEXTS else "count"


def _cell(text: str, shown: float, number: str) -> Cell:
    if not text:
        return None
    if text.startswith("="):
        return Formula(text[1:], shown, number)
    return int(text) if text.lstrip("-").isdecimal() else text


def _calculated(sheets: Mapping[str, Sequence[_Row]]) -> dict[str, dict[tuple[int, int], float]]:
    """What every formula gives, by sheet, row and column from 1."""
    given: list[tuple[tuple[str, int, int], float | str]] = []
    asked: list[tuple[tuple[str, int, int], str]] = []
    for name, rows in sheets.items():
        for at, row in enumerate(rows, 1):
            for col, text in enumerate(row.cells, 1):
                if text.startswith("="):
                    asked.append(((name, at, col), text))
                elif text:
                    value = _cell(text, 0, "")
                    given.append(((name, at, col), value if isinstance(value, int) else text))
    engine = Engine()
    results = engine.calculate(list(sheets), {}, given, [asked], _PATIENCE)
    engine.close()
    found: dict[str, dict[tuple[int, int], float]] = {name: {} for name in sheets}
    for (name, at, col), formula in asked:
        value = results.values.get((name, at, col))
        if not isinstance(value, int | float):
            raise TypeError(f"{name} {a1(at, col)}: {formula} gives {value!r}")
        found[name][at, col] = value
    return found
