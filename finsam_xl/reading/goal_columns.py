"""Which of several columns of a table of goals is used: outcomes, targets and verdicts by year.

"Utfall 2023" and "Utfall 2024" are both outcomes. The year of the verdicts is judged, else the
table's own, else the latest that is filled in; the target is that of the same year. An outcome
of an earlier year than verdicts or targets say is not judged by them. Columns that only say the
same twice are in doubt, which is told, and nothing is judged by them.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Column, Table, double_findings

_TARGETS = ("limit", "rule")
_OUTCOMES = ("total_number", "total_share", "women_number", "men_number")
EARLIER = "earlier"
"""The field of a column whose year is not the one that is judged."""


def settled(sheet: SheetGrid, table: Table) -> Table:
    """The table with one column for each field."""
    fields = [column.field for column in table.columns]
    several = [field for field in dict.fromkeys(fields) if fields.count(field) > 1]
    if not several:
        return _without_earlier(table)
    year = _year(sheet, table)
    chosen = {
        field: _chosen([c for c in table.columns if c.field == field], year) for field in several
    }
    doubles = [
        column
        for column in table.columns
        if column.field in several and _is_double(column, chosen[column.field])
    ]
    columns = tuple(
        column if column is chosen.get(column.field, column) else column._replace(field=EARLIER)
        for column in table.columns
    )
    used = [column for column in columns if column.field != EARLIER]
    told = double_findings(table.sheet, table.header_row, used, doubles)
    return _without_earlier(table._replace(columns=columns, findings=(*table.findings, *told)))


def _without_earlier(table: Table) -> Table:
    """The table without outcomes of an earlier year than its verdicts, or else its targets."""
    asked = max(
        (
            max(years)
            for fields in (("judged",), _TARGETS)
            if (years := [_year_of(c) for c in table.columns if c.field in fields and c.period])
        ),
        default=0,
    )
    columns = (
        c._replace(field=EARLIER) if c.field in _OUTCOMES and 0 < _year_of(c) < asked else c
        for c in table.columns
    )
    return table._replace(columns=tuple(columns))


def _is_double(column: Column, chosen: Column) -> bool:
    """Whether a column says that it is what another is, of the same time."""
    return column is not chosen and _year_of(column) == _year_of(chosen)


def _year_of(column: Column) -> int:
    return column.period.year if column.period else 0


def _chosen(columns: Sequence[Column], year: int) -> Column:
    """That of the year, else the latest before it, else the first."""
    known = [column for column in columns if 0 < _year_of(column) <= year]
    return max(known, key=_year_of, default=columns[0])


def _year(sheet: SheetGrid, table: Table) -> int:
    """The year that is judged, 0 for none."""
    for field in ("judged", "total_number", "total_share"):
        columns = [c for c in table.columns if c.field == field and c.period]
        filled = [c for c in columns if _is_filled(sheet, table, c)] or columns
        if columns:
            return max(map(_year_of, filled if field != "judged" else columns))
    return table.period.year if table.period else 0


def _is_filled(sheet: SheetGrid, table: Table, column: Column) -> bool:
    return any(not sheet.cell(row.row, column.number).is_blank for row in table.rows)
