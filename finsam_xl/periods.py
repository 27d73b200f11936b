"""Years, parts of years and spans of years, as headings write them.

A :class:`Period` is what a table's title or a column's heading says the
figures belong to; its text form is the one used in every output.

>>> str(Period.find("Social budget 2021"))
'2021'
>>> str(Period.find("Utfall t.o.m. T2 2019"))
'2019-T2'
>>> str(Period.find("2005-2016 Utfall"))
'2005..2016'
>>> str(Period.find("Per 19-08-31"))
'2019-T2'
>>> str(Period.of(2024, 4, 6)), str(Period.of(2024, 5, 5)), str(Period.of(2024, 1, 10))
('2024-Q2', '2024-05', '2024-01..2024-10')
>>> Period.of(2019, 1, 8) == Period(2019, 2), Period.of(2019, 1, 12) == Period(2019)
(True, True)
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from finsam_xl.records import NamedTuple

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SPAN = re.compile(r"(?<!\d)(20\d\d)\s*[-–—]\s*(20\d\d)(?!\d)")
_DATE = re.compile(r"(?<!\d)(?:20)?(\d\d)-(\d\d)-(\d\d)(?!\d)")
_TERTIAL = re.compile(r"\bT(?:ertial\s*)?([123])\b", re.IGNORECASE)
_WRITTEN = re.compile(
    r"(20\d\d)(?:-T([123])|-Q([1-4])|-(\d\d)(?:\.\.(20\d\d)-(\d\d))?|\.\.(20\d\d))?"
)
_SERIAL_START = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""The days of this century as cells hold them."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The years that a bare number in a heading can be, from the first up to but not with the last."""
TERTIALS = 3
MONTHS_PER_TERTIAL = 4
MONTHS_PER_QUARTER = 3
MONTHS_PER_YEAR = TERTIALS * MONTHS_PER_TERTIAL


