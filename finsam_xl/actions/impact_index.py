"""Recomputing the Impactindex: from the tables of a workbook to the plan that updates them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from finsam_xl.actions import index_matrix
from finsam_xl.actions.index_results import (
    UnitResult,
    areas_missing,
    match,
    no_basis,
    nothing_usable,
    same_unit_twice,
    unknown_area,
    without_table,
)
from finsam_xl.actions.writing import Kind, write_figure, write_judgement, write_text
from finsam_xl.address import a1
from finsam_xl.checks.goals import impact_index as checks
from finsam_xl.filling.social import SocialGate
from finsam_xl.filling.social_sums import closings
from finsam_xl.labels import split_number
from finsam_xl.model import AreaScore, UnitIndex
from finsam_xl.money import round_half_away, swedish
from finsam_xl.plan import Plan, merge
from finsam_xl.reading import unit_names as units
from finsam_xl.reading.index_matrix import is_matrix
from finsam_xl.sheets.grid import Grid, SheetGrid, Value
from finsam_xl.sheets.tables import Row, Table

STANDINGS = {"grön": "● når", "orange": "▲ nära", "röd": "▼ under"}
"""The word and symbol beside a colour, so that colour never stands alone."""


def plan(grid: Grid, tables: Sequence[Table], found: Sequence[UnitResult]) -> Plan:
    """The edits that make the social budgets and the Impactindex tables show ``found``."""
    plans = [Plan(findings=result.findings) for result in found]
    plans.append(Plan(findings=tuple(same_unit_twice(found))))
    gates = {
        id(result): SocialGate(
            grid.sheet(result.budget.table.sheet), result.budget, result.unit_index
        )
        for result in found
    }
    for unit in found:
        gate = gates[id(unit)]
        plans.append(_fill_budget(grid.sheet(unit.budget.table.sheet), unit, gate))
        told = gate.finding()
        plans.append(Plan(findings=(told,) if told is not None else ()))
    plans += _overviews(grid, tables, found, gates)
    shown = [table for table in tables if table.kind == "impact_index"]
    index_tables = [table for table in shown if not is_matrix(table)]
    filled: list[UnitResult] = []
    for table in shown:
        if is_matrix(table):
            done = index_matrix.fill(grid.sheet(table.sheet), table, found, gates)
            plans += done.plans
            filled += done.shown
    for table, name, result in closest(grid, index_tables, found):
        if result is None and not found:
            continue  # a table that stands alone lacks nothing, and is filled as it is printed
        if result is None:
            plans.append(Plan(findings=(no_basis(table, name),)))
        elif not result.unit_index.areas:
            plans.append(Plan(findings=(nothing_usable(table, result),)))
        elif gates[id(result)].is_incomplete:
            filled.append(result)
        else:
            plans.append(_fill_index(grid.sheet(table.sheet), table, result))
            filled.append(result)
    if shown:
        plans.append(Plan(findings=tuple(without_table(found, filled))))
    return merge(plans)


def _overviews(
    grid: Grid,
    tables: Sequence[Table],
    found: Sequence[UnitResult],
    gates: Mapping[int, SocialGate],
) -> Iterator[Plan]:
    """The tables that show all units' indices, and the weights of the areas."""
    fillers = {"index_overview": index_matrix.fill, "weights": index_matrix.weights}
    for table in tables:
        if table.kind in fillers:
            yield from fillers[table.kind](grid.sheet(table.sheet), table, found, gates).plans


def closest(
    grid: Grid, tables: Sequence[Table], found: Sequence[UnitResult]
) -> Iterator[tuple[Table, str, UnitResult | None]]:
    """Each of the tables of indices, the unit that it names, and the result that it shows."""
    for table, name in zip(tables, _index_names(tables, found), strict=True):
        yield table, name, match(name, table, found) or _only(grid, table, tables, found)


