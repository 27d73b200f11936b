"""Columns of amounts as lists of lines, and which of them are the same list in two tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from finsam_xl.address import real_name
from finsam_xl.checks.concepts import concept_in, words_of
from finsam_xl.checks.material import Material
from finsam_xl.model import Ref
from finsam_xl.model_budget import Amount, Budget, BudgetColumn, BudgetRow, Sum
from finsam_xl.money import round_half_away
from finsam_xl.words.alternatives import key_of
from finsam_xl.words.kinds import without_reference
from finsam_xl.words.totals import without_sum
from finsam_xl.words.units import KRONOR

_DECIDED = ("budget", "forecast")
_COMPARED = (*_DECIDED, "outcome", "outcome_to_date")
_FEWEST_ALIKE = 3
_TKR = 1000
_LEAST_SIZE = 10
"""Smaller amounts are the same by chance."""
_PLAIN = "plain"
_LISTED = ("line", "subline", "total", "result")
Key = tuple[str, str, bool]


class Listed:
    """A column of a table: its lines by section, name and side."""

    def __init__(
        self, file: str, budget: Budget, number: int, unit: Fraction | None = None
    ) -> None:
        self.file, self.budget, self.number = file, budget, number
        self.column = column = budget.columns[number]
        # What is only guessed to be a budget is a list like any other.
        self.is_plain = budget.kind == _PLAIN or not column.is_known
        self.scenario = "" if self.is_plain else column.scenario
        self.period = "" if self.is_plain else str(column.period)
        self.version = column.version
        self.unit = unit or KRONOR.get(budget.unit, Fraction(1))
        self.step = budget.step(number) * self.unit

    @cached_property
    def lines(self) -> Mapping[Key, int]:
        """The lines and totals that can be told from each other, by what they are called."""
        keys = [
            (_key(row, self.scenario), index)
            for index, row in enumerate(self.budget.rows)
            if row.role in _LISTED
        ]
        counts = Counter(key for key, _ in keys)
        return {key: index for key, index in keys if counts[key] == 1 and key[1]}

    def in_unit(self, unit: Fraction) -> Listed:
        """The same column with its amounts read in another unit of so many kronor."""
        return Listed(self.file, self.budget, self.number, unit)

    @cached_property
    def sums(self) -> Mapping[int, Sum]:
        """The sums of the table by the row that shows them."""
        return {one.target: one for one in self.budget.sums}

    def value(self, row: int) -> Fraction | None:
        """A row's amount in kronor."""
        amount = self.budget.rows[row].amounts[self.number]
        return None if amount is None else amount * self.unit

    def ref(self, row: int) -> Ref:
        """The cell of a row's amount."""
        return self.budget.place(row, self.number)._replace(file=self.file)


