"""What the heading over one column says: its figures, their version and unit, and when.

Every cell of the heading votes, the lowest first. A word that is not known costs a little; a
heading of two scenarios is read by its head ("Avvikelse mot budget" is a deviation).

>>> said = heading_of(("Antagen budget 2031",))
>>> said.sense, said.version, said.time.years
('budget', 'decided', (2031,))
>>> heading_of(("Utfall i % av budget",)).sense, heading_of(("Budget minus utfall",)).named
('percent', ('budget', 'outcome'))
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from finsam_xl.labels import normalise
from finsam_xl.reading.pieces import Piece
from finsam_xl.reading.times import Said, time_of
from finsam_xl.records import NamedTuple
from finsam_xl.words import totals
from finsam_xl.words.axis import NOTHING
from finsam_xl.words.periods import TIMES, Time
from finsam_xl.words.scenarios import HEADINGS, STATED, Scenario
from finsam_xl.words.units import unit
from finsam_xl.words.unlike import is_other_unit
from finsam_xl.words.versions import VERSIONS, version
from finsam_xl.words.votes import Vote

_CLOCK = re.compile(r"(?<=\d):(?=\d)")
_RATE = re.compile(r"(?<!\d)\d{1,3}(?:[.,]\d+)?\s?%(?=\S|\s\S|$)")
"""A rate in a heading ("moms 25 %") is not what its figures are in."""
_LONGEST = 1_000
"""Characters of a heading that are read: of a whole page nobody heads a column with the rest."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTER = re.compile(r"(?<!\w)[^\W\d_](?!\w)")
_SHORT = re.compile(r"(?<!\w)[^\W\d_]{1,2}(?!\w)")
_BEGINNINGS = {Time.WHOLE_OF, Time.PART_OF}
_PER_CENT = "%"
COMPARED = frozenset({"deviation", "remaining", "change", "percent", "used"})
"""The senses of figures that are calculated from two columns."""
_COST, _LARGEST_COST = 0.02, 0.06
"""What a word that is not known takes from what is known, and what several do together."""
_PAIRED = 2
_OF_NO_AMOUNTS = 0.9
_VERSION_ALONE = 0.75


class Heading(NamedTuple):
    """What a heading says.

    ``sense``: a scenario, 'remaining', 'change', 'used', 'key', 'code', 'supplement', 'rate',
    'share', 'sum', or '' for none; ``weight``: how surely; ``named``: the scenarios that a
    comparison names, in order; ``compares``: it speaks of a deviation; ``neutral``: words for
    amounts; ``unknown``: words nobody knows; ``text``: as it stands there.
    """

    text: str = ""
    sense: str = ""
    weight: float = 0.0
    named: tuple[str, ...] = ()
    version: str = ""
    unit: str = ""
    time: Said = Said()
    is_sum: bool = False
    neutral: tuple[str, ...] = ()
    compares: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that stand alone in it: they tell "Alternativ A" from "Alternativ B"."""
        return tuple(_LETTER.findall(normalise(self.text)))

    @property
    def is_bare(self) -> bool:
        """Whether it says no more than a time, a unit or that it is an amount."""
        return not self.sense and not self.unknown and not self.is_sum


def read_heading(pieces: Sequence[Piece]) -> Heading:
    """What the cells over a column say together."""
    return heading_of(tuple(_joined(pieces)))


def _joined(pieces: Sequence[Piece]) -> list[str]:
    """The texts from the top: cells of the column's own that follow each other are one text."""
    found: list[str] = []
    spanned = True
    for piece in pieces:
        if found and piece.text == found[-1]:
            # A heading merged over several rows is said once.
            continue
        if found and not (spanned or piece.spans):
            found[-1] = f"{found[-1]}\n{piece.text}"
        else:
            found.append(piece.text)
        spanned = piece.spans
    return found


@lru_cache(maxsize=4096)
def heading_of(texts: tuple[str, ...]) -> Heading:
    """What texts say, the outermost first."""
    read = [_part(text[:_LONGEST]) for text in texts if text.strip()]
    if not read:
        return Heading()
    said = read[-1]
    for outer in reversed(read[:-1]):
        said = _within(outer, said)
    if said.version and not (said.sense or said.is_sum or said.time.last):
        # "Beslutad", "Reviderad" or "Kansliets förslag" is of a budget.
        said = said._replace(sense=Scenario.BUDGET.value, weight=_VERSION_ALONE)
    return said._replace(text=" ".join(" ".join(texts).split()))


