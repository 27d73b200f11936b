"""Ranges as hosts hand them over: one value, a row, a column or a block, in rows.

A range of one cell is that cell. Whole columns and rows are cut after their last value,
all in a call at the same place, so that a column of a million cells costs what is in it.

>>> block = blocks([[[1.0, 2.0], [3.0, 4.0]]])[0]
>>> block.rows, block.columns, list(block.cells)
(2, 2, [1.0, 2.0, 3.0, 4.0])
>>> blocks([[["only"]]])[0].single
True
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.money import parse_number
from finsam_xl.records import NamedTuple
from finsam_xl.registry.cell_errors import error_of
from finsam_xl.registry.entries import Argument, CellFunction, Kind, Takes

_WHOLE_COLUMN, _WHOLE_ROW = 65_536, 16_384
"""From these sizes on a range is a whole column or row and not one that a person marked."""
_STEP = 4096
_LISTS = (list, tuple)
Rows = Sequence[Sequence[Any]]


class Block(NamedTuple):
    """Cells row by row. ``marked``: rows and columns before a whole column or row was cut."""

    rows: int
    columns: int
    cells: Sequence[Any]
    marked: tuple[int, int]

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return self.marked == (1, 1)

    @property
    def is_line(self) -> bool:
        """Whether it is one row or one column."""
        return 1 in (self.rows, self.columns)

    def shaped(self, cells: Sequence[Any]) -> tuple[tuple[Any, ...], ...]:
        """Other cells in the same rows and columns."""
        return in_rows(cells, self.columns)


def in_rows(cells: Sequence[Any], width: int) -> tuple[tuple[Any, ...], ...]:
    """Cells one after another in rows of as many."""
    return tuple(zip(*[iter(cells)] * width, strict=True))


def single(value: Any) -> Block:
    """One cell."""
    return Block(1, 1, (value,), (1, 1))


def blocks(raws: Sequence[Any], *, zeros_may_be_blank: bool = False) -> list[Block]:
    """The arguments of a call as blocks; ``InputError`` for rows of different length."""
    grids = [_rows(raw) for raw in raws]
    blank = _blank_or_zero if zeros_may_be_blank else _blank
    long = [grid for grid in grids if grid is not None and _is_long(grid)]
    last_row = max((_last_row(grid, blank) for grid in long), default=0)
    last_column = max((_last_column(grid, blank) for grid in long), default=0)
    return [
        single(raw) if grid is None else _block(grid, last_row, last_column)
        for raw, grid in zip(raws, grids, strict=True)
    ]


def _rows(raw: Any) -> Rows | None:
    """The rows of a range, ``None`` for a single value; a plain list is a column."""
    if not isinstance(raw, _LISTS) or hasattr(raw, "_fields"):
        return None
    if not raw:
        return [[None]]
    return (
        raw if isinstance(raw[0], _LISTS) and not hasattr(raw[0], "_fields") else [[v] for v in raw]
    )


def _is_long(rows: Rows) -> bool:
    return len(rows) >= _WHOLE_COLUMN or len(rows[0]) >= _WHOLE_ROW


def _block(rows: Rows, last_row: int, last_column: int) -> Block:
    height, width = len(rows), len(rows[0])
    if height >= _WHOLE_COLUMN:
        rows = rows[: max(last_row, 1)]
    if width >= _WHOLE_ROW:
        rows = [row[: max(last_column, 1)] for row in rows]
    columns = len(rows[0])
    are_lists = all(issubclass(kind, _LISTS) for kind in set(map(type, rows)))
    if not columns or not are_lists or set(map(len, rows)) != {columns}:
        raise InputError(
            "Området har rader av olika längd.", remedy="Markera ett sammanhängande område."
        )
    cells = [row[0] for row in rows] if columns == 1 else list(chain.from_iterable(rows))
    return Block(len(rows), columns, cells, (height, width))


def _last_row(rows: Rows, blank: Callable[[Any], bool]) -> int:
    """How many rows there are down to the last value."""
    used = len(rows)
    blanks = [None] * len(rows[-1])
    chunk = [tuple(blanks) if isinstance(rows[-1], tuple) else blanks] * _STEP
    while used >= _STEP and list(rows[used - _STEP : used]) == chunk:
        used -= _STEP
    while used and all(map(blank, rows[used - 1])):
        used -= 1
    return used


def _last_column(rows: Rows, blank: Callable[[Any], bool]) -> int:
    if len(rows[0]) < _WHOLE_ROW:
        return 0
    used = 0
    for row in rows:
        wide = len(row)
        while wide > used and blank(row[wide - 1]):
            wide -= 1
        used = max(used, wide)
    return used


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _blank_or_zero(value: Any) -> bool:
    return _blank(value) or (value == 0 and not isinstance(value, bool))


def check(function: CellFunction, found: Sequence[Block]) -> None:
    """Refuse a range where one value is meant, and ranges of different size."""
    named = zip(function.arguments, found, strict=True)
    ranges = [(argument, block) for argument, block in named if not block.single]
    for argument, block in ranges:
        if argument.takes is Takes.ONE:
            raise InputError(
                f"Argumentet {argument.name} är ett område med {_size(block)}.",
                remedy="Peka ut en enda cell.",
            )
    _check_sizes([pair for pair in ranges if pair[0].takes is Takes.EACH])
    if function.same_size:
        _check_sizes([pair for pair in ranges if pair[0].takes is Takes.WHOLE])


def _check_sizes(ranges: Sequence[tuple[Argument, Block]]) -> None:
    for argument, block in ranges[1:]:
        first, other = ranges[0]
        if block.marked != other.marked:
            raise InputError(
                f"Områdena är olika stora: {first.name} har {_size(other)}, "
                f"{argument.name} {_size(block)}.",
                remedy="Markera lika många rader och kolumner.",
            )


def _size(block: Block) -> str:
    rows, columns = block.marked
    return f"{rows} {'rad' if rows == 1 else 'rader'} × {columns} kolumn{'er' * (columns > 1)}"


def below_heading(function: CellFunction, found: list[Block]) -> list[Block]:
    """The ranges without a first row that holds only words, as when a whole column is marked."""
    if not function.skips_heading:
        return found
    wholes = [
        (argument, block)
        for argument, block in zip(function.arguments, found, strict=True)
        if argument.takes is Takes.WHOLE and not block.single
    ]
    firsts = [(argument, block.cells[0]) for argument, block in wholes]
    if any(block.columns > 1 or block.rows == 1 for _, block in wholes) or not any(
        argument.kind is Kind.AMOUNT and _is_word(cell) for argument, cell in firsts
    ):
        return found
    if not all(isinstance(cell, str) and error_of(cell) is None for _, cell in firsts):
        return found
    headed = [block for _, block in wholes]
    return [
        block._replace(rows=block.rows - 1, cells=block.cells[1:])
        if any(block is other for other in headed)
        else block
        for block in found
    ]


def _is_word(cell: Any) -> bool:
    return isinstance(cell, str) and bool(cell.strip()) and parse_number(cell) is None
