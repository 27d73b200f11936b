"""The sheet *Finsam*: what was read, written out so that it can be put right."""

from __future__ import annotations

from finsam_xl.address import box, span
from finsam_xl.plan import Plan
from finsam_xl.reading import book as reading
from finsam_xl.reading import corrections
from finsam_xl.reading.finsam_sheet import followed, own_words
from finsam_xl.report import finsam as sheet
from finsam_xl.report.finsam_entries import entries_of, entries_of_unread, lost, numbered
from finsam_xl.sheetplan import PlaceName
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import association


def plan(grid: Grid, run: str) -> Plan:
    """The sheet made anew: what is typed on it is kept, each correction at what it is about."""
    read = followed(grid)
    tables = reading.tables(read)
    unread = reading.unread(read)
    known = corrections.areas(grid)
    places = [(table.real_sheet, table.area) for table in tables]
    places += [(one.sheet, box(one.range)) for one in unread]
    numbers = list(numbered(places, known))
    placed = corrections.placed(read)
    told = [entries_of(grid, t, n, placed) for t, n in zip(tables, numbers, strict=False)]
    rest = numbers[len(tables) :]
    told += [entries_of_unread(u, n, placed) for u, n in zip(unread, rest, strict=True)]
    left = lost(placed, told)
    wanted = {one.key.table for one in left} - set(numbers)
    kept = [
        PlaceName(f"{corrections.TABLE_NAME}{n}", name, span(*area))
        for n, (name, area) in known.items()
        if n in wanted
    ]
    words = own_words(grid)
    made = sheet.build(told, left, words, association=association(tables), run=run, kept=kept)
    return Plan(findings=tuple(corrections.findings(read, tables)), sheets=(made,), run=run)
