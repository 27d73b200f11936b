"""Amounts of rows as whole numbers, and whether some of them add up to another.

Each column is scaled by its own decimals, so that adding is cheap and exact. A sum holds in
a column if the difference is at most half a step per part, in the step of the figures that
are added: a printed figure is rounded on its own and totals are not forced.

>>> figures = RowFigures([(100, 110), (50, 55), (150, 164)], range(2))
>>> figures.fit(2, ((0, 1), (1, 1)))
Fit(held=2, compared=2, exact=1, telling=1)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from finsam_xl.model_budget import Amount, Known
from finsam_xl.records import NamedTuple

Parts = tuple[tuple[int, int], ...]
"""Row indices with their factors."""
MOST_DECIMALS = 6
"""Decimals beyond these are a float's, not a person's."""
_ODD = 3
"""Digits, without the last zeros, of a figure that sums do not come to by chance."""
_PIVOTS = 3
"""So many columns must all be wrong for a sum to go unseen."""
_PRIME = 2**31 - 1
_EXACT = 1000
"""A gap below this part of the sum is rounding also where no word says that a row is a sum."""


class Fit(NamedTuple):
    """In how many columns a sum holds, of how many where it can be held against a figure.

    ``exact``: columns where more than rounding speaks for it; ``telling``: how many of those
    say something of their own, with several parts and other figures than the rest.
    """

    held: int
    compared: int
    exact: int = 0
    telling: int = 0

    @property
    def share(self) -> Fraction:
        """In which part of the columns it holds; a half where nothing can be held against it."""
        return Fraction(self.held, self.compared) if self.compared else Fraction(1, 2)

    @property
    def exact_share(self) -> Fraction:
        """In which part of the columns it holds without the help of rounding."""
        return Fraction(self.exact, self.compared) if self.compared else Fraction(0)


class RowFigures:
    """The figures of a table, by row, in the columns that sums are held against."""

    def __init__(
        self,
        amounts: Sequence[Sequence[Amount]],
        columns: Iterable[int],
        unreadable: Sequence[frozenset[int]] = (),
    ) -> None:
        self.columns = list(columns)
        self.places = [_most_decimals(amounts, column) for column in self.columns]
        self.values: list[tuple[int | None, ...]] = []
        self.steps: list[tuple[int, ...]] = []
        for row in amounts:
            self.values.append(self._scaled(row))
            self.steps.append(self._steps(row))
        self.unread = [
            frozenset(n for n, c in enumerate(self.columns) if row and c in row)
            for row in unreadable or [frozenset()] * len(amounts)
        ]

    def _scaled(self, row: Sequence[Amount]) -> tuple[int | None, ...]:
        return tuple(
            None if (amount := row[c]) is None else _whole(amount, places)
            for c, places in zip(self.columns, self.places, strict=True)
        )

    def _steps(self, row: Sequence[Amount]) -> tuple[int, ...]:
        return tuple(
            10 ** (places - _decimals(row[c])) if places else 1
            for c, places in zip(self.columns, self.places, strict=True)
        )

    def is_blank(self, row: int) -> bool:
        """Whether nothing is printed in a row, nor anything that cannot be read."""
        return not self.unread[row] and all(value is None for value in self.values[row])

    def replace(self, row: int, parts: Parts) -> None:
        """Let a blank row hold what its parts come to, for the sums that add it up."""
        columns = range(len(self.columns))
        found = [[f * v for n, f in parts if (v := self.values[n][c]) is not None] for c in columns]
        self.values[row] = tuple(sum(one) if one else None for one in found)
        self.steps[row] = tuple(min([self.steps[n][c] for n, _ in parts] or [1]) for c in columns)

    def is_odd(self, row: int) -> bool:
        """Whether a row has a figure that other figures do not come to by chance."""
        return any(value and len(str(abs(value)).rstrip("0")) >= _ODD for value in self.values[row])

    def same(self, one: int, other: int) -> bool:
        """Whether two rows have the same figures in most columns, and have any."""
        a, b = self.values[one], self.values[other]
        if a == b:
            return any(a)
        alike = sum(x == y for x, y in zip(a, b, strict=True) if x or y)
        known = sum(bool(x or y) for x, y in zip(a, b, strict=True))
        return alike > 1 and 3 * alike >= 2 * known

    def held_in(self, target: int, parts: Parts) -> list[int]:
        """The columns, by their place among those held against, where a sum is to the point."""
        wanted = self.values[target]
        return [
            c
            for c in range(len(self.columns))
            if wanted[c]
            and abs(sum(f * (self.values[n][c] or 0) for n, f in parts) - (wanted[c] or 0))
            <= self.steps[target][c]
        ]

    def fit(self, target: int, parts: Parts) -> Fit:
        """How well parts, each with its factor, add up to a row."""
        tally = _Tally(self, target)
        for row, factor in parts:
            tally.add(row, factor)
        return tally.fit()

    def scan(self, target: int, items: Sequence[int]) -> Iterator[tuple[int, Fit]]:
        """How well the first one, two, … of some rows add up to another, where they do at all.

        Whether they do is asked of a few columns first: most runs fit in none.
        """
        pivots = self.pivots(target)
        numbers = [(at, column, step) for at, (column, _, step) in enumerate(pivots)]
        left = [2 * wanted for _, wanted, _ in pivots]
        room = [0] * len(pivots)
        for count, item in enumerate(items, 1):
            values = self.values[item]
            is_near = False
            for at, column, step in numbers:
                value = values[column]
                if value is not None:
                    left[at] -= 2 * value
                    room[at] += step
                if -room[at] <= left[at] <= room[at]:
                    is_near = True
            if is_near:
                fit = self.fit(target, tuple((n, 1) for n in items[:count]))
                if fit.held:
                    yield count, fit

    def pivots(self, target: int) -> list[tuple[int, int, int]]:
        """The columns with a row's largest figures, with figure and step."""
        unread, steps = self.unread[target], self.steps[target]
        known = [
            (column, value, steps[column])
            for column, value in enumerate(self.values[target])
            if value and column not in unread
        ]
        return sorted(known, key=lambda one: -abs(one[1]))[:_PIVOTS]


