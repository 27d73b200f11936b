"""The calculation chain: which cells have formulas, in the order they were last calculated.

Excel takes a workbook whose chain names a cell without a formula for damaged, and makes
a new chain itself where there is none. So a chain that is no longer true is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from finsam_xl.address import box, position
from finsam_xl.hosts.ooxml.sheetpart import Formula
from finsam_xl.hosts.ooxml.xmlspans import tree, whole_number

Place = tuple[int, int]


def is_stale(
    data: bytes, part: str, formulas: Callable[[int], Mapping[Place, Formula] | None]
) -> bool:
    """Whether the chain names a cell without a formula.

    ``formulas``: of a sheet by its number; ``None`` for a sheet that is not looked into.
    """
    places: dict[int, list[Place]] = {}
    sheet = 0
    for cell in tree(data, part, 2).children:
        # Only the first of a run of cells tells its sheet.
        sheet = whole_number(cell.get("i")) or sheet
        try:
            places.setdefault(sheet, []).append(position(cell.get("r") or ""))
        except ValueError:
            return True
    return any(
        not _cover(known, named)
        for number, named in places.items()
        if (known := formulas(number)) is not None
    )


def _cover(formulas: Mapping[Place, Formula], places: Collection[Place]) -> bool:
    """Whether every place has a formula, its own or one written for a whole area."""
    bare = [place for place in places if place not in formulas]
    if not bare:
        return True
    areas = [box(formula.area) for formula in formulas.values() if _is_for_an_area(formula)]
    return all(
        any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas)
        for row, column in bare
    )


def _is_for_an_area(formula: Formula) -> bool:
    return formula.kind in {"array", "dataTable"} and bool(formula.area)
