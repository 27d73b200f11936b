"""Which rows of a sheet hold years that head columns, and not amounts that look like years.

A year row needs a reason: it stands above the figures and its years follow each other, or
it stands under or over the texts of a heading and has no label of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, takewhile

from finsam_xl.reading.cells import Holds, standing, year_of
from finsam_xl.sheets.grid import SheetGrid

Rows = Mapping[int, Mapping[int, Holds]]
_LEAST_BELOW = 2
"""How many rows with labels a single year heads at least."""
_FAR_YEARS = 15
"""How far apart the years of one heading row may lie."""


def year_rows(sheet: SheetGrid, rows: Rows) -> frozenset[int]:
    """The rows whose figures are all years that head columns."""
    found: set[int] = set()
    for row, cells in rows.items():
        figures = [c for c, what in cells.items() if what is Holds.FIGURE]
        years = (year_of(standing(sheet, (row, c))) for c in figures)
        known = [year for year in takewhile(lambda year: year is not None, years) if year]
        if known and len(known) == len(figures) and _heads(rows, row, figures, known, found):
            found.add(row)
    return frozenset(found)


def _heads(rows: Rows, row: int, columns: list[int], years: list[int], known: set[int]) -> bool:
    """Whether a row of years heads its columns."""
    if max(years) - min(years) > _FAR_YEARS:
        return False
    cells = rows[row]
    is_labelled = cells.get(min(cells)) is Holds.TEXT
    if _texts(rows, row - 1, columns):
        return not is_labelled or _follow(years)
    if _texts(rows, row + 1, columns) and not is_labelled:
        return True
    if _amounts(rows, row - 1, columns, known):
        return False
    if len(years) == 1:
        return len(cells) > 2 or _is_alone_above(rows, row, columns[0])
    if len(set(years)) < len(years):
        return False
    return _follow(years) or not is_labelled


def _is_alone_above(rows: Rows, row: int, column: int) -> bool:
    """Whether a year stands alone over the first figures of its column, which have labels."""
    figures = [n for n, cells in rows.items() if cells.get(column) is Holds.FIGURE]
    labelled = {n for n, cells in rows.items() if min(cells) < column and n > row}
    below = {n for n in figures if n > row}
    if len(rows[row]) > 1 or min(figures) < row or not below:
        return False
    return below <= labelled and len(labelled) >= _LEAST_BELOW


def _texts(rows: Rows, row: int, columns: list[int]) -> bool:
    """Whether a row has texts in some of the columns, and no figure."""
    cells = rows.get(row, {})
    if Holds.FIGURE in cells.values():
        return False
    return any(cells.get(c) in (Holds.TEXT, Holds.DATE) for c in columns)


def _follow(years: list[int]) -> bool:
    """Whether years follow each other, up or down."""
    steps = {after - before for before, after in pairwise(years)}
    return steps in ({1}, {-1})


def _amounts(rows: Rows, row: int, columns: list[int], known: set[int]) -> bool:
    """Whether a row has amounts in some of the columns."""
    cells = rows.get(row, {})
    return row not in known and any(cells.get(c) is Holds.FIGURE for c in columns)
