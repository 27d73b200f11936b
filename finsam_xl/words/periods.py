"""What words say of time in headings: months, parts of a year, and how they are put together.

>>> [(vote.value, vote.text) for vote in TIMES.votes("januari till augusti")]
[('1', 'januari'), ('until', 'till'), ('8', 'augusti')]
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.votes import Votes


@unique
class Time(StrEnum):
    """What a word says of time; a month is said by its number."""

    JANUARY = "1"
    FEBRUARY = "2"
    MARCH = "3"
    APRIL = "4"
    MAY = "5"
    JUNE = "6"
    JULY = "7"
    AUGUST = "8"
    SEPTEMBER = "9"
    OCTOBER = "10"
    NOVEMBER = "11"
    DECEMBER = "12"
    TERTIAL = "tertial"
    QUARTER = "quarter"
    HALF = "half"
    MONTHS = "months"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    WHOLE = "whole"
    WHOLE_OF = "whole_of"
    PART = "part"
    PART_OF = "part_of"
    BEFORE = "before"
    AFTER = "after"
    PER = "per"
    UNTIL = "until"
    AND = "and"
    AGE = "age"
    FILLER = "filler"
    DATED = "dated"


MONTHS = frozenset(time for time in Time if time.value.isdecimal())
TIMES = Votes("period", frozenset(Time))
"""Where a heading speaks of time."""
