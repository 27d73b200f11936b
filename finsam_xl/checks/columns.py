"""What the columns of a table say of each other, whatever the table is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.checks import (
    filled_series,
    index_points,
    judged_columns,
    people_columns,
    share_columns,
    sheet_years,
)
from finsam_xl.checks.material import Material, Rule
from finsam_xl.model import Finding

FAMILIES: tuple[Rule, ...] = (
    index_points.check,
    share_columns.check,
    people_columns.check,
    judged_columns.check,
    sheet_years.check,
    filled_series.check,
)


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """What looks wrong between columns."""
    for family in FAMILIES:
        yield from family(materials)