class _Tally:
    """What has been added up so far towards one row, by column."""

    def __init__(self, figures: RowFigures, target: int) -> None:
        self.figures = figures
        wanted, unread = figures.values[target], figures.unread[target]
        self.at = [c for c, v in enumerate(wanted) if v is not None and c not in unread]
        self.wanted = [v for c in self.at if (v := wanted[c]) is not None]
        self.steps = [figures.steps[target][c] for c in self.at]
        self.sums = [0] * len(self.at)
        self.counts = [0] * len(self.at)
        self.nonzero = [0] * len(self.at)
        self.marks = [0] * len(self.at)
        self.lost: set[int] = set()

    def add(self, row: int, factor: int) -> None:
        """Add a row with its factor."""
        values, steps = self.figures.values[row], self.figures.steps[row]
        for k, c in enumerate(self.at):
            value = values[c]
            if value is None:
                continue
            self.counts[k] += 1
            if value:
                self.sums[k] += factor * value
                self.nonzero[k] += 1
                self.marks[k] = (31 * self.marks[k] + value) % _PRIME
                self.steps[k] = min(self.steps[k], steps[c])
        if self.figures.unread[row]:
            self.lost |= self.figures.unread[row]

    def fit(self) -> Fit:
        """How well what was added fits."""
        held = compared = exact = 0
        telling: set[tuple[int, int]] = set()
        for k, wanted in enumerate(self.wanted):
            if self.at[k] in self.lost or not (wanted or self.counts[k]):
                continue
            compared += 1
            gap = abs(self.sums[k] - wanted)
            if 2 * gap > max(1, self.counts[k]) * self.steps[k]:
                continue
            held += 1
            if _EXACT * gap <= abs(wanted):
                exact += 1
                if self.nonzero[k] > 1:
                    telling.add((wanted, self.marks[k]))
        return Fit(held, compared, exact, len(telling))


def _decimals(amount: Amount) -> int:
    """How many decimals a figure is written with."""
    if amount is None or amount.denominator == 1:
        return 0
    return next(
        (n for n in range(1, MOST_DECIMALS) if (amount * 10**n).denominator == 1), MOST_DECIMALS
    )


def _most_decimals(amounts: Sequence[Sequence[Amount]], column: int) -> int:
    return max((_decimals(row[column]) for row in amounts), default=0)


def _whole(amount: Known, places: int) -> int:
    return amount if type(amount) is int and not places else round(amount * 10**places)
