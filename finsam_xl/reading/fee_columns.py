"""What the columns of a table of fees hold: by arithmetic, by headings, and of which year.

Shares sum to one or to a hundred; the state's fee is twice the region's, which is the
municipalities' together; a fee follows a key or a share; what is left of two fees is a change.
A heading names what the figures are, and tells of a column that is still blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from finsam_xl.periods import Period
from finsam_xl.reading.blocks import Block
from finsam_xl.reading.fee_rows import FeeRow, Role
from finsam_xl.reading.figures import figure
from finsam_xl.records import NamedTuple
from finsam_xl.words.axis import plain
from finsam_xl.words.fee_columns import (
    POSSIBLE,
    FeeColumn,
    counts_people,
    fee_column,
    says_fee,
    says_key,
)
from finsam_xl.words.meanings import counts_not, is_same
from finsam_xl.words.parties import Party
from finsam_xl.words.scenarios import named

_WHOLES = (Fraction(1), Fraction(100))
_SHARE_GAP = Fraction(1, 50)
"""By how much shares, each rounded on its own, may miss the whole."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d|(?<!\d)\d{1,2}[.:]? ?[^\W\d_]+\.? ?20\d\d")
_SHORT_YEAR = re.compile(r"(?<![\d-])([2-5]\d)(?![\d-])")
_CORRECTED = "corrected"
Values = Mapping[int, Fraction]


class FeeField(NamedTuple):
    """A column: its heading, what it holds ('' where that is not known), and of which year.

    ``why``: how it is known, one of 'arithmetic', 'heading' and 'corrected'.
    """

    number: int
    header: str
    field: FeeColumn | None
    period: Period | None
    has_figures: bool
    why: str = ""


class Figures:
    """The figures of a block's payers, by column."""

    def __init__(self, block: Block, rows: Sequence[FeeRow]) -> None:
        self.block = block
        payers = [row for row in rows if row.role is Role.PAYER]
        self.municipal = [row.row for row in payers if row.is_municipal]
        self.state = [row.row for row in payers if row.party is Party.STATE]
        self.region = [row.row for row in payers if row.party is Party.REGION]
        self.payers = [row.row for row in payers]

    def of(self, column: int, rows: Sequence[int]) -> Values:
        """The figures of some rows that have one."""
        found = {row: figure(self.block.sheet.cell(row, column)) for row in rows}
        return {row: value for row, value in found.items() if value is not None}

    def are_shares(self, column: int) -> bool:
        """Whether the municipalities' figures are parts of one whole, or of their part of it."""
        own = self.of(column, self.municipal)
        if not own or any(value < 0 for value in own.values()):
            return False
        together = sum(own.values(), Fraction(0))
        if any(abs(together - whole) <= whole * _SHARE_GAP for whole in _WHOLES):
            return len(own) > 1
        region = sum(self.of(column, self.region).values(), Fraction(0))
        return any(4 * region == whole == 4 * together for whole in _WHOLES)

    def are_by_law(self, column: int) -> bool:
        """Whether the state pays what the region and the municipalities do together."""
        state, region, own = (
            sum(self.of(column, rows).values(), Fraction(0))
            for rows in (self.state, self.region, self.municipal)
        )
        close = len(self.payers)
        return bool(state) and 2 * region - state in range(-2, 3) and abs(own - region) <= close

    def follows(self, column: int, basis: int) -> bool:
        """Whether the municipalities' figures are one amount times another column's."""
        amounts, keys = self.of(column, self.municipal), self.of(basis, self.municipal)
        if len(amounts) < 2 or amounts.keys() != keys.keys() or any(k <= 0 for k in keys.values()):
            return False
        total, whole = sum(keys.values()), sum(amounts.values())
        # Both may be rounded: a share of one decimal makes a fee uncertain by as much of all.
        step = Fraction(1, 1000) if total <= 100 * (1 + _SHARE_GAP) else Fraction(0)
        return (
            whole > 0
            and len(set(amounts.values())) > 1
            and all(
                abs(amounts[row] - whole * keys[row] / total) <= 1 + step * whole for row in amounts
            )
        )

    def quotient(self, column: int, fee: int, basis: int) -> bool:
        """Whether a column is a fee for each of another column's."""
        heads, fees, keys = (self.of(c, self.municipal) for c in (column, fee, basis))
        rows = heads.keys() & fees.keys() & keys.keys()
        return len(rows) > 1 and all(
            keys[row] and abs(heads[row] - fees[row] / keys[row]) <= Fraction(1, 2) for row in rows
        )

    def difference(self, column: int, one: int, other: int) -> bool:
        """Whether a column is what one fee is more than another."""
        changes, later, earlier = (self.of(c, self.payers) for c in (column, one, other))
        rows = changes.keys() & later.keys() & earlier.keys()
        return (
            len(rows) > 1
            and any(changes.values())
            and all(abs(abs(changes[row]) - abs(later[row] - earlier[row])) <= 1 for row in rows)
        )


def read_columns(
    block: Block, label_column: int, rows: Sequence[FeeRow], titles: Sequence[str]
) -> tuple[FeeField, ...]:
    """Every column but that of the names, and what it holds."""
    figures = Figures(block, rows)
    numbers = [c for c in (*block.labels, *block.columns) if c != label_column]
    found = [_by_itself(block, figures, number, titles) for number in sorted(numbers)]
    found = [one for one in found if one.header or one.has_figures]
    found = _chosen(found, block.sheet.said.key)
    found = [_by_others(figures, one, found) for one in found]
    return _periods(found, titles)


