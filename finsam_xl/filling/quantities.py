"""Which row of a statement is a quantity of the trade.

A row is known by its role and by its whole label, never by how a label begins: "Summa eget
kapital och skulder" is no equity, and "Eget kapital vid årets början" not that of its end.
Where two rows may be meant and differ there is no figure, only what is said of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from finsam_xl.checks.concepts import CASH, EQUITY, concept_of, words_of
from finsam_xl.model_budget import BudgetRow
from finsam_xl.records import NamedTuple
from finsam_xl.words.results import Of, is_of
from finsam_xl.words.statements import PLAIN, SURE, Line, is_row
from finsam_xl.words.totals import is_sum, without_sum

_NO_FIGURES = ("section", "note", "subline", "blank")
Meant = Callable[[BudgetRow, str], bool]
"""Whether a row with a label in plain words is a quantity."""


class Quantity(NamedTuple):
    """What a figure is of. ``ways``: the rows that are it, those that say so most plainly first."""

    name: str
    ways: tuple[Meant, ...]


def _plain(label: str) -> str:
    """A label as it is compared: lower case, single spaces, a total's word first as "summa"."""
    words = words_of(unicodedata.normalize("NFC", label).replace("/", " "))
    of = without_sum(words)
    return f"summa {of}" if of and is_sum(words) else words


def _is(line: Line, least: float = SURE) -> Meant:
    """Rows whose whole label names a row of a statement."""
    return lambda _row, words: is_row(words, line, least)


def _surely_or_plainly(name: str, line: Line) -> Quantity:
    """A quantity that a sum says most plainly, and a bare label where there is no sum."""
    return Quantity(name, (_is(line), _is(line, PLAIN)))


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


OWN_EQUITY = Quantity(
    "eget kapital",
    (
        lambda row, words: is_row(words, Line.EQUITY) or _closes(Of.EQUITY)(row, words),
        _concept(EQUITY),
    ),
)
ASSETS = _surely_or_plainly("tillgångarna", Line.ASSETS)
EQUITY_AND_DEBTS = Quantity("eget kapital och skulder", (_is(Line.EQUITY_AND_DEBTS),))
ALL_DEBTS = _surely_or_plainly("skulderna", Line.DEBTS)
DEBTS_AND_PROVISIONS = Quantity("avsättningarna och skulderna", (_is(Line.DEBTS_AND_PROVISIONS),))
SHORT_DEBTS = _surely_or_plainly("de kortfristiga skulderna", Line.SHORT_DEBTS)
LONG_DEBTS = _surely_or_plainly("de långfristiga skulderna", Line.LONG_DEBTS)
PROVISIONS = _surely_or_plainly("avsättningarna", Line.PROVISIONS)
RECEIVABLES = _surely_or_plainly("fordringarna", Line.RECEIVABLES)
LIQUID = Quantity(
    "likvida medel",
    (
        _closes(Of.CASH),
        _is(Line.CASH),
        lambda row, words: _concept(CASH)(row, words) or is_row(words, Line.CASH, PLAIN),
    ),
)
OPENING_LIQUID = Quantity("likvida medel vid årets början", (_opens(Of.CASH),))
YEARS_RESULT = _surely_or_plainly("årets resultat", Line.YEARS_RESULT)
OPERATING_RESULT = Quantity("verksamhetens resultat", (_is(Line.OPERATING_RESULT),))
YEARS_CASH_FLOW = Quantity("årets kassaflöde", (_is(Line.CASH_FLOW),))
BALANSKRAV = Quantity("balanskravsresultat", (_is(Line.BALANSKRAV),))
SOLIDITY = Quantity("soliditet", (_is(Line.SOLIDITY),))


def is_it(quantity: Quantity, label: str) -> bool:
    """Whether a label alone says that its row is a quantity."""
    row = BudgetRow(0, "line", label, "", "", 1, None, False, ())
    return any(is_meant(row, _plain(label)) for is_meant in quantity.ways)


def first_row(
    rows: Sequence[BudgetRow], quantity: Quantity, said: Callable[[BudgetRow], object]
) -> tuple[int | None, list[int]]:
    """The row that is a quantity; or all that may be meant, where they say different things.

    ``said``: what a row says, ``None`` for nothing.
    """
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
