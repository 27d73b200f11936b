"""All tables of a workbook: what each block of each sheet is, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from finsam_xl.address import meet, real_name, span
from finsam_xl.labels import split_number
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget
from finsam_xl.reading import as_said, ceilings, counts, index_matrix, index_tables, may_hold
from finsam_xl.reading.blocks import Block, blocks
from finsam_xl.reading.count_known import InBook
from finsam_xl.reading.index_matrix import Known
from finsam_xl.reading.unit_names import Names
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words import scenarios

if TYPE_CHECKING:
    from finsam_xl.reading.people import FoundPeople

Placed = TypeVar("Placed", Table, Block)


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
    budgets = {sheet.name: list(_social(sheet)) for sheet in sheets}
    known = [one for sheet in sheets for one in budgets[sheet.name]]
    particular = {
        sheet.name: _particular(grid, sheet, [one.table for one in budgets[sheet.name]], known)
        for sheet in sheets
    }
    in_book = _in_book(sheets, particular, known)
    for sheet in sheets:
        here = particular[sheet.name]
        for table in (*here, *_on(sheet, here, in_book)):
            yield as_said.told(grid.sheet(table.sheet), table)


def unread(grid: Grid) -> list[Unread]:
    """The blocks with headings and figures that were not understood, and what they might be."""
    from finsam_xl.reading.amounts import why_not

    found: dict[str, list[Table]] = {}
    for table in tables(grid):
        found.setdefault(real_name(table.sheet), []).append(table)
    return [
        Unread(sheet.name, span(*block.area), why_not(block))
        for sheet in grid.sheets
        if not sheet.owner and not sheet.large
        for block in _without(found.get(sheet.name, ()), blocks(sheet))
        if block.header
    ]


def plain(grid: Grid) -> list[tuple[Budget, list[Finding]]]:
    """The blocks that were not understood, for what their figures tell of themselves."""
    from finsam_xl.reading.plain import read_plain

    found: dict[str, list[Table]] = {}
    for table in tables(grid):
        found.setdefault(real_name(table.sheet), []).append(table)
    left = (
        block
        for sheet in grid.sheets
        if not sheet.owner and not sheet.large
        for block in _without(found.get(sheet.name, ()), blocks(sheet))
    )
    return [read for block in left if (read := read_plain(block)) is not None]


def of_people(grid: Grid) -> list[FoundPeople]:
    """The tables of people with what their rows and columns are the sum of."""
    known = tables(grid)
    found = [one for sheet in grid.sheets for one in sheet.kept.get(of_people, ())]
    if not found:
        return []
    from finsam_xl.reading import people

    return people.among(found, known)


def budgets(tables: Iterable[Table]) -> list[ReadBudget]:
    """The tables of amounts among some tables."""
    return [ReadBudget(t, t.budget, t.findings) for t in tables if t.budget is not None]


def _in_book(
    sheets: Sequence[SheetGrid], particular: Mapping[str, list[Table]], known: Sequence[Known]
) -> InBook:
    """What the workbook tells of its units, its goal areas and those who took part."""
    index = [t for here in particular.values() for t in here if t.kind == "impact_index"]
    units = [name for one in known for name in one.names.said]
    units += [table.title for table in index]
    areas = [area for one in known for area in one.areas]
    areas += [row.label for table in index for row in table.rows if row.role == "line"]
    found = InBook(Names(units), frozenset(split_number(area)[1] for area in areas))
    return found._replace(went=counts.went(sheets, particular, found))


def _on(sheet: SheetGrid, here: list[Table], known: InBook) -> list[Table]:
    """The other tables of a sheet; those of people are not given to the search for amounts."""
    people = _people(sheet, here, known)
    people += _without(here + people, ceilings.recognise(sheet))
    return people + _amounts(sheet, here + people)


def _without(known: Iterable[Table], found: Iterable[Placed]) -> list[Placed]:
    """The tables or blocks found that share no cell with the tables known."""
    taken = [table.area for table in known]
    return [one for one in found if not any(meet(area, one.area) for area in taken)]


def _social(sheet: SheetGrid) -> Iterator[Known]:
    # What a workbook has no tables for is not loaded, here and below: a run is mostly start-up.
    if may_hold.social_budgets(sheet):
        from finsam_xl.reading import social

        for table in as_said.allowed(sheet, social.recognise(sheet)):
            yield Known.of(table, social.areas(sheet, table))


def _particular(
    grid: Grid, sheet: SheetGrid, budgets: list[Table], known: list[Known]
) -> list[Table]:
    areas = frozenset(split_number(area)[1] for one in known for area in one.areas)
    here = [*budgets]
    here += _without(here, index_tables.recognise(sheet, areas, budgets))
    here += _without(here, index_matrix.recognise(sheet, known))
    return as_said.allowed(sheet, here + _without(here, _fees(grid, sheet)))


def _fees(grid: Grid, sheet: SheetGrid) -> list[Table]:
    if not may_hold.fees(sheet):
        return []
    from finsam_xl.reading import fees

    return [one.table for one in fees.find(sheet, fees.places(grid))]


def _people(sheet: SheetGrid, here: list[Table], known: InBook) -> list[Table]:
    """The tables whose columns are known, and those that are found to count people."""
    named = as_said.allowed(sheet, _without(here, counts.recognise(sheet, known, here)))
    counted = _counted(sheet, here + named)
    people = as_said.allowed(sheet, [one.table for one in counted])
    sheet.kept[of_people] = [one for one in counted if one.table in people]
    return named + _without(here + named, people)


def _counted(sheet: SheetGrid, here: list[Table]) -> list[FoundPeople]:
    if not may_hold.people(sheet):
        return []
    from finsam_xl.reading import people

    return people.find(sheet, here)


def _amounts(sheet: SheetGrid, here: list[Table]) -> list[Table]:
    """The tables of amounts among the blocks that are nothing else."""
    if sheet.large and not any(map(scenarios.may_be_heading, sheet.texts)):
        return []
    left = _without(here, blocks(sheet))
    if not left:
        return []
    from finsam_xl.reading import across
    from finsam_xl.reading.amounts import read_amounts

    found: list[Table] = []
    for block in left:
        table = across.better(block, read_amounts(block, found))
        if table is not None:
            found.append(table)
    return found
