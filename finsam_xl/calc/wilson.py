"""How sure is a share? The Wilson interval, and whether a share can be told from its target.

Among few persons chance decides much. The interval holds the shares that could well stand
behind the counted one; a target inside it "kan inte skiljas från målet", whichever side the
share fell on. It says nothing about whether the target was reached.
The interval stands beside the official judgement and is never merged with it.
Shares are of one, targets in per cent. Source: Wilson, E. B. (1927), Probable inference, the
law of succession, and statistical inference, Journal of the American Statistical Association 22.

>>> low, high = wilson(247, 319, Fraction(95, 100))
>>> round(float(low), 3), round(float(high), 3)
(0.725, 0.817)
>>> indistinguishable(247, 319, 80, Fraction(95, 100))
True
>>> indistinguishable(57, 93, 80, Fraction(95, 100))
False
>>> [float(limit) for limit in wilson(0, 12, Fraction(95, 100))][0]
0.0
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import sqrt

from finsam_xl.errors import InputError
from finsam_xl.model import Outcome, RuleKind, TargetRule
from finsam_xl.money import Exact, as_written
from finsam_xl.records import NamedTuple

INDISTINGUISHABLE = "kan inte skiljas från målet"
SHARES = (RuleKind.SHARE_AT_LEAST, RuleKind.SHARE_AT_MOST, RuleKind.EVERYONE)
"""The kinds of target that a counted share is held against."""


class Interval(NamedTuple):
    """The lowest and highest share, of one."""

    low: Fraction
    high: Fraction


def wilson(number: Exact, base: Exact, confidence: Exact) -> Interval:
    """The interval of ``number`` of ``base``; ``confidence`` of one, such as 95/100."""
    low, high = limits(number, base, confidence)
    share = _share(number, base)
    return Interval(min(share, Fraction(low)), max(share, Fraction(high)))


def limits(number: Exact, base: Exact, confidence: Exact) -> tuple[float, float]:
    """The interval's ends as they are calculated: no number holds a square root exactly."""
    _check(number, base)
    if type(number) is not int or type(base) is not int:
        number, base = Fraction(number), Fraction(base)
    squared = _squared(*confidence.as_integer_ratio())
    # The ends where (share − p)² = z² · p · (1 − p) / base, solved for p.
    spread = sqrt(squared * (squared + 2 * 2 * number * (base - number) / base))
    part, middle, scale = number / base, 2 * number + squared, 2 * (base + squared)
    return (
        min(float(part), (middle - spread) / scale) if number else 0.0,
        max(float(part), (middle + spread) / scale) if number < base else 1.0,
    )


def indistinguishable(number: Exact, base: Exact, target: Exact, confidence: Exact) -> bool:
    """Whether the interval holds the target, in per cent; decided without rounding.

    The interval is all shares p with (share − p)² ≤ z² · p · (1 − p) / base.
    """
    if not 0 <= target <= 100:
        raise InputError(f"Målet är {target} %.", remedy="Skriv ett mål 0–100 %.")
    aim = Fraction(target) / 100
    chance = aim * (1 - aim) / Fraction(base) if base else Fraction(0)
    return (_share(number, base) - aim) ** 2 <= _z(confidence) ** 2 * chance


def outcome_indistinguishable(rule: TargetRule, outcome: Outcome, confidence: Exact) -> bool | None:
    """The same for an indicator; ``None`` unless a share was counted against a target."""
    limit = Fraction(100) if rule.kind is RuleKind.EVERYONE else rule.limit
    total = outcome.total
    if rule.kind not in SHARES or limit is None or total is None:
        return None
    if total.is_share or not total.base:
        return None
    return indistinguishable(total.number, total.base, limit, confidence)


def _share(number: Exact, base: Exact) -> Fraction:
    _check(number, base)
    return Fraction(number) / Fraction(base)


def _check(number: Exact, base: Exact) -> None:
    if base <= 0 or not 0 <= number <= base:
        raise InputError(
            f"{as_written(number)} av {as_written(base)} är ingen andel.",
            remedy="Skriv ett antal från 0 och hur många de är bland, minst 1.",
        )


@lru_cache
def _z(confidence: Exact) -> Fraction:
    """How many standard deviations hold the middle ``confidence`` of a normal distribution."""
    from statistics import NormalDist

    tail = (1 + float(confidence)) / 2
    if not 1 < 2 * tail < 2:
        raise InputError(
            f"Säkerheten är {as_written(confidence)}.",
            remedy="Skriv en andel mellan 0 och 1, till exempel 0,95.",
        )
    return Fraction(NormalDist().inv_cdf(tail))


@lru_cache
def _squared(top: int, bottom: int) -> float:
    return float(_z(Fraction(top, bottom)) ** 2)
