"""A workbook as it is once some cells are changed, with what her own formulas then show.

The formulas of a sheet are calculated as far as plain arithmetic on that sheet goes; the others
show what they did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from finsam_xl.address import places, position
from finsam_xl.formulas.arithmetic import result
from finsam_xl.formulas.blocks import Area
from finsam_xl.model import Ref
from finsam_xl.money import exact
from finsam_xl.sheets.grid import Grid, SheetGrid, Value, is_same

_DEEPEST, _LARGEST_BLOCK = 6, 10_000
"""How far formulas upon formulas are followed, and how large a block they may add."""
Place = tuple[int, int]
_NO_FORMULAS: Mapping[str, Mapping[Place, str]] = MappingProxyType({})


def with_values(
    grid: Grid,
    new: Mapping[str, Mapping[Place, Value]],
    formulas: Mapping[str, Mapping[Place, str]] = _NO_FORMULAS,
) -> Grid:
    """The workbook with new values, by sheet and place, and formulas that give some of them."""
    if not any(new.values()):
        return grid
    sheets = tuple(
        _changed(sheet, new[sheet.name], formulas.get(sheet.name, {}))
        if new.get(sheet.name)
        else sheet
        for sheet in grid.sheets
    )
    return Grid(sheets, grid.digest, grid.names)


def with_cells(grid: Grid, new: Mapping[Ref, Value]) -> Grid:
    """The workbook with new values in some cells, told by their addresses."""
    values: dict[str, dict[Place, Value]] = {}
    for ref, value in new.items():
        values.setdefault(ref.sheet, {})[position(ref.cell)] = value
    return with_values(grid, values)


def _changed(
    sheet: SheetGrid, new: Mapping[Place, Value], formulas: Mapping[Place, str]
) -> SheetGrid:
    shown: dict[Place, Value] = {}
    for _ in range(_DEEPEST):
        left = sheet.with_values({**shown, **new}, formulas)
        now = {
            place: float(value)
            for place, text in sheet.formulas.items()
            if (was := result(text, partial(_figures, sheet), sheet.name)) is not None
            and is_same(sheet.cell(*place).value, float(was))
            and (value := result(text, partial(_figures, left), sheet.name)) is not None
            and value != was
        }
        if now == shown:
            break
        shown = dict(now)
    return sheet.with_values({**shown, **new}, formulas)


def _figures(sheet: SheetGrid, area: Area) -> Iterator[Fraction | None]:
    """The figures of a block, blanks as 0; of other sheets and very large blocks none is known."""
    block = (area.top, area.left, area.bottom, area.right)
    rows, columns = area.bottom - area.top + 1, area.right - area.left + 1
    if area.sheet not in ("", sheet.name) or rows * columns > _LARGEST_BLOCK:
        yield None
        return
    for place in places(block):
        value = sheet.cell(*place).value
        is_figure = isinstance(value, int | float) and not isinstance(value, bool)
        yield exact(value) if is_figure else Fraction(0) if value is None else None
