"""What a heading says of time: years, a part of the year, and whether figures are those so far.

>>> time = time_of("utfall jan-aug 2024")
>>> time.years, time.first, time.last, time.rest
((2024,), 1, 8, 'utfall')
>>> time_of("budg 25").short, time_of("befolkning 16-64 år 2024-12-31").years
((2025,), (2024,))
>>> time_of("utfall t.o.m. t2").to_date, time_of("prognos helår").whole
(True, True)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from finsam_xl.periods import FIRST_YEAR, LAST_YEAR, MONTHS_PER_YEAR
from finsam_xl.reading.dates import dated
from finsam_xl.records import NamedTuple
from finsam_xl.words.periods import MONTHS, TIMES, Time
from finsam_xl.words.scenarios import ENDS

_NUMBER = re.compile(r"(?<!\d)\d{1,9}(?!\d)")
_SIGN = re.compile(r"[-/+&–]")
_JOINED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_ORDINAL = re.compile(r"(?<=\d) [aeo](?!\w)")
_LENGTHS = {Time.TERTIAL: 4, Time.QUARTER: 3, Time.HALF: 6}
_NTH = {Time.FIRST: 1, Time.SECOND: 2, Time.THIRD: 3, Time.FOURTH: 4}
_BETWEEN = {Time.UNTIL, Time.AND, "-", "/", "&", "+", "to_date"}
_SILENT = {Time.AGE}
_DAY, _NUMBERED = "day", "number"
_FIRST_SHORT, _LAST_SHORT = 21, 40
"""Years of two figures that may stand before a month: before them are years of four."""


class Said(NamedTuple):
    """What a heading, or a piece of it, says of time.

    ``years``: those it names; ``plain``: those that are no part of a day; ``short``: figures
    that may be years; ``until``: the last year of a span; ``first`` and ``last``: months, of a
    ``unit`` of time; ``one_month``: of a month that is not named; ``shift``: years from now
    ("föregående år" is -1); ``opens``: New Year's Day; ``stamp``: a year and month of four figures,
    which may be an account; ``rest``: the words that are left.
    """

    years: tuple[int, ...] = ()
    plain: tuple[int, ...] = ()
    short: tuple[int, ...] = ()
    until: int | None = None
    first: int | None = None
    last: int | None = None
    unit: str = ""
    to_date: bool = False
    whole: bool = False
    part: bool = False
    one_month: bool = False
    shift: int | None = None
    is_dated: bool = False
    opens: bool = False
    number: int | None = None
    stamp: tuple[int, int] | None = None
    rest: str = ""

    @property
    def year(self) -> int | None:
        """The one year it names."""
        return self.years[0] if len(self.years) == 1 and self.until is None else None

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing of when."""
        return not (self.years or self.last or self.whole or self.part or self.shift)


class Token(NamedTuple):
    """A part of a text that has to do with time: what it is, its value, and where it stands."""

    kind: str
    value: int
    start: int
    end: int
    year: int | None = None
    day: int | None = None


@lru_cache(maxsize=4096)
def time_of(text: str) -> Said:
    """What a text in plain words says of time."""
    text = _ORDINAL.sub("  ", _JOINED.sub(" ", text))
    tokens = _tokens(text)
    return _Reading(text, tokens).said()


def _tokens(text: str) -> list[Token]:
    """Days first, then what is so far, then words of time, numbers and signs."""
    left = text
    found: list[Token] = []
    found += (Token(_DAY, d.month, d.start, d.end, d.year, d.day) for d in dated(text))
    left = _blanked(left, found)
    so_far = [Token("to_date", 0, vote.start, vote.end) for vote in ENDS.votes(left)]
    # "jan till aug" and "jan t.o.m. aug" say the same.
    found += so_far
    left = _blanked(left, found)
    for vote in TIMES.votes(left):
        is_month = vote.value in MONTHS
        kind = "month" if is_month else vote.value
        found.append(Token(kind, int(vote.value) if is_month else 0, vote.start, vote.end))
    left = _blanked(left, [token for token in found if token.kind not in _COMPOUNDS])
    for match in _NUMBER.finditer(left):
        found.append(Token(_NUMBERED, int(match.group()), *match.span()))
    found += (Token(match.group(), 0, *match.span()) for match in _SIGN.finditer(left))
    return sorted(found, key=lambda token: (token.start, token.kind in _COMPOUNDS))


_COMPOUNDS = {Time.WHOLE_OF, Time.PART_OF}


def _blanked(text: str, tokens: Sequence[Token]) -> str:
    for token in tokens:
        text = text[: token.start] + " " * (token.end - token.start) + text[token.end :]
    return text