def _part(text: str) -> Heading:
    """What one text says."""
    words = normalise(_CLOCK.sub("-", _RATE.sub("", text).replace("--", "-")))
    time = time_of(words)
    votes = _without_letters(HEADINGS.votes(time.rest))
    sense, weight = _sense(votes, time.rest)
    found = version(words)
    told = found.value if found else ""
    if time.is_dated and not time.to_date and _is_documents(words, sense, told):
        # The day of the decision, and not of the figures.
        time = time._replace(years=time.plain, first=None, last=None, unit="", is_dated=False)
    if sense == "key":
        # A number of people is of a day and an age; the table's figures need not be.
        time = time._replace(short=())
        if time.until is not None:
            time = time._replace(years=(), until=None)
    if time.stamp and sense in STATED and not time.years and time.last is None:
        # "Utfall 2608": behind a word of amounts it is no account.
        year, month = time.stamp
        time = time._replace(years=(year,), plain=(year,), first=month, last=month, unit="month")
    unknown = _unknown(time.rest, words, votes)
    is_sum = totals.is_sum(time.rest) or totals.is_everyone(time.rest)
    if is_sum and sense == Scenario.CODE:
        # "Alla kostnadsställen" are amounts.
        sense, weight = "", 0.0
    spelt = [vote for vote in votes if not vote.is_misspelt]
    if not _sense(spelt, time.rest)[0] and is_other_unit(text):
        # "Plats" is a word of its own, and not "plans" with a letter wrong.
        sense, weight = Scenario.RATE.value, _OF_NO_AMOUNTS
    return Heading(
        text=text,
        sense=sense,
        weight=max(0.0, weight - min(_LARGEST_COST, _COST * len(unknown))),
        named=tuple(dict.fromkeys(v.value for v in votes if v.value in STATED)),
        version=told,
        unit=_PER_CENT if _PER_CENT in words else unit(words) or "",
        time=time,
        is_sum=is_sum,
        neutral=tuple(vote.text for vote in votes if vote.value == Scenario.NEUTRAL),
        compares=any(vote.value == Scenario.DEVIATION for vote in votes),
        unknown=unknown,
    )


def _without_letters(found: Sequence[Vote]) -> list[Vote]:
    """Without single letters where there are words: "Utfall 2025 (B)" is no budget."""
    votes = [vote for vote in found if vote.value != NOTHING]
    words = [vote for vote in votes if len(vote.text) > 1 or not vote.text.isalpha()]
    return words if any(vote.value in STATED or vote.value in COMPARED for vote in words) else votes


def _is_documents(words: str, sense: str, told: str) -> bool:
    """Whether a day in a heading is that of a decision or a print."""
    if sense not in ("", Scenario.BUDGET, Scenario.PLAN, "supplement"):
        return False
    return (
        bool(told)
        or sense == "supplement"
        or any(vote.value == Time.DATED for vote in TIMES.votes(words))
    )


def _sense(votes: list[Vote], text: str) -> tuple[str, float]:
    """What the words of one text come to: comparisons before what they compare."""
    weights: dict[str, float] = {}
    for vote in votes:
        weights[vote.value] = max(weights.get(vote.value, 0.0), vote.weight)
    compared = _comparison(votes, weights, text)
    if compared is not None:
        return compared
    for sense in (Scenario.SUPPLEMENT, Scenario.SHARE, Scenario.KEY, Scenario.RATE):
        if sense in weights:
            return sense.value, weights[sense]
    stated = {value: weights[value] for value in STATED if value in weights}
    if stated:
        best = max(stated, key=lambda value: stated[value])
        return best.value, stated[best] - (0.1 if len(stated) > 1 else 0.0)
    if Scenario.CODE in weights:
        return Scenario.CODE.value, weights[Scenario.CODE]
    return "", 0.0


