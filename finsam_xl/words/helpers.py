"""Columns that help a reader of the amounts beside them.

>>> refers_to_notes("Not"), refers_to_notes("Notarie")
(True, False)
>>> is_of_comments("Kommentar"), is_of_comments("Not")
(True, False)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis


@unique
class Helper(StrEnum):
    """What a column beside the amounts holds."""

    NOTE = "note"
    COMMENT = "comment"


_HELPERS = Axis("helper", Helper)


def refers_to_notes(heading: str) -> bool:
    """Whether a column holds the numbers of notes."""
    return _HELPERS.value(heading) is Helper.NOTE


def is_of_comments(heading: str) -> bool:
    """Whether a column holds what its owner says of the rows."""
    return _HELPERS.value(heading) is Helper.COMMENT
