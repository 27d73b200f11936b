"""Write a budget sheet: title, note, headings, one row per indicator and a sum."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

from budget_rows import BudgetRow
from styles import (
    LINE_HEIGHT,
    PERCENT,
    PIECES,
    POINTS,
    Sheet,
    Styles,
    page,
    put,
    put_heading,
    put_sum,
)

HEADING_ROW = 4
_HEADING_HEIGHT = 48  # two lines, and the filter buttons below them
_CHARACTERS_PER_WIDTH = 1.15  # letters are narrower than the digits a width is counted in


class Column(NamedTuple):
    """A column: heading, width in characters and look of its cells."""

    heading: str
    width: float
    look: str


COLUMNS = (
    Column("Målområde", 18, "text"),
    Column("Mål", 28, "text"),
    Column("Nr", 16, "text"),
    Column("Indikator", 38, "text"),
    Column("Målgrupp", 22, "text"),
    Column("Regel", 19, "text"),
    Column("Gräns", 9, "count"),
    Column("Vikt", 7, "count"),
    Column("Utfall antal", 8, "count"),
    Column("Utfall av", 8, "count"),
    Column("Kvinnor antal", 8, "count"),
    Column("Kvinnor av", 8, "count"),
    Column("Män antal", 8, "count"),
    Column("Män av", 8, "count"),
    Column("Uppnått", 10, "centre"),
    Column("Poäng", 8, "count"),
    Column("Vikten är", 14, "indented"),
    Column("Underlag", 17, "text"),
    Column("Anmärkning", 58, "text"),
)
_LIMIT, _WEIGHT, _POINTS = 6, 7, 15
_LIMIT_FORMATS = {"Könsskillnad högst": POINTS, "Antal minst": PIECES}


def write_budget(
    sheet: Sheet, styles: Styles, head: tuple[str, str, str], rows: list[BudgetRow]
) -> None:
    """Fill one sheet with a unit's social budget."""
    for row, (text, look) in enumerate(zip(head, ("title", "subtitle", "plain"), strict=True)):
        put(sheet, row, 0, text, styles.get(look))
    for col, column in enumerate(COLUMNS):
        sheet.set_column(col, col, column.width)
    put_heading(sheet, HEADING_ROW, [(column.heading, column.look) for column in COLUMNS], styles)
    sheet.set_row(HEADING_ROW, _HEADING_HEIGHT)
    for row, cells in enumerate(rows, start=HEADING_ROW + 1):
        _write_row(sheet, styles, row, cells)
    _write_sum(sheet, styles, rows)
    sheet.freeze_panes(HEADING_ROW + 1, 4)
    sheet.autofilter(HEADING_ROW, 0, HEADING_ROW + len(rows), len(COLUMNS) - 1)
    sheet.repeat_rows(HEADING_ROW)
    page(sheet)


def _write_row(sheet: Sheet, styles: Styles, row: int, cells: BudgetRow) -> None:
    """Write one indicator."""
    for col, (column, value) in enumerate(zip(COLUMNS, cells, strict=True)):
        number_format = ""
        if col == _LIMIT and isinstance(value, int | float):
            number_format = _LIMIT_FORMATS.get(cells.rule, PERCENT)
        style = styles.get(column.look, number_format)
        put(sheet, row, col, None if value == "" else value, style)
    sheet.set_row(row, LINE_HEIGHT * _lines(cells))


def _lines(cells: BudgetRow) -> int:
    """Count the lines the longest cell needs; not every program grows a row by itself."""
    return max(
        len(textwrap.wrap(value, int(column.width * _CHARACTERS_PER_WIDTH)))
        for column, value in zip(COLUMNS, cells, strict=True)
        if isinstance(value, str)
    )


def _write_sum(sheet: Sheet, styles: Styles, rows: list[BudgetRow]) -> None:
    """Write the row Summa: weights and points as ordinary formulas."""
    first = HEADING_ROW + 1
    data = range(first, first + len(rows))
    sums = {_WEIGHT: sum(row.weight or 0 for row in rows), _POINTS: 0}
    for col, column in enumerate(COLUMNS):
        style = styles.get(column.look, total=True)
        if col in sums:
            put_sum(sheet, (data.stop, col), data, sums[col], style)
        else:
            put(sheet, data.stop, col, None if col else "Summa", style)
