"""Equity year by year, and the ceiling that is recommended for it."""

from __future__ import annotations

import re
from fractions import Fraction

from support.recomputed.case import BUDGET, Case, Right
from support.traced import Figure, plain

_ANY = ("budget", "forecast", "plan", "outcome")
_MEMBERS = re.compile(
    r"kommun|försäkringskass|region|landsting|staten|^finansiering från medlem", re.IGNORECASE
)


def ceiling(fees: Fraction) -> Fraction:
    """The recommended ceiling in tkr: 20 % of the first 7 000 and 15 % of what is above."""
    return min(fees, Fraction(7000)) / 5 + max(fees - 7000, Fraction(0)) * 3 / 20


def year_of(case: Case, figure: Figure) -> int:
    found = re.search(r"20\d\d|\b\d\d\b", f"{figure.heading} {figure.label}")
    if found:
        return int(found.group()) % 2000 + 2000
    years = [c.period.year for c in case.main().columns if c.period]
    return max(years)


def opening(case: Case, figure: Figure) -> Right:
    year = year_of(case, figure)
    places = [place for place, _, _ in case.lines("equity_open")]
    places += [
        place for place, _, label in case.lines("line") if "eget kapital" in label.casefold()
    ]
    return next((a for p in places if (a := case.source.of(p, *_ANY, year=year)) is not None), None)


def year_result(case: Case, figure: Figure) -> Right:
    """The stated result; else incomes less costs, last year's equity left out of the incomes."""
    year = year_of(case, figure)
    stated = [case.source.of(place, *_ANY, year=year) for place, _, _ in case.lines("result")]
    if any(one is not None for one in stated):
        return next(one for one in stated if one is not None)
    whole, start = case.result(_ANY, year), opening(case, figure)
    return None if whole is None or start is None else whole - start


def closing(case: Case, figure: Figure) -> Right:
    year = year_of(case, figure)
    for place, _, _ in case.lines("equity_close"):
        if (stated := case.source.of(place, *_ANY, year=year)) is not None:
            return stated
    start, result = opening(case, figure), year_result(case, figure)
    return None if start is None or result is None else start + result


def fees_of(case: Case, figure: Figure) -> Right:
    """The pool of the year's table of fees, in tkr; else the members' rows of the plan itself."""
    year = year_of(case, figure)
    pools = [
        f.pool / (1000 if f.unit == "kr" else 1) for f in case.fees if f.year == year and f.pool
    ]
    if pools:
        return pools[0]
    every = [one for one in case.lines("total") if "medlem" in one[2].casefold()]
    found = [
        amount
        for place, is_income, label in every or case.lines("line")
        if is_income and _MEMBERS.search(label)
        if (amount := case.source.of(place, *_ANY, year=year)) is not None
    ]
    return sum(found, Fraction(0)) if found else None


def ceiling_of(case: Case, figure: Figure) -> Right:
    fees = fees_of(case, figure)
    return None if fees is None else ceiling(fees)


def room(case: Case, figure: Figure) -> Right:
    limit, equity = ceiling_of(case, figure), closing(case, figure)
    return None if limit is None or equity is None else limit - equity


def change(case: Case, figure: Figure) -> Right:
    """The later year less the earlier one, by the heading's years."""
    earlier = year_of(case, figure)
    if figure.source is None:
        return None
    both = [case.source.of(figure.source, *_ANY, year=year) for year in (earlier, earlier + 1)]
    return None if None in both else both[1] - both[0]  # type: ignore[operator]


# A follow-up carries the year's equity on ----------------------------------------------------


def budgeted(case: Case, _: Figure) -> Right:
    """The result by budget."""
    return case.result(BUDGET)


def returned(case: Case, _: Figure) -> Right:
    """What costs are expected to be below budget, the same whatever their sign."""
    budget, forecast = (case.side(one, income=False) for one in (BUDGET, ("forecast",)))
    return None if budget is None or forecast is None else abs(budget) - abs(forecast)


def began(case: Case, figure: Figure) -> Right:
    """What the year before ended with, on the row that the link leads to."""
    return (
        case.source.of(figure.source, *_ANY, year=year_of(case, figure) - 1)
        if figure.source
        else None
    )


def expected(case: Case, figure: Figure) -> Right:
    """What the year began with, and the result that is forecast."""
    first = [
        one
        for one in case.report.figures
        if re.search("^eget kapital när 20.. började", plain(one.label))
    ]
    start, result = began(case, first[0]) if first else None, case.result(("forecast",))
    return None if start is None or result is None else start + result


def left(case: Case, figure: Figure) -> Right:
    """The ceiling less what the year is expected to end with."""
    limit, equity = ceiling_of(case, figure), expected(case, figure)
    return None if limit is None or equity is None else limit - equity
