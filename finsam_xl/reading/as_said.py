"""Tables as a person says they are: those of another kind left out, and what she said told.

Headings and labels are shown as they stand on the sheet, whatever they were read as.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finsam_xl.labels import one_line
from finsam_xl.model_budget import Budget
from finsam_xl.reading import reasons
from finsam_xl.reading.row_labels import clean_label
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Column, Row, Table


def allowed(sheet: SheetGrid, found: Iterable[Table]) -> list[Table]:
    """The tables that are of no other kind than a person says."""
    if not sheet.said.tables:
        return list(found)
    said = [(table, sheet.said.table(table.area)) for table in found]
    return [t for t, says in said if says is None or not says.kind or says.kind == t.kind]


def told(sheet: SheetGrid, table: Table) -> Table:
    """A table as read, with the headings as they stand and what a person said of it."""
    if sheet.said.is_silent:
        return table
    columns = tuple(_column_told(sheet, table, column) for column in table.columns)
    labels = [column.number for column in table.columns]
    rows = tuple(_row_told(sheet, labels, row, table) for row in table.rows)
    says = sheet.said.table(table.area)
    return table._replace(
        columns=columns,
        rows=rows,
        budget=_budget_told(sheet, table.budget, columns),
        unit=says.unit if says is not None and says.unit else table.unit,
    )


def _budget_told(
    sheet: SheetGrid, budget: Budget | None, columns: Sequence[Column]
) -> Budget | None:
    """The amounts, with headings and labels as they stand and the words they were read by."""
    if budget is None:
        return None
    headers = {column.number: column.header for column in columns}
    rows = [
        row
        if (label := _own_label(sheet, row.row, range(1, budget.label_column + 1))) is None
        else row._replace(label=label, read_as=row.read_as or row.label)
        for row in budget.rows
    ]
    own = [column._replace(header=headers[column.number]) for column in budget.columns]
    return budget._replace(columns=tuple(own), rows=rows)


def _own_label(sheet: SheetGrid, row: int, columns: Iterable[int]) -> str | None:
    """The label of a row as it stands, where it was read by other words."""
    texts = (sheet.said.words.get((row, column)) for column in columns)
    found = next((says.was for says in texts if says is not None), None)
    return None if found is None else clean_label(found).text


def _column_told(sheet: SheetGrid, table: Table, column: Column) -> Column:
    said = sheet.said
    places = [
        (r, column.number) for r in range(table.top or table.header_row, table.header_row + 1)
    ]
    says = next((s for at in reversed(places) if (s := said.columns.get(at))), None)
    if says is None:
        header = column.header
        for word in filter(None, map(said.words.get, places)):
            header = header.replace(one_line(word.text), one_line(word.was))
        return column._replace(header=header)
    why = reasons.by_correction(says.text)
    return column._replace(
        header=says.was,
        sure=1.0,
        why=tuple(dict.fromkeys((why, *column.why))),
    )


def _row_told(sheet: SheetGrid, labels: Sequence[int], row: Row, table: Table) -> Row:
    label = _own_label(sheet, row.row, labels)
    row = row if label is None else row._replace(label=label)
    says = sheet.said.row(row.row, labels)
    if says is None:
        return row
    role = says.role if says.role and table.budget is None else row.role
    return row._replace(role=role, sure=1.0, why=(reasons.by_correction(says.text),))
