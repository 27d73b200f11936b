"""The workbook with its new headings and names, read again: the same tables a year later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finsam_xl.actions.new_year_tables import Own
from finsam_xl.address import is_turned, position
from finsam_xl.filling.rolled_columns import later, period_of
from finsam_xl.formulas.renaming import renamed
from finsam_xl.model import Ref
from finsam_xl.plan import CellEdit
from finsam_xl.sheets.grid import Grid, SheetGrid, Value
from finsam_xl.sheets.tables import Table


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
