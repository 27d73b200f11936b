"""What figures are of: the trade's quantities, whatever a table, a note or a sentence calls them.

A quantity is known by its label; a note's total by the note's title. Costs and deficits
are told without their sign, since tables write them with and without.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from finsam_xl.model_budget import Budget, BudgetRow
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
_NOTE = re.compile(r"^not(?:er)? \d+\s*", re.IGNORECASE)


class Concept(NamedTuple):
    """A quantity: name, how its labels read, and ``sign``: 0 if told without sign, −1 if turned."""

    name: str
    labels: re.Pattern[str]
    sign: int = 1


def _concept(name: str, labels: str, sign: int = 1) -> Concept:
    return Concept(name, re.compile(rf"^(?:{labels})$"), sign)


CONCEPTS = (
    _concept(INCOME, r"(?:summa |totala |verksamhetens |budgeterade )?intäkter(?: totalt| \d{4})?"),
    _concept(
        COSTS,
        r"(?:summa |totala |verksamhetens )?kostnader(?: totalt)?|verksamhet totalt under året"
        r"|fastställd budget(?: \d{4})? kostnader",
        0,
    ),
    _concept(OPERATING, r"verksamhetens resultat|resultat före finansiella poster"),
    _concept(OPERATING, r"(?:budgeterad )?underbalansering", -1),
    _concept(
        RESULT,
        r"årets resultat(?: enligt .*)?|resultat efter finansiella poster|periodens resultat",
    ),
    _concept(RESULT, r"årets underskott|minskning av eget kapital", -1),
    _concept(
        EQUITY,
        r"(?:summa |utgående |redovisat )?eget kapital(?: \d{4}-\d\d-\d\d)?(?: tkr| kr)?"
        r"|(?:prognostiserat |beräknat )?eget kapital (?:vid årsskiftet|vid årets (?:slut|utgång)"
        r"|in i nästa verksamhetsår).*",
        0,
    ),
    _concept(OPENING_EQUITY, r"ingående eget kapital|eget kapital vid årets (?:början|ingång)", 0),
    _concept(CASH, r"kassa och bank|likvida medel(?: vid årets slut)?"),
    _concept(OPENING_CASH, r"likvida medel vid årets början"),
    _concept(
        FEES,
        r"(?:summa )?medlemsavgifter|finansiering från medlemmar|årets tilldelning från medlemmarna"
        r"(?: tkr| kr)?",
    ),
    _concept(CEILING, r"maximalt eget kapital.*|eget kapital på maximalt.*"),
    _concept("övriga intäkter", r"övriga (?:verksamhets)?intäkter"),
    _concept("fordringar", r"(?:summa )?(?:kortfristiga )?fordringar", 0),
    _concept("kortfristiga skulder", r"(?:summa )?kortfristiga skulder", 0),
    _concept(
        "balansomslutning", r"summa tillgångar|summa eget kapital(?: avsättningar)? och skulder", 0
    ),
    _concept("avskrivningar", r"avskrivningar", 0),
)


def words_of(label: str) -> str:
    """A label as concepts are compared: lower case, single spaces, without marks."""
    return _SPACES.sub(" ", label.lower()).strip(" -–")


def concept_of(label: str) -> Concept | None:
    """The quantity a label names, or ``None``."""
    words = words_of(label)
    return next((one for one in CONCEPTS if one.labels.match(words)), None)


def concept_in(budget: Budget, row: BudgetRow) -> Concept | None:
    """The quantity of a row: a note's bare total is what the note is about."""
    if row.role in ("section", "note", "subline"):
        return None
    if budget.kind == "note":
        if row.role == "total" and is_bare_sum(row.label):
            return concept_of(_NOTE.sub("", words_of(budget.title)))
        return None
    return concept_of(row.label)
