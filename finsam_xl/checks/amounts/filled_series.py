"""Typed figures that go up by one from row to row, as where a cell was dragged down.

Always a note: figures may follow each other by chance. Columns that are
numbered from top to bottom are no figures, unless formulas reckon with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.material import Material
from finsam_xl.checks.panels import Held, Panel
from finsam_xl.findings import tell
from finsam_xl.formulas.blocks import Area
from finsam_xl.model import Finding
from finsam_xl.money import trimmed
from finsam_xl.periods import is_year

_FEWEST = 4
_MOST_SHOWN = 6


def check(material: Material, panels: Sequence[Panel]) -> Iterator[Finding]:
    """One note per table at most: of its longest series."""
    looked_at = [area for one in material.formulas for area in one.areas]
    for panel in panels:
        found = [
            (column, run)
            for column in panel.columns
            for run in _series(panel, column)
            if _is_figures(panel, column, run, looked_at)
        ]
        if found:
            first = max(found, key=lambda one: len(one[1]))
            yield _told(panel, first, [one for one in found if one is not first])


def _series(panel: Panel, column: Held) -> Iterator[list[int]]:
    """Rows beside each other whose typed figures go up, or down, by exactly one."""
    rows = [row for row in panel.rows if row in column.typed and row not in panel.totals]
    order = {row: number for number, row in enumerate(panel.rows)}
    for step in (1, -1):
        run: list[int] = []
        for row in rows:
            follows = run and column.amounts[row] - column.amounts[run[-1]] == step
            if not follows or order[row] != order[run[-1]] + 1:
                if len(run) >= _FEWEST:
                    yield run
                run = []
            run.append(row)
        if len(run) >= _FEWEST:
            yield run


def _is_figures(panel: Panel, column: Held, run: Sequence[int], looked_at: Sequence[Area]) -> bool:
    """Whether a series is no numbering: it is part of a column, or formulas reckon with it."""
    values = [column.amounts[row] for row in run]
    if column.whole or any(is_year(int(value)) for value in values):
        return False
    if len(column.typed - panel.totals) - len(run) >= max(1, len(run) // 2):
        return True
    name = panel.sheet.lower()
    reckoned = [
        area
        for area in looked_at
        if area.sheet.lower() == name
        and area.left <= column.number <= area.right
        and area.top <= run[0] <= area.bottom
    ]
    return bool(reckoned) and values[0] not in (0, 1)


def _told(
    panel: Panel, one: tuple[Held, list[int]], others: Sequence[tuple[Held, list[int]]]
) -> Finding:
    column, run = one
    values = [Fraction(column.amounts[row]) for row in run]
    shown = ", ".join(trimmed(value) for value in values[:_MOST_SHOWN])
    more = " …" if len(values) > _MOST_SHOWN else ""
    return tell(
        "serie-ifylld",
        panel.ref(run[0], column),
        shown=f"{shown}{more}",
        heading=column.heading,
        stated=f"{shown}{more}",
        also=[
            *(panel.ref(row, column) for row in run[1:]),
            *(panel.ref(row, held) for held, rows in others for row in rows),
        ],
    )
