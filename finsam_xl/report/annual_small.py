"""Shares of so few people that they tell of each of them: not printed, but that they are few.

A share is of a number of people, its base. Where that is not printed it follows from the shares
it is made of: 25 % of 12 who left, and of those 33 % women, is a share of three.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from finsam_xl.model_budget import Amount
from finsam_xl.model_counts import CountRow
from finsam_xl.money import round_half_away, swedish

_WHOLE, _SHARE = 100, "percent"
BASES: Mapping[str, str] = {
    "exits_women": "exits",
    "positive": "exits",
    "health": "exits",
    "health_women": "health",
    "work": "positive",
    "work_women": "work",
    "studies": "positive",
    "studies_women": "studies",
    "women_share": "referred",
    "accepted_share": "referred",
}
"""What the shares of tables by platform and by party are shares of."""


def base(row: CountRow, field: str) -> Amount:
    """How many people a share of a row is a share of; ``None`` where that is not known."""
    of = BASES.get(field)
    if of is not None:
        return _people(row, of)
    # What other shares are of is not known, but not of more people than their row counts.
    counts = [one.value for one in row.figures.values() if not one.is_percent]
    return max(counts, default=None) if field.startswith(_SHARE) else None


def _people(row: CountRow, field: str) -> Amount:
    one = row.figures.get(field)
    if one is None or not one.is_percent:
        return None if one is None else one.value
    whole = base(row, field)
    return None if whole is None else Fraction(whole) * one.value / _WHOLE


def is_few(people: Amount, fewest: Fraction) -> bool:
    """Whether a share of some people is not told; where it is not known of how many it is."""
    return people is not None and round_half_away(people) < fewest


def told(fewest: Fraction) -> str:
    """What stands in place of such a share."""
    return f"färre än {swedish(fewest)}"
