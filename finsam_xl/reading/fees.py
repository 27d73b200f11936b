"""Tables of member fees: who pays, by what key or share, and how much of which pot.

Known by evidence: rows of payers, a column they are split by, and a column of fees that
follows it, that the law splits, or that waits to be filled in. Names of places and counts of
people alone are no table of fees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.periods import Period
from finsam_xl.reading import may_hold, reasons
from finsam_xl.reading.blocks import Block, blocks
from finsam_xl.reading.fee_columns import FeeField, Figures, read_columns, year_of
from finsam_xl.reading.fee_evidence import BASES, evidence
from finsam_xl.reading.fee_pots import Named, named_amounts, rows_inside
from finsam_xl.reading.fee_rows import FeeRow, Role, names, read_rows
from finsam_xl.reading.figures import figure, unit_by_size
from finsam_xl.reading.settings import settings
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Column, Row, Table
from finsam_xl.words.fee_columns import (
    POSSIBLE,
    FeeColumn,
    fee_column,
    says_fee,
    says_key,
)
from finsam_xl.words.meanings import kind_name
from finsam_xl.words.parties import Party, party, place_name
from finsam_xl.words.units import KRONOR, unit

_FEWEST_PAYERS = 2
_MOST_ROWS = 150
_TITLE_ROWS = 8
_LONGEST_TITLE = 80
_SCENARIOS = {FeeColumn.KEY: "key", FeeColumn.SHARE: "share", FeeColumn.FEE: "budget"}
_FIELDS = 5
"""How many kinds of columns a full table of fees has: its score is the part that is there."""


class FoundFees(NamedTuple):
    """A block that is a table of fees, with what is understood of it."""

    block: Block
    table: Table
    label_column: int
    rows: tuple[FeeRow, ...]
    fields: tuple[FeeField, ...]
    named: tuple[Named, ...]

    @property
    def payers(self) -> list[FeeRow]:
        """The rows of who pays."""
        return [row for row in self.rows if row.role is Role.PAYER]

    @property
    def nameless(self) -> tuple[int, ...]:
        """Rows with figures that nobody is named for."""
        known = {row.row for row in self.rows} | {one.row for one in self.named}
        used = [one.number for one in self.fields if one.field is not None]
        return tuple(
            row
            for row in self.block.body
            if row not in known and row not in self.block.repeats
            if any(figure(self.block.sheet.cell(row, column)) is not None for column in used)
        )

    @property
    def sum_rows(self) -> frozenset[int]:
        """The rows of what several pay together."""
        return frozenset(row.row for row in self.rows if row.role is Role.TOTAL)


def find(sheet: SheetGrid, known: frozenset[str] = frozenset()) -> list[FoundFees]:
    """The tables of fees on a sheet. ``known``: places that are told as payers elsewhere."""
    if not may_hold.fees(sheet):
        return []
    every = blocks(sheet)
    whole = [block for block in every if _has_rows(block)]
    found: list[FoundFees] = []
    for block in whole:
        stop = max((b.bottom for b in whole if b.bottom < block.top), default=0)
        below = min((b.top for b in whole if b.top > block.bottom), default=sheet.height + 2)
        one = _found(block._replace(titles=_titles(block, stop)), known, stop, below)
        if one is not None:
            found.append(one)
    return found


def _has_rows(block: Block) -> bool:
    """Whether a block has headings and rows: a title over one named amount is no table."""
    return len(block.header) > 0 and len(block.body) > 1


def _titles(block: Block, stop: int) -> tuple[str, ...]:
    """The first short text of each row above a table, the nearest first."""
    found: list[str] = []
    for row in range(block.top - 1, max(stop, block.top - 1 - _TITLE_ROWS), -1):
        texts = (block.sheet.cell(row, column).value for column in range(1, block.right + 1))
        text = next((t.strip() for t in texts if type(t) is str and t.strip()), "")
        if text and len(text) <= _LONGEST_TITLE:
            found.append(text)
    return tuple(found)


def places(grid: Grid) -> frozenset[str]:
    """The places that a workbook's texts name as municipalities, in plain words."""
    if places not in grid.kept:
        sheets = [sheet for sheet in grid.sheets if not (sheet.owner or sheet.large)]
        texts = {text for sheet in sheets for text in sheet.texts if len(text) < 40}
        named = (text for text in texts if party(text) is Party.MUNICIPALITIES)
        known = (*named, *settings(grid).members)
        grid.kept[places] = frozenset(filter(None, map(place_name, known)))
    found: frozenset[str] = grid.kept[places]
    return found


def _found(block: Block, known: frozenset[str], stop: int, below: int) -> FoundFees | None:
    """A block as a table of fees, where the evidence is enough."""
    if not block.labels or len(block.body) > _MOST_ROWS or not _may_be_of_fees(block):
        return None
    column = _label_column(block)
    rows = read_rows(block, column)
    if sum(row.role is Role.PAYER for row in rows) < _FEWEST_PAYERS:
        return None
    named = (*rows_inside(block), *named_amounts(block, stop, below))
    titles = [t for t in (*block.titles, block.sheet.name) if not _names_amount(t, named)]
    fields = read_columns(block, column, rows, (*titles, *block.titles))
    figures = Figures(block, rows)
    why = evidence(block, column, rows, fields, figures, known, named) or _said(block, fields)
    if why is None:
        return None
    table = _table(block, column, rows, fields, titles, named, why)
    return FoundFees(block, table, column, rows, fields, named)


