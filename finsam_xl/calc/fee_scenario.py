"""What happens to the fees if a municipality joins or leaves, or the pot or a key changes.

The municipalities go on splitting their part as they do today (:mod:`finsam_xl.calc.fee_split`),
among those who then are members (:mod:`finsam_xl.calc.fee_changes`), and the rounding stays the
office's. How much more or less rounded fees are than the municipalities' part is told
(:attr:`Sums.rounding`): nothing by largest remainder, where that part is whole steps.

Source: as :mod:`finsam_xl.calc.fees`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from finsam_xl.calc import fees as calc
from finsam_xl.calc.fee_changes import Members, Pot, Scenario, with_pot
from finsam_xl.calc.fee_split import Member, Split, nearest_step
from finsam_xl.errors import InputError
from finsam_xl.model_budget import Amount, FeesTable
from finsam_xl.records import NamedTuple
from finsam_xl.words.parties import Party

_NONE = Fraction(0)


class Standing(NamedTuple):
    """A member's key and fee; ``None`` for one that is not known, or that it has not."""

    key: Amount
    fee: Amount


class Effect(NamedTuple):
    """One party as it is and in each year; ``None`` where it is no member."""

    name: str
    kind: Party
    before: Standing | None
    after: tuple[Standing | None, ...]

    def change(self, year: int = -1) -> Amount:
        """By how much more it pays, in the last year unless said."""
        old, new = _fee(self.before), _fee(self.after[year])
        return None if old is None or new is None else new - old

    def percent(self, year: int = -1) -> Amount:
        """The same in per cent of what it pays today; not of one that comes or goes."""
        change, old = self.change(year), _fee(self.before)
        return 100 * Fraction(change) / old if self.stays and change is not None and old else None

    @property
    def stays(self) -> bool:
        """Whether it is a member both before and after."""
        return self.before is not None and self.after[-1] is not None


def _fee(standing: Standing | None) -> Amount:
    return _NONE if standing is None else standing.fee


class Sums(NamedTuple):
    """Of a year: the pot, what the municipalities are to pay together, and what they pay."""

    pot: Amount
    part: Fraction
    paid: Fraction

    @property
    def rounding(self) -> Fraction:
        """How much more (+) or less (−) the fees are than the municipalities' part."""
        return self.paid - self.part


class Result(NamedTuple):
    """What comes of a scenario: an effect for each party, and the sums as they are and by year.

    ``scenario``: with the names that the table has.
    """

    scenario: Scenario
    effects: tuple[Effect, ...]
    before: Sums
    years: tuple[Sums, ...]

    @property
    def municipal(self) -> list[Effect]:
        """The effects on municipalities, those who join last."""
        return [effect for effect in self.effects if effect.kind is Party.MUNICIPALITIES]

    @property
    def staying(self) -> list[Effect]:
        """The municipalities that are members both before and after."""
        return [effect for effect in self.municipal if effect.stays]


def outcome(split: Split, scenario: Scenario) -> Result:
    """What a scenario does to the parties; raises ``InputError`` for one that cannot be."""
    if scenario.years < 1:
        raise InputError("Infasningen har inget år.", remedy="Skriv 1 för full avgift på en gång.")
    table = with_pot(split.table, scenario.pot)
    part = calc.part_of(table, Party.MUNICIPALITIES, split.rules) or _NONE
    members = Members(split, scenario)
    fees = []
    for phase in scenario.phases:
        weights = members.weights(phase)
        paid = split.rounded([*weights.values()], part)
        fees.append(dict(zip(weights, paid, strict=True)))
    now = {one.name: Standing(one.key, one.fee) for one in split.members}
    municipal = [
        Effect(name, Party.MUNICIPALITIES, now.get(name), tuple(
            Standing(members.keys[name], year[name]) if name in year else None for year in fees
        ))
        for name in members.names
    ]  # fmt: skip
    others = [_other(split, member, table, scenario.years) for member in split.others]
    return Result(
        members.scenario,
        (*others, *municipal),
        Sums(split.table.pool, split.part, _sum(one.fee for one in split.members)),
        tuple(Sums(table.pool, part, _sum(year.values())) for year in fees),
    )


def _other(split: Split, member: Member, table: FeesTable, years: int) -> Effect:
    """The state or the region: what the rules give of another pot, else as it is."""
    now = Standing(None, member.fee)
    old = split.table.pool
    if table.pool == old or not old:
        return Effect(member.name, member.kind, now, (now,) * years)
    alone = [other.kind for other in split.others].count(member.kind) == 1
    exact = calc.part_of(table, member.kind, split.rules) if alone else None
    if not alone and member.fee is not None:
        exact = member.fee * (table.pool or 0) / old
    fee = None if exact is None else nearest_step(exact, split.step)
    return Effect(member.name, member.kind, now, (Standing(None, fee),) * years)


def _sum(fees: Iterable[Amount]) -> Fraction:
    return sum((Fraction(fee) for fee in fees if fee is not None), _NONE)


class Leaving(NamedTuple):
    """What it does to the others that one member leaves: in all, and to whom it does most."""

    name: str
    result: Result

    @property
    def more(self) -> Fraction:
        """How much more the others pay together."""
        return _sum(effect.change() for effect in self.result.staying)

    @property
    def most(self) -> Effect | None:
        """Who of the others gets the largest rise; ``None`` where nobody is left."""
        return max(self.result.staying, key=lambda one: one.change() or _NONE, default=None)


def leaving(split: Split) -> list[Leaving]:
    """What it does that each member leaves, one at a time; nothing where only one is there."""
    if len(split.members) == 1:
        return []
    found = []
    for member in split.members:
        if sum((one.weight for one in split.members if one != member), _NONE):
            result = outcome(split, Scenario(leaves=(member.name,)))
            found.append(Leaving(member.name, result))
    return found


def one_percent_more(split: Split) -> Result:
    """What a pot that is one per cent larger does."""
    pool = split.table.pool or _NONE
    return outcome(split, Scenario(pot=Pot(pool + pool / 100)))
