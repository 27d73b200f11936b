"""Recomputing the Impactindex: from the tables of a workbook to the plan that updates them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from finsam_xl import policy
from finsam_xl.actions.writing import Kind, write_figure, write_judgement, write_text
from finsam_xl.address import a1
from finsam_xl.calc import impact_index as calc
from finsam_xl.checks import impact_index as checks
from finsam_xl.errors import PolicyError
from finsam_xl.labels import normalise, split_number
from finsam_xl.model import AreaScore, Finding, Ref, UnitIndex
from finsam_xl.money import round_half_away, swedish
from finsam_xl.plan import Plan, merge
from finsam_xl.policy import ImpactIndexRules
from finsam_xl.sheets import social_budget, units
from finsam_xl.sheets.grid import Grid, SheetGrid, Value
from finsam_xl.sheets.social_budget import SocialBudget
from finsam_xl.sheets.tables import Row, Table

_GRAND_TOTALS = {"summa", "totalt", "total", "s:a", "s a", "summa poäng", "summa totalt"}
STANDINGS = {"grön": "● når", "orange": "▲ nära", "röd": "▼ under"}
"""The word and symbol beside a colour, so that colour never stands alone."""


class UnitResult(NamedTuple):
    """A unit's index with the budget it was calculated from and the rules it was judged by."""

    unit_index: UnitIndex
    budget: SocialBudget
    rules: ImpactIndexRules
    findings: tuple[Finding, ...]


def results(grid: Grid, tables: Sequence[Table], today: date) -> list[UnitResult]:
    """The index of every social budget among ``tables``, in their order.

    ``today`` decides which rules hold for a table that names no year.
    """
    budgets = [table for table in tables if table.kind == "social_budget"]
    others = [table for table in tables if table.kind == "impact_index"]
    names = units.name_tables(budgets, others)
    return [
        _result(grid.sheet(table.sheet), table, name, today)
        for table, name in zip(budgets, names, strict=True)
    ]


def _result(sheet: SheetGrid, table: Table, name: str, today: date) -> UnitResult:
    rules, rule_findings = _rules(table, today)
    budget = social_budget.read(sheet, table)
    weight_findings = tuple(checks.weights(budget.indicators, rules))
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
        *checks.area_weights(index, rules, _area_places(index)),
    )
    return UnitResult(index, budget, rules, findings)


def _rules(table: Table, today: date) -> tuple[ImpactIndexRules, tuple[Finding, ...]]:
    """The rules of the table's year; today's, and a warning, where that year has none."""
    try:
        return policy.on(table.period.last_day if table.period else today).impact_index, ()
    except PolicyError:
        warning = Finding(
            "warning",
            "regler-saknas",
            table.sheet,
            a1(table.header_row, table.columns[0].number),
            f"För {table.period} finns inga regler om mål och färger. Reglerna för "
            f"{today.year} används.",
            stated=str(table.period),
        )
        return policy.on(today).impact_index, (warning,)


def _area_places(index: UnitIndex) -> list[Ref]:
    firsts: dict[str, Ref] = {}
    for judgement in index.judgements:
        firsts.setdefault(judgement.indicator.area, judgement.indicator.places["weight"])
    return [firsts[area.name] for area in index.areas]


def plan(grid: Grid, tables: Sequence[Table], found: Sequence[UnitResult]) -> Plan:
    """The edits that make the social budgets and the Impactindex tables show ``found``."""
    plans = [Plan(findings=result.findings) for result in found]
    plans.append(Plan(findings=tuple(_same_unit_twice(found))))
    plans += [_fill_budget(grid.sheet(result.budget.table.sheet), result) for result in found]
    index_tables = [table for table in tables if table.kind == "impact_index"]
    filled: list[UnitResult] = []
    for table, name in zip(index_tables, _index_names(index_tables, found), strict=True):
        result = match(name, table, found)
        if result is None:
            plans.append(Plan(findings=(_no_basis(table, name),)))
        elif not result.unit_index.areas:
            plans.append(Plan(findings=(_nothing_usable(table, result),)))
        else:
            plans.append(_fill_index(grid.sheet(table.sheet), table, result))
            filled.append(result)
    if index_tables:
        plans.append(Plan(findings=tuple(_without_table(found, filled))))
    return merge(plans)


