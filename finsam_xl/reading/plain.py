"""Tables that no kind is known of, read for their arithmetic alone: lines, sums and columns.

A ledger's balances by account, costs by cost centre, compensation by party: nothing says of what
time and scenario their figures are, so nothing is filled in there. But a sum is a sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Budget
from finsam_xl.reading import amounts, kinds
from finsam_xl.reading.columns import read_columns
from finsam_xl.reading.thing import naming
from finsam_xl.sheets.values import NUMBER_AS_TEXT

if TYPE_CHECKING:
    from finsam_xl.reading.blocks import Block

KIND = "plain"
_FEWEST_ROWS = 3
_MOST_TEXTS = 5
"""Where more than one figure in so many is a text, texts are how that table is written."""


def read_plain(block: Block) -> tuple[Budget, list[Finding]] | None:
    """A block's rows and columns of figures with their sums; ``None`` where it is a list."""
    if not block.header or not block.labels or not _has_size(block):
        return None
    raw = amounts.raw_of(block)
    if not raw.columns:
        return None
    from finsam_xl.reading.rows import read_rows

    columns = read_columns(raw.columns, block.titles, block.sheet.title)
    every = range(len(columns))
    findings: list[Finding] = []
    unit = amounts.unit_of(raw, columns)
    rows = amounts.rows_of(raw, columns, every, unit, findings)
    read = read_rows(rows, [column.scenario for column in columns], KIND)
    budget = Budget(
        block.sheet.name,
        KIND,
        next(iter(block.titles), block.sheet.title),
        unit,
        read.sign,
        tuple(amounts.budget_column(column, every) for column in columns),
        read.rows,
        read.sums,
        block.labels[-1],
        naming=naming(block.titles, block.sheet.title),
    )
    return budget, _texts(budget, findings)


def _texts(budget: Budget, findings: list[Finding]) -> list[Finding]:
    """One note on the numbers that are texts, in columns of figures that are not."""
    texts = [one for one in findings if one.code == NUMBER_AS_TEXT]
    figures = sum(amount is not None for row in budget.rows for amount in row.amounts)
    if not texts or _MOST_TEXTS * len(texts) > figures:
        return []
    first, *others = texts
    also = tuple(Ref(one.sheet or "", one.cell or "") for one in others)
    return [first._replace(severity="info", also=also)]


def _has_size(block: Block) -> bool:
    return _FEWEST_ROWS <= len(block.body) <= kinds.MOST_ROWS
