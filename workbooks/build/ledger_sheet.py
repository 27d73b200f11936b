"""Write amount tables: title, headings, sections, lines, and totals as formulas."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby, pairwise

from ledger import Part, Row, Table, agrees, printed_rows
from styles import HEADING_HEIGHT, Sheet, Styles, page, put

HEADING_ROW = 4
_LABEL_WIDTH = 50
_LOOKS: Mapping[str, tuple[str, str]] = {
    "line": ("text", ""),
    "part": ("indented", ""),
    "group": ("bold text", "bold "),
    "total": ("text", ""),
}


def write_ledger(
    sheet: Sheet, styles: Styles, head: tuple[str, str, str], table: Table, note: str = ""
) -> int:
    """Fill a sheet with one table and return the first row below it."""
    write_head(sheet, styles, head)
    first = write_headings(sheet, styles, HEADING_ROW, table)
    end = write_rows(sheet, styles, first, table)
    if note:
        put(sheet, end + 1, 0, note, styles.get("plain"))
    sheet.set_column(0, 0, _LABEL_WIDTH)
    for col, column in enumerate(table.columns, start=1):
        sheet.set_column(col, col, column.width)
    sheet.freeze_panes(first, 1)
    sheet.repeat_rows(HEADING_ROW, first - 1)
    page(sheet, lying=False)
    return end


def write_head(sheet: Sheet, styles: Styles, head: tuple[str, str, str]) -> None:
    """Write the title, the association and, where the document prints it, the unit."""
    for row, (text, look) in enumerate(zip(head, ("title", "subtitle", "plain"), strict=True)):
        if text:
            put(sheet, row, 0, text, styles.get(look))


def write_headings(sheet: Sheet, styles: Styles, row: int, table: Table) -> int:
    """Write one heading row, or two where the document has two, and return the row below."""
    if any(column.above is not None for column in table.columns):
        _write_upper_headings(sheet, styles, row, table)
        row += 1
    put(sheet, row, 0, table.heading or None, styles.get("heading"))
    for col, column in enumerate(table.columns, start=1):
        look = "heading" if column.look == "text" else f"heading {column.look}"
        put(sheet, row, col, column.heading, styles.get(look))
    if any(len(str(column.heading)) > column.width for column in table.columns):
        sheet.set_row(row, HEADING_HEIGHT)
    return row + 1


def _write_upper_headings(sheet: Sheet, styles: Styles, row: int, table: Table) -> None:
    """Write the upper heading row; a heading that recurs is one merged cell."""
    put(sheet, row, 0, None, styles.get("heading upper"))
    col = 1
    for above, group in groupby(table.columns, key=lambda column: column.above):
        end = col + len(list(group))
        if end - col > 1:
            style = styles.get("heading upper centre")
            sheet.merge_range(row, col, row, end - 1, above, style)
        else:
            put(sheet, row, col, above, styles.get("heading upper count"))
        col = end


def write_rows(sheet: Sheet, styles: Styles, first: int, table: Table) -> int:
    """Write the rows of a table and return the row below them."""
    rows = printed_rows(table)
    for at, row in enumerate(rows):
        if row.kind == "section":
            put(sheet, first + at, 0, row.label, styles.get("subtitle"))
            continue
        label, _ = _LOOKS[row.kind]
        put(sheet, first + at, 0, row.label, styles.get(label, total=row.kind == "total"))
        for col in range(len(table.columns)):
            _write_amount(sheet, styles, (first, at, col), table, rows)
    return first + len(rows)


def _write_amount(
    sheet: Sheet, styles: Styles, place: tuple[int, int, int], table: Table, rows: list[Row]
) -> None:
    """Write one amount: a formula only where the document's own sum agrees exactly."""
    first, at, col = place
    row, column = rows[at], table.columns[col]
    value = row.amounts[col]
    look = _LOOKS[row.kind][1] + column.look
    if value is None and table.grey_blanks:
        look = "grey"
    style = styles.get(look, column.number_format, total=row.kind == "total")
    if not isinstance(value, str | None) and column.summed and agrees(rows, row, col):
        formula = _formula(chr(ord("B") + col), first + 1, row.parts, rows)
        sheet.write_formula(first + at, col + 1, formula, style, value)
    else:
        put(sheet, first + at, col + 1, value, style)


def _formula(letter: str, first: int, parts: tuple[Part, ...], rows: list[Row]) -> str:
    """Write the sum of the parts as an office would: SUM over a range, else plus and minus."""
    cells = [f"{letter}{first + part.row}" for part in parts]
    is_range = all(b.row - a.row == 1 for a, b in pairwise(parts))
    is_alone = len(parts) == 1 and rows[parts[0].row].kind == "total"
    if is_range and not is_alone and all(part.sign == 1 for part in parts):
        return f"=SUM({cells[0]}:{cells[-1]})"
    signs = ("-" if part.sign < 0 else "+" for part in parts)
    terms = "".join(sign + cell for sign, cell in zip(signs, cells, strict=True))
    return "=" + terms.removeprefix("+")
