"""Which words of an association's name tell which one it is.

>>> own_words("Samordningsförbundet Umeåregionen"), own_words("Umeå kommun")
(('umeåregionen',), ('umeå',))
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis, plain

_SHORTEST = 4


@unique
class NamePart(StrEnum):
    """What a word of a name tells."""

    WHAT = "what"


_PARTS = Axis("association", NamePart)


def own_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell which association it is."""
    words = plain(name).split()
    return tuple(w for w in words if len(w) >= _SHORTEST and _PARTS.value(w) is None)
