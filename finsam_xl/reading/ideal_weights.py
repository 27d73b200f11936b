"""The weights that a workbook says its goal areas should have, in per cent of all points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from finsam_xl.labels import split_number
from finsam_xl.money import exact
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table

_KINDS = ("impact_index", "weights")
_WHOLE = 100


def ideals(grid: Grid, tables: Iterable[Table]) -> Mapping[str, Fraction]:
    """Per cent by the area's name without its number, from the first table that states it.

    An area that a table only gives by its number is under that number.
    """
    found: dict[str, Fraction] = {}
    for table in tables:
        if table.kind in _KINDS and table.column("ideal") is not None:
            for name, ideal in _of(grid, table).items():
                found.setdefault(name, ideal)
    return found


def _of(grid: Grid, table: Table) -> dict[str, Fraction]:
    sheet = grid.sheet(table.sheet)
    stated: dict[str, Fraction] = {}
    for row in table.rows:
        cell = table.cell(sheet, row.row, "ideal")
        value = None if cell is None else cell.value
        if row.role == "line" and not isinstance(value, bool | str | None):
            percent = cell is not None and cell.percent
            number, name = split_number(row.label)
            stated[name or number] = exact(value) * (_WHOLE if percent else 1)
    if stated and sum(stated.values()) <= 1:
        return {name: _WHOLE * value for name, value in stated.items()}
    return stated
