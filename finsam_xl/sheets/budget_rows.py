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

from finsam_xl.labels import composed, normalise
from finsam_xl.words import totals

_CODE = re.compile(r"([A-ZÅÄÖ]\d\d[A-ZÅÄÖ0-9]{2,4})[,\s]+(.+)")
_DASH = re.compile(r"^[\s\-–—•·]+")
_SAID = re.compile(r"^resultat (?:före|efter)\b|^(?:årets|periodens) resultat$")
_WHOLE_SIDE = re.compile(
    r"(?:(?:summa|s:a|total|totalt|totala|alla|samtliga|verksamhetens) )*"
    r"(?:kostnader|kostnad|utgifter|intäkter|finansiering|medel att disponera)"
    r"(?: (?:totalt|total))?"
)
_LETTERS = re.compile(r"\(([A-Z]\d?(?:\s*\+\s*[A-Z]\d?)+)\)")
_RESULT = re.compile(
    r"^(?:årets |verksamhetens |periodens |över-?/?underskott)?resultat\b|^balanskravsresultat\b"
    r"|^(?:årets|periodens) kassaflöde\b"
)
_YEARS_RESULT = re.compile(r"^(?:årets resultat|resultat efter)\b")
_OPEN = re.compile(
    r"^(?:ingående eget kapital|(?:eget kapital|likvida medel).*\b(?:ingång|början|ib)$)"
)
_CLOSE = re.compile(
    r"^(?:utgående eget kapital|(?:eget kapital|likvida medel).*\b(?:utgång|slut|ub)$)"
)
_INCOME = re.compile(r"intäkt|inkomst|finansiering|bidrag|medel att disponera|avgifter från")
_COST = re.compile(r"kostnad|utgift")
_INSIDE = re.compile(r"^(?:varav|därav|härav|av vilka|av vilket)\b")
_INCOME_WORD = re.compile(r"(?:intäkt|intäkter|intäkterna|inkomst|inkomster|inkomsterna)$")
_COST_WORD = re.compile(r"(?:kostnad|kostnader|kostnaderna|utgift|utgifter|utgifterna)$")
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
    return Label(bare, "", 2 if _INSIDE.match(normalise(bare)) else 1)


def role_of(label: str, *, has_amounts: bool) -> str:
    """What a row is by its label: total, result, equity, line, note or section.

    Without amounts it is a section, unless it says that it is a sum or a result.
    """
    words = normalise(label)
    if not has_amounts and (label.startswith("*") or len(label) > _LONGEST_LABEL):
        return "note"
    if not has_amounts and not (totals.is_sum(label) or _SAID.search(words)):
        return "section"
    if _OPEN.search(words):
        return "equity_open"
    if _CLOSE.search(words):
        return "equity_close"
    if begins_as_total(label) or totals.ends_as_sum(label):
        return "total"
    if _RESULT.match(words):
        return "result"
    return "line"


def begins_as_total(label: str) -> bool:
    """Whether a label says first of all that it is a sum ("Summa …", "S:a …", "Totala …")."""
    return totals.is_named_sum(label) or bool(letters(label))


def is_after_financial(label: str) -> bool:
    """Whether a result comes after financial items."""
    return _YEARS_RESULT.match(normalise(label)) is not None


def is_whole_side(label: str) -> bool:
    """Whether a total says that it is of all income or all costs ("Summa kostnader")."""
    return _WHOLE_SIDE.fullmatch(normalise(label).replace("s a ", "s:a ")) is not None


def letters(label: str) -> tuple[str, ...]:
    """The letters a label adds up: "Total verksamhetskostnad (A+B+C)" → A, B, C."""
    found = _LETTERS.search(label)
    return tuple(re.split(r"\s*\+\s*", found.group(1))) if found else ()


def side_of(text: str) -> bool | None:
    """Whether a section or label speaks of income (True) or costs (False); ``None``: neither."""
    lower = composed(text).lower()
    if _COST.search(lower):
        return False
    return True if _INCOME.search(lower) else None


def surely_on(label: str) -> bool | None:
    """Whether one of a label's words is an income (True) or a cost (False) whatever surrounds it.

    >>> surely_on("Ränteintäkter"), surely_on("Lokalkostnader"), surely_on("Lämnade bidrag")
    (True, False, None)
    """
    words = re.split(r"[\s/]+", normalise(label))
    income = any(_INCOME_WORD.search(word) for word in words)
    cost = any(_COST_WORD.search(word) for word in words)
    return None if income is cost else income
