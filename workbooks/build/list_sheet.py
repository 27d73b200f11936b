"""Write plain lists: blocks of text and figures below each other, as the documents print them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger_sheet import HEADING_ROW, write_head
from styles import (
    AMOUNT,
    HALF_AMOUNT,
    HEADING_HEIGHT,
    LINE_HEIGHT,
    PERCENT,
    Cell,
    Format,
    Formula,
    Sheet,
    Styles,
    page,
    put,
    put_heading,
)

_CHARACTERS_PER_WIDTH = 1.2  # letters are narrower than the digits a width is counted in
Line = Sequence[Cell] | str  # a text alone is a heading among the lines


class Column(NamedTuple):
    """A column: its heading and the look of its cells."""

    heading: str
    look: str = "text"
    number_format: str = ""


class Block(NamedTuple):
    """A table of a sheet, with a title of its own where the sheet holds several."""

    columns: Sequence[Column]
    lines: Sequence[Line]
    title: str = ""
    notes: Sequence[str] = ()
    total: bool = False  # the first line is a total


COUNT = Column("", "count", AMOUNT)
SHARE = Column("", "count", PERCENT)


def figure(text: str) -> float | None:
    """Return a printed figure as a number, a blank as ``None``."""
    if not text:
        return None
    return float(text) if "." in text else int(text)


def columns(names: Iterable[str], template: Column) -> tuple[Column, ...]:
    """Make several columns of the same kind."""
    return tuple(template._replace(heading=name) for name in names)


def write_list(
    sheet: Sheet,
    styles: Styles,
    head: tuple[str, str, str],
    widths: Sequence[float],
    blocks: Sequence[Block],
    *,
    lying: bool = False,
) -> None:
    """Fill a sheet with its blocks, a blank row between them."""
    write_head(sheet, styles, head)
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    row = HEADING_ROW
    for block in blocks:
        row = _write_block(sheet, styles, row, block, widths) + 1
    if len(blocks) == 1:
        first = HEADING_ROW + bool(blocks[0].title)
        sheet.freeze_panes(first + 1, 1)
        sheet.repeat_rows(first)
    # A section number such as 1.1 is a text, not a figure typed as one.
    sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(ord('A') + len(widths) - 1)}{row}"})
    page(sheet, lying=lying)


def _write_block(
    sheet: Sheet, styles: Styles, row: int, block: Block, widths: Sequence[float]
) -> int:
    """Write one block and return the row below it."""
    if block.title:
        put(sheet, row, 0, block.title, styles.get("subtitle"))
        row += 1
    put_heading(sheet, row, [(column.heading, column.look) for column in block.columns], styles)
    headings = lines((column.heading for column in block.columns), widths)
    sheet.set_row(row, LINE_HEIGHT if headings == 1 else HEADING_HEIGHT)
    for at, line in enumerate(block.lines, start=row + 1):
        _write_line(sheet, styles, at, block, line)
        if not isinstance(line, str):
            sheet.set_row(at, LINE_HEIGHT * lines(line, widths))
    row += len(block.lines) + 1
    for at, note in enumerate(block.notes, start=row + 1):
        put(sheet, at, 0, note, styles.get("plain"))
    return row + len(block.notes) + bool(block.notes)


def _write_line(sheet: Sheet, styles: Styles, row: int, block: Block, line: Line) -> None:
    """Write one line, or a heading among the lines."""
    if isinstance(line, str):
        put(sheet, row, 0, line, styles.get("subtitle"))
        return
    for col, (column, value) in enumerate(zip(block.columns, line, strict=True)):
        total = block.total and line is block.lines[0]
        put(sheet, row, col, value, style_of(styles, column, value, total=total))


def style_of(styles: Styles, column: Column, value: Cell, *, total: bool = False) -> Format:
    """Choose the format of a cell: decimals as printed, fractions as shares, parts indented."""
    number_format = column.number_format
    if isinstance(value, Formula):
        number_format = value.number_format
    elif isinstance(value, float) and number_format == AMOUNT:
        number_format = HALF_AMOUNT
    elif isinstance(value, int) and number_format == PERCENT:
        number_format = AMOUNT
    look = f"bold {column.look}" if total else column.look
    if isinstance(value, str) and value.startswith("varav "):
        look = "indented"
    return styles.get(look, number_format)


def lines(cells: Iterable[Cell], widths: Sequence[float]) -> int:
    """Count the lines the longest text needs; not every program grows a row by itself."""
    return max(
        (
            len(textwrap.wrap(cell, int(width * _CHARACTERS_PER_WIDTH)))
            for cell, width in zip(cells, widths, strict=False)
            if isinstance(cell, str)
        ),
        default=1,
    )
