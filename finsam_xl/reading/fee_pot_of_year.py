"""Which of the amounts around a table the fees of a year are a split of.

A pot is named as one, or it is what the printed fees are a split of.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from finsam_xl.model_budget import FeeParty, Scope
from finsam_xl.periods import Period
from finsam_xl.reading.fee_pots import Named
from finsam_xl.reading.fee_rows import Role
from finsam_xl.reading.fee_scopes import (
    SCOPES,
    earlier_scope,
    in_unit,
    may_be_year,
    near,
    paid_together,
    said_year,
)
from finsam_xl.reading.figures import figure
from finsam_xl.words.parties import Party, is_pot
from finsam_xl.words.quantities import LIKELY, Quantity, quantity
from finsam_xl.words.units import without_unit

if TYPE_CHECKING:
    from finsam_xl.reading.fees import FoundFees

_LEAST_AMOUNT = 100


def pot(
    found: FoundFees,
    period: Period | None,
    columns: Sequence[int | None],
    parties: Sequence[FeeParty],
    years: int,
    earlier: Fraction | None,
) -> Named | None:
    """The amount that the fees of a year are a split of; ``None`` where none or several may be."""
    named = [one for one in found.named if one.is_pot and not one.is_count]
    own = _of_year(found, named, period, columns)
    if years > 1 and own and not _is_bound(found, own[0], period, columns):
        own = [one for one in own if _is_printed(found, one, parties)]
    if own:
        return _one_of(found, own)
    others = [one for one in found.named if may_be_pot(one)]
    fitting = [
        one
        for one in others
        if (years == 1 or said_year(found, one) is not None or _is_paid(found, one, parties))
        and _fits(found, one, period, parties, earlier)
    ]
    return fitting[0] if len(fitting) == 1 else None


def may_be_pot(one: Named) -> bool:
    """Whether an amount with another name is large enough to be split, and no count or year."""
    if one.is_pot or one.is_count or one.is_other_payers or one.amount is None or not one.label:
        return False
    of = quantity(one.label, LIKELY)
    return of in (None, Quantity.FEES) and one.amount >= _LEAST_AMOUNT and not may_be_year(one)


def _of_year(
    found: FoundFees, named: Sequence[Named], period: Period | None, columns: Sequence[int | None]
) -> list[Named]:
    """The pots of a year: by the year in their names, by what stands over them, by their column."""
    said = [(one, said_year(found, one)) for one in named]
    dated = [one for one, year in said if year is not None and year == period]
    bare = [one for one, year in said if year is None or period is None]
    if dated:
        return dated
    beside = [one for one in bare if sum(o.row == one.row for o in bare) > 1]
    over = [one for one in beside if one.column in columns]
    return over if beside else bare


def _is_bound(
    found: FoundFees, one: Named, period: Period | None, columns: Sequence[int | None]
) -> bool:
    """Whether a pot is told to be of a year, where there are several."""
    if said_year(found, one) is not None and said_year(found, one) == period:
        return True
    return one.column in columns and sum(o.row == one.row for o in found.named) > 1


def _one_of(found: FoundFees, pots: Sequence[Named]) -> Named | None:
    """The one pot of several: everyone's before the municipalities', which must be its fourth."""
    amounts = {in_unit(found, one) for one in pots}
    if len(amounts) == 1:
        return next((one for one in pots if one.is_municipal or one.is_whole), pots[0])
    wholes = [one for one in pots if not one.is_municipal]
    whole = {in_unit(found, one) for one in wholes}
    parts = {in_unit(found, one) for one in pots if one.is_municipal}
    if (
        len(whole) == 1
        and parts
        and all(
            amount is not None and part is not None and 4 * part == amount
            for amount in whole
            for part in parts
        )
    ):
        return wholes[0]
    return None


def _is_printed(found: FoundFees, one: Named, parties: Sequence[FeeParty]) -> bool:
    """Whether the municipalities' printed fees are a pot, or a fourth of it."""
    amount = in_unit(found, one)
    together = paid_together(parties)
    if amount is None or together is None:
        return False
    return any(near(together, part * amount, parties) for part in SCOPES.values())


def _is_paid(found: FoundFees, one: Named, parties: Sequence[FeeParty]) -> bool:
    """Whether printed fees of a year are a split of an amount: of several years that tells which.

    Everyone's fees, or the municipalities' alone.
    """
    amount, fees = in_unit(found, one), [party.stated for party in parties]
    if amount is None or _is_printed(found, one, parties):
        return amount is not None
    together = sum((fee for fee in fees if fee is not None), Fraction(0))
    return None not in fees and near(together, amount, parties)


def _fits(
    found: FoundFees,
    one: Named,
    period: Period | None,
    parties: Sequence[FeeParty],
    earlier: Fraction | None,
) -> bool:
    """Whether an amount of another name is what is split: fees that are printed tell."""
    year = said_year(found, one)
    amount = in_unit(found, one)
    if amount is None or (year is not None and period is not None and year != period):
        return False
    everyone = [party.stated for party in parties]
    if not any(party.kind is Party.STATE for party in parties):
        return _is_printed(found, one, parties) or bool(earlier_scope(amount, earlier))
    if None not in everyone:
        return near(sum((f for f in everyone if f is not None), Fraction(0)), amount, parties)
    return earlier_scope(amount, earlier) is Scope.EVERYONE


def names_pot(found: FoundFees) -> bool:
    """Whether a pot is named around a table, also one whose amount is missing or unusable."""
    headings = found.block.texts(found.label_column)
    titles = (without_unit(text) for text in (*found.block.titles, *headings))
    return any(one.is_pot and not one.is_count for one in found.named) or any(map(is_pot, titles))


def stated_sum(found: FoundFees, column: int) -> Named | None:
    """A typed sum of fees of which some are blank: it is what they are a split of.

    Everyone's before the municipalities'; ``None`` where no sum is of all of either.
    """
    sheet = found.block.sheet
    payers = {row.row for row in found.payers}
    municipal = {row.row for row in found.payers if row.is_municipal}
    if all(not sheet.cell(row, column).is_blank for row in payers):
        return None
    for parts in (payers, municipal):
        for row in found.rows:
            cell = sheet.cell(row.row, column)
            amount = figure(cell) if cell.formula is None else None
            if row.role is Role.TOTAL and set(row.parts) == parts and amount is not None:
                return Named(row.label, amount, "", row.row, column)
    return None
