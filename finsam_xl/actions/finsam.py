"""The sheet *Finsam*: what was read, written out so that it can be put right."""

from __future__ import annotations

from datetime import date

from finsam_xl.actions import control, finsam_settings
from finsam_xl.address import box, span
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.plan import Plan
from finsam_xl.reading import book as reading
from finsam_xl.reading import corrections, placing
from finsam_xl.reading.finsam_sheet import own_words
from finsam_xl.reading.followed import followed
from finsam_xl.reading.settings import association, settings
from finsam_xl.report import finsam as sheet
from finsam_xl.report.finsam_entries import (
    entries_of,
    entries_of_unread,
    lost,
    not_followed,
    numbered,
)
from finsam_xl.sheetplan import PlaceName
from finsam_xl.sheets.grid import Grid


def plan(grid: Grid, today: date, run: str) -> Plan:
    """The sheet made anew: what is typed on it is kept, each correction at what it is about."""
    read = followed(grid)
    tables = reading.tables(read)
    unread = reading.unread(read)
    known = placing.areas(grid)
    places = [(table.real_sheet, table.area) for table in tables]
    places += [(one.sheet, box(one.range)) for one in unread]
    numbers = list(numbered(places, known))
    placed = placing.placed(read)
    told = [entries_of(grid, t, n, placed) for t, n in zip(tables, numbers, strict=False)]
    rest = numbers[len(tables) :]
    told += [entries_of_unread(u, n, placed) for u, n in zip(unread, rest, strict=True)]
    refused = {one.cell: one.message for one in placing.findings(read, tables)}
    told = [not_followed(one, placed, refused) for one in told]
    left = lost(placed, told)
    wanted = {one.key.table for one in left} - set(numbers)
    kept = [
        PlaceName(f"{corrections.TABLE_NAME}{n}", name, span(*area))
        for n, (name, area) in known.items()
        if n in wanted
    ]
    words = own_words(grid)
    rows = list(finsam_settings.rows(read, tables, today))
    made = sheet.build(
        told, left, words, rows, control.accepted(grid),
        association=association(read, tables), run=run, kept=kept,
    )  # fmt: skip
    settled = [one.cell for one in settings(read).findings]
    count = len({*refused, *settled})
    return Plan(findings=_marked(count) if count else (), sheets=(made,), run=run)


def _marked(count: int) -> tuple[Finding, ...]:
    """That something typed is not followed; each is marked on the sheet."""
    told = tell("rattelse-foljs-inte", None, "one" if count == 1 else "many", count=count)
    return (told._replace(sheet=sheet.NAME),)
