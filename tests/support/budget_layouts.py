"""Tables of the shipped budget workbooks written down again as other offices would type them.

A :class:`Layout` says how; :func:`write` makes the workbook with XlsxWriter from the shipped
cell values, formulas with their stored results, and tells where every figure ended up.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, NamedTuple

import openpyxl
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from finsam_xl.model import Ref
from support.workbooks import EXISTING, with_its_results

UMEA = EXISTING / "umearegionen-budget.xlsx"
LAPPLAND = EXISTING / "sodra-lappland-budget.xlsx"
Typed = float | int | str | None


class Place(NamedTuple):
    """Where a table stands in a shipped workbook: rows of titles, headings and figures.

    ``first_column``: of the amounts.
    """

    path: pathlib.Path
    sheet: str
    titles: tuple[int, int]
    headings: tuple[int, int]
    last: int
    last_column: int
    first_column: int = 2


PLACES: Mapping[str, Place] = {
    "Plan 2018-2020": Place(UMEA, "Plan 2018-2020", (1, 3), (5, 6), 56, 7),
    "Bilaga verksamheter": Place(UMEA, "Bilaga verksamheter", (1, 3), (5, 6), 41, 7),
    "Budget 2019": Place(UMEA, "Budget 2019", (1, 3), (5, 6), 53, 3),
    "Tertial 2 2019": Place(UMEA, "Tertial 2 2019", (1, 3), (5, 5), 38, 6),
    "Balansrapport": Place(UMEA, "Tertial 2 2019", (41, 41), (42, 42), 54, 2),
    "Plan 2020-2022": Place(UMEA, "Plan 2020-2022", (1, 3), (5, 5), 48, 4),
    "Utfall 2021": Place(UMEA, "Utfall 2021", (1, 3), (5, 5), 51, 4),
    "Driftredovisning": Place(UMEA, "Driftredovisning", (1, 3), (5, 5), 16, 5),
    "Not 2": Place(UMEA, "Not 2", (1, 3), (5, 5), 14, 3),
    "Budget 2024": Place(LAPPLAND, "Budget 2024", (1, 3), (5, 5), 44, 5),
}

STATEMENTS: Mapping[str, Place] = {
    "Femårsöversikt": Place(UMEA, "Femårsöversikt", (1, 2), (5, 5), 13, 6),
    "Balanskravsresultat": Place(UMEA, "Balanskravsresultat", (1, 2), (5, 5), 10, 2),
    "Resultaträkning": Place(UMEA, "Resultaträkning", (1, 2), (5, 5), 16, 4, 3),
    "Balansräkning": Place(UMEA, "Balansräkning", (1, 2), (5, 5), 26, 4, 3),
    "Kassaflödesanalys": Place(UMEA, "Kassaflödesanalys", (1, 2), (5, 5), 15, 3),
    "Not 3": Place(UMEA, "Noter 3-8", (5, 5), (6, 6), 15, 3),
    "Not 4": Place(UMEA, "Noter 3-8", (17, 17), (18, 18), 19, 3),
    "Not 5": Place(UMEA, "Noter 3-8", (21, 21), (22, 22), 27, 3),
    "Not 6": Place(UMEA, "Noter 3-8", (29, 29), (30, 30), 37, 3),
    "Not 7": Place(UMEA, "Noter 3-8", (39, 39), (40, 40), 43, 3),
    "Not 8": Place(UMEA, "Noter 3-8", (45, 45), (46, 46), 53, 3),
}
"""The tables of the annual report that are not made of budget and outcome."""
EVERY: Mapping[str, Place] = {**PLACES, **STATEMENTS}


class Source(NamedTuple):
    """A table's titles, headings (top to bottom, per column of amounts), labels and figures."""

    name: str
    titles: tuple[str, ...]
    corner: str
    headings: tuple[tuple[Typed, ...], ...]
    labels: tuple[str, ...]
    amounts: tuple[tuple[Typed, ...], ...]
    percent: tuple[bool, ...]


