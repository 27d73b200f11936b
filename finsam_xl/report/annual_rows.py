"""Which row of a statement is a quantity, and what it is in a year.

A row is known by its role and by its whole label, never by how a label begins: "Summa eget
kapital och skulder" is no equity, and "Eget kapital vid årets början" not that of its end.
Where two rows may be meant and differ there is no figure, only what is said of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from finsam_xl.checks.concepts import CASH, EQUITY, concept_of, words_of
from finsam_xl.model_budget import Amount, BudgetRow
from finsam_xl.report.amounts import joined
from finsam_xl.report.annual_tables import Statement
from finsam_xl.words.results import Of, is_of
from finsam_xl.words.totals import is_sum, without_sum

_NO_FIGURES = ("section", "note", "subline", "blank")
Meant = Callable[[BudgetRow, str], bool]
"""Whether a row with a label in plain words is a quantity."""


class Quantity(NamedTuple):
    """What a figure is of. ``ways``: the rows that are it, those that say so most plainly first."""

    name: str
    ways: tuple[Meant, ...]


class Found(NamedTuple):
    """A figure, its unit and its row; or why there is none, '' where nothing is said of it."""

    amount: Amount = None
    unit: str = ""
    row: int | None = None
    why: str = ""


def _plain(label: str) -> str:
    """A label as it is compared: lower case, single spaces, a total's word first as "summa"."""
    words = words_of(unicodedata.normalize("NFC", label).replace("/", " "))
    of = without_sum(words)
    return f"summa {of}" if of and is_sum(words) else words


def _is(pattern: str) -> Meant:
    """Rows whose whole label is written in some way."""
    compiled = re.compile(pattern)
    return lambda _row, words: compiled.fullmatch(words) is not None


def _closes(what: Of) -> Meant:
    """Rows of what there is of something when a year ends."""
    return lambda row, words: row.role == "equity_close" and is_of(words, what)


def _opens(what: Of) -> Meant:
    """Rows of what there is of something when a year begins."""
    return lambda row, words: row.role == "equity_open" and is_of(words, what)


def _concept(name: str) -> Meant:
    """Rows that name a quantity of the trade, but none that a year begins with."""

    def is_it(row: BudgetRow, words: str) -> bool:
        found = concept_of(words)
        return row.role != "equity_open" and found is not None and found.name == name

    return is_it


_OF_EQUITY = _is(r"summa eget kapital(?: \d{4}-\d\d-\d\d| \d{4})?")
_FUNDS = r"(?:(?:och |samt )?(?:avsättningar|obeskattade reserver) )*"
OWN_EQUITY = Quantity(
    "eget kapital",
    (
        lambda row, words: _OF_EQUITY(row, words) or _closes(Of.EQUITY)(row, words),
        _concept(EQUITY),
    ),
)
ASSETS = Quantity(
    "tillgångarna", (_is(r"summa tillgångar"), _is(r"tillgångar|balansomslutning(?:en)?"))
)
EQUITY_AND_DEBTS = Quantity(
    "eget kapital och skulder",
    (
        _is(
            rf"(?:summa )?(?:eget kapital {_FUNDS}(?:och |samt )?skulder"
            rf"|skulder {_FUNDS}(?:och |samt )?eget kapital)"
        ),
    ),
)
ALL_DEBTS = Quantity("skulderna", (_is(r"summa skulder"), _is(r"skulder")))
DEBTS_AND_PROVISIONS = Quantity(
    "avsättningarna och skulderna",
    (_is(r"summa (?:avsättningar (?:och|samt) skulder|skulder (?:och|samt) avsättningar)"),),
)
SHORT_DEBTS = Quantity(
    "de kortfristiga skulderna", (_is(r"summa kortfristiga skulder"), _is(r"kortfristiga skulder"))
)
LONG_DEBTS = Quantity(
    "de långfristiga skulderna", (_is(r"summa långfristiga skulder"), _is(r"långfristiga skulder"))
)
PROVISIONS = Quantity("avsättningarna", (_is(r"summa avsättningar"), _is(r"avsättningar")))
RECEIVABLES = Quantity(
    "fordringarna",
    (_is(r"summa (?:kortfristiga )?fordringar"), _is(r"(?:kortfristiga )?fordringar")),
)
LIQUID = Quantity(
    "likvida medel",
    (
        _closes(Of.CASH),
        _is(r"summa (?:likvida medel|kassa (?:och )?bank)"),
        lambda row, words: _concept(CASH)(row, words) or words == "kassa bank",
    ),
)
OPENING_LIQUID = Quantity("likvida medel vid årets början", (_opens(Of.CASH),))
YEARS_RESULT = Quantity(
    "årets resultat",
    (
        _is(r"(?:summa )?(?:årets|periodens) resultat"),
        _is(r"årets resultat enligt resultaträkning(?:en)?"),
    ),
)
OPERATING_RESULT = Quantity("verksamhetens resultat", (_is(r"verksamhetens resultat"),))
YEARS_CASH_FLOW = Quantity("årets kassaflöde", (_is(r"(?:årets|periodens) kassaflöde"),))
BALANSKRAV = Quantity("balanskravsresultat", (_is(r"(?:årets )?balanskravsresultat"),))
SOLIDITY = Quantity("soliditet", (_is(r"soliditet(?:en)?(?: (?:i )?(?:%|procent))?"),))


def row_of(statement: Statement, quantity: Quantity) -> int | None:
    """The only row that is a quantity, in whatever year; ``None`` if there is none, or several."""
    return _first(
        statement,
        quantity,
        lambda row: row.amounts if any(a is not None for a in row.amounts) else None,
    )[0]


def found(statement: Statement | None, quantity: Quantity, year: int) -> Found:
    """A quantity in a year."""
    if statement is None:
        return Found()
    lacking = f"{quantity.name[:1].upper()}{quantity.name[1:]} {year} visas inte"
    if statement.rivals:
        return Found(why=f"{lacking}: flera tabeller kan menas, {joined(statement.rivals)}.")
    columns = statement.columns_of(year)
    if len(columns) != 1:
        named = [statement.budget.columns[column].header for column in columns]
        why = f"{lacking}: flera kolumner gäller året, {joined(named)}." if columns else ""
        return Found(why=why)
    (column,) = columns
    row, several = _first(statement, quantity, lambda row: row.amounts[column])
    budget = statement.budget
    if row is None:
        places = [f"”{budget.rows[n].label}” ({budget.place(n, column)})" for n in several]
        why = f"{lacking}: flera rader kan menas, {joined(places)}." if several else ""
        return Found(why=why)
    return Found(budget.rows[row].amounts[column], budget.unit, row)


def _first(
    statement: Statement, quantity: Quantity, said: Callable[[BudgetRow], object]
) -> tuple[int | None, list[int]]:
    """The row that is a quantity; or all that may be meant, where they say different things.

    ``said``: what a row says, ``None`` for nothing.
    """
    rows = statement.budget.rows
    for is_meant in quantity.ways:
        meant = [
            n
            for n, row in enumerate(rows)
            if row.role not in _NO_FIGURES
            and said(row) is not None
            and is_meant(row, _plain(row.label))
        ]
        if meant:
            return (meant[0], []) if len({said(rows[n]) for n in meant}) == 1 else (None, meant)
    return None, []
