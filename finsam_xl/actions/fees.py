"""Recomputing tables of member fees: blank shares and fees are filled in, the rest is checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.actions.writing import write_figure
from finsam_xl.address import a1
from finsam_xl.calc import fees as calc
from finsam_xl.checks import fees as checks
from finsam_xl.filling import fees as filling
from finsam_xl.filling.places import is_hidden
from finsam_xl.model import Ref
from finsam_xl.money import round_half_away
from finsam_xl.plan import CellEdit, Plan, merge
from finsam_xl.sheets.fees import ReadFees, read
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.parties import Party

_PERCENT_STEP = Fraction(1, 200)
_SHARE_DECIMALS = 6


def read_all(grid: Grid, tables: Sequence[Table]) -> list[ReadFees]:
    """Every table of member fees among ``tables``, read."""
    return [read(grid.sheet(table.sheet), table) for table in tables if table.kind == "fees"]


def plan(grid: Grid, found: Sequence[ReadFees], today: date) -> Plan:
    """What fills in and checks the tables of fees."""
    return merge(_one(grid.sheet(one.table.sheet), one, today) for one in found)


def _one(sheet: SheetGrid, one: ReadFees, today: date) -> Plan:
    day = one.table.period.last_day if one.table.period else policy.current(today)
    rules = policy.membership_fees(day)
    fees = one.fees
    keys = [party.key for party in fees.parties if party.is_municipal and party.key]
    are_percentages = bool(keys) and all(key <= 100 for key in keys)
    place = Ref(sheet.name, a1(one.table.header_row, one.table.columns[0].number))
    step = _PERCENT_STEP if are_percentages else Fraction(0)
    plans = [
        Plan(findings=one.findings),
        Plan(findings=tuple(checks.check(fees, rules, place, step))),
    ]
    every = [party.key for party in fees.parties if party.is_municipal]
    is_sound = all(key is None or key >= 0 for key in every)
    if fees.pool is not None and fees.pool > 0 and is_sound:
        plans.append(_blank_fees(sheet, one, rules, fees.pool))
        plans.append(_blank_shares(sheet, one, rules, fees.pool))
    return merge(plans)


def _blank_fees(
    sheet: SheetGrid, one: ReadFees, rules: policy.MembershipFeeRules, pool: Fraction
) -> Plan:
    """Fees that nobody has written, where the split is settled."""
    column = one.table.column("fee")
    if column is None:
        return Plan()
    found = filling.split(sheet, one, rules, pool)
    plans = [Plan(findings=found.findings)]
    for n, amount in found.fees.items():
        ref = Ref(sheet.name, a1(one.party_rows[n], column))
        why = f"Avgift för {one.fees.parties[n].name}, största rest"
        if not is_hidden(sheet, one.party_rows[n], column):
            plans.append(write_figure(sheet, ref, round_half_away(amount), why))
    return merge(plans)


def _blank_shares(
    sheet: SheetGrid, one: ReadFees, rules: policy.MembershipFeeRules, pool: Fraction
) -> Plan:
    """The municipalities' shares, from their keys or else from their fees, as the others are."""
    column = one.table.column("share")
    if column is None:
        return Plan()
    part = calc.financing(pool, Party.MUNICIPALITIES, rules) / pool
    municipal = [n for n, party in enumerate(one.fees.parties) if party.is_municipal]
    basis = [one.fees.parties[n].key for n in municipal]
    if not any(basis):
        basis = [one.fees.parties[n].stated for n in municipal]
    rows = [one.party_rows[n] for n in municipal]
    blank = [row for row in rows if sheet.cell(row, column).is_blank]
    if not blank or not any(basis) or any(value is None for value in basis):
        return Plan()
    scale = filling.share_scale(sheet, one, rules, part)
    if scale is None:
        return Plan(findings=(filling.shares_left(one, blank),))
    whole, unit = scale
    edits = []
    for n, share in zip(municipal, calc.shares_from_amounts(basis), strict=True):
        row = one.party_rows[n]
        if row in blank and not is_hidden(sheet, row, column):
            value = round(float(share * part / whole * unit), _SHARE_DECIMALS)
            of = "potten" if whole == 1 else "kommunernas del"
            why = f"Andel av {of} för {one.fees.parties[n].name}"
            edits.append(CellEdit(sheet.name, a1(row, column), None, value, why))
    return Plan(edits=tuple(edits))