def _by_itself(block: Block, figures: Figures, number: int, titles: Sequence[str]) -> FeeField:
    """A column by its heading and the sum of its figures, or as a person says."""
    corrected = block.corrected(number)
    pieces = block.heading(number)
    header = " ".join(one.text for one in pieces)
    said = _said(header, [one.text for one in pieces], titles)
    period = next((p for one in reversed(pieces) if (p := _year(one.text, said))), None)
    shown = figures.of(number, figures.payers).values()
    has_figures = bool(shown)
    if said is FeeColumn.SHARE and any(abs(figure) > _WHOLES[-1] for figure in shown):
        # "Alternativ 1 (+2 %)" are amounts.
        said = None
    if corrected is not None and counts_not(corrected[1].text):
        return FeeField(number, header, None, None, has_figures, _CORRECTED)
    one = FeeField(number, header, said, period, has_figures, "heading" if said else "")
    if figures.are_shares(number) and said in (None, FeeColumn.SHARE):
        return one._replace(field=FeeColumn.SHARE, why="arithmetic")
    return one


def _chosen(fields: Sequence[FeeField], heading: str) -> list[FeeField]:
    """The columns where the key that a person has chosen is the only one, if it is there."""
    own = [one for one in fields if heading and is_same(one.header, heading)]
    if not own:
        return list(fields)
    # What else could be a key is something told of the members.
    left = {FeeColumn.KEY: FeeColumn.PEOPLE}
    return [
        one._replace(field=FeeColumn.KEY, why=_CORRECTED)
        if one in own
        else one._replace(field=left.get(one.field, one.field) if one.field else None)
        for one in fields
    ]


def _said(header: str, texts: Sequence[str], titles: Sequence[str]) -> FeeColumn | None:
    """What a heading says: its nearest words first; a bare year is what the title speaks of."""
    for text in (*reversed(texts), header):
        found = fee_column(text) or fee_column(text, POSSIBLE)
        if found is not None and found is not FeeColumn.PARTY:
            return found
    is_bare = bool(texts) and all(text.strip().isdigit() for text in texts)
    return FeeColumn.FEE if is_bare and any(map(says_fee, titles)) else None


def _by_others(figures: Figures, one: FeeField, every: Sequence[FeeField]) -> FeeField:
    """A column that its heading does not tell, by what it is of the others."""
    is_settled = one.field is not None or one.why == _CORRECTED
    if is_settled or not figures.of(one.number, figures.municipal):
        return one
    others = [other for other in every if other.number != one.number]
    fees = [other.number for other in others if other.field is FeeColumn.FEE]
    bases = [o.number for o in others if o.field in (FeeColumn.KEY, FeeColumn.SHARE)]
    found: FeeColumn | None = None
    if any(map(named, plain(one.header).split())):
        return one
    if figures.are_by_law(one.number):
        found = FeeColumn.FEE
    elif any(figures.quotient(one.number, fee, basis) for fee in fees for basis in bases):
        found = FeeColumn.PER_HEAD
    elif any(figures.difference(one.number, a, b) for a in fees for b in fees if a < b):
        found = FeeColumn.CHANGE
    elif any(figures.follows(fee, one.number) for fee in fees):
        found = FeeColumn.KEY
    elif any(figures.follows(one.number, basis) for basis in bases):
        found = FeeColumn.FEE
    return one._replace(field=found, why="arithmetic") if found else one


# Years -----------------------------------------------------------------------------------------


def year_of(text: str) -> Period | None:
    """The year that a text is of; a day in it is that of a decision, or of a count."""
    return Period.find(_DAY.sub(" ", text))


def _year(text: str, field: FeeColumn | None) -> Period | None:
    """The year a heading names; a count of people has a year of its own, which is not the fee's."""
    if field is FeeColumn.KEY and says_key(text) and _DAY.search(text):
        return None
    found = year_of(text)
    if found is not None or field is FeeColumn.KEY:
        return found
    short = _SHORT_YEAR.findall(text)
    return Period(2000 + int(short[0])) if len(short) == 1 and field is FeeColumn.FEE else None


def _periods(columns: Sequence[FeeField], titles: Sequence[str]) -> tuple[FeeField, ...]:
    """Every column with its year: its own, that of the fee it leads to, or the title's."""
    named = [year for text in titles if not says_key(text) and (year := year_of(text))]
    title = named[0] if named else None
    fees = [one for one in columns if one.field is FeeColumn.FEE]
    bare = [one for one in fees if one.period is None]
    taken = {one.period for one in fees}
    known = [
        one._replace(period=title) if one in bare and len(bare) == 1 and title not in taken else one
        for one in columns
    ]
    fees = [one for one in known if one.field is FeeColumn.FEE]
    return tuple(_with_period(one, known, fees, title) for one in known)


def _with_period(
    one: FeeField, every: Sequence[FeeField], fees: Sequence[FeeField], title: Period | None
) -> FeeField:
    years = [fee.period for fee in fees if fee.period is not None]
    same = [o for o in every if o.field is one.field]
    is_of_fees = one.period in years and not (len(same) == 1 and counts_people(one.header))
    if one.field in (None, FeeColumn.FEE, FeeColumn.CODE) or is_of_fees:
        return one
    if len(same) > 1:
        right = [fee.period for fee in fees if fee.number > one.number]
        return one._replace(period=right[0] if right else one.period)
    latest = max(years, key=lambda period: period.year, default=None)
    return one._replace(period=title if title in years else latest or title)
