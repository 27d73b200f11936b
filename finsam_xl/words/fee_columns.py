"""What the columns of a table of member fees hold, by their headings.

>>> fee_column("Befolkning 16–64 år 31 dec 2024"), fee_column("Avgift 2026, kr")
(<FeeColumn.KEY: 'key'>, <FeeColumn.FEE: 'fee'>)
>>> fee_column("Avgift per invånare"), fee_column("Anteckning") is None
(<FeeColumn.PER_HEAD: 'per_head'>, True)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis

SURE, POSSIBLE = 1, 0.5
"""How surely a heading must tell: as such, or where nothing else can be meant."""


@unique
class FeeColumn(StrEnum):
    """What a column of a table of fees holds."""

    PARTY = "party"
    KEY = "key"
    PEOPLE = "people"
    SHARE = "share"
    QUARTER = "quarter"
    FEE = "fee"
    PER_HEAD = "per_head"
    CODE = "code"
    CHANGE = "change"
    PART = "part"
    FIXED = "fixed"


_COLUMNS = Axis("fee_column", FeeColumn)


def fee_column(heading: str, least: float = SURE) -> FeeColumn | None:
    """What a heading says that its column holds; counts of people are a key."""
    found = _COLUMNS.value(heading, least)
    return FeeColumn.KEY if found is FeeColumn.PEOPLE else found


def may_head_fees(text: str) -> bool:
    """Whether a text may be the heading of a column of fees."""
    return fee_column(text, POSSIBLE) is FeeColumn.FEE


def counts_people(heading: str) -> bool:
    """Whether a heading says that its column counts people."""
    return _COLUMNS.says(heading, FeeColumn.PEOPLE)


def says_fee(text: str) -> bool:
    """Whether a text speaks of fees, whatever else it says."""
    return _COLUMNS.says(text, FeeColumn.FEE)


def says_key(text: str) -> bool:
    """Whether a text speaks of what fees are split by."""
    return _COLUMNS.says(text, FeeColumn.KEY, FeeColumn.PEOPLE)


def says_payer(text: str) -> bool:
    """Whether a heading says that those below it pay."""
    return _COLUMNS.says(text, FeeColumn.PARTY)


def is_part_of_year(text: str) -> bool:
    """Whether a text speaks of a part of the year's fee."""
    return _COLUMNS.says(text, FeeColumn.PART)
