"""Ledgers that are tables: text with tabs or semicolons, and the sheets of a workbook.

A heading row tells what each column holds. In a list of transactions the account stands on every
row, or once above its own (Fortnox, Visma); in a report of results every account is a row, with
what it has moved since the year began. Reports have income positive; bookkeeping has it negative,
which is what the record holds. The accounts of class 3, which are income, tell which of them it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from finsam_xl.errors import InputError
from finsam_xl.ledgers.record import Basis, Ledger
from finsam_xl.ledgers.results_report import ResultsReport
from finsam_xl.ledgers.table_rows import ACCOUNT_LINE, BETTER, Cells, Layout, text_of
from finsam_xl.ledgers.transactions import TransactionList
from finsam_xl.words.ledger_columns import LedgerColumn, ledger_column
from finsam_xl.words.units import Unit, unit

_MOST_ABOVE, _LEAST_ACCOUNTS = 40, 3


def layout(rows: Sequence[Cells]) -> Layout | None:
    """The headings of a table; ``None`` where none of its first rows are those of a ledger."""
    for number, row in enumerate(rows[:_MOST_ABOVE]):
        alike: dict[LedgerColumn, tuple[int, ...]] = {}
        for at, cell in enumerate(row):
            what = ledger_column(cell) if isinstance(cell, str) else None
            if what is not None:
                alike[what] = (*alike.get(what, ()), at)
        columns = {what: found[0] for what, found in alike.items()}
        if LedgerColumn.TO_DATE in columns and LedgerColumn.ACCOUNT not in columns:
            columns |= _accounts_below(rows[number + 1 : number + 1 + _MOST_ABOVE])
        found = Layout(number, columns, alike)
        if found.is_list or found.is_report:
            return found
    return None


def _accounts_below(rows: Sequence[Cells]) -> dict[LedgerColumn, int]:
    """The column that begins with accounts most often, where no heading says which it is."""
    counts = Counter(
        at
        for row in rows
        for at, cell in enumerate(row)
        if isinstance(cell, str) and ACCOUNT_LINE.fullmatch(text_of(cell))
    )
    found = counts.most_common(1)
    return {LedgerColumn.ACCOUNT: found[0][0]} if found and found[0][1] >= _LEAST_ACCOUNTS else {}


def read(rows: Sequence[Cells], name: str, digest: str, encoding: str = "") -> Ledger | None:
    """The ledger of a table; ``None`` where it is none.

    Raises ``InputError`` where it is one that cannot be read for sure.
    """
    found = layout(rows)
    if found is None:
        return None
    _in_kronor(rows[: found.row + 2])
    bare = Ledger(name, digest, "tabell", encoding, Basis.VOUCHERS)
    table = TransactionList(rows, found) if found.is_list else ResultsReport(rows, found)
    return table.ledger(bare)


def _in_kronor(head: Sequence[Cells]) -> None:
    """Refuse amounts in thousands, by what stands over or in the headings, or right below them."""
    texts = [text_of(cell) for row in head for cell in row if isinstance(cell, str)]
    said = next((text for text in texts if unit(text) in (Unit.TKR, Unit.MKR)), None)
    if said is not None:
        raise InputError(
            f"Bokföringen är inte i kronor: det står ”{said[:60]}”.",
            remedy="Ta ut den i hela kronor. " + BETTER,
        )
