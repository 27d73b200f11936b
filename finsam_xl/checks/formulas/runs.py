"""Formulas along a row or down a column of which most say the same, and those that do not.

Blank columns between are skipped, and several that deviate in the same way are one finding. At
least three are alike, and at most a third deviate. The other way round of a difference is no slip
where several do it: what is better is more income and less cost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from finsam_xl.checks.formulas.neighbours import ACROSS, DOWN, deviates, is_alike, looks, step
from finsam_xl.checks.formulas.sheet import FormulaSheet, Place
from finsam_xl.model import Finding

_FEWEST = 3


def deviating(sheet: FormulaSheet, spoken: Collection[str]) -> Iterator[Finding]:
    """A finding per form that deviates from most of its row or column; none of ``spoken`` cells."""
    told = set(spoken)
    for way in (ACROSS, DOWN):
        for run in _runs(sheet, way):
            for finding in _of_run(sheet, run, way, told):
                told.add(finding.cell or "")
                told.update(ref.cell for ref in finding.also)
                yield finding


def _runs(sheet: FormulaSheet, way: Place) -> Iterator[list[Place]]:
    """Formulas that follow each other, across with at most one blank column between."""
    seen: set[Place] = set()
    for place in sorted(sheet.forms):
        if place in seen:
            continue
        run = [place]
        while (following := _next(sheet, run[-1], way)) is not None:
            run.append(following)
        seen.update(run)
        if len(run) > _FEWEST:
            yield run


def _next(sheet: FormulaSheet, place: Place, way: Place) -> Place | None:
    beside, beyond = step(place, way), step(place, way, 2)
    if beside in sheet.forms:
        return beside
    is_spacer = way == ACROSS and sheet.value(beside) is None and beside not in sheet.formulas
    return beyond if is_spacer and beyond in sheet.forms else None


def _of_run(
    sheet: FormulaSheet, run: Sequence[Place], way: Place, told: Collection[str]
) -> Iterator[Finding]:
    groups: dict[str, list[Place]] = {}
    for place in run:
        groups.setdefault(sheet.forms[place], []).append(place)
    most = max(groups, key=lambda form: len(groups[form]))
    usual = groups.pop(most)
    apart = len(run) - len(usual)
    if len(usual) < _FEWEST or not apart or 3 * apart > len(run) or not looks(sheet, usual[0], way):
        return
    for places in groups.values():
        models = sorted(usual, key=lambda one: _distance(one, places[0]))
        if any(sheet.ref(place).cell in told for place in places):
            continue
        if not is_alike(sheet.shapes[places[0]], sheet.shapes[models[0]]):
            continue
        if all(sheet.same_sense(places[0], model) for model in models[:2]) and not (
            len(places) > 1 and _is_turned(sheet.forms[places[0]], most)
        ):
            yield from deviates(sheet, places, models)


def _distance(one: Place, other: Place) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


_TERM = re.compile(r"[+-](?:\[[^\]]*\]|[^\[+-])+")
_OTHER_SIGN = {"+": "-", "-": "+"}


def _is_turned(form: str, other: str) -> bool:
    """Whether two forms are of the same terms with all signs turned."""
    own = [_OTHER_SIGN[term[0]] + term[1:] for term in _TERM.findall(form)]
    return len(own) > 1 and sorted(own) == sorted(_TERM.findall(other))
