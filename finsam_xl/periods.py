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
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SPAN = re.compile(r"(?<!\d)(20\d\d)\s*[-–—]\s*(20\d\d)(?!\d)")
_DATE = re.compile(r"(?<!\d)(?:20)?(\d\d)-(\d\d)-(\d\d)(?!\d)")
_TERTIAL = re.compile(r"\bT(?:ertial\s*)?([123])\b", re.IGNORECASE)
_SERIAL_START = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""The days of this century as cells hold them."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The years that a bare number in a heading can be, from the first up to but not with the last."""
TERTIALS = 3
MONTHS_PER_TERTIAL = 4
MONTHS_PER_YEAR = TERTIALS * MONTHS_PER_TERTIAL


def is_year(value: float) -> bool:
    """Whether a number in a cell can be a year."""
    return type(value) is int and FIRST_YEAR <= value < LAST_YEAR


class Period(NamedTuple):
    """A calendar year, the part of it up to and including a tertial (1–3), or a span of years."""

    year: int
    tertial: int | None = None
    until: int | None = None

    @classmethod
    def find(cls, text: str) -> Period | None:
        """The single period a title or heading names; ``None`` if it names none or several."""
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
    def months(self) -> int:
        """How many months of its (last) year the period covers."""
        return MONTHS_PER_TERTIAL * (self.tertial or TERTIALS)

    @property
    def last_day(self) -> date:
        """The day the period ends: the date whose rules judge its figures."""
        return date(self.until or self.year, self.months, 31 if self.months != 4 else 30)

    def __str__(self) -> str:
        if self.until is not None:
            return f"{self.year}..{self.until}"
        return f"{self.year}-T{self.tertial}" if self.tertial else str(self.year)


def day_of(serial: float) -> date | None:
    """The day a cell holds as a number, of this century; ``None`` for any other number."""
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return None
    return _SERIAL_START + timedelta(days=int(serial))
