"""Everything about people, shares, goals and stated figures: the families and their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.checks import (
    goals,
    index_tables,
    outcomes,
    participants,
    percentages,
    platforms,
    referrals,
    responses,
    text_index,
    text_people,
    text_referrals,
    varav,
)
from finsam_xl.checks.material import Material, Rule
from finsam_xl.checks.related import together
from finsam_xl.model import Finding

FAMILIES: tuple[Rule, ...] = (
    varav.check,
    participants.check,
    percentages.check,
    platforms.check,
    referrals.check,
    responses.check,
    text_people.check,
    text_referrals.check,
    text_index.check,
    index_tables.check,
    goals.check,
    outcomes.check,
)


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """What looks wrong among the workbooks of each association."""
    for group in together(materials):
        for family in FAMILIES:
            yield from family(group)
