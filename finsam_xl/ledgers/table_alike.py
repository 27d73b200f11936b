"""Columns of a ledger whose headings say the same: "Ackumulerat" of this year and of the last.

A year over or under the heading tells which it is. Else they must hold the same, row by row, or
at least days of the same month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from finsam_xl.address import letters
from finsam_xl.errors import InputError
from finsam_xl.ledgers.record import Month
from finsam_xl.ledgers.table_rows import BETTER, DAYS, Cells, Layout, day_of, text_of
from finsam_xl.words.ledger_columns import LedgerColumn

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def settled(
    rows: Sequence[Cells], layout: Layout, used: Iterable[LedgerColumn], year: int = 0
) -> Layout:
    """The layout with one column of each thing that is used.

    ``year``: the one that the table is of, 0 where it is not known. Raises ``InputError`` where
    columns with the same heading hold different things and no year tells them apart.
    """
    columns = dict(layout.columns)
    for what in used:
        alike = layout.alike.get(what, ())
        if len(alike) > 1:
            meant = _month if what in DAYS else _at
            columns[what] = _one_of(rows, layout.row, alike, year, meant)
    return layout._replace(columns=columns)


def _one_of(
    rows: Sequence[Cells],
    header: int,
    alike: Sequence[int],
    year: int,
    meant: Callable[[Cells, int], str],
) -> int:
    beside = rows[max(0, header - 1) : header + 2]
    years = {at: {int(y) for row in beside for y in _YEAR.findall(_at(row, at))} for at in alike}
    of_year = [at for at in alike if years[at] == {year}]
    if len(of_year) == 1 and all(years.values()):
        return of_year[0]
    body = rows[header + 1 :]
    if all(len({meant(row, at) for at in alike}) == 1 for row in body):
        return alike[0]
    places = " och ".join(f"{letters(at + 1)} (”{_at(rows[header], at)}”)" for at in alike)
    raise InputError(
        f"Kolumnerna {places} har samma sorts rubrik men olika innehåll.",
        remedy="Ta bort den som inte gäller, eller skriv året ovanför. " + BETTER,
    )


def _month(row: Cells, at: int) -> str:
    """The month of the day that a cell holds, else what stands there."""
    day = day_of(row[at]) if at < len(row) else None
    return _at(row, at) if day is None else str(Month.of(day))


def _at(row: Cells, at: int) -> str:
    return text_of(row[at]) if at < len(row) else ""