def _without_table(found: Sequence[UnitResult], filled: Sequence[UnitResult]) -> Iterator[Finding]:
    """A note per unit whose index no table in the workbook shows."""
    for result in found:
        table = result.budget.table
        if not any(result is one for one in filled) and result.unit_index.areas:
            yield Finding(
                "info",
                "tabell-saknas",
                table.sheet,
                a1(table.header_row, table.columns[0].number),
                f"{result.unit_index.unit} har ingen Impactindex-tabell i arbetsboken; "
                "indexet syns bara i rapporten.",
                stated=result.unit_index.unit,
            )


def _same_unit_twice(found: Sequence[UnitResult]) -> Iterator[Finding]:
    """A warning per budget whose unit and year an earlier budget also has."""
    for number, result in enumerate(found):
        table = result.budget.table
        first = match(result.unit_index.unit, table, found[:number])
        if first is not None:
            yield Finding(
                "warning",
                "enhet-dubbel",
                table.sheet,
                a1(table.header_row, table.columns[0].number),
                f"{result.unit_index.unit} har en social budget även på bladet "
                f"{first.budget.table.sheet}, och den används i Impactindex-tabellen. "
                "Ge den ena ett annat namn eller år.",
                stated=result.unit_index.unit,
            )


def _index_names(tables: Sequence[Table], found: Sequence[UnitResult]) -> list[str]:
    return units.name_tables(tables, [result.budget.table for result in found])


def match(name: str, table: Table, found: Sequence[UnitResult]) -> UnitResult | None:
    """The result that belongs to an Impactindex table: same unit, and same year if both say one."""
    for result in found:
        years = {table.period, result.budget.table.period} - {None}
        if units.same(name, result.unit_index.unit) and len(years) <= 1:
            return result
    return None


def _no_basis(table: Table, name: str) -> Finding:
    return Finding(
        "warning",
        "underlag-saknas",
        table.sheet,
        a1(table.header_row, table.columns[0].number),
        f"Det finns ingen social budget för ”{name}” i arbetsboken, så tabellen är orörd. "
        "Kontrollera att enheten heter likadant på båda ställena.",
        stated=name,
    )


def _nothing_usable(table: Table, result: UnitResult) -> Finding:
    return Finding(
        "warning",
        "inget-att-rakna",
        table.sheet,
        a1(table.header_row, table.columns[0].number),
        f"Ingen rad i den sociala budgeten för {result.unit_index.unit} går att räkna, så "
        f"tabellen är orörd. Rätta raderna på bladet {result.budget.table.sheet} först.",
        stated=result.unit_index.unit,
    )


def _fill_budget(sheet: SheetGrid, result: UnitResult) -> Plan:
    table, unit = result.budget.table, result.unit_index.unit
    example, like = _example(sheet, table)
    plans = []
    for judgement in result.unit_index.judgements:
        indicator, places = judgement.indicator, judgement.indicator.places
        if judgement.calculated and "judged" in places:
            why = f"Uppnått för {indicator.number}, {unit}"
            reached = judgement.reached
            plans.append(write_judgement(sheet, places["judged"], reached, why, example, like))
        if "points" in places:
            points = None if judgement.points is None else Decimal(judgement.points)
            why = f"Poäng för {indicator.number}, {unit}"
            weight = places["weight"].cell
            plans.append(write_figure(sheet, places["points"], points, why, like=weight))
    plans += _budget_totals(sheet, table, result)
    return merge(plans)


def _example(sheet: SheetGrid, table: Table) -> tuple[Value, str]:
    """A judgement already typed in the column, and its cell: new ones are written the same way."""
    column = table.column("judged")
    for row in table.rows:
        if column is not None and row.role == "line":
            cell = sheet.cell(row.row, column)
            if cell.value is not None:
                return cell.value, a1(row.row, column)
    return "Ja", ""


