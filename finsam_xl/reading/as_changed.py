"""A workbook as it is once some cells are changed, with what her own formulas then show.

Formulas are calculated as far as plain arithmetic goes, on the sheets that are changed and on
those that look at them; the others show what they did.
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
    following = _Following(grid, new, formulas)
    sheets = tuple(following.sheet(sheet) for sheet in grid.sheets)
    return Grid(sheets, grid.digest, grid.names)


def with_cells(grid: Grid, new: Mapping[Ref, Value]) -> Grid:
    """The workbook with new values in some cells, told by their addresses."""
    values: dict[str, dict[Place, Value]] = {}
    for ref, value in new.items():
        values.setdefault(ref.sheet, {})[position(ref.cell)] = value
    return with_values(grid, values)


class _Following:
    """The sheets with their new values, and the formulas that follow from them."""

    def __init__(
        self,
        grid: Grid,
        new: Mapping[str, Mapping[Place, Value]],
        formulas: Mapping[str, Mapping[Place, str]],
    ) -> None:
        self.grid, self.new, self.formulas = grid, new, formulas
        self.held = {sheet.name: sheet for sheet in grid.sheets}
        self.left = {name: self.changed(name) for name, values in new.items() if values}
        followed = [sheet for sheet in grid.sheets if self.is_followed(sheet)]
        known = [(sheet.name, dict(self.known(sheet))) for sheet in followed]
        for _ in range(_DEEPEST):
            now = {name: self.shown(name, texts) for name, texts in known}
            after = {name: self.changed(name, values) for name, values in now.items() if values}
            is_same_again = all(
                self.sheet(self.held[name]).cell(*place).value == value
                for name, values in now.items()
                for place, value in values.items()
            )
            self.left.update(after)
            if is_same_again:
                break

    def sheet(self, sheet: SheetGrid) -> SheetGrid:
        """A sheet as it is now."""
        return self.left.get(sheet.name, sheet)

    def changed(self, name: str, shown: Mapping[Place, Value] = MappingProxyType({})) -> SheetGrid:
        """A sheet with its new values, and with what its formulas then show."""
        values = {**shown, **self.new.get(name, {})}
        return self.held[name].with_values(values, self.formulas.get(name, {}))

    def is_followed(self, sheet: SheetGrid) -> bool:
        """Whether formulas of a sheet may look at what is new."""
        if sheet.name in self.left:
            return True
        is_known = not sheet.owner and (sheet.is_read or not sheet.large)
        return is_known and any("!" in text for text in sheet.formulas.values())

    def known(self, sheet: SheetGrid) -> Iterator[tuple[Place, tuple[str, Fraction]]]:
        """The formulas that show what their plain arithmetic gives."""
        for place, text in sheet.formulas.items():
            was = result(text, partial(self.figures, self.held, sheet.name), sheet.name)
            if was is not None and is_same(sheet.cell(*place).value, float(was)):
                yield place, (text, was)

    def shown(self, name: str, texts: Mapping[Place, tuple[str, Fraction]]) -> dict[Place, Value]:
        """What the formulas of a sheet give now, where that is something else."""
        figures = partial(self.figures, {**self.held, **self.left}, name)
        given = ((place, was, result(text, figures, name)) for place, (text, was) in texts.items())
        return {place: float(now) for place, was, now in given if now is not None and now != was}

    def figures(
        self, sheets: Mapping[str, SheetGrid], name: str, area: Area
    ) -> Iterator[Fraction | None]:
        """The figures of a block, blanks as 0; of what is very large or no sheet none is known."""
        sheet = sheets.get(area.sheet or name)
        rows, columns = area.bottom - area.top + 1, area.right - area.left + 1
        if sheet is None or rows * columns > _LARGEST_BLOCK or (sheet.large and not sheet.is_read):
            yield None
            return
        for place in places((area.top, area.left, area.bottom, area.right)):
            value = sheet.cell(*place).value
            is_figure = isinstance(value, int | float) and not isinstance(value, bool)
            yield exact(value) if is_figure else Fraction(0) if value is None else None
