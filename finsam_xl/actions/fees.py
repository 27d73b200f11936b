"""Recomputing tables of member fees: what is blank is filled in, the rest is checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from finsam_xl import policy
from finsam_xl.calc.fees import key_step
from finsam_xl.checks.amounts import fees as checks
from finsam_xl.filling import fees as filling
from finsam_xl.filling.cells import Cells
from finsam_xl.filling.fee_shares import shares
from finsam_xl.filling.fee_sums import Sums
from finsam_xl.filling.unknown import Unknown
from finsam_xl.model import Ref
from finsam_xl.plan import Plan, merge
from finsam_xl.reading.fee_tables import ReadFees
from finsam_xl.reading.settings import settings
from finsam_xl.sheets.grid import Grid
from finsam_xl.words.parties import has_fixed_part

_BY_KEY = ("avgift-avviker", "avgifter-avrundade")


def plan(grid: Grid, found: Sequence[ReadFees], today: date) -> Plan:
    """What fills in and checks the tables of fees."""
    with_pots = {(o.table.sheet, o.table.range) for o in found if o.fees.pool is not None}
    return merge(
        _one(
            grid,
            one,
            today,
            of_several=(one.table.sheet, one.table.range) in with_pots,
        )
        for one in found
    )


def _one(grid: Grid, one: ReadFees, today: date, *, of_several: bool) -> Plan:
    """``of_several``: the pot of a year of the table is known, if not of this one."""
    day = one.rules_of.last_day if one.rules_of else policy.current(today)
    rules = settings(grid).on(policy.membership_fees(day))
    fees, sheet = one.fees, grid.sheet(one.table.sheet)
    keys = [party.key for party in fees.parties if party.is_municipal and party.key]
    place = Ref.at(sheet.name, one.table.header_row, one.table.columns[0].number)
    said = tuple(checks.check(fees, rules, place, key_step(keys)))
    if any(map(has_fixed_part, sheet.texts)):
        # A part that is the same for all follows no key, so fees need not follow it.
        said = tuple(one for one in said if one.code not in _BY_KEY)
    rows = (*one.party_rows, *(row.row for row in one.sums))
    filled = ((sheet.name, row, column.number) for row in rows for column in one.table.columns)
    cells = Cells(sheet, Unknown(grid, filled))
    if fees.pool is None and of_several:
        said = ()
        filling.without_pot(cells, one)
    if all(party.key is None or party.key >= 0 for party in fees.parties if party.is_municipal):
        if fees.pool is not None and fees.pool > 0:
            filling.fill(cells, one, rules)
        # A sum of keys is what shares are of; shares have a sum of their own.
        sums = Sums(cells, one)
        sums.fill()
        shares(cells, one, rules)
        sums.fill()
    return merge([Plan(findings=(*one.findings, *said)), cells.plan()])
