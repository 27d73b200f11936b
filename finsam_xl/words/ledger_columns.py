"""What a column of a ledger holds, and which columns of a table name accounts and projects.

>>> ledger_column("Namn/Vernr"), ledger_column("Projnr"), ledger_column("Vännäs")
(<LedgerColumn.VOUCHER: 'voucher'>, <LedgerColumn.PROJECT: 'project'>, None)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis, plain


@unique
class LedgerColumn(StrEnum):
    """What a column holds.

    ``MONTH``: the month of a transaction; ``PERIOD``: that, or what an account moved in it;
    ``TO_DATE``: what it has moved since the year began.
    """

    ACCOUNT = "account"
    PROJECT = "project"
    DATE = "date"
    MONTH = "month"
    PERIOD = "period"
    TO_DATE = "to_date"
    AMOUNT = "amount"
    DEBIT = "debit"
    CREDIT = "credit"
    VOUCHER = "voucher"


_COLUMNS = Axis("ledger_column", LedgerColumn)


def ledger_column(heading: str) -> LedgerColumn | None:
    """What a whole heading says."""
    return _COLUMNS.whole.get(plain(heading))
