"""The rows of a balanskravsresultat.

>>> post("Justering realisationsvinster/förluster"), post("- Samtliga realisationsvinster")
(<Post.ADJUSTMENTS: 'adjustments'>, <Post.REALISATION_GAINS: 'realisation_gains'>)
>>> post("Årets resultat efter balanskravsjusteringar")
<Post.AFTER: 'after'>
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis


@unique
class Post(StrEnum):
    """A row of the statement: what is counted off or on, or one of its two results."""

    RESULT = "result"
    REALISATION_GAINS = "realisation_gains"
    GAINS_BY_EXCEPTION = "gains_by_exception"
    LOSSES_BY_EXCEPTION = "losses_by_exception"
    UNREALISED_LOSSES = "unrealised_losses"
    REVERSAL = "reversal"
    ADJUSTMENTS = "adjustments"
    AFTER = "after"
    RESERVED_TO_RUR = "reserved_to_rur"
    USED_FROM_RUR = "used_from_rur"
    RESERVE = "reserve"
    BALANSKRAVSRESULTAT = "balanskravsresultat"


_POSTS = Axis("balanskrav", Post)
_MARKS = "+-–−=± "


def post(label: str) -> Post | None:
    """What a row of the statement is; a sign before its name says how it is counted."""
    return _POSTS.value(label.lstrip(_MARKS))
