"""All tables of a workbook: what each block of each sheet is, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from finsam_xl.address import box, real_name, span
from finsam_xl.labels import split_number
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget
from finsam_xl.reading import (
    across,
    ceilings,
    count_headings,
    fees,
    index_matrix,
    index_tables,
    people,
    social,
)
from finsam_xl.reading.amounts import read_amounts, why_not
from finsam_xl.reading.blocks import Block, blocks
from finsam_xl.reading.index_matrix import Known
from finsam_xl.reading.people import FoundPeople
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words import scenarios


class ReadBudget(NamedTuple):
    """A table of amounts as read, its budget record, and what was found on the way."""

    table: Table
    budget: Budget
    findings: tuple[Finding, ...]


class Unread(NamedTuple):
    """A block of figures that no table was read from, and why not, in Swedish."""

    sheet: str
    range: str
    why: str


def tables(grid: Grid) -> list[Table]:
    """Every recognised table, sheet by sheet, read once; our own report sheets are left out."""
    if tables not in grid.kept:
        grid.kept[tables] = list(_tables(grid))
    found: list[Table] = grid.kept[tables]
    return found


def _tables(grid: Grid) -> Iterator[Table]:
    sheets = [sheet for sheet in grid.sheets if not sheet.owner]
    budgets = {sheet.name: social.recognise(sheet) for sheet in sheets}
    known = [
        Known.of(table, social.areas(sheet, table))
        for sheet in sheets
        for table in budgets[sheet.name]
    ]
    places = fees.places(grid)
    for sheet in sheets:
        here = _particular(sheet, budgets[sheet.name], known, places)
        yield from here
        yield from _on(sheet, here)


def unread(grid: Grid) -> list[Unread]:
    """The blocks with headings and figures that were not understood, and what they might be."""
    found = tables(grid)
    return [
        Unread(sheet.name, span(*_box(block)), why_not(block))
        for sheet in grid.sheets
        if not sheet.owner and not sheet.large
        for block in blocks(sheet)
        if block.header
        and not any(real_name(t.sheet) == sheet.name and t.touches(_box(block)) for t in found)
    ]


def _holds(table: Table, sheet: SheetGrid, block: Block) -> bool:
    return real_name(table.sheet) == sheet.name and table.touches(_box(block))


def of_people(grid: Grid) -> list[FoundPeople]:
    """The tables of people with what their rows and columns are the sum of."""
    found = [one for sheet in grid.sheets if not sheet.owner for one in people.find(sheet)]
    return people.among(found, tables(grid)) if found else []


def budgets(tables: Iterable[Table]) -> list[ReadBudget]:
    """The tables of amounts among some tables."""
    return [ReadBudget(t, t.budget, t.findings) for t in tables if t.budget is not None]


def _on(sheet: SheetGrid, here: list[Table]) -> list[Table]:
    """The other tables of a sheet; those of people are not given to the search for amounts."""
    people = _people(sheet, here)
    people += _without(here + people, ceilings.recognise(sheet))
    return people + _amounts(sheet, here + people)


def _without(known: list[Table], found: list[Table]) -> list[Table]:
    """The tables found that share no cell with those known."""
    return [table for table in found if not any(o.touches(box(table.range)) for o in known)]


def _particular(
    sheet: SheetGrid, budgets: list[Table], known: list[Known], places: frozenset[str]
) -> list[Table]:
    areas = frozenset(split_number(area)[1] for one in known for area in one.areas)
    here = [*budgets]
    here += _without(here, index_tables.recognise(sheet, areas))
    here += _without(here, index_matrix.recognise(sheet, known))
    here += _without(here, [one.table for one in fees.find(sheet, places)])
    return here


def _people(sheet: SheetGrid, here: list[Table]) -> list[Table]:
    """The tables known by their headings, and those that are found to count people."""
    named = _without(here, _counts(sheet))
    return named + _without(here + named, [one.table for one in people.find(sheet)])


def _counts(sheet: SheetGrid) -> list[Table]:
    if not count_headings.may_occur(sheet.texts):
        return []
    from finsam_xl.reading import counts

    return counts.recognise(sheet)


def _amounts(sheet: SheetGrid, here: list[Table]) -> list[Table]:
    """The tables of amounts among the blocks that are nothing else."""
    if sheet.large and not any(map(scenarios.may_be_heading, sheet.texts)):
        return []
    found: list[Table] = []
    for block in blocks(sheet):
        if any(other.touches(_box(block)) for other in here):
            continue
        table = across.better(block, read_amounts(block, found))
        if table is not None:
            found.append(table)
    return found


def _box(block: Block) -> tuple[int, int, int, int]:
    return block.top, block.left, block.bottom, block.right
