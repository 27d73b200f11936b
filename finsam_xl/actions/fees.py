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
from finsam_xl.model import Ref
from finsam_xl.money import round_half_away
from finsam_xl.plan import CellEdit, Plan, merge
from finsam_xl.sheets.fees import ReadFees, read
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Table

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
    keys = [party.key for party in fees.parties if party.kind == "kommun" and party.key]
    are_percentages = bool(keys) and all(key <= 100 for key in keys)
    place = Ref(sheet.name, a1(one.table.header_row, one.table.columns[0].number))
    step = _PERCENT_STEP if are_percentages else Fraction(0)
    plans = [
        Plan(findings=one.findings),
        Plan(findings=tuple(checks.check(fees, rules, place, step))),
    ]
    every = [party.key for party in fees.parties if party.kind == "kommun"]
    is_sound = all(key is None or key >= 0 for key in every)
    if fees.pool is not None and fees.pool > 0 and is_sound:
        plans += _blank_fees(sheet, one, rules, fees.pool)
        plans.append(_blank_shares(sheet, one, rules, fees.pool))
    return merge(plans)


def _blank_fees(
    sheet: SheetGrid, one: ReadFees, rules: policy.MembershipFeeRules, pool: Fraction
) -> list[Plan]:
    """Fees that nobody has written, by largest remainder so that they sum to the quarter."""
    column = one.table.column("fee")
    if column is None:
        return []
    plans = []
    municipal = [n for n, p in enumerate(one.fees.parties) if p.kind == "kommun" and p.key]
    amounts: dict[int, Fraction] = {
        n: calc.financing(pool, calc.PAYERS[party.kind], rules)
        for n, party in enumerate(one.fees.parties)
        if party.kind != "kommun"
    }
    complete = all(p.key is not None for p in one.fees.parties if p.kind == "kommun")
    if municipal and complete:
        quarter = calc.financing(pool, calc.Party.MUNICIPALITIES, rules)
        keys = [one.fees.parties[n].key for n in municipal]
        shares = calc.fees(keys, quarter)
        amounts |= {n: Fraction(share.fee) for n, share in zip(municipal, shares, strict=True)}
    for n, amount in amounts.items():
        if one.fees.parties[n].stated is None and amount.denominator == 1:
            ref = Ref(sheet.name, a1(one.party_rows[n], column))
            why = f"Avgift för {one.fees.parties[n].name}, största rest"
            plans.append(write_figure(sheet, ref, round_half_away(amount), why))
    return plans


def _blank_shares(
    sheet: SheetGrid, one: ReadFees, rules: policy.MembershipFeeRules, pool: Fraction
) -> Plan:
    """The municipalities' shares of the whole pool, from their keys or else from their fees."""
    column = one.table.column("share")
    if column is None:
        return Plan()
    quarter = calc.financing(pool, calc.Party.MUNICIPALITIES, rules)
    municipal = [n for n, party in enumerate(one.fees.parties) if party.kind == "kommun"]
    basis = [one.fees.parties[n].key for n in municipal]
    if not any(basis):
        basis = [one.fees.parties[n].stated for n in municipal]
    if not any(basis) or any(value is None for value in basis):
        return Plan()
    edits = []
    for n, share in zip(municipal, calc.shares_from_amounts(basis), strict=True):
        row = one.party_rows[n]
        if sheet.cell(row, column).is_blank:
            value = round(float(share * quarter / pool), _SHARE_DECIMALS)
            why = f"Andel av potten för {one.fees.parties[n].name}"
            edits.append(CellEdit(sheet.name, a1(row, column), None, value, why))
    return Plan(edits=tuple(edits))
