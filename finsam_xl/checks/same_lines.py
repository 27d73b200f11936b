"""The same line of the same year's budget in two tables.

Codes: ``olika-budget`` (two tables state the same budget differently), ``prognoser-skiljer``
(two forecasts of the same year, told once for the pair of tables).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from finsam_xl.checks.concepts import concept_in, words_of
from finsam_xl.checks.material import Material
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Budget
from finsam_xl.money import trimmed
from finsam_xl.records import NamedTuple
from finsam_xl.words.units import KRONOR

_COMPARED = ("budget", "forecast")
_LEAST_ALIKE = 3
_Key = tuple[str, str, bool]


class _Column(NamedTuple):
    """A stated column of a table: its lines by section, label and side."""

    file: str
    budget: Budget
    number: int
    lines: Mapping[_Key, int]

    def may_be(self, other: _Column) -> bool:
        """Whether nothing says that the two are different versions."""
        versions = {one.budget.columns[one.number].version for one in (self, other)} - {""}
        return len(versions) < len((self, other))

    @property
    def unit(self) -> Fraction:
        return KRONOR.get(self.budget.unit, Fraction(1))

    def value(self, key: _Key) -> Fraction | None:
        amount = self.budget.rows[self.lines[key]].amounts[self.number]
        return None if amount is None else amount * self.unit

    def ref(self, key: _Key) -> Ref:
        return self.budget.place(self.lines[key], self.number)._replace(file=self.file)


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Lines that two tables of the same association state differently for the same year."""
    groups: dict[tuple[str, str, str], list[_Column]] = {}
    for material in materials:
        for budget in material.budgets:
            for number, column in enumerate(budget.columns):
                if column.scenario in _COMPARED and column.period and not _is_later(budget, number):
                    key = (material.association, str(column.period), column.scenario)
                    lines = _lines(budget, totals=column.scenario == "forecast")
                    found = _Column(material.file, budget, number, lines)
                    groups.setdefault(key, []).append(found)
    for (_, period, scenario), columns in groups.items():
        for one, other in _same_budgets(columns):
            yield from _compared(one, other, period, scenario)


def _same_budgets(columns: Sequence[_Column]) -> Iterator[tuple[_Column, _Column]]:
    """The pairs of columns of two tables that may be the same budget.

    A table may have the decided one beside the revised: it is the one that agrees best.
    """
    tables: dict[int, list[_Column]] = {}
    for column in columns:
        tables.setdefault(id(column.budget), []).append(column)
    for mine, others in combinations(tables.values(), 2):
        pairs = [(a, b) for a in mine for b in others if a.may_be(b)]
        if pairs:
            yield min(pairs, key=lambda pair: len(_differing(*pair)))


def _lines(budget: Budget, *, totals: bool) -> dict[_Key, int]:
    """The lines and section totals that can be told from each other.

    ``totals``: whether with the grand totals, which are compared by what they are elsewhere.
    """
    keys = [
        (words_of(row.section.rpartition("/")[2]), words_of(row.label), row.is_income)
        for row in budget.rows
    ]
    counts = Counter(keys)
    return {
        key: index
        for index, (key, row) in enumerate(zip(keys, budget.rows, strict=True))
        if row.role in ("line", "total")
        and counts[key] == 1
        and (totals or concept_in(budget, row) is None)
    }


def _is_later(budget: Budget, number: int) -> bool:
    """Whether a column is a later year of a plan: what was then adopted may differ."""
    years = [c.period.year for c in budget.columns if c.period and c.scenario in ("budget", "plan")]
    period = budget.columns[number].period
    return budget.kind == "plan" and period is not None and period.year > min(years, default=0)


def _compared(one: _Column, other: _Column, period: str, scenario: str) -> Iterator[Finding]:
    pairs, differing = _pairs(one, other), _differing(one, other)
    if len(pairs) < _LEAST_ALIKE or 2 * len(differing) > len(pairs):
        # Too little in common to be the same budget.
        return
    if scenario == "forecast":
        yield from _forecasts(one, other, differing, period)
        return
    for key, match in differing:
        yield _different(one, other, key, match, period)


def _pairs(one: _Column, other: _Column) -> list[tuple[_Key, _Key]]:
    """Lines of the same label and side: in the same section, or in the only one that has it."""
    by_label: dict[tuple[str, bool], list[_Key]] = {}
    for key in other.lines:
        by_label.setdefault(key[1:], []).append(key)
    found = []
    for key in one.lines:
        same = by_label.get(key[1:], [])
        if key in other.lines:
            found.append((key, key))
        elif len(same) == 1 and sum(k[1:] == key[1:] for k in one.lines) == 1:
            found.append((key, same[0]))
    return found


def _differing(one: _Column, other: _Column) -> list[tuple[_Key, _Key]]:
    """The lines that two columns state differently."""
    return [
        (key, match)
        for key, match in _pairs(one, other)
        if (here := one.value(key)) is not None
        and (there := other.value(match)) is not None
        and abs(here - there) > _slack(one, other)
    ]


def _slack(one: _Column, other: _Column) -> Fraction:
    return Fraction(0) if one.unit == other.unit else max(one.unit, other.unit) / 2


def _different(one: _Column, other: _Column, key: _Key, match: _Key, period: str) -> Finding:
    here, there = one.value(key) or Fraction(0), other.value(match) or Fraction(0)
    label = one.budget.rows[one.lines[key]].label
    ref, place = one.ref(key), other.ref(match)
    unit = one.budget.unit
    return Finding.at(
        ref,
        "error",
        "olika-budget",
        f"{label}, budget {period}: {_shown(here, one)} här men {_shown(there, one)} i "
        f"{place.seen_from(ref)}. Skillnad {_shown(here - there, one)} {unit}; samma budget ska "
        "ha samma belopp, kontrollera vilket som beslutades.",
        stated=here / one.unit,
        calculated=there / one.unit,
        also=[place],
    )


def _forecasts(
    one: _Column, other: _Column, differing: Sequence[tuple[_Key, _Key]], period: str
) -> Iterator[Finding]:
    """One note on all lines that two forecasts tell differently, at the one that differs most."""
    if not differing:
        return

    def gap(pair: tuple[_Key, _Key]) -> Fraction:
        here, there = one.value(pair[0]), other.value(pair[1])
        return abs((here or Fraction(0)) - (there or Fraction(0)))

    ordered = sorted(differing, key=gap, reverse=True)
    key, match = ordered[0]
    here, there = one.value(key) or Fraction(0), other.value(match) or Fraction(0)
    named = ", ".join(
        f"{one.budget.rows[one.lines[k]].label} {_shown(one.value(k) or Fraction(0), one)} mot "
        f"{_shown(other.value(m) or Fraction(0), one)}"
        for k, m in ordered
    )
    yield Finding.at(
        one.ref(key),
        "info",
        "prognoser-skiljer",
        f"Prognosen {period} skiljer sig från {other.ref(match).seen_from(one.ref(key))}: "
        f"{named}. De kan vara gjorda vid olika tillfällen.",
        stated=here / one.unit,
        calculated=there / one.unit,
        also=[ref for k, m in ordered for ref in (other.ref(m), one.ref(k))],
    )


def _shown(value: Fraction, column: _Column) -> str:
    amount = value / column.unit
    return trimmed(amount)
