"""What leaves in doubt who pays what in a table of fees: then nothing blank is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.address import letters
from finsam_xl.calc import fees as calc
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.doubts import Doubt, because
from finsam_xl.findings.reasons import Reason
from finsam_xl.model_budget import FeeParty, FeesTable
from finsam_xl.money import trimmed
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.reading.fee_scopes import unexplained
from finsam_xl.reading.fee_tables import ReadFees
from finsam_xl.reading.figures import figure
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words.fee_columns import counts_people, is_part_of_year
from finsam_xl.words.parties import Party, has_fixed_part, may_be_no_member, payer
from finsam_xl.words.units import KRONOR, unit

_FOURTHS = (Fraction(1, 4), Fraction(25))
_KEY_GAP = Fraction(1, 100)
"""By how much of the whole printed keys may miss it, each rounded on its own."""
_FEWEST_UNITS = 100
"""Of fewer whole units the municipalities' fees, such as millions, would be mostly rounding."""


def unclear(sheet: SheetGrid, one: ReadFees, rules: MembershipFeeRules) -> Doubt | None:
    """What in the table, or around it, leaves in doubt who pays what, if anything does."""
    return (
        _unclear_parties(one.fees.parties)
        or _unclear_keys(sheet, one, rules)
        or unclear_places(sheet, one)
    )


def _unclear_parties(parties: Sequence[FeeParty]) -> Doubt | None:
    for kind, reason in ((Party.STATE, Reason.STATES), (Party.REGION, Reason.REGIONS)):
        if sum(party.kind is kind for party in parties) > 1:
            return Doubt(reason)
    kinds = {party.kind for party in parties}
    if (Party.STATE in kinds) is not (Party.REGION in kinds):
        return Doubt(Reason.ONE_PAYER)
    municipal = [party for party in parties if party.is_municipal]
    if not municipal:
        return Doubt(Reason.NO_MUNICIPALITIES)
    for party in municipal:
        if party.key is None and party.stated is None and len(municipal) > 1:
            return because(Reason.NO_KEY, name=party.name)
    for party in parties:
        if may_be_no_member(party.name) and len(municipal) > 1:
            return because(Reason.NO_MEMBER, name=party.name)
    return None


def municipal_parts(fees: FeesTable, rules: MembershipFeeRules) -> list[Fraction]:
    """What the municipalities may have to split: one amount, or two where nobody knows which."""
    part = calc.part_of(fees, Party.MUNICIPALITIES, rules)
    if part is not None:
        return [part]
    if fees.pool is None:
        return []
    return [calc.financing(fees.pool, Party.MUNICIPALITIES, rules), fees.pool]


def _unclear_keys(sheet: SheetGrid, one: ReadFees, rules: MembershipFeeRules) -> Doubt | None:
    """Keys that may be something else: a sum of the others, amounts, or shares of something."""
    parties = one.fees.parties
    if any(party.key for party in parties if not party.is_municipal):
        return Doubt(Reason.OWN_KEY)
    municipal = [party for party in parties if party.is_municipal]
    keys = [party.key for party in municipal if party.key is not None]
    total = sum(keys, Fraction(0))
    edges = (municipal[0], municipal[-1])
    if len(keys) > 2 and any(2 * (p.key or 0) == total and payer(p.name) is None for p in edges):
        return Doubt(Reason.KEY_OF_ALL)
    are_shares = bool(keys) and all(key <= 100 for key in keys)
    of_all = len(parties) > len(municipal)
    if are_shares and calc.whole_of_shares(keys, of_all=of_all) is None:
        return because(Reason.KEYS_NOT_WHOLE, total=trimmed(total))
    parts = municipal_parts(one.fees, rules)
    if any(part < _FEWEST_UNITS for part in parts):
        return Doubt(Reason.COARSE)
    are_amounts = any(part / 2 < total < 2 * part and total != part for part in parts)
    if are_amounts and not are_shares and not _count_people(one):
        return Doubt(Reason.KEYS_OR_AMOUNTS)
    return _unclear_sums(sheet, one) or _unclear_amounts(municipal, keys, parts)


def _unclear_sums(sheet: SheetGrid, one: ReadFees) -> Doubt | None:
    """A printed sum of keys or shares that is another: a member may be missing."""
    for row in one.sums:
        for column in (one.columns.key, one.columns.share):
            stated = None if column is None else figure(sheet.cell(row.row, column))
            if column is None or stated is None or not row.parts or stated in _FOURTHS:
                continue
            known = [figure(sheet.cell(part, column)) for part in row.parts]
            together = sum((value for value in known if value is not None), Fraction(0))
            if any(known) and abs(stated - together) > stated * _KEY_GAP:
                return because(Reason.MEMBER_MISSING, label=row.label)
    return None


def _count_people(one: ReadFees) -> bool:
    """Whether the heading of the keys says that they count people."""
    headings = {column.number: column.header for column in one.table.columns}
    return one.columns.key is not None and counts_people(headings.get(one.columns.key, ""))


def _unclear_amounts(
    municipal: Sequence[FeeParty], keys: Sequence[Fraction], parts: Sequence[Fraction]
) -> Doubt | None:
    """Fees without keys that are not what the municipalities have to split."""
    if keys or (len(municipal) == 1 and municipal[0].stated is None):
        return None
    stated = [party.stated for party in municipal]
    paid = sum((fee for fee in stated if fee is not None), Fraction(0))
    if any(explained_by_rounding(paid - part, len(stated)) for part in parts):
        return None
    return Doubt(Reason.NOT_THEIR_PART)


def unclear_places(sheet: SheetGrid, one: ReadFees) -> Doubt | None:
    """Columns and amounts in or around the table that were not understood, and units."""
    if one.unread:
        return because(Reason.COLUMN_UNREAD, column=letters(one.unread[0]))
    if one.nameless:
        return because(Reason.NAMELESS, row=one.nameless[0])
    if unexplained(one):
        return Doubt(Reason.SEVERAL_AMOUNTS)
    headings = [column.header for column in one.table.columns if column.number == one.columns.fee]
    if _are_units_mixed(one, headings):
        return Doubt(Reason.MIXED_UNITS)
    if any(map(is_part_of_year, (*one.table.titles, sheet.name, *headings))):
        return Doubt(Reason.PART_OF_YEAR)
    if any(map(has_fixed_part, sheet.texts)):
        return Doubt(Reason.FIXED_PART)
    return None


def _are_units_mixed(one: ReadFees, headings: Sequence[str]) -> bool:
    """Whether a pot whose unit is not told stands among texts of several units."""
    if one.pot is not None and one.pot.unit in KRONOR:
        return False
    texts = (*one.table.titles, *headings)
    return len({said for text in texts if (said := unit(text))}) > 1
