"""Numbers that are typed where the cells beside them have formulas.

Code: ``inskrivet-tal``: *warning* where the formula would give something else, beyond
rounding, *info* where it would not or cannot be told. Tables whose stated sums are held
against their lines say themselves when such a number differs.
"""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.calc import totals
from finsam_xl.checks.formula_neighbours import ACROSS, BESIDE, DOWN, Pattern, pattern_beside, step
from finsam_xl.checks.formula_shapes import moved, signs
from finsam_xl.checks.formula_sheet import FormulaSheet, Place
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget
from finsam_xl.money import exact, trimmed


def typed(sheet: FormulaSheet, known: frozenset[Place]) -> Iterator[Finding]:
    """A finding per number typed where a formula would be; ``known``: places already spoken of."""
    places = {step(place, way) for place in sheet.formulas for way in BESIDE}
    for place in sorted(places - known):
        if sheet.typed(place) is None:
            continue
        pattern = pattern_beside(sheet, place, ACROSS) or pattern_beside(sheet, place, DOWN)
        if pattern is not None and _may_be_copied(sheet, place, pattern):
            yield _typed_over(sheet, place, pattern)


def judged(budgets: tuple[Budget, ...], sheet: str) -> frozenset[Place]:
    """Where a table's stated sums and deviations are held against what they should be."""
    found: set[Place] = set()
    for budget in budgets:
        if budget.sheet != sheet:
            continue
        for one in budget.sums:
            for number, column in enumerate(budget.columns):
                row = budget.rows[one.target]
                if row.amounts[number] != budget.calculated(one, number):
                    found.add((row.row, column.number))
        for column in budget.columns:
            if not column.is_stated:
                found.update((row.row, column.number) for row in budget.rows)
    return frozenset(found)


def _may_be_copied(sheet: FormulaSheet, place: Place, pattern: Pattern) -> bool:
    """Whether the neighbours' formula means something here: it looks at numbers, not beside them.

    At the end of a row only sums are expected to go on; down a column nothing is.
    """
    model = sheet.shapes[pattern.places[0]]
    if not pattern.both_sides and (
        signs(model.skeleton) is None or pattern.places[0][0] != place[0]
    ):
        return False
    return all(
        any(sheet.number(where) is not None for where in _cells_of(sheet, block))
        for block in _blocks(sheet, place, pattern)
    )


def _blocks(sheet: FormulaSheet, place: Place, pattern: Pattern) -> list[tuple[int, int, int, int]]:
    """What the neighbours' formula would look at from here."""
    origin = pattern.places[0]
    down, right = place[0] - origin[0], place[1] - origin[1]
    found = []
    for one in sheet.shapes[origin].references:
        rows = down if one.relative.startswith("R[") else 0
        columns = right if "C[" in one.relative else 0
        found.append(
            (one.top + rows, one.left + columns, one.bottom + rows, one.right + columns)
            if sheet.is_here(one)
            else (0, 0, 0, 0)
        )
    return found


def _cells_of(sheet: FormulaSheet, block: tuple[int, int, int, int]) -> Iterator[Place]:
    top, left, bottom, right = block
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) in sheet.cells:
                yield row, column


def _typed_over(sheet: FormulaSheet, place: Place, pattern: Pattern) -> Finding:
    """*Warning* where the formula would give something else, beyond rounding; else *info*."""
    stated = exact(sheet.typed(place) or 0)
    wanted = moved(sheet.formulas[pattern.places[0]], *place)
    factors = signs(sheet.shapes[pattern.places[0]].skeleton)
    amounts = [
        factor * exact(number)
        for factor, block in zip(factors or (), _blocks(sheet, place, pattern), strict=False)
        for where in _cells_of(sheet, block)
        if (number := sheet.number(where)) is not None
    ]
    calculated = sum(amounts) if factors else None
    differs = calculated is not None and totals.severity(stated, calculated, len(amounts))
    one, other = (sheet.ref(where).cell for where in sorted(pattern.places))
    gives = "" if calculated is None else f", som ger {trimmed(calculated)}"
    return Finding.at(
        sheet.ref(place),
        "warning" if differs == "warning" else "info",
        "inskrivet-tal",
        f"{trimmed(stated)} är inskrivet, men {one} och {other} är formler. "
        f"Talet följer inte med när raderna ändras; formeln vore ={wanted}{gives}.",
        stated=stated,
        calculated=calculated,
    )
