"""The years in headings, titles and names of sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from finsam_xl.actions.new_year_tables import Own
from finsam_xl.actions.new_year_told import What
from finsam_xl.address import a1, meet, position, real_place
from finsam_xl.filling.rolled_columns import is_kept
from finsam_xl.formulas.references import references
from finsam_xl.labels import one_line
from finsam_xl.model import Ref
from finsam_xl.plan import CellEdit
from finsam_xl.reading.corrections import shown
from finsam_xl.reading.dates import dated
from finsam_xl.reading.year_text import moved, moved_value
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid

_LONGEST_NAME, _DEEPEST = 31, 4


class Texts(NamedTuple):
    """Cells that change with the year, and headings that are formulas with what they should say.

    ``kept``: headings of what is kept, which name a year and stay.
    """

    edits: tuple[CellEdit, ...]
    formulas: tuple[tuple[Ref, str], ...] = ()
    kept: tuple[Ref, ...] = ()


def headings(grid: Grid, rolled: Sequence[Own]) -> Texts:
    """The headings of the tables that go on."""
    edits: dict[tuple[str, str], CellEdit] = {}
    formulas: dict[Ref, str] = {}
    kept: dict[Ref, None] = {}
    for one in rolled:
        sheet = grid.sheet(one.table.real_sheet)
        settings = {c.number for c in one.table.columns if is_kept(one.table, c)}
        names = {c.number for c in one.table.columns if c.field == "label"}
        for place, number in _heading_places(sheet, one):
            cell = sheet.cell(*place)
            new, _ = moved_value(cell, one.known)
            ref = Ref(sheet.name, a1(*place))
            if new == cell.value:
                continue
            if number in settings - names:
                kept[ref] = None
            elif cell.formula is not None:
                formulas[ref] = shown(Cell(new))
                for edit in _year_cells(grid, ref, one.known):
                    edits[edit.sheet, edit.cell] = edit
            else:
                edits[sheet.name, ref.cell] = CellEdit.typed(ref, cell, new, What.HEADING)
    return Texts(tuple(edits.values()), tuple(formulas.items()), tuple(kept))


def _year_cells(
    grid: Grid, ref: Ref, known: Collection[int], depth: int = _DEEPEST
) -> Iterator[CellEdit]:
    """The cells with a typed year that a heading's formula gets its year from."""
    sheet = grid.sheet(ref.sheet)
    found = references(sheet.formulas.get(position(ref.cell), ""), ref.sheet, grid.names)
    for area in found.areas:
        if not area.is_single or not any(one.name == area.sheet for one in grid.sheets):
            continue
        place = Ref(area.sheet, a1(area.top, area.left))
        cell = grid.sheet(area.sheet).cell(area.top, area.left)
        if cell.formula is not None:
            yield from _year_cells(grid, place, known, depth - 1) if depth else ()
        elif type(cell.value) is int and cell.value in known and not cell.dated:
            yield CellEdit.typed(place, cell, cell.value + 1, What.HEADING)


def _heading_places(sheet: SheetGrid, one: Own) -> Iterator[tuple[tuple[int, int], int]]:
    """The cells of a table's headings as the workbook has them, each with its column as read."""
    table = one.table
    top = table.top or table.header_row
    first = min((row.row for row in table.rows), default=table.header_row + 1)
    numbers = [column.number for column in table.columns]
    heads: dict[int, set[str]] = {}
    for number in range(min(numbers), max(numbers) + 1):
        for row in range(top, max(first, table.header_row + 1)):
            place = real_place(table.sheet, row, number)
            heads.setdefault(number, set()).add(shown(sheet.cell(*place)))
            yield place, number
    dated = [take.column.number for take in one.takes if take.column.period is not None]
    for row in range(first, max((r.row for r in table.rows), default=first) + 1):
        # Headings that are said over again further down.
        again = {number: real_place(table.sheet, row, number) for number in dated}
        said = [shown(sheet.cell(*place)) in heads[n] - {""} for n, place in again.items()]
        if said and all(said):
            yield from ((place, number) for number, place in again.items())


def titles(grid: Grid, rolled: Sequence[Own], left: Sequence[Own]) -> Iterator[CellEdit]:
    """The titles over tables that go on, but for those that stand over others as well.

    Those with nothing to move are given as they are.
    """
    for name in dict.fromkeys(one.table.real_sheet for one in rolled):
        sheet = grid.sheet(name)
        here = [one for one in rolled if one.table.real_sheet == name]
        others = [one for one in left if one.table.real_sheet == name and one.years]
        areas = [one.table.area for one in (*here, *others)]
        taken = {one_line(text) for one in others for text in one.table.titles}
        known: dict[str, frozenset[int]] = {}
        for one in here:
            for title in map(one_line, one.table.titles):
                known[title] = known.get(title, frozenset()) | one.known
        for (row, column), cell in sheet.cells.items():
            text = one_line(cell.value) if type(cell.value) is str else ""
            if text not in known or text in taken or cell.formula is not None:
                continue
            if any(meet((row, column, row, column), area) for area in areas):
                continue
            new = moved(str(cell.value), known[text]).text
            yield CellEdit.typed(Ref(name, a1(row, column)), cell, new, What.HEADING)


def without_days(edit: CellEdit) -> CellEdit:
    """A title without the days in it that were not moved: they are not of the new year's figures.

    So it reads once the day is changed by hand, which is asked.
    """
    text = edit.new
    if type(text) is not str:
        return edit
    for day in reversed(dated(text)):
        if day.day is not None and not day.is_last and day.day > 1:
            text = text[: day.start] + text[day.end :]
    return edit._replace(new=text)


def sheet_names(
    rolled: Sequence[Own], left: Sequence[Own], names: Collection[str]
) -> dict[str, str]:
    """The new names of sheets whose tables all go on; ``names``: of all sheets there are."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(one.table.real_sheet for one in rolled):
        known = frozenset().union(*(o.known for o in rolled if o.table.real_sheet == name))
        new = moved(name, known).text
        others = [one for one in left if one.table.real_sheet == name and one.years]
        if new != name and not others and len(new) <= _LONGEST_NAME:
            found[name] = new
    while True:
        staying = {name.lower() for name in names if name not in found}
        taken = [name for name, new in found.items() if new.lower() in staying]
        if not taken:
            return found
        for name in taken:
            del found[name]
