"""A social budget whose headings are said again for each goal area: its pieces are one table.

Several units below each other have the same indicators, and each its own index. The pieces of
one budget have different areas, by the numbers of their indicators, and at most one index, last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from finsam_xl.labels import normalise
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Table

_DOTTED = re.compile(r"(\d+)\.\d+")


def joined(sheet: SheetGrid, tables: Sequence[Table]) -> list[Table]:
    """The tables of a sheet, from the top, with the pieces of one budget made one."""
    found: list[Table] = []
    for table in tables:
        if found and _continues(sheet, found[-1], table):
            found[-1] = _one(found[-1], table)
        else:
            found.append(table)
    return found


def _continues(sheet: SheetGrid, first: Table, second: Table) -> bool:
    """Whether a table is the next areas of the one above it."""
    if any(row.role == "result" for row in first.rows) or _heads(first) != _heads(second):
        return False
    areas, others = _areas(sheet, first), _areas(sheet, second)
    return bool(areas) and bool(others) and areas.isdisjoint(others)


def _heads(table: Table) -> list[tuple[int, str, str]]:
    return [(c.number, c.field, normalise(c.header)) for c in table.columns]


def _areas(sheet: SheetGrid, table: Table) -> set[str]:
    """The areas that the indicators' numbers begin with; none where one has no such number."""
    lines = [row.row for row in table.rows if row.role == "line"]
    texts = [str(sheet.cell(row, table.by_field["number"]).value or "") for row in lines]
    found = [match.group(1) for text in texts if (match := _DOTTED.match(text))]
    return set(found) if len(found) == len(lines) else set()


def _one(first: Table, second: Table) -> Table:
    """Two pieces as one, under the title that is above both: what is nearest names an area."""
    titles = first.titles[1:] or first.titles
    return first._replace(
        title=titles[-1] if titles else first.title,
        titles=titles,
        period=first.period or second.period,
        rows=(*first.rows, *second.rows),
        findings=(*first.findings, *second.findings),
    )
