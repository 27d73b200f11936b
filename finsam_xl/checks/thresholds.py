"""When something unusual is worth mentioning: the product's own choices, as dated rules.

>>> at_least("large_step", Period(2021))
Fraction(40, 1)
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from finsam_xl.periods import Period
from finsam_xl.policy.loader import Rule, read_rules


def at_least(name: str, period: Period) -> Fraction:
    """The value of a rule on the last day of a period; raises ``PolicyError`` where none holds."""
    return _rules()[name].number(period.last_day)


@lru_cache(maxsize=1)
def _rules() -> dict[str, Rule]:
    return read_rules("checks")
