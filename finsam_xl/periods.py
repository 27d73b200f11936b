"""Years and parts of years, as headings write them.

A :class:`Period` is what a table's title or a column's heading says the
figures belong to; its text form is the one used in every output.

>>> str(Period.find("Social budget 2021"))
'2021'
>>> str(Period.find("Utfall t.o.m. T2 2019"))
'2019-T2'
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_TERTIAL = re.compile(r"\bT([123])\b", re.IGNORECASE)


class Period(NamedTuple):
    """A calendar year, or the part of it up to and including a tertial (1, 2 or 3)."""

    year: int
    tertial: int | None = None

    @classmethod
    def find(cls, text: str) -> Period | None:
        """The single period a title or heading names; ``None`` if it names none or several."""
        years = set(_YEAR.findall(text))
        if len(years) != 1:
            return None
        tertial = _TERTIAL.search(text)
        return cls(int(years.pop()), int(tertial.group(1)) if tertial else None)

    @property
    def last_day(self) -> date:
        """The day the period ends: the date whose rules judge its figures."""
        months = 4 * (self.tertial or 3)
        return date(self.year, months, 31 if months != 4 else 30)

    def __str__(self) -> str:
        return f"{self.year}-T{self.tertial}" if self.tertial else str(self.year)
