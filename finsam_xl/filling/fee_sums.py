"""What blank sums, quarters and fees for each inhabitant are in a table of fees.

A sum is filled where all that it sums is known and no other sum of its row is another; one of
keys or shares only where it is the municipalities' and its row has other sums. A column that
is neither fees, keys nor shares has no sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.places import is_hidden, number_at
from finsam_xl.model_budget import Scope
from finsam_xl.money import exact, round_half_away
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading.fee_rows import FeeRow, Role
from finsam_xl.reading.fee_tables import ReadFees
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words.parties import Party

_WHOLES = (Fraction(1), Fraction(100))
_ALMOST = Fraction(1, 100_000)
_MOST_DECIMALS = 4
Known = Mapping[tuple[int, int], Fraction]
"""The figures that the run writes, by row and column."""


class Sums:
    """The sums, quarters and fees for each inhabitant of one year's fees."""

    def __init__(self, sheet: SheetGrid, one: ReadFees, new: Known) -> None:
        self.sheet, self.one, self.new = sheet, one, new
        self.municipal = {
            at for p, at in zip(one.fees.parties, one.party_rows, strict=True) if p.is_municipal
        }
        self.totals = [row for row in one.sums if row.role is Role.TOTAL and row.parts]

    def plan(self) -> Plan:
        """Everything that is blank and follows."""
        edits = [*self._sums(), *self._quarters(), *self._heads()]
        return Plan(edits=tuple(edits))

    def value(self, row: int, column: int) -> Fraction | None:
        """What a cell holds, or will."""
        if (row, column) in self.new:
            return self.new[row, column]
        return number_at(self.sheet, row, column)

    def edit(self, row: int, column: int, value: float, why: str) -> CellEdit:
        """An edit of one cell."""
        return CellEdit(self.sheet.name, self.one.ref(row, column).cell, None, value, why)

    def is_open(self, row: int, column: int) -> bool:
        """Whether a cell may be filled in."""
        return self.sheet.cell(row, column).is_blank and not is_hidden(self.sheet, row, column)

    # Sums -------------------------------------------------------------------------------------

    def _sums(self) -> Iterator[CellEdit]:
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
                    yield self.edit(row.row, column, found, f"{row.label}, summan av raderna")

    def _sum(self, row: FeeRow, column: int, *, is_basis: bool) -> float | None:
        amounts = [self.value(part, column) for part in row.parts]
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(amounts):
            return None
        together = sum(known, Fraction(0))
        if not is_basis:
            return _plain(together)
        if not set(row.parts) <= self.municipal or not any(
            self.value(row.row, other) is not None
            for other in (*self.one.fee_columns, self.one.columns.key, self.one.columns.share)
            if other is not None and other != column
        ):
            return None
        if all(abs(amount) <= 1 for amount in known) or column == self.one.columns.share:
            return next((_plain(w) for w in _WHOLES if abs(together - w) <= w * _ALMOST), None)
        return _plain(together)

    def _is_printed(self, row: FeeRow, column: int) -> bool:
        """Whether a row before its parts is their sum in another column of keys or fees.

        Else it is the heading of what follows, and what it leaves out it leaves out.
        """
        for other in (*self.one.fee_columns, self.one.columns.key):
            if other is None or other == column:
                continue
            stated = number_at(self.sheet, row.row, other)
            amounts = [number_at(self.sheet, part, other) for part in row.parts]
            known = [amount for amount in amounts if amount is not None]
            if stated is None or len(known) < len(amounts):
                continue
            if explained_by_rounding(stated - sum(known, Fraction(0)), len(known)):
                return True
        return False

    def _is_disputed(self, row: FeeRow, column: int) -> bool:
        """Whether the row's own figures in other columns of fees are other sums."""
        for other in self.one.fee_columns:
            stated = self.value(row.row, other)
            amounts = [self.value(part, other) for part in row.parts]
            known = [amount for amount in amounts if amount is not None]
            if other == column or stated is None or len(known) < len(amounts):
                continue
            if not explained_by_rounding(stated - sum(known, Fraction(0)), len(known)):
                return True
        return False

    # Quarters ---------------------------------------------------------------------------------

    def _quarters(self) -> Iterator[CellEdit]:
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
                yield self.edit(row, column, _plain(quarter), "Kvarten, en fjärdedel av potten")

    # Fees for each inhabitant -----------------------------------------------------------------

    def _heads(self) -> Iterator[CellEdit]:
        """The fee divided by the key, with as many decimals as the printed ones."""
        column, key = self.one.columns.per_head, self.one.columns.key
        if column is None or key is None:
            return
        rows = [
            (row, party.name)
            for party, row in zip(self.one.fees.parties, self.one.party_rows, strict=True)
            if party.is_municipal
        ]
        decimals = self._decimals([row for row, _ in rows], column)
        if decimals is None:
            return
        for row, name in rows:
            quotient = self._quotient(row)
            if quotient is not None and self.is_open(row, column):
                shown = exact(round_half_away(quotient, decimals))
                value = shown if decimals <= _MOST_DECIMALS else quotient
                yield self.edit(row, column, _plain(value), f"Avgift per invånare för {name}")

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
        places = max(-_exponent(value) for _, value in printed)
        for row, value in printed:
            wanted = self._quotient(row)
            step = Fraction(1, 10 ** min(places, _MOST_DECIMALS))
            if wanted is None or abs(value - wanted) > step:
                return None
        return places


def _exponent(value: Fraction) -> int:
    """Minus the number of decimals that a figure is written with."""
    found = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return min(0, found) if isinstance(found, int) else 0


def _plain(value: Fraction) -> float:
    """A figure as a cell holds it."""
    return int(value) if value.denominator == 1 else float(value)
