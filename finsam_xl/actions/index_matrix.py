"""Filling a table of units by areas from the social budgets of the same workbook.

A blank cell is filled where its unit and its area are known by name. Where the areas have no
names in the budgets their order must be proved by figures that stand there. A figure that
differs is replaced only where most of those that stand are ours; else it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.actions.index_results import UnitResult
from finsam_xl.actions.writing import Kind, write_figure
from finsam_xl.address import position
from finsam_xl.filling.social import SocialGate
from finsam_xl.findings import tell
from finsam_xl.labels import known_as, split_number
from finsam_xl.model import AreaScore, Finding, Ref, UnitIndex
from finsam_xl.money import exact, round_half_away
from finsam_xl.plan import Plan
from finsam_xl.reading.index_matrix import AREA, WHOLE, Known, area_of
from finsam_xl.reading.unit_names import is_association
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Column, Row, Table


class _Expected(NamedTuple):
    """A cell of a matrix, what it should show, of what, and whether its area is known by name."""

    ref: Ref
    value: Fraction
    title: str
    is_named: bool


class Filled(NamedTuple):
    """What is written in a matrix, and the units it shows."""

    plans: tuple[Plan, ...]
    shown: tuple[UnitResult, ...]


def fill(
    sheet: SheetGrid, table: Table, found: Sequence[UnitResult], gates: Mapping[int, SocialGate]
) -> Filled:
    """The edits that make a matrix show the units' indices."""
    shown: list[UnitResult] = []
    expected: list[_Expected] = []
    for row in table.rows:
        result = _unit(table, row, found)
        if result is not None:
            shown.append(result)
            if not gates[id(result)].is_incomplete:
                expected += _row(table, row, result)
    return Filled(tuple(_plans(sheet, table, expected)), tuple(shown))


def _unit(table: Table, row: Row, found: Sequence[UnitResult]) -> UnitResult | None:
    """The only unit of the matrix's year that a label names, with or without its rank."""
    near = [
        result for result in found if len({table.period, result.budget.table.period} - {None}) <= 1
    ]
    if is_association(row.label):
        called = [result for result in near if result.unit_index.is_association]
    else:
        names = (row.label, known_as(row.label)) if row.role == "line" else ()
        called = [r for r in near if any(map(Known.of(r.budget.table, ()).is_called, names))]
    return called[0] if len(called) == 1 else None


def _row(table: Table, row: Row, result: UnitResult) -> Iterator[_Expected]:
    index = result.unit_index
    scores = {area.name: area for area in index.areas}
    for column in table.columns:
        score, is_named = _score(table, column, scores, index)
        value = score.impact_index if score is not None else None
        ref = table.ref(row.row, column.field)
        if value is not None and ref is not None:
            title = f"Impactindex för {index.unit}, {column.header}"
            yield _Expected(ref, value, title, is_named)


def _score(
    table: Table, column: Column, scores: Mapping[str, AreaScore], index: UnitIndex
) -> tuple[AreaScore | None, bool]:
    if column.field == WHOLE:
        return index.total, True
    if not column.field.startswith(AREA):
        return None, False
    number, rest = split_number(column.header)
    if number and not rest:
        return scores.get(_numbered(index).get(number, "")), True
    name, is_named = area_of(table, column, tuple(scores))
    return (None if name is None else scores[name]), is_named


def _numbered(index: UnitIndex) -> dict[str, str]:
    """The areas by the number that all of their indicators begin with."""
    found: dict[str, set[str]] = {}
    for one in index.judgements:
        number = one.indicator.number.partition(".")[0]
        found.setdefault(number, set()).add(one.indicator.area)
    return {number: names.pop() for number, names in found.items() if len(names) == 1}


def weights(
    sheet: SheetGrid, table: Table, found: Sequence[UnitResult], gates: Mapping[int, SocialGate]
) -> Filled:
    """The edits that make a table of the areas' weights show what the association's points give."""
    near = [
        result
        for result in found
        if result.unit_index.is_association
        and len({table.period, result.budget.table.period} - {None}) <= 1
    ]
    if len(near) != 1 or gates[id(near[0])].is_incomplete:
        return Filled((), ())
    index = near[0].unit_index
    areas = {known_as(area.name): area for area in index.areas}
    expected = []
    for row in table.rows:
        ref, area = table.ref(row.row, "weight"), areas.get(known_as(row.label))
        share = None if area is None else index.share(area)
        if ref is not None and share is not None:
            title = f"Viktning för {index.unit}, {row.label}"
            expected.append(_Expected(ref, share, title, True))
    return Filled(tuple(_plans(sheet, table, expected)), ())


def _plans(sheet: SheetGrid, table: Table, expected: Sequence[_Expected]) -> Iterator[Plan]:
    as_parts = _are_parts(sheet, table, expected)
    typed = [(one, stated) for one in expected if (stated := _stated(sheet, one, as_parts))]
    agreeing = [one for one, stated in typed if _agrees(one, stated[0])]
    ordered = [one for one in agreeing if not one.is_named]
    areas = sum(column.field.startswith(AREA) for column in table.columns)
    is_ours = 2 * len(agreeing) > len(typed)
    for one in expected:
        stated = _stated(sheet, one, as_parts)
        if not one.is_named and not (is_ours and len(ordered) >= areas):
            continue
        if stated and not is_ours:
            if not _agrees(one, stated[0]):
                yield Plan(findings=(_differs(one, stated[0]),))
            continue
        figure = round_half_away(one.value)
        kind: Kind = "fraction" if as_parts else "percent"
        if stated and _agrees(one, stated[0]):
            continue
        yield write_figure(sheet, one.ref, figure, one.title, kind=kind, is_index=True)


def _are_parts(sheet: SheetGrid, table: Table, expected: Sequence[_Expected]) -> bool:
    """Whether the figures that stand are parts of one, not shown in per cent.

    So are those of a blank column whose ideals beside it are.
    """
    cells = [sheet.cell(*position(one.ref.cell)) for one in expected]
    beside = (table.cell(sheet, row.row, "ideal") for row in table.rows)
    cells += [cell for cell in beside if cell is not None]
    values = [c.value for c in cells if isinstance(c.value, float) and not c.percent]
    return bool(values) and all(0 < value < 1 for value in values)


def _stated(sheet: SheetGrid, one: _Expected, as_parts: bool) -> tuple[Fraction] | None:
    """The figure typed in a cell, in index points."""
    cell = sheet.cell(*position(one.ref.cell))
    value = cell.value
    if cell.formula is not None or isinstance(value, bool | str | None):
        return None
    return (exact(value) * (100 if as_parts or cell.percent else 1),)


def _agrees(one: _Expected, stated: Fraction) -> bool:
    """Whether a stated figure is the index, with as many decimals as it has."""
    return any(exact(round_half_away(one.value, decimals)) == stated for decimals in range(4))


def _differs(one: _Expected, stated: Fraction) -> Finding:
    return tell(
        "index-avviker",
        one.ref,
        "kept",
        what=one.title,
        stated=stated,
        calculated=exact(round_half_away(one.value)),
    )