@cache
def source(name: str) -> Source:
    """A table of a shipped workbook as it is printed there."""
    place = EVERY[name]
    sheet = openpyxl.load_workbook(place.path, data_only=True)[place.sheet]
    columns = range(place.first_column, place.last_column + 1)
    rows = range(place.headings[1] + 1, place.last + 1)
    first, last = place.titles
    spanned: dict[tuple[int, int], Typed] = {}
    for area in sheet.merged_cells.ranges:
        for at in range(area.min_col, area.max_col + 1):
            spanned[area.min_row, at] = sheet.cell(area.min_row, area.min_col).value
    return Source(
        name,
        tuple(str(sheet.cell(row, 1).value) for row in range(first, last + 1) if sheet.cell(row, 1).value),
        str(sheet.cell(place.headings[1], 1).value or ""),
        tuple(
            tuple(
                spanned.get((row, column), sheet.cell(row, column).value)
                for row in range(place.headings[0], place.headings[1] + 1)
            )
            for column in columns
        ),
        tuple(str(sheet.cell(row, 1).value) for row in rows),
        tuple(tuple(sheet.cell(row, column).value for column in columns) for row in rows),
        tuple("%" in sheet.cell(place.last, column).number_format for column in columns),
    )  # fmt: skip


class Extra(NamedTuple):
    """A column the office added for itself, with a text or number on every row."""

    heading: str | None = None
    value: Typed = None


GAP = Extra()


def _as_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Layout:
    """How a table is typed. The defaults are the shipped table's own ways.

    ``order``: amount columns by their number in the shipped table, and own columns between.
    ``headings``: "own", or the period and scenario "joined" in one cell, "stacked" in two
    rows with one in each column, "merged" likewise with equal neighbours merged, "swapped"
    with the scenario over the year. ``codes``: in a column of their own before or after the
    labels. ``formulas``: rows that become formulas. ``blank``: figures to leave out.
    """

    name: str
    table: str
    sheet: str = ""
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    titles: Sequence[str] | None = None
    corner: str | None = None
    top: int = 1
    left: int = 1
    order: Sequence[int | Extra] | None = None
    headings: Literal["own", "joined", "stacked", "merged", "swapped"] = "own"
    dress: Callable[[Typed], Typed] = _as_is
    label: Callable[[str], str] = _as_is
    codes: Literal["", "before", "after"] = ""
    amount: Callable[[Typed], Typed] = _as_is
    formulas: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    blank: frozenset[int] = frozenset()
    gap_after: Callable[[int], int] = lambda _: 0
    merge_sections: bool = False
    hidden: bool = False
    autofilter: bool = False
    notes: Sequence[str] = ()
    more: Sequence[Layout] = ()
    beside: bool = False


class Placed(NamedTuple):
    """A written workbook and where figure (row, column) of the shipped table stands."""

    path: pathlib.Path
    places: dict[tuple[int, int], Ref]


def write(layout: Layout, path: pathlib.Path) -> Placed:
    """Make the workbook at ``path``; ``places`` are those of the first table."""
    with xlsxwriter.Workbook(path) as book:
        for name in layout.before:
            book.add_worksheet(name).write(0, 0, "Anteckningar")
        sheet = book.add_worksheet(layout.sheet or EVERY[layout.table].sheet)
        writer = _Writer(book, sheet, layout)
        writer.write()
        for other in layout.more:
            moved = _Writer(book, sheet, other)
            if not layout.beside:
                moved.top = writer.end + 3
            moved.write()
        for name in layout.after:
            book.add_worksheet(name).write(0, 0, "Anteckningar")
    return Placed(with_its_results(path), writer.places)