class Pair:
    """Two columns that are the same list: which rows agree and which differ."""

    def __init__(self, one: Listed, other: Listed) -> None:
        self.one, self.other = one, other
        self.slack = max(one.step, other.step) / 2
        self.scenario = one.scenario if one.scenario == other.scenario else ""
        self.period = one.period
        self.is_decided = self.scenario in _DECIDED
        self.agreeing: list[tuple[int, int]] = []
        self.differing: list[tuple[int, int]] = []
        self._turned = one.budget.sign != other.budget.sign
        for here, there in _matches(one, other):
            if one.value(here) is not None and other.value(there) is not None:
                is_same = abs(self.gap(here, there)) <= self._allowed(here, there)
                (self.agreeing if is_same else self.differing).append((here, there))

    def gap(self, here: int, there: int) -> Fraction:
        """How much more the first states than the other, in kronor."""
        one, other = self.one.value(here) or Fraction(0), self.other.value(there) or Fraction(0)
        return abs(one) - abs(other) if self._turned else one - other

    @property
    def may_be_two_things(self) -> bool:
        """Whether one table is named by more than the other: it may be of a part of it."""
        return self.one.budget.naming.may_be_other(self.other.budget.naming)

    def _allowed(self, here: int, there: int) -> Fraction:
        """What rounding allows; a line of an outcome may have been fitted to its rounded sum."""
        if self.is_decided or self.one.step == self.other.step:
            return self.slack
        is_line = here not in self.one.sums and there not in self.other.sums
        return 2 * self.slack if is_line else self.slack

    def is_sum_of_rounded(self, here: int) -> bool:
        """Whether a total differs by what the rounding of its lines explains."""
        match = dict(self.differing).get(here)
        if match is None or self.one.step == self.other.step:
            return False
        sums = (self.one.sums.get(here), self.other.sums.get(match))
        most = max((len(one.parts) for one in sums if one is not None), default=0)
        return abs(self.gap(here, match)) <= most * self.slack

    def is_told(self, here: int) -> bool:
        """Whether a difference of a row is told here.

        Of budgets the whole sides are told by what they are; a total of other lines is another.
        """
        row = self.one.budget.rows[here]
        if self.is_decided:
            return self.scenario == "forecast" or _is_line(self.one.budget, row)
        matched = {here for here, _ in (*self.agreeing, *self.differing)}
        own = self.one.sums.get(here)
        return own is None or all(part in matched for part, _ in own.parts)

    @property
    def is_same(self) -> bool:
        """Whether enough lines agree for the others to be mistakes."""
        if self.is_decided:
            told = [rows for rows in self.differing if self.is_told(rows[0])]
            every = len(told) + sum(self.is_told(here) for here, _ in self.agreeing)
            return every >= _FEWEST_ALIKE and 2 * len(told) <= every
        alike = {abs(value) for here, _ in self.agreeing if (value := self.one.value(here))}
        own = [rows for rows in self.differing if rows[0] not in self.one.sums]
        if self.one.is_plain and self.other.is_plain and len(own) > 1:
            # Nothing says what either is of: two that differ in more are two of one form.
            return False
        return len(alike) >= _FEWEST_ALIKE and 2 * len(own) <= len(alike)


def listed(material: Material) -> Iterator[Listed]:
    """The columns of a workbook that may be the same list as others."""
    for budget in material.budgets:
        for number, column in enumerate(budget.columns):
            if column.scenario in _COMPARED and column.period and not _is_later(budget, number):
                yield Listed(material.file, budget, number)
    for budget in material.plain:
        for number, column in enumerate(budget.columns):
            if not (column.is_ratio or column.is_compared):
                yield Listed(material.file, budget, number)


def same(columns: Sequence[Listed]) -> Iterator[Pair]:
    """The pairs of columns that are the same list."""
    groups: dict[tuple[str, str], list[Listed]] = {}
    for column in columns:
        if not column.is_plain:
            groups.setdefault((column.period, column.scenario), []).append(column)
    for group in groups.values():
        for pair in _of_tables(group):
            if pair.is_same:
                yield pair
    for pair in _alike(columns):
        if pair.is_same:
            yield pair


def _of_tables(columns: Sequence[Listed]) -> Iterator[Pair]:
    """For each two tables the columns that may be the same: those that agree best.

    A table may have the decided budget beside the revised.
    """
    tables: dict[int, list[Listed]] = {}
    for column in columns:
        tables.setdefault(id(column.budget), []).append(column)
    for mine, others in combinations(tables.values(), 2):
        pairs = [Pair(a, b) for a in mine for b in others if _may_be_same(a, b)]
        if pairs:
            yield min(pairs, key=lambda pair: len(pair.differing))


def _may_be_same(one: Listed, other: Listed) -> bool:
    """Whether nothing says that two columns are different versions, or of different things."""
    is_one_version = len({one.version, other.version} - {""}) < 2
    if key_of(one.column.alternative) != key_of(other.column.alternative):
        return False
    return is_one_version and not _is_other_thing(one, other)


def _is_other_thing(one: Listed, other: Listed) -> bool:
    """Whether two columns are of one form, filled in for two teams, say, or two alternatives."""
    mine, theirs = one.column, other.column
    form = _form_of(mine)
    if form != _form_of(theirs):
        return False
    is_other_column = bool(form and mine.names - theirs.names and theirs.names - mine.names)
    return is_other_column or one.budget.naming.is_other(other.budget.naming)