class _Span(NamedTuple):
    """Months from first to last of a unit, with the year told beside them."""

    unit: str
    first: int
    last: int
    year: int | None = None
    begins: int | None = None
    """The month of the day it is told by: where it begins, if another day is its end."""


class _Reading:
    """One pass over the tokens of a text."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.at = 0
        self.used: list[Token] = []
        self.years: list[int] = []
        self.short: list[int] = []
        self.until: int | None = None
        self.spans: list[_Span] = []
        self.flags: set[str] = set()
        self.shift: int | None = None
        self.number: int | None = None
        self.stamp: tuple[int, int] | None = None

    def said(self) -> Said:
        """All that is said, and what is left of the text."""
        while self.at < len(self.tokens):
            self._step()
        span = self.spans[0] if self.spans else None
        years = tuple(dict.fromkeys([*self.years, *(s.year for s in self.spans if s.year)]))
        opens = span is not None and span.unit == "opening"
        if opens and years:
            years = tuple(year - 1 for year in years)
        return Said(
            years=years,
            plain=tuple(dict.fromkeys(self.years)),
            short=tuple(dict.fromkeys(self.short)),
            until=self.until,
            first=None if span is None or opens else span.first,
            last=None if span is None or opens else span.last,
            unit=span.unit if span else "",
            to_date="to_date" in self.flags,
            whole=bool({Time.WHOLE, Time.WHOLE_OF} & self.flags),
            part=bool({Time.PART, Time.PART_OF} & self.flags),
            one_month=Time.MONTHS in self.flags,
            shift=self.shift,
            is_dated=any(span.begins is not None for span in self.spans),
            opens=opens,
            number=self.number,
            stamp=self.stamp,
            rest=" ".join(_blanked(self.text, self.used).split()),
        )

    def _peek(self, ahead: int = 0) -> Token | None:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def _take(self, count: int = 1) -> None:
        self.used += self.tokens[self.at : self.at + count]
        self.at += count

    def _step(self) -> None:
        token = self.tokens[self.at]
        if self._is_age():
            return
        span = self._span()
        if span is not None:
            self._extended(span)
        elif token.kind == _NUMBERED:
            self._figure(token)
        elif token.kind in (Time.BEFORE, Time.AFTER):
            self.shift = -1 if token.kind == Time.BEFORE else 1
            self._take()
        elif token.kind in _COMPOUNDS:
            self.flags.add(token.kind)
            self.at += 1
        elif token.kind in (Time.WHOLE, Time.PART, Time.MONTHS, "to_date"):
            self.flags.add(token.kind)
            self._take()
        elif token.kind in _SILENT:
            self._take()
        elif token.kind == Time.UNTIL and not self.spans and self.at + 1 < len(self.tokens):
            self.flags.add("to_date")
            self._take()
        else:
            self.at += 1

    def _is_age(self) -> bool:
        """Figures that are years of age, with or without the age they begin with."""
        kinds = [one.kind if (one := self._peek(ahead)) else "" for ahead in range(4)]
        for length, wanted in ((4, (_NUMBERED, "-", _NUMBERED, Time.AGE)), (2, _ONE_AGE)):
            if tuple(kinds[:length]) == wanted and self.tokens[self.at].value < 100:
                self._take(length)
                return True
        return False

    def _span(self) -> _Span | None:
        """A part of the year that begins here, taken."""
        token, after = self.tokens[self.at], self._peek(1)
        if token.kind == _DAY:
            self._take()
            return _of_day(token.year, token.value, token.day)
        if token.kind == "month":
            self._take()
            return _Span("month", token.value, token.value, self._year_here())
        if token.kind in _LENGTHS and after and after.kind == _NUMBERED:
            span = _nth(token.kind, after.value)
            self._take(2 if span else 0)
            return span
        if token.kind in _NTH and after and after.kind in _LENGTHS:
            span = _nth(after.kind, _NTH[Time(token.kind)])
            self._take(2 if span else 0)
            return span
        return self._numbered(token, after)

    def _numbered(self, token: Token, after: Token | None) -> _Span | None:
        """31 augusti, 8 månader, 1 kvartalet."""
        if token.kind != _NUMBERED or after is None:
            return None
        if after.kind == "month" and 1 <= token.value <= 31:
            self._take(2)
            return _of_day(self._year_here(), after.value, token.value)
        if after.kind == Time.MONTHS and 1 <= token.value <= MONTHS_PER_YEAR:
            self._take(2)
            return _Span("count", 1, token.value)
        if after.kind in _LENGTHS and not self._is_followed():
            span = _nth(after.kind, token.value)
            self._take(2 if span else 0)
            return span
        return None

    def _is_followed(self) -> bool:
        """Whether the word of time after a number has a number of its own."""
        beyond = self._peek(2)
        return beyond is not None and beyond.kind == _NUMBERED and beyond.value < 5

    def _year_here(self) -> int | None:
        """A year right after a month: 2024, 24, -24, '24."""
        sign, token = self._peek(), self._peek()
        ahead = 1
        if sign and sign.kind == "-":
            token, ahead = self._peek(1), 2
        if token is None or token.kind != _NUMBERED:
            return None
        written = token.end - token.start
        year = token.value if written == 4 else FIRST_YEAR + token.value
        if written not in (2, 4) or not FIRST_YEAR <= year < LAST_YEAR or self._is_counted(ahead):
            return None
        self._take(ahead)
        return year

    def _is_counted(self, ahead: int) -> bool:
        """Whether a number belongs to the word after it: "jan-8 mån", "1 januari - 31 augusti"."""
        after = self._peek(ahead)
        return after is not None and after.kind in ("month", Time.MONTHS)

    def _extended(self, span: _Span) -> None:
        """A part, and if another end follows, all between."""
        between = self._peek()
        if between is not None and between.kind in _BETWEEN:
            mark = self.at, len(self.used)
            self._take()
            end = self._end(span)
            if end is not None:
                self.spans.append(_between(span, end))
                self.years += [year for year in (span.year, end.year) if year]
                return
            self.at, self.used = mark[0], self.used[: mark[1]]
        self.spans.append(span)

    def _end(self, span: _Span) -> _Span | None:
        """The other end of a part: of the same unit, of which only the number may be told."""
        token = self._peek()
        if token is None:
            return None
        if token.kind == _NUMBERED and span.unit in _LENGTHS and token.value < 5:
            self._take()
            return _nth(span.unit, token.value)
        return self._span()

    def _figure(self, token: Token) -> None:
        """A number that no word counts: a year, two of them, or only a number."""
        written = token.end - token.start
        year = token.value if written == 4 else FIRST_YEAR + token.value
        if written not in (2, 4) or not FIRST_YEAR <= year < LAST_YEAR:
            self._other_figure(token, written)
            return
        last = self._last_year(year)
        self._take()
        if last is not None:
            self._take(2)
            self.until = last
            self.years += [year, last]
        elif written == 4:
            self.years.append(year)
        else:
            self.short.append(year)

    def _other_figure(self, token: Token, written: int) -> None:
        """No year: the year and month of what is so far (2608), or only a number."""
        year, month = divmod(token.value, 100)
        so_far = any(one.kind == "to_date" for one in self.tokens)
        is_month = written == 4 and 1 <= month <= MONTHS_PER_YEAR
        # An account ("3010 Avgifter") stands first, and a month ("Utfall 2608") last.
        is_last = bool(self.text[: token.start].strip()) and not self.text[token.end :].strip()
        if is_month and is_last and _FIRST_SHORT <= year < _LAST_SHORT:
            self.stamp = FIRST_YEAR + year, month
        if is_month and so_far:
            self.spans.append(_Span("month", month, month, FIRST_YEAR + year))
            self._take()
            return
        self.number = token.value if written == 1 else self.number
        self.at += 1

    def _last_year(self, year: int) -> int | None:
        """The last year of a span that begins here: 2023-2025, 2023/24, 25-27."""
        sign, end = self._peek(1), self._peek(2)
        if sign is None or end is None or sign.kind not in _BETWEEN or end.kind != _NUMBERED:
            return None
        written = end.end - end.start
        last = end.value if written == 4 else FIRST_YEAR + end.value
        return last if written in (2, 4) and year < last < LAST_YEAR else None


_ONE_AGE = (_NUMBERED, Time.AGE)


def _nth(kind: str, number: int) -> _Span | None:
    """The first to fourth part of a year of a length."""
    length = _LENGTHS[Time(kind)]
    if not 1 <= number <= MONTHS_PER_YEAR // length:
        return None
    return _Span(kind, length * (number - 1) + 1, length * number)


def _of_day(year: int | None, month: int, day: int | None) -> _Span:
    """Up to a day; a first day closes what was before it."""
    if day is None:
        return _Span("month", month, month, year)
    if day > 1:
        return _Span("date", 1, month, year, month)
    return _Span("date" if month > 1 else "opening", 1, max(month - 1, 1), year, month)


def _between(one: _Span, other: _Span) -> _Span:
    """From the first month of one part to the last of another."""
    first = one.begins or one.first
    year = other.year or one.year
    if other.last < first:
        return other._replace(year=year)
    unit = "range" if one.unit != other.unit or one.unit != "count" else one.unit
    return _Span(unit, first, other.last, year, other.begins)
