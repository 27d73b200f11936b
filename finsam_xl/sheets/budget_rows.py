"""The rows of a table of amounts: which are sections, lines, totals, results and equity.

>>> role_of("S:a projektkostnader", has_amounts=True)
'total'
>>> role_of("Eget kapital vid årets början", has_amounts=True)
'equity_open'
>>> clean_label("   - varav KUR")
Label(text='varav KUR', code='', level=2)
>>> clean_label("P41VÄN, Vännäs")
Label(text='Vännäs', code='P41VÄN', level=1)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from finsam_xl.labels import composed
from finsam_xl.words import results, totals

_CODE = re.compile(r"([A-ZÅÄÖ]\d\d[A-ZÅÄÖ0-9]{2,4})[,\s]+(.+)")
_DASH = re.compile(r"^[\s\-–—•·]+")
_LETTERS = re.compile(r"\(([A-Z]\d?(?:\s*\+\s*[A-Z]\d?)+)\)")
_LONGEST_LABEL = 70


class Label(NamedTuple):
    """A label without dash and code, its code, and its level (2 inside another line)."""

    text: str
    code: str
    level: int


def clean_label(text: str) -> Label:
    """Take a label apart."""
    bare = _DASH.sub("", composed(text)).strip()
    code = _CODE.fullmatch(bare)
    if code:
        return Label(code.group(2).strip(), code.group(1), 1)
    return Label(bare, "", 2 if results.is_inside(bare) else 1)


def role_of(label: str, *, has_amounts: bool) -> str:
    """What a row is by its label: total, result, equity, line, note or section.

    Without amounts it is a section, unless it says that it is a sum or a result.
    """
    if not has_amounts and (label.startswith("*") or len(label) > _LONGEST_LABEL):
        return "note"
    if not has_amounts and not (totals.is_sum(label) or results.names_result(label)):
        return "section"
    if results.opens(label):
        return "equity_open"
    if results.closes(label):
        return "equity_close"
    if begins_as_total(label) or totals.ends_as_sum(label):
        return "total"
    if results.is_result(label):
        return "result"
    return "line"


def begins_as_total(label: str) -> bool:
    """Whether a label says first of all that it is a sum ("Summa …", "S:a …", "Totala …")."""
    return totals.is_named_sum(label) or bool(letters(label))


def letters(label: str) -> tuple[str, ...]:
    """The letters a label adds up: "Total verksamhetskostnad (A+B+C)" → A, B, C."""
    found = _LETTERS.search(label)
    return tuple(re.split(r"\s*\+\s*", found.group(1))) if found else ()
