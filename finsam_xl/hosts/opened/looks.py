"""How a report sheet looks, attribute by attribute over as few blocks as there can be.

What most cells share is set once for the whole sheet, and what differs by rectangles, so that the
number of calls depends on the look of the report and not on its length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from finsam_xl.address import places
from finsam_xl.hosts.opened.blocks import Area, Place, rectangles, row_runs
from finsam_xl.records import NamedTuple
from finsam_xl.sheetplan import Role, SheetPlan
from finsam_xl.sheets.grid import Value

FONT = "Calibri"
TO_SOURCE = "Gå till källan"
ATTRIBUTES = ("size", "ink", "bold", "italic", "fill", "number", "align", "valign", "wrap")
_PLAIN = Role()
_EVERYWHERE = ("size", "ink", "align", "valign")
"""Attributes whose plain value is not the program's own."""


class Look(NamedTuple):
    """What an attribute is in a block of cells."""

    area: Area
    attribute: str
    value: Any


class Line(NamedTuple):
    """Lines along one ``side`` of every cell of a block, 'top' or 'bottom'."""

    area: Area
    side: str
    colour: str
    strong: bool


def roles(plan: SheetPlan) -> dict[Place, Role]:
    """The role of every cell; a merged range has that of its first cell all over."""
    found = {(cell.row, cell.column): cell.look for cell in plan.cells}
    for merge in plan.merges:
        found |= dict.fromkeys(places(merge), found[merge[:2]])
    return found


def values(plan: SheetPlan) -> tuple[Area, list[list[Value]]]:
    """Where the values go and all of them, row by row; what is not planned is blank."""
    held: dict[Place, Value] = {(cell.row, cell.column): cell.value for cell in plan.cells}
    area = _whole(held)
    rows = [
        [held.get((row, column)) for column in range(1, area[3] + 1)]
        for row in range(1, area[2] + 1)
    ]
    return area, rows


def formulas(plan: SheetPlan) -> dict[Place, str]:
    """The formulas, without their equals signs."""
    return {(cell.row, cell.column): cell.formula for cell in plan.cells if cell.formula}


def looks(found: Mapping[Place, Role]) -> Iterator[Look]:
    """Every attribute, where it is to be set."""
    whole = _whole(found)
    for attribute in ATTRIBUTES:
        plain = getattr(_PLAIN, attribute)
        if attribute in _EVERYWHERE:
            yield Look(whole, attribute, plain)
        differing = {
            place: value
            for place, role in found.items()
            if (value := getattr(role, attribute)) != plain
        }
        for area, value in rectangles(differing):
            yield Look(area, attribute, value)


def lines(found: Mapping[Place, Role]) -> Iterator[Line]:
    """Lines above and below cells."""
    for side in ("top", "bottom"):
        lined = {
            place: (colour, role.strong)
            for place, role in found.items()
            if (colour := getattr(role, side))
        }
        for area, (colour, strong) in rectangles(lined):
            yield Line(area, side, colour, strong)


def widths(plan: SheetPlan) -> Iterator[tuple[int, int, float]]:
    """First and last column and the width of each in characters; 0 for those that are hidden."""
    wanted = {
        (1, column): 0 if column in plan.hidden else width
        for column, width in enumerate(plan.widths, start=1)
    }
    for (_, left, _, right), width in row_runs(wanted):
        yield left, right, width


def heights(plan: SheetPlan) -> Iterator[tuple[int, int, float]]:
    """First and last row and the height of each in points."""
    wanted = {(row, 1): height for row, height in plan.heights}
    for (top, _, bottom, _), height in rectangles(wanted):
        yield top, bottom, height


def _whole(found: Mapping[Place, Any]) -> Area:
    return 1, 1, max(row for row, _ in found), max(column for _, column in found)
