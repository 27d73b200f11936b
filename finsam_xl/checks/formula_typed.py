"""Numbers that are typed where the cells beside them have formulas.

Code: ``inskrivet-tal``: *warning* where the formula would give something else, beyond
rounding, *info* where it would not or cannot be told. Tables whose stated sums are held
against their lines say themselves when such a number differs.
"""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.address import real_name, real_place
from finsam_xl.calc import totals
from finsam_xl.checks.formula_neighbours import ACROSS, BESIDE, DOWN, Pattern, pattern_beside, step
from finsam_xl.checks.formula_sheet import FormulaSheet, Place
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.moving import OFF_THE_SHEET, moved
from finsam_xl.formulas.shapes import shape
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
        if pattern is None or not _may_be_copied(sheet, place, pattern):
            continue
        if not _is_of_another_kind(sheet, place, pattern):
            yield _typed_over(sheet, place, pattern)


def judged(budgets: tuple[Budget, ...], sheet: str) -> frozenset[Place]:
    """Where a table's stated sums and deviations are held against what they should be."""
    found: set[Place] = set()
    for budget in budgets:
        if real_name(budget.sheet) != sheet:
            continue
        places = [
            (one.target, number)
            for one in budget.sums
            for number in range(len(budget.columns))
            if budget.rows[one.target].amounts[number] != budget.calculated(one, number)
        ]
        places += [
            (row, number)
            for number, column in enumerate(budget.columns)
            for row in range(len(budget.rows))
            if not column.is_stated
        ]
        found.update(real_place(budget.sheet, *budget.at(*place)) for place in places)
    return frozenset(found)


def _may_be_copied(sheet: FormulaSheet, place: Place, pattern: Pattern) -> bool:
    """Whether the neighbours' formula means something here: it looks at numbers, not beside them.

    At the end of a row only sums are expected to go on; down a column nothing is.
    """
    model = pattern.places[0]
    if not pattern.both_sides and (
        not sheet.adds(sheet.formulas[model].text) or model[0] != place[0]
    ):
        return False
    wanted = _wanted(sheet, place, pattern)
    taken = shape(wanted, place)
    return (
        taken is not None
        and OFF_THE_SHEET not in wanted
        and all(
            any(sheet.number(where) is not None for where in _cells_of(sheet, one.area))
            for one in taken.references
        )
    )


def _is_of_another_kind(sheet: FormulaSheet, place: Place, pattern: Pattern) -> bool:
    """Whether a number lies among those that its neighbours' sum would add: a mean or an index."""
    amounts = [
        number
        for part in sheet.adds(_wanted(sheet, place, pattern))
        for where in _cells_of(sheet, part.area)
        if (number := sheet.number(where))
    ]
    stated = sheet.typed(place) or 0
    return len(amounts) > 1 and min(amounts) > 0 and min(amounts) <= stated <= max(amounts)


def _wanted(sheet: FormulaSheet, place: Place, pattern: Pattern) -> str:
    """What the neighbours' formula would say here."""
    origin = pattern.places[0]
    return moved(sheet.formulas[origin].text, origin, place)


def _cells_of(sheet: FormulaSheet, area: Area) -> Iterator[Place]:
    """The cells of a block that hold something; none of another sheet's."""
    if not sheet.is_here(area):
        return
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            if (row, column) in sheet.cells:
                yield row, column


def _typed_over(sheet: FormulaSheet, place: Place, pattern: Pattern) -> Finding:
    """*Warning* where the formula would give something else, beyond rounding; else *info*."""
    stated = exact(sheet.typed(place) or 0)
    wanted = _wanted(sheet, place, pattern)
    added_up = sheet.adds(wanted)
    amounts = [
        part.sign * exact(number)
        for part in added_up
        for where in _cells_of(sheet, part.area)
        if (number := sheet.number(where)) is not None
    ]
    calculated = sum(amounts) if added_up else None
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
