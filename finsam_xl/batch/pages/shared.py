"""What the sheets of a summary have in common: how they say a row's figures, names and links."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from finsam_xl import policy
from finsam_xl.batch.summary import Row, Summary
from finsam_xl.calc.impact_index import colour
from finsam_xl.errors import PolicyError
from finsam_xl.money import round_half_away, swedish
from finsam_xl.sheetplan import SheetPlan

OWNER = "sammanstallning"
"""What the sheets' owners begin with."""
TITLE = "Sammanställning av samordningsförbund"
UNIT = "tkr"
DISPUTED = "▼ olika"
LEFT_OUT, BOOKS = "Inte med", "Böcker"
_PREFIX = "Samordningsförbundet "
_ESCAPED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '%#? "<>[]^`{}'})


class Links:
    """Where books lie as seen from the summary, so that both may be moved together."""

    def __init__(self, folder: Path, out: Path) -> None:
        self._folder, self._from = folder.resolve(), out.resolve().parent

    def to(self, name: str) -> str:
        """The way to a book as an address; in full where it lies on another drive."""
        path = self._folder / name
        try:
            way = Path(os.path.relpath(path, self._from)).as_posix()
        except ValueError:
            return path.as_uri()
        # What parts an address is a letter like others in the name of a file.
        return way.translate(_ESCAPED)


def about(summary: Summary) -> str:
    """How many associations there are, and of which years."""
    years = sorted({row.year for row in summary.rows})
    span = f", år {years[0]}–{years[-1]}" if len(years) > 1 else f", år {years[0]}" if years else ""
    return f"{counted(summary.associations, 'förbund', 'förbund')}{span}"


def counted(number: int, one: str, several: str) -> str:
    """A number with what it counts."""
    return f"{swedish(number)} {one if number == 1 else several}"


def short(association: str) -> str:
    """An association's name without what all of them are called."""
    return association.removeprefix(_PREFIX)


def whole(amount: Fraction | None) -> Fraction | None:
    """An amount as it is shown."""
    return None if amount is None else Fraction(round_half_away(amount))


def median(values: Sequence[Fraction]) -> Fraction | None:
    """The one in the middle, ``None`` of none."""
    if not values:
        return None
    middle = sorted(values)[(len(values) - 1) // 2 : len(values) // 2 + 1]
    return sum(middle, Fraction(0)) / len(middle)


def colour_of(row: Row) -> str:
    """The colour word of an index by the rules of its year, '' where there are none."""
    if row.impact_index is None:
        return ""
    try:
        rules = policy.on(policy.current(date(row.year, 1, 1))).impact_index
    except PolicyError:
        return ""
    return str(colour(row.impact_index, target=rules.target, near=rules.near))


def to_filter(plan: SheetPlan, heading: int) -> SheetPlan:
    """A sheet that is one table to its end: its headings stand on every page, over a filter."""
    last, width = plan.page.last_row, plan.page.last_column
    page = plan.page._replace(title_rows=(2, heading))
    return plan._replace(page=page, filter=(heading, 1, max(heading + 1, last), width))
