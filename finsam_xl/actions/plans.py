"""Which table is the plan of a workbook, and which of its alternatives holds."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model_budget import Budget
from finsam_xl.reading.alternatives import alternatives, only
from finsam_xl.reading.book import ReadBudget
from finsam_xl.reading.choices import Chosen, choice
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table


class Planned(NamedTuple):
    """A table of plan years, or of one year's alternatives, and which of them holds."""

    one: ReadBudget
    chosen: Chosen

    @property
    def holds(self) -> Budget:
        """The table with only what holds of its alternatives: none of them where none is chosen."""
        return only(self.one.budget, self.chosen.name)


def planned(
    grid: Grid, tables: Sequence[Table], found: Sequence[ReadBudget], scenario: str = ""
) -> Planned | None:
    """The plan that goes furthest, or else the budget with alternatives; ``None``: neither.

    ``scenario``: the alternative that a person asks for.
    """
    plans = [one for one in found if one.table.kind == "plan"]
    weighed = [one for one in found if alternatives(one.budget)]
    among = plans or weighed
    if not among:
        return None
    furthest = max(among, key=lambda one: last_year(one.budget))
    return Planned(furthest, choice(grid, tables, furthest.budget, scenario))


def last_year(budget: Budget) -> int:
    """The last year that a table states amounts of."""
    return max(
        (column.period.year for column in budget.columns if column.period and column.is_stated),
        default=0,
    )