def days_in(year: int, month: int) -> int:
    """How many days a month has.

    >>> days_in(2024, 2), days_in(2100, 2), days_in(2025, 12)
    (29, 28, 31)
    """
    after = date(year + month // 12, month % 12 + 1, 1)
    return (after - timedelta(days=1)).day


def is_year(value: float) -> bool:
    """Whether a number in a cell can be a year."""
    return type(value) is int and FIRST_YEAR <= value < LAST_YEAR


class Period(NamedTuple):
    """A calendar year, a part of it, or a span of years.

    ``tertial`` (1-3): the part up to and including a tertial; ``until``: the last year of a
    span; ``first`` and ``last``: the months of any other part. :meth:`of` gives each part of a
    year its one form, so that equal periods are equal.
    """

    year: int
    tertial: int | None = None
    until: int | None = None
    first: int | None = None
    last: int | None = None

    @classmethod
    def of(cls, year: int, first: int = 1, last: int = MONTHS_PER_YEAR) -> Period:
        """The months from ``first`` to ``last`` of a year, both counted in."""
        if not 1 <= first <= last <= MONTHS_PER_YEAR:
            raise ValueError((year, first, last))
        if first == 1 and last == MONTHS_PER_YEAR:
            return cls(year)
        if first == 1 and last % MONTHS_PER_TERTIAL == 0:
            return cls(year, last // MONTHS_PER_TERTIAL)
        return cls(year, first=first, last=last)

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """The period that a text form is of, as :meth:`__str__` gives it; ``None`` for others."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            return None
        year, tertial, quarter, first, last_year, last, until = match.groups()
        if until is not None:
            return cls(int(year), until=int(until)) if int(year) < int(until) else None
        if tertial:
            return cls(int(year), int(tertial))
        if quarter:
            end = int(quarter) * MONTHS_PER_QUARTER
            return cls.of(int(year), end - MONTHS_PER_QUARTER + 1, end)
        if first is None:
            return cls(int(year))
        end = int(last or first)
        is_part = last_year in (None, year) and 1 <= int(first) <= end <= MONTHS_PER_YEAR
        return cls.of(int(year), int(first), end) if is_part else None

    @classmethod
    def find(cls, text: str) -> Period | None:
        """The single period a title or heading names; ``None`` if it names none or several."""
        written = cls.parse(text)
        if written is not None:
            return written
        dated = _DATE.search(text)
        if (
            dated
            and 0 < int(dated.group(2)) <= MONTHS_PER_YEAR
            and not _YEAR.search(text[: dated.start()] + text[dated.end() :])
        ):
            return cls._up_to(2000 + int(dated.group(1)), int(dated.group(2)))
        years = set(_YEAR.findall(text))
        span = _SPAN.search(text)
        if span and years == set(span.groups()) and span.group(1) < span.group(2):
            return cls(int(span.group(1)), until=int(span.group(2)))
        if len(years) != 1:
            return None
        tertial = _TERTIAL.search(text)
        return cls(int(years.pop()), int(tertial.group(1)) if tertial else None)

    @classmethod
    def _up_to(cls, year: int, month: int) -> Period:
        """The year, or the part of it that ends with a month that ends a tertial."""
        tertial = month // MONTHS_PER_TERTIAL
        whole = tertial == TERTIALS or month % MONTHS_PER_TERTIAL
        return cls(year, None if whole else tertial)

    @property
    def first_month(self) -> int:
        """The first month of its (first) year that the period covers."""
        return self.first or 1

    @property
    def last_month(self) -> int:
        """The last month of its (last) year that the period covers."""
        return self.last or MONTHS_PER_TERTIAL * (self.tertial or TERTIALS)

    @property
    def months(self) -> int:
        """How many months of its (last) year the period covers."""
        return self.last_month - self.first_month + 1

    @property
    def is_part(self) -> bool:
        """Whether it is of a part of a year; one that is told as the third tertial is, too."""
        return self.tertial is not None or self.last is not None

    @property
    def is_whole_year(self) -> bool:
        """Whether it is one year, neither a part of one nor several."""
        return self.until is None and not self.is_part

    @property
    def first_day(self) -> date:
        """The day the period begins."""
        return date(self.year, self.first_month, 1)

    @property
    def last_day(self) -> date:
        """The day the period ends: the date whose rules judge its figures."""
        year, month = self.until or self.year, self.last_month
        return date(year, month, days_in(year, month))

    def holds(self, other: Period) -> bool:
        """Whether every day of another period is in this one."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day

    def __str__(self) -> str:
        if self.until is not None:
            return f"{self.year}..{self.until}"
        if self.tertial:
            return f"{self.year}-T{self.tertial}"
        if self.last is None:
            return str(self.year)
        if self.months == 1:
            return f"{self.year}-{self.last:02}"
        if self.months == MONTHS_PER_QUARTER and self.last % MONTHS_PER_QUARTER == 0:
            return f"{self.year}-Q{self.last // MONTHS_PER_QUARTER}"
        return f"{self.year}-{self.first_month:02}..{self.year}-{self.last:02}"


def joined(periods: list[Period]) -> Period | None:
    """The period that periods of one year make together without a gap; ``None`` if they do not.

    >>> str(joined([Period.of(2024, 1, 3), Period.of(2024, 4, 6)]))
    '2024-01..2024-06'
    """
    spans = sorted((one.year, one.first_month, one.last_month) for one in periods)
    if not spans or len({year for year, _, _ in spans}) > 1 or any(p.until for p in periods):
        return None
    year, first, last = spans[0]
    for _, begins, ends in spans[1:]:
        if begins != last + 1:
            return None
        last = ends
    return Period.of(year, first, last)


def day_in(text: str) -> tuple[str, date] | None:
    """The only day that a text has as figures: as it is written, and which it is.

    >>> day_in("Per 19-08-31")
    ('19-08-31', datetime.date(2019, 8, 31))
    """
    found = list(_DATE.finditer(text))
    if len(found) != 1:
        return None
    year, month, day = map(int, found[0].groups())
    if not (0 < month <= MONTHS_PER_YEAR and 0 < day <= days_in(2000 + year, month)):
        return None
    return found[0].group(), date(2000 + year, month, day)


def day_of(serial: float) -> date | None:
    """The day a cell holds as a number, of this century; ``None`` for any other number."""
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return None
    return _SERIAL_START + timedelta(days=int(serial))
