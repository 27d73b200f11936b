"""Whose the amount is that the fees of a year are a split of.

With the state and the
region in the table it is everyone's. Of municipalities alone it is theirs, or a fourth of it
is: what its name says, what is printed, what they paid the year before, or what other tables
of the workbook have settled tells; else nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from finsam_xl.model_budget import FeeParty, FeesTable, Scope
from finsam_xl.periods import Period, is_year
from finsam_xl.reading.fee_columns import year_of
from finsam_xl.reading.fee_pots import Named
from finsam_xl.words.parties import Party
from finsam_xl.words.units import converted

if TYPE_CHECKING:
    from finsam_xl.reading.fee_tables import ReadFees
    from finsam_xl.reading.fees import FoundFees

FOURTH = Fraction(1, 4)
SCOPES = {Scope.EVERYONE: FOURTH, Scope.MUNICIPALITIES: Fraction(1)}
"""What part of a pot the municipalities split."""
_YEAR_ON_YEAR = (Fraction(7, 10), Fraction(14, 10))
"""How much less and more than the year before a year's fees may be and still be likely."""


def may_be_year(one: Named) -> bool:
    """Whether an amount may be a year."""
    amount = one.amount
    return amount is not None and amount.denominator == 1 and is_year(int(amount))


def said_year(found: FoundFees, one: Named) -> Period | None:
    """The year in an amount's name, or right over the amount."""
    own = year_of(one.label)
    if own is not None or one.row == 1:
        return own
    cell = found.block.sheet.cell(one.row - 1, one.column)
    if isinstance(cell.value, int) and is_year(cell.value):
        return Period(cell.value)
    text = cell.value if type(cell.value) is str and cell.value != one.label else ""
    return Period.find(text) if text.strip().isdigit() else None


def in_unit(found: FoundFees, one: Named) -> Fraction | None:
    """An amount in the unit of the fees."""
    return None if one.amount is None else converted(one.amount, one.unit, found.table.unit)


def _municipal(parties: Iterable[FeeParty]) -> Iterator[FeeParty]:
    return (party for party in parties if party.kind is Party.MUNICIPALITIES)


def paid_together(parties: Sequence[FeeParty]) -> Fraction | None:
    """What the municipalities pay together, where every fee of theirs is printed."""
    fees = [party.stated for party in _municipal(parties)]
    if not fees or any(fee is None for fee in fees):
        return None
    return sum((fee for fee in fees if fee is not None), Fraction(0))


def near(one: Fraction, other: Fraction, parties: Sequence[FeeParty]) -> bool:
    """Whether a sum of fees, each rounded on its own, is another amount."""
    return other > 0 and 2 * abs(one - other) <= len(parties) + 1


def fourths(found: FoundFees) -> frozenset[Fraction]:
    """The amounts around a table that are named as what the municipalities have to split."""
    amounts = (in_unit(found, one) for one in found.named if one.is_municipal)
    return frozenset(amount for amount in amounts if amount is not None)


def scope(
    fees: FeesTable,
    named: Named | None,
    earlier: Fraction | None,
    parts: frozenset[Fraction] = frozenset(),
) -> Scope:
    """Whose the pot of a year is. ``parts``: see :func:`fourths`."""
    if fees.pool is None or named is None:
        return Scope.UNKNOWN
    kinds = {party.kind for party in fees.parties}
    if {Party.STATE, Party.REGION} & kinds:
        return Scope.MUNICIPALITIES if named.is_municipal else Scope.EVERYONE
    if named.is_municipal:
        return Scope.MUNICIPALITIES
    if named.is_pot and (named.is_whole or fees.pool * FOURTH in parts):
        return Scope.EVERYONE
    return _printed_scope(fees, fees.pool) or earlier_scope(fees.pool, earlier)


