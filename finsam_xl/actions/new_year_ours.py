"""What our own sheets say of headings and sheets, once those are called otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.actions.new_year_tables import Own
from finsam_xl.actions.new_year_told import What
from finsam_xl.address import a1, meet
from finsam_xl.model import Ref
from finsam_xl.plan import CellEdit
from finsam_xl.reading import placing
from finsam_xl.reading.corrections import shown
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
from finsam_xl.reading.year_text import moved
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid


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
