"""Member fees: what each party pays, exactly and rounded, to date and since the year before."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import NamedTuple

from finsam_xl.model_budget import FeeParty, FeesTable
from support.recomputed.case import Case, Right, half_up
from support.traced import Figure, plain

_MONTHS = {"april": 4, "augusti": 8, "december": 12}


class _Payer(NamedTuple):
    """Who pays on a row of a report, of which year's table."""

    table: FeesTable
    party: FeeParty | None
    is_sum: bool


def _payer(case: Case, figure: Figure) -> _Payer | None:
    linked = [o.source for o in case.report.figures if o.table == figure.table and o.source]
    for table in case.fees:
        for party in table.parties:
            place = (party.ref.sheet, int(re.sub(r"\D", "", party.ref.cell)))
            if place == figure.source:
                return _Payer(table, party, is_sum=False)
            if figure.source is None and place in linked:
                return _Payer(table, None, is_sum=plain(figure.label) == "summa")
    return None


def _split(table: FeesTable) -> dict[str, Fraction]:
    """Each municipality's part of their quarter: by its key, or else by the stated fees."""
    own = [p for p in table.parties if p.is_municipal]
    by = [p.key for p in own] if all(p.key for p in own) else [p.stated for p in own]
    known = [one or Fraction(0) for one in by]
    return {p.name: part / sum(known) for p, part in zip(own, known, strict=True)}


def exact_fee(table: FeesTable, party: FeeParty) -> Fraction:
    """Half of the pool, a quarter of it, or a part of the last quarter."""
    pool = table.pool or Fraction(0)
    if party.is_municipal:
        return pool / 4 * _split(table)[party.name]
    return pool / (2 if party.kind.value == "state" else 4)


def by_remainder(table: FeesTable, party: FeeParty) -> Fraction:
    """Whole units that sum to the rounded quarter: those with the largest remainder get one more."""
    if not party.is_municipal:
        return Fraction(half_up(exact_fee(table, party)))
    own = [p for p in table.parties if p.is_municipal]
    parts = {
        p.name: Fraction(half_up((table.pool or Fraction(0)) / 4)) * _split(table)[p.name]
        for p in own
    }
    left = half_up((table.pool or Fraction(0)) / 4) - sum(map(floor, parts.values()))
    first = sorted(parts, key=lambda name: floor(parts[name]) - parts[name])[:left]
    return Fraction(floor(parts[party.name]) + (party.name in first))


def _due(table: FeesTable, party: FeeParty) -> Fraction:
    return party.stated if party.stated is not None else by_remainder(table, party)


def stated(_: FeesTable, party: FeeParty) -> Fraction | None:
    return party.stated


def key(_: FeesTable, party: FeeParty) -> Fraction | None:
    return party.key if party.is_municipal else None


def share(table: FeesTable, party: FeeParty) -> Fraction | None:
    return _split(table).get(party.name)


def rounded(table: FeesTable, party: FeeParty) -> Fraction:
    return Fraction(half_up(exact_fee(table, party)))


def less_exact(table: FeesTable, party: FeeParty) -> Fraction | None:
    return None if party.stated is None else party.stated - exact_fee(table, party)


def to_date(case: Case, figure: Figure) -> Right:
    """The year's fee × months / 12."""
    month = next(n for name, n in _MONTHS.items() if name in plain(figure.heading))
    due = per_party(_due)(case, figure)
    return None if due is None else due * month / 12


def per_party(
    of: Callable[[FeesTable, FeeParty], Fraction | None],
) -> Callable[[Case, Figure], Right]:
    """A figure of one party; on a row of several the sum of theirs."""

    def right(case: Case, figure: Figure) -> Right:
        payer = _payer(case, figure)
        if payer is None:
            return None
        if payer.party is not None:
            return of(payer.table, payer.party)
        parties = [p for p in payer.table.parties if payer.is_sum or p.is_municipal]
        return sum(
            (amount for p in parties if (amount := of(payer.table, p)) is not None), Fraction(0)
        )

    return right


def off_quarter(case: Case, figure: Figure) -> Right:
    """What the municipalities' fees are above their quarter, under the same heading."""
    payer = _payer(case, figure)
    kinds = {
        "största rest": by_remainder,
        "avrundad var för sig": rounded,
        "angiven avgift": stated,
    }
    of = kinds.get(plain(figure.heading))
    if payer is None or of is None:
        return None
    paid = per_party(of)(case, figure)
    return None if paid is None else paid - (payer.table.pool or Fraction(0)) / 4


def since(case: Case, figure: Figure) -> Right:
    """The fee less the same party's a year before, in the unit of the coarser of the two."""
    both = _two_years(case, figure)
    return None if both is None else both[0] - both[1]


def since_share(case: Case, figure: Figure) -> Right:
    both = _two_years(case, figure)
    return (both[0] - both[1]) / both[1] if both and both[1] else None


def _two_years(case: Case, figure: Figure) -> tuple[Fraction, Fraction] | None:
    payer = _payer(case, figure)
    earlier = [f for f in case.fees if payer and f.year == (payer.table.year or 0) - 1]
    if payer is None or not earlier:
        return None
    coarse = 1000 if {payer.table.unit, earlier[0].unit} == {"kr", "tkr"} else 1
    amounts = []
    for table in (payer.table, earlier[0]):
        same = [p for p in table.parties if _is_of(payer, p)]
        if not same or any(p.stated is None for p in same):
            return None
        whole = sum((p.stated for p in same if p.stated is not None), Fraction(0))
        is_finer = coarse > 1 and table.unit == "kr"
        amounts.append(Fraction(half_up(whole / coarse)) if is_finer else whole)
    return amounts[0], amounts[1]


def _is_of(payer: _Payer, party: FeeParty) -> bool:
    if payer.party is None:
        return payer.is_sum or party.is_municipal
    if not payer.party.is_municipal:
        return party.kind is payer.party.kind
    stem = [
        re.sub(r"s?( kommun)?$", "", p.name.strip(), flags=re.IGNORECASE)
        for p in (payer.party, party)
    ]
    return party.is_municipal and stem[0].casefold() == stem[1].casefold()
