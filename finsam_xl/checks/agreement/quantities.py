"""The same quantity stated in several places: tables, sheets, files and running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from finsam_xl.address import position
from finsam_xl.checks import facts
from finsam_xl.checks.agreement import places
from finsam_xl.checks.concepts import CASH, COSTS, EQUITY
from finsam_xl.checks.facts import Fact
from finsam_xl.checks.material import Material
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Severity
from finsam_xl.money import trimmed

_STOCKS = (EQUITY, CASH)
_LEAST_ALIKE = 3
_SAID = {
    "budget": "budget", "budget_to_date": "budget hittills", "forecast": "prognos",
    "outcome": "utfall", "outcome_to_date": "utfall hittills",
}  # fmt: skip


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """What is stated differently in two places of the same association's workbooks."""
    for _, found in facts.by_association(materials):
        for group in _groups(found):
            yield from _contradictions(group)
            yield from _plan_years(group)
        yield from _openings(found)


def _groups(found: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Facts of the same quantity, period and scenario."""

    def key(fact: Fact) -> tuple[str, str, str]:
        return fact.concept, str(fact.period), fact.scenario

    for _, group in groupby(sorted(found, key=key), key=key):
        yield list(group)


def agree(one: Fact, other: Fact) -> bool:
    """Whether two facts can be the same figure, as far as they are shown.

    In the same unit the same figure is written alike, unless it is only said to be about so.
    """
    if one.unit == other.unit and not (one.is_about or other.is_about):
        return one.value == other.value
    return abs(one.value - other.value) <= one.slack + other.slack


def _contradictions(group: Sequence[Fact]) -> Iterator[Finding]:
    """A finding per place whose figure is not the one most places state."""
    # What a budget opens with is an estimate of the year before, and no budget of it.
    stated = [
        fact
        for fact in group
        if not fact.is_plan_year and not (fact.opens and fact.scenario != "outcome")
    ]
    camps = _camps(stated)
    if len(camps) < 2:
        return
    trusted, *others = sorted(camps, key=_weight, reverse=True)
    for camp in others:
        if not any(_same_books(one, other) for one in camp for other in trusted):
            continue
        # Forecasts of two tables are compared line by line.
        if group[0].scenario != "forecast" or camp[0].is_text or trusted[0].is_text:
            yield _contradiction(camp, trusted)


def _camps(stated: Iterable[Fact]) -> list[list[Fact]]:
    """Facts that agree, put together; the most precise decide."""
    camps: list[list[Fact]] = []
    for fact in sorted(stated, key=lambda fact: fact.slack):
        for camp in camps:
            if agree(camp[0], fact):
                camp.append(fact)
                break
        else:
            camps.append([fact])
    return camps


def _same_books(one: Fact, other: Fact) -> bool:
    """Whether two facts are of the same budget, and not of two platforms, say, with one each.

    Budgets are the same that have several lines in common and agree in most of them.
    """
    if one.table == other.table:
        # Two columns of a table are two things, whatever their headings seem to say.
        return position(one.ref.cell)[1] == position(other.ref.cell)[1]
    if not one.lines or not other.lines:
        return True
    if one.naming.is_other(other.naming):
        return False
    common = one.lines.keys() & other.lines.keys()
    differing = sum(one.lines[key] != other.lines[key] for key in common)
    return len(common) >= _LEAST_ALIKE and 2 * differing <= len(common)


def _weight(camp: Sequence[Fact]) -> tuple[int, int]:
    """How much speaks for a camp: the tables in it, and then the texts."""
    tables = {fact.table for fact in camp if not fact.is_text}
    return len(tables), len(camp)


def _contradiction(camp: Sequence[Fact], trusted: Sequence[Fact]) -> Finding:
    first, other = camp[0], trusted[0]
    is_near = abs(first.value - other.value) <= first.slack + other.slack
    is_forecast = first.scenario == "forecast" and not is_near
    turned = _turned(first)
    sign = -1 if turned else 1
    name = first.label if turned else first.concept.capitalize()
    named = name if str(first.period) in name else f"{name} {first.period}"
    return tell(
        "prognoser-skiljer" if is_forecast else "olika-uppgifter",
        first.ref,
        "differs",
        "why" if is_forecast else "rounding" if is_near else "look",
        severity="info" if is_forecast or is_near else _severity(first, other),
        what=f"{named} ({_SAID.get(first.scenario, first.scenario)})",
        here=first.shown,
        places=places.told(
            (_shown(fact.value, fact, turned), fact.ref.seen_from(first.ref))
            for fact in trusted[:2]
        ),
        gap=_shown(first.value - other.value, first, turned),
        stated=sign * first.value / first.unit,
        calculated=sign * other.value / first.unit,
        also=[fact.ref for fact in (*trusted, *camp[1:])],
    )


def _severity(one: Fact, other: Fact) -> Severity:
    """An error, but in running text only where the accounts themselves state what it says."""
    is_text = one.is_text or other.is_text
    is_stock = one.concept in _STOCKS and one.scenario == "outcome"
    return "warning" if is_text and not is_stock else "error"


def _turned(fact: Fact) -> bool:
    """Whether a figure is written with the other sign than its quantity is compared with."""
    return fact.shown.startswith("−") != (fact.value < 0)


def _shown(value: Fraction, fact: Fact, turned: bool = False) -> str:
    """So many kronor in the unit that a fact is written in."""
    return trimmed((-value if turned else value) / fact.unit, fact.shown.rpartition(" ")[2])


def _plan_years(group: Sequence[Fact]) -> Iterator[Finding]:
    """A plan's later year against the budget that was then adopted: costs tell enough."""
    planned = [fact for fact in group if fact.is_plan_year]
    adopted = [fact for fact in group if not fact.is_plan_year and not fact.is_text]
    if not planned or not adopted or planned[0].concept != COSTS:
        return
    for fact in planned:
        if not any(agree(fact, other) for other in adopted):
            budget = adopted[0]
            yield tell(
                "plan-mot-budget",
                fact.ref,
                "more" if budget.value > fact.value else "less",
                planned=_shown(fact.value, fact),
                period=fact.period,
                adopted=_shown(budget.value, fact),
                place=budget.ref.seen_from(fact.ref),
                gap=_shown(abs(budget.value - fact.value), fact),
                stated=fact.value / fact.unit,
                calculated=budget.value / fact.unit,
                also=[other.ref for other in adopted],
            )


def _openings(found: Sequence[Fact]) -> Iterator[Finding]:
    """A table whose budget and forecast open the same year with different equity."""
    opened = [f for f in found if f.concept in _STOCKS and f.opens and not f.is_plan_year]
    by_table: dict[tuple[str, str], list[Fact]] = {}
    for fact in opened:
        by_table.setdefault((fact.table, str(fact.period)), []).append(fact)
    for beside in by_table.values():
        first = beside[0]
        other = next((fact for fact in beside[1:] if not agree(first, fact)), None)
        if other is not None and first.scenario != other.scenario:
            yield tell(
                "ingaende-skiljer",
                first.ref,
                label=first.label,
                here=first.shown,
                scenario=_SAID.get(first.scenario, first.scenario),
                there=other.shown,
                other=_SAID.get(other.scenario, other.scenario),
                place=other.ref.seen_from(first.ref),
                stated=first.value / first.unit,
                calculated=other.value / first.unit,
                also=[other.ref],
            )
