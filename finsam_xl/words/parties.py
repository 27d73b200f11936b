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

from finsam_xl.words.axis import Axis, plain

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
    WHOLE = "whole"
    QUARTER = "quarter"
    MUNICIPALITIES = "municipalities"
    EARMARKED = "earmarked"
    FIXED = "fixed"
    ODD = "odd"


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


def is_whole_pot(label: str) -> bool:
    """Whether a label says that a pot is of all who pay."""
    return _FEES.says(label, Fee.WHOLE)


def has_fixed_part(text: str) -> bool:
    """Whether a text says that a part of the fee does not follow the key."""
    return _FEES.says(text, Fee.FIXED)


def may_be_no_member(label: str) -> bool:
    """Whether a label may be of several members, of a part of one, or of one that has left."""
    return _FEES.says(label, Fee.ODD) or any(sign.isdigit() for sign in label)


def place_name(label: str) -> str:
    """The place in a municipality's name, in plain words and without its last s.

    >>> place_name("Ekbys kommun"), place_name("Ekby"), place_name("Vännäs")
    ('ekby', 'ekby', 'vännä')
    """
    words = [w for w in plain(label).split() if _PARTIES.value(w) is not Party.MUNICIPALITIES]
    return " ".join(words).removesuffix("s")
