"""The figures of a fees report: each party's exact fee, its roundings, and what they miss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.calc import fees as calc
from finsam_xl.calc.deviation import deviation
from finsam_xl.checks.amounts import fees as checks
from finsam_xl.model import Ref
from finsam_xl.model_budget import SIGNED, Amount, FeeParty, FeesTable, total
from finsam_xl.money import round_half_away, swedish, trimmed
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import joined
from finsam_xl.words.parties import PAYERS, Party

_TOLD = ("kvart-avviker", "nycklar-summerar-inte", "nyckel-saknas", "nyckel-noll", "nyckel-negativ")


class PartyFee(NamedTuple):
    """What one party pays and why. ``share`` is of the municipal quarter, of one."""

    party: FeeParty | None
    name: str
    key: Amount
    share: Amount
    exact: Amount
    by_remainder: Amount
    half_up: Amount
    stated: Amount

    @property
    def difference(self) -> Amount:
        """Stated less exact."""
        return deviation(self.stated, self.exact, SIGNED, is_income=True)

    @property
    def due(self) -> Amount:
        """The fee to pay: the stated one, or else the one by largest remainder."""
        return self.by_remainder if self.stated is None else self.stated

    def to_date(self, tertial: int) -> Amount:
        """The part of the fee that falls up to and including a tertial."""
        return None if self.due is None else calc.to_date(self.due, tertial)


class YearFees:
    """The fees of one year: state, region, and the municipalities, the largest first."""

    def __init__(self, table: FeesTable, rules: MembershipFeeRules) -> None:
        self.table = table
        self.rules = rules
        self._municipal = [party for party in table.parties if party.is_municipal]

    @cached_property
    def has_keys(self) -> bool:
        """Whether the key is given for everyone."""
        keys = [party.key for party in self._municipal]
        return None not in keys and any(keys) and all(key is None or key >= 0 for key in keys)

    @cached_property
    def _basis(self) -> list[Fraction] | None:
        """What the quarter is split by: the keys, or else the stated fees."""
        if self.has_keys:
            return [party.key for party in self._municipal if party.key is not None]
        stated = [party.stated for party in self._municipal if party.stated is not None]
        is_usable = len(stated) == len(self._municipal) and all(fee >= 0 for fee in stated)
        return stated if is_usable and any(stated) else None

    def part(self, party: str) -> Amount:
        """What the rules give one of :class:`calc.Party`, of the pool."""
        return calc.part_of(self.table, party, self.rules)

    @cached_property
    def quarter(self) -> Amount:
        """The municipalities' part, unrounded."""
        return self.part(Party.MUNICIPALITIES)

    @cached_property
    def others(self) -> tuple[PartyFee, ...]:
        """The state and the region."""
        return tuple(self._other(party) for party in self.table.parties if not party.is_municipal)

    def _other(self, party: FeeParty) -> PartyFee:
        alone = sum(other.kind == party.kind for other in self.table.parties) == 1
        exact = self.part(party.kind) if alone else None
        whole = None if exact is None else Fraction(round_half_away(exact))
        return PartyFee(party, party.name, None, None, exact, whole, whole, party.stated)

    @cached_property
    def municipal(self) -> tuple[PartyFee, ...]:
        """The municipalities, the largest share first."""
        found = [self._municipality(index) for index in range(len(self._municipal))]
        return tuple(sorted(found, key=lambda fee: -(fee.share or 0)))

    def _municipality(self, index: int) -> PartyFee:
        party = self._municipal[index]
        bare = PartyFee(party, party.name, party.key, None, None, None, None, party.stated)
        if self._basis is None:
            return bare
        share = self._by_remainder[index]
        known = bare._replace(share=share.share)
        if self.quarter is None:
            return known
        whole, up = Fraction(share.fee), Fraction(self._half_up[index].fee)
        return known._replace(exact=share.exact, by_remainder=whole, half_up=up)

    @cached_property
    def _by_remainder(self) -> list[calc.FeeShare]:
        return calc.fees(self._basis or [], self.quarter or 0, calc.Rounding.LARGEST_REMAINDER)

    @cached_property
    def _half_up(self) -> list[calc.FeeShare]:
        return calc.fees(self._basis or [], self.quarter or 0, calc.Rounding.HALF_UP)

    def together(self, fees: Sequence[PartyFee], name: str) -> PartyFee:
        """Some fees added up."""
        key = total([fee.key for fee in fees]) if self.has_keys else None
        sums = PartyFee(
            None,
            name,
            key,
            *(
                total([getattr(fee, field) for fee in fees])
                for field in ("share", "exact", "by_remainder", "half_up", "stated")
            ),
        )
        is_unknown = any(fee.party is not None and fee.party.is_unknown for fee in fees)
        return sums._replace(stated=None) if is_unknown else sums

    @property
    def all_municipal(self) -> PartyFee:
        """The municipalities together."""
        return self.together(self.municipal, "Kommunerna tillsammans")

    @property
    def everyone(self) -> PartyFee:
        """All parties together."""
        return self.together([*self.others, *self.municipal], "Summa")._replace(
            key=None, share=None
        )

    def notes(self) -> Iterator[str]:
        """What each rounding misses, what the key is, and whether the quarters are equal."""
        if not self.has_keys and self._basis is not None:
            yield "Nyckeln är inte angiven. Andelarna är räknade ur de angivna avgifterna."
        elif self._basis is None:
            missing = [party.name for party in self._municipal if party.key is None]
            yield f"▼ Avgifterna kan inte räknas: nyckel saknas för {joined(missing) or 'alla'}."
        if self.quarter is not None and self._basis is not None:
            both = self.all_municipal
            yield self._method(
                "Största rest, avrundat så att summan går jämnt ut", both.by_remainder
            )
            yield self._method("Avrundad var för sig, halva uppåt", both.half_up)
            if None not in [fee.stated for fee in self.municipal]:
                yield self._method("Angiven avgift", both.stated)
        yield from self._checked()

    def _method(self, name: str, together: Amount) -> str:
        if together is None or self.quarter is None:
            return ""
        gap = calc.rounding_gap([together], self.quarter)
        quarter = trimmed(self.quarter)
        said = f"{name}: kommunerna betalar tillsammans {swedish(together)} {self.table.unit}"
        if not gap:
            return f"{said}, exakt kvarten."
        size = trimmed(abs(gap), self.table.unit)
        more = "mer" if gap > 0 else "mindre"
        why = ", som inte är ett helt belopp" if self.quarter.denominator != 1 else ""
        return f"{said}, {size} {more} än kvarten {quarter}{why}."

    @cached_property
    def _findings(self) -> list[tuple[str, str]]:
        place = self.table.parties[0].ref if self.table.parties else Ref("", "A1")
        found = checks.check(self.table, self.rules, place, Fraction(0))
        return [(finding.code, finding.message) for finding in found if finding.code in _TOLD]

    def _checked(self) -> Iterator[str]:
        if self.are_quarters_stated and self.are_quarters_equal:
            almost = "" if self.are_quarters_exact else ", så när som på avrundning"
            yield f"● Kvartarna är lika{almost}: halva statens del, regionens och kommunernas."
        for _, message in self._findings:
            yield f"▼ {message}"

    @property
    def are_quarters_stated(self) -> bool:
        """Whether there are stated fees of every kind to compare."""
        kinds = {party.kind for party in self.table.parties if party.stated is not None}
        return kinds >= set(PAYERS)

    @property
    def are_quarters_equal(self) -> bool:
        """Whether the stated quarters are equal, but for rounding."""
        return all(code != "kvart-avviker" for code, _ in self._findings)

    @property
    def are_quarters_exact(self) -> bool:
        """Whether the stated quarters are equal to the unit."""
        sums = {
            kind: total([party.stated for party in self.table.parties if party.kind == kind])
            for kind in PAYERS
        }
        return (
            sums[Party.REGION] == sums[Party.MUNICIPALITIES]
            and total([sums[Party.REGION]] * 2) == sums[Party.STATE]
        )

    @property
    def key_decimals(self) -> int:
        """How many decimals the keys are shown with: none for people, two for per cent."""
        keys = [party.key for party in self._municipal if party.key is not None]
        return 0 if all(key.denominator == 1 for key in keys) else 2
