"""On which side of the result labels stand.

>>> surely("Ränteintäkter"), surely("Lokalkostnader"), surely("Lämnade bidrag")
(<Side.INCOME: 'income'>, <Side.COST: 'cost'>, None)
>>> speaks_of("Lämnade bidrag"), is_whole_side("S:a kostnader"), is_whole_side("Personalkostnader")
(<Side.INCOME: 'income'>, True, False)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis
from finsam_xl.words.totals import without_sum

SPOKEN = 0.5
"""How surely a word tells that a label speaks of a side."""
_OF_ALL = ("alla ", "samtliga ", "verksamhetens ")


@unique
class Side(StrEnum):
    """The sides of a result, what heads income or what is paid for, and what names a whole side."""

    INCOME = "income"
    COST = "cost"
    FINANCING = "financing"
    WHOLE = "whole"
    SPENDING = "spending"


_SIDES = Axis("side", Side)


def surely(label: str) -> Side | None:
    """The side that a word of a label is on whatever surrounds it; ``None``: none, or both."""
    income, cost = _SIDES.says(label, Side.INCOME), _SIDES.says(label, Side.COST)
    if income is cost:
        return None
    return Side.INCOME if income else Side.COST


def speaks_of(label: str) -> Side | None:
    """The side a heading or label speaks of: costs before income, ``None``: neither."""
    if _SIDES.says(label, Side.COST, least=SPOKEN):
        return Side.COST
    return Side.INCOME if _SIDES.says(label, Side.INCOME, least=SPOKEN) else None


def heads_income(label: str) -> bool:
    """Whether a heading is of the income in other words than income."""
    return _SIDES.says(label, Side.FINANCING)


def heads_spending(heading: str) -> bool:
    """Whether the rows under a heading are what money goes to ("Insats", "Projekt")."""
    return _SIDES.says(heading, Side.SPENDING, Side.COST)


def is_whole_side(label: str) -> bool:
    """Whether a label is of all income or all costs ("Summa kostnader")."""
    words = without_sum(label)
    while words.startswith(_OF_ALL):
        words = without_sum(words.partition(" ")[2])
    return _SIDES.says(words, Side.WHOLE)