class _Writer:
    def __init__(self, book: Any, sheet: Any, layout: Layout) -> None:
        self.book, self.sheet, self.layout = book, sheet, layout
        self.source = source(layout.table)
        self.top = layout.top - 1
        self.end = self.top
        self.percent = book.add_format({"num_format": "0%"})
        self.places: dict[tuple[int, int], Ref] = {}
        count = len(self.source.headings)
        order = layout.order if layout.order is not None else range(count)
        self.label = layout.left - 1 + (layout.codes == "before")
        first = self.label + 1 + (layout.codes == "after")
        self.columns = list(enumerate(order, start=first))
        self.code = {"": None, "before": self.label - 1, "after": self.label + 1}[layout.codes]

    def write(self) -> None:
        titles = self.layout.titles if self.layout.titles is not None else self.source.titles
        row = self.top
        for text in titles:
            self.put(row, self.layout.left - 1, text)
            row += 1
        row = self.write_headings(row + bool(titles))
        heading, rows = row - 1, []
        for number in range(len(self.source.labels)):
            rows.append(row)
            row += 1 + self.layout.gap_after(number)
        for number, at in enumerate(rows):
            self.write_row(number, at, rows)
        self.end = row
        for text in self.layout.notes:
            row += 1
            self.put(row, self.layout.left - 1, text)
        if self.layout.autofilter:
            self.sheet.autofilter(heading, self.label, self.end - 1, self.columns[-1][0])
        if self.layout.hidden:
            for at in rows[2:6]:
                self.sheet.set_row(at, None, None, {"hidden": True})
            column = self.columns[1][0]
            self.sheet.set_column(column, column, None, None, {"hidden": True})

    def put(self, row: int, column: int, value: Typed) -> None:
        if isinstance(value, str):
            self.sheet.write_string(row, column, value)
        elif value is not None:
            self.sheet.write_number(row, column, value)

    def write_headings(self, row: int) -> int:
        """Headings from ``row`` on; gives the row after them."""
        own = self.layout.headings
        texts: dict[int, tuple[Typed, ...]] = {}
        for column, which in self.columns:
            if isinstance(which, Extra):
                texts[column] = (which.heading,)
                continue
            parts = self.source.headings[which]
            if own != "own" and len(parts) == 1:
                head, _, tail = str(parts[0]).partition(" ")
                parts = (int(tail), head) if tail.isdigit() else parts
            if own == "joined":
                parts = (" ".join(str(part) for part in reversed(parts)),)
            elif own == "swapped":
                parts = tuple(reversed(parts))
            texts[column] = tuple(self.layout.dress(part) for part in parts)
        height = max(map(len, texts.values()))
        shown: dict[tuple[int, int], Typed] = {}
        for column, parts in texts.items():
            for offset, part in enumerate(parts, start=height - len(parts)):
                shown[row + offset, column] = part
        self._put_headings(shown, row, height, merge=own == "merged")
        corner = self.layout.corner if self.layout.corner is not None else self.source.corner
        if corner:
            self.put(row + height - 1, self.label, corner)
        return row + height

    def _put_headings(
        self, shown: dict[tuple[int, int], Typed], row: int, height: int, *, merge: bool
    ) -> None:
        for (at, column), part in shown.items():
            if not (merge and height > 1 and at == row):
                self.put(at, column, part)
                continue
            if part is not None and shown.get((at, column - 1)) == part:
                continue
            last = column
            while part is not None and shown.get((at, last + 1)) == part:
                last += 1
            if last > column:
                self.sheet.merge_range(at, column, at, last, part)
            else:
                self.put(at, column, part)

    def write_row(self, number: int, row: int, rows: Sequence[int]) -> None:
        label = self.source.labels[number]
        if self.code is not None and label[:1] == "P" and label[1:3].isdigit():
            code, _, label = label.partition(", ")
            self.put(row, self.code, code)
        label = self.layout.label(label)
        amounts = self.source.amounts[number]
        if self.layout.merge_sections and not any(a is not None for a in amounts):
            self.sheet.merge_range(row, self.label, row, self.columns[-1][0], label)
            return
        self.put(row, self.label, label)
        for column, which in self.columns:
            if isinstance(which, Extra):
                self.put(row, column, which.value)
                continue
            self.places[number, which] = Ref(self.sheet.name, xl_rowcol_to_cell(row, column))
            amount = amounts[which]
            if self.source.percent[which]:
                self.sheet.write_blank(row, column, None, self.percent)
            if number in self.layout.blank or amount is None:
                continue
            if number in self.layout.formulas:
                parts = self.layout.formulas[number]
                text = "".join(
                    f"{'+' if factor > 0 else '-'}{xl_rowcol_to_cell(rows[part], column)}"
                    for part, factor in parts
                )
                self.sheet.write_formula(row, column, f"=0{text}", None, amount)
            else:
                self.put(row, column, self.layout.amount(amount))
