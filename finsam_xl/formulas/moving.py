"""A formula's text as it reads in another cell of its sheet.

>>> moved("SUM(B2:B8)+$A$1+Moms", (9, 2), (9, 3))
'SUM(C2:C8)+$A$1+Moms'
>>> moved("B1*2", (2, 2), (1, 2))
'#REF!*2'
"""

from __future__ import annotations

from finsam_xl.formulas.blocks import LAST_COLUMN, LAST_ROW, End, block, ends, written
from finsam_xl.formulas.tokens import Kind, tokens

OFF_THE_SHEET = "#REF!"
Place = tuple[int, int]
"""Row and column."""


def moved(formula: str, start: Place, end: Place) -> str:
    """What a formula says when it is copied from one cell to another.

    An address that would lie outside the sheet becomes an error, as in Excel.
    """
    down, right = end[0] - start[0], end[1] - start[1]
    if not (down or right):
        return formula
    return "".join(
        [
            _address(text, down, right) if kind == Kind.AREA and block(text) else text
            for kind, text in tokens(formula)
        ]
    )


def _address(text: str, down: int, right: int) -> str:
    moved_ends = [_moved(end, down, right) for end in ends(text)]
    told = [written(end) for end in moved_ends if end is not None]
    return ":".join(told) if len(told) == len(moved_ends) else OFF_THE_SHEET


def _moved(end: End, down: int, right: int) -> End | None:
    row = end.row + down if end.row and not end.row_fixed else end.row
    column = end.column + right if end.column and not end.column_fixed else end.column
    is_there = bool(end.row) <= row <= LAST_ROW and bool(end.column) <= column <= LAST_COLUMN
    return end._replace(row=row, column=column) if is_there else None
