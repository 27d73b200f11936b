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

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import lcm

from finsam_xl.calc.shares import share
from finsam_xl.errors import InputError
from finsam_xl.money import Exact, Terms, as_written, known, ratio
from finsam_xl.policy import EquityRules

RULE_MISSING = "regel saknas – fyll i"


def roll_forward(
    opening: Exact | None, results: Iterable[Exact | None]
) -> list[int | Fraction | None]:
    """Closing equity after each result; from a blank on nothing is known.

    Amounts in one unit, equity positive and a loss negative.
    """
    equity = None if opening is None else known(opening)
    closings: list[int | Fraction | None] = []
    for result in results:
        equity = None if equity is None or result is None else equity + known(result)
        closings.append(equity)
    return closings


def ceiling(fees_tkr: Exact, rules: EquityRules) -> Fraction | None:
    """The highest recommended equity, in tkr; ``None`` above the fees the rule is known for.

    ``fees_tkr``: the members' fees of the year in tkr, not the whole income.
    """
    terms = stair(rules)(fees_tkr.as_integer_ratio())
    return None if terms is None else ratio(*terms)


def stair(rules: EquityRules) -> Callable[[Terms], Terms | None]:
    """The same in terms, with the rules made ready for the fees of many years."""
    scale = lcm(rules.step.denominator, rules.known_up_to.denominator)
    step, known_up_to = int(rules.step * scale), int(rules.known_up_to * scale)
    lower, upper = rules.lower_share / 100, rules.upper_share / 100
    added = (lower - upper) * rules.step
    whole = lcm(lower.denominator, upper.denominator, added.denominator)
    low, high, more = (int(part * whole) for part in (lower, upper, added))

    def of_fees(fees_tkr: Terms) -> Terms | None:
        top, by = fees_tkr
        if top < 0:
            raise InputError(
                f"Avgifterna är negativa: {as_written(ratio(top, by))} tkr.",
                remedy="Skriv avgifterna som ett positivt tal.",
            )
        if top * scale <= step * by:
            return low * top, whole * by
        return (high * top + more * by, whole * by) if top * scale <= known_up_to * by else None

    return of_fees


def room(equity_tkr: Exact, fees_tkr: Exact, rules: EquityRules) -> Fraction | None:
    """How far equity is below the ceiling, in tkr; negative above it, ``None`` without rule."""
    highest = stair(rules)(fees_tkr.as_integer_ratio())
    return None if highest is None else ratio(*below(equity_tkr.as_integer_ratio(), highest))


def below(equity: Terms, highest: Terms) -> Terms:
    """How far equity is below its ceiling, in terms."""
    (own, of), (top, by) = equity, highest
    return top * of - own * by, by * of


def equity_ratio(equity: Exact | None, assets: Exact | None) -> Fraction | None:
    """Soliditet, equity as a part of all assets (of one); ``None`` if it cannot be formed."""
    return share(equity, assets)
