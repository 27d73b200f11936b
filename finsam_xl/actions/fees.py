"""Recomputing tables of member fees: what is blank is filled in, the rest is checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.actions.writing import write_figure
from finsam_xl.address import position
from finsam_xl.checks import fees as checks
from finsam_xl.filling import fees as filling
from finsam_xl.filling.fee_shares import shares
from finsam_xl.filling.fee_sums import Sums
from finsam_xl.filling.places import is_hidden
from finsam_xl.model import Ref
from finsam_xl.money import exact, round_half_away
from finsam_xl.plan import Plan, merge
from finsam_xl.reading.fee_tables import ReadFees
from finsam_xl.sheets.grid import Grid, SheetGrid

_PERCENT_STEP = Fraction(1, 200)


def plan(grid: Grid, found: Sequence[ReadFees], today: date) -> Plan:
    """What fills in and checks the tables of fees."""
    with_pots = {(o.table.sheet, o.table.range) for o in found if o.fees.pool is not None}
    return merge(
        _one(
            grid.sheet(one.table.sheet),
            one,
            today,
            of_several=(one.table.sheet, one.table.range) in with_pots,
        )
        for one in found
    )


def _one(sheet: SheetGrid, one: ReadFees, today: date, *, of_several: bool) -> Plan:
    """``of_several``: the pot of a year of the table is known, if not of this one."""
    day = one.rules_of.last_day if one.rules_of else policy.current(today)
    rules = policy.membership_fees(day)
    fees = one.fees
    keys = [party.key for party in fees.parties if party.is_municipal and party.key]
    are_percentages = bool(keys) and all(key <= 100 for key in keys)
    place = Ref.at(sheet.name, one.table.header_row, one.table.columns[0].number)
    step = _PERCENT_STEP if are_percentages else Fraction(0)
    said = tuple(checks.check(fees, rules, place, step))
    if fees.pool is None and of_several:
        said = tuple(filling.without_pot(sheet, one))
    plans = [Plan(findings=one.findings), Plan(findings=said)]
    every = [party.key for party in fees.parties if party.is_municipal]
    is_sound = all(key is None or key >= 0 for key in every)
    if is_sound:
        if fees.pool is not None and fees.pool > 0:
            plans.append(_blank_fees(sheet, one, rules))
        plans.append(shares(sheet, one, rules))
        plans.append(Sums(sheet, one, _written(plans)).plan())
    return merge(plans)


def _written(plans: Sequence[Plan]) -> dict[tuple[int, int], Fraction]:
    """The figures that some plans write, by row and column."""
    return {
        position(edit.cell): exact(edit.new)
        for one in plans
        for edit in one.edits
        if isinstance(edit.new, int | float)
    }


def _blank_fees(sheet: SheetGrid, one: ReadFees, rules: policy.MembershipFeeRules) -> Plan:
    """Fees that nobody has written, where the split is settled."""
    found = filling.split(sheet, one, rules)
    plans = [Plan(findings=found.findings)]
    for n, amount in found.fees.items():
        ref = one.ref(one.party_rows[n], one.columns.fee)
        why = f"Avgift för {one.fees.parties[n].name}, största rest"
        if not is_hidden(sheet, one.party_rows[n], one.columns.fee):
            plans.append(write_figure(sheet, ref, round_half_away(amount), why))
    return merge(plans)
