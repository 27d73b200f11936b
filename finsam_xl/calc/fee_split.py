"""How the municipalities of a table of fees split their part of the pot today.

They split it by their keys. Where there are no keys, or the book's fees are not by them, each
one's part is what its fee is of all their fees. The office's rounding is the one that gives its
fees: to whole units of the table or to the step they all are multiples of, by largest remainder or
each on its own. Where neither does, a key that is printed rounded may be the reason
(:func:`finsam_xl.calc.fees.misses_key`).

Source: as :mod:`finsam_xl.calc.fees`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.calc import fees as calc
from finsam_xl.calc.fees import Rounding
from finsam_xl.errors import InputError
from finsam_xl.model_budget import Amount, FeeParty, FeesTable, Known, Scope
from finsam_xl.money import step_of, whole_steps
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.records import NamedTuple
from finsam_xl.words.fee_columns import counts_people
from finsam_xl.words.parties import Party, are_municipalities, place_name
from finsam_xl.words.units import KRONOR

_Weights = Sequence[Known]


class Member(NamedTuple):
    """A party as it is: its key and fee, and ``weight``: what its part follows, in the key's unit.

    The state and the region have neither key nor weight.
    """

    name: str
    kind: Party
    fee: Fraction | None
    key: Fraction | None = None
    weight: Fraction = Fraction(0)
    party: FeeParty | None = None


class Split(NamedTuple):
    """How the municipalities split their ``part`` of the pot, and how their fees are rounded.

    ``whole``: what the keys add up to if they are shares, such as 100, else ``None``;
    ``follows_fees``: parts follow the fees of the book; ``is_stated``: the fees are the book's
    own, and not calculated; ``has_pot``: the pot is known, and is not what the fees add up to.
    """

    table: FeesTable
    rules: MembershipFeeRules
    members: tuple[Member, ...]
    others: tuple[Member, ...]
    part: Fraction
    step: Fraction
    rounding: Rounding
    whole: Fraction | None
    follows_fees: bool
    is_stated: bool
    has_pot: bool

    @property
    def has_keys(self) -> bool:
        """Whether the members have keys."""
        return all(member.key is not None for member in self.members)

    @property
    def counts_people(self) -> bool:
        """Whether the key is a count of people, so that a fee may be told for each."""
        return self.has_keys and self.whole is None and counts_people(self.table.key_header)

    def per_head(self, key: Amount, fee: Amount) -> Amount:
        """Kronor for each person of the key; ``None`` where the key counts none."""
        if not self.counts_people or not key or fee is None:
            return None
        return fee * KRONOR.get(self.table.unit, Fraction(1)) / key

    def rounded(self, weights: _Weights, part: Fraction) -> list[Fraction]:
        """What each pays of a part in the office's rounding."""
        return rounded(weights, part, self.step, self.rounding)

    @property
    def off_key(self) -> list[tuple[Member, Fraction]]:
        """Those whose fee in the book is not what the split gives, with what it gives."""
        given = self.rounded([member.weight for member in self.members], self.part)
        pairs = zip(self.members, given, strict=True)
        return [(member, fee) for member, fee in pairs if member.fee != fee]


def rounded(weights: _Weights, part: Fraction, step: Fraction, rounding: str) -> list[Fraction]:
    """The fees of a part by some weights, in steps.

    >>> rounded([2, 1], Fraction(1000), Fraction(100), "largest_remainder")
    [Fraction(700, 1), Fraction(300, 1)]
    """
    return [fee * step for fee in calc.whole_fees(weights, part / step, rounding)]


def nearest_step(amount: Known, step: Fraction) -> Fraction:
    """An amount in whole steps, half away from zero."""
    return whole_steps(amount / step, 1) * step


def split(table: FeesTable, rules: MembershipFeeRules) -> Split:
    """How they split their part; raises ``InputError`` where the table does not tell."""
    municipal = [party for party in table.parties if party.is_municipal]
    _check_parties(municipal)
    keys = _keys(municipal)
    stated = _stated(municipal, has_keys=bool(keys))
    has_pot = calc.part_of(table, Party.MUNICIPALITIES, rules) is not None
    table = table if has_pot else _own_pot(table, stated)
    part = calc.part_of(table, Party.MUNICIPALITIES, rules) or Fraction(0)
    if part <= 0:
        raise InputError("Potten är inte över 0.", remedy="Skriv in den pott som ska delas.")
    step, rounding, is_by_key = _rounding(keys, stated, part)
    weights = keys if is_by_key else _by_fees(keys, stated)
    given = stated or rounded(weights, part, step, rounding)
    members = tuple(
        Member(party.name, party.kind, fee, party.key if keys else None, Fraction(weight), party)
        for party, fee, weight in zip(municipal, given, weights, strict=True)
    )
    return Split(
        table,
        rules,
        members,
        _others(table, rules, step),
        part,
        step,
        rounding,
        _whole(table, keys),
        follows_fees=not is_by_key,
        is_stated=bool(stated),
        has_pot=has_pot,
    )


