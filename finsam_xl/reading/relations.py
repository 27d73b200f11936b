"""What a column of figures is calculated from, found without its heading.

A formula says it of its own row; figures say it where a calculation holds in enough rows that
chance is ruled out, the rounding of what is shown allowed. One wrong cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum, unique
from fractions import Fraction
from itertools import pairwise

from finsam_xl.model_budget import Amount
from finsam_xl.records import NamedTuple

FEWEST = 3
"""The rows that must hold something for a calculation to be more than chance."""
_MOST_OFF = 5
"""One row in so many may be wrong."""
_MOST_ROWS = 40
_MOST_DECIMALS = 6
_LEAST = Fraction(1, 10**_MOST_DECIMALS)
_WIDEST = 100
"""Of more columns than so some follow from others by chance: only their formulas tell."""
_MANY = 4
_MOST_TURNS = 3
"""How often the sense of a deviation may turn down a column: income, costs, the result."""


@unique
class How(StrEnum):
    """How a column follows from others."""

    DIFFERENCE = "difference"
    SUM = "sum"
    QUOTIENT = "quotient"
    CHANGE = "change"
    SHARE = "share"
    EQUAL = "equal"


class Relation(NamedTuple):
    """A column and what it is calculated from: (index of column, factor) pairs.

    ``rows``: in how many rows it holds; ``turned``: the sense of a difference is that of income
    in some rows and that of costs in others; ``is_formula``: the cells' own formulas say so.
    """

    target: int
    of: tuple[tuple[int, int], ...]
    how: How
    rows: int
    turned: bool = False
    is_formula: bool = False

    @property
    def columns(self) -> frozenset[int]:
        """All columns that take part."""
        return frozenset({self.target, *(column for column, _ in self.of)})


Column = Sequence[Amount]


class Figures:
    """The figures of a table's columns, and how finely each column is shown."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = [tuple(column[:_MOST_ROWS]) for column in columns]
        self.steps = [_step(column) for column in self.columns]
        # Whole numbers of half the finest step: sums of them are quick, and halves of steps whole.
        finest = min((step for step in self.steps if step), default=Fraction(1))
        scale = self._scale = int(2 / (finest if all(self.steps) else _LEAST))
        self._least = max(1, round(scale * _LEAST)) if scale > 2 else 0
        self._whole = [
            tuple(None if a is None else _times(a, scale) for a in column)
            for column in self.columns
        ]
        self._halves = [round(step * scale / 2) or 1 for step in self.steps]
        self.filled = [sum(amount is not None for amount in column) for column in self.columns]
        is_told = len(columns) <= _WIDEST
        self.usable = [n for n, filled in enumerate(self.filled) if filled >= FEWEST and is_told]
        self._runs: dict[tuple[int, int], list[_Added]] = {}

    def differences(self, target: int, among: Sequence[int]) -> Iterator[Relation]:
        """Every two of some columns that a column is the difference of."""
        for one in among:
            for other in among:
                if one < other and target not in (one, other):
                    found = self.difference(target, one, other)
                    if found:
                        yield found

    def difference(self, target: int, one: int, other: int) -> Relation | None:
        """Whether a column is the difference of two, either way, and which of them is first."""
        signs: list[int] = []
        tally = _Tally(self.filled[target])
        whole, halves = self._whole, self._halves
        slack = halves[target] + halves[one] + halves[other]
        for is_, a, b in zip(whole[target], whole[one], whole[other], strict=True):
            if is_ is None or a is None or b is None or (not is_ and a == b):
                continue
            sign = 1 if abs(is_ - (a - b)) <= abs(is_ + (a - b)) else -1
            if tally.row(is_, sign * (a - b), slack, a) and is_:
                signs.append(sign)
            if tally.is_lost:
                return None
        turns = sum(x != y for x, y in pairwise(signs))
        if not (tally.holds and tally.is_varied) or not signs or turns > _MOST_TURNS:
            return None
        # Income stands first: its sense is how the difference is meant.
        first, second = (one, other) if signs[0] > 0 else (other, one)
        return Relation(target, ((first, 1), (second, -1)), How.DIFFERENCE, tally.held, turns > 0)

    def sums(self, target: int) -> Iterator[Relation]:
        """The longest runs of columns that a column is the sum of: side by side, or every other."""
        for stride in (1, 2, 3):
            for start in self.usable:
                best, held = self._run(target, start, stride)
                if best:
                    yield Relation(target, tuple((n, 1) for n in best), How.SUM, held)

    def _run(self, target: int, start: int, stride: int) -> tuple[Sequence[int], int]:
        """The longest run from a column on, and the rows it holds in.

        It may not reach over the sum itself. A column of few figures belongs to it where they
        bear it out.
        """
        best, most = start, 0
        column = self._whole[target], self._halves[target], self.filled[target]
        numbers = range(start, len(self.columns), stride)
        for number, added in zip(numbers, self._added(start, stride), strict=False):
            if number == target:
                break
            held = added.held(*column) if number > start else 0
            if held and (held >= most or number in self.usable):
                best, most = number, held
        return numbers[: (best - start) // stride + 1] if most else (), most

    def _added(self, start: int, stride: int) -> list[_Added]:
        """What the columns from one on come to, one more at a time, up to the first empty one."""
        if (start, stride) not in self._runs:
            made: list[_Added] = []
            for number in range(start, len(self.columns), stride):
                if not self.filled[number]:
                    break
                before = made[-1] if made else _Added.nothing(len(self._whole[number]))
                made.append(before.and_also(self._whole[number], self._halves[number]))
            self._runs[start, stride] = made
        return self._runs[start, stride]

    def may_hold(self, one: Relation) -> bool:
        """Whether what little a column holds is the sum of the columns that it should add up."""
        parts = [column for column, _ in one.of]
        slack = self._halves[one.target] + sum(self._halves[part] for part in parts)
        made = zip(*(self._whole[part] for part in parts), strict=True)
        return all(
            is_ is None or abs(is_ - sum(a for a in row if a is not None)) <= slack
            for is_, row in zip(self._whole[one.target], made, strict=True)
        )

    def quotients(self, target: int, among: Sequence[int]) -> Iterator[Relation]:
        """Two of some columns that a column is the quotient of, or their change in parts of one."""
        for top in among:
            for bottom in among:
                if len({target, top, bottom}) == 3:
                    yield from self._quotient(target, top, bottom)

    def is_quotient(self, target: int, top: int, bottom: int) -> bool:
        """Whether a column is the quotient of two others, in parts of one or in per cent."""
        ways = (self._divided(target, top, bottom, How.QUOTIENT, percent) for percent in (1, 100))
        return any(ways)

    def _quotient(self, target: int, top: int, bottom: int) -> Iterator[Relation]:
        for how in (How.QUOTIENT, How.CHANGE):
            for percent in (1, 100):
                held = self._divided(target, top, bottom, how, percent)
                if held:
                    yield Relation(target, ((top, 1), (bottom, -1)), how, held)

    def _divided(self, target: int, top: int, bottom: int, how: How, percent: int) -> int:
        slack = self._halves[target] + self._least
        tally = _Tally(self.filled[target])
        seen: set[int] = set()
        for is_, a, b in zip(*(self._whole[n] for n in (target, top, bottom)), strict=True):
            if is_ is None or a is None or not b:
                continue
            above = (a if how is How.QUOTIENT else a - b) * percent * self._scale
            if -abs(b) * slack <= is_ * b - above <= abs(b) * slack:
                tally.held += is_ not in seen
                seen.add(is_)
            else:
                tally.off += 1
            if tally.is_lost:
                return 0
        return tally.held if tally.holds else 0

    def is_share(self, target: int) -> bool:
        """Whether a column's lines are shares of a whole: they make 1 or 100 together."""
        amounts = [amount for amount in self.columns[target] if amount is not None]
        for whole in (1, 100):
            parts = [a for a in amounts if a != whole]
            slack = self.steps[target] * len(parts) / 2 + _LEAST
            if len(parts) > 1 and all(0 <= a <= whole for a in parts):
                # With subtotals among them, and a total below, they make the whole twice.
                times = (1, 2) if len(parts) < len(amounts) else (1,)
                if any(-slack <= sum(parts) - n * whole <= slack for n in times):
                    return True
        return False

    def shares(self, target: int) -> Iterator[Relation]:
        """The columns that a column of shares is the same share of in every row."""
        for base in self.usable:
            if base != target and self.is_proportional(target, base):
                yield Relation(target, ((base, 1),), How.SHARE, self.filled[target])

    def is_proportional(self, target: int, base: int) -> bool:
        """Whether a column is the same share of another in every row."""
        pairs = [
            (Fraction(t), Fraction(b))
            for t, b in zip(self.columns[target], self.columns[base], strict=True)
            if t is not None and b
        ]
        if len(pairs) < FEWEST or len({b for _, b in pairs}) < 2:
            return False
        share, whole = max(pairs, key=lambda pair: abs(pair[1]))
        slack = self.steps[target] + _LEAST
        tally = _Tally(len(pairs))
        tally.held = sum(abs(t - b * share / whole) <= slack for t, b in pairs)
        tally.off = len(pairs) - tally.held
        return bool(share) and tally.holds


class _Added(NamedTuple):
    """Columns added row by row: their sums, the second largest part of each, and the slack."""

    sums: list[int]
    largest: list[int]
    second: list[int]
    slack: int

    @classmethod
    def nothing(cls, rows: int) -> _Added:
        """No columns yet."""
        return cls([0] * rows, [0] * rows, [0] * rows, 0)

    def and_also(self, column: Sequence[int | None], half: int) -> _Added:
        """With one more column."""
        sums, largest, second = self.sums[:], self.largest[:], self.second[:]
        for row, amount in enumerate(column):
            if amount:
                sums[row] += amount
                size = abs(amount)
                if size > second[row]:
                    second[row] = min(size, largest[row])
                    largest[row] = max(size, largest[row])
        return _Added(sums, largest, second, self.slack + half)

    def held(self, target: Sequence[int | None], half: int, filled: int) -> int:
        """In how many rows a column is the sum, of so many ``filled``; 0 where it is not."""
        slack, left = self.slack + half, filled // _MOST_OFF
        # Nearly all runs are no sum: they are passed over before any row is counted.
        for is_, made, second in zip(target, self.sums, self.second, strict=True):
            if is_ is not None and second > slack and not -slack <= is_ - made <= slack:
                left -= 1
                if left < 0:
                    return 0
        tally = _Tally(filled)
        for is_, made, second in zip(target, self.sums, self.second, strict=True):
            # A row with one part that counts holds for every run that has it.
            if is_ is not None and second > slack:
                tally.row(is_, made, slack, second)
        return tally.held if tally.holds and tally.is_varied else 0


class _Tally:
    """Rows that a calculation holds in, and those it does not, of so many at most."""

    def __init__(self, rows: int) -> None:
        self.held = self.off = 0
        self._most_off = rows // _MOST_OFF
        self._seen: set[tuple[int, int, int]] = set()

    def row(self, is_: int, made: int, slack: int, part: int) -> bool:
        """Count a row; one that is as small as what rounding leaves open is no evidence.

        ``part``: one of its parts, by which rows are told apart.
        """
        away = is_ - made
        if not -slack <= away <= slack:
            self.off += 1
            return False
        if away and -_MANY * slack <= is_ <= _MANY * slack:
            return False
        self.held += 1
        self._seen.add((is_, made, part))
        return True

    @property
    def is_varied(self) -> bool:
        """Whether rows that hold differ: what holds in one of equal rows holds in them all."""
        return len(self._seen) > 1

    @property
    def is_lost(self) -> bool:
        """Whether so many rows do not hold that the rest cannot make up for it."""
        return self.off > self._most_off

    @property
    def holds(self) -> bool:
        """Whether enough rows hold, and so few do not that they may be wrong."""
        return self.held >= FEWEST and self.off * _MOST_OFF <= self.held + self.off


def _times(amount: int | Fraction, scale: int) -> int:
    """An amount in whole steps: without making a fraction where it is one of them already."""
    top, bottom = amount.as_integer_ratio()
    whole, rest = divmod(top * scale, bottom)
    return round(amount * scale) if rest else whole


def _step(column: Column) -> Fraction:
    """The last decimal that a column shows; nothing where it is not rounded at all."""
    decimals = 0
    for amount in column:
        if amount is not None and amount.denominator > 1:
            decimals = max(decimals, _decimals(amount))
    return Fraction(1, 10**decimals) if decimals <= _MOST_DECIMALS else Fraction(0)


def _decimals(amount: int | Fraction) -> int:
    for decimals in range(1, _MOST_DECIMALS + 1):
        if 10**decimals % amount.denominator == 0:
            return decimals
    return _MOST_DECIMALS + 1
