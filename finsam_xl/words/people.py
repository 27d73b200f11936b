"""What rows of people count, and whose they are.

>>> people_of("Avslut till arbete"), people_of("Deltagare kvar vid årets slut")
(<People.WORK: 'work'>, <People.REMAINING: 'remaining'>)
>>> sex("Antal kvinnor"), sex("Kvinnor och män") is None
(<Sex.WOMEN: 'women'>, True)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis


@unique
class People(StrEnum):
    """What a row of people counts: those who came, stay or left, and where they went."""

    TURNOVER = "turnover"
    HEALTH = "health"
    OTHER = "other"
    NO_WORK_ABILITY = "no_work_ability"
    REHABILITATION = "rehabilitation"
    EXTRA = "extra"
    STUDIES = "studies"
    WORK = "work"
    POSITIVE = "positive"
    REMAINING = "remaining"
    NEW = "new"
    OPENING = "opening"
    EXITS = "exits"
    PARTICIPANTS = "participants"


@unique
class Sex(StrEnum):
    """Women and men, girls and boys."""

    WOMEN = "women"
    MEN = "men"


_PEOPLE = Axis("people", People)
_SEXES = Axis("sex", Sex)


def people_of(label: str) -> People | None:
    """What a row counts; ``None`` if its words do not tell."""
    return _PEOPLE.value(label)


def is_of(label: str, sex: Sex) -> bool:
    """Whether a label is of women, or of men, whatever else it says."""
    return _SEXES.says(label, sex)


def sex(label: str) -> Sex | None:
    """The one sex a label is of; ``None``: neither, or both."""
    found = _SEXES.all_of(label)
    return next(iter(found)) if len(found) == 1 else None
