"""What titles say that tables of amounts are.

>>> kind("Not 7 Eget kapital"), kind("Balansräkning, tkr"), kind("Budget 2024") is None
(<Kind.NOTE: 'note'>, <Kind.BALANCE: 'balance'>, True)
>>> note_number("Not 7 Eget kapital"), without_note("Noter 7 Eget kapital")
('7', 'Eget kapital')
>>> reference("Lokaler (not 3)"), without_reference("Lokaler, not 3"), reference("Not 3 Lokaler")
('3', 'Lokaler', '')
"""

from __future__ import annotations

import re
from enum import StrEnum, unique

from finsam_xl.words.axis import Axis


@unique
class Kind(StrEnum):
    """The kinds that titles tell, and whether a table is of what has been."""

    BALANCE = "balance"
    CASH_FLOW = "cash_flow"
    BALANSKRAV = "balanskrav"
    OVERVIEW = "overview"
    NOTE = "note"
    INCOME_STATEMENT = "income_statement"
    CLOSED = "closed"


_KINDS = Axis("kind", Kind)
_NOTE = re.compile(r"\s*not(?:er)?\s+(\d+\w*)\s*", re.IGNORECASE)
_REFERENCE = re.compile(r"[\s,(]*\bnot(?:er)?\.?\s+(\d+\w?)\s*\)?\s*$", re.IGNORECASE)


def kind(title: str) -> Kind | None:
    """The kind of statement that a title names."""
    named = _KINDS.value(title)
    return None if named is Kind.CLOSED else named


def is_closed(title: str) -> bool:
    """Whether a title is of what has been, as every statement is."""
    return _KINDS.value(title) is not None


def note_number(title: str) -> str:
    """The number of the note a title begins with, '' where it begins with none."""
    found = _NOTE.match(title)
    return found[1] if found else ""


def without_note(title: str) -> str:
    """A title without the number of its note."""
    return _NOTE.sub("", title, count=1) if note_number(title) else title


def reference(label: str) -> str:
    """The number of the note that a row refers to last in its label, '' for none."""
    found = _REFERENCE.search(label)
    return found[1] if found else ""


def without_reference(label: str) -> str:
    """A row's label without the note it refers to."""
    return _REFERENCE.sub("", label, count=1)
