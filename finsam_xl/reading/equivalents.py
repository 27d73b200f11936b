"""Tables of helårsekvivalenter: each municipality's share of its population, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from finsam_xl.calc import helarsekvivalent
from finsam_xl.model import Ref
from finsam_xl.model_budget import decimals
from finsam_xl.policy import HelarsekvivalentRules
from finsam_xl.reading.figures import figure
from finsam_xl.reading.indicators import RowPlaces
from finsam_xl.reading.targets import parse_judgement
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, SheetGrid
from finsam_xl.sheets.tables import Row, Table
from finsam_xl.words.scenarios import says_per_cent

KIND = "equivalents"
_WHOLE = 100


class Share(NamedTuple):
    """A share of the population in per cent, and how far the exact one may be from it."""

    percent: Fraction
    slack: Fraction = Fraction(0)


class Municipality(NamedTuple):
    """A row: the shares by year, what the table says of it, and its cells.

    ``goal``: the decrease that the row itself asks for, in per cent; ``stated``: the direction
    in words; ``judged``: a typed verdict.
    """

    name: str
    row: int
    shares: Mapping[int, Share]
    goal: Fraction | None
    stated: str
    judged: bool | None
    is_judged: bool
    places: Mapping[str, Ref]

    @property
    def years(self) -> tuple[int, int] | None:
        """The latest two years that follow each other and are known."""
        pairs = [(year - 1, year) for year in self.shares if year - 1 in self.shares]
        return max(pairs, default=None)

    @property
    def change(self) -> Fraction | None:
        """From the year before to the latest, in per cent; ``None`` without both, or from 0."""
        if self.years is None:
            return None
        before, now = (self.shares[year].percent for year in self.years)
        return helarsekvivalent.change_percent(now, before)

    def reached(self, rules: HelarsekvivalentRules) -> bool | None:
        """Whether the share fell enough; ``None`` where rounded shares cannot tell."""
        if self.years is None:
            return None
        own = rules if self.goal is None else rules._replace(decrease=self.goal)
        before, now = (self.shares[year] for year in self.years)
        answers = {
            helarsekvivalent.goal_reached(
                now.percent + sign * now.slack, before.percent - sign * before.slack, own
            )
            for sign in (-1, 1)
        }
        return answers.pop() if len(answers) == 1 else None


def read(sheet: SheetGrid, table: Table) -> tuple[Municipality, ...]:
    """The municipalities of a recognised table; sums of all are left out."""
    return tuple(
        _municipality(sheet, table, row) for row in table.rows if row.role == "line" and row.label
    )


def _municipality(sheet: SheetGrid, table: Table, row: Row) -> Municipality:
    columns = table.by_field
    places = RowPlaces(table.sheet, row.row, columns)

    def cell(field: str) -> Cell:
        return table.cell(sheet, row.row, field) or Cell()

    shares = {
        year: share for year in _years(table) if (share := _share(sheet, table, row.row, year))
    }
    goal = figure(cell("goal"))
    typed = cell("judged")
    stated = cell("stated").value
    return Municipality(
        row.label,
        row.row,
        shares,
        None if goal is None else abs(goal if cell("goal").percent else _in_per_cent(goal)),
        stated.strip() if isinstance(stated, str) else "",
        None if typed.is_blank else parse_judgement(typed),
        not typed.is_blank,
        places,
    )


def _in_per_cent(goal: Fraction) -> Fraction:
    """A goal typed without per cent: −0.01 is one per cent, −1 as well."""
    return goal * _WHOLE if 0 < abs(goal) < 1 else goal


def _years(table: Table) -> list[int]:
    return sorted({column.period.year for column in table.columns if column.period})


def _share(sheet: SheetGrid, table: Table, row: int, year: int) -> Share | None:
    """The share of a year: of its counts, else as it is printed."""
    found = {
        column.field: sheet.cell(row, column.number)
        for column in reversed(table.columns)
        if column.period and column.period.year == year
    }
    people, everyone = (figure(found.get(name, Cell())) for name in ("equivalents", "population"))
    exact = helarsekvivalent.share_of_population(people, everyone)
    if exact is not None:
        return Share(_WHOLE * exact)
    cell = found.get("share", Cell())
    printed = figure(cell)
    if printed is None or printed <= 0:
        return None
    heading = next((c.header for c in table.columns if c.field == "share"), "")
    is_part = not cell.percent and printed < 1 and not says_per_cent(heading)
    scale = _WHOLE if is_part and isinstance(cell.value, float) else 1
    return Share(scale * printed, Fraction(scale, 2 * 10 ** decimals(printed)))
