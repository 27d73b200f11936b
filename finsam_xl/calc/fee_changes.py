"""Who shares the municipalities' part after a change, and by what weights.

A key that is a share is one of all who are members afterwards: those who were there before split
what is left in the same proportions. Of one that is phased in only a part of the key counts in each
year, as it is agreed; no rule says how.

>>> [str(part) for part in Scenario(years=3).phases]
['1/3', '2/3', '1']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.calc.fee_split import Member, Split
from finsam_xl.errors import InputError
from finsam_xl.model_budget import Amount, FeesTable
from finsam_xl.money import as_written, swedish
from finsam_xl.records import NamedTuple
from finsam_xl.words.parties import place_name
from finsam_xl.words.units import KRONOR, converted

_NONE = Fraction(0)


class Keyed(NamedTuple):
    """A municipality and its key; ``is_percent``: it is a share in per cent."""

    name: str
    key: Fraction
    is_percent: bool = False


class Pot(NamedTuple):
    """A pot; ``unit``: one of ``Unit``, '' for the table's own."""

    amount: Fraction
    unit: str = ""


class Scenario(NamedTuple):
    """What changes: who joins and leaves, whose key is another, the pot.

    ``years``: in how many years those who join are phased in, 1 for at once.
    """

    joins: tuple[Keyed, ...] = ()
    leaves: tuple[str, ...] = ()
    keys: tuple[Keyed, ...] = ()
    pot: Pot | None = None
    years: int = 1

    @property
    def phases(self) -> list[Fraction]:
        """How much of a newcomer's key counts, year by year."""
        return [Fraction(year, self.years) for year in range(1, self.years + 1)]


class _Weighed(NamedTuple):
    """A key as it is shown, and what the part follows: a weight among keys, or a share of one."""

    key: Amount
    weight: Fraction = _NONE
    share: Fraction = _NONE


def with_pot(table: FeesTable, pot: Pot | None) -> FeesTable:
    """The table with another pot, in its own unit."""
    if pot is None:
        return table
    if pot.amount <= 0:
        raise InputError(
            f"Potten {as_written(pot.amount)} går inte att dela.",
            remedy="Skriv ett belopp över 0.",
        )
    if pot.unit and (pot.unit not in KRONOR or table.unit not in KRONOR):
        raise InputError(
            f"Potten är i {pot.unit}, tabellen i {table.unit or 'okänd enhet'}.",
            remedy="Skriv potten i tabellens enhet.",
        )
    return table._replace(pool=converted(pot.amount, pot.unit, table.unit))


