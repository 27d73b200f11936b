"""How fees have changed since the year before: by the table of that year, or a column beside.

Two tables in different units are held against each other in the coarser one: what was rounded to
tkr has no kronor to differ by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from finsam_xl.model_budget import Amount, FeeParty, FeesTable
from finsam_xl.money import round_half_away
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import decimals
from finsam_xl.words.axis import plain
from finsam_xl.words.parties import Party, place_name
from finsam_xl.words.units import KRONOR, converted

_Who = tuple[str, str]
"""By what a party is known again: its kind and its name in plain words."""


class Change(NamedTuple):
    """By how much fees are more than the year before, and by how many per cent."""

    amount: Amount = None
    percent: Amount = None


class Changes:
    """The changes of the fees of a table since ``year``, in ``unit``.

    ``before``: what each paid then, ``None`` where nobody knows.
    """

    def __init__(
        self, table: FeesTable, year: int, unit: str, before: Mapping[_Who, tuple[str, Amount]]
    ) -> None:
        self.year = year
        self.unit = unit
        self._table = table
        self._before = before
        self._who = dict(zip(table.parties, _known_by(table.parties), strict=True))

    def of(self, party: FeeParty, fee: Amount) -> Change:
        """The change of one party's fee."""
        _, before = self._before.get(self._who[party], ("", None))
        return self._change([fee], [before])

    def together(self, fees: Iterable[Amount], *kinds: Party) -> Change:
        """The change of what all of some kinds pay, those who have come or gone counted."""
        before = [fee for (kind, _), (_, fee) in self._before.items() if kind in kinds]
        there = {kind for kind, _ in self._before}
        return self._change(list(fees), before) if there >= set(kinds) else Change()

    def _change(self, fees: Sequence[Amount], before: Sequence[Amount]) -> Change:
        later = [fee for fee in fees if fee is not None]
        earlier = [fee for fee in before if fee is not None]
        if not fees or len(later) < len(fees) or not before or len(earlier) < len(before):
            return Change()
        then = Fraction(sum(earlier))
        amount = printed(sum(later), self._table.unit, self.unit) - then
        return Change(amount, 100 * amount / then if then > 0 else None)

    @property
    def come(self) -> list[str]:
        """The municipalities that did not pay the year before."""
        return [
            p.name for p, who in self._who.items() if p.is_municipal and who not in self._before
        ]

    @property
    def gone(self) -> list[str]:
        """The municipalities that paid the year before, and are not there any more."""
        there = set(self._who.values())
        return [
            name
            for (kind, place), (name, _) in self._before.items()
            if kind == Party.MUNICIPALITIES and (kind, place) not in there
        ]


def _known_by(parties: Sequence[FeeParty]) -> list[_Who]:
    """A municipality by its place, the only one of another kind by that, others by their names."""
    kinds = Counter(party.kind for party in parties)
    return [
        (
            party.kind,
            place_name(party.name)
            if party.is_municipal
            else ("" if kinds[party.kind] == 1 else plain(party.name)),
        )
        for party in parties
    ]


def printed(amount: int | Fraction, unit: str, to: str) -> Fraction:
    """An amount as it is printed in a unit."""
    return Fraction(round_half_away(converted(amount, unit, to), decimals(to)))


def changes(table: FeesTable, others: Iterable[FeesTable]) -> Changes | None:
    """What a year's fees are held against; ``None`` where it cannot be told.

    ``others``: the tables of the book. Of two tables of the year before none is chosen.
    """
    if table.year is None or _has_doubles(table):
        return None
    beside = {
        who: (party.name, party.before)
        for party, who in zip(table.parties, _known_by(table.parties), strict=True)
        if party.before is not None
    }
    if beside:
        return Changes(table, table.year - 1, table.unit, beside)
    earlier = [other for other in others if other.year == table.year - 1]
    if len(earlier) != 1 or _has_doubles(earlier[0]):
        return None
    (other,) = earlier
    unit = max(table.unit, other.unit, key=lambda unit: KRONOR.get(unit, Fraction(0)))
    before = {
        who: (
            party.name,
            None if party.stated is None else printed(party.stated, other.unit, unit),
        )
        for party, who in zip(other.parties, _known_by(other.parties), strict=True)
    }
    return Changes(table, table.year - 1, unit, before)


def _has_doubles(table: FeesTable) -> bool:
    """Whether two parties go by one name."""
    return len(set(_known_by(table.parties))) < len(table.parties)
