"""Formulas that break the pattern of those beside them, and numbers typed where they would be.

A formula is a note only where it just has another constant, or is guarded or rounded, or where
both have constants; a typed number where the formula would not give something else, beyond
rounding, or it cannot be told. Tables whose stated sums are held against their lines say
themselves when such a number differs.

A pattern is two formulas of the same form: one on each side, or the two next on one side;
across they look at other rows than their own, down they look along their own row. A formula
that has its like right beside it, across or down, follows a pattern of its own, unless most of
its row or column follows another: see :mod:`finsam_xl.checks.formulas.runs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.address import real_name, real_place
from finsam_xl.calc import totals
from finsam_xl.checks.formulas.sheet import FormulaSheet, Place, first_of
from finsam_xl.findings import tell
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.moving import OFF_THE_SHEET, moved
from finsam_xl.formulas.normal import normal
from finsam_xl.formulas.shapes import Shape, shape
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget
from finsam_xl.money import exact
from finsam_xl.records import NamedTuple

ACROSS, DOWN = (0, 1), (1, 0)
_HOME = 3
"""So many formulas alike are a pattern that a cell of another may belong to."""
BESIDE = ((0, -1), (0, 1), (-1, 0), (1, 0))


class Pattern(NamedTuple):
    """Two formulas of one form beside a cell, and whether one is on each side of it."""

    places: tuple[Place, Place]
    both_sides: bool


def deviating(sheet: FormulaSheet) -> Iterator[Finding]:
    """A warning per formula that says something else than those beside it."""
    for place, own in sheet.shapes.items():
        if any(_form(sheet, step(place, way)) == sheet.forms[place] for way in BESIDE):
            continue
        for way in (ACROSS, DOWN):
            pattern = pattern_beside(sheet, place, way)
            if pattern and is_alike(own, sheet.shapes[pattern.places[0]]):
                yield from deviates(sheet, [place], pattern.places)
                break


def step(place: Place, way: Place, times: int = 1) -> Place:
    """The cell so many steps away."""
    return place[0] + times * way[0], place[1] + times * way[1]


def _form(sheet: FormulaSheet, place: Place) -> str | None:
    return sheet.forms.get(place)


def pattern_beside(sheet: FormulaSheet, place: Place, way: Place) -> Pattern | None:
    """The pattern a cell stands beside or in, if its formulas look the way a pattern does."""
    found = _agreeing(sheet, place, way)
    if found is None:
        return None
    is_pattern = looks(sheet, found.places[0], way) and all(
        sheet.same_sense(place, other) for other in found.places
    )
    return found if is_pattern else None


def looks(sheet: FormulaSheet, place: Place, way: Place) -> bool:
    """Whether a formula may be one of many: across it looks at other rows, down along its own.

    Where it stands to other sheets' cells tells nothing.
    """
    here = [ref for ref in sheet.shapes[place].references if sheet.is_here(ref.area)]
    along = {_looks_along(ref.relative) for ref in here}
    return along == {way == DOWN} if here else bool(sheet.shapes[place].references)


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


def is_alike(own: Shape, other: Shape) -> bool:
    """Whether two formulas want the same: same skeleton and direction, or a reference in common."""
    if {one.relative for one in own.references} & {one.relative for one in other.references}:
        return True
    if own.skeleton != other.skeleton:
        return False
    is_moved = len(own.skeleton) > 1 and _sizes(own) == _sizes(other)
    return is_moved or _directions(own) == _directions(other)


def _sizes(one: Shape) -> list[tuple[int, int]]:
    """How high and wide the blocks are that a formula looks at."""
    areas = (ref.area for ref in one.references)
    return [(area.bottom - area.top, area.right - area.left) for area in areas]


def _directions(one: Shape) -> frozenset[bool]:
    """Whether a formula looks along its own row (True), elsewhere (False), or both."""
    return frozenset(_looks_along(ref.relative) for ref in one.references)


def _is_at_home(sheet: FormulaSheet, place: Place, model: Place) -> bool:
    """Whether several formulas the other way say what a cell says: it stands where two meet.

    A deviation of the result is its row's difference as the others are, or the result's rows.
    """
    across = place[0] == model[0]
    alike = [
        other
        for other, form in sheet.forms.items()
        if form == sheet.forms[place] and other[across] == place[across] and other != place
    ]
    return len(alike) >= _HOME


def deviates(
    sheet: FormulaSheet, places: Sequence[Place], models: Sequence[Place]
) -> Iterator[Finding]:
    """A finding for formulas of one form that do not say what others beside them do."""
    place, nearest = places[0], models[0]
    if any(_is_at_home(sheet, one, nearest) for one in places):
        return
    own, wanted = sheet.formulas[place].text, moved(sheet.formulas[nearest].text, nearest, place)
    said, meant = (normal(text, place, fixed=False) or text for text in (own, wanted))
    if said == meant or (_is_turned(said, meant) and _is_one_sign(sheet, places, models)):
        return
    # Where each has figures of its own written into it, each is a recipe of its own.
    are_recipes = all(_NUMBER.search(re.sub(r"'[^']*'!", "", form)) for form in (said, meant))
    is_note = are_recipes or _without_numbers(said) == _without_numbers(meant)
    is_note = is_note or _is_guarded(said, meant) or _adds_as_much(sheet, own, wanted)
    is_note = is_note or all(_is_fetched(sheet, formula) for formula in (own, wanted))
    one, other = (sheet.ref(where).cell for where in sorted(models[:2]))
    also = [sheet.ref(at) for at in places[1:]]
    yield tell(
        "formel-avviker",
        sheet.ref(place),
        "several" if also else "alone",
        "compare",
        severity="info" if is_note else "warning",
        cells=first_of(also),
        one=one,
        other=other,
        stated=f"={own}",
        calculated=f"={wanted}",
        also=also,
    )


_NUMBER = re.compile(r"('[^']*'!)|(?<![\w\[])\d+(?:\.\d+)?(?![\w\]])")
_GUARDS = ("+IFERROR(", "+ROUND(", "+IFNA(")


_TURNED = str.maketrans("+-", "-+")


def _is_turned(said: str, meant: str) -> bool:
    """Whether a formula is another with every sign turned."""
    return said.translate(_TURNED) == meant


def _is_one_sign(sheet: FormulaSheet, places: Sequence[Place], models: Sequence[Place]) -> bool:
    """Whether a sign is turned so that all come out with one: income from a ledger, say."""
    numbers = [sheet.number(one) or 0 for one in (*places, *models)]
    return all(one > 0 for one in numbers) or all(one < 0 for one in numbers)


def _without_numbers(said: str) -> str:
    """A form with all its constants alike; sheets keep their names."""
    return _NUMBER.sub(lambda match: match[1] or "0", said)


def _is_guarded(said: str, meant: str) -> bool:
    """Whether a formula is another that is rounded, or whose errors are caught."""
    return any(
        one.startswith(guard) and one.removeprefix(guard).startswith(f"{other};")
        for one, other in ((said, meant), (meant, said))
        for guard in _GUARDS
    )


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
    added = sheet.adds(_wanted(sheet, place, pattern))
    if any(part.sign < 0 for part in added):
        return False  # a difference may be anything between its two figures
    amounts = [
        number
        for part in added
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


def _addends(sheet: FormulaSheet, formula: str) -> list[Fraction] | None:
    """What a formula adds up, with signs; ``None`` where it is no sum, or of another sheet."""
    added = sheet.adds(formula)
    if not added or not all(sheet.is_here(part.area) for part in added):
        return None
    return [
        part.sign * exact(number)
        for part in added
        for where in _cells_of(sheet, part.area)
        if (number := sheet.number(where)) is not None
    ]


def _is_fetched(sheet: FormulaSheet, formula: str) -> bool:
    """Whether a formula fetches one cell of another sheet: its line may stand anywhere there."""
    added = sheet.adds(formula)
    return len(added) == 1 and added[0].sign > 0 and not sheet.is_here(added[0].area)


def _adds_as_much(sheet: FormulaSheet, own: str, wanted: str) -> bool:
    """Whether two formulas are sums that come to the same, as where the others' cells are empty."""
    amounts, meant = _addends(sheet, own), _addends(sheet, wanted)
    return amounts is not None and meant is not None and sum(amounts) == sum(meant)


def _typed_over(sheet: FormulaSheet, place: Place, pattern: Pattern) -> Finding:
    """*Warning* where the formula would give something else, beyond rounding; else *info*."""
    stated = exact(sheet.typed(place) or 0)
    wanted = _wanted(sheet, place, pattern)
    amounts = _addends(sheet, wanted)
    calculated = None if amounts is None else sum(amounts)
    differs = calculated is not None and totals.severity(stated, calculated, len(amounts or ()))
    one, other = (sheet.ref(where).cell for where in sorted(pattern.places))
    return tell(
        "inskrivet-tal",
        sheet.ref(place),
        "typed",
        "formula" if calculated is None else "gives",
        severity="warning" if differs == "warning" else "info",
        one=one,
        other=other,
        formula=f"={wanted}",
        stated=stated,
        calculated=calculated,
    )
