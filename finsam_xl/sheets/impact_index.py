"""Impactindex tables: one block per unit, or one long table with a column for the unit."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.periods import Period
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import (
    Column,
    Header,
    Row,
    Table,
    double_findings,
    find_headers,
    titles_above,
    with_ends,
)
from finsam_xl.words.headings import headings_of
from finsam_xl.words.totals import is_everyone

HEADINGS = headings_of("impact_index")
_REQUIRED = frozenset({"area", "index"})
_LEAST = 4
_LARGEST_GAP = 2


def recognise(sheet: SheetGrid) -> list[Table]:
    """The Impactindex tables on a sheet, from the top; a long table is one per unit."""
    tables: list[Table] = []
    headers = find_headers(sheet, HEADINGS, _REQUIRED, _LEAST)
    stop = 0
    for header, end in with_ends(headers):
        blocks = list(_blocks(sheet, header, end))
        titles = titles_above(sheet, header, stop)
        for entity, rows in blocks:
            tables.append(_table(sheet, header, (entity,) if entity else titles, rows))
            stop = rows[-1].row
    overall = tables[0].titles[-1:] if tables else ()
    return [
        t if t.period else t._replace(period=_period((*t.titles, *overall, sheet.name)))
        for t in tables
    ]


def labelled(table: Table) -> Table:
    """The table with its areas as labels, as tables of counts are read."""
    columns = (c._replace(field="label") if c.field == "area" else c for c in table.columns)
    return table._replace(columns=tuple(columns))


def _period(texts: tuple[str, ...]) -> Period | None:
    return next((period for text in texts if (period := Period.find(text))), None)


def _table(sheet: SheetGrid, header: Header, titles: tuple[str, ...], rows: list[Row]) -> Table:
    found = len({column.field for column in header.columns})
    shown = len(HEADINGS.fields) - 1
    return Table(
        sheet=sheet.name,
        kind="impact_index",
        title=titles[0] if titles else sheet.name,
        titles=titles,
        period=_period(titles),
        header_row=header.row,
        columns=tuple(_scenario(column) for column in header.columns),
        rows=tuple(rows),
        score=round(min(1.0, found / shown), 2),
        why=f"{found} av {shown} rubriker för ett Impactindex på rad {header.row}",
        findings=double_findings(sheet.name, header),
    )


def _scenario(column: Column) -> Column:
    return column._replace(scenario={"share": "share"}.get(column.field, "outcome"))


def _blocks(sheet: SheetGrid, header: Header, end: int | None) -> Iterator[tuple[str, list[Row]]]:
    """The rows below a heading row, split where a column names another unit."""
    by_field = {column.field: column.number for column in header.columns}
    last = max((row for row, _ in sheet.cells), default=header.row)
    below = range(header.row + 1, end or last + 1)
    labels = {row: _text(sheet, row, by_field["area"]) for row in below}
    if "entity" not in by_field:
        rows = _block(sheet, header, labels)
        if rows:
            yield "", rows
        return
    entity, rows = "", []
    for row, label in labels.items():
        named = _text(sheet, row, by_field["entity"])
        if named and rows and named != entity:
            yield entity, rows
            rows = []
        entity = named or entity
        if label:
            rows.append(_row(row, label))
    if rows:
        yield entity, rows


def _block(sheet: SheetGrid, header: Header, labels: dict[int, str]) -> list[Row]:
    """One unit's rows: down to the total, else to a gap or to the first row without figures."""
    rows: list[Row] = []
    blanks = 0
    for row, label in labels.items():
        blanks = 0 if label else blanks + 1
        if blanks > _LARGEST_GAP:
            break
        if label:
            rows.append(_row(row, label))
        if label and rows[-1].role == "total":
            return rows
    figures = [any(_has_figure(sheet, r.row, c) for c in header.columns) for r in rows]
    return rows[: figures.index(False, 1)] if False in figures[1:] else rows


def _row(row: int, label: str) -> Row:
    return Row(row, "total" if is_everyone(label) else "line", label)


def _text(sheet: SheetGrid, row: int, column: int) -> str:
    value = sheet.cell(row, column).value
    return "" if value is None else str(value).strip()


def _has_figure(sheet: SheetGrid, row: int, column: Column) -> bool:
    value = sheet.cell(row, column.number)
    return isinstance(value.value, int | float) or value.formula is not None
