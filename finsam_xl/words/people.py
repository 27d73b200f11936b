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
_SHORTENED = 0.5


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


def sex_in_heading(text: str) -> Sex | None:
    """The one sex a heading is of, shortened as headings are ("Kv ja"); ``None`` as above."""
    found = _SEXES.all_of(text, least=_SHORTENED)
    return next(iter(found)) if len(found) == 1 else None


@unique
class Movement(StrEnum):
    """Which way the people that are counted go, or at which end of the time they are there."""

    OPENING = "opening"
    CLOSING = "closing"
    NEW = "new"
    EXITS = "exits"
    DURING = "during"


@unique
class Person(StrEnum):
    """What a text says of people that are counted, and of what is no count of them."""

    COUNTED = "counted"
    CROWD = "crowd"
    OTHER_SEX = "other_sex"
    UNIQUE = "unique"
    APART = "apart"
    TRAIT = "trait"


_MOVEMENTS = Axis("movement", Movement)
_PERSONS = Axis("person", Person)


def movement(text: str) -> Movement | None:
    """The one way a text says that people go; ``None``: none, or several.

    >>> movement("Kvar från 2023"), movement("Kvar 31 december"), movement("Nya och avslutade")
    (<Movement.OPENING: 'opening'>, <Movement.CLOSING: 'closing'>, None)
    """
    found = set(_MOVEMENTS.all_of(text))
    if Movement.OPENING in found:
        found.discard(Movement.CLOSING)
    if found & {Movement.NEW, Movement.EXITS}:
        found.discard(Movement.DURING)
    return next(iter(found)) if len(found) == 1 else None


def says_person(text: str, *values: Person) -> bool:
    """Whether a text says one of some things of people."""
    return _PERSONS.says(text, *values)


def sexes(text: str) -> frozenset[Sex]:
    """All sexes that a text names."""
    return _SEXES.all_of(text)
