"""The Impactindex tables as printed, by unit: which unit a label or a section speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from finsam_xl.calc.impact_index import index
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import count_of, distinct, find_unit, lines, placed
from finsam_xl.labels import normalise, split_number
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.records import NamedTuple

_ASSOCIATION = "förbund"


class Block(NamedTuple):
    """One unit's table: its name, whether it is the association, its total row."""

    unit: str
    is_association: bool
    table: Counts
    total: CountRow | None

    def area(self, name: str) -> CountRow | None:
        """The row of a goal area, by its name without number."""
        wanted = split_number(name)[1]
        return next(
            (row for row in lines(self.table) if split_number(row.label)[1] == wanted), None
        )

    def index_of(self, row: CountRow | None) -> Fraction | None:
        """The index that a row's points give."""
        if row is None:
            return None
        achieved, maximum = count_of(row, "achieved"), count_of(row, "maximum")
        if achieved is None or not maximum or not 0 <= achieved <= maximum:
            return None
        return index([achieved, maximum - achieved], [True, False])


def blocks(materials: Iterable[Material]) -> list[Block]:
    """All Impactindex tables that name a unit."""
    return [
        Block(
            table.titles[0],
            _ASSOCIATION in normalise(table.titles[0]),
            table,
            next((row for row in table.rows if row.role == "total"), None),
        )
        for table in placed(materials, "impact_index")
        if table.titles
    ]


def find_block(text: str, found: Sequence[Block]) -> Block | None:
    """The unit that a text names; the association where it speaks of "förbundet"."""
    platforms = [one for one in found if not one.is_association]
    at = find_unit(text, distinct([one.unit for one in platforms]))
    if at is not None:
        return platforms[at]
    wholes = [one for one in found if one.is_association]
    is_whole = _ASSOCIATION in normalise(text)
    return wholes[0] if is_whole and len(wholes) == 1 else None