def _is_form(one: Listed, other: Listed) -> bool:
    """Whether two tables of no known kind stand on one sheet under the same headings."""
    if not (one.is_plain and other.is_plain):
        return False
    mine, theirs = (
        (side.file, real_name(side.budget.sheet), [words_of(c.header) for c in side.budget.columns])
        for side in (one, other)
    )
    return mine == theirs


def _form_of(column: BudgetColumn) -> frozenset[str]:
    """The words of a heading that name no thing."""
    return frozenset(words_of(column.header).split()) - column.names


def _alike(columns: Sequence[Listed]) -> Iterator[Pair]:
    """Columns of which one is of no known kind that have several lines of one name and amount.

    The unit of such a table may be a guess: it is the one in which most lines agree.
    """
    if not any(column.is_plain for column in columns):
        return
    places: dict[tuple[str, int], list[int]] = {}
    for number, column in enumerate(columns):
        for (_, name, _), row in column.lines.items():
            for size in _sizes(column.budget.rows[row].amounts[column.number]):
                places.setdefault((name, size), []).append(number)
    common = Counter(
        pair for numbers in places.values() for pair in combinations(dict.fromkeys(numbers), 2)
    )
    for (a, b), count in common.items():
        one, other = columns[a], columns[b]
        is_one_plain = one.is_plain or other.is_plain
        is_own = one.budget is other.budget
        if count < _FEWEST_ALIKE or not is_one_plain or is_own:
            continue
        if not (_is_other_thing(one, other) or _is_form(one, other)):
            yield _in_unit(one, other)


def _sizes(amount: Amount) -> Iterator[int]:
    """What an amount may be written as in whole kronor, or in whole thousands."""
    for part in (1, _TKR):
        if amount is not None and abs(Fraction(amount)) >= _LEAST_SIZE * part:
            yield abs(int(round_half_away(Fraction(amount) / part)))


def _in_unit(one: Listed, other: Listed) -> Pair:
    """Two columns as a pair, the one of no known kind in the unit in which most lines agree."""
    known, plain = (one, other) if other.is_plain else (other, one)
    units = dict.fromkeys((plain.unit, known.unit, known.unit * _TKR, known.unit / _TKR))
    pairs = []
    for unit in units:
        scaled = plain.in_unit(unit)
        pairs.append(Pair(one, scaled) if plain is other else Pair(scaled, other))
    return max(pairs, key=lambda pair: len(pair.agreeing))


def _key(row: BudgetRow, scenario: str) -> Key:
    name = without_sum(without_reference(words_of(row.label))) or words_of(row.label)
    if scenario not in _DECIDED:
        return "", name, False
    return words_of(row.section.rpartition("/")[2]), words_of(row.label), row.is_income


def _matches(one: Listed, other: Listed) -> Iterator[tuple[int, int]]:
    """Lines of the same name and side: in the same section, or in the only one that has it."""
    mine, by_name = _by_name(one), _by_name(other)
    for key, here in one.lines.items():
        there = by_name.get(key[1:], [])
        if key in other.lines:
            yield here, other.lines[key]
        elif len(there) == 1 and len(mine[key[1:]]) == 1:
            yield here, there[0]


def _by_name(column: Listed) -> Mapping[tuple[str, bool], list[int]]:
    found: dict[tuple[str, bool], list[int]] = {}
    for key, row in column.lines.items():
        found.setdefault(key[1:], []).append(row)
    return found


def _is_line(budget: Budget, row: BudgetRow) -> bool:
    """Whether a row is a line or the total of a part."""
    return row.role in ("line", "total") and concept_in(budget, row) is None


def _is_later(budget: Budget, number: int) -> bool:
    """Whether a column is a later year of a plan: what was then adopted may differ."""
    years = [c.period.year for c in budget.columns if c.period and c.scenario in ("budget", "plan")]
    period = budget.columns[number].period
    return budget.kind == "plan" and period is not None and period.year > min(years, default=0)
