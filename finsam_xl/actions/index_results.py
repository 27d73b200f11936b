"""The index of every social budget in a workbook, with the rules it is judged by.

And what is said of Impactindex tables: those without a social budget, rows without an area.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from finsam_xl import policy
from finsam_xl.calc import impact_index as calc
from finsam_xl.checks.goals import impact_index as checks
from finsam_xl.checks.related import listed
from finsam_xl.errors import PolicyError
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref, UnitIndex
from finsam_xl.policy import ImpactIndexRules
from finsam_xl.reading import social
from finsam_xl.reading import unit_names as units
from finsam_xl.reading.ideal_weights import ideals
from finsam_xl.reading.settings import Settings, settings
from finsam_xl.reading.social import SocialBudget
from finsam_xl.reading.weight_scale import weight_scale
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Row, Table


class UnitResult(NamedTuple):
    """A unit's index with the budget it was calculated from and the rules it was judged by."""

    unit_index: UnitIndex
    budget: SocialBudget
    rules: ImpactIndexRules
    findings: tuple[Finding, ...]
    ideals: Mapping[str, Fraction] = MappingProxyType({})
    """What the workbook says its areas should weigh, in per cent by name."""


def results(grid: Grid, tables: Sequence[Table], today: date) -> list[UnitResult]:
    """The index of every social budget among ``tables``, in their order.

    ``today`` decides which rules hold for a table that names no year.
    """
    budgets = [table for table in tables if table.kind == "social_budget"]
    others = [table for table in tables if table.kind == "impact_index"]
    names = units.name_tables(budgets, others)
    own = settings(grid)
    stated = {**ideals(grid, tables), **own.ideals}
    return [
        _result(grid.sheet(table.sheet), table, name, today, stated, own)
        for table, name in zip(budgets, names, strict=True)
    ]


def before(grid: Grid, tables: Sequence[Table], today: date) -> list[UnitResult]:
    """The index of the year before, of the social budgets that have columns of it beside theirs."""
    sheets = {table.sheet for table in tables if table.kind == "social_budget"}
    earlier = [one for name in sheets for one in social.recognise_before(grid.sheet(name))]
    others = [table for table in tables if table.kind == "impact_index"]
    return results(grid, [*earlier, *others], today) if earlier else []


def _result(
    sheet: SheetGrid,
    table: Table,
    name: str,
    today: date,
    stated: Mapping[str, Fraction],
    own: Settings,
) -> UnitResult:
    rules, rule_findings = _rules(table, today)
    rules = own.on(rules)
    budget = social.read(sheet, table)
    usual = (rules.lowest_weight, rules.highest_weight)
    scale = weight_scale(table, budget.indicators, usual)
    weight_findings = tuple(checks.weights(budget.indicators, scale))
    outside = {finding.cell for finding in weight_findings}
    excluded = [i for i in budget.indicators if i.places["weight"].cell in outside]
    used = tuple(i for i in budget.indicators if i not in excluded)
    budget = budget._replace(indicators=used, excluded=(*budget.excluded, *excluded))
    index = calc.unit_index(name, units.is_association(name), used)
    index = index._replace(excluded=tuple(i.number for i in budget.excluded))
    findings = (
        *rule_findings,
        *budget.findings,
        *weight_findings,
        *checks.outcomes(index.judgements),
        *checks.typed_judgements(index),
        *checks.area_weights(index, stated, rules, _area_places(index)),
    )
    return UnitResult(index, budget, rules, findings, stated)


def _rules(table: Table, today: date) -> tuple[ImpactIndexRules, tuple[Finding, ...]]:
    """The rules of the table's year; today's, and a warning, where that year has none."""
    try:
        day = table.period.last_day if table.period else policy.current(today)
        return policy.on(day).impact_index, ()
    except PolicyError:
        warning = tell("regler-saknas", _head(table), year=today.year, stated=str(table.period))
        return policy.on(policy.current(today)).impact_index, (warning,)


def _head(table: Table) -> Ref:
    """The first heading of a table, where it is told what is said of all of it."""
    return Ref.at(table.sheet, table.header_row, table.columns[0].number)


def _area_places(index: UnitIndex) -> list[Ref]:
    firsts: dict[str, Ref] = {}
    for judgement in index.judgements:
        firsts.setdefault(judgement.indicator.area, judgement.indicator.places["weight"])
    return [firsts[area.name] for area in index.areas]


def match(name: str, table: Table, found: Sequence[UnitResult]) -> UnitResult | None:
    """The result that belongs to an Impactindex table: same unit, and same year if both say one."""
    for result in found:
        years = {table.period, result.budget.table.period} - {None}
        if units.same(name, result.unit_index.unit) and len(years) <= 1:
            return result
    return None


def without_table(found: Sequence[UnitResult], filled: Sequence[UnitResult]) -> Iterator[Finding]:
    """A note per unit whose index no table in the workbook shows."""
    for result in found:
        table = result.budget.table
        if not any(result is one for one in filled) and result.unit_index.areas:
            yield tell("tabell-saknas", _head(table), stated=result.unit_index.unit)


def same_unit_twice(found: Sequence[UnitResult]) -> Iterator[Finding]:
    """A warning per budget whose unit and year an earlier budget also has."""
    for number, result in enumerate(found):
        table = result.budget.table
        first = match(result.unit_index.unit, table, found[:number])
        if first is not None:
            yield tell(
                "enhet-dubbel",
                _head(table),
                sheet=first.budget.table.sheet,
                stated=result.unit_index.unit,
            )


def no_basis(table: Table, name: str) -> Finding:
    """A table whose unit has no social budget in the workbook."""
    return tell("underlag-saknas", _head(table), stated=name)


def nothing_usable(table: Table, result: UnitResult) -> Finding:
    """A table whose social budget has no row that can be calculated."""
    return tell(
        "inget-att-rakna",
        _head(table),
        sheet=result.budget.table.sheet,
        stated=result.unit_index.unit,
    )


def areas_missing(table: Table, result: UnitResult, missing: Sequence[str]) -> Finding:
    """A table that leaves out areas its total counts."""
    return tell(
        "malomrade-saknas",
        Ref.at(table.sheet, table.header_row, table.column("area") or 1),
        "one" if len(missing) == 1 else "several",
        unit=result.unit_index.unit,
        areas=listed(missing),
        stated=", ".join(missing),
    )


def unknown_area(table: Table, row: Row, result: UnitResult) -> Finding:
    """A row whose area the social budget does not have."""
    return tell(
        "okant-malomrade",
        Ref.at(table.sheet, row.row, table.column("area") or 1),
        unit=result.unit_index.unit,
        areas=listed([area.name for area in result.unit_index.areas]),
        stated=row.label,
    )
