"""What the owner of a workbook says of the rows of a table: its column of comments.

The column has no figures, so that it is no part of the table's amounts. It may stand a blank
column away, but not beyond another table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.address import is_turned, meet
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.helpers import is_of_comments


def remarks(sheet: SheetGrid, table: Table, others: Sequence[Table] = ()) -> Mapping[int, str]:
    """The comment of each row that has one, by the number of the row.

    ``sheet``: the table's, as it is read; ``others``: the tables of the workbook.
    """
    column = next(_columns(sheet, table, others), None)
    if column is None:
        return {}
    found: dict[int, str] = {}
    for row in table.rows:
        value = sheet.cell(row.row, column).value
        if type(value) is str and value.strip():
            found[row.row] = value.strip()
    return found


def _columns(sheet: SheetGrid, table: Table, others: Sequence[Table]) -> Iterator[int]:
    """The columns right of the labels that are headed as comments, the nearest first."""
    first = min(column.number for column in table.columns)
    last = max((row.row for row in table.rows), default=table.header_row)
    headings = range(table.top or table.header_row, table.header_row + 1)
    for row, column in sorted(sheet.cells, key=lambda place: place[1]):
        value = sheet.cells[row, column].value
        if row not in headings or column <= first or type(value) is not str:
            continue
        if is_of_comments(value) and not _is_beyond(sheet, table, others, (column, last)):
            yield column


def _is_beyond(
    sheet: SheetGrid, table: Table, others: Sequence[Table], place: tuple[int, int]
) -> bool:
    """Whether another table stands between a table and a column, or has the column itself."""
    if is_turned(sheet.name):
        return False  # the areas of tables are told as the workbook has them, not as it is read
    column, last = place
    own = max(one.number for one in table.columns)
    between = (table.top or table.header_row, min(own + 1, column), last, column)
    return any(
        other.area != table.area and other.real_sheet == sheet.name and meet(other.area, between)
        for other in others
    )
