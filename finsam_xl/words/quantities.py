"""What figures are of: the trade's quantities, known by whole labels.

>>> quantity("Summa eget kapital"), quantity("Summa eget kapital och skulder")
(<Quantity.EQUITY: 'equity'>, <Quantity.BALANCE_TOTAL: 'balance_total'>)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis

SURE, LIKELY = 1, 0.5
"""How surely a label must tell: as such, or where nothing else can be meant."""


@unique
class Quantity(StrEnum):
    """A quantity of an association's economy."""

    INCOME = "income"
    COSTS = "costs"
    OPERATING = "operating"
    UNDERBALANCE = "underbalance"
    RESULT = "result"
    DEFICIT = "deficit"
    EQUITY = "equity"
    OPENING_EQUITY = "opening_equity"
    CASH = "cash"
    OPENING_CASH = "opening_cash"
    FEES = "fees"
    CEILING = "ceiling"
    OTHER_INCOME = "other_income"
    RECEIVABLES = "receivables"
    SHORT_DEBTS = "short_debts"
    BALANCE_TOTAL = "balance_total"
    DEPRECIATION = "depreciation"


_QUANTITIES = Axis("quantity", Quantity)


def quantity(label: str, least: float = SURE) -> Quantity | None:
    """The quantity a whole label names."""
    return _QUANTITIES.value(label, least)
