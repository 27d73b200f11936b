"""Which columns count those who answered yes and those who answered, in total and by sex.

Headings vote; what is counted is never more than what it is counted of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from finsam_xl.records import NamedTuple
from finsam_xl.words.measures import Measure
from finsam_xl.words.people import Sex, sex_in_heading
from finsam_xl.words.scenarios import says_per_cent

WHOSE = {None: "total", Sex.WOMEN: "women", Sex.MEN: "men"}
"""What the fields of a column begin with, by whose counts they are."""


class Counts(NamedTuple):
    """A column of counts: its number, headings, what they say, and its figures."""

    number: int
    headings: tuple[str, ...]
    said: frozenset[Measure]
    amounts: tuple[Fraction | None, ...]

    @property
    def sex(self) -> Sex | None:
        """Whose counts they are; ``None`` for all."""
        return sex_in_heading(" ".join(self.headings))

    @property
    def is_voted(self) -> bool:
        """Whether its heading says that it counts."""
        return self.sex is not None or bool(self.said & {Measure.COUNT, Measure.BASE})

    @property
    def may_count(self) -> bool:
        """Whether its figures are numbers of people or answers."""
        return all(a is None or (a >= 0 and a.denominator == 1) for a in self.amounts)

    @property
    def is_rival(self) -> bool:
        """Whether it says that it is an outcome and holds no numbers of people: a mean, a share.

        Then a column of numbers beside it is of another unit, or of how many answered.
        """
        says_so = Measure.COUNT in self.said and Measure.BASE not in self.said
        return says_so and not self.may_count and not self.may_be_shares

    @property
    def may_be_shares(self) -> bool:
        """Whether its heading says that its figures are per cent."""
        is_above = all(a is None or a >= 0 for a in self.amounts)
        return is_above and says_per_cent(" ".join(self.headings))


def pair_up(known: Mapping[str, Counts], open_: Sequence[Counts]) -> dict[str, int]:
    """The columns of numbers and bases that are not known by name, by field."""
    found: dict[str, int] = {}
    for whose, name in WHOSE.items():
        number, base = known.get(f"{name}_number"), known.get(f"{name}_base")
        own = [c for c in open_ if c.sex is whose and c.may_count and c.is_voted]
        if any(c.sex is whose and c.is_rival for c in open_):
            continue
        parts = _parts(number, base, own)
        if not own and number is None and base is None:
            # Shares are not counted: they stand alone, and their heading says per cent.
            shares = [c for c in open_ if c.sex is whose and c.is_voted and c.may_be_shares]
            parts = {"number": shares[0]} if len(shares) == 1 else {}
        for field, column in parts.items():
            found[f"{name}_{field}"] = column.number
    return found


def _parts(number: Counts | None, base: Counts | None, own: Sequence[Counts]) -> dict[str, Counts]:
    """Number and base among some columns of the same people."""
    if number is not None and base is not None:
        return {}
    if number is not None:
        bases = [c for c in own if _may_be_of(number, c)]
        return {"base": bases[0]} if len(bases) == 1 else {}
    if base is not None:
        numbers = [c for c in own if _may_be_of(c, base)]
        return {"number": numbers[0]} if len(numbers) == 1 else {}
    if len(own) == 1 and own[0].said != {Measure.BASE}:
        return {"number": own[0]}
    return _two(*own) if len(own) == 2 else {}


def _two(first: Counts, second: Counts) -> dict[str, Counts]:
    """Which of two columns is counted of the other: by the figures, else by the words."""
    forth, back = _may_be_of(first, second), _may_be_of(second, first)
    if forth and back:
        says_base = (
            Measure.BASE in c.said and Measure.COUNT not in c.said for c in (first, second)
        )
        forth = not next(says_base) or next(says_base)
    if forth:
        return {"number": first, "base": second}
    return {"number": second, "base": first} if back else {}


def _may_be_of(number: Counts, base: Counts) -> bool:
    """Whether one is at most the other on all rows, or on all but a single one of many."""
    pairs = [
        (n, b)
        for n, b in zip(number.amounts, base.amounts, strict=True)
        if n is not None and b is not None
    ]
    over = sum(n > b for n, b in pairs)
    return over == 0 or (over == 1 and len(pairs) > 3)
