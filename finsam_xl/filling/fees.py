"""What blank fees and shares are, where the split is settled.

A pot is the whole association's when the state and the region stand in the table, once each.
In a table of municipalities only it may be theirs or a fourth of it may be: then the printed
fees must tell. Printed fees that follow another split leave every blank one alone, since one
new fee beside the old ones would be more than the pot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from finsam_xl.address import letters
from finsam_xl.calc import fees as calc
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import FeeParty
from finsam_xl.money import exact, parse_number, round_half_away, swedish, trimmed
from finsam_xl.periods import is_year
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.sheets.fees import ReadFees
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.parties import Party

_WHOLE, _PERCENT = Fraction(1), Fraction(100)
_TOLERANCE = Fraction(1, 200)
_KEY_GAP = Fraction(1, 100)
"""By how much of the whole printed keys may miss it, each rounded on its own."""
_FEWEST_UNITS = 100
"""Of fewer whole units the municipalities' fees, such as millions, would be mostly rounding."""
_LOOKED_ABOVE = 5
_UNITS = {"kr", "tkr", "mkr", "kronor"}
_ODD_PARTY = re.compile(
    r"total|summa|tillsammans|^kommunerna\b|^kommuner\b|varav|därav|övriga|[(\d]|utträd|ej medlem"
)
_RIVAL = re.compile(
    r"avgift|faktur|halvår|kvartal|termin|\brat|grundbelopp|invånare|befolkning|nyckel"
)
_WORDS = re.compile(r"[\s,.()]+")
_PART_OF_YEAR = re.compile(r"halvår|kvartal|tertial|månad")
_BASE_FEE = re.compile(
    r"grund(?:avgift|belopp|del)|fast\w* (?:del|avgift|belopp)|betalar \d|\bresten\b"
)
_POT = (
    "det framgår inte om potten är hela förbundets eller bara kommunernas. Skriv in staten och "
    "regionen i tabellen, eller en av avgifterna"
)
_ROUNDING = "det framgår inte hur de andra är avrundade. Skriv den själv"


class Split(NamedTuple):
    """Fees by the number of their party, exact or rounded to whole units; or why there are none."""

    fees: Mapping[int, Fraction]
    findings: tuple[Finding, ...] = ()


def split(sheet: SheetGrid, one: ReadFees, rules: MembershipFeeRules, pool: Fraction) -> Split:
    """The fees that are blank, where what is printed leaves no doubt of the rest."""
    parties = one.fees.parties
    blank = [n for n, party in enumerate(parties) if party.stated is None]
    if not blank or not any(parties[n].ref.cell for n in blank):
        return Split({})
    doubt = _unclear(sheet, one, rules, pool)
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
    if not _makes_whole(parties, ways[0]):
        return _left(one, blank, _ROUNDING)
    whole = {n: fee for n, fee in wanted[0].items() if fee.denominator == 1}
    uneven = [n for n in blank if n in wanted[0] and n not in whole]
    missing = [n for n in blank if n not in wanted[0]]
    findings = [
        *_left(one, uneven, _uneven(wanted[0], uneven, one.fees.unit)).findings,
        *_left(one, missing, "en kommuns nyckel saknas").findings,
    ]
    return Split(whole, tuple(findings))


def _unclear(sheet: SheetGrid, one: ReadFees, rules: MembershipFeeRules, pool: Fraction) -> str:
    """What in the table, or above it, leaves in doubt who pays what; '' when nothing does."""
    return (
        _unclear_parties(one.fees.parties)
        or _unclear_keys(one.fees.parties, rules, pool)
        or unclear_places(sheet, one.table, pool)
    )


def _unclear_parties(parties: Sequence[FeeParty]) -> str:
    for kind, name in ((Party.STATE, "staten"), (Party.REGION, "regionen")):
        if sum(party.kind is kind for party in parties) > 1:
            return f"{name} står på flera rader"
    kinds = {party.kind for party in parties}
    if (Party.STATE in kinds) is not (Party.REGION in kinds):
        return "bara en av staten och regionen finns i tabellen"
    if Party.MUNICIPALITIES not in kinds:
        return "kommunerna finns inte i tabellen"
    for party in parties:
        if party.kind is Party.MUNICIPALITIES and party.key is None and party.stated is None:
            return f"{party.name} har ingen nyckel"
        if _ODD_PARTY.search(normalise(party.name)):
            return f"det framgår inte om {party.name} är en medlem för sig"
    return ""


