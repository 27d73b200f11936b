"""A ledger as it was read: the sums of a year by account, object and month.

Amounts are in öre with the sign of bookkeeping: debit positive, so income and equity are negative
and costs positive. Nothing personal is kept: no texts of vouchers, no names of objects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum, auto
from fractions import Fraction

from finsam_xl.money import swedish
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.records import NamedTuple

ORE = 100
"""Parts of a krona."""
PROJECT = "6"
"""The dimension of projects. Source: SIE, #DIM."""
Objects = tuple[tuple[str, str], ...]
"""Pairs of dimension and code."""


class Month(NamedTuple):
    """A month of a year, in their order."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month of a day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """The month that a text such as ``202501`` or ``20250115`` begins with."""
        if len(text) < 6 or not (text.isascii() and text[:6].isdigit()):
            return None
        found = cls(int(text[:4]), int(text[4:6]))
        return found if 1 <= found.month <= MONTHS_PER_YEAR and found.year else None

    @property
    def number(self) -> int:
        """The month as a number in their order: 202501."""
        return self.year * 100 + self.month

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


class Span(NamedTuple):
    """A financial year: its first and its last day."""

    first: date
    last: date

    def holds(self, month: Month) -> bool:
        """Whether a month is of the year."""
        return Month.of(self.first) <= month <= Month.of(self.last)

    @property
    def is_calendar_year(self) -> bool:
        """Whether it is the whole of one year by the calendar."""
        year = self.first.year
        return self == Span(date(year, 1, 1), date(year, 12, 31))


class Entry(NamedTuple):
    """What an account moved in a month with the same objects, in öre."""

    account: str
    objects: Objects
    month: Month
    amount: int


class Basis(Enum):
    """What the entries are the sums of."""

    VOUCHERS = auto()
    MONTHS = auto()
    YEAR = auto()


class Equation(Enum):
    """What should hold in a ledger. Source: the sums that SIE states of each other."""

    BALANCES = "balances"
    RESULTS = "results"
    MONTHS = "months"
    OPENING = "opening"
    VOUCHERS = "vouchers"
    WHOLE = "whole"


class Checked(NamedTuple):
    """An equation held against a ledger: how many times, and each failure: name, stated, found."""

    equation: Equation
    made: int
    failed: tuple[tuple[str, int, int], ...]


class Oddity(Enum):
    """What is unlike the rules of a format and was read all the same."""

    OTHER_YEAR = "other_year"
    OTHER_DATE = "other_date"
    NO_YEAR = "no_year"
    STRUCK = "struck"
    OPEN_QUOTE = "open_quote"
    BROKEN_LETTERS = "broken_letters"
    UNREAD_LINE = "unread_line"
    OBJECTS = "objects"
    EMPTY_VOUCHER = "empty_voucher"


class Ledger(NamedTuple):
    """A ledger of one year.

    ``name``: of its file; ``digest``: of its bytes; ``form``: in which format it was; ``until``:
    the last day it says it covers; ``entries``: by all objects at once where the ledger tells
    them so; ``by_dimension``: the same sums by the codes of one dimension, where it only tells
    each alone; ``codes``: the objects it names, by dimension and code; ``opening``, ``closing``,
    ``results``, ``before``: balances of the year and the closing ones of the year before, by
    account; ``vouchers``: how many there are by month;
    ``oddities``: how many of each.
    """

    name: str
    digest: str
    form: str
    encoding: str
    basis: Basis
    program: str = ""
    association: str = ""
    org_number: str = ""
    currency: str = ""
    years: Mapping[int, Span] = {}
    until: date | None = None
    last_voucher: date | None = None
    accounts: Mapping[str, str] = {}
    dimensions: Mapping[str, str] = {}
    parents: Mapping[str, str] = {}
    codes: frozenset[tuple[str, str]] = frozenset()
    entries: Sequence[Entry] = ()
    by_dimension: Mapping[str, Sequence[Entry]] = {}
    opening: Mapping[str, int] = {}
    closing: Mapping[str, int] = {}
    results: Mapping[str, int] = {}
    before: Mapping[str, int] = {}
    vouchers: Mapping[Month, int] = {}
    checked: tuple[Checked, ...] = ()
    oddities: Mapping[Oddity, int] = {}

    @property
    def year(self) -> Span:
        """The financial year that the entries are of."""
        return self.years[0]

    @property
    def last_month(self) -> Month | None:
        """The last month that has an entry."""
        return max((entry.month for entry in self.entries), default=None)

    @property
    def voucher_count(self) -> int:
        """How many vouchers there are."""
        return sum(self.vouchers.values())

    def knows(self, dimension: str, code: str) -> bool:
        """Whether the ledger has a code in a dimension, or in one below it."""
        if any(self.code((pair,), dimension) == code for pair in self.codes):
            return True
        entries = self.by_dimension.get(dimension, self.entries)
        return any(self.code(entry.objects, dimension) == code for entry in entries)

    def has_codes(self, dimension: str) -> bool:
        """Whether the ledger has any code in a dimension, or in one below it."""
        entries = self.by_dimension.get(dimension, self.entries)
        held = (*((pair,) for pair in self.codes), *(entry.objects for entry in entries))
        return any(self.code(objects, dimension) for objects in held)

    def code(self, objects: Objects, dimension: str) -> str:
        """The code in a dimension, or in one below it; '' for none."""
        below = ""
        for name, code in objects:
            if name == dimension:
                return code
            if self._is_below(name, dimension):
                below = code
        return below

    def _is_below(self, name: str, dimension: str) -> bool:
        for _ in self.parents:
            name = self.parents.get(name, "")
            if name == dimension:
                return True
        return False


def is_result(account: str) -> bool:
    """Whether an account is of the result and not of the balance.

    Source: BAS and Kommun-Bas, in which classes 1 and 2 are assets, equity and debts.
    """
    return account[:1] not in ("1", "2")


def kronor(ore: int) -> str:
    """An amount in öre as it is told, in kronor."""
    return swedish(Fraction(ore, ORE), 2 if ore % ORE else 0, "kr")
