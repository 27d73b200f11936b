"""Stated figures as facts: which quantity, for which period and scenario, in kronor, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.address import real_name
from finsam_xl.checks.concepts import YEARS_BEFORE, Concept, concept_in, concept_of, words_of
from finsam_xl.checks.material import Material
from finsam_xl.model import Ref
from finsam_xl.model_budget import Budget, Known, Naming
from finsam_xl.model_counts import CountRow
from finsam_xl.money import trimmed
from finsam_xl.periods import Period
from finsam_xl.records import NamedTuple
from finsam_xl.words.scenarios import Scenario, is_about, spoken, without_about
from finsam_xl.words.units import KRONOR

_TURN = re.compile(r"\b(20\d\d)/(20\d\d)\b")
_BUDGETS = ("budget", "plan", "tertial", "outcome")
PER_CENT_ABOUT = 40
"""A figure said to be about right may be off by a fortieth."""


class Fact(NamedTuple):
    """A stated figure. ``value`` in kronor; ``slack``: how far off rounding may have put it.

    ``shown``: as it is written, with its unit, which is so many kronor (``unit``); ``table``:
    the sheet and title it stands under; ``is_text``: it stands in running text;
    ``is_plan_year``: it is a later year of a plan; ``is_planned``: its column is of a plan and of
    no budget; ``opens``: it was stated as what the year
    after opened with; ``is_about``: it is said to be about right;
    ``lines``: the lines beside it in a budget or follow-up, by label and side, which tell
    whose budget it is; ``naming``: the names by which its table tells of which thing it is.
    """

    concept: str
    period: Period
    scenario: str
    value: Fraction
    slack: Fraction
    shown: str
    unit: int
    ref: Ref
    label: str
    table: str
    is_text: bool = False
    is_plan_year: bool = False
    is_planned: bool = False
    opens: bool = False
    is_about: bool = False
    lines: Mapping[tuple[str, bool], Known] | None = None
    naming: Naming = Naming()

    @property
    def named(self) -> str:
        """Its row as it is told of, with its period unless the row says it."""
        return self.label if str(self.period) in self.label else f"{self.label} {self.period}"


def of(material: Material) -> Iterator[Fact]:
    """The facts of a workbook, from its tables of amounts and its figures in text."""
    for budget in material.budgets:
        yield from _in_budget(material.file, budget)
    for table in material.of("text_figures"):
        for row in table.rows:
            yield from _in_text(material.file, table.titles[:1], row)


def by_association(
    materials: Sequence[Material],
) -> Iterator[tuple[list[Material], list[Fact]]]:
    """The workbooks of each association, and their facts."""
    groups: dict[str, list[Material]] = {}
    for material in materials:
        groups.setdefault(material.association, []).append(material)
    for group in groups.values():
        yield group, [fact for material in group for fact in of(material)]


def _in_budget(file: str, budget: Budget) -> Iterator[Fact]:
    unit = KRONOR.get(budget.unit)
    if unit is None:
        return
    first_year = min(
        (c.period.year for c in budget.columns if c.period and c.scenario in ("budget", "plan")),
        default=0,
    )
    is_plan = budget.kind == "plan"
    lines = [_lines(budget, number, unit) for number in range(len(budget.columns))]
    for index, row in enumerate(budget.rows):
        concept = concept_in(budget, row)
        if concept is None:
            continue
        for number, column in enumerate(budget.columns):
            amount, period = row.amounts[number], column.period
            if amount is None or period is None or not (column.is_stated and column.is_known):
                continue
            if column.alternative:
                continue  # One of several that were weighed is not what was decided.
            ref = budget.place(index, number)._replace(file=file)
            scenario = "budget" if column.scenario == "plan" else column.scenario
            later = is_plan and scenario == "budget" and period.year > first_year
            shown = f"{trimmed(amount)} {budget.unit}"
            fact = Fact(
                concept.name,
                period,
                scenario,
                _signed(concept, amount * unit),
                unit / 2,
                shown,
                int(unit),
                ref,
                row.label,
                f"{real_name(budget.sheet)} {budget.title}",
                is_plan_year=later,
                is_planned=column.scenario == "plan",
                lines=lines[number] if budget.kind in _BUDGETS else None,
                naming=budget.naming,
            )
            yield _closing_before(fact)


def _lines(budget: Budget, column: int, unit: Fraction) -> dict[tuple[str, bool], Known]:
    """The lines of a column in kronor; of those with the same label the first."""
    found: dict[tuple[str, bool], Known] = {}
    for row in budget.rows:
        amount = row.amounts[column]
        if row.role == "line" and amount is not None:
            found.setdefault((words_of(row.label), row.is_income), amount * unit)
    return found


def _in_text(file: str, titles: tuple[str, ...], row: CountRow) -> Iterator[Fact]:
    concept, figure = concept_of(row.label), row.figures.get("value")
    words = without_about(row.label)
    concept = concept or concept_of(words)
    if concept is None or figure is None or figure.unit not in KRONOR:
        return
    said = f"{row.label} {row.texts.get('when', '')}"
    turn = _TURN.search(said)
    period = Period(int(turn.group(1))) if turn else Period.find(row.texts.get("when", ""))
    if period is None:
        return
    unit = KRONOR[figure.unit]
    value = _signed(concept, figure.value * unit)
    slack = figure.half_step * unit
    if is_about(row.label):
        slack = max(slack, abs(value) / PER_CENT_ABOUT)
    scenario = spoken(row.label) or Scenario.OUTCOME
    fact = Fact(
        concept.name,
        period,
        scenario,
        value,
        slack,
        f"{trimmed(figure.value)} {figure.unit}",
        int(unit),
        figure.ref._replace(file=file),
        row.label,
        " ".join(titles),
        is_text=True,
        is_about=is_about(row.label),
    )
    yield _closing_before(fact)


def _signed(concept: Concept, value: Fraction) -> Fraction:
    return abs(value) if concept.sign == 0 else concept.sign * value


def _closing_before(fact: Fact) -> Fact:
    """What a year opens with, as what the year before closed with."""
    closing = YEARS_BEFORE.get(fact.concept)
    if closing is None or not fact.period.is_whole_year:
        return fact
    return fact._replace(concept=closing, period=Period(fact.period.year - 1), opens=True)
