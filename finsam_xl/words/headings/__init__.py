"""The headings that tables with columns of their own are known by, one file per kind.

>>> headings_of("social_budget").field("Område")
'area'
"""

from __future__ import annotations

from finsam_xl.labels import Headings
from finsam_xl.words.loader import read_words


def headings_of(kind: str) -> Headings:
    """The headings of a kind of table: field → the ways it is written, in the file's order."""
    fields: dict[str, list[str]] = {}
    for word in read_words(f"headings/{kind}"):
        fields.setdefault(word.value, []).append(word.word)
    return Headings(fields)
