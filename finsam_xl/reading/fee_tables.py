"""Tables of fees read: for each year who pays, by what key, how much, and of which pot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from finsam_xl.address import real_place
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import FeeParty, FeesTable, Scope
from finsam_xl.periods import Period
from finsam_xl.reading import fee_pot_of_year, fee_scopes
from finsam_xl.reading.amount_cells import in_unit
from finsam_xl.reading.fee_columns import FeeField, Figures
from finsam_xl.reading.fee_pots import Named
from finsam_xl.reading.fee_rows import FeeRow, Role
from finsam_xl.reading.fees import FoundFees, find, places
from finsam_xl.records import NamedTuple
from finsam_xl.sheets import values
from finsam_xl.sheets.grid import BLANK, Grid, SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.fee_columns import FeeColumn
from finsam_xl.words.parties import Party
from finsam_xl.words.units import converted

_LAW = {
    Party.STATE: (Fraction(1, 2), Fraction(50)),
    Party.REGION: (Fraction(1, 4), Fraction(25)),
}
"""What the state and the region have in a column of shares of the pot, of one or of a hundred."""


class FeeSet(NamedTuple):
    """The columns of one year's fees, by number; ``None`` for one that is not there."""

    period: Period | None
    fee: int
    key: int | None
    share: int | None
    quarter: int | None
    per_head: int | None


class ReadFees(NamedTuple):
    """The fees of one year as read.

    ``party_rows``: the rows of the parties, in their order; ``sums``: the rows of several of
    them together; ``named``: the amounts with names around the table, ``pot`` the one that is
    split; ``unread``: columns of figures that nobody understands; ``nameless``: rows of figures
    without a name.
    """

    table: Table
    fees: FeesTable
    party_rows: tuple[int, ...]
    findings: tuple[Finding, ...]
    columns: FeeSet
    sums: tuple[FeeRow, ...]
    named: tuple[Named, ...]
    pot: Named | None
    unread: tuple[int, ...]
    nameless: tuple[int, ...]
    fee_columns: tuple[int, ...]

    @property
    def rules_of(self) -> Period | None:
        """The year whose rules the fees follow."""
        return self.columns.period or self.table.period

    def ref(self, row: int, column: int) -> Ref:
        """The place of a cell."""
        return Ref.at(self.table.sheet, row, column)


def read_all(grid: Grid, tables: Sequence[Table]) -> list[ReadFees]:
    """The fees of every year in the tables of fees among ``tables``."""
    wanted = [table for table in tables if table.kind == "fees"]
    if not wanted:
        return []
    known = places(grid)
    found: list[ReadFees] = []
    for name in dict.fromkeys(table.sheet for table in wanted):
        own = {table.range for table in wanted if table.sheet == name}
        for one in find(grid.sheet(name), known):
            if one.table.range in own:
                found += read(one)
    return fee_scopes.settled(found)


def read(found: FoundFees) -> list[ReadFees]:
    """The fees of a table, one record for each year that something is a key to."""
    sets = _sets(found)
    return [_year(found, columns, len(sets)) for columns in sets]


# Columns ---------------------------------------------------------------------------------------


def _sets(found: FoundFees) -> list[FeeSet]:
    """The columns of each year that has a key or a share; else those of every year."""
    fees = [one for one in found.fields if one.field is FeeColumn.FEE]
    first: dict[Period | None, FeeField] = {}
    for fee in fees:
        first.setdefault(fee.period, fee)
    every = [_set(found, fee) for fee in first.values()]
    keyed = [one for one in every if one.key is not None or one.share is not None]
    return sorted(keyed or every, key=lambda one: -(one.period.year if one.period else 0))


def _set(found: FoundFees, fee: FeeField) -> FeeSet:
    def column(field: FeeColumn) -> int | None:
        every = [one for one in found.fields if one.field is field]
        own = [one for one in every if one.period == fee.period]
        if not own and len(every) == 1 and not fee.has_figures and field is FeeColumn.KEY:
            own = every  # one count of people for the fees of several years
        return own[0].number if own else None

    return FeeSet(
        fee.period,
        fee.number,
        column(FeeColumn.KEY),
        column(FeeColumn.SHARE),
        column(FeeColumn.QUARTER),
        column(FeeColumn.PER_HEAD),
    )


def _unread(found: FoundFees, columns: FeeSet) -> tuple[int, ...]:
    """Columns that may bear on the fees of a year and are not understood."""
    used = set(columns[1:])
    return tuple(
        one.number
        for one in found.fields
        if one.number not in used
        and (
            (one.field is None and one.has_figures and one.number > found.label_column)
            or one.field is FeeColumn.FIXED
            or (one.field in (FeeColumn.FEE, FeeColumn.KEY) and one.period == columns.period)
        )
    )


# Parties ---------------------------------------------------------------------------------------


