"""What blank shares of municipalities are, as the other shares of the table are written."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from finsam_xl.calc import fees as calc
from finsam_xl.filling.cells import Cells
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.filling.fee_doubts import unclear_places
from finsam_xl.findings.reasons import Reason
from finsam_xl.model_budget import FeeParty
from finsam_xl.money import exact
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.reading.fee_rows import Role
from finsam_xl.reading.fee_tables import ReadFees
from finsam_xl.words.fee_columns import FeeColumn, fee_column
from finsam_xl.words.parties import Party, is_pot, is_quarter

_WHOLE, _PERCENT = Fraction(1), Fraction(100)
_TOLERANCE = Fraction(1, 200)
_DECIMALS = 6


def shares(cells: Cells, one: ReadFees, rules: MembershipFeeRules) -> None:
    """The municipalities' blank shares, from their keys or else from their fees."""
    column = one.columns.share
    municipal = [n for n, party in enumerate(one.fees.parties) if party.is_municipal]
    basis = [one.fees.parties[n].key for n in municipal]
    if not any(basis):
        basis = [one.fees.parties[n].stated for n in municipal]
    if column is None or not any(basis) or any(value is None or value < 0 for value in basis):
        return
    places = {n: (one.party_rows[n], column) for n in municipal}
    open_ = [n for n, at in places.items() if cells.is_open(at)]
    scale = _scale(cells, one, rules, column) if open_ else None
    for n, share in zip(municipal, calc.shares_from_amounts(basis), strict=True):
        at, name = places[n], one.fees.parties[n].name
        if n not in open_:
            continue
        verdict, rounded, of = Verdict(doubt=Doubt(Reason.OF_POT_OR_PART)), None, ""
        if scale is not None:
            whole, unit, part = scale
            verdict = Verdict(share * part / whole * unit)
            rounded = exact(round(float(share * part / whole * unit), _DECIMALS))
            of = " av potten" if whole == 1 else " av kommunernas del"
        beside = [[other for other in places.values() if other != at]]
        cells.take(at, "share", f"Andel{of} för {name}", verdict, rounded=rounded, beside=beside)


def _scale(
    cells: Cells, one: ReadFees, rules: MembershipFeeRules, column: int
) -> tuple[Fraction, Fraction, Fraction] | None:
    """What a share is of, of one whole pot; what one is written as; the municipalities' part.

    The state's, the region's or the municipalities' own share beside tells: 0,5 or 50 of the
    pot. Printed shares of municipalities tell as well: they are their key's part of the quarter,
    or of the pot. In a table of municipalities alone shares are of what they pay together.
    """
    if unclear_places(cells.sheet, one):
        return None
    heading = next(c.header for c in one.table.columns if c.number == column)
    part = Fraction(rules.municipalities) / 100
    if all(party.is_municipal for party in one.fees.parties):
        if is_pot(heading):
            return None
        scale = _own_scale(cells, one, column, heading)
        return None if scale is None else (part, scale, part)
    if one.fees.pool is None:
        return None
    stated = list(_stated(cells, one, rules, part, column))
    for whole in (part,) if is_quarter(heading) else (_WHOLE, part):
        for scale in (_WHOLE, _PERCENT):
            if stated and all(abs(v / scale - s / whole) <= _TOLERANCE for v, s in stated):
                return whole, scale, part
    return None


def _own_scale(cells: Cells, one: ReadFees, column: int, heading: str) -> Fraction | None:
    """What one is written as: by the sum, by printed shares, by the format, by the heading."""
    told = [row.row for row in one.sums if row.role is Role.TOTAL]
    sums = [value for row in told if (value := cells.value((row, column))) is not None]
    for scale in (_WHOLE, _PERCENT):
        if sums and all(abs(value - scale) <= scale * _TOLERANCE for value in sums):
            return scale
    if sums:
        return None
    parties = list(zip(one.fees.parties, one.party_rows, strict=True))
    keys = [party.key for party in one.fees.parties if party.key is not None]
    total = sum(keys, Fraction(0))
    printed = [
        (party, v) for party, row in parties if (v := cells.value((row, column))) is not None
    ]
    if printed and total:
        for scale in (_WHOLE, _PERCENT):
            gaps = [abs(v / scale - (party.key or Fraction(0)) / total) for party, v in printed]
            if max(gaps) <= _TOLERANCE:
                return scale
        return None
    if all(cells.sheet.cell(row, column).percent for row in one.party_rows):
        return _WHOLE
    says_percent = fee_column(heading) is FeeColumn.SHARE and "%" in heading
    return _PERCENT if says_percent else None


def _stated(
    cells: Cells, one: ReadFees, rules: MembershipFeeRules, part: Fraction, column: int
) -> Iterator[tuple[Fraction, Fraction]]:
    """Every printed share with what it should be of the whole pot, of one."""
    basis = [party.key or party.stated for party in one.fees.parties if party.is_municipal]
    total = sum((key for key in basis if key is not None), Fraction(0))
    wanted = {
        row: _share_of(party, rules, part, total)
        for party, row in zip(one.fees.parties, one.party_rows, strict=True)
    }
    wanted |= {row.row: part for row in one.sums if row.party is Party.MUNICIPALITIES}
    for row, share in wanted.items():
        value = cells.value((row, column))
        if value is not None:
            yield value, share


def _share_of(
    party: FeeParty, rules: MembershipFeeRules, part: Fraction, total: Fraction
) -> Fraction:
    if not party.is_municipal:
        return Fraction(rules.state if party.kind is Party.STATE else rules.region) / 100
    key = party.key or party.stated or Fraction(0)
    return key / total * part if total else Fraction(0)