def _comparison(
    votes: list[Vote], weights: dict[str, float], text: str
) -> tuple[str, float] | None:
    """What a heading that compares columns comes to; ``None`` for one that does not."""
    is_share = Scenario.PERCENT in weights
    for sense in (Scenario.DEVIATION, Scenario.CHANGE, Scenario.REMAINING):
        if sense in weights:
            percent = Scenario.PERCENT if is_share else sense
            return percent.value, weights[sense]
    if Scenario.USED in weights:
        return (Scenario.PERCENT if is_share else Scenario.USED).value, weights[Scenario.USED]
    stated = [vote for vote in votes if vote.value in STATED]
    if Scenario.OF in weights and stated and (is_share or Scenario.SHARE in weights):
        return Scenario.PERCENT.value, 0.95
    if is_share and not {Scenario.SHARE, Scenario.KEY} & weights.keys():
        return Scenario.PERCENT.value, weights[Scenario.PERCENT]
    if len({vote.value for vote in stated}) >= _PAIRED:
        first, second = stated[0], stated[1]
        if Scenario.MINUS in weights or text[first.end : second.start].strip() == "-":
            return Scenario.DEVIATION.value, 0.95
        if Scenario.AGAINST in weights:
            return Scenario.DEVIATION.value, 0.85
    return None


def unknown_words(rest: str, words: str, votes: Iterable[Vote]) -> list[str]:
    """The words that neither a vote, a version, a unit nor a time accounts for."""
    known = {word for vote in votes for word in _WORD.findall(vote.text)}
    known |= {w for vote in VERSIONS.votes(words) for w in _WORD.findall(vote.text)}
    times = (vote for vote in TIMES.votes(words) if vote.value not in _BEGINNINGS)
    known |= {word for vote in times for word in _WORD.findall(vote.text)}
    return [word for word in _WORD.findall(rest) if word not in known and unit(word) is None]


def _unknown(rest: str, words: str, votes: list[Vote]) -> tuple[str, ...]:
    left = unknown_words(rest, words, votes)
    # Letters that stand alone ("P 25", "Pr -25") mean something, and nobody knows what.
    return tuple(left) or (() if votes else _letters_of_none(rest))


def _letters_of_none(rest: str) -> tuple[str, ...]:
    """One or two letters that no unit accounts for."""
    return tuple(letters for letters in _SHORT.findall(rest) if unit(letters) is None)


def _within(outer: Heading, inner: Heading) -> Heading:
    """What a heading says under one that spans it: its own first, what is missing from above."""
    sense, weight = inner.sense, inner.weight
    if not sense or (inner.sense in STATED and _asks_for_more(outer)):
        sense, weight = outer.sense, outer.weight
    elif inner.sense in ("percent", "share") and outer.sense in COMPARED and not inner.named:
        sense, weight = "percent", inner.weight
    return inner._replace(
        sense=sense,
        weight=weight,
        named=tuple(dict.fromkeys((*inner.named, *outer.named))),
        version=inner.version or outer.version,
        unit=inner.unit or outer.unit,
        time=_time_within(outer.time, inner.time),
        is_sum=inner.is_sum or outer.is_sum,
        neutral=(*outer.neutral, *inner.neutral),
        compares=inner.compares or outer.compares,
        unknown=(*outer.unknown, *inner.unknown),
    )


def _asks_for_more(outer: Heading) -> bool:
    """Whether a spanning heading is a comparison of what stands below it."""
    return outer.sense in COMPARED


def _time_within(outer: Said, inner: Said) -> Said:
    """The inner time; what it leaves open is filled from the outer."""
    found = inner
    if not (inner.years or inner.short) or inner.is_silent:
        found = found._replace(
            years=inner.years or outer.years,
            short=inner.short or outer.short,
            until=inner.until if inner.years else outer.until,
        )
    if inner.last is None and not inner.whole:
        found = found._replace(
            first=outer.first, last=outer.last, unit=outer.unit, is_dated=outer.is_dated
        )
    return found._replace(
        to_date=inner.to_date or outer.to_date,
        whole=inner.whole or (outer.whole and inner.last is None),
        part=inner.part or outer.part,
        one_month=inner.one_month or (outer.one_month and inner.last is None),
        shift=inner.shift if inner.shift is not None else outer.shift,
    )