def _unclear_keys(parties: Sequence[FeeParty], rules: MembershipFeeRules, pool: Fraction) -> str:
    """Keys that may be something else: a sum of the others, amounts, or shares of something."""
    if any(party.key for party in parties if party.kind is not Party.MUNICIPALITIES):
        return "staten eller regionen har en egen nyckel"
    keys = [
        party.key
        for party in parties
        if party.kind is Party.MUNICIPALITIES and party.key is not None
    ]
    total = sum(keys, Fraction(0))
    if len(keys) > 2 and any(2 * key == total for key in keys):
        return "en av nycklarna är summan av de andra"
    are_shares = bool(keys) and all(key <= 100 for key in keys)
    if are_shares and not any(
        abs(total - whole) <= whole * _KEY_GAP for whole in (_WHOLE, _PERCENT)
    ):
        return f"nycklarna blir tillsammans {trimmed(total)}, inte 100"
    quarter = calc.financing(pool, Party.MUNICIPALITIES, rules)
    if quarter < _FEWEST_UNITS:
        return "avgifter i hela enheter blir för grova; skriv potten i tkr eller kr"
    if keys and not are_shares and quarter / 2 < total < 2 * quarter and total != quarter:
        return "nycklarna kan vara belopp"
    stated = [party.stated for party in parties if party.kind is Party.MUNICIPALITIES]
    paid = sum((fee for fee in stated if fee is not None), Fraction(0))
    if not keys and not explained_by_rounding(paid - quarter, len(stated)):
        return "kommunernas avgifter är inte kommunernas del av potten"
    return ""


def unclear_places(sheet: SheetGrid, table: Table, pool: Fraction) -> str:
    """Figures, headings and units in or above the table that were not read."""
    if any(finding.code == "dubbel-rubrik" for finding in table.findings):
        return "samma rubrik står på flera kolumner"
    unread = next(_unread_columns(sheet, table), None)
    if unread is not None:
        return f"kolumn {letters(unread)} är inte läst"
    above = list(_rows_above(sheet, table))
    cells = [(row, number) for row in above for number in range(1, sheet.width + 1)]
    figures = [
        value
        for row, number in cells
        if row != table.header_row and (value := _number(sheet, row, number)) is not None
        if not is_year(float(value)) and value != pool
    ]
    if figures:
        return "det står flera belopp ovanför tabellen"
    texts = [sheet.cell(row, number).value for row, number in cells]
    words = {
        word
        for text in texts
        if isinstance(text, str) and parse_number(text) is None  # with its unit, it is converted
        for word in _WORDS.split(normalise(text))
    }
    if len(words & _UNITS) > 1:
        return "potten och avgifterna verkar vara i olika enheter"
    if any(_PART_OF_YEAR.search(normalise(text)) for text in (*table.titles, sheet.name)):
        return "avgifterna verkar gälla en del av året"
    if any(_BASE_FEE.search(normalise(text)) for text in sheet.texts):
        return "en del av avgiften verkar vara fast"
    return ""


def _unread_columns(sheet: SheetGrid, table: Table) -> Iterator[int]:
    """Columns with figures inside the table, or with headings of fees, that were not read."""
    known = {column.number for column in table.columns}
    for number in range(min(known), sheet.width + 1):
        heading = sheet.cell(table.header_row, number).value
        is_named = isinstance(heading, str) and _RIVAL.search(normalise(heading)) is not None
        has_figures = number < max(known) and any(
            _number(sheet, row.row, number) is not None for row in table.rows
        )
        if number not in known and (is_named or has_figures):
            yield number


def _rows_above(sheet: SheetGrid, table: Table) -> Iterator[int]:
    """The heading row and the rows above it that belong to it: up to two blank ones together."""
    blanks = 0
    for row in range(table.header_row, max(0, table.header_row - _LOOKED_ABOVE - 1), -1):
        is_blank = all(sheet.cell(row, n).value is None for n in range(1, sheet.width + 1))
        blanks = blanks + 1 if is_blank else 0
        if blanks > 1:
            return
        yield row


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


def _makes_whole(parties: Sequence[FeeParty], way: _Way) -> bool:
    """Whether printed and new fees of the municipalities are their part together."""
    municipal = [n for n, party in enumerate(parties) if party.kind is Party.MUNICIPALITIES]
    fees = [
        parties[n].stated if parties[n].stated is not None else way.fees.get(n) for n in municipal
    ]
    if any(parties[n].key is None for n in municipal) or any(fee is None for fee in fees):
        return True
    new = [n for n in municipal if parties[n].stated is None]
    paid = sum((fee for fee in fees if fee is not None), Fraction(0))
    return not new or paid == exact(round_half_away(way.amount))


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
    if column is None or unclear_places(sheet, one.table, one.fees.pool or Fraction(0)):
        return None
    says_quarter = "kvart" in normalise(str(sheet.cell(one.table.header_row, column).value))
    stated = list(_stated_shares(sheet, one, rules, part, column))
    for whole in (part,) if says_quarter else (_WHOLE, part):
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
    wanted |= {
        row.row: part
        for row in one.table.rows
        if row.role == "section" and "kvart" in normalise(row.label)
    }
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
