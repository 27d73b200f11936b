"""The shipped social budget written down again in the ways other offices would have typed it.

A :class:`Layout` says how; :func:`write` makes the workbook with openpyxl from the shipped
cell values and tells where every figure ended up.

>>> placed = write(Layout("far away", top=40, left=29), pathlib.Path("b.xlsx"))  # doctest: +SKIP
>>> placed.places["line", "Vännäs", "1.1.1", "points"]                           # doctest: +SKIP
Ref(sheet='Vännäs', cell='AR42')
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, Literal, NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter

from finsam_xl.model import Ref
from support.workbooks import SOCIAL_BUDGET

TITLE = "Social budget 2021"
# fmt: off
FIELDS = (
    "area", "goal", "number", "name", "group", "rule", "limit", "weight", "total_number",
    "total_base", "women_number", "women_base", "men_number", "men_base", "judged", "points",
    "weight_status", "basis", "note",
)
INDEX_FIELDS = (
    "area", "goals", "indicators", "maximum", "achieved", "fulfilment", "index", "share", "ideal",
    "standing",
)
# fmt: on
PERCENT = "0%"
_INDEX_PERCENT = ("fulfilment", "share", "ideal")
_HEADING_ROW = 5

Typed = float | int | str | bool | None
Line = Mapping[str, Typed]


class Unit(NamedTuple):
    """A unit of the shipped workbook: its name, its sheet's name and its indicators."""

    name: str
    sheet: str
    lines: tuple[Line, ...]


class Block(NamedTuple):
    """A printed Impactindex table: the unit's name and its lines, the last of them the total."""

    unit: str
    lines: tuple[Line, ...]


class Source(NamedTuple):
    """What the shipped workbook holds: headings, units and Impactindex tables."""

    headings: Mapping[str, str]
    index_headings: Mapping[str, str]
    units: tuple[Unit, ...]
    blocks: tuple[Block, ...]


@cache
def source() -> Source:
    """The cell values of the shipped workbook."""
    book = openpyxl.load_workbook(SOCIAL_BUDGET, data_only=True)
    units = []
    for sheet in book.worksheets:
        if sheet["C5"].value != "Nr":
            continue
        rows = sheet.iter_rows(min_row=_HEADING_ROW + 1, values_only=True)
        lines = tuple(dict(zip(FIELDS, row, strict=True)) for row in rows if row[2])
        units.append(Unit(sheet["A2"].value, sheet.title, lines))
    first, index = book.worksheets[0], book["Impactindex"]
    heads = next(first.iter_rows(min_row=_HEADING_ROW, max_row=_HEADING_ROW, values_only=True))
    index_heads = next(index.iter_rows(min_row=4, max_row=4, values_only=True))
    return Source(
        dict(zip(FIELDS, heads, strict=True)),
        dict(zip(INDEX_FIELDS, index_heads, strict=True)),
        tuple(units),
        tuple(_blocks(list(index.iter_rows(min_row=3, values_only=True)))),
    )


def _blocks(rows: list[tuple[Any, ...]]) -> list[Block]:
    blocks = []
    for filled, group in groupby(rows, key=lambda row: row[0] is not None):
        if filled:
            (unit, *_), _, *lines = group
            found = tuple(dict(zip(INDEX_FIELDS, line, strict=True)) for line in lines)
            blocks.append(Block(unit, found))
    return blocks


class Extra(NamedTuple):
    """A column the office added for itself; ``values`` are repeated down the table."""

    heading: str | None
    values: tuple[Typed, ...] = (None,)


GAP = Extra(None)


@dataclass(frozen=True)
class Layout:
    """How a workbook is typed. The defaults are the shipped workbook's own ways.

    ``columns`` are field names and :class:`Extra`; ``titles`` are the lines above a table;
    ``areas`` "once" writes an area on its first row only, "section" and "sections" give it (and
    the goal) a row of its own, in its own column and in the first column.
    """

    name: str
    sheet: Callable[[Unit], str] = lambda unit: unit.sheet
    titles: Callable[[Unit], Sequence[str]] = lambda unit: (TITLE, unit.name, "")
    top: int = 1
    left: int = 1
    columns: Sequence[str | Extra] = FIELDS
    headings: Mapping[str, str] = field(default_factory=dict)
    dress: Callable[[str], str] = lambda text: text
    heading_rows: Literal["one", "merged", "below", "above"] = "one"
    areas: Literal["every", "once", "merged", "section", "sections"] = "every"
    gap_after: Callable[[int], int] = lambda _: 0
    limit: Callable[[Typed, str], tuple[Typed, str]] | None = None
    rule: Callable[[Typed, Typed], Typed] = lambda rule, _: rule
    judged: Mapping[str, Typed] = field(default_factory=dict)
    below: Sequence[str] = ()
    together: bool = False
    order: Callable[[list[str]], list[str]] = lambda names: names
    index_sheet: str = "Impactindex"
    index_titles: Sequence[str] = ("Impactindex 2021", "")
    index_area: Callable[[int, str], str] = lambda _, name: name
    index_unit: Callable[[str], str] = lambda unit: unit
    index_headings: Mapping[str, str] = field(default_factory=dict)
    index_fields: Sequence[str] = INDEX_FIELDS
    index_top: int = 1
    index_left: int = 1
    index_long: str = ""
    percent: bool = True


