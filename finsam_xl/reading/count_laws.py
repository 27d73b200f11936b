"""Which columns follow from which, as the laws of a kind of table say they should."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from finsam_xl.reading.count_content import Held, Laid
from finsam_xl.reading.count_kinds import Follows, Kind, Law
from finsam_xl.reading.relations import FEWEST, Figures
from finsam_xl.records import NamedTuple
from finsam_xl.words.count_columns import WHOLE

_WHOLES = (1, 100)
_MOST_OFF = 5
_STRONG = 1
"""What a law weighs that what headings say cannot weigh up."""
_SEVERAL = 5
_MOST_FIGURES = 2_000_000
"""Figures to go through for one law; beyond that only columns whose headings say so are tried."""
_TELLING = 30
"""Of so many people nearly any share is of whole ones."""
Columns = tuple[int, ...]
"""The places of columns among some, in the order of a law's fields."""


class Given(NamedTuple):
    """What is known of a table's columns so far.

    ``laid``: those with figures; ``votes``: how surely a column's heading, by its number, names
    a field; ``fields``: the numbers of columns that are known.
    """

    kind: Kind
    laid: Laid
    votes: Mapping[tuple[int, str], float]
    fields: Mapping[str, int]

    @property
    def columns(self) -> Sequence[Held]:
        """The columns that have figures."""
        return self.laid.columns


class Tried(NamedTuple):
    """Some columns, by their places, that may follow from each other."""

    laid: Laid
    at: Columns

    @property
    def figures(self) -> Figures:
        """The figures of all columns."""
        return self.laid.figures

    @property
    def held(self) -> tuple[Held, ...]:
        """The columns, in the order of the law's fields."""
        return tuple(self.laid.columns[place] for place in self.at)


def lawful(law: Law, given: Given) -> Mapping[str, int]:
    """The columns that keep a law, those their headings speak for; nothing where none do.

    Where several keep it and nothing tells which are meant, only what they have in common.
    """
    found = list(_kept(law, given))
    if not found:
        return {}
    votes = [_votes(law, one, given) for one in found]
    meant = [one for one, weight in zip(found, votes, strict=True) if weight == max(votes)]
    numbers = [[given.columns[place].number for place in one] for one in meant]
    return {
        field: numbers[0][at]
        for at, field in enumerate(law.fields)
        if all(one[at] == numbers[0][at] for one in numbers)
    }


def _votes(law: Law, at: Columns, given: Given) -> float:
    """What headings say for it, less what they say of the same columns for other fields."""
    total = 0.0
    for field, place in zip(law.fields, at, strict=True):
        number = given.columns[place].number
        total += given.votes.get((number, field), 0)
        others = [w for (n, name), w in given.votes.items() if n == number and name != field]
        total -= max(others, default=0) / 2
    return total


def _kept(law: Law, given: Given) -> Iterator[Columns]:
    if law.how is Follows.PROPORTION and law.fields[1] not in given.fields:
        return  # any two that are a quotient of the same are in proportion
    totals = _TOTALS.get(law.how, (None,) * len(law.fields))
    fits = [
        [
            at
            for at, column in enumerate(given.columns)
            if (total is None or column.adds_up is total)
            and _fits(given, name, at)
            and not (law.weight < _STRONG and _is_named(given, name, at))
        ]
        for name, total in zip(law.fields, totals, strict=True)
    ]
    if prod(map(len, fits)) * _rows(given) > _MOST_FIGURES:
        fits = [
            [at for at in places if _is_spoken_of(given, name, at)]
            for name, places in zip(law.fields, fits, strict=True)
        ]
    for at in product(*fits):
        if len(set(at)) == len(at) and _HOLDS[law.how](Tried(given.laid, at)):
            yield at


def _fits(given: Given, name: str, at: int) -> bool:
    """Whether a column may be of a field: it is known to be, or holds such and is nothing else."""
    column = given.columns[at]
    if name in given.fields:
        return given.fields[name] == column.number
    is_free = column.number not in given.fields.values()
    return is_free and column.surely_holds(given.kind.field(name).holds)


def _rows(given: Given) -> int:
    return len(given.columns[0].amounts) if given.columns else 0


