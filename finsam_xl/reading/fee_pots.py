"""The amounts with names around a table of fees, among them the pot that is split.

An amount is named by the text before it on its row, by the text above it, or by what stands
before a colon in its own cell. Above a table every named amount is looked at; beside and
below it only those that say they are a pot.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from finsam_xl.money import parse_number
from finsam_xl.reading.blocks import Block
from finsam_xl.reading.figures import figure
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, SheetGrid
from finsam_xl.words.fee_columns import POSSIBLE, FeeColumn, fee_column
from finsam_xl.words.parties import are_municipalities, is_pot, is_whole_pot, payer
from finsam_xl.words.units import unit, without_unit

_LOOKED_ABOVE, _LOOKED_BELOW, _LOOKED_BESIDE = 8, 3, 6
_LARGEST_GAP = 2
_PERCENT = 100


class Named(NamedTuple):
    """An amount with a name: its cell, the unit that is told with it ('' for none).

    ``behind``: the unit in the cell behind it, which may be that of the whole table;
    ``amount`` is ``None`` where the cell of a pot holds no figure that can be used.
    """

    label: str
    amount: Fraction | None
    unit: str
    row: int
    column: int
    behind: str = ""

    @property
    def is_pot(self) -> bool:
        """Whether its name says that fees are a split of it."""
        label = without_unit(self.label)
        return is_pot(label) or (are_municipalities(label) and not self.is_count)

    @property
    def is_municipal(self) -> bool:
        """Whether its name says that it is the municipalities'."""
        return are_municipalities(self.label) and not is_whole_pot(self.label)

    @property
    def is_whole(self) -> bool:
        """Whether its name says that it is everyone's."""
        return is_whole_pot(self.label)

    @property
    def is_other_payers(self) -> bool:
        """Whether its name is the state's or the region's."""
        return not self.is_pot and payer(self.label) is not None

    @property
    def is_count(self) -> bool:
        """Whether its name is of people, shares or fees for each, and of no amount to split."""
        field = fee_column(without_unit(self.label), POSSIBLE)
        if field is FeeColumn.SHARE:
            return self.amount is not None and self.amount <= _PERCENT
        return field in (FeeColumn.KEY, FeeColumn.PER_HEAD)


def named_amounts(block: Block, stop: int, below: int) -> tuple[Named, ...]:
    """The named amounts around a block, above it first and the nearest of them first.

    ``stop``: the last row of what stands above; ``below``: the first of what stands below.
    """
    above = [one for row in _rows_above(block, stop) for one in _on(block.sheet, row)]
    outside = range(block.right + 1, block.right + 1 + _LOOKED_BESIDE)
    beside = [
        one
        for row in range(block.top, block.bottom + 1)
        for one in _on(block.sheet, row, outside.start, outside.stop)
        if one.is_pot
    ]
    last = min(block.bottom + 1 + _LOOKED_BELOW, below)
    under = [
        one for row in range(block.bottom + 1, last) for one in _on(block.sheet, row) if one.is_pot
    ]
    return (*above, *beside, *under)


def rows_inside(block: Block) -> Iterator[Named]:
    """The amounts of a block's own rows that say they are a pot."""
    for row in block.body:
        yield from (one for one in _on(block.sheet, row) if is_pot(without_unit(one.label)))


def _rows_above(block: Block, stop: int) -> Iterator[int]:
    gap = 0
    for row in range(block.top - 1, max(stop, block.top - 1 - _LOOKED_ABOVE), -1):
        is_blank = not any(
            block.sheet.cell(row, column).value is not None
            for column in range(1, block.sheet.width + 1)
        )
        gap = gap + 1 if is_blank else 0
        if gap > _LARGEST_GAP:
            return
        yield row


def _on(sheet: SheetGrid, row: int, first: int = 1, end: int | None = None) -> Iterator[Named]:
    """The named amounts on a row."""
    label = ""
    for column in range(first, end or sheet.width + 1):
        cell = sheet.cell(row, column)
        amount = figure(cell)
        text = cell.value.strip() if type(cell.value) is str else ""
        if amount is not None or (cell.is_unknown and label):
            name = label or _above(sheet, row, column)
            if name or amount is not None:
                behind = _behind(sheet, row, column)
                told = _unit_of(cell, name) or behind
                yield Named(name, amount, told, row, column, behind)
        elif ":" in text and (found := parse_number(text.rpartition(":")[2])) is not None:
            name = text.rpartition(":")[0]
            yield Named(name, Fraction(found.value), found.unit or unit(name) or "", row, column)
        elif text and (not unit(text) or without_unit(text)):
            label = text


def _above(sheet: SheetGrid, row: int, column: int) -> str:
    value = sheet.cell(row - 1, column).value if row > 1 else None
    return value.strip() if type(value) is str and parse_number(value) is None else ""


def _unit_of(cell: Cell, label: str) -> str:
    """The unit in an amount's own cell, or in its name."""
    own = parse_number(cell.value) if isinstance(cell.value, str) else None
    return (own.unit if own is not None else "") or unit(label) or ""


def _behind(sheet: SheetGrid, row: int, column: int) -> str:
    """The unit that stands alone right behind an amount."""
    value = sheet.cell(row, column + 1).value
    return (unit(value) or "") if type(value) is str and not without_unit(value) else ""
