"""Formulas that break the pattern of the formulas beside them.

Code: ``formel-avviker`` (a formula of another form than its neighbours).

A pattern is two formulas of the same form: one on each side, or the two next on one side;
across they look at other rows than their own, down they look along their own row. A formula
that has its like right beside it, across or down, follows a pattern of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.checks.formula_sheet import FormulaSheet, Place
from finsam_xl.formulas.moving import moved
from finsam_xl.formulas.shapes import Shape
from finsam_xl.model import Finding
from finsam_xl.records import NamedTuple

ACROSS, DOWN = (0, 1), (1, 0)
BESIDE = ((0, -1), (0, 1), (-1, 0), (1, 0))


class Pattern(NamedTuple):
    """Two formulas of one form beside a cell, and whether one is on each side of it."""

    places: tuple[Place, Place]
    both_sides: bool


def deviating(sheet: FormulaSheet) -> Iterator[Finding]:
    """A warning per formula that says something else than those beside it."""
    for place, own in sheet.shapes.items():
        if any(_form(sheet, step(place, way)) == own.form for way in BESIDE):
            continue
        for way in (ACROSS, DOWN):
            pattern = pattern_beside(sheet, place, way)
            if pattern and _is_alike(own, sheet.shapes[pattern.places[0]]):
                yield _deviates(sheet, place, pattern)
                break


def step(place: Place, way: Place, times: int = 1) -> Place:
    """The cell so many steps away."""
    return place[0] + times * way[0], place[1] + times * way[1]


def _form(sheet: FormulaSheet, place: Place) -> str | None:
    found = sheet.shapes.get(place)
    return None if found is None else found.form


def pattern_beside(sheet: FormulaSheet, place: Place, way: Place) -> Pattern | None:
    """The pattern a cell stands beside or in, if its formulas look the way a pattern does."""
    found = _agreeing(sheet, place, way)
    if found is None:
        return None
    along = {_looks_along(ref.relative) for ref in sheet.shapes[found.places[0]].references}
    is_pattern = along == {way == DOWN} and all(
        sheet.same_sense(place, other) for other in found.places
    )
    return found if is_pattern else None


def _looks_along(relative: str) -> bool:
    """Whether a reference is to the formula's own row, or to a fixed one."""
    return relative.startswith("R[0]") or not relative.startswith("R[")


def _agreeing(sheet: FormulaSheet, place: Place, way: Place) -> Pattern | None:
    """Two formulas of one form beside a cell; nothing where its two sides disagree."""
    before, after = step(place, way, -1), step(place, way)
    if _form(sheet, before) is not None and _form(sheet, before) == _form(sheet, after):
        return Pattern((before, after), both_sides=True)
    found = [
        Pattern((near, far), both_sides=False)
        for near, far, other in (
            (before, step(place, way, -2), after),
            (after, step(place, way, 2), before),
        )
        if _form(sheet, near) is not None
        and _form(sheet, near) == _form(sheet, far)
        and sheet.number(other) is None
        and other not in sheet.formulas
    ]
    return found[0] if len(found) == 1 else None


def _is_alike(own: Shape, other: Shape) -> bool:
    """Whether two formulas want the same: same skeleton and direction, or a reference in common."""
    if {one.relative for one in own.references} & {one.relative for one in other.references}:
        return True
    return own.skeleton == other.skeleton and _directions(own) == _directions(other)


def _directions(one: Shape) -> frozenset[bool]:
    """Whether a formula looks along its own row (True), elsewhere (False), or both."""
    return frozenset(_looks_along(ref.relative) for ref in one.references)


def _deviates(sheet: FormulaSheet, place: Place, pattern: Pattern) -> Finding:
    own, model = sheet.formulas[place], sheet.formulas[pattern.places[0]]
    wanted = moved(model.text, pattern.places[0], place)
    one, other = (sheet.ref(where).cell for where in sorted(pattern.places))
    return Finding.at(
        sheet.ref(place),
        "warning",
        "formel-avviker",
        f"Formeln ={own.text} följer inte mönstret i {one} och {other}; så som de räknar vore den "
        f"={wanted}. Kontrollera vilken som är rätt.",
        stated=f"={own.text}",
        calculated=f"={wanted}",
    )
