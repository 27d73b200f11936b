"""Do the ranges of a call fit each other, and does the first row hold only headings?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.money import parse_number
from finsam_xl.registry.cell_errors import error_of
from finsam_xl.registry.entries import Argument, CellFunction, Kind, Takes
from finsam_xl.registry.ranges import Block


def check(function: CellFunction, found: Sequence[Block]) -> None:
    """Refuse a range where one value is meant, and ranges of different size."""
    named = list(zip(function.arguments, found, strict=True))
    for argument, block in named:
        if argument.takes is Takes.ONE and not block.single:
            raise InputError(
                f"Argumentet {argument.name} är ett område med {_size(block)}.",
                remedy="Peka ut en enda cell.",
            )
    _check_sizes([pair for pair in named if pair[0].takes is Takes.EACH])
    if function.same_size:
        _check_sizes([pair for pair in named if pair[0].takes is Takes.WHOLE])


def _check_sizes(named: Iterable[tuple[Argument, Block]]) -> None:
    ranges = [(argument, block) for argument, block in named if not block.single]
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
