"""Member fees: the parties' parts of the pool, and the municipalities' parts of their quarter.

The state pays one half, the region one quarter and the municipalities together one
quarter. How the municipalities split theirs is agreed between them: by population
16–64, a percentage or a fixed amount, so the key is whatever their sheet holds.
Amounts keep the unit of the pool (kr or tkr) and fees are whole units of it.

Two roundings, by name. ``largest_remainder``: the parts sum exactly to the quarter,
itself rounded if it is not whole units. ``half_up``: each part is rounded on its own,
half away from zero, as the documents do, so that their sum may miss;
:func:`rounding_gap` says by how much.
Source: Finsamlagen (2003:1210) 5 §; Samordningsförbundet Umeåregionen, plan 2020–2022
and årsredovisning 2021, not 2.

>>> quarter(11450)
Fraction(5725, 2)
>>> key_2021 = [Decimal(k) for k in ("82.93", "5.13", "3.98", "3.74", "2.93", "1.29")]
>>> printed = fees(key_2021, 2845000, "half_up")
>>> [int(share.fee) for share in printed]
[2359359, 145949, 113231, 106403, 83359, 36701]
>>> rounding_gap(printed, 2845000)
Fraction(2, 1)
>>> rounding_gap(fees(key_2021, 2845000, "largest_remainder"), 2845000)
Fraction(0, 1)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.model_budget import FeesTable, Known, Scope
from finsam_xl.money import Exact, Terms, as_written, ratio, round_half_away
from finsam_xl.periods import TERTIALS
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.records import NamedTuple
from finsam_xl.words.parties import Party


class Rounding(StrEnum):
    """How fees become whole units."""

    LARGEST_REMAINDER = "largest_remainder"
    HALF_UP = "half_up"


class FeeShare(NamedTuple):
    """One municipality's part: of the whole as a part of one, exact, and as the fee to pay."""

    share: Fraction
    exact: Fraction
    fee: Decimal


def quarter(pool: Exact) -> Fraction:
    """A fourth part of the pool, unrounded: half of the half that the state does not pay."""
    return Fraction(pool) / 2 / 2


def financing(pool: Exact, party: str, rules: MembershipFeeRules) -> Fraction:
    """A party's part of the pool, unrounded; ``party`` is one of :class:`Party`."""
    return ratio(*percent_terms(pool, percent_of(party, rules)))


def percent_terms(pool: Exact, percent: Exact) -> Terms:
    """A part in per cent of the pool as two whole numbers, not shortened."""
    (top, by), (pot, of) = percent.as_integer_ratio(), pool.as_integer_ratio()
    return top * pot, 100 * by * of


def percent_of(party: str, rules: MembershipFeeRules) -> Fraction:
    """How many per cent a party pays."""
    percent = {
        Party.STATE: rules.state,
        Party.REGION: rules.region,
        Party.MUNICIPALITIES: rules.municipalities,
    }
    if party not in percent:
        names = ", ".join(percent)
        raise InputError(f"Parten ”{party}” är okänd.", remedy=f"Välj: {names}.")
    return percent[Party(party)]


def part_of(table: FeesTable, party: str, rules: MembershipFeeRules) -> Fraction | None:
    """What the rules give a party in a table of fees, unrounded.

    ``None`` where there is no pool, or where nobody knows whose the pool is.
    """
    if table.pool is None or table.scope is Scope.UNKNOWN:
        return None
    part = financing(table.pool, party, rules)
    if table.scope is Scope.EVERYONE:
        return part
    return part * 100 / Fraction(rules.municipalities)


def fees(
    keys: Sequence[Exact | None],
    quarter: Exact,
    rounding: str = Rounding.LARGEST_REMAINDER,
) -> list[FeeShare]:
    """The fees of the municipalities, in the order of their keys.

    ``keys``: population, percentages or amounts, 0 for one that pays nothing; ``quarter``
    in the unit the fees get. Equal remainders are served in the order given. A missing
    or negative key, and keys that are all 0, raise ``InputError``.
    """
    shares = _shares(keys, "Nyckel")
    amounts = [share * Fraction(quarter) for share in shares]
    whole = map(Decimal, whole_fees(keys, quarter, rounding))
    return [FeeShare(*part) for part in zip(shares, amounts, whole, strict=True)]


