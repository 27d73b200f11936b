"""Labels of rows: taken apart, and what the trade's words say of them.

Words name what figures show and break ties. Everything a label says is asked once.

>>> clean_label("   - varav KUR")
Label(text='varav KUR', code='', level=2)
>>> clean_label("P41VÄN, Vännäs")
Label(text='Vännäs', code='P41VÄN', level=1)
>>> says("S:a projektkostnader").is_sum, says("Budget totalt").is_sum
(True, False)
"""

from __future__ import annotations

import re
from functools import lru_cache

from finsam_xl.labels import composed
from finsam_xl.records import NamedTuple
from finsam_xl.words import results, sides, totals
from finsam_xl.words.parties import LIKELY, Party, payer
from finsam_xl.words.sides import Side
from finsam_xl.words.unlike import is_other_unit

_CODE = re.compile(r"([A-ZÅÄÖ]\d\d[A-ZÅÄÖ0-9]{2,4})[,\s]+(.+)")
_DASH = re.compile(r"^[\s\-–—•·]+")
_LETTERS = re.compile(r"\(([A-Z]\d?(?:\s*\+\s*[A-Z]\d?)+)\)")
_ABBREVIATION = re.compile(r"\b[A-ZÅÄÖ]{3,}\b")
_KEPT = 16384
_LONGEST_NAME = 4
"""Words that a name with a full stop after it has at most ("Lokaler m.m.")."""


class Label(NamedTuple):
    """A label without dash and code, its code, and its level (2 inside another line)."""

    text: str
    code: str
    level: int


class Said(NamedTuple):
    """What the words of a label say of its row.

    ``is_sum``: that it is a sum, first of all; ``ends_as_sum``: in its last word, as the name
    of a line may; ``says_sum``: by a word for it, first or last; ``is_side_sum``: a sum where
    lines above add up to it.
    """

    is_sum: bool
    ends_as_sum: bool
    says_sum: bool
    is_side_sum: bool
    is_cash_flow: bool
    is_result: bool
    names_result: bool
    is_after_financial: bool
    opens: bool
    closes: bool
    is_inside: bool
    is_whole_side: bool
    surely: Side | None
    speaks_of: Side | None
    heads_income: bool
    payer: Party | None
    letters: tuple[str, ...]
    abbreviations: tuple[str, ...]


def clean_label(text: str) -> Label:
    """Take a label apart."""
    bare = _DASH.sub("", composed(text)).strip()
    code = _CODE.fullmatch(bare)
    if code:
        return Label(code.group(2).strip(), code.group(1), 1)
    return Label(bare, "", 2 if results.is_inside(bare) else 1)


def is_set_in(text: str) -> bool:
    """Whether a label is written further in, by spaces or a dash before it."""
    return bool(_DASH.match(text))


def is_sentence(text: str) -> bool:
    """Whether a text is a remark of whole words and a full stop, and names nothing."""
    return text.endswith(".") and len(text.split()) > _LONGEST_NAME


def letters(label: str) -> tuple[str, ...]:
    """The letters a label adds up: "Total verksamhetskostnad (A+B+C)" → A, B, C."""
    found = _LETTERS.search(label)
    return tuple(re.split(r"\s*\+\s*", found.group(1))) if found else ()


@lru_cache(maxsize=_KEPT)
def says(label: str) -> Said:
    """What the words of a label say."""
    named, is_ratio = letters(label), is_other_unit(label)
    return Said(
        is_sum=totals.is_named_sum(label) or bool(named),
        ends_as_sum=totals.ends_as_sum(label),
        says_sum=totals.is_sum(label),
        is_side_sum=totals.is_side_sum(label),
        is_cash_flow=totals.is_cash_flow(label),
        is_result=results.is_result(label) and not is_ratio,
        names_result=results.names_result(label),
        is_after_financial=results.is_after_financial(label),
        opens=results.opens(label) and not is_ratio,
        closes=results.closes(label) and not is_ratio,
        is_inside=results.is_inside(label),
        is_whole_side=sides.is_whole_side(label),
        surely=sides.surely(label),
        speaks_of=sides.speaks_of(label),
        heads_income=sides.heads_income(label),
        payer=payer(label, LIKELY),
        letters=named,
        abbreviations=() if label.isupper() else tuple(_ABBREVIATION.findall(label)),
    )
