"""What blank fees are, where the split is settled.

A pot is the whole association's when the state and the region stand in the table, once each.
In a table of municipalities only it may be theirs or a fourth of it may be: then what is read
around it, or the printed fees, must tell. Printed fees that follow another split leave every
blank one alone, since one new fee beside the old ones would be more than the pot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.calc import fees as calc
from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.cells import Cells
from finsam_xl.filling.doubts import Doubt, Verdict, because
from finsam_xl.filling.fee_doubts import municipal_parts, unclear
from finsam_xl.findings.reasons import Reason
from finsam_xl.model_budget import Amount, FeeParty
from finsam_xl.money import exact, round_half_away, swedish, trimmed
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.reading.fee_tables import ReadFees
from finsam_xl.reading.figures import figure
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words.parties import PAYERS, Party

_HALF = Fraction(1, 2)


class _Way(NamedTuple):
    """A way to split a pot: what the municipalities share, and every fee it gives.

    ``amount`` is exact; where it is not whole and nothing tells who pays what is left over,
    the municipalities have no fees.
    """

    amount: Fraction
    fees: Mapping[int, Fraction]


def fill(cells: Cells, one: ReadFees, rules: MembershipFeeRules) -> None:
    """The fees that are blank, where what is printed leaves no doubt of the rest."""
    blank = _blank(cells, one)
    if not blank:
        return
    found = _settled(cells.sheet, one, rules, blank)
    parties, column = one.fees.parties, one.columns.fee
    for n in blank:
        verdict = Verdict(doubt=found) if isinstance(found, Doubt) else _told(one, n, found)
        how = "" if verdict.amount is None else ", största rest"
        beside = [
            (row, column)
            for party, row in zip(parties, one.party_rows, strict=True)
            if party.is_municipal is parties[n].is_municipal
        ]
        at, what = (one.party_rows[n], column), f"Avgift för {parties[n].name}{how}"
        cells.take(at, "fee", what, verdict, beside=[beside])


def without_pot(cells: Cells, one: ReadFees) -> None:
    """Why the blank fees of a year stay so where only other years have a pot."""
    year = one.columns.period
    doubt = because(Reason.NO_POT, year=year)
    for n in _blank(cells, one):
        at, what = (one.party_rows[n], one.columns.fee), f"Avgift för {one.fees.parties[n].name}"
        cells.take(at, "fee", what, Verdict(doubt=doubt))


def _blank(cells: Cells, one: ReadFees) -> list[int]:
    """The parties whose fees are blank, by number."""
    return [n for n, row in enumerate(one.party_rows) if cells.is_open((row, one.columns.fee))]


def _settled(
    sheet: SheetGrid, one: ReadFees, rules: MembershipFeeRules, blank: Sequence[int]
) -> _Way | Doubt:
    """The only way to split the pot that what is printed leaves, or why there is none."""
    parties = one.fees.parties
    doubt = unclear(sheet, one, rules)
    if doubt:
        return doubt
    ways = [way for way in _ways(one, rules) if _agrees(parties, way.fees)]
    if not ways:
        return _other_split(one, rules)
    most = max(_exactly(parties, way.fees) for way in ways)
    ways = [way for way in ways if _exactly(parties, way.fees) == most]
    wanted = [{n: way.fees[n] for n in blank if n in way.fees} for way in ways]
    is_one_pot = len({way.amount for way in ways}) == 1
    if any(way != wanted[0] for way in wanted) or not is_one_pot:
        return Doubt(Reason.ROUNDING_UNSURE if is_one_pot else Reason.WHOSE_POT)
    if not _makes_whole(parties, ways[0]):
        return Doubt(Reason.ROUNDING_UNSURE)
    return _other_sum(sheet, one, ways[0]) or ways[0]


def _told(one: ReadFees, party: int, way: _Way) -> Verdict:
    """A party's fee of one way, where it is whole; else why it is left."""
    fee = way.fees.get(party)
    if fee is not None and fee.denominator == 1:
        return Verdict(fee)
    shown = swedish(way.amount, 1 if way.amount.denominator <= 2 else 2, one.fees.unit)
    return Verdict(doubt=because(Reason.UNEVEN, part=shown))


def _other_sum(sheet: SheetGrid, one: ReadFees, way: _Way) -> Doubt | None:
    """A typed sum that the fees would not be, if there is one."""
    fees = {row: _fee(one.fees.parties, n, way) for n, row in enumerate(one.party_rows)}
    typed = dict(zip(one.party_rows, (party.stated for party in one.fees.parties), strict=True))
    for row in one.sums:
        cell = sheet.cell(row.row, one.columns.fee)
        stated = figure(cell) if cell.formula is None else None
        together = known_sum(*(fees.get(part) for part in row.parts))
        if stated is None or not row.parts or together is None:
            continue
        if not explained_by_rounding(stated - together, len(row.parts)):
            return because(
                Reason.OTHER_SUM, severity="warning", label=row.label, stated=trimmed(stated),
                together=trimmed(together),
            )  # fmt: skip
        blank = [part for part in row.parts if typed.get(part) is None]
        if len(blank) == 1 and stated != together:
            # All the others are typed, and so is their sum: the one is what is left, to the unit.
            return Doubt(Reason.ROUNDING_UNSURE)
    return None


