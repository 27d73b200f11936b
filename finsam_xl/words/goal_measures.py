"""What a goal is measured by, as its indicator words it, and whether one wants much of it.

The closed set of measures is that of the goal map: :class:`finsam_xl.calc.goal_map.Measure`,
handed in.

>>> is_unwanted("Avvikelser vid uppföljning"), is_unwanted("Nöjda deltagare")
(True, False)
"""

from __future__ import annotations

from enum import StrEnum, unique
from functools import cache
from typing import TypeVar

from finsam_xl.words.axis import Axis

Value = TypeVar("Value", bound=StrEnum)


@unique
class GoalSense(StrEnum):
    """What is said of how much of something one wants."""

    UNWANTED = "unwanted"


_SENSES = Axis("goal_sense", GoalSense)


@cache
def _axis(values: type[Value]) -> Axis[Value]:
    return Axis("goal_measure", values)


def measure_of(text: str, measures: type[Value]) -> Value | None:
    """What a text says is measured, one of ``measures``; of several the one that stands first."""
    return _axis(measures).value(text)


def is_unwanted(text: str) -> bool:
    """Whether a text counts what one wants little of."""
    return _SENSES.says(text, GoalSense.UNWANTED)
