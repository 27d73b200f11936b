"""Whom labels name: the parties of the collaboration, as such and as those who pay its fees.

>>> party("Driftbidrag från Ekby kommun"), party("Region Norr")
(<Party.MUNICIPALITIES: 'municipalities'>, <Party.REGION: 'region'>)
>>> party("Kommunikation") is None
True
>>> party("Arbetsförmedlingen"), payer("Arbetsförmedlingen")
(<Party.EMPLOYMENT: 'employment'>, <Party.STATE: 'state'>)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis

SURE, LIKELY, POSSIBLE = 1, 0.5, 0.25
"""How surely a name must tell: as such, among income, or where every row is a payer's."""


@unique
class Party(StrEnum):
    """Who collaborates; the municipalities count as one. Source: Finsamlagen (2003:1210) 4 §."""

    STATE = "state"
    REGION = "region"
    MUNICIPALITIES = "municipalities"
    EMPLOYMENT = "employment"


PAYERS = (Party.STATE, Party.REGION, Party.MUNICIPALITIES)
"""Who pays fees: a half and two quarters of them."""


@unique
class Fee(StrEnum):
    """What rows about fees are of, besides the fee of one who pays."""

    POT = "pot"
    QUARTER = "quarter"
    MUNICIPALITIES = "municipalities"
    EARMARKED = "earmarked"


_PARTIES = Axis("party", Party)
_FEES = Axis("fee", Fee)


def party(label: str, least: float = SURE) -> Party | None:
    """The party a label names."""
    return _PARTIES.value(label, least)


def payer(label: str, least: float = SURE) -> Party | None:
    """Who pays what a label names: Arbetsförmedlingen pays through Försäkringskassan."""
    named = party(label, least)
    return Party.STATE if named is Party.EMPLOYMENT else named


def is_earmarked(label: str) -> bool:
    """Whether a label is of other money than fees, whoever pays it."""
    return _FEES.says(label, Fee.EARMARKED)


def is_quarter(label: str) -> bool:
    """Whether a label heads what the municipalities pay together."""
    return _FEES.says(label, Fee.QUARTER)


def are_municipalities(label: str) -> bool:
    """Whether a label is of the municipalities together."""
    return _FEES.says(label, Fee.QUARTER, Fee.MUNICIPALITIES)


def is_pot(label: str) -> bool:
    """Whether a label, without its unit, names what the fees are a split of."""
    return _FEES.says(label, Fee.POT)
