"""What a result is made of in a year: all income and costs, each with its lines, seen from it.

And the same of two years, of one table or of two, paired by code, section and name.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from finsam_xl.calc.result_change import Item
from finsam_xl.labels import normalise, without_year
from finsam_xl.model_budget import Amount, Budget, Known, total
from finsam_xl.records import NamedTuple
from finsam_xl.report.budget_story import BudgetStory, Line, equity_as_income
from finsam_xl.report.comments import ALIKE, CommentKey
from finsam_xl.report.pairing import only_choices
from finsam_xl.words.totals import is_bare_sum, without_sum
from finsam_xl.words.units import KRONOR, Unit
from finsam_xl.words.volumes import Volume, volume

_MOST_SECTIONS = 12
"""A total of more rows than this is told whole."""


class Part(NamedTuple):
    """A row of a year, seen from the result, and the lines it adds up."""

    name: str
    code: str
    is_income: bool
    amount: Amount
    lines: tuple[Part, ...] = ()
    key: CommentKey | None = None
    link: str = ""


class Year:
    """A table of amounts in one of its columns: the result, and the parts it is made of."""

    def __init__(self, budget: Budget, column: int, scale: Known = 1) -> None:
        """``scale``: how many of the unit that is told each of the table's is."""
        self.budget, self.column, self._scale = budget, column, scale
        self._story = BudgetStory(budget, [column])
        self._factors = {one.target: one.parts for one in budget.sums}
        self._lines = {line.number: line for line in self._story.lines}
        self._booked = equity_as_income(budget)

    def in_unit(self, unit: str) -> Year:
        """The same year in another unit of money."""
        if unit == self.budget.unit:
            return self
        return Year(self.budget, self.column, KRONOR[Unit(self.budget.unit)] / KRONOR[Unit(unit)])

    @cached_property
    def result(self) -> Amount:
        """The year's result, without the equity of the year before where that is booked in it."""
        result = self._story.result(self.column)
        return None if result is None else self._scale * (result - self._booked_amount)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Income and the sections of the costs, or their lines where there are none."""
        tops = sorted(self._story.tops)
        sides = [self.budget.rows[row].is_income for row, _ in tops]
        return tuple(
            self._part(row, factor)
            for top, side in zip(tops, sides, strict=True)
            for row, factor in self._sections(*top, is_only=sides.count(side) == 1)
            if row != self._booked
        )

    def _sections(self, row: int, factor: int, *, is_only: bool) -> Sequence[tuple[int, int]]:
        """A row, or the sections it adds up; its lines if it is all there is on its side."""
        inside = self._factors.get(row, ())
        are_lines = all(self.budget.rows[part].role == "line" for part, _ in inside)
        if (are_lines and not is_only) or not 1 < len(inside) <= _MOST_SECTIONS:
            return [(row, factor)]
        return [(part, factor * of) for part, of in inside]

    def volume(self, what: Volume) -> Known | None:
        """How many there are of what costs rest on, where one row counts them; none of nothing."""
        used = {part for parts in self._factors.values() for part, _ in parts}
        found = [
            amount
            for number, row in enumerate(self.budget.rows)
            if number not in used and row.role == "line" and volume(row.label) is what
            if (amount := row.amounts[self.column]) is not None and amount > 0
        ]
        return found[0] if len(found) == 1 else None

    def cost(self, what: Volume) -> Amount:
        """What goes with a volume: all costs with participants, those of staff with posts.

        ``None`` where no one row is of the staff.
        """
        costs = [part for part in self.parts if not part.is_income]
        if what is Volume.PARTICIPANTS:
            return total([part.amount for part in costs])
        named = [part for part in costs if volume(part.name) is Volume.STAFF_COST]
        named = named or [
            line for part in costs for line in part.lines if volume(line.name) is Volume.STAFF_COST
        ]
        return named[0].amount if len(named) == 1 else None

    @property
    def _booked_amount(self) -> Known:
        row = self._booked
        return 0 if row is None else self._story.amount(row, self.column) or 0

    @property
    def booked(self) -> str:
        """The row that books the equity of the year before, which is left out; '' for none."""
        return "" if self._booked is None else self.budget.rows[self._booked].label

    def _part(self, row: int, factor: int) -> Part:
        """A row and the lines it adds up, without equity that is booked among them."""
        every = self._factors.get(row, ())
        parts = [one for one in every if one[0] != self._booked]
        inside = [self._part(part, factor * of) for part, of in parts]
        lines = [one for part in inside for one in (part.lines or (part,))]
        amount = self.budget.rows[row].amounts[self.column]
        if amount is not None and len(parts) < len(every):
            amount -= self._booked_amount
        line = self._lines.get(row)
        return Part(
            self._name(row, line),
            self.budget.rows[row].code,
            self.budget.rows[row].is_income,
            None if amount is None else self._scale * factor * amount,
            tuple(lines),
            line.key if line is not None else None,
            line.link if line is not None else "",
        )

    def _name(self, row: int, line: Line | None) -> str:
        """What a row is called: a sum by what it is of, a bare one by its section."""
        label = self.budget.rows[row].label
        if line is not None and line.key.section and is_bare_sum(label):
            return line.key.shown_section
        words = without_sum(label)
        if self.budget.rows[row].role != "total" or not label.lower().endswith(words) or not words:
            return label
        return f"{label[-len(words)].upper()}{label[len(label) - len(words) + 1 :]}"


class How(StrEnum):
    """How a row of the later year is known to be one of the earlier."""

    SAME = "same"
    RENAMED = "renamed"
    GONE = "gone"
    NEW = "new"


class Pair(NamedTuple):
    """A row in two years, or in the one that has it, seen from the result."""

    before: Part | None
    after: Part | None
    how: How

    @property
    def shown(self) -> Part:
        """The row as it is named: in the later year, if it has it."""
        return self.after or self.before or Part("", "", True, None)

    @property
    def item(self) -> Item:
        """Its amounts in both years."""
        before = None if self.before is None else self.before.amount
        after = None if self.after is None else self.after.amount
        return Item(self.shown.name, before, after)

    def lines(self) -> list[Pair]:
        """The lines it adds up in both years."""
        before = () if self.before is None else self.before.lines
        after = () if self.after is None else self.after.lines
        return paired(before, after)


def paired(before: Sequence[Part], after: Sequence[Part]) -> list[Pair]:
    """The rows of two years in the later one's order, and then those that are gone."""
    gone, new = list(before), list(after)
    found: dict[int, Pair] = {}
    for how, matches in (
        (How.SAME, _same_key),
        (How.SAME, _same_code),
        (How.SAME, _same_name),
        (How.RENAMED, _alike),
    ):
        for one, other in list(only_choices(gone, new, matches)):
            found[id(other)] = Pair(one, other, how)
            gone = [part for part in gone if part is not one]
            new = [part for part in new if part is not other]
    pairs = [found.get(id(part), Pair(None, part, How.NEW)) for part in after]
    pairs += [Pair(part, None, How.GONE) for part in gone]
    return [pair for pair in pairs if pair.item.before is not None or pair.item.after is not None]


def _same_key(one: Part, other: Part) -> bool:
    return one.key is not None and one.key == other.key and one.is_income is other.is_income


def _same_code(one: Part, other: Part) -> bool:
    return bool(one.code) and one.code == other.code and one.is_income is other.is_income


def _same_name(one: Part, other: Part) -> bool:
    return _may_be(one, other) and _words(one) == _words(other)


def _alike(one: Part, other: Part) -> bool:
    if not _may_be(one, other) or not (one.name and other.name):
        return False
    matcher = SequenceMatcher(None, _words(one), _words(other))
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _words(part: Part) -> str:
    """What a row is called, in whatever year."""
    return without_year(normalise(part.name))


def _may_be(one: Part, other: Part) -> bool:
    """Whether two rows stand on one side and have no codes that tell them apart."""
    are_apart = bool(one.code and other.code and one.code != other.code)
    return one.is_income is other.is_income and not are_apart
