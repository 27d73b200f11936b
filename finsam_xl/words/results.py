"""Results, and what there is of equity and cash when a year begins and ends.

>>> is_result("Periodens resultat"), is_after_financial("Resultat före finansiella poster")
(True, False)
>>> opens("Eget kapital vid årets början"), closes("Likvida medel UB"), is_inside("varav KUR")
(True, True, True)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis, plain


@unique
class Result(StrEnum):
    """Which result a row is."""

    YEARS = "years"
    AFTER = "after"
    BEFORE = "before"
    OPERATING = "operating"
    PLAIN = "plain"
    BALANSKRAV = "balanskrav"
    CASH_FLOW = "cash_flow"


@unique
class Stock(StrEnum):
    """What there is when a year begins or ends, or at any time; or a part of the row above."""

    OPENING = "opening"
    CLOSING = "closing"
    INSIDE = "inside"
    STANDING = "standing"


@unique
class Of(StrEnum):
    """What opens and closes."""

    EQUITY = "equity"
    CASH = "cash"


_RESULTS = Axis("result", Result)
_STOCKS = Axis("stock", Stock)
_OF = Axis("stock_of", Of)
_BARE = ("årets resultat", "periodens resultat")


def is_result(label: str) -> bool:
    """Whether a label is a result, or the year's cash flow."""
    return _RESULTS.says(label, *Result)


def names_result(label: str) -> bool:
    """Whether a label names a result so plainly that it is one also without amounts."""
    return _RESULTS.says(label, Result.BEFORE, Result.AFTER) or is_bare_years_result(label)


def is_bare_years_result(label: str) -> bool:
    """Whether a label is the result of a year or period and says no more."""
    return plain(label) in _BARE


def is_after_financial(label: str) -> bool:
    """Whether a result comes after financial items."""
    return _RESULTS.says(label, Result.YEARS, Result.AFTER)


def opens(label: str) -> bool:
    """Whether a label is what a year begins with."""
    return _STOCKS.says(label, Stock.OPENING)


def closes(label: str) -> bool:
    """Whether a label is what a year ends with."""
    return _STOCKS.says(label, Stock.CLOSING)


def stands(label: str) -> bool:
    """Whether a label is of what there is at a time, such as equity, cash and debts."""
    return _STOCKS.says(label, Stock.OPENING, Stock.CLOSING, Stock.STANDING)


def is_of(label: str, what: Of) -> bool:
    """Whether a label that opens or closes a year is of equity, or of cash."""
    return _OF.says(label, what)


def is_inside(label: str) -> bool:
    """Whether a label is a part of the row above ("varav …")."""
    return _STOCKS.says(label, Stock.INSIDE)
