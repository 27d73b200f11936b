"""Rows of statements: balance sheets, income statements and cash flows.

>>> is_row("summa skulder", Line.DEBTS), is_row("skulder", Line.DEBTS)
(True, False)
>>> is_row("skulder", Line.DEBTS, PLAIN), is_row("kortfristiga skulder", Line.DEBTS, PLAIN)
(True, False)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis

SURE, PLAIN = 1, 0.5
"""How surely a label must tell: as a sum of its own, or where no row says that it is."""


@unique
class Line(StrEnum):
    """A row of a statement."""

    EQUITY = "equity"
    ASSETS = "assets"
    EQUITY_AND_DEBTS = "equity_and_debts"
    DEBTS = "debts"
    DEBTS_AND_PROVISIONS = "debts_and_provisions"
    SHORT_DEBTS = "short_debts"
    LONG_DEBTS = "long_debts"
    PROVISIONS = "provisions"
    RECEIVABLES = "receivables"
    CASH = "cash"
    YEARS_RESULT = "years_result"
    OPERATING_RESULT = "operating_result"
    CASH_FLOW = "cash_flow"
    BALANSKRAV = "balanskrav"
    SOLIDITY = "solidity"


@unique
class Flow(StrEnum):
    """A row of a cash flow that other statements give."""

    ADJUSTMENT = "adjustment"
    RECEIVABLES = "receivables"
    DEBTS = "debts"


_LINES = Axis("statement", Line)
_FLOWS = Axis("flow", Flow)


def is_row(label: str, line: Line, least: float = SURE) -> bool:
    """Whether a whole label names a row of a statement."""
    return _LINES.says(label, line, least=least)


def flow(label: str) -> Flow | None:
    """Which row of a cash flow a label is, of those that other statements give."""
    return _FLOWS.value(label)
