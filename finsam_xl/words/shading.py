"""What texts below a table say of how its cells are filled.

>>> is_of_grey("gråmarkerade rutor är inte budgeterade"), is_of_grey("Beloppen är i tkr")
(True, False)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis


@unique
class Shading(StrEnum):
    """How cells are filled that a text speaks of."""

    GREY = "grey"


_SHADINGS = Axis("shading", Shading)


def is_of_grey(text: str) -> bool:
    """Whether a text speaks of cells that are marked with grey."""
    return _SHADINGS.says(text, Shading.GREY)
