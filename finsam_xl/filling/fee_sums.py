"""What blank sums, quarters and fees for each inhabitant are in a table of fees.

A sum is filled where all that it sums is known and no other sum of its row is another; one of
keys or shares only where it is the municipalities' and its row has other sums. A column that
is neither fees, keys nor shares has no sums.
"""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.cells import Cells
from finsam_xl.filling.doubts import Verdict
from finsam_xl.filling.places import is_hidden
from finsam_xl.model_budget import Scope, decimals
from finsam_xl.money import exact, round_half_away
from finsam_xl.reading.fee_rows import FeeRow, Role
from finsam_xl.reading.fee_tables import ReadFees
from finsam_xl.words.parties import Party

_WHOLES = (Fraction(1), Fraction(100))
_ALMOST = Fraction(1, 100_000)
_MOST = 4


class Sums:
    """The sums, quarters and fees for each inhabitant of one year's fees."""

    def __init__(self, cells: Cells, one: ReadFees) -> None:
        self.cells, self.one = cells, one
        self.municipal = {
            at for p, at in zip(one.fees.parties, one.party_rows, strict=True) if p.is_municipal
        }
        self.totals = [row for row in one.sums if row.role is Role.TOTAL and row.parts]

    def fill(self) -> None:
        """Everything that is blank and follows."""
        self._sums()
        self._quarters()
        self._heads()

    def value(self, row: int, column: int) -> Fraction | None:
        """What a cell holds, or will."""
        return self.cells.value((row, column))

    def together(self, row: FeeRow, column: int) -> Fraction | None:
        """What a sum is in a column; ``None`` where one of its parts is not known."""
        return known_sum(*(self.value(part, column) for part in row.parts))

    def write(
        self, row: int, column: int, value: Fraction, why: str, rounded: Fraction | None = None
    ) -> None:
        """A figure in one cell, as its column's others or its row's are calculated."""
        rows = [*self.one.party_rows, *(total.row for total in self.totals)]
        columns = [other.number for other in self.one.table.columns if other.number != column]
        beside = [[(n, column) for n in rows if n != row], [(row, n) for n in columns]]
        self.cells.take((row, column), "fee", why, Verdict(value), rounded=rounded, beside=beside)

    def is_open(self, row: int, column: int) -> bool:
        """Whether a cell may be filled in."""
        return self.cells.is_open((row, column)) and not is_hidden(self.cells.sheet, row, column)

    # Sums -------------------------------------------------------------------------------------

    def _sums(self) -> None:
        columns = self.one.columns
        bases = [column for column in (columns.key, columns.share) if column is not None]
        for row in self.totals:
            for column in dict.fromkeys((*self.one.fee_columns, *bases)):
                if not self.is_open(row.row, column) or self._is_disputed(row, column):
                    continue
                if row.row < min(row.parts) and not self._is_printed(row, column):
                    continue
                found = self._sum(row, column, is_basis=column in bases)
                if found is not None:
                    self.write(row.row, column, found, f"{row.label}, summan av raderna")

    def _sum(self, row: FeeRow, column: int, *, is_basis: bool) -> Fraction | None:
        known = [self.value(part, column) or Fraction(0) for part in row.parts]
        together = self.together(row, column)
        if together is None or not is_basis:
            return together
        columns = self.one.columns
        beside = {*self.one.fee_columns, columns.key, columns.share} - {column, None}
        cell = self.cells.sheet.cell
        if not set(row.parts) <= self.municipal or all(
            cell(row.row, other).is_blank for other in beside if other is not None
        ):
            return None
        if all(abs(amount) <= 1 for amount in known) or column == columns.share:
            return next((w for w in _WHOLES if abs(together - w) <= w * _ALMOST), None)
        return together

    def _is_printed(self, row: FeeRow, column: int) -> bool:
        """Whether a row before its parts is their sum in another column of keys or fees.

        Else it is the heading of what follows, and what it leaves out it leaves out.
        """
        columns = (*self.one.fee_columns, self.one.columns.key)
        return any(self._holds(row, n) for n in columns if n is not None and n != column)

    def _is_disputed(self, row: FeeRow, column: int) -> bool:
        """Whether the row's own figures in other columns of fees are other sums."""
        return any(self._holds(row, n) is False for n in self.one.fee_columns if n != column)

    def _holds(self, row: FeeRow, column: int) -> bool | None:
        """Whether a sum is that of its parts in a column; ``None`` where it does not tell."""
        stated, together = self.value(row.row, column), self.together(row, column)
        if stated is None or together is None:
            return None
        return explained_by_rounding(stated - together, len(row.parts))

    # Quarters ---------------------------------------------------------------------------------

    def _quarters(self) -> None:
        """The region's and the municipalities' quarter, where the other of them is printed."""
        column, fees = self.one.columns.quarter, self.one.fees
        if column is None or fees.pool is None or fees.scope is not Scope.EVERYONE:
            return
        rows = [
            row
            for party, row in zip(fees.parties, self.one.party_rows, strict=True)
            if party.kind is Party.REGION
        ]
        rows += [row.row for row in self.one.sums if row.party is Party.MUNICIPALITIES]
        quarter = fees.pool / 4
        printed = [value for row in rows if (value := self.value(row, column)) is not None]
        if not printed or any(value != quarter for value in printed):
            return
        for row in rows:
            if self.is_open(row, column):
                self.write(row, column, quarter, "Kvarten, en fjärdedel av potten")

    # Fees for each inhabitant -----------------------------------------------------------------

    def _heads(self) -> None:
        """The fee divided by the key, with as many decimals as the printed ones."""
        column, key = self.one.columns.per_head, self.one.columns.key
        if column is None or key is None:
            return
        rows = [
            (row, party.name)
            for party, row in zip(self.one.fees.parties, self.one.party_rows, strict=True)
            if party.is_municipal
        ]
        places = self._decimals([row for row, _ in rows], column)
        if places is None:
            return
        for row, name in rows:
            quotient = self._quotient(row)
            if quotient is not None and self.is_open(row, column):
                shown = exact(round_half_away(quotient, places)) if places <= _MOST else quotient
                self.write(row, column, quotient, f"Avgift per invånare för {name}", shown)

    def _quotient(self, row: int) -> Fraction | None:
        key = self.one.columns.key
        fee = self.value(row, self.one.columns.fee)
        of = None if key is None else self.value(row, key)
        return fee / of if fee is not None and of else None

    def _decimals(self, rows: list[int], column: int) -> int | None:
        """How many decimals the printed ones have; ``None`` where they are not what they should."""
        printed = [(row, v) for row in rows if (v := self.value(row, column)) is not None]
        if not printed:
            return None
        places = max(decimals(value) for _, value in printed)
        for row, value in printed:
            wanted = self._quotient(row)
            step = Fraction(1, 10 ** min(places, _MOST))
            if wanted is None or abs(value - wanted) > step:
                return None
        return places