def _budget_totals(sheet: SheetGrid, table: Table, result: UnitResult) -> Iterator[Plan]:
    achieved = Decimal(result.unit_index.total.achieved)
    # A total of one area has a longer label; only the sum of all rows is the unit's.
    totals = [
        row for row in table.rows if row.role == "total" and normalise(row.label) in _GRAND_TOTALS
    ]
    for row in totals[-1:]:
        ref = table.ref(row.row, "points")
        if ref is not None:
            why = f"Summa poäng, {result.unit_index.unit}"
            yield write_figure(sheet, ref, achieved, why, code="index-avviker")


def _fill_index(sheet: SheetGrid, table: Table, result: UnitResult) -> Plan:
    plans = []
    for row in table.rows:
        score = _score_of(row, result.unit_index)
        if score is None:
            plans.append(Plan(findings=(_unknown_area(table, row, result),)))
        else:
            plans.append(_fill_row(sheet, table, row, score, result))
    shown = {_score_of(row, result.unit_index) for row in table.rows}
    missing = [area.name for area in result.unit_index.areas if area not in shown]
    if missing:
        plans.append(Plan(findings=(_areas_missing(table, result, missing),)))
    return merge(plans)


def _areas_missing(table: Table, result: UnitResult, missing: Sequence[str]) -> Finding:
    return Finding(
        "warning",
        "malomrade-saknas",
        table.sheet,
        a1(table.header_row, table.column("area") or 1),
        f"Tabellen för {result.unit_index.unit} saknar raden {', '.join(missing)}, som finns i "
        "den sociala budgeten och räknas i totalen. Lägg till raden.",
        stated=", ".join(missing),
    )


def _score_of(row: Row, index: UnitIndex) -> AreaScore | None:
    if row.role == "total":
        return index.total
    number, name = split_number(row.label)
    for area in index.areas:
        area_number, area_name = split_number(area.name)
        if (name and name == area_name) or (not name and number and number == area_number):
            return area
    return None


def _unknown_area(table: Table, row: Row, result: UnitResult) -> Finding:
    known = ", ".join(area.name for area in result.unit_index.areas)
    return Finding(
        "warning",
        "okant-malomrade",
        table.sheet,
        a1(row.row, table.column("area") or 1),
        f"Målområdet ”{row.label}” finns inte i den sociala budgeten för {result.unit_index.unit}, "
        f"som har: {known}. Raden är orörd.",
        stated=row.label,
    )


def _kind(sheet: SheetGrid, table: Table, field: str) -> Kind:
    """How a column's figures are written: some write 0,66 where others write 66 %."""
    if field not in ("fulfilment", "share"):
        return "number"
    cells = [table.cell(sheet, row.row, field) for row in table.rows]
    values = [c.value for c in cells if c is not None and isinstance(c.value, float)]
    return "fraction" if any(0 < value < 1 for value in values) else "percent"


def _fill_row(
    sheet: SheetGrid, table: Table, row: Row, score: AreaScore, result: UnitResult
) -> Plan:
    place = f"{result.unit_index.unit}, {row.label}"
    colour = checks.standing(score, result.rules)
    mark = str(colour) if colour else ""
    is_total = row.role == "total"
    share = None if is_total else result.unit_index.share(score)
    figures: list[tuple[str, str, Fraction | int | None]] = [
        ("goals", "Antal mål", score.goals),
        ("indicators", "Antal indikatorer", score.indicators),
        ("maximum", "Maximalt impactvärde", score.maximum),
        ("achieved", "Uppnått impactvärde", score.achieved),
        ("fulfilment", "Måluppfyllelse", score.impact_index),
        ("index", "Impactindex", score.impact_index),
    ]
    if not is_total:
        figures.append(("share", "Viktning", share))
    plans = []
    for field, title, value in figures:
        ref = table.ref(row.row, field)
        if ref is not None:
            plans.append(
                write_figure(
                    sheet,
                    ref,
                    None if value is None else round_half_away(value),
                    f"{title} för {place}",
                    kind=_kind(sheet, table, field),
                    mark=mark if field == "index" else "",
                    code="index-avviker",
                )
            )
    ref = table.ref(row.row, "standing")
    if ref is not None and mark:
        why = f"Läge för {place} mot målet {swedish(result.rules.target)}"
        plans.append(write_text(sheet, ref, STANDINGS[mark], why))
    return merge(plans)
