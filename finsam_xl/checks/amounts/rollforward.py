"""Equity from year to year, across tables: what a year closes with is opening plus result.

And the equity ratio, and the recommended ceiling ("trappan") against the members' fees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.address import real_name
from finsam_xl.calc.equity import ceiling, equity_ratio
from finsam_xl.checks import facts
from finsam_xl.checks.amounts import over_ceiling, stocks
from finsam_xl.checks.concepts import CEILING, EQUITY, FEES, OPERATING, RESULT, words_of
from finsam_xl.checks.facts import Fact
from finsam_xl.checks.material import Material
from finsam_xl.errors import PolicyError
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Budget
from finsam_xl.money import round_half_away, swedish
from finsam_xl.periods import Period

_ASSETS = "balansomslutning"


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Closing equity, equity ratios and ceilings that other stated figures do not give."""
    for material in materials:
        own = (one for budget in material.budgets for one in stocks.rolled(budget))
        yield from material.own([*own, *stocks.balanced(material.budgets)])
    groups = list(facts.by_association(materials))
    for group, found in groups:
        rolled = _self_rolling(group)
        for fact in found:
            is_year = fact.period.is_whole_year
            is_own = fact.table not in rolled and not (fact.is_text or fact.opens)
            if fact.concept == EQUITY and is_year and is_own:
                yield from _rolled(fact, found)
        for material in group:
            for budget in material.budgets:
                yield from _ratios(material.file, budget, found)
    over = [
        finding
        for material in materials
        for budget in material.budgets
        for finding in material.own(over_ceiling.above(budget))
    ]
    yield from over
    told = {(one.sheet, ref.cell) for one in over for ref in (_ref(one), *one.also)}
    for _, found in groups:
        yield from (f for f in _ceilings(found) if (f.sheet, f.cell) not in told)


def _ref(finding: Finding) -> Ref:
    return Ref(finding.sheet or "", finding.cell or "")


def _self_rolling(group: Sequence[Material]) -> set[str]:
    """Tables with opening equity of their own, or that are told by their own years."""
    return {
        f"{real_name(budget.sheet)} {budget.title}"
        for material in group
        for budget in material.budgets
        if budget.kind == "balance"
        or any(row.role == "equity_open" for row in budget.rows)
        or any(stocks.rolled(budget))
    }


def _rolled(closing: Fact, found: Sequence[Fact]) -> Iterator[Finding]:
    before = Period(closing.period.year - 1)
    opening = _best(closing, found, (EQUITY,), before, ("outcome",))
    result = _best(closing, found, (RESULT,), closing.period, (closing.scenario,))
    if result is None and closing.scenario != "outcome":
        result = _best(closing, found, (OPERATING,), closing.period, (closing.scenario,))
    if opening is None or result is None:
        return
    wanted = opening.value + result.value
    gap = closing.value - wanted
    if gap == 0 or (abs(gap) <= closing.slack and closing.unit != opening.unit):
        return
    is_rounded = abs(gap) <= closing.slack + opening.slack + result.slack
    yield tell(
        "eget-kapital-avrundning" if is_rounded else "eget-kapital-rullar-inte",
        closing.ref,
        "rolled",
        "rounding" if is_rounded else "correct",
        what=closing.named,
        amount=closing.shown,
        opening=opening.shown,
        opening_place=opening.ref.seen_from(closing.ref),
        result=result.shown,
        result_place=result.ref.seen_from(closing.ref),
        stated=closing.value / closing.unit,
        calculated=wanted / closing.unit,
        also=[opening.ref, result.ref],
    )


def _best(
    closing: Fact,
    found: Sequence[Fact],
    concepts: tuple[str, ...],
    period: Period,
    scenarios: tuple[str, ...],
) -> Fact | None:
    """The fact to reckon with: of the same table and unit rather than of another, never text."""
    candidates = [
        fact
        for fact in found
        if fact.concept in concepts
        and fact.period == period
        and fact.scenario in scenarios
        and not fact.is_text
        and not fact.is_plan_year
    ]
    return min(
        candidates,
        key=lambda fact: (fact.table != closing.table, fact.unit != closing.unit, fact.opens),
        default=None,
    )


def _ratios(file: str, budget: Budget, found: Sequence[Fact]) -> Iterator[Finding]:
    """Printed equity ratios against equity and assets."""
    for index, row in enumerate(budget.rows):
        if not words_of(row.label).startswith("soliditet"):
            continue
        for number, column in enumerate(budget.columns):
            stated, period = row.amounts[number], column.period
            if stated is None or period is None:
                continue
            equity = _outcome(found, EQUITY, period)
            assets = _outcome(found, _ASSETS, period)
            ratio = None if not (equity and assets) else equity_ratio(equity.value, assets.value)
            if ratio is None or equity is None or assets is None:
                continue
            percent = round_half_away(100 * ratio)
            if abs(Fraction(stated) - 100 * ratio) <= Fraction(1, 2) or stated == percent:
                continue
            ref = budget.place(index, number)._replace(file=file)
            yield tell(
                "soliditet-avviker",
                ref,
                period=period,
                equity=equity.shown,
                assets=assets.shown,
                stated=stated,
                calculated=percent,
                also=[equity.ref, assets.ref],
            )


def _outcome(found: Sequence[Fact], concept: str, period: Period) -> Fact | None:
    """The most precise outcome of a quantity."""
    candidates = [
        fact
        for fact in found
        if (fact.concept, fact.period, fact.scenario) == (concept, period, "outcome")
        and not fact.is_text
    ]
    return min(candidates, key=lambda fact: fact.slack, default=None)


_TKR = 1000


def _ceilings(found: Sequence[Fact]) -> Iterator[Finding]:
    """Stated ceilings, and equity against the ceiling that the fees of the same year give."""
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
            yield tell(
                "tak-avviker",
                fact.ref,
                what=fact.named,
                amount=fact.shown,
                fees=fees.shown,
                place=fees.ref.seen_from(fact.ref),
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
        yield tell(
            "over-taket",
            first.ref,
            "outcome",
            period=first.period,
            shown=first.shown,
            limit=swedish(limit / first.unit, 0),
            fees=fees.shown,
            stated=first.value / first.unit,
            calculated=limit / first.unit,
            also=[fees.ref],
        )