# Ways ------------------------------------------------------------------------------------------


def _ways(one: ReadFees, rules: MembershipFeeRules) -> Iterator[_Way]:
    """Every way the pot may be split: the municipalities' own or not, by either rounding.

    Where no municipality's fee is printed, the rounding is the product's own.
    """
    parties = one.fees.parties
    municipal = [n for n, party in enumerate(parties) if party.is_municipal]
    keys = [parties[n].key for n in municipal]
    if len(municipal) == 1 and keys == [None]:
        keys = [Fraction(1)]
    for amount in municipal_parts(one.fees, rules):
        payers = _payers(one, rules)
        whole = _whole(one, rules, amount)
        if whole is None or any(key is None for key in keys) or not any(keys):
            yield _Way(amount, payers)
            continue
        printed = any(parties[n].stated is not None for n in municipal)
        roundings = list(calc.Rounding) if printed else [calc.Rounding.LARGEST_REMAINDER]
        for rounding in roundings:
            by = amount if rounding is calc.Rounding.HALF_UP else whole
            shares = zip(municipal, calc.fees(keys, by, rounding), strict=True)
            yield _Way(amount, payers | {n: Fraction(share.fee) for n, share in shares})


def _stated(one: ReadFees, kind: Party) -> Amount:
    """What is printed for the payers of a kind together, where it is for all of them."""
    fees = [party.stated for party in one.fees.parties if party.kind is kind]
    return known_sum(*fees) if fees else None


def _payers(one: ReadFees, rules: MembershipFeeRules) -> dict[int, Fraction]:
    """The state's and the region's fees; what the others leave of the pot, if it is not even."""
    found: dict[int, Fraction] = {}
    for n, party in enumerate(one.fees.parties):
        part = calc.part_of(one.fees, party.kind, rules)
        if party.is_municipal or part is None:
            continue
        rest = _rest(one, rules, party.kind)
        is_near = rest is not None and abs(rest - part) <= _HALF and part.denominator != 1
        found[n] = rest if is_near and rest is not None else part
    return found


def _rest(one: ReadFees, rules: MembershipFeeRules, kind: Party) -> Fraction | None:
    """What the printed fees of the others leave of the pot, if all of theirs are printed."""
    pot = known_sum(*(calc.part_of(one.fees, other, rules) for other in PAYERS))
    paid = known_sum(*(_stated(one, other) for other in PAYERS if other is not kind))
    return None if pot is None or paid is None else pot - paid


def _whole(one: ReadFees, rules: MembershipFeeRules, amount: Fraction) -> Fraction | None:
    """The municipalities' part in whole units; ``None`` where it is uneven and nothing settles it.

    A half unit is settled by what the state and the region pay, less or more by the nearest.
    """
    if amount.denominator == 1:
        return amount
    if _stated(one, Party.MUNICIPALITIES) is not None:
        return exact(round_half_away(amount))
    if _stated(one, Party.STATE) is None or _stated(one, Party.REGION) is None:
        return None
    if (2 * amount).denominator != 1:
        return exact(round_half_away(amount))
    rest = _rest(one, rules, Party.MUNICIPALITIES)
    return rest if rest is not None and abs(rest - amount) == _HALF else None


def _makes_whole(parties: Sequence[FeeParty], way: _Way) -> bool:
    """Whether printed and new fees of the municipalities are their part together."""
    municipal = [n for n, party in enumerate(parties) if party.is_municipal]
    paid = known_sum(*(_fee(parties, n, way) for n in municipal))
    if paid is None or all(parties[n].stated is not None for n in municipal):
        return True
    planned = sum((way.fees[n] for n in municipal if n in way.fees), Fraction(0))
    return paid in (planned, exact(round_half_away(way.amount)))


def _fee(parties: Sequence[FeeParty], party: int, way: _Way) -> Amount:
    """What a party pays: as it is printed, or else by the way."""
    stated = parties[party].stated
    return way.fees.get(party) if stated is None else stated


def _exactly(parties: Sequence[FeeParty], fees: Mapping[int, Fraction]) -> int:
    """How many printed fees are the way's to the last unit."""
    return sum(party.stated == fees.get(n) for n, party in enumerate(parties) if party.stated)


def _agrees(parties: Sequence[FeeParty], fees: Mapping[int, Fraction]) -> bool:
    """Whether every printed fee is the way's, as a person would round it."""
    return all(
        explained_by_rounding(party.stated - fees[n], 2)
        for n, party in enumerate(parties)
        if party.stated is not None and n in fees
    )


# What is said ----------------------------------------------------------------------------------


def _other_split(one: ReadFees, rules: MembershipFeeRules) -> Doubt:
    """How much the municipalities would pay if only the blank fees were filled in."""
    parties = one.fees.parties
    municipal = [n for n, party in enumerate(parties) if party.is_municipal]
    for way in list(_ways(one, rules))[:1]:
        together = known_sum(*(_fee(parties, n, way) for n in municipal))
        if together is not None:
            paid, part = trimmed(exact(round_half_away(together))), trimmed(way.amount)
            return because(Reason.OTHER_SPLIT_GIVES, severity="warning", paid=paid, part=part)
    return because(Reason.OTHER_SPLIT, severity="warning")
