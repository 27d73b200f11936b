"""What stands among amounts and is none, or is none that is added up.

>>> is_other_unit("Antal platser"), is_other_unit("Köpta tjänster"), is_other_unit("Moms 25 %")
(True, False, False)
>>> is_not_added("Avgår moms"), is_not_added("Ramavtal")
(True, False)
"""

from __future__ import annotations

import re
from enum import StrEnum, unique

from finsam_xl.words.axis import Axis, plain

_RATE = re.compile(r"\d+(?:[.,]\d+)?\s?%")
"""A rate in a name ("Moms 25 %"), which says nothing of what the figures are."""
_TAIL = re.compile(r"[(,]\s*([^(),]+)\)?\s*$")
"""What stands last in a name, after a comma or in brackets: often a unit."""
_MARKS = ("./.", "-/-")
"""Accountants' signs for what is taken away."""


@unique
class Unlike(StrEnum):
    """What a row or a column among amounts may be instead."""

    OTHER_UNIT = "other_unit"
    UNIT = "unit"
    NOT_ADDED = "not_added"


_UNLIKE = Axis("unlike", Unlike)


def is_other_unit(text: str) -> bool:
    """Whether a label or a heading is of a count, a ratio, a price or a code."""
    tail = _TAIL.search(text)
    if tail is not None and is_unit(tail[1]):
        return True
    return _UNLIKE.says(_RATE.sub(" ", text), Unlike.OTHER_UNIT)


def is_unit(text: str) -> bool:
    """Whether a cell is the unit of the row it stands in, and that is no money."""
    return _UNLIKE.value(text) is Unlike.UNIT or plain(text) == "%"


def is_not_added(label: str) -> bool:
    """Whether a label is of an amount that is told beside the sum."""
    return label.lstrip().startswith(_MARKS) or _UNLIKE.says(label, Unlike.NOT_ADDED)
