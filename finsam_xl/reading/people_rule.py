"""A rule of a table of people: a row or column, what it is the sum of, and where it may be used."""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.reading.people_entries import Axes, Entry
from finsam_xl.records import NamedTuple
from finsam_xl.words.people import Movement, Person, movement, says_person

LEAST_HELD = 2
"""In how many places that do not follow from each other a rule must hold to be borne out."""
SIDES = (Movement.NEW, Movement.EXITS)
Place = tuple[int, int]
Parts = tuple[tuple[int, int], ...]


@unique
class Way(StrEnum):
    """How a row or column follows from others."""

    SUM = "sum"
    SEXES = "sexes"
    FLOW = "flow"


class Fit(NamedTuple):
    """Where a rule holds, where it does not, and how little that is chance."""

    held: tuple[int, ...] = ()
    off: tuple[int, ...] = ()
    own: int = 0
    bits: float = 0.0


class Rule(NamedTuple):
    """A row or column (``target``, by index) and what it is the sum of, with factors.

    ``is_named``: its name says so; ``is_placed``: name and place leave no doubt of its parts;
    ``is_doubtful``: other parts are as likely, or none;
    ``is_proven``: it holds where it is printed; ``is_likely``: in so many places that those
    where it does not may be wrong.
    """

    across: bool
    target: int
    parts: Parts
    way: Way
    is_named: bool
    is_placed: bool
    is_doubtful: bool = False
    fit: Fit = Fit()
    is_proven: bool = False
    is_likely: bool = False


class Rules(NamedTuple):
    """The rules of a block's rows (``down``) and columns (``across``)."""

    axes: Axes
    down: tuple[Rule, ...]
    across: tuple[Rule, ...]

    @property
    def every(self) -> tuple[Rule, ...]:
        """All of them."""
        return (*self.down, *self.across)

    def place(self, rule: Rule, index: int, at: int) -> Place:
        """The cell of a row or column (``index``) of a rule's axis, at the other's ``at``."""
        rows, columns = self.axes.rows, self.axes.columns
        row, column = (at, index) if rule.across else (index, at)
        return rows[row].number, columns[column].number

    def applies(self, rule: Rule, at: int) -> bool:
        """Whether a rule may be used in a place: people who are there at an end are not added.

        Months add up where they count who came or left. Of anything else they do only where
        two places of the same kind bear it out. People counted once each are in no sum.
        """
        if rule.way is not Way.SUM:
            return True
        mine, places = self._axis(rule), self.axes.columns if not rule.across else self.axes.rows
        titles = (*self.axes.block.titles[:2], self.axes.block.sheet.name)
        said = (places[at].text, mine[rule.target].text, *titles)
        if any(says_person(text, Person.UNIQUE, Person.APART) for text in said):
            return False
        if any(mine[n].months is None for n, _ in rule.parts):
            return True
        way = places[at].movement
        if way is not None:
            return way in SIDES
        others = any(place.movement for place in places)
        if not others and any(movement(title) in SIDES for title in titles):
            return True
        alike = [n for n in rule.fit.held if places[n].movement is None]
        return rule.is_proven and len(alike) >= LEAST_HELD

    def _axis(self, rule: Rule) -> tuple[Entry, ...]:
        return self.axes.columns if rule.across else self.axes.rows
