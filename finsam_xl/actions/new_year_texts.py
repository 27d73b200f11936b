"""The years in headings, titles, names of sheets and what is said on the sheet *Finsam*."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from finsam_xl.actions.new_year_tables import Own
from finsam_xl.actions.new_year_told import What
from finsam_xl.address import a1, is_turned, meet, position, real_place
from finsam_xl.filling.rolled_columns import is_kept, later, period_of
from finsam_xl.formulas.references import references
from finsam_xl.formulas.renaming import renamed
from finsam_xl.model import Ref
from finsam_xl.plan import CellEdit
from finsam_xl.reading import placing
from finsam_xl.reading.corrections import shown
from finsam_xl.reading.dates import dated
from finsam_xl.reading.finsam_sheet import (
    KEY,
    MEND,
    OWNER,
    READ,
    STANDS,
    columns_of,
    key_of,
    text,
    written,
)
from finsam_xl.reading.year_text import moved, moved_value
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid, Value
from finsam_xl.sheets.tables import Table

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
        taken = {_plain(text) for one in others for text in one.table.titles}
        known: dict[str, frozenset[int]] = {}
        for one in here:
            for title in map(_plain, one.table.titles):
                known[title] = known.get(title, frozenset()) | one.known
        for (row, column), cell in sheet.cells.items():
            text = _plain(cell.value) if type(cell.value) is str else ""
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


def _plain(text: str) -> str:
    return " ".join(text.split())


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


# The sheet Finsam ------------------------------------------------------------------------------


def on_our_sheets(
    grid: Grid, rolled: Sequence[Own], texts: Sequence[CellEdit], names: Mapping[str, str]
) -> Iterator[CellEdit]:
    """What is said on our own sheets of headings and sheets: it follows them."""
    for sheet in grid.sheets:
        if not sheet.owner:
            continue
        told = dict(_corrections(grid, sheet, rolled, texts)) if sheet.owner == OWNER else {}
        for place, cell in sheet.cells.items():
            if type(cell.value) is not str or cell.formula is not None:
                continue
            new = told.get(place, _with_names(cell.value, names))
            if new != cell.value:
                yield CellEdit.typed(Ref(sheet.name, a1(*place)), cell, new, What.HEADING)


def _with_names(text: str, names: Mapping[str, str]) -> str:
    """A text of ours that is a sheet's name, or ends with a place on it."""
    for old, new in names.items():
        if text == old:
            return new
        head, mark, tail = text.rpartition(f"– {old}!")
        if mark:
            return f"{head}– {new}!{tail}"
    return text


def _corrections(
    grid: Grid, sheet: SheetGrid, rolled: Sequence[Own], texts: Sequence[CellEdit]
) -> Iterator[tuple[tuple[int, int], str]]:
    """The corrections of tables that go on, about their new headings and of the new year."""
    new = {
        (e.sheet, shown(Cell(e.old))): shown(Cell(e.new)) for e in texts if e.why == What.HEADING
    }
    areas = placing.areas(grid)
    for number, row, columns in columns_of(sheet):
        key = key_of(text(row.get(columns[KEY])))
        if key is None or key.table not in areas:
            continue
        name, area = areas[key.table]
        own = next(
            (o for o in rolled if o.table.real_sheet == name and meet(o.table.area, area)), None
        )
        if own is None:
            continue
        follows = key._replace(text=new.get((name, key.text), key.text))
        yield (number, columns[KEY]), written(follows)
        for heading in (STANDS, READ, MEND):
            says = row.get(columns[heading])
            if says is not None and type(says.value) is str:
                said = new.get((name, shown(says))) if heading == STANDS else None
                yield (number, columns[heading]), said or moved(says.value, own.known).text


# How it is read afterwards ---------------------------------------------------------------------


def as_renamed(
    grid: Grid,
    edits: Sequence[CellEdit],
    formulas: Sequence[tuple[Ref, str]],
    names: Mapping[str, str],
) -> Grid:
    """The workbook with texts changed and sheets renamed, to be read again."""
    new: dict[str, dict[tuple[int, int], Value]] = {}
    for sheet, cell, value in (
        *((edit.sheet, edit.cell, edit.new) for edit in edits),
        *((ref.sheet, ref.cell, said) for ref, said in formulas),
    ):
        new.setdefault(sheet, {})[position(cell)] = value
    sheets = tuple(_renamed(sheet, new.get(sheet.name, {}), names) for sheet in grid.sheets)
    own = {name: renamed(formula, names) for name, formula in grid.names.items()}
    return Grid(sheets, grid.digest, own)


def _renamed(
    sheet: SheetGrid, values: Mapping[tuple[int, int], Value], names: Mapping[str, str]
) -> SheetGrid:
    if not values and not names:
        return sheet
    changed = sheet.with_values(values) if values else sheet
    return SheetGrid(
        names.get(sheet.name, sheet.name),
        lambda: changed.cells,
        texts=None if values else lambda: sheet.texts,
        merged=lambda: sheet.merged,
        formulas=lambda: {place: renamed(f, names) for place, f in sheet.formulas.items()},
        unknown=lambda: sheet.unknown,
        owner=sheet.owner,
        large=sheet.large,
    )


def is_a_year_on(own: Own, name: str, found: Sequence[Table]) -> bool:
    """Whether a table is read as before, of a year later; ``name``: of its sheet by now."""
    table = own.table
    again = next((t for t in found if t.real_sheet == name and t.range == table.range), None)
    if (
        again is None
        or again.kind != table.kind
        or is_turned(again.sheet) != is_turned(table.sheet)
    ):
        return False
    columns = {column.number: column for column in again.columns}
    for take in own.takes:
        old, new = take.column, columns.get(take.column.number)
        if new is None or (new.field, new.scenario) != (old.field, old.scenario):
            return False
        period = period_of(table, old)
        if period_of(again, new) != (None if period is None else later(period)):
            return False
    return True
