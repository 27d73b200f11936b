"""Which rows of a block are who pays, and which are what several of them pay together.

A payer is known by its name, or by standing among payers. A row of several is known by its
name, or by being the sum of the rows above it in every column where it says anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from finsam_xl.reading.blocks import Block
from finsam_xl.reading.figures import figure
from finsam_xl.reading.row_labels import is_sentence
from finsam_xl.records import NamedTuple
from finsam_xl.words.meanings import counts_not
from finsam_xl.words.parties import POSSIBLE, Party, are_municipalities, is_pot, payer
from finsam_xl.words.totals import is_everyone, is_sum
from finsam_xl.words.units import without_unit

_WHOLES = (Fraction(1), Fraction(100))


class Role(StrEnum):
    """What a row of a table of fees is."""

    PAYER = "line"
    SECTION = "section"
    TOTAL = "total"
    NOTE = "note"


class FeeRow(NamedTuple):
    """A row: who pays, or of whom it is; ``parts``: the rows of the payers that it sums."""

    row: int
    label: str
    role: Role
    party: Party | None = None
    named: bool = False
    parts: tuple[int, ...] = ()

    @property
    def is_municipal(self) -> bool:
        """Whether it is one municipality's."""
        return self.role is Role.PAYER and self.party is Party.MUNICIPALITIES


def read_rows(block: Block, label_column: int) -> tuple[FeeRow, ...]:
    """The rows of a block down to the last that pays or sums."""
    found = _without_strays(names(block, label_column))
    found = [_summing(block, found, at) for at in range(len(found))]
    found = _law(block, found)
    found = [_with_parts(block, found, at) for at in range(len(found))]
    return _trimmed(found)


def names(block: Block, label_column: int) -> list[FeeRow]:
    """What each row's name alone says that it is."""
    return [_told(block, row, label_column) for row in block.body]


def _told(block: Block, row: int, column: int) -> FeeRow:
    """A row by its name, or as a person says."""
    label = _label(block, row, column)
    said = block.sheet.said.row(row, (column, *block.labels))
    if said is None:
        return _named(row, label)
    if counts_not(said.text):
        return FeeRow(row, label, Role.NOTE, named=True)
    return _named(row, said.text)._replace(label=label, named=True)


def _label(block: Block, row: int, column: int) -> str:
    """The name of a row; where its own column has none, that of a column of names further out."""
    if row in block.repeats:
        return ""
    outer = [other for other in reversed(block.labels) if other != column]
    for at in (column, *outer):
        value = block.sheet.cell(row, at).value
        if type(value) is str and value.strip():
            return value.strip()
    return ""


def _named(row: int, label: str) -> FeeRow:
    """What a row's name says. Rows of several are told apart from one payer first."""
    if not label:
        return FeeRow(row, "", Role.NOTE)
    if is_sentence(label):
        return FeeRow(row, label, Role.NOTE, named=True)
    if is_pot(without_unit(label)) and not is_sum(label):
        return FeeRow(row, label, Role.NOTE, named=True)
    if are_municipalities(label):
        return FeeRow(row, label, Role.SECTION, Party.MUNICIPALITIES, named=True)
    if is_sum(label) or (is_everyone(label) and payer(label) is None):
        return FeeRow(row, label, Role.TOTAL, named=True)
    kind = payer(label, POSSIBLE)
    return FeeRow(row, label, Role.PAYER, kind or Party.MUNICIPALITIES, named=kind is not None)


def _without_strays(rows: Sequence[FeeRow]) -> list[FeeRow]:
    """The rows with municipalities told as one made a payer where none of them has a row."""
    alone = not any(row.is_municipal for row in rows)
    several = [row for row in rows if row.role is Role.SECTION]
    if not alone or len(several) != 1:
        return list(rows)
    return [row._replace(role=Role.PAYER) if row is several[0] else row for row in rows]


