"""What figures are of: the trade's quantities, whatever a table, a note or a sentence calls them.

A quantity is known by its label; a note's total by the note's title. Costs and deficits
are told without their sign, since tables write them with and without.
"""

from __future__ import annotations

import re
from functools import lru_cache

from finsam_xl.model_budget import Budget, BudgetRow
from finsam_xl.records import NamedTuple
from finsam_xl.words.kinds import without_note
from finsam_xl.words.quantities import Quantity, quantity
from finsam_xl.words.totals import is_bare_sum

EQUITY, OPENING_EQUITY = "eget kapital vid årets slut", "eget kapital vid årets början"
CASH, OPENING_CASH = "likvida medel vid årets slut", "likvida medel vid årets början"
RESULT, OPERATING = "årets resultat", "verksamhetens resultat"
COSTS, INCOME = "kostnader", "intäkter"
FEES = "medlemsavgifter"
CEILING = "tak för eget kapital"
YEARS_BEFORE = {OPENING_EQUITY: EQUITY, OPENING_CASH: CASH}
"""What a year opens with is what the year before closed with."""
_SPACES = re.compile(r"[\s,:*().\"”]+")


class Concept(NamedTuple):
    """A quantity: its name, and ``sign``: 0 if told without sign, −1 if turned."""

    name: str
    sign: int = 1


CONCEPTS = {
    Quantity.INCOME: Concept(INCOME),
    Quantity.COSTS: Concept(COSTS, 0),
    Quantity.OPERATING: Concept(OPERATING),
    Quantity.UNDERBALANCE: Concept(OPERATING, -1),
    Quantity.RESULT: Concept(RESULT),
    Quantity.DEFICIT: Concept(RESULT, -1),
    Quantity.EQUITY: Concept(EQUITY, 0),
    Quantity.OPENING_EQUITY: Concept(OPENING_EQUITY, 0),
    Quantity.CASH: Concept(CASH),
    Quantity.OPENING_CASH: Concept(OPENING_CASH),
    Quantity.FEES: Concept(FEES),
    Quantity.CEILING: Concept(CEILING),
    Quantity.OTHER_INCOME: Concept("övriga intäkter"),
    Quantity.RECEIVABLES: Concept("fordringar", 0),
    Quantity.SHORT_DEBTS: Concept("kortfristiga skulder", 0),
    Quantity.BALANCE_TOTAL: Concept("balansomslutning", 0),
    Quantity.DEPRECIATION: Concept("avskrivningar", 0),
}
"""The quantities that are compared, as they are called in messages."""


@lru_cache(maxsize=4096)
def words_of(label: str) -> str:
    """A label as concepts are compared: lower case, single spaces, without marks."""
    return _SPACES.sub(" ", label.lower()).strip(" -–")


def concept_of(label: str) -> Concept | None:
    """The quantity a label names, or ``None``."""
    named = quantity(words_of(label))
    return None if named is None else CONCEPTS[named]


def concept_in(budget: Budget, row: BudgetRow) -> Concept | None:
    """The quantity of a row: a note's bare total is what the note is about."""
    if row.role in ("section", "note", "subline"):
        return None
    if budget.kind == "note":
        if row.role == "total" and is_bare_sum(row.label):
            return concept_of(without_note(words_of(budget.title)))
        return None
    return concept_of(row.label)