def _only(
    grid: Grid, table: Table, tables: Sequence[Table], found: Sequence[UnitResult]
) -> UnitResult | None:
    """The unit of a table that names none: the only one there is, if the figures or sheet agree."""
    if len(tables) != 1 or len(found) != 1:
        return None
    result = found[0]
    rows = [row for row in table.rows if row.role != "total"]
    if any(score_of(row, result.unit_index) is None for row in rows):
        return None
    if table.sheet == result.budget.table.sheet:
        return result
    sheet = grid.sheet(table.sheet)
    typed = [
        (cell.value, score.maximum)
        for row in rows
        if (score := score_of(row, result.unit_index)) is not None
        and (cell := table.cell(sheet, row.row, "maximum")) is not None
        and cell.value is not None
    ]
    agreeing = sum(value == maximum for value, maximum in typed)
    return result if 2 * agreeing > len(typed) else None


def _index_names(tables: Sequence[Table], found: Sequence[UnitResult]) -> list[str]:
    return units.name_tables(tables, [result.budget.table for result in found])


def _fill_budget(sheet: SheetGrid, result: UnitResult, gate: SocialGate) -> Plan:
    table, unit = result.budget.table, result.unit_index.unit
    typed, like = example(sheet, table)
    plans = []
    for judgement in result.unit_index.judgements:
        indicator, places = judgement.indicator, judgement.indicator.places
        if "judged" in places and gate.may_judge(judgement):
            why = f"Uppnått för {indicator.number}, {unit}"
            reached = judgement.reached
            words = gate.words
            plans.append(write_judgement(sheet, places["judged"], reached, why, typed, like, words))
        if "points" in places and gate.may_give_points(judgement):
            points = Decimal(judgement.points or 0)
            why = f"Poäng för {indicator.number}, {unit}"
            weight = places["weight"].cell
            plans.append(write_figure(sheet, places["points"], points, why, like=weight))
    if not gate.is_incomplete:
        plans += [
            write_figure(
                sheet,
                one.ref,
                round_half_away(one.figure),
                f"{one.title} {unit}",
                kind="percent",
                is_index=True,
            )
            for one in closings(sheet, table, result.unit_index)
        ]
    return merge(plans)


def example(sheet: SheetGrid, table: Table) -> tuple[Value, str]:
    """A judgement already typed in the column, and its cell: new ones are written the same way."""
    column = table.column("judged")
    for row in table.rows:
        if column is not None and row.role == "line":
            cell = sheet.cell(row.row, column)
            if cell.value is not None:
                return cell.value, a1(row.row, column)
    return "Ja", ""


def _fill_index(sheet: SheetGrid, table: Table, result: UnitResult) -> Plan:
    plans = []
    for row in table.rows:
        score = score_of(row, result.unit_index)
        if score is None:
            plans.append(Plan(findings=(unknown_area(table, row, result),)))
        else:
            plans.append(_fill_row(sheet, table, row, score, result))
    shown = {score_of(row, result.unit_index) for row in table.rows}
    missing = [area.name for area in result.unit_index.areas if area not in shown]
    if missing:
        plans.append(Plan(findings=(areas_missing(table, result, missing),)))
    return merge(plans)


def score_of(row: Row, index: UnitIndex) -> AreaScore | None:
    """What a row of a table of indices shows: an area's, or that of all."""
    if row.role == "total":
        return index.total
    number, name = split_number(row.label)
    for area in index.areas:
        area_number, area_name = split_number(area.name)
        if (name and name == area_name) or (not name and number and number == area_number):
            return area
    return None


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
        ("indicators", "Antal indikatorer", score.indicators),
        ("maximum", "Maximalt impactvärde", score.maximum),
        ("achieved", "Uppnått impactvärde", score.achieved),
        ("fulfilment", "Måluppfyllelse", score.impact_index),
        ("index", "Impactindex", score.impact_index),
    ]
    if any(one.indicator.goal for one in result.unit_index.judgements):
        figures.insert(0, ("goals", "Antal mål", score.goals))
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
                    is_index=True,
                )
            )
    ref = table.ref(row.row, "standing")
    if ref is not None and mark:
        why = f"Läge för {place} mot målet {swedish(result.rules.target)}"
        plans.append(write_text(sheet, ref, STANDINGS[mark], why))
    return merge(plans)
