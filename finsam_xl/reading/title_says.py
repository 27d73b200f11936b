"""What the titles above a table, and the sheet's name, say of all its columns.

>>> said = title_of(("tkr", "Ekonomisk uppföljning tertial 2 2026"), "Blad1")
>>> said.year, said.last, said.is_closed
(2026, 8, True)
>>> title_of(("Fastställd av styrelsen 2025-11-20", "Budget 2026"), "").year
2026
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.labels import normalise
from finsam_xl.reading.headings import Heading, heading_of
from finsam_xl.reading.times import Said
from finsam_xl.records import NamedTuple
from finsam_xl.words import kinds
from finsam_xl.words.periods import TIMES, Time
from finsam_xl.words.scenarios import HEADINGS, STATED, Scenario


class Title(NamedTuple):
    """What stands above: the one year, the last month of a part of it, and the figures.

    ``named``: the one scenario that a title names; ``is_closed``: of what has been;
    ``years``: every year named, spans filled; ``is_key``: the nearest
    that says anything is of people, such as those that fees are split by.
    """

    year: int | None = None
    first: int | None = None
    last: int | None = None
    named: str = ""
    is_closed: bool = False
    years: frozenset[int] = frozenset()
    is_key: bool = False


def title_of(titles: Sequence[str], sheet_name: str) -> Title:
    """What titles, the nearest first, and then the sheet's name say."""
    texts = [*titles, sheet_name]
    read = [heading_of((text,)) for text in texts]
    spoken = [
        (heading, heading.time)
        for heading, text in zip(read, texts, strict=True)
        if text and not is_document(text, heading)
    ]
    years = [time.year for _, time in spoken if time.year is not None]
    year = years[0] if years else None
    part = next((time for _, time in spoken if _is_part(time, year)), Said())
    named = [heading.named[0] for heading, _ in spoken if len(heading.named) == 1]
    votes = {vote.value for text in texts for vote in HEADINGS.votes(normalise(text))}
    return Title(
        year=year,
        first=part.first,
        last=part.last,
        named=next((name for name in named if name in STATED), ""),
        is_closed=any(map(kinds.is_closed, texts)) or Scenario.REPORTED in votes,
        years=frozenset(year for _, time in spoken for year in _all_years(time)),
        is_key=next((h.sense == "key" for h in read if h.sense), False),
    )


def is_document(text: str, heading: Heading | None = None) -> bool:
    """Whether a line is of the document or of a population, and not of the figures' time."""
    heading = heading or heading_of((text,))
    if heading.sense == "key":
        return True
    words = normalise(text)
    is_dated = any(v.value == Time.DATED and not v.is_misspelt for v in TIMES.votes(words))
    return is_dated and not heading.named


def _is_part(time: Said, year: int | None) -> bool:
    """Whether a title is of a part of the year."""
    own = time.year in (None, year)
    return own and time.last is not None and not time.opens


def _all_years(time: Said) -> range | tuple[int, ...]:
    if time.until is not None:
        return range(min(time.years), time.until + 1)
    return (*time.years, *time.short)
