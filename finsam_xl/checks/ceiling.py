"""The recommended ceiling of equity ("trappan"), as it is stated, against the members' fees.

Codes: ``tak-avviker`` (the stated ceiling is not what the fees give),
``over-taket`` (equity at the end of a closed year is above the ceiling).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.calc.equity import ceiling
from finsam_xl.checks import facts
from finsam_xl.checks.concepts import CEILING, EQUITY, FEES
from finsam_xl.checks.facts import Fact
from finsam_xl.checks.material import Material
from finsam_xl.errors import PolicyError
from finsam_xl.model import Finding
from finsam_xl.money import swedish

_TKR = 1000


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Stated ceilings, and equity against the ceiling that the fees of the same year give."""
    for _, found in facts.by_association(materials):
        for fees in _of_years(found):
            limit = _limit(fees)
            if limit is not None:
                yield from _stated(found, fees, limit)
                yield from _above(found, fees, limit)


def _of_years(found: Sequence[Fact]) -> Iterator[Fact]:
    """The fees of each closed year, the most precise figure."""
    years: dict[str, Fact] = {}
    for fact in sorted(found, key=lambda fact: fact.slack):
        is_year = fact.period.is_whole_year
        if fact.concept == FEES and fact.scenario == "outcome" and is_year:
            years.setdefault(str(fact.period), fact)
    yield from years.values()


def _limit(fees: Fact) -> Fraction | None:
    """The ceiling in kronor; ``None`` where no rule is known."""
    try:
        limit = ceiling(fees.value / _TKR, policy.equity(fees.period.last_day))
    except PolicyError:
        return None
    return None if limit is None else limit * _TKR


def _stated(found: Sequence[Fact], fees: Fact, limit: Fraction) -> Iterator[Finding]:
    for fact in found:
        if fact.concept == CEILING and fact.period == fees.period:
            if abs(fact.value - limit) <= fact.slack + fees.slack:
                continue
            yield Finding.at(
                fact.ref,
                "warning",
                "tak-avviker",
                f"Taket för eget kapital {fact.period} står som {fact.shown}, men avgifterna "
                f"{fees.shown} ({fees.ref.seen_from(fact.ref)}) ger "
                f"{swedish(limit / fact.unit, 1)}.",
                stated=fact.value / fact.unit,
                calculated=limit / fact.unit,
                also=[fees.ref],
            )


def _above(found: Sequence[Fact], fees: Fact, limit: Fraction) -> Iterator[Finding]:
    """A note per year, at the most precise figure: the ceiling is a recommendation."""
    closings = [
        fact
        for fact in found
        if fact.concept == EQUITY
        and fact.period == fees.period
        and fact.scenario == "outcome"
        and not fact.opens
    ]
    first = min(closings, key=lambda fact: fact.slack, default=None)
    if first is not None and first.value - first.slack > limit:
        yield Finding.at(
            first.ref,
            "info",
            "over-taket",
            f"Eget kapital {first.period} är {first.shown}, över Nationella rådets rekommendation "
            f"{swedish(limit / first.unit, 0)} för avgifter på {fees.shown}.",
            stated=first.value / first.unit,
            calculated=limit / first.unit,
            also=[fees.ref],
        )