class Members:
    """Those who share the part after a scenario: ``names`` in the table's order, new ones last.

    Raises ``InputError`` for a scenario that cannot be.
    """

    def __init__(self, split: Split, scenario: Scenario) -> None:
        self._split = split
        self._scenario = scenario
        self._known = {place_name(member.name): member for member in split.members}
        self._gone = {self._member(name).name for name in _once(scenario.leaves, "lämnar")}
        changed = _once([one.name for one in scenario.keys], "får ny nyckel")
        self._new = {self._member(name).name: one
                     for name, one in zip(changed, scenario.keys, strict=True)}  # fmt: skip
        self._check_changes()
        self._stay = {
            member.name: self._staying(member)
            for member in split.members
            if member.name not in self._gone
        }
        self._come = self._joining()
        joined = [name for name in self._come if place_name(name) not in self._known]
        self.names = [*(member.name for member in split.members), *joined]
        """All who are members before or after."""

    @property
    def scenario(self) -> Scenario:
        """The scenario with the names that the table has."""
        asked = self._scenario
        known = {key: member.name for key, member in self._known.items()}
        return asked._replace(
            joins=tuple(
                one._replace(name=known.get(place_name(one.name), one.name)) for one in asked.joins
            ),
            leaves=tuple(self._member(name).name for name in asked.leaves),
            keys=tuple(one._replace(name=name) for name, one in self._new.items()),
        )

    @cached_property
    def keys(self) -> Mapping[str, Amount]:
        """The keys of those who are members afterwards, of newcomers the whole of it.

        Shares are those of all members then.
        """
        whole = self._split.whole
        if whole is not None and not self._split.follows_fees:
            weights = self.weights(Fraction(1))
            total = sum(weights.values(), _NONE)
            return {name: whole * weight / total for name, weight in weights.items()}
        return {name: one.key for name, one in (self._stay | self._come).items()}

    def weights(self, phase: Fraction) -> dict[str, Fraction]:
        """What each one's part follows where ``phase`` of a newcomer's key counts."""
        every = {name: one.weight for name, one in self._stay.items()}
        every |= {name: phase * one.weight for name, one in self._come.items()}
        known = sum(every.values(), _NONE)
        shares = {name: phase * one.share for name, one in self._come.items()}
        left = 1 - sum(shares.values(), _NONE)
        every |= {name: known * share / left for name, share in shares.items() if share}
        return {name: every[name] for name in self.names if name in every}

    # Those who are there -----------------------------------------------------------------------

    def _member(self, name: str) -> Member:
        member = self._known.get(place_name(name))
        if member is None:
            names = ", ".join(one.name for one in self._split.members)
            raise InputError(f"{name} är inte med i tabellen.", remedy=f"Med är: {names}.")
        return member

    def _check_changes(self) -> None:
        both = [name for name in self._new if name in self._gone]
        if both:
            raise InputError(
                f"{both[0]} kan inte både lämna och få ny nyckel.", remedy="Välj det ena."
            )
        if len(self._gone) == len(self._split.members) and not self._scenario.joins:
            raise InputError(
                "Alla kommuner lämnar, så ingen är kvar att betala.",
                remedy="Låt minst en vara kvar.",
            )
        missing = [
            member.name
            for member in self._split.members
            if member.name not in self._gone and member.name not in self._new
        ]
        if self._new and not self._split.has_keys and missing:
            raise InputError(
                f"Tabellen har ingen nyckel, så en ny behövs för alla; {missing[0]} saknar.",
                remedy="Skriv nyckeln för var och en som är med.",
            )
        if self._new and self._split.whole is not None:
            self._check_whole(self._split.whole)

    def _staying(self, member: Member) -> _Weighed:
        new = self._new.get(member.name)
        if new is None:
            return _Weighed(member.key, member.weight)
        key = self._in_table(new)
        if self._split.follows_fees and member.key:
            # Its fee is not by its key, so what it pays grows as the key does.
            return _Weighed(key, member.weight * key / member.key)
        return _Weighed(key, key)

    def _in_table(self, one: Keyed) -> Fraction:
        """A new key in the unit of the table's."""
        if one.key < 0:
            raise InputError(
                f"Nyckeln för {one.name} är negativ ({as_written(one.key)}).",
                remedy="Skriv 0 eller ett positivt tal.",
            )
        if not one.is_percent:
            return one.key
        if self._split.whole is None:
            raise InputError(
                f"Nyckeln för {one.name} är i procent, men tabellens är det inte.",
                remedy="Skriv den i samma enhet som tabellens nycklar.",
            )
        return one.key if self._split.whole > 1 else one.key / 100

    def _check_whole(self, whole: Fraction) -> None:
        """That keys which are shares still add up: before anybody moves, or after all have."""
        keys = {
            member.name: self._in_table(self._new[member.name])
            if member.name in self._new
            else member.key or _NONE
            for member in self._split.members
        }
        together = sum(keys.values(), _NONE)
        then = together - sum((keys[name] for name in self._gone), _NONE)
        then += sum((self._in_table(one) for one in self._scenario.joins), _NONE)
        if min(abs(together - whole), abs(then - whole)) > whole / 100:
            percent = swedish(100 * then / whole, 1, "%")
            raise InputError(
                f"De nya nycklarna ger tillsammans {percent} av det som ska delas.",
                remedy="Skriv nya nycklar även för de andra, så att de går jämnt upp.",
            )

    # Those who come ----------------------------------------------------------------------------

    def _joining(self) -> dict[str, _Weighed]:
        _once([one.name for one in self._scenario.joins], "går med")
        come = {}
        for one in self._scenario.joins:
            member = self._known.get(place_name(one.name))
            name = one.name if member is None else member.name
            if name in self._stay:
                raise InputError(
                    f"{name} är redan med.",
                    remedy="Ge den en ny nyckel i stället, eller låt den lämna först.",
                )
            come[name] = self._newcomer(one)
        taken = sum((one.share for one in come.values()), _NONE)
        if taken >= 1 or (taken and not any(one.weight for one in self._stay.values())):
            raise InputError(
                f"De som går med får {swedish(100 * taken, 1, '%')}, så inget är kvar för andra.",
                remedy="Skriv deras delar av hela nyckeln.",
            )
        return come

    def _newcomer(self, one: Keyed) -> _Weighed:
        whole = self._split.whole
        if whole is not None:
            key = self._in_table(one)
            return _Weighed(key, share=key / whole)
        if one.is_percent and one.key >= 0:
            return _Weighed(None, share=one.key / 100)
        key = self._in_table(one)
        if not self._split.has_keys and not self._new:
            raise InputError(
                f"Tabellen har ingen nyckel, så {as_written(key)} för {one.name} säger inget.",
                remedy=f"Skriv dess del i procent, till exempel ”{one.name}=5 %”.",
            )
        return _Weighed(key, weight=key)


def _once(names: Sequence[str], does: str) -> Sequence[str]:
    """Names that each stand once."""
    seen: set[str] = set()
    for name in names:
        if place_name(name) in seen:
            raise InputError(f"{name} {does} två gånger.", remedy="Skriv namnet en gång.")
        seen.add(place_name(name))
    return names
