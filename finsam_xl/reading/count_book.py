"""What columns of platforms are, by what they come to beside the association's own numbers.

The shares of each platform's exits give numbers; all platforms together are the association.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.checks.people.kin import ASSOCIATION, PLATFORM
from finsam_xl.reading.count_content import Held
from finsam_xl.reading.count_heads import Head
from finsam_xl.reading.count_kinds import Content, sex_of
from finsam_xl.words.people import Sex

_NEAR = Fraction(12, 100)
_APART = 2
Went = Mapping[tuple[str, str], int]


def by_book(
    head: Head, fields: Mapping[str, int], free: Sequence[Held], went: Went, rows: Sequence[int]
) -> Iterator[tuple[str, int]]:
    """The fields whose columns come to the association's numbers, and to no other's as nearly.

    ``rows``: the places of the rows of platforms among those of the head.
    """
    known = dict(fields)
    columns = {column.number: column for column in head.columns}
    left = [column for column in free if column.surely_holds(Content.FIGURE)]
    women = {n for n, text in head.texts.items() if sex_of(text) is Sex.WOMEN}
    numbers = _Numbers(columns, went, rows, women)
    for level in _levels():
        if "exits" not in level and "exits" not in known:
            return
        for field, number in numbers.nearest([f for f in level if f not in known], left, known):
            known[field] = number
            left = [column for column in left if column.number != number]
            yield field, number


def _levels() -> Iterator[list[str]]:
    """The exits, then shares of what came before, level by level."""
    done = ["exits"]
    level = ["exits"]
    while level:
        yield level
        level = [field for field, base in PLATFORM.of.items() if base in done and field not in done]
        done += level


class _Numbers:
    """The numbers behind the columns, row by row."""

    def __init__(
        self, columns: Mapping[int, Held], went: Went, rows: Sequence[int], women: set[int]
    ) -> None:
        self.columns, self.went, self.rows, self.women = columns, went, rows, women

    def nearest(
        self, fields: Sequence[str], left: Sequence[Held], known: Mapping[str, int]
    ) -> Iterator[tuple[str, int]]:
        """Pairs of field and column that are nearest to each other, by far."""
        gaps = {
            (field, column.number): gap
            for field in fields
            for column in left
            if (gap := self.gap(field, column, known)) is not None
        }
        for (field, number), gap in sorted(gaps.items(), key=lambda pair: pair[1]):
            rivals = [g for (f, n), g in gaps.items() if (f == field) != (n == number)]
            if gap <= _NEAR and all(other >= _APART * gap and other > gap for other in rivals):
                yield field, number

    def gap(self, field: str, column: Held, known: Mapping[str, int]) -> Fraction | None:
        """How far what a column comes to is from the association's number, in parts of it."""
        is_of_women = ASSOCIATION[field][1] == Sex.WOMEN
        if self.women and is_of_women != (column.number in self.women):
            return None
        base = known.get(PLATFORM.of.get(field, ""), column.number)
        if is_of_women and abs(base - column.number) > 1:
            return None  # women stand beside those they are among: their shares are all alike
        stated = self.went.get(ASSOCIATION[field])
        numbers = self.numbers(field, column, known)
        if not stated or not numbers:
            return None
        return abs(sum(numbers, Fraction(0)) - stated) / stated

    def numbers(self, field: str, column: Held, known: Mapping[str, int]) -> list[Fraction] | None:
        """What a column comes to on each row, were it that of a field."""
        amounts = [Fraction(column.amounts[row] or 0) for row in self.rows]
        if not column.surely_holds(Content.SHARE):
            return amounts
        base = PLATFORM.of.get(field)
        if base is None or base not in known:
            return None
        of = self.numbers(base, self.columns[known[base]], known)
        scale = 100 if any(amount > 1 for amount in column.known) else 1
        return of and [a * number / scale for a, number in zip(amounts, of, strict=True)]