def _summing(block: Block, rows: Sequence[FeeRow], at: int) -> FeeRow:
    """A row with a name of its own that is the sum of the payers above it, as what it is."""
    row = rows[at]
    if row.named or at < 2 or row.role not in (Role.PAYER, Role.NOTE):
        return row
    above = [r.row for r in rows[:at] if r.role is Role.PAYER]
    is_last = not any(r.role is Role.PAYER for r in rows[at + 1 :])
    holding = holds_in(block, row.row, above)
    if not holding:
        return row
    is_single = is_last and (not row.label or _is_only_figure(block, row.row, above))
    is_enough = holding > 1 or is_single
    return row._replace(role=Role.TOTAL, party=None) if is_enough else row


def _is_only_figure(block: Block, row: int, above: Sequence[int]) -> bool:
    """Whether a row has one figure, which is not the half that makes others' shares whole."""
    found = [v for c in block.columns if (v := figure(block.sheet.cell(row, c))) is not None]
    others = sum(
        (
            v
            for c in block.columns
            for r in above
            if figure(block.sheet.cell(row, c)) is not None
            and (v := figure(block.sheet.cell(r, c))) is not None
        ),
        Fraction(0),
    )
    return len(found) == 1 and found[0] + others not in _WHOLES


def holds_in(block: Block, total: int, parts: Sequence[int]) -> int:
    """In how many columns a row is the sum of others; 0 where it is not in one of them.

    A column where the row has no figure, or a mean of the others, is left aside.
    """
    held = 0
    for column in block.columns:
        value = figure(block.sheet.cell(total, column))
        amounts = [figure(block.sheet.cell(row, column)) for row in parts]
        known = [amount for amount in amounts if amount is not None]
        if value is None or len(known) < 2 or min(known) <= value <= max(known):
            continue
        if 2 * abs(value - sum(known)) > len(known):
            return 0
        if value != 0 and abs(value - sum(known)) <= abs(value) / 100:
            held += 1
    return held


def _law(block: Block, rows: list[FeeRow]) -> list[FeeRow]:
    """The state and the region by what they pay, where neither has a name that tells."""
    payers = [r for r in rows if r.role is Role.PAYER]
    if any(r.party is Party.STATE for r in payers) or len(payers) < 4:
        return rows
    for column in block.columns:
        amounts = {r.row: figure(block.sheet.cell(r.row, column)) for r in payers}
        known = {row: amount for row, amount in amounts.items() if amount is not None}
        if len(known) < len(payers):
            continue
        whole = sum(known.values(), Fraction(0))
        halves = [row for row, amount in known.items() if whole and 2 * amount == whole]
        fourths = [row for row, amount in known.items() if whole and 4 * amount == whole]
        regions = [r.row for r in payers if r.party is Party.REGION]
        if len(halves) == 1 and len(fourths) == 1 and regions in ([], fourths):
            return [_as_party(r, halves[0], fourths[0]) for r in rows]
    return rows


def _as_party(row: FeeRow, state: int, region: int) -> FeeRow:
    if row.row == state:
        return row._replace(party=Party.STATE)
    return row._replace(party=Party.REGION) if row.row == region else row


def _with_parts(block: Block, rows: Sequence[FeeRow], at: int) -> FeeRow:
    """A row of several with the payers it sums, and what it heads or closes told apart."""
    row = rows[at]
    if row.role is Role.SECTION:
        municipal = tuple(r.row for r in rows if r.is_municipal)
        is_below = bool(municipal) and row.row > municipal[-1]
        is_sum_above = bool(municipal) and holds_in(block, row.row, municipal) > 0
        role = Role.TOTAL if is_below or is_sum_above else Role.SECTION
        return row._replace(role=role, parts=municipal)
    if row.role is Role.TOTAL:
        above = tuple(r.row for r in rows[:at] if r.role is Role.PAYER)
        below = tuple(r.row for r in rows[at + 1 :] if r.role is Role.PAYER)
        return row._replace(parts=above or below)
    return row


def _trimmed(rows: Sequence[FeeRow]) -> tuple[FeeRow, ...]:
    """The rows without notes, and without what follows the last that pays or sums."""
    return tuple(row for row in rows if row.role is not Role.NOTE)
