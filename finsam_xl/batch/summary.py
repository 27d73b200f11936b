"""Readings of many books put together: one row for each association and year.

Books of one association that state a quantity of a year differently leave it blank, as within
one book: which of them is right is not for us to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.actions.reports import equity_rules
from finsam_xl.batch.reading import Reading
from finsam_xl.batch.stated import Basis, Quantity, Stated, settled
from finsam_xl.batch.whose import NOBODY, Whose
from finsam_xl.calc.equity import ceiling
from finsam_xl.records import NamedTuple

_TKR = 1000
_AMOUNTS = (Quantity.COSTS, Quantity.RESULT, Quantity.EQUITY)


class Book(NamedTuple):
    """A book that was read: what it is called, and what it tells.

    ``whose``: of a book that names no association, whose it must be and what tells it.
    """

    name: str
    reading: Reading
    whose: Whose = NOBODY

    @property
    def association(self) -> str:
        """Whose it is: the association that it names, or that others tell, else the file itself."""
        named = self.reading.association or self.whose.association
        return named or f"Okänt förbund: {self.name}"


class Failed(NamedTuple):
    """A file that is not in the summary, why, and what to do about it ('' for nothing)."""

    name: str
    why: str
    remedy: str = ""


class Row(NamedTuple):
    """A year of an association: amounts in tkr; ``None`` for what is not stated, or in two ways.

    ``basis``: what costs, result and equity are of; a budget's where the year has no outcome;
    ``disputed``: the quantities that are stated in ways that cannot all be right; ``books``: the
    names of the books that are about it, whose findings are counted here.
    """

    association: str
    year: int
    fees: Fraction | None
    costs: Fraction | None
    participants: Fraction | None
    result: Fraction | None
    equity: Fraction | None
    ceiling: Fraction | None
    impact_index: Fraction | None
    errors: int
    warnings: int
    books: tuple[str, ...]
    disputed: tuple[Quantity, ...]
    basis: Basis | None = Basis.OUTCOME

    @property
    def per_head(self) -> Fraction | None:
        """Costs per participant, in tkr."""
        if self.costs is None or not self.participants:
            return None
        return self.costs / self.participants

    @property
    def room(self) -> Fraction | None:
        """How far equity is below its ceiling, below nought above it."""
        if self.equity is None or self.ceiling is None:
            return None
        return self.ceiling - self.equity


class Summary:
    """All that was read, in an order that no worker decides."""

    def __init__(self, books: Iterable[Book], failed: Iterable[Failed] = ()) -> None:
        self.books: Sequence[Book] = sorted(books, key=lambda book: book.name)
        self.failed: Sequence[Failed] = sorted(failed)

    @property
    def placed(self) -> list[Book]:
        """The books that name no association, and are told of one by other things."""
        return [book for book in self.books if book.whose.association]

    @property
    def associations(self) -> int:
        """How many associations are known by name."""
        return len(
            {book.association for book in self.books} - {b.association for b in self.unknown}
        )

    @property
    def unknown(self) -> list[Book]:
        """The books of which nobody knows whose they are."""
        return [one for one in self.books if not (one.reading.association or one.whose.association)]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """A row for each association and year that anything is stated of."""
        groups: dict[str, list[Book]] = {}
        for book in self.books:
            groups.setdefault(book.association, []).append(book)
        return tuple(row for name in sorted(groups) for row in _rows(name, groups[name]))

    @cached_property
    def by_association(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each association, the earliest first."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.association, []).append(row)
        return found

    @property
    def latest(self) -> int | None:
        """The latest year that at least half of the associations have an outcome of."""
        years = sorted({row.year for row in self.rows}, reverse=True)
        half = (len(self.by_association) + 1) // 2
        full = (year for year in years if len(self.of_year(year)) >= half)
        return next(full, years[0] if years else None)

    def of_year(self, year: int) -> list[Row]:
        """The rows of a year with an outcome, and no budgets in them."""
        found = (_come_out(row) for row in self.rows if row.year == year)
        return [row for row in found if _has_outcome(row)]

    @cached_property
    def codes(self) -> list[tuple[str, int, int]]:
        """The codes of findings: how many there are, and in how many books, the commonest first."""
        told: dict[str, tuple[int, int]] = {}
        for book in self.books:
            for code, number in book.reading.codes:
                every, books = told.get(code, (0, 0))
                told[code] = every + number, books + 1
        found = [(code, every, books) for code, (every, books) in told.items()]
        return sorted(found, key=lambda one: (-one[2], -one[1], one[0]))


def ranked(
    rows: Iterable[Row], by: Callable[[Row], Fraction | None], *, least_first: bool = False
) -> list[Row]:
    """The rows that have a value, the greatest first, alike ones by name."""
    known = [(value, row) for row in rows if (value := by(row)) is not None]
    sign = 1 if least_first else -1
    return [row for _, row in sorted(known, key=lambda one: (sign * one[0], one[1].association))]


def _come_out(row: Row) -> Row:
    """A row without what was only budgeted."""
    if row.basis is Basis.OUTCOME:
        return row
    return row._replace(costs=None, result=None, equity=None)


def _has_outcome(row: Row) -> bool:
    return any(one is not None for one in (row.costs, row.result, row.equity, row.impact_index))


def _rows(association: str, books: Sequence[Book]) -> Iterable[Row]:
    every = list(settled(one for book in books for one in book.reading.stated))
    own = {book.reading.year for book in books if book.reading.year is not None}
    told = Counter(one.year for one in every if one.basis is Basis.OUTCOME)
    # What a year begins with says a little of the year before, of which there is nothing else.
    years = own | {year for year, number in told.items() if number > 1}
    for year in sorted(years):
        here = [book for book in books if book.reading.year == year]
        yield _row(association, [one for one in every if one.year == year], year, here)


def _row(association: str, said: Sequence[Stated], year: int, books: Sequence[Book]) -> Row:
    """A year; ``said``: all that is stated of it; ``books``: those that are about it."""
    bases = [one.basis for one in said if one.quantity in _AMOUNTS]
    basis = min(bases, key=list(Basis).index, default=None)
    known = {one.quantity: one for one in said if one.basis is basis}
    for one in said:  # fees, people and the index are not of what the rest is of
        if one.quantity not in _AMOUNTS and (
            one.basis is Basis.OUTCOME or one.quantity not in known
        ):
            known[one.quantity] = one
    values = {quantity: one.value for quantity, one in known.items()}
    fees = _in_tkr(values.get(Quantity.FEES))
    return Row(
        association,
        year,
        fees,
        _in_tkr(values.get(Quantity.COSTS)),
        values.get(Quantity.PARTICIPANTS),
        _in_tkr(values.get(Quantity.RESULT)),
        _in_tkr(values.get(Quantity.EQUITY)),
        _ceiling(fees, year),
        values.get(Quantity.INDEX),
        sum(book.reading.errors for book in books),
        sum(book.reading.warnings for book in books),
        tuple(book.name for book in books),
        tuple(q for q in Quantity if q in values and values[q] is None),
        basis,
    )


def _ceiling(fees: Fraction | None, year: int) -> Fraction | None:
    rules = equity_rules(year)
    return None if fees is None or fees < 0 or rules is None else ceiling(fees, rules)


def _in_tkr(kronor: Fraction | None) -> Fraction | None:
    return None if kronor is None else kronor / _TKR
