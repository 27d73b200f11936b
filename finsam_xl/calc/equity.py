"""Equity: the roll-forward from year to year, the recommended ceiling, and the equity ratio.

Closing equity is opening equity plus the result, and opens the next year. Where last
year's equity is booked as financing the result is the rest: other income − costs.
The ceiling, "trappan", is a part of the member fees up to a step and a smaller part of
the rest. Above the fees it is known for there is no answer, only :data:`RULE_MISSING`.
Source: Nationella rådets recommendation 2013-10-02, as told in Samordningsförbundet
Umeåregionen, årsredovisning 2021, avsnitt 1.4; plan 2020–2022 for the roll-forward.

>>> [int(closing) for closing in roll_forward(1959, [-1020, 87, 39])]
[939, 1026, 1065]
>>> trappan = EquityRules(Fraction(20), Fraction(7000), Fraction(15), Fraction(15000))
>>> ceiling(11380, trappan)
Fraction(2057, 1)
>>> ceiling(15001, trappan) is None
True
>>> room(1959, 11450, trappan)
Fraction(217, 2)
>>> equity_ratio(1800, 6540)
Fraction(30, 109)
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.money import Exact, as_written, fraction, ratio
from finsam_xl.policy import EquityRules

RULE_MISSING = "regel saknas – fyll i"


def roll_forward(opening: Exact | None, results: Iterable[Exact | None]) -> list[Fraction | None]:
    """Closing equity after each result; from a blank on nothing is known.

    Amounts in one unit, equity positive and a loss negative.
    """
    equity = None if opening is None else fraction(opening)
    closings: list[Fraction | None] = []
    for result in results:
        equity = None if equity is None or result is None else equity + fraction(result)
        closings.append(equity)
    return closings


def ceiling(fees_tkr: Exact, rules: EquityRules) -> Fraction | None:
    """The highest recommended equity, in tkr; ``None`` above the fees the rule is known for.

    ``fees_tkr``: the members' fees of the year in tkr, not the whole income.
    """
    # In whole numbers: so many years of a plan are asked for at once.
    (top, by), (step, of) = fees_tkr.as_integer_ratio(), rules.step.as_integer_ratio()
    if top < 0:
        raise InputError(
            f"Avgifterna är negativa: {as_written(fees_tkr)} tkr.",
            remedy="Skriv avgifterna som ett positivt tal.",
        )
    known, parts = rules.known_up_to.as_integer_ratio()
    if top * parts > known * by:
        return None
    low, low_of = rules.lower_share.as_integer_ratio()
    if top * of <= step * by:
        return ratio(low * top, 100 * low_of * by)
    high, high_of = rules.upper_share.as_integer_ratio()
    above = high * low_of * (top * of - step * by)
    return ratio(low * step * high_of * by + above, 100 * low_of * high_of * of * by)


def room(equity_tkr: Exact, fees_tkr: Exact, rules: EquityRules) -> Fraction | None:
    """How far equity is below the ceiling, in tkr; negative above it, ``None`` without rule."""
    highest = ceiling(fees_tkr, rules)
    if highest is None:
        return None
    (top, by), (own, of) = highest.as_integer_ratio(), equity_tkr.as_integer_ratio()
    return ratio(top * of - own * by, by * of)


def equity_ratio(equity: Exact | None, assets: Exact | None) -> Fraction | None:
    """Soliditet, equity as a part of all assets (of one); ``None`` if it cannot be formed."""
    return None if equity is None or not assets else Fraction(equity) / Fraction(assets)