def _printed_scope(fees: FeesTable, pool: Fraction) -> Scope:
    """Whose a pot is by the printed fees: all of them together, or each by its key."""
    paid = paid_together(fees.parties)
    keys = [party.key for party in _municipal(fees.parties)]
    total = sum((key for key in keys if key is not None), Fraction(0))
    fitting = []
    for one, part in SCOPES.items():
        if paid is not None:
            holds = near(paid, part * pool, fees.parties)
        else:
            printed = [p for p in _municipal(fees.parties) if p.stated is not None]
            holds = (
                bool(printed)
                and bool(total)
                and None not in keys
                and all(
                    abs((p.stated or 0) - part * pool * (p.key or 0) / total) <= 1 for p in printed
                )
            )
        fitting += [one] if holds else []
    return fitting[0] if len(fitting) == 1 else Scope.UNKNOWN


def earlier_scope(pool: Fraction, earlier: Fraction | None) -> Scope:
    """Whose a pot is by what the municipalities paid the year before."""
    if not earlier:
        return Scope.UNKNOWN
    least, most = _YEAR_ON_YEAR
    likely = [
        one for one, part in SCOPES.items() if least * earlier <= part * pool <= most * earlier
    ]
    return likely[0] if len(likely) == 1 else Scope.UNKNOWN


def scope_of_sum(found: FoundFees, one: Named) -> Scope:
    """Whose a sum of fees is: that of the rows it sums."""
    parties = {row.party for row in found.payers for s in found.rows
               if s.row == one.row and row.row in s.parts}  # fmt: skip
    return Scope.MUNICIPALITIES if parties == {Party.MUNICIPALITIES} else Scope.EVERYONE


def by_law(parties: Sequence[FeeParty]) -> Fraction | None:
    """Everyone's pot where the state's fee and the region's are printed as a half and a fourth."""
    state = [party.stated for party in parties if party.kind is Party.STATE]
    region = [party.stated for party in parties if party.kind is Party.REGION]
    if len(state) != 1 or len(region) != 1 or state[0] is None or region[0] is None:
        return None
    return 4 * region[0] if region[0] > 0 and state[0] == 2 * region[0] else None


def settled(found: Sequence[ReadFees]) -> list[ReadFees]:
    """The fees with pots settled by other tables of the workbook: the same year's whole pot."""
    wholes: dict[int | None, set[Fraction]] = {}
    for one in found:
        whole = _whole(one)
        if whole is not None:
            wholes.setdefault(one.fees.year, set()).add(whole)
    return [_settled(one, wholes.get(one.fees.year, set())) for one in found]


def _whole(one: ReadFees) -> Fraction | None:
    """Everyone's pot in kronor, where it is known."""
    fees = one.fees
    if fees.pool is None or fees.scope is Scope.UNKNOWN or fees.year is None:
        return None
    return converted(fees.pool, fees.unit, "kr") * SCOPES[fees.scope] / FOURTH


def _settled(one: ReadFees, wholes: set[Fraction]) -> ReadFees:
    fees = one.fees
    if fees.scope is not Scope.UNKNOWN or fees.pool is None or len(wholes) != 1:
        return one
    whole = next(iter(wholes))
    pool = converted(fees.pool, fees.unit, "kr")
    for scope_, part in SCOPES.items():
        if pool * part == whole * FOURTH:
            return one._replace(fees=fees._replace(scope=scope_))
    return one


def unexplained(one: ReadFees) -> list[Named]:
    """The amounts above a table that are neither its pot, nor a part of it, nor of another year."""
    pool, table = one.fees.pool, one.table
    keys = sum((p.key for p in one.fees.parties if p.key is not None), Fraction(0))
    known = {keys} | ({pool, pool / 2, pool / 4, pool * 2, pool * 4} if pool is not None else set())
    return [
        other
        for other in one.named
        if other.row < table.header_row and other.amount is not None and other != one.pot
        if not (other.is_count or may_be_year(other))
        if converted(other.amount, other.unit, table.unit) not in known
        if not (_is_of_other_year(other, one.columns.period) or _is_beside(other, one.pot))
    ]


def _is_beside(one: Named, pot: Named | None) -> bool:
    """Whether an amount is the pot of another year, in another column of the pot's row."""
    return pot is not None and (one.row, one.label) == (pot.row, pot.label)


def _is_of_other_year(one: Named, period: Period | None) -> bool:
    year = year_of(one.label)
    return year is not None and period is not None and year != period
