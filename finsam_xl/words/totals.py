"""Which rows are sums of others, by what their labels say.

>>> begins_as_sum("S:a kostnader"), begins_as_sum("Kostnader totalt"), is_sum("Kostnader totalt")
(True, False, True)
>>> is_bare_sum("Totalt:"), is_bare_sum("Summa kostnader")
(True, False)
>>> without_sum("S:a kortfristiga skulder"), without_sum("Skulder totalt")
('kortfristiga skulder', 'skulder')
>>> left_out("Resultat före finansnetto"), left_out("Summa kostnader")
('finansnetto', '')
"""

from __future__ import annotations

import re
from enum import StrEnum, unique
from functools import cache

from finsam_xl.words.axis import Axis, plain


@unique
class Total(StrEnum):
    """How a label says that its row is a sum."""

    SUM = "sum"
    SUM_LAST = "sum_last"
    SIDE = "side"
    CASH = "cash"
    FUNDS = "funds"
    EVERYONE = "everyone"
    LEAVING_OUT = "leaving_out"


_TOTALS = Axis("total", Total)
_NAMED = (Total.SUM, Total.SIDE, Total.CASH, Total.FUNDS)


def begins_as_sum(label: str) -> bool:
    """Whether a label's first word says that it is a sum ("Summa …", "S:a …", "Totala …")."""
    return _TOTALS.says(label, Total.SUM)


def ends_as_sum(label: str) -> bool:
    """Whether a label's last word says that it is a sum ("Kostnader totalt")."""
    return _TOTALS.says(label, Total.SUM_LAST)


def is_sum(label: str) -> bool:
    """Whether a label says in its first or last word that it is a sum."""
    return _TOTALS.says(label, Total.SUM, Total.SUM_LAST)


def is_named_sum(label: str) -> bool:
    """Whether a label begins as a sum, or is one by its name ("Verksamhetens kostnader")."""
    return _TOTALS.says(label, *_NAMED)


def is_side_sum(label: str) -> bool:
    """Whether a label is a sum where lines above add up to it, and a line where none do."""
    return _TOTALS.says(label, Total.SIDE)


def is_cash_flow(label: str) -> bool:
    """Whether a label is a cash flow: the funds from operations and all changes after them."""
    return _TOTALS.says(label, Total.CASH)


def is_everyone(label: str) -> bool:
    """Whether a label is the whole of a table of units or people ("Totalt", "Hela förbundet")."""
    return _TOTALS.says(label, Total.SUM, Total.EVERYONE)


def is_bare_sum(label: str) -> bool:
    """Whether a label says that it is a sum and not of what."""
    return begins_as_sum(label) and not without_sum(label)


def without_sum(label: str) -> str:
    """A label in plain words without the word for a sum, first or last in it."""
    first, last = _edges()
    words = plain(label)
    return last.sub("", first.sub("", words, count=1), count=1).strip()


def left_out(label: str) -> str:
    """What a sum or result says that it does not count, in plain words."""
    words = plain(label)
    found = _leaving_out().search(words)
    return words[found.end() :].strip() if found else ""


@cache
def _leaving_out() -> re.Pattern[str]:
    return _TOTALS.pattern(Total.LEAVING_OUT)


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds the word for a sum first and last in a label."""
    return _TOTALS.pattern(Total.SUM), _TOTALS.pattern(Total.SUM_LAST)