def _is_spoken_of(given: Given, name: str, at: int) -> bool:
    """Whether a column is known to be of a field, or its heading says it may be."""
    number = given.columns[at].number
    return name in given.fields or (number, name) in given.votes


def _is_named(given: Given, name: str, at: int) -> bool:
    """Whether a column's heading as a whole names another field."""
    number = given.columns[at].number
    named = {field for (n, field), weight in given.votes.items() if n == number and weight == WHOLE}
    return bool(named) and name not in named


def _is_sum(tried: Tried) -> bool:
    whole, one, other = tried.at
    found = tried.figures.difference(one, whole, other)
    return found is not None and found.of[0][0] == whole


def _is_quotient(tried: Tried) -> bool:
    return tried.figures.is_quotient(*tried.at)


def _are_at_most(tried: Tried) -> bool:
    """Whether one column never is above the other."""
    low, high = tried.held
    pairs = [
        (a, b)
        for a, b in zip(low.amounts, high.amounts, strict=True)
        if a is not None and b is not None
    ]
    is_below = all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)
    return len(pairs) >= FEWEST and is_below


def _is_part_of(tried: Tried) -> bool:
    """Whether shares of a count are whole numbers, as chance would have few be."""
    share, base = tried.held
    held = off = 0
    for part, whole in zip(share.amounts, base.amounts, strict=True):
        if part is None or not whole or whole >= _TELLING:
            continue
        exact = part * whole / 100
        is_whole = abs(exact - round(exact)) <= Fraction(whole, 100)
        held, off = held + is_whole, off + (not is_whole)
    return held >= _SEVERAL and off * _MOST_OFF <= held + off


def _is_round_whole(tried: Tried) -> bool:
    """Shares of a whole that someone has chosen: all in steps of five per cent."""
    amounts = tried.held[0].known
    step = Fraction(5) if any(amount > 1 for amount in amounts) else Fraction(5, 100)
    return not any(amount % step for amount in amounts) and _is_whole(tried)


def _is_proportional(tried: Tried) -> bool:
    return tried.figures.is_proportional(*tried.at)


def _is_whole(tried: Tried) -> bool:
    return tried.figures.is_share(tried.at[0])


def _is_share_of_sum(tried: Tried) -> bool:
    """Whether each row is the share it shows of the next row that shows the whole."""
    share, base = (column.amounts for column in tried.held)
    held = off = 0
    whole: tuple[Fraction, Fraction] | None = None
    for part, amount in reversed(list(zip(share, base, strict=True))):
        if part is None or amount is None:
            continue
        if part.denominator == 1 and part.numerator in _WHOLES and amount:
            whole = amount, part
            continue
        if whole is None or not whole[0]:
            continue
        exact = amount * whole[1] / whole[0]
        is_near = abs(part - exact) <= whole[1] / 100
        held, off = held + is_near, off + (not is_near)
    return held >= FEWEST and off * _MOST_OFF <= held + off


def _are_parts_of_one(tried: Tried) -> bool:
    """Whether shares are wholes, or make one together with those of the same name."""
    known = tried.held[0].known
    return bool(known) and min(known) > 0 and max(known) in _WHOLES


_TOTALS: Mapping[Follows, tuple[bool | None, ...]] = {
    Follows.QUOTIENT_OF_SUMS: (False, True, True),
    Follows.AT_MOST: (True, True),
}
"""Which columns of a law have a total below: without them it may as well be turned round."""
_HOLDS: Mapping[Follows, Callable[[Tried], bool]] = {
    Follows.SUM: _is_sum,
    Follows.QUOTIENT: _is_quotient,
    Follows.QUOTIENT_OF_SUMS: _is_quotient,
    Follows.AT_MOST: _are_at_most,
    Follows.PART_OF: _is_part_of,
    Follows.ROUND_WHOLE: _is_round_whole,
    Follows.PROPORTION: _is_proportional,
    Follows.ONE_WHOLE: _is_whole,
    Follows.SHARE_OF_SUM: _is_share_of_sum,
    Follows.PARTS_OF_ONE: _are_parts_of_one,
}
