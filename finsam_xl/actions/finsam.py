"""The sheet *Finsam*: what was read, written out so that it can be put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from finsam_xl import policy
from finsam_xl.actions import control
from finsam_xl.address import box, span
from finsam_xl.checks.impact_index import ideal_of
from finsam_xl.money import swedish
from finsam_xl.plan import Plan
from finsam_xl.reading import book as reading
from finsam_xl.reading import corrections, placing, settings, social
from finsam_xl.reading.finsam_sheet import followed, own_words, text
from finsam_xl.reading.ideal_weights import ideals as ideals_of
from finsam_xl.reading.settings import association
from finsam_xl.report import finsam as sheet
from finsam_xl.report.finsam import SettingRow
from finsam_xl.report.finsam_entries import entries_of, entries_of_unread, lost, numbered
from finsam_xl.sheetplan import PlaceName
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table


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
    left = lost(placed, told)
    wanted = {one.key.table for one in left} - set(numbers)
    kept = [
        PlaceName(f"{corrections.TABLE_NAME}{n}", name, span(*area))
        for n, (name, area) in known.items()
        if n in wanted
    ]
    words = own_words(grid)
    rows = list(_settings(read, tables, today))
    accepted = tuple(mark for mark in control.marks(grid) if mark.is_accepted)
    made = sheet.build(
        told, left, words, rows, accepted, association=association(read, tables), run=run, kept=kept
    )
    return Plan(findings=tuple(placing.findings(read, tables)), sheets=(made,), run=run)


def _settings(grid: Grid, tables: Sequence[Table], today: date) -> Iterator[SettingRow]:
    """What may be set, what holds, and whether that is set, read or a rule."""
    typed = {name: text(cell) for name, cell, _ in settings.typed(grid)}
    named = settings.association(grid, tables)
    unit = settings.unit_word(grid)
    for name, title, holds in (
        (settings.ASSOCIATION, "Förbundets namn", named),
        (settings.UNIT, "En enhet med egen social budget kallas", unit),
    ):
        yield _row(name, title, holds, "Läst ur arbetsboken", typed)
    day = policy.current(today)
    rules = settings.settings(grid).on(policy.on(day).impact_index)
    for name in settings.RULES:
        rule = policy.rule("impact_index", name)
        holds = f"{swedish(getattr(rules, name))} {rule.unit}"
        yield _row(name, rule.title, holds, rule.at(day).source, typed)
    ideals = {**ideals_of(grid, tables), **settings.settings(grid).ideals}
    for area in _areas(grid, tables):
        ideal = ideal_of(area, ideals)
        holds = "" if ideal is None else f"{swedish(ideal)} %"
        name = f"{settings.IDEAL}|{area}"
        source = "Läst ur arbetsboken" if holds else "Inte satt"
        yield _row(name, f"Ideal vikt, {area}", holds, source, typed)


def _row(name: str, title: str, holds: str, source: str, typed: Mapping[str, str]) -> SettingRow:
    own = typed.get(name, "")
    source = "Satt här" if own else source
    return SettingRow(settings.key(name), title, holds, source, own)


def _areas(grid: Grid, tables: Sequence[Table]) -> list[str]:
    """The goal areas of the workbook's social budgets, in their order."""
    areas: dict[str, None] = {}
    for table in tables:
        if table.kind == "social_budget":
            areas.update(dict.fromkeys(social.areas(grid.sheet(table.sheet), table)))
    return list(areas)
