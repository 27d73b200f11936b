"""What blank fees and shares are, where the split is settled.

A pot is the whole association's when the state and the region stand in the table, once each.
In a table of municipalities only it may be theirs or a fourth of it may be: then the printed
fees must tell. Printed fees that follow another split leave every blank one alone, since one
new fee beside the old ones would be more than the pot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from finsam_xl.calc import fees as calc
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import FeeParty
from finsam_xl.money import exact, round_half_away, swedish, trimmed
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.sheets.fees import ReadFees
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words.parties import Party

_WHOLE, _PERCENT = Fraction(1), Fraction(100)
_TOLERANCE = Fraction(1, 200)
_POT = (
    "det framgår inte om potten är hela förbundets eller bara kommunernas. Skriv in staten och "
    "regionen i tabellen, eller en av avgifterna"
)
_ROUNDING = "det framgår inte hur de andra är avrundade. Skriv den själv"


class Split(NamedTuple):
    """Fees by the number of their party, exact or rounded to whole units; or why there are none."""

    fees: Mapping[int, Fraction]
    findings: tuple[Finding, ...] = ()


def split(one: ReadFees, rules: MembershipFeeRules, pool: Fraction) -> Split:
    """The fees that are blank, where what is printed leaves no doubt of the rest."""
    parties = one.fees.parties
    blank = [n for n, party in enumerate(parties) if party.stated is None]
    if not blank or not any(parties[n].ref.cell for n in blank):
        return Split({})
    doubt = _unclear_parties(parties)
    if doubt:
        return _left(one, blank, doubt)
    ways = [way for way in _ways(parties, rules, pool) if _agrees(parties, way.fees)]
    if not ways:
        return _left(one, blank, _other_split(parties, rules, pool))
    most = max(_exactly(parties, way.fees) for way in ways)
    ways = [way for way in ways if _exactly(parties, way.fees) == most]
    wanted = [{n: way.fees[n] for n in blank if n in way.fees} for way in ways]
    if any(way != wanted[0] for way in wanted):
        return _left(one, blank, _ROUNDING if len({w.amount for w in ways}) == 1 else _POT)
    whole = {n: fee for n, fee in wanted[0].items() if fee.denominator == 1}
    uneven = [n for n in blank if n in wanted[0] and n not in whole]
    missing = [n for n in blank if n not in wanted[0]]
    findings = [
        *_left(one, uneven, _uneven(wanted[0], uneven, one.fees.unit)).findings,
        *_left(one, missing, "en kommuns nyckel saknas").findings,
    ]
    return Split(whole, tuple(findings))


def _unclear_parties(parties: Sequence[FeeParty]) -> str:
    for kind, name in ((Party.STATE, "staten"), (Party.REGION, "regionen")):
        if sum(party.kind is kind for party in parties) > 1:
            return f"{name} står på flera rader"
    kinds = {party.kind for party in parties}
    if (Party.STATE in kinds) is not (Party.REGION in kinds):
        return "bara en av staten och regionen finns i tabellen"
    return ""


class _Way(NamedTuple):
    """A way to split a pot: what the municipalities share, and every fee it gives."""

    amount: Fraction
    fees: Mapping[int, Fraction]


def _ways(parties: Sequence[FeeParty], rules: MembershipFeeRules, pool: Fraction) -> Iterator[_Way]:
    """Every way the pot may be split: the municipalities' own or not, by either rounding.

    Where no municipality's fee is printed, the rounding is the product's own.
    """
    payers = {
        n: calc.financing(pool, party.kind, rules)
        for n, party in enumerate(parties)
        if not party.is_municipal
    }
    municipal = [n for n, party in enumerate(parties) if party.is_municipal]
    keys = [parties[n].key for n in municipal]
    quarter = calc.financing(pool, Party.MUNICIPALITIES, rules)
    if not municipal or any(key is None for key in keys) or not any(keys):
        yield _Way(quarter, payers)
        return
    printed = any(parties[n].stated is not None for n in municipal)
    roundings = list(calc.Rounding) if printed else [calc.Rounding.LARGEST_REMAINDER]
    for amount in [quarter] if payers else [quarter, pool]:
        for rounding in roundings:
            shares = zip(municipal, calc.fees(keys, amount, rounding), strict=True)
            yield _Way(amount, payers | {n: Fraction(share.fee) for n, share in shares})


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


def _other_split(parties: Sequence[FeeParty], rules: MembershipFeeRules, pool: Fraction) -> str:
    """How much would be paid if only the blank fees were filled in."""
    together = []
    for way in _ways(parties, rules, pool):
        paid = [
            party.stated if party.stated is not None else way.fees.get(n)
            for n, party in enumerate(parties)
        ]
        if all(fee is not None for fee in paid):
            together.append(sum((fee for fee in paid if fee is not None), Fraction(0)))
    tail = ""
    if together:
        tail = (
            f"; tillsammans skulle {trimmed(round_whole(together[0]))} betalas av {trimmed(pool)}"
        )
    return (
        "avgifterna som står följer en annan fördelning än nycklarna och potten ger"
        + tail
        + ". Töm avgiftskolumnen om alla ska räknas om"
    )


def round_whole(amount: Fraction) -> Fraction:
    """To whole units."""
    return exact(round_half_away(amount))


def _uneven(way: Mapping[int, Fraction], uneven: Sequence[int], unit: str) -> str:
    if not uneven:
        return ""
    shown = swedish(way[uneven[0]], 1, unit)
    return f"den blir inte hel ({shown}) och hur den ska avrundas är inte sagt"


def _left(one: ReadFees, blank: Sequence[int], why: str) -> Split:
    """A note at the first blank fee; the others are named with it."""
    column = one.table.column("fee")
    if not blank or column is None:
        return Split({})
    places = [one.table.ref(one.party_rows[n], "fee") for n in blank]
    refs = [ref for ref in places if ref is not None]
    names = one.fees.parties[blank[0]].name
    more = f" (och {len(blank) - 1} till)" if len(blank) > 1 else ""
    return Split(
        {},
        (
            Finding.at(
                refs[0],
                "warning" if "annan fördelning" in why else "info",
                "avgift-tom",
                f"Avgift för {names}{more} fylls inte i: {why}.",
                also=refs[1:],
            ),
        ),
    )


# Shares ----------------------------------------------------------------------------------------


def share_scale(
    sheet: SheetGrid, one: ReadFees, rules: MembershipFeeRules, part: Fraction
) -> tuple[Fraction, Fraction] | None:
    """What a share is of, of one whole pot, and what one is written as; ``None`` if unsettled.

    The state's, the region's or the municipalities' own share beside tells: 0,5 or 50 of the
    pot. ``part``: the municipalities' part of the pot. Printed shares of municipalities tell as
    well: they are their key's part of the quarter, or of the pot.
    """
    column = one.table.column("share")
    if column is None:
        return None
    stated = list(_stated_shares(sheet, one, rules, part, column))
    for whole in (_WHOLE, part):
        for scale in (_WHOLE, _PERCENT):
            if stated and all(abs(v / scale - s / whole) <= _TOLERANCE for v, s in stated):
                return whole, scale
    return None


def _stated_shares(
    sheet: SheetGrid, one: ReadFees, rules: MembershipFeeRules, part: Fraction, column: int
) -> Iterator[tuple[Fraction, Fraction]]:
    """Every printed share with what it should be of the whole pot, of one."""
    basis = [party.key or party.stated for party in one.fees.parties if party.is_municipal]
    total = sum((key for key in basis if key is not None), Fraction(0))
    wanted = {
        row: _share_of(party, rules, part, total)
        for party, row in zip(one.fees.parties, one.party_rows, strict=True)
    }
    wanted |= {row.row: part for row in one.table.rows if row.role == "section"}
    for row, share in wanted.items():
        value = _number(sheet, row, column)
        if value is not None:
            yield value, share


def _share_of(
    party: FeeParty, rules: MembershipFeeRules, part: Fraction, total: Fraction
) -> Fraction:
    if not party.is_municipal:
        return Fraction(rules.state if party.kind is Party.STATE else rules.region) / 100
    key = party.key or party.stated or Fraction(0)
    return key / total * part if total else Fraction(0)


def _number(sheet: SheetGrid, row: int, column: int) -> Fraction | None:
    value = sheet.cell(row, column).value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return exact(value)


def shares_left(one: ReadFees, rows: Sequence[int]) -> Finding:
    """A note at the first blank share where the table does not say what a share is of."""
    column = one.table.column("share") or 1
    refs = [ref for row in rows if (ref := one.table.ref(row, "share")) is not None]
    return Finding.at(
        refs[0] if refs else Ref(one.table.sheet, f"A{column}"),
        "info",
        "andel-tom",
        "Andelarna fylls inte i: det framgår inte om de är av hela potten eller av kommunernas "
        "del. Skriv statens och regionens andel i kolumnen, så fylls kommunernas i.",
        also=refs[1:],
    )
