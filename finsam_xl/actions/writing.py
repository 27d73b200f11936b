"""From a calculated figure to an edit, an expectation on a formula, or nothing at all.

A cell that already shows the right figure is left alone, and so is its format. A
formula is never overwritten: what it should show becomes an expectation, which
is held against it once everything has been recalculated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from finsam_xl.address import position
from finsam_xl.filling.places import is_hidden
from finsam_xl.findings import tell
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
from finsam_xl.money import as_written, exact, round_half_away, swedish, trimmed
from finsam_xl.plan import CellEdit, Expectation, Plan
from finsam_xl.reading import as_changed
from finsam_xl.reading.targets import parse_judgement
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid, Value

Kind = Literal["number", "percent", "fraction"]
_PERCENT_DECIMALS = 2
JUDGEMENTS: Mapping[bool, str] = MappingProxyType({True: "Ja", False: "Nej"})
"""How a verdict is written where the column has no way of its own."""


def written(grid: Grid, edits: Iterable[CellEdit]) -> Grid:
    """The workbook as edits leave it, with what her own formulas then show."""
    values: dict[str, dict[tuple[int, int], Value]] = {}
    formulas: dict[str, dict[tuple[int, int], str]] = {}
    for edit in edits:
        if not edit.keeps_value:
            values.setdefault(edit.sheet, {})[position(edit.cell)] = edit.new
        if edit.formula:
            formulas.setdefault(edit.sheet, {})[position(edit.cell)] = edit.formula
    return as_changed.with_values(grid, values, formulas)


def write_figure(
    sheet: SheetGrid,
    ref: Ref,
    figure: Decimal | None,
    why: str,
    *,
    kind: Kind = "number",
    mark: str = "",
    is_index: bool = False,
    like: str = "",
) -> Plan:
    """The plan that makes a result cell show a whole figure (``None`` clears it).

    ``kind`` "percent" writes a fraction where the cell's format shows per cent, "fraction"
    always does.
    ``mark``: colour word for the fill. ``is_index``: a stated figure that is replaced is told,
    as it is an index or what one is made of. ``like``: see ``CellEdit``.
    """
    cell = sheet.cell(*position(ref.cell))
    if is_hidden(sheet, *position(ref.cell)):
        return Plan()
    as_fraction = kind == "fraction" or (kind == "percent" and cell.percent)
    new = _value(figure, as_fraction)
    new_mark = mark if (cell.plain or cell.mark) and mark else cell.mark
    if cell.formula is not None:
        edits = _mark_only(ref, cell, why, new_mark)
        if new is None:
            return Plan(edits=edits)
        decimals = _PERCENT_DECIMALS if as_fraction else 0
        wanted = Expectation(ref.sheet, ref.cell, float(new), why, decimals)
        return Plan(edits=edits, expected=(wanted,))
    if _shows(cell.value, figure, as_fraction):
        return Plan(edits=_mark_only(ref, cell, why, new_mark))
    edit = CellEdit(ref.sheet, ref.cell, cell.value, new, why, cell.mark, new_mark, like=like)
    stated = cell.value not in (None, "")
    findings = (_replaced(ref, cell, figure, why, as_fraction),) if is_index and stated else ()
    return Plan(edits=(edit,), findings=findings)


def write_text(sheet: SheetGrid, ref: Ref, text: str, why: str, like: str = "") -> Plan:
    """The plan that makes a result cell hold a text; a formula keeps its cell."""
    cell = sheet.cell(*position(ref.cell))
    if is_hidden(sheet, *position(ref.cell)):
        return Plan()
    same = isinstance(cell.value, str) and normalise(cell.value) == normalise(text)
    if cell.formula is not None or same:
        return Plan()
    marks = (cell.mark, cell.mark)
    return Plan(edits=(CellEdit(ref.sheet, ref.cell, cell.value, text, why, *marks, like=like),))


def write_judgement(
    sheet: SheetGrid,
    ref: Ref,
    reached: bool | None,
    why: str,
    example: Value,
    like: str = "",
    words: Mapping[bool, str] = JUDGEMENTS,
) -> Plan:
    """The plan that writes Ja, Nej or Ej mätt, or TRUE/FALSE or 1/0 where ``example`` is one.

    ``words``: how the column says yes and no.
    """
    cell = sheet.cell(*position(ref.cell))
    if cell.formula is not None or is_hidden(sheet, *position(ref.cell)):
        return Plan()
    if reached is None:
        known = cell.value is None and example is None
        return Plan() if known else write_text(sheet, ref, "Ej mätt", why, like)
    if parse_judgement(cell) is reached:
        return Plan()
    new: Value = words[reached]
    if isinstance(example, bool):
        new = reached
    elif isinstance(example, int | float):
        new = int(reached)
    marks = (cell.mark, cell.mark)
    return Plan(edits=(CellEdit(ref.sheet, ref.cell, cell.value, new, why, *marks, like=like),))


def _value(figure: Decimal | None, as_fraction: bool) -> float | int | None:
    if figure is None:
        return None
    return float(figure / 100) if as_fraction else int(figure)


def _shows(value: Value, figure: Decimal | None, as_fraction: bool) -> bool:
    if figure is None:
        return value in (None, "")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if not as_fraction and value == figure:
        return True
    return round_half_away(exact(value) * (100 if as_fraction else 1)) == figure


def _mark_only(ref: Ref, cell: Cell, why: str, mark: str) -> tuple[CellEdit, ...]:
    if mark == cell.mark:
        return ()
    edit = CellEdit(ref.sheet, ref.cell, cell.value, cell.value, why, cell.mark, mark, True)
    return (edit,)


def _replaced(ref: Ref, cell: Cell, figure: Decimal | None, why: str, as_fraction: bool) -> Finding:
    stated: float | str
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        amount = exact(cell.value) * (100 if as_fraction else 1)
        stated, shown = float(amount), trimmed(amount)
    else:
        stated = shown = str(cell.value)
    return tell(
        "index-avviker",
        ref,
        "nothing" if figure is None else "stands",
        why=why,
        shown=shown,
        given="" if figure is None else swedish(figure),
        stated=stated,
        calculated=None if figure is None else float(figure),
    )


def mismatches(plan: Plan, shown: Mapping[tuple[str, str], Value]) -> tuple[Finding, ...]:
    """A finding per formula that does not show what was calculated.

    ``shown``: the formulas' values once the plan's edits are in.
    """
    found = []
    for expectation in plan.expected:
        value = shown.get((expectation.sheet, expectation.cell))
        if not isinstance(value, int | float) or isinstance(value, bool):
            continue
        decimals = expectation.decimals
        wanted = round_half_away(exact(expectation.value), decimals)
        if round_half_away(exact(value), decimals) == wanted:
            continue
        found.append(
            tell(
                "formel-avviker",
                Ref(expectation.sheet, expectation.cell),
                "shows",
                why=expectation.why,
                shown=as_written(exact(value)),
                right=as_written(exact(expectation.value)),
                gap=as_written(exact(value) - exact(expectation.value)),
                stated=float(value),
                calculated=expectation.value,
            )
        )
    return tuple(found)
