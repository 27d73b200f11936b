"""Strategic goals: the grade that named indicators propose.

The board judges each goal on a scale of five; the plan does not say how indicators become a
grade. The proposed one is the product's choice and only stands beside the board's: none reached
is the lowest, all reached the highest, and between them the share that was reached decides.
Source: Samordningsförbundet Umeåregionen, plan och budget 2020–2022, bilaga 2. Its fourth
grade is not printed; the name is from the same scale in the social budget, mål 3.2.

>>> from datetime import date
>>> from finsam_xl import policy
>>> rules = policy.strategic_goals(date(2020, 12, 31))
>>> proposed = propose({"1.4": True, "1.5": True, "1.6": False, "1.7": None}, rules)
>>> str(proposed.grade), proposed.missed
('Till stor del', ('1.6',))
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from finsam_xl.policy import StrategicGoalRules
from finsam_xl.records import NamedTuple


class Grade(StrEnum):
    """How far a goal is fulfilled, from the lowest to the highest of five."""

    NOT_AT_ALL = "Inte alls"
    SMALL = "Till liten del"
    LARGE = "Till stor del"
    VERY_LARGE = "Till mycket stor del"
    WHOLLY = "Helt och hållet"


class Proposal(NamedTuple):
    """A proposed grade, ``None`` when nothing was measured, and the indicators behind it."""

    grade: Grade | None
    reached: tuple[str, ...]
    missed: tuple[str, ...]
    not_measured: tuple[str, ...]


def propose(indicators: Mapping[str, bool | None], rules: StrategicGoalRules) -> Proposal:
    """The grade that named indicators propose; ``None`` is not measured and does not count."""
    reached, missed, unknown = (
        tuple(name for name, answer in indicators.items() if answer is kind)
        for kind in (True, False, None)
    )
    grade = _grade(len(reached), len(reached) + len(missed), rules)
    return Proposal(grade, reached, missed, unknown)


def _grade(reached: int, measured: int, rules: StrategicGoalRules) -> Grade | None:
    if not measured:
        return None
    if not reached:
        return Grade.NOT_AT_ALL
    percent = Fraction(100 * reached, measured)
    passed = sum(percent >= lowest for lowest in rules.grade_shares)
    return list(Grade)[1 + passed]