def _said(block: Block, fields: Sequence[FeeField]) -> str | None:
    """That a person says so, of a block with fees."""
    said = block.sheet.said.table(block.area)
    has_fees = any(one.field is FeeColumn.FEE for one in fields)
    if said is None or said.kind != "fees" or not has_fees:
        return None
    return reasons.by_correction(kind_name(said.kind))


def _may_be_of_fees(block: Block) -> bool:
    """Whether some heading speaks of fees, or the title does: before any figure is looked at."""
    headings = (text for column in block.columns for text in block.texts(column))
    return any(fee_column(text, POSSIBLE) is FeeColumn.FEE for text in headings) or any(
        map(says_fee, (*block.titles, block.sheet.name))
    )


def _names_amount(text: str, named: Sequence[Named]) -> bool:
    """Whether a title is the name of an amount."""
    return any(one.label == text for one in named)


def _label_column(block: Block) -> int:
    """The column with most payers, then with most whose names tell, the innermost of such."""

    def payers(column: int) -> tuple[int, int]:
        own = [r for r in names(block, column) if r.role is Role.PAYER]
        told = [r for r in own if type(block.sheet.cell(r.row, column).value) is str]
        return len(told), sum(row.named for row in told)

    beside = [c for c in block.columns if _has_texts(block, c)]
    return max(
        (*block.labels, *beside),
        key=lambda column: (*payers(column), column in block.labels, column),
    )


def _has_texts(block: Block, column: int) -> bool:
    """Whether most of what a column holds is texts."""
    cells = [block.sheet.cell(row, column) for row in block.body]
    figures = sum(figure(cell) is not None for cell in cells)
    return sum(type(cell.value) is str for cell in cells) > 2 * figures


# The record ------------------------------------------------------------------------------------


def _table(
    block: Block,
    column: int,
    rows: Sequence[FeeRow],
    fields: Sequence[FeeField],
    titles: Sequence[str],
    named: Sequence[Named],
    why: str,
) -> Table:
    period = main_period(fields) or next(
        (year for t in titles if not says_key(t) and (year := year_of(t))), None
    )
    heading = " ".join(block.texts(column))
    columns = [Column(column, heading, FeeColumn.PARTY, "other", period)]
    columns += [_column(one) for one in fields]
    kinds = {one.field for one in fields if one.field} | {FeeColumn.PARTY}
    return Table(
        sheet=block.sheet.name,
        kind="fees",
        title=next((t for t in titles if year_of(t)), titles[0]),
        titles=block.titles,
        period=period,
        header_row=block.header[0],
        columns=tuple(sorted(columns)),
        rows=tuple(Row(row.row, row.role, row.label) for row in rows),
        score=round(min(1.0, len(kinds) / _FIELDS), 2),
        why=why,
        unit=_unit(block, rows, fields, named),
    )


def _column(one: FeeField) -> Column:
    scenario = _SCENARIOS.get(one.field, "other") if one.field else "other"
    return Column(one.number, one.header, one.field or "other", scenario, one.period)


def main_period(fields: Sequence[FeeField]) -> Period | None:
    """The year a table is of: that of the fee that something is a key to, else the latest."""
    years = [one.period for one in fields if one.field is FeeColumn.FEE and one.period]
    keyed = [one.period for one in fields if one.field in BASES and one.period in years]
    return max((p for p in keyed or years if p), key=lambda period: period.year, default=None)


def _unit(
    block: Block, rows: Sequence[FeeRow], fields: Sequence[FeeField], named: Sequence[Named]
) -> str:
    """The unit of the fees: of their own heading, of what stands above, or by their size."""
    told = next(_units_told(block, fields, named), "") or block.sheet.said.unit
    return told or _by_size(block, rows, fields, named)


def _units_told(block: Block, fields: Sequence[FeeField], named: Sequence[Named]) -> Iterator[str]:
    of_counts = (FeeColumn.PER_HEAD, *BASES)
    yield from _in(one.header for one in fields if one.field is FeeColumn.FEE)
    yield from _in(one.header for one in fields if one.field not in of_counts)
    labels = [one.label for one in named]
    yield from _in(t for t in block.titles if t not in labels)
    yield from _in([block.sheet.name])
    yield from (one.behind for one in named if one.is_pot and one.behind)
    yield from (one.unit for one in named if one.is_pot and one.unit in KRONOR)


def _in(texts: Iterator[str] | Sequence[str]) -> Iterator[str]:
    yield from (said for text in texts if (said := unit(text)))


def _by_size(
    block: Block, rows: Sequence[FeeRow], fields: Sequence[FeeField], named: Sequence[Named]
) -> str:
    figures = Figures(block, rows)
    sums = [
        sum(figures.of(one.number, figures.payers).values())
        for one in fields
        if one.field is FeeColumn.FEE
    ]
    sums += [one.amount for one in named if one.is_pot and one.amount is not None]
    return unit_by_size(sums)
