"""Referrals ("aktualiseringar"): how many each party sent, and how many were given a yes.

The yes-share is of those the party itself referred. A blank is not 0: it leaves the sum
unknown. Source: Samordningsförbundet Umeåregionen, årsredovisning 2021, bilaga 1, tabell 2.

>>> yes_share(240, 187)
Fraction(187, 240)
>>> parties = [Referrals("Arbetsförmedlingen", 48, 37), Referrals("Försäkringskassan", 24, 21)]
>>> total(parties)
Referrals(party='Totalt', referred=Fraction(72, 1), accepted=Fraction(58, 1))
>>> [round(float(100 * party.yes_share)) for party in parties]
[77, 88]
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.shares import share
from finsam_xl.errors import InputError
from finsam_xl.money import Exact
from finsam_xl.records import NamedTuple


class Referrals(NamedTuple):
    """How many persons a party referred and how many of them were accepted."""

    party: str
    referred: Exact | None
    accepted: Exact | None

    @property
    def yes_share(self) -> Fraction | None:
        """The accepted among the referred, of one; ``None`` if it cannot be formed."""
        return yes_share(self.referred, self.accepted, self.party)


def yes_share(referred: Exact | None, accepted: Exact | None, party: str = "") -> Fraction | None:
    """The accepted among the referred, of one; ``None`` with a blank or nobody referred.

    Negative numbers, and more accepted than referred, raise ``InputError`` with ``party``.
    """
    for number in (referred, accepted):
        if number is not None and number < 0:
            raise InputError(
                f"Antalet {number} är negativt.", where=party, remedy="Skriv ett antal från 0."
            )
    if referred is not None and accepted is not None and accepted > referred:
        raise InputError(
            f"{accepted} har fått ja men bara {referred} är aktualiserade.",
            where=party,
            remedy="Rätta det ena antalet: de som fått ja är bland de aktualiserade.",
        )
    return share(accepted, referred)


def total(parties: Iterable[Referrals]) -> Referrals:
    """All parties together, as a party named "Totalt"."""
    rows = list(parties)
    return Referrals(
        "Totalt",
        known_sum(*(row.referred for row in rows)),
        known_sum(*(row.accepted for row in rows)),
    )