def _check_parties(municipal: Sequence[FeeParty]) -> None:
    together = [party for party in municipal if are_municipalities(party.name)]
    if not municipal or together:
        raise InputError(
            "Tabellen har kommunerna på en rad." if together else "Tabellen har inga kommuner.",
            where=str(together[0].ref) if together else "",
            remedy="Skriv in dem var för sig, med sina nycklar.",
        )
    seen: set[str] = set()
    for party in municipal:
        name = place_name(party.name)
        if name in seen:
            raise InputError(
                f"{party.name} står två gånger.",
                where=str(party.ref),
                remedy="Ta bort den ena raden.",
            )
        seen.add(name)


def _keys(municipal: Sequence[FeeParty]) -> list[Fraction]:
    """The keys of all, none where nobody has any."""
    if not any(party.key for party in municipal):
        return []
    keys = []
    for party in municipal:
        if party.key is None or party.key < 0:
            wrong = "är negativ" if party.key is not None else "saknas"
            raise InputError(
                f"Nyckeln för {party.name} {wrong}.",
                where=str(party.ref),
                remedy="Skriv ett tal, eller 0 för den som inte betalar.",
            )
        keys.append(party.key)
    return keys


def _stated(municipal: Sequence[FeeParty], *, has_keys: bool) -> list[Fraction]:
    """The fees that the book has for all, none where it has for nobody and keys tell."""
    missing = [party for party in municipal if party.stated is None]
    is_blank = len(missing) == len(municipal) and not any(p.is_unknown for p in municipal)
    if is_blank and has_keys:
        return []
    for party in municipal:
        if party.stated is None or party.stated < 0:
            wrong = "saknas" if party.stated is None else "är negativ"
            raise InputError(
                f"Avgiften för {party.name} {wrong}.",
                where=str(party.fee_place),
                remedy="Räkna om boken, eller skriv avgiften. Den som inte är med ännu ska inte "
                "stå i tabellen.",
            )
    return [party.stated for party in municipal if party.stated is not None]


def _own_pot(table: FeesTable, stated: Sequence[Fraction]) -> FeesTable:
    """The table with what its fees add up to for a pot."""
    if not stated:
        unknown = "är inte känd" if table.pool is None else "kan vara allas eller kommunernas"
        raise InputError(
            f"Potten {unknown}, så det finns inget att dela.",
            remedy="Skriv in potten vid tabellen, till exempel ”Kommunernas del, kr”.",
        )
    pool = sum(stated, Fraction(0))
    return table._replace(pool=pool, scope=Scope.MUNICIPALITIES)


def _rounding(
    keys: _Weights, stated: Sequence[Fraction], part: Fraction
) -> tuple[Fraction, Rounding, bool]:
    """The step and rounding that give the book's fees, and whether they are by the keys."""
    unit = Fraction(1)
    if not stated:
        return unit, Rounding.LARGEST_REMAINDER, True
    own = step_of(stated)
    for step in dict.fromkeys((unit, own)) if keys else ():
        for rounding in Rounding:
            if rounded(keys, part, step, rounding) == stated:
                return step, rounding, True
    step = min(unit, own)
    is_by_key = bool(keys) and not any(calc.misses_key(stated, keys, part, calc.key_step(keys)))
    return step, Rounding.LARGEST_REMAINDER, is_by_key


def _by_fees(keys: _Weights, stated: Sequence[Fraction]) -> list[Fraction]:
    """What each one's part is by its fee, in the unit of the keys where there are any."""
    if not any(stated):
        raise InputError("Alla avgifter är 0.", remedy="Skriv nycklar eller avgifter.")
    if not any(keys):
        return list(stated)
    return [share * sum(keys) for share in calc.shares_from_amounts(stated)]


def _whole(table: FeesTable, keys: _Weights) -> Fraction | None:
    are_people = counts_people(table.key_header) and all(key.denominator == 1 for key in keys)
    of_all = any(not party.is_municipal for party in table.parties)
    return None if are_people else calc.whole_of_shares(keys, of_all=of_all)


def _others(table: FeesTable, rules: MembershipFeeRules, step: Fraction) -> tuple[Member, ...]:
    """The state and the region, each with its stated fee or the rules' where it stands alone."""
    others = [party for party in table.parties if not party.is_municipal]
    found = []
    for party in others:
        fee, alone = party.stated, [one.kind for one in others].count(party.kind) == 1
        exact = calc.part_of(table, party.kind, rules) if alone else None
        if fee is None and exact is not None and not party.is_unknown:
            fee = nearest_step(exact, step)
        found.append(Member(party.name, party.kind, fee, party=party))
    return tuple(found)
