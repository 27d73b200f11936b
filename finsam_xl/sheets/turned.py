"""A sheet read with rows for columns, for tables that have their years down the side.

Everything that reads a table then reads this one the same way; a place in it is told as the
workbook has it by :meth:`finsam_xl.model.Ref.at`.

>>> turned_formula("SUM(B5:D5)-Plan!C2*$E$1")
'SUM(E2:E4)-Plan!C2*$A$5'
"""

from __future__ import annotations

from finsam_xl.address import box, span, turned_name
from finsam_xl.formulas.blocks import End, ends, written
from finsam_xl.formulas.tokens import Kind, tokens
from finsam_xl.sheets.grid import SheetGrid

Box = tuple[int, int, int, int]


def turned(sheet: SheetGrid, within: Box | None = None) -> SheetGrid:
    """The sheet with its rows for columns; ``within``: only those of its cells."""

    def formulas() -> dict[tuple[int, int], str]:
        return {(c, r): turned_formula(text) for (r, c), text in sheet.formulas.items()}

    def merged() -> list[str]:
        return [
            span(left, top, right, bottom) for top, left, bottom, right in map(box, sheet.merged)
        ]

    return SheetGrid(
        turned_name(sheet.name),
        lambda: {
            (column, row): cell
            for (row, column), cell in sheet.cells.items()
            if within is None or _is_in(within, row, column)
        },
        texts=lambda: sheet.texts,
        formulas=formulas,
        merged=merged,
        owner=sheet.owner,
        said=sheet.said.turned,
    )


def _is_in(within: Box, row: int, column: int) -> bool:
    top, left, bottom, right = within
    return top <= row <= bottom and left <= column <= right


def turned_formula(formula: str) -> str:
    """A formula with the addresses that its cells have in the turned sheet."""
    found = []
    before = ""
    for kind, text in tokens(formula):
        is_here = kind == Kind.AREA and before != Kind.PREFIX
        found.append(":".join(map(_turned, ends(text))) if is_here else text)
        before = kind
    return "".join(found)


def _turned(end: End) -> str:
    return written(End(end.column, end.row, end.column_fixed, end.row_fixed))
