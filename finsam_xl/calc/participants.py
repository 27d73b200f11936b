"""Participants: who remains, and the shares of exits with the base that is part of them.

Opening + new − exits = remaining. A positive solution is an exit to work, extratjänst,
studies or continued rehabilitation, or a clarified lack of work ability. Shares of work
and studies are of those with a positive solution; positive solutions, health dropouts and
other dropouts are of all exits. A blank is not 0: what it is part of is not known.
Source: Samordningsförbundet Umeåregionen, årsredovisning 2021, avsnitt 1.7.4, tabell 1.

>>> women = Exits(42, 10, 28, 21, 15, health=30, other=9)
>>> men = Exits(35, 12, 29, 38, 17, health=21, other=12)
>>> both = together(women, men)
>>> int(both.positive), int(both.total)
(247, 319)
>>> str(exit_shares(both)[1].base), str(exit_shares(both)[0].base)
('positiva lösningar', 'alla avslut')
>>> round(float(100 * exit_shares(both)[0].share))
77
>>> remaining(600, 187, 319)
Fraction(468, 1)
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.shares import share
from finsam_xl.errors import InputError
from finsam_xl.money import Exact
from finsam_xl.records import NamedTuple

KINDS = {
    "positive": "positiv lösning",
    "work": "arbete",
    "extratjanst": "extratjänst",
    "studies": "studier",
    "rehabilitation": "fortsatt rehab och öppet arbetssökande",
    "no_work_ability": "saknar arbetsförmåga",
    "health": "avbrott av hälsoskäl",
    "other": "övriga avbrott",
}


class Base(StrEnum):
    """What a share is a share of."""

    POSITIVE = "positiva lösningar"
    EXITS = "alla avslut"


class Exits(NamedTuple):
    """How many left, by where they went; ``None`` is not known.

    Work, extratjänst, studies, continued rehabilitation or open job search, clarified
    lack of work ability; dropouts for health and for other reasons.
    """

    work: Exact | None = None
    extratjanst: Exact | None = None
    studies: Exact | None = None
    rehabilitation: Exact | None = None
    no_work_ability: Exact | None = None
    health: Exact | None = None
    other: Exact | None = None

    @property
    def solutions(self) -> dict[str, Exact | None]:
        """The kinds of positive solution."""
        dropouts = ("health", "other")
        return {kind: number for kind, number in self._asdict().items() if kind not in dropouts}

    @property
    def positive(self) -> Fraction | None:
        """All positive solutions; ``None`` when one kind is not known."""
        return known_sum(*self.solutions.values())

    @property
    def total(self) -> Fraction | None:
        """All exits; ``None`` when one kind is not known."""
        return known_sum(*self)


class ExitShare(NamedTuple):
    """A kind of exit, a key of :data:`KINDS`, and what it is a share of, by name and number."""

    kind: str
    number: Exact | None
    base: Base
    base_number: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """The share, of one; ``None`` if it cannot be formed."""
        return share(self.number, self.base_number)


def remaining(opening: Exact | None, new: Exact | None, exits: Exact | None) -> Fraction | None:
    """Who is left at the end: opening + new − exits; negative where the figures cannot be right."""
    for name, number in (("Ingående", opening), ("Nya", new), ("Avslut", exits)):
        _check(name, number)
    return known_sum(opening, new, None if exits is None else -exits)


def remaining_gap(
    opening: Exact | None, new: Exact | None, exits: Exact | None, stated: Exact | None
) -> Fraction | None:
    """By how much a stated number of remaining is more (+) or less (−) than the others give.

    >>> remaining_gap(600, 187, 319, 466)
    Fraction(-2, 1)
    """
    left = remaining(opening, new, exits)
    return None if left is None or stated is None else Fraction(stated) - left


def together(women: Exits, men: Exits) -> Exits:
    """Women and men; a kind that is blank for either is not known for both."""
    return Exits(*(known_sum(*pair) for pair in zip(_checked(women), _checked(men), strict=True)))


def exit_shares(exits: Exits) -> list[ExitShare]:
    """Positive solutions in total, each kind of them, and dropouts, each with its own base."""
    positive, total = _checked(exits).positive, exits.total
    return [
        ExitShare("positive", positive, Base.EXITS, total),
        *(
            ExitShare(kind, number, Base.POSITIVE, positive)
            for kind, number in exits.solutions.items()
        ),
        ExitShare("health", exits.health, Base.EXITS, total),
        ExitShare("other", exits.other, Base.EXITS, total),
    ]


def _checked(exits: Exits) -> Exits:
    for kind, number in exits._asdict().items():
        _check(KINDS[kind].capitalize(), number)
    return exits


def _check(name: str, number: Exact | None) -> None:
    if number is not None and number < 0:
        raise InputError(
            f"Antalet {number} är negativt.", where=name, remedy="Skriv ett antal från 0."
        )