class Placed(NamedTuple):
    """A written workbook and where its figures are.

    Keys: ("line", name of the shipped sheet, indicator number, field), ("sum", name of the
    shipped sheet) and ("index", unit, number of the line in its table, field).
    """

    path: pathlib.Path
    places: dict[tuple[Any, ...], Ref]


def write(layout: Layout, path: pathlib.Path) -> Placed:
    """Make the workbook at ``path``."""
    writer = _Writer(layout, path)
    writer.write_budgets()
    writer.write_index()
    return writer.saved()


class _Writer:
    """Writes one workbook and notes where the figures went."""

    def __init__(self, layout: Layout, path: pathlib.Path) -> None:
        self.layout = layout
        self.placed = Placed(path, {})
        self.book = openpyxl.Workbook()
        self.book.remove(self.book.active)

    def saved(self) -> Placed:
        names = self.layout.order(self.book.sheetnames)
        self.book._sheets = [self.book[name] for name in names]
        self.book.save(self.placed.path)
        return self.placed

    def write_budgets(self) -> None:
        row = self.layout.top
        for unit in source().units:
            name = "Alla enheter" if self.layout.together else self.layout.sheet(unit)
            if name in self.book.sheetnames:
                row += 2
            else:
                self.book.create_sheet(name)
                row = self.layout.top
            row = self._write_budget(self.book[name], row, unit)

    def _write_budget(self, sheet: Any, row: int, unit: Unit) -> int:
        left = self.layout.left
        for text in self.layout.titles(unit):
            if text:
                sheet.cell(row, left, text)
            row += 1
        if not self.layout.titles(unit):
            row += 1
        row = self._write_headings(sheet, row)
        first, open_area = row, row
        before: Line = {}
        for count, line in enumerate(unit.lines):
            row = self._write_section(sheet, row, line, before)
            if before and line["area"] != before["area"]:
                self._close_area(sheet, open_area, row - 1)
                open_area = row
            self._write_line(sheet, row, unit, (count, line), line["area"] != before.get("area"))
            row += 1 + self.layout.gap_after(count)
            before = line
        self._close_area(sheet, open_area, row - 1)
        self._write_sum(sheet, row, range(first, row), unit)
        for offset, text in enumerate(self.layout.below, start=3):
            sheet.cell(row + offset, left, text)
        return row + 1

    def _columns(self) -> list[tuple[int, str | Extra]]:
        return list(enumerate(self.layout.columns, start=self.layout.left))

    def _heading(self, column: str | Extra) -> str | None:
        if isinstance(column, Extra):
            return column.heading
        text = self.layout.headings.get(column) or source().headings[column]
        return self.layout.dress(text)

    def _write_headings(self, sheet: Any, row: int) -> int:
        if self.layout.heading_rows == "one":
            for number, column in self._columns():
                sheet.cell(row, number, self._heading(column))
            return row + 1
        for number, column in self._columns():
            text = self._heading(column)
            if isinstance(column, str) and column.endswith(("_number", "_base")):
                group, _, part = (text or "").partition(" ")
                sheet.cell(row + 1, number, part)
                if column.endswith("_number"):
                    sheet.cell(row, number, group)
                    sheet.merge_cells(None, row, number, row, number + 1)
            elif self.layout.heading_rows == "merged":
                sheet.cell(row, number, text)
                sheet.merge_cells(None, row, number, row + 1, number)
            else:
                sheet.cell(row + (self.layout.heading_rows == "below"), number, text)
        return row + 2

    def _write_section(self, sheet: Any, row: int, line: Line, before: Line) -> int:
        kind = self.layout.areas
        fields = {"section": ["area"], "sections": ["area", "goal"]}.get(kind, [])
        for name in fields:
            if line[name] != before.get(name):
                sheet.cell(row, self.layout.left, line[name])
                row += 1
        return row

    def _close_area(self, sheet: Any, first: int, last: int) -> None:
        if self.layout.areas == "merged" and last > first:
            column = self.layout.left + list(self.layout.columns).index("area")
            sheet.merge_cells(None, first, column, last, column)

    def _write_line(
        self, sheet: Any, row: int, unit: Unit, counted: tuple[int, Line], opens_area: bool
    ) -> None:
        count, line = counted
        for number, column in self._columns():
            if isinstance(column, Extra):
                sheet.cell(row, number, column.values[count % len(column.values)])
                continue
            place = Ref(sheet.title, f"{get_column_letter(number)}{row}")
            self.placed.places["line", unit.sheet, str(line["number"]), column] = place
            if column == "area" and (
                self.layout.areas == "section"
                or (self.layout.areas in ("once", "merged") and not opens_area)
            ):
                continue
            value, shown = self._value(column, line)
            cell = sheet.cell(row, number, value)
            if shown:
                cell.number_format = shown

    def _value(self, column: str, line: Line) -> tuple[Typed, str]:
        value, rule = line[column], str(line["rule"])
        if column == "limit" and value is not None:
            if self.layout.limit is not None:
                return self.layout.limit(value, rule)
            return value, PERCENT if rule in ("Andel minst", "Andel högst", "Alla") else ""
        if column == "rule":
            return self.layout.rule(value, line["limit"]), ""
        if column == "judged" and isinstance(value, str):
            return self.layout.judged.get(value, value), ""
        return value, ""

    def _write_sum(self, sheet: Any, row: int, rows: range, unit: Unit) -> None:
        sheet.cell(row, self.layout.left, "Summa")
        for number, column in self._columns():
            if column in ("weight", "points"):
                letter = get_column_letter(number)
                formula = f"=SUM({letter}{rows.start}:{letter}{rows.stop - 1})"
                sheet.cell(row, number, formula)
                if column == "points":
                    self.placed.places["sum", unit.sheet] = Ref(sheet.title, f"{letter}{row}")

    def write_index(self) -> None:
        layout = self.layout
        sheet: Any = self.book.create_sheet(layout.index_sheet)
        row = layout.index_top
        for text in layout.index_titles:
            sheet.cell(row, layout.index_left, text or None)
            row += 1
        if layout.index_long:
            self._write_index_headings(sheet, row)
        for block in source().blocks:
            unit = layout.index_unit(block.unit)
            if not layout.index_long:
                sheet.cell(row, layout.index_left, unit)
                row += 1
                self._write_index_headings(sheet, row)
            row = self._write_block(sheet, row + 1, block, unit)
            row = row - 1 if layout.index_long else row + 1

    def _index_first(self) -> int:
        return self.layout.index_left + bool(self.layout.index_long)

    def _write_index_headings(self, sheet: Any, row: int) -> None:
        if self.layout.index_long:
            sheet.cell(row, self.layout.index_left, self.layout.dress(self.layout.index_long))
        for number, name in enumerate(self.layout.index_fields, start=self._index_first()):
            text = self.layout.index_headings.get(name) or source().index_headings[name]
            sheet.cell(row, number, self.layout.dress(text))

    def _write_block(self, sheet: Any, row: int, block: Block, unit: str) -> int:
        for count, line in enumerate(block.lines, start=1):
            is_total = count == len(block.lines)
            if self.layout.index_long:
                sheet.cell(row, self.layout.index_left, unit)
            for number, name in enumerate(self.layout.index_fields, start=self._index_first()):
                cell = sheet.cell(row, number, line[name])
                self.placed.places["index", block.unit, count, name] = Ref(
                    sheet.title, cell.coordinate
                )
                if name == "area" and not is_total:
                    cell.value = self.layout.index_area(count, str(line[name]))
                elif name in _INDEX_PERCENT and self.layout.percent:
                    cell.number_format = PERCENT
                elif is_total and name in ("goals", "indicators", "maximum", "achieved"):
                    letter = get_column_letter(number)
                    cell.value = f"=SUM({letter}{row - len(block.lines) + 1}:{letter}{row - 1})"
            row += 1
        return row


def unmutated() -> dict[tuple[Any, ...], Ref]:
    """The places of the shipped workbook's own figures, under the same keys as ``Placed``."""
    places: dict[tuple[Any, ...], Ref] = {}
    for unit in source().units:
        for row, line in enumerate(unit.lines, start=_HEADING_ROW + 1):
            for number, name in enumerate(FIELDS, start=1):
                cell = f"{get_column_letter(number)}{row}"
                places["line", unit.sheet, str(line["number"]), name] = Ref(unit.sheet, cell)
        places["sum", unit.sheet] = Ref(unit.sheet, f"P{_HEADING_ROW + 1 + len(unit.lines)}")
    row = 5
    for block in source().blocks:
        for count in range(1, len(block.lines) + 1):
            for number, name in enumerate(INDEX_FIELDS, start=1):
                cell = f"{get_column_letter(number)}{row}"
                places["index", block.unit, count, name] = Ref("Impactindex", cell)
            row += 1
        row += 3
    return places
