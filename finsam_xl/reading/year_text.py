"""A text with the years of its periods moved on by one, and what else in it looks like a year.

Only years that reading knows as a table's are moved. The day of a decision, a file number, a year
that stands for something else and the day that people were counted on stay as they are.

>>> moved("Budget 2026, fastställd 2025-11-20", {2025, 2026})
Moved(text='Budget 2027, fastställd 2025-11-20', left=('2025-11-20',))
>>> moved("UTF. 25", {2025, 2026}).text, moved("Plan 27–29", {2026, 2027, 2028, 2029}).text
('UTF. 26', 'Plan 28–30')
>>> moved("Bokslut dnr 2026:41", {2026}).text, moved("Per 26-08-31", {2026}).text
('Bokslut dnr 2026:41', 'Per 27-08-31')
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from finsam_xl.labels import normalise
from finsam_xl.periods import FIRST_YEAR, LAST_YEAR, MONTHS_PER_YEAR, day_of, days_in
from finsam_xl.reading.dates import Day, dated
from finsam_xl.reading.headings import heading_of
from finsam_xl.reading.title_says import is_document
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, Value
from finsam_xl.words.periods import MONTHS, TIMES, Time
from finsam_xl.words.scenarios import HEADINGS, STATED

_FIGURES = re.compile(r"\d+")
_FULL, _SHORT = 4, 2
_DATES = (6, 8)
_SIGNS = "-–—/"
_ENDS = {Time.UNTIL, Time.AND}
_QUOTED = ("'", "’")
_DAY = re.compile(r"(?<!\d)(\d\d?)\W*$")
_COUNTED = re.compile(r"\d\s*[:/.]\s*$")
_NUMBERED = re.compile(r"\s*[:/]\s*\d|\.\d")


class Moved(NamedTuple):
    """A text as it reads a year later, and the parts of it that look like years and stayed."""

    text: str
    left: tuple[str, ...] = ()


def moved(text: str, known: Collection[int], *, heads: bool = False) -> Moved:
    """The text a year later; ``known``: the years that are a table's own.

    ``heads``: it heads a column of the year's figures, also where they are of people.
    """
    is_other = not heads and is_document(text)
    days = dated(text)
    pieces: list[str] = []
    left: list[str] = []
    at, year_before = 0, -1
    for match in _FIGURES.finditer(text):
        day = next((d for d in days if d.start <= match.start() and match.end() <= d.end), None)
        found = _of_day(text, match, day) if day else _alone(text, match, year_before)
        if found is None:
            continue
        year, new, is_period = found
        if is_period and year in known and not is_other:
            pieces += (text[at : match.start()], new)
            at = match.end()
        elif year is not None and (day is not None or len(match[0]) == _FULL):
            left.append(text[day.start : day.end] if day else match[0])
        year_before = match.end() if year is not None else -1
    return Moved("".join((*pieces, text[at:])), tuple(left))


def moved_value(cell: Cell, known: Collection[int]) -> tuple[Value, tuple[str, ...]]:
    """What a cell that heads a column holds a year later, and what in it stayed."""
    value = cell.value
    if type(value) is str:
        return moved(value, known, heads=True)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value, ()
    if cell.dated:
        day = day_of(value)
        if day is None or day.year not in known:
            return value, ()
        return value + (_year_later(day) - day).days, ()
    return (value + 1 if value in known else value), ()


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


_Found = tuple[int | None, str, bool]
"""The year that figures say, what they say a year later, and whether they are of a period."""


def _of_day(text: str, match: re.Match[str], day: Day) -> _Found | None:
    """Of figures within a day or a month: the year in them, found by what reads as the next."""
    if day.year is None:
        return None
    new = _next(match[0])
    if new is None:
        return None
    there = dated(text[: match.start()] + new + text[match.end() :])
    wanted = day._replace(year=day.year + 1)
    if wanted not in there:
        return None
    is_edge = day.day is None or (
        (day.day == 1 or day.is_last) and heading_of((text,)).time.is_dated
    )
    return day.year, new, is_edge


def _next(figures: str) -> str | None:
    """Figures that may be a year, or begin with one, a year later."""
    if len(figures) in _DATES and figures.startswith("20"):
        return f"{int(figures[:4]) + 1}{figures[4:]}"
    if len(figures) in (_SHORT, _DATES[0]):
        return f"{(int(figures[:2]) + 1) % 100:02}{figures[2:]}"
    return str(int(figures) + 1) if len(figures) == _FULL else None


def _alone(text: str, match: re.Match[str], year_before: int) -> _Found | None:
    """Of figures that are no part of a day."""
    before, figures = text[: match.start()], match[0]
    follows = year_before >= 0 and _joins(text[year_before : match.start()])
    if len(figures) == _FULL and FIRST_YEAR <= int(figures) < LAST_YEAR - 1:
        is_other = _is_number(text, match) or _is_other_day(text, match)
        return int(figures), str(int(figures) + 1), follows or not is_other
    if len(figures) == _FULL:
        year, month = divmod(int(figures), 100)
        is_month = 1 <= month <= MONTHS_PER_YEAR and FIRST_YEAR + year in _years(text)
        return (FIRST_YEAR + year, str(int(figures) + 100), True) if is_month else None
    if len(figures) == _SHORT and (follows or _may_be_short(before)):
        is_year = FIRST_YEAR + int(figures) in _years(text)
        return (FIRST_YEAR + int(figures), _next(figures) or "", True) if is_year else None
    return None


def _joins(between: str) -> bool:
    """Whether what stands between two years makes them the ends of a time."""
    words = normalise(between.strip(" ‘’'"))
    is_sign = bool(words) and words in _SIGNS
    return is_sign or any(v.value in _ENDS and v.text == words for v in TIMES.votes(words))


def _years(text: str) -> set[int | None]:
    time = heading_of((text,)).time
    return {*time.years, *time.short, time.until}


def _is_number(text: str, match: re.Match[str]) -> bool:
    """Whether a year is part of a number of something else: dnr 2026:41, § 12/2026."""
    before, after = text[: match.start()], text[match.end() :]
    if _COUNTED.search(before) and not dated(before + match[0]):
        return True
    numbered = _NUMBERED.match(after)
    if numbered is not None and not _is_next(match[0], after):
        return True
    words = normalise(before)
    return any(v.value == Time.DATED and v.end == len(words) for v in TIMES.votes(words))


def _is_other_day(text: str, match: re.Match[str]) -> bool:
    """Whether a year is that of a day with a month in letters, which no period begins or ends on.

    "20 mars 2025", and "31 mars 2025" where a budget was decided on it.
    """
    words = normalise(text[: match.start()])
    month = next((v for v in TIMES.votes(words) if v.end == len(words) and v.value in MONTHS), None)
    day = _DAY.search(words[: month.start]) if month is not None else None
    if month is None or day is None:
        return False
    number, last = int(day[1]), days_in(int(match[0]), int(month.value))
    return number not in (1, last) or not heading_of((text,)).time.is_dated


def _is_next(figures: str, after: str) -> bool:
    """Whether the year after follows: 2025/26."""
    year = int(figures) + 1
    return re.match(rf"\s*/\s*(?:{year}|{year % 100:02})(?!\d)", after) is not None


def _may_be_short(before: str) -> bool:
    """Whether two figures after a text may be a year: after a month, "budget", or an apostrophe."""
    if before.endswith(_QUOTED):
        return True
    words = normalise(before).rstrip(" -")
    said = [vote for vote in HEADINGS.votes(words) if vote.value in STATED]
    said += [vote for vote in TIMES.votes(words) if vote.value in MONTHS]
    return any(vote.end == len(words) for vote in said)
