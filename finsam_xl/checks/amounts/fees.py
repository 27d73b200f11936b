"""What looks wrong in a table of member fees: keys, quarters, roundings and single fees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc import fees as calc
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import FeeParty, FeesTable, Scope, decimals
from finsam_xl.money import swedish, trimmed
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
    yield from _keys(municipalities, place)
    unequal = list(_quarters(table, municipalities))
    yield from unequal
    if table.pool is None or table.pool <= 0:
        if all(party.stated is not None for party in table.parties):
            return
        yield Finding.at(
            place,
            "warning",
            "pott-saknas",
            "Potten ovanför tabellen saknas eller är inget belopp över noll, så avgifterna kan "
            "inte räknas. Skriv ”Pott” och beloppet bredvid.",
        )
        return
    quarter = calc.part_of(table, Party.MUNICIPALITIES, rules)
    if quarter is None:
        return
    if quarter.denominator != 1 and table.scope is Scope.EVERYONE:
        yield Finding.at(
            place,
            "info",
            "pott-inte-delbar",
            f"En fjärdedel av {trimmed(table.pool)} {table.unit} är "
            f"{swedish(quarter, 1)} {table.unit}. Räkna i kronor, så går den att dela.",
            stated=float(table.pool),
        )
    told = {finding.cell for finding in unequal}
    found = _fees(table, municipalities, quarter, key_step)
    yield from (one for one in found if one.cell not in told)


def _keys(municipalities: Sequence[FeeParty], place: Ref) -> Iterator[Finding]:
    keys = [party.key for party in municipalities]
    known = [key for key in keys if key is not None]
    if not known:
        return
    for party in municipalities:
        if party.key is None:
            yield Finding.at(
                party.ref,
                "warning",
                "nyckel-saknas",
                f"{party.name} saknar nyckel. Fyll i befolkning 16–64 år eller procent.",
            )
        elif party.key < 0:
            yield Finding.at(
                party.ref,
                "error",
                "nyckel-negativ",
                f"{party.name} har en negativ nyckel. Skriv 0 eller mer; avgifterna räknas inte.",
            )
        elif party.key == 0:
            yield Finding.at(
                party.ref,
                "info",
                "nyckel-noll",
                f"{party.name} har nyckeln 0 och betalar ingenting.",
            )
    total = sum(known, Fraction(0))
    are_percentages = all(key <= 100 for key in known) and len(known) == len(keys)
    # Each may be half a step off, in its last digit.
    allowed = len(known) * max(Fraction(1, 10 ** max(map(decimals, known))), Fraction(1, 100)) / 2
    if are_percentages and total > 50 and abs(total - 100) > allowed:
        yield Finding.at(
            place,
            "warning",
            "nycklar-summerar-inte",
            f"Nycklarna blir tillsammans {swedish(total, 2, '%')}, inte 100 %. Avgifterna "
            "fördelas efter hur nycklarna förhåller sig till varandra.",
            stated=total,
            calculated=100,
        )


def _quarters(table: FeesTable, municipalities: Sequence[FeeParty]) -> Iterator[Finding]:
    """The region's part, the municipalities' part and half of the state's should be equal."""
    state = _sum(party for party in table.parties if party.kind is Party.STATE)
    regions = [party for party in table.parties if party.kind is Party.REGION]
    region = _sum(regions)
    together = _sum(municipalities)
    half = None if state is None else state / 2
    several = Fraction(len(municipalities) + 1, 2)
    for name, amount, other, what, where, allowed in (
        ("Regionens del", region, half, "halva statens", regions, 1),
        ("Kommunernas del", together, region, "regionens", municipalities, several),
    ):
        if amount is None or other is None or not where or abs(amount - other) <= allowed:
            continue
        yield Finding.at(
            where[0].fee_place,
            "warning",
            "kvart-avviker",
            f"{name} är {swedish(amount)} {table.unit} men {what} är {trimmed(other)}. Skillnad "
            f"{trimmed(amount - other)}. De ska vara lika; rätta den som är fel.",
            stated=amount,
            calculated=other,
        )


def _sum(parties: Sequence[FeeParty] | Iterator[FeeParty]) -> Fraction | None:
    every = list(parties)
    amounts = [party.stated for party in every if party.stated is not None]
    is_known = amounts and not any(party.is_unknown for party in every)
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
    total_key = sum((party.key or Fraction(0) for party in keyed), Fraction(0))
    # Printed keys are rounded, and so is what they were rounded from.
    allowed = quarter * key_step / total_key + Fraction(1, 2) + len(keyed) * key_step
    for party in keyed:
        wanted = quarter * (party.key or Fraction(0)) / total_key
        stated = party.stated or Fraction(0)
        if abs(stated - wanted) <= max(allowed, Fraction(1)):
            continue
        yield Finding.at(
            party.fee_place,
            "warning",
            "avgift-avviker",
            f"{party.name} står med {swedish(stated)} {table.unit}, men nyckeln ger "
            f"{swedish(wanted, 1)}. Skillnad {swedish(stated - wanted, 1)}. Rätta avgiften eller "
            "nyckeln.",
            stated=stated,
            calculated=wanted,
        )
    together = sum((party.stated or Fraction(0) for party in keyed), Fraction(0))
    gap = together - quarter
    whose = "kvarten" if table.scope is Scope.EVERYONE else "potten"
    if gap and abs(gap) <= len(keyed):
        yield Finding.at(
            keyed[0].fee_place,
            "info",
            "avgifter-avrundade",
            f"Kommunernas avgifter blir {swedish(together)} {table.unit}, {whose} är "
            f"{swedish(quarter, 1)}: avrundade var för sig blir det {swedish(gap, 1)} "
            f"{table.unit} fel. Med största rest blir summan exakt.",
            stated=together,
            calculated=quarter,
        )
