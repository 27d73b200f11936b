"""Judgements typed beside an outcome and its limit, in tables of no kind that the program knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations

from finsam_xl.checks.material import Material
from finsam_xl.checks.panels import Held, Panel
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref, UnitIndex
from finsam_xl.money import as_written
from finsam_xl.records import NamedTuple
from finsam_xl.words.measures import Measure, measures
from finsam_xl.words.targets import judgement

_FEWEST = 4
_MOST_APART = 4
_LAST = 40


class _Judged(NamedTuple):
    """Which column is held against which, and the rows in which the judgement is another."""

    outcome: Held
    limit: Held
    off: tuple[int, ...]


def check(material: Material, panels: Sequence[Panel]) -> Iterator[Finding]:
    """Every column of yes and no that follows from two columns of figures."""
    known = {ref.sheet for unit in material.units for ref in _places(unit)}
    for panel in (one for one in panels if one.sheet not in known):
        for column in range(1, _LAST):
            said = _judgements(panel, column)
            if len(said) >= _FEWEST:
                yield from _of_column(panel, column, said)


def _places(unit: UnitIndex) -> Iterator[Ref]:
    """Where a social budget stands: it is judged by its own rules."""
    return (ref for one in unit.judgements[:1] for ref in one.indicator.places.values())


def _judgements(panel: Panel, column: int) -> Mapping[int, bool]:
    found: dict[int, bool] = {}
    for row in panel.rows:
        text = panel.cells.get((row, column))
        judged = judgement(text) if isinstance(text, str) else None
        if judged is not None:
            found[row] = judged
    return found


def _of_column(panel: Panel, column: int, said: Mapping[int, bool]) -> Iterator[Finding]:
    """Told where all pairs of columns that explain the judgements best say the same of a row."""
    found = [
        one
        for outcome, limit in permutations(panel.columns, 2)
        if Measure.LIMIT in measures(limit.heading)
        if (one := _explains(outcome, limit, said))
    ]
    least = min((len(one.off) for one in found), default=0)
    best = [one for one in found if len(one.off) == least]
    if not least or len({one.off for one in best}) > 1:
        return
    for row in best[0].off:
        yield _is_another(panel, column, best[0], row, said[row])


def _explains(outcome: Held, limit: Held, said: Mapping[int, bool]) -> _Judged | None:
    rows = [row for row in said if row in outcome.amounts and row in limit.amounts]
    right = {row: outcome.amounts[row] >= limit.amounts[row] for row in rows}
    off = tuple(row for row in rows if right[row] is not said[row])
    held = {said[row] for row in rows if row not in off}
    if len(rows) < _FEWEST or not held or _MOST_APART * len(off) > len(rows):
        return None
    return _Judged(outcome, limit, off)


def _is_another(panel: Panel, column: int, one: _Judged, row: int, judged: bool) -> Finding:
    return tell(
        "uppnatt-avviker",
        panel.ref(row, column),
        "not_reached" if judged else "reached",
        "as_others",
        row=panel.called(row, column),
        outcome=_said(one.outcome.amounts[row]),
        outcome_column=one.outcome.heading,
        limit=_said(one.limit.amounts[row]),
        limit_column=one.limit.heading,
        stated=str(panel.cells[row, column]),
        also=[panel.ref(row, one.outcome), panel.ref(row, one.limit)],
    )


def _said(value: float) -> str:
    return as_written(Fraction(repr(round(value, 6))))
