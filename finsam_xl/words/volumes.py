"""What is counted beside the amounts of a budget, and the costs that go with it.

>>> volume("Antal deltagare"), volume("Årsarbetare"), volume("Deltagaravgifter")
(<Volume.PARTICIPANTS: 'participants'>, <Volume.POSTS: 'posts'>, None)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis


@unique
class Volume(StrEnum):
    """A count that costs rest on, or the costs of one."""

    PARTICIPANTS = "participants"
    POSTS = "posts"
    STAFF_COST = "staff_cost"


_VOLUMES = Axis("volume", Volume)


def volume(label: str) -> Volume | None:
    """What a whole label counts, or the costs it is of."""
    return _VOLUMES.value(label)
