"""Months in which several figures are those of the month before, as where one is copied.

Always a note: the same rent every month is innocent, so only figures
that otherwise vary from month to month are told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from finsam_xl.checks.material import Material
from finsam_xl.checks.panels import Held, Panel, Turned
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.words.periods import MONTHS, TIMES

_FEWEST = 4
_LARGE = 100
_DISTINCT = 3


def check(_material: Material, panels: Sequence[Panel]) -> Iterator[Finding]:
    """One note per table at most, whichever way its months go."""
    for panel in panels:
        for one in (panel, Turned(panel)):
            months = [row for row in one.rows if _is_month(one.labels[row])]
            found = [
                (before, row, columns)
                for before, row in pairwise(months)
                if (columns := _copied(one, before, row))
            ]
            if len(found) == 1 and len(months) > _FEWEST:
                yield _told(one, *found[0])


def _is_month(label: str) -> bool:
    return any(vote.value in MONTHS for vote in TIMES.votes(label))


def _copied(panel: Panel, before: int, row: int) -> Sequence[Held]:
    """The columns whose figures are the same: large ones, or small ones of all of one kind."""
    typed = [one for one in panel.columns if {before, row} <= one.typed and not one.whole]
    same = [one for one in typed if one.amounts[row] and _is_same(one, before, row)]
    large = [one for one in same if abs(one.amounts[row]) >= _LARGE]
    if len(large) >= _FEWEST and 5 * len(large) >= len(typed):
        return large
    kinds: dict[str, list[Held]] = {}
    for one in typed:
        kinds.setdefault(one.heading.lower().split(" ")[-1], []).append(one)
    for alike in kinds.values():
        values = {one.amounts[row] for one in alike}
        is_all = all(_is_same(one, before, row) for one in alike)
        if len(alike) >= _FEWEST and is_all and len(values) >= _DISTINCT:
            return alike
    return ()


def _is_same(column: Held, before: int, row: int) -> bool:
    """Whether two figures are the same in a column that otherwise varies."""
    amounts = [column.amounts[at] for at in column.typed]
    varies = 2 * len(set(amounts)) >= min(len(amounts), 2 * _FEWEST)
    return varies and column.amounts[before] == column.amounts[row]


def _told(panel: Panel, before: int, row: int, columns: Sequence[Held]) -> Finding:
    first, *others = columns
    return tell(
        "period-kopierad",
        panel.ref(row, first),
        count=len(columns),
        month=panel.labels[row],
        before=panel.labels[before],
        stated=panel.labels[row],
        calculated=panel.labels[before],
        also=[
            *(panel.ref(row, one) for one in others),
            *(panel.ref(before, one) for one in columns),
        ],
    )
