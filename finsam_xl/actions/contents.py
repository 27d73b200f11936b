"""The page that stands first where the reports of a plan are printed together."""

from __future__ import annotations

from collections.abc import Mapping

from finsam_xl.actions import tables
from finsam_xl.plan import Plan
from finsam_xl.reading.settings import association
from finsam_xl.records import NamedTuple
from finsam_xl.report import contents
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid


class Bound(NamedTuple):
    """Reports behind their contents, and what they are called together."""

    title: str
    sheets: tuple[SheetPlan, ...]


def bound(grid: Grid, plan: Plan, pages: Mapping[str, int]) -> Bound:
    """A plan's reports behind a page of contents.

    ``pages``: the page each begins on, by the sheet's name; left open where nobody knows it.
    """
    whose = association(grid, tables(grid))
    first = contents.build(plan.sheets, pages, association=whose, run=plan.run)
    return Bound(contents.title(whose), (first, *plan.sheets))