def whole_fees(
    keys: Sequence[Exact | None],
    quarter: Exact,
    rounding: str = Rounding.LARGEST_REMAINDER,
) -> list[int]:
    """The fees to pay alone, of very many keys too: nothing but whole numbers is calculated with.

    >>> whole_fees([50, 30, 20], 99)
    [49, 30, 20]
    """
    if rounding not in set(Rounding):
        names = ", ".join(Rounding)
        raise InputError(f"Avrundningen ”{rounding}” är okänd.", remedy=f"Välj: {names}.")
    parts = _parts(keys, "Nyckel")
    top, bottom = quarter.as_integer_ratio()
    total = bottom * sum(parts)
    if rounding == Rounding.HALF_UP:
        sign = -1 if top < 0 else 1
        return [sign * ((2 * part * abs(top) + total) // (2 * total)) for part in parts]
    amounts = [part * top for part in parts]
    fees = [amount // total for amount in amounts]
    rests = [amount % total for amount in amounts]
    order = sorted(range(len(parts)), key=rests.__getitem__, reverse=True)
    for place in order[: int(round_half_away(quarter)) - sum(fees)]:
        fees[place] += 1
    return fees


def shares_from_amounts(amounts: Sequence[Exact | None]) -> list[Fraction]:
    """The key behind fees whose key is not printed: each one's part of their sum, of one.

    >>> shares_from_amounts([326, 79, 71, 154, 179, 66, 63])[0]
    Fraction(163, 469)
    """
    return _shares(amounts, "Belopp")


def rounding_gap(fees: Iterable[FeeShare | Exact], quarter: Exact) -> Fraction:
    """By how much fees, calculated or printed, sum to more (+) or less (−) than the quarter."""
    amounts = [Fraction(fee.fee if isinstance(fee, FeeShare) else fee) for fee in fees]
    return sum(amounts, Fraction(0)) - Fraction(quarter)


def whole_of_shares(keys: Sequence[Exact], *, of_all: bool) -> Fraction | None:
    """What keys add up to, but for their rounding, if they are shares: 1 or 100, else ``None``.

    ``of_all``: the state and the region stand beside, so that they may be of the whole pool, and
    a fourth of that.

    >>> whole_of_shares([Fraction("82.9"), 17], of_all=False), whole_of_shares([3, 4], of_all=True)
    (Fraction(100, 1), None)
    """
    wholes = [Fraction(1), Fraction(100)]
    wholes += [quarter(whole) for whole in wholes] if of_all else []
    if not keys or max(keys) > 100:
        return None
    total = sum((Fraction(key) for key in keys), Fraction(0))
    return next((whole for whole in wholes if abs(total - whole) <= whole / 100), None)


def key_step(keys: Sequence[Exact]) -> Fraction:
    """To what printed keys are rounded: percentages to half a hundredth, people not at all."""
    return Fraction(1, 2 * 100) if keys and max(keys) <= 100 else Fraction(0)


def misses_key(
    stated: Sequence[Known], keys: Sequence[Known], quarter: Fraction, key_step: Fraction
) -> list[bool]:
    """Whether each fee is another than its key gives, by more than rounded keys and fees explain.

    ``key_step``: what the keys are rounded to, 0 for counts of people.
    """
    # Printed keys are rounded, and so is what they were rounded from.
    count, total = sum(map(bool, keys)), sum(keys)
    allowed = max(quarter * key_step / total + Fraction(1, 2) + count * key_step, Fraction(1))
    wanted = [quarter * key / total for key in keys]
    return [abs(fee - right) > allowed for fee, right in zip(stated, wanted, strict=True)]


def to_date(fee: Exact, tertial: int) -> Fraction:
    """The part of a year's fee that falls on the tertials up to and including ``tertial``.

    >>> to_date(5725, 2)
    Fraction(11450, 3)
    """
    if not 1 <= tertial <= TERTIALS:
        raise InputError(f"Tertial {tertial} finns inte.", remedy=f"Skriv 1–{TERTIALS}.")
    return Fraction(fee) * tertial / TERTIALS


def _shares(parts: Sequence[Exact | None], what: str) -> list[Fraction]:
    """Each part of the sum; ``what`` a part is called in the message when one is unusable."""
    known = _parts(parts, what)
    total = sum(known)
    return [ratio(part, total) for part in known]


def _parts(parts: Sequence[Exact | None], what: str) -> list[int]:
    """The parts in whole numbers of a step that all of them are so many of."""
    known = [(-1, 1) if part is None else part.as_integer_ratio() for part in parts]
    tops = [top for top, _ in known]
    if min(tops, default=0) < 0:
        number = next(n for n, top in enumerate(tops) if top < 0)
        raise _unusable(parts[number], f"{what} nr {number + 1}")
    if not any(tops):
        raise InputError(
            "Alla värden är 0, så det finns inget att fördela efter.",
            where=f"{what} nr 1–{len(known)}" if known else what,
            remedy="Skriv minst ett positivt tal.",
        )
    step = math.lcm(*{bottom for _, bottom in known})
    return [top * (step // bottom) for top, bottom in known]


def _unusable(part: Exact | None, where: str) -> InputError:
    if part is None:
        return InputError(
            "Värdet saknas.",
            where=where,
            remedy="Skriv ett tal, eller 0 för den som inte betalar.",
        )
    return InputError(
        f"Värdet {as_written(part)} är negativt.",
        where=where,
        remedy="Skriv 0 eller ett positivt tal.",
    )