def _year(found: FoundFees, columns: FeeSet, years: int) -> ReadFees:
    findings: list[Finding] = list(found.table.findings)
    key_column = _key_column(found, columns)
    parties = [_party(found, row, columns, key_column, findings) for row in found.payers]
    earlier = _earlier(found, columns)
    pot = fee_pot_of_year.pot(found, columns.period, columns[1:], parties, years, earlier)
    amount = None if pot is None else _pot_amount(found, pot, findings)
    if pot is None and not fee_pot_of_year.names_pot(found):
        pot = fee_pot_of_year.stated_sum(found, columns.fee)
        amount = fee_scopes.by_law(parties) if pot is None else pot.amount
    year = columns.period.year if columns.period else None
    header = next((one.header for one in found.fields if one.number == key_column), "")
    fees = FeesTable(year, found.table.unit, amount, tuple(parties), Scope.UNKNOWN, header)
    scope = fee_scopes.scope(fees, pot, earlier, fee_scopes.fourths(found))
    if pot is not None and pot.row in found.sum_rows:
        scope = fee_scopes.scope_of_sum(found, pot)
    elif pot is None and amount is not None:
        scope = Scope.EVERYONE
    unread = _unread(found, columns)
    is_named = pot is not None and (pot.is_pot or pot.row in found.sum_rows)
    if scope is Scope.UNKNOWN and not is_named:
        fees, pot = fees._replace(pool=None), None
    if pot is not None and fees.pool is not None:
        place = real_place(found.table.sheet, pot.row, pot.column)
        fees = fees._replace(pool_ref=Ref.at(found.table.real_sheet, *place))
    return ReadFees(
        found.table,
        fees._replace(scope=scope),
        tuple(row.row for row in found.payers),
        tuple(findings),
        columns,
        tuple(row for row in found.rows if row.role is not Role.PAYER),
        found.named,
        pot,
        unread,
        found.nameless,
        tuple(one.number for one in found.fields if one.field is FeeColumn.FEE),
    )


def _key_column(found: FoundFees, columns: FeeSet) -> int | None:
    """The column that the municipalities' part is split by: their shares, where none has keys.

    Beside an empty column of keys the shares follow from the fees, and not the fees from them.
    """
    figures = Figures(found.block, found.rows)
    if columns.key is not None:
        return columns.key
    if columns.share is not None and figures.are_shares(columns.share):
        own = figures.of(columns.share, figures.municipal)
        return columns.share if len(own) == len(figures.municipal) else columns.key
    return columns.key


def _party(
    found: FoundFees,
    row: FeeRow,
    columns: FeeSet,
    key_column: int | None,
    findings: list[Finding],
) -> FeeParty:
    sheet, kind = found.block.sheet, row.party or Party.MUNICIPALITIES
    key = _number(sheet, found.table, row.row, key_column, "Nyckeln", findings)
    if key in _LAW.get(kind, ()):
        key = None  # its share of the pot in a column of such
    fee = _number(sheet, found.table, row.row, columns.fee, "Avgiften", findings)
    is_unknown = sheet.cell(row.row, columns.fee).is_unknown
    place = Ref.at(sheet.name, row.row, found.label_column)
    fee_place = Ref.at(sheet.name, row.row, columns.fee)
    before = _number(sheet, found.table, row.row, _before(found, columns), "Avgiften", [])
    return FeeParty(row.label, kind, key, fee, place, is_unknown, fee_place, before)


def _before(found: FoundFees, columns: FeeSet) -> int | None:
    """The only column of what was paid the year before."""
    if columns.period is None:
        return None
    year = Period(columns.period.year - 1)
    fees = [one for one in found.fields if one.field is FeeColumn.FEE and one.period == year]
    return fees[0].number if len(fees) == 1 else None


def _number(
    sheet: SheetGrid,
    table: Table,
    row: int,
    column: int | None,
    what: str,
    findings: list[Finding],
) -> Fraction | None:
    if column is None:
        return None
    cell = sheet.cells.get((row, column), BLANK)
    reading = values.read(cell, Ref.at(table.sheet, row, column), what)
    if reading.finding is not None:
        findings.append(reading.finding)
    if reading.bad or reading.number is None:
        return None
    number = reading.number
    return in_unit(cell, number, Ref.at(table.sheet, row, column), table.unit, findings)


def _pot_amount(found: FoundFees, pot: Named, findings: list[Finding]) -> Fraction | None:
    """The pot in the unit of the fees; what its own cell says of its unit is said aloud."""
    amount = _number(found.block.sheet, found.table, pot.row, pot.column, "Potten", findings)
    if amount is None:
        return None if pot.amount is None else converted(pot.amount, pot.unit, found.table.unit)
    value = found.block.sheet.cell(pot.row, pot.column).value
    if isinstance(value, str):
        return amount
    return converted(amount, pot.unit, found.table.unit)


def _earlier(found: FoundFees, columns: FeeSet) -> Fraction | None:
    """What the municipalities pay together in the nearest other year that all of them have."""
    figures = Figures(found.block, found.rows)
    others = [
        one
        for one in found.fields
        if one.field is FeeColumn.FEE and one.number != columns.fee and one.period is not None
    ]
    full = [
        one
        for one in others
        if len(figures.of(one.number, figures.municipal)) == len(figures.municipal)
    ]
    if not full or columns.period is None:
        return None
    year = columns.period.year
    nearest = min(full, key=lambda one: abs((one.period.year if one.period else 0) - year))
    return sum(figures.of(nearest.number, figures.municipal).values(), Fraction(0))


def tables(grid: Grid, sheets: Iterable[SheetGrid]) -> list[Table]:
    """The tables of fees on some sheets of a workbook."""
    known = places(grid)
    return [one.table for sheet in sheets for one in find(sheet, known)]
