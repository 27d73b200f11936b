"""The same quantity stated in several places: tables, sheets, files and running text.

Codes: ``olika-uppgifter`` (two places contradict each other), ``plan-mot-budget`` (a plan's
later year and the budget then adopted), ``prognoser-skiljer`` (forecasts made at different
times), ``ingaende-skiljer`` (a budget and a forecast that open differently).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from finsam_xl.address import position
from finsam_xl.checks import facts
from finsam_xl.checks.concepts import CASH, COSTS, EQUITY
from finsam_xl.checks.facts import Fact
from finsam_xl.checks.material import Material
from finsam_xl.model import Finding, Severity
from finsam_xl.money import trimmed

_STOCKS = (EQUITY, CASH)
_LEAST_ALIKE = 3
_SAID = {
    "budget": "budget", "forecast": "prognos", "outcome": "utfall",
    "outcome_to_date": "utfall t.o.m.",
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
    what = f"{first.concept.capitalize()} {first.period} ({_SAID.get(first.scenario, '')})"
    severity: Severity = "error"
    is_text = any(fact.is_text for fact in (first, other))
    code = "olika-uppgifter"
    tail = "Kontrollera vilken uppgift som gäller och rätta den andra."
    is_near = abs(first.value - other.value) <= first.slack + other.slack
    if is_near:
        severity, tail = "info", "Skillnaden ryms i avrundningen."
    elif first.scenario == "forecast":
        severity, code = "info", "prognoser-skiljer"
        tail = "Prognoserna kan vara gjorda vid olika tillfällen."
    elif is_text and not (first.concept in _STOCKS and first.scenario == "outcome"):
        severity = "warning"
    places = ", ".join(
        dict.fromkeys(f"{fact.shown} i {fact.ref.seen_from(first.ref)}" for fact in trusted[:2])
    )
    return Finding.at(
        first.ref,
        severity,
        code,
        f"{what} står som {first.shown} här men som {places}. Skillnad "
        f"{_difference(first, other)}. {tail}",
        stated=first.value / first.unit,
        calculated=other.value / first.unit,
        also=[fact.ref for fact in (*trusted, *camp[1:])],
    )


def _difference(one: Fact, other: Fact) -> str:
    size = (one.value - other.value) / one.unit
    return trimmed(size, one.shown.rpartition(" ")[2])


def _plan_years(group: Sequence[Fact]) -> Iterator[Finding]:
    """A plan's later year against the budget that was then adopted: costs tell enough."""
    planned = [fact for fact in group if fact.is_plan_year]
    adopted = [fact for fact in group if not fact.is_plan_year and not fact.is_text]
    if not planned or not adopted or planned[0].concept != COSTS:
        return
    for fact in planned:
        if not any(agree(fact, other) for other in adopted):
            yield Finding.at(
                fact.ref,
                "info",
                "plan-mot-budget",
                f"Planens kostnader {fact.period} är {fact.shown}; budgeten blev "
                f"{adopted[0].shown} ({adopted[0].ref.seen_from(fact.ref)}). "
                "Det säger hur planen höll.",
                stated=fact.value / fact.unit,
                calculated=adopted[0].value / fact.unit,
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
            yield Finding.at(
                first.ref,
                "info",
                "ingaende-skiljer",
                f"{first.label} är {first.shown} i {_SAID.get(first.scenario, '')} men "
                f"{other.shown} i {_SAID.get(other.scenario, '')} "
                f"({other.ref.seen_from(first.ref)}): det verkliga ingående värdet var inte känt "
                "när budgeten gjordes.",
                stated=first.value / first.unit,
                calculated=other.value / first.unit,
                also=[other.ref],
            )
