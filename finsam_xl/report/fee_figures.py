"""The figures of a fees report: each party's exact fee, its roundings, and what they miss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.calc import fees as calc
from finsam_xl.calc.deviation import deviation
from finsam_xl.checks.amounts import fees as checks
from finsam_xl.model import Ref
from finsam_xl.model_budget import SIGNED, Amount, FeeParty, FeesTable, decimals, total
from finsam_xl.money import round_half_away
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import joined
from finsam_xl.report.fee_changes import Change, Changes
from finsam_xl.words.parties import PAYERS, Party

_TOLD = ("kvart-avviker", "nycklar-summerar-inte", "nyckel-saknas", "nyckel-noll", "nyckel-negativ")

_MOST_DECIMALS = 2
"""With how many decimals figures are shown at the most."""


class PartyFee(NamedTuple):
    """What one party pays and why. ``share`` is of the municipal quarter, of one.

    ``due``: the fee to pay: the stated one, or a calculated one where nobody has stated any.
    """

    party: FeeParty | None
    name: str
    key: Amount
    share: Amount
    exact: Amount
    by_remainder: Amount
    half_up: Amount
    stated: Amount
    due: Amount
    change: Change = Change()

    @property
    def difference(self) -> Amount:
        """Stated less exact."""
        return deviation(self.stated, self.exact, SIGNED, is_income=True)

    def to_date(self, tertial: int) -> Amount:
        """The part of the fee that falls up to and including a tertial."""
        return None if self.due is None else calc.to_date(self.due, tertial)


class YearFees:
    """The fees of one year: state, region, and the municipalities, the largest first.

    ``changes``: since the year before, where the book tells.
    """

    def __init__(
        self, table: FeesTable, rules: MembershipFeeRules, changes: Changes | None = None
    ) -> None:
        self.table = table
        self.rules = rules
        self.changes = changes
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
        due = whole if party.stated is None and not party.is_unknown else party.stated
        known = (None, None, exact, whole, whole, party.stated, due)
        return PartyFee(party, party.name, *known, self._change(party, due))

    def _change(self, party: FeeParty, due: Amount) -> Change:
        return Change() if self.changes is None else self.changes.of(party, due)

    @cached_property
    def municipal(self) -> tuple[PartyFee, ...]:
        """The municipalities, the largest share first."""
        found = [self._municipality(index) for index in range(len(self._municipal))]
        return tuple(sorted(found, key=lambda fee: -(fee.share or 0)))

    def _municipality(self, index: int) -> PartyFee:
        party = self._municipal[index]
        blank = (None, None, None, None)
        due, change = party.stated, self._change(party, party.stated)
        bare = PartyFee(party, party.name, party.key, *blank, party.stated, due, change)
        if self._basis is None:
            return bare
        share = self._by_remainder[index]
        known = bare._replace(share=share.share)
        if self.quarter is None:
            return known
        whole, up = Fraction(share.fee), Fraction(self._half_up[index].fee)
        known = known._replace(exact=share.exact, by_remainder=whole, half_up=up)
        if not self.is_proposed:
            return known
        return known._replace(due=whole, change=self._change(party, whole))

    @cached_property
    def is_proposed(self) -> bool:
        """Whether the municipalities' fees are calculated, since nobody has stated any of them.

        Where some are stated a new one would change them all: none is calculated beside them.
        """
        return all(party.stated is None and not party.is_unknown for party in self._municipal)

    @property
    def without_fee(self) -> list[str]:
        """Those whose fee nobody knows, though the others have theirs."""
        every = [*self.others, *self.municipal]
        known = any(fee.due is not None for fee in every)
        return [fee.name for fee in every if known and _is_missing(fee)]

    @cached_property
    def _by_remainder(self) -> list[calc.FeeShare]:
        return calc.fees(self._basis or [], self.quarter or 0, calc.Rounding.LARGEST_REMAINDER)

    @cached_property
    def _half_up(self) -> list[calc.FeeShare]:
        return calc.fees(self._basis or [], self.quarter or 0, calc.Rounding.HALF_UP)

    def together(self, fees: Sequence[PartyFee], name: str) -> PartyFee:
        """Some fees added up; what is due is known where it is for each of them."""
        are_stated = all(fee.stated is not None or fee.key == 0 for fee in fees)
        due = None if any(map(_is_missing, fees)) else total([fee.due for fee in fees])
        return PartyFee(
            None,
            name,
            key=total([fee.key for fee in fees]) if self.has_keys else None,
            share=total([fee.share for fee in fees]),
            exact=total([fee.exact for fee in fees]),
            by_remainder=total([fee.by_remainder for fee in fees]),
            half_up=total([fee.half_up for fee in fees]),
            stated=total([fee.stated for fee in fees]) if are_stated else None,
            due=due,
            change=self._changed(fees, due),
        )

    def _changed(self, fees: Sequence[PartyFee], due: Amount) -> Change:
        kinds = {fee.party.kind for fee in fees if fee.party is not None}
        return Change() if self.changes is None else self.changes.together([due], *kinds)

    @cached_property
    def all_municipal(self) -> PartyFee:
        """The municipalities together."""
        return self.together(self.municipal, "Kommunerna tillsammans")

    @cached_property
    def everyone(self) -> PartyFee:
        """All parties together."""
        return self.together([*self.others, *self.municipal], "Summa")._replace(
            key=None, share=None
        )

    def of_kind(self, kind: Party) -> PartyFee | None:
        """What those of a kind pay together; ``None`` where there is none of them."""
        fees = [fee for fee in (*self.others, *self.municipal) if _kind(fee) is kind]
        return self.together(fees, "") if fees else None

    def gaps(self) -> PartyFee:
        """What the municipalities pay more than their part, with each rounding and as stated."""
        both = self.all_municipal
        blank = both._replace(party=None, key=None, share=None, exact=None, due=None)
        return blank._replace(
            name="Mer eller mindre än kvarten",
            by_remainder=self._gap(both.by_remainder),
            half_up=self._gap(both.half_up),
            stated=self._gap(both.stated),
            change=Change(),
        )

    def _gap(self, together: Amount) -> Amount:
        if together is None or self.quarter is None:
            return None
        return calc.rounding_gap([together], self.quarter)

    @property
    def key_heading(self) -> str:
        """What the key is, in the table's own words, and its unit where it is told."""
        heading = self.table.key_header
        if heading and self.table.are_keys_percent and "%" not in heading:
            return f"{heading}, %"
        return heading

    def notes(self) -> Iterator[str]:
        """What is missing or calculated, who is new, and whether the quarters are equal."""
        if self.without_fee:
            yield f"▼ Avgift saknas för {joined(self.without_fee)}. {self._without()}".strip()
        elif not self.has_keys and self._basis is not None:
            yield "Nyckeln är inte angiven."
        elif self._basis is None:
            missing = [party.name for party in self._municipal if party.key is None]
            yield f"▼ Avgifterna kan inte räknas: nyckel saknas för {joined(missing) or 'alla'}."
        elif self.is_proposed and self.quarter is not None:
            yield "Avgifterna är räknade efter nyckeln; tabellen har inga angivna."
        yield from self._moved()
        yield from self._checked()

    def _without(self) -> str:
        if not self.has_keys or self.quarter is None:
            return ""
        return "Den som tillkommer ändrar allas del: räkna om alla avgifter efter nyckeln."

    def _moved(self) -> Iterator[str]:
        """Who has come and gone since the year before, and in what unit the change is told."""
        if self.changes is None:
            return
        year, unit = self.changes.year, self.changes.unit
        for names, said in ((self.changes.come, "Ny"), (self.changes.gone, "Inte längre med")):
            if names:
                yield f"{said} sedan {year}: {joined(names)}."
        if unit != self.table.unit:
            yield f"Ändringen sedan {year} är i hela {unit}, som avgifterna {year}."

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
        """Whether there are stated fees of every kind to compare, and none is missing."""
        kinds = {party.kind for party in self.table.parties if party.stated is not None}
        return kinds >= set(PAYERS) and not self.without_fee

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
        """How many decimals the keys are shown with: those they are written with, or two."""
        keys = [party.key for party in self._municipal if party.key is not None]
        return min(_MOST_DECIMALS, max(map(decimals, keys), default=0))


def titled(years: Sequence[YearFees]) -> str:
    """What some years' fees are called together."""
    numbers = sorted({year.table.year for year in years if year.table.year})
    span = "–".join(map(str, dict.fromkeys([*numbers[:1], *numbers[-1:]])))
    return f"Medlemsavgifter {span}".strip()


def named(year: YearFees, years: Sequence[YearFees]) -> str:
    """The year of a table, and its sheet where there are several of the year."""
    number = str(year.table.year or "")
    same = sum(other.table.year == year.table.year for other in years)
    several = same > 1 or (not number and len(years) > 1)
    sheet = f" ({year.table.parties[0].ref.sheet})" if several and year.table.parties else ""
    return f" {number}{sheet}".rstrip()


def _kind(fee: PartyFee) -> Party | None:
    return fee.party.kind if fee.party is not None else None


def _is_missing(fee: PartyFee) -> bool:
    """Whether nobody knows what a party pays: one with a key of nought pays nothing."""
    return fee.due is None and fee.key != 0
