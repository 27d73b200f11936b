"""Days and months that headings write in figures: 2024-08-31, 31/12 2024, 20240831, 202408.

>>> [(day.year, day.month, day.day) for day in dated("per 24-08-31")]
[(2024, 8, 31)]
>>> [(day.year, day.month, day.day) for day in dated("utfall 202408")]
[(2024, 8, None)]
>>> dated("23/24"), dated("2023-24"), dated("konto 3010")
((), (), ())
"""

from __future__ import annotations

import re

from finsam_xl.periods import FIRST_YEAR, days_in
from finsam_xl.records import NamedTuple

_FORMS = tuple(
    re.compile(rf"(?<![\d.,]){form}(?![\d/])")
    for form in (
        r"(?P<y>20\d\d|\d\d)(?P<s>[-./ ])(?P<m>\d\d)(?P=s)(?P<d>\d\d)",
        r"(?P<d>\d\d?)(?P<s>[-./])(?P<m>\d\d?)(?P=s)(?P<y>20\d\d|\d\d)",
        r"(?P<d>\d\d?)/(?P<m>\d\d?)[- ]+'?(?P<y>20\d\d|\d\d)",
        r"(?P<d>\d\d?)/(?P<m>\d\d?)(?!/)",
        r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)",
        r"(?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)",
        r"(?P<y>20\d\d)-?(?P<m>\d\d)(?!-\d\d?(?!\d))",
        r"(?P<y>20\d\d)-(?P<m>\d)(?!-)",
    )
)
_ALWAYS = 1
"""The forms up to this one are days whatever they say; others are so on the first or last day."""
_FIRST_AS_MONTH = 2012
"""From this year on 2012-12 is a month: before it, it may be two years."""


class Day(NamedTuple):
    """A day or a month, and where it stands; a year that is not told is ``None``."""

    year: int | None
    month: int
    day: int | None
    start: int
    end: int

    @property
    def is_last(self) -> bool:
        """Whether it is the last day of its month."""
        return self.day is not None and self.day >= days_in(self.year or 2001, self.month)


def dated(text: str) -> tuple[Day, ...]:
    """The days and months a text writes in figures, in order."""
    kept: list[Day] = []
    for number, form in enumerate(_FORMS):
        for match in form.finditer(text):
            day = _day(match)
            if day is None or (number > _ALWAYS and not _is_edge(day)):
                continue
            if not any(day.start < other.end and other.start < day.end for other in kept):
                kept.append(day)
    return tuple(sorted(kept, key=lambda day: day.start))


def _is_edge(day: Day) -> bool:
    """Whether it is a month, or a day that a period begins or ends with."""
    if day.day is None:
        return (day.year or 0) >= _FIRST_AS_MONTH
    return day.is_last or day.day == 1


def _day(match: re.Match[str]) -> Day | None:
    parts = match.groupdict()
    month, day = int(parts["m"]), int(parts["d"]) if parts.get("d") else None
    year = _year(parts.get("y"))
    if year is not None and day is not None and _is_turned(parts, month):
        year, day = FIRST_YEAR + day, int(parts["y"])
    if not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= days_in(year or 2001, month):
        return None
    return Day(year, month, day, *match.span())


def _is_turned(parts: dict[str, str | None], month: int) -> bool:
    """Whether figures that begin as a year do (31-12-24) are a day that ends a month."""
    year, day = parts["y"] or "", parts["d"] or ""
    if len(year) != 2 or len(day) != 2 or not 1 <= month <= 12 or parts.get("s") == "/":
        return False
    ends = days_in(FIRST_YEAR + int(day), month)
    return int(year) == ends and int(day) != days_in(FIRST_YEAR + int(year), month)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else FIRST_YEAR + int(text)
