"""Words of titles and sheet names that tell what a document is, and not which thing it is of.

>>> names_no_thing("Bilaga 2"), names_no_thing("Insats Alvik")
(True, False)
>>> names_association("Samordningsförbundet Ekeby")
True
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis


@unique
class Document(StrEnum):
    """What a word of a title is about."""

    DOCUMENT = "document"
    ASSOCIATION = "association"


_DOCUMENTS = Axis("documents", Document)


def names_no_thing(word: str) -> bool:
    """Whether a word only says what the document is."""
    return _DOCUMENTS.says(word, Document.DOCUMENT)


def names_association(title: str) -> bool:
    """Whether a title is of the whole association."""
    return _DOCUMENTS.says(title, Document.ASSOCIATION)
