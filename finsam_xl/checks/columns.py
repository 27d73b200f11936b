"""What the columns of a table say of each other, whatever the table is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from finsam_xl.checks import (
    copied_periods,
    filled_series,
    index_points,
    judged_columns,
    people_columns,
    share_columns,
    sheet_years,
)
from finsam_xl.checks.material import Material
from finsam_xl.checks.panels import Panel, panels
from finsam_xl.model import Finding

FAMILIES: tuple[Callable[[Material, Sequence[Panel]], Iterator[Finding]], ...] = (
    index_points.check,
    share_columns.check,
    people_columns.check,
    judged_columns.check,
    sheet_years.check,
    filled_series.check,
    copied_periods.check,
)


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """What looks wrong between columns."""
    for material in materials:
        found = list(panels(material))
        for family in FAMILIES:
            yield from material.own(family(material, found))
