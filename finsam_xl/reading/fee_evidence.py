"""What tells that a block is a table of fees: its rows, its columns and what they come to."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.reading.blocks import Block
from finsam_xl.reading.fee_columns import FeeField, Figures
from finsam_xl.reading.fee_pots import Named
from finsam_xl.reading.fee_rows import FeeRow, Role
from finsam_xl.words.fee_columns import SURE, FeeColumn, fee_column, says_fee, says_payer
from finsam_xl.words.parties import place_name

BASES = (FeeColumn.KEY, FeeColumn.SHARE)
"""The columns that fees are split by."""


def evidence(
    block: Block,
    column: int,
    rows: Sequence[FeeRow],
    fields: Sequence[FeeField],
    figures: Figures,
    known: frozenset[str],
    named: Sequence[Named],
) -> str | None:
    """What tells that a block is a table of fees, in Swedish; ``None`` where it is too little."""
    who = _who(block, column, rows, fields, figures, known)
    fees = [one for one in fields if one.field is FeeColumn.FEE]
    bases = [one for one in fields if one.field in BASES]
    has_pot = any(one.is_pot for one in named)
    if not who or not fees or not (bases or has_pot):
        return None
    if not any(one.has_figures for one in (*fees, *bases)):
        return None
    arithmetic = _arithmetic(figures, fees, bases)
    titles = (*block.titles, block.sheet.name)
    is_named = any(fee_column(one.header, SURE) is FeeColumn.FEE for one in fees)
    if not (is_named or arithmetic or has_pot or any(map(says_fee, titles))):
        return None
    sentences = [who, f"avgift i ”{fees[0].header}”", *arithmetic]
    return "; ".join(sentences)


def _who(
    block: Block,
    column: int,
    rows: Sequence[FeeRow],
    fields: Sequence[FeeField],
    figures: Figures,
    known: frozenset[str],
) -> str:
    """What tells that the rows are of payers; '' where nothing does."""
    payers = [row for row in rows if row.role is Role.PAYER]
    heading = " ".join(block.texts(column))
    named = [r for r in payers if r.named or place_name(r.label) in known]
    if 2 * len(named) >= len(payers):
        return f"{len(named)} av {len(payers)} rader är parter"
    if says_payer(heading):
        return f"rubriken ”{heading}” över parterna"
    fees = [one.number for one in fields if one.field is FeeColumn.FEE]
    if any(figures.are_by_law(fee) for fee in fees):
        return "raderna är hälften, en kvart och en kvart"
    return ""


def _arithmetic(figures: Figures, fees: Sequence[FeeField], bases: Sequence[FeeField]) -> list[str]:
    """What the figures of the fees tell."""
    found = []
    if any(figures.are_by_law(fee.number) for fee in fees):
        found.append("hälften, en kvart och en kvart")
    pairs = ((fee, base) for fee in fees for base in bases)
    for fee, base in pairs:
        if figures.follows(fee.number, base.number):
            found.append(f"”{fee.header}” är ett belopp gånger ”{base.header}”")
            break
    return found
