"""What looks wrong in a table of member fees: keys, quarters, roundings and single fees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc import fees as calc
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import FeeParty, FeesTable, Scope, decimals
from finsam_xl.money import as_written, swedish, trimmed
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.words.parties import Party


def check(
    table: FeesTable, rules: MembershipFeeRules, place: Ref, key_step: Fraction
) -> Iterator[Finding]:
    """Everything worth saying about a fees table.

    ``place``: the cell to name for the whole table; ``key_step``: what the keys are
    rounded to, in the unit they are read in (0 for counts of people).
    """
    municipalities = [party for party in table.parties if party.is_municipal]
    yield from _keys(table, municipalities, place)
    unequal = list(_quarters(table, municipalities))
    yield from unequal
    if table.pool is None or table.pool <= 0:
        if all(party.stated is not None for party in table.parties):
            return
        yield tell("pott-saknas", place)
        return
    quarter = calc.part_of(table, Party.MUNICIPALITIES, rules)
    if quarter is None:
        return
    if quarter.denominator != 1 and table.scope is Scope.EVERYONE:
        yield tell(
            "pott-inte-delbar",
            place,
            pool=trimmed(table.pool, table.unit),
            quarter=f"{as_written(quarter)}\u00a0{table.unit}",
            stated=float(table.pool),
        )
    told = {finding.cell for finding in unequal}
    found = _fees(table, municipalities, quarter, key_step)
    yield from (one for one in found if one.cell not in told)


def _keys(table: FeesTable, municipalities: Sequence[FeeParty], place: Ref) -> Iterator[Finding]:
    keys = [party.key for party in municipalities]
    known = [key for key in keys if key is not None]
    if not known:
        return
    for party in municipalities:
        if party.key is None:
            yield tell("nyckel-saknas", party.ref, name=party.name)
        elif party.key < 0:
            key = as_written(party.key)
            yield tell("nyckel-negativ", party.ref, name=party.name, key=key)
        elif party.key == 0:
            yield tell("nyckel-noll", party.ref, name=party.name)
    total = sum(known, Fraction(0))
    # Each may be half a step off, in its last digit.
    allowed = len(known) * max(Fraction(1, 10 ** max(map(decimals, known))), Fraction(1, 100)) / 2
    if table.are_keys_percent and abs(total - 100) > allowed:
        told = swedish(total, 2, "%")
        yield tell("nycklar-summerar-inte", place, total=told, stated=total, calculated=100)


def _quarters(table: FeesTable, municipalities: Sequence[FeeParty]) -> Iterator[Finding]:
    """The region's part, the municipalities' part and half of the state's should be equal."""
    state = _sum(party for party in table.parties if party.kind is Party.STATE)
    regions = [party for party in table.parties if party.kind is Party.REGION]
    region = _sum(regions)
    together = _sum(municipalities)
    half = None if state is None else state / 2
    several = Fraction(len(municipalities) + 1, 2)
    for amount, other, where, allowed in (
        (region, half, regions, 1),
        (together, region, municipalities, several),
    ):
        if amount is None or other is None or not where or abs(amount - other) <= allowed:
            continue
        yield tell(
            "kvart-avviker",
            where[0].fee_place,
            "region_of_state" if where is regions else "municipal_of_region",
            "equal",
            amount=trimmed(amount, table.unit),
            stated=amount,
            calculated=other,
        )


def _sum(parties: Sequence[FeeParty] | Iterator[FeeParty]) -> Fraction | None:
    every = list(parties)
    amounts = [party.stated for party in every if party.stated is not None]
    # A fee that is blank, perhaps to be filled in, is not zero: the sum is not known without it.
    is_known = amounts and not any(p.is_unknown or p.stated is None for p in every)
    return sum(amounts, Fraction(0)) if is_known else None


def _fees(
    table: FeesTable,
    municipalities: Sequence[FeeParty],
    quarter: Fraction,
    key_step: Fraction,
) -> Iterator[Finding]:
    keyed = [party for party in municipalities if party.key]
    if not keyed or any(p.stated is None or (p.key or 0) < 0 for p in keyed):
        return
    keys = [party.key or Fraction(0) for party in keyed]
    fees = [party.stated or Fraction(0) for party in keyed]
    missed = calc.misses_key(fees, keys, quarter, key_step)
    for party, key, stated, is_off in zip(keyed, keys, fees, missed, strict=True):
        if not is_off:
            continue
        yield tell(
            "avgift-avviker",
            party.fee_place,
            name=party.name,
            amount=trimmed(stated, table.unit),
            key=as_written(key),
            stated=stated,
            calculated=quarter * key / sum(keys),
        )
    together = sum(fees, Fraction(0))
    gap = together - quarter
    if gap and abs(gap) <= len(keyed):
        yield tell(
            "avgifter-avrundade",
            keyed[0].fee_place,
            "quarter" if table.scope is Scope.EVERYONE else "pot",
            "rounding" if quarter.denominator == 1 else "uneven",
            amount=trimmed(together, table.unit),
            unit=table.unit,
            stated=together,
            calculated=quarter,
        )
